//! Header and footer of the ordinary pages, and the pieces that pages share.

use std::sync::atomic::{AtomicBool, Ordering};

use super::icon::{self, LOGO};
use crate::platform::dom::{El, el};
use crate::platform::page;
use crate::routes::Route;
use crate::state::state;

/// `text`, escaped for HTML.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::new();
    tierwise_engine::bank::escape(&mut out, text);
    out
}

/// The header, with the main navigation.
pub(crate) fn header(route: &Route) -> El {
    let courses = matches!(route, Route::Catalogue) || route.course().is_some();
    let link = |route: &Route, name: &str, here: bool| {
        let link = el("a", "tw-header__link")
            .attr("href", &route.href())
            .text(name);
        el("li", "").child(if here {
            link.attr("aria-current", "page")
        } else {
            link
        })
    };
    let brand = el("a", "tw-brand")
        .attr("href", &Route::Catalogue.href())
        .html(LOGO)
        .text("Tierwise");
    let list = el("ul", "tw-header__list")
        .child(link(&Route::Catalogue, "Courses", courses))
        .child(link(
            &Route::Progress,
            "Progress",
            *route == Route::Progress,
        ))
        .child(link(&Route::Data, "Your data", *route == Route::Data))
        .child(link(&Route::About, "About", *route == Route::About));
    let row = el("div", "tw-width tw-header__row").child(brand).child(
        el("nav", "tw-header__nav")
            .attr("aria-label", "Main")
            .child(list),
    );
    el("header", "tw-header").child(row)
}

/// The footer, with the choice of theme.
pub(crate) fn footer() -> El {
    let theme = state().theme;
    let choice = |value: &'static str, name: &str| {
        let input = el("input", "tw-theme__input")
            .attr("type", "radio")
            .attr("name", "theme")
            .attr("value", value)
            .keep_prop("checked", move || theme.get() == value)
            .on("change", move |_| theme.set(value));
        el("label", "tw-theme__choice")
            .child(input)
            .text(" ")
            .text(name)
    };
    let choices = el("fieldset", "tw-theme")
        .child(el("legend", "tw-theme__legend").text("Theme"))
        .child(choice("", "As the device"))
        .child(choice("light", "Light"))
        .child(choice("dark", "Dark"));
    footed(
        el("p", "")
            .text("Nothing leaves this device: answers and results are kept in this browser only."),
        Some(choices),
    )
}

/// A footer of our own making.
pub(crate) fn footed(words: El, beside: Option<El>) -> El {
    let row = el("div", "tw-width tw-footer__row")
        .child(words)
        .maybe(beside);
    el("footer", "tw-footer").child(row)
}

/// A link to the page above this one.
pub(crate) fn back(route: &Route, name: &str) -> El {
    el("a", "tw-back")
        .attr("href", &route.href())
        .html(&icon::BACK.before(&escaped(name)))
}

/// The `h1` of a page; sets the page's title and moves the focus there, as a browser does with a new page.
pub(crate) fn heading(title: &str) -> El {
    announce(title);
    el("h1", "").attr("tabindex", "-1").text(title)
}

/// As [`heading`], with the name of the course above it.
pub(crate) fn heading_of(course: &str, title: &str) -> El {
    announce(title);
    el("h1", "")
        .attr("tabindex", "-1")
        .child(el("span", "tw-caption").text(course))
        .text(" ")
        .text(title)
}

/// Sets the page's title and moves the focus to its `h1`; not for the first page, which the browser has announced itself, and from whose
/// beginning the skip link is reached.
pub(crate) fn announce(title: &str) {
    static LATER: AtomicBool = AtomicBool::new(false);
    page::set_title(title);
    if LATER.swap(true, Ordering::Relaxed) {
        page::begin("h1");
    }
}

/// A paragraph.
pub(crate) fn p(text: &str) -> El {
    el("p", "").text(text)
}

/// A column of readable width.
pub(crate) fn column(children: Vec<El>) -> El {
    el("div", "tw-flow tw-narrow").children(children)
}

/// A link that looks like a button, or a button.
pub(crate) fn button(class: &str, html: &str) -> El {
    el("button", &format!("tw-button {class}"))
        .attr("type", "button")
        .html(html)
}

/// A link that looks like a button.
pub(crate) fn link_button(class: &str, route: &Route, html: &str) -> El {
    el("a", &format!("tw-button {class}"))
        .attr("href", &route.href())
        .html(html)
}

/// A row of buttons.
pub(crate) fn actions(buttons: Vec<El>) -> El {
    el("div", "tw-actions").children(buttons)
}

/// A box that says something of note. `warning` gives it its mark and colour.
pub(crate) fn notice(warning: bool, title: &str, body: Vec<El>) -> El {
    let title = escaped(title);
    let (class, title) = if warning {
        (
            "tw-notice tw-flow tw-notice--warn",
            icon::WARN.before(&title),
        )
    } else {
        ("tw-notice tw-flow", title)
    };
    el("section", class)
        .child(el("h2", "tw-notice__title").html(&title))
        .children(body)
}

/// A row of facts.
pub(crate) fn fact(key: &str, value: &str) -> String {
    [
        "<div class=\"tw-summary__row\"><dt class=\"tw-summary__key\">",
        key,
        "</dt><dd class=\"tw-summary__value\">",
        &escaped(value),
        "</dd></div>",
    ]
    .concat()
}

/// A radio or checkbox with its label: the input, to bind, and what makes a row of it.
pub(crate) fn choice(
    kind: &str,
    name: &str,
    id: &str,
    label_html: &str,
) -> (El, impl FnOnce(El) -> El + use<>) {
    let input = el("input", "tw-choice__input")
        .attr("type", kind)
        .attr("name", name)
        .attr("id", id);
    let label = el("label", "tw-choice__label")
        .attr("for", id)
        .html(label_html);
    (input, move |input| {
        el("div", "tw-choice").child(input).child(label)
    })
}
