//! Signals around the engine's values.

pub(crate) mod history;
pub(crate) mod library;
pub(crate) mod seat;
pub(crate) mod settings;
