//! A course page (the `README.md` of a folder of banks) → [`Course`] and diagnostics.
//!
//! Its front matter says what the course allows, the table under `## Blueprint` what a paper is drawn from, and the rest of
//! the body is the briefing that a candidate reads first.

mod blueprint;
mod lint;
mod outcomes;
mod topic;

use crate::bank::{
    Bank, Code, Diagnostic, FrontMatter, Html, Image, Report, Severity, Span, decode, digest,
    images,
};
use crate::paper;
use crate::sorted::by_text;

pub use blueprint::Row;
pub use outcomes::Outcome;
pub(crate) use topic::{topic_depth, within};

/// The longest sitting that a course can ask for, in minutes.
const MOST_MINUTES: u32 = 600;
/// The most questions that a paper can have.
pub(crate) const MOST_QUESTIONS: u32 = 1000;

/// A course as its page describes it.
#[derive(Debug)]
pub struct Course {
    id: String,
    source: String,
    digest: String,
    title: Span,
    summary: Span,
    tier: u8,
    minutes: u32,
    pass_percent: u32,
    may_pause: bool,
    may_go_back: bool,
    attempts: Option<u32>,
    confidence: bool,
    rows: Vec<Row>,
    /// The body before and behind the section `## Blueprint`.
    briefing: [Span; 2],
    /// The heading of the blueprint, or the place where one was looked for.
    heading: Span,
    diagnostics: Vec<Diagnostic>,
}

/// Reads a course page. It never fails: what is wrong is among [`Course::diagnostics`].
///
/// `id` is the name of the course's folder, such as `level-2`.
#[must_use]
pub fn read(id: &str, bytes: Vec<u8>) -> Course {
    let mut report = Report::new();
    let digest = digest(&bytes);
    let (source, is_text) = decode(bytes, &mut report);
    let front = if is_text {
        FrontMatter::read(&source, &mut report)
    } else {
        FrontMatter::none(&source)
    };
    front.check(
        &["title", "tier", "minutes", "pass"],
        &[
            "summary",
            "pause",
            "back",
            "attempts",
            "confidence",
            "licence",
        ],
        &mut report,
    );
    let mut values = Values {
        source: &source,
        front: &front,
        report: &mut report,
    };
    let tier = values.number("tier", 5, "a tier is 1 to 5");
    let minutes = values.number(
        "minutes",
        MOST_MINUTES,
        "the time allowed is 1 to 600 minutes",
    );
    let pass = values.number("pass", 100, "the pass mark is a percentage from 1 to 100");
    let attempts = values.number(
        "attempts",
        1000,
        "the attempts allowed are 1 to 1000; leave the line out for any number",
    );
    let may_pause = values.yes("pause", false);
    let may_go_back = values.yes("back", true);
    let confidence = values.yes("confidence", false);
    let body = front.body();
    let title = front.get("title").unwrap_or_default();
    let summary = front.get("summary").unwrap_or_default();
    let found = if is_text {
        blueprint::read(&source, body, &mut report)
    } else {
        blueprint::Found::none(&source, body)
    };
    Course {
        id: id.to_owned(),
        digest,
        title,
        summary,
        tier: tier.unwrap_or_default() as u8,
        minutes: minutes.unwrap_or_default(),
        pass_percent: pass.unwrap_or_default(),
        may_pause,
        may_go_back,
        attempts,
        confidence,
        rows: found.rows,
        briefing: [
            Span::new(body, found.section.start as usize),
            Span::new(found.section.end as usize, source.len()),
        ],
        heading: found.heading,
        diagnostics: report.finish(),
        source,
    }
}

/// Reads values of the front matter and reports those that cannot be.
struct Values<'a> {
    source: &'a str,
    front: &'a FrontMatter<'a>,
    report: &'a mut Report,
}

impl Values<'_> {
    /// A whole number from 1 to `most`, with a percent sign behind it or not.
    fn number(&mut self, key: &str, most: u32, wrong: &str) -> Option<u32> {
        // An empty value is reported with the keys that must be there.
        let value = self.front.get(key).filter(|value| !value.is_empty())?;
        let text = value.of(self.source);
        let digits = match (key, text.strip_suffix('%')) {
            ("pass", Some(digits)) => digits.trim_end(),
            _ => text,
        };
        let number = whole_number(digits).filter(|number| (1..=most).contains(number));
        if number.is_none() {
            self.report.add(Code::KeyValue, value, wrong);
        }
        number
    }

    fn yes(&mut self, key: &str, otherwise: bool) -> bool {
        let Some(value) = self.front.get(key) else {
            return otherwise;
        };
        match value.of(self.source) {
            "yes" => true,
            "no" => false,
            _ => {
                self.report
                    .add(Code::KeyValue, value, "this is `yes` or `no`");
                otherwise
            }
        }
    }
}

/// A number in plain digits: `u32::from_str` would take a sign too.
fn whole_number(text: &str) -> Option<u32> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}

impl Course {
    /// The name of its folder, such as `level-2`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        self.title.of(&self.source)
    }

    /// What it is, in a sentence for the catalogue; may be empty.
    #[must_use]
    pub fn summary(&self) -> &str {
        self.summary.of(&self.source)
    }

    /// The tier of the career framework that it prepares for, 1 to 5; 0 when the page does not say.
    #[must_use]
    pub fn tier(&self) -> u8 {
        self.tier
    }

    /// The time allowed for a paper, in minutes, 1 to 600; 0 when the page does not say.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.minutes
    }

    /// The pass mark as a percentage of a paper's marks, 1 to 100; 0 when the page does not say.
    #[must_use]
    pub fn pass_percent(&self) -> u32 {
        self.pass_percent
    }

    /// Whether a candidate may stop the clock.
    #[must_use]
    pub fn may_pause(&self) -> bool {
        self.may_pause
    }

    /// Whether a candidate may return to an earlier question.
    #[must_use]
    pub fn may_go_back(&self) -> bool {
        self.may_go_back
    }

    /// How often a candidate may sit it; `None` for any number.
    #[must_use]
    pub fn attempts(&self) -> Option<u32> {
        self.attempts
    }

    /// Whether candidates say how sure they are of each answer.
    #[must_use]
    pub fn confidence(&self) -> bool {
        self.confidence
    }

    /// The rows of the blueprint.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The banks that the blueprint names, each once, in order: files of the course's folder.
    #[must_use]
    pub fn bank_paths(&self) -> Vec<&str> {
        let mut paths: Vec<&str> = Vec::new();
        for row in &self.rows {
            if !paths.contains(&row.bank.as_str()) {
                paths.push(&row.bank);
            }
        }
        paths
    }

    /// How many stand-alone questions a paper has; those of cases come on top, see [`paper::length`].
    #[must_use]
    pub fn singles(&self) -> u32 {
        self.rows
            .iter()
            .map(|row| row.counts.iter().sum::<u32>())
            .sum()
    }

    /// SHA-256 of the bytes as read, 64 hexadecimal digits in lower case.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The text as read.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What is wrong with the page, in file order. What is wrong between it and its banks, [`check`](Self::check) finds.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether it can be used: its page has no error.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.diagnostics
            .iter()
            .all(|diagnostic| diagnostic.severity() != Severity::Error)
    }

    /// What is wrong between the page and its banks, in file order, at places of the page: a bank that is missing or has errors,
    /// an id that two banks use, a cell that cannot be met. When it finds nothing, every seed gives a paper.
    #[must_use]
    pub fn check(&self, banks: &[Bank]) -> Vec<Diagnostic> {
        let mut report = Report::new();
        let mut ids: Vec<(&str, &str)> = Vec::new();
        for path in self.bank_paths() {
            let row = self.rows.iter().find(|row| row.bank == path);
            let span = row.map_or(self.heading, |row| row.bank_span);
            let Some(bank) = banks.iter().find(|bank| bank.path() == path) else {
                report.add(Code::NoBank, span, format!("there is no bank `{path}`"));
                continue;
            };
            if !bank.is_usable() {
                report.add(
                    Code::FaultyBank,
                    span,
                    format!("the bank `{path}` has errors"),
                );
            }
            ids.extend(bank.questions().map(|question| (question.id(), path)));
        }
        let sorted = by_text(ids.len(), &|at| ids[at as usize].0);
        for pair in sorted.windows(2) {
            let (id, first) = ids[pair[0] as usize];
            let (same, second) = ids[pair[1] as usize];
            if id == same && first != second {
                report.add(
                    Code::DuplicateId,
                    self.heading,
                    format!("`{id}` is the id of a question in `{first}` and of one in `{second}`"),
                );
            }
        }
        // A bank that is missing or at fault has been reported; what it lacks for that follows from it.
        let sound = |row: &Row| {
            let bank = banks.iter().find(|bank| bank.path() == row.bank);
            bank.is_some_and(Bank::is_usable)
        };
        for (row, shortfalls) in self.rows.iter().zip(paper::shortfalls(self, banks)) {
            for shortfall in shortfalls.into_iter().filter(|_| sound(row)) {
                report.add(Code::Unmet, row.span, shortfall.to_string());
            }
        }
        if paper::length(self, banks.iter()) > MOST_QUESTIONS as usize {
            report.add(
                Code::Count,
                self.heading,
                "with its cases a paper could have more than 1000 questions",
            );
        }
        report.finish()
    }

    /// The pictures beside it that the page shows, in file order.
    #[must_use]
    pub fn images(&self) -> Vec<Image> {
        images(&self.source, self.briefing[0].start as usize)
    }

    /// The briefing as HTML: the body without the section `## Blueprint`.
    #[must_use]
    pub fn briefing_html(&self, html: &Html<'_>) -> String {
        let [before, after] = self.briefing.map(|span| html.blocks(&self.source, span));
        before + &after
    }
}

#[cfg(test)]
mod tests;
