//! Progress: the map of the framework, what to learn next, and each course with what is fading and when to come back.

use std::sync::Arc;

use tierwise_engine::profile::{Area, CourseRecord, Freshness, Known, Level, Profile, Trend};

use super::course::topic_name;
use crate::components::chart::{Attempt, attempts_svg, attempts_table, hundredths, map_html, put};
use crate::components::frame::{actions, column, escaped, heading, link_button, notice, p};
use crate::components::scale::percent;
use crate::platform::clock;
use crate::platform::dom::{El, el};
use crate::routes::Route;
use crate::state::history::{History, verdict_word};
use crate::state::state;

/// How many topics are named as those to learn next.
const NEXT: usize = 3;

#[inline(never)]
pub(crate) fn page() -> Vec<El> {
    let library = state().library;
    let profile = Arc::new(History::profile(None));
    let mut above = vec![heading("Progress")];
    if profile.sittings == 0 {
        above.push(notice(
            false,
            "Nothing to show yet",
            vec![
                p("Sit a paper or practise: then this page says what you have shown, how surely, and when to come back to it."),
                actions(vec![link_button("", &Route::Catalogue, "Choose a course")]),
            ],
        ));
    } else {
        above.push(el("p", "tw-lead").text(&whole_text(&profile)));
        above.push(el("p", "tw-hint").html(&[
            "What you know now is reckoned as what your last answer to each question earned, times the chance that you still remember it, which FSRS, a published model of memory, says. <a href=\"",
            &Route::About.href(),
            "\">How that is done</a>",
        ].concat()));
    }
    let drawn = profile.clone();
    let map = el("div", "tw-flow").keep_with(move |map| {
        let framework = library.framework();
        map.clone().html(&map_html(&drawn, framework.as_deref()));
    });
    let map = el("section", "tw-section tw-flow")
        .attr("aria-labelledby", "map")
        .child(
            el("h2", "")
                .attr("id", "map")
                .text("The map of tiers and skills"),
        )
        .child(map);
    let mut html = String::new();
    next_html(&mut html, &profile);
    courses_html(&mut html, &profile);
    let rest = el("div", "tw-flow").html(&html).keep_with(fill_more);
    let all = vec![column(above), map, column(vec![rest])];
    vec![el("div", "tw-flow").children(all)]
}

/// Puts where to learn more in the places that name a topic, once that is known.
pub(crate) fn fill_more(around: &El) {
    let Some(framework) = state().library.framework() else {
        return;
    };
    for place in around.all("[data-more]") {
        if let Some(more) = framework.more_html(&place.get("data-more")) {
            place.html(&["Learn more: ", &more].concat());
        }
    }
}

/// A place for where to learn more of a topic.
pub(crate) fn more_place(out: &mut String, topic: &str) {
    put(out, &["<p data-more=\"", &escaped(topic), "\"></p>"]);
}

fn plural(count: usize, one: &str) -> String {
    let end = if count == 1 { "" } else { "s" };
    [&count.to_string(), " ", one, end].concat()
}

fn whole_text(profile: &Profile) -> String {
    let whole = &profile.whole;
    let sittings = plural(profile.sittings, "sitting");
    if whole.questions == 0 {
        return ["On this device you ended ", &sittings, "."].concat();
    }
    [
        "In ",
        &sittings,
        " on this device you were asked ",
        &plural(whole.questions, "question"),
        ". Asked them now, you would likely earn ",
        &percent(hundredths(whole.known())),
        " of the marks.",
    ]
    .concat()
}

/// The topics that need it most, with where to learn more.
fn next_html(out: &mut String, profile: &Profile) {
    let topics = profile.next_topics().into_iter();
    let topics = topics.map(|at| &profile.topics[at]);
    let needs = |area: &Area| {
        area.level() == Level::NotShown || area.freshness(profile.now) != Freshness::Fresh
    };
    let topics: Vec<_> = topics.filter(|(_, area)| needs(area)).take(NEXT).collect();
    if topics.is_empty() {
        return;
    }
    out.push_str("<section class=\"tw-section tw-flow\" aria-labelledby=\"next\"><h2 id=\"next\">What to learn next</h2><ul class=\"tw-list\">");
    for (topic, area) in topics {
        let why = match area.level() {
            Level::NotShown => Level::NotShown.words(),
            _ if area.freshness(profile.now) == Freshness::Stale => "stale",
            _ => "fading",
        };
        put(
            out,
            &[
                "<li><div><p><strong>",
                &escaped(&topic_name(topic)),
                "</strong>: ",
                why,
                ", ",
                &percent(hundredths(area.known())),
                " known now</p>",
            ],
        );
        more_place(out, topic);
        out.push_str("</div></li>");
    }
    out.push_str("</ul></section>");
}

/// A row of facts whose value is HTML.
fn row(out: &mut String, key: &str, value: &[&str]) {
    put(
        out,
        &[
            "<div class=\"tw-summary__row\"><dt class=\"tw-summary__key\">",
            key,
            "</dt><dd class=\"tw-summary__value\"><span>",
        ],
    );
    put(out, value);
    out.push_str("</span></dd></div>");
}

fn courses_html(out: &mut String, profile: &Profile) {
    let cards = state().library.cards();
    let mut ids: Vec<(&str, &str, u32)> = Vec::new();
    for card in &cards {
        ids.push((&card.id, &card.title, card.pass_percent));
    }
    // A course may have gone from the site since.
    for record in &profile.courses {
        if !ids.iter().any(|(id, ..)| *id == record.course) {
            ids.push((&record.course, &record.course, 0));
        }
    }
    out.push_str("<section class=\"tw-section tw-flow\" aria-labelledby=\"courses\"><h2 id=\"courses\">Courses</h2>");
    let mut not_sat = String::new();
    for (id, title, pass) in ids {
        let link = [
            "<a href=\"",
            &escaped(&Route::Course(id.to_owned()).href()),
            "\">",
            &escaped(title),
            "</a>",
        ]
        .concat();
        match profile.course(id) {
            Some(record) => course_html(out, profile, record, &link, pass),
            None => put(&mut not_sat, &["<li>", &link, "</li>"]),
        }
    }
    if !not_sat.is_empty() {
        put(out, &["<h3>Not tried yet</h3><ul>", &not_sat, "</ul>"]);
    }
    out.push_str("</section>");
}

fn course_html(out: &mut String, profile: &Profile, record: &CourseRecord, link: &str, pass: u32) {
    let course = record.course.as_str();
    put(
        out,
        &[
            "<section class=\"tw-panel tw-flow\" aria-labelledby=\"course-",
            course,
            "\"><h3 id=\"course-",
            course,
            "\">",
            link,
            "</h3><dl class=\"tw-summary\">",
        ],
    );
    let area = &record.area;
    if area.questions > 0 {
        let (low, high) = area.known_between();
        row(
            out,
            "Known now",
            &[
                &percent(hundredths(area.known())),
                " of what you were asked, most likely between ",
                &percent(hundredths(low)),
                " and ",
                &percent(hundredths(high)),
                "; ",
                area.level().words(),
            ],
        );
    }
    let (latest, best) = (record.latest(), record.best());
    for (name, exam) in [
        ("Latest exam", latest),
        ("Best exam", best.filter(|best| Some(*best) != latest)),
    ] {
        if let Some(exam) = exam {
            let href = Route::Result(course.to_owned(), exam.id.clone()).href();
            row(
                out,
                name,
                &[
                    "<a href=\"",
                    &escaped(&href),
                    "\">",
                    &percent(exam.percent),
                    ", ",
                    &verdict_word(exam.verdict).to_ascii_lowercase(),
                    "</a>, ",
                    &clock::day(exam.ended),
                ],
            );
        }
    }
    if record.practices > 0 {
        row(out, "Practices", &[&record.practices.to_string()]);
    }
    out.push_str("</dl>");
    exams_html(out, record, pass);
    if area.due > 0 {
        let are = if area.due == 1 { " is" } else { " are" };
        put(
            out,
            &[
                "<p>",
                &plural(area.due, "question"),
                are,
                " due for review. <a href=\"",
                &escaped(&Route::Due(course.to_owned()).href()),
                "\">Practise what is due</a></p>",
            ],
        );
    } else if let Some(next) = area.next_due {
        put(
            out,
            &[
                "<p>The next question is due for review on ",
                &clock::day(next),
                ".</p>",
            ],
        );
    }
    topics_html(out, profile, course);
    if record.without_detail > 0 {
        put(
            out,
            &[
                "<p class=\"tw-hint\">Of ",
                &plural(record.without_detail, "sitting"),
                " no more is known than the score: an older release noted them. Opening the course once brings them in, as long as its banks are those of then.</p>",
            ],
        );
    }
    out.push_str("</section>");
}

/// How the exams of a course went, where there were several.
fn exams_html(out: &mut String, record: &CourseRecord, pass: u32) {
    let trend = match record.trend() {
        None => return,
        Some(Trend::Rising) => "rising",
        Some(Trend::Steady) => "steady",
        Some(Trend::Falling) => "falling",
    };
    let mut attempts = Vec::new();
    for exam in &record.exams {
        attempts.push(Attempt {
            id: exam.id.clone(),
            when: exam.ended,
            percent: exam.percent,
            verdict: verdict_word(exam.verdict).to_owned(),
        });
    }
    put(
        out,
        &["<p>", &plural(attempts.len(), "exam"), ", ", trend, ".</p>"],
    );
    attempts_svg(out, &attempts, pass);
    out.push_str("<details class=\"tw-details\"><summary>Every exam as a table</summary>");
    attempts_table(out, &record.course, &attempts, "");
    out.push_str("</details>");
}

/// When to come back to the topics of a course, the first of them first.
fn topics_html(out: &mut String, profile: &Profile, course: &str) {
    let mut names: Vec<&str> = Vec::new();
    for Known { topic, .. } in profile.of_course(course) {
        if !names.contains(&topic.as_str()) {
            names.push(topic);
        }
    }
    let mut lines: Vec<(u64, String, Vec<String>)> = Vec::new();
    for (topic, area) in &profile.topics {
        if !names.contains(&topic.as_str()) {
            continue;
        }
        let (when, words) = match area.come_back(profile.now) {
            None => (u64::MAX, "Nothing shown yet".to_owned()),
            Some(when) => {
                let words = match area.freshness(profile.now) {
                    Freshness::Fresh => "Come back by ",
                    Freshness::Fading => "Fading: come back by ",
                    Freshness::Stale => "Come back now; stale since ",
                };
                (when, [words, &clock::day(when)].concat())
            }
        };
        let name = topic_name(topic);
        match lines.iter_mut().find(|(_, other, _)| *other == words) {
            Some((first, _, topics)) => {
                *first = when.min(*first);
                topics.push(name);
            }
            None => lines.push((when, words, vec![name])),
        }
    }
    if lines.is_empty() {
        return;
    }
    out.push_str("<h4>When to come back</h4><ul>");
    // Few enough to look for the first each time.
    while let Some(at) = (0..lines.len()).reduce(|first, at| {
        if lines[at].0 < lines[first].0 {
            at
        } else {
            first
        }
    }) {
        let (_, words, topics) = lines.remove(at);
        put(
            out,
            &["<li>", &words, ": ", &escaped(&topics.join(", ")), "</li>"],
        );
    }
    out.push_str("</ul>");
}
