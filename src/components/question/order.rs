//! Items to put in order: by buttons, and by dragging besides. What order they are in is kept on the page alone.

use std::rc::Rc;

use leptos::prelude::*;
use tierwise_engine::bank::{Html, Question};
use tierwise_engine::question::{Choice, Response, letter};

use super::{Slot, group};
use crate::components::icon::{DOWN, GRIP, UP};
use crate::components::marked::shown_order;
use crate::platform::dom::{El, capture, listener_of, pointer_at, target_of};

const ITEM: &str = "[data-item]";
const DRAGGED: &str = ".tw-order__item--dragged";

/// Draws the items in the order that was answered, else in that of the paper. Nothing counts as an answer until an item was moved, or the
/// candidate said that the order is right as it stands.
pub(super) fn order(question: Question<'_>, html: &Html<'_>, items: &[Choice], slot: Slot) -> El {
    let Slot {
        order,
        response,
        on_answer,
        error,
    } = slot;
    let places = match &response {
        Some(response) => response.parts().concat(),
        None => order,
    };
    let (grip, up, down) = (GRIP.before(""), UP.before(""), DOWN.before(""));
    let mut inside =
        "<p class=\"tw-hint\">Use the buttons, or drag.</p><ol class=\"tw-order\" role=\"list\">"
            .to_owned();
    for index in shown_order(&places, items.len()) {
        let item = letter(index);
        let text = question.choice_html(html, &items[index]);
        // Each button is named by itself and the item.
        inside.push_str(&format!(
            "<li class=\"tw-order__item\" data-item=\"{item}\"><span class=\"tw-order__grip\" aria-hidden=\"true\">{grip}</span>\
<span class=\"tw-order__text\" id=\"q-o{item}\">{text}</span><span class=\"tw-order__moves\">\
<button class=\"tw-button tw-button--plain\" type=\"button\" id=\"q-u{item}\" data-move=\"up\" aria-label=\"Move up\" aria-labelledby=\"q-u{item} q-o{item}\">{up}</button>\
<button class=\"tw-button tw-button--plain\" type=\"button\" id=\"q-d{item}\" data-move=\"down\" aria-label=\"Move down\" aria-labelledby=\"q-d{item} q-o{item}\">{down}</button></span></li>"
        ));
    }
    let hidden = if response.is_some() { " hidden" } else { "" };
    inside.push_str(&format!(
        "</ol><p data-keep{hidden}>Not answered yet: move an item, or <button class=\"tw-button tw-button--plain\" type=\"button\">Keep this order</button></p>\
<p class=\"tw-visually-hidden\" role=\"status\"></p>"
    ));
    let answer = Rc::new(move |form: &El, news: &str| {
        let mut parts = Vec::new();
        for item in form.all(ITEM) {
            parts.push(item.get("data-item"));
        }
        error.set(on_answer(Some(Response(parts)), false));
        mend_ends(form);
        if let Some(keep) = form.find("[data-keep]") {
            keep.put("hidden", Some(""));
        }
        if let Some(status) = form.find("[role=status]") {
            status.say(news);
        }
    });
    let form = group(
        "tw-flow",
        "Put these in order, first at the top",
        error,
        &inside,
    );
    mend_ends(&form);
    let dropped = answer.clone();
    form.on("click", move |event| {
        let (Some(form), Some(target)) = (listener_of(&event), target_of(&event)) else {
            return;
        };
        if let (Some(button), Some(item)) = (target.around("[data-move]"), target.around(ITEM)) {
            let down = button.get("data-move") == "down";
            match item.beside(down) {
                Some(other) if down => other.move_before(&item),
                Some(other) => item.move_before(&other),
                None => return,
            }
            answer(&form, &place_of(&form, &item));
            // At an end its button is none any more: then it is the other's turn.
            button.focus();
            if item.beside(down).is_none()
                && let Some(other) = button.beside(!down)
            {
                other.focus();
            }
        } else if target.around("[data-keep] button").is_some() {
            answer(&form, "This order is your answer");
            form.focus();
        }
    })
    .on("pointerdown", |event| {
        let grip = target_of(&event).and_then(|target| target.around(".tw-order__grip"));
        if let Some(item) = grip.and_then(|grip| grip.around(ITEM)) {
            item.put("class", Some("tw-order__item tw-order__item--dragged"));
            capture(&event);
        }
    })
    .on("pointermove", |event| {
        let Some(item) = listener_of(&event).and_then(|form| form.find(DRAGGED)) else {
            return;
        };
        let y = pointer_at(&event);
        // Over the middle of its neighbour it takes that one's place; so it never goes to and fro while the pointer rests.
        while let Some(other) = item.beside(true).filter(|other| other.middle() < y) {
            other.move_before(&item);
            item.put("data-moved", Some(""));
        }
        while let Some(other) = item.beside(false).filter(|other| other.middle() > y) {
            item.move_before(&other);
            item.put("data-moved", Some(""));
        }
    })
    .on("lostpointercapture", move |event| {
        let form = listener_of(&event);
        let Some((form, item)) = form.and_then(|form| Some((form.clone(), form.find(DRAGGED)?)))
        else {
            return;
        };
        item.put("class", Some("tw-order__item"));
        if form.find("[data-moved]").is_some() {
            item.put("data-moved", None);
            dropped(&form, &place_of(&form, &item));
        }
    })
}

/// What became of an item that was moved.
fn place_of(form: &El, item: &El) -> String {
    let (items, name) = (form.all(ITEM), item.get("data-item"));
    let at = items.iter().position(|item| item.get("data-item") == name);
    format!("Moved to {} of {}", at.unwrap_or_default() + 1, items.len())
}

/// The first cannot go up, nor the last down.
fn mend_ends(form: &El) {
    for button in form.all("[data-move]") {
        let down = button.get("data-move") == "down";
        let at_end = button
            .around(ITEM)
            .is_some_and(|item| item.beside(down).is_none());
        button.put("disabled", at_end.then_some(""));
    }
}
