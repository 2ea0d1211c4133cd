// Practice: chosen topics, feedback after each answer, numbers that are refused while they are typed.

import { essence, questions, squeeze } from './bank.mjs';
import { Exact, sum } from './marks.mjs';
import { MOUSE, begin, give, plans, shown } from './sitting.mjs';
import { arrived, expect, responses, stored, test, title } from './test.mjs';

const field = (page) => page.getByLabel('Your answer', { exact: true });
const button = (page, name) => page.getByRole('button', { name, exact: true });

/** Goes straight to the first question of the paper that `wanted` accepts; returns it. */
async function goTo(page, wanted) {
  const items = (await stored(page)).items.map((item) => questions.find((question) => question.id === item.question));
  const place = items.findIndex(wanted);
  await page.goto(`./#/level-2/sit/${place + 1}`);
  await arrived(page, `Question ${place + 1} of ${items.length}`);
  const { question } = await shown(page);
  expect(question.id).toBe(items[place].id);
  return question;
}

test('a practice of one topic tells after each answer why, for every option @sub-path', async ({ page }) => {
  await begin(page, { practice: { topics: ['DICOM: web'], number: 10 } });
  await expect(page.getByRole('timer')).toHaveCount(0);
  const earned = [];
  const full = [];
  const kinds = new Set();
  for (let n = 1; n <= 10; n += 1) {
    await arrived(page, `Question ${n} of 10`);
    const { question, options } = await shown(page);
    expect(question.topic).toBe('dicom/web');
    await expect(page.getByText(question.title, { exact: true }), 'a title may give the answer away').toHaveCount(0);

    // Nothing is told before an answer stands.
    await button(page, 'Check my answer').click();
    await expect(page.locator('#q-error')).toBeVisible();
    await expect(page.locator('#feedback')).toHaveCount(0);

    const inParts = ['multiple', 'ordering', 'matching', 'extended', 'cloze'].includes(question.type);
    const answer = plans[inParts && n % 4 ? 'partly' : ['right', 'wrong'][n % 2]](question);
    await give(page, MOUSE, options, answer);
    await expect(page.locator('#q-error')).toBeHidden();
    await button(page, 'Check my answer').click();
    const feedback = page.locator('#feedback');
    await expect(feedback).toBeFocused();
    const share = answer.earned.number / question.marks;
    await expect(feedback.getByRole('heading')).toHaveText(share === 1 ? 'Right' : share > 0 ? 'Partly right' : 'Not right');
    await expect(feedback).toContainText(`${answer.earned} of ${question.marks} mark${question.marks === 1 ? '' : 's'}.`);
    kinds.add(await feedback.getByRole('heading').innerText());

    const text = squeeze(await page.getByRole('main').innerText());
    for (const option of [...question.options, ...question.items, ...question.rows]) {
      expect(text, `${question.id}: the rationale of "${option.text}"`).toContain(option.rationale);
    }
    const [right] = [...question.accepted, ...question.positions];
    if (right) expect(text).toContain(`Right answer ${right}`);
    expect(essence(text)).toContain(question.explanation);
    await expect(page.getByRole('heading', { name: 'Sources' })).toBeVisible();
    // The answer stands: there is nothing left to answer with.
    await expect(page.getByRole('radio').or(page.getByRole('checkbox')).or(page.getByRole('textbox')).or(page.getByRole('combobox')).or(page.getByRole('tree'))).toHaveCount(0);
    earned.push(answer.earned);
    full.push(new Exact(question.marks));
    await button(page, n < 10 ? 'Next question' : 'See the result').click();
  }
  expect(kinds).toEqual(new Set(['Right', 'Partly right', 'Not right']));
  await arrived(page, /Your result$/);
  await expect(page.getByRole('region', { name: 'Score' })).toContainText(`${sum(earned)} of ${sum(full)} marks`);
  await page.getByRole('link', { name: 'Review every question' }).click();
  await arrived(page, /Review$/);
  await expect(page.getByRole('article')).toHaveCount(10);
  const lost = earned.filter((one, n) => !one.equals(full[n])).length;
  await page.getByRole('link', { name: `Lost marks (${lost})` }).click();
  await expect(page.getByRole('article')).toHaveCount(lost);
  await page.getByRole('link', { name: 'Flagged (0)' }).click();
  await expect(page.getByText('There are none.')).toBeVisible();
});

test('a practice has as many questions as asked for, of the topics asked for', async ({ page }) => {
  const of = (topic) => questions.filter((question) => question.topic === topic).length;
  await begin(page, { practice: { topics: ['HL7: identity', 'DICOM: display'], number: 'All' } });
  await expect(title(page)).toHaveText(`Question 1 of ${of('hl7/identity') + of('dicom/display')}`);
  const ids = (await stored(page)).items.map((item) => item.question);
  const topics = ids.map((id) => questions.find((question) => question.id === id).topic);
  expect(new Set(topics)).toEqual(new Set(['hl7/identity', 'dicom/display']));
  expect(new Set(ids).size).toBe(ids.length);
});

test('without a topic no practice begins, and the page says why', async ({ page }) => {
  await page.goto('./#/level-2');
  await page.getByRole('radio', { name: /^Practice/ }).check();
  for (const topic of await page.getByRole('group', { name: 'Topics' }).getByRole('checkbox').all()) await topic.uncheck();
  await button(page, 'Start practice').click();
  await expect(page.getByRole('alert')).toHaveText(/Choose one topic or more/);
  await expect(page.getByRole('alert')).toBeFocused();
  await page.getByRole('alert').getByRole('link').click();
  await expect(page.getByRole('group', { name: 'Topics' }).getByRole('checkbox').first()).toBeFocused();
  expect(await stored(page)).toBe(null);
});

test('what is no number is refused while it is typed, and the field says so', async ({ page }) => {
  await begin(page, { practice: { number: 'All' } });
  const question = await goTo(page, ({ type }) => type === 'numeric');
  const refused = async (message) => {
    await expect(field(page)).toHaveAccessibleDescription(new RegExp(message.replace(/[.]/g, '\\.')));
    await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByText(message)).toBeVisible();
    expect(responses(await stored(page)).has(question.id), 'what is refused is not recorded').toBe(false);
  };
  const taken = async (text) => {
    await expect(field(page)).not.toHaveAttribute('aria-invalid', 'true');
    await expect(page.locator('#q-error')).toBeHidden();
    expect(responses(await stored(page)).get(question.id)).toEqual([text]);
  };
  await field(page).pressSequentially('1.5');
  await taken('1.5');
  await field(page).pressSequentially('.2');
  await refused('Enter a number in digits, such as 1.5');
  // It cannot be checked like that either; the field keeps what was typed, and the summary of what is wrong leads to it.
  await button(page, 'Check my answer').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await page.getByRole('alert').getByRole('link').click();
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue('1.5.2');
  await expect(page.locator('#feedback')).toHaveCount(0);

  await field(page).fill('1,5');
  await taken('1,5');
  await field(page).fill('1,500');
  await refused('Leave out the comma: write 1500 for fifteen hundred, or 1.5 with a point');
  await field(page).fill('fifteen');
  await refused('Enter a number in digits, such as 1.5');
  await field(page).fill('');
  await expect(page.locator('#q-error')).toBeHidden();
  expect(responses(await stored(page)).has(question.id)).toBe(false);
  // A number of full width is the same number, as typed on some keyboards.
  await field(page).fill(question.accepted[0].replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))));
  await taken(question.accepted[0]);
  await button(page, 'Check my answer').click();
  await expect(page.locator('#feedback')).toContainText('Right');
});

test('a choice of so many takes no more, and an empty set can be an answer', async ({ page }) => {
  await begin(page, { practice: { number: 'All' } });
  const question = await goTo(page, ({ rule }) => rule === 'rights-only');
  const keys = question.options.filter((option) => option.key).length;
  const boxes = page.getByRole('group', { name: `Choose ${keys}` }).getByRole('checkbox');
  for (let n = 0; n < keys; n += 1) await boxes.nth(n).check();
  for (let n = keys; n < question.options.length; n += 1) await expect(boxes.nth(n)).toBeDisabled();
  await boxes.nth(0).uncheck();
  for (let n = keys; n < question.options.length; n += 1) await expect(boxes.nth(n)).toBeEnabled();
});

test('that none applies is an answer of its own', async ({ page }) => {
  await begin(page, { practice: { number: 'All' } });
  const question = await goTo(page, ({ rule }) => rule === 'each-option');
  const none = page.getByRole('checkbox', { name: 'None applies' });
  const other = page.getByRole('group', { name: 'Choose all that apply' }).getByRole('checkbox').first();
  await none.check();
  expect(responses(await stored(page)).get(question.id)).toEqual([]);
  await other.check();
  await expect(none).not.toBeChecked();
  expect(responses(await stored(page)).get(question.id)).toHaveLength(1);
  await none.check();
  await expect(other).not.toBeChecked();
  await button(page, 'Check my answer').click();
  const wrong = question.options.filter((option) => !option.key).length;
  const earned = new Exact(wrong, question.options.length).times(new Exact(question.marks));
  await expect(page.locator('#feedback')).toContainText(`${earned} of ${question.marks} mark`);
});
