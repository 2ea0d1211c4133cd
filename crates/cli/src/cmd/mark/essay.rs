//! Essays: their marks as a tutor gives them, and what there is to be marked.

use std::io::{self, Write};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;
use tierwise_engine::bank::{Bank, Question};
use tierwise_engine::fraction::Fraction;
use tierwise_engine::marking::Marked;
use tierwise_engine::question::words;
use tierwise_engine::script::Script;
use tierwise_engine::sitting::{Event, Marker, Sitting, What};

use super::exact;
use crate::args::Award;
use crate::render::counted;
use crate::terminal::harmless;

/// An essay that was written.
pub(super) struct Essay {
    question: String,
    text: String,
    /// Each criterion and its full marks.
    rubric: Vec<(String, u8)>,
    /// The marks for each criterion and who gave them, once somebody has.
    award: Option<(Marker, Vec<u8>)>,
    earned: Fraction,
    open: Fraction,
    full: Fraction,
}

#[derive(Serialize)]
pub(super) struct EssayRecord<'a> {
    question: &'a str,
    words: usize,
    earned: String,
    open: String,
    full: String,
    /// For each criterion; nothing while nobody has marked it.
    marks: Option<&'a [u8]>,
    /// `self`, `tutor`, or nothing.
    marked_by: Option<&'static str>,
}

/// Adds a tutor's marks to a script, or says why one cannot be.
pub(super) fn give(
    script: &mut Script,
    sitting: &mut Sitting,
    awards: &[Award],
) -> Result<(), String> {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| {
            u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
        });
    // Events are in order, whatever the clocks of two devices say.
    let at = now.saturating_sub(script.started).max(sitting.last_at());
    for award in awards {
        let what = What::Award {
            question: award.question.clone(),
            marks: award.marks.clone(),
            by: Marker::Tutor,
        };
        script
            .append(sitting, Event { at, what })
            .map_err(|why| format!("marks for `{}`: {why}", award.question))?;
    }
    Ok(())
}

/// The essays of a script that was marked.
pub(super) fn essays(
    script: &Script,
    sitting: &Sitting,
    banks: &[Bank],
    marked: &[Marked],
) -> Vec<Essay> {
    let question = |at: usize| -> Option<Question<'_>> {
        let item = script.items.get(at)?;
        let record = script.banks.get(usize::from(item.bank))?;
        let bank = banks.iter().find(|bank| bank.path() == record.path)?;
        bank.find(&item.question)
    };
    let essay = |(at, marked): (usize, &Marked)| {
        let question = question(at).filter(|question| question.is_marked_by_a_person())?;
        let text = sitting.response(at)?.only()?;
        let criteria = question.rubric().iter();
        Some(Essay {
            question: marked.question.clone(),
            text: text.to_owned(),
            rubric: criteria
                .map(|criterion| (question.piece(criterion.name).to_owned(), criterion.marks))
                .collect(),
            award: sitting.award(at).map(|(by, marks)| (by, marks.to_owned())),
            earned: marked.earned,
            open: marked.open,
            full: marked.full,
        })
    };
    marked.iter().enumerate().filter_map(essay).collect()
}

impl Essay {
    pub(super) fn record(&self) -> EssayRecord<'_> {
        EssayRecord {
            question: &self.question,
            words: words(&self.text),
            earned: exact(self.earned),
            open: exact(self.open),
            full: exact(self.full),
            marks: self.award.as_ref().map(|(_, marks)| marks.as_slice()),
            marked_by: self.award.as_ref().map(|(by, _)| by.word()),
        }
    }
}

/// Writes the essays with what they are marked by, so that they can be marked here.
pub(super) fn write(essays: &[Essay], out: &mut dyn Write) -> io::Result<()> {
    if !essays.is_empty() {
        writeln!(out, "  Essays")?;
    }
    for essay in essays {
        let words = counted(words(&essay.text), "word");
        write!(out, "    {}, {words}: ", harmless(&essay.question))?;
        match &essay.award {
            None => {
                let full: Vec<String> = essay
                    .rubric
                    .iter()
                    .map(|(_, marks)| marks.to_string())
                    .collect();
                writeln!(
                    out,
                    "to be marked, at most --award {}={}",
                    harmless(&essay.question),
                    full.join(",")
                )?;
            }
            Some((by, _)) => {
                let by = match by {
                    Marker::Candidate => "the candidate",
                    Marker::Tutor => "a tutor",
                };
                writeln!(
                    out,
                    "{} of {} marks, given by {by}",
                    essay.earned, essay.full
                )?;
            }
        }
        let given = essay.award.as_ref().map(|(_, marks)| marks.as_slice());
        for (at, (name, full)) in essay.rubric.iter().enumerate() {
            let marks = given.and_then(|given| given.get(at));
            let marks = marks.map_or_else(|| "-".to_owned(), u8::to_string);
            writeln!(out, "      {marks} of {full}  {}", harmless(name))?;
        }
        for line in essay.text.lines() {
            writeln!(out, "      | {}", harmless(line))?;
        }
    }
    Ok(())
}
