//! The shell: what stands around every page, and which page it is.

use leptos::ev;
use leptos::prelude::*;

use crate::components::frame::{footer, header};
use crate::pages;
use crate::platform::page;
use crate::routes::Route;
use crate::state::history::History;
use crate::state::library::Library;
use crate::state::seat::Seat;
use crate::state::settings::Theme;

/// The address that the page shows.
#[derive(Clone, Copy)]
pub(crate) struct Address(pub(crate) RwSignal<Route>);

/// The whole app.
pub(crate) fn app() -> impl IntoView {
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
    let skip = move |event: ev::MouseEvent| {
        event.prevent_default();
        page::focus("#main");
    };
    view! {
        <a class="tw-skip" href="#main" on:click=skip>"Skip to main content"</a>
        {move || match place.get() {
            Route::Sit(course, _) => pages::sitting::page(course),
            Route::Check(course) => pages::check::page(course),
            route => view! {
                {header(&route)}
                <main class="tw-main tw-width" id="main" tabindex="-1">{plain(route)}</main>
                {footer()}
            }
            .into_any(),
        }}
    }
}

/// A page in the ordinary frame.
fn plain(route: Route) -> AnyView {
    match route {
        Route::About => pages::about::page(),
        Route::Course(course) => pages::course::page(course),
        Route::Result(course, id) => pages::result::page(course, id),
        Route::Review(course, id, filter) => pages::review::page(course, id, filter),
        Route::Unknown => pages::trouble::no_such_page(),
        Route::Catalogue | Route::Sit(..) | Route::Check(_) => pages::catalogue::page(),
    }
}
