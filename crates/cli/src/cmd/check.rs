//! `tierwise check`: everything that is wrong, in one pass.

use std::io::Write;

use tierwise_engine::bank::Severity;

use crate::args::Check;
use crate::files;
use crate::inspect::Findings;
use crate::render;
use crate::terminal::{self, Stop, Verdict};

pub(super) fn run(args: &Check) -> Result<Verdict, Stop> {
    let folders = files::read(&args.paths)?;
    let findings = Findings::of(&folders);
    let mut out = terminal::output();
    let coloured = out.coloured;
    render::write(args.format, &findings, coloured, &mut out)?;
    out.flush()?;
    let faults = findings.count(Severity::Error) > 0
        || (args.strict && findings.count(Severity::Warning) > 0);
    Ok(if faults {
        Verdict::Faults
    } else {
        Verdict::Fine
    })
}
