//! The review: every question as it was seen, with the answer, the key, every option's rationale, explanation and sources.

use std::sync::Arc;

use tierwise_engine::bank::{Html, escape};

use super::result::{Ended, ended};
use super::trouble::with_course;
use crate::components::frame::{back, column, heading_of, link_button};
use crate::components::icon;
use crate::components::marked::{Fared, marked_html, marks_tag, stem_html, tag};
use crate::platform::dom::{El, el};
use crate::routes::{Filter, Route};
use crate::state::library::Loaded;

pub(crate) fn page(course: String, id: String, filter: Filter) -> Vec<El> {
    with_course(course, move |loaded| match ended(&loaded, &id) {
        Ok(ended) => view(&loaded, &ended, filter),
        Err(instead) => instead,
    })
}

fn view(loaded: &Arc<Loaded>, ended: &Ended, filter: Filter) -> Vec<El> {
    let Ended {
        script,
        sitting,
        marked,
        ..
    } = ended;
    let chosen = |filter: Filter| -> Vec<usize> {
        let wanted = |n: &usize| match filter {
            Filter::All => true,
            Filter::Lost => marked[*n].earned < marked[*n].full,
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
    let up = Route::Result(script.course.clone(), script.id.clone());
    vec![
        back(&up, "Your result"),
        column(vec![
            heading_of(&script.course_title, "Review"),
            filters,
            el("div", "tw-review").html(&articles),
        ]),
    ]
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
    out.push_str("</article>");
}
