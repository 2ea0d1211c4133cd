//! The catalogue: the same cards that stand in the static page, with the open sittings noted on them.

use super::trial::picker;
use crate::components::frame::{announce, p};
use crate::platform::dom::{El, el};
use crate::state::{seat, state};

// What the static page says above the cards; kept alike in `index.html`, so that taking over changes nothing on the screen.
const TITLE: &str = "Know what moves the images";
const LEAD: &str = "Practise and sit papers in imaging informatics, marked here in your browser. Every question tells you why.";

pub(crate) fn page() -> Vec<El> {
    announce("Courses");
    let library = state().library;
    let cards = library.cards_html(&note);
    let none = library
        .is_empty()
        .then(|| p("There is no course to choose: the catalogue could not be read. Load the page anew; if that does not help, tell those who run your course. Answers and results on this device are safe."));
    vec![
        el("div", "tw-flow")
            .child(el("h1", "").attr("tabindex", "-1").text(TITLE))
            .child(p(LEAD).attr("class", "tw-lead"))
            .maybe(none)
            .child(el("div", "").html(&cards))
            .child(picker()),
    ]
}

fn note(course: &str) -> Option<String> {
    let desk = seat::peek(course)?;
    Some(format!(
        "Sitting open: question {} of {}",
        desk.sitting.current() + 1,
        desk.sitting.len()
    ))
}
