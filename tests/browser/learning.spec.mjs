// What was got wrong comes again on one click, and what is due comes first: practice over days.

import AxeBuilder from '@axe-core/playwright';
import { questions } from './bank.mjs';
import { courses, withHistory } from './history.mjs';
import { MOUSE, begin, give, plans, shown } from './sitting.mjs';
import { arrived, expect, opened, stored, test } from './test.mjs';

const TOPIC = ['DICOM: web', 'dicom/web'];
const START = new Date('2026-03-02T09:00:00Z');
const DAY = 86_400_000;

/** The device's clock stands so many days after the first morning, at ten and so many minutes; timers go on as they do. */
const onDay = (page, day, minutes = 0) => page.clock.setFixedTime(new Date(START.getTime() + day * DAY + 3_600_000 + minutes * 60_000));

const button = (page, name) => page.getByRole('button', { name, exact: true });
const items = async (page) => (await stored(page)).items.map((item) => item.question);
const sorted = (ids) => [...ids].sort();

/** Goes through a practice of `count` questions; returns for each its id and whether it earned all. */
async function work(page, count, plan) {
  const done = [];
  for (let n = 1; n <= count; n += 1) {
    await arrived(page, `Question ${n} of ${count}`);
    const { question, options } = await shown(page);
    const answer = plan(question, n);
    await give(page, MOUSE, options, answer);
    await button(page, 'Check my answer').click();
    await expect(page.locator('#feedback')).toBeFocused();
    done.push({ id: question.id, all: answer.earned.number === question.marks });
    await button(page, n < count ? 'Next question' : 'See the result').click();
  }
  await arrived(page, /Your result$/);
  return done;
}

const toCourse = async (page) => {
  await page.goto('./#/level-2');
  await opened(page, /HL7/);
};

/** What the course page says is due, of the practice that is being set up. */
async function setUp(page) {
  await page.getByRole('radio', { name: /^Practice/ }).check();
  return page.getByRole('checkbox', { name: /^Questions due for review come first/ });
}

test('what was got wrong comes again on one click; days later what is most likely to be forgotten comes first', async ({ page }) => {
  await onDay(page, 0);
  await toCourse(page);
  await expect(await setUp(page), 'without a history nothing can be due').toHaveCount(0);
  await begin(page, { practice: { topics: [TOPIC[0]], number: 10 } });
  const done = await work(page, 10, (question, n) => plans[n % 3 === 0 ? 'wrong' : 'right'](question));
  const lost = done.filter((one) => !one.all).map((one) => one.id);
  const kept = done.filter((one) => one.all).map((one) => one.id);
  expect(lost).toHaveLength(3);

  // From the result, in one click: these and no others.
  await onDay(page, 0, 20);
  await button(page, 'Practise the 3 you got wrong').click();
  await arrived(page, 'Question 1 of 3');
  expect(sorted(await items(page))).toEqual(sorted(lost));

  // It is left. The course page has the same, and says so of the whole course.
  await toCourse(page);
  const again = button(page, 'Practise the 3 you got wrong last time');
  await expect(again).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await onDay(page, 0, 30);
  await again.click();
  await arrived(page, 'Question 1 of 3');
  expect(sorted(await items(page))).toEqual(sorted(lost));
  await work(page, 3, plans.right);
  await toCourse(page);
  await expect(page.getByRole('heading', { name: 'Earlier results' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Practice, 2 March 2026' })).toHaveCount(2);
  await expect(await setUp(page)).toBeChecked();
  await expect(page.getByText('(none before 3 March 2026)')).toBeVisible();
  await expect(page.getByRole('button', { name: /you got wrong/ }), 'all of them were right the last time').toHaveCount(0);

  // A day later those that were missed are due, though they were right the second time; the others are not yet.
  await onDay(page, 1);
  await page.reload();
  await setUp(page);
  await expect(page.getByText('(3 are due now)')).toBeVisible();
  await begin(page, { practice: { topics: [TOPIC[0]], number: 'All' } });
  const all = questions.filter((question) => question.topic === TOPIC[1]).map((question) => question.id);
  const first = await items(page);
  expect(sorted(first)).toEqual(sorted(all));
  expect(sorted(first.slice(0, 3)), 'what is due comes first').toEqual(sorted(lost));
  expect(sorted(first.slice(-7)), 'what is known comes last').toEqual(sorted(kept));

  // After three days all ten are, and those that were missed have faded most.
  await onDay(page, 3);
  await toCourse(page);
  await page.reload();
  await opened(page, /HL7/);
  const dueFirst = await setUp(page);
  await expect(page.getByText('(10 are due now)')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await begin(page, { practice: { topics: [TOPIC[0]], number: 10 } });
  const due = await items(page);
  expect(sorted(due.slice(0, 3))).toEqual(sorted(lost));
  expect(sorted(due.slice(3))).toEqual(sorted(kept));

  // Whoever does not want that order gets another.
  await onDay(page, 3, 10);
  await toCourse(page);
  await setUp(page);
  await dueFirst.uncheck();
  await page.getByLabel('How many questions?').selectOption('All');
  await button(page, 'Start practice').click();
  await arrived(page, /^Question 1 of/);
  const any = await items(page);
  expect(sorted(any)).toEqual(sorted(questions.map((question) => question.id)));
  expect(sorted(any.slice(0, 10))).not.toEqual(sorted(due));
});

test('what an older release noted of a practice is made anew from its script', async ({ page }) => {
  await onDay(page, 0);
  await begin(page, { practice: { topics: [TOPIC[0]], number: 5 } });
  await work(page, 5, plans.wrong);
  const notes = () => page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('tierwise.sum.')));
  const [[key, note]] = await notes();
  const { id, mode, started, percent, verdict } = JSON.parse(note);
  const older = JSON.stringify({ id, mode, started, percent, verdict });
  await page.evaluate(([key, older]) => localStorage.setItem(key, older), [key, older]);
  await toCourse(page);
  await expect(button(page, 'Practise the 5 you got wrong last time')).toBeVisible();
  expect(await notes()).toEqual([[key, note]]);
});

test('a history of every course is noted by the app, question by question', async ({ page }) => {
  const count = await withHistory(page, { count: 14, each: 40 });
  const notes = await page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('tierwise.sum.')).map(([key, text]) => [key, JSON.parse(text)]));
  expect(notes).toHaveLength(count);
  for (const [key, note] of notes) {
    const script = JSON.parse(await page.evaluate((key) => localStorage.getItem(key), key.replace('.sum.', '.done.')));
    const { ids } = note;
    const asked = script.items.map((item) => item.question);
    const answered = script.events.flatMap((event) => event.question ?? []);
    const essays = new Set(courses.flatMap((course) => course.questions).filter(({ type }) => type === 'essay').map(({ id }) => id));
    // An exam was handed in without what it has no answer to; a practice leaves that out.
    const wanted = note.mode === 'Exam' ? asked : answered;
    expect(sorted(ids), key).toEqual(sorted(wanted.filter((id) => !essays.has(id) || note.mode === 'Exam')));
    expect(note.ended).toBe(script.started + script.events.at(-1).at);
    expect(note.got.every((got) => got >= 0 && got <= 100) && note.tier.every((tier) => tier >= 1)).toBe(true);
  }
});
