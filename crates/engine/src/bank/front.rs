//! Front matter and tag lines: flat `key: value` lines and `key:value` code spans.

use super::diagnostic::{Code, Report};
use super::model::Difficulty;
use super::span::Span;

/// The most lines that front matter may have.
const MOST_LINES: usize = 100;

/// The front matter of a bank or of a course page, as places.
#[derive(Debug)]
pub(crate) struct FrontMatter<'s> {
    source: &'s str,
    lines: Vec<(Span, Span)>,
    span: Span,
    /// Whether it is there and closed.
    whole: bool,
}

impl<'s> FrontMatter<'s> {
    /// That of a file which could not be read.
    pub(crate) fn none(source: &'s str) -> Self {
        Self {
            source,
            lines: Vec::new(),
            span: Span::default(),
            whole: false,
        }
    }

    /// Reads the lines between `---` and `---` at the top of `source`. What is wrong is reported; what can be read, is.
    pub(crate) fn read(source: &'s str, report: &mut Report) -> Self {
        let mut front = Self::none(source);
        let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
        let mut lines = Lines { source, at: start };
        match lines.next() {
            Some(first) if first.of(source) == "---" => {}
            first => {
                let place = first.unwrap_or_default();
                let what = if source[start..].trim().is_empty() {
                    "the file is empty"
                } else {
                    "the file has no front matter"
                };
                report.add(Code::NoFrontMatter, place, what);
                front.span = Span::new(start, start);
                return front;
            }
        }
        let faults = report.len();
        // Bounded, so that front matter that never ends is one fault and not one a line.
        for line in lines.by_ref().take(MOST_LINES) {
            let text = line.of(source);
            if text == "---" {
                front.span = Span::new(start, line.end as usize);
                front.whole = true;
                return front;
            }
            if text.is_empty() || text.starts_with('#') {
                // Headings start the body when the closing line was forgotten; a comment has no second `#`.
                if text.starts_with("##") {
                    break;
                }
                continue;
            }
            front.line(line, report);
        }
        // What looked wrong in its lines may never have been meant for it.
        report.truncate(faults);
        report.add(
            Code::FrontMatterOpen,
            Span::new(start, start + 3),
            "the front matter is never closed",
        );
        front.span = Span::new(
            start,
            front
                .lines
                .last()
                .map_or(start + 3, |last| last.1.end as usize),
        );
        front
    }

    fn line(&mut self, line: Span, report: &mut Report) {
        let text = line.of(self.source);
        let colon = text.find(':').filter(|&at| {
            let rest = &text[at + 1..];
            at > 0 && (rest.is_empty() || rest.starts_with([' ', '\t']))
        });
        let Some(colon) = colon else {
            report.add(Code::FrontMatterLine, line, "this line is not `key: value`");
            return;
        };
        let start = line.start as usize;
        let key = Span::new(start, start + colon).trimmed(self.source);
        let value = Span::new(start + colon + 1, line.end as usize).trimmed(self.source);
        let name = key.of(self.source);
        if !name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        {
            report.add(
                Code::FrontMatterLine,
                key,
                "a key has letters, digits and `-` only",
            );
            return;
        }
        if self.get(name).is_some() {
            report.add(
                Code::FrontMatterTwice,
                key,
                format!("`{name}` is said twice"),
            );
            return;
        }
        self.lines.push((key, self.unquoted(value)));
    }

    /// The value without the quotation marks that YAML allows around it.
    fn unquoted(&self, value: Span) -> Span {
        let text = value.of(self.source);
        let quoted = |mark| text.len() >= 2 && text.starts_with(mark) && text.ends_with(mark);
        if quoted('"') || quoted('\'') {
            Span::new(value.start as usize + 1, value.end as usize - 1)
        } else {
            value
        }
    }

    /// The value of `key`, trimmed.
    pub(crate) fn get(&self, key: &str) -> Option<Span> {
        self.keys()
            .find(|(name, _)| name.of(self.source) == key)
            .map(|(_, value)| value)
    }

    /// Every key and value, in order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (Span, Span)> + '_ {
        self.lines.iter().copied()
    }

    /// Where it stands, with its fences.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// Whether it is there and closed.
    pub(crate) fn is_whole(&self) -> bool {
        self.whole
    }

    /// Where the markdown begins.
    pub(crate) fn body(&self) -> usize {
        self.span.end as usize
    }

    /// Reports what every kind of front matter must have: the format's version, the keys of `required`, and none but these and
    /// those of `optional`.
    pub(crate) fn check(&self, required: &[&str], optional: &[&str], report: &mut Report) {
        if self.span.is_empty() {
            return;
        }
        for (key, _) in self.keys() {
            let name = key.of(self.source);
            if name != "tierwise" && !required.contains(&name) && !optional.contains(&name) {
                report.add(
                    Code::UnknownKey,
                    key,
                    format!("`{name}` is not a key of the format"),
                );
            }
        }
        let place = Span::new(self.span.start as usize, self.span.start as usize + 3);
        match self.get("tierwise") {
            None => report.add(Code::MissingKey, place, "`tierwise: 1` is missing"),
            Some(version) if version.of(self.source) != "1" => {
                report.add(
                    Code::FormatVersion,
                    version,
                    "this is not version 1 of the format",
                );
            }
            Some(_) => {}
        }
        for name in required {
            match self.get(name) {
                None => report.add(Code::MissingKey, place, format!("`{name}` is missing")),
                Some(value) if value.is_empty() => {
                    report.add(Code::KeyValue, value, format!("`{name}` has no value"));
                }
                Some(_) => {}
            }
        }
    }
}

/// The lines of a text without their ends and the white space before those.
struct Lines<'s> {
    source: &'s str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Span;
    fn next(&mut self) -> Option<Span> {
        let rest = self.source.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let line = Span::new(self.at, self.at + rest[..length].trim_end().len());
        self.at += length;
        Some(line)
    }
}

/// What a question is tagged with: by its own tag line, else by the bank's front matter.
#[derive(Clone, Debug)]
pub struct Tags {
    pub(crate) topic: Span,
    pub(crate) facet: Span,
    pub(crate) rule: Span,
    pub(crate) difficulty: Difficulty,
    pub(crate) tier: u8,
    /// `None` when neither says: 1, or what the rubric gives.
    pub(crate) marks: Option<u16>,
    pub(crate) fixed: bool,
    pub(crate) case_sensitive: bool,
}

/// The most marks that one question can carry.
pub(crate) const MOST_MARKS: u16 = 100;

impl Default for Tags {
    fn default() -> Self {
        Self {
            topic: Span::default(),
            facet: Span::default(),
            rule: Span::default(),
            difficulty: Difficulty::Middling,
            tier: 0,
            marks: None,
            fixed: false,
            case_sensitive: false,
        }
    }
}

impl Tags {
    /// The keys that both a tag line and the front matter may set.
    pub(super) const KEYS: &[&str] = &["topic", "difficulty", "tier", "facet", "marks"];

    /// The marking rule that is named; empty when none is.
    pub(crate) fn rule<'s>(&self, source: &'s str) -> &'s str {
        self.rule.of(source)
    }

    /// The defaults that a bank's front matter gives.
    pub(super) fn of_front(front: &FrontMatter<'_>, report: &mut Report) -> Self {
        let mut tags = Self::default();
        for (key, value) in front.keys() {
            if Self::KEYS.contains(&key.of(front.source)) {
                tags.set(front.source, key, value, report);
            }
        }
        tags
    }

    /// Sets one tag from its key and value; reports a value that it cannot take. True when the key is known.
    pub(super) fn set(
        &mut self,
        source: &str,
        key: Span,
        value: Span,
        report: &mut Report,
    ) -> bool {
        let (name, text) = (key.of(source), value.of(source));
        let mut wrong = |what: &str| {
            report.add(Code::TagValue, value, format!("`{name}:{text}`: {what}"));
        };
        match name {
            "topic" if is_topic(text) => self.topic = value,
            "topic" => wrong("a topic is written in small letters, such as `hl7/identity`"),
            "facet" => match text {
                "it" | "clinical" | "legal" | "case" | "analysis" => self.facet = value,
                _ => wrong("a facet is it, clinical, legal, case or analysis"),
            },
            "difficulty" => match Difficulty::from_digit(text) {
                Some(difficulty) => self.difficulty = difficulty,
                None => wrong("a difficulty is 1, 2 or 3"),
            },
            "tier" => match text.parse() {
                Ok(tier @ 1..=5) => self.tier = tier,
                _ => wrong("a tier is 1 to 5"),
            },
            "marks" => match text.parse() {
                Ok(marks) if (1..=MOST_MARKS).contains(&marks) => self.marks = Some(marks),
                _ => wrong("marks are a whole number from 1 to 100"),
            },
            "rule" => self.rule = value,
            "outcome" if !text.is_empty() => {}
            "outcome" => wrong("an outcome is named by its number in the syllabus"),
            "fixed" if value.is_empty() => self.fixed = true,
            "case-sensitive" if value.is_empty() => self.case_sensitive = true,
            _ => return false,
        }
        true
    }
}

fn is_topic(text: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    text.split('/').all(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(source: &str) -> (Vec<(String, String)>, Vec<&'static str>, usize) {
        let mut report = Report::new();
        let front = FrontMatter::read(source, &mut report);
        let lines = front
            .keys()
            .map(|(key, value)| (key.of(source).to_owned(), value.of(source).to_owned()))
            .collect();
        let body = front.body();
        (
            lines,
            report.finish().iter().map(|d| d.code.name()).collect(),
            body,
        )
    }

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    #[test]
    fn flat_lines_are_read_whatever_the_line_ends() {
        for text in [
            "---\ntitle: A: b\n# a comment\ntier: \"3\"\n---\nbody",
            "\u{feff}---\r\ntitle: A: b  \r\n\r\ntier: '3'\r\n---\r\nbody",
        ] {
            let (lines, codes, body) = names(text);
            assert_eq!(lines, [pair("title", "A: b"), pair("tier", "3")]);
            assert!(codes.is_empty(), "{codes:?}");
            assert_eq!(text[body..].trim_start(), "body");
        }
    }

    #[test]
    fn faults_are_named_and_the_rest_is_read() {
        let (lines, codes, _) = names("---\ntitle A\ntier: 3\ntier: 4\n- x\n---\n");
        assert_eq!(lines, [pair("tier", "3")]);
        assert_eq!(
            codes,
            [
                "front-matter-line",
                "front-matter-twice",
                "front-matter-line"
            ]
        );
        let (lines, codes, body) = names("---\ntier: 3\n\n## q-1 · A question\n");
        assert_eq!(lines, [pair("tier", "3")]);
        assert_eq!(codes, ["front-matter-open"]);
        assert_eq!(body, 11);
        assert_eq!(names("# No\n").1, ["no-front-matter"]);
        assert_eq!(names("").1, ["no-front-matter"]);
    }

    #[test]
    fn topics() {
        assert!(is_topic("hl7/orders-results"));
        for text in ["", "HL7", "a//b", "/a", "a b"] {
            assert!(!is_topic(text), "{text}");
        }
    }
}
