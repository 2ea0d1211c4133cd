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

/// Mark scripts again from their banks
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
}

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ResultFormat {
    /// For people
    Text,
    /// One JSON document
    Json,
}
