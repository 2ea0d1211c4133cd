//! The sittings that ended on this device.

use leptos::prelude::*;
use tierwise_engine::json::{self, Writer};
use tierwise_engine::result::{Outcome, Verdict};
use tierwise_engine::script::Script;

use crate::components::scale::per_mille;
use crate::platform::storage::{self, StoreError};

/// What the list of earlier results says of a sitting without its banks at hand. The marks themselves are always derived from the script.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Summary {
    /// The script's id.
    pub(crate) id: String,
    /// `exam` or `practice`, as a candidate reads it.
    pub(crate) mode: String,
    /// Milliseconds since 1970.
    pub(crate) started: u64,
    /// Marks, as thousandths of the full marks.
    pub(crate) per_mille: u32,
    /// In words.
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
        let (started, per_mille) = (object.u64("started")?, object.u32("per_mille")?);
        Ok(Self {
            id: id.to_owned(),
            mode: mode.to_owned(),
            started,
            per_mille,
            verdict: verdict.to_owned(),
        })
    }

    fn write(&self) -> String {
        let mut out = Writer::default();
        out.open('{');
        out.text_field("id", &self.id);
        out.text_field("mode", &self.mode);
        out.whole_field("started", self.started);
        out.whole_field("per_mille", self.per_mille.into());
        out.text_field("verdict", &self.verdict);
        out.close('}');
        out.finish()
    }
}

/// The word for a verdict.
pub(crate) fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "Pass",
        Verdict::BorderlinePass => "Borderline pass",
        Verdict::BorderlineFail => "Borderline fail",
        Verdict::Fail => "Fail",
    }
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

    /// Keeps an ended sitting.
    pub(crate) fn keep(self, script: &Script) {
        if let Err(error) = storage::set(&done(&script.course, &script.id), &script.write()) {
            self.unsaved
                .update_value(|unsaved| unsaved.push((script.clone(), error)));
        }
    }

    /// Notes what a sitting came to. Advice only: nothing is lost when the store does not take it.
    pub(crate) fn note(script: &Script, outcome: &Outcome) {
        let summary = Summary {
            id: script.id.clone(),
            mode: mode_word(script).to_owned(),
            started: script.started,
            per_mille: per_mille(outcome.total.earned, outcome.total.full),
            verdict: verdict_word(outcome.verdict).to_owned(),
        };
        let key = format!("sum.{}.{}", script.course, script.id);
        if storage::get(&key).is_none() {
            let _ = storage::set(&key, &summary.write());
        }
    }

    /// What earlier sittings of a course came to, the latest first.
    pub(crate) fn summaries(course: &str) -> Vec<Summary> {
        // Ids begin with the time, so their order is that of the sittings.
        let keys = storage::keys(&format!("sum.{course}."));
        keys.iter()
            .rev()
            .filter_map(|key| Summary::read(&storage::get(key)?).ok())
            .collect()
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
        let text = storage::get(&done(course, id))
            .ok_or("This browser keeps no such result. It may have been erased, or belong to another device.")?;
        Script::read(&text)
            .map(|script| (script, None))
            .map_err(|error| error.to_string())
    }
}

/// Where the script of an ended sitting is kept.
pub(crate) fn done(course: &str, id: &str) -> String {
    format!("done.{course}.{id}")
}

/// What a sitting is called.
pub(crate) fn mode_word(script: &Script) -> &'static str {
    match script.terms.mode {
        tierwise_engine::sitting::Mode::Exam => "Exam",
        tierwise_engine::sitting::Mode::Practice => "Practice",
    }
}
