// One's own data: a copy of everything, brought in on another device, and everything erased.

import { readFileSync } from 'node:fs';
import { COUNT, COURSE, TITLE } from './bank.mjs';
import { MOUSE, answerAll, begin, give, handIn, plans, shown } from './sitting.mjs';
import { OPEN, arrived, expect, opened, responses, stored, test, title } from './test.mjs';

const PLANS = [plans.right, plans.wrong, plans.partly, plans.none];
const button = (page, name) => page.getByRole('button', { name, exact: true });
const field = (page) => page.getByLabel('A copy, or the script of one sitting');
const json = (text) => ({ name: 'copy.json', mimeType: 'application/json', buffer: Buffer.from(text) });
/** What this browser keeps, by key; the list of results is advice, made anew where it is missing, and two notes are the page's own. */
const kept = (page) =>
  page.evaluate(() =>
    Object.fromEntries(Object.entries(localStorage).filter(([key]) => /^tierwise\.(?!sum\.|asked$|journal$)/.test(key)).sort()),
  );
const put = (page, entries) => page.evaluate((entries) => entries.forEach(([key, text]) => localStorage.setItem(key, text)), Object.entries(entries));

async function toData(page) {
  await page.goto('./#/data');
  await opened(page, 'Your data');
}

/** The copy of everything, as a text. */
async function exported(page) {
  await toData(page);
  const downloaded = page.waitForEvent('download');
  await button(page, 'Export everything').click();
  const file = await downloaded;
  expect(file.suggestedFilename()).toMatch(/^tierwise-\d+-[A-Z][a-z]+-\d{4}\.json$/);
  return readFileSync(await file.path(), 'utf8');
}

/** Picks a file, and waits for what it would do. */
async function offer(page, text) {
  await toData(page);
  await field(page).setInputFiles(json(text));
  await arrived(page, 'What the file would do');
}

async function bring(page) {
  await button(page, 'Bring it in').click();
  await expect(page.getByRole('heading', { name: 'The file was brought in' })).toBeVisible();
}

/** A paper of which some answers are right, handed in. Returns the address of its result. */
async function sit(page) {
  await begin(page);
  await answerAll(page, MOUSE, COUNT, (question, n) => PLANS[n % PLANS.length](question), 8);
  await page.goto(`./#/${COURSE}/check`);
  await arrived(page, 'Check your answers');
  await handIn(page, MOUSE);
  await arrived(page, /Your result$/);
  return new URL(page.url()).hash;
}

/** Answers the first question of a new sitting, and leaves it open. */
async function open(page) {
  await begin(page);
  const { question, options } = await shown(page);
  await give(page, MOUSE, options, plans.right(question));
  await expect(page.getByText(/^Saved \d/)).toBeVisible();
}

const resultOf = async (page, hash) => {
  await page.goto(`./${hash}`);
  await opened(page, /Your result$/);
  // It comes with a file of its own.
  await expect(page.getByText(/^Learn more:/).first()).toBeVisible();
  return (await page.getByRole('main').innerText()).replaceAll('\u00a0', ' ');
};

test('everything goes to another browser, with the same results and the sitting that was open @sub-path', async ({ page, browser, baseURL }) => {
  const hash = await sit(page);
  const result = await resultOf(page, hash);
  await open(page);
  await put(page, { 'tierwise.theme': 'dark', 'tierwise.aside.0.open.gdpr': '{"cut off' });
  const copy = await exported(page);
  // That the page of the sitting was left is in its record too.
  const before = await kept(page);
  expect(JSON.parse(copy)).toMatchObject({ tierwise: 1, texts: { theme: 'dark' } });

  const context = await browser.newContext({ baseURL, serviceWorkers: 'block' });
  const other = await context.newPage();
  await offer(other, copy);
  await expect(other.getByRole('listitem').filter({ hasText: '1 sitting that ended: new here' })).toBeVisible();
  await expect(other.getByRole('listitem').filter({ hasText: '1 open sitting: new here' })).toBeVisible();
  expect(await kept(other), 'nothing before it is wanted').toEqual({});
  await bring(other);
  expect(await kept(other)).toEqual(before);
  await expect(other.locator('html'), 'what was set is set').toHaveAttribute('data-theme', 'dark');
  expect(await resultOf(other, hash)).toBe(result);
  // The sitting goes on where it was.
  await other.goto(`./#/${COURSE}/sit`);
  await arrived(other, `Question 1 of ${COUNT}`);
  expect(responses(await stored(other)).size).toBe(1);
  // A second time there is nothing to do.
  await offer(other, copy);
  await expect(other.getByText('All of it is here already.')).toBeVisible();
  await expect(button(other, 'Bring it in')).toHaveCount(0);
  await button(other, 'Back').click();
  await arrived(other, 'Your data');
  await context.close();
});

test('a script alone is taken, and its result can be looked at', async ({ page }) => {
  const hash = await sit(page);
  const result = await resultOf(page, hash);
  const downloaded = page.waitForEvent('download');
  await button(page, 'Download the script').click();
  const script = readFileSync(await (await downloaded).path(), 'utf8');
  await page.evaluate(() => localStorage.clear());
  await offer(page, script);
  await bring(page);
  await page.goto(`./#/${COURSE}`);
  await arrived(page, TITLE);
  await expect(page.getByRole('listitem').filter({ hasText: 'not marked here yet' })).toHaveCount(1);
  await page.getByRole('listitem').filter({ hasText: 'not marked here yet' }).getByRole('link').click();
  await arrived(page, /Your result$/);
  expect((await page.getByRole('main').innerText()).replaceAll('\u00a0', ' ')).toBe(result);
  await page.goto(`./#/${COURSE}`);
  await arrived(page, TITLE);
  await expect(page.getByText('not marked here yet'), 'it is marked now').toHaveCount(0);
});

test('an open sitting is kept unless the other is chosen, and is set aside then', async ({ page }) => {
  await open(page);
  const copy = await exported(page);
  const theirs = (await kept(page))[OPEN];
  await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await open(page);

  await offer(page, copy);
  // That the page of the sitting was left is in its record too.
  const ours = (await kept(page))[OPEN];
  expect(ours).not.toBe(theirs);
  const asked = page.getByRole('group', { name: /a sitting is open here too/ });
  await expect(asked.getByRole('radio', { name: /^The one here: Exam, begun on .*, 1 answer$/ })).toBeChecked();
  await bring(page);
  expect(await kept(page), 'as it was').toEqual({ [OPEN]: ours });
  await expect(page.getByText('1 open sitting: kept as it is here, as you chose')).toBeVisible();

  await offer(page, copy);
  await asked.getByRole('radio', { name: /^The one of the file/ }).check();
  await bring(page);
  expect(await kept(page)).toEqual({ [OPEN]: theirs, [`tierwise.aside.0.open.${COURSE}`]: ours });
  await page.goto(`./#/${COURSE}/sit`);
  await arrived(page, `Question 1 of ${COUNT}`);
  expect(JSON.stringify(await stored(page)), 'the page goes on with that one').toContain(JSON.parse(theirs).id);

  // What was set aside can be had as a file, and erased when that was said twice.
  await toData(page);
  const downloaded = page.waitForEvent('download');
  await page.getByRole('button', { name: `Download ${COURSE}` }).click();
  expect(readFileSync(await (await downloaded).path(), 'utf8')).toBe(ours);
  await page.getByRole('button', { name: `Erase ${COURSE}` }).click();
  expect(Object.keys(await kept(page))).toHaveLength(2);
  await button(page, 'Yes, erase it for good').click();
  await expect(page.getByRole('heading', { name: 'The record is erased' })).toBeVisible();
  expect(Object.keys(await kept(page))).toEqual([OPEN]);
});

test('records of one name that differ are both kept', async ({ page }) => {
  const hash = await sit(page);
  const copy = JSON.parse(await exported(page));
  const [key] = Object.keys(copy.records).filter((key) => key.startsWith('done.'));
  copy.records[key].candidate = 'Somebody else';
  await offer(page, JSON.stringify(copy));
  await expect(page.getByText('1 sitting that ended: differs from one of the same name that is here; both are kept')).toBeVisible();
  await bring(page);
  await page.getByRole('link', { name: 'See its result' }).click();
  await arrived(page, /Your result$/);
  await expect(page.getByRole('main')).toContainText('Somebody else');
  expect(await resultOf(page, hash)).not.toContain('Somebody else');
});

test('a file that cannot be taken says why, and changes nothing', async ({ page }) => {
  await open(page);
  await put(page, { 'tierwise.theme': 'light' });
  const copy = await exported(page);
  const before = await kept(page);
  const files = {
    'neither a copy of all records nor a script': ['hello', '', '{"a":1}', '\u0000\u0001', '<!doctype html><script>alert(1)</script>'],
    'this copy is damaged': [copy.slice(0, -20), copy.replace('"theme":"light"', '"theme":7')],
    'a newer release of Tierwise': [copy.replace('{"tierwise":1', '{"tierwise":9'), JSON.stringify({ ...JSON.parse(before[OPEN]), tierwise: 99 })],
    'this record is damaged': [JSON.stringify({ ...JSON.parse(before[OPEN]), items: 7 })],
  };
  for (const [why, texts] of Object.entries(files)) {
    for (const text of texts) {
      await toData(page);
      await field(page).setInputFiles({ ...json(text), name: '<b>odd</b>.json' });
      const summary = page.getByRole('alert', { name: 'There is a problem' });
      await expect(summary).toContainText(why);
      await expect(summary).toContainText('<b>odd</b>.json cannot be brought in');
      await expect(summary).toContainText('Nothing was changed.');
      await expect(summary).toBeFocused();
      await summary.getByRole('link').click();
      await expect(field(page), 'the summary leads to the field').toBeFocused();
      await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
      expect(await kept(page)).toEqual(before);
      await page.goto('./#/about');
    }
  }
});

test('a store without room for all of a copy takes nothing of it', async ({ page }) => {
  await sit(page);
  await open(page);
  const copy = await exported(page);
  const [[key, done]] = Object.entries(JSON.parse(copy).records).filter(([key]) => key.startsWith('done.'));
  // From a page without the app, which would write its open sitting again.
  await page.route(/\/without-the-app$/, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><link rel="icon" href="data:,">' }));
  await page.goto('./without-the-app');
  await page.evaluate((room) => {
    localStorage.clear();
    localStorage.setItem('tierwise.theme', 'light');
    // Room for the sitting that ended, which comes first, and not for the one that is open too.
    localStorage.setItem('room', 'x'.repeat(room));
    for (let size = 1 << 22; size >= 1; size >>= 1) {
      for (let n = 0; n < 4; n += 1) {
        try {
          localStorage.setItem(`filling-${size}-${n}`, 'x'.repeat(size));
        } catch {
          break;
        }
      }
    }
    localStorage.removeItem('room');
  }, key.length + JSON.stringify(done).length + 100);
  await page.goto('about:blank');
  await offer(page, copy);
  await button(page, 'Bring it in').click();
  const summary = page.getByRole('alert', { name: 'There is a problem' });
  await expect(summary).toContainText("the browser's store is full");
  await expect(summary).toContainText('Nothing was changed.');
  expect(await kept(page)).toEqual({ 'tierwise.theme': 'light' });
});

test('everything is erased, after it was asked once more', async ({ page }) => {
  await sit(page);
  await open(page);
  await put(page, { 'tierwise.theme': 'dark', 'tierwise.aside.0.x': 'y', 'someone-else': 'theirs' });
  await toData(page);
  const row = (name) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) }).getByRole('cell').first();
  await expect(row('Sittings that are open')).toHaveText('1');
  await expect(row('Sittings that ended, with their results')).toHaveText('1');
  await expect(row('Records set aside')).toHaveText('1');
  await expect(row('All')).toHaveText('4');
  await button(page, 'Erase everything…').click();
  await arrived(page, 'Erase everything?');
  await expect(page.getByRole('main')).toContainText('4 records will be gone');
  await button(page, 'No, keep it').click();
  await arrived(page, 'Your data');
  expect(Object.keys(await kept(page))).toHaveLength(4);
  await button(page, 'Erase everything…').click();
  await button(page, 'Yes, erase everything').click();
  await expect(page.getByRole('heading', { name: 'Everything is erased' })).toBeVisible();
  expect(await page.evaluate(() => ({ ...localStorage }))).toEqual({ 'someone-else': 'theirs' });
  await expect(row('All')).toHaveText('0');
  // Nothing of it comes back.
  await page.goto(`./#/${COURSE}`);
  await arrived(page, TITLE);
  await expect(page.getByRole('heading', { name: 'You have a sitting open' })).toHaveCount(0);
  expect(await kept(page)).toEqual({});
});

test('a sitting that another page shows does not bring back what was erased', async ({ page, context }) => {
  await open(page);
  const other = await context.newPage();
  await toData(other);
  await other.getByRole('button', { name: 'Erase everything…' }).click();
  await other.getByRole('button', { name: 'Yes, erase everything' }).click();
  await expect(other.getByRole('heading', { name: 'Everything is erased' })).toBeVisible();
  await opened(page, 'This sitting cannot go on');
  expect(await kept(other)).toEqual({});
});

test('a sitting that another page shows goes on as it was brought in', async ({ page, context }) => {
  await open(page);
  const copy = await exported(page);
  const theirs = (await kept(page))[OPEN];
  await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await open(page);
  const other = await context.newPage();
  await offer(other, copy);
  await other.getByRole('radio', { name: /^The one of the file/ }).check();
  await bring(other);
  await expect.poll(async () => JSON.parse((await kept(other))[OPEN]).id).toBe(JSON.parse(theirs).id);
  // What is done here from now on is done in that one.
  await page.getByRole('button', { name: 'Flag for review' }).click();
  await expect.poll(async () => JSON.parse((await kept(other))[OPEN]).events.some((event) => event.do === 'flag')).toBe(true);
  expect(JSON.parse((await kept(other))[OPEN]).id).toBe(JSON.parse(theirs).id);
  // And still after a reload, whatever the browser noted elsewhere.
  await page.reload();
  await opened(page, `Question 1 of ${COUNT}`);
  expect((await stored(page)).id).toBe(JSON.parse(theirs).id);
});

test('a copy can be dropped on the page', async ({ page }) => {
  await open(page);
  const copy = await exported(page);
  await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await toData(page);
  await page.evaluate((copy) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([copy], 'copy.json', { type: 'application/json' }));
    document.querySelector('main h1').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, copy);
  await arrived(page, 'What the file would do');
  await bring(page);
  expect(Object.keys(await kept(page))).toEqual([OPEN]);
  await expect(title(page)).toHaveText('Your data');
});
