//! A course: its briefing, and the choice of practice or exam.

use std::sync::Arc;

use leptos::prelude::*;
use tierwise_engine::bank::{Bank, Html};
use tierwise_engine::catalogue::tier_html;
use tierwise_engine::course::Course;
use tierwise_engine::paper::{self, Paper};
use tierwise_engine::sitting::{ExtraTime, Mode, Terms};

use super::practice::{self, Setup};
use super::trouble::{fault_view, set_aside_notice, with_course};
use crate::components::frame::{
    actions, back, button, choice, column, escaped, fact, heading, link_button, notice, p,
};
use crate::components::refused::{self, refuse};
use crate::components::scale::percent;
use crate::platform::dom::{El, el, value_of};
use crate::platform::{clock, page};
use crate::routes::Route;
use crate::state::history::History;
use crate::state::library::Loaded;
use crate::state::seat::{self, Desk, Stopped};
use crate::state::state;

pub(crate) fn page(course: String) -> Vec<El> {
    with_course(course, |loaded| briefing(&loaded))
}

fn briefing(loaded: &Arc<Loaded>) -> Vec<El> {
    let course = &loaded.course;
    let base = loaded.base();
    let questions: usize = loaded.banks.iter().map(Bank::len).sum();
    let allowed = match (course.may_go_back(), course.may_pause()) {
        (true, false) => "Going back and changing answers",
        (true, true) => "Going back and changing answers, stopping the clock",
        (false, false) => "No going back",
        (false, true) => "Stopping the clock; no going back",
    };
    let attempts = attempts(course);
    let facts = [
        fact(
            "Questions",
            &format!(
                "{}, out of {questions} in the banks",
                paper::length(course, loaded.banks.iter())
            ),
        ),
        fact("Time", &format!("{} minutes", course.minutes())),
        fact("Pass mark", &percent(course.pass_percent())),
        fact("Allowed", allowed),
        attempts
            .as_ref()
            .map_or_else(String::new, |(used, _)| fact("Exams", used)),
    ]
    .concat();
    let mut parts = vec![
        el("div", "").html(&tier_html(course.tier())),
        heading(course.title()),
    ];
    parts.extend(open_sitting(course.id()));
    for fault in &loaded.faults {
        let body = fault_view(course.id().to_owned(), fault);
        parts.push(notice(true, "A bank of this course cannot be sat", body));
    }
    parts.push(el("dl", "tw-summary").html(&facts));
    parts.push(el("h2", "").text("Briefing"));
    parts.push(el("div", "tw-prose").html(&course.briefing_html(&Html { base: &base })));
    let used_up = attempts.is_some_and(|(_, used_up)| used_up);
    parts.push(start_form(loaded.clone(), used_up));
    parts.extend(earlier(loaded));
    vec![back(&Route::Catalogue, "Courses"), column(parts)]
}

/// Where the course limits them: how many exams were begun on this device of how many, in words, and whether that was the last. There is no server to
/// count them, so this holds only until the data is erased.
fn attempts(course: &Course) -> Option<(String, bool)> {
    let (most, used) = (course.attempts()?, state().history.exams(course.id()));
    let words = format!("{used} of {most} used on this device; practice is not counted");
    Some((words, used >= most))
}

/// A sitting that is open can be resumed, or given up.
pub(crate) fn open_sitting(course: &str) -> Option<El> {
    let seat = state().seat;
    let at_hand = || {
        seat.look(Desk::clone)
            .filter(|desk| desk.script.course == course)
    };
    let desk = match seat::stored(course) {
        Ok(desk) => desk,
        Err(Stopped::SetAside) => return Some(set_aside_notice()),
        Err(_) => at_hand()?,
    };
    let gone = RwSignal::new(0);
    let name = course.to_owned();
    let abandon = move |_| {
        if seat.abandon(&name).is_ok() {
            gone.set(1);
            page::focus("h1");
        }
    };
    let resume = Route::Sit(course.to_owned(), None);
    let body = vec![
        p(&standing(&desk)),
        actions(vec![
            link_button("", &resume, "Resume"),
            button("tw-button--danger", "Give it up").on("click", abandon),
        ]),
    ];
    Some(
        notice(false, "You have a sitting open", body).keep_prop("hidden", move || gone.get() == 1),
    )
}

fn standing(desk: &Desk) -> String {
    let mode = if desk.is_exam() { "Exam" } else { "Practice" };
    let left = match desk.time_left() {
        None => String::new(),
        Some(left) => format!(", with {} minutes left", left.div_ceil(60_000)),
    };
    format!(
        "{mode}, begun on {}. You are at question {} of {}{left}.",
        clock::day(desk.script.started),
        desk.sitting.current() + 1,
        desk.sitting.len()
    )
}

const EXTRA: [(ExtraTime, &str, &str); 5] = [
    (ExtraTime::None, "extra-1", "None"),
    (ExtraTime::Quarter, "extra-125", "A quarter more"),
    (ExtraTime::Half, "extra-15", "Half as much again"),
    (ExtraTime::Double, "extra-2", "Double"),
    (ExtraTime::Untimed, "extra-none", "No time limit"),
];

/// What the candidate chose so far.
#[derive(Clone, Copy)]
struct Choice {
    /// 1 for practice, 0 for an exam.
    practice: RwSignal<usize>,
    /// An index into [`EXTRA`].
    extra: RwSignal<usize>,
    setup: StoredValue<Setup>,
    label: RwSignal<String>,
}

impl Choice {
    fn terms(self, loaded: &Loaded) -> Terms {
        let course = &loaded.course;
        if self.practice.get_untracked() == 1 {
            return practice::terms(loaded);
        }
        Terms {
            mode: Mode::Exam,
            minutes: course.minutes(),
            extra_time: EXTRA[self.extra.get_untracked()].0,
            may_go_back: course.may_go_back(),
            may_pause: course.may_pause(),
            confidence: course.confidence(),
        }
    }
}

fn start_form(loaded: Arc<Loaded>, used_up: bool) -> El {
    let exam_possible = loaded.faults.is_empty() && !used_up;
    let chosen = Choice {
        practice: RwSignal::new(usize::from(!exam_possible)),
        extra: RwSignal::new(0),
        setup: StoredValue::new(Setup::default()),
        label: RwSignal::new(String::new()),
    };
    let course = loaded.clone();
    let mode = |practice: bool, id: &str, html: &str| {
        let (input, row) = choice("radio", "mode", id, html);
        row(input
            .flag("disabled", !practice && !exam_possible)
            .keep_prop("checked", move || {
                chosen.practice.get() == usize::from(practice)
            })
            .on("change", move |_| {
                chosen.practice.set(usize::from(practice))
            }))
    };
    let modes = el("fieldset", "tw-choices")
        .child(el("legend", "tw-legend").text("How do you want to work?"))
        .child(mode(
            true,
            "mode-practice",
            "Practice <span class=\"tw-choice__hint\">No clock. You are told after each answer.</span>",
        ))
        .child(mode(
            false,
            "mode-exam",
            match used_up {
                true => "Exam <span class=\"tw-choice__hint\">No exam of this course is left on this device.</span>",
                false => "Exam <span class=\"tw-choice__hint\">Timed. Nothing is told before you hand in.</span>",
            },
        ));
    let fields = move || {
        refused::forget();
        if chosen.practice.get() == 1 {
            practice::fields(&course, chosen.setup)
        } else {
            vec![
                conditions(&course.course),
                exam_fields(chosen, course.course.minutes()),
            ]
        }
    };
    let start = el("button", "tw-button")
        .attr("type", "submit")
        .keep_text(move || {
            let text = if chosen.practice.get() == 1 {
                "Start practice"
            } else {
                "Start the exam"
            };
            text.to_owned()
        });
    el("form", "tw-section tw-flow")
        .flag("novalidate", true)
        .child(el("h2", "").text("Start"))
        .child(modes)
        .child(el("div", "tw-flow").live(fields))
        .child(label_field(chosen))
        .child(actions(vec![start]))
        .on("submit", move |event| {
            event.prevent_default();
            begin(chosen, &loaded);
        })
}

fn label_field(chosen: Choice) -> El {
    let input = el("input", "tw-input tw-input--medium")
        .attr("id", "label")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("maxlength", "100")
        .attr("aria-describedby", "label-hint")
        .on("input", move |event| chosen.label.set(value_of(&event)));
    el("div", "tw-field")
        .child(
            el("label", "tw-field__label")
                .attr("for", "label")
                .text("Your name or candidate number (optional)"),
        )
        .child(
            p("It is written in the record that you can download, and stays on this device.")
                .attr("class", "tw-hint")
                .attr("id", "label-hint"),
        )
        .child(input)
}

/// What a candidate must know of an exam before it begins.
fn conditions(course: &Course) -> El {
    let mut html = "<p>If you go to another tab, window or page, so that this one is out of sight, that is noted in the script with the time. Nothing else is watched.</p>".to_owned();
    for (holds, words) in [
        (
            !course.may_go_back(),
            "<p>This paper goes one way: once you go on from a question, you cannot come back to it.</p>",
        ),
        (
            course.may_pause(),
            "<p>You may stop the clock. The questions are hidden until you resume.</p>",
        ),
        (
            course.confidence(),
            "<p>With each answer you can say how sure you are. That is reported beside your marks and has no part in them.</p>",
        ),
    ] {
        if holds {
            html.push_str(words);
        }
    }
    el("div", "tw-flow tw-hint").html(&html)
}

fn exam_fields(chosen: Choice, minutes: u32) -> El {
    let rows = EXTRA
        .iter()
        .enumerate()
        .map(|(at, &(extra_time, id, name))| {
            let terms = Terms {
                mode: Mode::Exam,
                minutes,
                extra_time,
                may_go_back: true,
                may_pause: false,
                confidence: false,
            };
            let text = match terms.time_allowed() {
                Some(allowed) => format!("{name}: {} minutes", allowed / 60_000),
                None => name.to_owned(),
            };
            let (input, row) = choice("radio", "extra", id, &text);
            row(input
                .keep_prop("checked", move || chosen.extra.get() == at)
                .on("change", move |_| chosen.extra.set(at)))
        })
        .collect();
    let summary = move || {
        let (.., name) = EXTRA[chosen.extra.get()];
        "Extra time: ".to_owned() + &name.to_ascii_lowercase()
    };
    let hint = p("It is written in the record of the sitting.")
        .attr("class", "tw-hint")
        .attr("id", "extra-hint");
    let inside = el("fieldset", "tw-choices tw-choices--plain")
        .attr("aria-describedby", "extra-hint")
        .child(el("legend", "tw-legend").text("Extra time"))
        .child(hint)
        .children(rows);
    el("details", "tw-details")
        .child(el("summary", "").keep_text(summary))
        .child(el("div", "tw-details__body").child(inside))
}

/// A topic as it is read: `hl7/orders-results` is “HL7: orders results”.
pub(crate) fn topic_name(topic: &str) -> String {
    let mut name = String::new();
    for part in topic.splitn(2, '/') {
        if !name.is_empty() {
            name.push(':');
        }
        for word in part.split(['/', '-']) {
            if !name.is_empty() {
                name.push(' ');
            }
            match word {
                "hl7" | "dicom" | "ihe" | "xds" | "gdpr" | "pacs" | "ris" | "epr" | "fhir"
                | "ai" => name.push_str(&word.to_ascii_uppercase()),
                _ => name.push_str(word),
            }
        }
    }
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

/// The column of the page.
pub(super) const PAGE: &str = ".tw-narrow";

#[inline(never)]
fn begin(chosen: Choice, loaded: &Loaded) {
    let paper = if chosen.practice.get_untracked() == 1 {
        let Some(paper) = practice::draw(loaded, chosen.setup) else {
            return refuse(PAGE, "#topics input", "Choose one topic or more");
        };
        Ok(paper)
    } else if attempts(&loaded.course).is_some_and(|(_, used_up)| used_up) {
        // Begun in another window since this page was drawn.
        Err("No exam of this course is left on this device".to_owned())
    } else {
        paper::exam(&loaded.course, &loaded.banks, clock::random_seed())
            .map_err(|shortfall| shortfall.to_string())
    };
    let label = chosen.label.get_untracked();
    if let Err(error) = paper.and_then(|paper| sit(loaded, paper, chosen.terms(loaded), &label)) {
        refuse(PAGE, "", &error);
    }
}

/// Begins the sitting of a paper, and goes there. Another open sitting of the course is set aside, not overwritten.
///
/// # Errors
/// What to tell the candidate, when there is no room to set it aside.
#[inline(never)]
pub(crate) fn sit(loaded: &Loaded, paper: Paper, terms: Terms, label: &str) -> Result<(), String> {
    let (course, seat) = (loaded.course.id(), state().seat);
    if let Err(error) = seat.abandon(course) {
        return Err(error.message().to_owned());
    }
    seat.begin(loaded, paper, terms, label);
    page::go(&Route::Sit(course.to_owned(), Some(1)).href(), false);
    Ok(())
}

fn earlier(loaded: &Arc<Loaded>) -> Option<El> {
    let course = loaded.course.id();
    let mut rows = String::new();
    for summary in History::summaries(course) {
        let href = Route::Result(course.to_owned(), summary.id).href();
        rows.push_str(&format!(
            "<li><a href=\"{}\">{}, {}</a> <span>{}</span></li>",
            escaped(&href),
            escaped(&summary.mode),
            clock::day(summary.started),
            match summary.verdict.as_str() {
                "" => "not marked here yet".to_owned(),
                verdict => {
                    let verdict = escaped(&verdict.to_ascii_lowercase());
                    percent(summary.percent) + ", " + &verdict
                }
            }
        ));
    }
    if rows.is_empty() {
        return None;
    }
    // What was got wrong takes the whole history to say, so it comes when the page has been painted and the part of the app that does it is there.
    let wrong = el("div", "");
    let (place, loaded) = (wrong.clone(), loaded.clone());
    page::soon(move || {
        place.children(practice::wrong_last_time(&loaded).into_iter().collect());
    });
    Some(
        el("section", "tw-section tw-flow")
            .attr("aria-labelledby", "earlier")
            .child(el("h2", "").attr("id", "earlier").text("Earlier results"))
            .child(wrong)
            .child(el("ul", "tw-list").html(&rows)),
    )
}
