//! All that is wrong with course folders: what the engine finds in the texts, and what only the disk can tell.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use tierwise_engine::bank::{
    self, Bank, Code, Diagnostic, Heeded, Image, Severity, Silenced, Span,
};
use tierwise_engine::catalogue::RESERVED;
use tierwise_engine::course::Course;
use tierwise_engine::question::{Form, Keyboard};
use unicode_normalization::{UnicodeNormalization, is_nfkc};

use crate::files::{self, Folder, PAGE};

/// What is wrong with one file.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    /// Its path, as people read it.
    pub(crate) path: String,
    /// Its text.
    pub(crate) source: &'a str,
    /// What is wrong, in file order.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The warnings that the file's comments silence.
    pub(crate) silenced: Vec<Silenced>,
}

impl<'a> Report<'a> {
    fn new(path: String, source: &'a str, heeded: Heeded) -> Self {
        Self {
            path,
            source,
            diagnostics: heeded.diagnostics,
            silenced: heeded.silenced,
        }
    }
}

/// What is wrong with all files that were looked at.
#[derive(Debug)]
pub(crate) struct Findings<'a> {
    /// Every file, also those with nothing wrong.
    pub(crate) files: Vec<Report<'a>>,
    /// How many sound questions they have.
    pub(crate) questions: usize,
}

impl<'a> Findings<'a> {
    /// Looks at everything.
    pub(crate) fn of(folders: &'a [Folder]) -> Self {
        let mut disk = Disk::default();
        let mut files = Vec::new();
        for folder in folders {
            if folder.whole {
                files.push(page(folder, &mut disk));
            }
            let twins = bank::duplicate_stems(&folder.banks);
            for (bank, twins) in folder.banks.iter().zip(twins) {
                files.push(bank_file(folder, bank, twins, &mut disk));
            }
        }
        // What is said of a folder without a course page has no file of its own.
        files.retain(|file| !file.source.is_empty() || !file.diagnostics.is_empty());
        Self {
            files,
            questions: folders
                .iter()
                .flat_map(|folder| &folder.banks)
                .map(Bank::len)
                .sum(),
        }
    }

    /// How many diagnostics there are of this severity.
    pub(crate) fn count(&self, severity: Severity) -> usize {
        let all = self.files.iter().flat_map(|file| &file.diagnostics);
        all.filter(|diagnostic| diagnostic.severity() == severity)
            .count()
    }

    /// How many warnings are silenced.
    pub(crate) fn silenced(&self) -> usize {
        self.files.iter().map(|file| file.silenced.len()).sum()
    }

    /// Leaves out the warnings.
    pub(crate) fn only_errors(&mut self) {
        for file in &mut self.files {
            file.diagnostics
                .retain(|diagnostic| diagnostic.severity() == Severity::Error);
        }
    }
}

fn bank_file<'a>(
    folder: &Folder,
    bank: &'a Bank,
    twins: Vec<Diagnostic>,
    disk: &mut Disk,
) -> Report<'a> {
    let mut diagnostics = bank.diagnostics().to_vec();
    diagnostics.extend(bank::lint(bank));
    diagnostics.extend(twins);
    diagnostics.extend(not_nfkc(bank));
    diagnostics.extend(disk.missing(bank.images(), &folder.path, bank.path()));
    if let Some(course) = &folder.course {
        diagnostics.extend(course.unknown_outcomes(bank));
    }
    diagnostics.extend(disk.unknown_topics(bank, &folder.path));
    let is_unused = |course: &Course| {
        // A course page that cannot be read names no bank, and says so itself.
        course.is_usable() && !course.bank_paths().contains(&bank.path())
    };
    if folder.course.as_ref().is_some_and(is_unused) {
        diagnostics.push(Diagnostic {
            code: Code::UnusedBank,
            span: first_line(bank.source()),
            message: "no row of the course's blueprint names this bank, so no paper draws from it"
                .to_owned(),
        });
    }
    let heeded = bank::heed_bank(bank, folder.whole, sorted(diagnostics));
    Report::new(folder.shown(bank.path()), bank.source(), heeded)
}

fn page<'a>(folder: &'a Folder, disk: &mut Disk) -> Report<'a> {
    let Some(course) = &folder.course else {
        let heeded = Heeded {
            diagnostics: vec![Diagnostic {
                code: Code::NoCoursePage,
                span: Span::default(),
                message: "this folder has banks and no course page, so no candidate can reach them"
                    .to_owned(),
            }],
            silenced: Vec::new(),
        };
        return Report::new(folder.shown(PAGE), "", heeded);
    };
    let mut diagnostics = course.diagnostics().to_vec();
    diagnostics.extend(course.check(&folder.banks));
    diagnostics.extend(course.lint(&folder.banks));
    diagnostics.extend(course.outcomes_twice());
    diagnostics.extend(disk.missing(&course.images(), &folder.path, PAGE));
    let id = course.id();
    let fits = id
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !fits || RESERVED.contains(&id) {
        diagnostics.push(Diagnostic {
            code: Code::CourseFolder,
            span: first_line(course.source()),
            message: format!("the folder's name, `{id}`, cannot be the address of a course"),
        });
    }
    let heeded = bank::heed_page(course.source(), sorted(diagnostics));
    Report::new(folder.shown(PAGE), course.source(), heeded)
}

/// In the order of their places, errors first where they share one.
fn sorted(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_key(|diagnostic| {
        (
            diagnostic.span.start,
            diagnostic.severity(),
            diagnostic.code,
        )
    });
    diagnostics
}

fn first_line(source: &str) -> Span {
    Span::new(0, source.lines().next().map_or(0, str::len))
}

/// Answers are recorded in NFKC, so a key in another form would be met by none.
fn not_nfkc(bank: &Bank) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for question in bank.questions() {
        let accepted: Vec<Span> = match question.form() {
            Form::Field {
                keyboard: Keyboard::Text,
                accepted,
                ..
            } => accepted.to_vec(),
            Form::Gaps(gaps) => {
                let typed = gaps.iter().filter(|gap| gap.choice.is_none());
                typed.flat_map(|gap| gap.words.iter().copied()).collect()
            }
            _ => continue,
        };
        for span in accepted {
            let text = question.piece(span);
            if !is_nfkc(text) {
                found.push(Diagnostic {
                    code: Code::NotNfkc,
                    span,
                    message: format!(
                        "`{text}` is not in the form that answers are compared in, which is `{}`",
                        text.nfkc()
                    ),
                });
            }
        }
    }
    found
}

/// The names in folders, each folder read once.
#[derive(Default)]
struct Disk {
    names: HashMap<PathBuf, Vec<String>>,
    /// The topics of the framework's page, by the folder that it stands in.
    topics: HashMap<PathBuf, Vec<String>>,
}

/// Why there is no such picture.
enum Missing {
    /// There is none of any name like it.
    None,
    /// There is one whose name differs in capitals and small letters, which some servers tell apart and others do not.
    Case(String),
}

impl Disk {
    /// The topics of a bank that the framework's page beside its course's folder does not explain, each once; none where that explains no topic.
    fn unknown_topics(&mut self, bank: &Bank, folder: &Path) -> Vec<Diagnostic> {
        let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let beside = folder.parent().unwrap_or(&folder);
        let known = self.topics.entry(beside.to_owned()).or_insert_with(|| {
            let topics = files::topics(beside).into_iter();
            topics.map(|topic| topic.name).collect()
        });
        let mut found: Vec<Diagnostic> = Vec::new();
        for question in bank.questions() {
            let (topic, span) = (question.topic(), question.topic_span());
            let is_known =
                topic.is_empty() || known.is_empty() || known.iter().any(|known| known == topic);
            let said = found
                .iter()
                .any(|one| span.of(bank.source()) == one.span.of(bank.source()));
            if !is_known && !said {
                found.push(Diagnostic {
                    code: Code::UnknownTopic,
                    span,
                    message: format!("framework.md has no topic `{topic}`, so results cannot say where to learn more of it"),
                });
            }
        }
        found
    }

    /// Those of the pictures of `file` that are not there. Addresses are relative to the folder of the file, as git hosts read them.
    fn missing(&mut self, images: &[Image], folder: &Path, file: &str) -> Vec<Diagnostic> {
        let folder = folder.join(file);
        let folder = folder.parent().unwrap_or_else(|| Path::new("."));
        let mut found = Vec::new();
        for image in images {
            let message = match image.path().map(|names| self.find(folder, &names)) {
                Some(Ok(_)) => continue,
                Some(Err(Missing::Case(name))) => {
                    format!("there is no `{}`; there is a `{name}`", image.address)
                }
                Some(Err(Missing::None)) => format!("there is no file `{}` here", image.address),
                None => format!("`{}` does not name a file beside this one", image.address),
            };
            found.push(Diagnostic {
                code: Code::MissingImage,
                span: image.span,
                message,
            });
        }
        found
    }

    /// The file that `names` lead to from `folder`, whether the disk tells capitals from small letters or not.
    fn find(&mut self, folder: &Path, names: &[String]) -> Result<PathBuf, Missing> {
        let mut at = folder.to_owned();
        for name in names {
            let known = self.names.entry(at.clone()).or_insert_with(|| listing(&at));
            if !known.contains(name) {
                let lower = name.to_lowercase();
                let like = known.iter().find(|other| other.to_lowercase() == lower);
                return Err(like.map_or(Missing::None, |other| Missing::Case(other.clone())));
            }
            at.push(name);
        }
        if at.is_file() {
            Ok(at)
        } else {
            Err(Missing::None)
        }
    }
}

/// The names in a folder; none when it is no folder.
fn listing(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}
