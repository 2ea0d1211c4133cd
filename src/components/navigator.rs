//! All questions of a sitting at a glance: answered, flagged, seen or not.

use leptos::prelude::*;

use crate::platform::dom::{El, el};
use crate::platform::page;
use crate::routes::Route;
use crate::state::seat::Desk;
use crate::state::state;

// What is known of a question in a sitting, as bits: a memo of numbers is one that the page has already.
const ANSWERED: usize = 1;
const SEEN: usize = 2;
const FLAGGED: usize = 4;

fn step(desk: &Desk, n: usize) -> usize {
    let bit = |on: bool, bit: usize| if on { bit } else { 0 };
    bit(desk.sitting.response(n).is_some(), ANSWERED)
        | bit(desk.sitting.seen(n), SEEN)
        | bit(desk.sitting.flagged(n), FLAGGED)
}

fn class(step: usize) -> String {
    let state = match step & (ANSWERED | SEEN) {
        0 => "tw-step tw-step--unseen",
        SEEN => "tw-step tw-step--seen",
        _ => "tw-step tw-step--answered",
    };
    let flag = if step & FLAGGED != 0 {
        " tw-step--flagged"
    } else {
        ""
    };
    [state, flag].concat()
}

fn words(step: usize) -> String {
    let state = match step & (ANSWERED | SEEN) {
        0 => ", not seen",
        SEEN => ", seen, not answered",
        _ => ", answered",
    };
    let flag = if step & FLAGGED != 0 { ", flagged" } else { "" };
    [state, flag].concat()
}

/// Under the grid, what its marks mean; the links say it in words.
const KEY: &str = "<li><span class=\"tw-step tw-step--answered\"></span>answered</li><li><span class=\"tw-step tw-step--seen\"></span>seen</li>\
<li><span class=\"tw-step tw-step--unseen\"></span>not seen</li><li><span class=\"tw-step tw-step--seen tw-step--flagged\"></span>flagged</li>";

/// The navigator; `current` is the question that is shown, from 0.
pub(crate) fn navigator(course: &str, current: Memo<usize>) -> El {
    let seat = state().seat;
    let look = move |of: fn(&Desk, usize) -> usize, n: usize| {
        seat.desk
            .with(|desk| desk.as_ref().map_or(0, |desk| of(desk, n)))
    };
    let summary = move || {
        let answered = look(
            |desk, _| desk.sitting.len() - desk.sitting.unanswered().count(),
            0,
        );
        let count = look(|desk, _| desk.sitting.len(), 0);
        let flagged = (0..count).filter(|&n| look(step, n) & FLAGGED != 0).count();
        format!("All questions: {answered} of {count} answered, {flagged} flagged")
    };
    let count = seat.look(|desk| desk.sitting.len()).unwrap_or_default();
    let links = (0..count)
        .map(|n| {
            // A memo each, so that an answer redraws one link and not all.
            let step = Memo::new(move |_| look(step, n));
            let link = el("a", "")
                .attr("href", &Route::Sit(course.to_owned(), Some(n + 1)).href())
                .keep("class", move || Some(class(step.get())))
                .keep("aria-current", move || {
                    (current.get() == n).then(|| "step".to_owned())
                })
                .child(el("span", "tw-visually-hidden").text("Question "))
                .text(&(n + 1).to_string())
                .child(el("span", "tw-visually-hidden").keep_text(move || words(step.get())));
            el("li", "").child(link)
        })
        .collect();
    let check = el("a", "")
        .attr("href", &Route::Check(course.to_owned()).href())
        .text("Check your answers");
    let inside = el("nav", "tw-flow")
        .attr("aria-label", "Questions")
        .child(el("ol", "tw-navigator__grid").children(links))
        .child(el("ul", "tw-key").attr("aria-hidden", "true").html(KEY))
        .child(el("p", "").child(check));
    // Beside the question where there is room; folded away below it where there is not.
    el("details", "tw-navigator")
        .flag("open", page::is_wide(900))
        .child(el("summary", "").keep_text(summary))
        .child(inside)
}
