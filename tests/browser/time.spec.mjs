// The clock of an exam, with the page's time in our hands.

import { COUNT } from './bank.mjs';
import { MOUSE, answerAll, begin, give, plans, shown } from './sitting.mjs';
import { OPEN, arrived, expect, opened, stored, test, title } from './test.mjs';

const timer = (page) => page.getByRole('timer');
const MINUTE = 60_000;

test.beforeEach(async ({ page }) => {
  // Time stands still from here on, but for what a test lets pass.
  await page.clock.install({ time: new Date('2026-03-02T10:00:00Z') });
});

/** Everything that the page's live regions say from now on, each change once. */
async function listen(page) {
  await page.evaluate(() => {
    window.spoken = [];
    const regions = document.querySelectorAll('[aria-live="polite"], [role="status"], [role="alert"], [aria-live="assertive"]');
    for (const region of regions) {
      new MutationObserver(() => {
        const text = region.textContent.trim();
        if (text) window.spoken.push(text);
      }).observe(region, { childList: true, characterData: true, subtree: true });
    }
  });
}

const spoken = (page) => page.evaluate(() => window.spoken);

/** Answers the first `count` questions rightly and returns them. */
async function answerFirst(page, count) {
  const answered = [];
  for (let n = 1; n <= count; n += 1) {
    await arrived(page, `Question ${n} of ${COUNT}`);
    const { question, options } = await shown(page);
    await give(page, MOUSE, options, plans.right(question));
    answered.push(question);
    await page.getByRole('button', { name: 'Next', exact: true }).click();
  }
  await arrived(page, `Question ${count + 1} of ${COUNT}`);
  return answered;
}

/** The result of a paper whose first three answers were right when time ran out. */
async function expectTimeUp(page, answered) {
  await opened(page, /Your result$/);
  const notice = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Time is up' }) });
  await expect(notice).toContainText(`handed in with the ${answered.length} answers that you gave`);
  const marks = answered.reduce((total, question) => total + question.marks, 0);
  await expect(page.getByRole('region', { name: 'Score' })).toContainText(new RegExp(`^0?.*${marks} of \\d+ marks`));
  await page.getByRole('link', { name: 'Review every question' }).click();
  await arrived(page, /Review$/);
  await expect(page.getByRole('article').filter({ hasText: 'Not answered, 0 of' })).toHaveCount(COUNT - answered.length);
}

test('time is told at 10, 5 and 1 minutes once each, and at its end the paper hands itself in', async ({ page }) => {
  await begin(page);
  const answered = await answerFirst(page, 3);
  await listen(page);
  await expect(timer(page)).toHaveText(/^(1:00:00|59:\d\d) left$/);
  await page.clock.runFor(49 * MINUTE);
  expect(await spoken(page)).toEqual([]);
  await page.clock.runFor(2 * MINUTE);
  expect(await spoken(page)).toEqual(['10 minutes left']);
  await page.clock.runFor(5 * MINUTE);
  expect(await spoken(page)).toEqual(['10 minutes left', '5 minutes left']);
  await page.clock.runFor(2 * MINUTE);
  expect(await spoken(page)).toEqual(['10 minutes left', '5 minutes left']);
  await page.clock.runFor(1.5 * MINUTE);
  expect(await spoken(page)).toEqual(['10 minutes left', '5 minutes left', '1 minute left']);
  await expect(timer(page)).toHaveText(/^0:[0-3]\d left$/);
  await expect(title(page), 'not a second too early').toHaveText(`Question 4 of ${COUNT}`);
  await page.clock.runFor(MINUTE);
  await page.clock.resume();
  await expectTimeUp(page, answered);
  expect(await stored(page)).toBe(null);
});

test('an answer that was just being given when time ran out is kept', async ({ page }) => {
  await begin(page);
  await page.clock.runFor(59.9 * MINUTE);
  const { question, options } = await shown(page);
  await give(page, MOUSE, options, plans.right(question));
  await page.clock.runFor(MINUTE);
  await page.clock.resume();
  await arrived(page, /Your result$/);
  await expect(page.getByText('handed in with the 1 answer')).toBeVisible();
});

test('a paper whose time ran out while the page was closed is handed in when it is opened', async ({ page }) => {
  await begin(page);
  const answered = await answerFirst(page, 3);
  const url = page.url();
  await page.goto('about:blank');
  await page.clock.runFor(90 * MINUTE);
  await page.goto(url);
  await page.clock.resume();
  await expectTimeUp(page, answered);
  // It ended when its time was over, not when that was noticed.
  await page.goBack();
  await expect(page.getByText('2 March 2026, 60 minutes')).toBeVisible();
});

test('extra time is given and recorded', async ({ page }) => {
  await begin(page, { extra: 'Half as much again: 90 minutes' });
  await expect(timer(page)).toHaveText(/^1:(30:00|29:\d\d) left$/);
  await page.clock.runFor(60 * MINUTE);
  await expect(timer(page)).toHaveText(/^(30:00|29:\d\d) left$/);
  expect((await stored(page)).terms.extra_time).toBe('1.5');
  await page.clock.runFor(31 * MINUTE);
  await page.clock.resume();
  await arrived(page, /Your result$/);
  await expect(page.getByRole('definition').filter({ hasText: /^1\.5 times$/ })).toBeVisible();
});

test('a sitting without a time limit has no clock', async ({ page }) => {
  await begin(page, { extra: 'No time limit' });
  await expect(timer(page)).toHaveCount(0);
  await page.clock.runFor(24 * 60 * MINUTE);
  await expect(title(page)).toHaveText(`Question 1 of ${COUNT}`);
});

test('a device clock that is set back or forward in mid-paper changes no time and loses nothing', async ({ page }) => {
  await begin(page);
  await answerFirst(page, 2);
  await page.clock.runFor(10 * MINUTE);
  const before = await timer(page).innerText();
  // While the page is open its own, steady clock counts.
  await page.evaluate(() => {
    const { now } = Date;
    Date.now = () => now() + 40 * 60_000;
  });
  await page.clock.runFor(1000);
  const face = (text) => text.match(/(\d+):(\d+) left/).slice(1).reduce((minutes, part) => minutes * 60 + Number(part), 0);
  expect(face(before) - face(await timer(page).innerText())).toBeLessThanOrEqual(3);
  // Set back by a day, then reloaded: what was used stays used.
  const used = (await stored(page)).events.at(-1).at;
  await page.evaluate((key) => {
    const script = JSON.parse(localStorage.getItem(key));
    script.started += 24 * 60 * 60_000;
    localStorage.setItem(key, JSON.stringify(script));
  }, OPEN);
  await page.reload();
  await opened(page, `Question 3 of ${COUNT}`);
  const left = face(await timer(page).innerText());
  expect(left).toBeLessThanOrEqual(60 * 60 - Math.floor(used / 1000));
  const { question, options } = await shown(page);
  await give(page, MOUSE, options, plans.right(question));
  expect((await stored(page)).events.filter((event) => event.do === 'answer').length).toBeGreaterThanOrEqual(3);
});
