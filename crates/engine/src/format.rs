//! The canonical form of a bank and of a course page.
//!
//! What is changed is changed in the text, piece by piece; whatever this does not know stays as it was, byte for byte. Nothing of what
//! is read from the file may change: [`bank`] and [`course`] read it again and compare.

mod blocks;
mod front;
mod same;
mod space;
mod table;

use std::fmt;

use crate::bank::{self, Bank};
use crate::course::{self, Course};

/// Forms settle after one round, or two where a change makes room for another.
const ROUNDS: usize = 4;

/// Why a file has no canonical form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unformatted {
    /// It has errors, so that what it means is not known.
    Errors,
    /// Something in it would be read otherwise afterwards.
    Meaning,
}

impl fmt::Display for Unformatted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Errors => "it has errors",
            Self::Meaning => "its canonical form would be read otherwise",
        })
    }
}

impl std::error::Error for Unformatted {}

/// The canonical form of a bank's text.
///
/// # Errors
/// [`Unformatted`] when it has none; the file is best left alone then.
pub fn bank(bank: &Bank) -> Result<String, Unformatted> {
    if !bank.is_usable() {
        return Err(Unformatted::Errors);
    }
    let read = |text: &str| bank::read(bank.path(), text.as_bytes().to_vec());
    let text = settle(bank.source(), &|text| blocks::of_bank(&read(text)))?;
    if same::banks(bank, &read(&text)) {
        Ok(text)
    } else {
        Err(Unformatted::Meaning)
    }
}

/// The canonical form of a course page's text.
///
/// # Errors
/// [`Unformatted`] when it has none; the file is best left alone then.
pub fn course(course: &Course) -> Result<String, Unformatted> {
    if !course.is_usable() {
        return Err(Unformatted::Errors);
    }
    let text = settle(course.source(), &blocks::of_page)?;
    let read = course::read(course.id(), text.as_bytes().to_vec());
    if same::courses(course, &read) {
        Ok(text)
    } else {
        Err(Unformatted::Meaning)
    }
}

/// Goes round until nothing changes any more.
fn settle(source: &str, blocks: &dyn Fn(&str) -> String) -> Result<String, Unformatted> {
    let mut text = source.to_owned();
    for _ in 0..ROUNDS {
        let next = blocks(&front::ordered(&space::clean(&text)));
        if next == text {
            return Ok(text);
        }
        text = next;
    }
    Err(Unformatted::Meaning)
}

#[cfg(test)]
mod tests;
