//! Setting a practice up: topics, number, what comes first; and what was got wrong last time, on one click.

use std::sync::Arc;

use leptos::prelude::*;
use tierwise_engine::bank::Bank;
use tierwise_engine::paper::{self, Order, Paper, Selection};
use tierwise_engine::profile::Known;
use tierwise_engine::sitting::{ExtraTime, Mode, Terms};

use super::course::{open_sitting, sit, topic_name};
use super::trouble::with_course;
use crate::components::frame::{actions, back, button, choice, column, escaped, heading_of, p};
use crate::components::icon;
use crate::platform::clock;
use crate::platform::dom::{El, Event, el, is_ticked, listener_of, value_of};
use crate::routes::Route;
use crate::state::history::History;
use crate::state::library::Loaded;

/// What the candidate chose for a practice; it has no topics before it is first drawn.
#[derive(Clone, Default)]
pub(crate) struct Setup {
    topics: Vec<Topic>,
    /// An index into [`NUMBERS`].
    number: usize,
    /// Whether what is due for review may come in any place.
    any_order: bool,
}

/// A topic of the banks.
#[derive(Clone)]
struct Topic {
    name: String,
    questions: usize,
    left_out: bool,
}

/// How many questions; the first is what is offered.
const NUMBERS: [(usize, &str); 5] = [
    (20, "20"),
    (5, "5"),
    (10, "10"),
    (40, "40"),
    (usize::MAX, "All"),
];
/// The order in which they are listed.
const LISTED: [usize; 5] = [1, 2, 0, 3, 4];

/// The topics of the banks with how many questions each has, in file order.
fn topics(loaded: &Loaded) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for question in loaded.banks.iter().flat_map(Bank::questions) {
        match topics
            .iter_mut()
            .find(|topic| topic.name == question.topic())
        {
            Some(topic) => topic.questions += 1,
            None => topics.push(Topic {
                name: question.topic().to_owned(),
                questions: 1,
                left_out: false,
            }),
        }
    }
    topics
}

/// The fields of a practice.
#[inline(never)]
pub(crate) fn fields(loaded: &Loaded, setup: StoredValue<Setup>) -> Vec<El> {
    setup.update_value(|setup| {
        if setup.topics.is_empty() {
            setup.topics = topics(loaded);
        }
    });
    let now = setup.get_value();
    let row = |(at, topic): (usize, &Topic)| {
        let html = format!(
            "{} <span class=\"tw-hint\">({} question{})</span>",
            escaped(&topic_name(&topic.name)),
            topic.questions,
            if topic.questions == 1 { "" } else { "s" }
        );
        let (input, row) = choice("checkbox", "topic", &format!("topic-{}", at + 1), &html);
        row(input
            .flag("checked", !topic.left_out)
            .on("change", move |event| {
                let left_out = !is_ticked(&event);
                setup.update_value(|setup| setup.topics[at].left_out = left_out);
            }))
    };
    let topics = el("fieldset", "tw-choices tw-choices--plain")
        .attr("id", "topics")
        .child(el("legend", "tw-legend").text("Topics"))
        .children(now.topics.iter().enumerate().map(row).collect());
    let mut options = String::new();
    for at in LISTED {
        options.push_str(if at == now.number {
            "<option selected>"
        } else {
            "<option>"
        });
        options.push_str(NUMBERS[at].1);
        options.push_str("</option>");
    }
    let number = el("select", "tw-input tw-input--short")
        .attr("id", "count")
        .html(&options)
        .on("change", move |event| {
            let text = value_of(&event);
            let at = NUMBERS.iter().position(|(_, number)| *number == text);
            setup.update_value(|setup| setup.number = at.unwrap_or_default());
        });
    let label = el("label", "tw-field__label")
        .attr("for", "count")
        .text("How many questions?");
    let number = el("div", "tw-field").child(label).child(number);
    let mut fields = vec![topics, number];
    fields.extend(due_field(loaded, setup, now.any_order));
    fields
}

/// Whether the questions that are due come first; nothing where no question was ever asked.
fn due_field(loaded: &Loaded, setup: StoredValue<Setup>, any_order: bool) -> Option<El> {
    History::refresh(loaded);
    let profile = History::profile(Some(loaded.course.id()));
    let in_banks = |id: &str| loaded.question(id).is_some();
    let next = profile.questions.iter().filter(|one| in_banks(&one.id));
    let next = next.map(|one| one.due).min()?;
    let due = profile.questions.iter();
    let due = due.filter(|one| one.due <= profile.now && in_banks(&one.id));
    let when = match due.count() {
        0 => "none before ".to_owned() + &clock::day(next),
        1 => "1 is due now".to_owned(),
        due => due.to_string() + " are due now",
    };
    let html = [
        "Questions due for review come first <span class=\"tw-hint\">(",
        &when,
        ")</span>",
    ]
    .concat();
    let (input, row) = choice("checkbox", "due", "due-first", &html);
    let input = input
        .flag("checked", !any_order)
        .on("change", move |event| {
            let any_order = !is_ticked(&event);
            setup.update_value(|setup| setup.any_order = any_order);
        });
    let legend = el("legend", "tw-legend").text("Order");
    Some(
        el("fieldset", "tw-choices tw-choices--plain")
            .child(legend)
            .child(row(input)),
    )
}

/// Draws the paper that was asked for; `None` without a topic.
#[inline(never)]
pub(crate) fn draw(loaded: &Loaded, setup: StoredValue<Setup>) -> Option<Paper> {
    let setup = setup.get_value();
    let mut topics = Vec::new();
    for topic in setup.topics {
        if !topic.left_out {
            topics.push(topic.name);
        }
    }
    if topics.is_empty() {
        return None;
    }
    let mut reviews = Vec::new();
    if !setup.any_order {
        let course = loaded.course.id();
        reviews = History::profile(Some(course)).reviews(course);
    }
    let selection = Selection {
        topics: &topics,
        number: NUMBERS[setup.number].0,
        order: Order::Due(&reviews),
    };
    let seed = clock::random_seed();
    Some(paper::practice(&loaded.banks, &selection, seed))
}

/// The questions of a course that are due for review, to practise at once.
#[inline(never)]
pub(crate) fn due_page(course: String) -> Vec<El> {
    with_course(course, move |loaded| {
        History::refresh(&loaded);
        let course = loaded.course.id();
        let profile = History::profile(Some(course));
        let mut due: Vec<&Known> = Vec::new();
        for one in &profile.questions {
            if one.due <= profile.now && loaded.question(&one.id).is_some() {
                due.push(one);
            }
        }
        let mut parts = vec![heading_of(loaded.course.title(), "Due for review")];
        parts.extend(open_sitting(course));
        let words = match due.len() {
            0 => "No question of this course is due.".to_owned(),
            1 => {
                "1 question is due. You are told after the answer whether it was right.".to_owned()
            }
            count => {
                count.to_string()
                    + " questions are due. You are told after each answer whether it was right."
            }
        };
        parts.push(p(&words));
        let ids = due.iter().map(|one| one.id.clone()).collect();
        parts.extend(these(&loaded, ids, "Practise them"));
        vec![back(&Route::Progress, "Progress"), column(parts)]
    })
}

/// The terms of a practice.
pub(crate) fn terms(loaded: &Loaded) -> Terms {
    let course = &loaded.course;
    Terms {
        mode: Mode::Practice,
        minutes: course.minutes(),
        extra_time: ExtraTime::None,
        may_go_back: true,
        may_pause: course.may_pause(),
        confidence: course.confidence(),
    }
}

/// A button for the questions of a course whose last answer lost marks, if there are any.
#[inline(never)]
pub(crate) fn wrong_last_time(loaded: &Arc<Loaded>) -> Option<El> {
    History::refresh(loaded);
    let course = loaded.course.id();
    let wrong = History::profile(Some(course)).wrong(course);
    again(loaded, wrong, " last time")
}

/// A button that begins a practice of these questions alone, those that the banks still have; none where that leaves none. Its text says that they
/// were got wrong, and `when`.
#[inline(never)]
pub(crate) fn again(loaded: &Arc<Loaded>, mut ids: Vec<String>, when: &str) -> Option<El> {
    ids.retain(|id| loaded.question(id).is_some());
    let number = match ids.len() {
        0 => return None,
        1 => "question".to_owned(),
        many => many.to_string(),
    };
    let name = ["Practise the ", &number, " you got wrong", when].concat();
    these(loaded, ids, &name)
}

/// A button of this name that begins a practice of these questions alone; none without a question.
fn these(loaded: &Arc<Loaded>, ids: Vec<String>, name: &str) -> Option<El> {
    if ids.is_empty() {
        return None;
    }
    let loaded = loaded.clone();
    let begin = move |event: Event| {
        let selection = Selection {
            topics: &[],
            number: usize::MAX,
            order: Order::Only(&ids),
        };
        let paper = paper::practice(&loaded.banks, &selection, clock::random_seed());
        if let Err(error) = sit(&loaded, paper, terms(&loaded), "") {
            let html = icon::WARN.before(&escaped(&error));
            // Asked of the event: a listener that holds its own tree keeps it for ever.
            let place = listener_of(&event).and_then(|button| button.around(".tw-flow"));
            if let Some(alert) = place.and_then(|place| place.find("[role=alert]")) {
                alert.html(&["<p class=\"tw-error\">", &html, "</p>"].concat());
            }
        }
    };
    let button = button("tw-button--plain", name).on("click", begin);
    Some(
        el("div", "tw-flow")
            .child(actions(vec![button]))
            .child(el("div", "").attr("role", "alert")),
    )
}
