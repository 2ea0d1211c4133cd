//! Advice for those who write banks: a rule a file. Nothing here stops a bank from being used.
//!
//! The rules follow the item-writing literature: NBME, *Constructing Written Test Questions for the Health Sciences*;
//! Haladyna, Downing and Rodriguez, *A Review of Multiple-Choice Item-Writing Guidelines* (2002).

mod all_of_the_above;
mod long_key;
mod missing_parts;
mod plain_negative;

use super::diagnostic::{Diagnostic, Report};
use super::model::{Bank, Question};

/// A rule looks at one question and reports.
type Rule = fn(Question<'_>, &mut Report);

const RULES: &[Rule] = &[
    all_of_the_above::check,
    long_key::check,
    missing_parts::check,
    plain_negative::check,
];

/// What could be better in a bank, in file order.
#[must_use]
pub fn lint(bank: &Bank) -> Vec<Diagnostic> {
    let mut report = Report::new();
    for question in bank.questions() {
        for rule in RULES {
            rule(question, &mut report);
        }
    }
    report.finish()
}
