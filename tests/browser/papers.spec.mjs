// The paper of every course, sat once by mouse with every answer right: whatever its seed drew can be answered, and earns every mark.

import { COURSE, COURSES } from './bank.mjs';
import { Exact, sum } from './marks.mjs';
import { MOUSE, answerAll, handIn, plans } from './sitting.mjs';
import { arrived, expect, test, title } from './test.mjs';

test.describe.configure({ timeout: 240_000 });

// exam.spec.mjs sits that of COURSE.
for (const course of COURSES.filter((name) => name !== COURSE)) {
  test(`the paper of ${course}, every answer right, earns every mark`, async ({ page }) => {
    await page.goto(`./#/${course}`);
    await page.getByRole('button', { name: 'Start the exam' }).click();
    await arrived(page, /^Question 1 of \d+$/);
    const count = Number((await title(page).innerText()).match(/\d+$/)[0]);
    const done = await answerAll(page, MOUSE, count, plans.right);
    await handIn(page, MOUSE);
    const essays = done.filter(({ question }) => question.type === 'essay');
    const full = sum(done.map(({ question }) => new Exact(question.marks)));
    const earned = sum(done.map(({ answer }) => answer.earned));
    const score = page.getByRole('region', { name: 'Score' });
    if (essays.length === 0) {
      expect(earned.equals(full)).toBe(true);
      await expect(score).toContainText(`${full} of ${full} marks`);
      await expect(score.getByText('Pass', { exact: true })).toBeVisible();
    } else {
      await expect(score).toContainText(`${earned} to ${full} of ${full} marks`);
    }
  });
}
