// The part of the app that comes after the first question (scripts/split.mjs).

import { expect } from '@playwright/test';
import { COURSE, questions } from './bank.mjs';
import { begin, shown } from './sitting.mjs';
import { stored, test, title } from './test.mjs';

const LATER = /_later\.wasm$/;

/** Sees the requests for the later part, and lets them through or not. */
async function watchLater(page, allowed) {
  const seen = [];
  await page.route(LATER, (route) => {
    seen.push(route.request().resourceType());
    return allowed ? route.continue() : route.abort();
  });
  return seen;
}

test('a first question is shown and answered without the later part', async ({ page, watch }) => {
  watch.allow(/Failed to load resource|Failed to fetch/);
  await begin(page);
  await watchLater(page, false);
  // Those that are chosen or typed: what rarer types are answered with comes later.
  const { items } = await stored(page);
  const isPlain = (item) => ['single', 'multiple', 'numeric', 'short'].includes(questions.find(({ id }) => id === item.question).type);
  const plain = items.flatMap((item, at) => (isPlain(item) ? [at + 1] : [])).slice(0, 5);
  for (const number of plain) {
    await page.goto(`./#/${COURSE}/sit/${number}`);
    await page.reload();
    await expect(title(page)).toContainText(`Question ${number} of`);
    const { options } = await shown(page);
    if (options.length > 0) {
      await page.getByRole('group').getByRole('radio').or(page.getByRole('checkbox')).first().check();
    } else {
      await page.getByLabel('Your answer', { exact: true }).fill('1');
    }
    await expect(page.getByText(/^Saved \d/)).toBeVisible();
  }
});

test('the later part is fetched once a question has been painted, and not before; elsewhere at once', async ({ page }) => {
  const seen = await watchLater(page, true);
  const order = [];
  page.on('request', (request) => order.push(request.url().replace(/.*\//, '')));
  await page.goto(`./#/${COURSE}`);
  await expect(page.getByRole('button', { name: 'Start the exam' })).toBeVisible();
  expect(seen.filter((kind) => kind === 'fetch')).toEqual(['fetch']);

  await begin(page);
  order.length = 0;
  await page.reload();
  await expect(title(page)).toContainText('Question 1 of');
  const at = (pattern) => order.findIndex((name) => pattern.test(name));
  await expect.poll(() => at(LATER)).toBeGreaterThan(-1);
  expect(at(/dicom\.md$/)).toBeGreaterThan(-1);
  expect(at(LATER)).toBeGreaterThan(at(/dicom\.md$/));
});

test('what is asked for before the later part has come brings it at once', async ({ page, watch }) => {
  watch.allow(/Failed to load resource|Failed to fetch/);
  await begin(page);
  // The fetch ahead of time fails.
  const seen = [];
  await page.route(LATER, (route) => {
    seen.push(route.request().resourceType());
    return route.request().resourceType() === 'xhr' ? route.continue() : route.abort();
  });
  await page.reload();
  await expect(title(page)).toContainText('Question 1 of');
  await expect.poll(() => seen).toEqual(['fetch']);
  await page.getByRole('link', { name: 'Check your answers' }).click();
  await expect(title(page)).toHaveText('Check your answers');
  expect(seen).toContain('xhr');
});
