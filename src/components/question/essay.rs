//! A text of the candidate's own.

use leptos::prelude::*;
use tierwise_engine::question::{Response, words};

use super::{ERROR, Slot, keep_error};
use crate::components::frame::escaped;
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
    let inside = [
        "<label class=\"tw-field__label\" for=\"q-answer\">Your answer</label><p class=\"tw-hint\" id=\"q-hint\">\
Marked against the question's criteria: by you, once you have seen them, and by a tutor if one checks it.</p>",
        ERROR,
        // A line break right behind the tag is not of the text; one that is has to follow it.
        "<textarea class=\"tw-input\" id=\"q-answer\" rows=\"10\" maxlength=\"20000\" aria-describedby=\"q-hint q-error q-count\">\n",
        &escaped(before),
        "</textarea><p class=\"tw-hint\" id=\"q-count\"></p><p class=\"tw-visually-hidden\" role=\"status\"></p>",
    ]
    .concat();
    let form = el("div", "tw-field")
        .html(&inside)
        .keep_class("tw-field--error", move || !error.with(String::is_empty))
        .on("input", move |event| {
            let text = nfkc(&value_of(&event));
            count.set(words(&text));
            let given = (!text.trim().is_empty()).then(|| Response::one(text));
            error.set(on_answer(given, true));
        });
    if let Some(area) = form.find("textarea") {
        let _ = area.keep("aria-invalid", move || {
            (!error.with(String::is_empty)).then(|| "true".to_owned())
        });
    }
    if let Some(shown) = form.find("#q-count") {
        let _ = shown.keep_text(move || words_text(count.get()));
    }
    if let Some(status) = form.find("[role=status]") {
        let _ = status.keep_text(move || match spoken.get() {
            0 => String::new(),
            count => words_text(count),
        });
    }
    keep_error(&form, error);
    form
}
