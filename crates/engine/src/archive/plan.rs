//! What taking an archive in would do, step by step. Nothing that is here is lost by it, and nothing of an open sitting is replaced unasked.

use super::{Entry, is_name};
use crate::script::Script;

/// What a step is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A sitting that ended.
    Ended,
    /// A sitting that is open.
    Open,
    /// A record that could not be read, or was given up.
    Aside,
    /// What the list of results says of a sitting: advice, made anew from the script when it is missing.
    Summary,
    /// A setting.
    Setting,
}

/// How a record of the archive stands to those that are here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is not here yet, and is added.
    New,
    /// It is here already, whole; nothing is done.
    Here,
    /// It goes on from the one that is here and takes its place.
    More,
    /// Another one has its name: both are kept, this one under a name of its own.
    Both,
    /// Only one of the two can be kept as what it is: somebody must say which. An open sitting that gives way is set aside.
    Asked,
}

/// A key, and the text that is put there; none to take away what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The key.
    pub key: String,
    /// The text.
    pub text: Option<String>,
}

/// What is done about one record of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The record's key in the archive.
    pub key: String,
    /// What it is about.
    pub kind: Kind,
    /// How it stands to what is here.
    pub found: Found,
    /// What is done, in this order; of one that is asked about, what is done if the archive's is taken.
    pub changes: Vec<Change>,
    /// The sitting, when it is one.
    pub script: Option<Script>,
    /// The sitting that is here, when an open one is asked about and can be read.
    pub standing: Option<Script>,
}

/// Where a sitting is kept.
pub(super) fn key_of(script: &Script, ended: bool) -> String {
    if ended {
        ["done.", &script.course, ".", &script.id].concat()
    } else {
        ["open.", &script.course].concat()
    }
}

/// What taking `archive` in would do to a browser that keeps `here`.
#[must_use]
pub fn plan(archive: &[Entry], here: &[Entry]) -> Vec<Step> {
    let mut shelf = Shelf(here.to_vec());
    let mut steps = Vec::new();
    // Sittings that ended come first: an open one may have ended since.
    for round in [true, false] {
        for (key, text) in archive {
            if key.starts_with("done.") == round {
                steps.push(shelf.step(key, text));
            }
        }
    }
    steps
}

/// The sitting that a text is, and whether it has ended; none when it cannot be read, or has a name that leads nowhere.
fn sitting(text: &str) -> Option<(Script, bool)> {
    let script = Script::read(text).ok()?;
    let ended = script.sitting().ok()?.ended().is_some();
    (is_name(&script.course) && is_name(&script.id)).then_some((script, ended))
}

/// Whether `more` is the record of the same sitting as `less`, and has all of its events.
fn extends(more: &Script, less: &Script) -> bool {
    let without = |script: &Script| {
        let mut bare = script.clone();
        bare.tierwise = 0;
        bare.events.clear();
        bare
    };
    more.events.starts_with(&less.events) && without(more) == without(less)
}

/// What is here, with what the steps so far would do to it.
struct Shelf(Vec<Entry>);

impl Shelf {
    fn get(&self, key: &str) -> Option<&str> {
        let (_, text) = self.0.iter().find(|(known, _)| known == key)?;
        Some(text)
    }

    fn sitting(&self, key: &str) -> Option<Script> {
        sitting(self.get(key)?).map(|(script, _)| script)
    }

    fn apply(&mut self, changes: &[Change]) {
        for Change { key, text } in changes {
            self.0.retain(|(known, _)| known != key);
            if let Some(text) = text {
                self.0.push((key.clone(), text.clone()));
            }
        }
    }

    /// A key for what is set aside from under `key`.
    fn aside(&self, key: &str) -> String {
        let mut number = 0;
        loop {
            let name = ["aside.", &number.to_string(), ".", key].concat();
            if self.get(&name).is_none() {
                return name;
            }
            number += 1;
        }
    }

    fn step(&mut self, key: &str, text: &str) -> Step {
        let mut step = Step {
            key: key.to_owned(),
            kind: Kind::Setting,
            found: Found::New,
            changes: Vec::new(),
            script: None,
            standing: None,
        };
        if key.starts_with("done.") || key.starts_with("open.") {
            match sitting(text) {
                Some((script, true)) => self.ended(script, &mut step),
                Some((script, false)) => self.open(script, &mut step),
                None => self.set_aside(key, text, &mut step),
            }
        } else if key.starts_with("aside.") {
            // `aside.N.KEY`
            let from = key.splitn(3, '.').nth(2).unwrap_or(key);
            self.set_aside(from, text, &mut step);
        } else {
            if key.starts_with("sum.") {
                step.kind = Kind::Summary;
            }
            step.found = match self.get(key) {
                None => Found::New,
                Some(here) if here == text || step.kind == Kind::Summary => Found::Here,
                Some(_) => Found::Asked,
            };
            step.changes.push(put(key, text));
        }
        if step.found == Found::Here {
            step.changes.clear();
        }
        if step.found == Found::Asked {
            // Its place among those set aside is taken whether it is needed or not.
            let places = step
                .changes
                .iter()
                .filter(|it| it.key.starts_with("aside."));
            let places: Vec<Change> = places.cloned().collect();
            self.apply(&places);
        } else {
            self.apply(&step.changes.clone());
        }
        step
    }

    fn set_aside(&self, from: &str, text: &str, step: &mut Step) {
        let is_known = |(key, known): &Entry| key.starts_with("aside.") && known == text;
        step.kind = Kind::Aside;
        step.found = match self.0.iter().any(is_known) {
            true => Found::Here,
            false => Found::New,
        };
        step.changes.push(put(&self.aside(from), text));
    }

    fn ended(&self, mut script: Script, step: &mut Step) {
        step.kind = Kind::Ended;
        let (done, open) = (key_of(&script, true), key_of(&script, false));
        // The same sitting, open here still: it goes when all of it is in the one that ended.
        let begun = self.sitting(&open).filter(|begun| begun.id == script.id);
        match (self.get(&done), self.sitting(&done)) {
            (Some(_), Some(standing)) if extends(&standing, &script) => step.found = Found::Here,
            (Some(_), Some(standing)) if extends(&script, &standing) => step.found = Found::More,
            (None, _) if begun.as_ref().is_none_or(|begun| extends(&script, begun)) => {
                if begun.is_some() {
                    step.found = Found::More;
                    step.changes.push(Change {
                        key: open,
                        text: None,
                    });
                }
            }
            _ => step.found = self.beside(&mut script),
        }
        let text = script.write();
        step.changes.insert(0, put(&key_of(&script, true), &text));
        step.script = Some(script);
    }

    /// Gives the sitting an id that no other has, unless it is here under such a one already.
    fn beside(&self, script: &mut Script) -> Found {
        let id = script.id.clone();
        let mut number = 2_u32;
        loop {
            script.id = [&id, "-", &number.to_string()].concat();
            let key = key_of(script, true);
            match self.sitting(&key) {
                Some(standing) if extends(&standing, script) => return Found::Here,
                _ if self.get(&key).is_none() => return Found::Both,
                _ => number += 1,
            }
        }
    }

    fn open(&self, mut script: Script, step: &mut Step) {
        step.kind = Kind::Open;
        let (done, open) = (key_of(&script, true), key_of(&script, false));
        match self.sitting(&done) {
            // It has ended since.
            Some(standing) if extends(&standing, &script) => {
                step.found = Found::Here;
                step.script = Some(script);
                return;
            }
            // Another went on and ended: this one is a sitting of its own from here on.
            _ if self.get(&done).is_some() => {
                self.beside(&mut script);
            }
            _ => {}
        }
        step.changes.push(put(&open, &script.write()));
        if let Some(here) = self.get(&open) {
            step.standing = self.sitting(&open);
            step.found = match &step.standing {
                Some(standing) if extends(standing, &script) => Found::Here,
                _ => Found::Asked,
            };
            // Nothing is lost where the archive's has all of the one that is here.
            if !matches!(&step.standing, Some(standing) if extends(&script, standing)) {
                step.changes.insert(0, put(&self.aside(&open), here));
            }
        }
        step.script = Some(script);
    }
}

fn put(key: &str, text: &str) -> Change {
    Change {
        key: key.to_owned(),
        text: Some(text.to_owned()),
    }
}
