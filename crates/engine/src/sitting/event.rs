//! What happens in a sitting, and how a script spells it.

use crate::json::{Error, Object, Value, Writer};
use crate::question::Response;

/// Something that happened in a sitting.
///
/// In a script it is one flat object, such as `{"at":1200,"do":"answer","question":"hl7-001","response":["b"]}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When, in milliseconds since the start.
    pub at: u64,
    /// What.
    pub what: What,
}

/// What happened. Questions are named by their ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The candidate looks at a question.
    See {
        /// Its id.
        question: String,
    },
    /// The candidate answers a question, for the first time or anew.
    Answer {
        /// Its id.
        question: String,
        /// The response, in place of any before.
        response: Response,
    },
    /// The candidate takes an answer back.
    Clear {
        /// Its id.
        question: String,
    },
    /// The candidate flags a question to return to.
    Flag {
        /// Its id.
        question: String,
    },
    /// The candidate takes a flag away.
    Unflag {
        /// Its id.
        question: String,
    },
    /// In practice: the answer stands, and feedback is shown.
    Feedback {
        /// Its id.
        question: String,
    },
    /// The candidate says how sure they are of their answer.
    Confidence {
        /// Its id.
        question: String,
        /// How sure, in place of what they said before.
        level: Certainty,
    },
    /// The page of the sitting is hidden or closed, or another page is shown in its place.
    Leave,
    /// The page is shown again.
    Return,
    /// The clock of the exam is stopped: `at` goes on, the time used does not.
    Pause,
    /// The clock of the exam goes on.
    Resume,
    /// The device's clock was seen to jump. A note, which changes nothing: time is counted by `at` alone.
    Clock {
        /// By how much, in milliseconds: forward, or back if below 0.
        by: i64,
    },
    /// Another page of the same device took the sitting over. A note, which changes nothing.
    TakeOver,
    /// The candidate hands in.
    HandIn,
    /// The time allowed has run out.
    TimeOut,
    /// A person gives marks to an answer that needs one. The only event that may come after the end.
    Award {
        /// The id of the question.
        question: String,
        /// The marks for each criterion of its rubric, in order, in place of any that the same marker gave before.
        marks: Vec<u8>,
        /// Who gives them.
        by: Marker,
    },
}

/// How sure candidates are of an answer; the number is the one in a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Not very, or they did not say.
    Low = 1,
    /// Fairly.
    Middling = 2,
    /// Very.
    High = 3,
}

impl Certainty {
    /// All of them, least sure first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Middling, Self::High];

    /// The one with this number, if there is one.
    #[must_use]
    pub fn of(number: u64) -> Option<Self> {
        match number {
            1 => Some(Self::Low),
            2 => Some(Self::Middling),
            3 => Some(Self::High),
            _ => None,
        }
    }
}

/// Who gives marks where a person must.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// The candidates themselves, by the rubric.
    Candidate,
    /// A tutor, whose marks stand over the candidate's.
    Tutor,
}

impl Marker {
    /// The word for it in a script.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Candidate => "self",
            Self::Tutor => "tutor",
        }
    }
}

impl What {
    /// The word for it in a script.
    fn word(&self) -> &'static str {
        match self {
            Self::See { .. } => "see",
            Self::Answer { .. } => "answer",
            Self::Clear { .. } => "clear",
            Self::Flag { .. } => "flag",
            Self::Unflag { .. } => "unflag",
            Self::Feedback { .. } => "feedback",
            Self::Confidence { .. } => "confidence",
            Self::Leave => "leave",
            Self::Return => "return",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Clock { .. } => "clock",
            Self::TakeOver => "take-over",
            Self::HandIn => "hand-in",
            Self::TimeOut => "time-out",
            Self::Award { .. } => "award",
        }
    }

    /// The question that it is about.
    #[must_use]
    pub fn question(&self) -> Option<&str> {
        match self {
            Self::See { question }
            | Self::Answer { question, .. }
            | Self::Clear { question }
            | Self::Flag { question }
            | Self::Unflag { question }
            | Self::Feedback { question }
            | Self::Confidence { question, .. }
            | Self::Award { question, .. } => Some(question),
            _ => None,
        }
    }

    /// The first version of the record whose readers know it.
    pub(crate) fn version(&self) -> u32 {
        match self {
            Self::Award { .. } => 2,
            Self::Confidence { .. } | Self::Clock { .. } | Self::TakeOver => 3,
            _ => 1,
        }
    }
}

impl Event {
    pub(crate) fn of(object: &Object<'_>) -> Result<Self, Error> {
        let (at, word) = (object.u64("at")?, object.text("do")?);
        let of_question = object.text_if_any("question")?;
        let response = match object.get("response") {
            None | Some(Value::Null) => None,
            Some(_) => Some(Response(object.texts("response")?)),
        };
        let question = of_question.unwrap_or_default().to_owned();
        let what = match word {
            "see" => What::See { question },
            "answer" => What::Answer {
                question,
                response: response.ok_or_else(|| object.fault("an answer without its response"))?,
            },
            "clear" => What::Clear { question },
            "flag" => What::Flag { question },
            "unflag" => What::Unflag { question },
            "feedback" => What::Feedback { question },
            "confidence" => What::Confidence {
                question,
                level: Certainty::of(object.u64("level")?)
                    .ok_or_else(|| object.fault("`level` is none of 1, 2 and 3"))?,
            },
            "leave" => What::Leave,
            "return" => What::Return,
            "pause" => What::Pause,
            "resume" => What::Resume,
            "clock" => What::Clock {
                by: object.i64("by")?,
            },
            "take-over" => What::TakeOver,
            "hand-in" => What::HandIn,
            "time-out" => What::TimeOut,
            "award" => What::Award {
                question,
                marks: object.u8s("marks")?,
                by: match object.text("by")? {
                    "self" => Marker::Candidate,
                    "tutor" => Marker::Tutor,
                    _ => return Err(object.fault("`by` is neither `self` nor `tutor`")),
                },
            },
            _ => return Err(object.fault("an event that is none")),
        };
        if of_question.is_none() && what.question().is_some() {
            return Err(object.fault("an event without its question"));
        }
        Ok(Self { at, what })
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.open('{');
        out.whole_field("at", self.at);
        out.text_field("do", self.what.word());
        if let Some(question) = self.what.question() {
            out.text_field("question", question);
        }
        match &self.what {
            What::Answer { response, .. } => out.texts_field("response", response.parts()),
            What::Confidence { level, .. } => out.whole_field("level", *level as u64),
            What::Clock { by } => out.signed_field("by", *by),
            What::Award { marks, by, .. } => {
                out.u8s_field("marks", marks);
                out.text_field("by", by.word());
            }
            _ => {}
        }
        out.close('}');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::read_object;

    fn read(json: &str) -> Result<Event, Error> {
        Event::of(&read_object(json).expect(json))
    }

    #[test]
    fn every_event_is_one_flat_object() {
        let question = || "hl7-001".to_owned();
        let cases = [
            (
                What::See {
                    question: question(),
                },
                r#"{"at":1200,"do":"see","question":"hl7-001"}"#,
            ),
            (
                What::Answer {
                    question: question(),
                    response: Response::one("b"),
                },
                r#"{"at":1200,"do":"answer","question":"hl7-001","response":["b"]}"#,
            ),
            (
                What::Answer {
                    question: question(),
                    response: Response::default(),
                },
                r#"{"at":1200,"do":"answer","question":"hl7-001","response":[]}"#,
            ),
            (
                What::Clear {
                    question: question(),
                },
                r#"{"at":1200,"do":"clear","question":"hl7-001"}"#,
            ),
            (
                What::Flag {
                    question: question(),
                },
                r#"{"at":1200,"do":"flag","question":"hl7-001"}"#,
            ),
            (
                What::Unflag {
                    question: question(),
                },
                r#"{"at":1200,"do":"unflag","question":"hl7-001"}"#,
            ),
            (
                What::Feedback {
                    question: question(),
                },
                r#"{"at":1200,"do":"feedback","question":"hl7-001"}"#,
            ),
            (
                What::Confidence {
                    question: question(),
                    level: Certainty::High,
                },
                r#"{"at":1200,"do":"confidence","question":"hl7-001","level":3}"#,
            ),
            (
                What::Clock { by: -3_600_000 },
                r#"{"at":1200,"do":"clock","by":-3600000}"#,
            ),
            (
                What::Clock { by: i64::MIN },
                r#"{"at":1200,"do":"clock","by":-9223372036854775808}"#,
            ),
            (What::Clock { by: 7 }, r#"{"at":1200,"do":"clock","by":7}"#),
            (What::TakeOver, r#"{"at":1200,"do":"take-over"}"#),
            (What::Leave, r#"{"at":1200,"do":"leave"}"#),
            (What::Return, r#"{"at":1200,"do":"return"}"#),
            (What::Pause, r#"{"at":1200,"do":"pause"}"#),
            (What::Resume, r#"{"at":1200,"do":"resume"}"#),
            (What::HandIn, r#"{"at":1200,"do":"hand-in"}"#),
            (What::TimeOut, r#"{"at":1200,"do":"time-out"}"#),
            (
                What::Award {
                    question: question(),
                    marks: vec![2, 0, 100],
                    by: Marker::Candidate,
                },
                r#"{"at":1200,"do":"award","question":"hl7-001","marks":[2,0,100],"by":"self"}"#,
            ),
            (
                What::Award {
                    question: question(),
                    marks: Vec::new(),
                    by: Marker::Tutor,
                },
                r#"{"at":1200,"do":"award","question":"hl7-001","marks":[],"by":"tutor"}"#,
            ),
        ];
        for (what, json) in cases {
            let event = Event { at: 1200, what };
            let mut out = Writer::default();
            event.write(&mut out);
            assert_eq!(out.finish(), json);
            assert_eq!(read(json), Ok(event));
        }
    }

    #[test]
    fn what_is_no_event_is_refused() {
        for json in [
            r#"{"at":1,"do":"see"}"#,
            r#"{"at":1,"do":"answer","question":"a"}"#,
            r#"{"at":1,"do":"dance"}"#,
            r#"{"at":-1,"do":"leave"}"#,
            r#"{"do":"leave"}"#,
            r#"{"at":1}"#,
            r#"{"at":1,"do":"answer","question":"a","response":"b"}"#,
            r#"{"at":1,"do":"confidence","level":1}"#,
            r#"{"at":1,"do":"confidence","question":"a"}"#,
            r#"{"at":1,"do":"confidence","question":"a","level":0}"#,
            r#"{"at":1,"do":"confidence","question":"a","level":4}"#,
            r#"{"at":1,"do":"confidence","question":"a","level":"1"}"#,
            r#"{"at":1,"do":"clock"}"#,
            r#"{"at":1,"do":"clock","by":"1"}"#,
            r#"{"at":1,"do":"clock","by":0.5}"#,
            r#"{"at":1,"do":"clock","by":9223372036854775808}"#,
            r#"{"at":1,"do":"award","marks":[1],"by":"self"}"#,
            r#"{"at":1,"do":"award","question":"a","by":"self"}"#,
            r#"{"at":1,"do":"award","question":"a","marks":[1]}"#,
            r#"{"at":1,"do":"award","question":"a","marks":[1],"by":"nobody"}"#,
            r#"{"at":1,"do":"award","question":"a","marks":[256],"by":"self"}"#,
            r#"{"at":1,"do":"award","question":"a","marks":[0.5],"by":"self"}"#,
            r#"{"at":1,"do":"award","question":"a","marks":["1"],"by":"self"}"#,
            r#"{"at":1,"do":"award","question":"a","marks":1,"by":"self"}"#,
        ] {
            assert!(read(json).is_err(), "{json}");
        }
    }
}
