// A small reader of banks, made for the tests alone and apart from the engine's: what it reads, the tests answer with.
//
// It knows the plain form that the real banks are written in, not every liberty that docs/authoring.md gives a tutor.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of all courses. */
export const QUESTIONS = fileURLToPath(new URL('../../questions/', import.meta.url));
/** The course that the tests sit. */
export const COURSE = 'level-2';
/** Its banks, in the order of its blueprint. */
export const BANKS = ['hl7.md', 'dicom.md'];

/** The text of a file of the course. */
export const readFile = (name) => readFileSync(`${QUESTIONS}${COURSE}/${name}`, 'utf8');

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
 * The questions of a bank: `{ id, title, type, rule, marks, topic, difficulty, stem, options, accepted, unit, tolerance, explanation }`.
 * `options` are `{ text, key, rationale }`, plain; `accepted` are the code spans behind `**Answer:**`.
 */
export function readBank(text) {
  const front = Object.fromEntries(
    text.split(/^---$/m)[1].trim().split('\n').map((line) => line.split(/:\s*(.*)/s).slice(0, 2)),
  );
  const questions = [];
  let fence = null;
  let question = null;
  for (const line of text.split('\n')) {
    const opens = line.match(/^(`{3,}|~{3,})/);
    if (fence === null && opens) fence = opens[1];
    else if (fence !== null && line.startsWith(fence)) fence = null;
    else if (fence === null) {
      const heading = line.match(/^## (\S+) · (.*)$/);
      if (heading) {
        question = { id: heading[1], title: plain(heading[2]), lines: [] };
        questions.push(question);
        continue;
      }
      if (/^# /.test(line)) question = null;
    }
    question?.lines.push(line);
  }
  return questions.map((raw) => readQuestion(raw, front));
}

function readQuestion({ id, title, lines }, front) {
  const tags = [...lines[0].matchAll(/`([^`]+)`/g)].map((match) => match[1]);
  const named = (name) => tags.find((tag) => tag.startsWith(`${name}:`))?.slice(name.length + 1);
  const question = {
    id,
    title,
    type: tags[0],
    rule: named('rule') ?? (tags[0] === 'multiple' ? 'plus-minus' : ''),
    marks: Number(named('marks') ?? front.marks ?? 1),
    topic: named('topic') ?? front.topic,
    difficulty: Number(named('difficulty') ?? front.difficulty ?? 2),
    options: [],
    accepted: [],
    unit: '',
    tolerance: '0',
  };
  const stem = [];
  const explanation = [];
  let part = 'stem';
  for (const line of lines.slice(1)) {
    const option = line.match(/^- \[([ x])\] (.*)$/);
    const answer = line.match(/^\*\*Answer:\*\* (.*)$/);
    if (option) {
      part = 'options';
      question.options.push({ text: plain(option[2]), key: option[1] === 'x', rationale: '' });
    } else if (answer) {
      part = 'answer';
      Object.assign(question, readAnswer(question.type, answer[1]));
    } else if (line.startsWith('> [!NOTE]')) {
      part = 'explanation';
    } else if (/^\[\^[^\]]+\]:/.test(line)) {
      part = 'sources';
    } else if (part === 'options' && /^ +> ?/.test(line)) {
      question.options.at(-1).rationale += ` ${line.replace(/^ +> ?/, '')}`;
    } else if (part === 'stem') {
      stem.push(line);
    } else if (part === 'explanation' && line.startsWith('>')) {
      explanation.push(line.replace(/^> ?/, ''));
    }
  }
  for (const option of question.options) option.rationale = plain(option.rationale);
  question.explanation = essence(plain(explanation.join('\n')));
  // Fences and tables have marks of their own, so stems are compared by their letters and digits.
  question.stem = essence(plain(stem.filter((line) => !/^(`{3,}|~{3,})/.test(line)).join('\n')));
  return question;
}

function readAnswer(type, text) {
  const codes = [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1]);
  if (type !== 'numeric') return { accepted: codes };
  const [value, ...rest] = codes;
  const tolerance = text.includes('±') ? rest.shift() : '0';
  return { accepted: [value], tolerance, unit: rest[0] ?? '' };
}

/** All questions of the course. */
export const questions = BANKS.flatMap((name) => readBank(readFile(name)));

/** The pass mark of the course, as a percentage. */
export const PASS_PERCENT = Number(readFile('README.md').match(/^pass: (\d+)/m)[1]);

/** `hl7/orders-results` as pages write it. */
export const topicName = (topic) => {
  const [subject, part] = topic.split('/');
  return `${subject.toUpperCase()}: ${part.replaceAll('-', ' ')}`;
};

const byStem = new Map();
for (const question of questions) byStem.set(question.stem, [...(byStem.get(question.stem) ?? []), question]);

/**
 * The question that shows this stem and these option texts (in any order). Throws when the banks have none such, or more
 * than one: then the page shows something else than the bank says.
 */
export function identify(stem, options) {
  const sorted = (texts) => texts.map(squeeze).sort().join('\n');
  const same = (byStem.get(essence(stem)) ?? []).filter(
    (question) => sorted(question.options.map((option) => option.text)) === sorted(options),
  );
  if (same.length !== 1) {
    throw new Error(`${same.length} questions of the banks read as this one: ${squeeze(stem)} / ${options.map(squeeze).join(' / ')}`);
  }
  return same[0];
}
