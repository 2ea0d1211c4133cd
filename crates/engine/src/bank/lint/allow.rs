//! Advice that a tutor has weighed and does not take: a comment `<!-- allow long-key: the reason -->` in a question silences what is advised of
//! it, and one outside all questions what is advised of the rest of the file.

use std::collections::HashSet;

use pulldown_cmark::{Event, Tag};

use crate::bank::diagnostic::{Code, Diagnostic, Report, Severity};
use crate::bank::markdown::parser;
use crate::bank::model::Bank;
use crate::bank::span::Span;

/// A warning that was silenced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silenced {
    /// The warning.
    pub diagnostic: Diagnostic,
    /// Why it does not apply, in the tutor's words: a place of the source.
    pub reason: Span,
}

/// What is left of a file's diagnostics when its comments have been heeded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heeded {
    /// Those to be reported, in file order.
    pub diagnostics: Vec<Diagnostic>,
    /// Those that were silenced, in file order.
    pub silenced: Vec<Silenced>,
}

/// Those that only the whole course can raise.
const OF_COURSE: &[Code] = &[Code::DuplicateStem, Code::UnusedBank];
/// Warnings that would have no sense to silence.
const LOUD: &[Code] = &[
    Code::BadAllow,
    Code::IdleAllow,
    Code::TooMany,
    Code::NoCoursePage,
];

/// Silences what a bank's comments allow of `found`, all that is wrong with it. `whole` says whether the bank was looked at with its
/// course, so that what its comments silence could be found.
#[must_use]
pub fn heed_bank(bank: &Bank, whole: bool, found: Vec<Diagnostic>) -> Heeded {
    let questions: Vec<Span> = bank.questions().map(|question| question.span()).collect();
    heed(bank.source(), &questions, whole, found)
}

/// Silences what the comments of a course page allow of `found`, all that is wrong with it.
#[must_use]
pub fn heed_page(source: &str, found: Vec<Diagnostic>) -> Heeded {
    heed(source, &[], true, found)
}

/// A comment that allows something.
struct Allow {
    code: Code,
    place: Span,
    reason: Span,
    /// The question that it stands in, if it stands in one.
    question: Option<usize>,
    used: bool,
}

fn heed(source: &str, questions: &[Span], whole: bool, mut found: Vec<Diagnostic>) -> Heeded {
    let mut heeded = Heeded::default();
    let mut report = Report::new();
    let within = |span: Span| {
        let at = questions.partition_point(|question| question.start <= span.start);
        at.checked_sub(1)
            .filter(|&at| span.start < questions[at].end)
    };
    let mut allows = Vec::new();
    for comment in comments(source) {
        match read(source, comment) {
            None => {}
            Some(Err(message)) => report.add(Code::BadAllow, comment, message),
            Some(Ok((code, reason))) => allows.push(Allow {
                code,
                place: comment,
                reason,
                question: within(comment),
                used: false,
            }),
        }
    }
    // By question and code, so that many comments and many diagnostics meet in one pass.
    allows.sort_by_key(|allow| (allow.question, allow.code));
    let sound = found.iter().all(|one| one.severity() != Severity::Error);
    for diagnostic in found.drain(..) {
        let wanted = (within(diagnostic.span), diagnostic.code);
        let at = allows.partition_point(|allow| (allow.question, allow.code) < wanted);
        match allows.get_mut(at) {
            Some(allow) if (allow.question, allow.code) == wanted => {
                allow.used = true;
                heeded.silenced.push(Silenced {
                    diagnostic,
                    reason: allow.reason,
                });
            }
            _ => heeded.diagnostics.push(diagnostic),
        }
    }
    let mut before = HashSet::new();
    for allow in &allows {
        let first = before.insert((allow.question, allow.code));
        let could_be = sound && (whole || !OF_COURSE.contains(&allow.code));
        if !first || (!allow.used && could_be) {
            report.add(
                Code::IdleAllow,
                allow.place,
                format!("nothing here raises `{}`", allow.code.name()),
            );
        }
    }
    heeded.diagnostics.extend(report.finish());
    heeded
        .diagnostics
        .sort_by_key(|one| (one.span.start, one.severity(), one.code));
    heeded
}

/// The places of the comments of a text, outside code.
fn comments(source: &str) -> Vec<Span> {
    if !source.contains("<!--") {
        return Vec::new();
    }
    let events = parser(source).into_offset_iter();
    events
        .filter(|(event, _)| matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)))
        .map(|(_, range)| Span::from(range).trimmed(source))
        .collect()
}

/// What a comment allows, and why. `None` when it allows nothing, and speaks to people alone.
fn read(source: &str, comment: Span) -> Option<Result<(Code, Span), String>> {
    let text = comment.of(source);
    let inner = text.strip_prefix("<!--")?.strip_suffix("-->")?;
    let rest = inner.trim().strip_prefix("allow")?;
    if !rest.is_empty() && !rest.starts_with([' ', '\t', '\n', '\r', ':']) {
        return None;
    }
    let rest = rest.trim();
    let length = rest.find(|c: char| c == ':' || c.is_whitespace());
    let (name, behind) = rest.split_at(length.unwrap_or(rest.len()));
    let code = Code::ALL.iter().copied().find(|code| code.name() == name);
    let reason = behind.trim_start().strip_prefix(':').map(str::trim);
    match (code, reason) {
        // A sentence that happens to begin with the word.
        (None, None) if !behind.is_empty() => None,
        (None, _) => Some(Err(format!("`{name}` is not the name of a warning"))),
        (Some(code), _) if code.severity() == Severity::Error => Some(Err(format!(
            "`{name}` is an error, which cannot be silenced"
        ))),
        (Some(code), _) if LOUD.contains(&code) => {
            Some(Err(format!("`{name}` cannot be silenced")))
        }
        (Some(_), None | Some("")) => Some(Err(format!("`{name}` is silenced without a reason"))),
        (Some(code), Some(reason)) => {
            let start = reason.as_ptr() as usize - source.as_ptr() as usize;
            Some(Ok((code, Span::new(start, start + reason.len()))))
        }
    }
}
