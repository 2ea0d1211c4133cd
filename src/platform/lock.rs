//! One writer: a lock of the browser's, which one page of the site holds at a time.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    // web-sys counts it among what may still change. There is none where the site is served by plain HTTP, and then this throws.
    #[wasm_bindgen(catch, js_namespace = ["navigator", "locks"])]
    fn request(name: &str, options: &Object, granted: &JsValue) -> Result<Promise, JsValue>;
}

/// How a lock is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Only if nobody holds it.
    IfFree,
    /// As soon as nobody holds it.
    Queue,
    /// From whoever holds it.
    Steal,
}

/// What became of a lock that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// This page holds it, until it is closed or lets go.
    Held,
    /// Another page holds it.
    Refused,
    /// Another page has taken it from this one.
    Lost,
    /// The browser has no locks for this page.
    Missing,
}

thread_local! {
    /// Lets go of what this page holds.
    static LET_GO: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Asks for the lock `name`, and says what becomes of it, one thing after the other. When `told` no longer wants what it is given, it says false.
pub(crate) fn ask(name: &str, how: Ask, told: Rc<dyn Fn(Told) -> bool>) {
    let options = Object::new();
    let option = match how {
        Ask::IfFree => "ifAvailable",
        Ask::Queue => "",
        Ask::Steal => "steal",
    };
    let _ = Reflect::set(&options, &JsValue::from_str(option), &JsValue::TRUE);
    let held = Rc::new(Cell::new(false));
    let granted = {
        let (told, held) = (told.clone(), held.clone());
        move |lock: JsValue| {
            if lock.is_null() {
                told(Told::Refused);
            } else if told(Told::Held) {
                held.set(true);
                return Promise::new(&mut |let_go, _| LET_GO.set(Some(let_go))).into();
            }
            JsValue::UNDEFINED
        }
    };
    let granted = Closure::wrap(Box::new(granted) as Box<dyn FnMut(JsValue) -> JsValue>);
    let Ok(ended) = request(name, &options, granted.into_js_value().unchecked_ref()) else {
        told(Told::Missing);
        return;
    };
    spawn_local(async move {
        if JsFuture::from(ended).await.is_err() {
            told(if held.get() {
                Told::Lost
            } else {
                Told::Missing
            });
        }
    });
}

/// Lets go of the lock that this page holds, if it holds one.
pub(crate) fn let_go() {
    if let Some(let_go) = LET_GO.take() {
        let _ = let_go.call0(&JsValue::UNDEFINED);
    }
}
