//! A field to type a number or a few words in.

use leptos::prelude::*;
use tierwise_engine::question::{Keyboard, Response};

use super::{ERROR, Slot, keep_error};
use crate::components::frame::escaped;
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
    let inside = [
        "<label class=\"tw-field__label\" for=\"q-answer\">Your answer</label><p class=\"tw-hint\" id=\"q-hint\">",
        hint,
        "</p>",
        ERROR,
        "<div class=\"tw-unit\"><input class=\"",
        width,
        "\" id=\"q-answer\" type=\"text\" inputmode=\"",
        mode,
        "\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\" maxlength=\"200\" aria-describedby=\"q-hint q-unit q-error\" value=\"",
        &escaped(before.unwrap_or_default()),
        "\"><span class=\"tw-unit__suffix\" id=\"q-unit\">",
        &escaped(unit),
        "</span></div>",
    ]
    .concat();
    let form = el("div", "tw-field")
        .html(&inside)
        .keep_class("tw-field--error", move || !error.with(String::is_empty))
        .on("input", move |event| {
            let text = nfkc(&value_of(&event));
            let given = (!text.trim().is_empty()).then(|| Response::one(text));
            error.set(on_answer(given, true));
        });
    if let Some(input) = form.find("input") {
        let _ = input.keep("aria-invalid", move || {
            (!error.with(String::is_empty)).then(|| "true".to_owned())
        });
    }
    keep_error(&form, error);
    form
}
