//! The device's store. It may be absent, full or damaged: each is a value here, never a panic.

use gloo_storage::{LocalStorage, Storage};
use js_sys::Promise;
use leptos::prelude::*;
use leptos::task::spawn_local;
use tierwise_engine::archive::Change;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Event;

#[wasm_bindgen]
extern "C" {
    // Both throw where the browser does not have them.
    #[wasm_bindgen(catch, js_namespace = ["navigator", "storage"])]
    fn persist() -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["navigator", "storage"])]
    fn persisted() -> Result<Promise, JsValue>;
}

/// Everything of ours stands under this prefix, since other pages of the origin share the store.
const PREFIX: &str = "tierwise.";

/// What the page notes of the browser and not of the candidate: that it was asked to keep the store; that its journal has begun.
pub(crate) const NOTES: [&str; 3] = ["asked", "journal", "moved"];

/// Why something could not be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StoreError {
    /// The browser gives no store: it is switched off, or the page is in a frame that may not have one.
    Absent,
    /// The store took nothing: it is full.
    Full,
}

impl StoreError {
    /// What the candidate is told.
    pub(crate) fn message(self) -> &'static str {
        match self {
            Self::Absent => "Not saved: this browser gives the page no store",
            Self::Full => "Not saved: the browser's store is full",
        }
    }
}

/// Whether there is a store. gloo-storage takes it for granted, so it is asked for first.
pub(crate) fn present() -> bool {
    matches!(window().local_storage(), Ok(Some(_)))
}

/// The text under `key`.
pub(crate) fn get(key: &str) -> Option<String> {
    if !present() {
        return None;
    }
    LocalStorage::raw().get_item(&named(key)).ok().flatten()
}

/// Puts `text` under `key`; what stood there before stays when it fails.
///
/// # Errors
/// [`StoreError`] when the store is absent or full.
pub(crate) fn set(key: &str, text: &str) -> Result<(), StoreError> {
    if !present() {
        return Err(StoreError::Absent);
    }
    LocalStorage::raw()
        .set_item(&named(key), text)
        .map_err(|_| StoreError::Full)
}

/// Takes away what stands under `key`.
pub(crate) fn remove(key: &str) {
    if present() {
        LocalStorage::delete(named(key));
    }
}

/// The keys that begin with `prefix`, sorted.
pub(crate) fn keys(prefix: &str) -> Vec<String> {
    if !present() {
        return Vec::new();
    }
    let raw = LocalStorage::raw();
    let prefix = named(prefix);
    let mut keys: Vec<String> = (0..LocalStorage::length())
        .filter_map(|index| raw.key(index).ok().flatten())
        .filter(|key| key.starts_with(&prefix))
        .filter_map(|key| key.strip_prefix(PREFIX).map(str::to_owned))
        .collect();
    keys.sort_unstable();
    keys
}

/// Makes all of these changes, in their order, or none of them.
///
/// # Errors
/// [`StoreError`] when the store is absent or full; then all stands as it did.
#[inline(never)]
pub(crate) fn change(changes: &[Change]) -> Result<(), StoreError> {
    let mut before = Vec::new();
    for Change { key, text } in changes {
        before.push((key, get(key)));
        let made = match text {
            Some(text) => set(key, text),
            None => {
                remove(key);
                Ok(())
            }
        };
        if let Err(error) = made {
            // Backwards, so that each finds the room that it had.
            for (key, text) in before.into_iter().rev() {
                match text {
                    Some(text) => drop(set(key, &text)),
                    None => remove(key),
                }
            }
            return Err(error);
        }
    }
    Ok(())
}

/// Moves what stands under `key` out of the way, so that nothing is lost and nothing trips over it again.
///
/// # Errors
/// [`StoreError`] when there is no room for the copy; what stood under `key` stays then.
pub(crate) fn set_aside(key: &str) -> Result<(), StoreError> {
    let Some(text) = get(key) else {
        return Ok(());
    };
    let mut number = keys("aside.").len();
    let name = |number: usize| format!("aside.{number}.{key}");
    // After an erasure a number may be taken.
    while get(&name(number)).is_some() {
        number += 1;
    }
    set(&name(number), &text)?;
    remove(key);
    Ok(())
}

/// Asks the browser, once and never again, to keep the store when it runs out of room and makes some. Some browsers decide for themselves, others ask
/// the candidate.
pub(crate) fn ask_to_keep() {
    let [asked, ..] = NOTES;
    if get(asked).is_none()
        && set(asked, "1").is_ok()
        && let Ok(asked) = persist()
    {
        spawn_local(async move {
            let _ = JsFuture::from(asked).await;
        });
    }
}

/// Whether the browser promised to keep the store; nothing where it makes no such promises.
pub(crate) async fn is_kept() -> Option<bool> {
    JsFuture::from(persisted().ok()?).await.ok()?.as_bool()
}

/// Calls `heard` whenever another page of the site changes the store: with the key, or nothing when all was erased.
pub(crate) fn on_change(heard: impl Fn(Option<&str>) + 'static) {
    let heard = move |event: Event| {
        let key = js_sys::Reflect::get(&event, &JsValue::from_str("key"));
        match key.ok().and_then(|key| key.as_string()) {
            None => heard(None),
            Some(key) => {
                if let Some(key) = key.strip_prefix(PREFIX) {
                    heard(Some(key));
                }
            }
        }
    };
    let heard = Closure::wrap(Box::new(heard) as Box<dyn FnMut(Event)>).into_js_value();
    let _ = window().add_event_listener_with_callback("storage", heard.unchecked_ref());
}

/// What `key` is called in the whole of the store.
pub(crate) fn named(key: &str) -> String {
    PREFIX.to_owned() + key
}
