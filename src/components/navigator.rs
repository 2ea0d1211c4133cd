//! All questions of a sitting at a glance: answered, flagged, seen or not.

use leptos::prelude::*;

use crate::platform::dom::{El, el};
use crate::platform::page;
use crate::routes::Route;
use crate::state::seat::{Desk, Seat};

/// What is known of a question in a sitting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Step {
    answered: bool,
    flagged: bool,
    seen: bool,
}

impl Step {
    fn of(desk: &Desk, n: usize) -> Self {
        Self {
            answered: desk.sitting.response(n).is_some(),
            flagged: desk.sitting.flagged(n),
            seen: desk.sitting.seen(n),
        }
    }

    fn class(self) -> String {
        let state = match (self.answered, self.seen) {
            (true, _) => "tw-step tw-step--answered",
            (false, true) => "tw-step tw-step--seen",
            (false, false) => "tw-step tw-step--unseen",
        };
        let flag = if self.flagged {
            " tw-step--flagged"
        } else {
            ""
        };
        [state, flag].concat()
    }

    fn words(self) -> String {
        let state = match (self.answered, self.seen) {
            (true, _) => ", answered",
            (false, true) => ", seen, not answered",
            (false, false) => ", not seen",
        };
        let flag = if self.flagged { ", flagged" } else { "" };
        [state, flag].concat()
    }
}

/// Under the grid, what its marks mean; the links say it in words.
const KEY: &str = "<li><span class=\"tw-step tw-step--answered\"></span>answered</li><li><span class=\"tw-step tw-step--seen\"></span>seen</li>\
<li><span class=\"tw-step tw-step--unseen\"></span>not seen</li><li><span class=\"tw-step tw-step--seen tw-step--flagged\"></span>flagged</li>";

/// The navigator; `current` is the question that is shown, from 0.
pub(crate) fn navigator(course: &str, current: Memo<usize>) -> El {
    let seat: Seat = expect_context();
    let steps = Memo::new(move |_| {
        seat.desk.with(|desk| {
            desk.as_ref().map_or_else(Vec::new, |desk| {
                let all = 0..desk.sitting.len();
                all.map(|n| Step::of(desk, n)).collect::<Vec<_>>()
            })
        })
    });
    let summary = move || {
        steps.with(|steps| {
            let answered = steps.iter().filter(|step| step.answered).count();
            let flagged = steps.iter().filter(|step| step.flagged).count();
            format!(
                "All questions: {answered} of {} answered, {flagged} flagged",
                steps.len()
            )
        })
    };
    let links = (0..steps.with_untracked(Vec::len))
        .map(|n| {
            // A memo each, so that an answer redraws one link and not all.
            let step =
                Memo::new(move |_| steps.with(|steps| steps.get(n).copied().unwrap_or_default()));
            let link = el("a", "")
                .attr("href", &Route::Sit(course.to_owned(), Some(n + 1)).href())
                .keep("class", move || Some(step.get().class()))
                .keep("aria-current", move || {
                    (current.get() == n).then(|| "step".to_owned())
                })
                .child(el("span", "tw-visually-hidden").text("Question "))
                .text(&(n + 1).to_string())
                .child(el("span", "tw-visually-hidden").keep_text(move || step.get().words()));
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
