//! The catalogue: the same cards that stand in the static page, with the open sittings noted on them.

use leptos::prelude::*;

use crate::components::frame::announce;
use crate::state::library::Library;
use crate::state::seat;

/// What the static page says above the cards; `bundle` leaves it alone, so it is kept alike in `index.html`.
const LEAD: &str = "Practise and sit papers in imaging informatics, marked here in your browser. Every question tells you why.";

pub(crate) fn page() -> AnyView {
    let library: Library = expect_context();
    announce("Courses");
    let cards = library.with(|catalogue| catalogue.cards_html(&note));
    view! {
        <div class="tw-flow">
            <h1 tabindex="-1">"Know what moves the images"</h1>
            <p class="tw-lead">{LEAD}</p>
            <div inner_html=cards></div>
        </div>
    }
    .into_any()
}

fn note(course: &str) -> Option<String> {
    let desk = seat::stored(course).ok()?;
    Some(format!(
        "Sitting open: question {} of {}",
        desk.sitting.current() + 1,
        desk.sitting.len()
    ))
}
