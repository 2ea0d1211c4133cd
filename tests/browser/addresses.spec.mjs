// Addresses, the frame around the pages, and what there is without JavaScript.

import { COUNT, COURSE, TITLE } from './bank.mjs';
import { begin } from './sitting.mjs';
import { arrived, expect, opened, test, title } from './test.mjs';

test('every page has its title, and stays on reload @sub-path', async ({ page, baseURL }) => {
  await begin(page);
  const pages = {
    '#/': ['Know what moves the images', 'Courses – Tierwise'],
    '#/data': ['Your data', 'Your data – Tierwise'],
    '#/about': ['About Tierwise', /^About( Tierwise)? – Tierwise$/],
    [`#/${COURSE}`]: [TITLE, `${TITLE} – Tierwise`],
    [`#/${COURSE}/sit/7`]: [`Question 7 of ${COUNT}`, `Question 7 of ${COUNT} – Tierwise`],
    [`#/${COURSE}/check`]: ['Check your answers', 'Check your answers – Tierwise'],
    [`#/${COURSE}/result/none`]: ['This result cannot be shown', 'This result cannot be shown – Tierwise'],
    [`#/${COURSE}/review/none`]: ['This result cannot be shown', 'This result cannot be shown – Tierwise'],
  };
  for (const [address, [heading, name]] of Object.entries(pages)) {
    await page.goto(`./${address}`);
    await arrived(page, heading);
    await expect(page).toHaveTitle(name);
    await page.reload();
    await opened(page, heading);
    await expect(page).toHaveTitle(name);
    expect(page.url()).toBe(`${baseURL}${address}`);
  }
  // And back through them.
  await page.goBack();
  await page.goBack();
  await arrived(page, 'Check your answers');
});

test('addresses that lead nowhere say so @sub-path', async ({ page }) => {
  const nowhere = ['#/nope', '#/nope/x', '#/nope/sit', `#/${COURSE}/sit/0`, `#/${COURSE}/sit/x`, '#/../x', '#/<script>', `#/${COURSE}/review`];
  for (const address of nowhere) {
    await page.goto('about:blank');
    await page.goto(`./${address}`);
    await opened(page, 'Page not found');
    await expect(page).toHaveTitle('Page not found – Tierwise');
    await page.getByRole('main').getByRole('link', { name: 'Courses' }).click();
    await arrived(page, 'Know what moves the images');
  }
  // No sitting is open here; one of its questions or its check leads to the course.
  for (const address of ['sit', `sit/${COUNT + 1}`, 'check']) {
    await page.goto(`./#/${COURSE}/${address}`);
    await arrived(page, 'This sitting cannot go on');
    await page.getByRole('link', { name: TITLE }).click();
    await arrived(page, TITLE);
  }
  await begin(page);
  await page.goto(`./#/${COURSE}/sit/${COUNT + 1}`);
  await arrived(page, `Question 1 of ${COUNT}`);
});

test('the first Tab finds the way past the navigation', async ({ page }) => {
  await page.goto('./#/about');
  await opened(page, 'About Tierwise');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to main content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  expect(page.url(), 'the address is still that of the page').toContain('#/about');
});

test('the theme is chosen once and kept', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('./#/about');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole('radio', { name: 'Dark' }).check();
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.reload();
  await opened(page, 'About Tierwise');
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  expect(await background()).toBe(dark);
  await page.getByRole('radio', { name: 'As the device' }).check();
  expect(await background()).toBe(light);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await background()).toBe(dark);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the catalogue stands there, and what is needed is said @sub-path', async ({ page, watch }) => {
    watch.allow(/preloaded using link preload but not used/);
    await page.goto('./');
    await expect(title(page)).toHaveText('Know what moves the images');
    await expect(page.getByRole('article').filter({ hasText: TITLE })).toContainText(`${COUNT} questions`);
    const needed = page.locator('noscript').locator('p');
    await expect(needed).toBeVisible();
    await expect(needed).toContainText('needs JavaScript and WebAssembly');
    await expect(page.getByText('Getting the app ready'), 'no promise that nobody keeps').toBeHidden();
  });
});

test('before the app has started, the catalogue can be read already', async ({ page }) => {
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await page.route(/\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('./', { waitUntil: 'commit' });
  await expect(title(page)).toHaveText('Know what moves the images');
  await expect(page.getByRole('link', { name: TITLE })).toBeVisible();
  await expect(page.getByRole('status')).toHaveText('Getting the app ready…');
  const box = await page.getByRole('article').filter({ hasText: 'Level 2' }).boundingBox();
  letGo();
  await opened(page, 'Know what moves the images');
  await expect(page.getByText('Getting the app ready')).toHaveCount(0);
  // Taking over moves nothing that is being read.
  expect(await page.getByRole('article').filter({ hasText: 'Level 2' }).boundingBox()).toEqual(box);
});

test('an app that cannot start says so', async ({ page, watch }) => {
  watch.allow(/./);
  await page.route(/\.wasm$/, (route) => route.fulfill({ status: 404 }));
  await page.goto('./');
  await expect(page.getByRole('link', { name: TITLE })).toBeVisible();
  const alert = page.getByRole('alert').filter({ hasText: 'Something broke' });
  await expect(alert).toContainText('The app could not start');
  await expect(alert).toBeInViewport();
  // What to do helps once the server is well again.
  await page.unrouteAll();
  await alert.getByRole('link', { name: 'Load the page anew' }).click();
  await opened(page, 'Know what moves the images');
  await expect(alert).toBeHidden();
});
