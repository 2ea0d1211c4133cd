// A whole exam at the keyboard: from the catalogue to the review, with the marks that the banks' own keys give, and the same
// marks again from the command.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { COUNT, COURSE, PASS_PERCENT, TITLE, essence, questions, topicName } from './bank.mjs';
import { Exact, byTopic, sum, verdictOf } from './marks.mjs';
import { KEYBOARD, answerAll, handIn, isAnswered, plans, pressEnter, tabTo } from './sitting.mjs';
import { arrived, expect, opened, responses, stored, test, title } from './test.mjs';

/** All that a paper of this course can have, and the paper of this seed has: a program marks them. */
const TYPES = ['single', 'multiple', 'numeric', 'short', 'ordering', 'matching', 'extended', 'cloze', 'locate', 'hotspot'];
test.use({ seed: 8 });
// Fifty questions and their review at the keyboard, twice the time where the machine has other work.
test.describe.configure({ timeout: 240_000 });

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);
const tierwise = (...args) => run('cargo', ['run', '--quiet', '--package', 'tierwise-cli', '--', ...args], { cwd: ROOT });

/** Sits the exam from the catalogue to the result without a mouse. */
async function sitByKeyboard(page, plan) {
  await page.goto('./');
  await opened(page, 'Know what moves the images');
  await pressEnter(page, page.getByRole('link', { name: TITLE }));
  await arrived(page, TITLE);
  const exam = page.getByRole('radio', { name: /^Exam/ });
  await tabTo(page, exam);
  await expect(exam).toBeChecked();
  await tabTo(page, page.getByLabel('Your name or candidate number'));
  await page.keyboard.type('Ada, candidate 17');
  await pressEnter(page, page.getByRole('button', { name: 'Start the exam' }));
  const done = await answerAll(page, KEYBOARD, COUNT, plan);
  const script = await stored(page);
  await handIn(page, KEYBOARD);
  await arrived(page, /Your result$/);
  return { done, script };
}

/** The result page says just these marks, by question and by topic. */
async function expectResult(page, done) {
  const marks = done.map(({ question, answer }) => ({
    topic: question.topic,
    earned: answer.earned,
    full: new Exact(question.marks),
  }));
  const earned = sum(marks.map((one) => one.earned));
  const full = sum(marks.map((one) => one.full));
  const score = page.getByRole('region', { name: 'Score' });
  const passMark = full.times(new Exact(PASS_PERCENT, 100));
  await expect(score).toContainText(`${earned} of ${full} marks; the pass mark is ${passMark}.`);
  const verdict = verdictOf(marks, PASS_PERCENT);
  await expect(score.getByText(verdict, { exact: true })).toBeVisible();
  const percent = (100 * earned.number) / full.number;
  expect(Math.abs(percent - Math.round(percent)), 'a percentage that rounds one way only').not.toBeCloseTo(0.5, 9);
  await expect(score.getByRole('paragraph').filter({ hasText: /^\d+ %$/ })).toHaveText(`${Math.round(percent)} %`);

  const rows = page.getByRole('table').filter({ hasText: 'Topic' }).locator('tbody').getByRole('row');
  const shown = await rows.evaluateAll((all) => all.map((row) => [...row.cells].slice(0, 2).map((cell) => cell.innerText.trim())));
  expect(shown).toEqual(byTopic(marks).map(([topic, e, f]) => [topicName(topic), `${e} of ${f}`]));
  return { earned, full, verdict, percent };
}

/** What stands in the review, an object for each question. Text content: what is off the screen is not laid out and has no inner text. */
const readReview = (page) =>
  page.getByRole('article').evaluateAll((articles) =>
    articles.map((article) => {
      const texts = (elements) => [...elements].map((element) => element.textContent);
      const headings = [...article.querySelectorAll('h2, h3')];
      const behind = (title) => headings.find((heading) => heading.textContent === title)?.nextElementSibling;
      return {
        heading: headings[0].textContent,
        text: article.textContent,
        parts: texts(article.querySelector('.tw-marked')?.children ?? []),
        values: Object.fromEntries([...article.querySelectorAll('dt')].map((term) => [term.textContent, term.nextElementSibling.textContent])),
        sources: texts(behind('Sources')?.querySelectorAll('li') ?? []),
      };
    }),
  );

/** What the review says of each option, item, row or gap. */
function partsInReview(question, answer, options) {
  const { type, items, rows, gaps, spare } = question;
  if (type === 'ordering') {
    return items.map(({ text, rationale }, at) => {
      const place = answer.order?.indexOf(text);
      const tag = place === undefined ? '' : place === at ? 'You put it here' : `You put it at ${place + 1}`;
      return [`${at + 1}. ${text}`, tag, rationale];
    });
  }
  const filled = (text, given, isRight, key, rationale = '') => {
    const [yours, right] = [`Your answer: ${given}`, `Right answer: ${key}`];
    if (given === undefined) return [text, right, rationale];
    if (given === null) return [text, 'Left empty', right, rationale];
    return isRight ? [text, 'Right', yours, rationale] : [text, 'Wrong', yours, right, rationale];
  };
  if (rows.length > 0) {
    const all = rows.map(({ text, key, rationale }, at) => filled(text, answer.rows?.[at], answer.rows?.[at] === key, key, rationale));
    return [...all, ...spare.map(({ text, rationale }) => [text, '(for no row)', rationale])];
  }
  if (gaps.length > 0) {
    return gaps.map(({ words }, at) => filled(`Gap ${at + 1}`, answer.gaps?.[at], answer.gaps?.[at] === words[0], words[0]));
  }
  return options.map((option) => {
    const { key, rationale } = question.options.find((one) => one.text === option);
    const chosen = answer.ticks?.includes(option) ?? false;
    return [option, key ? (chosen ? 'Your answer, right' : 'Right answer') : chosen ? 'Your answer, wrong' : '', rationale];
  });
}

/** The review shows each question as it was seen, with the answer, the key, every rationale, the explanation and sources. */
async function expectReview(page, done) {
  await pressEnter(page, page.getByRole('link', { name: 'Review every question' }));
  await arrived(page, /Review$/);
  const dense = (...texts) => texts.join('').replace(/\s+/g, '');
  const review = await readReview(page);
  expect(review.length).toBe(done.length);
  for (const [n, { question, answer, options }] of done.entries()) {
    const seen = review[n];
    const which = `question ${n + 1}, ${question.id}`;
    const unanswered = !isAnswered(answer);
    expect(seen.heading, which).toBe(`Question ${n + 1} ${question.title}`);
    expect(essence(seen.text), `${which}: its stem`).toContain(question.stemAgain);
    expect(essence(seen.text), `${which}: its explanation`).toContain(question.explanation);
    expect(seen.sources.filter((source) => source.trim()).length, `${which}: its sources`).toBeGreaterThan(0);
    const full = `${question.marks} mark${question.marks === 1 ? '' : 's'}`;
    expect(seen.text, which).toContain(`${unanswered ? 'Not answered, ' : ''}${answer.earned} of ${full}`);

    if (question.accepted.length > 0 || question.positions.length > 0) {
      const fared = unanswered ? 'Not answered' : answer.earned.equals(new Exact(0)) ? 'Not right' : 'Right';
      const given = dense(seen.values['Your answer']);
      if (answer.point) expect(given.startsWith(`${answer.point}:`) && given.endsWith(dense(fared)), `${which}: ${given}`).toBe(true);
      else expect(given, which).toBe(dense(answer.text ?? '', unanswered ? '' : question.unit, fared));
      expect(seen.values['Right answer'], which).toContain(question.accepted[0] ?? question.positions[0]);
      continue;
    }
    const expected = partsInReview(question, answer, options).map((texts) => dense(...texts));
    expect(seen.parts.map((text) => dense(text)), `${which}: its parts, those that can be chosen in the order in which they were shown`).toEqual(expected);
  }
}

test('an exam with every answer right, by keyboard alone, earns every mark', async ({ page, seed }) => {
  const { done, script } = await sitByKeyboard(page, plans.right);
  expect(script.seed).toBe(seed);
  expect(new Set(done.map(({ question }) => question.type))).toEqual(new Set(TYPES));

  const { earned, full, verdict } = await expectResult(page, done);
  expect(earned.equals(full)).toBe(true);
  expect(verdict).toBe('Pass');
  await expect(page.getByRole('heading', { name: 'What to read next' })).toHaveCount(0);
  await expectReview(page, done);

  // The questions on the pages are those that the seed draws, in this order, by the command too.
  const { stdout } = await tierwise('paper', COURSE, '--seed', String(seed), '--keys');
  const drawn = [...stdout.matchAll(/^\*\d+ marks? · (\S+) · /gm)].map((match) => match[1]);
  expect(done.map(({ question }) => question.id)).toEqual(drawn);
});

test('an exam answered right, wrong, in part and not at all earns just what the rules give', async ({ page, seed }, info) => {
  // Most of what can be right in part is, so that fractions come up.
  const plan = (question, n) => {
    if (['multiple', 'ordering', 'matching', 'extended', 'cloze'].includes(question.type)) return plans[n % 4 === 3 ? 'wrong' : 'partly'](question);
    return plans[['right', 'right', 'wrong', 'right', 'none'][n % 5]](question);
  };
  const { done, script } = await sitByKeyboard(page, plan);
  const { earned, full, verdict, percent } = await expectResult(page, done);
  expect(earned.denominator, 'some marks are fractions').toBeGreaterThan(1n);
  const planned = (kind) => done.filter(({ question, answer }) => kind(answer.earned, new Exact(question.marks), answer)).length;
  expect(planned((e, f) => e.equals(f))).toBeGreaterThan(5);
  expect(planned((e, f) => e.number > 0 && e.number < f.number)).toBeGreaterThan(2);
  expect(planned((e, f, answer) => e.number === 0 && isAnswered(answer))).toBeGreaterThan(5);
  const unanswered = planned((e, f, answer) => !isAnswered(answer));
  expect(unanswered).toBeGreaterThan(3);
  // What the record holds is what was given.
  expect(responses(script).size).toBe(COUNT - unanswered);
  await expect(page.getByRole('heading', { name: 'What to read next' })).toBeVisible();

  const downloaded = page.waitForEvent('download');
  await pressEnter(page, page.getByRole('button', { name: 'Download the script' }));
  const file = info.outputPath('script.json');
  await (await downloaded).saveAs(file);
  await expectReview(page, done);

  const { stdout } = await tierwise('mark', file, '--format', 'json');
  const again = JSON.parse(stdout).scripts[0];
  const exact = (text) => new Exact(...text.split('/'));
  expect(exact(again.total.earned).toString()).toBe(earned.toString());
  expect(exact(again.total.full).toString()).toBe(full.toString());
  expect(again).toMatchObject({
    candidate: 'Ada, candidate 17',
    mode: 'exam',
    seed,
    ended: 'handed-in',
    questions: COUNT,
    answered: COUNT - unanswered,
    pass_percent: PASS_PERCENT,
    verdict: verdict.toLowerCase().replace(' ', '-'),
  });
  expect(again.total.percent).toBeCloseTo(percent, 9);
});

test('the banks that the tests answer from hold every type, and no paper has an essay', () => {
  expect(questions.length).toBeGreaterThanOrEqual(250);
  expect(new Set(questions.map(({ type }) => type))).toEqual(new Set([...TYPES, 'essay']));
  expect(questions.filter(({ type }) => type === 'essay').map(({ topic, difficulty }) => [topic, difficulty])).toEqual([['integrations/downtime', 3]]);
});
