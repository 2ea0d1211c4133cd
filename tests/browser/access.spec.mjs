// WCAG 2.2, level AA, on every page and state of scenes.mjs, as far as a program can measure it: axe, names and headings, reflow, spacing, targets, motion.
// What is told of focus, colours and errors is in told.spec.mjs. What only people can tell is for people to test; the About page says what was.

import { expectClean } from './clean.mjs';
import { scenes } from './scenes.mjs';
import { SPOKEN } from './spoken.mjs';
import { test } from './staged.mjs';
import { expect, noSidewaysScroll } from './test.mjs';

/** What WCAG 1.4.12 asks a page to stand. */
const SPACING = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }`;

/** What may scroll sideways by itself: WCAG 1.4.10 leaves out what needs two dimensions for its meaning. */
const TWO_DIMENSIONS = 'pre, .tw-scroll, .tw-message, .tw-hotspot';

/** Elements whose text is cut off. */
const cutOff = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => {
        const style = getComputedStyle(element);
        if (element.closest('.tw-visually-hidden, svg, [aria-hidden=true]') || !element.checkVisibility()) return false;
        const hides = (value) => value === 'hidden' || value === 'clip';
        return (
          (hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1) || (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1)
        );
      })
      .map((element) => element.outerHTML.slice(0, 150)),
  );

/** What hangs out of the window at the side, but for what may scroll by itself. */
const overTheEdge = (page) =>
  page.evaluate((free) => {
    const width = document.documentElement.clientWidth;
    return [...document.querySelectorAll('main *, header *, footer *')]
      .filter((element) => !element.closest('.tw-visually-hidden, svg') && !element.parentElement.closest(free) && element.checkVisibility())
      .filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && (box.right > width + 1 || box.left < -1);
      })
      .map((element) => element.outerHTML.slice(0, 150));
  }, TWO_DIMENSIONS);

/**
 * Targets under 24 by 24 pixels that WCAG 2.5.8 does not let pass: not links in a sentence, nor what stands far enough from all others. A label belongs to
 * the target; so do parts of a message that hold others, since "Wider" comes to them too.
 */
const tooSmall = (page) =>
  page.evaluate(() => {
    const SIZE = 24;
    const targets = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [role=treeitem]:not([aria-expanded])')]
      .filter((element) => element.checkVisibility() && !element.closest('.tw-visually-hidden, .tw-skip') && !element.disabled)
      .map((element) => {
        const boxes = [element, ...(element.labels ?? [])].map((one) => one.getBoundingClientRect());
        const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
        const [right, bottom] = [Math.max(...boxes.map((box) => box.right)), Math.max(...boxes.map((box) => box.bottom))];
        const small = right - left < SIZE - 0.5 || bottom - top < SIZE - 0.5;
        const style = getComputedStyle(element);
        const around = element.closest('p, li, td, th, dd, caption');
        const inText = around !== null && element.matches('a') && style.display === 'inline' && around.textContent.trim() !== element.textContent.trim();
        return { element, left, top, right, bottom, x: (left + right) / 2, y: (top + bottom) / 2, small, inText };
      });
    const near = (one, other) => {
      if (other.small) return Math.hypot(one.x - other.x, one.y - other.y) < SIZE;
      const [x, y] = [Math.max(other.left - one.x, 0, one.x - other.right), Math.max(other.top - one.y, 0, one.y - other.bottom)];
      return Math.hypot(x, y) < SIZE / 2;
    };
    return targets
      .filter((one) => one.small && !one.inText && targets.some((other) => other !== one && near(one, other)))
      .map((one) => `${Math.round(one.right - one.left)} × ${Math.round(one.bottom - one.top)}: ${one.element.outerHTML.slice(0, 150)}`);
  });

/** The nodes of the accessibility tree: `{ role, name, level }` of each that assistive technology is told of. */
async function accessibilityTree(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes
    .filter((node) => !node.ignored)
    .map((node) => ({
      role: node.role?.value,
      name: node.name?.value ?? '',
      level: node.properties?.find(({ name }) => name === 'level')?.value.value,
    }));
}

/** What is operated, and what is gone to by its name, has one. */
const NAMED = [
  'button', 'link', 'textbox', 'combobox', 'checkbox', 'radio', 'radiogroup', 'treeitem', 'tree', 'navigation', 'region', 'image', 'heading', 'DisclosureTriangle',
];

/** Landmarks, headings and names, of the accessibility tree. */
async function expectStructure(page, bare) {
  const tree = await accessibilityTree(page);
  const of = (role) => tree.filter((node) => node.role === role);
  expect(tree.filter(({ role, name }) => NAMED.includes(role) && !name.trim()), 'everything has a name').toEqual([]);
  const headings = of('heading');
  const firsts = headings.filter(({ level }) => level === 1);
  if (bare) return;
  expect(firsts, 'one h1').toHaveLength(1);
  const levels = headings.map(({ level }) => level);
  // A summary of errors, and a notice, stand above the h1.
  const from = levels.indexOf(1);
  levels.slice(from).reduce((before, level, at) => {
    expect(level, `heading "${headings[from + at].name}" is no more than a level below the one before`).toBeLessThanOrEqual(before + 1);
    return level;
  });
  expect([of('main').length, of('banner').length, of('contentinfo').length], 'one main, one banner, one contentinfo').toEqual([1, 1, 1]);
  const names = of('navigation').map(({ name }) => name);
  expect(new Set(names).size, 'navigations are told apart').toBe(names.length);
  // The page's own name, without that of the course before it. The catalogue has a slogan.
  const name = firsts[0].name.replace(/^.* (?=Your result$|Review$|Transcript$)/, '').replace('Know what moves the images', 'Courses');
  await expect.poll(async () => (await page.title()).replace(/^Error: /, ''), 'the title is that of the page').toBe(`${name} – Tierwise`);
}

// Their names are needed before they are prepared.
const NAMES = scenes({ addresses: {} }).map(({ name }) => name);

for (const name of NAMES) {
  test(`${name}: axe, structure, reflow, spacing, targets, motion`, async ({ stage, staged }) => {
    // 1280 by 1024 pixels at 400 %.
    const page = await stage(name, { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4, reducedMotion: 'reduce' });
    await page.addStyleTag({ content: '* { content-visibility: visible !important }' });
    expect(await page.evaluate(() => document.getAnimations().length), 'nothing moves').toBe(0);
    await expectStructure(page, staged[name].bare);
    for (const [zoom, width, height] of [['400 %', 320, 256], ['200 %', 640, 512]]) {
      await page.setViewportSize({ width, height });
      await noSidewaysScroll(page);
      expect.soft(await overTheEdge(page), `${zoom}: over the edge`).toEqual([]);
      expect.soft(await cutOff(page), `${zoom}: cut off`).toEqual([]);
      expect.soft(await tooSmall(page), `${zoom}: too small to hit`).toEqual([]);
    }
    await expectClean(page, name);
    await page.addStyleTag({ content: SPACING });
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 640 });
      await noSidewaysScroll(page);
      expect.soft(await overTheEdge(page), `spaced out at ${width}: over the edge`).toEqual([]);
      expect.soft(await cutOff(page), `spaced out at ${width}: cut off`).toEqual([]);
    }
    const [within, snapshot] = SPOKEN[name] ?? [];
    if (snapshot) await expect.soft(page.locator(within).first()).toMatchAriaSnapshot(snapshot);
  });
}

test('what is said of scenes is of scenes that there are', () => {
  expect(Object.keys(SPOKEN).filter((name) => !NAMES.includes(name))).toEqual([]);
});
