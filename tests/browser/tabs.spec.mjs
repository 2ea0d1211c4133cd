// Several tabs or windows on one sitting: one of them writes, and no answer is lost.

import { COURSE } from './bank.mjs';
import { expectClean } from './clean.mjs';
import { COUNT, answerShown, goToQuestion, left, saved, serveShort } from './short.mjs';
import { begin } from './sitting.mjs';
import { OPEN, arrived, expect, opened, responses, stored, test, title } from './test.mjs';

const ELSEWHERE = 'This sitting is open in another tab or window';
const TAKEN_OVER = 'This sitting goes on in another tab';
const continueHere = (page) => page.getByRole('button', { name: 'Continue here' });
const next = (page) => page.getByRole('button', { name: 'Next', exact: true });
const record = (page) => page.evaluate((key) => localStorage.getItem(key), OPEN);
const answered = async (page) => [...responses(await stored(page)).keys()].sort();

test.beforeEach(({ context }) => serveShort(context));

test('the second page says so and writes nothing; it can take over, and the first can take it back', async ({ page, context }) => {
  await begin(page);
  await answerShown(page);
  await next(page).click();
  await arrived(page, `Question 2 of ${COUNT}`);
  await saved(page);
  const before = await record(page);

  const second = await context.newPage();
  // Even at a question that nobody has looked at.
  await second.goto(`./#/${COURSE}/sit/4`);
  await opened(second, ELSEWHERE);
  await expect(second.getByRole('main')).toContainText(new RegExp(`It stands at question 2 of ${COUNT}, last saved at \\d\\d:\\d\\d\\.`));
  await expect(second.getByRole('timer')).toHaveCount(0);
  expect(await record(second)).toBe(before);
  await expectClean(second, 'a sitting that is open in another tab');

  // The first goes on undisturbed.
  await answerShown(page);
  await saved(page);
  await expect(title(second)).toHaveText(ELSEWHERE);
  expect(await answered(page)).toHaveLength(2);

  // The other takes it over as the first left it.
  await continueHere(second).click();
  await arrived(second, `Question 4 of ${COUNT}`);
  await opened(page, TAKEN_OVER);
  await expect(page.getByRole('timer')).toHaveCount(0);
  await expect(page.getByRole('main')).toContainText(`question 4 of ${COUNT}`);
  await expectClean(page, 'a sitting that another tab took over');
  expect(await answered(second)).toHaveLength(2);
  await answerShown(second);
  await saved(second);
  const taken = await stored(second);
  expect(taken.events.filter((event) => event.do === 'take-over')).toHaveLength(1);
  expect(taken.tierwise).toBe(3);

  // And back. What the first page had in memory is behind by then.
  const time = await left(second);
  await page.bringToFront();
  await continueHere(page).click();
  await arrived(page, `Question 2 of ${COUNT}`);
  await opened(second, TAKEN_OVER);
  expect(await left(page)).toBeLessThanOrEqual(time);
  await next(page).click();
  await arrived(page, `Question 3 of ${COUNT}`);
  await answerShown(page);
  await saved(page);
  expect(await answered(page)).toHaveLength(COUNT);
  await page.goto(`./#/${COURSE}/check`);
  await page.getByRole('button', { name: 'Hand in', exact: true }).click();
  await page.getByRole('button', { name: 'Yes, hand in' }).click();
  await arrived(page, /Your result$/);
  await expect(page.getByRole('region', { name: 'Score' })).toContainText('10 of 10 marks');

  // The other is free to go on then, and learns of the end.
  await opened(second, /Your result$/);
  await expect(second.getByRole('region', { name: 'Score' })).toContainText('10 of 10 marks');
});

test('when the first page is closed or left, the second goes on by itself', async ({ page, context }) => {
  await begin(page);
  await answerShown(page);
  await saved(page);
  const second = await context.newPage();
  await second.goto(`./#/${COURSE}/sit`);
  await opened(second, ELSEWHERE);
  await page.goto(`./#/${COURSE}`);
  await arrived(page, /^Level 2/);
  await arrived(second, `Question 1 of ${COUNT}`);
  await next(second).click();
  await arrived(second, `Question 2 of ${COUNT}`);
  await answerShown(second);
  await saved(second);
  // The first comes back to it, and waits now.
  await page.getByRole('link', { name: 'Resume' }).click();
  await opened(page, ELSEWHERE);
  await second.close();
  await arrived(page, `Question 2 of ${COUNT}`);
  expect(await answered(page)).toHaveLength(2);
  // Nobody took anything over: it was free.
  expect((await stored(page)).events.some((event) => event.do === 'take-over')).toBe(false);
});

test('a page that was left and comes back has what the other did meanwhile', async ({ page, context }) => {
  await begin(page);
  await answerShown(page);
  await page.goto(`./#/${COURSE}`);
  await arrived(page, /^Level 2/);
  const second = await context.newPage();
  await second.goto(`./#/${COURSE}/sit/2`);
  await opened(second, `Question 2 of ${COUNT}`);
  await answerShown(second);
  await saved(second);
  await second.close();
  await page.goto(`./#/${COURSE}/sit/3`);
  await arrived(page, `Question 3 of ${COUNT}`);
  await answerShown(page);
  await saved(page);
  expect(await answered(page)).toHaveLength(3);
});

test('a sitting that is given up in another tab is given up here', async ({ page, context }) => {
  await begin(page);
  await answerShown(page);
  await saved(page);
  const before = await record(page);
  const second = await context.newPage();
  await second.goto(`./#/${COURSE}`);
  await second.getByRole('button', { name: 'Give it up' }).click();
  await opened(page, 'This sitting was given up in another tab');
  await expectClean(page, 'a sitting that was given up in another tab');
  expect(await record(page)).toBe(null);
  expect(await page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('tierwise.aside.')).map(([, value]) => value))).toEqual([before]);
  // Another can begin there, and stays when the first page is loaded anew.
  await begin(second);
  const { id } = await stored(second);
  await page.reload();
  await opened(page, ELSEWHERE);
  expect((await stored(page)).id).toBe(id);
});

test('where there are no locks, the page that did something last writes and the other is told', async ({ page, context }) => {
  // As where the site is served by plain HTTP.
  await context.addInitScript(() => {
    delete Navigator.prototype.locks;
  });
  await begin(page);
  await answerShown(page);
  await saved(page);
  const second = await context.newPage();
  await second.goto(`./#/${COURSE}/sit/1`);
  await opened(second, `Question 1 of ${COUNT}`);
  await expect(title(page)).toHaveText(`Question 1 of ${COUNT}`);
  await next(second).click();
  await arrived(second, `Question 2 of ${COUNT}`);
  await opened(page, TAKEN_OVER);
  await answerShown(second);
  await saved(second);
  await continueHere(page).click();
  await arrived(page, `Question 1 of ${COUNT}`);
  await opened(second, TAKEN_OVER);
  await goToQuestion(page, (await stored(page)).items[2].question);
  await answerShown(page);
  await saved(page);
  expect(await answered(page)).toHaveLength(3);
});
