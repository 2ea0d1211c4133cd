// Nothing is lost: the page, then the browser, killed at every step of a paper.

import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { COURSE } from './bank.mjs';
import { CHROMIUM } from './chromium.mjs';
import { COUNT, STEPS, idShown, left, saved, serveShort, state } from './short.mjs';
import { begin } from './sitting.mjs';
import { OPEN, arrived, expect, journalled, opened, responses, stored, test, title } from './test.mjs';

/** Ends the page's process, as running out of memory does. */
async function crash(page) {
  const crashed = page.waitForEvent('crash');
  (await page.context().newCDPSession(page)).send('Page.crash').catch(() => {});
  await crashed;
  return page.context().newPage();
}

/** A browser with a profile of its own, which it has again after it was killed. */
async function startBrowser(profile, baseURL) {
  const context = await chromium.launchPersistentContext(profile, { ...CHROMIUM, baseURL, locale: 'en-GB', timezoneId: 'Europe/London' });
  await serveShort(context);
  return context.pages()[0] ?? context.newPage();
}

/** The processes there are: their parents, by their numbers; `named` where the command line holds it. */
function processes(named) {
  const parents = new Map();
  const found = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      // One that was killed and whose parent has not been told is gone.
      if (/^State:\s*Z/m.test(status)) continue;
      parents.set(pid, status.match(/^PPid:\s*(\d+)/m)[1]);
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(named)) found.push(pid);
    } catch {
      // It ended while we looked.
    }
  }
  return { parents, found };
}

/** Ends all processes of the browser with this profile at once, as a power cut does. */
async function killBrowser(profile) {
  const { parents, found } = processes(profile);
  const own = new Set(found);
  for (let before = 0; before < own.size; ) {
    before = own.size;
    for (const [pid, parent] of parents) if (own.has(parent)) own.add(pid);
  }
  expect(own.size).toBeGreaterThan(1);
  for (const pid of own) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It went with its parent.
    }
  }
  // A browser that starts finds the profile free only once the other is gone.
  await expect.poll(() => [...processes(profile).parents.keys()].filter((pid) => own.has(pid))).toEqual([]);
}

/**
 * Sits the short paper, and has `kill` end the page after each step of it; `kill` returns the page that the candidate comes back with.
 * Each time the same question stands there, with the same answers and the right time left. In the end the mark is exact.
 */
async function sitKilled(first, kill) {
  let page = first;
  const comeBack = async () => {
    await saved(page);
    const [before, script, time, clock, url] = [await state(page), await stored(page), await left(page), Date.now(), page.url()];
    page = await kill(page);
    await page.goto(url);
    await opened(page, before.title.split('\n').at(-1));
    await expect.poll(async () => (await stored(page))?.events.length ?? 0).toBeGreaterThanOrEqual(script.events.length);
    await expect.poll(() => state(page)).toEqual(before);
    const now = await stored(page);
    expect(now.events.slice(0, script.events.length)).toEqual(script.events);
    expect(await left(page)).toBeLessThanOrEqual(time);
    expect(await left(page)).toBeGreaterThanOrEqual(time - Math.ceil((Date.now() - clock) / 1000) - 1);
  };
  await begin(page);
  await comeBack();
  for (let n = 1; n <= COUNT; n += 1) {
    await expect(title(page)).toHaveText(`Question ${n} of ${COUNT}`);
    for (const step of STEPS[await idShown(page)]) {
      await step(page);
      await comeBack();
    }
    await page.getByRole('button', { name: n < COUNT ? 'Next' : 'Check your answers', exact: true }).click();
    await arrived(page, n < COUNT ? `Question ${n + 1} of ${COUNT}` : 'Check your answers');
    if (n < COUNT) await comeBack();
  }
  const checked = await state(page);
  const url = page.url();
  page = await kill(page);
  await page.goto(url);
  await opened(page, 'Check your answers');
  await expect.poll(() => state(page)).toEqual(checked);
  await page.getByRole('button', { name: 'Hand in', exact: true }).click();
  await arrived(page, 'Hand in your paper?');
  page = await kill(page);
  await page.goto(url);
  await opened(page, 'Check your answers');
  await expect.poll(() => state(page)).toEqual(checked);
  await page.getByRole('button', { name: 'Hand in', exact: true }).click();
  await page.getByRole('button', { name: 'Yes, hand in' }).click();
  await arrived(page, /Your result$/);
  const result = page.url();
  await journalled(page);
  page = await kill(page);
  await page.goto(result);
  await expect(page.getByRole('region', { name: 'Score' })).toContainText('10 of 10 marks');
  expect(await stored(page)).toBe(null);
  return page;
}

test('the page killed at every step of a paper', async ({ context, page }) => {
  await serveShort(context);
  await sitKilled(page, crash);
});

test('the browser killed at every step of a paper', async ({ baseURL }) => {
  test.setTimeout(300_000);
  const profile = mkdtempSync(path.join(tmpdir(), 'tierwise-profile-'));
  let page = await startBrowser(profile, baseURL);
  // Its first visit is some seconds old: the browser has written down that there is a journal.
  await page.goto('./');
  const written = () => {
    const folder = path.join(profile, 'Default/Local Storage/leveldb');
    return readdirSync(folder).some((name) => readFileSync(path.join(folder, name)).includes('tierwise.journal'));
  };
  await expect.poll(written, { timeout: 60_000 }).toBe(true);
  const kill = async () => {
    await killBrowser(profile);
    page = await startBrowser(profile, baseURL);
    return page;
  };
  page = await sitKilled(page, kill);
  await page.context().close();
  rmSync(profile, { recursive: true });
});
