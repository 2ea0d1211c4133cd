// No answer is ever lost: a reload, a closed page and a crashed one, at several points of a sitting.

import { COUNT, COURSE, MINUTES, TITLE, questions } from './bank.mjs';
import { MOUSE, begin, give, plans, shown } from './sitting.mjs';
import { OPEN, arrived, expect, opened, responses, stored, test, title } from './test.mjs';

const next = (page) => page.getByRole('button', { name: 'Next', exact: true });

/** Everything of a question page that a reload must not change. */
const state = async (page) => ({
  title: await title(page).innerText(),
  stem: await page.locator('#q-stem').innerText(),
  options: await page.locator('fieldset label').allInnerTexts(),
  ticked: await page.locator('fieldset input').evaluateAll((all) => all.map((input) => input.checked)),
  filled: await page.locator('main').locator('input[type=text], textarea, select').evaluateAll((all) => all.map((control) => control.value)),
  order: await page.locator('.tw-order__text').allInnerTexts(),
  pointed: await page.locator('[aria-selected=true]').evaluateAll((all) => all.map((point) => point.getAttribute('aria-label'))),
  flagged: await page.getByRole('button', { name: 'Flag for review' }).getAttribute('aria-pressed'),
  navigator: await page.getByRole('navigation', { name: 'Questions' }).getByRole('listitem').allTextContents(),
});

/** Seconds left, as the page's clock shows them. */
const left = async (page) => {
  const [, hours = '0', minutes, seconds] = (await page.getByRole('timer').innerText()).match(/(?:(\d+):)?(\d+):(\d+) left/);
  return (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
};

/** Ways for a page to go away and come back. Each returns the page that shows the site then. */
const interruptions = {
  'a reload': async (page) => {
    await page.reload();
    return page;
  },
  'closing the page and opening it anew': async (page) => {
    const [url, context] = [page.url(), page.context()];
    await page.close();
    const anew = await context.newPage();
    await anew.goto(url);
    return anew;
  },
  'a crash of the page': async (page) => {
    const [url, context] = [page.url(), page.context()];
    const crashed = page.waitForEvent('crash');
    const devtools = await context.newCDPSession(page);
    devtools.send('Page.crash').catch(() => {});
    await crashed;
    const anew = await context.newPage();
    await anew.goto(url);
    return anew;
  },
};

for (const [name, interrupt] of Object.entries(interruptions)) {
  test(`in mid-paper ${name} loses nothing`, async ({ page: first }) => {
    let page = first;
    // Once for each of these; nothing waits for anything before the page goes away.
    const interrupted = async (heading) => {
      const before = await state(page);
      const script = await stored(page);
      const [time, clock] = [await left(page), Date.now()];
      page = await interrupt(page);
      await opened(page, heading);
      expect(await state(page)).toEqual(before);
      // Looking at the question again adds nothing to the record, or just that.
      const now = await stored(page);
      expect(now.events.slice(0, script.events.length)).toEqual(script.events);
      expect(now.seed).toBe(script.seed);
      const passed = Math.ceil((Date.now() - clock) / 1000);
      expect(await left(page)).toBeLessThanOrEqual(time);
      expect(await left(page)).toBeGreaterThanOrEqual(time - passed - 1);
    };

    await begin(page);
    await interrupted(`Question 1 of ${COUNT}`); // before any answer

    const answers = new Map();
    const kinds = new Set();
    let n = 1;
    // Until questions of six types are answered, among them some with several parts; of two types will do where a page must start anew.
    for (const most = interrupt === interruptions['a reload'] ? 6 : 2; kinds.size < most; n += 1) {
      await opened(page, `Question ${n} of ${COUNT}`);
      const { question, options } = await shown(page);
      const answer = plans.right(question);
      await give(page, MOUSE, options, answer);
      answers.set(question.id, true);
      if (!kinds.has(question.type)) {
        kinds.add(question.type);
        if (kinds.size % 2 === 0) await page.getByRole('button', { name: 'Flag for review' }).click();
        await interrupted(`Question ${n} of ${COUNT}`); // an answer of this type, just given
      }
      await next(page).click();
    }
    await arrived(page, `Question ${n} of ${COUNT}`);
    await page.getByRole('link', { name: 'Previous' }).click();
    await arrived(page, `Question ${n - 1} of ${COUNT}`);
    await interrupted(`Question ${n - 1} of ${COUNT}`); // gone back
    expect([...responses(await stored(page)).keys()]).toEqual([...answers.keys()]);

    // On the page for checking: what is answered is listed, what is flagged too.
    await page.goto(`./#/${COURSE}/check`);
    await arrived(page, 'Check your answers');
    const rows = await page.getByRole('term').count();
    const values = await page.getByRole('definition').allInnerTexts();
    page = await interrupt(page);
    await opened(page, 'Check your answers');
    expect(rows).toBe(COUNT);
    expect(await page.getByRole('definition').allInnerTexts()).toEqual(values);
    // Asked whether to hand in: coming back asks again, and has not handed in.
    await page.getByRole('button', { name: 'Hand in', exact: true }).click();
    await arrived(page, 'Hand in your paper?');
    page = await interrupt(page);
    await opened(page, 'Check your answers');
    expect((await stored(page)).events.some((event) => event.do === 'hand-in')).toBe(false);
  });
}

test('a crash in the middle of typing keeps what was typed', async ({ page, context }) => {
  await begin(page, { practice: { topics: ['HL7: structure'], number: 'All' } });
  const types = new Map(questions.map((question) => [question.id, question.type]));
  const place = (await stored(page)).items.findIndex((item) => types.get(item.question) === 'numeric');
  await page.goto(`./#/${COURSE}/sit/${place + 1}`);
  await arrived(page, new RegExp(`^Question ${place + 1} of`));
  const url = page.url();
  await page.locator('#q-answer').pressSequentially('12');
  const crashed = page.waitForEvent('crash');
  (await context.newCDPSession(page)).send('Page.crash').catch(() => {});
  await crashed;
  const anew = await context.newPage();
  await anew.goto(url);
  await expect(anew.locator('#q-answer')).toHaveValue('12');
});

test('results and reviews stay where they are @sub-path', async ({ page }) => {
  await begin(page, { practice: { number: 5 } });
  await page.goto(`./#/${COURSE}/check`);
  await arrived(page, 'Check your answers');
  await page.getByRole('button', { name: 'Hand in', exact: true }).click();
  await page.getByRole('button', { name: 'Yes, hand in' }).click();
  for (const go of [null, 'Review every question', 'Lost marks (5)', 'Flagged (0)']) {
    if (go) await page.getByRole('link', { name: go }).click();
    await arrived(page, go ? /Review$/ : /Your result$/);
    // Where to learn more of a topic comes with a file of its own, after the result.
    await expect(page.locator('[data-more]:empty')).toHaveCount(0);
    const text = await page.getByRole('main').textContent();
    await page.reload();
    await opened(page, go ? /Review$/ : /Your result$/);
    await expect(page.locator('[data-more]:empty')).toHaveCount(0);
    expect(await page.getByRole('main').textContent()).toBe(text);
  }
  // And the course lists it among earlier results.
  await page.goto(`./#/${COURSE}`);
  const earlier = page.getByRole('region', { name: 'Earlier results' });
  await expect(earlier.getByRole('listitem')).toHaveText(/^Practice, \d+ \w+ \d{4} 0 %, fail$/);
  await earlier.getByRole('link').click();
  await arrived(page, /Your result$/);
});

test('an open sitting is found from the catalogue and from its course, and can be given up', async ({ page }) => {
  await begin(page);
  const { question, options } = await shown(page);
  await give(page, MOUSE, options, plans.right(question));
  await next(page).click();
  await arrived(page, `Question 2 of ${COUNT}`);
  await page.goto('./#/');
  await arrived(page, 'Know what moves the images');
  await expect(page.getByRole('article').filter({ hasText: 'Level 2' })).toContainText(`Sitting open: question 2 of ${COUNT}`);
  await page.getByRole('link', { name: TITLE }).click();
  const open = page.locator('section').filter({ has: page.getByRole('heading', { name: 'You have a sitting open' }) });
  await expect(open).toContainText(new RegExp(`Exam, begun on .*\\. You are at question 2 of ${COUNT}, with ${MINUTES} minutes left\\.`));
  await open.getByRole('link', { name: 'Resume' }).click();
  await arrived(page, `Question 2 of ${COUNT}`);
  await page.goBack();
  const record = await page.evaluate((key) => localStorage.getItem(key), OPEN);
  await page.getByRole('button', { name: 'Give it up' }).click();
  await expect(open).toBeHidden();
  // Given up is not thrown away.
  const kept = await page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('tierwise.aside.')));
  expect(kept.map(([, value]) => value)).toEqual([record]);
  expect(await page.evaluate((key) => localStorage.getItem(key), OPEN)).toBe(null);
});
