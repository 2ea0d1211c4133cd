//! The blocks of the body: each in its form, and one blank line between two.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::front;
use super::table::Table;
use crate::bank::{Bank, parser};

/// The order of tags behind the type.
const TAGS: &[&str] = &[
    "topic",
    "difficulty",
    "outcome",
    "marks",
    "rule",
    "tier",
    "facet",
    "fixed",
    "case-sensitive",
];

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Heading,
    Paragraph,
    List,
    Quote,
    Table,
    Footnote,
    Comment,
    Other,
}

/// A block at the top level of the body.
struct Block {
    kind: Kind,
    /// From the beginning of its line.
    span: Range<usize>,
    /// The code spans of a paragraph.
    codes: Vec<Range<usize>>,
    items: Vec<Item>,
    table: Table,
}

/// An item of a list.
struct Item {
    start: usize,
    /// The mark of its box.
    mark: Option<Range<usize>>,
    /// The blockquotes in it.
    quotes: Vec<Range<usize>>,
}

/// A bank in canonical form. What has errors comes out as it went in.
pub(super) fn of_bank(bank: &Bank) -> String {
    if !bank.is_usable() {
        return bank.source().to_owned();
    }
    let headings = bank.questions().map(|question| {
        let heading = ["## ", question.id(), " · ", question.title()].concat();
        (question.span().start as usize, heading)
    });
    written(bank.source(), &headings.collect())
}

/// A course page in canonical form.
pub(super) fn of_page(source: &str) -> String {
    written(source, &HashMap::new())
}

/// `headings` are those of questions, by their places.
fn written(source: &str, headings: &HashMap<usize, String>) -> String {
    let body = front::body(source);
    let blocks = read(source, body);
    let mut text = source[..body].to_owned();
    let mut at = body;
    // Between a question's heading and the end of its first block that is no comment, where the tag line stands.
    let mut tag_line_next = false;
    let mut before: Option<Kind> = None;
    for (number, block) in blocks.iter().enumerate() {
        let heading = headings.get(&block.span.start);
        let is_tag_line = tag_line_next && block.kind == Kind::Paragraph;
        if block.kind != Kind::Comment {
            tag_line_next = heading.is_some();
        }
        let gap = &source[at..block.span.start];
        let close = match before {
            Some(Kind::Heading) => is_tag_line,
            Some(Kind::Footnote) => block.kind == Kind::Footnote,
            _ => false,
        };
        match gap.trim().is_empty() {
            true if text.is_empty() => {}
            true if close => text.push('\n'),
            true => text.push_str("\n\n"),
            false => text.push_str(gap),
        }
        let piece = &source[block.span.clone()];
        let lone = |at: Option<usize>| {
            let next = at.and_then(|at| blocks.get(at));
            next.is_none_or(|next| next.kind != Kind::List)
        };
        match block.kind {
            Kind::Heading => match heading {
                Some(heading) if is_plain_heading(piece) => text.push_str(heading),
                _ => text.push_str(piece),
            },
            Kind::Paragraph if is_tag_line => text.push_str(&tag_line(source, block)),
            Kind::Quote => text.push_str(&quote(piece, "")),
            Kind::Table => {
                let table = block.table.written(source);
                text.push_str(table.as_deref().unwrap_or(piece));
            }
            Kind::List
                if lone(number.checked_sub(1))
                    && lone(Some(number + 1))
                    && block.items.iter().all(|item| item.mark.is_some()) =>
            {
                text.push_str(&options(source, block));
            }
            _ => text.push_str(piece),
        }
        at = block.span.end;
        before = Some(block.kind);
    }
    let rest = &source[at..];
    if !rest.trim().is_empty() {
        text.push_str(rest.trim_end_matches('\n'));
    }
    text.push('\n');
    text
}

/// The blocks from `body` on.
fn read(source: &str, body: usize) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut depth = 0_usize;
    for (event, range) in parser(source.get(body..).unwrap_or_default()).into_offset_iter() {
        let range = range.start + body..range.end + body;
        match event {
            Event::Start(tag) => {
                if depth == 0 {
                    blocks.push(block(source, &tag, &range));
                } else if let Some(block) = blocks.last_mut() {
                    block.open(&tag, range, depth);
                }
                depth += 1;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                if let (TagEnd::TableRow | TagEnd::TableHead, Some(block)) =
                    (tag, blocks.last_mut())
                    && block.kind == Kind::Table
                    && let Some(row) = block.table.rows.last_mut()
                {
                    row.0 = range;
                }
            }
            Event::Rule if depth == 0 => blocks.push(lone(source, Kind::Other, &range)),
            Event::Code(_) if depth == 1 => {
                if let Some(block) = blocks.last_mut() {
                    block.codes.push(range);
                }
            }
            Event::TaskListMarker(_) if depth <= 3 => {
                let item = blocks.last_mut().and_then(|block| block.items.last_mut());
                if let Some(item) = item {
                    item.mark.get_or_insert(range);
                }
            }
            _ => {}
        }
    }
    // A list can be said to end with the first byte of what follows it.
    for number in 1..blocks.len() {
        let next = blocks[number].span.start;
        let span = &mut blocks[number - 1].span;
        if span.end > next {
            span.end = span.start + source[span.start..next].trim_end().len();
        }
    }
    blocks
}

fn block(source: &str, tag: &Tag<'_>, range: &Range<usize>) -> Block {
    let kind = match tag {
        Tag::Heading { .. } => Kind::Heading,
        Tag::Paragraph => Kind::Paragraph,
        Tag::List(None) => Kind::List,
        Tag::BlockQuote(_) => Kind::Quote,
        Tag::Table(_) => Kind::Table,
        Tag::FootnoteDefinition(_) => Kind::Footnote,
        Tag::HtmlBlock => Kind::Comment,
        _ => Kind::Other,
    };
    let mut block = lone(source, kind, range);
    if let Tag::Table(columns) = tag {
        block.table.columns.clone_from(columns);
    }
    block
}

fn lone(source: &str, kind: Kind, range: &Range<usize>) -> Block {
    let text = source[range.clone()].trim_end_matches([' ', '\t', '\n']);
    let line = source[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let indented = source[line..range.start].trim().is_empty();
    // Indentation means something to code and to what goes on in further lines; a heading needs none.
    let start = if indented && kind != Kind::Heading {
        line
    } else {
        range.start
    };
    Block {
        kind,
        span: start..range.start + text.len(),
        codes: Vec::new(),
        items: Vec::new(),
        table: Table::default(),
    }
}

impl Block {
    /// Takes in the beginning of an element inside, `depth` elements deep.
    fn open(&mut self, tag: &Tag<'_>, range: Range<usize>, depth: usize) {
        match tag {
            Tag::Item if depth == 1 => self.items.push(Item {
                start: range.start,
                mark: None,
                quotes: Vec::new(),
            }),
            Tag::BlockQuote(_) if depth == 2 => {
                if let Some(item) = self.items.last_mut() {
                    item.quotes.push(range);
                }
            }
            Tag::TableHead | Tag::TableRow if self.kind == Kind::Table => {
                self.table.rows.push((range, Vec::new()));
            }
            Tag::TableCell => {
                if let Some((_, cells)) = self.table.rows.last_mut() {
                    cells.push(range);
                }
            }
            _ => {}
        }
    }
}

/// Whether a heading is a line that begins with its marks and does not end with a `#` of its own.
fn is_plain_heading(heading: &str) -> bool {
    let bare = heading.trim_end_matches('#');
    let closed = bare.len() == heading.len() || bare.ends_with([' ', '\t']);
    heading.starts_with('#') && !heading.contains('\n') && closed
}

/// A tag line with the type first and the tags in order, one space between.
fn tag_line(source: &str, block: &Block) -> String {
    let inner = |code: &Range<usize>| source[code.clone()].trim_matches('`').trim();
    let mut codes: Vec<&str> = block.codes.iter().map(inner).collect();
    if codes.iter().any(|code| code.contains('`')) || codes.is_empty() {
        return source[block.span.clone()].to_owned();
    }
    let place = |code: &&str| {
        let key = code.split(':').next().unwrap_or_default().trim_end();
        let known = TAGS.iter().position(|tag| *tag == key);
        known.unwrap_or(TAGS.len())
    };
    codes[1..].sort_by_key(place);
    let codes = codes.iter().map(|code| match code.split_once(':') {
        Some((key, value)) => ["`", key.trim_end(), ":", value.trim_start(), "`"].concat(),
        None => ["`", code, "`"].concat(),
    });
    codes.collect::<Vec<_>>().join(" ")
}

/// A blockquote with its marks behind `indent` and a space behind each. Lines that go on without a mark stay as they are.
fn quote(text: &str, indent: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let Some(inside) = line.trim_start_matches([' ', '\t']).strip_prefix('>') else {
            return line.to_owned();
        };
        let space = if inside.is_empty() || inside.starts_with([' ', '\t']) {
            ""
        } else {
            " "
        };
        [indent, ">", space, inside].concat()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A list of options: `- [x] `, and what belongs to an item two spaces in.
fn options(source: &str, block: &Block) -> String {
    let ends = block.items.iter().skip(1).map(|item| item.start);
    let mut text = String::new();
    for (item, end) in block.items.iter().zip(ends.chain([block.span.end])) {
        let Some(mark) = &item.mark else {
            continue;
        };
        let line = source[..item.start].rfind('\n').map_or(0, |at| at + 1);
        // How far in its content stands, which is where its further lines begin too.
        let margin = mark.start - line;
        let ticked = source[mark.clone()].contains(['x', 'X']);
        text += if ticked { "- [x] " } else { "- [ ] " };
        let behind = &source[mark.end..end];
        let first = behind.trim_start_matches([' ', '\t']);
        let mut at = mark.end + (behind.len() - first.len());
        let mut quotes = item.quotes.as_slice();
        for (number, line) in source[at..end].split('\n').enumerate() {
            let start = at;
            at += line.len() + 1;
            if number == 0 {
                text += line;
                continue;
            }
            text.push('\n');
            let indent = line.len() - line.trim_start_matches(' ').len();
            while quotes
                .first()
                .is_some_and(|quote| quote.end <= start + indent)
            {
                quotes = &quotes[1..];
            }
            let quoted = quotes
                .first()
                .is_some_and(|quote| quote.start <= start + indent);
            if quoted && line[indent..].starts_with('>') {
                text += &quote(line, "  ");
            } else if indent >= margin {
                text += &["  ", &line[margin..]].concat();
            } else {
                text += line;
            }
        }
    }
    text
}
