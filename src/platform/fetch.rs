//! Same-origin GETs, the only requests that the app makes.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit, Response};

/// Why a file could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FetchError {
    /// The server answers that it has no such file, or nothing usable.
    Status(u16),
    /// No answer came, or it broke off.
    Unreachable,
}

/// A file on its way.
pub(crate) struct Pending(JsFuture);

/// What of a copy that the browser has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Copy {
    /// It is taken.
    Taken,
    /// It is taken when the server says that it is as it was.
    Checked,
    /// The server is asked for the whole file.
    Passed,
}

/// Asks for the file at `path`, relative to the page.
pub(crate) fn start(path: &str, copy: Copy) -> Pending {
    let options = RequestInit::new();
    options.set_cache(match copy {
        Copy::Taken => RequestCache::Default,
        Copy::Checked => RequestCache::NoCache,
        Copy::Passed => RequestCache::Reload,
    });
    // Listened to from now on, lest a failure before it is waited for counts as one that nobody handles.
    Pending(JsFuture::from(
        window().fetch_with_str_and_init(path, &options),
    ))
}

impl Pending {
    /// Waits for all of it.
    ///
    /// # Errors
    /// [`FetchError`] when it cannot be had whole.
    pub(crate) async fn bytes(self) -> Result<Vec<u8>, FetchError> {
        let broken = |_: JsValue| FetchError::Unreachable;
        let response: Response = self.0.await.map_err(broken)?.unchecked_into();
        if !response.ok() {
            return Err(FetchError::Status(response.status()));
        }
        let buffer = JsFuture::from(response.array_buffer().map_err(broken)?)
            .await
            .map_err(broken)?;
        Ok(js_sys::Uint8Array::new(&buffer).to_vec())
    }
}
