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

/** The device's clock is set `by` so many milliseconds from now on, for this tab, whatever becomes of its page. */
async function setClock(page, by) {
  await page.evaluate((by) => sessionStorage.setItem('set', Number(sessionStorage.getItem('set')) + by), by);
}

/** Lets `setClock` set the clock of the pages of this tab. */
const clockCanBeSet = (page) =>
  page.addInitScript(() => {
    const { now } = Date;
    Date.now = () => now() + Number(sessionStorage.getItem('set'));
  });

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Seconds left, as the page's clock shows them. */
async function left(page) {
  const [, hours = '0', minutes, seconds] = (await timer(page).innerText()).match(/(?:(\d+):)?(\d+):(\d+) left/);
  return (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
}
/** The jumps of the clock in the record, in hours. */
const jumps = async (page) => (await stored(page)).events.filter((event) => event.do === 'clock').map((event) => Math.round(event.by / HOUR));
/** Time passes, little enough of it that nothing but a jump shows. */
const moment = (page) => page.clock.runFor(1000);

for (const [what, by] of [['back an hour', -HOUR], ['forward a day', DAY]]) {
  test(`a clock that is set ${what} in mid-paper changes no time, and the record shows it`, async ({ page }) => {
    await clockCanBeSet(page);
    await begin(page);
    await answerFirst(page, 2);
    await page.clock.runFor(10 * MINUTE);
    const before = await left(page);
    await setClock(page, by);
    await moment(page);
    expect(before - (await left(page))).toBeLessThanOrEqual(3);
    expect(await jumps(page)).toEqual([by / HOUR]);
    // So it stays when the page is opened again, and when the clock is set right.
    await page.reload();
    await opened(page, `Question 3 of ${COUNT}`);
    expect(before - (await left(page))).toBeLessThanOrEqual(5);
    expect(before - (await left(page))).toBeGreaterThanOrEqual(0);
    await setClock(page, -by);
    await moment(page);
    expect(before - (await left(page))).toBeLessThanOrEqual(7);
    expect(await jumps(page)).toEqual([by / HOUR, -by / HOUR]);
  });
}

test('a clock set back while the page was closed brings back no time', async ({ page }) => {
  await clockCanBeSet(page);
  await begin(page);
  await page.clock.runFor(20 * MINUTE);
  await answerFirst(page, 2);
  const atLastEvent = 60 * 60 - Math.floor((await stored(page)).events.at(-1).at / 1000);
  await setClock(page, -HOUR);
  await page.reload();
  await opened(page, `Question 3 of ${COUNT}`);
  await moment(page);
  expect(await left(page)).toBeLessThanOrEqual(atLastEvent);
  expect(await left(page)).toBeGreaterThanOrEqual(atLastEvent - 5);
  expect(await jumps(page)).toEqual([-1]);
  // Nor does another reload, and time goes on from there.
  await page.clock.runFor(5 * MINUTE);
  await page.reload();
  await opened(page, `Question 3 of ${COUNT}`);
  expect(await left(page)).toBeLessThanOrEqual(atLastEvent - 5 * 60 + 1);
  expect(await left(page)).toBeGreaterThanOrEqual(atLastEvent - 5 * 60 - 10);
});

test('a clock set forward while the page was closed cannot be told from absence: the time counts', async ({ page }) => {
  await clockCanBeSet(page);
  await begin(page);
  await answerFirst(page, 2);
  const before = await left(page);
  await setClock(page, 10 * MINUTE);
  await page.reload();
  await opened(page, `Question 3 of ${COUNT}`);
  await moment(page);
  expect(before - (await left(page))).toBeGreaterThanOrEqual(10 * 60);
  expect(before - (await left(page))).toBeLessThanOrEqual(10 * 60 + 5);
  expect(await jumps(page)).toEqual([]);
});

test('while the device is asleep for an hour the time of an exam goes on', async ({ page }) => {
  await clockCanBeSet(page);
  await begin(page, { extra: 'Double: 120 minutes' });
  const answered = await answerFirst(page, 2);
  const before = await left(page);
  // On some systems the steady clock stops in sleep, and only the device's shows it afterwards.
  await setClock(page, HOUR);
  await moment(page);
  expect(before - (await left(page))).toBeGreaterThanOrEqual(3600);
  expect(before - (await left(page))).toBeLessThanOrEqual(3603);
  expect(await jumps(page)).toEqual([1]);
  await page.reload();
  await opened(page, `Question 3 of ${COUNT}`);
  expect(before - (await left(page))).toBeGreaterThanOrEqual(3600);
  expect(before - (await left(page))).toBeLessThanOrEqual(3610);
  // On others both go on, and there is no jump. The time is over then.
  await page.clock.fastForward(HOUR);
  await page.clock.resume();
  await expectTimeUp(page, answered);
});
