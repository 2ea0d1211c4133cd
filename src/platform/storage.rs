//! The device's store. It may be absent, full or damaged: each is a value here, never a panic.

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::*;
use tierwise_engine::archive::Change;

/// Everything of ours stands under this prefix, since other pages of the origin share the store.
const PREFIX: &str = "tierwise.";

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
fn present() -> bool {
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

fn named(key: &str) -> String {
    PREFIX.to_owned() + key
}
