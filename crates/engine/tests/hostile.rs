//! Texts that are meant to break a reader: nested without end, one endless line, a million of anything.
//!
//! No time is asserted. A step that took time in the square of these sizes would not come to an end while anybody waits.
#![allow(clippy::unwrap_used)]

mod inputs;

use inputs::{BANK, COURSE, look_at_all, look_at_course};
use tierwise_engine::bank::LARGEST;

/// Pieces that open something, end nothing, or are a fault each time.
const PIECES: &[&str] = &[
    "> ",
    "- ",
    "1. ",
    "> - ",
    "[",
    "![",
    "[a](",
    "[^",
    "[^s]",
    "[^x]",
    "*a ",
    "**a _b ",
    "` `` ",
    "`a` ",
    "<b>",
    "<",
    "<!--",
    "<a ",
    " a=\"",
    "<?",
    "<![CDATA[",
    "|a",
    "&",
    "]",
    "[[a]",
    "\\",
    "\t",
    "~",
    "word ",
    "é",
    "\0",
    // Of many lines.
    "> [!NOTE]\n\n",
    "> [!NOTE]\n> a\n\n",
    "a\n",
    "## q\n",
    "# q\n",
    "- [x] a\n",
    "[a]: b\n",
    "[^s]: b\n\n",
    "```\n",
    "---\n\n",
    "![](a)\n",
    "**Answer:** `a`\n\n",
    "<!-- a -->\n",
    "<!-- allow long-key: a -->\n",
    "|a|b|\n|-|-|\n|c|d|\n\n",
    "> \n",
    "\r\n",
    "\r",
];

/// The pieces, each as often as fills `length` bytes.
fn texts(length: usize) -> impl Iterator<Item = String> {
    PIECES
        .iter()
        .map(move |piece| piece.repeat(length / piece.len()))
}

#[test]
fn a_million_nested_in_each_other() {
    for piece in ["> ", "- ", "> - ", "["] {
        let text = piece.repeat(1_000_000);
        look_at_all(BANK.replacen("Which?", &text, 1).into_bytes());
    }
}

#[test]
fn a_great_many_of_anything_anywhere() {
    for text in texts(100_000) {
        look_at_all(BANK.replacen("Which?", &text, 1).into_bytes());
    }
    for text in texts(30_000) {
        for place in [
            "`single` `difficulty:1`",
            "## s-1 · One",
            "- [ ] Ä",
            "So.[^s]",
            "# Choosing",
        ] {
            look_at_all(
                BANK.replacen(place, &format!("{place} {text}"), 1)
                    .into_bytes(),
            );
        }
        look_at_course(COURSE.replacen("Briefing.", &text, 1).into_bytes());
        look_at_course(format!("{COURSE}{text}").into_bytes());
    }
}

#[test]
fn a_million_different_tags_and_labels() {
    let numbered = |form: fn(usize) -> String| (0..200_000).map(form).collect::<String>();
    let tags = numbered(|n| format!("`t{n}:1` "));
    look_at_all(BANK.replacen("`difficulty:1`", &tags, 1).into_bytes());
    let labels = numbered(|n| format!("[^l{n}] "));
    let notes = numbered(|n| format!("\n[^l{n}]: A source\n"));
    look_at_all((BANK.replacen("Which?", &labels, 1) + &notes).into_bytes());
}

#[test]
fn the_largest_file_and_one_byte_more() {
    for piece in ["word ", "> "] {
        let mut text = BANK.to_owned() + &piece.repeat(LARGEST / piece.len());
        text.truncate(LARGEST);
        look_at_all(text.clone().into_bytes());
        text.push('x');
        let bank = tierwise_engine::bank::read("a.md", text.into_bytes());
        let codes: Vec<&str> = bank
            .diagnostics()
            .iter()
            .map(|one| one.code.name())
            .collect();
        assert_eq!(codes, ["too-large"]);
    }
}
