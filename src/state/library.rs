//! Courses and their banks, fetched once as the markdown that tutors wrote.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use tierwise_engine::bank::{self, Bank, Diagnostic, Question};
use tierwise_engine::catalogue::{Catalogue, CourseCard};
use tierwise_engine::course::{self, Course};
use tierwise_engine::framework::Framework;

use crate::platform::fetch::{self, Copy, FetchError};
use crate::platform::page;

/// A course page and those of its banks that can be sat.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) course: Course,
    pub(crate) banks: Vec<Bank>,
    /// The banks that cannot be sat. The others can, in practice.
    pub(crate) faults: Vec<Fault>,
}

impl Loaded {
    /// The question with this id; ids are unique in a course.
    pub(crate) fn question(&self, id: &str) -> Option<Question<'_>> {
        self.banks.iter().find_map(|bank| bank.find(id))
    }

    /// The folder of the course, with a final `/`.
    pub(crate) fn base(&self) -> String {
        folder(self.course.id())
    }
}

/// Why a file cannot be used.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// It could not be had.
    Fetch { path: String, why: FetchError },
    /// It is not the file that the catalogue names: broken off on the way, or changed since.
    NotAsListed { path: String },
    /// It has errors.
    Faulty {
        path: String,
        source: Arc<str>,
        diagnostics: Vec<Diagnostic>,
    },
}

/// Why a course cannot be shown.
#[derive(Clone, Debug)]
pub(crate) enum Trouble {
    /// The catalogue has no such course.
    NoSuchCourse,
    /// Its page cannot be used.
    Page(Fault),
}

/// What is known of a course so far.
pub(crate) type State = Option<Result<Arc<Loaded>, Trouble>>;

/// The catalogue, and the courses that were asked for.
#[derive(Debug, Default)]
struct Shelf {
    catalogue: Catalogue,
    courses: Vec<(String, State)>,
    /// Whether the framework was asked for, and what came.
    asked: bool,
    framework: Option<Arc<Framework>>,
}

/// The catalogue, and the courses that were fetched.
#[derive(Clone, Copy)]
pub(crate) struct Library {
    shelf: StoredValue<Shelf>,
    /// Counts what has been put on the shelf.
    changes: RwSignal<usize>,
    /// Whether the framework is there: 0 or 1. Apart, so that no course is drawn anew when it comes.
    framework: RwSignal<usize>,
}

impl Library {
    /// Reads the catalogue that stands in the page.
    pub(crate) fn of_page() -> Self {
        let catalogue = page::text_of("catalogue")
            .and_then(|json| Catalogue::read(&json).ok())
            .unwrap_or_default();
        let shelf = Shelf {
            catalogue,
            ..Shelf::default()
        };
        Self {
            shelf: StoredValue::new(shelf),
            changes: RwSignal::new(0),
            framework: RwSignal::new(0),
        }
    }

    /// Whether no course is known: the catalogue could not be read.
    pub(crate) fn is_empty(self) -> bool {
        self.shelf
            .with_value(|shelf| shelf.catalogue.courses.is_empty())
    }

    /// The list of courses, with a note on those that have one.
    pub(crate) fn cards_html(self, note: &dyn Fn(&str) -> Option<String>) -> String {
        self.shelf
            .with_value(|shelf| shelf.catalogue.cards_html(note))
    }

    /// The courses of the catalogue, in its order.
    #[inline(never)]
    pub(crate) fn cards(self) -> Vec<CourseCard> {
        self.shelf
            .with_value(|shelf| shelf.catalogue.courses.clone())
    }

    /// What the banks examine and where to learn more, fetched if it was not yet. Nothing while it is on its way; where it cannot be had pages do
    /// without, and the next one asks again.
    #[inline(never)]
    pub(crate) fn framework(self) -> Option<Arc<Framework>> {
        self.framework.track();
        let (found, asked, file) = self.shelf.with_value(|shelf| {
            let file = shelf.catalogue.framework.clone();
            (shelf.framework.clone(), shelf.asked, file)
        });
        if let (None, false, Some(file)) = (&found, asked, file) {
            self.shelf.update_value(|shelf| shelf.asked = true);
            spawn_local(async move {
                let bytes = Listed::start(file.path, &file.sha256).bytes().await;
                let text = bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok());
                let framework = text.and_then(|text| Framework::read(&text).ok());
                let came = framework.is_some();
                self.shelf.update_value(|shelf| {
                    shelf.asked = came;
                    shelf.framework = framework.map(Arc::new);
                });
                if came {
                    self.framework.set(1);
                }
            });
        }
        found
    }

    /// The course `id`, fetched if it was not yet.
    pub(crate) fn course(self, id: &str) -> State {
        self.changes.track();
        let known = self.shelf.with_value(|shelf| {
            let mut courses = shelf.courses.iter();
            courses
                .find(|(course, _)| course == id)
                .map(|(_, state)| state.clone())
        });
        known.unwrap_or_else(|| {
            self.put(id, None);
            self.fetch(id);
            None
        })
    }

    /// Fetches a course again, after a fault.
    pub(crate) fn again(self, id: &str) {
        self.put(id, None);
        self.changes.update(|changes| *changes += 1);
        self.fetch(id);
    }

    fn put(self, id: &str, state: State) {
        self.shelf.update_value(|shelf| {
            shelf.courses.retain(|(course, _)| course != id);
            shelf.courses.push((id.to_owned(), state));
        });
    }

    fn fetch(self, id: &str) {
        let card = self.shelf.with_value(|shelf| {
            let mut courses = shelf.catalogue.courses.iter();
            courses.find(|course| course.id == id).cloned()
        });
        let id = id.to_owned();
        spawn_local(async move {
            let state = match card {
                None => Err(Trouble::NoSuchCourse),
                Some(card) => load(&card).await.map(Arc::new),
            };
            self.put(&id, Some(state));
            self.changes.update(|changes| *changes += 1);
        });
    }
}

fn folder(course: &str) -> String {
    format!("questions/{course}/")
}

async fn load(card: &CourseCard) -> Result<Loaded, Trouble> {
    // All of them set out before the first is waited for.
    let page = Listed::start(card.page.path.clone(), &card.page.sha256);
    let banks: Vec<Listed<'_>> = card
        .banks
        .iter()
        .map(|listed| Listed::start(folder(&card.id) + &listed.path, &listed.sha256))
        .collect();
    let path = page.path.clone();
    let course = course::read(&card.id, page.bytes().await.map_err(Trouble::Page)?);
    if !course.is_usable() {
        return Err(Trouble::Page(Fault::Faulty {
            path,
            source: course.source().into(),
            diagnostics: course.diagnostics().to_vec(),
        }));
    }
    let mut loaded = Loaded {
        course,
        banks: Vec::new(),
        faults: Vec::new(),
    };
    for (listed, file) in card.banks.iter().zip(banks) {
        let path = file.path.clone();
        let bank = match file.bank(&listed.path).await {
            Ok(bank) => bank,
            Err(fault) => {
                loaded.faults.push(fault);
                continue;
            }
        };
        if bank.is_usable() {
            loaded.banks.push(bank);
        } else {
            loaded.faults.push(Fault::Faulty {
                path,
                source: bank.source().into(),
                diagnostics: bank.diagnostics().to_vec(),
            });
        }
    }
    Ok(loaded)
}

/// A file of the catalogue on its way.
struct Listed<'a> {
    path: String,
    sha256: &'a str,
    pending: fetch::Pending,
}

impl<'a> Listed<'a> {
    fn start(path: String, sha256: &'a str) -> Self {
        Self {
            pending: fetch::start(&path, Copy::Taken),
            path,
            sha256,
        }
    }

    /// Waits for all of it.
    async fn bytes(self) -> Result<Vec<u8>, Fault> {
        let as_listed = |bytes: &Vec<u8>, sha256: &str| bank::digest(bytes) == sha256;
        self.read(|bytes| bytes, as_listed).await
    }

    /// Waits for all of a bank and reads it. Reading works its digest out, so that it is not done twice.
    async fn bank(self, name: &str) -> Result<Bank, Fault> {
        let as_listed = |bank: &Bank, sha256: &str| bank.digest() == sha256;
        self.read(|bytes| bank::read(name, bytes), as_listed).await
    }

    /// When it is not the file that the catalogue names the server is asked once more, since a copy may be stale.
    async fn read<T>(
        self,
        read: impl Fn(Vec<u8>) -> T,
        as_listed: impl Fn(&T, &str) -> bool,
    ) -> Result<T, Fault> {
        let mut pending = self.pending;
        for _ in 0..2 {
            match pending.bytes().await.map(&read) {
                Ok(found) if as_listed(&found, self.sha256) => return Ok(found),
                Ok(_) => pending = fetch::start(&self.path, Copy::Passed),
                Err(why) => {
                    return Err(Fault::Fetch {
                        path: self.path,
                        why,
                    });
                }
            }
        }
        Err(Fault::NotAsListed { path: self.path })
    }
}
