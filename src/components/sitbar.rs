//! The slim bar of a sitting: course, what is saved, the clock, how far one is.

use std::time::Duration;

use leptos::prelude::*;
use tierwise_engine::sitting::What;

use super::icon::tiers;
use crate::platform::page;
use crate::routes::Route;
use crate::state::seat::{Desk, Saved, Seat};

/// The minutes at which the time left is spoken, once each.
const WARNINGS: [u64; 3] = [10, 5, 1];

/// `42:10`, or `1:02:10`.
fn clock_face(left: u64) -> String {
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
pub(crate) fn sitbar() -> AnyView {
    let seat: Seat = expect_context();
    let look = move |look: fn(&Desk) -> String| {
        seat.desk
            .with_untracked(|desk| desk.as_ref().map(look))
            .unwrap_or_default()
    };
    let title = look(|desk| {
        let course = &desk.script.course_title;
        if desk.is_exam() {
            course.clone()
        } else {
            format!("Practice: {course}")
        }
    });
    let left = RwSignal::new(
        seat.desk
            .with_untracked(|desk| desk.as_ref().and_then(Desk::time_left)),
    );
    let spoken = RwSignal::new(String::new());
    let timed = left.get_untracked().is_some();
    if timed {
        let ticking =
            set_interval_with_handle(move || tick(seat, left, spoken), Duration::from_millis(250));
        on_cleanup(move || {
            if let Ok(ticking) = ticking {
                ticking.clear();
            }
        });
    }
    let face = Memo::new(move |_| left.get().map(clock_face).unwrap_or_default());
    let low = Memo::new(move |_| left.get().is_some_and(|left| left <= 10 * 60_000));
    let progress = Memo::new(move |_| {
        seat.desk.with(|desk| {
            desk.as_ref().map_or((0, 1), |desk| {
                let answered = desk.sitting.len() - desk.sitting.unanswered().count();
                (answered, desk.sitting.len())
            })
        })
    });
    view! {
        <header class="tw-sitbar">
            <div class="tw-width tw-sitbar__row">
                <p class="tw-sitbar__course">{tiers("tw-logo")}<span>{title}</span></p>
                <p class="tw-sitbar__saved" class=("tw-sitbar__saved--trouble", move || matches!(seat.saved.get(), Some(Saved::Not(_))))>
                    {move || saved_text(seat)}
                </p>
                {timed.then(|| view! {
                    <p class="tw-timer" class=("tw-timer--low", move || low.get()) role="timer" aria-live="off">
                        {move || face.get()}
                        " left"
                    </p>
                })}
            </div>
            <svg class="tw-bar" viewBox=move || format!("0 0 {} 1", progress.get().1) preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect class="tw-bar__track" width=move || progress.get().1.to_string() height="1"></rect>
                <rect class="tw-bar__fill" width=move || progress.get().0.to_string() height="1"></rect>
            </svg>
            <p class="tw-visually-hidden" role="status" aria-live="polite">{move || spoken.get()}</p>
        </header>
    }
    .into_any()
}

fn saved_text(seat: Seat) -> String {
    match seat.saved.get() {
        Some(Saved::At(time)) => format!("Saved {time}"),
        Some(Saved::Not(error)) => error.message().to_owned(),
        None => String::new(),
    }
}

fn tick(seat: Seat, left: RwSignal<Option<u64>>, spoken: RwSignal<String>) {
    let Some(now) = seat
        .desk
        .try_with_untracked(|desk| desk.as_ref().and_then(Desk::time_left))
        .flatten()
    else {
        return;
    };
    let before = left.get_untracked().unwrap_or(now);
    if now.div_ceil(1000) != before.div_ceil(1000) || now == 0 {
        left.set(Some(now));
    }
    for minutes in WARNINGS {
        let mark = minutes * 60_000;
        if before > mark && now <= mark {
            spoken.set(format!(
                "{minutes} minute{} left",
                if minutes == 1 { "" } else { "s" }
            ));
        }
    }
    if now == 0 {
        let course = seat
            .desk
            .with_untracked(|desk| desk.as_ref().map(|desk| desk.script.course.clone()));
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
