//! An option that speaks of the others falls apart when options are shuffled, and partial knowledge gives it away
//! (Haladyna et al., guidelines 25 and 26).

use crate::bank::{Code, Question, Report};
use crate::question::Form;

const PHRASES: &[&str] = &[
    "all of the above",
    "all the above",
    "none of the above",
    "neither of the above",
    "all of these",
    "none of these",
    "both of the above",
    "any of the above",
];

pub(super) fn check(question: Question<'_>, report: &mut Report) {
    let Form::Choices { options, .. } = question.form() else {
        return;
    };
    for option in options {
        let text = question.piece(option.text).to_ascii_lowercase();
        if PHRASES.iter().any(|phrase| text.contains(phrase)) {
            report.add(
                Code::AllOfTheAbove,
                option.text,
                "this option speaks of the other options",
            );
        }
    }
}
