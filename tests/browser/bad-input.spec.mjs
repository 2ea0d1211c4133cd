// Banks that are missing, broken off, changed, wrong or hostile: the page says so, keeps the answers, and spares the other banks.

import { readFileSync } from 'node:fs';
import { COUNT, COURSE, TITLE, readBank, readFile } from './bank.mjs';
import { alter, alterPage } from './altered.mjs';
import { MOUSE, begin, give, plans, shown } from './sitting.mjs';
import { arrived, expect, opened, responses, stored, test, title } from './test.mjs';

const HL7 = `questions/${COURSE}/hl7.md`;
const notice = (page, name) => page.locator('section').filter({ has: page.getByRole('heading', { name }) });
const faultOf = (page) => notice(page, 'A bank of this course cannot be sat');
const inHl7 = new Set(readBank(readFile('hl7.md')).map((question) => question.id));

/** The course page offers no exam, and a practice of the other banks from its start to its review. */
async function expectOtherBanks(page) {
  await expect(page.getByRole('radio', { name: /^Exam/ })).toBeDisabled();
  const topics = page.getByRole('group', { name: 'Topics' });
  await expect(topics.getByText('DICOM: data')).toBeVisible();
  await expect(topics.getByText('HL7')).toHaveCount(0);
  // It has an essay, which earns nothing until somebody has marked it.
  await topics.getByLabel('integrations: downtime').uncheck();
  await page.getByLabel('How many questions?').selectOption('5');
  await page.getByRole('button', { name: 'Start practice' }).click();
  for (let n = 1; n <= 5; n += 1) {
    await arrived(page, `Question ${n} of 5`);
    const { question, options } = await shown(page);
    expect(inHl7.has(question.id)).toBe(false);
    await give(page, MOUSE, options, plans.right(question));
    await page.getByRole('button', { name: 'Check my answer' }).click();
    await page.getByRole('button', { name: n < 5 ? 'Next question' : 'See the result' }).click();
  }
  await arrived(page, /Your result$/);
  await expect(page.getByRole('region', { name: 'Score' })).toContainText('100 %');
  await page.getByRole('link', { name: 'Review every question' }).click();
  await expect(page.getByRole('article')).toHaveCount(5);
}

const broken = {
  'missing on the server': { change: { status: 404, body: 'Not found' }, says: /The server has no such file\./, console: /404/ },
  'refused by the server': { change: { status: 503, body: 'Later' }, says: /The server answered with status 503\./, console: /503/ },
  'not to be reached': { change: { abort: 'connectionreset' }, says: /No answer came\. Check the connection\./, console: /ERR_CONNECTION_RESET/ },
  'broken off on the way': {
    change: readFile('hl7.md').slice(0, 30_000),
    says: /is not the file that this site was built with: it broke off on the way, or it was changed since\./,
  },
  'another than the catalogue says': {
    change: readFile('hl7.md').replace('Which character shows', 'Which sign shows'),
    says: /is not the file that this site was built with/,
  },
};

for (const [how, { change, says, console }] of Object.entries(broken)) {
  test(`a bank ${how} is named, and the others can be practised`, async ({ page, watch }) => {
    if (console) watch.allow(console);
    const mend = await alter(page, 'hl7.md', change);
    await page.goto(`./#/${COURSE}`);
    await opened(page, TITLE);
    await expect(faultOf(page)).toContainText(HL7);
    await expect(faultOf(page)).toContainText(says);
    await expectOtherBanks(page);
    // Once it is well again, trying again is enough.
    await page.goto(`./#/${COURSE}`);
    await mend();
    await faultOf(page).getByRole('button', { name: 'Try again' }).click();
    await expect(faultOf(page)).toHaveCount(0);
    await expect(page.getByRole('radio', { name: /^Exam/ })).toBeEnabled();
  });
}

test('a bank with errors is told with places and remedies, and the others can be practised', async ({ page }) => {
  const faulty = readFile('hl7.md')
    .replace('- [x] `~`', '- [ ] `~`')
    .replace('**Answer:** `12`', '**Answer:** `twelve`')
    .replace('`short` `topic:hl7/structure` `difficulty:1`', '`shrt` `topic:hl7/structure` `difficulty:1`');
  const lineOf = (text) => faulty.slice(0, faulty.indexOf(text)).split('\n').length;
  await alter(page, 'hl7.md', faulty, { listed: true });
  await page.goto(`./#/${COURSE}`);
  await expect(faultOf(page)).toContainText(new RegExp(`3 errors .*${HL7}`));
  const items = faultOf(page).getByRole('listitem');
  await expect(items).toHaveCount(3);
  // The question without a key is told at its heading or at its options; the other two just where they are.
  for (const text of ['`twelve`', '`shrt`']) {
    await expect(items.filter({ hasText: `${HL7}, line ${lineOf(text)}, column` })).toHaveCount(1);
  }
  for (const item of await items.all()) await expect(item).toContainText(/Remedy: \S/);
  const downloaded = page.waitForEvent('download');
  await faultOf(page).getByRole('button', { name: 'Download the report' }).click();
  const report = readFileSync(await (await downloaded).path(), 'utf8');
  expect(report.match(/^questions\/level-2\/hl7\.md:\d+:\d+: /gm)).toHaveLength(3);
  await expectOtherBanks(page);
});

test('a sitting whose bank is another now stops, keeps the answers, and goes on when the bank is back', async ({ page }) => {
  await begin(page);
  const { question, options } = await shown(page);
  await give(page, MOUSE, options, plans.right(question));
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await arrived(page, `Question 2 of ${COUNT}`);
  const before = await stored(page);

  const mend = await alter(page, 'hl7.md', `${readFile('hl7.md')}\n[^new]: Another source\n`, { listed: true });
  for (const address of ['sit/2', 'check']) {
    await page.goto(`./#/${COURSE}/${address}`);
    await page.reload();
    await opened(page, 'This sitting cannot go on');
    await expect(page.getByRole('main')).toContainText('changed: hl7.md');
    await expect(page.getByRole('main')).toContainText('Your answers are kept.');
  }
  const downloaded = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the script' }).click();
  const script = JSON.parse(readFileSync(await (await downloaded).path(), 'utf8'));
  expect([...responses(script).keys()]).toEqual([question.id]);
  // As it was, but that the page was left.
  const { events, ...rest } = await stored(page);
  expect({ ...rest, events: events.filter((event) => !['leave', 'return'].includes(event.do)) }).toEqual(before);

  await mend();
  await page.goto(`./#/${COURSE}/sit`);
  await page.reload();
  await opened(page, `Question 2 of ${COUNT}`);
  expect([...responses(await stored(page)).keys()]).toEqual([question.id]);
});

test('a sitting whose bank is missing for now stops, says which, and keeps the answers', async ({ page, watch }) => {
  watch.allow(/404/);
  await begin(page);
  const { question, options } = await shown(page);
  await give(page, MOUSE, options, plans.right(question));
  const mend = await alter(page, 'hl7.md', { status: 404 });
  await page.reload();
  await opened(page, 'This sitting cannot go on');
  await expect(page.getByRole('main')).toContainText('missing: hl7.md');
  await expect(page.getByRole('button', { name: 'Download the script' })).toBeVisible();
  await mend();
  await page.reload();
  await opened(page, `Question 1 of ${COUNT}`);
  expect([...responses(await stored(page)).keys()]).toEqual([question.id]);
});

test('a result whose bank is another now is not shown with wrong marks, and its script can be had', async ({ page }) => {
  await begin(page, { practice: { topics: ['HL7: structure'], number: 5 } });
  const { question, options } = await shown(page);
  await give(page, MOUSE, options, plans.right(question));
  await page.goto(`./#/${COURSE}/check`);
  await page.getByRole('button', { name: 'Hand in', exact: true }).click();
  await page.getByRole('button', { name: 'Yes, hand in' }).click();
  await arrived(page, /Your result$/);
  await alter(page, 'hl7.md', `${readFile('hl7.md')}\n[^new]: Another source\n`, { listed: true });
  for (const address of [page.url(), page.url().replace('/result/', '/review/')]) {
    await page.goto(address);
    await page.reload();
    await opened(page, 'This result cannot be shown');
    await expect(page.getByRole('main')).toContainText('changed: hl7.md');
    const downloaded = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the script' }).click();
    const script = JSON.parse(readFileSync(await (await downloaded).path(), 'utf8'));
    expect([...responses(script).keys()]).toEqual([question.id]);
  }
});

test('a course page that is missing or wrong is told', async ({ page, watch }) => {
  watch.allow(/404/);
  const mend = await alter(page, 'README.md', { status: 404 });
  await page.goto(`./#/${COURSE}`);
  await opened(page, 'This course cannot be shown');
  await expect(page.getByRole('main')).toContainText(`questions/${COURSE}/README.md could not be fetched. The server has no such file.`);
  await mend();
  await page.getByRole('button', { name: 'Try again' }).click();
  await arrived(page, TITLE);
  await alter(page, 'README.md', readFile('README.md').replace('minutes: 60', 'minutes: an hour'), { listed: true });
  await page.reload();
  await opened(page, 'This course cannot be shown');
  await expect(page.getByRole('main')).toContainText('README.md, line');
});

test('a damaged catalogue leaves no blank page', async ({ page }) => {
  await alterPage(page, (html) => html.replace('{"tierwise":1,"courses"', '{"tierwise":1,"cour'));
  await page.goto('./');
  await opened(page, 'Know what moves the images');
  await expect(page.getByRole('main'), 'says that there is no course to choose').toContainText(/catalogue|no course/i);
  await page.goto(`./#/${COURSE}`);
  await expect(title(page)).toHaveText('Page not found');
});

test('what is hostile in a bank never reaches the page', async ({ page, watch, baseURL }) => {
  // The build refuses such a bank; here it is served all the same, with a catalogue that names it.
  const attacks = [
    '<script>window.attacked = "script"</script>',
    '<img src="x" onerror="window.attacked = \'img\'">',
    '<iframe srcdoc="<script>parent.attacked = 1</script>"></iframe>',
    'A [link](javascript:window.attacked=1) and [data](data:text/html,<script>opener.attacked=1</script>).',
    '[Upper](JaVaScRiPt:window.attacked=1) and [odd](java&#115;cript:window.attacked=1) and <javascript:alert(1)>.',
    '![Far](https://example.org/far.png) and ![there](//example.org/far.svg) and ![up](../../../secret.png).',
    '<svg onload="window.attacked = 1"><a href="javascript:1"></a></svg>',
    'Inline <b onmouseover="window.attacked = 1">bold</b>.',
  ].join('\n\n');
  const hostile = readFile('hl7.md').replaceAll(/^(`(?:single|multiple|numeric|short|ordering|matching|extended|cloze|locate|hotspot)`.*)$/gm, `$1\n\n${attacks}`);
  await alter(page, 'hl7.md', hostile, { listed: true });

  const expectHarmless = async () => {
    expect(await page.evaluate(() => window.attacked)).toBe(undefined);
    const found = await page.evaluate(() => {
      const app = document.querySelector('#app');
      const attributes = [...app.querySelectorAll('*')].flatMap((element) =>
        [...element.attributes].filter(({ name, value }) => /^on/i.test(name) || /^\s*(javascript|data):/i.test(value)).map(({ name, value }) => `${name}=${value}`),
      );
      const elements = [...app.querySelectorAll('script, iframe, object, embed, base, meta, form[action], b')].map((element) => element.outerHTML);
      const far = [...app.querySelectorAll('img')].map((image) => image.src).filter((src) => !src.startsWith(location.href.split('#')[0]));
      return [...attributes, ...elements, ...far];
    });
    expect(found).toEqual([]);
  };
  await page.goto(`./#/${COURSE}`);
  await opened(page, TITLE);
  await expectHarmless();
  // Such a bank may be refused or shown without its attacks; if it is refused, the page tells why and nothing of it can be sat.
  if ((await faultOf(page).count()) > 0) {
    await expect(faultOf(page).getByRole('listitem').first()).toContainText('Remedy: ');
  } else {
    await begin(page, { practice: { topics: ['HL7: structure'], number: 5 } });
    await expectHarmless();
  }
  expect(watch.requests.filter((request) => !request.url().startsWith(baseURL)).map((request) => request.url())).toEqual([]);
});
