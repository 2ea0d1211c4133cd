// With a mouse, from the start to the review, on the narrowest screen and on a wide one; no page scrolls sideways.

import { COUNT, COURSE, TITLE } from './bank.mjs';
import { MOUSE, answerAll, begin, give, handIn, plans, shown } from './sitting.mjs';
import { noSidewaysScroll, arrived, expect, opened, test } from './test.mjs';

for (const width of [320, 1280]) {
  test.describe(`at ${width} pixels`, () => {
    test.use({ viewport: { width, height: width < 600 ? 640 : 800 }, hasTouch: width < 600 });

    test('an exam with the mouse', async ({ page }) => {
      await page.goto('./');
      await opened(page, 'Know what moves the images');
      await noSidewaysScroll(page);
      await page.getByRole('link', { name: 'About' }).click();
      await arrived(page, 'About Tierwise');
      await noSidewaysScroll(page);
      await page.getByRole('link', { name: 'Courses' }).click();
      await page.getByRole('link', { name: TITLE }).click();
      await arrived(page, TITLE);
      await page.getByText(/^Extra time: /).click();
      await noSidewaysScroll(page);
      await page.getByText('Practice', { exact: false }).locator('visible=true').first().click();
      await noSidewaysScroll(page);
      await page.getByText(/^Exam/).click();
      await page.getByRole('button', { name: 'Start the exam' }).click();

      // The whole of the paper is sat at the keyboard, in another test.
      const hand = { ...MOUSE, press: async (on, button) => {
        await noSidewaysScroll(on);
        await MOUSE.press(on, button);
      } };
      await answerAll(page, hand, COUNT, (question, n) => (n === 3 ? plans.none() : plans.right(question)), 8);
      const navigator = page.getByRole('navigation', { name: 'Questions' });
      // Folded away where there is no room beside the question.
      await expect(navigator).toBeVisible({ visible: width >= 900 });
      if (width < 900) await page.getByText(`All questions: 7 of ${COUNT} answered, 0 flagged`).click();
      await noSidewaysScroll(page);
      await navigator.getByRole('link', { name: 'Check your answers' }).click();
      await arrived(page, 'Check your answers');
      await expect(page.getByRole('heading', { name: `${COUNT - 7} questions are not answered` })).toBeVisible();
      await noSidewaysScroll(page);
      // Back to one that is not answered, by its link.
      await page.getByRole('link', { name: '4', exact: true }).first().click();
      await arrived(page, `Question 4 of ${COUNT}`);
      await page.getByRole('button', { name: 'Flag for review' }).click();
      if (width < 900) await page.getByText(`All questions: 7 of ${COUNT} answered, 1 flagged`).click();
      await expect(navigator.getByRole('link', { name: /^Question 4 ?, seen, not answered, flagged$/ })).toBeVisible();
      await navigator.getByRole('link', { name: 'Check your answers' }).click();
      await arrived(page, 'Check your answers');
      await handIn(page, hand);
      await noSidewaysScroll(page);
      await page.getByRole('link', { name: 'Review every question' }).click();
      await arrived(page, /Review$/);
      await noSidewaysScroll(page);
      await page.getByRole('link', { name: 'Flagged (1)' }).click();
      await expect(page.getByRole('article')).toHaveCount(1);
      await expect(page.getByRole('article').getByText('Not answered, 0 of')).toBeVisible();
      await noSidewaysScroll(page);
      await page.evaluate((course) => localStorage.setItem(`tierwise.aside.0.open.${course}`, 'garbage'), COURSE);
      await page.getByRole('link', { name: 'Your data' }).click();
      await arrived(page, 'Your data');
      await page.getByText('Each sitting').click();
      await expect(page.getByRole('button', { name: /^Download / })).toBeVisible();
      await noSidewaysScroll(page);
    });

    test('a practice with the mouse', async ({ page }) => {
      await begin(page, { practice: { topics: ['DICOM: network'], number: 5 } });
      for (let n = 1; n <= 5; n += 1) {
        await arrived(page, `Question ${n} of 5`);
        await noSidewaysScroll(page);
        const check = page.getByRole('button', { name: 'Check my answer' });
        await check.click();
        await noSidewaysScroll(page);
        const { question, options } = await shown(page);
        await give(page, MOUSE, options, plans.partly(question));
        await check.click();
        await expect(page.locator('#feedback')).toBeVisible();
        await noSidewaysScroll(page);
        await page.getByRole('button', { name: n < 5 ? 'Next question' : 'See the result' }).click();
      }
      await arrived(page, /Your result$/);
      await noSidewaysScroll(page);
      await page.getByRole('link', { name: 'Review every question' }).click();
      await expect(page.getByRole('article')).toHaveCount(5);
      await noSidewaysScroll(page);
    });
  });
}

test.describe('at 320 pixels', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('no question of the banks, asked or answered, scrolls the page sideways', async ({ page }) => {
    await begin(page, { practice: { number: 'All' } });
    const count = Number((await page.getByRole('heading', { level: 1 }).innerText()).match(/of (\d+)/)[1]);
    for (let n = 1; n <= count; n += 1) {
      await page.goto(`./#/${COURSE}/sit/${n}`);
      await arrived(page, `Question ${n} of ${count}`);
      await noSidewaysScroll(page);
    }
    await page.goto(`./#/${COURSE}/check`);
    await arrived(page, 'Check your answers');
    await handIn(page, MOUSE);
    await page.getByRole('link', { name: 'Review every question' }).click();
    await arrived(page, /Review$/);
    // What is off the screen is laid out only when it is come to.
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('* { content-visibility: visible !important }');
      document.adoptedStyleSheets = [sheet];
    });
    await noSidewaysScroll(page);
  });
});
