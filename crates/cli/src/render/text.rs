//! For people: each diagnostic with its place, an excerpt and what to do, and a summary.

use std::io::{self, Write};

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Padding, Renderer, Snippet, normalize_untrusted_str,
};
use tierwise_engine::bank::{Diagnostic, Severity};

use super::places::{Found, Places};
use super::summary;
use crate::inspect::Findings;

/// Lines up to this length, in bytes, are left to the library, which shows what fits a terminal around the place. It looks at the whole
/// line for each diagnostic; of longer ones, such as a file that is all one line, it is given none.
const LONG: usize = 2000;
/// How many characters of a longer line are shown before the place …
const BEFORE: usize = 40;
/// … and from it on.
const AFTER: usize = 80;

pub(super) fn write(
    findings: &Findings<'_>,
    coloured: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let renderer = if coloured {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    for file in &findings.files {
        let mut places = Places::new(file.source);
        for diagnostic in &file.diagnostics {
            let found = places.find(diagnostic.span);
            let group = group(&file.path, diagnostic, found, file.source.is_empty());
            writeln!(out, "{}\n", renderer.render(&[group]))?;
        }
    }
    writeln!(out, "{}", summary(findings))
}

fn group<'a>(
    path: &'a str,
    diagnostic: &'a Diagnostic,
    found: Found<'a>,
    no_source: bool,
) -> Group<'a> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.name());
    let help = Level::HELP.message(diagnostic.remedy());
    let line = found.start.line as usize;
    if no_source {
        title
            .element(Origin::path(path))
            .element(Padding)
            .element(help)
    } else if found.line.len() > LONG {
        let column = found.start.column as usize;
        let around = normalize_untrusted_str(&excerpt(found.line, found.covers.start));
        title
            .element(Origin::path(path).line(line).char_column(column))
            .element(Padding)
            .element(Level::NOTE.message(format!("in a very long line: {around}")))
            .element(help)
    } else {
        title
            .element(
                Snippet::source(found.line)
                    .line_start(line)
                    .path(path)
                    .annotation(AnnotationKind::Primary.span(found.covers)),
            )
            .element(help)
    }
}

/// What stands around byte `at` of a line.
fn excerpt(line: &str, at: usize) -> String {
    let (before, rest) = line.split_at(at);
    let start = before
        .char_indices()
        .rev()
        .nth(BEFORE - 1)
        .map_or(0, |(at, _)| at);
    let end = rest
        .char_indices()
        .nth(AFTER)
        .map_or(line.len(), |(length, _)| at + length);
    let dots = |cut: bool| if cut { "…" } else { "" };
    let shown = &line[start..end];
    format!("{}{shown}{}", dots(start > 0), dots(end < line.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let line = format!("{}HERE{}", "ä".repeat(5000), "z".repeat(5000));
        let text = excerpt(&line, 10_000);
        assert_eq!(
            text,
            format!("…{}HERE{}…", "ä".repeat(BEFORE), "z".repeat(AFTER - 4))
        );
    }

    #[test]
    fn the_ends_of_a_line_are_shown_as_such() {
        let line = "x".repeat(10_000);
        assert_eq!(excerpt(&line, 0), format!("{}…", "x".repeat(AFTER)));
        assert_eq!(excerpt(&line, 10_000), format!("…{}", "x".repeat(BEFORE)));
    }
}
