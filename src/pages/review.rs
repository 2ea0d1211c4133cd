//! The review: every question as it was seen, with the answer, the key, every option's rationale, explanation and sources.

use std::sync::Arc;

use leptos::prelude::*;
use tierwise_engine::bank::{Html, escape};
use tierwise_engine::fraction::Fraction;
use tierwise_engine::result::result;
use tierwise_engine::script::Script;
use tierwise_engine::sitting::{End, Marker};

use super::result::{Ended, ended};
use super::trouble::with_course;
use crate::components::conditions::sure_words;
use crate::components::frame::{back, column, heading_of, link_button};
use crate::components::icon;
use crate::components::marked::rubric::{award, rubric_html};
use crate::components::marked::{marked_html, marks_tag, stem_html, tag};
use crate::platform::dom::{El, el};
use crate::platform::page;
use crate::routes::{Filter, Route};
use crate::state::history::History;
use crate::state::library::Loaded;
use crate::state::state;

#[inline(never)]
pub(crate) fn page(course: String, id: String, filter: Filter) -> Vec<El> {
    with_course(course, move |loaded| match ended(&loaded, &id) {
        Ok(ended) => view(&loaded, &ended.script, filter),
        Err(instead) => instead,
    })
}

fn view(loaded: &Arc<Loaded>, script: &Script, filter: Filter) -> Vec<El> {
    let up = Route::Result(script.course.clone(), script.id.clone());
    // Counts how often marks were given here; what is shown is derived anew then.
    let given = RwSignal::new(0);
    let (course, id) = (script.course.clone(), script.id.clone());
    let inside = {
        let (loaded, id) = (loaded.clone(), id.clone());
        move || {
            given.track();
            match ended(&loaded, &id) {
                Ok(ended) => {
                    let Ended { script, marked, .. } = &ended;
                    // It comes to something else once marks are given.
                    let outcome = result(marked, script.pass_percent);
                    let end = ended.sitting.ended().map_or(0, End::at);
                    History::note(script, end, marked, &outcome);
                    questions(&loaded, &ended, filter)
                }
                Err(instead) => instead,
            }
        }
    };
    let inside = el("div", "tw-flow").live(inside).on("click", move |event| {
        let Some(what) = award(&event) else {
            return;
        };
        let rubric = format!(
            "[data-rubric=\"{}\"] select",
            what.question().unwrap_or_default()
        );
        if state().history.add(&course, &id, what).is_ok() {
            given.update(|given| *given += 1);
            page::focus_soon(&rubric);
        }
    });
    vec![
        back(&up, "Your result"),
        column(vec![heading_of(&script.course_title, "Review"), inside]),
    ]
}

fn questions(loaded: &Loaded, ended: &Ended, filter: Filter) -> Vec<El> {
    let Ended {
        script,
        sitting,
        marked,
        ..
    } = ended;
    let chosen = |filter: Filter| -> Vec<usize> {
        let wanted = |n: &usize| match filter {
            Filter::All => true,
            Filter::Lost => marked[*n].lost() > Fraction::ZERO,
            Filter::Flagged => sitting.flagged(*n),
        };
        (0..marked.len()).filter(wanted).collect()
    };
    let link = |this: Filter, name: &str| {
        let route = Route::Review(script.course.clone(), script.id.clone(), this);
        let link = link_button(
            "tw-button--plain",
            &route,
            &format!("{name} ({})", chosen(this).len()),
        );
        if this == filter {
            link.attr("aria-current", "true")
        } else {
            link
        }
    };
    let filters = el("nav", "tw-filter")
        .attr("aria-label", "Which questions")
        .child(link(Filter::All, "All"))
        .child(link(Filter::Lost, "Lost marks"))
        .child(link(Filter::Flagged, "Flagged"));
    let base = loaded.base();
    let html = Html { base: &base };
    let mut articles = String::new();
    for n in chosen(filter) {
        article(&mut articles, loaded, &html, ended, n);
    }
    if articles.is_empty() {
        articles.push_str("<p>There are none.</p>");
    }
    vec![filters, el("div", "tw-review").html(&articles)]
}

fn article(out: &mut String, loaded: &Loaded, html: &Html<'_>, ended: &Ended, n: usize) {
    let marks = &ended.marked[n];
    let Some(question) = loaded.question(&marks.question) else {
        return;
    };
    let id = format!("r{}", n + 1);
    out.push_str(&format!(
        "<article class=\"tw-review__item tw-flow\" aria-labelledby=\"{id}\"><h2 id=\"{id}\"><span class=\"tw-caption\">Question {}</span> ",
        n + 1
    ));
    escape(out, question.title());
    out.push_str("</h2><p class=\"tw-marked__tags\">");
    out.push_str(&marks_tag(marks));
    let award = ended.sitting.award(n);
    if let Some((by, _)) = award {
        let by = match by {
            Marker::Candidate => "Your own marking",
            Marker::Tutor => "Marked by a tutor",
        };
        out.push_str(&tag("quiet", icon::RIGHT, by));
    }
    if ended.sitting.flagged(n) {
        out.push_str(&tag("quiet", icon::FLAG, "Flagged"));
    }
    if let Some(certainty) = marks.certainty {
        out.push_str("<span class=\"tw-hint\">You said: ");
        out.push_str(&sure_words(certainty));
        out.push_str("</span>");
    }
    out.push_str("</p><div class=\"tw-prose\">");
    if let Some(case) = question.case() {
        out.push_str(&case.vignette_html(html));
    }
    out.push_str(&stem_html(question, html));
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
    out.push_str(&rubric_html(question, html, marks.answered, award, &id));
    out.push_str("</article>");
}
