// Pages that were left are let go: a device that sits paper after paper holds no more than at the first. (A listener that holds an element of its own
// tree keeps that tree for ever, since the browser cannot look into wasm.)

import { COURSE } from './bank.mjs';
import { test } from './staged.mjs';
import { collectGarbage, expect, opened } from './test.mjs';

test('each page, left again and again, leaves nothing behind', async ({ stage, staged }) => {
  const page = await stage('result');
  const { address } = staged.result;
  const devtools = await page.context().newCDPSession(page);
  const go = async (to) => {
    await page.evaluate((to) => { location.hash = to; }, to);
    await opened(page, to === '#/nope' ? 'Page not found' : /^(?!Loading|Page not found)./);
  };
  const nodes = async () => {
    // What a page does a second later, it does not do when it was left; only then is it let go.
    await page.waitForTimeout(1100);
    await collectGarbage(devtools);
    return (await devtools.send('Memory.getDOMCounters')).nodes;
  };
  const pages = ['#/', '#/about', '#/progress', '#/data', `#/${COURSE}`, `#/${COURSE}/due`, address, ...['review', 'transcript'].map((of) => address.replace('/result/', `/${of}/`)),
    `#/${COURSE}/sit/1`, `#/${COURSE}/check`, '#/try/questions/level-2/dicom.md'];
  const visit = async (to) => {
    await go(to);
    await go('#/nope');
  };
  // The first round brings what is kept on purpose, such as banks.
  for (const to of pages) await visit(to);
  const before = await nodes();
  for (const to of pages) await visit(to);
  if ((await nodes()) - before <= 20) return;
  const grown = [];
  for (const to of pages) {
    const first = await nodes();
    await visit(to);
    grown.push(`${to}: ${(await nodes()) - first} nodes`);
  }
  expect(grown, 'nodes that were not let go').toEqual([]);
});
