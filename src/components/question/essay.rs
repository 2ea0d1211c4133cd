//! A text of the candidate's own.

use leptos::prelude::*;
use tierwise_engine::question::{Response, words};

use super::{Slot, error_text};
use crate::components::marked::words_text;
use crate::platform::dom::{El, el, value_of};
use crate::platform::text::nfkc;

/// Draws the text area and the count of its words. The count is seen to change at each word, and spoken every 25.
pub(super) fn essay(slot: Slot) -> El {
    let Slot {
        response,
        on_answer,
        error,
        ..
    } = slot;
    let before = response
        .as_ref()
        .and_then(Response::only)
        .unwrap_or_default();
    let count = RwSignal::new(words(before));
    let spoken = Memo::new(move |_: Option<&usize>| count.get() / 25 * 25);
    let input = el("textarea", "tw-input")
        .attr("id", "q-answer")
        .attr("rows", "10")
        .attr("maxlength", "20000")
        .attr("aria-describedby", "q-hint q-error q-count")
        .text(before)
        .on("input", move |event| {
            let text = nfkc(&value_of(&event));
            count.set(words(&text));
            let given = (!text.trim().is_empty()).then(|| Response::one(text));
            error.set(on_answer(given, true));
        });
    let label = el("label", "tw-field__label")
        .attr("for", "q-answer")
        .text("Your answer");
    let hint = "Marked against the question's criteria: by you, once you have seen them, and by a tutor if one checks it.";
    let status = el("p", "tw-visually-hidden")
        .attr("role", "status")
        .keep_text(move || match spoken.get() {
            0 => String::new(),
            count => words_text(count),
        });
    el("div", "tw-field")
        .keep_class("tw-field--error", move || !error.with(String::is_empty))
        .child(label)
        .child(el("p", "tw-hint").attr("id", "q-hint").text(hint))
        .child(error_text(error))
        .child(input)
        .child(
            el("p", "tw-hint")
                .attr("id", "q-count")
                .keep_text(move || words_text(count.get())),
        )
        .child(status)
}
