//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use tierwise_engine::paper::Seed;

/// Check question banks, bundle them for the site, print papers and mark scripts.
#[derive(Debug, Parser)]
#[command(name = "tierwise", version, max_term_width = 100)]
#[command(
    after_help = "Exit status: 0 all is well, 1 faults were found, 2 the command could not run."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Check),
    Bundle(Bundle),
    Paper(Paper),
    Mark(Mark),
}

/// Report everything that is wrong with banks and course pages, in one pass
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// Banks, course pages (README.md), course folders, or the folder of all courses
    #[arg(default_value = "questions")]
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
