//! All questions of a sitting at a glance: answered, flagged, seen or not.

use leptos::prelude::*;

use crate::platform::page;
use crate::routes::Route;
use crate::state::seat::{Desk, Seat};

/// What is known of a question in a sitting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

    fn class(self) -> &'static str {
        match (self.answered, self.seen, self.flagged) {
            (true, _, false) => "tw-step tw-step--answered",
            (true, _, true) => "tw-step tw-step--answered tw-step--flagged",
            (false, true, false) => "tw-step tw-step--seen",
            (false, true, true) => "tw-step tw-step--seen tw-step--flagged",
            (false, false, false) => "tw-step tw-step--unseen",
            (false, false, true) => "tw-step tw-step--unseen tw-step--flagged",
        }
    }

    fn words(self) -> &'static str {
        match (self.answered, self.seen, self.flagged) {
            (true, _, false) => ", answered",
            (true, _, true) => ", answered, flagged",
            (false, true, false) => ", seen, not answered",
            (false, true, true) => ", seen, not answered, flagged",
            (false, false, false) => ", not seen",
            (false, false, true) => ", not seen, flagged",
        }
    }
}

/// The navigator; `current` is the question that is shown, from 0.
pub(crate) fn navigator(course: &str, current: Memo<usize>) -> AnyView {
    let seat: Seat = expect_context();
    let steps = Memo::new(move |_| {
        seat.desk.with(|desk| {
            desk.as_ref().map_or_else(Vec::new, |desk| {
                (0..desk.sitting.len())
                    .map(|n| Step::of(desk, n))
                    .collect::<Vec<_>>()
            })
        })
    });
    let step = move |n: usize| steps.with(|steps| steps.get(n).copied());
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
            let href = Route::Sit(course.to_owned(), Some(n + 1)).href();
            view! {
                <li>
                    <a
                        class=move || step(n).map_or("tw-step", Step::class)
                        href=href
                        aria-current=move || (current.get() == n).then_some("step")
                    >
                        <span class="tw-visually-hidden">"Question "</span>
                        {n + 1}
                        <span class="tw-visually-hidden">{move || step(n).map_or("", Step::words)}</span>
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    // Beside the question where there is room; folded away below it where there is not.
    view! {
        <details class="tw-navigator" open=page::is_wide(900)>
            <summary>{summary}</summary>
            <nav class="tw-flow" aria-label="Questions">
                <ol class="tw-navigator__grid">{links}</ol>
                <ul class="tw-key" aria-hidden="true">
                    <li><span class="tw-step tw-step--answered"></span>"answered"</li>
                    <li><span class="tw-step tw-step--seen"></span>"seen"</li>
                    <li><span class="tw-step tw-step--unseen"></span>"not seen"</li>
                    <li><span class="tw-step tw-step--seen tw-step--flagged"></span>"flagged"</li>
                </ul>
                <p><a href=Route::Check(course.to_owned()).href()>"Check your answers"</a></p>
            </nav>
        </details>
    }
    .into_any()
}
