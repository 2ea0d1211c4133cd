//! `tierwise bundle`: the banks and the catalogue, into a built site. All of it or nothing.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tierwise_engine::bank::{self, Bank, Severity};
use tierwise_engine::catalogue::{BankFile, Catalogue, CourseCard, PageFile};
use tierwise_engine::course::Course;
use tierwise_engine::framework::Framework;
use tierwise_engine::paper;

use crate::args::{Bundle, Format};
use crate::files::{self, Folder, PAGE, shown};
use crate::inspect::Findings;
use crate::render::{self, counted};
use crate::terminal::{self, Stop, Verdict};

/// The page of the site.
const INDEX: &str = "index.html";
/// The id of the empty element of index.html that gets the catalogue's data: a `<script type="application/json">`, which a browser does not run.
const DATA_PLACE: &str = "catalogue";
/// The id of the empty element that gets the list of courses.
const LIST_PLACE: &str = "courses";

/// The folder of the site that holds the courses' folders.
const QUESTIONS: &str = "questions";
/// The catalogue as a file of its own.
const CATALOGUE: &str = "catalogue.json";
/// What the banks examine, and where to learn more of each topic: fetched when it is asked for, so that the first question does not wait for it.
const FRAMEWORK: &str = "framework.json";

pub(super) fn run(args: &Bundle) -> Result<Verdict, Stop> {
    let folders = files::read(std::slice::from_ref(&args.questions))?;
    let mut findings = Findings::of(&folders);
    let warnings = findings.count(Severity::Warning);
    if findings.count(Severity::Error) > 0 {
        findings.only_errors();
        let mut out = terminal::errors();
        let coloured = out.coloured;
        render::write(Format::Text, &findings, coloured, &mut out)?;
        out.flush()?;
        return Ok(Verdict::Faults);
    }
    let courses: Vec<(&Folder, &Course, Vec<&Bank>)> = folders
        .iter()
        .filter_map(|folder| {
            let course = folder.course.as_ref()?;
            let banks = course
                .bank_paths()
                .into_iter()
                .filter_map(|path| folder.bank(path));
            Some((folder, course, banks.collect()))
        })
        .collect();
    if courses.is_empty() {
        return Err(Stop::because(format_args!(
            "{}: holds no course; a course is a folder with a {PAGE}",
            shown(&args.questions)
        )));
    }
    let mut catalogue = Catalogue::new(
        courses
            .iter()
            .map(|(_, course, banks)| card(course, banks))
            .collect(),
    );
    let all = courses.iter().flat_map(|(.., banks)| banks.iter().copied());
    let framework = Framework::of(all, files::topics(&args.questions)).write();
    catalogue.framework = Some(PageFile {
        path: FRAMEWORK.to_owned(),
        sha256: bank::digest(framework.as_bytes()),
    });
    let index = index(&args.into, &catalogue)?;

    let stage = Stage::new(&args.into)?;
    for (folder, course, banks) in &courses {
        let target = stage.path.join(QUESTIONS).join(course.id());
        // The texts as they were checked, whatever has become of the files meanwhile.
        write(&target.join(PAGE), course.source().as_bytes())?;
        for bank in banks {
            write(&target.join(bank.path()), bank.source().as_bytes())?;
        }
        for picture in pictures(course, banks) {
            copy(&folder.path.join(&picture), &target.join(&picture))?;
        }
    }
    write(&stage.path.join(CATALOGUE), catalogue.write().as_bytes())?;
    write(&stage.path.join(FRAMEWORK), framework.as_bytes())?;
    write(&stage.path.join(INDEX), index.as_bytes())?;
    stage.publish(&args.into)?;

    let mut out = terminal::output();
    let questions: u32 = catalogue
        .courses
        .iter()
        .map(|course| course.bank_questions)
        .sum();
    write!(
        out,
        "{} with {} in {}",
        counted(courses.len(), "course"),
        counted(questions as usize, "question"),
        shown(&args.into)
    )?;
    if warnings > 0 {
        write!(
            out,
            "; {}, see tierwise check {}",
            counted(warnings, "warning"),
            shown(&args.questions)
        )?;
    }
    writeln!(out)?;
    out.flush()?;
    Ok(Verdict::Fine)
}

fn card(course: &Course, banks: &[&Bank]) -> CourseCard {
    let count = |bank: &Bank| u32::try_from(bank.len()).unwrap_or(u32::MAX);
    CourseCard {
        id: course.id().to_owned(),
        title: course.title().to_owned(),
        summary: course.summary().to_owned(),
        tier: course.tier(),
        minutes: course.minutes(),
        pass_percent: course.pass_percent(),
        questions: u32::try_from(paper::length(course, banks.iter().copied())).unwrap_or(u32::MAX),
        bank_questions: banks.iter().map(|bank| count(bank)).sum(),
        page: PageFile {
            path: format!("{QUESTIONS}/{}/{PAGE}", course.id()),
            sha256: course.digest().to_owned(),
        },
        banks: banks
            .iter()
            .map(|bank| BankFile {
                path: bank.path().to_owned(),
                sha256: bank.digest().to_owned(),
                bytes: bank.source().len() as u64,
                questions: count(bank),
            })
            .collect(),
    }
}

/// The pictures that a course page and its banks show, each once, as paths in the course's folder.
fn pictures(course: &Course, banks: &[&Bank]) -> BTreeSet<PathBuf> {
    let mut all = BTreeSet::new();
    let beside_page = course.images();
    let of_banks = banks.iter().map(|bank| (bank.path(), bank.images()));
    for (file, images) in of_banks.chain([(PAGE, beside_page.as_slice())]) {
        let folder = Path::new(file).parent().unwrap_or_else(|| Path::new(""));
        for names in images.iter().filter_map(|image| image.path()) {
            all.insert(
                names
                    .iter()
                    .fold(folder.to_owned(), |path, name| path.join(name)),
            );
        }
    }
    all
}

/// The site's index.html with the catalogue in it.
fn index(site: &Path, catalogue: &Catalogue) -> Result<String, Stop> {
    let path = site.join(INDEX);
    let mut index = fs::read_to_string(&path).map_err(|error| {
        Stop::because(format_args!(
            "{}: cannot be read ({error}); --into names the folder of the built site",
            shown(&path)
        ))
    })?;
    let mut missing = Vec::new();
    for (id, content) in [
        (LIST_PLACE, catalogue.cards_html(&|_| None)),
        (DATA_PLACE, catalogue.write()),
    ] {
        match places(&index, id).as_slice() {
            &[at] => index.insert_str(at, &content),
            [] => missing.push(format!(
                "{}: has no empty element with id=\"{id}\"; put it where the catalogue goes, or build the site anew if it has been bundled already",
                shown(&path)
            )),
            _ => missing.push(format!(
                "{}: has more than one empty element with id=\"{id}\"; keep one",
                shown(&path)
            )),
        }
    }
    if missing.is_empty() {
        Ok(index)
    } else {
        Err(Stop::Because(missing))
    }
}

/// Where the insides of the empty elements with this id begin. Minifiers take quotation marks away and move attributes, so only the id and the end
/// of its tag are looked for.
fn places(html: &str, id: &str) -> Vec<usize> {
    let attribute = [format!(" id=\"{id}\""), format!(" id={id}")];
    let found = attribute.iter().flat_map(|attribute| {
        html.match_indices(attribute.as_str())
            .map(|(at, attribute)| at + attribute.len())
    });
    found
        .filter(|&behind| html[behind..].starts_with([' ', '>']))
        .filter_map(|behind| Some(behind + html[behind..].find('>')? + 1))
        .filter(|&inside| html[inside..].starts_with("</"))
        .collect()
}

/// A folder in the site where everything is made ready, so that a fault on the way leaves the site as it was.
struct Stage {
    path: PathBuf,
}

impl Stage {
    fn new(site: &Path) -> Result<Self, Stop> {
        let path = site.join(format!(".bundle-{}", std::process::id()));
        // One that an interrupted run of the same number left behind.
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).map_err(|error| unwritable(&path, &error))?;
        Ok(Self { path })
    }

    /// Moves everything to its place in the site, the page that shows it last. When something cannot be moved, all goes back to where it was.
    fn publish(&self, site: &Path) -> Result<(), Stop> {
        let mut done = Vec::new();
        for name in [QUESTIONS, CATALOGUE, FRAMEWORK, INDEX] {
            if let Err(error) = self.exchange(site, name) {
                for name in done.into_iter().rev() {
                    // What stands in the way of this has been said already, by the error that led here.
                    let _ = fs::rename(site.join(name), self.path.join(name));
                    let _ = fs::rename(self.before(name), site.join(name));
                }
                return Err(unwritable(&site.join(name), &error));
            }
            done.push(name);
        }
        Ok(())
    }

    /// Puts what was made ready in the place of what the site has.
    fn exchange(&self, site: &Path, name: &str) -> io::Result<()> {
        let target = site.join(name);
        let had = target.symlink_metadata().is_ok();
        if had {
            fs::rename(&target, self.before(name))?;
        }
        let moved = fs::rename(self.path.join(name), &target);
        if moved.is_err() && had {
            fs::rename(self.before(name), &target)?;
        }
        moved
    }

    /// Where a part of the site as it was is kept until all is done.
    fn before(&self, name: &str) -> PathBuf {
        self.path.join(format!("before-{name}"))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // What cannot be removed is in nobody's way: the next run makes a folder of its own.
        let _ = fs::remove_dir_all(&self.path);
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    make_room(path)?;
    fs::write(path, bytes).map_err(|error| unwritable(path, &error))
}

fn copy(from: &Path, to: &Path) -> Result<(), Stop> {
    make_room(to)?;
    fs::copy(from, to).map(|_| ()).map_err(|error| {
        Stop::because(format_args!(
            "{}: cannot be copied to {} ({error})",
            shown(from),
            shown(to)
        ))
    })
}

fn make_room(path: &Path) -> Result<(), Stop> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))
}

fn unwritable(path: &Path, error: &dyn Display) -> Stop {
    Stop::because(format_args!(
        "{}: cannot be written ({error}); look at the folder's rights and the room on the disk",
        shown(path)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_published_whole_leaves_the_site_as_it_was() -> io::Result<()> {
        let site = tempfile::tempdir()?;
        let site = site.path();
        fs::create_dir(site.join(QUESTIONS))?;
        fs::write(site.join(QUESTIONS).join("old.md"), "old")?;
        fs::write(site.join(INDEX), "old")?;
        let Ok(stage) = Stage::new(site) else {
            panic!("no stage");
        };
        fs::create_dir(stage.path.join(QUESTIONS))?;
        fs::write(stage.path.join(CATALOGUE), "new")?;
        fs::write(stage.path.join(FRAMEWORK), "new")?;
        // The new index.html is missing, so the last move fails.
        assert!(stage.publish(site).is_err());
        drop(stage);
        assert_eq!(
            fs::read_to_string(site.join(QUESTIONS).join("old.md"))?,
            "old"
        );
        assert_eq!(fs::read_to_string(site.join(INDEX))?, "old");
        let mut left: Vec<_> = fs::read_dir(site)?
            .flatten()
            .map(|entry| entry.file_name())
            .collect();
        left.sort();
        assert_eq!(left, [INDEX, QUESTIONS]);
        Ok(())
    }
}
