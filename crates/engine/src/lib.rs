//! The engine of Tierwise: text in, values out.
//!
//! The way through it is one-way: text → [`bank::Bank`] → [`paper::Paper`] → [`sitting::Sitting`] →
//! [`script::Script`] → [`marking`] → [`result`] → [`profile`]. Nothing here knows a browser, a clock, a disk or a source of
//! randomness: seed, time and text come in as arguments.
#![forbid(unsafe_code)]

pub mod archive;
pub mod bank;
pub mod calibration;
pub mod catalogue;
pub mod course;
#[cfg(test)]
mod fixtures;
pub mod format;
pub mod fraction;
pub mod framework;
pub mod fsrs;
pub mod json;
pub mod marking;
pub mod paper;
pub mod profile;
pub mod question;
pub mod result;
pub mod script;
pub mod sitting;
mod sorted;
