//! Elements, built at once and kept up to date by effects.
//!
//! Leptos' `view!` gives every piece of a page a type of its own, and each type its own code to build, change, move and drop it: this app's pages
//! came to 190 kB of wasm that way. Here all of them are one type. What can be operated is built by [`El`]; what can only be read is HTML,
//! written by the engine or beside it with every text escaped.

use js_sys::{Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
pub(crate) use web_sys::Event;
use web_sys::{Element, EventTarget, HtmlElement, KeyboardEvent, PointerEvent};

/// An element on its way to the page.
#[derive(Clone)]
pub(crate) struct El(Element);

/// A new element. `tag` is a name of our own; the browser refuses none of those.
pub(crate) fn el(tag: &str, class: &str) -> El {
    let Ok(element) = document().create_element(tag) else {
        unreachable!("names of elements are our own")
    };
    if !class.is_empty() {
        element.set_class_name(class);
    }
    El(element)
}

/// An element that is on the page already.
pub(crate) fn existing(element: impl Into<Element>) -> El {
    El(element.into())
}

// Attributes have names of our own, and what is set can be set: nothing below fails.
impl El {
    /// Sets an attribute.
    pub(crate) fn attr(self, name: &str, value: &str) -> Self {
        let _ = self.0.set_attribute(name, value);
        self
    }

    /// Sets an attribute if `on`; with no value, as those that only are or are not.
    pub(crate) fn flag(self, name: &str, on: bool) -> Self {
        if on { self.attr(name, "") } else { self }
    }

    /// Puts HTML in the place of what is in it. All that is not ours in it has been escaped by its writer.
    pub(crate) fn html(self, html: &str) -> Self {
        put_html(&self.0, html);
        self
    }

    /// Adds text.
    pub(crate) fn text(self, text: &str) -> Self {
        let _ = self.0.append_with_str_1(text);
        self
    }

    /// Adds an element.
    pub(crate) fn child(self, child: El) -> Self {
        let _ = self.0.append_child(&child.0);
        self
    }

    /// Adds elements.
    pub(crate) fn children(self, children: Vec<El>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// Adds an element, if there is one.
    pub(crate) fn maybe(self, child: Option<El>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// Calls `act` whenever `event` happens to it. The browser frees the closure with the element.
    pub(crate) fn on(self, event: &str, act: impl FnMut(Event) + 'static) -> Self {
        self.listen(event, Box::new(act))
    }

    fn listen(self, event: &str, act: Box<dyn FnMut(Event)>) -> Self {
        let act = Closure::wrap(act).into_js_value();
        let _ = self
            .0
            .add_event_listener_with_callback(event, act.unchecked_ref());
        self
    }

    /// Keeps an attribute as `value` says; there is none while it says nothing.
    pub(crate) fn keep(
        self,
        name: &'static str,
        value: impl Fn() -> Option<String> + 'static,
    ) -> Self {
        let element = self.0.clone();
        keep(Box::new(move || {
            let _ = match value() {
                Some(value) => element.set_attribute(name, &value),
                None => element.remove_attribute(name),
            };
        }));
        self
    }

    /// Keeps a class on it while `on`.
    pub(crate) fn keep_class(self, class: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        let element = self.0.clone();
        keep(Box::new(move || {
            let _ = element.class_list().toggle_with_force(class, on());
        }));
        self
    }

    /// Keeps a property, such as `checked`, as `on` says: what the candidate did to it does not stay in its attribute.
    pub(crate) fn keep_prop(self, name: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        let element = self.clone();
        keep(Box::new(move || element.set(name, on())));
        self
    }

    /// Keeps its text as `text` says.
    pub(crate) fn keep_text(self, text: impl Fn() -> String + 'static) -> Self {
        let element = self.0.clone();
        keep(Box::new(move || element.set_text_content(Some(&text()))));
        self
    }

    /// Lets `run` see to it, now and whenever something that it read changes.
    pub(crate) fn keep_with(self, run: impl Fn(&El) + 'static) -> Self {
        let this = self.clone();
        keep(Box::new(move || run(&this)));
        self
    }

    /// Keeps what is in it as `inside` says. Whatever `inside` sets up lasts until it is called again.
    pub(crate) fn live(self, inside: impl Fn() -> Vec<El> + 'static) -> Self {
        let element = self.0.clone();
        keep(Box::new(move || {
            let children = inside();
            element.set_text_content(None);
            existing(element.clone()).children(children);
        }));
        self
    }
}

// What stands on the page already is found, read and moved. A form whose parts are one piece of HTML keeps what it knows there, and hears of all
// of them by one listener; that must not hold its own element, which would then never be freed, but asks the event for it.
impl El {
    /// The first element in it that `selector` finds.
    pub(crate) fn find(&self, selector: &str) -> Option<El> {
        self.0.query_selector(selector).ok().flatten().map(El)
    }

    /// All elements in it that `selector` finds.
    pub(crate) fn all(&self, selector: &str) -> Vec<El> {
        let mut found = Vec::new();
        if let Ok(list) = self.0.query_selector_all(selector) {
            for at in 0..list.length() {
                found.extend(list.item(at).map(|node| El(node.unchecked_into())));
            }
        }
        found
    }

    /// The element in it at place `n`, from 0.
    pub(crate) fn nth(&self, n: usize) -> Option<El> {
        self.0.children().item(n as u32).map(El)
    }

    /// The nearest element that `selector` finds, of itself and those around it.
    pub(crate) fn around(&self, selector: &str) -> Option<El> {
        self.0.closest(selector).ok().flatten().map(El)
    }

    /// The element that it is in.
    pub(crate) fn parent(&self) -> Option<El> {
        self.0.parent_element().map(El)
    }

    /// The element before it or, if `after`, behind it.
    pub(crate) fn beside(&self, after: bool) -> Option<El> {
        let element = &self.0;
        let found = match after {
            true => element.next_element_sibling(),
            false => element.previous_element_sibling(),
        };
        found.map(El)
    }

    /// Moves it to before `other`.
    pub(crate) fn move_before(&self, other: &El) {
        if let Some(parent) = other.0.parent_node() {
            let _ = parent.insert_before(&self.0, Some(&other.0));
        }
    }

    /// Takes it away from where it is.
    pub(crate) fn remove(&self) {
        self.0.remove();
    }

    /// An attribute, empty when it has none.
    pub(crate) fn get(&self, name: &str) -> String {
        self.0.get_attribute(name).unwrap_or_default()
    }

    /// Sets an attribute, or takes it away.
    pub(crate) fn put(&self, name: &str, value: Option<&str>) {
        let _ = match value {
            Some(value) => self.0.set_attribute(name, value),
            None => self.0.remove_attribute(name),
        };
    }

    /// Sets a property that is or is not, such as `checked`.
    pub(crate) fn set(&self, name: &str, on: bool) {
        let _ = Reflect::set(&self.0, &JsValue::from_str(name), &JsValue::from_bool(on));
    }

    /// What stands in a field or select.
    pub(crate) fn value(&self) -> String {
        Reflect::get(&self.0, &JsValue::from_str("value"))
            .ok()
            .and_then(|value| value.as_string())
            .unwrap_or_default()
    }

    /// Puts a text in the place of what is in it.
    pub(crate) fn say(&self, text: &str) {
        self.0.set_text_content(Some(text));
    }

    /// Moves the focus to it.
    pub(crate) fn focus(&self) {
        let _ = self.0.unchecked_ref::<HtmlElement>().focus();
    }

    /// How far down in the window its middle is, in CSS pixels.
    pub(crate) fn middle(&self) -> i32 {
        let place = self.0.get_bounding_client_rect();
        ((place.top() + place.bottom()) / 2.0) as i32
    }
}

thread_local! {
    /// The one way by which the page lets HTML in (its policy of content names it), with its method; none where the browser knows no Trusted Types.
    static POLICY: Option<(JsValue, Function)> = policy();
}

fn policy() -> Option<(JsValue, Function)> {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &JsValue::from_str(name)).ok();
    let window = window();
    let types = get(&window, "trustedTypes")?;
    let create: Function = get(&types, "createPolicy")?.dyn_into().ok()?;
    // What comes here has been escaped by its writer, so it passes as it is: `String` gives back the text that it is given.
    let rules = Object::new();
    let _ = Reflect::set(
        &rules,
        &JsValue::from_str("createHTML"),
        &get(&window, "String")?,
    );
    let name = JsValue::from_str("tierwise");
    let policy = create.call2(&types, &name, &rules).ok()?;
    let create_html = get(&policy, "createHTML")?.dyn_into().ok()?;
    Some((policy, create_html))
}

fn put_html(element: &Element, html: &str) {
    let mut html = JsValue::from_str(html);
    POLICY.with(|known| {
        if let Some((policy, create_html)) = known
            && let Ok(trusted) = create_html.call1(policy, &html)
        {
            html = trusted;
        }
    });
    let _ = Reflect::set(element, &JsValue::from_str("innerHTML"), &html);
}

/// Runs `run` now and whenever something that it read changes, for as long as the owner lasts.
fn keep(run: Box<dyn Fn()>) {
    // The owner keeps what is stored, and drops it when it ends.
    StoredValue::new_local(RenderEffect::new(move |_| run()));
}

/// The value of the field that an event happened to.
pub(crate) fn value_of(event: &Event) -> String {
    event_target_value(event)
}

/// Whether the box that an event happened to is ticked.
pub(crate) fn is_ticked(event: &Event) -> bool {
    event_target_checked(event)
}

/// The innermost element that an event happened to.
pub(crate) fn target_of(event: &Event) -> Option<El> {
    element(event.target())
}

/// The element that listens to an event.
pub(crate) fn listener_of(event: &Event) -> Option<El> {
    element(event.current_target())
}

fn element(target: Option<EventTarget>) -> Option<El> {
    target?.dyn_into().ok().map(El)
}

/// The name of the key that was struck; empty when it was struck with another, which browsers and screen readers have uses for.
pub(crate) fn key_of(event: &Event) -> String {
    let event: &KeyboardEvent = event.unchecked_ref();
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return String::new();
    }
    event.key()
}

/// How far down in the window the pointer is, in CSS pixels.
pub(crate) fn pointer_at(event: &Event) -> i32 {
    event.unchecked_ref::<PointerEvent>().client_y()
}

/// Lets the listener hear of all that the pointer does until it is let go, wherever it goes.
pub(crate) fn capture(event: &Event) {
    if let Some(El(element)) = listener_of(event) {
        let _ = element.set_pointer_capture(event.unchecked_ref::<PointerEvent>().pointer_id());
    }
}
