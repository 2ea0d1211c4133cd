//! A sitting that another tab or window has; and the script as a file, for when the store does not take it.

use leptos::prelude::{GetUntracked, Track};
use tierwise_engine::script::Script;

use crate::app::framed;
use crate::components::frame::{actions, back, button, column, heading, notice, p};
use crate::platform::dom::{El, el};
use crate::platform::{clock, download, page};
use crate::routes::Route;
use crate::state::library::Loaded;
use crate::state::seat::{self, Desk, Seat};

/// What stands there, and the way to take it over.
#[inline(never)]
pub(crate) fn view(seat: Seat, loaded: &Loaded) -> Vec<El> {
    let course = loaded.course.id();
    let route = Route::Course(course.to_owned());
    let here = seat.look(|desk| desk.script.id.clone());
    let there = seat::peek(course);
    let same = |there: &Desk| here.as_ref().is_none_or(|id| *id == there.script.id);
    let mut parts = vec![back(&route, loaded.course.title())];
    if there.as_ref().is_some_and(same) {
        let taken_over = seat.away.get_untracked() == 2;
        parts.push(heading(if taken_over {
            "This sitting goes on in another tab"
        } else {
            "This sitting is open in another tab or window"
        }));
        let name = course.to_owned();
        parts.push(el("p", "").keep_text(move || {
            seat.saved.track();
            seat::peek(&name).as_ref().map(standing).unwrap_or_default()
        }));
        parts.push(p("Only one of them can write, so that no answer is lost. Go back to the other and close this one, or continue here; the other stops then. The clock of an exam goes on."));
        let name = course.to_owned();
        parts.push(actions(vec![
            button("", "Continue here").on("click", move |_| seat.take_over(&name)),
        ]));
    } else {
        parts.push(heading("This sitting was given up in another tab"));
        parts.push(p(
            "Its record was set aside there, not thrown away. This page writes nothing any more.",
        ));
    }
    if seat.unsaved.get_untracked() == 1 {
        let save = move |_| download_script(seat);
        parts.push(notice(
            true,
            "Not all answers of this page were saved",
            vec![
                p("The other tab or window does not have the last ones. They stand in memory until this page is closed: download the script to keep them."),
                button("tw-button--plain", "Download the script").on("click", save),
            ],
        ));
    }
    framed(&route, vec![column(parts)])
}

fn standing(there: &Desk) -> String {
    format!(
        "It stands at question {} of {}, last saved at {}.",
        there.sitting.current() + 1,
        there.sitting.len(),
        clock::time_of_day(there.script.started + there.sitting.last_at())
    )
}

/// Offers the script of the open sitting as a file.
#[inline(never)]
pub(crate) fn download_script(seat: Seat) {
    if let Some(script) = seat.look(|desk| desk.script.clone()) {
        offer_script(&script);
    }
}

/// What the file of a script is called.
pub(crate) fn file_name(script: &Script) -> String {
    ["tierwise-", &script.course, "-", &script.id, ".json"].concat()
}

/// Offers a script as a file. What was in memory only is safe then: the browser asks no more before it closes the page.
pub(crate) fn offer_script(script: &Script) {
    download::offer(&file_name(script), "application/json", &script.write());
    page::guard(false);
}
