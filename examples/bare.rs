//! The least that a first question can take, for the browser bench: a page that fetches the banks of level 2, reads them and says how many questions
//! they hold. `make bench` builds it with the flags of the release site, and measures the app beside it.

use tierwise_engine::bank;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Response, window};

const BANKS: [&str; 3] = ["hl7.md", "dicom.md", "integrations.md"];

/// Waits for a bank that was asked for, and counts its questions.
async fn questions(name: &str, asked: js_sys::Promise) -> Result<usize, JsValue> {
    let response: Response = JsFuture::from(asked).await?.dyn_into()?;
    let bytes = JsFuture::from(response.array_buffer()?).await?;
    let bank = bank::read(name, js_sys::Uint8Array::new(&bytes).to_vec());
    Ok(bank.questions().count())
}

async fn show() -> Result<(), JsValue> {
    let window = window().ok_or("no window")?;
    let asked = BANKS.map(|name| {
        let address = ["questions/level-2/", name].concat();
        (name, window.fetch_with_str(&address))
    });
    let mut count = 0;
    for (name, asked) in asked {
        count += questions(name, asked).await?;
    }
    let page = window.document().and_then(|page| page.body());
    page.ok_or("no body")?
        .set_inner_html(&["<h1>", &count.to_string(), " questions</h1>"].concat());
    Ok(())
}

fn main() {
    spawn_local(async {
        // The bench waits for the heading; where it does not come, the console says why.
        if let Err(error) = show().await {
            wasm_bindgen::throw_val(error);
        }
    });
}
