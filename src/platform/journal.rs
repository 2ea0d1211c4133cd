//! A second copy of what must outlast the machine.
//!
//! Browsers write the store of [`storage`](super::storage) to disk in their own time: Chromium after five seconds at the least, and not more often than once
//! a minute when much is written. A page that is killed loses nothing by that; a browser or a machine that is killed loses the last minute. What is put
//! here is on the disk when its `done` is called.

use std::cell::RefCell;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = indexedDB)]
    fn open(name: &str) -> Result<Object, JsValue>;

    type Database;
    #[wasm_bindgen(method, js_name = createObjectStore)]
    fn create(this: &Database, name: &str);
    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &Database,
        store: &str,
        mode: &str,
        options: &Object,
    ) -> Result<Transaction, JsValue>;

    type Transaction;
    #[wasm_bindgen(method, js_name = objectStore)]
    fn store(this: &Transaction, name: &str) -> Store;

    type Store;
    #[wasm_bindgen(method, catch)]
    fn put(this: &Store, text: &str, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getAll)]
    fn all(this: &Store) -> Result<Object, JsValue>;
    #[wasm_bindgen(method)]
    fn delete(this: &Store, key: &str) -> JsValue;
    #[wasm_bindgen(method)]
    fn clear(this: &Store) -> JsValue;
}

const NAME: &str = "tierwise";

thread_local! {
    /// The database, once it is open.
    static BOOK: RefCell<Option<Database>> = const { RefCell::new(None) };
}

/// Calls `act` when `event` happens to a request or a transaction.
fn on(target: &JsValue, event: &str, act: Box<dyn FnMut()>) {
    let act = Closure::wrap(act).into_js_value();
    let _ = Reflect::set(target, &JsValue::from_str(event), &act);
}

fn result(request: &Object) -> JsValue {
    Reflect::get(request, &JsValue::from_str("result")).unwrap_or_default()
}

fn begin(mode: &str) -> Option<(Transaction, Store)> {
    BOOK.with_borrow(|book| {
        let options = Object::new();
        let strict = JsValue::from_str("strict");
        let _ = Reflect::set(&options, &JsValue::from_str("durability"), &strict);
        let begun = book.as_ref()?.transaction(NAME, mode, &options).ok()?;
        let store = begun.store(NAME);
        Some((begun, store))
    })
}

/// Opens the journal and reads all that stands in it: nothing where the browser has none.
pub(crate) fn read(told: impl Fn(Vec<String>) + Clone + 'static) {
    let Ok(request) = open(NAME) else {
        told(Vec::new());
        return;
    };
    let opening = request.clone();
    on(
        &request,
        "onupgradeneeded",
        Box::new(move || {
            result(&opening).unchecked_into::<Database>().create(NAME);
        }),
    );
    let failed = told.clone();
    on(&request, "onerror", Box::new(move || failed(Vec::new())));
    let opening = request.clone();
    on(
        &request,
        "onsuccess",
        Box::new(move || {
            BOOK.set(Some(result(&opening).unchecked_into()));
            let Some(all) = begin("readonly").and_then(|(_, store)| store.all().ok()) else {
                return told(Vec::new());
            };
            let (found, told) = (all.clone(), told.clone());
            on(
                &all,
                "onsuccess",
                Box::new(move || {
                    let texts: Array = result(&found).unchecked_into();
                    told(texts.iter().filter_map(|text| text.as_string()).collect());
                }),
            );
        }),
    );
}

/// Puts `text` under `key`, in place of what stood there. `done` is called when it is on the disk, or cannot be put there.
pub(crate) fn write(key: &str, text: &str, done: impl Fn() + Clone + 'static) {
    let Some((begun, store)) = begin("readwrite") else {
        return done();
    };
    for event in ["oncomplete", "onabort"] {
        on(&begun, event, Box::new(done.clone()));
    }
    // When it throws, the transaction ends without it.
    let _ = store.put(text, key);
}

/// Takes away what stands under `key`.
pub(crate) fn remove(key: &str) {
    if let Some((_, store)) = begin("readwrite") {
        store.delete(key);
    }
}

/// Takes away all that stands in it.
pub(crate) fn erase() {
    if let Some((_, store)) = begin("readwrite") {
        store.clear();
    }
}
