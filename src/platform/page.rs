//! The page: its address, title, focus, theme, and being hidden.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, HtmlElement};

/// The fragment of the address, with its `#`.
pub(crate) fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// Goes to another address. `replace` leaves no step for the back button.
pub(crate) fn go(href: &str, replace: bool) {
    let location = window().location();
    // Neither fails for an address of the same page.
    if replace {
        let _ = location.replace(href);
    } else {
        let _ = location.set_hash(href);
    }
}

/// Calls `moved` whenever the fragment of the address changes, for as long as the page lasts.
pub(crate) fn on_move(moved: impl FnMut() + 'static) {
    let moved = Closure::wrap(Box::new(moved) as Box<dyn FnMut()>).into_js_value();
    let _ = window().add_event_listener_with_callback("hashchange", moved.unchecked_ref());
}

/// Loads the page anew.
pub(crate) fn reload() {
    let _ = window().location().reload();
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
    request_animation_frame(move || {
        set_timeout(move || document().set_title(&title), Duration::ZERO);
    });
}

/// Moves the focus to the first element that `selector` finds, and scrolls to it.
pub(crate) fn focus(selector: &str) {
    if let Ok(Some(element)) = document().query_selector(selector)
        && let Ok(element) = element.dyn_into::<HtmlElement>()
    {
        let _ = element.focus();
    }
}

/// As [`focus`], once what is being drawn stands on the page.
pub(crate) fn focus_soon(selector: &str) {
    let selector = selector.to_owned();
    request_animation_frame(move || focus(&selector));
}

/// Shows a new page from its top, with the focus on what `selector` finds, once it stands.
pub(crate) fn begin(selector: &'static str) {
    request_animation_frame(move || {
        focus(selector);
        window().scroll_to_with_x_and_y(0.0, 0.0);
    });
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
