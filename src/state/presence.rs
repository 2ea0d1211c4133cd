//! Whether the candidate is at the page of the exam. That it is left is noted, with the time; nothing else is watched.

use tierwise_engine::sitting::What;

use super::seat::{Desk, Seat};
use crate::platform::page;
use crate::routes::Route;

/// Notes in an exam that its page is left, or shown again: `shown` says whether this window is. Another page of the app is another page too.
/// While the clock is stopped the candidate may be where they like.
pub(crate) fn attend(seat: Seat, shown: bool) {
    let change = seat.look(|desk| {
        if !desk.is_exam() || desk.sitting.is_paused() {
            return None;
        }
        let here = match Route::parse(&page::fragment()) {
            Route::Sit(course, _) | Route::Check(course) => shown && course == desk.script.course,
            _ => false,
        };
        match (desk.sitting.is_away(), here) {
            (false, false) => Some(What::Leave),
            (true, true) => Some(What::Return),
            _ => None,
        }
    });
    if let Some(what) = change.flatten() {
        seat.act(what);
    }
}

/// For how many milliseconds the page had been left when the candidate came back to it; nothing once they go on to another question.
pub(crate) fn was_away(desk: &Desk) -> Option<u64> {
    let mut back = None;
    for event in desk.script.events.iter().rev() {
        match (&event.what, back) {
            (What::See { .. } | What::Pause, None) => return None,
            (What::Return, None) => back = Some(event.at),
            (What::Leave, Some(at)) => return Some(at - event.at),
            _ => {}
        }
    }
    None
}
