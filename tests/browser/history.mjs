// A long history: scripts of ended sittings over the real banks, in the app's own record form, and what the app itself notes of them.
//
// Nothing is marked here. The scripts are put where the app keeps them, as if an older release had left them, and each course page is opened once:
// the app marks what it has not noted yet.

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { QUESTIONS, readBank } from './bank.mjs';
import { expect, opened } from './test.mjs';

const DAY = 86_400_000;
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const letter = (at) => String.fromCharCode(97 + at);

/** The courses: `{ id, title, minutes, pass, digest, banks, questions }`, the questions with the index of their bank. */
export const courses = readdirSync(QUESTIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name: id }) => {
  const read = (name) => readFileSync(`${QUESTIONS}${id}/${name}`, 'utf8');
  const page = read('README.md');
  const front = (key) => page.match(new RegExp(`^${key}: *"?(.*?)"?$`, 'm'))[1];
  const paths = [...new Set([...page.split(/^## Blueprint$/m)[1].matchAll(/^\| *(\S+\.md)/gm)].map(([, path]) => path))];
  return {
    id,
    title: front('title'),
    minutes: Number(front('minutes')),
    pass: Number.parseInt(front('pass'), 10),
    digest: sha256(page),
    banks: paths.map((path) => ({ path, sha256: sha256(read(path)) })),
    questions: paths.flatMap((path, bank) => readBank(read(path)).map((question) => ({ ...question, bank }))),
  };
});

/** Numbers below `bound`, the same in every run. */
function chance(seed) {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

/** A response to the question, right or wrong; null to the types that are answered in ways of their own. */
function response({ type, options, accepted, positions, elsewhere }, right) {
  const of = (wanted) => options.flatMap(({ key }, at) => (Boolean(key) === wanted ? [letter(at)] : []));
  if (type === 'single' || type === 'hotspot') return of(right).slice(0, 1);
  if (type === 'multiple') return of(right);
  if (type === 'numeric' || type === 'short') return [right ? accepted[0] : '987654'];
  if (type === 'locate') return [right ? positions[0] : elsewhere];
  return null;
}

/**
 * `count` sittings of up to `each` questions, one a day up to `end` (milliseconds since 1970), exams and practices of the courses in turn:
 * `[key of the store, script]` of each. Some three of four answers are right.
 */
export function scripts({ count = 500, each = 40, end = Date.now() } = {}) {
  const below = chance(7);
  return Array.from({ length: count }, (_, number) => {
    const course = courses[number % courses.length];
    const mode = number % 2 ? 'practice' : 'exam';
    const left = [...course.questions];
    const drawn = Array.from({ length: Math.min(each, left.length) }, () => left.splice(below(left.length), 1)[0]);
    const started = end - (count - number) * DAY - 3_600_000;
    let at = 0;
    const events = drawn.flatMap((question) => {
      const given = response(question, below(4) > 0);
      at += 30_000 + below(30_000);
      return given ? [{ at, do: 'answer', question: question.id, response: given }] : [];
    });
    const script = {
      tierwise: 1,
      id: started.toString(36),
      course: course.id,
      course_title: course.title,
      course_digest: course.digest,
      pass_percent: course.pass,
      banks: course.banks,
      generator: 'xoshiro256starstar-1',
      seed: number,
      items: drawn.map(({ bank, id }) => ({ bank, question: id })),
      terms: { mode, minutes: course.minutes, extra_time: 'untimed', may_go_back: true, may_pause: false },
      started,
      events: [...events, { at: at + 1000, do: 'hand-in' }],
    };
    return [`tierwise.done.${course.id}.${script.id}`, JSON.stringify(script)];
  });
}

/** Gives the browser this history, and waits until the app has noted what each sitting came to. Leaves the page on a course. */
export async function withHistory(page, options) {
  const records = scripts(options);
  await page.goto('./#/about');
  await page.evaluate((records) => records.forEach(([key, text]) => localStorage.setItem(key, text)), records);
  for (const course of courses.filter(({ id }) => records.some(([key]) => key.startsWith(`tierwise.done.${id}.`)))) {
    await page.goto(`./#/${course.id}`);
    await opened(page, /./);
    await page.getByRole('radio', { name: /^Practice/ }).check();
    await expect(page.getByRole('checkbox', { name: /^Questions due for review come first/ })).toBeVisible();
  }
  const noted = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('tierwise.sum.')).length);
  expect(noted, 'each sitting is noted').toBe(records.length);
  return records.length;
}
