//! The section `## Blueprint` of a course page and its table.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::{MOST_QUESTIONS, whole_number};
use crate::bank::{Code, Report, Span, parser};

/// The most that one cell can draw.
const MOST_IN_A_CELL: u32 = 200;

/// The columns, in the order in which a row's values are read; the last may be missing.
const COLUMNS: [&str; 6] = ["bank", "topic", "easy", "middling", "hard", "cases"];

/// A row of the blueprint: what a paper draws from one bank and topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The file of the bank, such as `hl7.md`.
    pub bank: String,
    /// The topic: `hl7/x` stands for itself and for all below `hl7/x/`; empty or `*` for any.
    pub topic: String,
    /// How many stand-alone questions are drawn that are easy, middling and hard.
    pub counts: [u32; 3],
    /// How many whole cases are drawn, of which at least one question is of the topic.
    pub cases: u32,
    /// Where the row stands in the page.
    pub span: Span,
    /// Where its first cell with the bank's name stands.
    pub(super) bank_span: Span,
}

/// Whether `topic` is `pattern` or below it; every topic is within an empty pattern and within `*`.
pub(crate) fn within(pattern: &str, topic: &str) -> bool {
    match topic.strip_prefix(pattern) {
        _ if topic_depth(pattern) == 0 => true,
        Some(rest) => rest.is_empty() || rest.starts_with('/'),
        None => false,
    }
}

/// How narrow a pattern is: 0 takes every topic, `hl7` is 1, `hl7/x` is 2.
pub(crate) fn topic_depth(pattern: &str) -> usize {
    match pattern {
        "" | "*" => 0,
        _ => 1 + pattern.bytes().filter(|&byte| byte == b'/').count(),
    }
}

/// What was found of a blueprint.
pub(super) struct Found {
    pub(super) rows: Vec<Row>,
    /// From the heading of the section to the next heading of its rank; empty at the end of the body when there is none.
    pub(super) section: Span,
    /// The heading.
    pub(super) heading: Span,
}

/// A cell's place and its text without markup.
type Cell = (Span, String);

/// Reads the blueprint in the part of `source` from `body` on.
pub(super) fn read(source: &str, body: usize, report: &mut Report) -> Found {
    let mut found = Found {
        rows: Vec::new(),
        section: Span::new(source.len(), source.len()),
        heading: Span::new(body, body),
    };
    let mut table = Table::default();
    let (mut inside, mut sections, mut depth) = (false, 0, 0_usize);
    let mut text = String::new();
    let mut cells: Vec<Cell> = Vec::new();
    for (event, range) in parser(source.get(body..).unwrap_or_default()).into_offset_iter() {
        let span = Span::new(body + range.start, body + range.end);
        match event {
            Event::Start(tag) => {
                match tag {
                    Tag::Heading { level, .. } if depth == 0 => {
                        if inside && level <= HeadingLevel::H2 {
                            inside = false;
                            found.section.end = span.start;
                        }
                        text.clear();
                    }
                    Tag::Table(_) if inside => table.begin(span, report),
                    Tag::TableCell => text.clear(),
                    _ => {}
                }
                depth += 1;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                match tag {
                    TagEnd::Heading(HeadingLevel::H2)
                        if depth == 0 && text.trim().eq_ignore_ascii_case("blueprint") =>
                    {
                        sections += 1;
                        if sections == 1 {
                            inside = true;
                            found.heading = span.trimmed(source);
                            found.section.start = span.start;
                        } else {
                            report.add(
                                Code::BlueprintTwice,
                                span.trimmed(source),
                                "a second blueprint",
                            );
                        }
                    }
                    TagEnd::TableCell => {
                        cells.push((span.trimmed(source), text.trim().to_owned()));
                    }
                    TagEnd::TableHead if table.is_open(inside) => table.head(span, &cells, report),
                    TagEnd::TableRow if table.is_open(inside) => {
                        found.rows.extend(table.row(span, &cells, report));
                    }
                    TagEnd::Table => table.open = false,
                    _ => {}
                }
                if matches!(tag, TagEnd::TableHead | TagEnd::TableRow) {
                    cells.clear();
                }
            }
            Event::Text(piece) | Event::Code(piece) => text.push_str(&piece),
            _ => {}
        }
    }
    let draws = |row: &Row| row.counts.iter().sum::<u32>() + row.cases;
    if sections == 0 {
        report.add(Code::NoBlueprint, found.heading, "this page has no section `## Blueprint`");
    } else if table.seen == 0 {
        report.add(Code::NoBlueprint, found.heading, "this blueprint has no table");
    } else if found.rows.is_empty() && table.sound {
        report.add(Code::NoBlueprint, found.heading, "this blueprint has no row");
    } else if found.rows.iter().map(draws).sum::<u32>() > MOST_QUESTIONS {
        report.add(
            Code::Count,
            found.heading,
            "a paper has at most 1000 questions",
        );
    }
    found
}

/// The table that is being read.
#[derive(Default)]
struct Table {
    /// How many the section has had.
    seen: u32,
    /// Whether the first of them is being read.
    open: bool,
    /// Whether no fault has been found in it so far.
    sound: bool,
    /// The column that each cell belongs to, by its place in [`COLUMNS`].
    columns: Vec<Option<usize>>,
}

impl Table {
    fn begin(&mut self, span: Span, report: &mut Report) {
        self.seen += 1;
        self.open = self.seen == 1;
        self.sound |= self.open;
        if !self.open {
            report.add(Code::BlueprintTwice, span, "a second table in the blueprint");
        }
    }

    fn is_open(&self, inside: bool) -> bool {
        self.open && inside
    }

    fn head(&mut self, span: Span, cells: &[Cell], report: &mut Report) {
        for (place, name) in cells {
            let column = COLUMNS.iter().position(|column| column.eq_ignore_ascii_case(name));
            let wrong = match column {
                None => "is not a column of a blueprint",
                Some(_) if self.columns.contains(&column) => "is a column already",
                Some(_) => "",
            };
            if !wrong.is_empty() {
                report.add(Code::Column, *place, format!("`{name}` {wrong}"));
                self.sound = false;
            }
            self.columns.push(column.filter(|_| wrong.is_empty()));
        }
        for (index, name) in COLUMNS.iter().enumerate().take(5) {
            if !self.columns.contains(&Some(index)) {
                report.add(Code::Column, span, format!("the column `{name}` is missing"));
                self.sound = false;
            }
        }
    }

    /// A row, unless it names no bank or has a count that is none; that is reported then.
    fn row(&mut self, span: Span, cells: &[Cell], report: &mut Report) -> Option<Row> {
        let cell = |column: usize| {
            let at = self.columns.iter().position(|&other| other == Some(column));
            at.and_then(|at| cells.get(at))
        };
        let mut sound = true;
        let mut count = |column: usize| {
            // A cell that is missing or empty draws none.
            let Some((place, text)) = cell(column).filter(|(_, text)| !text.is_empty()) else {
                return 0;
            };
            whole_number(text)
                .filter(|&number| number <= MOST_IN_A_CELL)
                .unwrap_or_else(|| {
                    let name = COLUMNS[column];
                    report.add(
                        Code::Count,
                        *place,
                        format!("`{text}` under `{name}` is not a whole number from 0 to 200"),
                    );
                    sound = false;
                    0
                })
        };
        let counts = [2, 3, 4].map(&mut count);
        let cases = count(5);
        let (bank_span, bank) = cell(0).cloned().unwrap_or_default();
        let topic = cell(1).map(|(_, topic)| topic.clone()).unwrap_or_default();
        // Without a column of banks every row would be at fault; that has been reported once.
        if self.columns.contains(&Some(0)) && !is_bank_path(&bank) {
            let place = if bank.is_empty() { span } else { bank_span };
            report.add(
                Code::NoBank,
                place,
                format!("`{bank}` is not the name of a bank file"),
            );
            sound = false;
        } else if sound && self.sound && counts == [0; 3] && cases == 0 {
            report.add(Code::Count, span, "this row draws no question");
            sound = false;
        }
        self.sound &= sound;
        (sound && self.columns.contains(&Some(0))).then_some(Row {
            bank,
            topic,
            counts,
            cases,
            span,
            bank_span,
        })
    }
}

/// A markdown file in the course's folder or below it: no address, no way up, and not the course page itself.
fn is_bank_path(path: &str) -> bool {
    let sound = |part: &str| {
        !part.starts_with('.')
            && !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
    };
    path.ends_with(".md") && path != "README.md" && path.split('/').all(sound)
}
