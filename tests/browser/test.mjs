// What every test of the site stands on.

import { setTimeout as rest } from 'node:timers/promises';
import { expect, test as base } from '@playwright/test';
import { COURSE } from './bank.mjs';

export { expect };

/** The key of the store under which the open sitting of the course stands. */
export const OPEN = `tierwise.open.${COURSE}`;

/** In the page: makes the device's source of randomness give `seed`, so that every run draws the same papers. */
export const fixRandomness = (seed) => {
  crypto.getRandomValues = (array) => {
    // The app takes the 53 upper bits of eight bytes.
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    let rest = BigInt(seed) << 11n;
    for (let at = 0; at < bytes.length; at += 1, rest >>= 8n) bytes[at] = Number(rest & 255n);
    return array;
  };
};

/** In the page: says on the console what its content security policy refuses, as the browser does by itself for some of it only. */
const tellViolations = () =>
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
    console.error(`refused by the policy of the page: ${effectiveDirective} ${blockedURI} ${sample}`),
  );

/**
 * Notes what should not be in any run: errors and warnings on the console, exceptions, what the content security policy refuses, and
 * requests other than GETs of the site itself.
 */
class Watch {
  faults = [];
  requests = [];
  // What Playwright says in the place of the service worker that it keeps away (playwright.config.mjs).
  #allowed = [/Service Worker registration blocked by Playwright/];

  constructor(context, site) {
    context.on('console', (message) => {
      if (['error', 'warning', 'assert'].includes(message.type())) this.#note(`console ${message.type()}: ${message.text()}`);
    });
    context.on('weberror', (error) => this.#note(`exception: ${error.error()}`));
    context.on('request', (request) => {
      this.requests.push(request);
      const own = request.url().startsWith(site) || request.url().startsWith('blob:');
      if (!own || request.method() !== 'GET') this.#note(`request: ${request.method()} ${request.url()}`);
    });
  }

  #note(fault) {
    if (!this.#allowed.some((pattern) => pattern.test(fault))) this.faults.push(fault);
  }

  /** Says that a test brings such a fault about on purpose. */
  allow(pattern) {
    this.#allowed.push(pattern);
  }
}

export const test = base.extend({
  /** TOP or SUB_PATH: how the site is served. */
  served: ['TOP', { option: true }],
  /** What papers are drawn by. */
  seed: [7, { option: true }],
  baseURL: async ({ served }, use) => use(process.env[`TIERWISE_${served}`]),
  watch: [
    async ({ context, baseURL, seed }, use) => {
      const watch = new Watch(context, baseURL);
      await context.addInitScript(fixRandomness, seed);
      await context.addInitScript(tellViolations);
      await use(watch);
      expect(watch.faults, 'no console error, no exception, no request but GETs of the site').toEqual([]);
    },
    { auto: true },
  ],
});

/** The record of the open sitting, as the browser keeps it; null when there is none. */
export const stored = (page) => page.evaluate((key) => JSON.parse(localStorage.getItem(key)), OPEN);

/** The responses that stand in a script, by question id, worked out from its events. */
export function responses(script) {
  const standing = new Map();
  for (const event of script.events) {
    if (event.do === 'answer') standing.set(event.question, event.response);
    if (event.do === 'clear') standing.delete(event.question);
  }
  return standing;
}

/** Has the browser free what it can, through a session of its own protocol. What the first collection frees lets the app free the closures behind it. */
export async function collectGarbage(devtools) {
  for (let turn = 0; turn < 3; turn += 1) {
    await devtools.send('HeapProfiler.collectGarbage');
    await rest(60);
  }
}

/** Waits until the browser has what the page wrote to its journal: asks for it, in a turn after what was written before. */
export const journalled = (page) =>
  page.evaluate(() => new Promise((done) => {
    const opening = indexedDB.open('tierwise');
    opening.onsuccess = () => {
      const asked = opening.result.transaction('tierwise', 'readwrite').objectStore('tierwise').getAll();
      asked.onsuccess = () => {
        opening.result.close();
        done();
      };
    };
  }));

/** The heading of the page. */
export const title = (page) => page.getByRole('heading', { level: 1 });

/** Waits until the app shows a page with this heading: after it was opened or loaded anew, when the focus stays where the browser puts it. */
export async function opened(page, heading) {
  await waitForHeading(page, heading, false);
}

/** Waits until the app shows a page with this heading and has moved the focus there: after going to it inside the app. */
export async function arrived(page, heading) {
  await waitForHeading(page, heading, true);
}

async function waitForHeading(page, heading, focused) {
  const pattern = heading instanceof RegExp ? heading.source : `^${heading.replace(/[^\w\s]/g, '\\$&')}$`;
  const there = ([pattern, focused]) => {
    const heading = document.querySelector('h1');
    // The skip link is the app's; the static page, which looks like the catalogue, has none.
    const app = document.querySelector('a[href="#main"]');
    return app && heading && new RegExp(pattern).test(heading.textContent.trim()) && (!focused || heading === document.activeElement);
  };
  // Quicker than expectations, which look again at growing intervals; these say what is wrong when it does not come.
  await page.waitForFunction(there, [pattern, focused], { timeout: 10_000 }).catch(async () => {
    await expect(title(page)).toHaveText(heading);
    if (focused) await expect(title(page), `the focus is on "${heading}"`).toBeFocused();
    expect(await page.evaluate(there, [pattern, focused]), `the app shows "${heading}"`).toBe(true);
  });
}

/** No page scrolls sideways. */
export async function noSidewaysScroll(page) {
  const { content, window } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  expect(content, `${await title(page).first().innerText()}: the page is wider than the window`).toBeLessThanOrEqual(window);
}
