//! A key much longer than its distractors is found without knowing the subject (NBME: "long correct answer").

use crate::bank::{Code, Question, Report};
use crate::question::Form;

/// How many times as long as the longest distractor a key may be …
const RATIO: usize = 2;
/// … once it is longer by this many characters; a few letters more give nothing away.
const SLACK: usize = 15;

pub(super) fn check(question: Question<'_>, report: &mut Report) {
    let Form::Choices { options, .. } = question.form() else {
        return;
    };
    let length = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let longest = options
        .iter()
        .filter(|option| !option.key)
        .map(|option| length(question.piece(option.text)))
        .max()
        .unwrap_or(usize::MAX / 4);
    for key in options.iter().filter(|option| option.key) {
        let this = length(question.piece(key.text));
        if this > longest * RATIO && this > longest + SLACK {
            report.add(
                Code::LongKey,
                key.text,
                format!("the key has {this} characters, the longest distractor {longest}"),
            );
        }
    }
}
