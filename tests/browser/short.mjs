// A short paper, for tests that go through a whole one again and again, and what a candidate sees of it.

import { readFileSync } from 'node:fs';
import { serveCourse } from './altered.mjs';
import { COURSE } from './bank.mjs';
import { expect, opened, stored, title } from './test.mjs';

const read = (name) => readFileSync(new URL(`banks/short/${name}`, import.meta.url), 'utf8');

/** How many questions it has. */
export const COUNT = 4;

/** Serves the page or context the short paper in the place of the course. */
export const serveShort = (page) => serveCourse(page, read('README.md'), { name: 'short.md', text: read('short.md'), questions: COUNT });

/** Types at the end of what stands there. */
async function type(page, text) {
  const field = page.getByLabel('Your answer', { exact: true });
  await field.press('End');
  await field.pressSequentially(text);
}

/** What gives each question its right answer, in steps: after each of them the page may be killed. */
export const STEPS = {
  'short-single': [(page) => page.getByRole('radio', { name: 'Acceptor' }).check()],
  'short-numeric': [(page) => type(page, '111'), (page) => type(page, '12')],
  'short-text': [(page) => type(page, 'c-e'), (page) => type(page, 'cho')],
  'short-multiple': [(page) => page.getByRole('checkbox', { name: 'Storage' }).check(), (page) => page.getByRole('checkbox', { name: 'Verification' }).check()],
};

/** The id of the question that is shown. */
export async function idShown(page) {
  // A page that has just come to the sitting may have to wait for another that has just left it.
  await expect(title(page)).toHaveText(/^Question \d+ of/);
  const number = Number((await title(page).innerText()).match(/^Question (\d+) of/)[1]);
  return (await stored(page)).items[number - 1].question;
}

/** Goes to a question of the open sitting by its id, in the app. */
export async function goToQuestion(page, id) {
  const place = (await stored(page)).items.findIndex((item) => item.question === id) + 1;
  await page.goto(`./#/${COURSE}/sit/${place}`);
  await opened(page, `Question ${place} of ${COUNT}`);
}

/** Answers the question that is shown, rightly. */
export async function answerShown(page) {
  for (const step of STEPS[await idShown(page)]) await step(page);
}

/** Waits until the page says that what was done last is saved. */
export const saved = (page) => expect(page.getByRole('banner').getByText(/^Saved \d\d:\d\d$/)).toBeVisible();

/** Everything of a page that must be there again. */
export const state = async (page) => ({
  title: await title(page).innerText(),
  text: await page.getByRole('main').innerText(),
  ticked: await page.locator('main input').evaluateAll((all) => all.map((input) => [input.checked, input.value])),
});

/** Seconds left, as the page's clock shows them. */
export async function left(page) {
  const [, hours = '0', minutes, seconds] = (await page.getByRole('timer').innerText()).match(/(?:(\d+):)?(\d+):(\d+) left/);
  return (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
}
