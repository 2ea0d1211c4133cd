//! `single`: one key among two or more options.

use super::choice::{letter, option_index, read_options};
use super::{Choice, Form, Most, QuestionType, Refusal, Registration, Response};
use crate::bank::{Code, Outline, Report, Tags};
use crate::fraction::Fraction;

pub(crate) const TYPE: Registration = Registration {
    name: "single",
    rules: &[],
    read,
};

#[derive(Debug)]
struct Single {
    options: Vec<Choice>,
    key: usize,
}

fn read(outline: &mut Outline<'_>, _: &Tags, report: &mut Report) -> Option<Box<dyn QuestionType>> {
    let options = read_options(outline, report)?;
    let mut keys = options.iter().enumerate().filter(|(_, option)| option.key);
    match (keys.next(), keys.next()) {
        (Some((key, _)), None) => Some(Box::new(Single { options, key })),
        (None, _) => {
            report.add(
                Code::NoKey,
                outline.heading(),
                "no option is ticked as the key",
            );
            None
        }
        (Some(_), Some((_, second))) => {
            report.add(
                Code::TwoKeys,
                second.text,
                "a second key in a `single` question",
            );
            None
        }
    }
}

impl QuestionType for Single {
    fn form(&self) -> Form<'_> {
        Form::Choices {
            options: &self.options,
            most: Most::One,
        }
    }

    fn key(&self) -> Response {
        Response::one(letter(self.key))
    }

    fn check(&self, response: &Response) -> Result<(), Refusal> {
        let index = response.only().ok_or(Refusal::WrongForm)?;
        option_index(index)
            .filter(|&index| index < self.options.len())
            .map(|_| ())
            .ok_or(Refusal::NoSuchOption)
    }

    fn mark(&self, response: &Response) -> Fraction {
        match response.only().and_then(option_index) {
            Some(index) if index == self.key => Fraction::ONE,
            _ => Fraction::ZERO,
        }
    }
}
