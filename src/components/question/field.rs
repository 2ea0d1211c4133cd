//! A field to type a number or a few words in.

use leptos::prelude::*;
use tierwise_engine::question::{Keyboard, Response};

use super::{Slot, error_text};
use crate::platform::text::nfkc;

/// Draws the field. What the question cannot take is refused while it is typed.
pub(super) fn field(keyboard: Keyboard, unit: &str, slot: Slot) -> AnyView {
    let Slot {
        response,
        on_answer,
        error,
        ..
    } = slot;
    let before = response
        .as_ref()
        .and_then(Response::only)
        .unwrap_or_default()
        .to_owned();
    let number = keyboard == Keyboard::Number;
    let typed = move |text: String| {
        let text = nfkc(&text);
        let given = (!text.trim().is_empty()).then(|| Response::one(text));
        error.set(on_answer.run((given, true)));
    };
    let hint = if number {
        "A number, such as 12.5"
    } else {
        "A word or a few; capitals and spaces at the ends do not matter"
    };
    let invalid = move || error.with(Option::is_some);
    let width = if number {
        "tw-input tw-input--short"
    } else {
        "tw-input tw-input--medium"
    };
    view! {
        <div class="tw-field" class=("tw-field--error", invalid)>
            <label class="tw-field__label" for="q-answer">"Your answer"</label>
            <p class="tw-hint" id="q-hint">{hint}</p>
            {error_text(error)}
            <div class="tw-unit">
                <input
                    class=width
                    id="q-answer"
                    type="text"
                    inputmode=number.then_some("decimal")
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    maxlength="200"
                    value=before
                    aria-describedby="q-hint q-unit q-error"
                    aria-invalid=move || invalid().then_some("true")
                    on:input=move |event| typed(event_target_value(&event))
                />
                <span class="tw-unit__suffix" id="q-unit">{unit.to_owned()}</span>
            </div>
        </div>
    }
    .into_any()
}
