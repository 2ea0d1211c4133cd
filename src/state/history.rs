//! The sittings that ended on this device.

use leptos::prelude::*;
use tierwise_engine::json;
use tierwise_engine::marking::{self, Marked};
use tierwise_engine::profile::{self, Profile};
use tierwise_engine::result::{Outcome, Verdict, result};
use tierwise_engine::script::Script;
use tierwise_engine::sitting::{Event, Mode, What};

use super::library::Loaded;
use crate::platform::clock;
use crate::platform::storage::{self, StoreError};

/// What the list of earlier results says of a sitting: the first fields of a [`profile::Summary`], of which the course page needs no more.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Summary {
    /// The script's id.
    pub(crate) id: String,
    /// `exam` or `practice`, as a candidate reads it.
    pub(crate) mode: String,
    /// Milliseconds since 1970.
    pub(crate) started: u64,
    /// Marks, as a percentage of the full marks, to the nearest whole number.
    pub(crate) percent: u32,
    /// In words; empty while the marks have not been worked out here.
    pub(crate) verdict: String,
}

impl Summary {
    fn read(json: &str) -> Result<Self, json::Error> {
        let object = json::read_object(json)?;
        let (id, mode, verdict) = (
            object.text("id")?,
            object.text("mode")?,
            object.text("verdict")?,
        );
        let (started, percent) = (object.u64("started")?, object.u32("percent")?);
        Ok(Self {
            id: id.to_owned(),
            mode: mode.to_owned(),
            started,
            percent,
            verdict: verdict.to_owned(),
        })
    }
}

/// The word for a verdict.
pub(crate) fn verdict_word(verdict: Verdict) -> &'static str {
    verdict.words()
}

/// Ended sittings: in the store, and the last ones in memory too, in case the store took nothing.
#[derive(Clone, Copy)]
pub(crate) struct History {
    unsaved: StoredValue<Vec<(Script, StoreError)>>,
}

impl History {
    pub(crate) fn new() -> Self {
        Self {
            unsaved: StoredValue::new(Vec::new()),
        }
    }

    /// Keeps an ended sitting in place of its record as an open one, which goes only once the other stands. A full store may have room for one
    /// of the two: then the open one makes room, and comes back if that was not enough.
    ///
    /// # Errors
    /// [`StoreError`] when it stands in memory only.
    pub(crate) fn keep(self, script: &Script) -> Result<(), StoreError> {
        let (open, done) = (open(&script.course), done(&script.course, &script.id));
        let text = script.write();
        if storage::set(&done, &text).is_ok() {
            storage::remove(&open);
            return Ok(());
        }
        let before = storage::get(&open);
        storage::remove(&open);
        if let Err(error) = storage::set(&done, &text) {
            if let Some(before) = before {
                // It fits where it stood a moment ago.
                let _ = storage::set(&open, &before);
            }
            self.unsaved
                .update_value(|unsaved| unsaved.push((script.clone(), error)));
            return Err(error);
        }
        Ok(())
    }

    /// Whether any of them stands in memory only.
    pub(crate) fn has_unsaved(self) -> bool {
        self.unsaved.with_value(|unsaved| !unsaved.is_empty())
    }

    /// Adds to the record of an ended sitting what may still happen then: that a person gives marks.
    ///
    /// # Errors
    /// What to tell the candidate, when it cannot be.
    pub(crate) fn add(self, course: &str, id: &str, what: What) -> Result<(), String> {
        let (mut script, _) = self.script(course, id)?;
        let mut sitting = script.sitting().map_err(|error| error.to_string())?;
        // The device's clock may have been put back since.
        let at = clock::now().saturating_sub(script.started);
        let at = at.max(sitting.last_at());
        script
            .append(&mut sitting, Event { at, what })
            .map_err(|refused| refused.to_string())?;
        let stored = storage::set(&done(course, id), &script.write());
        self.unsaved.update_value(|unsaved| {
            unsaved.retain(|(script, _)| script.id != id);
            if let Err(error) = stored {
                unsaved.push((script, error));
            }
        });
        // It may have stood where it was open; the record there is now behind.
        let is_this = |text: String| Script::read(&text).is_ok_and(|script| script.id == id);
        if stored.is_ok() && storage::get(&open(course)).is_some_and(is_this) {
            storage::remove(&open(course));
        }
        Ok(())
    }

    /// Notes what a sitting that ended `ended` milliseconds after its start came to. Advice only: nothing is lost when the store does not take it.
    /// Returns it.
    pub(crate) fn note(
        script: &Script,
        ended: u64,
        marked: &[Marked],
        outcome: &Outcome,
    ) -> profile::Summary {
        let summary = profile::Summary::of(script, ended, marked, outcome);
        let key = sum(&script.course, &script.id);
        let text = summary.write();
        if storage::get(&key).as_ref() != Some(&text) {
            let _ = storage::set(&key, &text);
        }
        summary
    }

    /// Notes the sittings of a course of which nothing is noted, or no more than older releases did. What cannot be marked, since its banks are not
    /// at hand any more, stays as it is.
    #[inline(never)]
    pub(crate) fn refresh(loaded: &Loaded) {
        let course = loaded.course.id();
        for key in storage::keys(&done(course, "")) {
            let id = key.rsplit('.').next().unwrap_or_default();
            let noted = storage::get(&sum(course, id));
            if noted.is_some_and(|text| text.starts_with("{\"tierwise\"")) {
                continue;
            }
            let script = storage::get(&key).and_then(|text| Script::read(&text).ok());
            let Some(script) = script else { continue };
            let end = script.sitting().ok().and_then(|sitting| sitting.ended());
            if let Some(end) = end
                && let Ok(marked) = marking::mark(&script, &loaded.banks)
            {
                let outcome = result(&marked, script.pass_percent);
                Self::note(&script, end.at(), &marked, &outcome);
            }
        }
    }

    /// What is known, as of now: in one course or, without one, in all of them. Made from the summaries alone.
    #[inline(never)]
    pub(crate) fn profile(course: Option<&str>) -> Profile {
        let prefix = match course {
            Some(course) => sum(course, ""),
            None => "sum.".to_owned(),
        };
        let mut sittings = Vec::new();
        for key in storage::keys(&prefix) {
            let course = key.split('.').nth(1).unwrap_or_default();
            let text = storage::get(&key).unwrap_or_default();
            sittings.extend(profile::Summary::read(course, &text));
        }
        Profile::new(&sittings, clock::now())
    }

    /// Those that the store did not take.
    pub(crate) fn unsaved(self) -> Vec<Script> {
        let scripts = |unsaved: &Vec<(Script, StoreError)>| {
            unsaved.iter().map(|(it, _)| it.clone()).collect()
        };
        self.unsaved.with_value(scripts)
    }

    /// Forgets those that the store did not take.
    pub(crate) fn forget(self) {
        self.unsaved.set_value(Vec::new());
    }

    /// Notes an ended sitting whose marks have not been worked out here, unless more is known of it.
    pub(crate) fn note_unmarked(script: &Script) {
        let key = sum(&script.course, &script.id);
        if storage::get(&key).is_none() {
            // What older releases noted; the rest comes once the banks are at hand.
            let mut out = json::Writer::default();
            out.open('{');
            out.text_field("id", &script.id);
            out.text_field("mode", mode_word(script));
            out.whole_field("started", script.started);
            out.whole_field("percent", 0);
            out.text_field("verdict", "");
            out.close('}');
            let _ = storage::set(&key, &out.finish());
        }
    }

    /// What earlier sittings of a course came to, the latest first.
    pub(crate) fn summaries(course: &str) -> Vec<Summary> {
        // Ids begin with the time, so their order is that of the sittings.
        let keys = storage::keys(&sum(course, ""));
        keys.iter()
            .rev()
            .filter_map(|key| Summary::read(&storage::get(key)?).ok())
            .collect()
    }

    /// How many exams of a course were begun on this device: those that ended, those that were given up, and the open one. What cannot be read
    /// counts for the candidate.
    #[inline(never)]
    pub(crate) fn exams(self, course: &str) -> u32 {
        let (open, ended) = (open(course), done(course, ""));
        let mut ids = Vec::new();
        self.unsaved.with_value(|unsaved| {
            for (script, _) in unsaved {
                note_exam(&mut ids, course, script);
            }
        });
        for key in storage::keys("") {
            // What was set aside keeps its key behind its number.
            let aside = key
                .strip_prefix("aside.")
                .and_then(|key| key.split_once('.'));
            let name = aside.map_or(key.as_str(), |(_, name)| name);
            if name != open && !name.starts_with(&ended) {
                continue;
            }
            if let Some(Ok(script)) = storage::get(&key).map(|text| Script::read(&text)) {
                note_exam(&mut ids, course, &script);
            }
        }
        ids.len() as u32
    }

    /// The script of an ended sitting, and the error that kept it out of the store, if any.
    ///
    /// # Errors
    /// What to tell the candidate, when there is none or it cannot be read.
    pub(crate) fn script(
        self,
        course: &str,
        id: &str,
    ) -> Result<(Script, Option<StoreError>), String> {
        let unsaved = self.unsaved.with_value(|unsaved| {
            unsaved
                .iter()
                .find(|(script, _)| script.id == id)
                .map(|(script, error)| (script.clone(), Some(*error)))
        });
        if let Some(found) = unsaved {
            return Ok(found);
        }
        if let Some(text) = storage::get(&done(course, id)) {
            return Script::read(&text)
                .map(|script| (script, None))
                .map_err(|error| error.to_string());
        }
        // An ended one that found no room among the others stands where it was open.
        let open = storage::get(&open(course)).and_then(|text| Script::read(&text).ok());
        open.filter(|script| script.id == id)
            .map(|script| (script, None))
            .ok_or_else(|| "This browser keeps no such result. It may have been erased, or belong to another device.".to_owned())
    }
}

/// Notes the id of a script, if it is of an exam of the course and new.
fn note_exam(ids: &mut Vec<String>, course: &str, script: &Script) {
    let counts = script.terms.mode == Mode::Exam && script.course == course;
    if counts && !ids.contains(&script.id) {
        ids.push(script.id.clone());
    }
}

/// Where the script of the open sitting of a course is kept.
pub(crate) fn open(course: &str) -> String {
    format!("open.{course}")
}

/// Where the script of an ended sitting is kept.
pub(crate) fn done(course: &str, id: &str) -> String {
    format!("done.{course}.{id}")
}

/// Where what an ended sitting came to is noted; without an id what all such keys of the course begin with.
fn sum(course: &str, id: &str) -> String {
    ["sum.", course, ".", id].concat()
}

/// What a sitting is called.
pub(crate) fn mode_word(script: &Script) -> &'static str {
    match script.terms.mode {
        tierwise_engine::sitting::Mode::Exam => "Exam",
        tierwise_engine::sitting::Mode::Practice => "Practice",
    }
}
