//! All questions of a sitting at a glance: answered, flagged, seen or not.

use std::cell::RefCell;

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
/// It is the question that is shown.
const CURRENT: usize = 8;
/// No question of the paper may be gone to.
const ONE_WAY: usize = 16;

fn step(desk: &Desk, n: usize) -> usize {
    let bit = |on: bool, bit: usize| if on { bit } else { 0 };
    bit(desk.sitting.response(n).is_some(), ANSWERED)
        | bit(desk.sitting.seen(n), SEEN)
        | bit(desk.sitting.flagged(n), FLAGGED)
}

/// The class of a link, and what it says behind the number, for what is known of a question.
fn shown(step: usize) -> (String, String) {
    let (state, words) = match step & (ANSWERED | SEEN) {
        0 => ("unseen", ", not seen"),
        SEEN => ("seen", ", seen, not answered"),
        _ => ("answered", ", answered"),
    };
    let (flag, flagged) = match step & FLAGGED {
        0 => ("", ""),
        _ => (" tw-step--flagged", ", flagged"),
    };
    (
        ["tw-step tw-step--", state, flag].concat(),
        [words, flagged].concat(),
    )
}

/// The link to question `n`, as HTML. On a paper that goes one way it leads nowhere: what lies behind cannot be returned to, and to leap ahead would give
/// up what lies between.
fn link(course: &str, n: usize, step: usize) -> String {
    let (class, words) = shown(step);
    let current = match step & CURRENT {
        0 => "",
        _ => "\" aria-current=\"step",
    };
    let href = if step & ONE_WAY != 0 {
        String::new()
    } else {
        let route = Route::Sit(course.to_owned(), Some(n + 1));
        ["\" href=\"", &route.href()].concat()
    };
    [
        "<li><a class=\"",
        &class,
        current,
        &href,
        "\"><span class=\"tw-visually-hidden\">Question </span>",
        &(n + 1).to_string(),
        "<span class=\"tw-visually-hidden\">",
        &words,
        "</span></a></li>",
    ]
    .concat()
}

/// Draws the links, or changes those whose steps are others than before. A link stays the element that it is: it may have the focus, and a browser
/// lays the whole page out before it takes that away.
fn draw(list: &El, course: &str, before: &[usize], steps: &[usize]) {
    if before.len() != steps.len() {
        let one = |(n, step): (usize, &usize)| link(course, n, *step);
        let html: String = steps.iter().enumerate().map(one).collect();
        let _ = list.clone().html(&html);
        return;
    }
    for (n, (&was, &step)) in before.iter().zip(steps).enumerate() {
        if was == step {
            continue;
        }
        let Some(link) = list.nth(n).and_then(|item| item.nth(0)) else {
            continue;
        };
        let (class, words) = shown(step);
        link.put("class", Some(&class));
        link.put("aria-current", (step & CURRENT != 0).then_some("step"));
        if let Some(said) = link.nth(1) {
            said.say(&words);
        }
    }
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
        let drawn = RefCell::new(Vec::new());
        move |list: &El| {
            let current = current.get();
            let steps = seat.desk.with(|desk| {
                desk.as_ref().map_or_else(Vec::new, |desk| {
                    let all = if desk.script.terms.may_go_back {
                        0
                    } else {
                        ONE_WAY
                    };
                    let one = |n| step(desk, n) | all | if n == current { CURRENT } else { 0 };
                    (0..desk.sitting.len()).map(one).collect()
                })
            });
            draw(list, &course, &drawn.replace(steps.clone()), &steps);
        }
    };
    let check = el("a", "")
        .attr("href", &Route::Check(course.to_owned()).href())
        .text("Check your answers");
    let inside = el("nav", "tw-flow")
        .attr("aria-label", "Questions")
        .child(el("ol", "tw-navigator__grid").keep_with(links))
        .child(el("ul", "tw-key").attr("aria-hidden", "true").html(KEY))
        .child(el("p", "").child(check));
    // Beside the question where there is room; folded away below it where there is not.
    el("details", "tw-navigator")
        .flag("open", page::is_wide(900))
        .child(el("summary", "").keep_text(summary))
        .child(inside)
}
