//! Paper + events → the state of a sitting. A sitting is a fold over its events, so that replaying a script gives it again.

mod event;
mod terms;

use std::fmt;

use crate::question::Response;
use crate::sorted::by_text;

pub use event::{Certainty, Event, Marker, What};
pub use terms::{ExtraTime, Mode, Terms};

/// How and when a sitting ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The candidate handed in.
    HandedIn {
        /// Milliseconds since the start.
        at: u64,
    },
    /// The time allowed ran out.
    TimedOut {
        /// When it did, in milliseconds since the start; the event that noticed may be later.
        at: u64,
    },
}

impl End {
    /// Milliseconds since the start.
    #[must_use]
    pub fn at(self) -> u64 {
        match self {
            Self::HandedIn { at } | Self::TimedOut { at } => at,
        }
    }
}

/// Why an event is refused; it changes nothing then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is earlier than the event before it.
    OutOfOrder,
    /// The sitting has ended.
    Ended,
    /// The time allowed is over: nothing but the end is taken.
    TimeIsUp,
    /// The time allowed is not over, or there is no limit.
    TimeIsNotUp,
    /// The paper has no such question.
    NoSuchQuestion,
    /// Earlier questions may not be returned to.
    NoGoingBack,
    /// The clock is stopped.
    Paused,
    /// The clock is not stopped.
    NotPaused,
    /// The clock may not be stopped.
    MayNotPause,
    /// Nobody asks how sure the candidate is.
    NotAsked,
    /// An exam gives no feedback before its end.
    NoFeedback,
    /// Feedback needs an answer.
    NotAnswered,
    /// Feedback has been given, and the answer stands.
    FeedbackGiven,
    /// The script is as long as one may be.
    ScriptFull,
    /// Marks are given before the answer stands.
    TooSoonToAward,
}

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::OutOfOrder => "this is earlier than what came before it",
            Self::Ended => "the sitting has ended",
            Self::TimeIsUp => "the time is up",
            Self::TimeIsNotUp => "the time is not up",
            Self::NoSuchQuestion => "the paper has no such question",
            Self::NoGoingBack => "this course does not allow going back to an earlier question",
            Self::Paused => "the clock is stopped; go on first",
            Self::NotPaused => "the clock is not stopped",
            Self::MayNotPause => "this course does not allow stopping the clock",
            Self::NotAsked => "this course does not ask how sure you are",
            Self::NoFeedback => "there is no feedback before the end of an exam",
            Self::NotAnswered => "answer the question first",
            Self::FeedbackGiven => "feedback has been given, so this answer stands",
            Self::ScriptFull => "the record of this sitting is full; hand in",
            Self::TooSoonToAward => "marks are given after the end, or in practice after feedback",
        })
    }
}

impl std::error::Error for Refused {}

/// The state of a sitting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting {
    terms: Terms,
    slots: Vec<Slot>,
    /// The places of the questions in the paper, sorted by their ids.
    by_id: Vec<u32>,
    current: usize,
    last_at: u64,
    /// The sum of the pauses that are over, in milliseconds.
    paused: u64,
    paused_since: Option<u64>,
    /// How often the page was left, and for how long in all, in milliseconds of the time used, without an absence that goes on.
    left: (usize, u64),
    /// How much time was used when the page was left, while it is.
    away_since: Option<u64>,
    ended: Option<End>,
}

/// A question of the paper and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Slot {
    question: String,
    response: Option<Response>,
    flagged: bool,
    seen: bool,
    certainty: Option<Certainty>,
    feedback: bool,
    /// The marks that the candidate gave, and those of a tutor.
    awards: [Option<Vec<u8>>; 2],
}

impl Sitting {
    /// A sitting of a paper with these questions that has just begun.
    #[must_use]
    pub fn new(terms: Terms, questions: Vec<String>) -> Self {
        let slots: Vec<Slot> = questions
            .into_iter()
            .map(|question| Slot {
                question,
                response: None,
                flagged: false,
                seen: false,
                certainty: None,
                feedback: false,
                awards: [None, None],
            })
            .collect();
        let by_id = by_text(slots.len(), &|at| &slots[at as usize].question);
        Self {
            terms,
            slots,
            by_id,
            current: 0,
            last_at: 0,
            paused: 0,
            paused_since: None,
            left: (0, 0),
            away_since: None,
            ended: None,
        }
    }

    /// Takes one event in.
    ///
    /// # Errors
    /// [`Refused`] says why it cannot be; nothing has changed then.
    pub fn apply(&mut self, event: &Event) -> Result<(), Refused> {
        let at = event.at;
        if at < self.last_at {
            return Err(Refused::OutOfOrder);
        }
        // The one event that may come after the end, which changes neither the end nor the time used.
        if let What::Award {
            question,
            marks,
            by,
        } = &event.what
        {
            self.take_award(question, marks, *by)?;
            self.last_at = at;
            return Ok(());
        }
        if self.ended.is_some() {
            return Err(Refused::Ended);
        }
        let late = self
            .terms
            .time_allowed()
            .is_some_and(|allowed| self.time_used(at) > allowed);
        match &event.what {
            What::HandIn if late => self.ended = Some(self.timed_out(at)),
            What::HandIn => self.ended = Some(End::HandedIn { at }),
            What::TimeOut if self.time_left(at) == Some(0) => self.ended = Some(self.timed_out(at)),
            What::TimeOut => return Err(Refused::TimeIsNotUp),
            // While the clock is stopped the candidate may be where they like.
            What::Leave if late || self.paused_since.is_some() || self.is_away() => {}
            What::Leave => {
                self.left.0 += 1;
                self.away_since = Some(self.time_used(at));
            }
            What::Return => {
                self.left = self.absences(at);
                self.away_since = None;
            }
            What::Clock { .. } | What::TakeOver => {}
            _ if late => return Err(Refused::TimeIsUp),
            What::Resume => {
                let since = self.paused_since.take().ok_or(Refused::NotPaused)?;
                self.paused += at - since;
            }
            _ if self.paused_since.is_some() => return Err(Refused::Paused),
            What::Pause if self.terms.may_pause => self.paused_since = Some(at),
            What::Pause => return Err(Refused::MayNotPause),
            What::See { question }
            | What::Answer { question, .. }
            | What::Clear { question }
            | What::Flag { question }
            | What::Unflag { question }
            | What::Feedback { question }
            | What::Confidence { question, .. } => self.apply_to(question, &event.what)?,
            What::Award { .. } => {}
        }
        self.last_at = at;
        Ok(())
    }

    fn apply_to(&mut self, question: &str, what: &What) -> Result<(), Refused> {
        let at = self.position(question).ok_or(Refused::NoSuchQuestion)?;
        if !self.terms.may_go_back && at < self.current {
            return Err(Refused::NoGoingBack);
        }
        let slot = &mut self.slots[at];
        match what {
            What::See { .. } => {
                slot.seen = true;
                self.current = at;
            }
            What::Flag { .. } => slot.flagged = true,
            What::Unflag { .. } => slot.flagged = false,
            What::Feedback { .. } if self.terms.mode == Mode::Exam => {
                return Err(Refused::NoFeedback);
            }
            What::Confidence { .. } if !self.terms.confidence => return Err(Refused::NotAsked),
            _ if slot.feedback => return Err(Refused::FeedbackGiven),
            What::Feedback { .. } if slot.response.is_none() => return Err(Refused::NotAnswered),
            What::Feedback { .. } => slot.feedback = true,
            What::Answer { response, .. } => {
                slot.seen = true;
                slot.response = Some(response.clone());
            }
            What::Clear { .. } => slot.response = None,
            What::Confidence { level, .. } => {
                slot.seen = true;
                slot.certainty = Some(*level);
            }
            _ => {}
        }
        Ok(())
    }

    fn take_award(&mut self, question: &str, marks: &[u8], by: Marker) -> Result<(), Refused> {
        let at = self.position(question).ok_or(Refused::NoSuchQuestion)?;
        let slot = &mut self.slots[at];
        if self.ended.is_none() && !slot.feedback {
            return Err(Refused::TooSoonToAward);
        }
        if slot.response.is_none() {
            return Err(Refused::NotAnswered);
        }
        slot.awards[by as usize] = Some(marks.to_owned());
        Ok(())
    }

    /// The end of a sitting whose time ran out, noticed at `at`.
    fn timed_out(&self, at: u64) -> End {
        let over = self
            .terms
            .time_allowed()
            .map_or(0, |allowed| self.time_used(at).saturating_sub(allowed));
        End::TimedOut { at: at - over }
    }

    /// The terms that it is sat under.
    #[must_use]
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// How many questions the paper has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether the paper has no question.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The place in the paper of the question that is being looked at, from 0.
    #[must_use]
    pub fn current(&self) -> usize {
        self.current
    }

    /// The place of a question in the paper, from 0.
    #[must_use]
    pub fn position(&self, question: &str) -> Option<usize> {
        let id = |&at: &u32| self.slots[at as usize].question.as_str();
        let found = self
            .by_id
            .binary_search_by(|at| id(at).cmp(question))
            .ok()?;
        Some(self.by_id[found] as usize)
    }

    /// The id of the question at place `n`.
    #[must_use]
    pub fn question(&self, n: usize) -> Option<&str> {
        self.slots.get(n).map(|slot| slot.question.as_str())
    }

    /// The response that stands at place `n`.
    #[must_use]
    pub fn response(&self, n: usize) -> Option<&Response> {
        self.slots.get(n)?.response.as_ref()
    }

    /// Whether the question at place `n` is flagged.
    #[must_use]
    pub fn flagged(&self, n: usize) -> bool {
        self.slots.get(n).is_some_and(|slot| slot.flagged)
    }

    /// Whether the question at place `n` has been looked at.
    #[must_use]
    pub fn seen(&self, n: usize) -> bool {
        self.slots.get(n).is_some_and(|slot| slot.seen)
    }

    /// How sure the candidate says they are of the answer at place `n`; `None` when they did not say.
    #[must_use]
    pub fn certainty(&self, n: usize) -> Option<Certainty> {
        self.slots.get(n)?.certainty
    }

    /// Whether feedback has been given on the question at place `n`, so that its answer stands.
    #[must_use]
    pub fn feedback_given(&self, n: usize) -> bool {
        self.slots.get(n).is_some_and(|slot| slot.feedback)
    }

    /// The marks that stand for the answer at place `n`, one for each criterion of its rubric, and who gave them: a tutor's stand over the
    /// candidate's. `None` when nobody has given any. Whether they fit the rubric is for [`mark`](crate::marking::mark) to say.
    #[must_use]
    pub fn award(&self, n: usize) -> Option<(Marker, &[u8])> {
        let by = |by| Some((by, self.award_by(n, by)?));
        by(Marker::Tutor).or_else(|| by(Marker::Candidate))
    }

    /// The marks that `by` gave the answer at place `n`, the last time.
    #[must_use]
    pub fn award_by(&self, n: usize, by: Marker) -> Option<&[u8]> {
        self.slots.get(n)?.awards[by as usize].as_deref()
    }

    /// The places of the questions without a response, in order.
    pub fn unanswered(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.slots.len()).filter(|&n| self.response(n).is_none())
    }

    /// How and when it ended; `None` while it goes on.
    #[must_use]
    pub fn ended(&self) -> Option<End> {
        self.ended
    }

    /// Whether the clock is stopped.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.paused_since.is_some()
    }

    /// Whether the page is left.
    #[must_use]
    pub fn is_away(&self) -> bool {
        self.away_since.is_some()
    }

    /// How often the page was left by `at` milliseconds after the start, and for how long in all, in milliseconds of the time allowed: what is over
    /// counts, and what goes on until then. A page that is left twice without a return was left once. Nothing counts while the clock is
    /// stopped, nor after the end.
    #[must_use]
    pub fn absences(&self, at: u64) -> (usize, u64) {
        let (count, sum) = self.left;
        let since = self.away_since.map_or(0, |since| {
            let used = self.time_used(at);
            let used = self.terms.time_allowed().map_or(used, |all| used.min(all));
            used.saturating_sub(since)
        });
        (count, sum + since)
    }

    /// The time used by `at` milliseconds after the start, in milliseconds: pauses do not count, nor does what comes after the end.
    #[must_use]
    pub fn time_used(&self, at: u64) -> u64 {
        let at = self.ended.map_or(at, |end| at.min(end.at()));
        let at = self.paused_since.map_or(at, |since| at.min(since));
        at.saturating_sub(self.paused)
    }

    /// The time left at `at` milliseconds after the start, in milliseconds; `None` when there is no limit.
    #[must_use]
    pub fn time_left(&self, at: u64) -> Option<u64> {
        let allowed = self.terms.time_allowed()?;
        Some(allowed.saturating_sub(self.time_used(at)))
    }

    /// When the last event was, in milliseconds since the start; 0 before the first.
    #[must_use]
    pub fn last_at(&self) -> u64 {
        self.last_at
    }
}

#[cfg(test)]
mod tests;
