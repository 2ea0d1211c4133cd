//! Everything that a browser keeps, as one document; and what taking such a document in would do to another browser's records.
//!
//! A browser keeps texts under keys (`docs/records.md` names them, without the prefix that they have there): the scripts of sittings, what the list of
//! results says of them, what was set aside, settings. An archive holds them all. Those that are JSON stand in it as JSON, so that a program finds the scripts;
//! the others as texts. Either way they come out byte for byte.

mod plan;

use std::fmt;

use crate::json::{self, Error, Value, Writer};
use crate::script::{Script, Unreadable};

pub use plan::{Change, Found, Kind, Step, plan};

/// The version of the document.
pub const VERSION: u32 = 1;

/// A text and the key that it is kept under.
pub type Entry = (String, String);

/// The most characters of a key.
const LONGEST_KEY: usize = 300;

/// Why a file is not taken in. Nothing of it is, then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is neither an archive nor a script.
    Foreign,
    /// Written by a release with a newer version of archives.
    Newer(u32),
    /// Damaged: says what is wrong and where.
    Damaged(String),
    /// A script that cannot be read.
    Script(Unreadable),
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => {
                out.write_str("this is neither a copy of all records nor a script of Tierwise")
            }
            Self::Newer(version) => write!(
                out,
                "this copy was written by a newer release of Tierwise: it is of version {version}, and this release reads up to version {VERSION}"
            ),
            Self::Damaged(what) => write!(out, "this copy is damaged: {what}"),
            Self::Script(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for Refusal {}

/// The archive of all `entries`. `saved` is when, in milliseconds since 1970.
#[must_use]
pub fn write(saved: u64, entries: &[Entry]) -> String {
    let mut out = Writer::default();
    out.open('{');
    out.whole_field("tierwise", VERSION.into());
    out.whole_field("saved", saved);
    let mut texts = Vec::new();
    out.name("records");
    out.open('{');
    for (key, text) in entries {
        match as_record(text) {
            Some(value) => {
                out.name(key);
                out.value(&value);
            }
            None => texts.push((key, text)),
        }
    }
    out.close('}');
    out.name("texts");
    out.open('{');
    for (key, text) in texts {
        out.text_field(key, text);
    }
    out.close('}');
    out.close('}');
    out.finish()
}

/// The object that `text` is, if it is one that would come out of an archive as it went in.
fn as_record(text: &str) -> Option<Value<'_>> {
    let value = json::read(text).ok()?;
    let again = written(&value);
    // In an archive it stands two levels deeper, and nothing is read that is too deep.
    let nested = ["[[", &again, "]]"].concat();
    let fits = matches!(value, Value::Object(_)) && again == text && json::read(&nested).is_ok();
    fits.then_some(value)
}

fn written(value: &Value<'_>) -> String {
    let mut out = Writer::default();
    out.value(value);
    out.finish()
}

/// Reads an archive, or a script that stands alone: what it holds, by key.
///
/// # Errors
/// [`Refusal`] when it is neither, or not whole. That a sitting in an archive can be read is for [`plan`] to say: what a browser set aside is in
/// its archive too.
pub fn read(text: &str) -> Result<Vec<Entry>, Refusal> {
    let damaged = |error: Error| Refusal::Damaged(error.within(text));
    let object = match json::read_object(text) {
        Ok(object) => object,
        // One that broke off begins as all of ours do.
        Err(error) if text.starts_with("{\"tierwise\":") => return Err(damaged(error)),
        Err(_) => return Err(Refusal::Foreign),
    };
    if object.get("tierwise").is_none() {
        return Err(Refusal::Foreign);
    }
    if object.get("items").is_some() {
        let script = Script::read(text).map_err(Refusal::Script)?;
        return match script.sitting() {
            Ok(sitting) if is_name(&script.course) && is_name(&script.id) => {
                let key = plan::key_of(&script, sitting.ended().is_some());
                Ok(vec![(key, script.write())])
            }
            Ok(_) => Err(Refusal::Damaged("it has no name that can be".to_owned())),
            Err(error) => Err(Refusal::Damaged(error.to_string())),
        };
    }
    if object.get("records").is_none() {
        return Err(Refusal::Foreign);
    }
    let version = object.u32("tierwise").map_err(damaged)?;
    if version > VERSION {
        return Err(Refusal::Newer(version));
    }
    if version == 0 {
        return Err(Refusal::Damaged("there is no version 0 of it".to_owned()));
    }
    object.u64("saved").map_err(damaged)?;
    let (records, texts) = (object.object("records"), object.object("texts"));
    let (records, texts) = (records.map_err(damaged)?, texts.map_err(damaged)?);
    let mut entries: Vec<Entry> = Vec::new();
    for (key, value) in records.fields().iter().chain(texts.fields()) {
        if !is_key(key) || entries.iter().any(|(other, _)| other == key) {
            let fault = object.fault("a record's key is none, or is there twice");
            return Err(damaged(fault));
        }
        let text = match value {
            Value::Text(text) => text.as_ref().to_owned(),
            Value::Object(_) => written(value),
            _ => return Err(damaged(object.fault("a record is neither object nor text"))),
        };
        entries.push((key.as_ref().to_owned(), text));
    }
    Ok(entries)
}

/// Whether a browser may keep something under it: letters, digits, `.`, `-` and `_`.
fn is_key(key: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    !key.is_empty() && key.len() <= LONGEST_KEY && key.bytes().all(fits)
}

/// Whether it can be the id of a course or sitting.
fn is_name(name: &str) -> bool {
    is_key(name) && !name.contains(['.', '_'])
}

#[cfg(test)]
mod tests;
