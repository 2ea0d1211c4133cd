//! Question types: a file each, holding the type's key, how it is read from the bank, drawn as data, answered and marked.
//!
//! To add a type, write its file with a `pub(crate) const TYPE: Registration` and name it in [`TYPES`].

mod choice;
mod cloze;
mod essay;
mod extended;
mod form;
mod hotspot;
mod locate;
mod matching;
mod multiple;
mod numeric;
mod ordering;
mod short;
mod single;
mod table;

use std::fmt;

use crate::bank::{Outline, Report, Tags};
use crate::fraction::Fraction;

pub use choice::{letter, option_index};
pub use essay::words;
pub use form::{Choice, Criterion, Form, Gap, Keyboard, Line, Message, Most, Point, Region, Stem};
pub use hotspot::region_at;
pub use numeric::Decimal;

pub(crate) use cloze::{by_alphabet, word};
pub(crate) use essay::full_marks;

/// Every question type that banks may use, in the order in which the documentation lists them.
pub(crate) const TYPES: &[Registration] = &[
    single::TYPE,
    multiple::TYPE,
    numeric::TYPE,
    short::TYPE,
    ordering::TYPE,
    matching::TYPE,
    extended::TYPE,
    cloze::TYPE,
    locate::TYPE,
    hotspot::TYPE,
    essay::TYPE,
];

/// The names of the question types that this release reads, in the order of the documentation.
pub fn type_names() -> impl Iterator<Item = &'static str> {
    TYPES.iter().map(|known| known.name)
}

/// A question has at most this many parts (options, rows, gaps): [`Fraction`] is exact up to here, and letters suffice.
pub const MOST_PARTS: usize = 26;

/// What a question type registers.
pub(crate) struct Registration {
    /// The word that the tag line says.
    pub(crate) name: &'static str,
    /// The marking rules that a question of the type may name by `rule:`, the default first; empty when it has one only.
    pub(crate) rules: &'static [&'static str],
    /// Reads the key from a question's outline, claims the blocks that hold it, and reports what is wrong.
    /// `None` when no key can be made of it; something has been reported then.
    pub(crate) read: fn(&mut Outline<'_>, &Tags, &mut Report) -> Option<Box<dyn QuestionType>>,
}

/// A question of some type as read from its bank: its key and its mark scheme.
pub(crate) trait QuestionType: Send + Sync {
    /// What the candidate is given to answer with.
    fn form(&self) -> Form<'_>;
    /// A response that earns full marks; of a type that a person marks, one that can be taken.
    fn key(&self) -> Response;
    /// Whether `response` is one that the form can take; a refusal says in plain words what to do.
    ///
    /// # Errors
    /// [`Refusal`] when it is not; such a response is not recorded.
    fn check(&self, response: &Response) -> Result<(), Refusal>;
    /// The share of full marks, from 0 to 1, that a given response earns. A response that [`check`](Self::check) refuses
    /// earns nothing.
    fn mark(&self, response: &Response) -> Fraction;
}

// By hand: a key that prints itself by derived code would put that code into the page for every type.
impl fmt::Debug for dyn QuestionType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?}", self.key().parts())
    }
}

/// What a candidate answered, as a list of parts whose meaning the question type gives.
///
/// Options are named by their letter in the bank's order (`a` is the first), never by their text or their place on the
/// page. Typed text is recorded in Unicode NFKC, so that it compares alike on every platform.
///
/// | type | parts |
/// | --- | --- |
/// | `single` | the letter of the option |
/// | `multiple` | the letters of the ticked options, in the bank's order; none is an answer too |
/// | `numeric`, `short`, `essay` | what was typed |
/// | `ordering` | the letters of all items, in the candidate's order |
/// | `matching`, `extended` | a part a stem, in the bank's order: the letter of the option chosen, or nothing |
/// | `cloze` | a part a gap: what was typed, or the letter of the word chosen in the bank's order; nothing where it was left |
/// | `locate` | the position pointed at, such as `PID-3.1` or `(0008,0050)` |
/// | `hotspot` | the letter of the region |
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Response(pub Vec<String>);

impl Response {
    /// A response of one part.
    #[must_use]
    pub fn one(part: impl Into<String>) -> Self {
        Self(vec![part.into()])
    }

    /// The parts.
    #[must_use]
    pub fn parts(&self) -> &[String] {
        &self.0
    }

    /// The only part, if there is just one.
    #[must_use]
    pub fn only(&self) -> Option<&str> {
        match self.0.as_slice() {
            [part] => Some(part),
            _ => None,
        }
    }
}

/// Why a response cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not a decimal number.
    NotANumber,
    /// A comma with three digits behind it: thousands or a decimal comma?
    CommaOrThousands,
    /// More options than the question allows.
    TooMany {
        /// How many it allows.
        most: u8,
    },
    /// Names an option or part that the question does not have, or one twice.
    NoSuchOption,
    /// A text longer than is taken.
    TooLong {
        /// The most characters that are.
        most: u32,
    },
    /// Not of the form that this type takes.
    WrongForm,
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber => out.write_str("Enter a number in digits, such as 1.5"),
            Self::CommaOrThousands => out.write_str(
                "Leave out the comma: write 1500 for fifteen hundred, or 1.5 with a point",
            ),
            Self::TooMany { most } => write!(out, "Choose no more than {most}"),
            Self::NoSuchOption => {
                out.write_str("This answer names an option that the question does not have")
            }
            Self::TooLong { most } => {
                write!(out, "Shorten this text to no more than {most} characters")
            }
            Self::WrongForm => {
                out.write_str("This answer is not of the form that the question takes")
            }
        }
    }
}

impl std::error::Error for Refusal {}
