//! Diagnostics as people and programs read them, a file per format; counts as people do.

mod github;
mod json;
mod places;
pub(crate) mod stats;
mod text;

use std::io::{self, Write};

use tierwise_engine::bank::Severity;

use crate::args::Format;
use crate::inspect::Findings;

/// Writes all findings.
///
/// # Errors
/// Those of `out`.
pub(crate) fn write(
    format: Format,
    findings: &Findings<'_>,
    coloured: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Text => text::write(findings, coloured, out),
        Format::Json => json::write(findings, out),
        Format::Github => github::write(findings, out),
    }
}

/// `1 question`, `2 questions`.
pub(crate) fn counted(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

/// All findings in a line.
fn summary(findings: &Findings<'_>) -> String {
    let files = findings.files.len();
    let faulty = findings
        .files
        .iter()
        .filter(|file| !file.diagnostics.is_empty())
        .count();
    let counts: Vec<String> = [(Severity::Error, "error"), (Severity::Warning, "warning")]
        .into_iter()
        .map(|(severity, word)| (findings.count(severity), word))
        .filter(|&(count, _)| count > 0)
        .map(|(count, word)| counted(count, word))
        .collect();
    let silenced = match findings.silenced() {
        0 => String::new(),
        number => format!(", {number} silenced"),
    };
    if counts.is_empty() {
        let questions = counted(findings.questions, "question");
        return format!(
            "{}, {questions}: nothing to report{silenced}",
            counted(files, "file")
        );
    }
    format!(
        "{} in {faulty} of {}{silenced}",
        counts.join(" and "),
        counted(files, "file")
    )
}

/// The word for a severity, as the formats spell it.
fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
