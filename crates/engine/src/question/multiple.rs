//! `multiple`: any number of keys among the options, marked by one of five rules.

use super::choice::{letter, read_options, ticks};
use super::{Choice, Form, Most, QuestionType, Refusal, Registration, Response};
use crate::bank::{Code, Outline, Report, Tags};
use crate::fraction::Fraction;

pub(crate) const TYPE: Registration = Registration {
    name: "multiple",
    rules: &[
        "plus-minus",
        "all-or-nothing",
        "each-option",
        "coverage",
        "rights-only",
    ],
    read,
};

/// How ticks become marks. With *c* keys, *w* distractors, *n = c + w*, *t* keys ticked and *f* distractors ticked:
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// 1 if the ticked set is the key, else 0.
    AllOrNothing,
    /// max(0, (*t* − *f*) / *c*): NCSBN's +/− scoring, R/exams' `true`, PrairieLearn's net-correct.
    PlusMinus,
    /// (*t* + *w* − *f*) / *n*: multiple true/false, PrairieLearn's each-answer.
    EachOption,
    /// (*t* / *c*) · *t* / (*t* + *f*): PrairieLearn's coverage.
    Coverage,
    /// *t* / *c*, with no more than *c* ticks accepted: NCSBN's select-N.
    RightsOnly,
}

#[derive(Debug)]
struct Multiple {
    options: Vec<Choice>,
    /// The keys, a bit each.
    keys: u32,
    rule: Rule,
}

fn read(
    outline: &mut Outline<'_>,
    tags: &Tags,
    report: &mut Report,
) -> Option<Box<dyn QuestionType>> {
    let options = read_options(outline, report)?;
    let rule = match tags.rule(outline.source()) {
        "all-or-nothing" => Rule::AllOrNothing,
        "each-option" => Rule::EachOption,
        "coverage" => Rule::Coverage,
        "rights-only" => Rule::RightsOnly,
        _ => Rule::PlusMinus,
    };
    let keys = options
        .iter()
        .enumerate()
        .filter(|(_, option)| option.key)
        .fold(0, |set, (index, _)| set | 1 << index);
    if keys == 0 && rule != Rule::EachOption && rule != Rule::AllOrNothing {
        report.add(
            Code::NoKey,
            outline.heading(),
            "no option is ticked, and this marking rule divides by the number of keys",
        );
        return None;
    }
    Some(Box::new(Multiple {
        options,
        keys,
        rule,
    }))
}

impl Multiple {
    fn fraction(&self, ticked: u32) -> Fraction {
        let count = |set: u32| i64::from(set.count_ones());
        let (c, n) = (count(self.keys), self.options.len() as i64);
        let (t, f) = (count(ticked & self.keys), count(ticked & !self.keys));
        let w = n - c;
        match self.rule {
            Rule::AllOrNothing => Fraction::of(i64::from(ticked == self.keys), 1),
            Rule::PlusMinus => Fraction::of(t - f, c),
            Rule::EachOption => Fraction::of(t + w - f, n),
            Rule::Coverage => Fraction::of(t * t, c * (t + f)),
            Rule::RightsOnly if t + f > c => Fraction::ZERO,
            Rule::RightsOnly => Fraction::of(t, c),
        }
    }
}

impl QuestionType for Multiple {
    fn form(&self) -> Form<'_> {
        Form::Choices {
            options: &self.options,
            most: match self.rule {
                Rule::RightsOnly => Most::AtMost(self.keys.count_ones() as u8),
                Rule::EachOption | Rule::AllOrNothing => Most::AnyOrNone,
                Rule::PlusMinus | Rule::Coverage => Most::Any,
            },
        }
    }

    fn key(&self) -> Response {
        let keys = (0..self.options.len()).filter(|index| self.keys & 1 << index != 0);
        Response(keys.map(|index| letter(index).to_string()).collect())
    }

    fn check(&self, response: &Response) -> Result<(), Refusal> {
        let ticked = ticks(response.parts(), self.options.len()).ok_or(Refusal::NoSuchOption)?;
        match self.form() {
            Form::Choices {
                most: Most::AtMost(most),
                ..
            } if ticked.count_ones() > u32::from(most) => Err(Refusal::TooMany { most }),
            _ => Ok(()),
        }
    }

    fn mark(&self, response: &Response) -> Fraction {
        ticks(response.parts(), self.options.len())
            .map_or(Fraction::ZERO, |ticked| self.fraction(ticked))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::Span;

    /// Key {A, B, D} of six options.
    fn question(rule: Rule) -> Multiple {
        let option = |key| Choice {
            text: Span::default(),
            rationale: None,
            key,
        };
        Multiple {
            options: [true, true, false, true, false, false].map(option).to_vec(),
            keys: 0b00_1011,
            rule,
        }
    }

    fn mark(rule: Rule, letters: &str) -> Fraction {
        let response = Response(letters.chars().map(String::from).collect());
        question(rule).mark(&response)
    }

    const RULES: [Rule; 5] = [
        Rule::AllOrNothing,
        Rule::PlusMinus,
        Rule::EachOption,
        Rule::Coverage,
        Rule::RightsOnly,
    ];

    #[test]
    fn two_keys_and_a_distractor() {
        let marks = RULES.map(|rule| mark(rule, "abc").to_string());
        assert_eq!(marks, ["0", "1/3", "2/3", "4/9", "2/3"]);
    }

    #[test]
    fn everything_ticked() {
        let marks = RULES.map(|rule| mark(rule, "abcdef").to_string());
        assert_eq!(marks, ["0", "0", "1/2", "1/2", "0"]);
        let all = Response("abcdef".chars().map(String::from).collect());
        assert_eq!(
            question(Rule::RightsOnly).check(&all),
            Err(Refusal::TooMany { most: 3 })
        );
        assert_eq!(question(Rule::PlusMinus).check(&all), Ok(()));
    }

    #[test]
    fn an_answered_empty_set_earns_by_each_option_alone() {
        let marks = RULES.map(|rule| mark(rule, "").to_string());
        assert_eq!(marks, ["0", "0", "1/2", "0", "0"]);
    }

    #[test]
    fn the_key_earns_all_by_every_rule() {
        for rule in RULES {
            let question = question(rule);
            assert_eq!(question.mark(&question.key()), Fraction::ONE, "{rule:?}");
        }
    }

    #[test]
    fn letters_that_name_nothing_are_refused_and_earn_nothing() {
        for letters in ["g", "aa", "A"] {
            let response = Response(letters.chars().map(String::from).collect());
            let question = question(Rule::EachOption);
            assert_eq!(question.check(&response), Err(Refusal::NoSuchOption));
            assert_eq!(question.mark(&response), Fraction::ZERO);
        }
    }
}
