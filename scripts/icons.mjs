// Draws the icons of the web manifest from style/icon.svg, with Chromium: CHROMIUM=… node scripts/icons.mjs. They are kept in git; run it when the mark changes.

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../tests/browser/package.json', import.meta.url));
const { chromium } = require('@playwright/test');
const { CHROMIUM } = await import('../tests/browser/chromium.mjs');

const svg = readFileSync(new URL('../style/icon.svg', import.meta.url), 'utf8');
// A system cuts a maskable icon to a shape of its own: the ground goes to the edge, and the mark stays within the middle four fifths.
const maskable = svg
  .replace(/ rx="6"/, '')
  .replace('<g ', '<g transform="translate(16 16) scale(.72) translate(-16 -16)" ');
const browser = await chromium.launch(CHROMIUM);
for (const [name, size, picture] of [['icon-192', 192, svg], ['icon-512', 512, svg], ['icon-maskable-512', 512, maskable]]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${picture}`);
  const file = new URL(`../style/${name}.png`, import.meta.url);
  writeFileSync(file, await page.screenshot({ omitBackground: true }));
  console.log(`style/${name}.png: ${statSync(file).size} bytes`);
}
await browser.close();
