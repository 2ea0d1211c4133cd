// The text of a PDF that Chromium printed. It knows what Chromium writes, and no more of the format.

import { inflateSync } from 'node:zlib';

/** The objects of a file by number: what stands in each, and its stream. */
function objectsOf(bytes) {
  const text = bytes.toString('latin1');
  const objects = new Map();
  for (const match of text.matchAll(/^(\d+) 0 obj\n?([\s\S]*?)\nendobj/gm)) {
    const [head, rest] = match[2].split(/stream\r?\n/s);
    let stream = '';
    if (rest !== undefined) {
      const raw = Buffer.from(match[2].slice(match[2].indexOf(rest)).replace(/\r?\nendstream\s*$/, ''), 'latin1');
      stream = (/FlateDecode/.test(head) ? inflateSync(raw) : raw).toString('latin1');
    }
    objects.set(match[1], { head, stream });
  }
  return objects;
}

/** What a font's glyphs stand for, by their codes in hexadecimal. */
function lettersOf(map) {
  const letters = new Map();
  const text = (hex) => String.fromCharCode(...hex.match(/.{4}/g).map((unit) => Number.parseInt(unit, 16)));
  const code = (number) => number.toString(16).toUpperCase().padStart(4, '0');
  for (const [, block] of map.matchAll(/beginbfchar\n([\s\S]*?)endbfchar/g)) {
    for (const [, from, to] of block.matchAll(/<(\w+)> <(\w+)>/g)) letters.set(from.toUpperCase(), text(to));
  }
  for (const [, block] of map.matchAll(/beginbfrange\n([\s\S]*?)endbfrange/g)) {
    for (const [, from, to, first] of block.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g)) {
      const [start, end, unit] = [from, to, first].map((hex) => Number.parseInt(hex, 16));
      for (let at = start; at <= end; at += 1) letters.set(code(at), String.fromCharCode(unit + at - start));
    }
  }
  return letters;
}

/** All text of a PDF, in NFKC, which takes ligatures apart, and without its white space, which is where glyphs are put and not text. */
export function textOfPdf(bytes) {
  const objects = objectsOf(bytes);
  const fonts = new Map();
  for (const [number, { head }] of objects) {
    const map = head.match(/\/ToUnicode (\d+) 0 R/)?.[1];
    if (map) fonts.set(`F${number}`, lettersOf(objects.get(map).stream));
  }
  let out = '';
  for (const { stream } of objects.values()) {
    let letters = new Map();
    for (const [, font, hex] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|<(\w+)>(?=[^<>]*T[jJ])/g)) {
      if (font) letters = fonts.get(font) ?? letters;
      else for (const glyph of hex.match(/.{4}/g) ?? []) out += letters.get(glyph.toUpperCase()) ?? '';
    }
  }
  return out.normalize('NFKC').replace(/\s+/g, '');
}
