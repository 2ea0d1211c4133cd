// Seals a built site, after all else has been written into it:
//
//   node scripts/seal.mjs FOLDER [--release]
//
// - index.html gets a content security policy that names its own scripts and styles by their SHA-256, so that no others run or count. The inline styles become
//   one, which needs one name.
// - The release site gets its service worker (worker/worker.js) as sw.js, with the list of all files and their SHA-256, and what the page has to do with it
//   (worker/page.js) as offline.js, which the app's loader asks for at the end. Any other site gets a worker that takes such a one away (worker/leave.js).

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const [folder, mode] = process.argv.slice(2);
const isRelease = mode === '--release';
const stop = (why) => {
  console.error(`scripts/seal.mjs: ${why}`);
  process.exit(1);
};
const sha256 = (bytes, encoding) => createHash('sha256').update(bytes).digest(encoding);
const source = (name) => readFileSync(new URL(`../worker/${name}`, import.meta.url), 'utf8');

const indexFile = join(folder, 'index.html');
let index = readFileSync(indexFile, 'utf8');

// `make dev` puts the address of its server into its own script when it serves the page, so that no digest would hold.
if (!index.includes('__TRUNK_')) {
  index = index.replace(/<\/style>\s*<style>/g, '\n');
  const bare = index.replace(/<!--[\s\S]*?-->/g, '');
  const named = (pattern, isWanted = () => true) =>
    [...bare.matchAll(pattern)].filter(([, attributes]) => isWanted(attributes)).map(([, , text]) => `'sha256-${sha256(text, 'base64')}'`);
  const scripts = named(/<script([^>]*)>([\s\S]*?)<\/script>/g, (attributes) => !/\ssrc=|application\/json/.test(attributes));
  const styles = named(/<style([^>]*)>([\s\S]*?)<\/style>/g);
  if (scripts.length === 0 || styles.length === 0) stop(`${indexFile} has no inline script or style`);
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' ${scripts.join(' ')}`,
    `style-src ${styles.join(' ')}`,
    "img-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types tierwise tierwise-worker',
  ].join(';');
  const charset = /<meta charset=["']?utf-8["']?\s*\/?>/i;
  if (!charset.test(index)) stop(`${indexFile} has no <meta charset> to put the policy behind`);
  index = index.replace(charset, (found) => `${found}<meta http-equiv="Content-Security-Policy" content="${policy}">`);
  writeFileSync(indexFile, index);
}

if (!isRelease) {
  writeFileSync(join(folder, 'sw.js'), source('leave.js'));
} else {
  const minify = (text) => execFileSync('esbuild', ['--minify', '--log-level=warning'], { input: text }).toString();
  writeFileSync(join(folder, 'offline.js'), minify(source('page.js')));
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
    .filter((name) => name !== 'sw.js' && !/(^|\/)\./.test(name))
    .sort();
  const files = Object.fromEntries(names.map((name) => [name === 'index.html' ? './' : name, sha256(readFileSync(join(folder, name)), 'hex')]));
  const list = JSON.stringify(files);
  const head = `const VERSION = "${sha256(list, 'hex').slice(0, 16)}", FILES = ${list};\n`;
  writeFileSync(join(folder, 'sw.js'), head + minify(source('worker.js')));
  const bytes = names.reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0);
  console.log(`offline: ${names.length} files, ${(bytes / 1e6).toFixed(1)} MB`);
}
