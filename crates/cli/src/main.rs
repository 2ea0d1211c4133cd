//! `tierwise`, the tutor's command: writes, checks and counts question banks, bundles them for the site, prints papers and marks scripts.
//!
//! It exits with 0 when all is well, 1 when it found faults, and 2 when it could not do what it was asked to.
#![forbid(unsafe_code)]

mod args;
mod cmd;
mod files;
mod inspect;
mod render;
mod serve;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = args::Args::parse();
    terminal::colour(args.color);
    terminal::exit_code(cmd::run(&args.command))
}
