// Measures the built site in the browser and prints a table in markdown. It asserts nothing: docs/performance.md says what is aimed at.
//
//   node bench.mjs [--runs 5] [--slow 4]
//
// `--slow` is by how many times the CPU is slowed. Medians of the runs, unless a row says otherwise. Other load on the machine
// shows in every figure but the bytes.

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, devices } from '@playwright/test';
import { CHROMIUM } from './chromium.mjs';
import { history } from './notes.mjs';
import { serve } from './server.mjs';
import { SITE } from './setup.mjs';
import { begin } from './sitting.mjs';
import { collectGarbage, fixRandomness, title } from './test.mjs';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' }, slow: { type: 'string', default: '4' } } });
const RUNS = Number(values.runs);
const SLOW = Number(values.slow);
/** How many questions are gone through. */
const QUESTIONS = 60;
const BARE = fileURLToPath(new URL('../../target/bare', import.meta.url));
/** How long a hand rests, in milliseconds. */
const REST = 100;
/** How long a history Progress is opened with. */
const SITTINGS = 500;

const median = (numbers) => percentile(numbers, 50);
const percentile = (numbers, percent) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)];
};
const ms = (number) => `${number.toFixed(0)} ms`;
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

const site = await serve({ folder: SITE });
const browser = await chromium.launch(CHROMIUM);

const contextWith = async (storageState) => {
  const context = await browser.newContext({ ...devices['Desktop Chrome'], baseURL: site.url, locale: 'en-GB', storageState });
  await context.addInitScript(fixRandomness, 7);
  return context;
};

/** What a question that can be answered has. */
const ANSWERABLE = ['#q-stem', 'fieldset input, #q-answer'];

/** In the page: notes when all that these selectors name has been painted, and how large the app's memory is. */
const watchFor = (selectors) => {
  addEventListener('TrunkApplicationStarted', (event) => {
    window.benchWasm = event.detail.wasm;
  });
  const look = () => {
    if (!selectors.every((selector) => document.querySelector(selector))) return;
    observer.disconnect();
    // A frame callback runs before its frame is painted; the one after it runs when it has been.
    requestAnimationFrame(() => requestAnimationFrame(() => { window.benchAnswerable = performance.now(); }));
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
};

/** In the page: the time from the next click to the paint of the change that it brings. */
const timeClicks = () => {
  let clicked = 0;
  addEventListener('click', (event) => { clicked = event.timeStamp; }, { capture: true });
  // The mutation comes with the change; a message posted in the frame callback is handled after the paint.
  window.benchArm = () => {
    const { promise, resolve } = Promise.withResolvers();
    window.benchTime = promise;
    const observer = new MutationObserver(() => {
      if (!clicked) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          const time = performance.now() - clicked;
          clicked = 0;
          resolve(time);
        };
        port2.postMessage(0);
      });
    });
    observer.observe(document.querySelector('main'), { childList: true, subtree: true, characterData: true, attributes: true });
  };
};

/** A practice of all HL7 questions, begun: what the browser keeps of it. */
async function prepare() {
  const context = await contextWith();
  const page = await context.newPage();
  await begin(page, { practice: { topics: ['HL7'], number: 'All' } });
  const count = Number((await title(page).innerText()).match(/of (\d+)/)[1]);
  if (count < QUESTIONS) throw new Error(`the HL7 bank has ${count} questions; ${QUESTIONS} are needed`);
  const kept = await context.storageState();
  await context.close();
  return { kept, count };
}

/** Straight to a question with nothing cached: bytes of each file, and the time until it can be answered. */
async function firstQuestion(kept, slow) {
  const context = await contextWith(kept);
  const page = await context.newPage();
  await page.addInitScript(watchFor, ANSWERABLE);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slow });
  const files = new Map();
  page.on('response', (response) => {
    const [bytes, began] = [Number(response.headers()['content-length']), response.request().timing().startTime];
    files.set(new URL(response.url()).pathname, { bytes, began });
  });
  await page.goto('./#/level-2/sit');
  await page.waitForFunction(() => window.benchAnswerable, null, { timeout: 60_000 });
  const [time, origin] = await page.evaluate(() => [window.benchAnswerable, performance.timeOrigin]);
  await context.close();
  // What is asked for after that, as the later part of the app is, no candidate has waited for.
  const awaited = [...files].filter(([, { began }]) => began < origin + time);
  return { time, files: new Map(awaited.map(([path, { bytes }]) => [path, bytes])) };
}

/** The page that only fetches the same banks and reads them (examples/bare.rs): the time until it has painted that it did. */
async function bareQuestion(bare, slow) {
  const context = await browser.newContext({ ...devices['Desktop Chrome'] });
  const page = await context.newPage();
  await page.addInitScript(watchFor, ['h1']);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slow });
  await page.goto(bare.url);
  await page.waitForFunction(() => window.benchAnswerable, null, { timeout: 60_000 });
  const time = await page.evaluate(() => window.benchAnswerable);
  await context.close();
  return time;
}

/** What the page holds after the first question and after the last, each answered. Clicked within the page, through the browser's own protocol alone: what Playwright adds to a page to find things would be counted too. */
async function memory(kept) {
  const context = await contextWith(kept);
  const page = await context.newPage();
  await page.addInitScript(watchFor, ANSWERABLE);
  const devtools = await context.newCDPSession(page);
  const run = async (expression) => (await devtools.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })).result.value;
  const held = async () => {
    await collectGarbage(devtools);
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
    return { js: usedSize, wasm: await run('benchWasm.memory.buffer.byteLength'), nodes, listeners: jsEventListeners };
  };
  await page.goto('./#/level-2/sit/1');
  await run('new Promise((done) => { const look = () => (window.benchAnswerable ? done() : setTimeout(look, 50)); look(); })');
  const figures = [];
  for (let n = 0; n < QUESTIONS; n += 1) {
    await run(`document.querySelectorAll('nav[aria-label=Questions] a')[${n}].click(); new Promise((done) => setTimeout(done, 30))`);
    await run("document.querySelector('fieldset input')?.click(); new Promise((done) => setTimeout(done, 30))");
    if (n === 0 || n === QUESTIONS - 1) figures.push(await held());
  }
  await context.close();
  const [before, after] = figures;
  return { before, after };
}

/** What the page holds after one exam that was handed in and after ten, one after the other, without the page being loaded anew. */
async function papers() {
  const context = await contextWith();
  const page = await context.newPage();
  await page.addInitScript(watchFor, ANSWERABLE);
  const devtools = await context.newCDPSession(page);
  const run = async (expression) => {
    const { result, exceptionDetails } = await devtools.send('Runtime.evaluate', { expression: `(async () => { ${expression} })()`, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  await page.goto('./#/level-2');
  await page.getByRole('button', { name: 'Start the exam' }).waitFor();
  await run(`
    window.rest = (time) => new Promise((done) => setTimeout(done, time));
    window.found = async (selector, words) => {
      for (let turn = 0; turn < 300; turn += 1, await rest(30)) {
        const one = [...document.querySelectorAll(selector)].find((one) => one.textContent.includes(words));
        if (one) return one;
      }
      throw new Error(selector + ' with ' + words + ' did not come');
    };`);
  const figures = [];
  for (let n = 1; n <= 10; n += 1) {
    await run(`
      location.hash = '#/level-2';
      (await found('button', 'Start the exam')).click();
      await found('h1', 'Question 1 of');
      const count = document.querySelectorAll('nav[aria-label=Questions] li a').length;
      for (let n = 0; n < count; n += 1) {
        document.querySelectorAll('nav[aria-label=Questions] li a')[n].click();
        await found('h1', 'Question ' + (n + 1) + ' of');
        document.querySelector('fieldset input')?.click();
        await rest(10);
      }
      location.hash = '#/level-2/check';
      (await found('button', 'Hand in')).click();
      (await found('button', 'Yes, hand in')).click();
      await found('h1', 'Your result');
      await rest(200);`);
    if (n > 1 && n < 10) continue;
    await collectGarbage(devtools);
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    const { nodes } = await devtools.send('Memory.getDOMCounters');
    figures.push({ js: usedSize, wasm: await run('return benchWasm.memory.buffer.byteLength'), nodes });
  }
  await context.close();
  const [before, after] = figures;
  return { before, after };
}

/** In the page: puts a question in the place of another as plainly as it can be done. */
const swap = (questions) => {
  const [holder, links] = [document.querySelector('main > div'), [...document.querySelectorAll('nav[aria-label=Questions] li a')]];
  let shown = 0;
  const show = (n) => {
    holder.innerHTML = questions[n];
    links[shown].removeAttribute('aria-current');
    links[n].setAttribute('aria-current', 'step');
    links[n].className = 'tw-step tw-step--seen';
    shown = n;
    requestAnimationFrame(() => {
      scrollTo(0, 0);
      setTimeout(() => holder.querySelector('h1').focus({ preventScroll: true }));
    });
  };
  links.forEach((link, n) => link.addEventListener('click', (event) => { event.preventDefault(); show(n); }));
  show(0);
};

/** A page without the app that shows the same questions in the same elements and styles: what of a click is the browser's own share. */
async function plainPage(kept) {
  const context = await contextWith(kept);
  const page = await context.newPage();
  const questions = [];
  for (let n = 1; n <= QUESTIONS; n += 1) {
    await page.goto(`./#/level-2/sit/${n}`);
    await page.getByText(`Question ${n} of`).first().waitFor();
    questions.push(await page.locator('main > div').innerHTML());
  }
  const [styles, body] = await page.evaluate(() => {
    for (const script of document.querySelectorAll('body script')) script.remove();
    document.querySelector('main > div').textContent = '';
    return [[...document.querySelectorAll('style')].map((style) => style.outerHTML).join(''), document.body.innerHTML];
  });
  await context.close();
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8">${styles}</head><body>${body}`;
  return { html, questions };
}

/** Goes through the questions with clicks: an option where there is one, then the next question in the navigator. `plain` is a page without the app. */
async function clicks(kept, slow, plain) {
  const context = await contextWith(kept);
  const page = await context.newPage();
  if (plain) {
    await page.goto('about:blank');
    await page.setContent(plain.html);
    await page.evaluate(swap, plain.questions);
  } else {
    await page.addInitScript(watchFor, ANSWERABLE);
    await page.goto('./#/level-2/sit/1');
    await page.waitForFunction(() => window.benchAnswerable);
  }
  await page.evaluate(timeClicks);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slow });
  // As a hand clicks: the pointer rests, the button is down for a tenth of a second. Nothing else is asked of the page until it has painted.
  const timed = async (locator) => {
    const box = await locator.boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.evaluate(() => window.benchArm());
    await page.waitForTimeout(REST);
    await page.mouse.down();
    await page.waitForTimeout(REST);
    await page.mouse.up();
    await page.waitForTimeout(3 * REST);
    return page.evaluate(() => window.benchTime);
  };
  const [changes, answers] = [[], []];
  for (let n = 1; n < QUESTIONS; n += 1) {
    // A click on the label of a select or a field changes nothing.
    const box = page.locator('main fieldset').locator('input[type=radio], input[type=checkbox]').first();
    if (!plain && (await box.count()) > 0) {
      const option = page.locator(`label[for="${await box.getAttribute('id')}"]`);
      await option.scrollIntoViewIfNeeded();
      answers.push(await timed(option));
    }
    const link = page.getByRole('navigation', { name: 'Questions' }).getByRole('listitem').nth(n).getByRole('link');
    await link.scrollIntoViewIfNeeded();
    changes.push(await timed(link));
    await page.getByText(`Question ${n + 1} of`).first().waitFor();
  }
  await context.close();
  return { changes, answers };
}

/** Opens Progress with a history of so many sittings: from the last of them read, and from the click, to the page painted. */
async function progress(sittings, slow) {
  const context = await contextWith();
  const page = await context.newPage();
  await page.addInitScript(() => {
    const read = Storage.prototype.getItem;
    Storage.prototype.getItem = function getItem(key) {
      const text = read.call(this, key);
      if (key.startsWith('tierwise.sum.')) window.benchRead = performance.now();
      return text;
    };
  });
  await page.goto('./#/about');
  await page.evaluate((notes) => notes.forEach(([key, note]) => localStorage.setItem(key, note)), history(sittings, Date.now()));
  await page.reload();
  await page.getByRole('heading', { name: 'About Tierwise' }).waitFor();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slow });
  const times = await page.evaluate(() => new Promise((done) => {
    let clicked = 0;
    const observer = new MutationObserver(() => {
      if (!document.querySelector('.tw-tiers')) return;
      observer.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => {
        const now = performance.now();
        done({ read: now - window.benchRead, click: now - clicked });
      }));
    });
    observer.observe(document, { childList: true, subtree: true });
    clicked = performance.now();
    document.querySelector('a[href="#/progress"]').click();
  }));
  await context.close();
  return times;
}

const { kept, count } = await prepare();
const bareSite = await serve({ folder: BARE }).catch(() => {
  throw new Error(`there is no ${BARE}: make bench makes it`);
});
const bare = [];
const direct = [];
const slowed = [];
for (let run = 0; run < RUNS; run += 1) {
  direct.push(await firstQuestion(kept, 1));
  slowed.push(await firstQuestion(kept, SLOW));
  bare.push([await bareQuestion(bareSite, 1), await bareQuestion(bareSite, SLOW)]);
}
await bareSite.close();
const { files } = direct[0];
const [bank, app] = [[], []];
for (const [path, bytes] of files) (path.includes('/questions/') ? bank : app).push(bytes);
const total = (bytes) => bytes.reduce((sum, one) => sum + one, 0);

const plain = await plainPage(kept);
const walks = [];
const plainWalks = [];
const heaps = [];
for (let run = 0; run < RUNS; run += 1) {
  walks.push(await clicks(kept, SLOW));
  plainWalks.push(await clicks(undefined, SLOW, plain));
  heaps.push(await memory(kept));
}
const ten = await papers();
const opens = [];
for (let run = 0; run < RUNS; run += 1) opens.push([await progress(SITTINGS, 1), await progress(SITTINGS, SLOW)]);
await browser.close();
await site.close();

const changes = walks.flatMap((walk) => walk.changes);
const answers = walks.flatMap((walk) => walk.answers);
const plainChanges = plainWalks.flatMap((walk) => walk.changes);
const part = (from, to) => median(walks.flatMap((walk) => walk.changes.slice(from, to)));
const growth = (what) => {
  const [before, after] = ['before', 'after'].map((when) => median(heaps.map((figures) => figures[when][what])));
  return { before, after, percent: `${after >= before ? '+' : ''}${((100 * (after - before)) / before).toFixed(1)} %` };
};
const heap = growth('js');
const wasm = growth('wasm');
const nodes = growth('nodes');

console.log(`Chromium ${browser.version()}, ${RUNS} runs, CPU slowed ${SLOW}×, a practice of ${count} questions\n`);
const rows = [
  ['Transfer to the first answerable question, brotli, without the banks', kB(total(app))],
  ...[...files].filter(([path]) => !path.includes('/questions/')).map(([path, bytes]) => [`– ${path.replace(/-[0-9a-f]{16}/, '-…')}`, kB(bytes)]),
  ['The course page and its banks, brotli', kB(total(bank))],
  ['Navigation to the first answerable question, nothing cached', ms(median(direct.map((run) => run.time)))],
  [`The same, CPU slowed ${SLOW}×`, ms(median(slowed.map((run) => run.time)))],
  ['A bare page that fetches the same banks and reads them; the same, slowed', `${ms(median(bare.map(([time]) => time)))}, ${ms(median(bare.map(([, time]) => time)))}`],
  [`Click to the next question painted, CPU slowed ${SLOW}×: median`, ms(median(changes))],
  ['– 95th percentile', ms(percentile(changes, 95))],
  ['– the same elements put there by plain JavaScript, without the app: median, 95th percentile', `${ms(median(plainChanges))}, ${ms(percentile(plainChanges, 95))}`],
  ['– median of the first ten, and of the last ten', `${ms(part(0, 10))}, ${ms(part(-10))}`],
  [`Click on an option to its change painted, CPU slowed ${SLOW}×: median`, ms(median(answers))],
  ['– 95th percentile', ms(percentile(answers, 95))],
  [`JavaScript heap after the first question, and after ${QUESTIONS}`, `${kB(heap.before)}, ${kB(heap.after)} (${heap.percent})`],
  [`Wasm memory after the first question, and after ${QUESTIONS}`, `${kB(wasm.before)}, ${kB(wasm.after)} (${wasm.percent})`],
  ['JavaScript heap, wasm memory and DOM nodes after one exam handed in', `${kB(ten.before.js)}, ${kB(ten.before.wasm)}, ${ten.before.nodes}`],
  ['– after ten, without loading the page anew', `${kB(ten.after.js)}, ${kB(ten.after.wasm)}, ${ten.after.nodes}`],
  [`${SITTINGS} scripts: Progress opens, from its data read to painted`, ms(median(opens.map(([run]) => run.read)))],
  [`– from the click, which is before it is read`, ms(median(opens.map(([run]) => run.click)))],
  [`The two, CPU slowed ${SLOW}×`, `${ms(median(opens.map(([, run]) => run.read)))}, ${ms(median(opens.map(([, run]) => run.click)))}`],
  [`DOM nodes after the first question, and after ${QUESTIONS}`, `${nodes.before}, ${nodes.after}`],
];
console.log('| what | measured |\n| --- | --- |');
for (const [what, measured] of rows) console.log(`| ${what} | ${measured} |`);
