//! One walk over a bank's markdown. Reading never fails: what is wrong is reported, all of it, and the rest is read.

use std::collections::HashMap;

use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::character::named_characters;
use super::diagnostic::{Code, Report};
use super::front::{FrontMatter, Tags};
use super::html::{Reach, reach};
use super::image::Image;
use super::markdown::parser;
use super::model::{Bank, CaseEntry, Entry};
use super::outline::Outline;
use super::span::Span;
use crate::question::{Form, Registration, TYPES, full_marks};
use crate::sorted::by_text;

/// The largest file that is read as a bank, in bytes.
pub const LARGEST: usize = 16 << 20;

/// Reads a bank from the bytes of its file. `path` is how the course page names it, such as `hl7.md`.
///
/// Never fails: [`Bank::diagnostics`] says what is wrong, and what is sound can be looked at.
#[must_use]
pub fn read(path: &str, bytes: Vec<u8>) -> Bank {
    let digest = super::digest::digest(&bytes);
    let mut report = Report::new();
    let (source, is_text) = decode(bytes, &mut report);
    let front = if is_text {
        FrontMatter::read(&source, &mut report)
    } else {
        FrontMatter::none(&source)
    };
    front.check(
        &["title"],
        &[
            "topic",
            "difficulty",
            "tier",
            "facet",
            "marks",
            "licence",
            "course",
            "author",
            "version",
        ],
        &mut report,
    );
    let defaults = Tags::of_front(&front, &mut report);
    let mut reader = Reader {
        outline: Outline::new(&source),
        source: &source,
        defaults,
        report,
        entries: Vec::new(),
        cases: Vec::new(),
        references: Vec::new(),
        footnotes: HashMap::new(),
        images: Vec::new(),
        ids: HashMap::new(),
        cited: HashMap::new(),
        headings: 0,
        under: Under::Nothing,
        references_start: 0,
    };
    if is_text {
        reader.walk(front.body());
    }
    let Reader {
        entries,
        cases,
        references,
        footnotes,
        images,
        headings,
        mut report,
        ..
    } = reader;
    // A question at fault says so itself, and a file without front matter is no bank at all.
    if headings == 0 && front.is_whole() {
        report.add(Code::NoQuestions, front.span(), "this bank has no question");
    }
    let title = front.get("title").unwrap_or_default();
    let topic = front.get("topic").unwrap_or_default();
    Bank {
        path: path.to_owned(),
        digest,
        title,
        topic,
        entries,
        by_id: std::sync::OnceLock::new(),
        cases,
        references,
        footnotes,
        images,
        diagnostics: report.finish(),
        source,
    }
}

/// The text of a file, and whether it is to be read. What is no UTF-8 is reported, and nothing is made of it: whatever followed would be
/// said of a text that nobody wrote.
pub(crate) fn decode(bytes: Vec<u8>, report: &mut Report) -> (String, bool) {
    let mut refuse = |code, at, message: &str| report.add(code, Span::new(at, at), message);
    if bytes.len() > LARGEST {
        refuse(Code::TooLarge, 0, "the file is larger than 16 MiB");
        return (String::new(), false);
    }
    if is_utf_16(&bytes) {
        refuse(Code::NotUtf8, 0, "the file is UTF-16");
        return (String::new(), false);
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => return (text, true),
        Err(error) => error,
    };
    let (at, half) = (
        error.utf8_error().valid_up_to(),
        error.utf8_error().error_len().is_none(),
    );
    let bytes = error.into_bytes();
    let message = match windows_1252(bytes[at]) {
        _ if half => "the file breaks off in the middle of a character".to_owned(),
        _ if bytes.contains(&0) => "the file is no text".to_owned(),
        Some(character) => format!(
            "the file looks like Windows-1252, in which the byte here is `{character}`; it is not UTF-8"
        ),
        None => "a byte here is not UTF-8".to_owned(),
    };
    refuse(Code::NotUtf8, at, &message);
    (String::from_utf8_lossy(&bytes).into_owned(), false)
}

/// Whether this is UTF-16: by its mark, or, without one, since every second byte of plain letters is 0.
fn is_utf_16(bytes: &[u8]) -> bool {
    let start = bytes.get(..16).unwrap_or_default();
    let zero =
        |from: usize| !start.is_empty() && start.iter().skip(from).step_by(2).all(|&b| b == 0);
    matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) || zero(0) != zero(1)
}

/// The character of a byte above 127 in Windows-1252; five bytes have none.
fn windows_1252(byte: u8) -> Option<char> {
    // From 0x80 to 0x9F; from 0xA0 on it is Latin-1, whose bytes are those of Unicode.
    const FROM_80: &str = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";
    match byte {
        0x80..0xA0 => FROM_80
            .chars()
            .nth(usize::from(byte - 0x80))
            .filter(|&c| c != '\0'),
        _ => Some(char::from(byte)),
    }
}

/// Which heading the walk is under.
#[derive(Clone, Copy)]
enum Under {
    /// None yet, or a heading that could not be read.
    Nothing,
    /// A level-1 heading, and the case of it once its vignette has ended.
    Section { title: Span },
    /// A level-2 heading: a question.
    Question { case: Option<u32> },
}

struct Reader<'s> {
    source: &'s str,
    outline: Outline<'s>,
    defaults: Tags,
    report: Report,
    entries: Vec<Entry>,
    cases: Vec<CaseEntry>,
    references: Vec<Span>,
    footnotes: HashMap<String, Span>,
    images: Vec<Image>,
    ids: HashMap<&'s str, u32>,
    /// The heading under which each footnote was last referred to, so that a question lists each but once.
    cited: HashMap<&'s str, u32>,
    /// How many `##` headings there are.
    headings: u32,
    under: Under,
    /// Where the references of what the walk is under begin.
    references_start: u32,
}

impl<'s> Reader<'s> {
    fn walk(&mut self, body: usize) {
        let text = self.source.get(body..).unwrap_or_default();
        let events = parser(text);
        for (label, definition) in events.reference_definitions().iter() {
            self.report.add(
                Code::ReferenceLink,
                Span::new(definition.span.start + body, definition.span.end + body),
                format!("`[{label}]: …` defines an address apart from its link"),
            );
        }
        let mut depth = 0_usize;
        // Where a heading or footnote definition that the walk is in ends, since their insides are not blocks.
        let mut inside_until = 0;
        let mut in_code = false;
        for (event, range) in events.into_offset_iter() {
            let span = Span::new(range.start + body, range.end + body);
            match &event {
                Event::Start(tag) => {
                    match tag {
                        Tag::Heading {
                            level: HeadingLevel::H1,
                            ..
                        } if depth == 0 => {
                            self.close(span.start);
                            self.open_section(span);
                            inside_until = span.end;
                        }
                        Tag::Heading {
                            level: HeadingLevel::H2,
                            ..
                        } if depth == 0 => {
                            self.close(span.start);
                            self.open_question(span);
                            inside_until = span.end;
                        }
                        Tag::FootnoteDefinition(label) if depth == 0 => {
                            self.define(label, span);
                            inside_until = span.end;
                        }
                        _ => {
                            self.watch(tag, span);
                            if span.start >= inside_until {
                                self.outline.open(tag, span, depth);
                            }
                        }
                    }
                    in_code |= matches!(tag, Tag::CodeBlock(_));
                    depth += 1;
                }
                Event::End(_) => {
                    depth = depth.saturating_sub(1);
                    in_code = false;
                }
                Event::FootnoteReference(_) if span.start >= inside_until => {
                    self.cite(Span::new(span.start as usize + 2, span.end as usize - 1));
                    self.outline.leaf(&event, span, depth);
                }
                Event::InlineHtml(_) => {
                    raw_html(self.source, span, &mut self.report);
                    self.outline.opaque(span);
                }
                Event::Html(_) => {}
                Event::Rule if depth == 0 => self.outline.lone_block(span),
                _ => {
                    if !in_code && matches!(event, Event::Text(_)) {
                        self.dangling_reference(span);
                        named_characters(self.source, span, &mut self.report);
                    }
                    if span.start >= inside_until {
                        self.outline.leaf(&event, span, depth);
                    }
                }
            }
        }
        let end = Span::new(self.source.len(), self.source.len());
        self.close(end.start);
        self.unused_footnotes();
    }

    fn watch(&mut self, tag: &Tag<'_>, span: Span) {
        self.images.extend(Image::of(tag, span));
        watch(self.source, tag, span, &mut self.report);
    }

    /// A footnote reference without a definition comes as text.
    fn dangling_reference(&mut self, span: Span) {
        // Labels are short; the bound keeps a line of nothing but brackets linear.
        let end = self.source.len().min(span.start as usize + 300);
        let rest = &self.source.as_bytes()[span.start as usize..end];
        if !rest.starts_with(b"[^") {
            return;
        }
        let line = rest.split(|&byte| byte == b'\n').next().unwrap_or_default();
        if let Some(length) = line.iter().position(|&byte| byte == b']') {
            let label = Span::new(span.start as usize + 2, span.start as usize + length);
            let text = label.of(self.source);
            if !text.is_empty() && !text.contains([' ', '`']) {
                self.report.add(
                    Code::UnknownSource,
                    label,
                    format!("no footnote `[^{text}]:` is defined"),
                );
            }
        }
    }

    /// Takes in a reference to a footnote.
    fn cite(&mut self, label: Span) {
        let before = self.cited.insert(label.of(self.source), self.headings);
        if before != Some(self.headings) {
            self.references.push(label);
        }
    }

    fn define(&mut self, label: &str, span: Span) {
        let text = span.of(self.source);
        let start = text.find("]:").map_or(text.len(), |at| at + 2);
        let body = Span::new(span.start as usize + start, span.end as usize).trimmed(self.source);
        if self.footnotes.insert(label.to_owned(), body).is_some() {
            self.report.add(
                Code::DuplicateSource,
                span.trimmed(self.source),
                format!("`[^{label}]` is defined twice"),
            );
        }
    }

    fn unused_footnotes(&mut self) {
        let text = |at: u32| self.references[at as usize].of(self.source);
        let used = by_text(self.references.len(), &text);
        for (label, &span) in &self.footnotes {
            if used
                .binary_search_by(|&at| text(at).cmp(label.as_str()))
                .is_err()
            {
                self.report.add(
                    Code::UnusedSource,
                    span,
                    format!("no question refers to `[^{label}]`"),
                );
            }
        }
    }

    fn references_so_far(&self) -> u32 {
        self.references.len() as u32
    }

    fn open_section(&mut self, heading: Span) {
        let title = heading_text(self.source, heading);
        self.under = Under::Section { title };
        self.outline.restart(heading.trimmed(self.source));
        self.references_start = self.references_so_far();
    }

    fn open_question(&mut self, heading: Span) {
        let case = match self.under {
            Under::Question { case } => case,
            _ => None,
        };
        self.under = Under::Question { case };
        self.headings += 1;
        self.outline.restart(heading.trimmed(self.source));
        self.references_start = self.references_so_far();
    }

    /// Ends what the walk is under, at byte `end`.
    fn close(&mut self, end: u32) {
        match self.under {
            Under::Nothing => {}
            Under::Section { title } => {
                let vignette = self.outline.all();
                let case = (!vignette.is_empty()).then(|| {
                    self.cases.push(CaseEntry { title, vignette });
                    self.cases.len() as u32 - 1
                });
                // The questions that follow belong to it.
                self.under = Under::Question { case };
            }
            Under::Question { case } => {
                let entry = self.question(case, end);
                self.entries.extend(entry);
            }
        }
    }

    fn question(&mut self, case: Option<u32>, end: u32) -> Option<Entry> {
        let heading = self.outline.heading();
        let named = self.name(heading);
        let (mut tags, registration) = self.tag_line()?;
        let question_type = (registration.read)(&mut self.outline, &tags, &mut self.report);
        let explanation = self.outline.claim_explanation(&mut self.report);
        let stem = self.outline.stem(&mut self.report);
        if stem[0].is_empty() {
            self.report
                .add(Code::NoStem, heading, "this question asks nothing");
        }
        let (id, title) = named?;
        let question_type = question_type?;
        if let Form::Essay { rubric, .. } = question_type.form() {
            tags.marks = Some(full_marks(rubric));
        }
        Some(Entry {
            id,
            title,
            span: Span {
                start: heading.start,
                end,
            },
            stem,
            explanation,
            type_name: registration.name,
            question_type,
            tags,
            case,
            references: (self.references_start, self.references_so_far()),
        })
    }

    /// The id and title of a question's heading: `## id · Title`, with `:` and ` - ` read too.
    fn name(&mut self, heading: Span) -> Option<(Span, Span)> {
        let line = heading_text(self.source, heading);
        let text = line.of(self.source);
        let id_length = text
            .find(|c: char| c.is_whitespace() || c == ':' || c == '·')
            .unwrap_or(text.len());
        let start = line.start as usize;
        let id = Span::new(start, start + id_length);
        let behind = &text[id_length..];
        let title_text = behind.trim_start().strip_prefix(['·', ':', '-', '–', '—']);
        let title = title_text.map(str::trim).filter(|title| !title.is_empty());
        let Some(title) = title else {
            self.report.add(
                Code::HeadingForm,
                heading,
                "this heading does not give a question an id and a title",
            );
            return None;
        };
        let title_start = line.end as usize - title.len();
        let word = id.of(self.source);
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        if word.is_empty() || word.len() > 64 || !word.bytes().all(fits) {
            self.report
                .add(Code::BadId, id, format!("`{word}` is not an id"));
            return None;
        }
        if self.ids.insert(word, 0).is_some() {
            self.report.add(
                Code::DuplicateId,
                id,
                format!("`{word}` names a question already"),
            );
            return None;
        }
        Some((id, Span::new(title_start, line.end as usize)))
    }

    fn tag_line(&mut self) -> Option<(Tags, &'static Registration)> {
        let Some(block) = self.outline.claim_tag_line() else {
            self.report.add(
                Code::NoTagLine,
                self.outline.heading(),
                "no tag line stands under this heading",
            );
            return None;
        };
        let mut tags = self.defaults.clone();
        let codes = self.outline.codes(block);
        // Those of the format's tags that were met, which are few.
        let mut said: Vec<&str> = Vec::new();
        for &code in codes.iter().skip(1) {
            let text = code.of(self.source);
            let start = code.start as usize;
            let colon = text.find(':').unwrap_or(text.len());
            let key = Span::new(start, start + colon).trimmed(self.source);
            let value = Span::new(
                (start + colon + 1).min(code.end as usize),
                code.end as usize,
            )
            .trimmed(self.source);
            let name = key.of(self.source);
            if said.contains(&name) {
                self.report
                    .add(Code::TagTwice, code, format!("`{name}` is said twice"));
            } else if !tags.set(self.source, key, value, &mut self.report) {
                self.report
                    .add(Code::UnknownTag, code, format!("`{text}` is not a tag"));
            } else if name != "outcome" {
                said.push(name);
            }
        }
        let kind = *codes.first()?;
        let name = kind.of(self.source);
        let Some(registration) = TYPES.iter().find(|known| known.name == name) else {
            self.report.add(
                Code::UnknownType,
                kind,
                format!("`{name}` is not a question type"),
            );
            return None;
        };
        let rule = tags.rule(self.source);
        if !rule.is_empty() && !registration.rules.contains(&rule) {
            let message = if registration.rules.is_empty() {
                format!("`{name}` has one marking rule only")
            } else {
                format!("`{rule}` is not one of {}", registration.rules.join(", "))
            };
            self.report.add(Code::TagValue, tags.rule, message);
        }
        if tags.topic.is_empty() {
            self.report.add(
                Code::TagValue,
                kind,
                "neither this question nor the front matter says a `topic`",
            );
        }
        Some((tags, registration))
    }
}

/// The text of a heading without its marks.
fn heading_text(source: &str, heading: Span) -> Span {
    let heading = heading.trimmed(source);
    let line = heading.of(source).lines().next().unwrap_or_default();
    let start = heading.start as usize + (line.len() - line.trim_start_matches('#').len());
    let end = heading.start as usize + line.trim_end_matches('#').len();
    Span::new(start, end.max(start)).trimmed(source)
}

/// Reports what must not reach a page.
pub(crate) fn watch(source: &str, tag: &Tag<'_>, span: Span, report: &mut Report) {
    let (url, is_image) = match tag {
        Tag::HtmlBlock => return raw_html(source, span.trimmed(source), report),
        Tag::Link { dest_url, .. } => (dest_url, false),
        Tag::Image { dest_url, .. } => (dest_url, true),
        _ => return,
    };
    match reach(url) {
        Reach::Unsafe => report.add(
            Code::UnsafeLink,
            span,
            format!("`{url}` is neither a web address nor a file of the course"),
        ),
        Reach::Remote if is_image => report.add(
            Code::RemoteImage,
            span,
            "this picture is fetched from elsewhere",
        ),
        _ => {}
    }
    if is_image && span.of(source).starts_with("![]") {
        report.add(Code::NoAlt, span, "this picture has no description");
    }
}

/// Reports HTML that is not a comment.
pub(crate) fn raw_html(source: &str, span: Span, report: &mut Report) {
    if !is_comment(span.of(source)) {
        report.add(Code::RawHtml, span, "raw HTML is not shown");
    }
}

fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--")
        && html.ends_with("-->")
        && !html[4..].trim_end_matches("-->").contains("-->")
}
