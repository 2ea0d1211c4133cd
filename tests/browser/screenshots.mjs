// Pictures of every page and state, at three widths, light and dark, to be looked at. It is no test.
//
//   node screenshots.mjs [FOLDER]      target/screenshots unless a folder is named
//
// TIERWISE_SITE in the environment names another built site than dist/; TIERWISE_WIDTHS=1280 takes fewer widths.

import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, devices } from '@playwright/test';
import { COUNT, COURSE, questions, readFile } from './bank.mjs';
import { alter } from './altered.mjs';
import { CHROMIUM } from './chromium.mjs';
import { serve } from './server.mjs';
import { SITE } from './setup.mjs';
import { MOUSE, answerAll, begin, give, handIn, plans, shown } from './sitting.mjs';
import { OPEN, fixRandomness, opened, stored } from './test.mjs';

const WIDTHS = (process.env.TIERWISE_WIDTHS ?? '320,768,1280').split(',').map(Number);
/** The tallest part of a page that is kept, in pixels: a review is longer than anybody looks at. */
const TALLEST = 4000;

const folder = path.resolve(process.argv[2] ?? fileURLToPath(new URL('../../target/screenshots', import.meta.url)));
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const site = await serve({ folder: SITE });
const browser = await chromium.launch(CHROMIUM);

const contextWith = async (options) => {
  const context = await browser.newContext({ ...devices['Desktop Chrome'], baseURL: site.url, locale: 'en-GB', timezoneId: 'Europe/London', ...options });
  await context.addInitScript(fixRandomness, 7);
  return context;
};

/** The place in the open sitting, from 1, of its first question that `wanted` accepts. */
const placeOf = async (page, wanted) => {
  const items = (await stored(page)).items.map((item) => questions.find((question) => question.id === item.question));
  return items.findIndex(wanted) + 1;
};

/** Sits what is to be seen, once, and returns what the browser keeps of it, with the addresses of its pages. */
async function prepare() {
  const context = await contextWith({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const addresses = {};

  // An exam that was handed in: mostly right, some wrong, in part or not answered.
  await begin(page);
  await answerAll(page, MOUSE, COUNT, (question, n) => plans[['right', 'right', 'wrong', 'partly', n % 3 ? 'right' : 'none'][n % 5]](question));
  await handIn(page, MOUSE);
  addresses.result = new URL(page.url()).hash;
  addresses.review = addresses.result.replace('/result/', '/review/');

  // An exam that is going on, with answers and flags.
  await begin(page);
  for (let n = 1; n <= 12; n += 1) {
    await opened(page, `Question ${n} of ${COUNT}`);
    const { question, options } = await shown(page);
    if (n % 4) await give(page, MOUSE, options, plans.right(question));
    if (n % 5 === 0) await page.getByRole('button', { name: 'Flag for review' }).click();
    await page.getByRole('button', { name: 'Next', exact: true }).click();
  }
  for (const type of ['single', 'multiple', 'numeric', 'short']) {
    addresses[type] = `#/${COURSE}/sit/${await placeOf(page, (question) => question.type === type)}`;
  }
  const exam = await context.storageState();

  // A practice with feedback.
  await begin(page, { practice: { number: 'All' } });
  for (const [name, type, plan] of [['right', 'single', 'right'], ['partly', 'multiple', 'partly'], ['wrong', 'numeric', 'wrong']]) {
    const place = await placeOf(page, (question) => question.type === type && question.topic.startsWith('dicom'));
    addresses[name] = `#/${COURSE}/sit/${place}`;
    await page.goto(`./${addresses[name]}`);
    await opened(page, new RegExp(`^Question ${place} of`));
    const { question, options } = await shown(page);
    await give(page, MOUSE, options, plans[plan](question));
    await page.getByRole('button', { name: 'Check my answer' }).click();
    await page.locator('#feedback').waitFor();
  }
  addresses.refused = `#/${COURSE}/sit/${await placeOf(page, (question) => question.type === 'numeric' && question.topic.startsWith('hl7'))}`;
  const practice = await context.storageState();
  await context.close();
  return { exam, practice, addresses };
}

/** What is pictured: a name, what the browser keeps, an address, and what to do there first. */
function scenes({ exam, practice, addresses }) {
  const press = (name) => (page) => page.getByRole('button', { name, exact: true }).click();
  return [
    ['01-catalogue', undefined, '#/'],
    ['02-catalogue-open-sitting', exam, '#/'],
    ['03-about', undefined, '#/about'],
    ['04-course', undefined, `#/${COURSE}`],
    ['05-course-extra-time', undefined, `#/${COURSE}`, (page) => page.getByText(/^Extra time: /).click()],
    ['06-course-practice', undefined, `#/${COURSE}`, (page) => page.getByRole('radio', { name: /^Practice/ }).check()],
    ['07-course-open-sitting-and-results', exam, `#/${COURSE}`],
    ['08-single', exam, addresses.single],
    ['09-multiple', exam, addresses.multiple],
    ['10-numeric', exam, addresses.numeric],
    ['11-short', exam, addresses.short],
    ['12-check', exam, `#/${COURSE}/check`],
    ['13-hand-in', exam, `#/${COURSE}/check`, press('Hand in')],
    ['14-result', exam, addresses.result],
    ['15-review', exam, addresses.review],
    ['16-review-lost', exam, `${addresses.review}/lost`],
    ['17-practice-right', practice, addresses.right],
    ['18-practice-partly', practice, addresses.partly],
    ['19-practice-wrong', practice, addresses.wrong],
    ['20-practice-number-refused', practice, addresses.refused, (page) => page.locator('#q-answer').fill('1.5.2')],
    ['21-navigator', exam, addresses.single, async (page) => {
      if (!(await page.getByRole('navigation', { name: 'Questions' }).isVisible())) await page.getByText(/^All questions: /).click();
      await page.getByRole('navigation', { name: 'Questions' }).scrollIntoViewIfNeeded();
    }],
    ['22-time-low', exam, addresses.single, null, (page) => page.clock.install({ time: Date.now() + 56 * 60_000 })],
    ['23-time-up', exam, addresses.single, (page) => page.getByRole('heading', { name: 'Time is up' }).waitFor(), (page) => page.clock.install({ time: Date.now() + 90 * 60_000 })],
    ['24-bank-missing', undefined, `#/${COURSE}`, null, (page) => alter(page, 'hl7.md', { status: 404 })],
    ['25-bank-with-errors', undefined, `#/${COURSE}`, null, (page) =>
      alter(page, 'hl7.md', readFile('hl7.md').replace('- [x] `~`', '- [ ] `~`').replace('`12`', '`twelve`'), { listed: true })],
    ['26-bank-changed', exam, addresses.single, null, (page) =>
      alter(page, 'hl7.md', `${readFile('hl7.md')}\n[^new]: Another source\n`, { listed: true })],
    ['27-record-set-aside', exam, `#/${COURSE}`, null, (page) =>
      page.addInitScript((key) => localStorage.setItem(key, 'garbage'), OPEN)],
    ['28-page-not-found', undefined, '#/nope/x'],
    ['29-no-store', undefined, `#/${COURSE}`, press('Start the exam'), (page) =>
      page.addInitScript(() => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } }))],
    ['30-cannot-start', undefined, '#/', null, (page) => page.route(/\.wasm$/, (route) => route.fulfill({ status: 404 }))],
  ];
}

const prepared = await prepare();
let taken = 0;
for (const width of WIDTHS) {
  for (const colorScheme of ['light', 'dark']) {
    const viewport = { width, height: width < 600 ? 640 : 900 };
    for (const [name, storageState, address, act, before] of scenes(prepared)) {
      const context = await contextWith({ viewport, colorScheme, storageState });
      const page = await context.newPage();
      await before?.(page);
      await page.goto(`./${address}`);
      if (name === '30-cannot-start') await page.getByRole('alert').first().waitFor();
      else await opened(page, /^(?!Loading)./);
      await act?.(page);
      // What is off the screen would be an empty space.
      await page.addStyleTag({ content: '* { content-visibility: visible !important }' });
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.screenshot({
        path: path.join(folder, `${name}-${width}-${colorScheme}.png`),
        ...(height > TALLEST ? { clip: { x: 0, y: 0, width, height: TALLEST }, fullPage: true } : { fullPage: true }),
      });
      taken += 1;
      await context.close();
    }
    // Without JavaScript, whatever is kept.
    const context = await contextWith({ viewport, colorScheme, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto('./');
    await page.screenshot({ path: path.join(folder, `31-no-javascript-${width}-${colorScheme}.png`), fullPage: true });
    taken += 1;
    await context.close();
  }
}
await browser.close();
await site.close();
console.log(`${taken} pictures in ${folder}`);
