//! The copy of the site that its service worker (`worker/`) keeps on this device.

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::ServiceWorkerRegistration;

/// Takes the worker and all that it keeps away. Where there is neither, nothing happens.
pub(crate) async fn forget() {
    // For worker/page.js, which may not have come to it yet.
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-erased", "");
    }
    let _ = unregister().await;
    let _ = delete().await;
}

/// Whether the browser gives this page what is called so: insecure pages get neither.
fn has(of: &JsValue, name: &str) -> bool {
    Reflect::has(of, &JsValue::from_str(name)).unwrap_or_default()
}

async fn unregister() -> Result<(), JsValue> {
    let navigator = window().navigator();
    if has(&navigator, "serviceWorker") {
        let found = JsFuture::from(navigator.service_worker().get_registration()).await?;
        if let Ok(registration) = found.dyn_into::<ServiceWorkerRegistration>() {
            JsFuture::from(registration.unregister()?).await?;
        }
    }
    Ok(())
}

async fn delete() -> Result<(), JsValue> {
    if has(&window(), "caches") {
        // The worker names its cache by the folder of the site.
        let path = window().location().pathname()?;
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let name = ["tierwise ", folder, "/"].concat();
        JsFuture::from(window().caches()?.delete(&name)).await?;
    }
    Ok(())
}
