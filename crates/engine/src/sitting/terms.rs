//! What a candidate may do in a sitting, and how a script spells it.

use crate::json::{Error, Object, Writer};

/// What a sitting is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Under exam conditions: timed, no feedback before the end.
    Exam,
    /// Untimed, with feedback after each answer.
    Practice,
}

impl Mode {
    /// The word for it in a script.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Exam => "exam",
            Self::Practice => "practice",
        }
    }
}

/// By how much the time allowed is longer, chosen before the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExtraTime {
    /// As long as the course says.
    None,
    /// A quarter longer.
    Quarter,
    /// Half as long again.
    Half,
    /// Twice as long.
    Double,
    /// As long as it takes.
    Untimed,
}

impl ExtraTime {
    /// All of them, shortest first.
    pub const ALL: [Self; 5] = [
        Self::None,
        Self::Quarter,
        Self::Half,
        Self::Double,
        Self::Untimed,
    ];

    /// The word for it in a script: how many times longer.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::None => "1",
            Self::Quarter => "1.25",
            Self::Half => "1.5",
            Self::Double => "2",
            Self::Untimed => "untimed",
        }
    }

    /// Reads the field `extra_time`.
    pub(crate) fn of(object: &Object<'_>) -> Result<Self, Error> {
        let word = object.text("extra_time")?;
        let mut all = Self::ALL.into_iter();
        all.find(|known| known.word() == word).ok_or_else(|| {
            object.fault("`extra_time` is none of `1`, `1.25`, `1.5`, `2` and `untimed`")
        })
    }
}

/// What a candidate may do, fixed at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Exam or practice.
    pub mode: Mode,
    /// The time that the course allows, in minutes, without extra time.
    pub minutes: u32,
    /// Extra time.
    pub extra_time: ExtraTime,
    /// Whether earlier questions may be returned to.
    pub may_go_back: bool,
    /// Whether the clock may be stopped.
    pub may_pause: bool,
    /// Whether candidates are asked how sure they are of each answer.
    pub confidence: bool,
}

impl Terms {
    /// The time allowed in milliseconds, extra time included; `None` when there is no limit.
    #[must_use]
    pub fn time_allowed(&self) -> Option<u64> {
        let quarters = match (self.mode, self.extra_time) {
            (Mode::Practice, _) | (_, ExtraTime::Untimed) => return None,
            (_, ExtraTime::None) => 4,
            (_, ExtraTime::Quarter) => 5,
            (_, ExtraTime::Half) => 6,
            (_, ExtraTime::Double) => 8,
        };
        // A quarter of a minute is 15,000 ms, so this is exact.
        Some(u64::from(self.minutes) * 15_000 * quarters)
    }

    /// The first version of the record whose readers know all of them.
    pub(crate) fn version(&self) -> u32 {
        if self.confidence { 3 } else { 1 }
    }

    pub(crate) fn of(object: &Object<'_>) -> Result<Self, Error> {
        let mode = match object.text("mode")? {
            "exam" => Mode::Exam,
            "practice" => Mode::Practice,
            _ => return Err(object.fault("`mode` is neither `exam` nor `practice`")),
        };
        let extra_time = ExtraTime::of(object)?;
        Ok(Self {
            mode,
            minutes: object.u32("minutes")?,
            extra_time,
            may_go_back: object.bool("may_go_back")?,
            may_pause: object.bool("may_pause")?,
            // Versions 1 and 2 do not have it.
            confidence: object.get("confidence").is_some() && object.bool("confidence")?,
        })
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.open('{');
        out.text_field("mode", self.mode.word());
        out.whole_field("minutes", self.minutes.into());
        out.text_field("extra_time", self.extra_time.word());
        out.bool_field("may_go_back", self.may_go_back);
        out.bool_field("may_pause", self.may_pause);
        if self.confidence {
            out.bool_field("confidence", true);
        }
        out.close('}');
    }
}
