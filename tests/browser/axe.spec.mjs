// Every page and state, light and dark, by axe-core: no violation.

import { COURSE, TITLE, questions, readFile, topicName } from './bank.mjs';
import { alter } from './altered.mjs';
import { expectClean } from './clean.mjs';
import { MOUSE, begin, give, plans, shown } from './sitting.mjs';
import { OPEN, arrived, expect, opened, stored, test, title } from './test.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });

/** Goes to the first question of the open sitting that `wanted` accepts. */
async function goTo(page, wanted) {
  const items = (await stored(page)).items.map((item) => questions.find((question) => question.id === item.question));
  const place = items.findIndex(wanted);
  await page.goto(`./#/${COURSE}/sit/${place + 1}`);
  await expect(title(page)).toHaveText(new RegExp(`^Question ${place + 1} of`));
  return items[place];
}

test('catalogue, about, course and what leads nowhere', async ({ page }) => {
  for (const address of ['', 'about', 'data', 'nope', COURSE, `${COURSE}/sit`, `${COURSE}/result/none`]) {
    await page.goto(`./#/${address}`);
    await opened(page, /^(?!Loading)/);
    await expectClean(page, `#/${address}`);
  }
  await page.goto(`./#/${COURSE}`);
  await page.getByText(/^Extra time: /).click();
  await expectClean(page, 'the course with extra time unfolded');
  await page.getByRole('radio', { name: /^Practice/ }).check();
  await expectClean(page, 'the course for practice');
  for (const topic of await page.getByRole('group', { name: 'Topics' }).getByRole('checkbox').all()) await topic.uncheck();
  await button(page, 'Start practice').click();
  await expectClean(page, 'the course with an error');
});

test('an exam from its questions to its review', async ({ page }) => {
  await begin(page);
  const types = new Set((await stored(page)).items.map((item) => questions.find((question) => question.id === item.question).type));
  for (const type of types) {
    const question = await goTo(page, (one) => one.type === type);
    const { options } = await shown(page);
    await give(page, MOUSE, options, type === 'single' ? plans.wrong(question) : plans.partly(question));
    await button(page, 'Flag for review').click();
    await expectClean(page, `${type}, answered and flagged`);
  }
  await page.goto(`./#/${COURSE}`);
  await arrived(page, TITLE);
  await expectClean(page, 'the course with an open sitting');
  await page.goto(`./#/${COURSE}/check`);
  await arrived(page, 'Check your answers');
  await expectClean(page, 'check your answers');
  await button(page, 'Hand in').click();
  await arrived(page, 'Hand in your paper?');
  await expectClean(page, 'asked whether to hand in');
  await button(page, 'Yes, hand in').click();
  await arrived(page, /Your result$/);
  await expectClean(page, 'a result');
  // One question of each type, answered; all of them would look no different and take long.
  await page.goto(`${page.url().replace('/result/', '/review/')}/flagged`);
  await arrived(page, /Review$/);
  await expect(page.getByRole('article')).toHaveCount(types.size);
  await expectClean(page, 'a review');
  await page.goto(`./#/${COURSE}`);
  await arrived(page, TITLE);
  await expectClean(page, 'the course with earlier results');
});

test('feedback and errors in practice', async ({ page }) => {
  // A topic that has all types, and that of the marking rule below.
  await begin(page, { practice: { topics: ['HL7: structure', topicName(questions.find((one) => one.rule === 'each-option').topic)], number: 'All' } });
  const asked = new Set();
  for (const [type, plan] of [['single', 'right'], ['single', 'wrong'], ['multiple', 'partly'], ['numeric', 'wrong'], ['short', 'right']]) {
    // The last question by that rule is kept for what follows the loop.
    const question = await goTo(page, (one) => one.type === type && one.rule !== 'each-option' && !asked.has(one.id));
    asked.add(question.id);
    if (plan === 'right') {
      await button(page, 'Check my answer').click();
      await expectClean(page, `${type}: not answered yet`);
    }
    const { options } = await shown(page);
    if (type === 'numeric') {
      await page.getByLabel('Your answer', { exact: true }).fill('1.5.2');
      await expectClean(page, 'a number refused');
    }
    await give(page, MOUSE, options, plans[plan](question));
    await button(page, 'Check my answer').click();
    await expect(page.locator('#feedback')).toBeFocused();
    await expectClean(page, `${type}: feedback, ${plan}`);
  }
  await goTo(page, (one) => one.rule === 'each-option');
  await page.getByRole('checkbox', { name: 'None applies' }).check();
  await expectClean(page, 'none applies');
});

test('trouble with banks, records, the store and the time', async ({ page, watch }) => {
  watch.allow(/404/);
  await alter(page, 'hl7.md', readFile('hl7.md').replace('- [x] `~`', '- [ ] `~`'), { listed: true });
  await page.goto(`./#/${COURSE}`);
  await expect(page.getByRole('heading', { name: 'A bank of this course cannot be sat' })).toBeVisible();
  await expectClean(page, 'a bank with errors');
  await page.unrouteAll();
  await alter(page, 'hl7.md', { status: 404 });
  await page.reload();
  await expect(page.getByText('The server has no such file.')).toBeVisible();
  await expectClean(page, 'a bank missing');
  await page.unrouteAll();
  await alter(page, 'README.md', { status: 404 });
  await page.reload();
  await opened(page, 'This course cannot be shown');
  await expectClean(page, 'a course page missing');
  await page.unrouteAll();

  await page.reload();
  await begin(page);
  await alter(page, 'hl7.md', { status: 404 });
  await page.reload();
  await opened(page, 'This sitting cannot go on');
  await expectClean(page, 'a sitting without its bank');
  await page.unrouteAll();

  await page.evaluate((key) => localStorage.setItem(key, 'garbage'), OPEN);
  await page.goto('about:blank');
  await page.goto(`./#/${COURSE}`);
  await opened(page, TITLE);
  await expectClean(page, 'a damaged record');
  await page.goto('./#/data');
  await expect(page.getByRole('heading', { name: 'Records set aside' })).toBeVisible();
  await expectClean(page, 'your data, with records set aside');

  await page.clock.install();
  await begin(page);
  await page.clock.runFor(55 * 60_000);
  await expectClean(page, 'a clock that runs low');
  await page.clock.runFor(6 * 60_000);
  await page.clock.resume();
  await arrived(page, /Your result$/);
  await expectClean(page, 'time is up');
});

test('an unsaved sitting and its result', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });
  });
  await begin(page);
  await expect(page.getByText('Not saved: this browser gives the page no store')).toBeVisible();
  await expectClean(page, 'a sitting that is not saved');
  await page.goto(`./#/${COURSE}/check`);
  await button(page, 'Hand in').click();
  await button(page, 'Yes, hand in').click();
  await arrived(page, /Your result$/);
  await expectClean(page, 'a result that is not saved');
});

test('your data: a file refused, what one would do, what it did, and before everything is erased', async ({ page }) => {
  await begin(page);
  const record = await page.evaluate((key) => localStorage.getItem(key), OPEN);
  const file = (text) => ({ name: 'copy.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  const pick = async (text) => {
    await page.goto('./#/data');
    await arrived(page, 'Your data');
    await page.getByLabel('A copy, or the script of one sitting').setInputFiles(file(text));
  };
  await pick('nothing of ours');
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
  await expectClean(page, 'a file refused');
  await page.goto('./#/about');
  await pick(record.replace(/"id":"\w+"/, '"id":"other"'));
  await arrived(page, 'What the file would do');
  await expect(page.getByRole('main').getByRole('radio')).toHaveCount(2);
  await expectClean(page, 'what a file would do, with a question');
  await button(page, 'Bring it in').click();
  await expect(page.getByRole('heading', { name: 'The file was brought in' })).toBeVisible();
  await page.getByText('Each sitting').click();
  await expectClean(page, 'what a file did');
  await button(page, 'Erase everything…').click();
  await arrived(page, 'Erase everything?');
  await expectClean(page, 'before everything is erased');
});

test('the static page, without JavaScript', async ({ page, baseURL }) => {
  // axe needs scripts, so the page is taken as a browser without them shows it.
  const html = (await (await fetch(baseURL)).text())
    .replace(/<script(?![^>]*application\/json)[\s\S]*?<\/script>/g, '')
    .replace(/<link [^>]*(modulepreload|preload)[^>]*>/g, '')
    .replaceAll(/<\/?noscript>/g, '');
  await page.route((url) => url.href === baseURL, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
  await page.goto('./');
  await expect(page.getByText('needs JavaScript and WebAssembly')).toBeVisible();
  await expectClean(page, 'the static page');
});
