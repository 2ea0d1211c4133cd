// The seven types beyond options and fields: each answered by keyboard, by mouse and by touch, marked exactly, and clean by axe.

import AxeBuilder from '@axe-core/playwright';
import { readFileSync } from 'node:fs';
import { COURSE, essence, readBank } from './bank.mjs';
import { KEYBOARD, begin, handIn, pressEnter, tabTo } from './sitting.mjs';
import { arrived, expect, noSidewaysScroll, test, title } from './test.mjs';
import { TYPES, goToType, serveTypes, standing } from './types.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const point = (page, position) => page.getByRole('treeitem', { name: position, exact: true });

/** Chooses an option of a select by the arrow keys alone. */
async function select(page, control, text) {
  const options = await control.getByRole('option', { includeHidden: true }).allInnerTexts();
  await tabTo(page, control);
  for (let steps = options.findIndex((option) => option.trim().endsWith(text)); steps > 0; steps -= 1) await page.keyboard.press('ArrowDown');
}

async function arrows(page, ...keys) {
  for (const key of keys) await page.keyboard.press(`Arrow${key}`);
}

/** The items of an ordering question, as they stand. */
const items = async (page) => (await page.locator('.tw-order__text').allInnerTexts()).map((text) => text.trim());

const ORDER = ['The modality sends the images', 'The modality asks for commitment', 'The archive answers', 'The modality deletes'];
const place = (all, start) => all.findIndex((text) => text.startsWith(start));

/** How each type is answered by keyboard alone; what then stands in the script; what it earns, of how many. */
const BY_KEYBOARD = {
  order: {
    async answer(page) {
      for (const [at, start] of ORDER.entries()) {
        const from = place(await items(page), start);
        if (from > at) await tabTo(page, page.getByRole('button', { name: `Move up ${start}` }));
        for (let now = from; now > at; now -= 1) {
          await page.keyboard.press('Enter');
          await expect(page.getByRole('status').filter({ hasText: 'Moved' })).toHaveText(`Moved to ${now} of 4`);
          // The focus stays with the item; at the top its other button takes it.
          await expect(page.getByRole('button', { name: `Move ${now > 1 ? 'up' : 'down'} ${start}` })).toBeFocused();
        }
      }
    },
    response: ['a', 'b', 'c', 'd'],
    earned: '1 of 1 mark',
  },
  match: {
    async answer(page) {
      await select(page, page.getByLabel('A patient is admitted'), 'ADT^A01');
      await select(page, page.getByLabel('Two records of one patient are merged'), 'SIU^S12');
    },
    response: ['a', 'd', ''],
    earned: '1 of 3 marks',
  },
  extended: {
    async answer(page) {
      await select(page, page.getByLabel('Two hospitals number'), '(PIX)');
      await select(page, page.getByLabel('Logs of two systems'), '(ATNA)');
    },
    response: ['a', 'd'],
    earned: '1 of 2 marks',
  },
  cloze: {
    async answer(page) {
      await select(page, page.getByLabel('Gap 1 of 3'), 'Registry Stored Query');
      await KEYBOARD.type(page, page.getByLabel('Gap 2 of 3'), 'iti-18 ');
      await KEYBOARD.type(page, page.getByLabel('Gap 3 of 3'), 'registry');
    },
    response: ['a', 'iti-18 ', 'registry'],
    earned: '2 of 3 marks',
  },
  locate: {
    async answer(page) {
      await tabTo(page, point(page, 'MSH'));
      await arrows(page, 'Right', 'Right', 'Right');
      await expect(point(page, 'ORC')).toBeFocused();
      await arrows(page, 'Down', 'Right', 'Right');
      await expect(point(page, 'ORC-3')).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page.getByText('You point at ORC-3: F10293')).toBeVisible();
    },
    response: ['ORC-3'],
    earned: '1 of 1 mark',
  },
  hotspot: {
    async answer(page) {
      await tabTo(page, page.getByRole('radio').first());
      await page.keyboard.press('Space');
      await arrows(page, 'Down');
    },
    response: ['b'],
    earned: '0 of 1 mark',
  },
  essay: {
    async answer(page) {
      await KEYBOARD.type(page, page.getByLabel('Your answer', { exact: true }), 'Read at the console. Delete nothing.');
      await expect(page.locator('#q-count')).toHaveText('6 words');
    },
    response: ['Read at the console. Delete nothing.'],
    earned: null,
  },
};

/** No violation on the page as it stands, in either theme. */
async function expectClean(page, state) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] }).analyze();
    const told = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}): ${node.target.join(' ')}: ${node.html}`));
    expect.soft(told, `${state}, ${colorScheme}`).toEqual([]);
  }
}

test.beforeEach(({ page }) => serveTypes(page));

test('an exam of every type by keyboard alone, marked exactly', async ({ page }) => {
  await begin(page);
  for (let n = 1; n <= TYPES.length; n += 1) {
    await arrived(page, `Question ${n} of ${TYPES.length}`);
    const type = await typeShown(page);
    await expectClean(page, `${type}, not answered`);
    expect(await standing(page, type), `${type}: nothing is answered yet`).toBeUndefined();
    await BY_KEYBOARD[type].answer(page);
    expect(await standing(page, type), type).toEqual(BY_KEYBOARD[type].response);
    await expectClean(page, `${type}, answered`);
    await pressEnter(page, button(page, n < TYPES.length ? 'Next' : 'Check your answers'));
  }
  await arrived(page, 'Check your answers');
  await expect(page.locator('main')).toContainText('ORC-3: F10293');
  await expectClean(page, 'check your answers');
  await handIn(page, KEYBOARD);
  // The essay is for somebody to mark: six of seventeen marks are open.
  await expect(page.getByRole('region', { name: 'Score' })).toContainText('6 to 12 of 17 marks');
  await expectClean(page, 'a result that is not settled');
  await pressEnter(page, page.getByRole('link', { name: 'Review every question' }));
  await arrived(page, /Review$/);
  for (const type of TYPES) {
    const article = articleOf(page, type);
    if (BY_KEYBOARD[type].earned) await expect(article, type).toContainText(BY_KEYBOARD[type].earned);
  }
  await expect(articleOf(page, 'match')).toContainText('Left empty');
  await expect(articleOf(page, 'cloze').getByRole('listitem').filter({ hasText: 'Gap 3' })).toContainText(/Wrong.*Your answer: registry.*Right answer: repository/s);
  await expectClean(page, 'a review');

  // Marking one's own essay, by keyboard too.
  const essay = articleOf(page, 'essay');
  await pressEnter(page, essay.getByRole('button', { name: 'Save these marks' }));
  await expect(essay.getByRole('alert')).toHaveText('Choose marks for every criterion');
  await expectClean(page, 'a rubric with a criterion left out');
  for (const [criterion, marks] of [['Keeps care going', '2 of 2'], ['Protects the images', '1 of 2'], ['Tells people', '0 of 2']]) {
    await select(page, essay.getByLabel(criterion), marks);
  }
  await pressEnter(page, essay.getByRole('button', { name: 'Save these marks' }));
  await expect(essay).toContainText('3 of 6 marks');
  await expect(essay).toContainText('your own marking');
  await page.reload();
  await expect(articleOf(page, 'essay')).toContainText('3 of 6 marks');
  await page.getByRole('link', { name: 'Your result' }).click();
  await arrived(page, /Your result$/);
  await expect(page.getByRole('region', { name: 'Score' })).toContainText('9 of 17 marks');
});

test('feedback in practice on every type, with every rationale', async ({ page }) => {
  const bank = readBank(readFileSync(new URL('banks/types.md', import.meta.url), 'utf8'));
  let rationales = 0;
  await begin(page, { practice: { number: 'All' } });
  for (const type of TYPES) {
    await goToType(page, type);
    await button(page, 'Check my answer').click();
    await expectClean(page, `${type}: not answered yet`);
    await BY_KEYBOARD[type].answer(page);
    await button(page, 'Check my answer').click();
    await expect(page.locator('#feedback')).toBeFocused();
    await expectClean(page, `${type}: feedback`);
    const question = bank.find(({ id }) => id === `types-${type}`);
    const told = essence(await page.getByRole('main').innerText());
    for (const { text, rationale } of [...question.options, ...question.items, ...question.rows, ...question.spare].filter((one) => one.rationale)) {
      expect(told, `${type}: the rationale of "${text}"`).toContain(essence(rationale));
      rationales += 1;
    }
    expect(told, `${type}: the explanation`).toContain(essence(question.explanation));
  }
  expect(rationales).toBeGreaterThan(5);
});

test('an order counts once it was moved or confirmed; dragging is one way of several', async ({ page }) => {
  await begin(page);
  await goToType(page, 'order');
  const before = await items(page);
  expect(await standing(page, 'order')).toBeUndefined();
  await button(page, 'Keep this order').click();
  const first = await standing(page, 'order');
  expect(first).toHaveLength(4);
  expect(await items(page)).toEqual(before);
  await expect(button(page, 'Keep this order')).toBeHidden();
  // The first item, by its grip, to below the third.
  const grips = page.locator('.tw-order__grip');
  const [from, to] = [await grips.nth(0).boundingBox(), await grips.nth(2).boundingBox()];
  await page.mouse.move(from.x + 5, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + 5, to.y + to.height, { steps: 10 });
  await page.mouse.up();
  expect(await items(page)).toEqual([before[1], before[2], before[0], before[3]]);
  expect(await standing(page, 'order')).toEqual([first[1], first[2], first[0], first[3]]);
  // What was answered is there again.
  await page.reload();
  await expect(page.locator('.tw-order__text')).toHaveText([before[1], before[2], before[0], before[3]]);
});

test('a message by pointer: the smallest part, then wider and narrower, and back', async ({ page }) => {
  await begin(page);
  await goToType(page, 'locate');
  const told = page.getByText(/^You point at/);
  await page.getByText('9990000018', { exact: true }).click();
  await expect(told).toHaveText('You point at PID-3[1].1: 9990000018');
  expect(await standing(page, 'locate')).toEqual(['PID-3[1].1']);
  await expect(point(page, 'PID-3[1].1')).toHaveAttribute('aria-selected', 'true');
  await button(page, 'Wider').click();
  await expect(told).toHaveText('You point at PID-3[1]: 9990000018^^^NHS^NH');
  await button(page, 'Wider').click();
  await expect(told).toHaveText('You point at PID-3: 9990000018^^^NHS^NH~H00042^^^NORTH^PI');
  await button(page, 'Narrower').click();
  expect(await standing(page, 'locate')).toEqual(['PID-3[1]']);
  await button(page, 'Clear').click();
  await expect(told).toHaveText('You point at nothing yet.');
  expect(await standing(page, 'locate')).toBeUndefined();
});

test('a picture by pointer', async ({ page }) => {
  await begin(page);
  await goToType(page, 'hotspot');
  const box = await page.getByRole('img', { name: /^Sketch of an ultrasound frame/ }).boundingBox();
  await page.mouse.click(box.x + box.width * 0.93, box.y + box.height * 0.5);
  await expect(page.getByRole('radio', { name: 'Grey scale' })).toBeChecked();
  await page.mouse.click(box.x + box.width * 0.5, box.y + box.height * 0.05);
  await expect(page.getByRole('radio', { name: 'Banner along the top' })).toBeChecked();
  expect(await standing(page, 'hotspot')).toEqual(['a']);
});

test('pairs and gaps left empty again are no answer', async ({ page }) => {
  await begin(page);
  await goToType(page, 'match');
  const admitted = page.getByLabel('A patient is admitted');
  await admitted.selectOption('ADT^A01');
  expect(await standing(page, 'match')).toEqual(['a', '', '']);
  await admitted.selectOption('');
  expect(await standing(page, 'match')).toBeUndefined();
  await goToType(page, 'cloze');
  await page.getByLabel('Gap 2 of 3').fill(' x');
  expect(await standing(page, 'cloze')).toEqual(['', ' x', '']);
  await page.getByLabel('Gap 2 of 3').fill(' ');
  expect(await standing(page, 'cloze')).toBeUndefined();
});

test('every type at 320 px, by touch', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await serveTypes(page);
  await begin(page);
  for (const type of TYPES) {
    await goToType(page, type);
    await noSidewaysScroll(page);
  }
  await goToType(page, 'locate');
  await page.getByText('Northtown', { exact: true }).tap();
  await button(page, 'Wider').tap();
  expect(await standing(page, 'locate')).toEqual(['PID-11']);
  await goToType(page, 'order');
  await page.getByRole('button', { name: /^Move down/ }).first().tap();
  expect(await standing(page, 'order')).toHaveLength(4);
  await context.close();
});

/** The type of the question that is shown, by what stands on its page. */
async function typeShown(page) {
  const shown = {
    order: '.tw-order', cloze: '.tw-cloze', locate: '[role=tree]', hotspot: '.tw-hotspot', essay: 'textarea', extended: 'ol[type=A]', match: '.tw-pairs',
  };
  for (const [type, selector] of Object.entries(shown)) {
    if (await page.locator(selector).count()) return type;
  }
  throw new Error(`${await title(page).innerText()} is of no known type`);
}

const TITLES = {
  order: 'A storage commitment', match: 'Which trigger', extended: 'Which profile', cloze: 'From registry', locate: "The filler's number", hotspot: 'A name in the pixels', essay: 'The archive is full',
};
const articleOf = (page, type) => page.getByRole('article').filter({ has: page.getByRole('heading', { level: 2, name: TITLES[type] }) });
