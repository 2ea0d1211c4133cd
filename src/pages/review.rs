//! The review: every question as it was seen, with the answer, the key, every option's rationale, explanation and sources.

use std::sync::Arc;

use leptos::prelude::*;
use tierwise_engine::bank::{Html, escape};

use super::result::{Ended, with_marked};
use super::trouble::with_course;
use crate::components::frame::{announce, back};
use crate::components::icon;
use crate::components::marked::{Fared, marked_html, marks_tag, tag};
use crate::routes::{Filter, Route};
use crate::state::library::Loaded;

pub(crate) fn page(course: String, id: String, filter: Filter) -> AnyView {
    with_course(course, move |loaded| {
        with_marked(&loaded, &id, |ended| view(&loaded, &ended, filter))
    })
}

fn view(loaded: &Arc<Loaded>, ended: &Ended, filter: Filter) -> AnyView {
    announce("Review");
    let Ended {
        script,
        sitting,
        marked,
        ..
    } = ended;
    let chosen = |filter: Filter| {
        (0..marked.len()).filter(move |&n| match filter {
            Filter::All => true,
            Filter::Lost => marked[n].earned < marked[n].full,
            Filter::Flagged => sitting.flagged(n),
        })
    };
    let links = [(Filter::All, "All"), (Filter::Lost, "Lost marks"), (Filter::Flagged, "Flagged")].map(|(this, name)| {
        let href = Route::Review(script.course.clone(), script.id.clone(), this).href();
        let count = chosen(this).count();
        view! {
            <a class="tw-button tw-button--plain" href=href aria-current=(this == filter).then_some("true")>
                {format!("{name} ({count})")}
            </a>
        }
    });
    let base = loaded.base();
    let html = Html { base: &base };
    let mut articles = String::new();
    for n in chosen(filter) {
        article(&mut articles, loaded, &html, ended, n);
    }
    if articles.is_empty() {
        articles.push_str("<p>There are none.</p>");
    }
    let up = Route::Result(script.course.clone(), script.id.clone());
    view! {
        {back(&up, "Your result")}
        <div class="tw-flow tw-narrow">
            <h1 tabindex="-1"><span class="tw-caption">{script.course_title.clone()}</span>" Review"</h1>
            <nav class="tw-filter" aria-label="Which questions">{links.to_vec()}</nav>
            <div class="tw-review" inner_html=articles></div>
        </div>
    }
    .into_any()
}

fn article(out: &mut String, loaded: &Loaded, html: &Html<'_>, ended: &Ended, n: usize) {
    let marks = &ended.marked[n];
    let Some(question) = loaded.question(&marks.question) else {
        return;
    };
    let id = format!("r{}", n + 1);
    let fared = Fared::of(marks.earned, marks.full, marks.answered);
    out.push_str(&format!(
        "<article class=\"tw-review__item tw-flow\" aria-labelledby=\"{id}\"><h2 id=\"{id}\"><span class=\"tw-caption\">Question {}</span> ",
        n + 1
    ));
    escape(out, question.title());
    out.push_str("</h2><p class=\"tw-marked__tags\">");
    out.push_str(&marks_tag(fared, marks.earned, marks.full));
    if ended.sitting.flagged(n) {
        out.push_str(&tag("quiet", icon::FLAG, "Flagged"));
    }
    out.push_str("</p><div class=\"tw-prose\">");
    if let Some(case) = question.case() {
        out.push_str(&case.vignette_html(html));
    }
    out.push_str(&question.stem_html(html));
    out.push_str("</div>");
    let order = ended
        .script
        .items
        .get(n)
        .map_or("", |item| item.order.as_str());
    out.push_str(&marked_html(
        question,
        html,
        order,
        ended.sitting.response(n),
        3,
        &id,
    ));
    out.push_str("</article>");
}
