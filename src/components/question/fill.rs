//! Several fields or selects to fill: a select for each stem, or the gaps of a text.

use leptos::prelude::*;
use tierwise_engine::bank::{Html, Question};
use tierwise_engine::question::{Choice, Gap, Response, Stem, letter};

use super::{OnAnswer, Slot, group};
use crate::components::frame::escaped;
use crate::components::marked::{bare, fill_gaps, lettered_html, shown_order};
use crate::platform::dom::{El, listener_of};
use crate::platform::text::nfkc;

/// Draws a select for each stem.
pub(super) fn pairs(
    question: Question<'_>,
    html: &Html<'_>,
    stems: &[Stem],
    options: &[Choice],
    lettered: bool,
    slot: Slot,
) -> El {
    let order = if lettered { "" } else { &slot.order };
    let mut texts = Vec::new();
    for index in shown_order(order, options.len()) {
        let text = bare(&question.choice_html(html, &options[index]));
        let letter = letter(index).to_ascii_uppercase();
        texts.push((
            index,
            if lettered {
                format!("{letter}  {text}")
            } else {
                text
            },
        ));
    }
    let mut inside = String::new();
    if lettered {
        inside.push_str(&lettered_html(question, html, options));
    }
    inside.push_str("<div class=\"tw-pairs\">");
    for (at, stem) in stems.iter().enumerate() {
        let given = part(slot.response.as_ref(), at);
        inside.push_str(&format!(
            "<div class=\"tw-pair\"><label for=\"q-p{at}\">{}</label><select class=\"tw-input\" id=\"q-p{at}\" autocomplete=\"off\">",
            question.cell_html(html, stem.text)
        ));
        options_html(&mut inside, given, &texts);
        inside.push_str("</select></div>");
    }
    inside.push_str("</div>");
    let legend = match lettered {
        true => "Choose one for each row. An option may be chosen more than once, or not at all.",
        false => "Choose one for each row",
    };
    filled(legend, &inside, slot.on_answer, slot.error, false)
}

/// Draws the stem with a field or select for each of its gaps.
pub(super) fn gaps(question: Question<'_>, html: &Html<'_>, gaps: &[Gap], slot: Slot) -> El {
    let count = gaps.len();
    let text = fill_gaps(&question.stem_html(html), &|at| {
        let Some(gap) = gaps.get(at) else {
            return String::new();
        };
        let given = part(slot.response.as_ref(), at);
        let name = format!(
            "aria-label=\"Gap {} of {count}\" autocomplete=\"off\"",
            at + 1
        );
        if gap.choice.is_none() {
            return format!(
                "<input class=\"tw-input tw-input--inline tw-input--short\" type=\"text\" {name} autocapitalize=\"none\" spellcheck=\"false\" maxlength=\"200\" value=\"{}\">",
                escaped(given)
            );
        }
        let mut out = format!("<select class=\"tw-input tw-input--inline\" {name}>");
        let mut words = question.gap_words(gap);
        for (_, word) in &mut words {
            *word = escaped(word);
        }
        options_html(&mut out, given, &words);
        out + "</select>"
    });
    let inside = format!("<div class=\"tw-prose tw-cloze\" id=\"q-stem\">{text}</div>");
    filled("Fill the gaps", &inside, slot.on_answer, slot.error, true)
}

/// Part `at` of a response, empty when there is none.
fn part(response: Option<&Response>, at: usize) -> &str {
    response
        .and_then(|response| response.parts().get(at))
        .map_or("", String::as_str)
}

/// The options of a select by their indices, as HTML; the first is that none is chosen.
fn options_html(out: &mut String, given: &str, options: &[(usize, String)]) {
    out.push_str("<option value=\"\">Choose…</option>");
    for (index, text) in options {
        let name = letter(*index).to_string();
        let selected = if name == given { " selected" } else { "" };
        out.push_str(&format!(
            "<option value=\"{name}\"{selected}>{text}</option>"
        ));
    }
}

/// What is in all of them together is the answer; with nothing in any it is taken back.
fn filled(
    legend: &str,
    inside: &str,
    on_answer: OnAnswer,
    error: RwSignal<String>,
    typed: bool,
) -> El {
    group("tw-flow", legend, error, inside).on("input", move |event| {
        let mut parts = Vec::new();
        let mut any = false;
        for control in listener_of(&event)
            .map(|form| form.all("select, input"))
            .unwrap_or_default()
        {
            let text = nfkc(&control.value());
            let empty = text.trim().is_empty();
            any |= !empty;
            parts.push(if empty { String::new() } else { text });
        }
        error.set(on_answer(any.then_some(Response(parts)), typed));
    })
}
