//! What the candidate set for this device.

use leptos::prelude::*;

use crate::platform::{page, storage};

const THEME: &str = "theme";

/// The theme: `light`, `dark`, or nothing for that of the device.
#[derive(Clone, Copy)]
pub(crate) struct Theme(RwSignal<String>);

impl Theme {
    /// Takes the stored theme up.
    pub(crate) fn stored() -> Self {
        let stored = storage::get(THEME)
            .filter(|theme| theme == "light" || theme == "dark")
            .unwrap_or_default();
        page::set_theme(&stored);
        Self(RwSignal::new(stored))
    }

    pub(crate) fn get(self) -> String {
        self.0.get()
    }

    /// Sets and stores it. A device without a store keeps it until the page is closed.
    pub(crate) fn set(self, theme: &str) {
        page::set_theme(theme);
        if theme.is_empty() {
            storage::remove(THEME);
        } else {
            let _ = storage::set(THEME, theme);
        }
        self.0.set(theme.to_owned());
    }
}
