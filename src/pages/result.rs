//! The result: score, pass mark and error band on one scale, marks by topic, what to read next.

use std::sync::Arc;

use leptos::prelude::*;
use tierwise_engine::bank::{Html, escape};
use tierwise_engine::fraction::Fraction;
use tierwise_engine::marking::{self, Marked};
use tierwise_engine::result::{Outcome, Verdict, result};
use tierwise_engine::script::Script;
use tierwise_engine::sitting::{End, Sitting};

use super::course::topic_name;
use super::trouble::with_course;
use crate::components::frame::{announce, back, notice};
use crate::components::icon;
use crate::components::scale::{scale_html, whole};
use crate::platform::{clock, download};
use crate::routes::{Filter, Route};
use crate::state::history::{History, mode_word, verdict_word};
use crate::state::library::Loaded;

pub(crate) fn page(course: String, id: String) -> AnyView {
    with_course(course, move |loaded| {
        with_marked(&loaded, &id, |ended| view(&loaded, ended))
    })
}

/// An ended sitting with its marks.
pub(crate) struct Ended {
    pub(crate) script: Script,
    pub(crate) sitting: Sitting,
    pub(crate) marked: Vec<Marked>,
    trouble: Option<&'static str>,
}

/// Reads and marks an ended sitting and shows it, or says why that cannot be done.
pub(crate) fn with_marked(
    loaded: &Arc<Loaded>,
    id: &str,
    show: impl FnOnce(Ended) -> AnyView,
) -> AnyView {
    let history: History = expect_context();
    let found = history.script(loaded.course.id(), id);
    let (script, trouble) = match found {
        Ok(found) => found,
        Err(message) => return cannot_mark(loaded, None, &message),
    };
    let sitting = match script.sitting() {
        Ok(sitting) => sitting,
        Err(error) => return cannot_mark(loaded, Some(script), &error.to_string()),
    };
    match marking::mark(&script, &loaded.banks) {
        Ok(marked) => show(Ended {
            script,
            sitting,
            marked,
            trouble: trouble.map(|error| error.message()),
        }),
        Err(error) => cannot_mark(loaded, Some(script), &error.to_string()),
    }
}

fn cannot_mark(loaded: &Loaded, script: Option<Script>, message: &str) -> AnyView {
    announce("This result cannot be shown");
    let route = Route::Course(loaded.course.id().to_owned());
    let message = message.to_owned();
    view! {
        {back(&route, loaded.course.title())}
        <div class="tw-flow tw-narrow">
            <h1 tabindex="-1">"This result cannot be shown"</h1>
            <p>{message}</p>
            {script.map(|script| view! {
                <p>"The record of the sitting is whole. It can be marked where the banks are as they were."</p>
                {download_button(script)}
            })}
        </div>
    }
    .into_any()
}

fn download_button(script: Script) -> AnyView {
    let save = move |_| {
        let name = format!("tierwise-{}-{}.json", script.course, script.id);
        download::offer(&name, "application/json", &script.write());
    };
    view! { <button class="tw-button tw-button--plain" type="button" on:click=save>"Download the script"</button> }.into_any()
}

fn view(loaded: &Arc<Loaded>, ended: Ended) -> AnyView {
    let Ended {
        script,
        sitting,
        marked,
        trouble,
    } = ended;
    let outcome = result(&marked, script.pass_percent);
    History::note(&script, &outcome);
    announce("Your result");
    let timed_out = matches!(sitting.ended(), Some(End::TimedOut { .. }));
    let route = Route::Course(script.course.clone());
    let review = Route::Review(script.course.clone(), script.id.clone(), Filter::All).href();
    let mut parts = String::new();
    score_html(&mut parts, &outcome);
    let mut below = String::new();
    topics_html(&mut below, &outcome);
    reading_html(&mut below, loaded, &marked);
    paper_html(&mut below, &script, &sitting);
    let unsaved = trouble.map(|trouble| {
        notice(
            "tw-notice--warn",
            trouble,
            view! { <p>"This result stands in memory until the page is closed. Download the script to keep it."</p> }.into_any(),
        )
    });
    let time_up = timed_out.then(|| {
        let count = outcome.answered;
        let body = view! { <p>{format!("Your paper was handed in with the {count} answers that you gave. Nothing is lost.")}</p> }.into_any();
        notice("", "Time is up", body)
    });
    view! {
        {back(&route, &script.course_title)}
        <div class="tw-flow tw-narrow">
            <h1 tabindex="-1"><span class="tw-caption">{script.course_title.clone()}</span>" Your result"</h1>
            {unsaved}
            {time_up}
            <section class="tw-panel tw-flow" aria-label="Score" inner_html=parts></section>
            <div class="tw-actions">
                <a class="tw-button" href=review>"Review every question"</a>
                {download_button(script)}
            </div>
            <div class="tw-flow" inner_html=below></div>
        </div>
    }
    .into_any()
}

fn score_html(out: &mut String, outcome: &Outcome) {
    let percent = whole(outcome.total.percent());
    let (kind, icon) = match outcome.verdict {
        Verdict::Pass => ("pass", icon::RIGHT),
        Verdict::BorderlinePass | Verdict::BorderlineFail => ("borderline", icon::PARTLY),
        Verdict::Fail => ("fail", icon::WRONG),
    };
    let sentence = match outcome.verdict {
        Verdict::Pass => "That is at or above the pass mark.",
        Verdict::BorderlinePass => {
            "That reaches the pass mark, but by less than the error of one paper: another paper like this one might have gone the other way."
        }
        Verdict::BorderlineFail => {
            "That is below the pass mark, but by no more than the error of one paper: another paper like this one might have gone the other way."
        }
        Verdict::Fail => "That is below the pass mark.",
    };
    out.push_str(&format!(
        "<div class=\"tw-score\"><p class=\"tw-score__number\">{percent}</p><p class=\"tw-verdict tw-verdict--{kind}\">{}{}</p></div>\
<p>{} of {} marks; the pass mark is {}. {sentence}</p>",
        icon.html(),
        verdict_word(outcome.verdict),
        outcome.total.earned,
        outcome.total.full,
        outcome.pass_mark
    ));
    out.push_str(&scale_html(outcome));
}

fn topics_html(out: &mut String, outcome: &Outcome) {
    out.push_str(
        "<section class=\"tw-section tw-flow\" aria-labelledby=\"topics\"><h2 id=\"topics\">By topic</h2><table class=\"tw-topics\">\
<thead><tr><th scope=\"col\">Topic</th><th scope=\"col\">Marks</th><th scope=\"col\"><span class=\"tw-visually-hidden\">Share of marks</span></th></tr></thead><tbody>",
    );
    for (topic, share, _) in &outcome.by_topic {
        let percent = share.percent();
        out.push_str("<tr><th scope=\"row\">");
        escape(out, &topic_name(topic));
        out.push_str(&format!(
            "</th><td class=\"tw-nowrap\">{} of {}</td><td><svg class=\"tw-bar\" viewBox=\"0 0 100 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">\
<rect class=\"tw-bar__track\" width=\"100\" height=\"1\"/><rect class=\"tw-bar__fill\" width=\"{percent:.0}\" height=\"1\"/></svg><span class=\"tw-visually-hidden\">{}</span></td></tr>",
            share.earned,
            share.full,
            whole(percent)
        ));
    }
    out.push_str("</tbody></table></section>");
}

/// The sources of the questions that lost marks, topic by topic, those first where the share was lowest.
fn reading_html(out: &mut String, loaded: &Loaded, marked: &[Marked]) {
    let base = loaded.base();
    let html = Html { base: &base };
    let mut topics: Vec<(&str, Fraction, Vec<String>)> = Vec::new();
    for lost in marked.iter().filter(|one| one.earned < one.full) {
        let at = topics
            .iter()
            .position(|(topic, ..)| *topic == lost.topic)
            .unwrap_or_else(|| {
                topics.push((&lost.topic, Fraction::ZERO, Vec::new()));
                topics.len() - 1
            });
        // Lost marks: what is not earned of full.
        let missing = Fraction::new(
            (lost.full.numerator() * lost.earned.denominator())
                .saturating_sub(lost.earned.numerator()),
            lost.earned.denominator(),
        );
        topics[at].1 = topics[at].1 + missing;
        let sources = loaded
            .question(&lost.question)
            .map(|question| question.sources_html(&html))
            .unwrap_or_default();
        for source in sources {
            if !topics[at].2.contains(&source) {
                topics[at].2.push(source);
            }
        }
    }
    if topics.is_empty() {
        return;
    }
    topics.sort_by_key(|(_, lost, _)| std::cmp::Reverse(*lost));
    out.push_str("<section class=\"tw-section tw-prose\" aria-labelledby=\"next\"><h2 id=\"next\">What to read next</h2>\
<p>The sources of what lost marks, the topic that lost most first.</p>");
    for (topic, _, sources) in &topics {
        out.push_str("<h3>");
        escape(out, &topic_name(topic));
        out.push_str("</h3><ul>");
        for source in sources {
            out.push_str("<li>");
            out.push_str(source);
            out.push_str("</li>");
        }
        out.push_str("</ul>");
    }
    out.push_str("</section>");
}

/// What names the paper: enough to mark it again anywhere.
fn paper_html(out: &mut String, script: &Script, sitting: &Sitting) {
    out.push_str("<section class=\"tw-section tw-flow\" aria-labelledby=\"paper\"><h2 id=\"paper\">This paper</h2><dl class=\"tw-summary\">");
    let mut row = |key: &str, value: &str| {
        out.push_str(&format!("<div class=\"tw-summary__row\"><dt class=\"tw-summary__key\">{key}</dt><dd class=\"tw-summary__value\">"));
        escape(out, value);
        out.push_str("</dd></div>");
    };
    if let Some(candidate) = &script.candidate {
        row("Candidate", candidate);
    }
    let minutes = sitting.ended().map_or(0, |end| end.at().div_ceil(60_000));
    row(
        mode_word(script),
        &format!("{}, {minutes} minutes", clock::day(script.started)),
    );
    let extra = serde_json::to_string(&script.terms.extra_time).unwrap_or_default();
    if extra != "\"1\"" {
        row("Extra time", extra.trim_matches('"'));
    }
    row("Seed", &script.seed.to_string());
    for bank in &script.banks {
        let short: String = bank.sha256.chars().take(12).collect();
        row("Bank", &format!("{}, SHA-256 {short}…", bank.path));
    }
    out.push_str("</dl></section>");
}
