//! `ordering`: items to be put in order, marked by one of four rules.

use super::choice::{letter, option_index, ticks};
use super::{Choice, Form, MOST_PARTS, QuestionType, Refusal, Registration, Response};
use crate::bank::{Code, Item, Outline, Report, Tags};
use crate::fraction::Fraction;

pub(crate) const TYPE: Registration = Registration {
    name: "ordering",
    rules: &["pairs", "exact", "positions", "adjacent"],
    read,
};

/// How an order of *n* items becomes marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// max(0, 2*p* − 1), *p* being the share of all pairs that stand in the right order: Kendall's τ, not below 0.
    Pairs,
    /// 1 if the order is the key, else 0.
    Exact,
    /// Items in their place / *n*.
    Positions,
    /// Items that stand right behind the one that they follow in the key / (*n* − 1).
    Adjacent,
}

struct Ordering {
    /// In the right order.
    items: Vec<Choice>,
    rule: Rule,
}

fn read(
    outline: &mut Outline<'_>,
    tags: &Tags,
    report: &mut Report,
) -> Option<Box<dyn QuestionType>> {
    let source = outline.source();
    let mut sound = true;
    if tags.fixed {
        report.add(
            Code::TagValue,
            outline.tag("fixed"),
            "`fixed` would show the key: the items of an `ordering` question are always shuffled",
        );
        sound = false;
    }
    let Some(list) = outline.claim_numbered_list() else {
        report.add(
            Code::NoItems,
            outline.heading(),
            "this question has no numbered list",
        );
        return None;
    };
    let items = outline.items(list);
    if items.len() < 2 || items.len() > MOST_PARTS {
        report.add(
            Code::OptionCount,
            outline.span(list),
            format!("{} items; a question has 2 to {MOST_PARTS}", items.len()),
        );
        return None;
    }
    for (at, item) in items.iter().enumerate() {
        let text = item.text.of(source);
        if text.is_empty() {
            report.add(Code::EmptyOption, item.span, "this item has no text");
            sound = false;
        } else if items[..at]
            .iter()
            .any(|other| other.text.of(source) == text)
        {
            report.add(
                Code::AnswerTwice,
                item.text,
                "this item stands in the list already",
            );
            sound = false;
        }
    }
    if !sound {
        return None;
    }
    let rule = match tags.rule(source) {
        "exact" => Rule::Exact,
        "positions" => Rule::Positions,
        "adjacent" => Rule::Adjacent,
        _ => Rule::Pairs,
    };
    let item = |item: &Item| Choice {
        text: item.text,
        rationale: item.rationale,
        key: true,
    };
    Some(Box::new(Ordering {
        items: items.iter().map(item).collect(),
        rule,
    }))
}

impl QuestionType for Ordering {
    fn form(&self) -> Form<'_> {
        Form::Order { items: &self.items }
    }

    fn key(&self) -> Response {
        Response(
            (0..self.items.len())
                .map(|index| letter(index).to_string())
                .collect(),
        )
    }

    fn check(&self, response: &Response) -> Result<(), Refusal> {
        ticks(response.parts(), self.items.len()).ok_or(Refusal::NoSuchOption)?;
        if response.parts().len() == self.items.len() {
            Ok(())
        } else {
            Err(Refusal::WrongForm)
        }
    }

    fn mark(&self, response: &Response) -> Fraction {
        if self.check(response).is_err() {
            return Fraction::ZERO;
        }
        let parts = response.parts().iter();
        let order: Vec<usize> = parts.filter_map(|part| option_index(part)).collect();
        let n = order.len() as i64;
        let count = |fits: &dyn Fn(usize) -> bool| {
            (0..order.len()).filter(|&place| fits(place)).count() as i64
        };
        match self.rule {
            Rule::Exact => Fraction::of(count(&|place| order[place] == place) / n, 1),
            Rule::Positions => Fraction::of(count(&|place| order[place] == place), n),
            Rule::Adjacent => Fraction::of(
                count(&|place| place > 0 && order[place] == order[place - 1] + 1),
                n - 1,
            ),
            Rule::Pairs => {
                let mut right = 0;
                for place in 0..order.len() {
                    right += count(&|other| other > place && order[other] > order[place]);
                }
                let all = n * (n - 1) / 2;
                Fraction::of(2 * right - all, all)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::Span;

    const RULES: [Rule; 4] = [Rule::Exact, Rule::Pairs, Rule::Positions, Rule::Adjacent];

    fn question(rule: Rule, count: usize) -> Ordering {
        let item = Choice {
            text: Span::default(),
            rationale: None,
            key: true,
        };
        Ordering {
            items: vec![item; count],
            rule,
        }
    }

    fn response(letters: &str) -> Response {
        Response(letters.chars().map(String::from).collect())
    }

    fn marks(letters: &str) -> [String; 4] {
        let response = response(letters);
        RULES.map(|rule| {
            let question = question(rule, letters.len());
            assert_eq!(question.check(&response), Ok(()));
            question.mark(&response).to_string()
        })
    }

    #[test]
    fn five_items_of_which_two_are_swapped() {
        assert_eq!(marks("abdce"), ["0", "4/5", "3/5", "1/4"]);
        assert_eq!(marks("bacde"), ["0", "4/5", "3/5", "1/2"]);
    }

    #[test]
    fn the_key_its_reverse_and_a_turn_of_it() {
        assert_eq!(marks("abcde"), ["1", "1", "1", "1"]);
        // The one in the middle stays where it was.
        assert_eq!(marks("edcba"), ["0", "0", "1/5", "0"]);
        // Everything a place too late: six of ten pairs, no item in its place.
        assert_eq!(marks("eabcd"), ["0", "1/5", "0", "3/4"]);
        assert_eq!(marks("ba"), ["0", "0", "0", "0"]);
    }

    #[test]
    fn the_longest_list_is_marked_exactly() {
        let key: String = (0..26).map(letter).collect();
        assert_eq!(marks(&key), ["1", "1", "1", "1"]);
        let swapped = ["ba", &key[2..]].concat();
        assert_eq!(marks(&swapped), ["0", "323/325", "12/13", "23/25"]);
    }

    /// Of all 120 orders of five, as the documentation of the rule says.
    #[test]
    fn blind_guessing_earns_little_by_pairs() {
        let question = question(Rule::Pairs, 5);
        let (mut sum, mut orders) = (Fraction::ZERO, 0);
        for number in 0..5_usize.pow(5) {
            let digits = (0..5).map(|at| number / 5_usize.pow(at) % 5);
            let guess = Response(digits.map(|digit| letter(digit).to_string()).collect());
            if question.check(&guess).is_ok() {
                sum = sum + question.mark(&guess);
                orders += 1;
            }
        }
        assert_eq!(orders, 120);
        assert!((sum.to_f64() / 120.0 - 0.16).abs() < 0.005, "{sum}");
    }

    #[test]
    fn what_is_no_order_of_all_items_is_refused_and_earns_nothing() {
        for (letters, refusal) in [
            ("", Refusal::WrongForm),
            ("abcd", Refusal::WrongForm),
            ("abcdd", Refusal::NoSuchOption),
            ("abcdf", Refusal::NoSuchOption),
            ("abcdefg", Refusal::NoSuchOption),
            ("ABCDE", Refusal::NoSuchOption),
        ] {
            for rule in RULES {
                let (question, response) = (question(rule, 5), response(letters));
                assert_eq!(question.check(&response), Err(refusal), "{letters}");
                assert_eq!(question.mark(&response), Fraction::ZERO, "{letters}");
            }
        }
    }
}
