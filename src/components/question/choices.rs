//! Options to choose from: radios or checkboxes.

use std::rc::Rc;

use leptos::prelude::*;
use tierwise_engine::bank::{Html, Question};
use tierwise_engine::question::{Choice, Most, Response, letter, option_index};

use super::{Slot, group};
use crate::components::marked::shown_order;
use crate::platform::dom::{El, is_ticked, listener_of, target_of};

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

/// Ticks in a group of options what has its bit set, and nothing else.
pub(super) type Tick = Rc<dyn Fn(&El, usize)>;

/// The options of a question as they are drawn.
pub(super) struct Choices {
    pub(super) element: El,
    /// What is ticked, a bit an option.
    pub(super) ticked: RwSignal<usize>,
    pub(super) tick: Tick,
}

/// Draws the options in the order of the paper: one piece of HTML, and one listener for all of them.
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
    let at_first = ticks_of(response.as_ref(), count);
    let ticked = RwSignal::new(at_first);
    let one = most == Most::One;
    let legend = match most {
        Most::One => "Choose one answer".to_owned(),
        Most::Any | Most::AnyOrNone => "Choose all that apply".to_owned(),
        Most::AtMost(most) => format!("Choose {most}"),
    };
    let mut rows = String::new();
    let kind = if one { "radio" } else { "checkbox" };
    let mut places = shown_order(&order, count);
    // The answered empty set, where it can earn marks.
    if most == Most::AnyOrNone {
        places.push(count);
    }
    for (place, index) in places.into_iter().enumerate() {
        let (id, value, label) = match options.get(index) {
            Some(option) => (
                ["q-o", &(place + 1).to_string()].concat(),
                letter(index).to_string(),
                question.choice_html(html, option),
            ),
            None => (
                "q-none".to_owned(),
                String::new(),
                "None applies".to_owned(),
            ),
        };
        choice_html(&mut rows, kind, &id, &value, &label);
    }
    let tick = move |group: &El, now: usize| {
        ticked.set(now);
        error.set(on_answer(response_of(now, count), false));
        show(group, now, most);
    };
    let element = group("tw-choices", &legend, error, &rows);
    show(&element, at_first, most);
    let tick = Rc::new(tick);
    let on_change = tick.clone();
    let element = element.on("change", move |event| {
        let (Some(input), Some(group)) = (target_of(&event), listener_of(&event)) else {
            return;
        };
        let before = ticked.get_untracked() & !NONE;
        let bit = bit_of(&input);
        on_change(
            &group,
            match (one, is_ticked(&event), bit == NONE) {
                (true, _, _) | (false, true, true) => bit,
                (false, true, false) => before | bit,
                (false, false, true) => 0,
                (false, false, false) => before & !bit,
            },
        );
    });
    Choices {
        element,
        ticked,
        tick,
    }
}

/// What ticking this box says.
fn bit_of(input: &El) -> usize {
    option_index(&input.get("value")).map_or(NONE, |index| 1 << index)
}

/// Shows what is ticked, and lets nothing more be ticked once enough is.
fn show(group: &El, ticked: usize, most: Most) {
    let full = match most {
        Most::AtMost(most) => (ticked & !NONE).count_ones() >= u32::from(most),
        _ => false,
    };
    for input in group.all("input") {
        let on = ticked & bit_of(&input) != 0;
        input.set("checked", on);
        if matches!(most, Most::AtMost(_)) {
            input.set("disabled", full && !on);
        }
    }
}

/// A row of options: the input and its label.
fn choice_html(out: &mut String, kind: &str, id: &str, value: &str, label: &str) {
    for part in [
        "<div class=\"tw-choice\"><input class=\"tw-choice__input\" type=\"",
        kind,
        "\" name=\"q\" id=\"",
        id,
        "\" value=\"",
        value,
        "\"><label class=\"tw-choice__label\" for=\"",
        id,
        "\">",
        label,
        "</label></div>",
    ] {
        out.push_str(part);
    }
}
