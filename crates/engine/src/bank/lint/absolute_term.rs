//! What is said to be so always or never is seldom so, and those who know tests rather than the subject strike it out (NBME:
//! “absolute terms”; Haladyna et al., guideline 28 a). Where the key says it too, nothing is given away.

use super::words::prose;
use crate::bank::{Code, Question, Report};
use crate::question::Form;

const ABSOLUTES: &[&str] = &[
    " always ",
    " never ",
    " absolutely ",
    " under no circumstances ",
    " in all cases ",
    " without exception ",
];

/// The absolute word of a text in words, if it has one.
fn absolute(text: &str) -> Option<&'static str> {
    ABSOLUTES.iter().copied().find(|word| {
        let mut places = text.match_indices(word);
        places.any(|(at, _)| *word != " never " || !tells_the_past(&text[at + word.len()..]))
    })
}

/// Whether this, behind `never`, says what once happened (`never had it`), and not what can be.
fn tells_the_past(behind: &str) -> bool {
    let next = behind.split(' ').next().unwrap_or_default();
    next.ends_with("ed")
        || ["had", "was", "were", "came", "got", "went", "saw", "sent"].contains(&next)
}

pub(super) fn check(question: Question<'_>, report: &mut Report) {
    let Form::Choices { options, .. } = question.form() else {
        return;
    };
    // A question that asks for what is always so asks for the word.
    let asked: String = question.stem_parts().map(prose).collect();
    let texts = || {
        options
            .iter()
            .map(|option| (option, prose(question.piece(option.text))))
    };
    if absolute(&asked).is_some()
        || texts().any(|(option, text)| option.key && absolute(&text).is_some())
    {
        return;
    }
    for (option, text) in texts() {
        if let Some(word) = absolute(&text) {
            report.add(
                Code::AbsoluteTerm,
                option.text,
                format!("this distractor says `{}`, and no key does", word.trim()),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_is_not_a_rule() {
        assert_eq!(absolute(" it never carries images "), Some(" never "));
        assert_eq!(absolute(" the second never had it "), None);
        assert_eq!(
            absolute(" it never arrived and never can "),
            Some(" never ")
        );
        assert_eq!(absolute(" whenever it is so "), None);
    }
}
