//! The page: its address, title, focus, theme, and being hidden.

use std::cell::RefCell;
use std::time::Duration;

use super::dom::{El, existing};
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, FocusOptions, HtmlElement, HtmlInputElement, MouseEvent};

thread_local! {
    /// Where the app has gone already and the session history has not yet.
    static AHEAD: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The fragment of the address, with its `#`.
pub(crate) fn fragment() -> String {
    AHEAD
        .with_borrow(Clone::clone)
        .unwrap_or_else(|| window().location().hash().unwrap_or_default())
}

/// Runs `run` once what is being drawn has been painted; at once where nothing is painted, as in a tab behind another.
fn after_paint(run: impl FnOnce() + 'static) {
    if document().hidden() {
        run();
    } else {
        request_animation_frame(move || set_timeout(run, Duration::ZERO));
    }
}

/// Goes to another address. `replace` leaves no step for the back button.
///
/// By the session history and not by the location: a browser goes to a fragment in its own time, here the page is another at once. The history is told
/// once the page has been painted, since a browser takes longer over it than over a question.
pub(crate) fn go(href: &str, replace: bool) {
    AHEAD.set(Some(href.to_owned()));
    if let Ok(event) = Event::new(MOVED) {
        let _ = window().dispatch_event(&event);
    }
    let href = href.to_owned();
    after_paint(move || tell_history(&href, replace));
}

fn tell_history(href: &str, replace: bool) {
    // Someone may have gone on meanwhile: then that is told next.
    AHEAD.with_borrow_mut(|ahead| ahead.take_if(|ahead| ahead == href));
    let Ok(history) = window().history() else {
        return;
    };
    // Neither fails for an address of the same page, and browsers that count how often it happens come to their senses again.
    let _ = if replace {
        history.replace_state_with_url(&JsValue::NULL, "", Some(href))
    } else {
        history.push_state_with_url(&JsValue::NULL, "", Some(href))
    };
}

/// What browsers call it when the fragment of the address changes.
const MOVED: &str = "hashchange";

/// Calls `moved` whenever the fragment of the address changes, for as long as the page lasts, and goes to the pages of the app that links lead to.
pub(crate) fn on_move(mut moved: impl FnMut() + 'static) {
    let moved = move |event: Event| {
        // The browser's own: the candidate went back or typed an address, and that counts.
        if event.is_trusted() {
            AHEAD.set(None);
        }
        moved();
    };
    let moved = Closure::wrap(Box::new(moved) as Box<dyn FnMut(Event)>).into_js_value();
    let _ = window().add_event_listener_with_callback(MOVED, moved.unchecked_ref());
    let follow = Closure::wrap(Box::new(follow) as Box<dyn FnMut(Event)>).into_js_value();
    let _ = window().add_event_listener_with_callback("click", follow.unchecked_ref());
}

/// Follows a link to a page of the app, unless the candidate wants it in a tab or window of its own.
fn follow(event: Event) {
    let mouse: &MouseEvent = event.unchecked_ref();
    let elsewhere = mouse.button() != 0
        || mouse.ctrl_key()
        || mouse.meta_key()
        || mouse.shift_key()
        || mouse.alt_key();
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let link = target.and_then(|it| it.closest("a[href^='#/']").ok().flatten());
    if let Some(href) = link.and_then(|link| link.get_attribute("href"))
        && !elsewhere
        && !event.default_prevented()
        && href != fragment()
    {
        event.prevent_default();
        go(&href, false);
    }
}

/// Calls `changed` whenever the page is hidden, closed or shown again, and says whether it is shown, for as long as it lasts.
pub(crate) fn on_presence(changed: impl Fn(bool) + 'static) {
    let seen = move |event: Event| {
        // A page that is closed may not have been hidden before.
        changed(event.type_() != CLOSED && !document().hidden());
    };
    let seen = Closure::wrap(Box::new(seen) as Box<dyn FnMut(Event)>).into_js_value();
    for name in ["visibilitychange", CLOSED, "pageshow"] {
        let _ = window().add_event_listener_with_callback(name, seen.unchecked_ref());
    }
}

/// What browsers call it when a page is closed, or put by in case somebody goes back to it.
const CLOSED: &str = "pagehide";

/// Whether the page is shown.
pub(crate) fn is_shown() -> bool {
    !document().hidden()
}

/// Whether the browser asks the candidate before it closes the page.
pub(crate) fn guard(on: bool) {
    let ask = Closure::wrap(Box::new(|event: Event| {
        event.prevent_default();
    }) as Box<dyn FnMut(Event)>);
    let ask = if on {
        ask.into_js_value()
    } else {
        JsValue::NULL
    };
    let _ = js_sys::Reflect::set(&window(), &JsValue::from_str("onbeforeunload"), &ask);
}

/// Loads the page anew.
pub(crate) fn reload() {
    let _ = window().location().reload();
}

/// Asks the browser to print the page.
pub(crate) fn print() {
    let _ = window().print();
}

/// Takes the text out of the element with this id.
pub(crate) fn text_of(id: &str) -> Option<String> {
    document().get_element_by_id(id)?.text_content()
}

/// Empties the element that the app is mounted in, and returns it.
pub(crate) fn take_over(id: &str) -> Option<HtmlElement> {
    let root: HtmlElement = document().get_element_by_id(id)?.dyn_into().ok()?;
    root.set_text_content(None);
    Some(root)
}

/// Sets the title of the page, such as `Question 7 of 40`, once the page itself has been painted: browsers take longer over it than over a
/// question.
pub(crate) fn set_title(title: &str) {
    let title = [title, " – Tierwise"].concat();
    after_paint(move || document().set_title(&title));
}

/// Says in the title that there is an error on the page, or takes that back.
pub(crate) fn mark_title(on: bool) {
    const MARK: &str = "Error: ";
    let title = document().title();
    let bare = title.strip_prefix(MARK).unwrap_or(&title);
    document().set_title(&[if on { MARK } else { "" }, bare].concat());
}

/// The first element of the page that `selector` finds.
pub(crate) fn on_page(selector: &str) -> Option<El> {
    let found = document().query_selector(selector);
    found.ok().flatten().map(existing)
}

/// Does something that can wait, a second from now, if the address is still the same then.
pub(crate) fn soon(act: impl FnOnce() + 'static) {
    let here = fragment();
    let act = move || {
        if here == fragment() {
            act();
        }
    };
    set_timeout(act, Duration::from_secs(1));
}

/// Moves the focus to the first element that `selector` finds, and scrolls to it.
pub(crate) fn focus(selector: &str) {
    if let Ok(Some(element)) = document().query_selector(selector)
        && let Ok(element) = element.dyn_into::<HtmlElement>()
    {
        let _ = element.focus();
    }
}

/// Puts a text into the first element that `selector` finds.
pub(crate) fn say(selector: &str, text: &str) {
    if let Ok(Some(element)) = document().query_selector(selector) {
        element.set_text_content(Some(text));
    }
}

/// As [`focus`], once what is being drawn stands on the page.
pub(crate) fn focus_soon(selector: &str) {
    let selector = selector.to_owned();
    request_animation_frame(move || focus(&selector));
}

/// Shows a new page from its top, with the focus on what `selector` finds, once it has been painted.
pub(crate) fn begin(selector: &'static str) {
    request_animation_frame(move || window().scroll_to_with_x_and_y(0.0, 0.0));
    after_paint(move || {
        if let Ok(Some(element)) = document().query_selector(selector) {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let element: &HtmlElement = element.unchecked_ref();
            let _ = element.focus_with_options(&options);
        }
    });
}

/// Whether the box or radio with this id is ticked.
pub(crate) fn is_ticked(id: &str) -> bool {
    let field = document().get_element_by_id(id);
    field
        .and_then(|field| field.dyn_into::<HtmlInputElement>().ok())
        .is_some_and(|field| field.checked())
}

/// Whether the window is at least `width` CSS pixels wide.
pub(crate) fn is_wide(width: u32) -> bool {
    window()
        .inner_width()
        .ok()
        .and_then(|value| value.as_f64())
        .is_some_and(|inner| inner >= f64::from(width))
}

/// Sets the theme: `light`, `dark`, or nothing for that of the device.
pub(crate) fn set_theme(theme: &str) {
    if let Some(root) = document().document_element() {
        let root: Element = root;
        let _ = if theme.is_empty() {
            root.remove_attribute("data-theme")
        } else {
            root.set_attribute("data-theme", theme)
        };
    }
}
