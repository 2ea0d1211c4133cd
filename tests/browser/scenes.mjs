// Every page and every state that it can be in: what is pictured (screenshots.mjs), and what is measured for access (access.spec.mjs).
//
// A new page or state is a line of `scenes`.

import { COUNT, COURSE, questions, readFile } from './bank.mjs';
import { alter } from './altered.mjs';
import * as conditions from './conditions.mjs';
import { MOUSE, answerAll, begin, give, handIn, plans, shown } from './sitting.mjs';
import { OPEN, arrived, fixRandomness, opened, stored } from './test.mjs';
import { TYPES, goToType, serveTypes } from './types.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const press = (name) => (page) => button(page, name).click();
const address = (page) => new URL(page.url()).hash;

/** The place in the open sitting, from 1, of its first question that `wanted` accepts. */
async function placeOf(page, wanted) {
  const items = (await stored(page)).items.map((item) => questions.find((question) => question.id === item.question));
  return items.findIndex(wanted) + 1;
}

/** Answers the question of a type of `banks/types.md` that is shown: right in part where that can be, else wrong. */
const ANSWER = {
  order: (page) => page.getByRole('button', { name: /^Move down/ }).first().click(),
  async match(page) {
    await page.getByLabel('A patient is admitted').selectOption('ADT^A01');
    await page.getByLabel('Two records of one patient are merged').selectOption('SIU^S12');
  },
  async extended(page) {
    await page.getByLabel('Two hospitals number').selectOption({ index: 1 });
    await page.getByLabel('Logs of two systems').selectOption({ index: 4 });
  },
  async cloze(page) {
    await page.getByLabel('Gap 1 of 3').selectOption('Registry Stored Query');
    await page.getByLabel('Gap 2 of 3').fill('ITI-43');
  },
  async locate(page) {
    await page.getByText('P7781', { exact: true }).first().click();
    await button(page, 'Wider').click();
  },
  hotspot: (page) => page.getByRole('radio', { name: 'Fan-shaped image' }).check(),
  essay: (page) =>
    page.getByLabel('Your answer', { exact: true }).fill('Read urgent studies at the console of the modality.\n\nDelete nothing, stop prefetching, and tell theatres, the emergency department and the manager on call.'),
};

/** Sits what is to be seen, once: what the browser then keeps, and addresses. `contextWith` makes a new context of a browser. */
export async function prepare(contextWith) {
  const addresses = {};
  const kept = { addresses };
  const context = await contextWith({ viewport: { width: 1280, height: 800 } });
  await context.addInitScript(fixRandomness, 7);
  const page = await context.newPage();
  const keep = () => context.storageState({ indexedDB: true });
  /** Another course in the place of this one, and nothing kept of it. */
  const anew = async (serve) => {
    await page.unrouteAll();
    await page.evaluate(() => localStorage.clear());
    await serve(page);
    await page.goto('about:blank');
  };

  // An exam that was handed in: mostly right, some wrong, in part or not answered.
  await begin(page);
  await answerAll(page, MOUSE, COUNT, (question, n) => plans[['right', 'right', 'wrong', 'partly', n % 3 ? 'right' : 'none'][n % 5]](question));
  await handIn(page, MOUSE);
  addresses.result = address(page);
  addresses.review = addresses.result.replace('/result/', '/review/');

  // An exam that is going on, with answers and flags.
  await begin(page);
  for (let n = 1; n <= 12; n += 1) {
    await arrived(page, `Question ${n} of ${COUNT}`);
    const { question, options } = await shown(page);
    if (n % 4) await give(page, MOUSE, options, plans.right(question));
    if (n % 5 === 0) await page.getByRole('button', { name: 'Flag for review' }).click();
    await button(page, 'Next').click();
  }
  for (const type of ['single', 'multiple', 'numeric', 'short']) {
    addresses[type] = `#/${COURSE}/sit/${await placeOf(page, (question) => question.type === type)}`;
  }
  addresses.case = `#/${COURSE}/sit/${await placeOf(page, (question) => question.vignette)}`;
  kept.begun = (await stored(page)).started;
  kept.exam = await keep();

  // A practice with feedback.
  await begin(page, { practice: { number: 'All' } });
  for (const [name, type, plan] of [['right', 'single', 'right'], ['partly', 'multiple', 'partly'], ['wrong', 'numeric', 'wrong']]) {
    const place = await placeOf(page, (question) => question.type === type && question.topic.startsWith('dicom'));
    addresses[name] = `#/${COURSE}/sit/${place}`;
    await page.goto(`./${addresses[name]}`);
    await arrived(page, new RegExp(`^Question ${place} of`));
    const { question, options } = await shown(page);
    await give(page, MOUSE, options, plans[plan](question));
    await button(page, 'Check my answer').click();
    await page.locator('#feedback').waitFor();
  }
  addresses.choice = `#/${COURSE}/sit/${await placeOf(page, (question) => question.type === 'single' && question.topic.startsWith('hl7'))}`;
  addresses.number = `#/${COURSE}/sit/${await placeOf(page, (question) => question.type === 'numeric' && question.topic.startsWith('hl7'))}`;
  addresses.eachOption = `#/${COURSE}/sit/${await placeOf(page, (question) => question.rule === 'each-option')}`;
  kept.practice = await keep();

  // A question of each rarer type: in an exam, in practice with its feedback, and in a review.
  await anew(serveTypes);
  await begin(page);
  for (const type of TYPES) {
    addresses[type] = `#/${COURSE}/sit/${await goToType(page, type)}`;
    await ANSWER[type](page);
  }
  kept.types = await keep();
  await page.goto(`./#/${COURSE}/check`);
  await arrived(page, 'Check your answers');
  await handIn(page, MOUSE);
  addresses.typesResult = address(page);
  addresses.typesReview = addresses.typesResult.replace('/result/', '/review/');
  await begin(page, { practice: { number: 'All' } });
  for (const type of TYPES) {
    addresses[`${type}Told`] = `#/${COURSE}/sit/${await goToType(page, type)}`;
    await ANSWER[type](page);
    await button(page, 'Check my answer').click();
    await page.locator('#feedback').waitFor();
  }
  kept.typesTold = await keep();

  // A paper under conditions, once to its end.
  await anew(underConditions);
  await begin(page);
  for (let n = 1; n <= conditions.COUNT; n += 1) {
    await conditions.at(page, n);
    await conditions.answer(page, n, n % 3 > 0);
    await page.getByRole('radio', { name: ['1 not very', '2 fairly', '3 very'][n % 3] }).check();
    await button(page, n < conditions.COUNT ? 'Next' : 'Check your answers').click();
  }
  await arrived(page, 'Check your answers');
  await handIn(page, MOUSE);
  addresses.sure = address(page);
  kept.ended = await keep();
  await begin(page);
  kept.conditions = await keep();
  await context.close();
  return kept;
}

const CONDITIONS = ['back: no', 'pause: yes', 'confidence: yes', 'attempts: 2'];
const underConditions = (page) => conditions.serveConditions(page, ...CONDITIONS);
const NUMBER_REFUSED = '1.5.2';
/** Picks a file with this text, of which the page says what it would do. */
const pick = (page, text) =>
  page.getByLabel('A copy, or the script of one sitting').setInputFiles({ name: 'copy.json', mimeType: 'application/json', buffer: Buffer.from(text) });

/**
 * The scenes: a name; what the browser keeps (a key of what was prepared, if anything); an address; what to do there; what to do before. A page that
 * is the app's has a heading that does not begin with `Loading`; one that is not says so by `bare`.
 */
export function scenes(kept) {
  const { addresses } = kept;
  const later = (minutes) => (page) => page.clock.install({ time: kept.begun + minutes * 60_000 });
  const all = [
    ['catalogue', '', '#/'],
    ['catalogue-open-sitting', 'exam', '#/'],
    ['catalogue-for-tutors', '', '#/', (page) => page.getByText('For tutors: try a bank').click()],
    ['about', '', '#/about'],
    ['course', '', `#/${COURSE}`],
    ['course-extra-time', '', `#/${COURSE}`, (page) => page.getByText(/^Extra time: /).click()],
    ['course-practice', '', `#/${COURSE}`, (page) => page.getByRole('radio', { name: /^Practice/ }).check()],
    ['course-no-topic', '', `#/${COURSE}`, async (page) => {
      await page.getByRole('radio', { name: /^Practice/ }).check();
      for (const topic of await page.getByRole('group', { name: 'Topics' }).getByRole('checkbox').all()) await topic.uncheck();
      await button(page, 'Start practice').click();
    }],
    ['course-open-sitting-and-results', 'exam', `#/${COURSE}`],
    ['single', 'exam', addresses.single],
    ['multiple', 'exam', addresses.multiple],
    ['numeric', 'exam', addresses.numeric],
    ['short', 'exam', addresses.short],
    ['case', 'exam', addresses.case],
    ['check', 'exam', `#/${COURSE}/check`],
    ['hand-in', 'exam', `#/${COURSE}/check`, press('Hand in')],
    ['result', 'exam', addresses.result],
    ['transcript', 'exam', addresses.result?.replace('/result/', '/transcript/')],
    ['progress', 'exam', '#/progress'],
    ['progress-of-nothing', '', '#/progress'],
    ['review', 'exam', addresses.review],
    ['review-lost', 'exam', `${addresses.review}/lost`],
    ['review-none', 'exam', `${addresses.review}/flagged`],
    ['practice-right', 'practice', addresses.right],
    ['practice-partly', 'practice', addresses.partly],
    ['practice-wrong', 'practice', addresses.wrong],
    ['practice-not-answered', 'practice', addresses.choice, press('Check my answer')],
    ['practice-none-applies', 'practice', addresses.eachOption, (page) => page.getByRole('checkbox', { name: 'None applies' }).check()],
    ['practice-number-refused', 'practice', addresses.number, async (page) => {
      await page.locator('#q-answer').fill(NUMBER_REFUSED);
      await button(page, 'Check my answer').click();
    }],
    ['navigator', 'exam', addresses.single, async (page) => {
      if (!(await page.getByRole('navigation', { name: 'Questions' }).isVisible())) await page.getByText(/^All questions: /).click();
      await page.getByRole('navigation', { name: 'Questions' }).scrollIntoViewIfNeeded();
    }],
    ['time-low', 'exam', addresses.single, null, later(56)],
    ['time-up', 'exam', addresses.single, (page) => page.getByRole('heading', { name: 'Time is up' }).waitFor(), later(90)],
    ...TYPES.map((type) => [`type-${type}`, 'types', addresses[type], null, serveTypes]),
    ['type-check', 'types', `#/${COURSE}/check`, null, serveTypes],
    ...TYPES.map((type) => [`type-${type}-told`, 'typesTold', addresses[`${type}Told`], null, serveTypes]),
    ['type-result', 'typesTold', addresses.typesResult, null, serveTypes],
    ['type-review', 'typesTold', addresses.typesReview, null, serveTypes],
    ['type-marks-missing', 'typesTold', addresses.essayTold, press('Save these marks'), serveTypes],
    ['conditions-course', '', `#/${COURSE}`, null, underConditions],
    ['conditions-used-up', 'conditions', `#/${COURSE}`, null, underConditions],
    ['conditions-question', 'conditions', `#/${COURSE}/sit`, null, underConditions],
    ['conditions-warned', 'conditions', `#/${COURSE}/sit`, press('Next'), underConditions],
    ['conditions-paused', 'conditions', `#/${COURSE}/sit`, press('Pause'), underConditions],
    ['conditions-left', 'conditions', `#/${COURSE}/sit`, async (page) => {
      await conditions.hide(page, true);
      await page.clock.fastForward(70_000);
      await conditions.hide(page, false);
      await page.getByText(/^You left this page/).waitFor();
    }, async (page) => {
      await underConditions(page);
      await page.clock.install({ time: Date.now() });
    }],
    ['conditions-result', 'ended', addresses.sure, null, underConditions],
    ['try', '', '#/try/questions/level-2/dicom.md'],
    ['try-not-answered', '', '#/try/questions/level-2/dicom.md', press('Check my answer')],
    ['try-with-errors', '', '#/try/questions/level-2/hl7.md', null, (page) =>
      page.route(/\/hl7\.md$/, (route) => route.fulfill({ contentType: 'text/markdown', body: withErrors() }))],
    ['try-nothing', '', '#/try'],
    ['bank-missing', '', `#/${COURSE}`, null, (page) => alter(page, 'hl7.md', { status: 404 })],
    ['bank-with-errors', '', `#/${COURSE}`, null, (page) => alter(page, 'hl7.md', withErrors(), { listed: true })],
    ['bank-changed', 'exam', addresses.single, null, (page) => alter(page, 'hl7.md', `${readFile('hl7.md')}\n[^new]: Another source\n`, { listed: true })],
    ['sitting-without-its-bank', 'exam', addresses.single, null, (page) => alter(page, 'hl7.md', { status: 404 })],
    ['course-missing', '', `#/${COURSE}`, null, (page) => alter(page, 'README.md', { status: 404 })],
    ['record-set-aside', 'exam', `#/${COURSE}`, null, damage],
    ['data', 'exam', '#/data'],
    ['data-set-aside', 'exam', `#/${COURSE}`, async (page) => {
      await page.getByText('We set aside a damaged record').waitFor();
      await page.goto('./#/data');
      await arrived(page, 'Your data');
    }, damage],
    ['data-file-refused', 'exam', '#/data', async (page) => {
      await pick(page, 'nothing of ours');
      await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    }],
    ['data-file-offered', '', '#/data', async (page) => {
      await pick(page, openIn(kept));
      await arrived(page, 'What the file would do');
    }],
    ['data-file-that-differs', 'exam', '#/data', (page) => pickDiffering(page, kept)],
    ['data-file-brought-in', 'exam', '#/data', async (page) => {
      await pickDiffering(page, kept);
      await button(page, 'Bring it in').click();
      await page.getByRole('heading', { name: 'The file was brought in' }).waitFor();
      await page.getByText('Each sitting').click();
    }],
    ['data-erase', 'exam', '#/data', async (page) => {
      await button(page, 'Erase everything…').click();
      await arrived(page, 'Erase everything?');
    }],
    ['another-tab', 'exam', addresses.single, null, async (page) => {
      const other = await page.context().newPage();
      await other.goto(`./${addresses.single}`);
      await opened(other, /^Question/);
    }],
    ['no-sitting', '', `#/${COURSE}/sit`],
    ['no-result', '', `#/${COURSE}/result/none`],
    ['page-not-found', '', '#/nope/x'],
    ['no-store', '', `#/${COURSE}`, press('Start the exam'), noStore],
    ['no-store-result', '', `#/${COURSE}`, async (page) => {
      await press('Start the exam')(page);
      await arrived(page, /^Question/);
      await page.goto(`./#/${COURSE}/check`);
      await arrived(page, 'Check your answers');
      await handIn(page, MOUSE);
    }, noStore],
    ['store-full', 'exam', addresses.short, async (page) => {
      await page.getByLabel('Your answer', { exact: true }).fill('something');
      await page.getByText("Not saved: the browser's store is full").waitFor();
    }, (page) => page.addInitScript(() => {
      Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };
    })],
    ['without-scripts', '', '#/', (page) => page.getByText('needs JavaScript and WebAssembly').waitFor(), withoutScripts, 'bare'],
    ['cannot-start', '', '#/', (page) => page.getByRole('alert').first().waitFor(), (page) => page.route(/\.wasm$/, (route) => route.fulfill({ status: 404 })), 'bare'],
  ];
  return all.map(([name, of, at, act, before, bare]) => ({ name, state: of ? kept[of] : undefined, address: at, act, before, bare: Boolean(bare) }));
}

const noStore = (page) => page.addInitScript(() =>
  Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } }));
/** The static page as a browser without scripts shows it: what measures it needs scripts. */
const withoutScripts = (page) => page.route((url) => url.pathname === '/', async (route) => {
  const body = (await (await route.fetch()).text())
    .replace(/<script(?![^>]*application\/json)[\s\S]*?<\/script>/g, '')
    .replace(/<link [^>]*(modulepreload|preload)[^>]*>/g, '')
    .replaceAll(/<\/?noscript>/g, '');
  await route.fulfill({ contentType: 'text/html; charset=utf-8', body });
});
/** The record of the exam that is going on. */
const openIn = (kept) => kept.exam.origins[0].localStorage.find(({ name }) => name === OPEN).value;
/** Picks the open sitting as another: the device keeps one, so that the page asks which. */
async function pickDiffering(page, kept) {
  await pick(page, openIn(kept).replace(/"id":"\w+"/, '"id":"other"'));
  await arrived(page, 'What the file would do');
}

const withErrors = () => readFile('hl7.md').replace('- [x] `~`', '- [ ] `~`').replace('`12`', '`twelve`');
const damage = (page) => page.addInitScript((key) => {
  if (!sessionStorage.getItem('damaged')) localStorage.setItem(key, 'garbage');
  sessionStorage.setItem('damaged', 'once');
}, OPEN);

/** Opens a scene in a new page of a context that has its state. */
export async function open(context, scene) {
  const page = await context.newPage();
  await page.addInitScript(fixRandomness, 7);
  await scene.before?.(page);
  await page.goto(`./${scene.address}`);
  if (!scene.bare) await opened(page, /^(?!Loading)./);
  await scene.act?.(page);
  return page;
}
