//! `short`: a word or a few, compared with the accepted answers.

use unicase::UniCase;

use super::{Form, Keyboard, QuestionType, Refusal, Registration, Response};
use crate::bank::{Code, Outline, Report, Span, Tags};
use crate::fraction::Fraction;

pub(crate) const TYPE: Registration = Registration {
    name: "short",
    rules: &[],
    read,
};

/// The longest answer that is taken, in characters.
pub(super) const LONGEST: usize = 200;

#[derive(Debug)]
struct Short {
    written: Vec<Span>,
    accepted: Vec<Accepted>,
    case_sensitive: bool,
}

#[derive(Debug)]
struct Accepted {
    /// As compared.
    text: String,
    /// Of full marks.
    fraction: Fraction,
}

/// Makes texts comparable: folds case (unless it matters), trims, collapses inner white space. Unicode NFKC is the
/// caller's part, see [`Response`].
pub(super) fn comparable(text: &str, case_sensitive: bool) -> String {
    let mut words = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    match (case_sensitive, words.is_ascii()) {
        (true, _) => words,
        (false, true) => {
            words.make_ascii_lowercase();
            words
        }
        // Unicode's full folding: `ß` and `ss` meet, and so do the two small sigmas.
        (false, false) => UniCase::unicode(words).to_folded_case(),
    }
}

fn read(
    outline: &mut Outline<'_>,
    tags: &Tags,
    report: &mut Report,
) -> Option<Box<dyn QuestionType>> {
    let source = outline.source();
    let answer = outline.claim_answer(report)?;
    let case_sensitive = tags.case_sensitive;
    let mut accepted: Vec<Accepted> = Vec::new();
    let mut written = Vec::new();
    let codes = outline.codes(answer);
    for (index, &span) in codes.iter().enumerate() {
        let after_end = codes
            .get(index + 1)
            .map_or(outline.span(answer).end, |next| next.start);
        let after = Span::new(span.end as usize, after_end as usize).of(source);
        let text = comparable(span.of(source), case_sensitive);
        if text.is_empty() {
            report.add(Code::AnswerForm, span, "an accepted answer is empty");
            continue;
        }
        if accepted.iter().any(|other| other.text == text) {
            report.add(
                Code::AnswerTwice,
                span,
                format!("`{}` is accepted already", span.of(source)),
            );
            continue;
        }
        let Some(fraction) = share(after) else {
            report.add(
                Code::AnswerForm,
                span,
                "the share behind an accepted answer is a whole percentage from 1 to 100, such as `(50 %)`",
            );
            continue;
        };
        accepted.push(Accepted { text, fraction });
        written.push(span);
    }
    if !accepted
        .iter()
        .any(|answer| answer.fraction == Fraction::ONE)
    {
        report.add(
            Code::NoKey,
            outline.span(answer),
            "no accepted answer earns full marks",
        );
        return None;
    }
    Some(Box::new(Short {
        written,
        accepted,
        case_sensitive,
    }))
}

/// The share of full marks that `(50 %)` behind an answer gives it; the whole when nothing is said.
fn share(after: &str) -> Option<Fraction> {
    let after = after.trim_matches(|c: char| c.is_whitespace() || c == '`' || c == ';');
    if after.is_empty() {
        return Some(Fraction::ONE);
    }
    let percent = after
        .strip_prefix('(')?
        .strip_suffix(')')?
        .trim()
        .strip_suffix('%')?
        .trim()
        .parse()
        .ok()?;
    (1..=100)
        .contains(&percent)
        .then(|| Fraction::of(percent, 100))
}

impl QuestionType for Short {
    fn form(&self) -> Form<'_> {
        Form::Field {
            keyboard: Keyboard::Text,
            unit: Span::default(),
            accepted: &self.written,
        }
    }

    fn key(&self) -> Response {
        let key = self
            .accepted
            .iter()
            .find(|answer| answer.fraction == Fraction::ONE);
        Response::one(key.map_or("", |answer| &answer.text))
    }

    fn check(&self, response: &Response) -> Result<(), Refusal> {
        match response.only() {
            Some(text) if text.chars().count() <= LONGEST => Ok(()),
            _ => Err(Refusal::WrongForm),
        }
    }

    fn mark(&self, response: &Response) -> Fraction {
        let Some(given) = response.only() else {
            return Fraction::ZERO;
        };
        let given = comparable(given, self.case_sensitive);
        self.accepted
            .iter()
            .find(|answer| answer.text == given)
            .map_or(Fraction::ZERO, |answer| answer.fraction)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_white_space_do_not_matter_unless_said() {
        assert_eq!(comparable("  QIDO-rs\t x ", false), "qido-rs x");
        assert_eq!(comparable(" QIDO-rs ", true), "QIDO-rs");
        assert_eq!(comparable("Straße", false), comparable("STRASSE", false));
        assert_eq!(comparable("ΣΊΓΜΑΣ", false), comparable("σίγμας", false));
        assert_ne!(comparable("Straße", true), comparable("STRASSE", true));
    }

    #[test]
    fn shares() {
        assert_eq!(share(" "), Some(Fraction::ONE));
        assert_eq!(share("` (50 %); `"), Some(Fraction::new(1, 2)));
        assert_eq!(share("; "), Some(Fraction::ONE));
        assert_eq!(share(" (0%)"), None);
        assert_eq!(share(" half"), None);
    }
}
