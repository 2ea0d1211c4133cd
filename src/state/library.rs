//! Courses and their banks, fetched once as the markdown that tutors wrote.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use tierwise_engine::bank::{self, Bank, Diagnostic, Question};
use tierwise_engine::catalogue::{Catalogue, CourseCard};
use tierwise_engine::course::{self, Course};

use crate::platform::fetch::{self, FetchError};
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

/// The catalogue, and the courses that were fetched.
#[derive(Clone, Copy)]
pub(crate) struct Library {
    catalogue: StoredValue<Catalogue>,
    courses: StoredValue<Vec<(String, ArcRwSignal<State>)>>,
}

impl Library {
    /// Reads the catalogue that stands in the page.
    pub(crate) fn provide() {
        let catalogue = page::text_of("catalogue")
            .and_then(|json| Catalogue::read(&json).ok())
            .unwrap_or_default();
        provide_context(Self {
            catalogue: StoredValue::new(catalogue),
            courses: StoredValue::new(Vec::new()),
        });
    }

    /// Looks into the catalogue.
    pub(crate) fn with<T>(self, look: impl FnOnce(&Catalogue) -> T) -> T {
        self.catalogue.with_value(look)
    }

    /// The course `id`, fetched if it was not yet.
    pub(crate) fn course(self, id: &str) -> ArcRwSignal<State> {
        let known = self.courses.with_value(|courses| {
            courses
                .iter()
                .find(|(course, _)| course == id)
                .map(|(_, state)| state.clone())
        });
        known.unwrap_or_else(|| {
            let state = ArcRwSignal::new(None);
            self.courses
                .update_value(|courses| courses.push((id.to_owned(), state.clone())));
            self.fetch(id, state.clone());
            state
        })
    }

    /// Fetches a course again, after a fault.
    pub(crate) fn again(self, id: &str) {
        let state = self.course(id);
        state.set(None);
        self.fetch(id, state);
    }

    fn fetch(self, id: &str, state: ArcRwSignal<State>) {
        let card = self.with(|catalogue| {
            catalogue
                .courses
                .iter()
                .find(|course| course.id == id)
                .cloned()
        });
        match card {
            None => state.set(Some(Err(Trouble::NoSuchCourse))),
            Some(card) => spawn_local(async move {
                let loaded = load(&card).await;
                state.set(Some(loaded.map(Arc::new)));
            }),
        }
    }
}

fn folder(course: &str) -> String {
    format!("questions/{course}/")
}

async fn load(card: &CourseCard) -> Result<Loaded, Trouble> {
    // All of them set out before the first is waited for.
    let page = fetch::start(&card.page.path, false);
    let banks: Vec<_> = card
        .banks
        .iter()
        .map(|listed| {
            let path = folder(&card.id) + &listed.path;
            (listed, fetch::start(&path, false), path)
        })
        .collect();
    let course = read(page, &card.page.path, &card.page.sha256, |bytes| {
        let course = course::read(&card.id, bytes);
        let digest = course.digest().to_owned();
        (course, digest)
    })
    .await
    .map_err(Trouble::Page)?;
    if !course.is_usable() {
        return Err(Trouble::Page(Fault::Faulty {
            path: card.page.path.clone(),
            source: course.source().into(),
            diagnostics: course.diagnostics().to_vec(),
        }));
    }
    let mut loaded = Loaded {
        course,
        banks: Vec::new(),
        faults: Vec::new(),
    };
    for (listed, pending, path) in banks {
        let bank = read(pending, &path, &listed.sha256, |bytes| {
            let bank = bank::read(&listed.path, bytes);
            let digest = bank.digest().to_owned();
            (bank, digest)
        })
        .await;
        match bank {
            Ok(bank) if bank.is_usable() => loaded.banks.push(bank),
            Ok(bank) => loaded.faults.push(Fault::Faulty {
                path,
                source: bank.source().into(),
                diagnostics: bank.diagnostics().to_vec(),
            }),
            Err(fault) => loaded.faults.push(fault),
        }
    }
    Ok(loaded)
}

/// Waits for a file and reads it; asks the server once more when it is not the one that the catalogue names, since a copy may be stale.
async fn read<T>(
    pending: fetch::Pending,
    path: &str,
    sha256: &str,
    read: impl Fn(Vec<u8>) -> (T, String),
) -> Result<T, Fault> {
    let fault = |why| Fault::Fetch {
        path: path.to_owned(),
        why,
    };
    let (value, digest) = read(pending.bytes().await.map_err(fault)?);
    if digest == sha256 {
        return Ok(value);
    }
    let (value, digest) = read(fetch::start(path, true).bytes().await.map_err(fault)?);
    if digest == sha256 {
        Ok(value)
    } else {
        Err(Fault::NotAsListed {
            path: path.to_owned(),
        })
    }
}
