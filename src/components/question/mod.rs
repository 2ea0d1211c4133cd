//! What a candidate answers with: a component for each of the engine's forms.

mod choices;
mod essay;
mod field;
mod fill;
mod hotspot;
mod locate;
mod order;

use std::rc::Rc;

use leptos::prelude::*;
use tierwise_engine::bank::{Html, Question};
use tierwise_engine::question::{Form, Response};

use crate::components::refused;
use crate::platform::dom::{El, el};

/// Takes what the candidate answers; nothing takes the answer back. The flag says that it is being typed. Returns what is wrong with it, mostly
/// nothing: then an answer that stood before is taken back too, so that page and record never differ.
pub(crate) type OnAnswer = Rc<dyn Fn(Option<Response>, bool) -> String>;

/// What a form needs to be drawn.
#[derive(Clone)]
pub(crate) struct Slot {
    /// The order of the options, as letters; empty for that of the bank.
    pub(crate) order: String,
    /// What was answered before.
    pub(crate) response: Option<Response>,
    pub(crate) on_answer: OnAnswer,
    /// What is wrong with what stands in the form, if anything; the form says it too.
    pub(crate) error: RwSignal<String>,
}

/// Draws what the question is answered with.
pub(crate) fn form(question: Question<'_>, html: &Html<'_>, slot: Slot) -> El {
    match question.form() {
        Form::Choices { options, most } => {
            choices::choices(question, html, options, most, slot).element
        }
        Form::Field { keyboard, unit, .. } => field::field(keyboard, question.piece(unit), slot),
        _ => rarer(question, html, slot),
    }
}

/// The forms that fewer questions have. A function of its own, and so out of the part of the app that the first question waits for: see
/// `scripts/later.txt`.
#[inline(never)]
fn rarer(question: Question<'_>, html: &Html<'_>, slot: Slot) -> El {
    match question.form() {
        Form::Order { items } => order::order(question, html, items, slot),
        Form::Match {
            stems,
            options,
            lettered,
        } => fill::pairs(question, html, stems, options, lettered, slot),
        Form::Gaps(gaps) => fill::gaps(question, html, gaps, slot),
        Form::Locate(message) => locate::locate(question, message, slot),
        Form::Hotspot { picture, regions } => {
            hotspot::hotspot(question, html, picture, regions, slot)
        }
        Form::Essay { .. } => essay::essay(slot),
        Form::Choices { .. } | Form::Field { .. } => el("div", ""),
    }
}

/// A set of controls that are one piece of HTML, with what is wrong with them above.
fn group(class: &str, legend: &str, error: RwSignal<String>, html: &str) -> El {
    let inside = [
        "<legend class=\"tw-legend\">",
        legend,
        "</legend>",
        ERROR,
        html,
    ]
    .concat();
    let group = el("fieldset", class)
        .attr("aria-describedby", "q-error")
        .attr("tabindex", "-1")
        .html(&inside);
    keep_error(&group, error);
    group
}

/// Where a form says what is wrong; its control is described by it.
const ERROR: &str = "<p class=\"tw-error\" id=\"q-error\" hidden><span class=\"tw-visually-hidden\">Error: </span><span></span></p>";

/// Keeps the form's [`ERROR`] as `error` says.
fn keep_error(form: &El, error: RwSignal<String>) {
    if let Some(place) = form.find("#q-error") {
        let _ = place.keep_with(move |place| {
            let words = error.get();
            place.set("hidden", words.is_empty());
            if words.is_empty() {
                refused::forget();
            }
            if let Some(said) = place.nth(1) {
                said.say(&words);
            }
        });
    }
}
