//! For programs: one JSON document.

use std::io::{self, Write};

use serde::Serialize;
use tierwise_engine::bank::{Code, Place, Severity};

use super::places::Places;
use super::word;
use crate::inspect::Findings;

/// The version of this format.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    tierwise: u32,
    files: usize,
    questions: usize,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<Entry<'a>>,
    /// Warnings that a comment of the file silences.
    silenced: Vec<Silence<'a>>,
}

#[derive(Serialize)]
struct Silence<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    code: &'static str,
    message: &'a str,
    /// Why it does not apply, in the tutor's words.
    reason: &'a str,
}

#[derive(Serialize)]
struct Entry<'a> {
    file: &'a str,
    /// From 1, as the columns are, which count characters.
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    /// The offending text, its first line.
    text: &'a str,
    remedy: &'static str,
}

pub(super) fn write(findings: &Findings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (mut diagnostics, mut silenced) = (Vec::new(), Vec::new());
    for file in &findings.files {
        let mut places = Places::new(file.source);
        for diagnostic in &file.diagnostics {
            let found = places.find(diagnostic.span);
            let code: Code = diagnostic.code;
            let Place { line, column } = found.start;
            diagnostics.push(Entry {
                file: &file.path,
                line,
                column,
                end_line: found.end.line,
                end_column: found.end.column,
                severity: word(code.severity()),
                code: code.name(),
                message: &diagnostic.message,
                text: &found.line[found.covers],
                remedy: code.remedy(),
            });
        }
    }
    for file in &findings.files {
        let mut places = Places::new(file.source);
        for one in &file.silenced {
            let Place { line, column } = places.find(one.diagnostic.span).start;
            silenced.push(Silence {
                file: &file.path,
                line,
                column,
                code: one.diagnostic.code.name(),
                message: &one.diagnostic.message,
                reason: one.reason.of(file.source),
            });
        }
    }
    let document = Document {
        tierwise: VERSION,
        files: findings.files.len(),
        questions: findings.questions,
        errors: findings.count(Severity::Error),
        warnings: findings.count(Severity::Warning),
        diagnostics,
        silenced,
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}
