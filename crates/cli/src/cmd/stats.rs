//! `tierwise stats`: what banks hold, and how well they cover blueprints and outcomes.

use std::collections::BTreeMap;
use std::io::Write;

use serde::Serialize;
use tierwise_engine::bank::{Bank, Difficulty, Question, Severity};
use tierwise_engine::course::{Course, Row};

use crate::args::{ResultFormat, Stats};
use crate::files::{self, Folder, shown};
use crate::inspect::Findings;
use crate::render::{counted, stats};
use crate::terminal::{self, Stop, Verdict};

/// The version of the JSON document.
const VERSION: u32 = 1;
/// A cell of a blueprint has enough to draw from when its banks hold this many times what a paper draws, in tenths: papers then have
/// less than half their questions in common.
const ENOUGH_TENTHS: usize = 25;
/// Fewer questions than this do not show that an outcome is met.
const ENOUGH_FOR_OUTCOME: usize = 2;
/// The name of what a question does not say.
const NONE: &str = "none";

/// All that is counted.
#[derive(Serialize)]
pub(crate) struct Counts {
    tierwise: u32,
    /// In all courses.
    pub(crate) questions: usize,
    pub(crate) marks: u32,
    pub(crate) courses: Vec<CourseCounts>,
}

/// A course, or a folder or bank without a course page.
#[derive(Serialize)]
pub(crate) struct CourseCounts {
    /// The folder.
    pub(crate) path: String,
    /// The course's id; `null` where there is no course page.
    pub(crate) course: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) questions: usize,
    pub(crate) marks: u32,
    pub(crate) banks: Vec<Group>,
    pub(crate) types: Vec<Group>,
    pub(crate) topics: Vec<Group>,
    pub(crate) tiers: Vec<Group>,
    pub(crate) difficulties: Vec<Group>,
    pub(crate) facets: Vec<Group>,
    pub(crate) blueprint: Vec<Cell>,
    pub(crate) outcomes: Vec<OutcomeCount>,
}

/// The questions that have something in common.
#[derive(Serialize)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) questions: usize,
    pub(crate) marks: u32,
}

/// A cell of a blueprint that draws something.
#[derive(Serialize)]
pub(crate) struct Cell {
    pub(crate) bank: String,
    pub(crate) topic: String,
    /// The column: `easy`, `middling`, `hard` or `cases`.
    pub(crate) column: &'static str,
    /// How many a paper draws.
    pub(crate) drawn: usize,
    /// How many there are to draw from, those that other rows may draw too included.
    pub(crate) available: usize,
    /// Whether these are fewer than two and a half times as many.
    pub(crate) few: bool,
}

/// An outcome of the course page.
#[derive(Serialize)]
pub(crate) struct OutcomeCount {
    pub(crate) outcome: String,
    pub(crate) text: String,
    /// How many questions name it.
    pub(crate) questions: usize,
    /// Whether these are fewer than two.
    pub(crate) few: bool,
}

pub(super) fn run(args: &Stats) -> Result<Verdict, Stop> {
    let folders = files::read(&args.paths)?;
    let courses: Vec<CourseCounts> = folders.iter().map(course).collect();
    let counts = Counts {
        tierwise: VERSION,
        questions: courses.iter().map(|course| course.questions).sum(),
        marks: courses.iter().map(|course| course.marks).sum(),
        courses,
    };
    let mut out = terminal::output();
    match args.format {
        ResultFormat::Text => stats::write(&counts, &mut out)?,
        ResultFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &counts).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    let errors = Findings::of(&folders).count(Severity::Error);
    if errors == 0 {
        return Ok(Verdict::Fine);
    }
    let mut complaint = terminal::errors();
    let paths: Vec<String> = args.paths.iter().map(|path| shown(path)).collect();
    writeln!(
        complaint,
        "tierwise: what has errors was not counted: {}; run tierwise check {}",
        counted(errors, "error"),
        paths.join(" ")
    )?;
    complaint.flush()?;
    Ok(Verdict::Faults)
}

fn course(folder: &Folder) -> CourseCounts {
    let questions: Vec<Question<'_>> = folder.banks.iter().flat_map(Bank::questions).collect();
    let by = |name: &dyn Fn(Question<'_>) -> String| groups(&questions, name);
    let or_none = |text: &str| if text.is_empty() { NONE } else { text }.to_owned();
    let page = folder.course.as_ref();
    CourseCounts {
        path: shown(&folder.path),
        course: page.map(|course| course.id().to_owned()),
        title: page.map(|course| course.title().to_owned()),
        questions: questions.len(),
        marks: questions.iter().map(|question| question.marks()).sum(),
        banks: by(&|question| question.bank().path().to_owned()),
        types: by(&|question| question.type_name().to_owned()),
        topics: by(&|question| question.topic().to_owned()),
        tiers: by(&|question| match question.tier() {
            0 => NONE.to_owned(),
            tier => tier.to_string(),
        }),
        difficulties: by(&|question| (question.difficulty() as u8 + 1).to_string()),
        facets: by(&|question| or_none(question.facet())),
        blueprint: page.map_or_else(Vec::new, |course| {
            let rows = course.rows().iter();
            rows.flat_map(|row| cells(row, folder.bank(&row.bank)))
                .collect()
        }),
        outcomes: page.map_or_else(Vec::new, |course| outcomes(course, &questions)),
    }
}

/// The questions by what `name` makes of each, in the order of the names.
fn groups(questions: &[Question<'_>], name: &dyn Fn(Question<'_>) -> String) -> Vec<Group> {
    let mut found: BTreeMap<String, (usize, u32)> = BTreeMap::new();
    for &question in questions {
        let group = found.entry(name(question)).or_default();
        group.0 += 1;
        group.1 += question.marks();
    }
    let groups = found.into_iter();
    groups
        .map(|(name, (questions, marks))| Group {
            name,
            questions,
            marks,
        })
        .collect()
}

/// The cells of a row that draw something.
fn cells(row: &Row, bank: Option<&Bank>) -> Vec<Cell> {
    let fits = |question: &Question<'_>| row.takes(question.topic());
    let all: Vec<Question<'_>> = bank.into_iter().flat_map(Bank::questions).collect();
    let single = |difficulty: Difficulty| {
        let all = all.iter().filter(|question| question.case().is_none());
        all.filter(|question| question.difficulty() == difficulty && fits(question))
            .count()
    };
    let mut cases: Vec<usize> = all
        .iter()
        .filter(|question| fits(question))
        .filter_map(|question| Some(question.case()?.index()))
        .collect();
    cases.dedup();
    let [easy, middling, hard] = Difficulty::ALL.map(single);
    let columns = [
        ("easy", row.counts[0], easy),
        ("middling", row.counts[1], middling),
        ("hard", row.counts[2], hard),
        ("cases", row.cases, cases.len()),
    ];
    let draws = columns.into_iter().filter(|&(_, drawn, _)| drawn > 0);
    draws
        .map(|(column, drawn, available)| Cell {
            bank: row.bank.clone(),
            topic: row.topic.clone(),
            column,
            drawn: drawn as usize,
            available,
            few: available * 10 < drawn as usize * ENOUGH_TENTHS,
        })
        .collect()
}

fn outcomes(course: &Course, questions: &[Question<'_>]) -> Vec<OutcomeCount> {
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    for question in questions {
        let mut ids: Vec<&str> = question
            .outcomes()
            .into_iter()
            .map(|span| question.piece(span))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            *named.entry(id).or_default() += 1;
        }
    }
    let listed = course.outcomes().into_iter();
    listed
        .map(|outcome| {
            let id = outcome.id.of(course.source());
            let questions = named.get(id).copied().unwrap_or_default();
            OutcomeCount {
                outcome: id.to_owned(),
                text: outcome.text.of(course.source()).to_owned(),
                questions,
                few: questions < ENOUGH_FOR_OUTCOME,
            }
        })
        .collect()
}
