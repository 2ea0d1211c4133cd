//! `tierwise fmt`: writes banks and course pages in canonical form.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tierwise_engine::format::{self, Unformatted};

use crate::args::Fmt;
use crate::files::{self, Folder, PAGE, shown};
use crate::render::counted;
use crate::terminal::{self, Stop, Verdict};

/// A file and its canonical form.
struct File {
    path: PathBuf,
    source: String,
    form: Result<String, Unformatted>,
}

pub(super) fn run(args: &Fmt) -> Result<Verdict, Stop> {
    let folders = files::read(&args.paths)?;
    let files: Vec<File> = folders.iter().flat_map(forms).collect();
    let mut out = terminal::output();
    let mut complaints = terminal::errors();
    let mut troubles = Vec::new();
    let (mut changed, mut faulty) = (0, 0);
    for file in &files {
        let path = shown(&file.path);
        match &file.form {
            Ok(form) if *form == file.source => {}
            Ok(form) => {
                changed += 1;
                if args.check {
                    writeln!(out, "{path}: is not in canonical form")?;
                } else if let Err(error) = replace(&file.path, form) {
                    troubles.push(format!(
                        "{path}: cannot be written ({error}); it is as it was: look at its folder's rights and the room on the disk"
                    ));
                } else {
                    writeln!(out, "{path}: written in canonical form")?;
                }
            }
            Err(why) => {
                faulty += 1;
                let advice = match why {
                    Unformatted::Errors => format!("run tierwise check {path}"),
                    Unformatted::Meaning => "tidy it by hand".to_owned(),
                };
                writeln!(
                    complaints,
                    "tierwise: {path}: {why}, so it stays as it is; {advice}"
                )?;
            }
        }
    }
    let files = counted(files.len(), "file");
    match (changed, args.check) {
        (0, _) if faulty == 0 => writeln!(out, "{files}: nothing to change")?,
        (_, true) => writeln!(out, "{changed} of {files} to change; run tierwise fmt")?,
        (_, false) => writeln!(out, "{changed} of {files} changed")?,
    }
    out.flush()?;
    complaints.flush()?;
    if !troubles.is_empty() {
        return Err(Stop::Because(troubles));
    }
    Ok(if faulty > 0 || (args.check && changed > 0) {
        Verdict::Faults
    } else {
        Verdict::Fine
    })
}

/// The files of a folder.
fn forms(folder: &Folder) -> Vec<File> {
    let page = folder.course.iter().map(|course| File {
        path: folder.path.join(PAGE),
        source: course.source().to_owned(),
        form: format::course(course),
    });
    let banks = folder.banks.iter().map(|bank| File {
        path: folder.path.join(bank.path()),
        source: bank.source().to_owned(),
        form: format::bank(bank),
    });
    page.chain(banks).collect()
}

/// Puts `text` into the file all at once, so that whatever happens it holds the old text or the new one.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    // A link stays one, and what it leads to is written.
    let path = fs::canonicalize(path)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(name);
    let written = write(&beside, text, &path).and_then(|()| fs::rename(&beside, &path));
    if written.is_err() {
        // What cannot be removed either has been said by the error that led here.
        let _ = fs::remove_file(&beside);
    }
    written
}

fn write(path: &Path, text: &str, like: &Path) -> io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.set_permissions(fs::metadata(like)?.permissions())?;
    file.sync_all()
}
