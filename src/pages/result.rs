//! The result: score, pass mark and error band on one scale, marks by topic, what to read next.

use std::sync::Arc;

use tierwise_engine::bank::{Html, escape};
use tierwise_engine::fraction::Fraction;
use tierwise_engine::marking::{self, Marked};
use tierwise_engine::profile;
use tierwise_engine::result::{Outcome, Verdict, result};
use tierwise_engine::script::Script;
use tierwise_engine::sitting::{End, ExtraTime, Sitting};

use super::course::topic_name;
use super::elsewhere::offer_script;
use super::practice;
use super::progress::{fill_more, more_place};
use super::trouble::with_course;
use crate::components::chart::{Attempt, attempts_svg, attempts_table, bars_html, put};
use crate::components::conditions;
use crate::components::frame::{
    actions, back, button, column, fact, heading, heading_of, link_button, notice, p,
};
use crate::components::icon;
use crate::components::marked::range_text;
use crate::components::scale::{percent_of, scale_html};
use crate::platform::clock;
use crate::platform::dom::{El, el};
use crate::routes::{Filter, Route};
use crate::state::history::{History, mode_word, verdict_word};
use crate::state::library::Loaded;
use crate::state::state;

#[inline(never)]
pub(crate) fn page(course: String, id: String) -> Vec<El> {
    with_course(course, move |loaded| match ended(&loaded, &id) {
        Ok(ended) => view(&loaded, &ended),
        Err(instead) => instead,
    })
}

/// An ended sitting with its marks.
pub(crate) struct Ended {
    pub(crate) script: Script,
    pub(crate) sitting: Sitting,
    pub(crate) marked: Vec<Marked>,
    trouble: Option<&'static str>,
}

/// Reads and marks an ended sitting; when that cannot be done, what to show instead.
pub(crate) fn ended(loaded: &Arc<Loaded>, id: &str) -> Result<Ended, Vec<El>> {
    let (script, trouble) = state()
        .history
        .script(loaded.course.id(), id)
        .map_err(|message| cannot_mark(loaded, None, &message))?;
    let sitting = script
        .sitting()
        .map_err(|error| cannot_mark(loaded, Some(&script), &error.to_string()))?;
    let marked = marking::mark(&script, &loaded.banks)
        .map_err(|error| cannot_mark(loaded, Some(&script), &error.to_string()))?;
    Ok(Ended {
        script,
        sitting,
        marked,
        trouble: trouble.map(|error| error.message()),
    })
}

fn cannot_mark(loaded: &Loaded, script: Option<&Script>, message: &str) -> Vec<El> {
    let route = Route::Course(loaded.course.id().to_owned());
    let mut parts = vec![heading("This result cannot be shown"), p(message)];
    if let Some(script) = script {
        parts.push(p("The record of the sitting is whole. It can be marked where the banks are as they were."));
        parts.push(download_button(script.clone()));
    }
    vec![back(&route, loaded.course.title()), column(parts)]
}

pub(crate) fn download_button(script: Script) -> El {
    button("tw-button--plain", "Download the script").on("click", move |_| offer_script(&script))
}

fn view(loaded: &Arc<Loaded>, ended: &Ended) -> Vec<El> {
    let Ended {
        script,
        sitting,
        marked,
        trouble,
    } = ended;
    let outcome = result(marked, script.pass_percent);
    let end = sitting.ended().map_or(0, End::at);
    let summary = History::note(script, end, marked, &outcome);
    let mut parts = vec![heading_of(&script.course_title, "Your result")];
    if let Some(trouble) = trouble {
        let body = p(
            "This result stands in memory until the page is closed. Download the script to keep it.",
        );
        parts.push(notice(true, trouble, vec![body]));
    }
    if matches!(sitting.ended(), Some(End::TimedOut { .. })) {
        let text = format!(
            "Your paper was handed in with the {} answer{} that you gave. Nothing is lost.",
            outcome.answered,
            if outcome.answered == 1 { "" } else { "s" }
        );
        parts.push(notice(false, "Time is up", vec![p(&text)]));
    }
    let review = Route::Review(script.course.clone(), script.id.clone(), Filter::All);
    let transcript = Route::Transcript(script.course.clone(), script.id.clone());
    parts.push(
        el("section", "tw-panel tw-flow")
            .attr("aria-label", "Score")
            .html(&score_html(&outcome)),
    );
    parts.push(actions(vec![
        link_button("", &review, "Review every question"),
        link_button("tw-button--plain", &transcript, "Transcript to print"),
        download_button(script.clone()),
    ]));
    parts.extend(practice::again(loaded, summary.wrong(), ""));
    let mut below = conditions::absences_html(sitting);
    if script.terms.confidence {
        below.push_str(&conditions::calibration_html(marked));
    }
    shares_html(&mut below, &outcome);
    compared_html(&mut below, script, &summary);
    reading_html(&mut below, loaded, marked);
    paper_html(&mut below, script, sitting);
    parts.push(el("div", "tw-flow").html(&below).keep_with(fill_more));
    let route = Route::Course(script.course.clone());
    vec![back(&route, &script.course_title), column(parts)]
}

pub(crate) fn score_html(outcome: &Outcome) -> String {
    let (kind, icon) = match outcome.verdict {
        Verdict::Pass => ("pass", icon::RIGHT),
        Verdict::BorderlinePass | Verdict::BorderlineFail | Verdict::Open => {
            ("borderline", icon::PARTLY)
        }
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
        Verdict::Open => "Whether that is a pass is not settled until all of it is marked.",
    };
    let open = outcome.total.open > Fraction::ZERO;
    let essays = match open {
        true => " What you wrote is marked in the review, by you.",
        false => "",
    };
    let mut percent = percent_of(outcome.total.earned, outcome.total.full);
    if open {
        let best = outcome.total.at_best();
        percent = [&percent, " to ", &percent_of(best.earned, best.full)].concat();
    }
    format!(
        "<div class=\"tw-score\"><p class=\"tw-score__number\">{percent}</p><p class=\"tw-verdict tw-verdict--{kind}\">{}</p></div>\
<p>{} of {} marks; the pass mark is {}. {sentence}{essays}</p>{}",
        icon.before(verdict_word(outcome.verdict)),
        range_text(outcome.total.earned, outcome.total.open),
        outcome.total.full,
        outcome.pass_mark,
        scale_html(outcome)
    )
}

/// Marks by topic, and by tier where the paper had more than one.
pub(crate) fn shares_html(out: &mut String, outcome: &Outcome) {
    let mut rows = Vec::new();
    for (topic, share, _) in &outcome.by_topic {
        rows.push((topic_name(topic), *share));
    }
    bars_html(out, "Topic", &rows);
    let mut rows = Vec::new();
    for (tier, share, _) in &outcome.by_tier {
        rows.push((["Tier ", &tier.to_string()].concat(), *share));
    }
    if !rows.is_empty() {
        bars_html(out, "Tier", &rows);
    }
}

/// How this attempt compares with the earlier and later ones of its kind on this device; nothing where it is the only one.
fn compared_html(out: &mut String, script: &Script, summary: &profile::Summary) {
    /// How many are shown; the page of progress has all.
    const MOST: usize = 10;
    let mut attempts = Vec::new();
    for one in History::summaries(&script.course).into_iter().rev() {
        if one.mode == mode_word(script) && one.id != script.id {
            attempts.push(Attempt {
                id: one.id,
                when: one.started,
                percent: one.percent,
                verdict: one.verdict,
            });
        }
    }
    if attempts.is_empty() {
        return;
    }
    let place = attempts
        .iter()
        .position(|one| one.when > script.started)
        .unwrap_or(attempts.len());
    let this = Attempt {
        id: script.id.clone(),
        when: script.started,
        percent: summary.percent,
        verdict: verdict_word(summary.verdict).to_owned(),
    };
    attempts.insert(place, this);
    let earlier = attempts.len().saturating_sub(MOST);
    let attempts = attempts.split_off(earlier);
    out.push_str("<section class=\"tw-section tw-flow\" aria-labelledby=\"attempts\"><h2 id=\"attempts\">Compared with your other attempts</h2>");
    attempts_svg(out, &attempts, script.pass_percent);
    attempts_table(out, &script.course, &attempts, &script.id);
    out.push_str("<p class=\"tw-hint\">No two papers are the same: a change that is smaller than the error of a paper may be chance.");
    if earlier > 0 {
        put(out, &[" Only the last ", &MOST.to_string(), " are shown."]);
    }
    out.push_str("</p></section>");
}

/// The sources of the questions that lost marks, topic by topic, those first where the share was lowest.
fn reading_html(out: &mut String, loaded: &Loaded, marked: &[Marked]) {
    let base = loaded.base();
    let html = Html { base: &base };
    let mut topics: Vec<(&str, Fraction, Vec<String>)> = Vec::new();
    for lost in marked.iter().filter(|one| one.lost() > Fraction::ZERO) {
        let at = topics
            .iter()
            .position(|(topic, ..)| *topic == lost.topic)
            .unwrap_or_else(|| {
                topics.push((&lost.topic, Fraction::ZERO, Vec::new()));
                topics.len() - 1
            });
        topics[at].1 = topics[at].1 + lost.lost();
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
    out.push_str("<section class=\"tw-section tw-prose\" aria-labelledby=\"next\"><h2 id=\"next\">What to read next</h2>\
<p>The topic that lost most first: where to learn more of it, then the sources of the questions that lost marks.</p>");
    while let Some(at) = (0..topics.len()).reduce(|most, at| {
        if topics[at].1 > topics[most].1 {
            at
        } else {
            most
        }
    }) {
        let (topic, _, sources) = topics.remove(at);
        out.push_str("<h3>");
        escape(out, &topic_name(topic));
        out.push_str("</h3>");
        more_place(out, topic);
        out.push_str("<ul>");
        for source in &sources {
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
    if let Some(candidate) = &script.candidate {
        out.push_str(&fact("Candidate", candidate));
    }
    let used = sitting.ended().map_or(0, |end| sitting.time_used(end.at()));
    let minutes = used.div_ceil(60_000);
    let plural = if minutes == 1 { "" } else { "s" };
    let taken = format!("{}, {minutes} minute{plural}", clock::day(script.started));
    out.push_str(&fact(mode_word(script), &taken));
    let extra = match script.terms.extra_time {
        ExtraTime::None => "",
        ExtraTime::Quarter => "1.25 times",
        ExtraTime::Half => "1.5 times",
        ExtraTime::Double => "twice",
        ExtraTime::Untimed => "no time limit",
    };
    if !extra.is_empty() {
        out.push_str(&fact("Extra time", extra));
    }
    out.push_str(&fact("Seed", &script.seed.to_string()));
    for bank in &script.banks {
        let short = bank.sha256.get(..12).unwrap_or_default();
        out.push_str(&fact("Bank", &format!("{}, SHA-256 {short}…", bank.path)));
    }
    out.push_str("</dl></section>");
}
