//! The sitting: one question to a page, the clock, the navigator; in practice the feedback after each answer.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use tierwise_engine::bank::{Html, Question};
use tierwise_engine::fraction::Fraction;
use tierwise_engine::question::{Form, Response};
use tierwise_engine::sitting::{Marker, What};

use super::elsewhere;
use super::trouble::{set_aside_notice, with_course_framed};
use crate::app::{framed, main};
use crate::components::conditions;
use crate::components::frame::{announce, back, button, column, footed, heading, notice, p};
use crate::components::icon;
use crate::components::marked::rubric::{self, rubric_html};
use crate::components::marked::{Fared, marked_html, marks_text, parts_title, stem_html};
use crate::components::navigator::navigator;
use crate::components::question::{self, Slot};
use crate::components::refused::refuse;
use crate::components::sitbar::sitbar;
use crate::platform::dom::{El, el};
use crate::platform::lock::Ask;
use crate::platform::page;
use crate::routes::Route;
use crate::state::library::Loaded;
use crate::state::seat::{Desk, Seat, Stopped};
use crate::state::state;

/// The form of a question.
pub(super) const QUESTION: &str = "form";
/// What a question is answered with, or the first part of it.
pub(super) const CONTROL: &str =
    "form :is(#q-answer, fieldset :is(input, select, button:enabled, [tabindex='0']))";
pub(super) const NOT_ANSWERED: &str = "Answer the question first";

pub(crate) fn page(course: String) -> Vec<El> {
    with_seat(course, sit)
}

/// Shows a page of the open sitting of a course, or why there is none.
pub(crate) fn with_seat(course: String, show: impl Fn(Arc<Loaded>) -> El + 'static) -> Vec<El> {
    let seat = state().seat;
    with_course_framed(course, move |loaded| {
        if seat.away.get_untracked() > 0 {
            return elsewhere::view(seat, &loaded);
        }
        if let Err(stopped) = seat.resume(&loaded) {
            return cannot_go_on(seat, &loaded, &stopped);
        }
        seat.claim(loaded.course.id(), Ask::IfFree);
        let course = Route::Course(loaded.course.id().to_owned());
        let leave = el("a", "")
            .attr("href", &course.href())
            .text("leave this page");
        let words = p("Your answers are kept on this device as you give them. You may ")
            .child(leave)
            .text(" and come back");
        let paused = Memo::new(move |_: Option<&usize>| {
            let is_paused = |desk: &Desk| desk.sitting.is_paused();
            seat.desk
                .with(|desk| usize::from(desk.as_ref().is_some_and(is_paused)))
        });
        let (inside, clock) = match paused.get() {
            0 => (
                show(loaded),
                "; in an exam the clock goes on, and that you left is noted.",
            ),
            _ => (conditions::paused(seat), "."),
        };
        vec![sitbar(), inside, footed(words.text(clock), None)]
    })
}

#[inline(never)]
fn cannot_go_on(seat: Seat, loaded: &Loaded, stopped: &Stopped) -> Vec<El> {
    let route = Route::Course(loaded.course.id().to_owned());
    let body = match stopped {
        Stopped::None => p("No sitting of this course is open on this device."),
        Stopped::SetAside => set_aside_notice(),
        Stopped::Banks(mismatch) => {
            let save = move |_| elsewhere::download_script(seat);
            notice(
                true,
                "The questions changed since this sitting began",
                vec![
                    p(&sentence(mismatch.to_string())),
                    p(
                        "Your answers are kept. They can be marked where the banks are as they were: download the script for your tutor, or come back when the banks are.",
                    ),
                    button("", "Download the script").on("click", save),
                ],
            )
        }
    };
    let inside = column(vec![
        back(&route, loaded.course.title()),
        heading("This sitting cannot go on"),
        body,
    ]);
    framed(&route, vec![inside])
}

/// A clause of the engine's as a sentence.
fn sentence(mut clause: String) -> String {
    if let Some(first) = clause.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    clause + "."
}

fn sit(loaded: Arc<Loaded>) -> El {
    let (state, seat) = (state(), state().seat);
    let course = loaded.course.id().to_owned();
    let here = course.clone();
    let current = Memo::new(move |before: Option<&usize>| {
        let (stands, count) = seat
            .look(|desk| (desk.sitting.current(), desk.sitting.len()))
            .unwrap_or_default();
        match state.route() {
            Route::Sit(course, Some(number)) if course == here && number <= count => number - 1,
            Route::Sit(..) => stands,
            // On the way to another page: what is shown stays.
            _ => before.copied().unwrap_or(stands),
        }
    });
    let nav = navigator(&course, current);
    let shown = move || {
        let n = current.get();
        see(seat, &course, n);
        one(seat, &loaded, n).into_iter().collect()
    };
    main("tw-sitting")
        .child(el("div", "").live(shown))
        .child(nav)
}

/// Notes that question `n` is looked at. Where the course allows no way back, the page goes to where the sitting stands; it does so too when an
/// address would pass over questions, which nobody could return to.
fn see(seat: Seat, course: &str, n: usize) {
    let seen = seat.look(|desk| {
        let is_new = desk.sitting.current() != n || !desk.sitting.seen(n);
        let id = desk.id(n)?.to_owned();
        Some((
            id,
            is_new,
            desk.sitting.current(),
            desk.sitting.len(),
            is_one_way(desk),
        ))
    });
    let Some((question, is_new, stands, count, one_way)) = seen.flatten() else {
        return;
    };
    if one_way && n > stands + 1 || is_new && !seat.act(What::See { question }) {
        page::go(
            &Route::Sit(course.to_owned(), Some(stands + 1)).href(),
            true,
        );
        return;
    }
    announce(&format!("Question {} of {count}", n + 1));
}

/// Whether earlier questions may not be returned to.
pub(crate) fn is_one_way(desk: &Desk) -> bool {
    !desk.script.terms.may_go_back
}

/// A question as it is sat.
#[derive(Clone)]
struct Place {
    seat: Seat,
    loaded: Arc<Loaded>,
    /// Its place in the paper, from 0.
    n: usize,
    count: usize,
    id: String,
    order: String,
    exam: bool,
    /// Whether nobody can come back to it.
    one_way: bool,
    /// 1 once the candidate was warned that they go on without an answer, and for good.
    warned: RwSignal<usize>,
    /// What is wrong with what stands in the form; nothing mostly.
    error: RwSignal<String>,
    /// 1 once feedback is shown.
    told: Memo<usize>,
    /// Counts how often the candidate gave marks.
    given: RwSignal<usize>,
}

impl Place {
    fn of(seat: Seat, loaded: &Arc<Loaded>, n: usize) -> Option<Self> {
        let told = Memo::new(move |_: Option<&usize>| {
            seat.desk.with(|desk| {
                usize::from(
                    desk.as_ref()
                        .is_some_and(|desk| desk.sitting.feedback_given(n)),
                )
            })
        });
        seat.look(|desk| {
            let item = desk.script.items.get(n)?;
            Some(Self {
                seat,
                loaded: loaded.clone(),
                n,
                count: desk.sitting.len(),
                id: item.question.clone(),
                order: item.order.clone(),
                exam: desk.is_exam(),
                one_way: is_one_way(desk),
                warned: RwSignal::new(0),
                error: RwSignal::new(String::new()),
                told,
                given: RwSignal::new(0),
            })
        })
        .flatten()
    }

    fn question(&self) -> Option<Question<'_>> {
        self.loaded.question(&self.id)
    }

    fn response(&self) -> Option<Response> {
        self.seat
            .look(|desk| desk.sitting.response(self.n).cloned())
            .flatten()
    }

    fn is_last(&self) -> bool {
        self.n + 1 == self.count
    }

    /// What the button that goes on says.
    fn onward_text(&self) -> &'static str {
        match (self.exam, self.told.get() == 1, self.is_last()) {
            (true, _, true) => "Check your answers",
            (true, _, false) => "Next",
            (false, false, _) => "Check my answer",
            (false, true, true) => "See the result",
            (false, true, false) => "Next question",
        }
    }

    /// Takes a response from the form: records it, or says why not and takes back what stood before.
    fn take(&self, response: Option<Response>, typed: bool) -> String {
        let refusal = response
            .as_ref()
            .and_then(|response| self.question()?.check(response).err());
        match (refusal, response) {
            (None, Some(response)) => self.seat.answer(&self.id, Some(response), typed),
            // Taking back what was never given is nothing to record.
            _ if self.response().is_some() => self.seat.answer(&self.id, None, typed),
            _ => {}
        }
        refusal
            .map(|refusal| refusal.to_string())
            .unwrap_or_default()
    }

    fn submit(&self) {
        let question = self.id.clone();
        let wrong = self.error.get_untracked();
        if !wrong.is_empty() {
            refuse(QUESTION, CONTROL, &wrong);
        } else if self.exam || self.told.get_untracked() == 1 {
            if self.one_way
                && !self.is_last()
                && self.warned.get_untracked() == 0
                && self.response().is_none()
            {
                self.warned.set(1);
                return;
            }
            self.onward();
        } else if self.seat.act(What::Feedback { question }) {
            page::focus_soon("#feedback");
        } else {
            self.error.set(NOT_ANSWERED.to_owned());
            refuse(QUESTION, CONTROL, NOT_ANSWERED);
        }
    }

    /// Goes on to the next question, or to the end.
    fn onward(&self) {
        let course = self.loaded.course.id().to_owned();
        let incomplete = |desk: &Desk| desk.sitting.unanswered().next().is_some();
        let next = if !self.is_last() {
            Route::Sit(course, Some(self.n + 2))
        } else if self.exam || self.seat.look(incomplete) == Some(true) {
            Route::Check(course)
        } else if let Some(id) = self.seat.end(What::HandIn) {
            Route::Result(course, id)
        } else {
            return;
        };
        page::go(&next.href(), false);
    }
}

/// The case that a question belongs to, as HTML.
pub(super) fn vignette(question: Question<'_>, html: &Html<'_>) -> String {
    question.case().map_or_else(String::new, |case| {
        [
            "<details class=\"tw-case\" open><summary class=\"tw-case__title\">The case</summary><div class=\"tw-prose\">",
            &case.vignette_html(html),
            "</div></details>",
        ]
        .concat()
    })
}

/// What a question asks, and for how many marks, as HTML.
pub(super) fn asked(question: Question<'_>, html: &Html<'_>) -> String {
    let mut out = String::new();
    // The gaps of a text are filled where they stand: it is drawn with what becomes of them.
    if !matches!(question.form(), Form::Gaps(_)) {
        out.push_str("<div class=\"tw-prose tw-question__stem\" id=\"q-stem\">");
        out.push_str(&question.stem_html(html));
        out.push_str("</div>");
    }
    if question.marks() > 1 {
        out.push_str("<p class=\"tw-hint\">");
        out.push_str(&question.marks().to_string());
        out.push_str(" marks</p>");
    }
    out
}

/// Question `n` of the paper.
fn one(seat: Seat, loaded: &Arc<Loaded>, n: usize) -> Option<El> {
    let place = Place::of(seat, loaded, n)?;
    let base = loaded.base();
    let html = Html { base: &base };
    let question = place.question()?;
    let body = {
        let place = place.clone();
        move || {
            let parts = if place.told.get() == 1 {
                feedback(&place)
            } else {
                answer_form(&place)
            };
            parts.unwrap_or_default()
        }
    };
    // One piece of HTML, as each element that is made from here costs a call of the browser's for all it has.
    let inside = [
        vignette(question, &html),
        "<div class=\"tw-question__head\"><h1 class=\"tw-question__number\" id=\"q-title\" tabindex=\"-1\">Question ".to_owned(),
        (n + 1).to_string(),
        " of ".to_owned(),
        place.count.to_string(),
        "</h1><button class=\"tw-button tw-button--plain\" type=\"button\" id=\"q-flag\">".to_owned(),
        icon::FLAG.before("Flag for review"),
        "</button></div>".to_owned(),
        asked(question, &html),
        "<div class=\"tw-flow\" id=\"q-body\"></div><div class=\"tw-question__moves\">".to_owned(),
        previous(&place),
        "<button class=\"tw-button\" type=\"submit\"><span></span><span>".to_owned(),
        icon::ON.before(""),
        "</span></button></div>".to_owned(),
    ]
    .concat();
    let form = el("form", "tw-question tw-flow")
        .flag("novalidate", true)
        .html(&inside);
    if let Some(holder) = form.find("#q-body") {
        let _ = holder.live(body);
    }
    if let Some(button) = form.find("#q-flag") {
        flag(button, seat, n);
    }
    if let Some(words) = form.find("[type=submit] span") {
        let place = place.clone();
        let _ = words.keep_text(move || place.onward_text().to_owned());
    }
    if place.one_way
        && let Some(moves) = form.find(".tw-question__moves")
    {
        conditions::one_way(n, place.is_last(), place.warned).move_before(&moves);
    }
    Some(form.on("submit", move |event| {
        event.prevent_default();
        place.submit();
    }))
}

/// Makes a button of `button` that flags question `n`.
fn flag(button: El, seat: Seat, n: usize) {
    let flagged = move || {
        seat.desk
            .with(|desk| desk.as_ref().is_some_and(|desk| desk.sitting.flagged(n)))
    };
    let _ = button
        .keep("aria-pressed", move || Some(flagged().to_string()))
        .on("click", move |_| {
            let now = seat.look(|desk| Some((desk.id(n)?.to_owned(), desk.sitting.flagged(n))));
            if let Some((question, flagged)) = now.flatten() {
                seat.act(if flagged {
                    What::Unflag { question }
                } else {
                    What::Flag { question }
                });
            }
        });
}

fn previous(place: &Place) -> String {
    if place.n == 0 || place.one_way {
        return String::new();
    }
    let route = Route::Sit(place.loaded.course.id().to_owned(), Some(place.n));
    [
        "<a class=\"tw-button tw-button--plain\" href=\"",
        &route.href(),
        "\">",
        &icon::BACK.before("Previous"),
        "</a>",
    ]
    .concat()
}

fn answer_form(place: &Place) -> Option<Vec<El>> {
    let base = place.loaded.base();
    let question = place.question()?;
    let taker = place.clone();
    let slot = Slot {
        order: place.order.clone(),
        response: place.response(),
        on_answer: Rc::new(move |response, typed| taker.take(response, typed)),
        error: place.error,
    };
    let asks = place.seat.look(|desk| desk.script.terms.confidence) == Some(true);
    let sure = asks.then(|| conditions::how_sure(place.seat, place.n));
    let mut parts = vec![question::form(question, &Html { base: &base }, slot)];
    parts.extend(sure);
    Some(parts)
}

/// What the candidate is told in practice once the answer stands.
#[inline(never)]
fn feedback(place: &Place) -> Option<Vec<El>> {
    let base = place.loaded.base();
    let html = Html { base: &base };
    let question = place.question()?;
    let response = place.response();
    place.given.track();
    let award = place.seat.look(|desk| {
        let (by, marks) = desk.sitting.award(place.n)?;
        Some((by, marks.to_owned()))
    });
    let award = award.flatten();
    let given = award.as_ref().map(|(by, marks)| (*by, marks.as_slice()));
    let mut parts = told(question, &html, &place.order, response.as_ref(), given);
    let rubric = rubric_html(question, &html, true, given, "q");
    let (seat, count) = (place.seat, place.given);
    parts.push(el("div", "").html(&rubric).on("click", move |event| {
        if let Some(what) = rubric::award(&event)
            && seat.act(what)
        {
            count.update(|count| *count += 1);
            page::focus_soon("#feedback");
        }
    }));
    Some(parts)
}

/// How a response fared, and the question with its key and all rationales. `order` is that of the options as they were shown; `given` are the marks
/// that a person gave.
pub(super) fn told(
    question: Question<'_>,
    html: &Html<'_>,
    order: &str,
    response: Option<&Response>,
    given: Option<(Marker, &[u8])>,
) -> Vec<El> {
    let full = Fraction::from(question.marks());
    let (mut earned, mut open) = (Fraction::ZERO, Fraction::ZERO);
    match (given, response) {
        (Some((_, marks)), _) => {
            for &marks in marks {
                earned = earned + Fraction::from(u32::from(marks));
            }
        }
        (None, Some(_)) if question.is_marked_by_a_person() => open = full,
        (None, Some(response)) => earned = question.mark(response) * full,
        (None, None) => {}
    }
    let fared = Fared::of(earned, open, full, response.is_some());
    let title = el("h2", "tw-notice__title").html(&fared.icon().before(fared.words()));
    let verdict = el("div", &format!("tw-notice tw-notice--{}", fared.kind()))
        .attr("id", "feedback")
        .attr("tabindex", "-1")
        .child(title)
        .child(p(&(marks_text(earned, open, full) + ".")));
    let mut parts = vec![verdict];
    if matches!(question.form(), Form::Gaps(_)) {
        let stem = el("div", "tw-prose tw-question__stem").attr("id", "q-stem");
        parts.insert(0, stem.html(&stem_html(question, html)));
    }
    let title = parts_title(question);
    if !title.is_empty() {
        parts.push(el("h2", "tw-visually-hidden").text(title));
    }
    let marked = marked_html(question, html, order, response, 2, "q");
    parts.push(el("div", "tw-flow").html(&marked));
    parts
}
