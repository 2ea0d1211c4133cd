//! Time and chance.

use leptos::prelude::*;
use tierwise_engine::paper::Seed;
use web_sys::wasm_bindgen::JsValue;

/// Milliseconds since 1970 by the device's clock.
pub(crate) fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// Milliseconds that only ever go forward while the page is open, whatever happens to the device's clock.
fn steady() -> f64 {
    window()
        .performance()
        .map_or_else(js_sys::Date::now, |performance| performance.now())
}

/// Counts the milliseconds of a sitting: by the device's clock while the page was closed, by a steady one while it is open.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stopwatch {
    at_start: u64,
    started: f64,
}

impl Stopwatch {
    /// For a sitting that began at `began` (milliseconds since 1970) and whose last event stands `last` milliseconds behind that: a clock set back
    /// cannot bring the time before it.
    pub(crate) fn resume(began: u64, last: u64) -> Self {
        Self {
            at_start: now().saturating_sub(began).max(last),
            started: steady(),
        }
    }

    /// Milliseconds since the sitting began.
    pub(crate) fn elapsed(self) -> u64 {
        self.at_start + (steady() - self.started).max(0.0) as u64
    }
}

/// A seed from the device's source of randomness.
pub(crate) fn random_seed() -> Seed {
    let mut bytes = [0_u8; 8];
    let random = window()
        .crypto()
        .is_ok_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    let number = if random {
        u64::from_le_bytes(bytes)
    } else {
        now()
    };
    // Seeds have 53 bits.
    Seed::new(number >> 11).unwrap_or_default()
}

/// `10:42` by the device's clock.
pub(crate) fn time_of_day() -> String {
    time_of(&js_sys::Date::new_0())
}

/// `2 March 2026, 10:42` for milliseconds since 1970.
#[inline(never)]
pub(crate) fn moment(at: u64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(at as f64));
    [&day(at), ", ", &time_of(&date)].concat()
}

fn time_of(date: &js_sys::Date) -> String {
    let two = |n: u32| format!("{n:02}");
    two(date.get_hours()) + ":" + &two(date.get_minutes())
}

/// `2 March 2026` for milliseconds since 1970.
pub(crate) fn day(at: u64) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let date = js_sys::Date::new(&JsValue::from_f64(at as f64));
    let month = MONTHS.get(date.get_month() as usize).unwrap_or(&"");
    format!("{} {month} {}", date.get_date(), date.get_full_year())
}
