// What axe-core says of a page.

import AxeBuilder from '@axe-core/playwright';
import { expect } from './test.mjs';

/** No violation on the page as it stands, in either theme. */
export async function expectClean(page, state) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    // One frame only, so the mode that opens no page of its own will do. The themes differ in their colours alone.
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
    if (colorScheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block']);
    const { violations } = await axe.analyze();
    const told = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}): ${node.target.join(' ')}: ${node.html}`));
    expect.soft(told, `${state}, ${colorScheme}`).toEqual([]);
  }
}
