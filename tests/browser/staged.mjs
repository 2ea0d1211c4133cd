// Tests of scenes: every page and state of scenes.mjs, each opened by its name. What they stand on is sat once for all tests of a run.

import { readFile, rename, writeFile } from 'node:fs/promises';
import { open, prepare, scenes } from './scenes.mjs';
import { test as base } from './test.mjs';

export const test = base.extend({
  /** Makes contexts with what a device keeps. */
  contextWith: [
    async ({ browser }, use) => {
      const made = [];
      await use(async (options) => {
        const context = await browser.newContext({ baseURL: process.env.TIERWISE_TOP, locale: 'en-GB', timezoneId: 'Europe/London', serviceWorkers: 'block', bypassCSP: true, ...options });
        made.push(context);
        return context;
      });
      await Promise.all(made.map((context) => context.close()));
    },
    { scope: 'worker' },
  ],
  /** The scenes by their names. */
  staged: [
    async ({ contextWith }, use) => {
      const file = process.env.TIERWISE_KEPT;
      const sat = async () => {
        const kept = await prepare(contextWith);
        await writeFile(`${file}.${process.pid}`, JSON.stringify(kept));
        await rename(`${file}.${process.pid}`, file);
        return kept;
      };
      const all = scenes(await readFile(file, 'utf8').then(JSON.parse, sat));
      await use(Object.fromEntries(all.map((scene) => [scene.name, scene])));
    },
    { scope: 'worker', timeout: 600_000 },
  ],
  /** Opens a scene by its name. */
  stage: async ({ contextWith, staged }, use) => {
    const made = [];
    await use(async (name, options = {}) => {
      const scene = staged[name];
      const context = await contextWith({ viewport: { width: 1280, height: 800 }, storageState: scene.state, ...options });
      made.push(context);
      return open(context, scene);
    });
    await Promise.all(made.map((context) => context.close()));
  },
});
