//! Unicode, by the browser's own tables.

/// `text` in Unicode NFKC, so that what was typed compares alike on every platform.
pub(crate) fn nfkc(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    js_sys::JsString::from(text).normalize("NFKC").into()
}
