//! The record of one sitting: all that marking it again needs, years later and on any machine.

use std::fmt;

use crate::bank::Bank;
use crate::course::Course;
use crate::json::{self, Object, Writer};
use crate::paper::{GENERATOR, Item, Paper, Seed};
use crate::question::MOST_PARTS;
use crate::sitting::{Event, Refused, Sitting, Terms, What};
use crate::sorted::by_text;

/// The newest version of the record; this release reads it and those before it. Version 2 adds the event `award`; version 3 the events
/// `confidence`, `clock` and `take-over`, and the term `confidence`. A script is of the lowest version that has all that is in it, so that older
/// releases read all that they understand, and say of the rest that it is newer.
pub const VERSION: u32 = 3;
/// The most questions that a script can have.
const MOST_ITEMS: usize = crate::course::MOST_QUESTIONS as usize;
/// The most events that a script can have. The last place is kept for the end.
const MOST_EVENTS: usize = 100_000;
/// The most banks that a script can name.
const MOST_BANKS: usize = 1000;

/// The record of one sitting. It is stored as JSON; `docs/records.md` names its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The version of the record.
    pub tierwise: u32,
    /// Names this sitting among others.
    pub id: String,
    /// The course's id.
    pub course: String,
    /// The course's title, for lists of results.
    pub course_title: String,
    /// SHA-256 of the course page, in hexadecimal digits.
    pub course_digest: String,
    /// The pass mark as a percentage of the paper's marks.
    pub pass_percent: u32,
    /// The banks that the paper was drawn from; items name them by index.
    pub banks: Vec<BankRecord>,
    /// How the paper was drawn, see [`GENERATOR`].
    pub generator: String,
    /// What the paper was drawn by.
    pub seed: Seed,
    /// The paper.
    pub items: Vec<Item>,
    /// What the candidate may do.
    pub terms: Terms,
    /// When the sitting began, in milliseconds since 1970 by the device's clock.
    pub started: u64,
    /// The label that candidates gave themselves.
    pub candidate: Option<String>,
    /// What happened, in order.
    pub events: Vec<Event>,
}

/// A bank as it was when a paper was drawn from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankRecord {
    /// Its path in the course's folder.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// Why a text is not a script that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Written by a release with a newer version of the record.
    Newer(u32),
    /// Damaged, or no script at all: says what is wrong and where.
    Damaged(String),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer(version) => write!(
                out,
                "this record was written by a newer release of Tierwise: it is of version {version}, \
                 and this release reads up to version {VERSION}"
            ),
            Self::Damaged(what) => write!(out, "this record is damaged: {what}"),
        }
    }
}

impl std::error::Error for Unreadable {}

/// The banks that are at hand are not those that the paper was drawn from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mismatch {
    /// The paths of banks that are not at hand.
    pub missing: Vec<String>,
    /// The paths of banks whose text is another now.
    pub changed: Vec<String>,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the banks are not those that this paper was drawn from")?;
        for (what, paths) in [("missing", &self.missing), ("changed", &self.changed)] {
            if !paths.is_empty() {
                write!(out, "; {what}: {}", paths.join(", "))?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Mismatch {}

/// An event that a sitting refuses, in a script that has been altered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadEvent {
    /// The event's place in the script, from 0.
    pub index: usize,
    /// Why it is refused.
    pub why: Refused,
}

impl fmt::Display for BadEvent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "event {} of this record cannot be: {}",
            self.index + 1,
            self.why
        )
    }
}

impl std::error::Error for BadEvent {}

impl Script {
    /// The script of a sitting that begins now, without an event yet. `banks` are those that the paper was drawn from, in the
    /// same order; `id` is any text that no other script has; `started` is in milliseconds since 1970.
    #[must_use]
    pub fn begin(
        id: String,
        course: &Course,
        banks: &[Bank],
        paper: Paper,
        terms: Terms,
        started: u64,
        candidate: Option<String>,
    ) -> Self {
        Self {
            tierwise: terms.version(),
            id,
            course: course.id().to_owned(),
            course_title: course.title().to_owned(),
            course_digest: course.digest().to_owned(),
            pass_percent: course.pass_percent(),
            banks: banks
                .iter()
                .map(|bank| BankRecord {
                    path: bank.path().to_owned(),
                    sha256: bank.digest().to_owned(),
                })
                .collect(),
            generator: GENERATOR.to_owned(),
            seed: paper.seed,
            items: paper.items,
            terms,
            started,
            candidate,
            events: Vec::new(),
        }
    }

    /// Reads a script of this version or an older one. Fields that it does not know it passes over.
    ///
    /// # Errors
    /// [`Unreadable`] when the version is newer, the JSON is damaged, or the parts contradict each other. Whether the events
    /// can be is for [`sitting`](Self::sitting) to say.
    pub fn read(json: &str) -> Result<Self, Unreadable> {
        let damaged = |error: json::Error| Unreadable::Damaged(error.within(json));
        let object = json::read_object(json).map_err(damaged)?;
        let tierwise = object.u32("tierwise").map_err(damaged)?;
        // In a newer version all else may look different: then its number says more than the first surprise.
        if tierwise > VERSION {
            return Err(Unreadable::Newer(tierwise));
        }
        let script = Self::of(&object, tierwise).map_err(damaged)?;
        match script.fault() {
            Some(fault) => Err(Unreadable::Damaged(fault.to_owned())),
            None => Ok(script),
        }
    }

    fn of(object: &Object<'_>, tierwise: u32) -> Result<Self, json::Error> {
        // What owns nothing comes first and is copied last: each `?` would else bring code that frees what is there by then.
        let (id, course) = (object.text("id")?, object.text("course")?);
        let (title, digest) = (object.text("course_title")?, object.text("course_digest")?);
        let (generator, candidate) = (object.text("generator")?, object.text_if_any("candidate")?);
        let (pass_percent, started) = (object.u32("pass_percent")?, object.u64("started")?);
        let (seed, terms) = (Seed::of(object)?, Terms::of(object.object("terms")?)?);
        let (mut banks, mut items, mut events) = (Vec::new(), Vec::new(), Vec::new());
        for bank in object.objects("banks")? {
            let (path, sha256) = (bank.text("path")?, bank.text("sha256")?);
            banks.push(BankRecord {
                path: path.to_owned(),
                sha256: sha256.to_owned(),
            });
        }
        for item in object.objects("items")? {
            items.push(Item::of(item)?);
        }
        for event in object.objects("events")? {
            events.push(Event::of(event)?);
        }
        Ok(Self {
            tierwise,
            id: id.to_owned(),
            course: course.to_owned(),
            course_title: title.to_owned(),
            course_digest: digest.to_owned(),
            pass_percent,
            banks,
            generator: generator.to_owned(),
            seed,
            items,
            terms,
            started,
            candidate: candidate.map(str::to_owned),
            events,
        })
    }

    /// What contradicts itself in it, or is beyond all bounds.
    fn fault(&self) -> Option<&'static str> {
        let id = |at: u32| self.items[at as usize].question.as_str();
        let sorted = by_text(self.items.len(), &id);
        if self.tierwise == 0 {
            Some("there is no version 0 of a record")
        } else if self.items.len() > MOST_ITEMS {
            Some("it has more than 1000 questions")
        } else if self.events.len() > MOST_EVENTS {
            Some("it has more than 100000 events")
        } else if self.banks.len() > MOST_BANKS {
            Some("it has more than 1000 banks")
        } else if self
            .items
            .iter()
            .any(|item| usize::from(item.bank) >= self.banks.len())
        {
            Some("a question is of a bank that the record does not name")
        } else if sorted.windows(2).any(|pair| id(pair[0]) == id(pair[1])) {
            Some("a question is in the paper twice")
        } else if !self.items.iter().all(|item| is_order(&item.order)) {
            Some("a question's options are in an order that is none")
        } else {
            None
        }
    }

    /// The script as JSON.
    #[must_use]
    pub fn write(&self) -> String {
        let mut out = Writer::default();
        out.open('{');
        out.whole_field("tierwise", self.tierwise.into());
        out.text_field("id", &self.id);
        out.text_field("course", &self.course);
        out.text_field("course_title", &self.course_title);
        out.text_field("course_digest", &self.course_digest);
        out.whole_field("pass_percent", self.pass_percent.into());
        out.name("banks");
        out.open('[');
        for bank in &self.banks {
            out.open('{');
            out.text_field("path", &bank.path);
            out.text_field("sha256", &bank.sha256);
            out.close('}');
        }
        out.close(']');
        out.text_field("generator", &self.generator);
        out.whole_field("seed", self.seed.get());
        out.name("items");
        out.open('[');
        for item in &self.items {
            item.write(&mut out);
        }
        out.close(']');
        out.name("terms");
        self.terms.write(&mut out);
        out.whole_field("started", self.started);
        if let Some(candidate) = &self.candidate {
            out.text_field("candidate", candidate);
        }
        out.name("events");
        out.open('[');
        for event in &self.events {
            event.write(&mut out);
        }
        out.close(']');
        out.close('}');
        out.finish()
    }

    /// The sitting as its events leave it.
    ///
    /// # Errors
    /// [`BadEvent`] names the first that the sitting refuses.
    pub fn sitting(&self) -> Result<Sitting, BadEvent> {
        let questions = self
            .items
            .iter()
            .map(|item| item.question.clone())
            .collect();
        let mut sitting = Sitting::new(self.terms, questions);
        for (index, event) in self.events.iter().enumerate() {
            sitting
                .apply(event)
                .map_err(|why| BadEvent { index, why })?;
        }
        Ok(sitting)
    }

    /// Whether `banks` hold the banks that the paper was drawn from, unchanged, in any order and with others among them.
    ///
    /// # Errors
    /// [`Mismatch`] names those that are missing or changed.
    pub fn matches(&self, banks: &[Bank]) -> Result<(), Mismatch> {
        self.banks_among(banks).map(|_| ())
    }

    /// The banks of the record, in its order.
    pub(crate) fn banks_among<'b>(&self, banks: &'b [Bank]) -> Result<Vec<&'b Bank>, Mismatch> {
        let mut mismatch = Mismatch::default();
        let mut found = Vec::new();
        for record in &self.banks {
            let mut named = banks
                .iter()
                .filter(|bank| bank.path() == record.path)
                .peekable();
            if named.peek().is_none() {
                mismatch.missing.push(record.path.clone());
            } else if let Some(bank) = named.find(|bank| bank.digest() == record.sha256) {
                found.push(bank);
            } else {
                mismatch.changed.push(record.path.clone());
            }
        }
        if found.len() == self.banks.len() {
            Ok(found)
        } else {
            Err(mismatch)
        }
    }

    /// Applies an event to the sitting and, when it is taken, adds it to the record.
    ///
    /// # Errors
    /// [`Refused`] says why it cannot be; neither has changed then.
    pub fn append(&mut self, sitting: &mut Sitting, event: Event) -> Result<(), Refused> {
        let is_end = matches!(event.what, What::HandIn | What::TimeOut);
        if self.events.len() >= MOST_EVENTS - usize::from(!is_end) {
            return Err(Refused::ScriptFull);
        }
        sitting.apply(&event)?;
        self.tierwise = self.tierwise.max(event.what.version());
        self.events.push(event);
        Ok(())
    }
}

/// Whether it names each of the first so many letters once.
fn is_order(order: &str) -> bool {
    let all = (1_u32 << order.len().min(MOST_PARTS)) - 1;
    let named = order.bytes().fold(0, |named, letter| match letter {
        b'a'..=b'z' => named | 1_u32 << (letter - b'a'),
        _ => named,
    });
    order.len() <= MOST_PARTS && named == all
}

#[cfg(test)]
mod tests;
