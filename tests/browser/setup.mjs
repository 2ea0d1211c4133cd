// Serves the built site for the tests, on free ports: at the top of a host and in a folder of one.
//
// A copy is served, uncompressed since that is quicker here, so that a build in the meantime does not change the site in the middle of a test.

import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from './server.mjs';

/** The folder of the built site; TIERWISE_SITE names another. */
export const SITE = process.env.TIERWISE_SITE ?? fileURLToPath(new URL('../../dist', import.meta.url));

export default async function setup() {
  await stat(path.join(SITE, 'index.html')).catch(() => {
    throw new Error(`there is no built site in ${SITE}: make build makes it`);
  });
  const copy = await mkdtemp(path.join(tmpdir(), 'tierwise-site-'));
  await cp(SITE, copy, { recursive: true });
  const servers = await Promise.all(['/', '/some/folder/'].map((base) => serve({ folder: copy, base, encodings: false })));
  // What is sat once for many tests (access.spec.mjs), by whichever worker needs it first: a worker ends with a test that fails.
  process.env.TIERWISE_KEPT = `${copy}.json`;
  // The workers inherit these.
  [process.env.TIERWISE_TOP, process.env.TIERWISE_SUB_PATH] = servers.map((server) => server.url);
  return async () => {
    await Promise.all(servers.map((server) => server.close()));
    await rm(copy, { recursive: true });
    await rm(`${copy}.json`, { force: true });
  };
}
