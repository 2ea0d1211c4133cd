//! The seat: where the one open sitting is.

use leptos::prelude::*;
use tierwise_engine::paper::Paper;
use tierwise_engine::question::Response;
use tierwise_engine::script::{Mismatch, Script};
use tierwise_engine::sitting::{Event, Mode, Sitting, Terms, What};

use super::history::{History, done, open};
use super::library::Loaded;
use super::state;
use crate::platform::clock::{self, Stopwatch};
use crate::platform::lock::Ask;
use crate::platform::storage::{self, StoreError};
use crate::platform::{journal, page};
use crate::routes::Route;

/// A sitting that is going on.
#[derive(Clone, Debug)]
pub(crate) struct Desk {
    pub(crate) script: Script,
    pub(crate) sitting: Sitting,
    pub(crate) watch: Stopwatch,
    /// The script as this page last read or wrote it in the store; empty before.
    pub(super) written: String,
}

impl Desk {
    /// The id of the question at `n` of the paper's order.
    pub(crate) fn id(&self, n: usize) -> Option<&str> {
        self.script.items.get(n).map(|item| item.question.as_str())
    }

    pub(crate) fn is_exam(&self) -> bool {
        self.script.terms.mode == Mode::Exam
    }

    /// Milliseconds left by the stopwatch; `None` when it is untimed.
    pub(crate) fn time_left(&self) -> Option<u64> {
        self.sitting.time_left(self.watch.elapsed())
    }
}

/// Keys struck within this many milliseconds of each other are one answer.
const TYPING: u64 = 5_000;

/// The question that an event answers or clears.
fn answered(event: &Event) -> Option<&str> {
    match &event.what {
        What::Answer { question, .. } | What::Clear { question } => Some(question),
        _ => None,
    }
}

/// Why an open sitting cannot go on.
#[derive(Clone, Debug)]
pub(crate) enum Stopped {
    /// There is none.
    None,
    /// The course's banks are not those that the paper was drawn from.
    Banks(Mismatch),
    /// The record could not be read; it was set aside.
    SetAside,
}

/// The open sitting, and what became of its last change.
#[derive(Clone, Copy)]
pub(crate) struct Seat {
    pub(crate) desk: RwSignal<Option<Desk>>,
    /// What became of the last change, in words; nothing before the first.
    pub(crate) saved: RwSignal<String>,
    /// 1 while the last change stands in memory only.
    pub(crate) unsaved: RwSignal<usize>,
    /// What is said aloud of the store, when something of it changes.
    pub(crate) said: RwSignal<String>,
    /// 1 while another page has the sitting, 2 once one has taken it over from this one. Everything is drawn anew when it is set.
    pub(crate) away: RwSignal<usize>,
    pub(super) history: History,
}

impl Seat {
    pub(crate) fn new(history: History) -> Self {
        Self {
            desk: RwSignal::new(None),
            saved: RwSignal::new(String::new()),
            unsaved: RwSignal::new(0),
            said: RwSignal::new(String::new()),
            away: RwSignal::new(0),
            history,
        }
    }

    /// Looks at the open sitting, if there is one, without being told of its changes.
    pub(crate) fn look<T>(self, look: impl FnOnce(&Desk) -> T) -> Option<T> {
        self.desk
            .try_with_untracked(|desk| desk.as_ref().map(look))
            .flatten()
    }

    /// Begins a sitting and stores it.
    pub(crate) fn begin(self, loaded: &Loaded, paper: Paper, terms: Terms, candidate: &str) {
        let started = clock::now();
        let candidate = Some(candidate.trim().to_owned()).filter(|name| !name.is_empty());
        let script = Script::begin(
            id_of(started),
            &loaded.course,
            &loaded.banks,
            paper,
            terms,
            started,
            candidate,
        );
        let questions = script.items.iter().map(|item| item.question.clone());
        let sitting = Sitting::new(terms, questions.collect());
        self.desk.set(Some(Desk {
            watch: Stopwatch::resume(started, 0, std::iter::empty()),
            script,
            sitting,
            written: String::new(),
        }));
        storage::ask_to_keep();
        // A sitting of the course that is open elsewhere has been given up by this one.
        self.claim(loaded.course.id(), Ask::Steal);
        self.save();
    }

    /// Sits down again: takes the open sitting of the course from memory or the store.
    ///
    /// # Errors
    /// [`Stopped`] says why not.
    pub(crate) fn resume(self, loaded: &Loaded) -> Result<(), Stopped> {
        let course = loaded.course.id();
        let at_hand =
            |desk: &Option<Desk>| matches!(desk, Some(desk) if desk.script.course == course);
        if !self.desk.with_untracked(at_hand) {
            let desk = stored(course)?;
            self.desk.set(Some(desk));
            self.saved.set(String::new());
            self.tell_unsaved(false);
        } else if !self.may_write() {
            // The candidate was at another page; the sitting may have been gone on with elsewhere.
            self.catch_up();
        }
        let matches = self
            .desk
            .with_untracked(|desk| desk.as_ref().map(|desk| desk.script.matches(&loaded.banks)));
        match matches {
            Some(Err(mismatch)) => Err(Stopped::Banks(mismatch)),
            Some(Ok(())) => Ok(()),
            None => Err(Stopped::None),
        }
    }

    /// Lets something happen in the sitting, and stores it. An event that the sitting refuses changes nothing: false.
    pub(crate) fn act(self, what: What) -> bool {
        self.record(what, |_| {})
    }

    /// Takes a response, or takes it back when there is none. While the candidate types, each change takes the place of the one before in the
    /// record, so that it has a line an answer and not a line a key.
    pub(crate) fn answer(self, question: &str, response: Option<Response>, typed: bool) {
        let question = question.to_owned();
        let what = match response {
            Some(response) => What::Answer { question, response },
            None => What::Clear { question },
        };
        self.record(what, |events| {
            if let [.., before, last] = events.as_slice()
                && typed
                && last.at - before.at < TYPING
                && answered(before).is_some()
                && answered(before) == answered(last)
            {
                events.remove(events.len() - 2);
            }
        });
    }

    fn record(self, what: What, tidy: impl FnOnce(&mut Vec<Event>)) -> bool {
        if self.may_write() {
            self.catch_up();
        }
        if self.away.get_untracked() > 0 {
            return false;
        }
        self.note_jump();
        let mut taken = false;
        self.desk.update(|desk| {
            if let Some(desk) = desk {
                let at = desk.watch.elapsed();
                taken = desk
                    .script
                    .append(&mut desk.sitting, Event { at, what })
                    .is_ok();
                if taken {
                    tidy(&mut desk.script.events);
                }
            }
        });
        if taken {
            self.save();
        }
        taken
    }

    /// Notes it in the record when the device's clock has jumped.
    pub(crate) fn note_jump(self) {
        let mut jump = None;
        self.desk.update_untracked(|desk| {
            jump = desk.as_mut().and_then(|desk| desk.watch.take_jump());
        });
        if let Some(by) = jump {
            self.act(What::Clock { by });
        }
    }

    /// Ends the sitting and keeps its script; returns the script's id.
    pub(crate) fn end(self, what: What) -> Option<String> {
        if !self.may_write() || !self.act(what) {
            return None;
        }
        let script = self
            .desk
            .with_untracked(|desk| desk.as_ref().map(|desk| desk.script.clone()))?;
        let unsaved = self.history.keep(&script).is_err();
        self.tell_unsaved(unsaved);
        self.desk.set(None);
        Some(script.id)
    }

    /// Leaves the open sitting of a course for good; its record is set aside, not lost.
    ///
    /// # Errors
    /// [`StoreError`] when there is no room to set it aside; then it stays.
    pub(crate) fn abandon(self, course: &str) -> Result<(), StoreError> {
        storage::set_aside(&open(course))?;
        journal::remove(course);
        self.desk.set(None);
        Ok(())
    }

    /// Whether the last change of the open sitting stands in memory only.
    pub(crate) fn is_unsaved(self) -> bool {
        self.unsaved.get_untracked() == 1
    }

    /// Forgets the open sitting, whatever became of its record.
    pub(crate) fn forget(self) {
        self.desk.set(None);
        self.saved.set(String::new());
        self.unsaved.set(0);
    }

    /// Takes up what another page of the same sitting has stored since, so that neither writes over the other's answers; says whether it did.
    pub(super) fn catch_up(self) -> bool {
        let ended = self.look(|desk| {
            let Script { course, id, .. } = &desk.script;
            storage::get(&done(course, id))
                .is_some()
                .then(|| Route::Result(course.clone(), id.clone()))
        });
        if let Some(result) = ended.flatten() {
            self.desk.set(None);
            page::go(&result.href(), true);
            return true;
        }
        let mut gone = false;
        let theirs = self.look(|desk| {
            let text = storage::get(&open(&desk.script.course));
            gone = text.is_none() && !desk.written.is_empty();
            let text = text?;
            // Ours, as nearly always: nothing to read.
            if text == desk.written {
                return None;
            }
            let theirs = read(&text, &desk.script.course)?;
            let ahead = theirs.script.id == desk.script.id
                && theirs.sitting.last_at() > desk.sitting.last_at();
            ahead.then_some(theirs)
        });
        if gone {
            self.find_gone();
        }
        let theirs = theirs.flatten();
        let found = theirs.is_some();
        if found {
            self.desk.set(theirs);
        }
        found
    }

    /// Stores the script as it stands, once this page may.
    pub(super) fn save(self) {
        let Some(write) = self.next_write() else {
            return;
        };
        let mut result = None;
        self.desk.update_untracked(|desk| {
            if let Some(desk) = desk {
                let text = desk.script.write();
                let Script { course, id, .. } = &desk.script;
                let stored = storage::set(&open(course), &text);
                let entry = [course, "\n", id, "\n", &text].concat();
                self.journal(write, course.clone(), entry, stored.is_ok());
                if stored.is_ok() {
                    desk.written = text;
                }
                result = Some(stored);
            }
        });
        if let Some(result) = result {
            if let Err(error) = result {
                self.saved.set(error.message().to_owned());
            }
            self.tell_unsaved(result.is_err());
        }
    }
}

/// The open sitting of a course as it stands in the store; `None` when there is none, or none that can be read.
pub(crate) fn peek(course: &str) -> Option<Desk> {
    read(&storage::get(&open(course))?, course).filter(|desk| desk.sitting.ended().is_none())
}

pub(super) fn read(text: &str, course: &str) -> Option<Desk> {
    let script = Script::read(text).ok()?;
    let sitting = script.sitting().ok()?;
    (script.course == course).then(|| Desk {
        watch: Stopwatch::resume(script.started, sitting.last_at(), jumps(&script)),
        script,
        sitting,
        written: text.to_owned(),
    })
}

/// Takes the open sitting of a course from the store. A record that cannot be read is set aside.
///
/// # Errors
/// [`Stopped`] when there is none, or it was set aside.
pub(crate) fn stored(course: &str) -> Result<Desk, Stopped> {
    let text = storage::get(&open(course)).ok_or(Stopped::None)?;
    match read(&text, course) {
        // It ended when the store had no room for it among the ended ones.
        Some(desk) if desk.sitting.ended().is_some() => {
            // Where there is no room now either, it is in memory and stays where it is.
            let _ = state().history.keep(&desk.script);
            Err(Stopped::None)
        }
        Some(desk) => Ok(desk),
        None => {
            super::writer::note_damaged(course);
            // No room for the copy: the record stays where it is, and the candidate is told either way.
            let _ = storage::set_aside(&open(course));
            Err(Stopped::SetAside)
        }
    }
}

/// An id for a sitting: its start in base 36, which also sorts.
fn id_of(started: u64) -> String {
    let mut rest = started;
    let mut digits = Vec::new();
    while rest > 0 {
        digits.push(char::from_digit((rest % 36) as u32, 36).unwrap_or('0'));
        rest /= 36;
    }
    digits.iter().rev().collect()
}

/// By how much the device's clock was seen to jump in a sitting.
fn jumps(script: &Script) -> impl Iterator<Item = i64> + '_ {
    script.events.iter().filter_map(|event| match event.what {
        What::Clock { by } => Some(by),
        _ => None,
    })
}
