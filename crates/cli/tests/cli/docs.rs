//! The documents of this tree, and the fenced blocks in them.

use std::fs;
use std::path::Path;

use crate::harness::Folder;

/// The text of a document, by its path in the tree.
pub(crate) fn document(path: &str) -> String {
    fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../..")
            .join(path),
    )
    .unwrap()
}

/// A fenced block.
#[derive(Debug)]
pub(crate) struct Fence {
    /// The heading that it stands under, without its marks.
    pub(crate) heading: String,
    /// The language.
    pub(crate) language: String,
    /// What stands behind the language; empty where nothing does.
    pub(crate) name: String,
    /// What stands in it.
    pub(crate) text: String,
}

/// The fenced blocks of a document, in order. A longer fence holds shorter ones.
pub(crate) fn fences(document: &str) -> Vec<Fence> {
    let mut found = Vec::new();
    let mut heading = "";
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        if ticks < 3 {
            if line.starts_with('#') {
                heading = line.trim_start_matches('#').trim();
            }
            continue;
        }
        let (fence, info) = line.split_at(ticks);
        let (language, name) = info.split_once(' ').unwrap_or((info, ""));
        let inside: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
        found.push(Fence {
            heading: heading.replace('`', ""),
            language: language.to_owned(),
            name: name.to_owned(),
            text: inside.join("\n") + "\n",
        });
    }
    found
}

/// The cells of each row of the tables in `text`, heads and rules left out.
pub(crate) fn rows(text: &str) -> Vec<Vec<String>> {
    let lines: Vec<&str> = text.lines().collect();
    let is_rule = |line: &&&str| line.starts_with("| ---");
    let body = lines.iter().enumerate().filter(|(at, line)| {
        line.starts_with('|')
            && !is_rule(line)
            && !lines.get(at + 1).is_some_and(|next| is_rule(&next))
    });
    body.map(|(_, line)| {
        let cells = line.trim_matches('|').split('|');
        cells.map(|cell| cell.trim().to_owned()).collect()
    })
    .collect()
}

/// Where the course of docs/authoring.md stands in the folder that [`sample`] makes.
pub(crate) const SAMPLE: &str = "questions/first-steps/";

/// A folder with the course that docs/authoring.md begins with.
pub(crate) fn sample() -> Folder {
    let folder = Folder::new().file(&format!("{SAMPLE}queue.svg"), "<svg/>");
    let files = fences(&document("docs/authoring.md"))
        .into_iter()
        .filter(|fence| fence.language == "markdown" && !fence.name.is_empty());
    files.fold(folder, |folder, fence| {
        folder.file(&format!("{SAMPLE}{}", fence.name), &fence.text)
    })
}
