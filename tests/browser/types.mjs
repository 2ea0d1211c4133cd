// A course of one question of each type that the shipped banks do not all have, in the place of the course that they stand in.

import { readFileSync } from 'node:fs';
import { serveCourse } from './altered.mjs';
import { COURSE } from './bank.mjs';
import { arrived, stored } from './test.mjs';

const read = (name) => readFileSync(new URL(`banks/${name}`, import.meta.url), 'utf8');

/** The types, as the bank's ids end. */
export const TYPES = ['order', 'match', 'extended', 'cloze', 'locate', 'hotspot', 'essay'];

/** Serves the page or context the course of `banks/` instead. */
export async function serveTypes(page) {
  await serveCourse(page, read('README.md'), { name: 'types.md', text: read('types.md'), questions: TYPES.length });
  await page.route(/\/img\/frame\.svg$/, (route) => route.fulfill({ contentType: 'image/svg+xml', body: read('frame.svg') }));
}

/** Goes to the question of a type, in the open sitting. */
export async function goToType(page, type) {
  const { items } = await stored(page);
  const place = items.findIndex((item) => item.question === `types-${type}`) + 1;
  await page.goto(`./#/${COURSE}/sit/${place}`);
  await arrived(page, `Question ${place} of ${items.length}`);
  return place;
}

/** The response that stands in the open sitting for the question of a type; undefined when there is none. */
export async function standing(page, type) {
  const { events } = await stored(page);
  const of = events.filter((event) => event.question === `types-${type}` && ['answer', 'clear'].includes(event.do));
  return of.at(-1)?.response;
}
