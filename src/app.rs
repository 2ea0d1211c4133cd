//! The shell: what stands around every page, and which page it is.

use leptos::ev;
use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::components::frame::{footer, header};
use crate::pages;
use crate::platform::dom::{El, el, existing};
use crate::platform::page;
use crate::routes::Route;
use crate::state::history::History;
use crate::state::library::Library;
use crate::state::seat::Seat;
use crate::state::settings::Theme;

/// The address that the page shows.
#[derive(Clone, Copy)]
pub(crate) struct Address(pub(crate) RwSignal<Route>);

/// Draws the whole app in `root`.
pub(crate) fn app(root: HtmlElement) {
    let address = RwSignal::new(Route::parse(&page::fragment()));
    let listener = window_event_listener(ev::hashchange, move |_| {
        address.set(Route::parse(&page::fragment()));
    });
    on_cleanup(move || listener.remove());
    provide_context(Address(address));
    Theme::provide();
    Library::provide();
    History::provide();
    Seat::provide(expect_context());

    // Going from question to question is not another page.
    let place = Memo::new(move |_| match address.get() {
        Route::Sit(course, _) => Route::Sit(course, None),
        route => route,
    });
    let skip = el("a", "tw-skip")
        .attr("href", "#main")
        .text("Skip to main content")
        .on("click", |event| {
            event.prevent_default();
            page::focus("#main");
        });
    existing(root.into())
        .child(skip)
        .child(el("div", "tw-page").live(move || match place.get() {
            Route::Sit(course, _) => pages::sitting::page(course),
            Route::Check(course) => pages::check::page(course),
            route => framed(&route, plain(route.clone())),
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

fn plain(route: Route) -> Vec<El> {
    match route {
        Route::About => pages::about::page(),
        Route::Course(course) => pages::course::page(course),
        Route::Result(course, id) => pages::result::page(course, id),
        Route::Review(course, id, filter) => pages::review::page(course, id, filter),
        Route::Unknown => pages::trouble::no_such_page(),
        Route::Catalogue | Route::Sit(..) | Route::Check(_) => pages::catalogue::page(),
    }
}
