//! `essay`: a text of the candidate's own, marked against a rubric by a person.

use super::table::read_table;
use super::{Criterion, Form, MOST_PARTS, QuestionType, Refusal, Registration, Response};
use crate::bank::{Code, MOST_MARKS, Outline, Report, Span, Tags};
use crate::fraction::Fraction;

pub(crate) const TYPE: Registration = Registration {
    name: "essay",
    rules: &[],
    read,
};

/// The longest text that is taken, in characters.
const LONGEST: u32 = 20_000;

/// The columns of the rubric; the last may be left out.
const COLUMNS: &[&str] = &["Criterion", "Marks", "Evidence"];

struct Essay {
    rubric: Vec<Criterion>,
    model: Option<Span>,
}

fn read(
    outline: &mut Outline<'_>,
    tags: &Tags,
    report: &mut Report,
) -> Option<Box<dyn QuestionType>> {
    let source = outline.source();
    let (table, rows) = read_table(outline, COLUMNS, 2, report)?;
    let model = outline.claim_tip().map(|tip| outline.span(tip));
    let table = outline.span(table);
    let (mut sound, mut rubric) = (true, Vec::new());
    let mut wrong = |span, what: &str| {
        report.add(Code::RubricForm, span, what);
        sound = false;
    };
    if rows.is_empty() || rows.len() > MOST_PARTS {
        wrong(table, "a rubric has 1 to 26 criteria");
    }
    for row in rows {
        let [name, marks, evidence, _] = row.cells;
        if name.is_empty() {
            wrong(row.span, "this criterion has no name");
        }
        match marks.of(source).parse() {
            Ok(marks @ 1..=100) => rubric.push(Criterion {
                name,
                marks,
                evidence,
            }),
            _ if marks.is_empty() => wrong(row.span, "this criterion gives no marks"),
            _ => wrong(marks, "marks are a whole number from 1 to 100"),
        }
    }
    if !sound {
        return None;
    }
    let sum = full_marks(&rubric);
    let said = tags.marks.unwrap_or(sum);
    if said != sum || sum > MOST_MARKS {
        let limit = if said == sum {
            "a question carries at most"
        } else {
            "the question carries"
        };
        report.add(
            Code::RubricForm,
            table,
            format!(
                "the criteria give {sum} marks, and {limit} {}",
                said.min(MOST_MARKS)
            ),
        );
        return None;
    }
    Some(Box::new(Essay { rubric, model }))
}

/// What all criteria give together.
pub(crate) fn full_marks(rubric: &[Criterion]) -> u16 {
    rubric
        .iter()
        .map(|criterion| u16::from(criterion.marks))
        .sum()
}

/// How many words a text has: what white space sets apart.
#[must_use]
pub fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

impl QuestionType for Essay {
    fn form(&self) -> Form<'_> {
        Form::Essay {
            rubric: &self.rubric,
            model: self.model,
        }
    }

    fn key(&self) -> Response {
        Response::one("")
    }

    fn check(&self, response: &Response) -> Result<(), Refusal> {
        let text = response.only().ok_or(Refusal::WrongForm)?;
        if text.chars().count() > LONGEST as usize {
            return Err(Refusal::TooLong { most: LONGEST });
        }
        Ok(())
    }

    fn mark(&self, _: &Response) -> Fraction {
        Fraction::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_a_limit_in_characters() {
        let essay = Essay {
            rubric: Vec::new(),
            model: None,
        };
        let of = |length| Response::one("ä".repeat(length));
        assert_eq!(essay.check(&of(0)), Ok(()));
        assert_eq!(essay.check(&of(20_000)), Ok(()));
        let refusal = essay.check(&of(20_001)).expect_err("too long");
        assert_eq!(
            refusal.to_string(),
            "Shorten this text to no more than 20000 characters"
        );
        assert_eq!(essay.check(&Response::default()), Err(Refusal::WrongForm));
    }

    #[test]
    fn words_are_what_white_space_sets_apart() {
        for (text, count) in [
            ("", 0),
            (" \n", 0),
            ("one", 1),
            ("A-700 is\u{a0}out\n\nof it. ", 5),
        ] {
            assert_eq!(words(text), count, "{text:?}");
        }
    }
}
