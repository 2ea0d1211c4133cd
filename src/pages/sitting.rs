//! The sitting: one question to a page, the clock, the navigator; in practice the feedback after each answer.

use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use tierwise_engine::bank::Html;
use tierwise_engine::fraction::Fraction;
use tierwise_engine::question::{Form, Response};
use tierwise_engine::sitting::What;

use super::trouble::{set_aside_notice, with_course};
use crate::app::Address;
use crate::components::frame::{announce, back, footer, header, notice};
use crate::components::icon;
use crate::components::marked::{Fared, marked_html, marks_text};
use crate::components::navigator::navigator;
use crate::components::question::{self, Slot};
use crate::components::sitbar::sitbar;
use crate::platform::{download, page};
use crate::routes::Route;
use crate::state::library::Loaded;
use crate::state::seat::{Desk, Seat, Stopped};

pub(crate) fn page(course: String) -> AnyView {
    with_seat(course, |loaded| sit(&loaded))
}

/// Shows a page of the open sitting of a course, or why there is none.
pub(crate) fn with_seat(
    course: String,
    show: impl Fn(Arc<Loaded>) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let seat: Seat = expect_context();
    let name = course.clone();
    let body = with_course(course, move |loaded| match seat.resume(&loaded) {
        Ok(()) => view! {
            {sitbar()}
            {show(loaded)}
            <footer class="tw-footer">
                <div class="tw-width tw-footer__row">
                    <p>
                        "Your answers are kept on this device as you give them. You may "
                        <a href=Route::Course(name.clone()).href()>"leave this page"</a>
                        " and come back; the clock of an exam goes on."
                    </p>
                </div>
            </footer>
        }
        .into_any(),
        Err(stopped) => {
            let route = Route::Course(loaded.course.id().to_owned());
            view! {
                {header(&route)}
                <main class="tw-main tw-width" id="main" tabindex="-1">{cannot_go_on(&loaded, stopped)}</main>
                {footer()}
            }
            .into_any()
        }
    });
    // What stands here while the course is fetched, or cannot be, has the ordinary frame's inside only.
    view! { <div class="tw-page">{body}</div> }.into_any()
}

fn cannot_go_on(loaded: &Loaded, stopped: Stopped) -> AnyView {
    let seat: Seat = expect_context();
    let route = Route::Course(loaded.course.id().to_owned());
    announce("No sitting is open");
    let body = match stopped {
        Stopped::None => {
            view! { <p>"No sitting of this course is open on this device."</p> }.into_any()
        }
        Stopped::SetAside => set_aside_notice(),
        Stopped::Banks(mismatch) => {
            let script = seat
                .desk
                .with_untracked(|desk| desk.as_ref().map(|desk| desk.script.write()));
            let save = move |_| {
                if let Some(script) = &script {
                    download::offer("tierwise-script.json", "application/json", script);
                }
            };
            notice(
                "tw-notice--warn",
                "The questions changed since this sitting began",
                view! {
                    <p>{mismatch.to_string()}</p>
                    <p>"Your answers are kept. They can be marked where the banks are as they were: download the script for your tutor, or come back when the banks are."</p>
                    <button class="tw-button" type="button" on:click=save>"Download the script"</button>
                }
                .into_any(),
            )
        }
    };
    view! {
        {back(&route, loaded.course.title())}
        <div class="tw-flow tw-narrow">
            <h1 tabindex="-1">"This sitting cannot go on"</h1>
            {body}
        </div>
    }
    .into_any()
}

fn sit(loaded: &Arc<Loaded>) -> AnyView {
    let seat: Seat = expect_context();
    let Address(address) = expect_context();
    let course = loaded.course.id().to_owned();
    let here = course.clone();
    let current = Memo::new(move |before: Option<&usize>| {
        let count = seat
            .desk
            .with_untracked(|desk| desk.as_ref().map_or(0, |desk| desk.sitting.len()));
        let stands = seat
            .desk
            .with_untracked(|desk| desk.as_ref().map_or(0, |desk| desk.sitting.current()));
        match address.get() {
            Route::Sit(course, Some(number)) if course == here && number <= count => number - 1,
            Route::Sit(..) => stands,
            // On the way to another page: what is shown stays.
            _ => before.copied().unwrap_or(stands),
        }
    });
    let nav = navigator(&course, current);
    let loaded = loaded.clone();
    let shown = move || {
        let n = current.get();
        see(seat, &course, n);
        one(seat, loaded.clone(), n)
    };
    view! {
        <main class="tw-main tw-width tw-sitting" id="main" tabindex="-1">
            {shown}
            {nav}
        </main>
    }
    .into_any()
}

/// Notes that question `n` is looked at. Where the course allows no way back, the page goes to where the sitting stands.
fn see(seat: Seat, course: &str, n: usize) {
    let (id, is_new, stands, count) = seat.desk.with_untracked(|desk| match desk {
        Some(desk) => (
            desk.id(n).map(str::to_owned),
            desk.sitting.current() != n || !desk.sitting.seen(n),
            desk.sitting.current(),
            desk.sitting.len(),
        ),
        None => (None, false, 0, 0),
    });
    let Some(question) = id else { return };
    if is_new && !seat.act(What::See { question }) {
        page::go(
            &Route::Sit(course.to_owned(), Some(stands + 1)).href(),
            true,
        );
        return;
    }
    announce(&format!("Question {} of {count}", n + 1));
}

/// Question `n` of the paper.
fn one(seat: Seat, loaded: Arc<Loaded>, n: usize) -> AnyView {
    let Some((id, order, count, exam)) = seat.desk.with_untracked(|desk| {
        let desk = desk.as_ref()?;
        let item = desk.script.items.get(n)?;
        Some((
            item.question.clone(),
            item.order.clone(),
            desk.sitting.len(),
            desk.is_exam(),
        ))
    }) else {
        return ().into_any();
    };
    let base = loaded.base();
    let html = Html { base: &base };
    let Some(question) = loaded.question(&id) else {
        return ().into_any();
    };
    let stem = question.stem_html(&html);
    let vignette = question.case().map(|case| {
        let text = case.vignette_html(&html);
        view! {
            <details class="tw-case" open>
                <summary class="tw-case__title">"The case"</summary>
                <div class="tw-prose" inner_html=text></div>
            </details>
        }
    });
    let marks = question.marks();
    let error = RwSignal::new(None);
    let told = Memo::new(move |_| {
        seat.desk.with(|desk| {
            desk.as_ref()
                .is_some_and(|desk| desk.sitting.feedback_given(n))
        })
    });
    let body = {
        let (loaded, id) = (loaded.clone(), id.clone());
        move || {
            if told.get() {
                feedback(seat, &loaded, &id, &order, n)
            } else {
                answer_form(seat, &loaded, &id, &order, n, error)
            }
        }
    };
    let course = loaded.course.id().to_owned();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if error.with_untracked(Option::is_some) {
            page::focus("#q-answer, .tw-choices");
        } else if exam || told.get_untracked() {
            onward(seat, &course, n);
        } else if !seat.act(What::Feedback {
            question: id.clone(),
        }) {
            error.set(Some("Answer the question first".to_owned()));
            page::focus("#q-answer, .tw-choices");
        } else {
            page::focus_soon("#feedback");
        }
    };
    let label = move || match (exam, told.get()) {
        (true, _) if n + 1 == count => "Check your answers",
        (true, _) => "Next",
        (false, false) => "Check my answer",
        (false, true) if n + 1 == count => "See the result",
        (false, true) => "Next question",
    };
    let marks_hint =
        (marks > 1).then(|| view! { <p class="tw-hint">{format!("{marks} marks")}</p> });
    view! {
        <form class="tw-question tw-flow" novalidate on:submit=submit>
            {vignette}
            <div class="tw-question__head">
                <h1 class="tw-question__number" id="q-title" tabindex="-1">{format!("Question {} of {count}", n + 1)}</h1>
                {flag(seat, n)}
            </div>
            <div class="tw-prose tw-question__stem" id="q-stem" inner_html=stem></div>
            {marks_hint}
            {body}
            <div class="tw-question__moves">
                {previous(seat, &loaded, n)}
                <button class="tw-button" type="submit">{label}{icon::ON.view()}</button>
            </div>
        </form>
    }
    .into_any()
}

fn flag(seat: Seat, n: usize) -> AnyView {
    let flagged = Memo::new(move |_| {
        seat.desk
            .with(|desk| desk.as_ref().is_some_and(|desk| desk.sitting.flagged(n)))
    });
    let toggle = move |_| {
        let id = seat
            .desk
            .with_untracked(|desk| desk.as_ref().and_then(|desk| desk.id(n).map(str::to_owned)));
        if let Some(question) = id {
            seat.act(if flagged.get_untracked() {
                What::Unflag { question }
            } else {
                What::Flag { question }
            });
        }
    };
    view! {
        <button class="tw-button tw-button--plain" type="button" aria-pressed=move || flagged.get().to_string() on:click=toggle>
            {icon::FLAG.view()}
            "Flag for review"
        </button>
    }
    .into_any()
}

fn previous(seat: Seat, loaded: &Loaded, n: usize) -> AnyView {
    let allowed = seat.desk.with_untracked(|desk| {
        desk.as_ref()
            .is_some_and(|desk| desk.script.terms.may_go_back)
    });
    if n == 0 || !allowed {
        return view! { <span></span> }.into_any();
    }
    let href = Route::Sit(loaded.course.id().to_owned(), Some(n)).href();
    view! { <a class="tw-button tw-button--plain" href=href>{icon::BACK.view()}"Previous"</a> }
        .into_any()
}

/// Goes on from question `n`: to the next, or to the end.
fn onward(seat: Seat, course: &str, n: usize) {
    let (count, exam) = seat.desk.with_untracked(|desk| {
        desk.as_ref()
            .map_or((0, true), |desk| (desk.sitting.len(), desk.is_exam()))
    });
    let course = course.to_owned();
    let next = if n + 1 < count {
        Route::Sit(course, Some(n + 2))
    } else if exam
        || seat
            .desk
            .with_untracked(|desk| desk.as_ref().is_some_and(is_incomplete))
    {
        Route::Check(course)
    } else if let Some(id) = seat.end(What::HandIn) {
        Route::Result(course, id)
    } else {
        return;
    };
    page::go(&next.href(), false);
}

fn is_incomplete(desk: &Desk) -> bool {
    desk.sitting.unanswered().next().is_some()
}

fn answer_form(
    seat: Seat,
    loaded: &Arc<Loaded>,
    id: &str,
    order: &str,
    n: usize,
    error: RwSignal<Option<String>>,
) -> AnyView {
    let base = loaded.base();
    let Some(question) = loaded.question(id) else {
        return ().into_any();
    };
    let response = seat.desk.with_untracked(|desk| {
        desk.as_ref()
            .and_then(|desk| desk.sitting.response(n).cloned())
    });
    let on_answer = {
        let (loaded, id) = (loaded.clone(), id.to_owned());
        Callback::new(move |(response, typed): (Option<Response>, bool)| {
            let refusal = response
                .as_ref()
                .and_then(|response| loaded.question(&id)?.check(response).err());
            let answered = seat.desk.with_untracked(|desk| {
                desk.as_ref()
                    .is_some_and(|desk| desk.sitting.response(n).is_some())
            });
            match (refusal, response) {
                (None, Some(response)) => seat.answer(&id, Some(response), typed),
                // Taking back what was never given is nothing to record.
                _ if answered => seat.answer(&id, None, typed),
                _ => {}
            }
            refusal.map(|refusal| refusal.to_string())
        })
    };
    let slot = Slot {
        order: order.to_owned(),
        response,
        on_answer,
        error,
    };
    question::form(question, &Html { base: &base }, slot)
}

/// What the candidate is told in practice once the answer stands.
fn feedback(seat: Seat, loaded: &Loaded, id: &str, order: &str, n: usize) -> AnyView {
    let base = loaded.base();
    let html = Html { base: &base };
    let Some(question) = loaded.question(id) else {
        return ().into_any();
    };
    let response = seat.desk.with_untracked(|desk| {
        desk.as_ref()
            .and_then(|desk| desk.sitting.response(n).cloned())
    });
    let full = Fraction::from(question.marks());
    let earned = response
        .as_ref()
        .map_or(Fraction::ZERO, |response| question.mark(response))
        * full;
    let fared = Fared::of(earned, full, response.is_some());
    let mark = match fared {
        Fared::Right => icon::RIGHT,
        Fared::Partly => icon::PARTLY,
        _ => icon::WRONG,
    };
    let options = matches!(question.form(), Form::Choices { .. });
    let marked = marked_html(question, &html, order, response.as_ref(), 2, "q");
    view! {
        <div class=format!("tw-notice tw-notice--{}", fared.kind()) id="feedback" tabindex="-1">
            <h2 class="tw-notice__title">{mark.view()}{fared.words()}</h2>
            <p>{marks_text(earned, full)}"."</p>
        </div>
        {options.then(|| view! { <h2 class="tw-visually-hidden">"The options, one by one"</h2> })}
        <div class="tw-flow" inner_html=marked></div>
    }
    .into_any()
}
