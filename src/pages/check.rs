//! Check your answers: what is answered and what is not, and handing in.

use std::sync::Arc;

use leptos::prelude::*;
use tierwise_engine::bank::Html;
use tierwise_engine::sitting::What;

use super::sitting::with_seat;
use crate::components::frame::{announce, back, notice};
use crate::components::icon;
use crate::components::marked::{response_html, tag};
use crate::platform::page;
use crate::routes::Route;
use crate::state::library::Loaded;
use crate::state::seat::{Desk, Seat};

pub(crate) fn page(course: String) -> AnyView {
    with_seat(course, |loaded| check(&loaded))
}

fn check(loaded: &Arc<Loaded>) -> AnyView {
    let seat: Seat = expect_context();
    let course = loaded.course.id().to_owned();
    let Some(desk) = seat.desk.get_untracked() else {
        return ().into_any();
    };
    let sure = RwSignal::new(false);
    let base = loaded.base();
    let html = Html { base: &base };
    let rows: Vec<String> = (0..desk.sitting.len())
        .map(|n| row(loaded, &html, &desk, n))
        .collect();
    let standing = desk.sitting.current();
    let missing: Vec<usize> = desk.sitting.unanswered().collect();
    let hand_in = {
        let course = course.clone();
        move |_| {
            if let Some(id) = seat.end(What::HandIn) {
                page::go(&Route::Result(course.clone(), id).href(), false);
            }
        }
    };
    let here = Route::Sit(course.clone(), Some(standing + 1));
    let name = format!("Back to question {}", standing + 1);
    let body = move || {
        if sure.get() {
            announce("Hand in your paper?");
            view! {
                <h1 tabindex="-1">"Hand in your paper?"</h1>
                {warning(&course, &missing)}
                <p>"After this you cannot change any answer."</p>
                <div class="tw-actions">
                    <button class="tw-button" type="button" on:click=hand_in.clone()>"Yes, hand in"</button>
                    <button class="tw-button tw-button--plain" type="button" on:click=move |_| sure.set(false)>"No, go back"</button>
                </div>
            }
            .into_any()
        } else {
            announce("Check your answers");
            view! {
                {back(&here, &name)}
                <h1 tabindex="-1">"Check your answers"</h1>
                {warning(&course, &missing)}
                <dl class="tw-summary" inner_html=rows.concat()></dl>
                <h2>"Hand in"</h2>
                <p>"When you hand in, your paper is marked and you cannot change it."</p>
                <div class="tw-actions">
                    <button class="tw-button" type="button" on:click=move |_| sure.set(true)>"Hand in"</button>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <main class="tw-main tw-width" id="main" tabindex="-1">
            <div class="tw-flow tw-narrow">{body}</div>
        </main>
    }
    .into_any()
}

fn row(loaded: &Loaded, html: &Html<'_>, desk: &Desk, n: usize) -> String {
    let response = desk.sitting.response(n);
    let answer = desk
        .id(n)
        .and_then(|id| loaded.question(id))
        .and_then(|question| response_html(question, html, response));
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

/// Names what is not answered, each a link to it.
fn warning(course: &str, missing: &[usize]) -> AnyView {
    if missing.is_empty() {
        return ().into_any();
    }
    let title = match missing.len() {
        1 => "1 question is not answered".to_owned(),
        count => format!("{count} questions are not answered"),
    };
    let last = missing.len() - 1;
    let links = missing
        .iter()
        .enumerate()
        .map(|(at, &n)| {
            let between = match at {
                0 => "",
                at if at == last => " and ",
                _ => ", ",
            };
            let href = Route::Sit(course.to_owned(), Some(n + 1)).href();
            view! { {between}<a href=href>{n + 1}</a> }
        })
        .collect::<Vec<_>>();
    notice(
        "tw-notice--warn",
        &title,
        view! { <p>"They get no marks: "{links}". Nothing is taken off for a guess unless the question says so."</p> }.into_any(),
    )
}
