//! `numeric`: a decimal number within a tolerance.

use std::cmp::Ordering;

use super::{Form, Keyboard, QuestionType, Refusal, Registration, Response};
use crate::bank::{Code, Outline, Report, Span, Tags};
use crate::fraction::Fraction;

pub(crate) const TYPE: Registration = Registration {
    name: "numeric",
    rules: &[],
    read,
};

/// An exact decimal number: `digits` × 10^−`scale`.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    digits: i64,
    scale: u8,
}

/// The most digits that a number may have, so that any two can be compared exactly in 128 bits.
const MOST_DIGITS: usize = 15;

impl Decimal {
    /// Reads a number as a candidate types it: an optional sign, digits, one optional point or comma, spaces around.
    ///
    /// `1,5`, `1.5` and ` 1.5 ` are one number. A comma with just three digits behind it is refused, since `1,500`
    /// means fifteen hundred to some and one and a half to others.
    ///
    /// # Errors
    /// [`Refusal::NotANumber`] and [`Refusal::CommaOrThousands`].
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let (negative, unsigned) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, part) = unsigned.split_once(['.', ',']).unwrap_or((unsigned, ""));
        let digits_only = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let count = whole.len() + part.len();
        if count == 0 || count > MOST_DIGITS || !digits_only(whole) {
            return Err(Refusal::NotANumber);
        }
        let thousands = |text: &str| {
            text.split(',')
                .all(|group| group.len() == 3 && digits_only(group))
        };
        if unsigned.contains(',') && (1..=3).contains(&whole.len()) && thousands(part) {
            return Err(Refusal::CommaOrThousands);
        }
        if !digits_only(part) {
            return Err(Refusal::NotANumber);
        }
        let digits = whole
            .bytes()
            .chain(part.bytes())
            .fold(0_i64, |sum, byte| sum * 10 + i64::from(byte - b'0'));
        Ok(Self {
            digits: if negative { -digits } else { digits },
            scale: part.len() as u8,
        })
    }

    /// The number as a count of 10^−`scale`, `scale` no less than its own.
    fn scaled(self, scale: u8) -> i128 {
        i128::from(self.digits) * 10_i128.pow(u32::from(scale - self.scale))
    }

    /// Whether it lies within `tolerance` of `key`, the bounds included.
    #[must_use]
    pub fn is_within(self, tolerance: Self, key: Self) -> bool {
        let scale = self.scale.max(tolerance.scale).max(key.scale);
        (self.scaled(scale) - key.scaled(scale)).abs() <= tolerance.scaled(scale)
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        self.scaled(scale).cmp(&other.scaled(scale))
    }
}

#[derive(Debug)]
struct Numeric {
    key: Decimal,
    tolerance: Decimal,
    /// The key as the tutor wrote it, with its tolerance.
    written: [Span; 1],
    key_text: String,
    unit: Span,
}

fn read(outline: &mut Outline<'_>, _: &Tags, report: &mut Report) -> Option<Box<dyn QuestionType>> {
    let source = outline.source();
    let answer = outline.claim_answer(report)?;
    let codes = outline.codes(answer);
    let mut number = |span: Span| match Decimal::read(span.of(source)) {
        Ok(number) => Some(number),
        Err(_) => {
            report.add(
                Code::NotANumber,
                span,
                format!("`{}` is not a decimal number", span.of(source)),
            );
            None
        }
    };
    let zero = Decimal {
        digits: 0,
        scale: 0,
    };
    let between = |a: Span, b: Span| Span::new(a.end as usize, b.start as usize).of(source);
    let is_tolerance = |a, b| between(a, b).contains('±');
    let (key, tolerance, unit, last) = match *codes {
        [key] => (key, None, None, key),
        [key, second] if is_tolerance(key, second) => (key, Some(second), None, second),
        [key, unit] => (key, None, Some(unit), key),
        [key, tolerance, unit] if is_tolerance(key, tolerance) => {
            (key, Some(tolerance), Some(unit), tolerance)
        }
        _ => {
            report.add(
                Code::AnswerForm,
                outline.span(answer),
                "a numeric answer is a value, a tolerance behind `±` if there is one, and a unit if there is one",
            );
            return None;
        }
    };
    let (key_text, key_span) = (key.of(source).trim().to_owned(), key);
    let key = number(key);
    let tolerance_span = tolerance;
    let tolerance = tolerance.map_or(Some(zero), &mut number);
    let (key, tolerance) = (key?, tolerance?);
    if tolerance < zero {
        report.add(
            Code::NotANumber,
            tolerance_span.unwrap_or(key_span),
            "a tolerance is not negative",
        );
        return None;
    }
    Some(Box::new(Numeric {
        key,
        tolerance,
        // Code spans keep their delimiters outside; take the closing one in, so that the piece is sound markdown.
        written: [Span::new(
            key_span.start as usize - 1,
            last.end as usize + 1,
        )],
        key_text,
        unit: unit.unwrap_or_default(),
    }))
}

impl QuestionType for Numeric {
    fn form(&self) -> Form<'_> {
        Form::Field {
            keyboard: Keyboard::Number,
            unit: self.unit,
            accepted: &self.written,
        }
    }

    fn key(&self) -> Response {
        Response::one(self.key_text.clone())
    }

    fn check(&self, response: &Response) -> Result<(), Refusal> {
        Decimal::read(response.only().ok_or(Refusal::WrongForm)?).map(|_| ())
    }

    fn mark(&self, response: &Response) -> Fraction {
        let right = response
            .only()
            .and_then(|text| Decimal::read(text).ok())
            .is_some_and(|given| given.is_within(self.tolerance, self.key));
        Fraction::of(i64::from(right), 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        Decimal::read(text).expect(text)
    }

    #[test]
    fn one_number_in_many_dresses() {
        for text in ["1,5", "1.5", " 1.5 ", "+1.5", "1.50", "01.5"] {
            assert_eq!(number(text), number("1.5"), "{text}");
        }
        assert_eq!(number("-2"), number("−2.0"));
        assert_eq!(number(".5"), number("0.5"));
        assert_eq!(number("5."), number("5"));
    }

    #[test]
    fn what_is_not_a_number_is_refused_not_marked_wrong() {
        for text in [
            "",
            " ",
            "1.5.2",
            "1e3",
            "abc",
            "--1",
            "1 5",
            ".",
            "1,2,3",
            "1.2,3",
            "²",
            "12345678901234567",
        ] {
            assert_eq!(
                Decimal::read(text).err(),
                Some(Refusal::NotANumber),
                "{text:?}"
            );
        }
        for text in ["1,500", "524,288", "-1,500", "1,234,567"] {
            assert_eq!(
                Decimal::read(text).err(),
                Some(Refusal::CommaOrThousands),
                "{text}"
            );
        }
        assert_eq!(number("0.125"), number("0.1250"));
        assert_eq!(number("1,25"), number("1.25"));
    }

    #[test]
    fn the_bounds_are_within() {
        let (key, tolerance) = (number("0.5"), number("0.03"));
        for (text, within) in [
            ("0.47", true),
            ("0.53", true),
            ("0.524", true),
            ("0.5301", false),
            ("0.4699", false),
        ] {
            assert_eq!(number(text).is_within(tolerance, key), within, "{text}");
        }
        // Floats would miss this one: 0.3 - 0.1 > 0.2.
        assert!(number("0.3").is_within(number("0.2"), number("0.1")));
    }
}
