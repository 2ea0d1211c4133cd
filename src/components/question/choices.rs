//! Options to choose from: radios or checkboxes.

use std::rc::Rc;

use leptos::prelude::*;
use tierwise_engine::bank::{Html, Question};
use tierwise_engine::question::{Choice, Most, Response, letter};

use super::{Slot, error_text};
use crate::components::frame::choice;
use crate::components::marked::shown_order;
use crate::platform::dom::{El, el, is_ticked};

/// That none applies, among the bits of what is ticked; options have those below, 26 at the most.
const NONE: usize = 1 << 31;

/// What a response ticks, a bit each.
fn ticks_of(response: Option<&Response>, count: usize) -> usize {
    let Some(response) = response else {
        return 0;
    };
    let is_in = |index: &usize| response.parts().contains(&letter(*index).to_string());
    let options = (0..count)
        .filter(is_in)
        .fold(0, |set, index| set | 1 << index);
    if options == 0 { NONE } else { options }
}

/// The response that ticks give. Every box unticked again is an answer taken back; that none applies is said by a box of its own.
fn response_of(ticks: usize, count: usize) -> Option<Response> {
    let letters = (0..count).filter(|index| ticks & 1 << index != 0);
    let parts = letters.map(|index| letter(index).to_string()).collect();
    (ticks != 0).then_some(Response(parts))
}

/// The options of a question as they are drawn.
pub(super) struct Choices {
    pub(super) element: El,
    /// What is ticked, a bit an option.
    pub(super) ticked: RwSignal<usize>,
    /// Ticks what has its bit set, and nothing else.
    pub(super) tick: Rc<dyn Fn(usize)>,
}

/// Draws the options in the order of the paper.
pub(super) fn choices(
    question: Question<'_>,
    html: &Html<'_>,
    options: &[Choice],
    most: Most,
    slot: Slot,
) -> Choices {
    let Slot {
        order,
        response,
        on_answer,
        error,
    } = slot;
    let count = options.len();
    let ticked = RwSignal::new(ticks_of(response.as_ref(), count));
    let set: Rc<dyn Fn(usize)> = Rc::new(move |now: usize| {
        ticked.set(now);
        error.set(on_answer(response_of(now, count), false));
    });
    let one = most == Most::One;
    let full = move || match most {
        Most::AtMost(most) => ticked.get().count_ones() >= u32::from(most),
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
            let set = set.clone();
            let on = move || ticked.get() & 1 << index != 0;
            row(input
                .attr("value", &letter(index).to_string())
                .keep_prop("checked", on)
                .keep_prop("disabled", move || !one && !on() && full())
                .on("change", move |event| {
                    let bit = 1 << index;
                    let before = ticked.get_untracked() & !NONE;
                    set(match (one, is_ticked(&event)) {
                        (true, _) => bit,
                        (false, true) => before | bit,
                        (false, false) => before & !bit,
                    });
                }))
        })
        .collect();
    // The answered empty set, where it can earn marks.
    let none_applies = (most == Most::AnyOrNone).then(|| {
        let set = set.clone();
        let (input, row) = choice("checkbox", "q", "q-none", "None applies");
        row(input
            .keep_prop("checked", move || ticked.get() == NONE)
            .on("change", move |event| {
                set(if is_ticked(&event) { NONE } else { 0 });
            }))
    });
    let element = el("fieldset", "tw-choices")
        .attr("aria-describedby", "q-error")
        .attr("tabindex", "-1")
        .child(el("legend", "tw-legend").text(&legend))
        .child(error_text(error))
        .children(rows)
        .maybe(none_applies);
    Choices {
        element,
        ticked,
        tick: set,
    }
}
