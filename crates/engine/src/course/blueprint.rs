//! The section `## Blueprint` of a course page and its table.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::topic::within;
use super::{MOST_QUESTIONS, whole_number};
use crate::bank::{Code, Report, Span, named_characters, parser, raw_html, watch};

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

impl Row {
    /// Whether the row draws questions of this topic.
    #[must_use]
    pub fn takes(&self, topic: &str) -> bool {
        within(&self.topic, topic)
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

impl Found {
    /// That of a page which has none.
    pub(super) fn none(source: &str, body: usize) -> Self {
        Self {
            rows: Vec::new(),
            section: Span::new(source.len(), source.len()),
            heading: Span::new(body, body),
        }
    }
}

/// A cell's place and its text without markup.
type Cell = (Span, String);

/// Reads the blueprint in the part of `source` from `body` on.
pub(super) fn read(source: &str, body: usize, report: &mut Report) -> Found {
    let mut found = Found::none(source, body);
    let mut table = Table::default();
    let (mut inside, mut sections, mut depth) = (false, 0, 0_usize);
    let mut in_code = false;
    let mut text = String::new();
    let mut cells: Vec<Cell> = Vec::new();
    for (event, range) in parser(source.get(body..).unwrap_or_default()).into_offset_iter() {
        let span = Span::new(body + range.start, body + range.end);
        match event {
            Event::Start(tag) => {
                watch(source, &tag, span, report);
                in_code |= matches!(tag, Tag::CodeBlock(_));
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
                in_code = false;
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
                    TagEnd::TableHead if table.is_open(inside) => {
                        table.head(span.trimmed(source), &cells, report)
                    }
                    TagEnd::TableRow if table.is_open(inside) => {
                        found
                            .rows
                            .extend(table.row(span.trimmed(source), &cells, report));
                    }
                    TagEnd::Table => table.open = false,
                    _ => {}
                }
                if matches!(tag, TagEnd::TableHead | TagEnd::TableRow) {
                    cells.clear();
                }
            }
            Event::Text(piece) => {
                text.push_str(&piece);
                if !in_code {
                    named_characters(source, span, report);
                }
            }
            Event::Code(piece) => text.push_str(&piece),
            Event::InlineHtml(_) => raw_html(source, span, report),
            _ => {}
        }
    }
    let draws = |row: &Row| row.counts.iter().sum::<u32>() + row.cases;
    if sections == 0 {
        report.add(
            Code::NoBlueprint,
            found.heading,
            "this page has no section `## Blueprint`",
        );
    } else if table.seen == 0 {
        report.add(
            Code::NoBlueprint,
            found.heading,
            "this blueprint has no table",
        );
    } else if found.rows.is_empty() && table.sound && !table.faulty {
        report.add(
            Code::NoBlueprint,
            found.heading,
            "this blueprint has no row",
        );
    } else if found.rows.iter().map(draws).sum::<u32>() > MOST_QUESTIONS {
        report.add(
            Code::Count,
            found.heading,
            "a paper has at most 1000 questions",
        );
        found.rows.clear();
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
    /// Whether its columns are those of a blueprint.
    sound: bool,
    /// Whether a row was at fault.
    faulty: bool,
    /// The column that each cell belongs to, by its place in [`COLUMNS`].
    columns: Vec<Option<usize>>,
}

impl Table {
    fn begin(&mut self, span: Span, report: &mut Report) {
        self.seen += 1;
        self.open = self.seen == 1;
        self.sound |= self.open;
        if !self.open {
            report.add(
                Code::BlueprintTwice,
                span,
                "a second table in the blueprint",
            );
        }
    }

    fn is_open(&self, inside: bool) -> bool {
        self.open && inside
    }

    fn head(&mut self, span: Span, cells: &[Cell], report: &mut Report) {
        for (place, name) in cells {
            let column = COLUMNS
                .iter()
                .position(|column| column.eq_ignore_ascii_case(name));
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
                report.add(
                    Code::Column,
                    span,
                    format!("the column `{name}` is missing"),
                );
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
        self.faulty |= !sound;
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of a blueprint and its faults with the text at their places.
    fn read_table(text: &str) -> (usize, Vec<(&'static str, &str)>) {
        let mut report = Report::new();
        let found = read(text, 0, &mut report);
        let faults = report.finish();
        let faults = faults
            .iter()
            .map(|fault| (fault.code.name(), fault.span.of(text)));
        (found.rows.len(), faults.collect())
    }

    const HEAD: &str =
        "## Blueprint\n\n| Bank | Topic | Easy | Middling | Hard |\n|---|---|---|---|---|\n";

    #[test]
    fn columns_in_any_order_and_case() {
        let text = "## blueprint ##\n\n| Cases | HARD | easy | Topic | `Middling` | Bank |\n|---|---|---|---|---|---|\n| 6 | 3 | 1 | t | 2 | a.md |\n";
        let mut report = Report::new();
        let found = read(text, 0, &mut report);
        assert_eq!(report.finish(), []);
        let row = &found.rows[0];
        assert_eq!((row.bank.as_str(), row.topic.as_str()), ("a.md", "t"));
        assert_eq!((row.counts, row.cases), ([1, 2, 3], 6));
    }

    #[test]
    fn faults_of_the_columns() {
        let text = "## Blueprint\n\n| Bank | Topic | Easy | Easy | Lots |\n|---|---|---|---|---|\n| a.md | t | 1 | 1 | 1 |\n";
        let (rows, faults) = read_table(text);
        assert_eq!(rows, 1);
        let head = "| Bank | Topic | Easy | Easy | Lots |\n";
        let column = |place| ("blueprint-column", place);
        assert_eq!(faults.len(), 4);
        for fault in ["Easy", "Lots", head] {
            let found = faults
                .iter()
                .any(|&(code, place)| column(place.trim()) == (code, fault.trim()));
            assert!(found, "{fault}: {faults:?}");
        }
    }

    #[test]
    fn faults_of_the_rows_and_the_sound_ones_are_read() {
        let rows = "| a.md | t | x | 1 | 201 |\n| | t | 1 | 1 | 1 |\n| ../b.md | t | 1 | 1 | 1 |\n| c.md | t | 0 | | 0 |\n| d.md | t | 1 | 1 | 1 |\n| e.md | t | -1 | 1 | 1 |\n";
        let text = format!("{HEAD}{rows}");
        let (sound, faults) = read_table(&text);
        assert_eq!(sound, 1);
        assert_eq!(
            faults,
            [
                ("blueprint-count", "x"),
                ("blueprint-count", "201"),
                ("no-bank", "| | t | 1 | 1 | 1 |"),
                ("no-bank", "../b.md"),
                ("blueprint-count", "| c.md | t | 0 | | 0 |"),
                ("blueprint-count", "-1"),
            ]
        );
    }

    #[test]
    fn a_blueprint_that_is_not_there_or_there_twice() {
        let codes = |text: &str| {
            read_table(text)
                .1
                .iter()
                .map(|fault| fault.0)
                .collect::<Vec<_>>()
        };
        assert_eq!(codes("Briefing.\n"), ["no-blueprint"]);
        assert_eq!(codes("> ## Blueprint\n"), ["no-blueprint"]);
        assert_eq!(codes("## Blueprint\n\nNo table.\n"), ["no-blueprint"]);
        assert_eq!(codes(HEAD), ["no-blueprint"]);
        let row = "| a.md | t | 1 | 1 | 1 |\n";
        assert_eq!(
            codes(&format!("{HEAD}{row}\n{HEAD}{row}")),
            ["blueprint-twice"]
        );
        let table = HEAD.trim_start_matches("## Blueprint");
        assert_eq!(
            codes(&format!("{HEAD}{row}\nAnd\n{table}{row}")),
            ["blueprint-twice"]
        );
        // A table elsewhere is nobody's business.
        assert_eq!(
            codes(&format!(
                "{HEAD}{row}\n## More\n\n| a | b |\n|---|---|\n| c | d |\n"
            )),
            [""; 0]
        );
    }

    #[test]
    fn a_paper_is_not_endless() {
        let (rows, faults) = read_table_of(6);
        assert_eq!((rows, faults), (0, vec!["blueprint-count"]));
        assert_eq!(read_table_of(5), (5, vec![]));
    }

    fn read_table_of(rows: usize) -> (usize, Vec<&'static str>) {
        let text = format!("{HEAD}{}", "| a.md | t | 200 | 0 | 0 |\n".repeat(rows));
        let (rows, faults) = read_table(&text);
        (rows, faults.iter().map(|fault| fault.0).collect())
    }

    #[test]
    fn banks_are_files_of_the_folder() {
        for path in ["hl7.md", "sub/hl7-v2.md", "a_b.c.md"] {
            assert!(is_bank_path(path), "{path}");
        }
        for path in [
            "",
            ".md",
            "hl7",
            "/hl7.md",
            "../hl7.md",
            "a//b.md",
            "https://x/y.md",
            "a\\b.md",
            "README.md",
            "a b.md",
        ] {
            assert!(!is_bank_path(path), "{path}");
        }
    }
}
