//! The command as tutors meet it: what it writes, and what it ends with.
#![allow(clippy::unwrap_used)]

mod bundle;
mod check;
mod harness;
mod mark;
mod paper;
