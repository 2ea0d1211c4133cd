//! The page: takes over the static catalogue and draws the app in its place.

mod app;
mod components;
mod pages;
mod platform;
mod routes;
mod state;

use leptos::mount::mount_to;

fn main() {
    if let Some(root) = platform::page::take_over("app") {
        mount_to(root.clone(), move || {
            app::app(platform::dom::existing(root))
        })
        .forget();
    }
}
