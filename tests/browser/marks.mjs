// Marks and results worked out apart from the engine, from their definitions, for the tests to compare with.

const gcd = (a, b) => (b === 0n ? a : gcd(b, a % b));

/** An exact number that is not negative. */
export class Exact {
  constructor(numerator, denominator = 1) {
    const [n, d] = [BigInt(numerator), BigInt(denominator)];
    const common = gcd(n, d) || 1n;
    this.numerator = n / common;
    this.denominator = d / common;
  }

  plus(other) {
    return new Exact(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  times(other) {
    return new Exact(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  equals(other) {
    return this.numerator === other.numerator && this.denominator === other.denominator;
  }

  get number() {
    return Number(this.numerator) / Number(this.denominator);
  }

  /** As pages write it: `3`, `2/3`, `1 2/3`. */
  toString() {
    const whole = this.numerator / this.denominator;
    const rest = this.numerator % this.denominator;
    if (rest === 0n) return `${whole}`;
    return `${whole > 0n ? `${whole} ` : ''}${rest}/${this.denominator}`;
  }
}

export const sum = (numbers) => numbers.reduce((total, number) => total.plus(number), new Exact(0));

/** What ticking these options earns of a `multiple` question. */
export function ticksEarn(question, ticked) {
  const keys = question.options.filter((option) => option.key).length;
  const all = question.options.length;
  const right = ticked.filter((option) => option.key).length;
  const wrong = ticked.length - right;
  const share = {
    'plus-minus': () => [Math.max(0, right - wrong), keys],
    'all-or-nothing': () => [right === keys && wrong === 0 ? 1 : 0, 1],
    'each-option': () => [right + (all - keys) - wrong, all],
    coverage: () => (ticked.length === 0 ? [0, 1] : [right * right, keys * ticked.length]),
    'rights-only': () => [right, keys],
  }[question.rule]();
  return new Exact(...share).times(new Exact(question.marks));
}

/** What this order of the items earns of an `ordering` question. */
export function orderEarns(question, order) {
  const places = question.items.map((item) => order.indexOf(item.text));
  const count = places.length;
  const pairs = (count * (count - 1)) / 2;
  const inOrder = places.flatMap((place, at) => places.slice(at + 1).map((later) => place < later)).filter(Boolean).length;
  const share = {
    pairs: () => [Math.max(0, 2 * inOrder - pairs), pairs],
    exact: () => [inOrder === pairs ? 1 : 0, 1],
    positions: () => [places.filter((place, at) => place === at).length, count],
    adjacent: () => [places.slice(1).filter((place, before) => place === places[before] + 1).length, count - 1],
  }[question.rule]();
  return new Exact(...share).times(new Exact(question.marks));
}

/** What so many right of so many parts earn, where each earns the same. */
export const partsEarn = (question, right, all) => new Exact(right, all).times(new Exact(question.marks));

/** The verdict of a paper, in the words of the result page. `marks` are `{ earned, full }` of each question. */
export function verdictOf(marks, passPercent) {
  const earned = sum(marks.map((one) => one.earned));
  const full = sum(marks.map((one) => one.full));
  const mark = full.times(new Exact(passPercent, 100));
  // Lord's standard error of x right of k questions, in marks.
  const k = marks.length;
  const x = (k * earned.number) / full.number;
  const error = (full.number / k) * Math.sqrt(Math.max(0, (x * (k - x)) / (k - 1)));
  const reached = earned.numerator * mark.denominator >= mark.numerator * earned.denominator;
  const near = error > 0 && Math.abs(earned.number - mark.number) <= error;
  return `${near ? 'Borderline ' : ''}${reached ? 'pass' : 'fail'}`.replace(/^./, (first) => first.toUpperCase());
}

/** Marks by topic, in the order of the paper: `[topic, earned, full]`. */
export function byTopic(marks) {
  const topics = new Map();
  for (const { topic, earned, full } of marks) {
    const [e, f] = topics.get(topic) ?? [new Exact(0), new Exact(0)];
    topics.set(topic, [e.plus(earned), f.plus(full)]);
  }
  return [...topics].map(([topic, [earned, full]]) => [topic, earned, full]);
}
