//! A picture to point at, with the list of its regions beside it.

use leptos::prelude::*;
use tierwise_engine::bank::{Html, Question, Span};
use tierwise_engine::question::{Most, Region, letter, option_index};

use super::Slot;
use super::choices::{Choices, choices};
use crate::components::frame::p;
use crate::components::marked::{as_choices, picture_html};
use crate::platform::dom::{El, el, target_of};
use crate::platform::page;

/// Draws the picture and a radio for each region. The picture alone is for pointers; the radios say and take the same.
pub(super) fn hotspot(
    question: Question<'_>,
    html: &Html<'_>,
    picture: Span,
    regions: &[Region],
    slot: Slot,
) -> El {
    let options = as_choices(regions);
    let Choices {
        element,
        ticked,
        tick,
    } = choices(question, html, &options, Most::One, slot);
    let map = picture_html(question, html, picture, regions, &|_| "");
    let picture = el("div", "").html(&map).on("click", move |event| {
        let region = target_of(&event).and_then(|target| target.around("[data-region]"));
        if let Some(index) = region.and_then(|region| option_index(&region.get("data-region")))
            && let Some(group) = page::on_page(".tw-choices")
        {
            tick(&group, 1 << index);
        }
    });
    for index in 0..regions.len() {
        let region = picture.find(&format!("[data-region={}]", letter(index)));
        region.map(|region| {
            region.keep_class("tw-hotspot__region--chosen", move || {
                ticked.get() == 1 << index
            })
        });
    }
    el("div", "tw-flow")
        .child(
            p("Click or tap the picture, or choose from the list under it.")
                .attr("class", "tw-hint"),
        )
        .child(picture)
        .child(element)
}
