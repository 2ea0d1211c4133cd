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
    /// Whether `groups` say what was asked. Records of older releases do not.
    pub detailed: bool,
    /// What was asked, questions of the same tags together.
    pub groups: Vec<Group>,
}

/// The questions of a sitting that have these tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Their topic.
    pub topic: String,
    /// Their tier, 1 to 5; 0 when nothing says.
    pub tier: u8,
    /// Their facet; empty when nothing says.
    pub facet: String,
    /// Their difficulty, 1 to 3.
    pub difficulty: u8,
    /// What became of each.
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
}

impl Summary {
    /// Makes the summary of a script that ended `ended` milliseconds after its start. `marked` is what [`crate::marking::mark`] makes of it, and
    /// `outcome` what [`crate::result::result`] makes of that.
    #[must_use]
    pub fn of(script: &Script, ended: u64, marked: &[Marked], outcome: &Outcome) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        for one in marked {
            // Nothing is known yet of what a person has yet to mark, nor of what a practice left out.
            let left_out = script.terms.mode == Mode::Practice && !one.answered;
            if left_out || one.open > Fraction::ZERO {
                continue;
            }
            let difficulty = one.difficulty as u8 + 1;
            let at = groups.iter().position(|group| {
                group.topic == one.topic
                    && group.tier == one.tier
                    && group.facet == one.facet
                    && group.difficulty == difficulty
            });
            let at = at.unwrap_or_else(|| {
                groups.push(Group {
                    topic: one.topic.clone(),
                    tier: one.tier,
                    facet: one.facet.clone(),
                    difficulty,
                    answers: Vec::new(),
                });
                groups.len() - 1
            });
            groups[at].answers.push(Answer {
                question: one.question.clone(),
                got: percent_of_marks(one.earned, one.full),
                sure: one.certainty.map_or(0, |sure| sure as u8),
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
            groups,
        }
    }

    /// The ids of the questions that lost marks.
    #[must_use]
    pub fn wrong(&self) -> Vec<String> {
        let answers = self.groups.iter().flat_map(|group| &group.answers);
        let wrong = answers.filter(|answer| answer.got < 100);
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
            groups: Vec::new(),
        };
        if detailed {
            if object.u64("tierwise")? > VERSION {
                return Err(object.fault("it was written by a newer release"));
            }
            summary.ended = object.u64("ended")?;
            object.text("earned")?.clone_into(&mut summary.earned);
            object.text("full")?.clone_into(&mut summary.full);
            summary.extra_time = ExtraTime::of(&object)?;
            for group in object.objects("groups")? {
                summary.groups.push(Group::of(group)?);
            }
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
        out.name("groups");
        out.open('[');
        for group in &self.groups {
            group.write(&mut out);
        }
        out.close(']');
        out.close('}');
        out.finish()
    }
}

impl Group {
    fn of(object: &Object<'_>) -> Result<Self, json::Error> {
        let (ids, got) = (object.texts("ids")?, object.u8s("got")?);
        let sure = match object.get("sure") {
            Some(_) => object.u8s("sure")?,
            None => vec![0; ids.len()],
        };
        if got.len() != ids.len() || sure.len() != ids.len() || got.iter().any(|&got| got > 100) {
            return Err(object.fault("`ids`, `got` and `sure` do not fit each other"));
        }
        let answer = |((question, got), sure)| Answer {
            question,
            got,
            sure,
        };
        Ok(Self {
            topic: object.text("topic")?.to_owned(),
            tier: object.u8("tier")?,
            facet: object.text("facet")?.to_owned(),
            difficulty: object.u8("difficulty")?,
            answers: ids.into_iter().zip(got).zip(sure).map(answer).collect(),
        })
    }

    fn write(&self, out: &mut Writer) {
        out.open('{');
        out.text_field("topic", &self.topic);
        out.whole_field("tier", self.tier.into());
        out.text_field("facet", &self.facet);
        out.whole_field("difficulty", self.difficulty.into());
        out.name("ids");
        out.open('[');
        for answer in &self.answers {
            out.text(&answer.question);
        }
        out.close(']');
        let numbers = |number: fn(&Answer) -> u8| -> Vec<u8> {
            let answers = self.answers.iter();
            answers.map(number).collect()
        };
        out.u8s_field("got", &numbers(|answer| answer.got));
        let sure = numbers(|answer| answer.sure);
        if sure.iter().any(|&sure| sure > 0) {
            out.u8s_field("sure", &sure);
        }
        out.close('}');
    }
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
