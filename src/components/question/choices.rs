//! Options to choose from: radios or checkboxes.

use leptos::prelude::*;
use tierwise_engine::bank::{Html, Question};
use tierwise_engine::question::{Choice, Most, Response, letter};

use super::{Slot, error_text};
use crate::components::frame::choice;
use crate::components::marked::shown_order;
use crate::platform::dom::{El, el, is_ticked};

/// What is ticked: options as bits, and that none applies.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Ticked {
    options: u32,
    none: bool,
}

impl Ticked {
    fn of(response: Option<&Response>, count: usize) -> Self {
        let parts = response.map_or(&[][..], Response::parts);
        let is_in = |index: &usize| parts.contains(&letter(*index).to_string());
        Self {
            options: (0..count)
                .filter(is_in)
                .fold(0, |set, index| set | 1 << index),
            none: response.is_some() && parts.is_empty(),
        }
    }

    fn has(self, index: usize) -> bool {
        self.options & 1 << index != 0
    }

    /// Every box unticked again is an answer taken back; that none applies is said by a box of its own.
    fn response(self, count: usize) -> Option<Response> {
        let letters = (0..count).filter(|index| self.has(*index));
        let parts: Vec<String> = letters.map(|index| letter(index).to_string()).collect();
        (self.none || !parts.is_empty()).then_some(Response(parts))
    }
}

/// Draws the options in the order of the paper.
pub(super) fn choices(
    question: Question<'_>,
    html: &Html<'_>,
    options: &[Choice],
    most: Most,
    slot: Slot,
) -> El {
    let Slot {
        order,
        response,
        on_answer,
        error,
    } = slot;
    let count = options.len();
    let ticked = RwSignal::new(Ticked::of(response.as_ref(), count));
    let set = move |now: Ticked| {
        ticked.set(now);
        error.set(on_answer.run((now.response(count), false)));
    };
    let one = most == Most::One;
    let full = move || match most {
        Most::AtMost(most) => ticked.get().options.count_ones() >= u32::from(most),
        _ => false,
    };
    let legend = match most {
        Most::One => "Choose one answer".to_owned(),
        Most::Any | Most::AnyOrNone => "Choose all that apply".to_owned(),
        Most::AtMost(most) => format!("Choose {most}"),
    };
    let kind = if one { "radio" } else { "checkbox" };
    let rows = shown_order(&order, count)
        .into_iter()
        .enumerate()
        .map(|(place, index)| {
            let text = question.choice_html(html, &options[index]);
            let (input, row) = choice(kind, "q", &format!("q-o{}", place + 1), &text);
            let on = move || ticked.get().has(index);
            row(input
                .attr("value", &letter(index).to_string())
                .keep_prop("checked", on)
                .keep_prop("disabled", move || !one && !on() && full())
                .on("change", move |event| {
                    let bit = 1 << index;
                    let before = ticked.get_untracked().options;
                    let options = match (one, is_ticked(&event)) {
                        (true, _) => bit,
                        (false, true) => before | bit,
                        (false, false) => before & !bit,
                    };
                    set(Ticked {
                        options,
                        none: false,
                    });
                }))
        })
        .collect();
    // The answered empty set, where it can earn marks.
    let none_applies = (most == Most::AnyOrNone).then(|| {
        let (input, row) = choice("checkbox", "q", "q-none", "None applies");
        row(input
            .keep_prop("checked", move || ticked.get().none)
            .on("change", move |event| {
                set(Ticked {
                    options: 0,
                    none: is_ticked(&event),
                });
            }))
    });
    el("fieldset", "tw-choices")
        .attr("aria-describedby", "q-error")
        .attr("tabindex", "-1")
        .child(el("legend", "tw-legend").text(&legend))
        .child(error_text(error))
        .children(rows)
        .maybe(none_applies)
}
