//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use tierwise_engine::paper::Seed;

/// Write, check and count question banks, bundle them for the site, print papers and mark scripts.
#[derive(Debug, Parser)]
#[command(name = "tierwise", version, max_term_width = 100)]
#[command(
    after_help = "Exit status: 0 all is well, 1 faults were found, 2 the command could not run."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Also into files and pipes
    Always,
    /// Not at all
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    New(New),
    Check(Check),
    Stats(Stats),
    Fmt(Fmt),
    Try(Try),
    Paper(Paper),
    Mark(Mark),
    Bundle(Bundle),
    Completions(Completions),
}

/// Print a template to fill in: a question of a type, a case or a course page
#[derive(Debug, clap::Args)]
pub(crate) struct New {
    /// What to write
    #[arg(value_enum, value_name = "TYPE")]
    pub(crate) what: Template,
    /// Write it to this file, which must not be there yet, instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// What there is a template of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Template {
    /// One key among two or more options
    Single,
    /// Any number of keys
    Multiple,
    /// A number, with tolerance and unit
    Numeric,
    /// A word or a few, typed
    Short,
    /// Steps to put in order
    Ordering,
    /// Two columns to match
    Matching,
    /// Several stems with one list of options
    Extended,
    /// Gaps in a text
    Cloze,
    /// A place in an HL7 message or a DICOM dump to point at
    Locate,
    /// A region of a picture to point at
    Hotspot,
    /// A text, marked against a rubric
    Essay,
    /// A case with two questions
    Case,
    /// A course page, the README.md of a folder of banks
    Course,
}

/// Print what a shell needs to complete the command's words
#[derive(Debug, clap::Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

/// Report everything that is wrong with banks and course pages, in one pass
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// Banks, course pages (README.md), course folders, or the folder of all courses
    #[arg(default_value = "questions", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Count warnings as faults: exit with 1 when there is one
    #[arg(long)]
    pub(crate) strict: bool,
}

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, with an excerpt of each place
    Text,
    /// One JSON document
    Json,
    /// Workflow commands of GitHub Actions, which shows them beside the lines
    Github,
}

/// Count questions and marks, and show how well banks cover blueprints and outcomes
#[derive(Debug, clap::Args)]
pub(crate) struct Stats {
    /// Banks, course folders, or the folder of all courses
    #[arg(default_value = "questions", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// How to report
    #[arg(long, value_enum, default_value_t = ResultFormat::Text)]
    pub(crate) format: ResultFormat,
}

/// Write banks and course pages in canonical form, with every comment kept and nothing changed in what they say
#[derive(Debug, clap::Args)]
pub(crate) struct Fmt {
    /// Banks, course folders, or the folder of all courses
    #[arg(default_value = "questions", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Change nothing: name the files that are not in canonical form, and exit with 1 when there is one
    #[arg(long)]
    pub(crate) check: bool,
}

/// Serve the built app with a bank that is being written; it opens again when the file changes
#[derive(Debug, clap::Args)]
pub(crate) struct Try {
    /// The bank; pictures in its folder are served too
    pub(crate) file: PathBuf,
    /// The folder of the built site [default: dist, here or in a folder above]
    #[arg(long, value_name = "DIR")]
    pub(crate) site: Option<PathBuf>,
    /// The port on this machine; 0 for any that is free
    #[arg(long, value_name = "N", default_value_t = 8090)]
    pub(crate) port: u16,
    /// Open the address in a browser
    #[arg(long)]
    pub(crate) open: bool,
}

/// Check all banks, then write them and the catalogue into a built site
#[derive(Debug, clap::Args)]
pub(crate) struct Bundle {
    /// The folder of all courses
    pub(crate) questions: PathBuf,
    /// The folder of the built site, which holds index.html
    #[arg(long, value_name = "DIR")]
    pub(crate) into: PathBuf,
}

/// Print a paper as markdown
#[derive(Debug, clap::Args)]
pub(crate) struct Paper {
    /// The course, by the name of its folder, such as level-2
    pub(crate) course: String,
    /// What to draw the paper by: the same seed gives the same paper
    #[arg(long)]
    pub(crate) seed: Seed,
    /// The folder of all courses
    #[arg(long, value_name = "DIR", default_value = "questions")]
    pub(crate) questions: PathBuf,
    /// Print keys, rationales, explanations and sources too
    #[arg(long)]
    pub(crate) keys: bool,
}

/// Mark scripts again from their banks, or give an essay its marks
#[derive(Debug, clap::Args)]
pub(crate) struct Mark {
    /// The records of sittings, as the app saves them
    #[arg(required = true, value_name = "SCRIPT")]
    pub(crate) scripts: Vec<PathBuf>,
    /// The folder of all courses
    #[arg(long, value_name = "DIR", default_value = "questions")]
    pub(crate) questions: PathBuf,
    /// How to report
    #[arg(long, value_enum, default_value_t = ResultFormat::Text)]
    pub(crate) format: ResultFormat,
    /// Give an essay these marks as a tutor, one for each criterion of its rubric; may be said for more than one
    #[arg(long = "award", value_name = "ID=2,1,0", requires = "out")]
    pub(crate) awards: Vec<Award>,
    /// Where to write the script with these marks; the file must be a new one
    #[arg(long, value_name = "FILE", requires = "awards")]
    pub(crate) out: Option<PathBuf>,
}

/// The marks that a tutor gives an essay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Award {
    /// The question's id.
    pub(crate) question: String,
    /// One for each criterion, in order.
    pub(crate) marks: Vec<u8>,
}

impl std::str::FromStr for Award {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (question, marks) = text
            .split_once('=')
            .filter(|(question, _)| !question.is_empty())
            .ok_or("write the question's id, `=` and its marks, such as ess-001=2,1,0")?;
        let marks = marks.split(',').map(|mark| mark.trim().parse());
        Ok(Self {
            question: question.to_owned(),
            marks: marks.collect::<Result<_, _>>().map_err(
                |_| "marks are whole numbers with a comma between them, one for each criterion",
            )?,
        })
    }
}

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ResultFormat {
    /// For people
    Text,
    /// One JSON document
    Json,
}
