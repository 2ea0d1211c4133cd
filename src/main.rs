//! The page: takes over the static catalogue and mounts the app in its place.

mod app;
mod components;
mod pages;
mod platform;
mod routes;
mod state;

use leptos::prelude::*;

fn main() {
    if let Some(root) = platform::page::take_over("app") {
        mount_to(root, app::app).forget();
    }
}
