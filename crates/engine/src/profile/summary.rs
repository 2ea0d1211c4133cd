//! What a profile needs to know of one sitting, and how a device keeps it.

use crate::fraction::Fraction;
use crate::json::{self, Object, Writer};
use crate::marking::Marked;
use crate::result::{Outcome, Verdict};
use crate::script::Script;
use crate::sitting::{ExtraTime, Mode};

/// The version of the record. Those of releases before it have no version, and nothing of single questions.
const VERSION: u64 = 1;

/// What one ended sitting came to. It is derived from a script and its banks, and can be made anew from them at any time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The course's id; not in the record, which stands under a key that names it.
    pub course: String,
    /// The script's id.
    pub id: String,
    /// Exam or practice.
    pub mode: Mode,
    /// The accommodation that there was.
    pub extra_time: ExtraTime,
    /// When it began, in milliseconds since 1970.
    pub started: u64,
    /// When it ended, in milliseconds since 1970; when it began, where the record does not say.
    pub ended: u64,
    /// The marks earned so far as a percentage of the full marks, to the nearest whole number.
    pub percent: u32,
    /// Its verdict.
    pub verdict: Verdict,
    /// The marks earned so far, as they are shown, such as `4 1/2`.
    pub earned: String,
    /// The full marks, as they are shown.
    pub full: String,
    /// Whether `answers` say what was asked. Records of older releases do not.
    pub detailed: bool,
    /// The topics of its questions, each once.
    pub topics: Vec<String>,
    /// Their facets, each once; an empty one where nothing says.
    pub facets: Vec<String>,
    /// What was asked.
    pub answers: Vec<Answer>,
}

/// What became of one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its id.
    pub question: String,
    /// What it earned, as a percentage of its marks, 0 to 100: rounded, but for 1 and 99, which say that it was not nothing or not all.
    pub got: u8,
    /// How sure the candidate was, 1 to 3; 0 where they did not say.
    pub sure: u8,
    /// Its topic: an index into [`Summary::topics`].
    pub topic: u8,
    /// Its tier, 1 to 5; 0 when nothing says.
    pub tier: u8,
    /// Its facet: an index into [`Summary::facets`].
    pub facet: u8,
    /// Its difficulty, 1 to 3.
    pub difficulty: u8,
}

impl Summary {
    /// Makes the summary of a script that ended `ended` milliseconds after its start. `marked` is what [`crate::marking::mark`] makes of it, and
    /// `outcome` what [`crate::result::result`] makes of that.
    #[must_use]
    pub fn of(script: &Script, ended: u64, marked: &[Marked], outcome: &Outcome) -> Self {
        let (mut topics, mut facets, mut answers) = (Vec::new(), Vec::new(), Vec::new());
        for one in marked {
            // Nothing is known yet of what a person has yet to mark, nor of what a practice left out.
            let left_out = script.terms.mode == Mode::Practice && !one.answered;
            if left_out || one.open > Fraction::ZERO {
                continue;
            }
            answers.push(Answer {
                question: one.question.clone(),
                got: percent_of_marks(one.earned, one.full),
                sure: one.certainty.map_or(0, |sure| sure as u8),
                topic: place(&mut topics, &one.topic),
                tier: one.tier,
                facet: place(&mut facets, &one.facet),
                difficulty: one.difficulty as u8 + 1,
            });
        }
        let share = outcome.total.earned.share_of(outcome.total.full);
        Self {
            course: script.course.clone(),
            id: script.id.clone(),
            mode: script.terms.mode,
            extra_time: script.terms.extra_time,
            started: script.started,
            ended: script.started.saturating_add(ended),
            percent: hundredths(share),
            verdict: outcome.verdict,
            earned: outcome.total.earned.to_string(),
            full: outcome.total.full.to_string(),
            detailed: true,
            topics,
            facets,
            answers,
        }
    }

    /// The ids of the questions that lost marks.
    #[must_use]
    pub fn wrong(&self) -> Vec<String> {
        let wrong = self.answers.iter().filter(|answer| answer.got < 100);
        wrong.map(|answer| answer.question.clone()).collect()
    }

    /// Reads the record of a sitting of `course`.
    ///
    /// # Errors
    /// [`json::Error`] when it is none. Advice only: it can be made anew from the script.
    pub fn read(course: &str, text: &str) -> Result<Self, json::Error> {
        let object = json::read_object(text)?;
        let mode = match object.text("mode")? {
            "Exam" => Mode::Exam,
            "Practice" => Mode::Practice,
            _ => return Err(object.fault("`mode` is neither `Exam` nor `Practice`")),
        };
        let verdict = object.text("verdict")?;
        let mut verdicts = Verdict::ALL.into_iter();
        let Some(verdict) = verdicts.find(|known| known.words() == verdict) else {
            return Err(object.fault("`verdict` is none"));
        };
        let detailed = object.get("tierwise").is_some();
        let started = object.u64("started")?;
        let mut summary = Self {
            course: course.to_owned(),
            id: object.text("id")?.to_owned(),
            mode,
            extra_time: ExtraTime::None,
            started,
            ended: started,
            percent: object.u32("percent")?,
            verdict,
            earned: String::new(),
            full: String::new(),
            detailed,
            topics: Vec::new(),
            facets: Vec::new(),
            answers: Vec::new(),
        };
        if detailed {
            if object.u64("tierwise")? != VERSION {
                return Err(object.fault("it was written by a newer release"));
            }
            summary.ended = object.u64("ended")?;
            object.text("earned")?.clone_into(&mut summary.earned);
            object.text("full")?.clone_into(&mut summary.full);
            summary.extra_time = ExtraTime::of(&object)?;
            summary.topics = object.texts("topics")?;
            summary.facets = object.texts("facets")?;
            summary.answers = answers(&object, summary.topics.len(), summary.facets.len())?;
        }
        Ok(summary)
    }

    /// The record, as JSON.
    #[must_use]
    pub fn write(&self) -> String {
        let mut out = Writer::default();
        out.open('{');
        out.whole_field("tierwise", VERSION);
        out.text_field("id", &self.id);
        let mode = match self.mode {
            Mode::Exam => "Exam",
            Mode::Practice => "Practice",
        };
        out.text_field("mode", mode);
        out.text_field("extra_time", self.extra_time.word());
        out.whole_field("started", self.started);
        out.whole_field("ended", self.ended);
        out.whole_field("percent", self.percent.into());
        out.text_field("verdict", self.verdict.words());
        out.text_field("earned", &self.earned);
        out.text_field("full", &self.full);
        out.texts_field("topics", &self.topics);
        out.texts_field("facets", &self.facets);
        out.name("ids");
        out.open('[');
        for answer in &self.answers {
            out.text(&answer.question);
        }
        out.close(']');
        for (name, number) in COLUMNS {
            let mut numbers = Vec::new();
            for answer in &self.answers {
                numbers.push(number(answer));
            }
            // Few courses ask how sure candidates are.
            if name != "sure" || numbers.iter().any(|&sure| sure > 0) {
                out.u8s_field(name, &numbers);
            }
        }
        out.close('}');
        out.finish()
    }
}

/// A field of the record with a number for each question, in the order of `ids`.
type Column = (&'static str, fn(&Answer) -> u8);

/// All of them.
const COLUMNS: [Column; 6] = [
    ("got", |answer| answer.got),
    ("topic", |answer| answer.topic),
    ("tier", |answer| answer.tier),
    ("facet", |answer| answer.facet),
    ("difficulty", |answer| answer.difficulty),
    ("sure", |answer| answer.sure),
];

/// Reads the answers of a record with so many topics and facets.
fn answers(object: &Object<'_>, topics: usize, facets: usize) -> Result<Vec<Answer>, json::Error> {
    let ids = object.texts("ids")?;
    // The least number that is too large for each column.
    let bounds = [101, topics, 6, facets, 4, 4];
    let mut columns = Vec::new();
    for ((name, _), bound) in COLUMNS.into_iter().zip(bounds) {
        let numbers = match object.get(name) {
            None if name == "sure" => vec![0; ids.len()],
            _ => object.u8s(name)?,
        };
        if numbers.len() != ids.len() || numbers.iter().any(|&number| usize::from(number) >= bound)
        {
            return Err(object.fault("its lists do not fit each other"));
        }
        columns.push(numbers);
    }
    let answer = |(at, question)| Answer {
        question,
        got: columns[0][at],
        topic: columns[1][at],
        tier: columns[2][at],
        facet: columns[3][at],
        difficulty: columns[4][at],
        sure: columns[5][at],
    };
    Ok(ids.into_iter().enumerate().map(answer).collect())
}

/// The place of a name in a list, where it is put if it is not there yet. No course has 255 topics; if one did, the last would stand for the rest.
fn place(names: &mut Vec<String>, name: &str) -> u8 {
    let at = names.iter().position(|other| other == name);
    let at = at.unwrap_or_else(|| {
        if names.len() < usize::from(u8::MAX) {
            names.push(name.to_owned());
        }
        names.len() - 1
    });
    at as u8
}

/// A share, 0 to 1, in hundredths, to the nearest.
fn hundredths(share: Fraction) -> u32 {
    let (top, bottom) = (share.numerator(), share.denominator());
    // Twice the share, a half added, and the rest dropped: no rounding but the last.
    let rounded = top.saturating_mul(200).saturating_add(bottom) / bottom.saturating_mul(2).max(1);
    rounded as u32
}

/// What a question earned in hundredths of its marks; 0 and 100 only where it is nothing or all.
fn percent_of_marks(earned: Fraction, full: Fraction) -> u8 {
    if earned == Fraction::ZERO {
        0
    } else if earned >= full {
        100
    } else {
        hundredths(earned.share_of(full)).clamp(1, 99) as u8
    }
}
