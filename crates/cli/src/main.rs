//! The tutor's command.
fn main() {}
