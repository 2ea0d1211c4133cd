// A small reader of banks, made for the tests alone and apart from the engine's: what it reads, the tests answer with.
//
// It knows the plain form that the real banks are written in, not every liberty that docs/authoring.md gives a tutor.

import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of all courses. */
export const QUESTIONS = fileURLToPath(new URL('../../questions/', import.meta.url));
/** The course that the tests sit. */
export const COURSE = 'level-2';

/** The text of a file of the course. */
export const readFile = (name) => readFileSync(`${QUESTIONS}${COURSE}/${name}`, 'utf8');

/** What the course page says: the front matter, and the rows of the blueprint as `[bank, topic, easy, middling, hard, cases]`. */
const page = readFile('README.md');
const front = (key) => page.match(new RegExp(`^${key}: *"?(.*?)"?$`, 'm'))[1];
const rows = page.split(/^## Blueprint$/m)[1].split('\n').filter((line) => /^\| *\S+\.md/.test(line)).map(tableCells);

/** Its title. */
export const TITLE = front('title');
/** Its banks, in the order of its blueprint. */
export const BANKS = [...new Set(rows.map(([bank]) => bank))];
/** The time for its paper, in minutes. */
export const MINUTES = Number(front('minutes'));
/** The pass mark of the course, as a percentage. */
export const PASS_PERCENT = Number.parseInt(front('pass'), 10);

/** The cells of a line of a table. Within one, a bar is written `\|`. */
function tableCells(line) {
  return line.trim().replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map((cell) => cell.replaceAll('\\|', '|').trim());
}

/** Inline markdown as it is read: no marks of code, emphasis, links and footnotes, one space for any white space. */
export function plain(markdown) {
  const parts = markdown.split(/(`+)(.+?)\1(?!`)/s);
  let out = '';
  for (let at = 0; at < parts.length; at += 3) {
    out += parts[at]
      .replace(/\[\^[^\]]*\]/g, '')
      .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/\*+(?=\S)([^*]+?)\*+/g, '$1')
      .replace(/\\([!-/:-@[-`{-~])/g, '$1');
    if (at + 2 < parts.length) out += parts[at + 2].replace(/^ (.*[^ ].*) $/s, '$1');
  }
  return squeeze(out);
}

/** One space for any white space. */
export const squeeze = (text) => text.replace(/\s+/g, ' ').trim();

/** What two renderings of one text share: its letters and digits. */
export const essence = (text) => text.replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * The questions of a bank, in its order. Each has `{ id, title, type, rule, marks, topic, difficulty, vignette, stem, texts, explanation }`; `vignette`
 * is the heading of its case, `texts` are what tells apart questions that ask the same. All texts are plain, and by its type it has besides
 *
 * - single, multiple, hotspot: `options`, `{ text, key, rationale }`
 * - numeric, short: `accepted`, the code spans behind `**Answer:**`, and `unit`
 * - ordering: `items`, `{ text, rationale }` in the right order
 * - matching, extended: `rows`, `{ text, key, rationale }`; `choices`, the texts that the keys are of; `spare`, those of them with a rationale that
 *   are the key of no row, `{ text, rationale }`
 * - cloze: `gaps`, `{ words, choice }`, the right word first
 * - locate: `positions`, any of which is right, and `elsewhere`, which is not
 * - essay: nothing, since no program marks it.
 */
export function readBank(text) {
  const front = Object.fromEntries(
    text.split(/^---$/m)[1].trim().split('\n').map((line) => line.split(/:\s*(.*)/s).slice(0, 2)),
  );
  const questions = [];
  let fence = null;
  let question = null;
  let vignette = null;
  for (const line of text.split('\n')) {
    const opens = line.match(/^(`{3,}|~{3,})/);
    let code = true;
    if (fence === null && opens) fence = opens[1];
    else if (fence !== null && line.startsWith(fence)) fence = null;
    else if (fence === null) {
      code = false;
      const heading = line.match(/^## (\S+) · (.*)$/);
      if (heading) {
        question = { id: heading[1], title: plain(heading[2]), lines: [], vignette };
        questions.push(question);
        continue;
      }
      if (/^# /.test(line)) {
        question = null;
        vignette = /^# Case: /.test(line) ? plain(line.slice(2)) : null;
      }
    }
    question?.lines.push({ line, code });
  }
  return questions.map((raw) => readQuestion(raw, front));
}

function readQuestion({ id, title, lines, vignette }, front) {
  const tags = [...lines[0].line.matchAll(/`([^`]+)`/g)].map((match) => match[1]);
  const named = (name) => tags.find((tag) => tag.startsWith(`${name}:`))?.slice(name.length + 1);
  const type = tags[0];
  const question = {
    id,
    title,
    vignette,
    type,
    rule: named('rule') ?? { multiple: 'plus-minus', ordering: 'pairs' }[type] ?? '',
    marks: Number(named('marks') ?? front.marks ?? 1),
    topic: named('topic') ?? front.topic,
    difficulty: Number(named('difficulty') ?? front.difficulty ?? 2),
    options: [],
    accepted: [],
    unit: '',
    items: [],
    rows: [],
    choices: [],
    spare: [],
    gaps: [],
    positions: [],
  };
  const stem = [];
  const explanation = [];
  const body = lines.slice(1);
  const table = ['matching', 'extended', 'hotspot', 'essay'].includes(type) ? takeTable(body) : [];
  if (type === 'locate') Object.assign(question, readMessage(takeMessage(body)));
  const letters = [];
  /** What rationales belong to: the options or items, or null in the stem. */
  let list = null;
  let part = 'stem';
  for (const { line, code } of body) {
    const option = !code && line.match(/^- \[([ x])\] (.*)$/);
    const item = !code && type === 'ordering' && line.match(/^\d+\. (.*)$/);
    const lettered = !code && type === 'extended' && line.match(/^- \*\*[A-Z]\*\* (.*)$/);
    const answer = !code && line.match(/^\*\*Answer:\*\* (.*)$/);
    if (option) {
      list = question.options;
      list.push({ text: plain(option[2]), key: option[1] === 'x', rationale: '' });
    } else if (item) {
      list = question.items;
      list.push({ text: plain(item[1]), rationale: '' });
    } else if (lettered) {
      list = letters;
      list.push({ text: plain(lettered[1]), rationale: '' });
    } else if (answer) {
      Object.assign(question, readAnswer(type, answer[1]));
    } else if (!code && /^> \[!(NOTE|TIP)\]/.test(line)) {
      part = line.includes('NOTE') ? 'explanation' : 'model';
    } else if (!code && /^\[\^[^\]]+\]:/.test(line)) {
      part = 'sources';
    } else if (list && /^ +> ?/.test(line)) {
      list.at(-1).rationale += ` ${line.replace(/^ +> ?/, '')}`;
    } else if (part === 'stem') {
      stem.push(line);
    } else if (part === 'explanation' && line.startsWith('>')) {
      explanation.push(line.replace(/^> ?/, ''));
    }
  }
  for (const one of [...question.options, ...question.items, ...letters]) one.rationale = plain(one.rationale);
  if (type === 'hotspot') question.options = readRegions(table);
  if (type === 'matching' || type === 'extended') Object.assign(question, readPairs(table.slice(1), letters));
  question.explanation = essence(plain(explanation.join('\n')));
  // Fences and tables have marks of their own, so stems are compared by their letters and digits.
  let text = stem.filter((line) => !/^(`{3,}|~{3,})/.test(line)).join('\n');
  if (type === 'cloze') {
    const pieces = text.split(/(`[^`]*`|\[\[.*?\]\])/);
    question.gaps = pieces.filter((piece) => piece.startsWith('[[')).map(readGap);
    text = pieces.map((piece) => (piece.startsWith('[[') ? GAP : piece)).join('');
  }
  question.stem = essence(plain(text).replaceAll(GAP, ''));
  let number = 0;
  /** As it is read again: its gaps are numbered. */
  question.stemAgain = essence(plain(text).replaceAll(GAP, () => ` Gap ${(number += 1)} `));
  question.texts = [...question.options, ...question.items, ...question.rows].map((one) => one.text);
  return question;
}

const GAP = '\u{e000}';

function readAnswer(type, text) {
  const codes = [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1]);
  if (type !== 'numeric') return { accepted: codes };
  const [value, ...rest] = codes;
  if (text.includes('±')) rest.shift();
  return { accepted: [value], unit: rest[0] ?? '' };
}

/** Takes the last table out of the lines and returns its cells, those of the header first. */
function takeTable(lines) {
  const inTable = ({ line, code }) => !code && line.startsWith('|');
  const end = lines.findLastIndex(inTable) + 1;
  const start = lines.slice(0, end).findLastIndex((line) => !inTable(line)) + 1;
  const [head, , ...body] = lines.splice(start, end - start).map(({ line }) => tableCells(line));
  return [head, ...body];
}

function readRegions([head, ...rows]) {
  const column = (name) => head.findIndex((cell) => cell.toLowerCase() === name);
  const [region, key, why] = ['region', 'key', 'why'].map(column);
  return rows.map((row) => ({ text: plain(row[region]), key: row[key] !== '', rationale: plain(row[why] ?? '') }));
}

/** The rows of a question that matches, and what they can be matched with: lettered options, else those of the table. */
function readPairs(table, letters) {
  const isDistractor = ([stem]) => /^\*[^*]+\*$/.test(stem);
  const option = ([, cell]) => (letters.length > 0 ? letters[cell.replaceAll('`', '').charCodeAt(0) - 65].text : plain(cell));
  const rows = table
    .filter((row) => !isDistractor(row))
    .map((row) => ({ text: plain(row[0]), key: option(row), rationale: plain(row[2] ?? '') }));
  const all = letters.length > 0 ? letters : table.map((row) => ({ text: option(row), rationale: plain(row[2] ?? '') }));
  const spare = all.filter(({ text, rationale }) => rationale && rows.every(({ key }) => key !== text));
  return { rows, choices: [...new Set(all.map(({ text }) => text))], spare };
}

function readGap(gap) {
  const words = gap.slice(2, -2).split(';').map((word) => word.trim().replace(/^\*/, '').replace(/^`(.*)`$/, '$1').replaceAll('\\|', '|'));
  return { words, choice: gap.startsWith('[[*') };
}

/** Takes the first block of code with a key in it out of the lines, and returns its language and its lines. */
function takeMessage(lines) {
  const marked = lines.findIndex(({ line, code }) => code && /\[\[.*\]\]/.test(line));
  const isFence = ({ line }) => /^(`{3,}|~{3,})/.test(line);
  const start = lines.slice(0, marked).findLastIndex(isFence);
  const end = marked + lines.slice(marked).findIndex(isFence);
  const [fence, ...block] = lines.splice(start, end - start + 1).map(({ line }) => line);
  return { language: fence.replace(/^[`~]+/, '').trim(), lines: block.slice(0, -1) };
}

/** The positions of what stands in double square brackets, and that of the first line that is none of them. */
function readMessage({ language, lines }) {
  const positions = language === 'dicom' ? keyElements(lines) : keyParts(lines);
  const starts = lines.map((line) => line.match(language === 'dicom' ? /^\([0-9a-fA-F]{4},[0-9a-fA-F]{4}\)/ : /^[A-Z][A-Z0-9]{2}(?=\W)/)?.[0].toUpperCase());
  return { positions, elsewhere: starts.find((start) => start && !positions.includes(start)) };
}

function keyElements(lines) {
  const keys = [];
  /** The elements and items that the line lies in: `{ indent, position, items }`. */
  const around = [];
  for (const line of lines) {
    const [bare, isKey] = [line.replace(/\[\[(.*?)\]\]/, '$1'), /\[\[.*?\]\]/.test(line)];
    const [, { length: indent }, tag] = bare.match(/^( *)(\([0-9a-fA-F]{4},[0-9a-fA-F]{4}\))/) ?? [null, '', null];
    if (tag === null) continue;
    while (around.length > 0 && around.at(-1).indent >= indent) around.pop();
    const parent = around.at(-1);
    const isItem = tag.toLowerCase() === '(fffe,e000)';
    const position = isItem ? `${parent.position}[${(parent.items += 1)}]` : `${parent?.position ?? ''}${tag.toUpperCase()}`;
    if (isKey) keys.push(position);
    around.push({ indent, position, items: 0 });
  }
  return keys;
}

function keyParts(lines) {
  const keys = [];
  const seen = new Map();
  let marks = ['|', '^', '~', '\\', '&'];
  for (const line of lines) {
    const start = line.indexOf('[[');
    const end = line.indexOf(']]') - 2;
    const bare = line.replace('[[', '').replace(']]', '');
    const header = /^(MSH|BHS|FHS)/.test(bare);
    if (header) marks = [bare[3], ...bare.slice(4).split(bare[3])[0]];
    if (!/^[A-Z][A-Z0-9]{2}/.test(bare) || bare[3] !== marks[0]) continue;
    const segment = bare.slice(0, 3);
    seen.set(segment, (seen.get(segment) ?? 0) + 1);
    const name = seen.get(segment) > 1 ? `${segment}[${seen.get(segment)}]` : segment;
    if (start < 0) continue;
    // Every part with where it begins and ends; what is the only part of another is that other.
    const parts = [[name, 0, bare.length], [name, 0, 3]];
    const split = (from, to, mark, named, deeper) => {
      let at = from;
      const pieces = bare.slice(from, to).split(mark);
      pieces.forEach((piece, index) => {
        const of = pieces.length > 1 ? named(index + 1) : named(null);
        if (pieces.length > 1) parts.push([of, at, at + piece.length]);
        deeper?.(at, at + piece.length, of);
        at += piece.length + 1;
      });
    };
    const [fieldMark, componentMark, repetitionMark, , subcomponentMark] = marks;
    let at = 4;
    bare.slice(4).split(fieldMark).forEach((field, index) => {
      const of = `${name}-${index + (header ? 2 : 1)}`;
      const [from, to] = [at, at + field.length];
      at = to + 1;
      parts.push([of, from, to]);
      if (header && index === 0) return;
      split(from, to, repetitionMark, (n) => (n ? `${of}[${n}]` : of), (a, b, repetition) =>
        split(a, b, componentMark, (n) => (n ? `${repetition}.${n}` : repetition), (c, d, component) =>
          split(c, d, subcomponentMark, (n) => (n ? `${component}.${n}` : component))));
    });
    if (header) parts.push([`${name}-1`, 3, 4]);
    keys.push(parts.find(([, from, to]) => from === start && to === end)[0]);
  }
  return keys;
}

/** All questions of the course. */
export const questions = BANKS.flatMap((name) => readBank(readFile(name)));

/** The folders of all courses. */
export const COURSES = readdirSync(QUESTIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** All questions of the other courses. */
const others = COURSES.filter((course) => course !== COURSE).flatMap((course) =>
  readdirSync(`${QUESTIONS}${course}`)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .flatMap((name) => readBank(readFileSync(`${QUESTIONS}${course}/${name}`, 'utf8'))),
);

/** How many questions a paper has: those of the blueprint's cells, and those of as many cases as it says, which have as many in each. */
export const COUNT = rows.reduce((total, [bank, , easy, middling, hard, cases]) => {
  const inCases = readBank(readFile(bank)).filter(({ vignette }) => vignette);
  const names = new Set(inCases.map(({ vignette }) => vignette));
  const sizes = new Set([...names].map((name) => inCases.filter(({ vignette }) => vignette === name).length));
  if (Number(cases) > 0 && sizes.size !== 1) throw new Error(`the cases of ${bank} have not all as many questions`);
  return total + Number(easy) + Number(middling) + Number(hard) + Number(cases) * ([...sizes][0] ?? 0);
}, 0);

/** `hl7/orders-results` as pages write it. */
export const topicName = (topic) => {
  const words = topic.replace('/', ': ').replaceAll('-', ' ').replace(/\b(hl7|dicom|epr|fhir)\b/g, (word) => word.toUpperCase());
  return words[0].toUpperCase() + words.slice(1);
};

const byStem = new Map();
for (const question of [...questions, ...others]) byStem.set(question.stem, [...(byStem.get(question.stem) ?? []), question]);

/**
 * The question that shows this stem and these texts of options, items or rows (in any order). Throws when the banks have none such, or more
 * than one: then the page shows something else than the bank says.
 */
export function identify(stem, texts) {
  const sorted = (texts) => texts.map(squeeze).sort().join('\n');
  const same = (byStem.get(essence(stem)) ?? []).filter((question) => sorted(question.texts) === sorted(texts));
  if (same.length !== 1) {
    throw new Error(`${same.length} questions of the banks read as this one: ${squeeze(stem)} / ${texts.map(squeeze).join(' / ')}`);
  }
  return same[0];
}
