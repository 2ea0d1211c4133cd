//! The slim bar of a sitting: course, what is saved, the clock, how far one is.

use std::time::Duration;

use leptos::prelude::*;
use tierwise_engine::sitting::What;

use super::conditions;
use super::frame::button;
use super::icon::LOGO;
use crate::pages::elsewhere;
use crate::platform::dom::{El, el};
use crate::platform::page;
use crate::routes::Route;
use crate::state::presence::{attend, was_away};
use crate::state::seat::{Desk, Seat};
use crate::state::state;

/// The minutes at which the time left is spoken, once each.
const WARNINGS: [usize; 3] = [10, 5, 1];

/// `42:10`, or `1:02:10`.
pub(super) fn clock_face(left: usize) -> String {
    // The second that is running counts as left.
    let seconds = left.div_ceil(1000);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// The bar. It also hands in when time is up, since it alone watches the clock.
pub(crate) fn sitbar() -> El {
    let seat = state().seat;
    attend(seat, page::is_shown());
    let at_first = seat.look(|desk| desk.time_left()).flatten();
    // Milliseconds, at least to the second.
    let left = RwSignal::new(at_first.unwrap_or_default() as usize);
    let spoken = RwSignal::new(String::new());
    let title = seat
        .look(|desk| {
            let practice = if desk.is_exam() { "" } else { "Practice: " };
            [practice, &desk.script.course_title].concat()
        })
        .unwrap_or_default();
    let saved = el("p", "tw-sitbar__saved")
        .keep_class("tw-sitbar__saved--trouble", move || seat.unsaved.get() == 1)
        .keep_text(move || seat.saved.get());
    let keep = button("tw-button--plain tw-sitbar__keep", "Download the script")
        .keep_prop("hidden", move || seat.unsaved.get() == 0)
        .on("click", move |_| elsewhere::download_script(seat));
    let timer = at_first.map(|_| {
        let handle =
            set_interval_with_handle(move || tick(seat, left, spoken), Duration::from_millis(250));
        on_cleanup(move || {
            if let Ok(handle) = handle {
                handle.clear();
            }
        });
        el("p", "tw-timer")
            .attr("role", "timer")
            .attr("aria-live", "off")
            .keep_class("tw-timer--low", move || left.get() <= 10 * 60_000)
            .keep_text(move || clock_face(left.get()) + " left")
    });
    let pausable =
        |desk: &Desk| desk.is_exam() && desk.script.terms.may_pause && !desk.sitting.is_paused();
    let pausable = seat.look(pausable) == Some(true);
    let away = move || {
        let away = seat.desk.with(|desk| desk.as_ref().and_then(was_away));
        away.map(conditions::absence).unwrap_or_default()
    };
    let note = el("p", "tw-width").attr("role", "status").keep_text(away);
    let course = el("p", "tw-sitbar__course")
        .html(LOGO)
        .child(el("span", "").text(&title));
    let row = el("div", "tw-width tw-sitbar__row")
        .child(course)
        .child(saved)
        .child(keep)
        .maybe(timer)
        .maybe(pausable.then(|| conditions::pause_button(seat)));
    let announcer = el("p", "tw-visually-hidden")
        .attr("role", "status")
        .attr("aria-live", "polite")
        .keep_text(move || spoken.get());
    let of_store = el("p", "tw-visually-hidden")
        .attr("role", "status")
        .keep_text(move || seat.said.get());
    el("header", "tw-sitbar")
        .child(row)
        .child(el("div", "tw-sitbar__note").child(note))
        .child(progress(seat))
        .child(announcer)
        .child(of_store)
}

/// How many questions are answered, as a bar.
fn progress(seat: Seat) -> El {
    let answered = Memo::new(move |_: Option<&usize>| {
        seat.desk.with(|desk| {
            desk.as_ref().map_or(0, |desk| {
                desk.sitting.len() - desk.sitting.unanswered().count()
            })
        })
    });
    let count = seat.look(|desk| desk.sitting.len()).unwrap_or(1);
    let bar = move || {
        let answered = answered.get();
        let html = format!(
            "<svg class=\"tw-bar\" viewBox=\"0 0 {count} 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">\
<rect class=\"tw-bar__track\" width=\"{count}\" height=\"1\"/><rect class=\"tw-bar__fill\" width=\"{answered}\" height=\"1\"/></svg>"
        );
        vec![el("div", "").html(&html)]
    };
    el("div", "").live(bar)
}

fn tick(seat: Seat, left: RwSignal<usize>, spoken: RwSignal<String>) {
    seat.note_jump();
    let Some(now) = seat.look(|desk| desk.time_left()).flatten() else {
        return;
    };
    let now = now as usize;
    // A bar that is gone counts no more, even if its interval should outlast it.
    let Some(before) = left.try_get_untracked() else {
        return;
    };
    if now.div_ceil(1000) != before.div_ceil(1000) || now == 0 {
        left.set(now);
    }
    for minutes in WARNINGS {
        let mark = minutes * 60_000;
        if before > mark && now <= mark {
            let plural = if minutes == 1 { "" } else { "s" };
            spoken.set(format!("{minutes} minute{plural} left"));
        }
    }
    if now == 0 {
        let course = seat.look(|desk: &Desk| desk.script.course.clone());
        if let (Some(course), Some(id)) = (course, seat.end(What::TimeOut)) {
            page::go(&Route::Result(course, id).href(), true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_s_face() {
        assert_eq!(clock_face(60 * 60_000), "1:00:00");
        assert_eq!(clock_face(42 * 60_000 + 10_000), "42:10");
        assert_eq!(clock_face(59_001), "1:00");
        assert_eq!(clock_face(1), "0:01");
        assert_eq!(clock_face(0), "0:00");
    }
}
