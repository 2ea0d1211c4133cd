//! The subcommands, a file each.

mod bundle;
mod check;
mod completions;
mod fmt;
mod mark;
mod new;
mod paper;
pub(crate) mod stats;
mod try_file;

use crate::args::Command;
use crate::terminal::{Stop, Verdict};

/// Runs a subcommand.
///
/// # Errors
/// [`Stop`] when it could not do what it was asked to.
pub(crate) fn run(command: &Command) -> Result<Verdict, Stop> {
    match command {
        Command::New(args) => new::run(args),
        Command::Check(args) => check::run(args),
        Command::Stats(args) => stats::run(args),
        Command::Fmt(args) => fmt::run(args),
        Command::Try(args) => try_file::run(args),
        Command::Paper(args) => paper::run(args),
        Command::Mark(args) => mark::run(args),
        Command::Bundle(args) => bundle::run(args),
        Command::Completions(args) => completions::run(args),
    }
}
