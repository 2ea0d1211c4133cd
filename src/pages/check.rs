//! Check your answers: what is answered and what is not, and handing in.

use std::sync::Arc;

use leptos::prelude::*;
use tierwise_engine::bank::Html;
use tierwise_engine::sitting::What;

use super::sitting::{is_one_way, with_seat};
use crate::app::main;
use crate::components::frame::{actions, back, button, heading, notice, p};
use crate::components::icon;
use crate::components::marked::{response_html, tag};
use crate::platform::dom::{El, el};
use crate::platform::page;
use crate::routes::Route;
use crate::state::library::Loaded;
use crate::state::seat::{Desk, Seat};
use crate::state::state;

#[inline(never)]
pub(crate) fn page(course: String) -> Vec<El> {
    with_seat(course, check)
}

fn check(loaded: Arc<Loaded>) -> El {
    let seat = state().seat;
    let sure = RwSignal::new(0);
    let inside = move || {
        seat.look(|desk| body(seat, &loaded, desk, sure))
            .unwrap_or_default()
    };
    main("").child(el("div", "tw-flow tw-narrow").live(inside))
}

fn body(seat: Seat, loaded: &Loaded, desk: &Desk, sure: RwSignal<usize>) -> Vec<El> {
    let course = desk.script.course.clone();
    let warning = warning(desk);
    if sure.get() == 1 {
        let hand_in = move |_| {
            if let Some(id) = seat.end(What::HandIn) {
                page::go(&Route::Result(course.clone(), id).href(), false);
            }
        };
        let mut parts = vec![heading("Hand in your paper?")];
        parts.extend(warning);
        parts.push(p("After this you cannot change any answer."));
        parts.push(actions(vec![
            button("", "Yes, hand in").on("click", hand_in),
            button("tw-button--plain", "No, go back").on("click", move |_| sure.set(0)),
        ]));
        return parts;
    }
    let unsaved = (seat.unsaved.get() == 1).then(|| {
        let body = p("Your answers stand in memory until this page is closed. Download the script to keep them: it can be opened again on the page Your data.");
        notice(true, &seat.saved.get_untracked(), vec![body])
    });
    let base = loaded.base();
    let html = Html { base: &base };
    let rows: String = (0..desk.sitting.len())
        .map(|n| row(loaded, &html, desk, n))
        .collect();
    let number = desk.sitting.current() + 1;
    let mut parts = vec![
        back(
            &Route::Sit(course, Some(number)),
            &format!("Back to question {number}"),
        ),
        heading("Check your answers"),
    ];
    parts.extend(unsaved);
    parts.extend(warning);
    parts.push(el("dl", "tw-summary").html(&rows));
    parts.push(el("h2", "").text("Hand in"));
    parts.push(p(
        "When you hand in, your paper is marked and you cannot change it.",
    ));
    parts.push(actions(vec![
        button("", "Hand in").on("click", move |_| sure.set(1)),
    ]));
    parts
}

fn row(loaded: &Loaded, html: &Html<'_>, desk: &Desk, n: usize) -> String {
    let answer = desk
        .id(n)
        .and_then(|id| loaded.question(id))
        .and_then(|question| response_html(question, html, desk.sitting.response(n)));
    let (answer, verb) = match answer {
        Some(answer) => (format!("<span>{answer}</span>"), "Change"),
        None => (
            "<span class=\"tw-tag tw-tag--warn\">Not answered</span>".to_owned(),
            "Answer",
        ),
    };
    let flag = if desk.sitting.flagged(n) {
        tag("quiet", icon::FLAG, "Flagged")
    } else {
        String::new()
    };
    let number = n + 1;
    let action = if desk.script.terms.may_go_back {
        let href = Route::Sit(desk.script.course.clone(), Some(number)).href();
        format!(
            "<dd class=\"tw-summary__action\"><a href=\"{href}\">{verb}<span class=\"tw-visually-hidden\"> question {number}</span></a></dd>"
        )
    } else {
        String::new()
    };
    format!(
        "<div class=\"tw-summary__row\"><dt class=\"tw-summary__key\">Question {number}</dt><dd class=\"tw-summary__value\">{answer} {flag}</dd>{action}</div>"
    )
}

/// Names what is not answered, each a link to it where the candidate may go there.
fn warning(desk: &Desk) -> Option<El> {
    let missing: Vec<usize> = desk.sitting.unanswered().collect();
    let last = missing.len().checked_sub(1)?;
    let title = match missing.len() {
        1 => "1 question is not answered".to_owned(),
        count => format!("{count} questions are not answered"),
    };
    let mut html = "They get no marks: ".to_owned();
    for (at, &n) in missing.iter().enumerate() {
        html.push_str(match at {
            0 => "",
            at if at == last => " and ",
            _ => ", ",
        });
        let href = Route::Sit(desk.script.course.clone(), Some(n + 1)).href();
        html.push_str(&match is_one_way(desk) && n != desk.sitting.current() {
            true => (n + 1).to_string(),
            false => format!("<a href=\"{href}\">{}</a>", n + 1),
        });
    }
    html.push_str(match is_one_way(desk) {
        true => ". What lies behind you cannot be answered any more.",
        false => ". Nothing is taken off for a guess unless the question says so.",
    });
    Some(notice(true, &title, vec![el("p", "").html(&html)]))
}
