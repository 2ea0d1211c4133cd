// Trying a bank out, as a tutor does.

import AxeBuilder from '@axe-core/playwright';
import { readFile } from './bank.mjs';
import { expect, noSidewaysScroll, test, title } from './test.mjs';

const BANK = `---
tierwise: 1
title: My own bank
topic: hl7/identity
---

## my-001 · The list
\`single\`

Which field carries the patient identifier list?

- [ ] PID-2
  > Once for an external number.
- [x] PID-3
  > It repeats.

> [!NOTE]
> An entry for each identifier.[^ch3]

## my-002 · Not a type
\`mcq\`

Which?

[^ch3]: HL7 v2.5.1, chapter 3, PID
`;

async function expectClean(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

test('a bank of the site by its address, from question 1', async ({ page }) => {
  await page.goto('./#/try/questions/level-2/dicom.md');
  await expect(title(page)).toHaveText('Try a bank');
  const count = readFile('dicom.md').match(/^## /gm).length;
  await expect(page.getByText(`questions/level-2/dicom.md: ${count} questions can be asked.`)).toBeVisible();
  await expect(page.getByRole('heading', { name: `Question 1 of ${count}` })).toBeVisible();
  await expectClean(page);
  await page.getByRole('button', { name: 'Check my answer' }).click();
  await expect(page.locator('#q-error')).toBeVisible();
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Check my answer' }).click();
  await expect(page.locator('#feedback')).toBeFocused();
  await expectClean(page);
  await page.getByRole('button', { name: 'Next question' }).click();
  await expect(page.getByRole('heading', { name: `Question 2 of ${count}` })).toBeFocused();
  // Nothing of it is kept.
  expect((await page.evaluate(() => Object.keys(localStorage))).filter((key) => key !== 'tierwise.journal')).toEqual([]);
});

for (const how of ['picked', 'dropped']) {
  test(`a bank from one's own disk, ${how}: its faults, then its questions`, async ({ page, watch }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto('./');
    await page.getByText('For tutors: try a bank').click();
    const before = watch.requests.length;
    if (how === 'picked') {
      await page.getByLabel('A bank from your own disk').setInputFiles({ name: 'mine.md', mimeType: 'text/markdown', buffer: Buffer.from(BANK) });
    } else {
      const files = await page.evaluateHandle((text) => {
        const carried = new DataTransfer();
        carried.items.add(new File([text], 'mine.md', { type: 'text/markdown' }));
        return carried;
      }, BANK);
      await page.getByText('For tutors: try a bank').dispatchEvent('drop', { dataTransfer: files });
    }
    await expect(page.getByText('mine.md: 1 question can be asked.')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Error: `mcq` is not a question type' })).toBeVisible();
    await expect(page.getByText('mine.md, line 21, column 2')).toBeVisible();
    await page.getByRole('radio', { name: 'PID-3' }).check();
    await page.getByRole('button', { name: 'Check my answer' }).click();
    await expect(page.locator('#feedback')).toContainText('1 of 1 mark.');
    await noSidewaysScroll(page);
    await expectClean(page);
    expect(watch.requests.slice(before).map((request) => request.url()).filter((url) => !/_later\.wasm$|\/icon-|\/offline\.js$/.test(url))).toEqual([]);
  });
}

test('a bank that is not there, and one that changes while it is looked at', async ({ page, watch }) => {
  watch.allow(/404/);
  await page.goto('./#/try/questions/nowhere.md');
  await expect(page.getByText('The server answered with status 404.')).toBeVisible();
  let text = BANK;
  await page.route(/mine\.md$/, (route) => route.fulfill({ contentType: 'text/markdown', body: text }));
  await page.goto('./#/try/questions/mine.md');
  await expect(page.getByText('Error: `mcq` is not a question type')).toBeVisible();
  text = BANK.replace('`mcq`', '`short`').replace('\nWhich?\n', '\nWhich?\n\n**Answer:** `PID-3`\n\n> [!NOTE]\n> So.[^ch3]\n');
  await expect(page.getByText('questions/mine.md: 2 questions can be asked.')).toBeVisible();
  await expect(page.getByText('No errors: it can be used.')).toBeVisible();
});
