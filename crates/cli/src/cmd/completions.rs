//! `tierwise completions`: what a shell needs to complete the command's words.

use std::io::Write;

use clap::CommandFactory;

use crate::args::{Args, Completions};
use crate::terminal::{self, Stop, Verdict};

pub(super) fn run(args: &Completions) -> Result<Verdict, Stop> {
    // Into memory first: the library panics where it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "tierwise", &mut script);
    let mut out = terminal::output();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Verdict::Fine)
}
