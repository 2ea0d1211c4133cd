//! `tierwise mark`: marks scripts again, from the banks that they were drawn from.

mod essay;

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use serde::Serialize;
use tierwise_engine::bank::Bank;
use tierwise_engine::calibration::{Calibration, Level, calibration};
use tierwise_engine::fraction::Fraction;
use tierwise_engine::marking;
use tierwise_engine::result::{self, Outcome, Share, Verdict as Passed};
use tierwise_engine::script::Script;
use tierwise_engine::sitting::End;

use self::essay::{Essay, EssayRecord};
use crate::args::{Award, Mark, ResultFormat};
use crate::files::{self, Folder, shown};
use crate::render::counted;
use crate::terminal::{self, Stop, Verdict, harmless};

/// The largest file that is read as a script, in bytes: its bounds leave room for no more than this.
const LARGEST: u64 = 64 << 20;

pub(super) fn run(args: &Mark) -> Result<Verdict, Stop> {
    if !args.awards.is_empty() && args.scripts.len() != 1 {
        return Err(Stop::because(
            "marks are given in one script at a time; name one",
        ));
    }
    let folders = files::read(std::slice::from_ref(&args.questions))?;
    let mut troubles = Vec::new();
    let mut entries = Vec::new();
    for path in &args.scripts {
        match text(path) {
            Ok(json) => entries.push((shown(path), mark(&json, &args.awards, &folders))),
            Err(error) if error.kind() == ErrorKind::NotFound => troubles.push(format!(
                "{}: there is no such file; name the record of a sitting",
                shown(path)
            )),
            Err(error) => troubles.push(format!("{}: cannot be read ({error})", shown(path))),
        }
    }
    if !troubles.is_empty() {
        return Err(Stop::Because(troubles));
    }
    if let (Some(path), [(name, Ok(marked))]) = (&args.out, entries.as_mut_slice()) {
        write_new(path, &marked.script)?;
        *name = shown(path);
    }
    let mut out = terminal::output();
    match args.format {
        ResultFormat::Text => write_text(&entries, &mut out)?,
        ResultFormat::Json => write_json(&entries, &mut out)?,
    }
    out.flush()?;
    let all = entries.iter().all(|(_, marked)| marked.is_ok());
    Ok(if all { Verdict::Fine } else { Verdict::Faults })
}

/// A script's text; a byte that is not UTF-8 makes it no JSON, which its reader says.
fn text(path: &Path) -> io::Result<String> {
    use std::io::Read;
    let mut bytes = Vec::new();
    fs::File::open(path)?
        .take(LARGEST)
        .read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Writes a script into a file that is not there yet: a candidate's own record is never written over.
fn write_new(path: &Path, script: &Script) -> Result<(), Stop> {
    let written =
        fs::File::create_new(path).and_then(|mut file| file.write_all(script.write().as_bytes()));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Stop::because(format_args!(
            "{}: there is such a file already; name a new one",
            shown(path)
        )),
        _ => Stop::because(format_args!("{}: cannot be written ({error})", shown(path))),
    })
}

/// A script and its result.
struct Marked {
    script: Script,
    outcome: Outcome,
    /// The essays that were written, in the order of the paper.
    essays: Vec<Essay>,
    end: Option<End>,
    /// Milliseconds during which the clock was stopped.
    paused: u64,
    /// How often the page was left, and for how many milliseconds in all.
    absences: (usize, u64),
    /// How sure the candidate was, where the course asked.
    calibration: Option<Calibration>,
    /// Whether the course page is another than the one that the sitting began with.
    page_changed: bool,
}

/// Marks a script with these marks added, or says why it cannot be.
fn mark(json: &str, awards: &[Award], folders: &[Folder]) -> Result<Marked, String> {
    let mut script = Script::read(json).map_err(|error| error.to_string())?;
    let mut sitting = script.sitting().map_err(|error| error.to_string())?;
    essay::give(&mut script, &mut sitting, awards)?;
    let of_course = folders.iter().find_map(|folder| {
        let course = folder.course.as_ref()?;
        (course.id() == script.course).then_some((course, folder.banks.as_slice()))
    });
    let none: &[Bank] = &[];
    let banks = of_course.map_or(none, |(_, banks)| banks);
    let marked = marking::mark(&script, banks).map_err(|error| match of_course {
        Some(_) => error.to_string(),
        None => format!("there is no course `{}` here: {error}", script.course),
    })?;
    let end = sitting.ended();
    let last = end.map_or(sitting.last_at(), End::at);
    Ok(Marked {
        paused: last - sitting.time_used(last),
        absences: sitting.absences(last),
        calibration: script.terms.confidence.then(|| calibration(&marked)),
        essays: essay::essays(&script, &sitting, banks, &marked),
        outcome: result::result(&marked, script.pass_percent),
        end,
        page_changed: of_course.is_none_or(|(course, _)| course.digest() != script.course_digest),
        script,
    })
}

/// The verdict as the formats name it.
fn name(passed: Passed) -> &'static str {
    match passed {
        Passed::Pass => "pass",
        Passed::BorderlinePass => "borderline pass",
        Passed::BorderlineFail => "borderline fail",
        Passed::Fail => "fail",
        Passed::Open => "open",
    }
}

type Entry = (String, Result<Marked, String>);

fn write_text(entries: &[Entry], out: &mut dyn Write) -> io::Result<()> {
    for (at, (path, entry)) in entries.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        match entry {
            Err(why) => writeln!(
                out,
                "{}: cannot be marked: {}",
                harmless(path),
                harmless(why)
            )?,
            Ok(marked) => {
                writeln!(out, "{}", harmless(path))?;
                one_text(marked, out)?;
            }
        }
    }
    Ok(())
}

fn one_text(marked: &Marked, out: &mut dyn Write) -> io::Result<()> {
    let (script, outcome) = (&marked.script, &marked.outcome);
    let mode = script.terms.mode.word();
    write!(out, "  {}, {mode}", harmless(&script.course_title))?;
    if let Some(candidate) = &script.candidate {
        write!(out, ", candidate {}", harmless(candidate))?;
    }
    writeln!(out, ", seed {}", script.seed)?;
    match marked.end {
        Some(End::HandedIn { at }) => writeln!(out, "  Handed in after {}", minutes(at))?,
        Some(End::TimedOut { at }) => writeln!(out, "  Time ran out after {}", minutes(at))?,
        None => writeln!(out, "  Not handed in: marked as it stands")?,
    }
    if marked.paused > 0 {
        writeln!(
            out,
            "  The clock stood for {} of that",
            minutes(marked.paused)
        )?;
    }
    if let (count @ 1.., sum) = marked.absences {
        let times = counted(count, "time");
        writeln!(out, "  Left the page {times}, {} in all", minutes(sum))?;
    }
    writeln!(
        out,
        "  Answered {} of {}",
        outcome.answered,
        counted(outcome.questions, "question")
    )?;
    writeln!(
        out,
        "  {}; pass mark {} ({} %): {}{}",
        marks(outcome.total),
        outcome.pass_mark,
        script.pass_percent,
        name(outcome.verdict),
        match outcome.verdict {
            Passed::Open => " until the essays are marked",
            _ => "",
        }
    )?;
    writeln!(out, "  Error band: {:.1} marks either way", outcome.error)?;
    if let Some(calibration) = &marked.calibration {
        let (score, most) = (score(calibration), calibration.most);
        writeln!(
            out,
            "  Certainty, beside the marks: {score} of {most} points"
        )?;
        for level in &calibration.levels {
            let (number, right) = (level.certainty as u32, level.right);
            let answers = counted(level.answers as usize, "answer");
            writeln!(out, "    at {number}: {right} of {answers} right")?;
        }
    }
    if marked.page_changed {
        writeln!(
            out,
            "  The course page has changed since; the pass mark is that of the record"
        )?;
    }
    writeln!(out, "  By topic")?;
    let width = outcome
        .by_topic
        .iter()
        .map(|(topic, ..)| topic.chars().count())
        .max();
    for (topic, share, questions) in &outcome.by_topic {
        writeln!(
            out,
            "    {topic:width$}  {}, {}",
            marks(*share),
            counted(*questions, "question"),
            width = width.unwrap_or_default()
        )?;
    }
    essay::write(&marked.essays, out)
}

/// `3 of 4 marks (75.0 %)`, or the range that it lies in while a person has yet to mark.
fn marks(share: Share) -> String {
    let best = share.at_best();
    if share.open == Fraction::ZERO {
        let (earned, full) = (share.earned, share.full);
        return format!("{earned} of {full} marks ({:.1} %)", share.percent());
    }
    format!(
        "{} to {} of {} marks ({:.1} % to {:.1} %)",
        share.earned,
        best.earned,
        share.full,
        share.percent(),
        best.percent()
    )
}

/// A score of certainty, which may be below nothing.
fn score(calibration: &Calibration) -> String {
    let (below, far) = calibration.score();
    format!("{}{}", if below { "-" } else { "" }, exact(far))
}

/// `1 min 5 s`.
fn minutes(milliseconds: u64) -> String {
    let seconds = milliseconds / 1000;
    format!("{} min {} s", seconds / 60, seconds % 60)
}

/// The version of the document below.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    tierwise: u32,
    scripts: Vec<ScriptResult<'a>>,
}

/// Marks are exact: whole numbers or fractions, as texts such as `55/2`.
#[derive(Serialize)]
struct ScriptResult<'a> {
    file: &'a str,
    /// Why it cannot be marked; nothing else is said then.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    #[serde(flatten)]
    result: Option<ResultRecord<'a>>,
}

#[derive(Serialize)]
struct ResultRecord<'a> {
    id: &'a str,
    course: &'a str,
    candidate: Option<&'a str>,
    mode: &'static str,
    seed: u64,
    /// `handed-in`, `timed-out`, or nothing.
    ended: Option<&'static str>,
    /// Milliseconds since the start.
    ended_at: Option<u64>,
    /// Milliseconds.
    paused: u64,
    absences: AbsencesRecord,
    course_page_changed: bool,
    questions: usize,
    answered: usize,
    total: ShareRecord,
    pass_percent: u32,
    pass_mark: String,
    verdict: &'static str,
    /// Half the width of the error band, in marks.
    error_band: f64,
    certainty: Option<CertaintyRecord>,
    topics: Vec<TopicRecord<'a>>,
    essays: Vec<EssayRecord<'a>>,
}

#[derive(Serialize)]
struct AbsencesRecord {
    count: usize,
    milliseconds: u64,
}

#[derive(Serialize)]
struct CertaintyRecord {
    score: String,
    most: u32,
    levels: Vec<LevelRecord>,
}

#[derive(Serialize)]
struct LevelRecord {
    level: u32,
    answers: u32,
    right: String,
}

impl CertaintyRecord {
    fn of(calibration: &Calibration) -> Self {
        let level = |level: &Level| LevelRecord {
            level: level.certainty as u32,
            answers: level.answers,
            right: exact(level.right),
        };
        Self {
            score: score(calibration),
            most: calibration.most,
            levels: calibration.levels.iter().map(level).collect(),
        }
    }
}

#[derive(Serialize)]
struct ShareRecord {
    earned: String,
    open: String,
    full: String,
    percent: f64,
}

#[derive(Serialize)]
struct TopicRecord<'a> {
    topic: &'a str,
    questions: usize,
    #[serde(flatten)]
    share: ShareRecord,
}

impl From<Share> for ShareRecord {
    fn from(share: Share) -> Self {
        Self {
            earned: exact(share.earned),
            open: exact(share.open),
            full: exact(share.full),
            percent: share.percent(),
        }
    }
}

fn exact(fraction: Fraction) -> String {
    match fraction.denominator() {
        1 => fraction.numerator().to_string(),
        denominator => format!("{}/{denominator}", fraction.numerator()),
    }
}

fn write_json(entries: &[Entry], out: &mut dyn Write) -> io::Result<()> {
    let scripts = entries
        .iter()
        .map(|(file, entry)| ScriptResult {
            file,
            error: entry.as_ref().err().map(String::as_str),
            result: entry.as_ref().ok().map(record),
        })
        .collect();
    let document = Document {
        tierwise: VERSION,
        scripts,
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn record(marked: &Marked) -> ResultRecord<'_> {
    let (script, outcome) = (&marked.script, &marked.outcome);
    ResultRecord {
        id: &script.id,
        course: &script.course,
        candidate: script.candidate.as_deref(),
        mode: script.terms.mode.word(),
        seed: script.seed.get(),
        ended: marked.end.map(|end| match end {
            End::HandedIn { .. } => "handed-in",
            End::TimedOut { .. } => "timed-out",
        }),
        ended_at: marked.end.map(End::at),
        paused: marked.paused,
        absences: AbsencesRecord {
            count: marked.absences.0,
            milliseconds: marked.absences.1,
        },
        course_page_changed: marked.page_changed,
        questions: outcome.questions,
        answered: outcome.answered,
        total: outcome.total.into(),
        pass_percent: script.pass_percent,
        pass_mark: exact(outcome.pass_mark),
        verdict: name(outcome.verdict),
        error_band: outcome.error,
        certainty: marked.calibration.as_ref().map(CertaintyRecord::of),
        topics: outcome
            .by_topic
            .iter()
            .map(|(topic, share, questions)| TopicRecord {
                topic,
                questions: *questions,
                share: (*share).into(),
            })
            .collect(),
        essays: marked.essays.iter().map(Essay::record).collect(),
    }
}
