//! All that is kept of the candidate, as a whole: to be copied, brought in elsewhere, and erased.

use tierwise_engine::archive::{Change, Entry, Kind, Step};

use super::history::{History, done, open};
use super::state;
use super::writer::MOVED;
use crate::platform::journal;
use crate::platform::storage::{self, StoreError};

/// Everything, by key; what the store did not take stands in it as if it had.
#[inline(never)]
pub(crate) fn entries() -> Vec<Entry> {
    // What the page notes of this browser is nothing of the candidate's.
    let stored = storage::keys("").into_iter();
    let mut all: Vec<Entry> = stored
        .filter(|key| !storage::NOTES.contains(&key.as_str()))
        .filter_map(|key| storage::get(&key).map(|text| (key, text)))
        .collect();
    let mut put = |key: String, text: String| {
        all.retain(|(known, _)| *known != key);
        all.push((key, text));
    };
    let seat = state().seat;
    if seat.is_unsaved() {
        seat.look(|desk| put(open(&desk.script.course), desk.script.write()));
    }
    for script in state().history.unsaved() {
        put(done(&script.course, &script.id), script.write());
    }
    all.sort_unstable();
    all
}

/// Takes these steps of an archive, all of them or none.
///
/// # Errors
/// [`StoreError`] when the store is absent or full; then all stands as it did.
#[inline(never)]
pub(crate) fn bring_in(steps: &[&Step]) -> Result<(), StoreError> {
    let changes: Vec<Change> = steps
        .iter()
        .flat_map(|step| step.changes.iter().cloned())
        .collect();
    // Other pages hear of it, and then of the end, in this order.
    let _ = storage::set(MOVED, "1");
    let changed = storage::change(&changes);
    storage::remove(MOVED);
    changed?;
    for course in changes.iter().filter_map(|it| it.key.strip_prefix("open.")) {
        // Or what it holds would be put in its place.
        journal::remove(course);
    }
    for step in steps {
        if let (Kind::Ended, Some(script)) = (step.kind, &step.script) {
            History::note_unmarked(script);
        }
    }
    // What the page holds of what was changed, it holds no longer.
    let seat = state().seat;
    let is_changed = |key: &str| changes.iter().any(|change| change.key == key);
    if seat.look(|desk| is_changed(&open(&desk.script.course))) == Some(true) {
        seat.forget();
    }
    if is_changed("theme") {
        let theme = storage::get("theme").unwrap_or_default();
        state().theme.set(&theme);
    }
    Ok(())
}

/// Erases everything from the store and from the page.
#[inline(never)]
pub(crate) fn erase() {
    state().seat.forget();
    state().history.forget();
    let _ = storage::set(MOVED, "1");
    state().theme.set("");
    for key in storage::keys("").into_iter().filter(|key| key != MOVED) {
        storage::remove(&key);
    }
    storage::remove(MOVED);
    journal::erase();
}
