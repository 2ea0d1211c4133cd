//! The documents lead to files and headings that exist.

use std::path::Path;

use crate::docs::document;

const DOCUMENTS: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "docs/authoring.md",
    "docs/decisions.md",
    "docs/performance.md",
    "docs/records.md",
];

/// The lines of a document that stand in no fence.
fn prose(text: &str) -> Vec<&str> {
    let mut fence = "";
    let mut lines = Vec::new();
    for line in text.lines() {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        if fence.is_empty() && ticks.len() >= 3 {
            fence = ticks;
        } else if !fence.is_empty() && line == fence {
            fence = "";
        } else if fence.is_empty() {
            lines.push(line);
        }
    }
    lines
}

/// The anchors that a git host gives a document's headings.
fn anchors(text: &str) -> Vec<String> {
    let headings = prose(text).into_iter().filter(|line| line.starts_with('#'));
    headings
        .map(|heading| {
            let words = heading.trim_start_matches('#').trim().to_lowercase();
            let kept = words
                .chars()
                .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        })
        .collect()
}

#[test]
fn every_link_leads_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut count = 0;
    for &name in DOCUMENTS {
        let text = document(name);
        let lines = prose(&text).join("\n");
        let targets = lines
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.starts_with("http") && *target != "address") {
            count += 1;
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let beside = Path::new(name).parent().unwrap().join(file);
            let path = if file.is_empty() {
                Path::new(name)
            } else {
                &beside
            };
            // The pictures of examples stand nowhere.
            if target == "queue.svg" {
                continue;
            }
            assert!(root.join(path).exists(), "{name}: {target}");
            if !anchor.is_empty() {
                let known = anchors(&document(path.to_str().unwrap()));
                assert!(
                    known.iter().any(|known| known == anchor),
                    "{name}: {target}"
                );
            }
        }
    }
    assert!(count > 50, "{count} links were found");
}
