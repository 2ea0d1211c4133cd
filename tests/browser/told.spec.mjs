// What is told, and how: by focus, by colours that differ enough and without colours, by errors, by names in the accessibility tree.

import { test } from './staged.mjs';
import { expect } from './test.mjs';

test.describe('in forced colours', () => {
  const forced = { forcedColors: 'active' };
  /** What an element is drawn with. */
  const drawn = (locator, pseudo = null) =>
    locator.evaluate((element, pseudo) => {
      const style = getComputedStyle(element, pseudo);
      return Object.fromEntries(['borderColor', 'borderBlockEndWidth', 'borderStyle', 'backgroundColor', 'color', 'outlineStyle', 'outlineWidth', 'fill', 'stroke', 'strokeDasharray'].map((name) => [name, style[name]]));
    }, pseudo);

  test('what is chosen, marked or come to is told without our colours', async ({ stage }) => {
    const single = await stage('single', forced);
    const [chosen, other] = [single.locator('.tw-choice__input:checked + label'), single.locator('.tw-choice__input:not(:checked) + label').first()];
    expect((await drawn(chosen)).borderColor).not.toBe((await drawn(other)).borderColor);
    // The browser's own radio, which knows the scheme.
    await expect(single.locator('.tw-choice__input:checked')).toHaveCSS('appearance', 'auto');
    await single.getByRole('button', { name: 'Next' }).focus();
    await single.keyboard.press('Shift+Tab');
    expect((await drawn(single.locator(':focus'))).outlineStyle).toBe('solid');

    // Steps of the navigator: by their shape.
    const steps = single.locator('.tw-navigator__grid');
    const shapes = [];
    for (const state of ['answered', 'seen', 'unseen']) {
      const { borderStyle, borderBlockEndWidth } = await drawn(steps.locator(`.tw-step--${state}:not([aria-current])`).first());
      shapes.push(`${borderStyle} ${borderBlockEndWidth}`);
    }
    expect(new Set(shapes).size).toBe(3);
    const flag = steps.locator('.tw-step--flagged').first();
    expect((await drawn(flag, '::after')).backgroundColor).not.toBe((await drawn(flag)).backgroundColor);

    // A point in a message, and a region of a picture.
    const locate = await stage('type-locate', forced);
    const points = (selected) => locate.locator(`[role=treeitem][aria-selected=${selected}]:not([aria-expanded])`).first();
    const chosenPoint = locate.locator('[role=treeitem][aria-selected=true]');
    expect((await drawn(chosenPoint)).backgroundColor).not.toBe((await drawn(points('false'))).backgroundColor);
    const hotspot = await stage('type-hotspot', forced);
    expect((await drawn(hotspot.locator('.tw-hotspot__region--chosen'))).stroke).not.toBe('none');

    // Key and wrong answer: in words, and by a mark of their own.
    const told = await stage('practice-partly', forced);
    await expect(told.locator('.tw-marked__option--key .tw-tag').first()).toContainText(/right/i);
    const hotspotTold = await stage('type-hotspot-told', forced);
    const [key, wrong] = [await drawn(hotspotTold.locator('.tw-hotspot__region--key')), await drawn(hotspotTold.locator('.tw-hotspot__region--wrong'))];
    expect(key.strokeDasharray).not.toBe(wrong.strokeDasharray);
    const locateTold = await stage('type-locate-told', forced);
    expect((await drawn(locateTold.locator('.tw-message__key').first())).borderStyle).not.toBe((await drawn(locateTold.locator('.tw-message__wrong').first())).borderStyle);
    // The result's bars and scale.
    const result = await stage('result', forced);
    const track = await drawn(result.locator('main .tw-bar__track').first());
    expect(track.fill).not.toBe((await drawn(result.locator('main .tw-bar__fill').first())).fill);
  });
});

/** Goes through the page by Tab, and calls `see` at each stop. */
async function walk(page, see, most = 400) {
  await page.evaluate(() => document.activeElement.blur());
  await page.evaluate(() => window.scrollTo(0, 0));
  const first = await page.locator('.tw-skip').elementHandle();
  await first.focus();
  let stops = 0;
  for (; stops < most; stops += 1) {
    await page.keyboard.press('Tab');
    const on = await page.evaluate(() => document.activeElement !== document.body && !document.activeElement.matches('.tw-skip'));
    if (!on) break;
    await see();
  }
  return stops;
}

for (const [width, height] of [[1280, 720], [320, 568]]) {
  test(`focus is seen and not covered at ${width} by ${height}`, async ({ stage }) => {
    for (const [name, least] of [['single', 20], ['type-locate', 10], ['type-order', 10], ['course-practice', 15], ['review-lost', 10], ['check', 50]]) {
      const page = await stage(name, { viewport: { width, height } });
      const faults = [];
      const stops = await walk(page, async () => {
        const fault = await page.evaluate(() => {
          const element = document.activeElement;
          const shown = element.matches('input[type=radio], input[type=checkbox]') ? [element, ...element.labels] : [element];
          const what = element.outerHTML.slice(0, 120);
          const style = getComputedStyle(element);
          if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return `no ring: ${what}`;
          const bar = document.querySelector('.tw-sitbar');
          const sticky = bar && getComputedStyle(bar).position === 'sticky' && !bar.contains(element);
          const top = sticky ? bar.getBoundingClientRect().bottom : 0;
          const box = shown[0].getBoundingClientRect();
          const fits = box.height < innerHeight - top;
          if (box.bottom <= top + 1 || box.top >= innerHeight - 1) return `out of sight: ${what}`;
          if (fits && (box.top < top - 1 || box.bottom > innerHeight + 1)) return `half covered: ${what}`;
          return null;
        });
        if (fault) faults.push(fault);
      });
      expect(stops, `${name}: stops`).toBeGreaterThanOrEqual(width > 900 ? least : 4);
      expect.soft(faults, name).toEqual([]);
    }
  });
}

test('a form that is refused says so at the top, with a link to the field, and takes it back', async ({ stage }) => {
  const refused = [
    ['course-no-topic', 'Choose one topic or more', (page) => page.getByRole('checkbox').first()],
    ['practice-not-answered', 'Answer the question first', (page) => page.getByRole('radio').first()],
    ['practice-number-refused', 'Enter a number in digits, such as 1.5', (page) => page.locator('#q-answer')],
    ['data-file-refused', 'copy.json cannot be brought in: this is neither a copy of all records nor a script of Tierwise. Nothing was changed.', (page) => page.locator('#import')],
    ['try-not-answered', 'Answer the question first', (page) => page.locator('main').getByRole('radio').first()],
  ];
  for (const [name, words, field] of refused) {
    const page = await stage(name);
    const summary = page.getByRole('alert');
    await expect(summary, name).toBeFocused();
    await expect(summary, name).toBeInViewport();
    await expect(summary, name).toMatchAriaSnapshot(`
      - alert "There is a problem":
        - heading "There is a problem" [level=2]
        - list:
          - listitem:
            - 'link "${words}"'
    `);
    await expect(page, name).toHaveTitle(/^Error: .+ – Tierwise$/);
    const address = page.url();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(field(page), name).toBeFocused();
    expect(page.url(), 'the address is that of the page').toBe(address);
    // At the field, too: it or its group is described by the words.
    const described = field(page).locator('xpath=ancestor-or-self::*[@aria-describedby][1]');
    await expect(described, name).toHaveAccessibleDescription(new RegExp(`Error: ${words}`));
    if (/number|file/.test(name)) await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
  }

  // Put right, the summary and the mark in the title are gone.
  const number = await stage('practice-number-refused');
  await number.locator('#q-answer').fill('12');
  await expect(number.getByRole('alert')).toHaveCount(0);
  await expect(number).toHaveTitle(/^Question \d+ of \d+ – Tierwise$/);
  const choice = await stage('practice-not-answered');
  await choice.getByRole('button', { name: 'Check my answer' }).click();
  await expect(choice.getByRole('alert'), 'one summary, however often').toHaveCount(1);
  await choice.getByRole('radio').first().check();
  await expect(choice.getByRole('alert')).toHaveCount(0);
  const course = await stage('course-no-topic');
  await course.getByRole('radio', { name: /^Exam/ }).check();
  await expect(course.getByRole('alert')).toHaveCount(0);
});

// The pairs of tokens that stand on each other, and how much they must differ: 4.5 for text, 3 for what else has to be told (WCAG 1.4.3, 1.4.11).
const GROUNDS = ['paper', 'surface', 'sunken', 'tint'];
const PAIRS = [
  ...['ink', 'soft', 'link', 'link-hover'].flatMap((text) => GROUNDS.map((ground) => [text, ground, 4.5])),
  ...['right', 'wrong', 'warn'].flatMap((text) => [[text, `${text}-tint`, 4.5], [text, 'surface', 4.5], [text, 'paper', 4.5], ['ink', `${text}-tint`, 4.5], ['soft', `${text}-tint`, 4.5], ['link', `${text}-tint`, 4.5]]),
  ['action-ink', 'action', 4.5], ['action-ink', 'action-hover', 4.5], ['head-ink', 'head', 4.5], ['head-soft', 'head', 4.5], ['focus-ink', 'focus', 4.5],
  ...['control', 'tier', 'link'].flatMap((part) => ['paper', 'surface'].map((ground) => [part, ground, 3])),
  ['head-tier', 'head', 3], ['ink', 'tier-off', 3], ['tier', 'tier-off', 3],
];

for (const theme of ['light', 'dark']) {
  test(`colours of the ${theme} theme differ enough`, async ({ stage }) => {
    const page = await stage('about', { colorScheme: theme });
    const measured = await page.evaluate((pairs) => {
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      const style = getComputedStyle(document.documentElement);
      const luminance = (name) => {
        canvas.fillStyle = style.getPropertyValue(`--tw-${name}`);
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ratio = (a, b) => {
        const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
        return (light + 0.05) / (dark + 0.05);
      };
      // A ring of two colours is seen where either differs enough from the ground.
      const rings = ['paper', 'surface', 'sunken', 'tint', 'head', 'action'].map((ground) => [`focus ring on ${ground}`, '', 3, Math.max(ratio('focus', ground), ratio('focus-ink', ground))]);
      return [...pairs.map(([a, b, least]) => [a, b, least, ratio(a, b)]), ...rings];
    }, PAIRS);
    const told = measured.map(([a, b, least, ratio]) => `${a} ${b}: ${ratio.toFixed(2)} of ${least}`);
    expect(told.filter((_, at) => measured[at][3] < measured[at][2])).toEqual([]);
    // The least of all, for the record.
    test.info().annotations.push({ type: 'contrast', description: told.join('; ') });
  });
}

test('both ways to the dark theme are the same', async ({ stage }) => {
  const tokens = (page) =>
    page.evaluate(() => {
      const names = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)).join('').match(/--tw-[\w-]+(?=:)/g);
      return Object.fromEntries([...new Set(names)].map((name) => [name, getComputedStyle(document.documentElement).getPropertyValue(name)]));
    });
  const byDevice = await stage('about', { colorScheme: 'dark' });
  const chosen = await stage('about', { colorScheme: 'light' });
  await chosen.getByRole('radio', { name: 'Dark' }).check();
  const [a, b] = [await tokens(byDevice), await tokens(chosen)];
  expect(Object.keys(a).length).toBeGreaterThan(20);
  expect(b).toEqual(a);
});

test('nothing moves for those who ask for that, and only what waits moves for others', async ({ stage }) => {
  for (const [reducedMotion, most] of [['reduce', 0], ['no-preference', 5]]) {
    const page = await stage('about', { reducedMotion });
    const moving = await page.evaluate(() => {
      const loader = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      loader.setAttribute('class', 'tw-loader');
      for (let tier = 0; tier < 5; tier += 1) loader.append(document.createElementNS('http://www.w3.org/2000/svg', 'rect'));
      document.body.append(loader);
      return document.getAnimations().length;
    });
    expect(moving, reducedMotion).toBe(most);
  }
});
