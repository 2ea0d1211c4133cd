// Without a network: the service worker keeps the site, and a new version of it waits for the end of a sitting. Of the release site alone, which has a
// worker (scripts/seal.mjs).

import AxeBuilder from '@axe-core/playwright';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COUNT, COURSE, TITLE } from './bank.mjs';
import { Exact, sum } from './marks.mjs';
import { serve } from './server.mjs';
import { SITE } from './setup.mjs';
import { MOUSE, answerAll, begin, give, handIn, plans, shown } from './sitting.mjs';
import { arrived, expect, opened, stored, test as base } from './test.mjs';

const PLANS = [plans.right, plans.wrong, plans.partly, plans.none];
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** A site of the test's own, which can be stopped and changed. */
const test = base.extend({
  site: async ({ served }, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'tierwise-offline-'));
    await cp(SITE, folder, { recursive: true });
    const asked = [];
    const server = await serve({ folder, base: served === 'TOP' ? '/' : '/some/folder/', encodings: false, onRequest: (name) => asked.push(name) });
    let isUp = true;
    const stop = async () => {
      if (isUp) await server.close();
      isUp = false;
    };
    await use({ folder, asked, url: server.url, stop });
    await stop();
    await rm(folder, { recursive: true });
  },
  baseURL: async ({ site }, use) => use(site.url),
});
test.use({ serviceWorkers: 'allow' });
// The worker fetches and checks the whole site, and a paper is sat: long where the machine has other work.
test.describe.configure({ timeout: 240_000 });
test.skip(() => !existsSync(path.join(SITE, 'offline.js')), 'the release site alone has a worker');

/** Waits until the worker has all of the site and answers for this page. */
const settled = (page) => page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', null, { timeout: 120_000 });
const digestOf = (page, name) =>
  page.evaluate(
    ([course, name]) => JSON.parse(document.getElementById('catalogue').textContent).courses.find(({ id }) => id === course).banks.find((bank) => bank.path === name).sha256,
    [COURSE, name],
  );
const told = (page) => page.getByRole('status').filter({ has: page.getByRole('heading', { name: 'A new version is ready' }) });

/** Builds another version of the site: a bank with a line more, and all that names it by its digest. Returns the digest. */
async function renew(site) {
  const file = (name) => path.join(site.folder, name);
  const bank = `questions/${COURSE}/hl7.md`;
  const before = await readFile(file(bank), 'utf8');
  const after = `${before}\n`;
  let worker = await readFile(file('sw.js'), 'utf8');
  const list = JSON.parse(worker.match(/FILES = (\{.*?\});\n/)[1]);
  for (const name of ['index.html', 'catalogue.json', bank]) {
    const text = (await readFile(file(name), 'utf8')).replaceAll(sha256(before), sha256(after));
    await writeFile(file(name), name === bank ? after : text);
    list[name === 'index.html' ? './' : name] = sha256(name === bank ? after : text);
  }
  const version = sha256(JSON.stringify(list)).slice(0, 16);
  worker = worker.replace(/^const VERSION = "\w+", FILES = \{.*?\};\n/, `const VERSION = "${version}", FILES = ${JSON.stringify(list)};\n`);
  await writeFile(file('sw.js'), worker);
  return sha256(after);
}

/** Has the browser look for a new version, and waits until it is here whole. */
const lookForNew = (page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
    while (!registration.waiting) await new Promise((resolve) => setTimeout(resolve, 50));
  });

test('on a train: a paper is begun, handed in and marked without a network @sub-path', async ({ page, context, site }) => {
  await page.goto('./');
  await opened(page, 'Know what moves the images');
  await settled(page);
  await context.setOffline(true);
  await site.stop();

  await begin(page);
  const done = await answerAll(page, MOUSE, COUNT, (question, n) => PLANS[n % PLANS.length](question));
  await handIn(page, MOUSE);
  await arrived(page, /Your result$/);
  const earned = sum(done.map(({ answer }) => answer.earned));
  const full = sum(done.map(({ question }) => new Exact(question.marks)));
  const score = page.getByRole('region', { name: 'Score' });
  await expect(score).toContainText(`${earned} of ${full} marks`);
  await page.reload();
  await opened(page, /Your result$/);
  await expect(score).toContainText(`${earned} of ${full} marks`);
  // And from nothing: a new tab, another course.
  const other = await context.newPage();
  await other.goto('./?from=a-bookmark');
  await opened(other, 'Know what moves the images');
  await other.getByRole('link', { name: /^Level 1/ }).click();
  await expect(other.getByRole('button', { name: 'Start the exam' })).toBeVisible();
});

test('the worker comes after all that the first page needs, and once', async ({ page, site }) => {
  await page.goto(`./#/${COURSE}`);
  await expect(page.getByRole('button', { name: 'Start the exam' })).toBeVisible();
  await settled(page);
  const at = (pattern) => site.asked.findIndex((name) => pattern.test(name));
  for (const needed of [/_later\.wasm$/, /dicom\.md$/]) {
    expect(at(needed)).toBeGreaterThan(-1);
    expect(at(/^sw\.js$/)).toBeGreaterThan(at(needed));
  }
  // Another course was asked for by the worker alone, after that.
  expect(at(/level-1\/README\.md$/)).toBeGreaterThan(at(/^sw\.js$/));
  const before = site.asked.length;
  await page.reload();
  await opened(page, TITLE);
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await expect.poll(() => page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/offline.js')))).toBe(true);
  expect(site.asked.slice(before).filter((name) => name !== 'sw.js')).toEqual([]);
});

test('a new version waits for the end of a sitting, and says so then', async ({ page, context, site }) => {
  await begin(page);
  await settled(page);
  const old = await digestOf(page, 'hl7.md');
  const { question, options } = await shown(page);
  const answer = plans.right(question);
  await give(page, MOUSE, options, answer);
  await expect(page.getByText(/^Saved \d/)).toBeVisible();

  const fresh = await renew(site);
  const before = site.asked.length;
  await lookForNew(page);
  expect(site.asked.slice(before).sort(), 'what has not changed is not fetched again').toEqual(['', `questions/${COURSE}/hl7.md`, 'catalogue.json', 'sw.js'].sort());
  await expect(told(page)).toHaveCount(0);
  await page.goto('./#/');
  await arrived(page, 'Know what moves the images');
  await expect(told(page)).toContainText('It waits until the sitting that you have open is over.');
  await expect(told(page).getByRole('button')).toHaveCount(0);
  const clean = async () => {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  };
  await clean();

  // Closed and opened again, when browsers let a new worker take over: the sitting goes on with its own banks.
  await page.close();
  page = await context.newPage();
  await page.goto(`./#/${COURSE}/sit`);
  await opened(page, `Question 1 of ${COUNT}`);
  expect(await digestOf(page, 'hl7.md')).toBe(old);
  await page.reload();
  await opened(page, `Question 1 of ${COUNT}`);
  expect((await stored(page)).banks.find((bank) => bank.path === 'hl7.md').sha256).toBe(old);
  await page.goto(`./#/${COURSE}/check`);
  await arrived(page, 'Check your answers');
  await handIn(page, MOUSE);
  await arrived(page, /Your result$/);
  await expect(page.getByRole('region', { name: 'Score' })).toContainText(new RegExp(`^.*${answer.earned} of \\d+ marks`, 's'));

  // Now it is offered, and taken.
  await expect(told(page).getByRole('button', { name: 'Update now' })).toBeVisible();
  await clean();
  await Promise.all([page.waitForEvent('load'), told(page).getByRole('button', { name: 'Update now' }).click()]);
  await opened(page, /^This result cannot be shown/);
  expect(await digestOf(page, 'hl7.md')).toBe(fresh);
  await expect(told(page)).toHaveCount(0);
  await begin(page);
  expect((await stored(page)).banks.find((bank) => bank.path === 'hl7.md').sha256).toBe(fresh);
});

test('a file that is not the one that was built keeps the version from being taken', async ({ page, site }) => {
  await page.goto('./');
  await settled(page);
  const old = await digestOf(page, 'hl7.md');
  await renew(site);
  await writeFile(path.join(site.folder, `questions/${COURSE}/hl7.md`), 'cut off');
  const outcome = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const worker = new Promise((resolve) => registration.addEventListener('updatefound', () => resolve(registration.installing)));
    await registration.update();
    const installing = await worker;
    while (installing.state === 'installing') await new Promise((resolve) => setTimeout(resolve, 50));
    return installing.state;
  });
  expect(outcome).toBe('redundant');
  await page.reload();
  await opened(page, 'Know what moves the images');
  expect(await digestOf(page, 'hl7.md')).toBe(old);
  await page.goto(`./#/${COURSE}`);
  await expect(page.getByRole('button', { name: 'Start the exam' })).toBeVisible();
});

test('erasing everything takes the worker away, with all that it keeps', async ({ page }) => {
  await page.goto('./');
  await settled(page);
  await page.reload();
  await page.goto('./#/data');
  await opened(page, 'Your data');
  await page.getByRole('button', { name: 'Erase everything…' }).click();
  await page.getByRole('button', { name: 'Yes, erase everything' }).click();
  await expect(page.getByRole('heading', { name: 'Everything is erased' })).toBeVisible();
  const left = () => page.evaluate(async () => [(await navigator.serviceWorker.getRegistrations()).length, await caches.keys(), Object.keys(localStorage)]);
  expect(await left()).toEqual([0, [], []]);
  // Nor does it come back while the page is open.
  await page.goto(`./#/${COURSE}`);
  await arrived(page, TITLE);
  expect(await left()).toEqual([0, [], []]);
});

test('where the site is worked on, what a release left behind goes', async ({ page, site }) => {
  await page.goto('./');
  await settled(page);
  await cp(new URL('../../worker/leave.js', import.meta.url), path.join(site.folder, 'sw.js'));
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  const left = () => page.evaluate(async () => [(await navigator.serviceWorker.getRegistrations()).length, await caches.keys()]).catch(() => null);
  await expect.poll(left, { timeout: 30_000 }).toEqual([0, []]);
  await opened(page, 'Know what moves the images');
});

test('it can be installed: the manifest and its icons', async ({ page, site, request }) => {
  await page.goto('./');
  const address = await page.locator('link[rel=manifest]').evaluate((link) => link.href);
  const manifest = await (await request.get(address)).json();
  expect(new URL(manifest.start_url, address).href).toBe(site.url);
  expect(new URL(manifest.scope, address).href).toBe(site.url);
  for (const { src, sizes, type } of manifest.icons) {
    const response = await request.get(new URL(src, address).href);
    expect(response.headers()['content-type']).toBe(type);
    const bytes = await response.body();
    // The head of a PNG has width and height.
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes);
  }
  expect(manifest.icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
});
