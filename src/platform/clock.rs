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

/// Counts the milliseconds of a sitting: by the device's clock while the page was closed, by a steady one while it is open, for as long as the two
/// agree. `docs/decisions.md` says what happens when they do not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stopwatch {
    at_start: u64,
    started: f64,
    /// By how much the device's clock was ahead of the steady one when they were last compared.
    ahead: f64,
    /// By how much somebody has set the device's clock since the sitting began.
    set: i64,
    /// A jump that nobody has been told of yet.
    jump: i64,
}

/// From so many milliseconds on, a jump is none that clocks make by themselves.
const JUMP: i64 = 5_000;

/// The milliseconds that passed in a jump of the device's clock, which somebody had set by `set` before. Forward by less than half a day, the device
/// was asleep, and that time counts. Otherwise somebody set the clock, and no time passed; nor did any where a clock set back is set right.
fn slept(by: i64, set: i64) -> i64 {
    const HALF_A_DAY: i64 = 12 * 3_600_000;
    let beyond = by.saturating_add(set.min(0));
    if (0..HALF_A_DAY).contains(&beyond) {
        beyond
    } else {
        0
    }
}

impl Stopwatch {
    /// For a sitting that began at `began` (milliseconds since 1970), whose last event stands `last` milliseconds behind that, and in which the
    /// device's clock was seen to make these jumps. A clock set back in the meantime cannot bring the time before the last event.
    pub(crate) fn resume(began: u64, last: u64, jumps: impl Iterator<Item = i64>) -> Self {
        let set = jumps.fold(0, |set: i64, by| set.saturating_add(by - slept(by, set)));
        let at = (now() as i64)
            .saturating_sub(began as i64)
            .saturating_sub(set);
        let back = at.saturating_sub(last as i64);
        let started = steady();
        Self {
            at_start: last.saturating_add(back.max(0) as u64),
            started,
            ahead: js_sys::Date::now() - started,
            set: set.saturating_add(back.min(0)),
            jump: if back < -JUMP { back } else { 0 },
        }
    }

    /// Milliseconds since the sitting began.
    pub(crate) fn elapsed(self) -> u64 {
        self.at_start + (steady() - self.started).max(0.0) as u64
    }

    /// By how many milliseconds the device's clock has jumped since this was last asked; nothing mostly. From now on, time is counted as
    /// it is counted after such a jump.
    pub(crate) fn take_jump(&mut self) -> Option<i64> {
        let ahead = js_sys::Date::now() - steady();
        let by = (ahead - self.ahead) as i64;
        self.ahead = ahead;
        if by.abs() > JUMP {
            self.jump = by;
            let slept = slept(by, self.set);
            self.at_start += slept as u64;
            self.set += by - slept;
        }
        Some(std::mem::take(&mut self.jump)).filter(|by| *by != 0)
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

/// `10:42` by the device's clock, for milliseconds since 1970.
pub(crate) fn time_of_day(at: u64) -> String {
    time_of(&js_sys::Date::new(&JsValue::from_f64(at as f64)))
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
