//! The command as tutors meet it: what it writes, and what it ends with.
#![allow(clippy::unwrap_used)]

mod authoring;
mod bad_input;
mod bundle;
mod check;
mod docs;
mod fmt;
mod harness;
mod links;
mod mark;
mod new;
mod paper;
mod records;
mod schema;
mod shell;
mod stats;
mod try_file;
