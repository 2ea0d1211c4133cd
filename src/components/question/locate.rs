//! A message to point in.
//!
//! It is a tree for screen readers, which then say how deep a point lies, and how many there are beside it; and a horizontal one, since that is how a
//! line of a message reads: right and left go along it, down into a field, up out of it again, as the ARIA practices say for such. (Radios
//! and the options of a listbox can hold nothing that can be chosen itself, as a field holds its components.) A point is named by its position. What is
//! pointed at, and where the keyboard stands, is kept on the page alone.

use std::rc::Rc;

use leptos::prelude::*;
use tierwise_engine::bank::Question;
use tierwise_engine::question::{Message, Response};

use super::{Slot, group};
use crate::components::frame::escaped;
use crate::components::marked::message_html;
use crate::platform::dom::{El, key_of, listener_of, target_of};

const POINT: &str = "[data-depth]";
const CHOSEN: &str = "[aria-selected=true]";

/// How much of a point's text is said, in characters; the rest of a long field tells no more of where one is.
const SAID: usize = 80;

/// Draws the message, its points each an element, listened to together.
pub(super) fn locate(question: Question<'_>, message: &Message, slot: Slot) -> El {
    let Slot {
        response,
        on_answer,
        error,
        ..
    } = slot;
    let given = response.as_ref().and_then(Response::only);
    let is_given = |at: usize| given == Some(&message.points[at].position);
    // The keyboard comes in where the answer is, else at the beginning.
    let start = (0..message.points.len()).find(|&at| is_given(at));
    let tree = message_html(question, message, true, &|at, text| {
        let point = &message.points[at];
        let has_parts = message
            .points
            .get(at + 1)
            .is_some_and(|next| next.depth > point.depth);
        let tab = if at == start.unwrap_or_default() {
            "0"
        } else {
            "-1"
        };
        let said: String = text.chars().take(SAID).collect();
        Some(format!(
            "class=\"tw-point\" role=\"treeitem\" tabindex=\"{tab}\" aria-selected=\"{}\" data-depth=\"{}\" aria-level=\"{}\"{} aria-label=\"{}\" aria-description=\"{}\"",
            is_given(at),
            point.depth,
            point.depth + 1,
            if has_parts {
                " aria-expanded=\"true\""
            } else {
                ""
            },
            escaped(&point.position),
            escaped(&said)
        ))
    });
    let inside = format!(
        "<p class=\"tw-hint\" id=\"q-hint\">Click or tap it. By keyboard: left and right along a line, down into a field, up out of it, Enter to point.</p>\
<div class=\"tw-message\" role=\"tree\" aria-orientation=\"horizontal\" aria-label=\"Message\" aria-describedby=\"q-hint\">{tree}</div>\
<p role=\"status\" id=\"q-told\"></p><div class=\"tw-actions\">\
<button class=\"tw-button tw-button--plain\" type=\"button\" data-do=\"wider\">Wider</button>\
<button class=\"tw-button tw-button--plain\" type=\"button\" data-do=\"narrower\">Narrower</button>\
<button class=\"tw-button tw-button--plain\" type=\"button\" data-do=\"clear\">Clear</button></div>"
    );
    let form = group(
        "tw-flow",
        "Point at one place in the message",
        error,
        &inside,
    );
    tell(&form);
    let point = Rc::new(move |form: &El, at: Option<El>| {
        if let Some(before) = form.find(CHOSEN) {
            before.put("aria-selected", Some("false"));
        }
        let given = at.map(|at| {
            at.put("aria-selected", Some("true"));
            stand(form, &at);
            Response::one(at.get("aria-label"))
        });
        error.set(on_answer(given, false));
        tell(form);
    });
    let struck = point.clone();
    form.on("click", move |event| {
        let (Some(form), Some(target)) = (listener_of(&event), target_of(&event)) else {
            return;
        };
        if let Some(at) = target.around(POINT) {
            at.focus();
            point(&form, Some(at));
        } else if let Some(button) = target.around("[data-do]") {
            let chosen = form.find(CHOSEN);
            let next = match button.get("data-do").as_str() {
                "wider" => chosen.and_then(|chosen| around(&chosen)),
                "narrower" => chosen.and_then(|chosen| chosen.find(POINT)),
                _ => return point(&form, None),
            };
            if next.is_some() {
                point(&form, next);
            }
        }
    })
    .on("keydown", move |event| {
        let at = target_of(&event).and_then(|target| target.around(POINT));
        let (Some(form), Some(at)) = (listener_of(&event), at) else {
            return;
        };
        let next = match key_of(&event).as_str() {
            "ArrowRight" => along(&form, &at, 1),
            "ArrowLeft" => along(&form, &at, usize::MAX),
            "ArrowDown" => at.find(POINT).or_else(|| line(&at, true)),
            "ArrowUp" => around(&at).or_else(|| line(&at, false)),
            "Home" => form.find(POINT),
            "End" => form.all(POINT).pop(),
            "Enter" | " " => {
                struck(&form, Some(at));
                None
            }
            _ => return,
        };
        event.prevent_default();
        if let Some(next) = next {
            stand(&form, &next);
            next.focus();
        }
    })
}

/// The point that this one is a part of.
fn around(at: &El) -> Option<El> {
    at.parent()?.around(POINT)
}

/// The next point as deep as this one, or (with the greatest step) the one before.
fn along(form: &El, at: &El, step: usize) -> Option<El> {
    let mut same = form.all(&format!("[data-depth=\"{}\"]", at.get("data-depth")));
    let name = at.get("aria-label");
    let here = same
        .iter()
        .position(|point| point.get("aria-label") == name)?;
    let next = here.wrapping_add(step);
    (next < same.len()).then(|| same.swap_remove(next))
}

/// The first point of the next line that has any, or of the one before.
fn line(at: &El, after: bool) -> Option<El> {
    let mut line = at.around(".tw-message__line")?;
    loop {
        line = line.beside(after)?;
        if let Some(point) = line.find(POINT) {
            return Some(point);
        }
    }
}

/// Lets Tab come back to this point.
fn stand(form: &El, at: &El) {
    if let Some(before) = form.find("[tabindex=\"0\"]") {
        before.put("tabindex", Some("-1"));
    }
    at.put("tabindex", Some("0"));
}

/// Says what is pointed at, and which buttons can do something.
fn tell(form: &El) {
    let chosen = form.find(CHOSEN);
    let text = match &chosen {
        Some(at) => format!(
            "You point at {}: {}",
            at.get("aria-label"),
            at.get("aria-description")
        ),
        None => "You point at nothing yet.".to_owned(),
    };
    if let Some(status) = form.find("#q-told") {
        status.say(&text);
    }
    for button in form.all("[data-do]") {
        let can = match (button.get("data-do").as_str(), &chosen) {
            ("wider", Some(at)) => around(at).is_some(),
            ("narrower", Some(at)) => at.find(POINT).is_some(),
            (_, chosen) => chosen.is_some(),
        };
        // Not `disabled`, which would lose the focus.
        button.put("aria-disabled", (!can).then_some("true"));
    }
}
