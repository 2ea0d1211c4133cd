//! A course: its briefing, and the choice of practice or exam.

use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use tierwise_engine::bank::Html;
use tierwise_engine::catalogue::tier_html;
use tierwise_engine::paper::{self, Selection};
use tierwise_engine::sitting::{ExtraTime, Mode, Terms};

use super::trouble::{fault_view, set_aside_notice, warning, with_course};
use crate::components::frame::{announce, back, notice};
use crate::components::scale::whole;
use crate::platform::{clock, page};
use crate::routes::Route;
use crate::state::history::{History, Summary};
use crate::state::library::Loaded;
use crate::state::seat::{self, Desk, Seat, Stopped};

pub(crate) fn page(course: String) -> AnyView {
    with_course(course, |loaded| briefing(&loaded))
}

fn briefing(loaded: &Arc<Loaded>) -> AnyView {
    let course = &loaded.course;
    announce(course.title());
    let base = loaded.base();
    let html = course.briefing_html(&Html { base: &base });
    let questions: usize = loaded
        .banks
        .iter()
        .map(tierwise_engine::bank::Bank::len)
        .sum();
    let allowed = [
        if course.may_go_back() {
            "going back"
        } else {
            "no going back"
        },
        if course.may_pause() {
            "pausing"
        } else {
            "no pause"
        },
    ]
    .join("; ");
    let facts = [
        (
            "Questions",
            format!("{}, out of {questions} in the banks", course.paper_length()),
        ),
        ("Time", format!("{} minutes", course.minutes())),
        ("Pass mark", whole(f64::from(course.pass_percent()))),
        ("Allowed", allowed),
    ];
    let faults = loaded
        .faults
        .iter()
        .map(|fault| {
            notice(
                "tw-notice--warn",
                "A bank of this course cannot be sat",
                fault_view(course.id().to_owned(), fault),
            )
        })
        .collect::<Vec<_>>();
    view! {
        {back(&Route::Catalogue, "Courses")}
        <div class="tw-flow tw-narrow">
            <div inner_html=tier_html(course.tier())></div>
            <h1 tabindex="-1">{course.title().to_owned()}</h1>
            {open_sitting(loaded)}
            {faults}
            <div class="tw-prose" inner_html=html></div>
            <dl class="tw-summary">
                {facts.map(|(key, value)| view! {
                    <div class="tw-summary__row"><dt class="tw-summary__key">{key}</dt><dd class="tw-summary__value">{value}</dd></div>
                }).to_vec()}
            </dl>
            {start_form(loaded.clone())}
            {earlier(course.id())}
        </div>
    }
    .into_any()
}

/// A sitting that is open can be resumed; beginning another sets it aside.
fn open_sitting(loaded: &Arc<Loaded>) -> AnyView {
    let seat: Seat = expect_context();
    let course = loaded.course.id().to_owned();
    let desk = match seat::stored(&course) {
        Ok(desk) => desk,
        Err(Stopped::SetAside) => return set_aside_notice(),
        Err(_) => match seat
            .desk
            .get_untracked()
            .filter(|desk| desk.script.course == course)
        {
            Some(desk) => desk,
            None => return ().into_any(),
        },
    };
    let gone = RwSignal::new(false);
    let resume = Route::Sit(course.clone(), None).href();
    let text = standing(&desk);
    let abandon = move |_| {
        if seat.abandon(&course).is_ok() {
            gone.set(true);
            page::focus("h1");
        }
    };
    let shown = notice(
        "",
        "You have a sitting open",
        view! {
            <p>{text}</p>
            <div class="tw-actions">
                <a class="tw-button" href=resume>"Resume"</a>
                <button class="tw-button tw-button--danger" type="button" on:click=abandon>"Give it up"</button>
            </div>
        }
        .into_any(),
    );
    view! { <div hidden=move || gone.get()>{shown}</div> }.into_any()
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
    (ExtraTime::None, "1", "None"),
    (ExtraTime::Quarter, "125", "A quarter more"),
    (ExtraTime::Half, "15", "Half as much again"),
    (ExtraTime::Double, "2", "Double"),
    (ExtraTime::Untimed, "none", "No time limit"),
];

/// What the candidate chose so far.
#[derive(Clone, Copy)]
struct Choice {
    practice: RwSignal<bool>,
    extra: RwSignal<ExtraTime>,
    topics: RwSignal<Vec<(String, usize, bool)>>,
    number: RwSignal<usize>,
    label: RwSignal<String>,
    error: RwSignal<Option<String>>,
}

impl Choice {
    fn terms(self, loaded: &Loaded) -> Terms {
        let course = &loaded.course;
        let practice = self.practice.get_untracked();
        Terms {
            mode: if practice { Mode::Practice } else { Mode::Exam },
            minutes: course.minutes(),
            extra_time: self.extra.get_untracked(),
            may_go_back: practice || course.may_go_back(),
            may_pause: course.may_pause(),
        }
    }
}

/// The topics of the banks with how many questions each has, in file order.
fn topics(loaded: &Loaded) -> Vec<(String, usize, bool)> {
    let mut topics: Vec<(String, usize, bool)> = Vec::new();
    for question in loaded
        .banks
        .iter()
        .flat_map(tierwise_engine::bank::Bank::questions)
    {
        match topics
            .iter_mut()
            .find(|(topic, ..)| topic == question.topic())
        {
            Some((_, count, _)) => *count += 1,
            None => topics.push((question.topic().to_owned(), 1, true)),
        }
    }
    topics
}

fn start_form(loaded: Arc<Loaded>) -> AnyView {
    let seat: Seat = expect_context();
    let exam_possible = loaded.faults.is_empty();
    let choice = Choice {
        practice: RwSignal::new(!exam_possible),
        extra: RwSignal::new(ExtraTime::None),
        topics: RwSignal::new(topics(&loaded)),
        number: RwSignal::new(20),
        label: RwSignal::new(String::new()),
        error: RwSignal::new(None),
    };
    let minutes = loaded.course.minutes();
    let start = {
        let loaded = loaded.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            begin(seat, choice, &loaded);
        }
    };
    let modes = [
        (true, "mode-practice", "Practice", "No clock. You are told after each answer."),
        (false, "mode-exam", "Exam", "Timed. Nothing is told before you hand in."),
    ]
    .map(|(practice, id, name, hint)| {
        view! {
            <div class="tw-choice">
                <input class="tw-choice__input" type="radio" name="mode" id=id
                    prop:checked=move || choice.practice.get() == practice
                    prop:disabled=!practice && !exam_possible
                    on:change=move |_| choice.practice.set(practice) />
                <label class="tw-choice__label" for=id>{name}" "<span class="tw-choice__hint">{hint}</span></label>
            </div>
        }
    });
    view! {
        <form class="tw-section tw-flow" novalidate on:submit=start>
            <h2>"Start"</h2>
            <fieldset class="tw-choices">
                <legend class="tw-legend">"How do you want to work?"</legend>
                {modes.to_vec()}
            </fieldset>
            {move || if choice.practice.get() { practice_fields(choice) } else { exam_fields(choice, minutes) }}
            <div class="tw-field">
                <label class="tw-field__label" for="label">"Your name or candidate number (optional)"</label>
                <p class="tw-hint" id="label-hint">"It is written in the record that you can download, and stays on this device."</p>
                <input class="tw-input tw-input--medium" id="label" type="text" autocomplete="off" spellcheck="false" maxlength="100" aria-describedby="label-hint"
                    on:input=move |event| choice.label.set(event_target_value(&event)) />
            </div>
            <div role="alert">{move || choice.error.get().map(warning)}</div>
            <div class="tw-actions">
                <button class="tw-button" type="submit">
                    {move || if choice.practice.get() { "Start practice" } else { "Start the exam" }}
                </button>
            </div>
        </form>
    }
    .into_any()
}

fn exam_fields(choice: Choice, minutes: u32) -> AnyView {
    let rows = EXTRA.map(|(extra, id, name)| {
        let id = format!("extra-{id}");
        let terms = Terms {
            mode: Mode::Exam,
            minutes,
            extra_time: extra,
            may_go_back: true,
            may_pause: false,
        };
        let text = match terms.time_allowed() {
            Some(allowed) => format!("{name}: {} minutes", allowed / 60_000),
            None => name.to_owned(),
        };
        view! {
            <div class="tw-choice">
                <input class="tw-choice__input" type="radio" name="extra" id=id.clone()
                    prop:checked=move || choice.extra.get() == extra
                    on:change=move |_| choice.extra.set(extra) />
                <label class="tw-choice__label" for=id>{text}</label>
            </div>
        }
    });
    let chosen = move || {
        let extra = choice.extra.get();
        let name = EXTRA
            .iter()
            .find(|(known, ..)| *known == extra)
            .map_or("", |(.., name)| name);
        format!("Extra time: {}", name.to_lowercase())
    };
    view! {
        <details class="tw-details">
            <summary>{chosen}</summary>
            <div class="tw-details__body">
                <fieldset class="tw-choices tw-choices--plain" aria-describedby="extra-hint">
                    <legend class="tw-legend">"Extra time"</legend>
                    <p class="tw-hint" id="extra-hint">"It is written in the record of the sitting."</p>
                    {rows.to_vec()}
                </fieldset>
            </div>
        </details>
    }
    .into_any()
}

fn practice_fields(choice: Choice) -> AnyView {
    let rows = choice.topics.with_untracked(|topics| {
        topics
            .iter()
            .enumerate()
            .map(|(at, (topic, count, on))| {
                let id = format!("topic-{}", at + 1);
                let hint = format!("({count} questions)");
                view! {
                    <div class="tw-choice">
                        <input class="tw-choice__input" type="checkbox" id=id.clone() prop:checked=*on
                            on:change=move |event| choice.topics.update(|topics| topics[at].2 = event_target_checked(&event)) />
                        <label class="tw-choice__label" for=id>{topic_name(topic)}" "<span class="tw-hint">{hint}</span></label>
                    </div>
                }
            })
            .collect::<Vec<_>>()
    });
    let numbers = [("5", 5), ("10", 10), ("20", 20), ("40", 40), ("All", usize::MAX)].map(|(name, number)| {
        view! { <option value=name selected=choice.number.get_untracked() == number>{name}</option> }
    });
    let pick = move |event| {
        let value = event_target_value(&event);
        choice.number.set(value.parse().unwrap_or(usize::MAX));
    };
    view! {
        <fieldset class="tw-choices tw-choices--plain" id="topics">
            <legend class="tw-legend">"Topics"</legend>
            {rows}
        </fieldset>
        <div class="tw-field">
            <label class="tw-field__label" for="count">"How many questions?"</label>
            <select class="tw-input tw-input--short" id="count" on:change=pick>{numbers.to_vec()}</select>
        </div>
    }
    .into_any()
}

/// A topic as it is read: `hl7/orders-results` is “HL7: orders results”.
pub(crate) fn topic_name(topic: &str) -> String {
    let (subject, part) = topic.split_once('/').unwrap_or((topic, ""));
    let subject = match subject {
        "hl7" | "dicom" | "ihe" | "xds" | "gdpr" | "pacs" | "ris" | "epr" => subject.to_uppercase(),
        _ => subject.replace('-', " "),
    };
    if part.is_empty() {
        subject
    } else {
        format!("{subject}: {}", part.replace(['/', '-'], " "))
    }
}

fn begin(seat: Seat, choice: Choice, loaded: &Loaded) {
    let seed = clock::random_seed();
    let paper = if choice.practice.get_untracked() {
        let topics: Vec<String> = choice.topics.with_untracked(|topics| {
            let on = topics.iter().filter(|(.., on)| *on);
            on.map(|(topic, ..)| topic.clone()).collect()
        });
        if topics.is_empty() {
            choice
                .error
                .set(Some("Choose one topic or more".to_owned()));
            page::focus("#topics input");
            return;
        }
        let number = choice.number.get_untracked();
        let selection = Selection {
            topics: &topics,
            number,
        };
        paper::practice(&loaded.banks, &selection, seed)
    } else {
        match paper::exam(&loaded.course, &loaded.banks, seed) {
            Ok(paper) => paper,
            Err(shortfall) => {
                choice.error.set(Some(shortfall.to_string()));
                return;
            }
        }
    };
    // Another open sitting of the course is set aside, not overwritten.
    if let Err(error) = seat.abandon(loaded.course.id()) {
        choice.error.set(Some(error.message().to_owned()));
        return;
    }
    let label = choice.label.get_untracked();
    seat.begin(loaded, paper, choice.terms(loaded), &label);
    page::go(
        &Route::Sit(loaded.course.id().to_owned(), Some(1)).href(),
        false,
    );
}

fn earlier(course: &str) -> AnyView {
    let summaries = History::summaries(course);
    if summaries.is_empty() {
        return ().into_any();
    }
    let rows = summaries
        .iter()
        .map(|summary| {
            let Summary {
                id,
                mode,
                started,
                percent,
                verdict,
            } = summary;
            let href = Route::Result(course.to_owned(), id.clone()).href();
            let name = format!("{mode}, {}", clock::day(*started));
            let text = format!("{}, {}", whole(*percent), verdict.to_lowercase());
            view! { <li><a href=href>{name}</a>" "<span>{text}</span></li> }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="tw-section tw-flow" aria-labelledby="earlier">
            <h2 id="earlier">"Earlier results"</h2>
            <ul class="tw-list">{rows}</ul>
        </section>
    }
    .into_any()
}
