//! All questions of a sitting at a glance: answered, flagged, seen or not.

use leptos::prelude::*;

use crate::platform::dom::{El, el};
use crate::platform::page;
use crate::routes::Route;
use crate::state::seat::Desk;
use crate::state::state;

// What is known of a question in a sitting, as bits.
const ANSWERED: usize = 1;
const SEEN: usize = 2;
const FLAGGED: usize = 4;

fn step(desk: &Desk, n: usize) -> usize {
    let bit = |on: bool, bit: usize| if on { bit } else { 0 };
    bit(desk.sitting.response(n).is_some(), ANSWERED)
        | bit(desk.sitting.seen(n), SEEN)
        | bit(desk.sitting.flagged(n), FLAGGED)
}

/// The link to question `n`, with what is known of it said in words too. On a paper that goes one way it leads nowhere: what lies behind cannot be
/// returned to, and to leap ahead would give up what lies between.
fn link(course: &str, n: usize, step: usize, is_current: bool, one_way: bool) -> String {
    let (state, words) = match step & (ANSWERED | SEEN) {
        0 => ("unseen", ", not seen"),
        SEEN => ("seen", ", seen, not answered"),
        _ => ("answered", ", answered"),
    };
    let (flag, flagged) = match step & FLAGGED {
        0 => ("", ""),
        _ => (" tw-step--flagged", ", flagged"),
    };
    let current = if is_current {
        "\" aria-current=\"step"
    } else {
        ""
    };
    let href = if one_way {
        String::new()
    } else {
        let route = Route::Sit(course.to_owned(), Some(n + 1));
        ["\" href=\"", &route.href()].concat()
    };
    [
        "<a class=\"tw-step tw-step--",
        state,
        flag,
        current,
        &href,
        "\"><span class=\"tw-visually-hidden\">Question </span>",
        &(n + 1).to_string(),
        "<span class=\"tw-visually-hidden\">",
        words,
        flagged,
        "</span></a>",
    ]
    .concat()
}

/// Under the grid, what its marks mean; the links say it in words.
const KEY: &str = "<li><span class=\"tw-step tw-step--answered\"></span>answered</li><li><span class=\"tw-step tw-step--seen\"></span>seen</li>\
<li><span class=\"tw-step tw-step--unseen\"></span>not seen</li><li><span class=\"tw-step tw-step--seen tw-step--flagged\"></span>flagged</li>";

/// The navigator; `current` is the question that is shown, from 0.
pub(crate) fn navigator(course: &str, current: Memo<usize>) -> El {
    let seat = state().seat;
    let summary = move || {
        seat.desk.with(|desk| {
            desk.as_ref().map_or_else(String::new, |desk| {
                let count = desk.sitting.len();
                let answered = count - desk.sitting.unanswered().count();
                let flagged = (0..count).filter(|&n| desk.sitting.flagged(n)).count();
                format!("All questions: {answered} of {count} answered, {flagged} flagged")
            })
        })
    };
    let links = {
        let course = course.to_owned();
        move || {
            let current = current.get();
            seat.desk.with(|desk| {
                desk.as_ref().map_or_else(Vec::new, |desk| {
                    let one_way = !desk.script.terms.may_go_back;
                    let one = |n| link(&course, n, step(desk, n), n == current, one_way);
                    (0..desk.sitting.len()).map(one).collect()
                })
            })
        }
    };
    let check = el("a", "")
        .attr("href", &Route::Check(course.to_owned()).href())
        .text("Check your answers");
    let inside = el("nav", "tw-flow")
        .attr("aria-label", "Questions")
        .child(el("ol", "tw-navigator__grid").keep_items(links))
        .child(el("ul", "tw-key").attr("aria-hidden", "true").html(KEY))
        .child(el("p", "").child(check));
    // Beside the question where there is room; folded away below it where there is not.
    el("details", "tw-navigator")
        .flag("open", page::is_wide(900))
        .child(el("summary", "").keep_text(summary))
        .child(inside)
}
