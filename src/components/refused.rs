//! A form that is refused says so at its top, as GOV.UK's services do: what is wrong, and a way to each field.
//!
//! What is wrong also stands at the field, which is described by it. Links move the focus by code, since addresses live in the fragment.

use crate::platform::dom::{El, el};
use crate::platform::page;

/// Says at the top of `form` that it is refused, with the focus there, and in the title. A link leads to the first element of the page that `field`
/// finds; without one, there is nothing to go to.
#[inline(never)]
pub(crate) fn refuse(form: &El, field: &'static str, words: &str) {
    mend();
    let words = el(if field.is_empty() { "span" } else { "a" }, "").text(words);
    let item = match field.is_empty() {
        true => words,
        false => words.attr("href", "#").on("click", move |event| {
            event.prevent_default();
            page::focus(field);
        }),
    };
    let summary = el("div", "tw-errors tw-flow")
        .attr("role", "alert")
        .attr("aria-labelledby", "errors")
        .attr("tabindex", "-1")
        .child(el("h2", "").attr("id", "errors").text("There is a problem"))
        .child(el("ul", "").child(el("li", "").child(item)));
    let shown = summary.clone();
    match form.nth(0) {
        Some(first) => summary.move_before(&first),
        None => {
            let _ = form.clone().child(summary);
        }
    }
    shown.focus();
    page::mark_title(true);
}

/// Takes back that a form was refused.
#[inline(never)]
pub(crate) fn mend() {
    if let Some(summary) = page::on_page(".tw-errors") {
        summary.remove();
        page::mark_title(false);
    }
}
