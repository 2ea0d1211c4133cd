//! What a candidate is given to answer with, as data: the app and the printed paper draw it, and no type but its own knows more of it.

use crate::bank::Span;

/// What the candidate is given to answer with, as data: the app draws one component for each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form<'a> {
    /// Options to choose from, in the bank's order.
    Choices {
        /// The options.
        options: &'a [Choice],
        /// How many may be chosen.
        most: Most,
    },
    /// A field to type in.
    Field {
        /// What is typed.
        keyboard: Keyboard,
        /// The unit, shown behind the field and not typed; empty where there is none.
        unit: Span,
        /// The key as it is shown in a review, each accepted answer once.
        accepted: &'a [Span],
    },
    /// Items to put in order; they stand in the right one here.
    Order {
        /// The items.
        items: &'a [Choice],
    },
    /// Stems, each to be given one of the options.
    Match {
        /// The stems, in the bank's order.
        stems: &'a [Stem],
        /// What they may be given, in the bank's order.
        options: &'a [Choice],
        /// Whether the options are listed with the letters that the tutor gave them, from A on, and so are never shuffled.
        lettered: bool,
    },
    /// Gaps in the stem to fill.
    Gaps(&'a [Gap]),
    /// A message, a part of which is to be pointed at.
    Locate(&'a Message),
    /// A picture, a region of which is to be pointed at.
    Hotspot {
        /// The picture, an image in markdown.
        picture: Span,
        /// Its regions, in the bank's order.
        regions: &'a [Region],
    },
    /// A text of the candidate's own, marked against a rubric by a person.
    Essay {
        /// What marks are given for; they sum to the question's full marks.
        rubric: &'a [Criterion],
        /// A model answer, a blockquote of markdown.
        model: Option<Span>,
    },
}

/// How many options may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Most {
    /// Just one: radios.
    One,
    /// Any number but none: checkboxes.
    Any,
    /// Any number, and that none applies is an answer too, which can earn marks.
    AnyOrNone,
    /// No more than this.
    AtMost(u8),
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyboard {
    /// A decimal number.
    Number,
    /// A word or a few.
    Text,
}

/// An option of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its text, markdown.
    pub text: Span,
    /// Why it is right, or why it tempts and is wrong: a blockquote of markdown, or the cell of a table.
    pub rationale: Option<Span>,
    /// Whether it is a key.
    pub key: bool,
}

/// A stem to be given one of the options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stem {
    /// Its text, markdown.
    pub text: Span,
    /// Why its option is the right one: the cell of a table.
    pub rationale: Option<Span>,
    /// The right option, an index.
    pub key: u8,
}

/// A gap in the stem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Where it stands in the bank, brackets included.
    pub span: Span,
    /// What it is filled with: the accepted answers of a typed gap, the words of a choice; in the bank's order.
    pub words: Vec<Span>,
    /// The right word of a choice, an index; `None` when the gap is typed in.
    pub choice: Option<u8>,
}

/// A message to point in: an HL7 v2 message or a dump of a DICOM data set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its lines.
    pub lines: Vec<Line>,
    /// What can be pointed at, in the order of the text; what lies within another comes behind it.
    pub points: Vec<Point>,
    /// The right points, indices; any of them earns the marks.
    pub keys: Vec<u16>,
}

impl Message {
    /// The positions of its right points.
    pub fn key_positions(&self) -> impl Iterator<Item = &str> {
        let point = |&key: &u16| self.points.get(usize::from(key));
        self.keys
            .iter()
            .filter_map(point)
            .map(|point| &*point.position)
    }

    /// The language of its fence, by which a code block names it: `hl7` or `dicom`.
    #[must_use]
    pub fn language(&self) -> &'static str {
        match self.points.first() {
            Some(point) if point.position.starts_with('(') => "dicom",
            _ => "hl7",
        }
    }
}

/// A line of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its text without the brackets around a key, as pieces of the bank to be put together.
    pub pieces: Vec<Span>,
    /// Its points: a range of [`Message::points`].
    pub points: std::ops::Range<u16>,
}

/// A part of a message that can be pointed at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Its position. Of a message: `PID`, `OBX[2]` for the second segment of a name, `PID-3`, `PID-3[2]` for a repetition where there are several,
    /// `PID-3.1` or `PID-3[2].1` for a component where there are several, `PID-3.4.1` for a subcomponent. Of a dump: `(0008,0050)`, `(0040,A730)[1]`
    /// for an item, `(0040,A730)[1](0040,A043)` for an element in it; hexadecimal digits are capitals. No two points cover the same text: what
    /// is the only part of another has no position of its own. Never the field's name, which is what is examined.
    pub position: String,
    /// Where it stands in its line's text, in bytes of it.
    pub range: std::ops::Range<u32>,
    /// How deep it lies: 0 for a segment or an element, 1 for a field, 2 for a repetition or component, and so on.
    pub depth: u8,
}

/// A region of a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// Its name, markdown.
    pub name: Span,
    /// Its left edge, top edge, width and height, in per cent of the picture's.
    pub place: [f32; 4],
    /// Why it is right, or why it tempts and is wrong: the cell of a table.
    pub rationale: Option<Span>,
    /// Whether it is a key; any key earns the marks.
    pub key: bool,
}

/// What marks are given for in an essay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// Its name, markdown.
    pub name: Span,
    /// The marks that it can earn, at least 1.
    pub marks: u8,
    /// What to look for, markdown; may be empty.
    pub evidence: Span,
}
