// What sittings add up to: earlier attempts compared, the map of tiers and skills, what fades and when to come back, and the transcript.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import { BANKS, COUNT, COURSE, PASS_PERCENT, TITLE, questions, readFile, topicName } from './bank.mjs';
import { withHistory } from './history.mjs';
import { Exact, byTopic, sum, verdictOf } from './marks.mjs';
import { textOfPdf } from './pdf.mjs';
import { MOUSE, answerAll, begin, give, handIn, plans, shown } from './sitting.mjs';
import { arrived, expect, noSidewaysScroll, opened, test } from './test.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);
const START = new Date('2026-03-02T09:00:00Z');
const DAY = 86_400_000;
/** The device's clock stands so many days after the first morning. */
const onDay = (page, day, minutes = 0) => page.clock.setFixedTime(new Date(START.getTime() + day * DAY + minutes * 60_000));
const button = (page, name) => page.getByRole('button', { name, exact: true });
const main = (page) => page.getByRole('main');
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

test.describe.configure({ timeout: 240_000 });

/** No violation, and nothing wider than the window, in either theme, at the least width and at an ordinary one. */
async function expectClean(page, state) {
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
      const { violations } = await axe.analyze();
      const told = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}): ${node.target.join(' ')}: ${node.html}`));
      expect.soft(told, `${state}, ${colorScheme}, ${width} pixels`).toEqual([]);
    }
    await noSidewaysScroll(page);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

const marksOf = (done) =>
  done.map(({ question, answer }) => ({ topic: question.topic, earned: answer.earned, full: new Exact(question.marks) }));

/** A percentage as pages round it, and the verdict. */
function outcome(done) {
  const marks = marksOf(done);
  const [earned, full] = [sum(marks.map((one) => one.earned)), sum(marks.map((one) => one.full))];
  return { earned, full, percent: Math.round((100 * earned.number) / full.number), verdict: verdictOf(marks, PASS_PERCENT) };
}

/** Sits an exam as planned, to its result. */
async function sit(page, plan, label) {
  await page.goto(`./#/${COURSE}`);
  // The test's clock gives timers numbers that are too large for the app to stop them by: one of an earlier exam would go on.
  await page.reload();
  await opened(page, TITLE);
  await page.getByLabel('Your name or candidate number').fill(label);
  await button(page, 'Start the exam').click();
  const done = await answerAll(page, MOUSE, COUNT, plan);
  await handIn(page, MOUSE);
  await arrived(page, /Your result$/);
  return done;
}

const rowsOf = (table) => table.locator('tbody').getByRole('row').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
const points = (before, now) => (now === before ? 'the same' : `${now > before ? '+' : '−'}${Math.abs(now - before)} point${Math.abs(now - before) === 1 ? '' : 's'}`);

test('two exams and a practice: compared, mapped, fading months later, and a transcript that marks again', async ({ page, seed }, info) => {
  await onDay(page, 0);
  await page.goto('./#/progress');
  await opened(page, 'Progress');
  await expect(page.getByRole('heading', { name: 'Nothing to show yet' })).toBeVisible();
  await expectClean(page, 'progress of a newcomer');
  await page.getByRole('link', { name: 'Choose a course' }).click();
  await arrived(page, 'Know what moves the images');

  // The first exam is half right; nothing can be compared yet.
  const first = await sit(page, (question, n) => plans[n % 2 ? 'wrong' : 'right'](question), 'Ada, candidate 17');
  const firstOutcome = outcome(first);
  await expect(page.getByRole('heading', { name: 'Compared with your other attempts' })).toHaveCount(0);
  // Where to learn more of each topic that lost marks, from the page that explains the topics.
  const framework = readFileSync(`${ROOT}questions/framework.md`, 'utf8');
  const lost = byTopic(marksOf(first)).filter(([, earned, full]) => !earned.equals(full));
  expect(lost.length).toBeGreaterThan(3);
  for (const [topic] of lost) {
    const row = framework.split('\n').find((line) => line.startsWith(`| \`${topic}\` |`));
    const said = row.split('|')[3].replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('*', '').trim();
    const section = page.getByRole('region', { name: 'What to read next' });
    await expect(section.getByRole('heading', { name: topicName(topic), exact: true })).toBeVisible();
    await expect(section.locator(`[data-more="${topic}"]`)).toHaveText(`Learn more: ${said}`);
  }
  // By tier, from the tags of the banks.
  const tierOf = (question) => tiers.get(question.id);
  const byTier = (done) => {
    const sums = new Map();
    for (const { question, answer } of done) {
      const [e, f] = sums.get(tierOf(question)) ?? [new Exact(0), new Exact(0)];
      sums.set(tierOf(question), [e.plus(answer.earned), f.plus(new Exact(question.marks))]);
    }
    return [...sums].sort().map(([tier, [e, f]]) => [`Tier ${tier}`, `${e} of ${f}`]);
  };
  const tierRows = await rowsOf(page.getByRole('region', { name: 'By tier' }).getByRole('table'));
  expect(tierRows.map((row) => row.slice(0, 2))).toEqual(byTier(first));

  // The second, a week later, goes better.
  await onDay(page, 7);
  const second = await sit(page, (question, n) => plans[n % 5 ? 'right' : 'wrong'](question), 'Ada, candidate 17');
  const secondOutcome = outcome(second);
  expect(secondOutcome.percent).toBeGreaterThan(firstOutcome.percent);
  const compared = page.getByRole('region', { name: 'Compared with your other attempts' });
  const change = points(firstOutcome.percent, secondOutcome.percent);
  expect(await rowsOf(compared.getByRole('table'))).toEqual([
    ['9 March 2026 (this one)', `${secondOutcome.percent} %`, secondOutcome.verdict, change],
    ['2 March 2026', `${firstOutcome.percent} %`, firstOutcome.verdict, 'the first'],
  ]);
  const picture = compared.getByRole('img');
  await expect(picture).toHaveAccessibleName(`Scores: ${firstOutcome.percent} %, ${secondOutcome.percent} %. Pass mark: ${PASS_PERCENT} %`);
  await expectClean(page, 'a result beside another');

  const downloaded = page.waitForEvent('download');
  await button(page, 'Download the script').click();
  const file = info.outputPath('script.json');
  await (await downloaded).saveAs(file);

  // A practice the day after.
  await onDay(page, 8);
  await begin(page, { practice: { topics: ['DICOM: web'], number: 5 } });
  const practised = [];
  for (let n = 1; n <= 5; n += 1) {
    await arrived(page, `Question ${n} of 5`);
    const { question, options } = await shown(page);
    await give(page, MOUSE, options, plans.right(question));
    practised.push(question.id);
    await button(page, 'Check my answer').click();
    await button(page, n < 5 ? 'Next question' : 'See the result').click();
  }
  await arrived(page, /Your result$/);
  await expect(page.getByRole('heading', { name: 'Compared with your other attempts' }), 'a practice is not compared with exams').toHaveCount(0);

  // Progress, at once.
  await page.getByRole('link', { name: 'Progress' }).click();
  await arrived(page, 'Progress');
  const asked = new Map();
  for (const { question, answer } of [...first, ...second]) asked.set(question.id, { question, share: answer.earned.number / question.marks });
  for (const id of practised) asked.set(id, { question: questions.find((one) => one.id === id), share: 1 });
  await expect(main(page)).toContainText(`In 3 sittings on this device you were asked ${asked.size} questions.`);
  const course = page.getByRole('region', { name: TITLE });
  const latest = course.getByRole('link', { name: `${secondOutcome.percent} %, ${secondOutcome.verdict.toLowerCase()}` });
  await expect(latest).toBeVisible();
  await expect(course).toContainText('2 exams, rising.');
  await course.getByText('Every exam as a table').click();
  expect((await rowsOf(course.getByRole('table'))).map((row) => row.slice(1))).toEqual([
    [`${secondOutcome.percent} %`, secondOutcome.verdict, change],
    [`${firstOutcome.percent} %`, firstOutcome.verdict, 'the first'],
  ]);
  // Minutes after its last answer all is remembered; what was asked days ago less so. The map says how many questions each cell was asked.
  await page.getByText('The map as a table').click();
  const map = await rowsOf(page.getByRole('region', { name: 'The map of tiers and skills' }).getByRole('table'));
  const facets = { IT: 'it', Clinical: 'clinical', Legal: 'legal', Case: 'case', Analysis: 'analysis' };
  const inCell = (tier, facet) => [...asked.values()].filter(({ question }) => tierOf(question) === tier && tags.get(question.id) === facet).length;
  for (const [tier, facet, known, , how, count] of map) {
    const expected = inCell(tier.replace('Tier ', ''), facets[facet]);
    expect(Number(count), `${tier}, ${facet}`).toBe(expected);
    if (expected === 0) expect([known, how]).toEqual(['–', 'not tried']);
    else expect(known).toMatch(/^\d+ %$/);
  }
  expect(map.reduce((total, row) => total + Number(row[5]), 0)).toBe([...asked.values()].filter(({ question }) => tags.get(question.id) && tierOf(question)).length);
  await expect(main(page)).toContainText('No questions here: tier 5, IT; tier 5, Clinical; tier 5, Legal; tier 5, Case; tier 5, Analysis');
  await expectClean(page, 'progress');
  // Seen from the moment of the practice, its topic is to be come back to on a day to come.
  await expect(course.getByRole('listitem').filter({ hasText: 'DICOM: web' })).toContainText(/^(Fading: c|C)ome back by \d+ \w+ 2026/);

  // Months later: it is said what is stale, and that all is due.
  await onDay(page, 400);
  await page.reload();
  await opened(page, 'Progress');
  const stale = course.getByRole('listitem').filter({ hasText: /^(Fading: come back by|Come back now; stale since) \d+ \w+ 202[67]: / });
  await expect(stale.first()).toBeVisible();
  await expect(course.getByRole('listitem').filter({ hasText: /^Come back by/ })).toHaveCount(0);
  await expect(course).toContainText(`${asked.size} questions are due for review.`);
  await expect(page.getByRole('region', { name: 'What to learn next' }).getByRole('listitem')).toHaveCount(3);
  await expectClean(page, 'progress, months later');
  await course.getByRole('link', { name: 'Practise what is due' }).click();
  await arrived(page, /Due for review$/);
  await expect(main(page)).toContainText(`${asked.size} questions are due.`);
  await expectClean(page, 'what is due');
  await button(page, 'Practise them').click();
  await arrived(page, `Question 1 of ${asked.size}`);

  // The transcript of the second exam, on paper too.
  await page.goto('./#/progress');
  await arrived(page, 'Progress');
  await latest.click();
  await arrived(page, /Your result$/);
  await page.getByRole('link', { name: 'Transcript to print' }).click();
  await arrived(page, /Transcript$/);
  const script = JSON.parse(readFileSync(file, 'utf8'));
  const digests = [sha256(readFile('README.md')), ...BANKS.map((name) => sha256(readFile(name)))];
  expect([script.course_digest, ...script.banks.map((bank) => bank.sha256)]).toEqual(digests);
  const facts = [
    'Ada, candidate 17', TITLE, `${COUNT} questions`, '9 March 2026, 09:00', ...digests, String(seed), script.id,
    `${secondOutcome.earned} of ${secondOutcome.full} marks`, secondOutcome.verdict, `tierwise mark tierwise-${COURSE}-${script.id}.json`,
    'What this proves, and what it does not', 'who sat the paper, nor that nobody helped',
  ];
  for (const fact of facts) await expect(main(page)).toContainText(fact);
  await expectClean(page, 'a transcript');
  await page.evaluate(() => { window.print = () => { window.printed = true; }; });
  await button(page, 'Print').click();
  expect(await page.evaluate(() => window.printed)).toBe(true);
  const pdf = info.outputPath('transcript.pdf');
  await page.pdf({ path: pdf, format: 'A4' });
  const printed = textOfPdf(readFileSync(pdf));
  for (const fact of facts) expect(printed, 'on paper').toContain(fact.normalize('NFKC').replace(/\s+/g, ''));
  expect(printed, 'what can only be clicked is not printed').not.toContain('Downloadthescript');
  await page.emulateMedia({ media: 'print' });
  for (const fact of facts) await expect(main(page)).toContainText(fact);
  await expect(button(page, 'Print')).toBeHidden();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();

  const { stdout } = await run('cargo', ['run', '--quiet', '--package', 'tierwise-cli', '--', 'mark', file, '--format', 'json'], { cwd: ROOT });
  const again = JSON.parse(stdout).scripts[0];
  const exact = (text) => new Exact(...text.split('/'));
  expect(exact(again.total.earned).toString()).toBe(secondOutcome.earned.toString());
  expect(again).toMatchObject({ id: script.id, candidate: 'Ada, candidate 17', verdict: secondOutcome.verdict.toLowerCase() });
});

/** Tier and facet of each question, from its tag line or its bank's front matter. */
const [tiers, tags] = [new Map(), new Map()];
for (const name of BANKS) {
  const text = readFile(name);
  const front = (key) => text.split(/^---$/m)[1].match(new RegExp(`^${key}: *(\\S+)$`, 'm'))?.[1];
  for (const [, id, tagLine] of text.matchAll(/^## (\S+) · .*\n(.*)$/gm)) {
    const own = (key) => tagLine.match(new RegExp(`\`${key}:([^\`]+)\``))?.[1];
    tiers.set(id, own('tier') ?? front('tier'));
    tags.set(id, own('facet') ?? front('facet'));
  }
}

test('a history of which an older release noted the scores alone is shown, and said to be no more', async ({ page }) => {
  await page.goto('./#/about');
  await opened(page, 'About Tierwise');
  await page.evaluate((course) => {
    const note = (id, percent, verdict) => localStorage.setItem(`tierwise.sum.${course}.${id}`, JSON.stringify({ id, mode: 'Exam', started: Date.UTC(2026, 1, percent - 40), percent, verdict }));
    note('aa1', 41, 'Fail');
    note('aa2', 63, 'Borderline pass');
    localStorage.setItem(`tierwise.sum.${course}.aa3`, 'garbage');
  }, COURSE);
  await page.goto('./#/progress');
  await arrived(page, 'Progress');
  await expect(main(page)).toContainText('On this device you ended 2 sittings.');
  const course = page.getByRole('region', { name: TITLE });
  await expect(course).toContainText('Of 2 sittings no more is known than the score');
  await expect(course).toContainText('63 %, borderline pass');
  await expect(course).toContainText('2 exams, rising.');
});

test('without the file that says where to learn more, progress and result do without', async ({ page, watch }) => {
  watch.allow(/404/);
  await page.route(/framework\.json/, (route) => route.fulfill({ status: 404, body: '' }));
  await withHistory(page, { count: 30 });
  await page.goto('./#/progress');
  await arrived(page, 'Progress');
  await expect(main(page)).toContainText(/In 30 sittings on this device you were asked \d+ questions\./);
  await expect(page.getByText('Learn more:')).toHaveCount(0);
  await page.getByText('The map as a table').click();
  await expect(page.getByText(/^No questions here:/)).toHaveCount(0);
});
