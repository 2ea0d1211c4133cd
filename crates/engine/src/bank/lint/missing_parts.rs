//! What every question owes the candidate who reads the review: a rationale for each option, an explanation, a source.

use crate::bank::{Code, Question, Report, Span};
use crate::question::Form;

pub(super) fn check(question: Question<'_>, report: &mut Report) {
    if let Form::Choices { options, .. } = question.form() {
        for option in options.iter().filter(|option| option.rationale.is_none()) {
            report.add(
                Code::MissingRationale,
                option.text,
                "this option has no rationale",
            );
        }
    }
    // An essay may have a model answer instead, and rests on the rubric rather than on a source.
    if let Form::Essay { model: Some(_), .. } = question.form() {
        return;
    }
    let start = question.span().start as usize;
    let heading = Span::new(start, start + 2);
    if !question.has_explanation() {
        report.add(
            Code::MissingExplanation,
            heading,
            format!("`{}` has no explanation", question.id()),
        );
    }
    if question.sources().next().is_none() {
        report.add(
            Code::MissingSource,
            heading,
            format!("`{}` names no source", question.id()),
        );
    }
}
