//! About: what it is and is not, marking, privacy, accessibility, licences.

use crate::components::frame::heading;
use crate::platform::dom::{El, el};

const TEXT: &str = include_str!("about.html");

#[inline(never)]
pub(crate) fn page() -> Vec<El> {
    let text = el("div", "tw-prose").html(TEXT);
    vec![
        el("div", "tw-prose")
            .child(heading("About Tierwise"))
            .child(text),
    ]
}
