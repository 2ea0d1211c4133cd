// Pictures of every page and state (scenes.mjs), at three widths, light and dark, in forced colours, and as they are printed: to be looked at. It is
// no test.
//
//   node screenshots.mjs [FOLDER]      target/screenshots unless a folder is named
//
// In the environment: TIERWISE_SITE names another built site than dist/; TIERWISE_WIDTHS=1280 takes fewer widths; TIERWISE_SCENES='^type-' takes the
// scenes whose names match.

import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, devices } from '@playwright/test';
import { CHROMIUM } from './chromium.mjs';
import { open, prepare, scenes } from './scenes.mjs';
import { serve } from './server.mjs';
import { SITE } from './setup.mjs';

const WIDTHS = (process.env.TIERWISE_WIDTHS ?? '320,768,1280').split(',').map(Number);
const WANTED = new RegExp(process.env.TIERWISE_SCENES ?? '');
/** The tallest part of a page that is kept, in pixels: a review is longer than anybody looks at. */
const TALLEST = 9000;
/** The width of an A4 page between its margins, in CSS pixels. */
const PAPER = 658;
/** What people print. */
const PRINTED = /^(about|course|single|check|result|review-lost|practice-partly|conditions-result|transcript|progress|type-result|type-review|type-locate)$/;

const folder = path.resolve(process.argv[2] ?? fileURLToPath(new URL('../../target/screenshots', import.meta.url)));
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const site = await serve({ folder: SITE });
const browser = await chromium.launch(CHROMIUM);
const contextWith = (options) =>
  browser.newContext({ ...devices['Desktop Chrome'], baseURL: site.url, locale: 'en-GB', timezoneId: 'Europe/London', serviceWorkers: 'block', bypassCSP: true, ...options });
let taken = 0;

async function picture(page, name) {
  const { width } = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const clip = height > TALLEST ? { clip: { x: 0, y: 0, width, height: TALLEST } } : {};
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true, ...clip });
  taken += 1;
}

/** In both themes: they differ in nothing that is drawn anew. */
async function pictures(page, name) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await picture(page, `${name}-${colorScheme}`);
  }
}

async function take(scene) {
  for (const width of WIDTHS) {
    const context = await contextWith({ viewport: { width, height: width < 600 ? 640 : 900 }, storageState: scene.state });
    const page = await open(context, scene);
    // What is off the screen would be an empty space.
    await page.addStyleTag({ content: '* { content-visibility: visible !important }' });
    await page.evaluate(() => window.scrollTo(0, 0));
    await pictures(page, `${scene.name}-${width}`);
    if (width === WIDTHS.at(-1)) {
      await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
      await picture(page, `${scene.name}-forced`);
      await page.emulateMedia({ forcedColors: 'none' });
    }
    if (width === WIDTHS.at(-1) && PRINTED.test(scene.name)) {
      await page.pdf({ path: path.join(folder, `${scene.name}-print.pdf`), format: 'A4', preferCSSPageSize: true });
      await page.emulateMedia({ media: 'print', colorScheme: 'light' });
      await page.setViewportSize({ width: PAPER, height: 1000 });
      await picture(page, `${scene.name}-print`);
    }
    await context.close();
  }
}

const wanted = scenes(await prepare(contextWith)).filter((scene) => WANTED.test(scene.name));
// Two at a time: while one page is drawn, another is loaded.
const queue = wanted.values();
await Promise.all([1, 2].map(async () => {
  for (const scene of queue) await take(scene).catch((error) => console.error(`${scene.name}: ${error.message}`));
}));
if (WANTED.test('no-javascript')) {
  for (const width of WIDTHS) {
    const context = await contextWith({ viewport: { width, height: width < 600 ? 640 : 900 }, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto('./');
    await pictures(page, `no-javascript-${width}`);
    await context.close();
  }
}
await browser.close();
await site.close();
console.log(`${taken} pictures in ${folder}`);
