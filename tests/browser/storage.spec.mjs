// The device's store: damaged, of another release, absent or full. The candidate is told and goes on.

import { readFileSync } from 'node:fs';
import { COUNT, COURSE, TITLE } from './bank.mjs';
import { expectClean } from './clean.mjs';
import { MOUSE, begin, give, plans, shown } from './sitting.mjs';
import { OPEN, arrived, expect, journalled, opened, responses, stored, test, title } from './test.mjs';
import { serveTypes } from './types.mjs';

const saved = (page) => page.getByRole('banner').getByText(/^(Saved|Not saved)/);
const notice = (page, name) => page.locator('section').filter({ has: page.getByRole('heading', { name }) });
const aside = (page) =>
  page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('tierwise.aside.')).map(([, value]) => value));
const answerShown = async (page) => {
  const { question, options } = await shown(page);
  await give(page, MOUSE, options, plans.right(question));
  return question.id;
};
const goNext = (page) => page.getByRole('button', { name: 'Next', exact: true }).click();
const handInShort = async (page) => {
  await page.getByRole('link', { name: 'Check your answers' }).first().click();
  await page.getByRole('button', { name: 'Hand in', exact: true }).click();
  await page.getByRole('button', { name: 'Yes, hand in' }).click();
  await arrived(page, /Your result$/);
};
const downloadedScript = async (page) => {
  const downloaded = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the script' }).click();
  return JSON.parse(readFileSync(await (await downloaded).path(), 'utf8'));
};

/** Fills the store to its last character. */
const fillStore = (page) =>
  page.evaluate(() => {
    for (let size = 1 << 23; size >= 1; size >>= 1) {
      for (let n = 0; n < 4; n += 1) {
        try {
          localStorage.setItem(`filling-${size}-${n}`, 'x'.repeat(size));
        } catch {
          break;
        }
      }
    }
  });
const emptyStore = (page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('filling-')).forEach((key) => localStorage.removeItem(key)));

const damages = {
  'no JSON': () => 'garbage',
  'cut off': (script) => JSON.stringify(script).slice(0, 400),
  'of a newer release': (script) => JSON.stringify({ ...script, tierwise: 99 }),
  'of another course': (script) => JSON.stringify({ ...script, course: 'gdpr' }),
  'with an event that cannot be': (script) =>
    JSON.stringify({ ...script, events: [...script.events, { at: 1, do: 'answer', question: 'no-such', response: ['a'] }] }),
};

/** The damage, and the address at which the candidate comes back to it. */
const meetings = [
  ...Object.keys(damages).map((damage) => [damage, `#/${COURSE}`]),
  ...['#/', `#/${COURSE}/sit`, `#/${COURSE}/check`].map((address) => ['no JSON', address]),
];

for (const [damage, address] of meetings) {
  test(`a record that is ${damage}, met at ${address}, is set aside and told once`, async ({ page }) => {
    await begin(page);
    // On another page of the site: that of the sitting would write its own good record over the damaged one when it is left.
    await page.goto('about:blank');
    await page.goto('./#/about');
    const value = damages[damage](await stored(page));
    await page.evaluate(([key, text]) => localStorage.setItem(key, text), [OPEN, value]);
    await page.goto('about:blank');
    await page.goto(`./${address}`);
    await opened(page, /^(?!Loading)./);
    const told = notice(page, 'We set aside a damaged record');
    if (address === '#/') {
      // The catalogue may tell it, or leave that to the course.
      const here = await told.count();
      await page.getByRole('link', { name: TITLE }).click();
      await arrived(page, TITLE);
      await expect(told).toHaveCount(1 - here);
    } else {
      await expect(told).toBeVisible();
    }
    expect(await aside(page)).toEqual([value]);
    expect(await page.evaluate((key) => localStorage.getItem(key), OPEN)).toBe(null);
    await page.goto(`./#/${COURSE}`);
    await page.reload();
    await opened(page, TITLE);
    await expect(told).toHaveCount(0);
    // It can be had as a file, and a new sitting can begin.
    await page.goto('./#/data');
    const downloaded = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Download / }).click();
    expect(readFileSync(await (await downloaded).path(), 'utf8')).toContain(value);
    await begin(page);
  });
}

test('other damaged values leave every page standing', async ({ page }) => {
  await page.goto('./#/about');
  await page.evaluate((course) => {
    localStorage.setItem('tierwise.theme', '"><script>');
    localStorage.setItem(`tierwise.sum.${course}.x1`, '{"id":');
    localStorage.setItem(`tierwise.done.${course}.x1`, 'garbage');
    localStorage.setItem('someone-else', 'theirs');
  }, COURSE);
  for (const address of ['#/', '#/about', '#/data', `#/${COURSE}`]) {
    await page.goto(`./${address}`);
    await page.reload();
    await opened(page, /^(?!Loading)./);
  }
  await page.goto(`./#/${COURSE}/result/x1`);
  await arrived(page, 'This result cannot be shown');
  await expect(page.getByRole('main')).toContainText('this record is damaged');
  expect(await page.evaluate(() => localStorage.getItem('someone-else'))).toBe('theirs');
  expect(await page.evaluate((course) => localStorage.getItem(`tierwise.done.${course}.x1`), COURSE)).toBe('garbage');
});

test('without a store an exam is sat in memory, and its script can be downloaded', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    });
  });
  await begin(page);
  await expect(saved(page)).toHaveText('Not saved: this browser gives the page no store');
  const first = await answerShown(page);
  await goNext(page);
  await arrived(page, `Question 2 of ${COUNT}`);
  const second = await answerShown(page);
  await expect(saved(page)).toHaveText('Not saved: this browser gives the page no store');
  await page.getByRole('link', { name: 'Previous' }).click();
  await arrived(page, `Question 1 of ${COUNT}`);
  await expect(page.getByRole('navigation', { name: 'Questions' }).getByRole('link', { name: /, answered$/ })).toHaveCount(2);
  await handInShort(page);
  await expect(notice(page, 'Not saved: this browser gives the page no store')).toContainText('Download the script to keep it.');
  const script = await downloadedScript(page);
  expect([...responses(script).keys()]).toEqual([first, second]);
  await page.getByRole('link', { name: 'Review every question' }).click();
  await expect(page.getByRole('article')).toHaveCount(COUNT);
  // The theme can be chosen too, for as long as the page is open.
  await page.getByRole('radio', { name: 'Dark' }).check();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('a store that is full from the start is told, and its script can be downloaded', async ({ page }) => {
  await page.goto('./#/about');
  await fillStore(page);
  await begin(page);
  await expect(saved(page)).toHaveText("Not saved: the browser's store is full");
  const first = await answerShown(page);
  await handInShort(page);
  await expect(notice(page, "Not saved: the browser's store is full")).toContainText('Download the script to keep it.');
  expect([...responses(await downloadedScript(page)).keys()]).toEqual([first]);
});

test('a store that fills in mid-paper loses nothing that it held, and takes all again once there is room', async ({ page }) => {
  await begin(page);
  const answers = [await answerShown(page)];
  await expect(saved(page)).toHaveText(/^Saved \d\d:\d\d$/);
  await fillStore(page);
  await goNext(page);
  await arrived(page, `Question 2 of ${COUNT}`);
  answers.push(await answerShown(page));
  await expect(saved(page)).toHaveText("Not saved: the browser's store is full");
  expect([...responses(await stored(page)).keys()]).toEqual(answers.slice(0, 1));
  await emptyStore(page);
  await goNext(page);
  await arrived(page, `Question 3 of ${COUNT}`);
  await expect(saved(page)).toHaveText(/^Saved \d\d:\d\d$/);
  expect([...responses(await stored(page)).keys()]).toEqual(answers);
});

test('a store that is full at the end keeps the answers that it held', async ({ page }) => {
  await begin(page);
  const answers = [await answerShown(page)];
  await goNext(page);
  await arrived(page, `Question 2 of ${COUNT}`);
  answers.push(await answerShown(page));
  await fillStore(page);
  await handInShort(page);
  expect([...responses(await downloadedScript(page)).keys()]).toEqual(answers);
  // Wherever they are kept: a reload must still find them, or the notice must have said that they are in memory only.
  const kept = await page.evaluate(() =>
    Object.entries(localStorage).filter(([key]) => /^tierwise\.(open|done)\./.test(key)).map(([, value]) => JSON.parse(value)),
  );
  expect(kept.map((script) => [...responses(script).keys()])).toEqual([answers]);
});

const inMemory = 'Your answers stand in memory until this page is closed.';
/** What is offered in the bar of a sitting. */
const downloadedFromBar = async (page) => {
  const downloaded = page.waitForEvent('download');
  await page.getByRole('banner').getByRole('button', { name: 'Download the script' }).click();
  return JSON.parse(readFileSync(await (await downloaded).path(), 'utf8'));
};
/** Whether the browser asks before it closes the page; it stays open. */
const asksBeforeClosing = (page) =>
  page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));

test('while something is unsaved the script is at hand, and the browser asks before it closes the page', async ({ page }) => {
  await begin(page);
  const bar = page.getByRole('banner').getByRole('button', { name: 'Download the script' });
  const answers = [await answerShown(page)];
  await expect(saved(page)).toHaveText(/^Saved \d\d:\d\d$/);
  await expect(bar).toBeHidden();
  expect(await asksBeforeClosing(page)).toBe(false);
  await fillStore(page);
  await goNext(page);
  await arrived(page, `Question 2 of ${COUNT}`);
  answers.push(await answerShown(page));
  await expect(saved(page)).toHaveText("Not saved: the browser's store is full");
  await expect(page.getByRole('status').filter({ hasText: 'Your answers are not saved. They stand in memory' })).toHaveCount(1);
  await expect(bar).toBeVisible();
  await expectClean(page, 'a sitting that the store has no room for');
  expect(await asksBeforeClosing(page)).toBe(true);
  expect([...responses(await downloadedFromBar(page)).keys()]).toEqual(answers);
  // What is in the file is safe; the next answer is not in it.
  expect(await asksBeforeClosing(page)).toBe(false);
  await goNext(page);
  await arrived(page, `Question 3 of ${COUNT}`);
  answers.push(await answerShown(page));
  expect(await asksBeforeClosing(page)).toBe(true);
  await page.getByRole('link', { name: 'Check your answers' }).first().click();
  await arrived(page, 'Check your answers');
  await expect(notice(page, "Not saved: the browser's store is full")).toContainText(inMemory);
  await expectClean(page, 'check your answers, not saved');
  expect([...responses(await downloadedFromBar(page)).keys()]).toEqual(answers);
  // Room comes from another tab: all is written at once, without waiting for the next answer.
  const other = await page.context().newPage();
  await other.goto('./#/about');
  await other.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('filling-')).forEach((key) => localStorage.removeItem(key)));
  await page.bringToFront();
  await page.getByRole('link', { name: 'Back to question 3' }).click();
  await arrived(page, `Question 3 of ${COUNT}`);
  await page.getByRole('button', { name: 'Flag for review' }).click();
  await expect(saved(page)).toHaveText(/^Saved \d\d:\d\d$/);
  await expect(bar).toBeHidden();
  expect(await asksBeforeClosing(page)).toBe(false);
  expect([...responses(await stored(page)).keys()]).toEqual(answers);
});

test('answers that a full store did not take are there when the page comes back, and are told unsaved again', async ({ page }) => {
  await begin(page);
  const answers = [await answerShown(page)];
  await expect(saved(page)).toHaveText(/^Saved \d\d:\d\d$/);
  await fillStore(page);
  await goNext(page);
  await arrived(page, `Question 2 of ${COUNT}`);
  answers.push(await answerShown(page));
  await expect(saved(page)).toHaveText("Not saved: the browser's store is full");
  await journalled(page);
  await page.close();
  const anew = await page.context().newPage();
  await anew.goto(`./#/${COURSE}/sit`);
  await opened(anew, `Question 2 of ${COUNT}`);
  await expect(saved(anew)).toHaveText("Not saved: the browser's store is full");
  expect([...responses(await downloadedFromBar(anew)).keys()]).toEqual(answers);
  await emptyStore(anew);
  await goNext(anew);
  await arrived(anew, `Question 3 of ${COUNT}`);
  await expect(saved(anew)).toHaveText(/^Saved \d\d:\d\d$/);
  expect([...responses(await stored(anew)).keys()]).toEqual(answers);
});

test('a store that is emptied by another tab in mid-paper is told and written whole again', async ({ page, context }) => {
  await begin(page);
  const answers = [await answerShown(page)];
  const { id } = await stored(page);
  const other = await context.newPage();
  await other.goto('./#/about');
  await other.evaluate(() => localStorage.clear());
  await expect(page.getByRole('banner').getByText(/^The browser's store was emptied; saved again \d\d:\d\d$/)).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'store was emptied' })).toHaveCount(1);
  await expectClean(page, 'a store that was emptied');
  expect((await stored(page)).id).toBe(id);
  expect([...responses(await stored(page)).keys()]).toEqual(answers);
  // Without another tab that tells of it, as when the developer tools or the browser itself do it: with the next event.
  await page.evaluate(() => localStorage.clear());
  await goNext(page);
  await arrived(page, `Question 2 of ${COUNT}`);
  await expect(page.getByRole('banner').getByText(/^The browser's store was emptied; saved again/)).toBeVisible();
  answers.push(await answerShown(page));
  expect([...responses(await stored(page)).keys()]).toEqual(answers);
  await page.reload();
  await opened(page, `Question 2 of ${COUNT}`);
});

test('a store that is closed to the page in mid-paper, and opened again', async ({ page }) => {
  await page.addInitScript(() => {
    const { get } = Object.getOwnPropertyDescriptor(Window.prototype, 'localStorage') ?? Object.getOwnPropertyDescriptor(window, 'localStorage');
    window.closed_ = false;
    Object.defineProperty(window, 'localStorage', {
      get() {
        if (window.closed_) throw new DOMException('Access is denied for this document.', 'SecurityError');
        return get.call(window);
      },
    });
  });
  await begin(page);
  const answers = [await answerShown(page)];
  await page.evaluate(() => { window.closed_ = true; });
  await goNext(page);
  await arrived(page, `Question 2 of ${COUNT}`);
  answers.push(await answerShown(page));
  await expect(saved(page)).toHaveText('Not saved: this browser gives the page no store');
  expect([...responses(await downloadedFromBar(page)).keys()]).toEqual(answers);
  await page.evaluate(() => { window.closed_ = false; });
  await goNext(page);
  await arrived(page, `Question 3 of ${COUNT}`);
  await expect(saved(page)).toHaveText(/^Saved \d\d:\d\d$/);
  expect([...responses(await stored(page)).keys()]).toEqual(answers);
});

test('the browser is asked once to keep the store', async ({ page }) => {
  await page.addInitScript(() => {
    const { persist } = StorageManager.prototype;
    StorageManager.prototype.persist = function () {
      sessionStorage.setItem('asked', Number(sessionStorage.getItem('asked')) + 1);
      return persist.call(this);
    };
  });
  const asked = () => page.evaluate(() => Number(sessionStorage.getItem('asked')));
  await page.goto(`./#/${COURSE}`);
  await opened(page, TITLE);
  expect(await asked(), 'not before there is anything to keep').toBe(0);
  await begin(page);
  expect(await asked()).toBe(1);
  await begin(page);
  await page.reload();
  await begin(page);
  expect(await asked()).toBe(1);
});

test('open sittings of versions 1 and 2 of the record go on', async ({ page, context }) => {
  await serveTypes(context);
  await begin(page, { practice: { number: 'All' } });
  const script = await stored(page);
  expect(script.tierwise).toBe(1);
  const essay = script.items.findIndex((item) => item.question === 'types-essay') + 1;
  const { events, ...rest } = script;
  const question = 'types-essay';
  // Their own ids, lest the journal takes them for what it has itself.
  const first = { ...rest, id: 'version1', events: [{ at: 10, do: 'see', question }, { at: 20, do: 'answer', question, response: ['Read at the console.'] }] };
  const second = { ...first, id: 'version2', tierwise: 2, events: [...first.events, { at: 30, do: 'feedback', question }, { at: 40, do: 'award', question, marks: [2, 1, 0], by: 'self' }] };
  for (const record of [first, second]) {
    await page.goto(`./#/${COURSE}`);
    await page.evaluate(([key, text]) => localStorage.setItem(key, text), [OPEN, JSON.stringify(record)]);
    await page.goto('about:blank');
    await page.goto(`./#/${COURSE}/sit`);
    await opened(page, `Question ${essay} of ${script.items.length}`);
    if (record === first) await expect(page.getByLabel('Your answer', { exact: true })).toHaveValue('Read at the console.');
    else await expect(page.locator('#feedback')).toContainText('3 of 6 marks');
    await page.getByRole('button', { name: 'Flag for review' }).click();
    await expect(saved(page)).toHaveText(/^Saved \d\d:\d\d$/);
    const now = await stored(page);
    expect(now.tierwise).toBe(record.tierwise);
    expect(now.events.slice(0, record.events.length)).toEqual(record.events);
    expect(now.events.at(-1)).toMatchObject({ do: 'flag', question });
  }
});
