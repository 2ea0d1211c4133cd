// Exam conditions: what a course asks is told before the start, held during the sitting, recorded, and said at its end.

import { COURSE } from './bank.mjs';
import { expectClean } from './clean.mjs';
import { COUNT, answer, at, expectMarks, hide, next, serveConditions } from './conditions.mjs';
import { KEYBOARD, begin, handIn, MOUSE, pressEnter, tabTo } from './sitting.mjs';
import { OPEN, arrived, expect, noSidewaysScroll, opened, stored, test, title } from './test.mjs';

const MINUTE = 60_000;
const button = (page, name) => page.getByRole('button', { name, exact: true });
const navigator = (page) => page.getByRole('navigation', { name: 'Questions' });
const timer = (page) => page.getByRole('timer');
const kinds = async (page) => (await stored(page)).events.map((event) => event.do);
/** Opens the course before its exam begins. */
const course = async (page) => {
  await page.goto(`./#/${COURSE}`);
  await opened(page, 'Under conditions');
};

test('a paper that goes one way says so, warns before an answer is passed over, and cannot be gone back in', async ({ page }) => {
  await serveConditions(page, 'back: no');
  await course(page);
  await expect(page.getByRole('definition').filter({ hasText: 'No going back' })).toBeVisible();
  await expect(page.getByText('This paper goes one way: once you go on from a question, you cannot come back to it.')).toBeVisible();
  await expectClean(page, 'a course that goes one way');
  await begin(page);
  const told = page.getByText('This paper goes one way');
  await expect(told).toBeVisible();
  await expectClean(page, 'the first question of a paper that goes one way');
  await answer(page, 1);
  await next(page).click();
  await at(page, 2);
  await expect(told, 'it is told once').toBeHidden();
  await expect(page.getByRole('link', { name: 'Previous' })).toHaveCount(0);
  await expect(navigator(page).getByRole('listitem').filter({ hasText: 'Question' })).toHaveCount(COUNT);
  expect(await navigator(page).getByRole('link').allInnerTexts()).toEqual(['Check your answers']);

  // Without an answer it takes a second press.
  const warning = page.getByRole('alert').filter({ hasText: 'You have not answered this question, and cannot come back to it.' });
  await next(page).click();
  await expect(warning).toBeVisible();
  await expectClean(page, 'warned before an answer is passed over');
  await answer(page, 2, false);
  await next(page).click();
  await at(page, 3);
  await next(page).click();
  await expect(warning).toBeVisible();
  await next(page).click();
  await at(page, 4);

  // By address neither back nor past what was not seen; the back button of the browser neither.
  for (const there of [1, 3, 6, COUNT]) {
    await page.goto(`./#/${COURSE}/sit/${there}`);
    await expect(title(page)).toHaveText(`Question 4 of ${COUNT}`);
    await expect.poll(() => page.url()).toContain('/sit/4');
  }
  await page.goBack();
  await expect(title(page)).toHaveText(`Question 4 of ${COUNT}`);
  await answer(page, 4);

  await page.goto(`./#/${COURSE}/check`);
  await arrived(page, 'Check your answers');
  const missing = page.locator('section').filter({ has: page.getByRole('heading', { name: '5 questions are not answered' }) });
  await expect(missing).toContainText('They get no marks: 3, 5, 6, 7 and 8. What lies behind you cannot be answered any more.');
  await expect(missing.getByRole('link')).toHaveCount(0);
  await expect(page.getByRole('main').getByRole('link')).toHaveText(['Back to question 4']);
  await expectClean(page, 'check your answers of a paper that goes one way');
  await page.getByRole('link', { name: 'Back to question 4' }).click();
  await at(page, 4);
  await next(page).click();
  for (const n of [5, 6, 7, 8]) {
    await at(page, n);
    await answer(page, n);
    await page.getByRole('button', { name: n < 8 ? 'Next' : 'Check your answers', exact: true }).click();
  }
  await arrived(page, 'Check your answers');
  await expect(page.getByText('They get no marks: 3.')).toBeVisible();
  const seen = (await stored(page)).events.filter((event) => event.do === 'see').map((event) => event.question);
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `cond-${n}`));
  await handIn(page, MOUSE);
  await expectMarks(page, '7', 'Pass');
});

test('where there is no way back each question is named once in the record, and where there is the paper is free', async ({ page }) => {
  await serveConditions(page);
  await course(page);
  await expect(page.getByText('goes one way')).toHaveCount(0);
  await begin(page);
  await expect(page.getByText('goes one way')).toHaveCount(0);
  await expect(button(page, 'Pause')).toHaveCount(0);
  await expect(page.getByRole('group', { name: 'How sure are you?' })).toHaveCount(0);
  await next(page).click();
  await at(page, 2);
  await navigator(page).getByRole('link', { name: /^Question 8/ }).click();
  await at(page, 8);
  await page.getByRole('link', { name: 'Previous' }).click();
  await at(page, 7);
  expect((await stored(page)).tierwise, 'a record that older releases read').toBe(1);
});

test('the clock can be stopped where the course allows it, and what it stood still does not count', async ({ page }) => {
  await page.clock.install({ time: new Date('2026-03-02T10:00:00Z') });
  await serveConditions(page, 'pause: yes');
  await course(page);
  await expect(page.getByRole('definition').filter({ hasText: 'stopping the clock' })).toBeVisible();
  await expect(page.getByText('You may stop the clock.')).toBeVisible();
  await begin(page);
  await answer(page, 1);
  await next(page).click();
  await at(page, 2);
  await page.clock.runFor(10 * MINUTE);
  await expect(timer(page)).toHaveText(/^(20:00|19:\d\d) left$/);
  await tabTo(page, button(page, 'Pause'));
  await page.keyboard.press('Enter');
  await arrived(page, 'Paused');
  await expect(page.getByText(/^The clock stands, with (20:00|19:\d\d) left\. The questions are hidden/)).toBeVisible();
  await expect(page.getByText('Which is the second?')).toHaveCount(0);
  await expect(navigator(page)).toHaveCount(0);
  await expect(button(page, 'Pause')).toHaveCount(0);
  const face = await timer(page).innerText();
  await expectClean(page, 'paused');
  // An hour, a reload, another page, another tab: none of it counts, and none of it is noted.
  await page.clock.runFor(60 * MINUTE);
  await expect(timer(page)).toHaveText(face);
  await page.reload();
  await opened(page, 'Paused');
  await expect(timer(page)).toHaveText(face);
  await hide(page, true);
  await hide(page, false);
  await page.goto(`./#/${COURSE}`);
  await arrived(page, 'Under conditions');
  await expect(page.getByText(/You are at question 2 of 8, with 20 minutes left/)).toBeVisible();
  await page.getByRole('link', { name: 'Resume' }).click();
  await arrived(page, 'Paused');
  await page.goto(`./#/${COURSE}/check`);
  await expect(title(page)).toHaveText('Paused');
  await page.goto(`./#/${COURSE}/sit`);
  await arrived(page, 'Paused');
  await pressEnter(page, button(page, 'Resume'));
  await at(page, 2);
  await expect(timer(page)).toHaveText(face);
  await answer(page, 2);
  const { events, tierwise } = await stored(page);
  expect(events.map((event) => event.do)).toEqual(['see', 'answer', 'see', 'pause', 'resume', 'answer']);
  expect(events[4].at - events[3].at).toBeGreaterThanOrEqual(60 * MINUTE);
  expect(tierwise).toBe(1);

  // Time is told as always, and runs out when 30 minutes were used.
  await page.clock.runFor(10.5 * MINUTE);
  await expect(page.getByRole('status').filter({ hasText: 'minutes left' })).toHaveText('10 minutes left');
  await expect(title(page)).toHaveText(`Question 2 of ${COUNT}`);
  await page.clock.runFor(10 * MINUTE);
  await page.clock.resume();
  await arrived(page, /Your result$/);
  await expect(page.getByText('handed in with the 2 answers that you gave')).toBeVisible();
  await expect(page.getByText('2 March 2026, 30 minutes')).toBeVisible();
  await expect(page.getByText('You left the page')).toHaveCount(0);
  await expectMarks(page, '2', 'Fail');
});

test('that the page is left is told before, noted, told after, and counted', async ({ page }) => {
  await page.clock.install({ time: new Date('2026-03-02T10:00:00Z') });
  await serveConditions(page);
  await course(page);
  await expect(page.getByText('If you go to another tab, window or page, so that this one is out of sight, that is noted in the script with the time. Nothing else is watched.')).toBeVisible();
  await begin(page);
  await answer(page, 1);
  await hide(page, true);
  await hide(page, true);
  await page.clock.runFor(30_000);
  await hide(page, false);
  const note = page.getByRole('status').filter({ hasText: 'You left this page' });
  await expect(note).toHaveText(/^You left this page for 3\d s\. That is noted in the script\.$/);
  await expectClean(page, 'told that the page was left');
  await page.setViewportSize({ width: 320, height: 640 });
  await noSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 720 });
  await next(page).click();
  await at(page, 2);
  await expect(note).toHaveCount(0);
  expect(await kinds(page)).toEqual(['see', 'answer', 'leave', 'return', 'see']);

  // From question to question and to the check of answers nobody leaves; to the course page, and to another site altogether, they do.
  await page.goto(`./#/${COURSE}/check`);
  await arrived(page, 'Check your answers');
  await page.getByRole('link', { name: 'Back to question 2' }).click();
  await at(page, 2);
  expect((await kinds(page)).filter((kind) => kind === 'leave')).toHaveLength(1);
  await page.goto(`./#/${COURSE}`);
  await arrived(page, 'Under conditions');
  expect((await kinds(page)).at(-1)).toBe('leave');
  const url = page.url();
  await page.clock.runFor(20_000);
  await page.goto('about:blank');
  await page.clock.runFor(20_000);
  await page.goto(url);
  await opened(page, 'Under conditions');
  await page.getByRole('link', { name: 'Resume' }).click();
  await at(page, 2);
  await expect(note).toHaveText(/^You left this page for 4\d s\./);
  await answer(page, 2);
  const { events, tierwise } = await stored(page);
  expect(events.map((event) => event.do)).toEqual(['see', 'answer', 'leave', 'return', 'see', 'leave', 'return', 'answer']);
  expect(tierwise).toBe(1);
  const away = [[2, 3], [5, 6]].map(([from, to]) => events[to].at - events[from].at);
  await page.goto(`./#/${COURSE}/check`);
  await handIn(page, MOUSE);
  const seconds = Math.ceil((away[0] + away[1]) / 1000);
  const words = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  await expect(page.getByText(`You left the page 2 times, ${words} in all.`)).toBeVisible();
  await expectMarks(page, '2', 'Fail');
});

test('an absence over the end of the time is one until then', async ({ page }) => {
  await page.clock.install({ time: new Date('2026-03-02T10:00:00Z') });
  await serveConditions(page);
  await begin(page);
  await answer(page, 1);
  await page.clock.runFor(29 * MINUTE);
  const { at: before } = (await stored(page)).events.at(-1);
  await hide(page, true);
  const left = (await stored(page)).events.at(-1);
  expect([left.do, left.at > before]).toEqual(['leave', true]);
  await page.clock.runFor(3 * MINUTE);
  await page.clock.resume();
  await opened(page, /Your result$/);
  await hide(page, false);
  const seconds = Math.ceil((30 * MINUTE - left.at) / 1000);
  await expect(page.getByText(new RegExp(`^You left the page once, (${seconds} s|1 min 0 s) in all\\.$`))).toBeVisible();
  await expectMarks(page, '1', 'Fail');
});

test('practice is not watched', async ({ page }) => {
  await serveConditions(page, 'pause: yes', 'confidence: yes');
  await begin(page, { practice: { number: 5 } });
  await expect(button(page, 'Pause')).toHaveCount(0);
  await hide(page, true);
  await hide(page, false);
  await page.goto(`./#/${COURSE}`);
  await arrived(page, 'Under conditions');
  await page.goBack();
  await arrived(page, 'Question 1 of 5');
  expect(await kinds(page)).toEqual(['see']);
});

test('how sure one is, by keyboard, and the score of certainty beside the marks', async ({ page }) => {
  await serveConditions(page, 'confidence: yes');
  await course(page);
  await expect(page.getByText('With each answer you can say how sure you are.')).toBeVisible();
  await begin(page);
  // The worked example: 4 of 24.
  const given = [[true, 3], [true, 3], [true, 2], [false, 1], [true, 1], [false, 2], [true, 3], [false, 3]];
  const sure = page.getByRole('group', { name: 'How sure are you?' });
  for (const [index, [right, level]] of given.entries()) {
    const n = index + 1;
    await at(page, n);
    await expect(sure.getByRole('radio')).toHaveCount(3);
    await answer(page, n, right);
    if (n === 1) await expectClean(page, 'asked how sure one is');
    // Certainty 1 is what counts when nothing is said: once said, once not.
    if (n !== 4) {
      const control = sure.getByRole('radio').nth(level - 1);
      await tabTo(page, sure.getByRole('radio').first());
      await page.keyboard.press('Space');
      for (let step = 1; step < level; step += 1) await page.keyboard.press('ArrowDown');
      await expect(control).toBeChecked();
    }
    if (n === 2) {
      await page.reload();
      await opened(page, `Question 2 of ${COUNT}`);
      await expect(sure.getByRole('radio', { name: '3 very' })).toBeChecked();
      await expect(page.getByRole('radio', { name: 'It is this one' })).toBeChecked();
      await page.setViewportSize({ width: 320, height: 640 });
      await noSidewaysScroll(page);
      await page.setViewportSize({ width: 1280, height: 720 });
    }
    await page.getByRole('button', { name: n < COUNT ? 'Next' : 'Check your answers', exact: true }).click();
  }
  await arrived(page, 'Check your answers');
  const script = await stored(page);
  expect([script.tierwise, script.terms.confidence]).toEqual([3, true]);
  const said = new Map(script.events.filter((event) => event.do === 'confidence').map((event) => [event.question, event.level]));
  expect([...said]).toEqual([[1, 3], [2, 3], [3, 2], [5, 1], [6, 2], [7, 3], [8, 3]].map(([n, level]) => [`cond-${n}`, level]));
  await handIn(page, MOUSE);
  await expectMarks(page, '6', 'Borderline pass');
  const section = page.getByRole('region', { name: 'How sure you were' });
  await expect(section).toContainText('4 of 24 points for certainty. They stand beside your marks: they have no part in your score, nor in whether you passed.');
  const rows = await section.locator('tbody').getByRole('row').evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
  expect(rows).toEqual([
    ['1 not very sure', '1 of 2', 'Nothing else'],
    ['2 fairly sure', '1 of 2', 'Being less sure'],
    ['3 very sure', '3 of 4', 'Being less sure'],
  ]);
  await expectClean(page, 'a result with the score of certainty');
  await page.setViewportSize({ width: 320, height: 640 });
  await noSidewaysScroll(page);
  // The review says it question by question, and nothing where nothing was said.
  await page.getByRole('link', { name: 'Review every question' }).click();
  await arrived(page, /Review$/);
  const words = { 1: '1, not very sure', 2: '2, fairly sure', 3: '3, very sure' };
  const told = await page.getByRole('article').evaluateAll((all) => all.map((one) => one.textContent.match(/You said: (\d, [\w ]+? sure)/)?.[1]));
  expect(told).toEqual(script.items.map(({ question }) => words[said.get(question)]));
});

test('a score of certainty can be below nothing, and changes no mark', async ({ page }) => {
  await serveConditions(page, 'confidence: yes');
  await begin(page);
  await answer(page, 1, false);
  await page.getByRole('radio', { name: '3 very' }).check();
  await next(page).click();
  await at(page, 2);
  await answer(page, 2);
  await page.goto(`./#/${COURSE}/check`);
  await arrived(page, 'Check your answers');
  await handIn(page, MOUSE);
  await expectMarks(page, '1', 'Fail');
  await expect(page.getByRole('region', { name: 'How sure you were' })).toContainText('−5 of 24 points for certainty.');
});

test('exams are counted where the course limits them, practice never is', async ({ page }) => {
  await serveConditions(page, 'attempts: 2');
  const used = (text) => expect(page.getByRole('definition').filter({ hasText: 'used on this device' })).toHaveText(text);
  await course(page);
  await used('0 of 2 used on this device; practice is not counted');
  // One that is handed in.
  await begin(page);
  await answer(page, 1);
  await page.goto(`./#/${COURSE}/check`);
  await arrived(page, 'Check your answers');
  await handIn(page, MOUSE);
  await expectMarks(page, '1', 'Fail');
  await page.goto(`./#/${COURSE}`);
  await arrived(page, 'Under conditions');
  await used('1 of 2 used on this device; practice is not counted');
  await begin(page, { practice: { number: 5 } });
  await page.goto(`./#/${COURSE}`);
  await arrived(page, 'Under conditions');
  await used('1 of 2 used on this device; practice is not counted');
  await button(page, 'Give it up').click();
  // And one that is begun: the last, which can be resumed, also when it is given up.
  await begin(page);
  await answer(page, 1);
  await page.goto(`./#/${COURSE}`);
  await arrived(page, 'Under conditions');
  await used('2 of 2 used on this device; practice is not counted');
  await expect(page.getByRole('radio', { name: /^Exam/ })).toBeDisabled();
  await expect(page.getByText('No exam of this course is left on this device.')).toBeVisible();
  await expect(page.getByRole('radio', { name: /^Practice/ })).toBeChecked();
  await expectClean(page, 'a course with no exam left');
  await page.getByRole('link', { name: 'Resume' }).click();
  await at(page, 1);
  await page.goBack();
  await arrived(page, 'Under conditions');
  await button(page, 'Give it up').click();
  await page.reload();
  await opened(page, 'Under conditions');
  await used('2 of 2 used on this device; practice is not counted');
  await expect(page.getByRole('radio', { name: /^Exam/ })).toBeDisabled();
  await begin(page, { practice: { number: 5 } });
  await page.goto(`./#/${COURSE}`);
  await arrived(page, 'Under conditions');
  // Until the data is erased.
  await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await page.goto('./');
  await page.evaluate(() => localStorage.clear());
  await course(page);
  await used('0 of 2 used on this device; practice is not counted');
  await expect(page.getByRole('radio', { name: /^Exam/ })).toBeEnabled();
});

test('an exam that another window used up is refused', async ({ page, context }) => {
  await serveConditions(context, 'attempts: 1');
  await course(page);
  const other = await context.newPage();
  await begin(other);
  await page.getByRole('button', { name: 'Start the exam' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'No exam of this course is left on this device' })).toBeVisible();
  await expect(title(page)).toHaveText('Under conditions');
  expect((await stored(other)).events.length).toBeGreaterThan(0);
});

test('what was half typed when the time ran out is kept and marked', async ({ page }) => {
  await page.clock.install({ time: new Date('2026-03-02T10:00:00Z') });
  await serveConditions(page);
  await begin(page);
  await page.goto(`./#/${COURSE}/sit/7`);
  await at(page, 7);
  await KEYBOARD.type(page, page.getByLabel('Your answer', { exact: true }), 'sev');
  await page.clock.runFor(29.9 * MINUTE);
  // The field keeps the focus: nothing is confirmed, nothing is gone on from.
  await page.keyboard.type('en');
  await page.clock.runFor(MINUTE);
  await page.clock.resume();
  await arrived(page, /Your result$/);
  await expect(page.getByText('handed in with the 1 answer that you gave')).toBeVisible();
  await expectMarks(page, '2', 'Fail');
  expect(await page.evaluate((key) => localStorage.getItem(key), OPEN)).toBe(null);
});
