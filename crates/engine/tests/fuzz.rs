//! The fuzz targets of `fuzz/`, run over a set number of inputs: those of this tree, cut, mixed and spoilt by a generator that does the
//! same each time.
#![allow(clippy::unwrap_used)]

mod inputs;

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use inputs::{BANK, COURSE, look_at_all, look_at_course, look_at_response, look_at_script, script};
use tierwise_engine::bank;

/// What markdown, front matter, tag lines and records are made of.
const WORDS: &[&str] = &[
    "---\n",
    "\n\n",
    "\r\n",
    "\u{feff}",
    "\0",
    "\t",
    "# ",
    "## ",
    "## x · Y\n",
    "`",
    "``",
    "```\n",
    "```hl7\n",
    "- [x] ",
    "- [ ] ",
    "1. ",
    "> ",
    "> [!NOTE]\n",
    "> [!TIP]\n",
    "|",
    "| --- |\n",
    "[^s]",
    "[^s]: ",
    "[^é",
    "[a](b)",
    "![](",
    "**Answer:** ",
    "**",
    "*",
    "_",
    "[[",
    "]]",
    ";",
    "±",
    " (50 %)",
    "<b>",
    "<!-- ",
    " -->",
    "<!-- allow long-key: x -->",
    "single",
    "multiple",
    "fixed",
    "rule:",
    "topic:",
    "difficulty:9",
    "marks:",
    "tierwise: 1\n",
    "title: ",
    "0",
    "9999999999999999999",
    "-",
    "1e9",
    "{",
    "}",
    "\"",
    ":",
    ",",
    "null",
    "é",
    "𝄞",
    "\u{202e}",
    "\u{301}",
];

/// splitmix64 (Steele, Lea and Flood, 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn one_of<'t, T: ?Sized>(&mut self, list: &[&'t T]) -> &'t T {
        list[self.below(list.len())]
    }

    /// A piece of `bytes`, of at most `longest`.
    fn piece<'b>(&mut self, bytes: &'b [u8], longest: usize) -> &'b [u8] {
        let start = self.below(bytes.len() + 1);
        let length = self.below(longest + 1).min(bytes.len() - start);
        &bytes[start..start + length]
    }
}

/// One input: a seed, or its beginning and a piece of it, with a few things done to it.
fn input(chance: &mut Chance, seeds: &[Vec<u8>]) -> Vec<u8> {
    let seed = &seeds[chance.below(seeds.len())];
    let mut bytes = if seed.len() <= 3000 {
        seed.clone()
    } else {
        [&seed[..400], chance.piece(seed, 2500)].concat()
    };
    for _ in 0..chance.below(9) {
        let at = chance.below(bytes.len() + 1);
        let end = (at + chance.below(60)).min(bytes.len());
        match chance.below(7) {
            0 if at < bytes.len() => bytes[at] = chance.next() as u8,
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
            3 => {
                let other = &seeds[chance.below(seeds.len())];
                let piece = chance.piece(other, 300).to_vec();
                drop(bytes.splice(at..end, piece));
            }
            4 => {
                let word = chance.one_of(WORDS).repeat(1 + chance.below(40));
                drop(bytes.splice(at..at, word.into_bytes()));
            }
            5 => bytes.truncate(at.max(8)),
            _ => drop(bytes.splice(at..at, chance.one_of(WORDS).bytes())),
        }
    }
    bytes
}

/// Every file below `folder` whose path ends so; none where the package is built without it.
fn files(folder: &Path, ends: &[&str], found: &mut Vec<Vec<u8>>) {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    for path in paths {
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            files(&path, ends, found);
        } else if ends.iter().any(|end| name.ends_with(end)) {
            found.extend(fs::read(path));
        }
    }
}

fn seeds(own: &str, ends: &[&str]) -> Vec<Vec<u8>> {
    let mut found = vec![own.as_bytes().to_vec()];
    for folder in ["../../questions", "../cli/tests/fixtures", "../../docs"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        files(&folder, ends, &mut found);
    }
    found
}

fn run(target: fn(&[u8]), seeds: &[Vec<u8>], number: usize) {
    for seed in seeds {
        target(seed);
    }
    let mut chance = Chance(1);
    for case in 0..number {
        let bytes = input(&mut chance, seeds);
        let ended = catch_unwind(|| target(&bytes));
        assert!(
            ended.is_ok(),
            "input {case}: {:?}",
            String::from_utf8_lossy(&bytes)
        );
    }
}

#[test]
fn banks_of_any_kind_are_read() {
    run(
        |bytes| look_at_all(bytes.to_vec()),
        &seeds(BANK, &[".md"]),
        10_000,
    );
}

#[test]
fn what_is_spoilt_is_not_all_rubbish() {
    // Inputs that never get beyond the front matter would find nothing.
    let (mut chance, seeds) = (Chance(1), seeds(BANK, &[".none"]));
    let with_questions =
        (0..500).filter(|_| !bank::read("a.md", input(&mut chance, &seeds)).is_empty());
    assert!((100..500).contains(&with_questions.count()));
}

#[test]
fn course_pages_of_any_kind_are_read() {
    run(
        |bytes| look_at_course(bytes.to_vec()),
        &seeds(COURSE, &["README.md"]),
        5_000,
    );
}

#[test]
fn scripts_of_any_kind_are_read() {
    run(
        |bytes| look_at_script(&String::from_utf8_lossy(bytes)),
        &seeds(&script().write(), &[".json"]),
        5_000,
    );
}

#[test]
fn responses_of_any_kind_are_marked() {
    run(
        |bytes| look_at_response(&String::from_utf8_lossy(bytes)),
        &seeds("a\nb\n0.5", &[".none"]),
        5_000,
    );
}
