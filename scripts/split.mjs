// Makes the site's wasm small, and splits it: what the first question needs, and what can come after it.
//
//   node scripts/split.mjs FOLDER
//
// FOLDER holds a site as Trunk left it: NAME.js and NAME_bg.wasm of wasm-bindgen, the latter not optimised and with the names of its functions. The
// functions that scripts/later.txt names, and those that only they call, go to NAME_later.wasm. The glue NAME.js fetches that together with the first
// part, or, where the address is that of a sitting, once a question has been painted; when such a function is called before, it is fetched there and
// then. So where a function goes changes when it is there, never what it does.
//
// Done on the text form, which has an item a line's beginning: `wasm-dis`, `wasm-as` and `wasm-opt` are of the npm package binaryen;
// the glue is minified by esbuild.

import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const [folder] = process.argv.slice(2);
const FEATURES = ['bulk-memory', 'bulk-memory-opt', 'nontrapping-float-to-int', 'sign-ext', 'mutable-globals', 'reference-types', 'multivalue'].map(
  (feature) => `--enable-${feature}`,
);
/** `flatten` and `rereloop` are not part of `-Oz`, and make a hundredth of it. */
const SMALLEST = ['--flatten', '--rereloop', '-Oz', '-Oz'];

const stop = (why) => {
  console.error(`scripts/split.mjs: ${why}`);
  process.exit(1);
};
const only = (pattern) => {
  const found = readdirSync(folder).filter((name) => pattern.test(name));
  if (found.length !== 1) stop(`${folder} has ${found.length} files like ${pattern}`);
  return join(folder, found[0]);
};
const wasmFile = only(/_bg\.wasm$/);
const glueFile = wasmFile.replace(/_bg\.wasm$/, '.js');
const laterFile = wasmFile.replace(/_bg\.wasm$/, '_later.wasm');
const scratch = (name) => join(tmpdir(), `tierwise-split-${process.pid}-${name}`);
const plainRun = (program, ...args) => execFileSync(program, args, { maxBuffer: 1 << 30 });
const run = (program, ...args) => plainRun(program, ...FEATURES, ...args);

/** Items of a module in text form: what begins with one space and a parenthesis. */
function itemsOf(file) {
  const text = run('wasm-dis', file).toString();
  const items = text.split(/^(?= \()/m);
  items.shift();
  items[items.length - 1] = items.at(-1).replace(/\)\s*$/, '');
  return items.map((item) => ({ kind: item.match(/^ \((\w+)/)[1], text: item.trimEnd() }));
}

const NAME = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^\s()]+)`;
const nameOf = (item) => item.text.match(new RegExp(`^ \\((?:func|table|memory|global) (${NAME})`))?.[1];
const importedName = (item) => item.text.match(new RegExp(`\\((func|table|memory|global) (${NAME})`));
const callsOf = (item) => new Set([...item.text.matchAll(new RegExp(`\\((?:return_)?(?:call|ref\\.func) (${NAME})`, 'g'))].map(([, name]) => name));

const optimised = scratch('whole.wasm');
// Functions with one caller stay themselves until it is clear which part they are of.
run('wasm-opt', '-g', '--one-caller-inline-max-function-size=0', ...SMALLEST, wasmFile, '-o', optimised);
const items = itemsOf(optimised);

// What wasm and glue call each other by is long, and half of it random; both get short names.
let glue = readFileSync(glueFile, 'utf8');
const outer = /^( \((?:import "[^"]*"|export) ")([^"]{9,})(")/;
const short = new Map();
for (const item of items) {
  const [, , name] = item.text.match(outer) ?? [];
  if (name && !short.has(name)) short.set(name, `n${short.size}`);
}
for (const item of items) item.text = item.text.replace(outer, (_, before, name, behind) => before + short.get(name) + behind);
for (const name of short.values()) if (new RegExp(`\\b${name}\\b`).test(glue)) stop(`${basename(glueFile)} has a name ${name} already`);
glue = glue.replace(/[\w$]{9,}/g, (word) => short.get(word) ?? word);
const of = (kind) => items.filter((item) => item.kind === kind);

// Which functions come later.
const patterns = readFileSync(new URL('later.txt', import.meta.url), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
const pattern = new RegExp(patterns.join('|'));
const plain = (name) => name.replaceAll('\\', '').replace(/\[[0-9a-f]+\]/g, '').replace(/^\$"?|"$/g, '');
const functions = new Map(of('func').map((item) => [nameOf(item), item]));
const calls = new Map([...functions].map(([name, item]) => [name, callsOf(item)]));
const inTable = new Set(of('elem').flatMap((item) => [...item.text.matchAll(new RegExp(NAME, 'g'))].map(([name]) => name)));
const exported = new Set(of('export').flatMap((item) => importedName(item)?.[2] ?? []));
// Short code is often the same for many types, and then it stands once, under the name of any of them.
const isShared = (name) => /core::ptr::drop_in_place::<|^<alloc::(raw_vec|vec)::|El>::keep\w*::</.test(name);
const matches = (name) => pattern.test(plain(name)) && !isShared(plain(name));
const later = new Set([...functions.keys()].filter((name) => !exported.has(name) && matches(name)));
const callers = new Map();
for (const [name, callees] of calls) for (const callee of callees) callers.set(callee, [...(callers.get(callee) ?? []), name]);
for (let grew = true; grew; ) {
  grew = false;
  for (const name of functions.keys()) {
    if (later.has(name) || inTable.has(name) || exported.has(name) || !callers.has(name)) continue;
    if (callers.get(name).every((caller) => later.has(caller))) grew = Boolean(later.add(name));
  }
}
if (later.size === 0) stop('no function matches scripts/later.txt');

// The first part calls a later function through the table; the function of the same name that stays there sees to it that it has come.
const [table] = of('table').filter((item) => item.text.includes('funcref'));
const tableName = nameOf(table);
const [, least, most] = table.text.match(/ (\d+) (\d+) funcref/) ?? stop('the table of functions has no fixed size');
if (least !== most) stop('the table of functions can grow');
const calledFromFirst = [...later].filter((name) => inTable.has(name) || (callers.get(name) ?? []).some((caller) => !later.has(caller)));
const slots = new Map(calledFromFirst.map((name, index) => [name, Number(most) + index]));
const signature = (name) => {
  const head = functions.get(name).text.split('\n')[0];
  const types = (word) => [...head.matchAll(new RegExp(`\\(${word} (?:${NAME} )?([^)]+)\\)`, 'g'))].flatMap(([, list]) => list.split(' '));
  return { params: types('param'), results: types('result') };
};
const typed = (word, types) => (types.length ? ` (${word} ${types.join(' ')})` : '');
const stub = (name) => {
  const { params, results } = signature(name);
  const type = typed('param', params) + typed('result', results);
  const gets = params.map((_, index) => ` (local.get ${index})`).join('');
  return ` (func ${name}${type} (if (i32.eqz (global.get $later)) (then (call $bring-later))) (call_indirect ${tableName}${type}${gets} (i32.const ${slots.get(name)})))`;
};
/** What the later part needs of the first, by the name under which it is exported. */
const shared = new Map();
for (const callee of [...later].flatMap((name) => [...calls.get(name)])) {
  if (!later.has(callee) && !shared.has(callee)) shared.set(callee, `f${shared.size}`);
}
const globals = of('global');
const imports = of('import');
const importNamed = new Map(imports.map((item) => [importedName(item)?.[2], item]));

// Texts that later functions alone refer to come with them. Whatever a function of the first part or a word of the data could refer to begins a piece of
// its own, so that a piece belongs to those who name its beginning; and only pieces of plain text are moved.
const LEAST_TEXT = 24;
const segments = of('data').map((item) => {
  const [, start, text] = item.text.match(/^ \(data \S+ \(i32\.const (\d+)\) "((?:[^"\\]|\\.)*)"\)$/s) ?? stop('a data segment of another form');
  const escapes = { t: 9, n: 10, r: 13, '"': 34, "'": 39, '\\': 92 };
  const bytes = [...text.matchAll(/\\([0-9a-f]{2})|\\(.)|([^\\])/gs)].flatMap(([, hex, escaped, plainText]) =>
    hex ? parseInt(hex, 16) : escaped ? escapes[escaped] : [...Buffer.from(plainText)],
  );
  return { item, start: Number(start), bytes: Buffer.from(bytes) };
});
const addresses = (text) => [...text.matchAll(/\(i32\.const (\d+)\)|offset=(\d+)/g)].map(([, constant, offset]) => Number(constant ?? offset));
const referredFirst = new Set();
const referredLater = new Set();
for (const [name, item] of functions) for (const address of addresses(item.text)) (later.has(name) ? referredLater : referredFirst).add(address);
for (const { bytes } of segments) for (let at = 0; at + 4 <= bytes.length; at += 1) referredFirst.add(bytes.readUInt32LE(at));
const moved = [];
for (const { start, bytes } of segments) {
  const within = (address) => address >= start && address < start + bytes.length;
  const starts = [...new Set([...referredFirst, ...referredLater])].filter(within).sort((a, b) => a - b);
  for (const [index, from] of starts.entries()) {
    const to = starts[index + 1] ?? start + bytes.length;
    const text = bytes.subarray(from - start, to - start);
    if (referredFirst.has(from) || text.length < LEAST_TEXT || text.some((byte) => (byte < 32 && byte !== 10) || byte === 127)) continue;
    const before = moved.at(-1);
    if (before?.end === from) Object.assign(before, { end: to, text: Buffer.concat([before.text, text]) });
    else moved.push({ start: from, end: to, text: Buffer.from(text) });
    text.fill(0);
  }
}
const dataText = (name, start, bytes) => ` (data ${name} (i32.const ${start}) "${[...bytes].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')}")`;
for (const { item, start, bytes } of segments) item.text = dataText(item.text.match(/ (\$\S+)/)[1], start, bytes);

const memory = of('memory')[0];
const tables = of('table');
const ends = (kind, item) => `(export "${kind}${nameOf(item)}" (${kind} ${nameOf(item)}))`;
const [elements] = of('elem');
const first = [
  ...items
    .filter((item) => !later.has(nameOf(item)) || item.kind !== 'func')
    .map((item) => (item === table ? table.text.replace(` ${least} ${most} `, ` ${Number(most) + slots.size} ${Number(most) + slots.size} `) : item.text)),
  ...[...slots.keys()].map(stub),
  ' (global $later (mut i32) (i32.const 0))',
  ' (export "later" (global $later))',
  ...[...shared].map(([name, as]) => ` (export "${as}" (func ${name}))`),
  ...tables.map((item) => ` ${ends('table', item)}`),
  ...globals.map((item) => ` ${ends('global', item)}`),
];
const bring = ' (import "./tierwise-app_bg.js" "bringLater" (func $bring-later))';
const beforeImports = first.findIndex((text) => !text.startsWith(' (type'));
first.splice(beforeImports, 0, bring);

const fromFirst = (as, what) => ` (import "first" "${as}" ${what})`;
const declared = (item, kind) => item.text.trim().replace(/ \(i\d\d\.const [^)]*\)\)$/, ')').replace(new RegExp(`^\\(${kind}`), `(${kind}`);
const second = [
  ...of('type').map((item) => item.text),
  ...[...shared].map(([name, as]) => {
    const known = functions.has(name) ? signature(name) : undefined;
    const what = known ? `(func ${name}${typed('param', known.params)}${typed('result', known.results)})` : importNamed.get(name).text.match(/\(func .*\)(?=\)$)/)[0];
    return fromFirst(as, what);
  }),
  fromFirst('memory', memory.text.trim()),
  ...tables.map((item) => fromFirst(`table${nameOf(item)}`, (item === table ? first.find((text) => text.startsWith(` (table ${tableName} `)) : item.text).trim())),
  ...globals.map((item) => fromFirst(`global${nameOf(item)}`, declared(item, 'global'))),
  ` (elem (table ${tableName}) (i32.const ${most}) func ${[...slots.keys()].join(' ')})`,
  ...moved.map(({ start, text }, index) => dataText(`$moved${index}`, start, text)),
  ...[...later].map((name) => functions.get(name).text),
];
if (!exported.has(nameOf(memory)) && !of('export').some((item) => item.text.includes('"memory"'))) stop('the memory is not exported');

const build = (name, parts, to) => {
  const file = scratch(name);
  writeFileSync(`${file}.wat`, `(module\n${parts.join('\n')}\n)\n`);
  run('wasm-as', `${file}.wat`, '-o', `${file}.wasm`);
  run('wasm-opt', '-Oz', `${file}.wasm`, '-o', to);
};
build('first', first, wasmFile);
build('later', second, laterFile);

// The glue: short names for what it and the wasm call each other by; what brings the later part, ahead of time or at once.
const replaceOnce = (what, by) => {
  if (glue.split(what).length !== 2) stop(`${basename(glueFile)} has not just one \`${what}\``);
  glue = glue.replace(what, () => by);
};
replaceOnce('const import0 = {\n        __proto__: null,', 'const import0 = {\n        __proto__: null,\n        bringLater,');
const replaceAtEnd = (pattern, by) => {
  if (glue.match(new RegExp(pattern, 'g'))?.length !== 1) stop(`${basename(glueFile)} has not just one ${pattern}`);
  glue = glue.replace(pattern, by);
};
replaceAtEnd(/(await __wbg_load\(await module_or_path, imports\);\s*)(return )/, '$1laterModule = await laterAhead;\n    $2');
replaceAtEnd(/(wasm\.\w+\(\);\s*return wasm;)/, 'if (laterModule) joinLater(laterModule);\n    $1');
glue += `
const laterUrl = new URL(${JSON.stringify(basename(laterFile))}, import.meta.url);
function joinLater(module) {
    if (wasm.later.value) return;
    new WebAssembly.Instance(module, { first: wasm });
    wasm.later.value = 1;
}
// Called when it is needed before it has come, hence at once, even though the page stands still for it.
function bringLater() {
    const request = new XMLHttpRequest();
    request.open('GET', laterUrl, false);
    request.overrideMimeType('text/plain; charset=x-user-defined');
    request.send();
    if (request.status !== 200) throw new Error('a part of the app could not be fetched');
    joinLater(new WebAssembly.Module(Uint8Array.from(request.response, (letter) => letter.charCodeAt(0))));
}
async function compileLater() {
    const response = await fetch(laterUrl);
    if (!response.ok) throw new Error();
    return WebAssembly.compile(await response.arrayBuffer());
}
async function fetchLater() {
    try {
        if (!wasm.later.value) joinLater(await compileLater());
    } catch {
        setTimeout(fetchLater, 5000);
        return;
    }
    // With all of the app here, the site can be kept for when there is no network (worker/page.js, put there by scripts/seal.mjs).
    import('./offline.js').catch(() => {});
}
// Only a sitting must not wait for it. A synchronous request passes the service worker by, and fails without a network: so where there is a worker, which
// has the later part at hand, it comes at once too.
const isSitting = /^#\\/[^/]+\\/sit/.test(location.hash);
let laterModule;
const laterAhead = (!isSitting || navigator.serviceWorker?.controller) && compileLater().catch(() => undefined);
// The app titles a page once it has been painted; one with a loader waits for something that is more urgent.
const titled = new MutationObserver(() => {
    if (document.querySelector('.tw-loader, [aria-busy]')) return;
    titled.disconnect();
    // The pictures of a question come first.
    setTimeout(fetchLater, 300);
});
titled.observe(document.querySelector('title'), { childList: true });
`;
writeFileSync(glueFile, glue);
plainRun('esbuild', glueFile, '--minify', '--format=esm', '--allow-overwrite', '--log-level=warning', `--outfile=${glueFile}`);
for (const name of ['whole.wasm', 'first.wat', 'first.wasm', 'later.wat', 'later.wasm']) rmSync(scratch(name), { force: true });

const size = (file) => `${statSync(file).size} bytes, ${(brotliCompressSync(readFileSync(file)).length / 1000).toFixed(1)} kB brotli`;
console.log(`wasm: ${size(wasmFile)}; later ${size(laterFile)} (${later.size} of ${functions.size} functions, ${slots.size} called from the first part; ${moved.reduce((sum, { text }) => sum + text.length, 0)} bytes of text)`);
