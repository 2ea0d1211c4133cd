//! A field to type a number or a few words in.

use leptos::prelude::*;
use tierwise_engine::question::{Keyboard, Response};

use super::{Slot, error_text};
use crate::platform::dom::{El, el, value_of};
use crate::platform::text::nfkc;

/// Draws the field. What the question cannot take is refused while it is typed.
pub(super) fn field(keyboard: Keyboard, unit: &str, slot: Slot) -> El {
    let Slot {
        response,
        on_answer,
        error,
        ..
    } = slot;
    let before = response.as_ref().and_then(Response::only);
    let (hint, width, mode) = match keyboard {
        Keyboard::Number => (
            "A number, such as 12.5",
            "tw-input tw-input--short",
            "decimal",
        ),
        Keyboard::Text => (
            "A word or a few; capitals and spaces at the ends do not matter",
            "tw-input tw-input--medium",
            "text",
        ),
    };
    let mut input = el("input", width);
    for (name, value) in [
        ("id", "q-answer"),
        ("type", "text"),
        ("inputmode", mode),
        ("autocomplete", "off"),
        ("autocapitalize", "none"),
        ("spellcheck", "false"),
        ("maxlength", "200"),
        ("aria-describedby", "q-hint q-unit q-error"),
        ("value", before.unwrap_or_default()),
    ] {
        input = input.attr(name, value);
    }
    let invalid = move || !error.with(String::is_empty);
    let input = input
        .keep("aria-invalid", move || invalid().then(|| "true".to_owned()))
        .on("input", move |event| {
            let text = nfkc(&value_of(&event));
            let given = (!text.trim().is_empty()).then(|| Response::one(text));
            error.set(on_answer(given, true));
        });
    let label = el("label", "tw-field__label")
        .attr("for", "q-answer")
        .text("Your answer");
    let unit = el("span", "tw-unit__suffix")
        .attr("id", "q-unit")
        .text(unit);
    el("div", "tw-field")
        .keep_class("tw-field--error", invalid)
        .child(label)
        .child(el("p", "tw-hint").attr("id", "q-hint").text(hint))
        .child(error_text(error))
        .child(el("div", "tw-unit").child(input).child(unit))
}
