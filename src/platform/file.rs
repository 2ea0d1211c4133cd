//! Files of the candidate's or tutor's own disk. They are read here, and sent nowhere.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Event, File, HtmlInputElement};

/// Reads the file that was picked in a field of files, and calls `read` with its name and bytes.
pub(crate) fn picked(event: &Event, read: impl FnOnce(String, Vec<u8>) + 'static) {
    let field = event.target().and_then(|it| it.dyn_into().ok());
    let files = field.and_then(|field: HtmlInputElement| field.files());
    open(files.and_then(|files| files.get(0)), Box::new(read));
}

/// Reads the file that was dropped, as [`picked`] does.
pub(crate) fn dropped(event: &Event, read: impl FnOnce(String, Vec<u8>) + 'static) {
    event.prevent_default();
    let carried = event.unchecked_ref::<DragEvent>().data_transfer();
    let files = carried.and_then(|carried| carried.files());
    open(files.and_then(|files| files.get(0)), Box::new(read));
}

fn open(file: Option<File>, read: Box<dyn FnOnce(String, Vec<u8>)>) {
    let Some(file) = file else {
        return;
    };
    spawn_local(async move {
        // One that cannot be read, such as a folder, is as good as an empty one: that is said then.
        let bytes = JsFuture::from(file.array_buffer()).await;
        let bytes = bytes.map_or_else(
            |_| Vec::new(),
            |buffer| js_sys::Uint8Array::new(&buffer).to_vec(),
        );
        read(file.name(), bytes);
    });
}

/// Whether this machine itself serves the page.
pub(crate) fn is_served_here() -> bool {
    let host = window().location().hostname().unwrap_or_default();
    matches!(host.as_str(), "127.0.0.1" | "localhost" | "[::1]")
}
