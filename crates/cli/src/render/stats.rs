//! Counts of banks for people: aligned columns.

use std::io::{self, Write};

use super::counted;
use crate::cmd::stats::{Cell, Counts, CourseCounts, Group, OutcomeCount};
use crate::terminal::harmless;

/// How much of an outcome's words is shown, in characters.
const WORDS: usize = 60;

/// Writes all counts.
///
/// # Errors
/// Those of `out`.
pub(crate) fn write(counts: &Counts, out: &mut dyn Write) -> io::Result<()> {
    for course in &counts.courses {
        one(course, out)?;
        writeln!(out)?;
    }
    writeln!(
        out,
        "{}: {}, {}",
        counted(counts.courses.len(), "folder"),
        counted(counts.questions, "question"),
        counted(counts.marks as usize, "mark")
    )
}

fn one(course: &CourseCounts, out: &mut dyn Write) -> io::Result<()> {
    match &course.title {
        Some(title) => writeln!(out, "{} ({})", harmless(title), harmless(&course.path))?,
        None => writeln!(out, "{}, no course page", harmless(&course.path))?,
    }
    writeln!(
        out,
        "{}, {}",
        counted(course.questions, "question"),
        counted(course.marks as usize, "mark")
    )?;
    for (heading, groups) in [
        ("Bank", &course.banks),
        ("Type", &course.types),
        ("Topic", &course.topics),
        ("Tier", &course.tiers),
        ("Difficulty", &course.difficulties),
        ("Facet", &course.facets),
    ] {
        let head = [heading, "Questions", "Marks"].map(str::to_owned);
        table(head, groups.iter().map(group), out)?;
    }
    if !course.blueprint.is_empty() {
        let head = ["Blueprint", "Topic", "Column", "Drawn", "Of", "Ratio", ""];
        let cells = course.blueprint.iter().map(cell);
        table(head.map(str::to_owned), cells, out)?;
    }
    if !course.outcomes.is_empty() {
        let head = ["Outcome", "What you can do", "Questions", ""];
        let outcomes = course.outcomes.iter().map(outcome);
        table(head.map(str::to_owned), outcomes, out)?;
    }
    Ok(())
}

fn group(group: &Group) -> [String; 3] {
    [
        group.name.clone(),
        group.questions.to_string(),
        group.marks.to_string(),
    ]
}

fn cell(cell: &Cell) -> [String; 7] {
    // To the tenth below, so that what is too few never looks as if it were enough.
    let tenths = cell.available * 10 / cell.drawn;
    [
        cell.bank.clone(),
        cell.topic.clone(),
        cell.column.to_owned(),
        cell.drawn.to_string(),
        cell.available.to_string(),
        format!("{}.{}", tenths / 10, tenths % 10),
        few(cell.few),
    ]
}

fn outcome(outcome: &OutcomeCount) -> [String; 4] {
    let mut words: String = outcome.text.chars().take(WORDS).collect();
    if words.len() < outcome.text.len() {
        words.push('…');
    }
    [
        outcome.outcome.clone(),
        words,
        outcome.questions.to_string(),
        few(outcome.few),
    ]
}

fn few(few: bool) -> String {
    if few { "few" } else { "" }.to_owned()
}

/// Rows under a head, in columns; numbers stand to the right.
fn table<const N: usize>(
    head: [String; N],
    rows: impl Iterator<Item = [String; N]>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rows: Vec<[String; N]> = rows.map(|row| row.map(|cell| harmless(&cell))).collect();
    let is_number = |cell: &String| cell.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let to_the_right: Vec<bool> = (0..N)
        .map(|at| at > 0 && rows.iter().all(|row| is_number(&row[at])))
        .collect();
    let all = || std::iter::once(&head).chain(&rows);
    let widths: Vec<usize> = (0..N)
        .map(|at| all().map(|row| row[at].chars().count()).max().unwrap_or(0))
        .collect();
    writeln!(out)?;
    for row in all() {
        let mut line = String::new();
        for (at, cell) in row.iter().enumerate() {
            let space = " ".repeat(widths[at] - cell.chars().count());
            let (before, behind) = if to_the_right[at] {
                (space.as_str(), "")
            } else {
                ("", space.as_str())
            };
            line += &[before, cell, behind, "  "].concat();
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
