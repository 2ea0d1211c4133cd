// How a candidate works: with a mouse or at the keyboard. Nothing here knows more of a page than its roles, names and texts.

import { COURSE, identify, squeeze } from './bank.mjs';
import { Exact, ticksEarn } from './marks.mjs';
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
};

/** The question that is shown: of the banks, by what stands on the page, and its options in the order of the page. */
export async function shown(page) {
  const group = page.getByRole('group', { name: CHOICES });
  const [stem, labels] = await page.evaluate(() => [
    document.querySelector('#q-stem').innerText,
    [...document.querySelectorAll('fieldset label')].map((label) => [label.innerText, label.htmlFor]),
  ]);
  const options = labels
    .filter(([, id]) => id !== 'q-none')
    .map(([text, id], place) => ({
      text: squeeze(text),
      place,
      group,
      control: page.locator(`#${id}`),
      label: page.locator(`label[for="${id}"]`),
    }));
  return { question: identify(stem, options.map((option) => option.text)), options };
}

/** An answer: option texts to tick, or a text to type, and what it earns by the bank's own key. */
export const plans = {
  right: (question) => ({
    ...(question.options.length > 0
      ? { ticks: question.options.filter((option) => option.key).map((option) => option.text) }
      : { text: question.accepted[0] }),
    earned: new Exact(question.marks),
  }),
  wrong: (question) => {
    if (question.options.length === 0) return { text: question.type === 'numeric' ? '987654' : 'surely not', earned: new Exact(0) };
    const ticked = [question.options.find((option) => !option.key)];
    return { ticks: [ticked[0].text], earned: question.type === 'single' ? new Exact(0) : ticksEarn(question, ticked) };
  },
  /** One key, and one distractor where the rule lets that earn something. */
  partly: (question) => {
    if (question.type !== 'multiple') return plans.right(question);
    const keys = question.options.filter((option) => option.key);
    const ticked = keys.length > 2 ? [...keys.slice(0, 2), question.options.find((option) => !option.key)] : [keys[0]];
    const taken = question.rule === 'rights-only' ? ticked.slice(0, keys.length) : ticked;
    return { ticks: taken.map((option) => option.text), earned: ticksEarn(question, taken) };
  },
  none: () => ({ earned: new Exact(0) }),
};

/** Gives an answer to the question that is shown. */
export async function give(page, hand, options, answer) {
  for (const text of answer.ticks ?? []) {
    await hand.pick(page, options.find((option) => option.text === text));
  }
  if (answer.text !== undefined) await hand.type(page, page.getByLabel('Your answer', { exact: true }), answer.text);
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
