// The site as it would be if some of its files were others.

import { createHash } from 'node:crypto';
import { COURSE, readFile } from './bank.mjs';

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const inSite = (name) => new RegExp(`/questions/${COURSE}/${name.replace('.', '\\.')}$`);

/**
 * Serves the page or context a changed file of the course: another text, or what Playwright's `route` calls `fulfill` or
 * `abort` (`{ status: 404 }`, `'connectionreset'`). With `listed` the catalogue names the changed text, as after a build.
 * Returns a function that takes the change back.
 */
export async function alter(page, name, change, { listed = false } = {}) {
  const answer = (route) => {
    if (change.abort) return route.abort(change.abort);
    if (typeof change === 'object') return route.fulfill(change);
    return route.fulfill({ contentType: 'text/markdown; charset=utf-8', body: change });
  };
  await page.route(inSite(name), answer);
  if (!listed) return () => page.unroute(inSite(name), answer);
  const relisted = await alterPage(page, (html) => html.replaceAll(sha256(readFile(name)), sha256(change)));
  return async () => {
    await page.unroute(inSite(name), answer);
    await relisted();
  };
}

/** Serves the page or context another course in the place of this one: its page, and its one bank `{ name, text, questions }`. */
export async function serveCourse(page, readme, { name, text, questions }) {
  await alter(page, 'README.md', readme);
  await alter(page, name, text);
  const listed = JSON.stringify([{ path: name, sha256: sha256(text), bytes: text.length, questions }]);
  const ofCourse = new RegExp(`("id":"${COURSE}".*?"banks":)\\[[^\\]]*\\]`, 's');
  await alterPage(page, (html) => html.replaceAll(sha256(readFile('README.md')), sha256(readme)).replace(ofCourse, `$1${listed}`));
}

/** Serves the page itself changed. */
export async function alterPage(page, change) {
  const isPage = (url) => url.pathname.endsWith('/');
  const answer = async (route) => {
    const response = await route.fetch();
    const before = await response.text();
    const after = change(before);
    if (after === before) throw new Error('the change changes nothing');
    await route.fulfill({ response, body: after });
  };
  await page.route(isPage, answer);
  return () => page.unroute(isPage, answer);
}
