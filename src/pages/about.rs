//! About: what it is and is not, marking, privacy, accessibility, licences, and what is kept on this device.

use crate::components::frame::{button, heading, p};
use crate::platform::dom::{El, el};
use crate::platform::{download, storage};

const TEXT: &str = include_str!("about.html");

#[inline(never)]
pub(crate) fn page() -> Vec<El> {
    let aside = storage::keys("aside.");
    let mut parts = vec![heading("About Tierwise"), el("div", "tw-prose").html(TEXT)];
    if !aside.is_empty() {
        let count = aside.len();
        let save = move |_| {
            let all: Vec<String> = aside.iter().filter_map(|key| storage::get(key)).collect();
            download::offer("tierwise-set-aside.txt", "text/plain", &all.join("\n"));
        };
        parts.push(el("h2", "").text("Records set aside"));
        parts.push(p(&format!(
            "Records of sittings that were given up, or that could not be read, are kept on this device: {count}."
        )));
        parts.push(button("tw-button--plain", "Download them").on("click", save));
    }
    vec![el("div", "tw-prose").children(parts)]
}
