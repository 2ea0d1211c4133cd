//! Answers of several parts: items in order, pairs, gaps. Each part is told apart.

use tierwise_engine::bank::{Html, Question};
use tierwise_engine::fraction::Fraction;
use tierwise_engine::question::{Choice, Form, Response, letter, option_index};

use super::{KEY, MISS, row, tag};
use crate::components::frame::escaped;
use crate::components::icon;

/// Part `at` of an answer or a key, as it is read; nothing where it was left empty.
pub(super) fn part_html(question: Question<'_>, html: &Html<'_>, at: usize, part: &str) -> String {
    let index = option_index(part).unwrap_or(usize::MAX);
    let options = match question.form() {
        Form::Choices { options, .. }
        | Form::Match { options, .. }
        | Form::Order { items: options } => options,
        Form::Hotspot { regions, .. } => {
            let name = regions.get(index).map(|region| region.name);
            return name.map_or_else(String::new, |name| question.piece_html(html, name));
        }
        Form::Gaps(gaps) => {
            return match gaps.get(at) {
                Some(gap) if gap.choice.is_some() => {
                    let words = question.gap_words(gap);
                    let word = words.iter().find(|word| word.0 == index);
                    word.map_or_else(String::new, |(_, word)| escaped(word))
                }
                _ => escaped(part),
            };
        }
        _ => return escaped(part),
    };
    match options.get(index) {
        Some(option) => question.choice_html(html, option),
        None if part.is_empty() => "–".to_owned(),
        None => String::new(),
    }
}

/// The items in the right order, each with the place that it was given.
pub(super) fn order_html(
    out: &mut String,
    question: Question<'_>,
    html: &Html<'_>,
    items: &[Choice],
    response: Option<&Response>,
) {
    // By these rules places are not what counts.
    out.push_str(match question.rule() {
        "pairs" => "<p class=\"tw-hint\">Each two items in the right order count for you, each two in the wrong order against.</p>",
        "adjacent" => "<p class=\"tw-hint\">What counts is which item follows right behind which.</p>",
        _ => "",
    });
    out.push_str("<ol class=\"tw-marked\">");
    for (at, item) in items.iter().enumerate() {
        let name = letter(at).to_string();
        let place =
            response.and_then(|response| response.parts().iter().position(|part| *part == name));
        let (modifier, tag) = match place {
            Some(place) if place == at => (KEY, tag("right", icon::RIGHT, "You put it here")),
            Some(place) => {
                let text = format!("You put it at {}", place + 1);
                (MISS, tag("wrong", icon::WRONG, &text))
            }
            None => ("", String::new()),
        };
        let text = format!("{}. {}", at + 1, question.choice_html(html, item));
        row(
            out,
            modifier,
            &text,
            &tag,
            "",
            question.rationale_html(html, item),
        );
    }
    out.push_str("</ol>");
}

/// Each part of the answer beside that of the key.
pub(super) fn parts_html(
    out: &mut String,
    question: Question<'_>,
    html: &Html<'_>,
    response: Option<&Response>,
) {
    let key = question.key();
    out.push_str("<ul class=\"tw-marked\">");
    for (at, right) in key.parts().iter().enumerate() {
        let (text, why) = match question.form() {
            Form::Match { stems, .. } => (
                question.cell_html(html, stems[at].text),
                stems[at].rationale,
            ),
            _ => (format!("Gap {}", at + 1), None),
        };
        // What is typed is compared as the key has it, and shown as the tutor wrote it.
        let right = match question.form() {
            Form::Gaps(gaps) if gaps[at].choice.is_none() => question
                .gap_words(&gaps[at])
                .first()
                .map_or_else(String::new, |(_, word)| escaped(word)),
            _ => part_html(question, html, at, right),
        };
        let right = format!("<p>Right answer: <strong>{right}</strong></p>");
        let given = response.and_then(|response| response.parts().get(at));
        let (modifier, tag, more) = match given {
            None => (KEY, String::new(), right),
            Some(given) => {
                // Whatever the marking rule: a part is right if all is with the others right.
                let mut rest = key.clone();
                rest.0[at].clone_from(given);
                let yours = format!(
                    "<p>Your answer: <strong>{}</strong></p>",
                    part_html(question, html, at, given)
                );
                if question.mark(&rest) == Fraction::ONE {
                    (KEY, tag("right", icon::RIGHT, "Right"), yours)
                } else if given.is_empty() {
                    (MISS, tag("wrong", icon::WRONG, "Left empty"), right)
                } else {
                    (MISS, tag("wrong", icon::WRONG, "Wrong"), yours + &right)
                }
            }
        };
        let why = why.map(|why| question.cell_html(html, why));
        row(out, modifier, &text, &tag, &more, why);
    }
    // What no stem wants, where the tutor says why.
    if let Form::Match { stems, options, .. } = question.form() {
        for (index, option) in options.iter().enumerate() {
            let used = stems.iter().any(|stem| usize::from(stem.key) == index);
            if let (false, Some(why)) = (used, question.rationale_html(html, option)) {
                let text = question.choice_html(html, option) + " (for no row)";
                row(out, "", &text, "", "", Some(why));
            }
        }
    }
    out.push_str("</ul>");
}
