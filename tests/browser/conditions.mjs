// A course of eight questions in the order of their numbers, one mark each and two for the seventh, under conditions of its own.

import { readFileSync } from 'node:fs';
import { serveCourse } from './altered.mjs';
import { arrived, expect } from './test.mjs';

export const COUNT = 8;
const bank = readFileSync(new URL('banks/conditions.md', import.meta.url), 'utf8');
const ROWS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];

/** Serves the page or context this course instead; `allowed` are lines of its front matter, such as `back: no`. */
export async function serveConditions(page, ...allowed) {
  const course = `---
tierwise: 1
title: Under conditions
tier: 3
minutes: 30
pass: 50 %
${allowed.join('\n')}
---

Eight questions.

## Blueprint

| Bank | Topic | Easy | Middling | Hard |
| --- | --- | --- | --- | --- |
${ROWS.map((row) => `| conditions.md | hl7/${row} | 0 | 1 | 0 |`).join('\n')}
`;
  await serveCourse(page, course, { name: 'conditions.md', text: bank, questions: COUNT });
}

export const next = (page) => page.getByRole('button', { name: 'Next', exact: true });

/** Waits for question `n`, counted from 1. */
export const at = (page, n) => arrived(page, `Question ${n} of ${COUNT}`);

/** Answers question `n`, which is shown: rightly or not. */
export async function answer(page, n, right = true) {
  if (n < 7) await page.getByRole('radio', { name: right ? 'It is this one' : 'It is not this one' }).check();
  else await page.getByLabel('Your answer', { exact: true }).fill({ 7: right ? 'Seven ' : 'ate', 8: right ? '8.0' : '7' }[n]);
}

/** Of the result: the marks, the verdict and what else stands in it. */
export async function expectMarks(page, marks, verdict) {
  const score = page.getByRole('region', { name: 'Score' });
  await expect(score).toContainText(`${marks} of 9 marks; the pass mark is 4 1/2.`);
  await expect(score.getByText(verdict, { exact: true })).toBeVisible();
}

/** Hides the page, or shows it again. Chromium without a window never hides one, whatever other tab is in front, so the page is told that it is. */
export const hide = (page, hidden) =>
  page.evaluate((hidden) => {
    for (const [name, value] of [['hidden', hidden], ['visibilityState', hidden ? 'hidden' : 'visible']]) {
      Object.defineProperty(document, name, { configurable: true, get: () => value });
    }
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, hidden);
