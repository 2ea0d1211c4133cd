//! Any bytes as a script.
#![no_main]

#[path = "../../crates/engine/tests/inputs/mod.rs"]
mod inputs;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| inputs::look_at_script(&String::from_utf8_lossy(bytes)));
