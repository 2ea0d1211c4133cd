//! JSON, as far as records need it: every text is read, whole numbers, texts, lists and objects are written.
//!
//! By hand, since the page carries it: serde with serde_json and what its derives generate take several times the room.
//! RFC 8259 is read to the letter, but for these bounds of our own, which the standard allows:
//!
//! - Lists and objects nest no deeper than [`DEEPEST`].
//! - A number is a text to the reader until a field asks for it; fields ask for whole numbers without point or exponent.
//! - An escape that is half a character (a surrogate without its other half) is refused.
//! - Of fields of the same name the last counts, as it does in JavaScript.

mod read;
mod write;

use std::borrow::Cow;
use std::fmt;

use crate::bank::place;

pub use read::{DEEPEST, read, read_object};
pub use write::Writer;

/// A value. What needs no unescaping is borrowed from the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'t> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as it is written.
    Number(&'t str),
    /// A text, unescaped.
    Text(Cow<'t, str>),
    /// `[…]`
    List(Vec<Value<'t>>),
    /// `{…}`
    Object(Object<'t>),
}

/// An object: fields in the order of the text. Its methods return the fields of a record, or an [`Error`] that names the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object<'t> {
    /// Where it begins in the text, in bytes.
    at: usize,
    fields: Vec<(Cow<'t, str>, Value<'t>)>,
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    at: usize,
    what: String,
}

impl Error {
    /// What is wrong and at which line and column of `text`, the one that was read; a fault of a field is at the beginning
    /// of its object.
    #[must_use]
    pub fn within(&self, text: &str) -> String {
        let place = place(text, u32::try_from(self.at).unwrap_or(u32::MAX));
        let mut out = self.what.clone();
        for (before, number) in [(" at line ", place.line), (" column ", place.column)] {
            out.push_str(before);
            out.push_str(&number.to_string());
        }
        out
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.what)
    }
}

impl std::error::Error for Error {}

impl<'t> Object<'t> {
    /// The field `name`, the last of them when there are more.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value<'t>> {
        let (_, value) = self.fields.iter().rev().find(|(key, _)| key == name)?;
        Some(value)
    }

    /// Its fields, in the order of the text.
    #[must_use]
    pub fn fields(&self) -> &[(Cow<'t, str>, Value<'t>)] {
        &self.fields
    }

    /// An error that says `what` of this object.
    #[must_use]
    pub fn fault(&self, what: &str) -> Error {
        Error {
            at: self.at,
            what: what.to_owned(),
        }
    }

    /// The text `name`.
    ///
    /// # Errors
    /// When it is missing or no text.
    pub fn text(&self, name: &str) -> Result<&str, Error> {
        match self.get(name) {
            Some(Value::Text(text)) => Ok(text),
            _ => Err(self.is_not(name, "a text")),
        }
    }

    /// The text `name`; `None` when it is missing or `null`.
    ///
    /// # Errors
    /// When it is something else.
    pub fn text_if_any(&self, name: &str) -> Result<Option<&str>, Error> {
        match self.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(_) => self.text(name).map(Some),
        }
    }

    /// The list of texts `name`.
    ///
    /// # Errors
    /// When it is missing, no list, or something in it is no text.
    pub fn texts(&self, name: &str) -> Result<Vec<String>, Error> {
        let wrong = || self.is_not(name, "a list of texts");
        let mut texts = Vec::new();
        for value in self.list(name).ok_or_else(wrong)? {
            match value {
                Value::Text(text) => texts.push(text.as_ref().to_owned()),
                _ => return Err(wrong()),
            }
        }
        Ok(texts)
    }

    /// The list of whole numbers of 8 bits `name`.
    ///
    /// # Errors
    /// When it is missing, no list, or something in it is no such number.
    pub fn u8s(&self, name: &str) -> Result<Vec<u8>, Error> {
        let wrong = || self.is_not(name, "a list of whole numbers from 0 to 255");
        let mut numbers = Vec::new();
        for value in self.list(name).ok_or_else(wrong)? {
            match value {
                Value::Number(number) => numbers.push(number.parse().map_err(|_| wrong())?),
                _ => return Err(wrong()),
            }
        }
        Ok(numbers)
    }

    /// The object `name`.
    ///
    /// # Errors
    /// When it is missing or no object.
    pub fn object(&self, name: &str) -> Result<&Self, Error> {
        match self.get(name) {
            Some(Value::Object(object)) => Ok(object),
            _ => Err(self.is_not(name, "an object")),
        }
    }

    /// The list of objects `name`.
    ///
    /// # Errors
    /// When it is missing, no list, or something in it is no object.
    pub fn objects(&self, name: &str) -> Result<Vec<&Self>, Error> {
        let wrong = || self.is_not(name, "a list of objects");
        let mut objects = Vec::new();
        for value in self.list(name).ok_or_else(wrong)? {
            match value {
                Value::Object(object) => objects.push(object),
                _ => return Err(wrong()),
            }
        }
        Ok(objects)
    }

    /// The field `name`, `true` or `false`.
    ///
    /// # Errors
    /// When it is missing or something else.
    pub fn bool(&self, name: &str) -> Result<bool, Error> {
        match self.get(name) {
            Some(Value::Bool(value)) => Ok(*value),
            _ => Err(self.is_not(name, "true or false")),
        }
    }

    /// The whole number `name`.
    ///
    /// # Errors
    /// When it is missing, no whole number, or beyond 64 bits.
    pub fn u64(&self, name: &str) -> Result<u64, Error> {
        self.whole(name, u64::MAX)
    }

    /// The whole number `name`.
    ///
    /// # Errors
    /// When it is missing, no whole number, or beyond 32 bits.
    pub fn u32(&self, name: &str) -> Result<u32, Error> {
        self.whole(name, u32::MAX.into()).map(|whole| whole as u32)
    }

    /// The whole number `name`.
    ///
    /// # Errors
    /// When it is missing, no whole number, or beyond 16 bits.
    pub fn u16(&self, name: &str) -> Result<u16, Error> {
        self.whole(name, u16::MAX.into()).map(|whole| whole as u16)
    }

    /// The whole number `name`.
    ///
    /// # Errors
    /// When it is missing, no whole number, or beyond 8 bits.
    pub fn u8(&self, name: &str) -> Result<u8, Error> {
        self.whole(name, u8::MAX.into()).map(|whole| whole as u8)
    }

    /// The whole number `name`, from 0 to `last`.
    ///
    /// # Errors
    /// When it is missing, no whole number, or beyond.
    pub fn whole(&self, name: &str, last: u64) -> Result<u64, Error> {
        let whole = match self.get(name) {
            // `-0` is no number of ours, nor are `1.0` and `1e2`: this refuses them.
            Some(Value::Number(number)) => number.parse().ok(),
            _ => None,
        };
        match whole {
            Some(whole) if whole <= last => Ok(whole),
            _ => {
                let mut kind = String::from("a whole number from 0 to ");
                kind.push_str(&last.to_string());
                Err(self.is_not(name, &kind))
            }
        }
    }

    /// The whole number `name`, of either sign.
    ///
    /// # Errors
    /// When it is missing, no whole number, or beyond 64 bits.
    pub fn i64(&self, name: &str) -> Result<i64, Error> {
        let whole = match self.get(name) {
            Some(Value::Number(number)) => number.parse().ok(),
            _ => None,
        };
        whole.ok_or_else(|| self.is_not(name, "a whole number of 64 bits"))
    }

    fn list(&self, name: &str) -> Option<&[Value<'t>]> {
        match self.get(name) {
            Some(Value::List(list)) => Some(list),
            _ => None,
        }
    }

    /// That `name` is missing or, when it is there, not `kind`.
    fn is_not(&self, name: &str, kind: &str) -> Error {
        let (is, kind) = match self.get(name) {
            None => ("` is missing", ""),
            Some(_) => ("` is not ", kind),
        };
        let mut what = String::from("`");
        for piece in [name, is, kind] {
            what.push_str(piece);
        }
        Error { at: self.at, what }
    }
}

#[cfg(test)]
mod tests;
