//! The only place that sets pulldown-cmark up, so that checking, sitting and reviewing read a text alike.

use pulldown_cmark::{Options, Parser};

/// A parser of the markdown that banks are written in: CommonMark with tables, footnotes, task lists and GitHub's
/// alert blockquotes.
pub(crate) fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(
        text,
        Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_GFM,
    )
}

/// Walks the events of `text` and drops them; returns how many there were. The measure that reading a bank is held to.
#[doc(hidden)]
#[must_use]
pub fn walk_only(text: &str) -> usize {
    parser(text).into_offset_iter().count()
}
