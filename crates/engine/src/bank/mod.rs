//! Markdown → [`Bank`] and diagnostics.
//!
//! A bank keeps its source and, for each question, the places of its parts; what is shown is made when it is shown.

mod character;
mod diagnostic;
mod digest;
mod front;
mod html;
mod image;
mod lint;
mod markdown;
mod model;
mod outcomes;
mod outline;
mod parse;
mod span;

pub use diagnostic::{Code, Diagnostic, Severity};
pub use digest::digest;
pub use front::Tags;
pub use html::{Html, escape};
pub use image::Image;
pub use lint::{Heeded, Silenced, duplicate_stems, heed_bank, heed_page, lint};
pub use markdown::walk_only;
pub use model::{Bank, Case, Difficulty, Question};
pub use parse::{LARGEST, read};
pub use span::{Place, Span, place};

pub(crate) use character::named_characters;
pub(crate) use diagnostic::Report;
pub(crate) use front::{FrontMatter, MOST_MARKS};
pub(crate) use image::images;
pub(crate) use markdown::parser;
pub(crate) use outline::{BlockId, Item, Outline, ZoneKind};
pub(crate) use parse::{decode, raw_html, watch};
