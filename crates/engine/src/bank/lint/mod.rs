//! Advice for those who write banks: a rule a file. Nothing here stops a bank from being used.
//!
//! The rules follow the item-writing literature: NBME, *Constructing Written Test Questions for the Basic and Clinical Sciences* (item-writing
//! guide); Haladyna, Downing and Rodriguez, *A Review of Multiple-Choice Item-Writing Guidelines* (2002), by its numbers. A rule that is
//! often wrong is soon not read, so each keeps to what it can tell for certain, and passes over forms that it knows nothing of.

mod absolute_term;
mod all_of_the_above;
mod allow;
mod convergence;
mod duplicate_stem;
mod grammar_clue;
mod key_position;
mod long_key;
mod missing_parts;
mod option_order;
mod plain_negative;
mod telling_title;
mod words;

use super::diagnostic::{Diagnostic, Report};
use super::model::{Bank, Question};

pub use allow::{Heeded, Silenced, heed_bank, heed_page};
pub use duplicate_stem::duplicate_stems;

/// A rule looks at one question and reports.
type Rule = fn(Question<'_>, &mut Report);

const RULES: &[Rule] = &[
    absolute_term::check,
    all_of_the_above::check,
    convergence::check,
    grammar_clue::check,
    long_key::check,
    missing_parts::check,
    option_order::check,
    plain_negative::check,
    telling_title::check,
];

/// What could be better in a bank, in file order, also what its comments silence; see [`heed_bank`].
#[must_use]
pub fn lint(bank: &Bank) -> Vec<Diagnostic> {
    let mut report = Report::new();
    for question in bank.questions() {
        for rule in RULES {
            rule(question, &mut report);
        }
    }
    key_position::check(bank, &mut report);
    report.finish()
}

#[cfg(test)]
mod tests;
