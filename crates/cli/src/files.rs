//! Finding and reading course folders.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use tierwise_engine::bank::{self, Bank};
use tierwise_engine::course::{self, Course};
use tierwise_engine::framework::{self, Topic};

use crate::terminal::Stop;

/// The name of a course page.
pub(crate) const PAGE: &str = "README.md";
/// The name of the page that explains tiers, facets and topics. It stands beside the folders of the courses.
const FRAMEWORK: &str = "framework.md";

/// A course's folder, or those of its banks that were asked for.
#[derive(Debug)]
pub(crate) struct Folder {
    /// Where it is, as it was asked for.
    pub(crate) path: PathBuf,
    /// Its course page, if it has one and was asked for as a whole.
    pub(crate) course: Option<Course>,
    /// Its banks, by name.
    pub(crate) banks: Vec<Bank>,
    /// Whether the whole folder was asked for.
    pub(crate) whole: bool,
}

impl Folder {
    /// The path of a file of the folder, as people read it.
    pub(crate) fn shown(&self, file: &str) -> String {
        shown(&self.path.join(file))
    }

    /// The bank of that name.
    pub(crate) fn bank(&self, path: &str) -> Option<&Bank> {
        self.banks.iter().find(|bank| bank.path() == path)
    }
}

/// A path as people read it.
pub(crate) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    match text.strip_prefix("./") {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => text,
    }
}

/// The topics that the framework's page in a folder of courses explains; none where there is no such page.
pub(crate) fn topics(folder: &Path) -> Vec<Topic> {
    let read = bytes(&folder.join(FRAMEWORK));
    read.map_or_else(
        |_| Vec::new(),
        |bytes| framework::topics(&String::from_utf8_lossy(&bytes)),
    )
}

/// Reads all that `paths` name: banks, course pages, course folders, folders of courses. Each once, in the order of the paths.
///
/// # Errors
/// Every path that cannot be read, with the reason and what to do.
pub(crate) fn read(paths: &[PathBuf]) -> Result<Vec<Folder>, Stop> {
    let mut search = Search::default();
    for path in paths {
        search.look(path);
    }
    let mut folders = Vec::new();
    for (path, wanted) in std::mem::take(&mut search.wanted) {
        folders.push(search.folder(path, wanted));
    }
    if search.troubles.is_empty() {
        Ok(folders)
    } else {
        Err(Stop::Because(search.troubles))
    }
}

/// What was asked for of a folder.
enum Wanted {
    Whole,
    /// These banks.
    Banks(Vec<String>),
}

#[derive(Default)]
struct Search {
    wanted: Vec<(PathBuf, Wanted)>,
    /// The places in `wanted` by what is one folder, however it was named.
    known: BTreeMap<PathBuf, usize>,
    troubles: Vec<String>,
}

impl Search {
    fn trouble(&mut self, named: &Path, error: &io::Error, advice: &str) {
        let path = shown(named);
        let is_link = fs::symlink_metadata(named).is_ok_and(|found| found.is_symlink());
        self.troubles.push(match error.kind() {
            // What is no UTF-8 in a name was replaced by this when the name was read.
            ErrorKind::NotFound if path.contains(char::REPLACEMENT_CHARACTER) => format!(
                "{path}: the name has bytes that are not UTF-8; give it one of letters, digits and `-`"
            ),
            ErrorKind::NotFound if is_link => {
                format!("{path}: is a link to what is not there; mend the link or take it away")
            }
            ErrorKind::NotFound => format!("{path}: there is no such file or folder; {advice}"),
            ErrorKind::PermissionDenied => {
                format!("{path}: may not be read; give yourself the right to read it")
            }
            _ => format!("{path}: cannot be read ({error}); {advice}"),
        });
    }

    fn look(&mut self, path: &Path) {
        const ADVICE: &str =
            "name a bank, a course page (README.md), a course folder or the folder of all courses";
        let is_folder = match fs::metadata(path) {
            Ok(found) => found.is_dir(),
            Err(error) => return self.trouble(path, &error, ADVICE),
        };
        if is_folder {
            return match courses(path) {
                Ok(found) if found.is_empty() => self.troubles.push(format!(
                    "{}: holds neither banks nor course folders; {ADVICE}",
                    shown(path)
                )),
                Ok(found) => {
                    for folder in found {
                        self.want(folder, None);
                    }
                }
                Err(error) => self.trouble(path, &error, ADVICE),
            };
        }
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        self.want(folder, (name != PAGE).then(|| name.into_owned()));
    }

    /// Adds a folder, whole or one bank of it.
    fn want(&mut self, folder: PathBuf, bank: Option<String>) {
        let same = fs::canonicalize(&folder).unwrap_or_else(|_| folder.clone());
        let at = *self.known.entry(same).or_insert_with(|| {
            self.wanted.push((folder, Wanted::Banks(Vec::new())));
            self.wanted.len() - 1
        });
        match (&mut self.wanted[at].1, bank) {
            (wanted, None) => *wanted = Wanted::Whole,
            (Wanted::Banks(banks), Some(bank)) if !banks.contains(&bank) => banks.push(bank),
            _ => {}
        }
    }

    fn folder(&mut self, path: PathBuf, wanted: Wanted) -> Folder {
        let mut folder = Folder {
            course: None,
            banks: Vec::new(),
            whole: matches!(wanted, Wanted::Whole),
            path,
        };
        let names = match wanted {
            Wanted::Banks(names) => names,
            Wanted::Whole => {
                let mut names = match markdown(&folder.path) {
                    Ok(names) => names,
                    Err(error) => {
                        self.trouble(&folder.path, &error, "look at the folder");
                        return folder;
                    }
                };
                if names.iter().any(|name| name == PAGE) {
                    names.retain(|name| name != PAGE);
                    folder.course = self
                        .bytes(&folder.path.join(PAGE))
                        .map(|bytes| course::read(&course_id(&folder.path), bytes));
                }
                if let Some(course) = &folder.course {
                    // The blueprint may name banks of folders below.
                    for bank in course.bank_paths() {
                        if bank.contains('/') && folder.path.join(bank).is_file() {
                            names.push(bank.to_owned());
                        }
                    }
                }
                names
            }
        };
        for name in names {
            if let Some(bytes) = self.bytes(&folder.path.join(&name)) {
                folder.banks.push(bank::read(&name, bytes));
            }
        }
        folder
    }

    fn bytes(&mut self, path: &Path) -> Option<Vec<u8>> {
        bytes(path)
            .map_err(|error| self.trouble(path, &error, "try again, or look at the file"))
            .ok()
    }
}

/// A file's bytes, and no more of them than tell that it is too large.
fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    // To open a pipe would be to wait for who writes into it.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is neither a file nor a folder"));
    }
    let mut bytes = Vec::new();
    File::open(path)?
        .take(bank::LARGEST as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The id of the course in a folder: the folder's name.
fn course_id(folder: &Path) -> String {
    let absolute = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    absolute
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The course folders that `folder` is or holds. It is one itself when its README.md has front matter, or when it has banks and no folder
/// below it has a README.md.
fn courses(folder: &Path) -> io::Result<Vec<PathBuf>> {
    if has_front_matter(&folder.join(PAGE)) {
        return Ok(vec![folder.to_owned()]);
    }
    let mut below = Vec::new();
    for entry in visible(folder)? {
        if entry.is_dir() && !markdown(&entry)?.is_empty() {
            below.push(entry);
        }
    }
    let has_page = |folder: &PathBuf| folder.join(PAGE).is_file();
    if !below.iter().any(has_page) && !markdown(folder)?.is_empty() {
        return Ok(vec![folder.to_owned()]);
    }
    Ok(below)
}

fn has_front_matter(page: &Path) -> bool {
    let mut start = [0; 6];
    let read = File::open(page).and_then(|mut file| file.read(&mut start));
    let start = start.get(..read.unwrap_or_default()).unwrap_or_default();
    start
        .strip_prefix("\u{feff}".as_bytes())
        .unwrap_or(start)
        .starts_with(b"---")
}

/// The names of the markdown files in a folder, sorted.
fn markdown(folder: &Path) -> io::Result<Vec<String>> {
    let names = visible(folder)?
        .into_iter()
        .filter(|path| {
            path.extension().is_some_and(|extension| extension == "md") && !path.is_dir()
        })
        .filter_map(|path| {
            path.file_name()
                .map(|name| name.to_string_lossy().into_owned())
        });
    Ok(names.collect())
}

/// What a folder holds, sorted, hidden files left out.
fn visible(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            entries.push(entry.path());
        }
    }
    entries.sort();
    Ok(entries)
}
