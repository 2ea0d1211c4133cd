//! Signals around the engine's values.
//!
//! Signals and memos have few types, numbers and texts mostly: each type brings its own copy of the reactive machinery into the page.

pub(crate) mod history;
pub(crate) mod library;
pub(crate) mod own;
pub(crate) mod presence;
pub(crate) mod seat;
pub(crate) mod settings;
mod writer;

use std::cell::Cell;

use leptos::prelude::*;

use crate::platform::page;
use crate::routes::Route;
use history::History;
use library::Library;
use seat::Seat;
use settings::Theme;

/// What every page may ask for; there is one.
#[derive(Clone, Copy)]
pub(crate) struct State {
    /// The fragment of the page's address.
    address: RwSignal<String>,
    pub(crate) theme: Theme,
    pub(crate) library: Library,
    pub(crate) history: History,
    pub(crate) seat: Seat,
}

impl State {
    /// The page that the address names.
    pub(crate) fn route(self) -> Route {
        Route::parse(&self.address.get())
    }

    /// Takes note of another address.
    pub(crate) fn moved(self) {
        self.address.set(page::fragment());
    }
}

thread_local! {
    static STATE: Cell<Option<State>> = const { Cell::new(None) };
}

/// The state of the app; made when it is first asked for, which the root of the app does, so that it lasts as long.
pub(crate) fn state() -> State {
    STATE.get().unwrap_or_else(|| {
        let history = History::new();
        let state = State {
            address: RwSignal::new(page::fragment()),
            theme: Theme::stored(),
            library: Library::of_page(),
            history,
            seat: Seat::new(history),
        };
        STATE.set(Some(state));
        state
    })
}
