//! The shell: what stands around every page, and which page it is.

use leptos::prelude::*;

use crate::components::frame::{footer, header};
use crate::pages;
use crate::platform::dom::{El, el};
use crate::platform::{page, storage};
use crate::routes::Route;
use crate::state::presence::attend;
use crate::state::state;

/// Draws the whole app in `root`.
pub(crate) fn app(root: El) {
    let state = state();
    page::on_move(move || {
        state.moved();
        // A page that comes back to a sitting first takes up what others did to it; its bar tells of the return then.
        if state.seat.may_write() {
            attend(state.seat, true);
        }
    });
    page::on_presence(move |shown| attend(state.seat, shown));
    storage::on_change(move |key| state.seat.heard(key));
    state.seat.recover();
    // Going from question to question is not another page.
    let place = Memo::new(move |_| match state.route() {
        Route::Sit(course, _) => Route::Sit(course, None).href(),
        route => route.href(),
    });
    let skip = el("a", "tw-skip")
        .attr("href", "#main")
        .text("Skip to main content")
        .on("click", |event| {
            event.prevent_default();
            page::focus("#main");
        });
    root.child(skip).child(el("div", "tw-page").live(move || {
        state.seat.away.track();
        match Route::parse(&place.get()) {
            Route::Sit(course, _) => pages::sitting::page(course),
            Route::Check(course) => pages::check::page(course),
            route => {
                state.seat.leave();
                framed(&route, plain(route.clone()))
            }
        }
    }));
}

/// A page between the ordinary header and footer.
pub(crate) fn framed(route: &Route, inside: Vec<El>) -> Vec<El> {
    vec![header(route), main("").children(inside), footer()]
}

/// The main part of a page.
pub(crate) fn main(class: &str) -> El {
    el("main", &format!("tw-main tw-width {class}"))
        .attr("id", "main")
        .attr("tabindex", "-1")
}

#[inline(never)]
fn plain(route: Route) -> Vec<El> {
    match route {
        Route::About => pages::about::page(),
        Route::Data => pages::data::page(),
        Route::Progress => pages::progress::page(),
        Route::Course(course) => pages::course::page(course),
        Route::Due(course) => pages::practice::due_page(course),
        Route::Transcript(course, id) => pages::transcript::page(course, id),
        Route::Result(course, id) => pages::result::page(course, id),
        Route::Review(course, id, filter) => pages::review::page(course, id, filter),
        Route::Try(path) => pages::trial::page(path),
        Route::Unknown => pages::trouble::no_such_page(),
        Route::Catalogue | Route::Sit(..) | Route::Check(_) => pages::catalogue::page(),
    }
}
