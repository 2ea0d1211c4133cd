// How a candidate works: with a mouse or at the keyboard.

import { COURSE, identify, squeeze } from './bank.mjs';
import { Exact, orderEarns, partsEarn, ticksEarn } from './marks.mjs';
import { arrived, expect, title } from './test.mjs';

const CHOICES = /^Choose (one answer|all that apply|\d+)$/;

/** Presses Tab until this has the focus. Throws when it cannot be reached so. */
export async function tabTo(page, locator, most = 150) {
  const control = await locator.elementHandle();
  for (let presses = 0; presses <= most; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${locator} cannot be reached by Tab`);
}

/** Tab to it, then Enter. */
export async function pressEnter(page, locator) {
  await tabTo(page, locator);
  await page.keyboard.press('Enter');
}

/** What works a control: the mouse, or the keyboard alone. */
export const MOUSE = {
  press: (page, locator) => locator.click(),
  pick: (page, option) => option.label.click(),
  async type(page, field, text) {
    await field.click();
    await field.fill(text);
  },
  select: (page, control, at) => control.selectOption({ index: at }),
  async moveUp(page, button, times) {
    for (let time = 0; time < times; time += 1) await button.click();
  },
  /** The smallest part is what a click means; wider ones are come to from there. */
  async point(page, point) {
    const chosen = page.locator('[role=treeitem][aria-selected=true]');
    const wanted = await point.getAttribute('aria-label');
    await point.click();
    for (let wider = 0; wider < 4 && (await chosen.getAttribute('aria-label')) !== wanted; wider += 1) {
      await page.getByRole('button', { name: 'Wider', exact: true }).click();
    }
  },
};

export const KEYBOARD = {
  press: pressEnter,
  async pick(page, option) {
    if ((await option.control.getAttribute('type')) === 'checkbox') {
      await tabTo(page, option.control);
      return page.keyboard.press('Space');
    }
    // Tab reaches a set of radios at the checked one, or at its first; arrows go on from there and choose.
    const radios = option.group.getByRole('radio');
    const at = await radios.evaluateAll((all) => Math.max(0, all.findIndex((radio) => radio.checked)));
    await tabTo(page, radios.nth(at));
    if (option.place === at) return page.keyboard.press('Space');
    const [key, steps] = option.place > at ? ['ArrowDown', option.place - at] : ['ArrowUp', at - option.place];
    for (let step = 0; step < steps; step += 1) await page.keyboard.press(key);
  },
  async type(page, field, text) {
    await tabTo(page, field);
    await page.keyboard.press('ControlOrMeta+A');
    if (text === '') await page.keyboard.press('Delete');
    else await page.keyboard.type(text);
  },
  async select(page, control, at) {
    await tabTo(page, control);
    const from = await control.evaluate((element) => element.selectedIndex);
    for (let step = from; step !== at; step += Math.sign(at - from)) await page.keyboard.press(at > from ? 'ArrowDown' : 'ArrowUp');
  },
  async moveUp(page, button, times) {
    await tabTo(page, button);
    for (let time = 0; time < times; time += 1) await page.keyboard.press('Enter');
  },
  /** Along the line to each part that the wanted one lies in, and down into it. */
  async point(page, point) {
    await tabTo(page, page.locator('[role=treeitem][tabindex="0"]'));
    await page.keyboard.press('Home');
    const path = await point.evaluate((element) => {
      const names = [];
      for (let at = element; at; at = at.parentElement.closest('[role=treeitem]')) names.unshift(at.getAttribute('aria-label'));
      return names;
    });
    const here = () => page.evaluate(() => document.activeElement.getAttribute('aria-label'));
    for (const [depth, name] of path.entries()) {
      if (depth > 0) await page.keyboard.press('ArrowDown');
      for (let steps = 0; steps < 150 && (await here()) !== name; steps += 1) await page.keyboard.press('ArrowRight');
    }
    await expect(point, 'it can be come to by arrow keys').toBeFocused();
    await page.keyboard.press('Enter');
  },
};

/** The question that is shown: of the banks, by what stands on the page, and its options in the order of the page, where there are some to tick. */
export async function shown(page) {
  const group = page.getByRole('group', { name: CHOICES });
  const [stem, labels, parts] = await page.evaluate(() => {
    const stem = document.querySelector('#q-stem');
    const gapless = stem.cloneNode(true);
    const gaps = gapless.querySelectorAll('select, input');
    for (const gap of gaps) gap.remove();
    return [
      gaps.length > 0 ? gapless.textContent : stem.innerText,
      [...document.querySelectorAll('fieldset label')]
        // Beside the question a course may ask how sure one is.
        .filter((label) => ['radio', 'checkbox'].includes(label.control?.type) && label.control.name === 'q')
        .map((label) => [label.innerText, label.htmlFor]),
      [...document.querySelectorAll('.tw-order__text, .tw-pair label')].map((part) => part.innerText),
    ];
  });
  const options = labels
    .filter(([, id]) => id !== 'q-none')
    .map(([text, id], place) => ({
      text: squeeze(text),
      place,
      group,
      control: page.locator(`#${id}`),
      label: page.locator(`label[for="${id}"]`),
    }));
  return { question: identify(stem, [...options.map((option) => option.text), ...parts]), options };
}

const swapLast = (all) => [...all.slice(0, -2), all.at(-1), all.at(-2)];
const notIts = (row, choices) => choices.find((choice) => choice !== row.key);
const wrongWord = ({ words, choice }) => (choice ? words[1] : 'surely not');

/**
 * An answer, and what it earns by the bank's own key: `ticks`, texts of options; `text`, to be typed; `order`, the texts of items; `rows`
 * and `gaps`, what each is filled with, null where it is left empty; `point`, a position in a message. An essay earns nothing until
 * somebody has marked it.
 */
export const plans = {
  right: (question) => {
    const { type, options, accepted, items, rows, gaps, positions } = question;
    const keys = options.filter((option) => option.key).map((option) => option.text);
    const given = {
      ordering: () => ({ order: items.map((item) => item.text) }),
      matching: () => ({ rows: rows.map((row) => row.key) }),
      cloze: () => ({ gaps: gaps.map((gap) => gap.words[0]) }),
      locate: () => ({ point: positions[0] }),
      hotspot: () => ({ ticks: keys.slice(0, 1) }),
      essay: () => ({ text: 'Tell people, and delete nothing.' }),
    };
    const give = given[type === 'extended' ? 'matching' : type] ?? (() => (options.length > 0 ? { ticks: keys } : { text: accepted[0] }));
    return { ...give(), earned: new Exact(type === 'essay' ? 0 : question.marks) };
  },
  wrong: (question) => {
    const { type, options, items, rows, choices, gaps, elsewhere } = question;
    const nothing = new Exact(0);
    if (type === 'ordering') {
      const order = items.map((item) => item.text).reverse();
      return { order, earned: orderEarns(question, order) };
    }
    if (rows.length > 0) return { rows: rows.map((row) => notIts(row, choices)), earned: nothing };
    if (gaps.length > 0) return { gaps: gaps.map(wrongWord), earned: nothing };
    if (type === 'locate') return { point: elsewhere, earned: nothing };
    if (options.length === 0) return { text: type === 'numeric' ? '987654' : 'surely not', earned: nothing };
    const ticked = [options.find((option) => !option.key)];
    return { ticks: [ticked[0].text], earned: type === 'multiple' ? ticksEarn(question, ticked) : nothing };
  },
  /** One key, and one distractor where the rule lets that earn something; the last two items in the wrong order; one part right, one wrong and the others empty. */
  partly: (question) => {
    const { type, items, rows, choices, gaps } = question;
    if (type === 'ordering') {
      const order = swapLast(items.map((item) => item.text));
      return { order, earned: orderEarns(question, order) };
    }
    const parts = (right, wrong) => (_, n) => [right, wrong][n]?.() ?? null;
    if (rows.length > 1) {
      const filled = rows.map(parts(() => rows[0].key, () => notIts(rows[1], choices)));
      return { rows: filled, earned: partsEarn(question, 1, rows.length) };
    }
    if (gaps.length > 1) {
      const filled = gaps.map(parts(() => gaps[0].words[0], () => wrongWord(gaps[1])));
      return { gaps: filled, earned: partsEarn(question, 1, gaps.length) };
    }
    if (type !== 'multiple') return plans.right(question);
    const keys = question.options.filter((option) => option.key);
    const ticked = keys.length > 2 ? [...keys.slice(0, 2), question.options.find((option) => !option.key)] : [keys[0]];
    const taken = question.rule === 'rights-only' ? ticked.slice(0, keys.length) : ticked;
    return { ticks: taken.map((option) => option.text), earned: ticksEarn(question, taken) };
  },
  none: () => ({ earned: new Exact(0) }),
};

/** Whether there is anything in an answer but what it earns. */
export const isAnswered = ({ earned, ...given }) => Object.keys(given).length > 0;

/** Gives an answer to the question that is shown. */
export async function give(page, hand, options, answer) {
  for (const text of answer.ticks ?? []) {
    await hand.pick(page, options.find((option) => option.text === text));
  }
  if (answer.text !== undefined) await hand.type(page, page.getByLabel('Your answer', { exact: true }), answer.text);
  if (answer.order) await putInOrder(page, hand, answer.order);
  for (const [n, text] of (answer.rows ?? []).entries()) {
    if (text !== null) await choose(page, hand, page.locator('.tw-pair').nth(n).getByRole('combobox'), text);
  }
  for (const [n, text] of (answer.gaps ?? []).entries()) {
    if (text === null) continue;
    const gap = page.getByLabel(`Gap ${n + 1} of ${answer.gaps.length}`, { exact: true });
    if (await gap.evaluate((element) => element.matches('select'))) await choose(page, hand, gap, text);
    else await hand.type(page, gap, text);
  }
  if (answer.point) await hand.point(page, page.getByRole('treeitem', { name: answer.point, exact: true }));
}

/** Chooses of a select the option with this text, which may have a letter before it. */
async function choose(page, hand, control, text) {
  const options = await control.locator('option').allTextContents();
  await hand.select(page, control, options.findIndex((option) => [squeeze(option), squeeze(option).slice(2)].includes(text)));
}

async function putInOrder(page, hand, order) {
  let moved = false;
  for (const [at, text] of order.entries()) {
    const standing = (await page.locator('.tw-order__text').allInnerTexts()).map(squeeze);
    const from = standing.indexOf(text);
    if (from <= at) continue;
    const item = await page.locator('.tw-order__item').nth(from).getAttribute('data-item');
    await hand.moveUp(page, page.locator(`[data-item="${item}"]`).getByRole('button', { name: /^Move up/ }), from - at);
    moved = true;
  }
  if (!moved) await hand.press(page, page.getByRole('button', { name: 'Keep this order', exact: true }));
}

/**
 * Goes through a paper of `count` questions from its first, answering each by `plan(question, n)`, and leaves it at "Check your
 * answers"; or, when no more than `only` are asked for, at the question after those. Returns what was done:
 * `{ question, answer, options }` for each.
 */
export async function answerAll(page, hand, count, plan, only = count) {
  const done = [];
  for (let n = 0; n < only; n += 1) {
    await arrived(page, `Question ${n + 1} of ${count}`);
    const { question, options } = await shown(page);
    const answer = plan(question, n);
    await give(page, hand, options, answer);
    done.push({ question, answer, options: options.map((option) => option.text) });
    await hand.press(page, page.getByRole('button', { name: n + 1 < count ? 'Next' : 'Check your answers', exact: true }));
  }
  await arrived(page, only < count ? `Question ${only + 1} of ${count}` : 'Check your answers');
  return done;
}

/** From "Check your answers" to the result. */
export async function handIn(page, hand) {
  await hand.press(page, page.getByRole('button', { name: 'Hand in', exact: true }));
  await arrived(page, 'Hand in your paper?');
  await hand.press(page, page.getByRole('button', { name: 'Yes, hand in' }));
  await expect(title(page)).toHaveText(/Your result$/);
}

/** Opens the course and begins: an exam, or a practice where `practice` says how. */
export async function begin(page, { practice = null, extra = null } = {}) {
  await page.goto(`./#/${COURSE}`);
  if (practice) {
    await page.getByRole('radio', { name: /^Practice/ }).check();
    for (const topic of await page.getByRole('group', { name: 'Topics' }).getByRole('checkbox').all()) {
      const id = await topic.getAttribute('id');
      const name = await page.locator(`label[for="${id}"]`).innerText();
      await topic.setChecked(practice.topics === undefined || practice.topics.some((wanted) => name.startsWith(wanted)));
    }
    await page.getByLabel('How many questions?').selectOption(String(practice.number ?? 5));
    await page.getByRole('button', { name: 'Start practice' }).click();
  } else {
    if (extra) {
      await page.getByText(/^Extra time: /).click();
      await page.getByRole('radio', { name: extra }).check();
    }
    await page.getByRole('button', { name: 'Start the exam' }).click();
  }
  await arrived(page, /^Question 1 of \d+$/);
}
