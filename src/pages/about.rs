//! About: what it is and is not, marking, privacy, accessibility, licences, and what is kept on this device.

use leptos::prelude::*;

use crate::components::frame::announce;
use crate::platform::{download, storage};

const TEXT: &str = include_str!("about.html");

pub(crate) fn page() -> AnyView {
    announce("About");
    let aside = storage::keys("aside.");
    let count = aside.len();
    let save = move |_| {
        let all: Vec<String> = aside.iter().filter_map(|key| storage::get(key)).collect();
        download::offer("tierwise-set-aside.txt", "text/plain", &all.join("\n"));
    };
    view! {
        <div class="tw-prose">
            <h1 tabindex="-1">"About Tierwise"</h1>
            <div inner_html=TEXT></div>
            {(count > 0).then(|| view! {
                <h2>"Records set aside"</h2>
                <p>{format!("{count} records of sittings that were given up, or that could not be read, are kept on this device.")}</p>
                <button class="tw-button tw-button--plain" type="button" on:click=save>"Download them"</button>
            })}
        </div>
    }
    .into_any()
}
