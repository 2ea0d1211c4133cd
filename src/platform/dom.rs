//! Elements, built at once and kept up to date by effects.
//!
//! Leptos' `view!` gives every piece of a page a type of its own, and each type its own code to build, change, move and drop it: this app's pages
//! came to 190 kB of wasm that way. Here all of them are one type. What can be operated is built by [`El`]; what can only be read is HTML,
//! written by the engine or beside it with every text escaped.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event};

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
        self.0.set_inner_html(html);
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
        let element = self.0.clone();
        keep(Box::new(move || {
            let _ = js_sys::Reflect::set(
                &element,
                &JsValue::from_str(name),
                &JsValue::from_bool(on()),
            );
        }));
        self
    }

    /// Keeps its text as `text` says.
    pub(crate) fn keep_text(self, text: impl Fn() -> String + 'static) -> Self {
        let element = self.0.clone();
        keep(Box::new(move || element.set_text_content(Some(&text()))));
        self
    }

    /// Keeps a list's items as `items` says, each as HTML. One effect for the whole list, and only what changed is touched.
    pub(crate) fn keep_items(self, items: impl Fn() -> Vec<String> + 'static) -> Self {
        let element = self.0.clone();
        let drawn = RefCell::new(Vec::<String>::new());
        keep(Box::new(move || {
            let (items, mut drawn) = (items(), drawn.borrow_mut());
            if items.len() != drawn.len() {
                element.set_inner_html(&["<li>", &items.join("</li><li>"), "</li>"].concat());
            } else {
                for (n, (now, before)) in items.iter().zip(drawn.iter()).enumerate() {
                    if now != before
                        && let Some(item) = element.children().item(n as u32)
                    {
                        item.set_inner_html(now);
                    }
                }
            }
            *drawn = items;
        }));
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
