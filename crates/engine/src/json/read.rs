//! Text → [`Value`], in one pass.

use std::borrow::Cow;

use super::{Error, Object, Value};

/// How many lists and objects may stand within each other.
pub const DEEPEST: u32 = 32;

/// Reads a text that is one value.
///
/// # Errors
/// [`Error`] names the first character at which it is none. Time and memory are linear in the text.
pub fn read(text: &str) -> Result<Value<'_>, Error> {
    let mut reader = Reader {
        text,
        at: 0,
        depth: 0,
    };
    let value = reader.value()?;
    match reader.next() {
        END if reader.at == text.len() => Ok(value),
        _ => Err(reader.fault("there is more behind the end")),
    }
}

/// Reads a text that is one object.
///
/// # Errors
/// As [`read`], and when it is some other value.
pub fn read_object(text: &str) -> Result<Object<'_>, Error> {
    match read(text)? {
        Value::Object(object) => Ok(object),
        _ => Err(Error {
            at: 0,
            what: String::from("this is not an object"),
        }),
    }
}

/// Stands for the byte behind the last. A zero byte in the text is a fault wherever it stands, so the two need not be told apart.
const END: u8 = 0;

struct Reader<'t> {
    text: &'t str,
    /// The next byte; always on the boundary of a character when a token begins or ends.
    at: usize,
    depth: u32,
}

impl<'t> Reader<'t> {
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(END)
    }

    /// The next byte that is not white space, which is passed over.
    fn next(&mut self) -> u8 {
        while let b' ' | b'\n' | b'\r' | b'\t' = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn fault(&self, what: &str) -> Error {
        let what = if self.at >= self.text.len() {
            "the text ends too early"
        } else {
            what
        };
        Error {
            at: self.at,
            what: what.to_owned(),
        }
    }

    fn value(&mut self) -> Result<Value<'t>, Error> {
        let first = self.next();
        match first {
            b'n' => self.word("null", Value::Null),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'"' => self.string().map(Value::Text),
            b'-' | b'0'..=b'9' => self.number(),
            b'[' | b'{' => {
                if self.depth == DEEPEST {
                    return Err(self.fault("lists and objects are nested too deeply"));
                }
                self.depth += 1;
                let value = self.nested(first == b'{')?;
                self.depth -= 1;
                Ok(value)
            }
            _ => Err(self.fault("a value is missing")),
        }
    }

    fn word(&mut self, word: &str, value: Value<'t>) -> Result<Value<'t>, Error> {
        for &byte in word.as_bytes() {
            if self.byte() != byte {
                return Err(self.fault("a word is none of `true`, `false` and `null`"));
            }
            self.at += 1;
        }
        Ok(value)
    }

    /// A list or an object, from its bracket on.
    fn nested(&mut self, is_object: bool) -> Result<Value<'t>, Error> {
        let (at, close) = (self.at, if is_object { b'}' } else { b']' });
        let (mut list, mut fields) = (Vec::new(), Vec::new());
        self.at += 1;
        if self.next() == close {
            self.at += 1;
        } else {
            loop {
                if is_object {
                    if self.next() != b'"' {
                        return Err(self.fault("the name of a field is missing"));
                    }
                    let name = self.string()?;
                    if self.next() != b':' {
                        return Err(self.fault("`:` is missing"));
                    }
                    self.at += 1;
                    fields.push((name, self.value()?));
                } else {
                    list.push(self.value()?);
                }
                let next = self.next();
                if next != b',' && next != close {
                    return Err(self.fault("`,` or a closing bracket is missing"));
                }
                self.at += 1;
                if next == close {
                    break;
                }
            }
        }
        Ok(if is_object {
            Value::Object(Object { at, fields })
        } else {
            Value::List(list)
        })
    }

    /// Passes over digits, of which there must be one.
    fn digits(&mut self) -> Result<(), Error> {
        let start = self.at;
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == start {
            Err(self.fault("a digit is missing"))
        } else {
            Ok(())
        }
    }

    fn number(&mut self) -> Result<Value<'t>, Error> {
        let start = self.at;
        if self.byte() == b'-' {
            self.at += 1;
        }
        if self.byte() == b'0' {
            // Nothing but a point or an exponent may follow; that more digits do is seen where the value should end.
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.byte() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if let b'e' | b'E' = self.byte() {
            self.at += 1;
            if let b'+' | b'-' = self.byte() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(Value::Number(self.since(start)))
    }

    /// A text, from its quotation mark on.
    fn string(&mut self) -> Result<Cow<'t, str>, Error> {
        self.at += 1;
        let (mut start, mut unescaped) = (self.at, String::new());
        loop {
            match self.byte() {
                b'"' => {
                    let rest = self.since(start);
                    self.at += 1;
                    // Each escape leaves a character, so an empty text here has had none.
                    if unescaped.is_empty() {
                        return Ok(Cow::Borrowed(rest));
                    }
                    unescaped.push_str(rest);
                    return Ok(Cow::Owned(unescaped));
                }
                b'\\' => {
                    unescaped.push_str(self.since(start));
                    self.at += 1;
                    unescaped.push(self.escaped()?);
                    start = self.at;
                }
                0..0x20 => return Err(self.fault("a control character stands in a text")),
                _ => self.at += 1,
            }
        }
    }

    /// The character that an escape stands for, from behind its `\` on.
    fn escaped(&mut self) -> Result<char, Error> {
        let character = match self.byte() {
            byte @ (b'"' | b'\\' | b'/') => byte as char,
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_point(),
            _ => return Err(self.fault("there is no such escape")),
        };
        self.at += 1;
        Ok(character)
    }

    /// The character of `uXXXX`, or of two of them where it is beyond 16 bits.
    fn code_point(&mut self) -> Result<char, Error> {
        let at = self.at;
        let mut code = self.unit()?;
        if let 0xD800..0xDC00 = code
            && self.byte() == b'\\'
        {
            self.at += 1;
            let low = self.unit()?;
            // Another than a low half makes a number that is no character, or stays half of one.
            if let 0xDC00..0xE000 = low {
                code = 0x1_0000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            }
        }
        char::from_u32(code).ok_or_else(|| Error {
            at,
            what: String::from("an escape is half a character"),
        })
    }

    /// The number of `uXXXX`.
    fn unit(&mut self) -> Result<u32, Error> {
        let mut code = 0;
        for place in 0..5 {
            let byte = self.byte();
            code = match (byte as char).to_digit(16) {
                Some(digit) if place > 0 => code << 4 | digit,
                None if place == 0 && byte == b'u' => 0,
                _ => return Err(self.fault("`\\u` and four hexadecimal digits are missing")),
            };
            self.at += 1;
        }
        Ok(code)
    }
}
