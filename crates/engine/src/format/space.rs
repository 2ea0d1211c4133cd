//! White space: the ends of lines and of the file.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::front;
use crate::bank::parser;

/// The text without a byte order mark, with line ends of one byte, and without white space before them where it means nothing. Two spaces
/// that break a line are written as a backslash.
pub(super) fn clean(source: &str) -> String {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let source = source.replace("\r\n", "\n");
    let body = front::body(&source);
    let (kept, breaks) = kept(&source, body);
    let mut text = String::with_capacity(source.len());
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        let end = at + bare.len();
        let trimmed = bare.trim_end_matches([' ', '\t']);
        let tail = at + trimmed.len()..end;
        let is_kept = kept
            .binary_search_by(|range| match () {
                () if range.end <= tail.start => std::cmp::Ordering::Less,
                () if range.start >= tail.end => std::cmp::Ordering::Greater,
                () => std::cmp::Ordering::Equal,
            })
            .is_ok();
        if is_kept {
            text.push_str(line);
        } else {
            text.push_str(trimmed);
            if breaks.binary_search(&tail.start).is_ok() && !tail.is_empty() {
                text.push_str(if trimmed.ends_with('\\') { "  " } else { "\\" });
            }
            text.push_str(&line[bare.len()..]);
        }
        at += line.len();
    }
    text
}

/// The places whose white space is kept: code, HTML; and the places where a line is broken. Both in order.
fn kept(source: &str, body: usize) -> (Vec<Range<usize>>, Vec<usize>) {
    let mut kept: Vec<Range<usize>> = Vec::new();
    let mut breaks = Vec::new();
    let mut keep = |range: Range<usize>| match kept.last_mut() {
        Some(last) if range.start < last.end => last.end = last.end.max(range.end),
        _ => kept.push(range),
    };
    for (event, range) in parser(source.get(body..).unwrap_or_default()).into_offset_iter() {
        let range = range.start + body..range.end + body;
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)
            | Event::Code(_)
            | Event::InlineHtml(_)
            | Event::Html(_) => keep(range),
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => {}
            Event::HardBreak => {
                let before = &source[..range.start];
                breaks.push(before.trim_end_matches([' ', '\t']).len());
            }
            _ => {}
        }
    }
    (kept, breaks)
}
