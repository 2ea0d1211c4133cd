//! A form that is refused says so as GOV.UK's services do: a summary at the top of the page, with the focus on it and a link to the field, the words
//! again at the field, and the title of the page.
//!
//! The link moves the focus by code, since addresses live in the fragment.

use super::frame::escaped;
use crate::platform::dom::{El, el};
use crate::platform::page;

const SUMMARY: &str = ".tw-errors";
/// The id of what is said at a field, where its form has no place for that.
const AT_FIELD: &str = "refused";

/// Says that a form is refused: at the top of the first element that `top` finds, and at the first that `field` finds. With no field, there is nothing
/// to go to.
#[inline(never)]
pub(crate) fn refuse(top: &str, field: &'static str, words: &str) {
    mend();
    let item = match field {
        "" => el("p", "").text(words),
        field => el("a", "")
            .attr("href", "#main")
            .text(words)
            .on("click", move |event| {
                event.prevent_default();
                page::focus(field);
            }),
    };
    if let Some(group) = fieldset(field).filter(|group| group.find(".tw-error").is_none()) {
        let said = "<span class=\"tw-visually-hidden\">Error: </span>".to_owned() + &escaped(words);
        let said = el("p", "tw-error").attr("id", AT_FIELD).html(&said);
        if let Some(second) = group.nth(1) {
            said.move_before(&second);
        }
        group.put("aria-describedby", Some(AT_FIELD));
    }
    let summary = el("div", "tw-errors tw-flow")
        .attr("role", "alert")
        .attr("aria-labelledby", "errors")
        .attr("tabindex", "-1")
        .child(el("h2", "").attr("id", "errors").text("There is a problem"))
        .child(el("ul", "").child(el("li", "").child(item)));
    if let Some(first) = page::on_page(top).and_then(|top| top.nth(0)) {
        summary.move_before(&first);
    }
    summary.focus();
    page::mark_title(true);
}

fn fieldset(field: &str) -> Option<El> {
    if field.is_empty() {
        return None;
    }
    page::on_page(field)?.around("fieldset")
}

/// Takes back that a form was refused, if one was. Cheap where none was, which is mostly so.
pub(crate) fn forget() {
    if page::on_page(SUMMARY).is_some() {
        mend();
    }
}

#[inline(never)]
fn mend() {
    if let Some(summary) = page::on_page(SUMMARY) {
        summary.remove();
        page::mark_title(false);
    }
    if let Some(said) = page::on_page("#refused") {
        if let Some(group) = said.parent() {
            group.put("aria-describedby", None);
        }
        said.remove();
    }
}
