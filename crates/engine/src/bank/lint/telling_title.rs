//! A title is not shown with the question, but a tutor reads it out, and lists and file views show it beside the question: it should not hold
//! the key (Haladyna et al., guideline 28: give no clues).

use super::words::words;
use crate::bank::{Code, Question, Report, Span};
use crate::question::{Form, Keyboard};

pub(super) fn check(question: Question<'_>, report: &mut Report) {
    let title = words(question.title());
    // A title that names two things leaves open which it is.
    if title.contains(" and ") || title.contains(" or ") {
        return;
    }
    let is_told = |span: Span| {
        let text = words(question.piece(span));
        // One letter, or a sign, is found in any title.
        text.len() > 3 && title.contains(&text)
    };
    let told = match question.form() {
        Form::Choices { options, .. } => {
            let told = |key: bool| {
                options
                    .iter()
                    .find(|option| option.key == key && is_told(option.text))
            };
            // A title that names a distractor too leaves the choice.
            told(true)
                .filter(|_| told(false).is_none())
                .map(|key| key.text)
        }
        Form::Field {
            keyboard: Keyboard::Text,
            accepted,
            ..
        } => accepted.iter().copied().find(|&span| is_told(span)),
        _ => None,
    };
    if let Some(key) = told {
        let start = question.title().as_ptr() as usize - question.bank().source().as_ptr() as usize;
        report.add(
            Code::TellingTitle,
            Span::new(start, start + question.title().len()),
            format!(
                "the title holds the key, `{}`",
                question.piece(key).trim_matches('`')
            ),
        );
    }
}
