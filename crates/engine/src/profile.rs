//! Many results → what is known, how surely, what is fading, and when to come back.
//!
//! A profile is made from the [`Summary`] of each ended sitting alone, without banks, and holds for a moment that the caller names. What it says:
//!
//! - **Shown** is what the latest answer to each question earned, on average over the questions of an area, with the 95 % interval of Wilson's
//!   score (E. B. Wilson, 1927) for a share seen in so many questions. A question that an exam was handed in without counts as nothing earned; one
//!   that a practice left out says nothing, nor does an essay that nobody has marked.
//! - **Memory** is the chance, by FSRS ([`crate::fsrs`]), that what was shown would be recalled now.
//! - An answer's grade for FSRS is *again* below half of the marks, *hard* from half of them, *good* for all, and *easy* for all by a candidate
//!   who was sure of it. Below half is a miss, since *hard* is a pass to FSRS and would put the question off for longer.
//! - What was shown **fades** from the day on which memory is below 0.9, and is **stale** from that on which it is below 0.7, or [`FIELD_MONTHS`]
//!   months after the area was last practised or examined: standards, law and systems move on, whatever is remembered of them.
//! - A question is **due** on the day on which its own chance of recall is down to 0.9, and after [`FIELD_MONTHS`] months at the latest. FSRS counts
//!   whole days; here sixteen hours are one, so that whoever comes each day finds what is due that day, be it an hour earlier than the day before.

mod area;
mod summary;

use crate::fsrs::{Grade, Memory};
use crate::paper::Review;
use crate::result::Verdict;
use crate::sitting::Mode;
use crate::sorted::{by, by_text};

pub use area::{Area, Freshness, Level};
pub use summary::{Answer, Summary};

/// Milliseconds in a day.
pub const DAY: u64 = 86_400_000;
/// How much less than whole days will do: eight hours.
const EARLIER: u64 = DAY / 3;
/// After how many months what was shown is stale however well it is remembered, since the field has moved: two years. So often radiographers and
/// other registrants of the Health and Care Professions Council renew their registration and can be asked what they did to keep up.
pub const FIELD_MONTHS: u64 = 24;
/// The same, in days.
const FIELD_DAYS: u64 = 730;

/// What a candidate has shown, as of one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The moment, in milliseconds since 1970.
    pub now: u64,
    /// How many sittings it was made from.
    pub sittings: usize,
    /// All of it.
    pub whole: Area,
    /// The courses that were sat, by their ids.
    pub courses: Vec<CourseRecord>,
    /// The tiers that a question was of, lowest first.
    pub tiers: Vec<(u8, Area)>,
    /// The map of the framework: for tier and facet what was shown there; only where there was a question, by tier, then by the facet's word.
    pub cells: Vec<(u8, String, Area)>,
    /// The topics that a question was of, by their names. A topic may be of several courses.
    pub topics: Vec<(String, Area)>,
    /// Every question that was asked, by course, then by id.
    pub questions: Vec<Known>,
}

/// What became of one course.
#[derive(Clone, Debug, PartialEq)]
pub struct CourseRecord {
    /// The course's id.
    pub course: String,
    /// Its exams, the earliest first.
    pub exams: Vec<Exam>,
    /// How many practices there were.
    pub practices: usize,
    /// Of how many sittings nothing is known but what they came to: their records are of an older release, and the banks of then are not at hand.
    pub without_detail: usize,
    /// What was shown in it.
    pub area: Area,
}

/// One exam.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exam {
    /// The script's id.
    pub id: String,
    /// When it ended, in milliseconds since 1970.
    pub ended: u64,
    /// What it came to, as a percentage of the full marks, to the nearest whole number.
    pub percent: u32,
    /// Its verdict.
    pub verdict: Verdict,
}

/// Where a row of exams is going.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// The last is above those before it.
    Rising,
    /// The last is near those before it.
    Steady,
    /// The last is below those before it.
    Falling,
}

/// A question that was asked, and what is remembered of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// Its course: an index into [`Profile::courses`].
    pub course: usize,
    /// Its id.
    pub id: String,
    /// Its topic, as of the last time; so are the next two.
    pub topic: String,
    /// Its tier, 1 to 5; 0 when nothing says.
    pub tier: u8,
    /// Its facet; empty when nothing says.
    pub facet: String,
    /// What its last answer earned, as a percentage of its marks.
    pub got: u8,
    /// How often it was asked.
    pub times: usize,
    /// When it was asked last, in milliseconds since 1970.
    pub last: u64,
    /// What FSRS makes of its answers.
    pub memory: Memory,
    /// When it is due for review, in milliseconds since 1970.
    pub due: u64,
    /// The chance that it would be answered as it was, now, from 0 to 1.
    pub recall: f64,
    /// Its first place among the sittings that asked it, in the list that the profile was made with.
    from: usize,
}

impl Known {
    /// Whether its last answer earned less than all of its marks.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        self.got < 100
    }

    /// The chance of recall at a time, in milliseconds since 1970.
    fn recall_at(&self, time: u64) -> f64 {
        let days = time.saturating_sub(self.last) as f64 / DAY as f64;
        self.memory.retrievability(days)
    }
}

impl CourseRecord {
    /// The last exam.
    #[must_use]
    pub fn latest(&self) -> Option<&Exam> {
        self.exams.last()
    }

    /// The exam with the highest percentage; of like ones the latest.
    #[must_use]
    pub fn best(&self) -> Option<&Exam> {
        let mut best = self.exams.first()?;
        for exam in &self.exams {
            if exam.percent >= best.percent {
                best = exam;
            }
        }
        Some(best)
    }

    /// The last exam against the mean of up to three before it: steady within five percentage points. `None` before the second.
    #[must_use]
    pub fn trend(&self) -> Option<Trend> {
        let [before @ .., last] = self.exams.as_slice() else {
            return None;
        };
        let before = &before[before.len().saturating_sub(3)..];
        let count = before.len() as i64;
        let sum: i64 = before.iter().map(|exam| i64::from(exam.percent)).sum();
        let above = i64::from(last.percent) * count - sum;
        (count > 0).then_some(if above > 5 * count {
            Trend::Rising
        } else if above < -5 * count {
            Trend::Falling
        } else {
            Trend::Steady
        })
    }
}

/// An answer in the history: the sitting's place in time, the course's index.
struct Given<'s> {
    sitting: u32,
    course: usize,
    answer: &'s Answer,
    topic: &'s str,
    facet: &'s str,
}

/// The name at a place of a list; empty where there is none.
fn named(names: &[String], at: u8) -> &str {
    names.get(usize::from(at)).map_or("", String::as_str)
}

impl Profile {
    /// Makes the profile of these sittings, in any order, as of `now` (milliseconds since 1970). Of two sittings of a course with the same id only
    /// one should be among them.
    #[must_use]
    pub fn new(sittings: &[Summary], now: u64) -> Self {
        let in_time = by(sittings.len(), &|a, b| {
            let (a, b) = (&sittings[a as usize], &sittings[b as usize]);
            let by_time = a.ended.cmp(&b.ended);
            by_time
                .then_with(|| a.course.cmp(&b.course))
                .then_with(|| a.id.cmp(&b.id))
        });
        let mut courses: Vec<CourseRecord> = Vec::new();
        for at in by_text(sittings.len(), &|at| &sittings[at as usize].course) {
            let course = &sittings[at as usize].course;
            if courses.last().is_none_or(|last| last.course != *course) {
                courses.push(CourseRecord {
                    course: course.clone(),
                    exams: Vec::new(),
                    practices: 0,
                    without_detail: 0,
                    area: Area::default(),
                });
            }
        }
        let mut given = Vec::new();
        for (place, &at) in in_time.iter().enumerate() {
            let sitting = &sittings[at as usize];
            let course = courses.iter().position(|one| one.course == sitting.course);
            let course = course.unwrap_or_default();
            courses[course].count(sitting);
            for answer in &sitting.answers {
                given.push(Given {
                    sitting: place as u32,
                    course,
                    answer,
                    topic: named(&sitting.topics, answer.topic),
                    facet: named(&sitting.facets, answer.facet),
                });
            }
        }
        let order = by(given.len(), &|a, b| {
            let (a, b) = (&given[a as usize], &given[b as usize]);
            let by_question = a.course.cmp(&b.course);
            by_question
                .then_with(|| a.answer.question.cmp(&b.answer.question))
                .then_with(|| a.sitting.cmp(&b.sitting))
        });
        let mut questions: Vec<Known> = Vec::new();
        let mut places = Vec::with_capacity(order.len());
        for (from, &at) in order.iter().enumerate() {
            let one = &given[at as usize];
            places.push(one.sitting);
            let ended = sittings[in_time[one.sitting as usize] as usize].ended;
            match questions.last_mut() {
                Some(known) if known.course == one.course && known.id == one.answer.question => {
                    known.again(one, ended);
                }
                _ => questions.push(Known::first(one, ended, from)),
            }
        }
        for known in &mut questions {
            let days = known.memory.interval().min(FIELD_DAYS);
            known.due = known.last.saturating_add(days * DAY - EARLIER);
            known.recall = known.recall_at(now);
        }
        let view = area::View {
            questions: &questions,
            places: &places,
            sittings: sittings.len(),
            now,
        };
        for (at, course) in courses.iter_mut().enumerate() {
            course.area = view.area(&|known| known.course == at);
        }
        let whole = view.area(&|_| true);
        let mut tiers = Vec::new();
        view.each(&|a, b| a.tier.cmp(&b.tier), &mut |known, area| {
            if known.tier > 0 {
                tiers.push((known.tier, area));
            }
        });
        let mut cells = Vec::new();
        view.each(
            &|a, b| a.tier.cmp(&b.tier).then_with(|| a.facet.cmp(&b.facet)),
            &mut |known, area| {
                if known.tier > 0 && !known.facet.is_empty() {
                    cells.push((known.tier, known.facet.clone(), area));
                }
            },
        );
        let mut topics = Vec::new();
        view.each(&|a, b| a.topic.cmp(&b.topic), &mut |known, area| {
            topics.push((known.topic.clone(), area));
        });
        Self {
            now,
            sittings: sittings.len(),
            whole,
            courses,
            tiers,
            cells,
            topics,
            questions,
        }
    }

    /// The record of a course, if it was sat.
    #[must_use]
    pub fn course(&self, id: &str) -> Option<&CourseRecord> {
        self.courses.iter().find(|one| one.course == id)
    }

    /// The cell of the map for a tier and a facet, if a question was of both.
    #[must_use]
    pub fn cell(&self, tier: u8, facet: &str) -> Option<&Area> {
        let mut cells = self.cells.iter();
        let (.., area) = cells.find(|(its, word, _)| *its == tier && word == facet)?;
        Some(area)
    }

    /// The questions of a course that were asked.
    pub fn of_course<'p>(&'p self, id: &'p str) -> impl Iterator<Item = &'p Known> {
        let course = self.courses.iter().position(|one| one.course == id);
        let mut of = self.questions.iter();
        std::iter::from_fn(move || of.find(|known| Some(known.course) == course))
    }

    /// The ids of the questions of a course whose last answer lost marks.
    #[must_use]
    pub fn wrong(&self, course: &str) -> Vec<String> {
        let wrong = self.of_course(course).filter(|known| known.is_wrong());
        wrong.map(|known| known.id.clone()).collect()
    }

    /// What [`crate::paper::practice`] needs to draw the questions of a course that are due first.
    #[must_use]
    pub fn reviews(&self, course: &str) -> Vec<Review> {
        let review = |known: &Known| Review {
            question: known.id.clone(),
            due: known.due <= self.now,
            recall: known.recall,
        };
        self.of_course(course).map(review).collect()
    }

    /// The topics in the order in which to learn them next, as indices into [`Profile::topics`]: those not shown first, then those that are stale,
    /// then the others, each time the one first of which least is known now.
    #[must_use]
    pub fn next_topics(&self) -> Vec<usize> {
        let need = |at: u32| {
            let area = &self.topics[at as usize].1;
            let class = match (area.level(), area.freshness(self.now)) {
                (Level::NotShown, _) => 0,
                (_, Freshness::Stale) => 1,
                _ => 2,
            };
            (class, area.known())
        };
        let order = by(self.topics.len(), &|a, b| {
            let (a, b) = (need(a), need(b));
            a.0.cmp(&b.0).then_with(|| a.1.total_cmp(&b.1))
        });
        order.into_iter().map(|at| at as usize).collect()
    }
}

impl CourseRecord {
    fn count(&mut self, sitting: &Summary) {
        self.without_detail += usize::from(!sitting.detailed);
        match sitting.mode {
            Mode::Practice => self.practices += 1,
            Mode::Exam => self.exams.push(Exam {
                id: sitting.id.clone(),
                ended: sitting.ended,
                percent: sitting.percent,
                verdict: sitting.verdict,
            }),
        }
    }
}

/// What an answer is to FSRS.
fn grade(answer: &Answer) -> Grade {
    match answer.got {
        0..50 => Grade::Again,
        50..100 => Grade::Hard,
        _ if answer.sure >= 3 => Grade::Easy,
        _ => Grade::Good,
    }
}

impl Known {
    fn first(one: &Given<'_>, ended: u64, from: usize) -> Self {
        Self {
            course: one.course,
            id: one.answer.question.clone(),
            topic: one.topic.to_owned(),
            tier: one.answer.tier,
            facet: one.facet.to_owned(),
            got: one.answer.got,
            times: 1,
            last: ended,
            memory: Memory::first(grade(one.answer)),
            due: 0,
            recall: 0.0,
            from,
        }
    }

    fn again(&mut self, one: &Given<'_>, ended: u64) {
        let days = (ended.saturating_sub(self.last).saturating_add(EARLIER)) / DAY;
        self.memory = self.memory.review(days, grade(one.answer));
        one.topic.clone_into(&mut self.topic);
        one.facet.clone_into(&mut self.facet);
        self.tier = one.answer.tier;
        self.got = one.answer.got;
        self.times += 1;
        self.last = ended;
    }
}

#[cfg(test)]
mod tests;
