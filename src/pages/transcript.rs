//! The transcript: a result to print, with all that names the paper, and with what it proves and what it does not.

use std::sync::Arc;

use tierwise_engine::result::result;
use tierwise_engine::script::Script;
use tierwise_engine::sitting::{End, ExtraTime, Marker, Mode, Sitting};

use super::result::{Ended, download_button, ended, score_html, shares_html};
use super::trouble::with_course;
use crate::components::chart::put;
use crate::components::conditions::spelt;
use crate::components::frame::{actions, back, button, column, escaped, fact, heading_of};
use crate::platform::clock;
use crate::platform::dom::{El, el};
use crate::platform::page;
use crate::routes::Route;
use crate::state::history::mode_word;
use crate::state::library::Loaded;
use crate::state::state;

#[inline(never)]
pub(crate) fn page(course: String, id: String) -> Vec<El> {
    with_course(course, move |loaded| match ended(&loaded, &id) {
        Ok(ended) => view(&loaded, &ended),
        Err(instead) => instead,
    })
}

fn view(loaded: &Arc<Loaded>, ended: &Ended) -> Vec<El> {
    let Ended {
        script,
        sitting,
        marked,
        ..
    } = ended;
    let outcome = result(marked, script.pass_percent);
    let up = Route::Result(script.course.clone(), script.id.clone());
    let buttons = actions(vec![
        button("", "Print").on("click", |_| page::print()),
        download_button(script.clone()),
    ]);
    let mut html = "<section class=\"tw-flow\" aria-labelledby=\"sitting\"><h2 id=\"sitting\">The sitting</h2><dl class=\"tw-summary\">".to_owned();
    sitting_html(&mut html, loaded, script, sitting);
    html.push_str("</dl></section><section class=\"tw-section tw-flow\" aria-labelledby=\"score\"><h2 id=\"score\">The score</h2>");
    put(&mut html, &[&score_html(&outcome), "</section>"]);
    shares_html(&mut html, &outcome);
    record_html(&mut html, script);
    let by_self = marked
        .iter()
        .any(|one| one.marked_by == Some(Marker::Candidate));
    proof_html(&mut html, script, by_self);
    vec![
        back(&up, "Your result"),
        column(vec![
            heading_of(&script.course_title, "Transcript"),
            buttons,
            el("div", "tw-flow tw-transcript").html(&html),
        ]),
    ]
}

/// Who, what, when and on what terms.
fn sitting_html(out: &mut String, loaded: &Loaded, script: &Script, sitting: &Sitting) {
    let end = sitting.ended();
    let at = end.map_or(0, End::at);
    let terms = &script.terms;
    let exam = terms.mode == Mode::Exam;
    out.push_str(&fact(
        "Candidate",
        script.candidate.as_deref().unwrap_or("No name given"),
    ));
    out.push_str(&fact("Course", &script.course_title));
    let questions = [&script.items.len().to_string(), " questions"].concat();
    out.push_str(&fact(mode_word(script), &questions));
    out.push_str(&fact("Begun", &clock::moment(script.started)));
    let how = match end {
        Some(End::TimedOut { .. }) => ", when the time was up",
        _ => ", handed in",
    };
    let ended = clock::moment(script.started.saturating_add(at)) + how;
    out.push_str(&fact("Ended", &ended));
    let mut time = spelt(sitting.time_used(at));
    if let Some(allowed) = terms.time_allowed() {
        put(
            &mut time,
            &[" of ", &(allowed / 60_000).to_string(), " minutes"],
        );
    }
    out.push_str(&fact("Time used", &time));
    if exam {
        let extra = match terms.extra_time {
            ExtraTime::None => "none",
            ExtraTime::Quarter => "1.25 times the time",
            ExtraTime::Half => "1.5 times the time",
            ExtraTime::Double => "twice the time",
            ExtraTime::Untimed => "no time limit",
        };
        out.push_str(&fact("Extra time", extra));
        let allowed = match (terms.may_go_back, terms.may_pause) {
            (true, true) => "going back, stopping the clock",
            (true, false) => "going back",
            (false, true) => "stopping the clock; no going back",
            (false, false) => "no going back",
        };
        out.push_str(&fact("Allowed", allowed));
        let (times, sum) = sitting.absences(at);
        let away = match times {
            0 => "the page was never left".to_owned(),
            1 => ["left once, for ", &spelt(sum)].concat(),
            _ => [
                "left ",
                &times.to_string(),
                " times, for ",
                &spelt(sum),
                " in all",
            ]
            .concat(),
        };
        out.push_str(&fact("Absences", &away));
        let mut begun = state().history.exams(loaded.course.id()).to_string();
        if let Some(most) = loaded.course.attempts() {
            put(&mut begun, &[" of ", &most.to_string(), " allowed"]);
        }
        out.push_str(&fact(
            "Exams of this course begun on this device so far",
            &begun,
        ));
    } else {
        out.push_str(&fact(
            "Terms",
            "no clock; told after each answer whether it was right",
        ));
    }
}

/// All that marking it again needs.
fn record_html(out: &mut String, script: &Script) {
    out.push_str("<section class=\"tw-section tw-flow\" aria-labelledby=\"record\"><h2 id=\"record\">The record</h2><dl class=\"tw-summary\">");
    out.push_str(&fact("Script", &script.id));
    let seed = [&script.seed.to_string(), ", by ", &script.generator].concat();
    out.push_str(&fact("Seed", &seed));
    let mut digest = |path: &str, digest: &str| {
        put(
            out,
            &[
                "<div class=\"tw-summary__row\"><dt class=\"tw-summary__key\">",
                &escaped(path),
                "</dt><dd class=\"tw-summary__value\"><code class=\"tw-digest\">",
                &escaped(digest),
                "</code></dd></div>",
            ],
        );
    };
    digest("Course page", &script.course_digest);
    for bank in &script.banks {
        digest(&bank.path, &bank.sha256);
    }
    out.push_str("</dl><p class=\"tw-hint\">The long numbers are SHA-256 digests: two files with the same one are the same, byte for byte.</p></section>");
}

fn proof_html(out: &mut String, script: &Script, by_self: bool) {
    let file = super::elsewhere::file_name(script);
    put(
        out,
        &[
            "<section class=\"tw-section tw-prose\" aria-labelledby=\"proof\"><h2 id=\"proof\">What this proves, and what it does not</h2>\
<p>It proves that these marks follow from the script and the banks named above. Anyone who has both can mark it again, on any machine, years later: <code>tierwise mark ",
            &escaped(&file),
            "</code> gives the same marks, or says that a bank is not the one of then.</p><p>It does not prove</p><ul>\
<li>who sat the paper, nor that nobody helped. Whoever supervised the sitting can say that; this page cannot.</li>\
<li>that the script is as it was. It is not signed: someone who knows how could write another.</li>\
<li>that dates and times are right. They are those of the device’s clock.</li>\
<li>how often the course was tried. Only what was begun in this browser is counted, until its data is erased.</li>",
        ],
    );
    if by_self {
        out.push_str("<li>that the essays earned their marks. The candidate gave these, against the model answer.</li>");
    }
    out.push_str("</ul></section>");
}
