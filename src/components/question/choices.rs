//! Options to choose from: radios or checkboxes.

use leptos::prelude::*;
use tierwise_engine::bank::{Html, Question};
use tierwise_engine::question::{Choice, Most, Response, letter};

use super::{Slot, error_text};
use crate::components::marked::shown_order;

/// Draws the options in the order of the paper.
pub(super) fn choices(
    question: Question<'_>,
    html: &Html<'_>,
    options: &[Choice],
    most: Most,
    slot: Slot,
) -> AnyView {
    let Slot {
        order,
        response,
        on_answer,
        error,
    } = slot;
    let answered = response.is_some();
    let before = response.unwrap_or_default();
    let ticked = RwSignal::new(
        (0..options.len())
            .map(|index| before.parts().contains(&letter(index).to_string()))
            .collect::<Vec<bool>>(),
    );
    let one = most == Most::One;
    let say = move || {
        let parts = ticked.with_untracked(|ticked| {
            let letters = ticked.iter().enumerate().filter(|(_, on)| **on);
            letters
                .map(|(index, _)| letter(index).to_string())
                .collect::<Vec<_>>()
        });
        // Every box unticked again is an answer taken back; that none applies is said by a box of its own.
        let given = (!parts.is_empty()).then_some(Response(parts));
        error.set(on_answer.run((given, false)));
    };
    let choose = move |index: usize, on: bool| {
        ticked.update(|ticked| {
            if one {
                ticked.fill(false);
            }
            ticked[index] = on;
        });
        say();
    };
    let full = move || match most {
        Most::AtMost(most) => {
            ticked.with(|ticked| ticked.iter().filter(|on| **on).count() >= usize::from(most))
        }
        _ => false,
    };
    let legend = match most {
        Most::One => "Choose one answer".to_owned(),
        Most::Any | Most::AnyOrNone => "Choose all that apply".to_owned(),
        Most::AtMost(most) => format!("Choose {most}"),
    };
    let rows = shown_order(&order, options.len())
        .into_iter()
        .enumerate()
        .map(|(place, index)| {
            let text = question.choice_html(html, &options[index]);
            let id = format!("q-o{}", place + 1);
            let on = move || ticked.with(|ticked| ticked[index]);
            view! {
                <div class="tw-choice">
                    <input
                        class="tw-choice__input"
                        type=if one { "radio" } else { "checkbox" }
                        name="q"
                        id=id.clone()
                        value=letter(index).to_string()
                        prop:checked=on
                        prop:disabled=move || !one && !on() && full()
                        on:change=move |event| choose(index, event_target_checked(&event))
                    />
                    <label class="tw-choice__label" for=id inner_html=text></label>
                </div>
            }
        })
        .collect::<Vec<_>>();
    // The answered empty set, where it can earn marks.
    let none_applies = (most == Most::AnyOrNone).then(|| {
        let none = RwSignal::new(answered && before.parts().is_empty());
        let nothing = move || none.get() && ticked.with(|ticked| !ticked.contains(&true));
        view! {
            <div class="tw-choice">
                <input
                    class="tw-choice__input"
                    type="checkbox"
                    name="q"
                    id="q-none"
                    prop:checked=nothing
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        none.set(on);
                        ticked.update(|ticked| ticked.fill(false));
                        error.set(on_answer.run((on.then(Response::default), false)));
                    }
                />
                <label class="tw-choice__label" for="q-none">"None applies"</label>
            </div>
        }
    });
    view! {
        <fieldset class="tw-choices" aria-describedby="q-stem q-error" tabindex="-1">
            <legend class="tw-legend">{legend}</legend>
            {error_text(error)}
            {rows}
            {none_applies}
        </fieldset>
    }
    .into_any()
}
