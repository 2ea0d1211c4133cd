//! Any bytes as a course page.
#![no_main]

#[path = "../../crates/engine/tests/inputs/mod.rs"]
mod inputs;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| inputs::look_at_course(bytes.to_vec()));
