//! Which page of the site writes the record of a sitting: one at a time, and what becomes of the others.
//!
//! The page that shows a sitting holds the browser's lock for its course, and writes only while it does. A page that is refused shows the sitting to nobody
//! and waits; it can take the lock, and the page that had it hears of that. Where there are no locks (a site that is served by plain HTTP), the page
//! in which the candidate did something last is the one that writes, and the others hear of it from the store.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use tierwise_engine::sitting::What;

use super::history::{done, open};
use super::seat::{Desk, Seat, read, stored};
use crate::platform::lock::{self, Ask, Told};
use crate::platform::{clock, journal, page, storage};

/// What this page holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Hold {
    Nothing,
    /// It has asked, and has not been told yet.
    Asked,
    /// The lock.
    Lock,
    /// Nothing, but there are no locks.
    Free,
}

struct Writer {
    hold: Cell<Hold>,
    /// The course whose lock it is.
    course: RefCell<String>,
    /// Counts how often a lock was asked for or let go of: what is told of an earlier one is of no interest.
    turn: Cell<usize>,
    /// Whether the journal has been read.
    ready: Cell<bool>,
    /// Whether something is to be stored as soon as this page may.
    owes: Cell<bool>,
    /// Counts what was stored.
    writes: Cell<usize>,
    /// Whether the store was found empty.
    emptied: Cell<bool>,
    /// The course whose record was found damaged.
    damaged: RefCell<String>,
}

thread_local! {
    static WRITER: Writer = const {
        Writer {
            hold: Cell::new(Hold::Nothing),
            course: RefCell::new(String::new()),
            turn: Cell::new(0),
            ready: Cell::new(false),
            owes: Cell::new(false),
            writes: Cell::new(0),
            emptied: Cell::new(false),
            damaged: RefCell::new(String::new()),
        }
    };
}

/// How long the journal is waited for, should the browser never answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// In the store once the journal has been begun. What erases the store erases it, and with it what the journal holds.
const MARK: &str = storage::NOTES[1];
/// In the store while a page erases all or brings records in: others must not put back what they hold of it.
pub(super) const MOVED: &str = storage::NOTES[2];

fn is_last(write: usize) -> bool {
    WRITER.with(|writer| writer.writes.get() == write)
}

/// Counts one further.
fn next(count: &Cell<usize>) -> usize {
    count.set(count.get() + 1);
    count.get()
}

impl Seat {
    /// Whether this page is the one that writes.
    pub(crate) fn may_write(self) -> bool {
        WRITER.with(|writer| writer.ready.get() && writer.hold.get() > Hold::Asked)
    }

    /// A number for what is stored now; none while this page may not, which it then owes.
    pub(super) fn next_write(self) -> Option<usize> {
        let may = self.may_write();
        WRITER.with(|writer| {
            writer.owes.set(!may);
            may.then(|| next(&writer.writes))
        })
    }

    /// Puts into the journal what was `stored` under that number or not, and says that it is saved once it is on the disk: as soon as the page has
    /// done what it is doing, and unless something was stored since.
    pub(super) fn journal(self, write: usize, course: String, entry: String, stored: bool) {
        let put = move || {
            if is_last(write) {
                journal::write(&course, &entry, move || {
                    if stored && is_last(write) {
                        self.say_saved();
                    }
                });
            }
        };
        set_timeout(put, Duration::ZERO);
    }

    fn say_saved(self) {
        let words = match WRITER.with(|writer| writer.emptied.take()) {
            true => "The browser's store was emptied; saved again ",
            false => "Saved ",
        };
        self.saved
            .set(words.to_owned() + &clock::time_of_day(clock::now()));
    }

    /// Notes whether the last change stands in memory only, and has the browser ask before the page is closed while it does.
    pub(super) fn tell_unsaved(self, unsaved: bool) {
        let before = self.unsaved.get_untracked() == 1;
        if before || unsaved {
            self.say_unsaved(unsaved, before);
        }
    }

    #[inline(never)]
    fn say_unsaved(self, unsaved: bool, before: bool) {
        page::guard(unsaved || self.history.has_unsaved());
        if unsaved == before {
            return;
        }
        self.unsaved.set(unsaved.into());
        let words = match unsaved {
            true => {
                "Your answers are not saved. They stand in memory until this page is closed, and you can download the script."
            }
            false => "Your answers are saved.",
        };
        self.said.set(words.to_owned());
    }

    /// Asks for the right to write the sitting of a course, unless this page has it or is asking.
    pub(crate) fn claim(self, course: &str, how: Ask) {
        let has = WRITER
            .with(|writer| writer.hold.get() != Hold::Nothing && *writer.course.borrow() == course);
        if has && how == Ask::IfFree {
            return;
        }
        let away = self.away.get_untracked() > 0;
        if !away {
            self.leave();
        }
        let turn = WRITER.with(|writer| {
            writer.course.replace(course.to_owned());
            // A sitting that begins is this page's.
            writer.hold.set(match how {
                Ask::Steal if !away => Hold::Lock,
                _ => Hold::Asked,
            });
            next(&writer.turn)
        });
        self.ask(turn, how);
    }

    fn ask(self, turn: usize, how: Ask) {
        let name = WRITER.with(|writer| open(&writer.course.borrow()));
        let told = move |told| self.told(turn, how, told);
        lock::ask(&storage::named(&name), how, Rc::new(told));
    }

    /// Lets another page have the sitting: this one shows something else now.
    pub(crate) fn leave(self) {
        let held = WRITER.with(|writer| {
            next(&writer.turn);
            writer.hold.replace(Hold::Nothing)
        });
        if held == Hold::Lock {
            lock::let_go();
        }
        if self.away.get_untracked() > 0 {
            self.desk.set(None);
            self.away.update_untracked(|away| *away = 0);
        }
    }

    fn told(self, turn: usize, how: Ask, told: Told) -> bool {
        let wanted = WRITER.with(|writer| {
            let wanted = writer.turn.get() == turn;
            if wanted {
                writer.hold.set(match told {
                    Told::Held => Hold::Lock,
                    Told::Missing => Hold::Free,
                    Told::Refused | Told::Lost => Hold::Asked,
                });
            }
            wanted
        });
        match told {
            _ if !wanted => {}
            Told::Refused | Told::Lost => {
                self.give_way(told == Told::Lost);
                // When the other page is closed, this one goes on.
                self.ask(turn, Ask::Queue);
            }
            Told::Held | Told::Missing if self.away.get_untracked() > 0 => {
                self.go_on(how == Ask::Steal);
            }
            Told::Held | Told::Missing => self.settle(),
        }
        wanted
    }

    /// What was to be done once this page may write.
    fn settle(self) {
        if self.may_write() {
            if self.catch_up() {
                self.away.set(0);
            }
            if WRITER.with(|writer| writer.owes.get()) {
                self.save();
            }
        }
    }

    /// Shows nothing of the sitting any more: another page has it, or has taken it over from this one.
    #[inline(never)]
    fn give_way(self, taken_over: bool) {
        if !taken_over {
            // As it stood in the store, and perhaps a look at a question that nobody has had.
            self.desk.set(None);
        }
        self.away.set(1 + usize::from(taken_over));
    }

    /// Takes the sitting over from the page that has it.
    pub(crate) fn take_over(self, course: &str) {
        self.claim(course, Ask::Steal);
    }

    /// Goes on with the sitting as the other page left it.
    #[inline(never)]
    fn go_on(self, take_over: bool) {
        let course = WRITER.with(|writer| writer.course.borrow().clone());
        if !self.catch_up() {
            let stands = |desk: &Desk| storage::get(&open(&course)).as_ref() == Some(&desk.written);
            if self.look(stands) != Some(true) {
                self.desk.set(stored(&course).ok());
            }
        }
        self.saved.set(String::new());
        self.tell_unsaved(false);
        self.away.set(0);
        if take_over {
            self.act(What::TakeOver);
        }
    }

    /// The record is not where this page put it: given up in another page, or erased with the rest of the store.
    #[inline(never)]
    pub(super) fn find_gone(self) {
        if !storage::present() {
            // It cannot be seen, which is another thing.
            return;
        }
        let given_up = self.look(|desk| {
            let keys = storage::keys("aside.");
            keys.iter()
                .any(|key| storage::get(key).as_ref() == Some(&desk.written))
        });
        if given_up == Some(true) {
            WRITER.with(|writer| writer.hold.set(Hold::Asked));
            self.give_way(true);
            return;
        }
        self.desk.update_untracked(|desk| {
            if let Some(desk) = desk {
                desk.written.clear();
            }
        });
        WRITER.with(|writer| writer.emptied.set(true));
        let _ = storage::set(MARK, "1");
        self.said.set(
            "The browser's store was emptied. Your answers are written to it again.".to_owned(),
        );
    }

    /// Hears that another page changed what stands under `key` in the store, or that all of it was erased.
    pub(crate) fn heard(self, key: Option<&str>) {
        if self.away.get_untracked() > 0 {
            // What is told of the other page.
            self.saved.set(String::new());
        }
        if key == Some(MOVED) {
            self.let_others();
        }
        if !self.may_write() {
            return;
        }
        let ours = |desk: &Desk| {
            let is_ours = key.is_none_or(|key| key == open(&desk.script.course));
            is_ours && storage::get(&open(&desk.script.course)).as_ref() != Some(&desk.written)
        };
        if self.look(ours) == Some(true) {
            self.find_changed();
        } else if self.unsaved.get_untracked() == 1 {
            // There may be room now.
            self.save();
        }
    }

    /// Forgets the sitting, since another page erases all or brings records in; when that is done, shows what there is then. One that stands in memory
    /// only stays there.
    #[inline(never)]
    fn let_others(self) {
        if !self.is_unsaved() {
            self.forget();
        }
        if storage::get(MOVED).is_none() {
            self.away.set(0);
        }
    }

    #[inline(never)]
    fn find_changed(self) {
        let theirs = self.look(|desk| storage::get(&open(&desk.script.course)).is_some());
        let free = WRITER.with(|writer| writer.hold.get() == Hold::Free);
        if theirs == Some(true) && free {
            WRITER.with(|writer| writer.hold.set(Hold::Asked));
            self.give_way(true);
        } else if self.catch_up() {
            self.away.set(0);
        } else if self.away.get_untracked() == 0 {
            self.save();
        }
    }

    /// Reads the journal, and takes from it what the store has lost.
    pub(crate) fn recover(self) {
        // As it stands now: by the time a slow journal is read the page has left its mark.
        let marked = storage::get(MARK).is_some();
        set_timeout(move || self.recovered(&[], marked), PATIENCE);
        journal::read(move |texts| self.recovered(&texts, marked));
    }

    fn recovered(self, texts: &[String], marked: bool) {
        let mut found = false;
        for text in texts {
            let mut parts = text.splitn(3, '\n');
            let (Some(course), Some(id), Some(script)) = (parts.next(), parts.next(), parts.next())
            else {
                continue;
            };
            let damaged = WRITER.with(|writer| *writer.damaged.borrow() == course);
            if !marked || damaged {
                journal::remove(course);
            } else if storage::get(&open(course)).as_deref() != Some(script)
                && storage::get(&done(course, id)).is_none()
            {
                found |= self.restore(course, script);
            }
        }
        if !marked {
            let _ = storage::set(MARK, "1");
        }
        WRITER.with(|writer| writer.ready.set(true));
        if found && self.away.get_untracked() == 0 {
            self.away.set(0);
        }
        self.settle();
    }

    /// Puts a script of the journal into the store, if it is further than the one that stands there.
    #[inline(never)]
    fn restore(self, course: &str, text: &str) -> bool {
        let Some(mut theirs) = read(text, course) else {
            return false;
        };
        if let Some(stands) = storage::get(&open(course)) {
            // What cannot be read is for others to set aside.
            let Some(ours) = read(&stands, course) else {
                return false;
            };
            let same = theirs.script.id == ours.script.id;
            let further = match same {
                true => theirs.sitting.last_at() > ours.sitting.last_at(),
                false => theirs.script.started > ours.script.started,
            };
            if !further || !same && storage::set_aside(&open(course)).is_err() {
                return false;
            }
            theirs.written = stands;
        }
        let here = self.look(|desk| desk.script.course == course) == Some(true);
        if theirs.sitting.ended().is_some() {
            let _ = self.history.keep(&theirs.script);
        } else if let Err(error) = storage::set(&open(course), text) {
            self.desk.set(Some(theirs));
            self.saved.set(error.message().to_owned());
            self.tell_unsaved(true);
            return true;
        }
        if here {
            self.desk.set(None);
        }
        true
    }
}

/// Notes that the record of a course's sitting was damaged: nothing is put in its place.
pub(super) fn note_damaged(course: &str) {
    journal::remove(course);
    WRITER.with(|writer| writer.damaged.replace(course.to_owned()));
}
