//! `tierwise new`: a template to fill in. Each is a sound file as it stands.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use crate::args::{New, Template};
use crate::files::shown;
use crate::terminal::{self, Stop, Verdict};

pub(super) fn run(args: &New) -> Result<Verdict, Stop> {
    let text = text(args.what);
    if let Some(path) = &args.out {
        write(path, text)?;
        return Ok(Verdict::Fine);
    }
    let mut out = terminal::output();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Verdict::Fine)
}

fn text(what: Template) -> &'static str {
    match what {
        Template::Single => include_str!("../../templates/single.md"),
        Template::Multiple => include_str!("../../templates/multiple.md"),
        Template::Numeric => include_str!("../../templates/numeric.md"),
        Template::Short => include_str!("../../templates/short.md"),
        Template::Ordering => include_str!("../../templates/ordering.md"),
        Template::Matching => include_str!("../../templates/matching.md"),
        Template::Extended => include_str!("../../templates/extended.md"),
        Template::Cloze => include_str!("../../templates/cloze.md"),
        Template::Locate => include_str!("../../templates/locate.md"),
        Template::Hotspot => include_str!("../../templates/hotspot.md"),
        Template::Essay => include_str!("../../templates/essay.md"),
        Template::Case => include_str!("../../templates/case.md"),
        Template::Course => include_str!("../../templates/course.md"),
    }
}

/// Writes a file that is not there yet.
fn write(path: &Path, text: &str) -> Result<(), Stop> {
    let unwritable = |error: io::Error| {
        Stop::because(format_args!(
            "{}: cannot be written ({error}); name a file in a folder where you may write",
            shown(path)
        ))
    };
    let folder = path.parent().filter(|path| !path.as_os_str().is_empty());
    folder
        .map_or(Ok(()), fs::create_dir_all)
        .map_err(unwritable)?;
    let mut file = File::create_new(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Stop::because(format_args!(
            "{}: is there already and stays as it is; name another file",
            shown(path)
        )),
        _ => unwritable(error),
    })?;
    file.write_all(text.as_bytes()).map_err(unwritable)
}
