//! Numbers are looked for in their order, and an order of another kind costs time and gives nothing (NBME: “options in a logical order”;
//! Haladyna et al., guideline 21). Options that are shuffled have none.

use crate::bank::{Code, Question, Report, Span};
use crate::question::Form;

/// Fewer numbers than this are in order either way.
const FEWEST: usize = 3;

pub(super) fn check(question: Question<'_>, report: &mut Report) {
    let Form::Choices { options, .. } = question.form() else {
        return;
    };
    let numbers: Option<Vec<(f64, &str)>> = options
        .iter()
        .map(|option| number(question.piece(option.text)))
        .collect();
    let Some(numbers) = numbers.filter(|numbers| numbers.len() >= FEWEST) else {
        return;
    };
    // Numbers of different units have no order that can be seen.
    if numbers.iter().any(|(_, unit)| *unit != numbers[0].1) {
        return;
    }
    let steps = || numbers.windows(2).map(|pair| pair[1].0 - pair[0].0);
    let in_order = steps().all(|step| step > 0.0) || steps().all(|step| step < 0.0);
    let (Some(first), Some(last)) = (options.first(), options.last()) else {
        return;
    };
    let message = match (in_order, question.shuffled() > 0) {
        (false, _) => "these numbers are not in order",
        (true, true) => "these numbers are in order here, and shuffled in a paper",
        (true, false) => return,
    };
    report.add(
        Code::OptionOrder,
        Span::new(first.text.start as usize, last.text.end as usize),
        message,
    );
}

/// A number and what stands behind it; `None` when the text is none. Digits behind a leading 0 are a code.
fn number(text: &str) -> Option<(f64, &str)> {
    let text = text.trim_matches('`').trim();
    let end = text
        .find(|c: char| !c.is_ascii_digit() && !".,-−+".contains(c))
        .unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    let plain = digits.replace(',', "").replace('−', "-");
    let is_code = plain.len() > 1 && plain.starts_with('0') && !plain.starts_with("0.");
    let value = plain.parse().ok().filter(|_| !is_code)?;
    Some((value, unit.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_their_units() {
        assert_eq!(number("`16`"), Some((16.0, "")));
        assert_eq!(number("1,500 ms"), Some((1500.0, "ms")));
        assert_eq!(number("−0.5 °C"), Some((-0.5, "°C")));
        for text in ["PID-3", "`0008`", "2.16.840", "", "-", "A28"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
