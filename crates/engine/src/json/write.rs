//! Values → text, pushed as they come: a script is written at every event, so nothing is gathered first.

use super::Value;

/// Writes JSON without white space. Brackets and names come in the order in which they are called for; commas come by themselves.
///
/// ```
/// use tierwise_engine::json::Writer;
///
/// let mut out = Writer::default();
/// out.open('{');
/// out.text_field("path", "hl7.md");
/// out.name("parts");
/// out.open('[');
/// out.text("a");
/// out.text("b");
/// out.close(']');
/// out.close('}');
/// assert_eq!(out.finish(), r#"{"path":"hl7.md","parts":["a","b"]}"#);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Writer {
    out: String,
}

impl Writer {
    /// The text.
    #[must_use]
    pub fn finish(self) -> String {
        self.out
    }

    /// Opens an object by `{` or a list by `[`.
    pub fn open(&mut self, bracket: char) {
        self.comma();
        self.out.push(bracket);
    }

    /// Closes what is open, by `}` or `]`.
    pub fn close(&mut self, bracket: char) {
        self.out.push(bracket);
    }

    /// The name of a field; its value comes next.
    pub fn name(&mut self, name: &str) {
        self.text(name);
        self.out.push(':');
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.comma();
        self.out.push('"');
        let mut start = 0;
        for (at, byte) in text.bytes().enumerate() {
            let short = match byte {
                b'"' | b'\\' => byte,
                0x8 => b'b',
                b'\t' => b't',
                b'\n' => b'n',
                0xC => b'f',
                b'\r' => b'r',
                0..0x20 => b'u',
                _ => continue,
            };
            self.out.push_str(text.get(start..at).unwrap_or_default());
            start = at + 1;
            self.out.push('\\');
            self.out.push(short as char);
            if short == b'u' {
                self.out.push_str(if byte < 0x10 { "000" } else { "001" });
                self.out
                    .push(b"0123456789abcdef"[usize::from(byte & 15)] as char);
            }
        }
        self.out.push_str(text.get(start..).unwrap_or_default());
        self.out.push('"');
    }

    /// A field with a text.
    pub fn text_field(&mut self, name: &str, text: &str) {
        self.name(name);
        self.text(text);
    }

    /// A field with a list of texts.
    pub fn texts_field(&mut self, name: &str, texts: &[String]) {
        self.name(name);
        self.open('[');
        for text in texts {
            self.text(text);
        }
        self.close(']');
    }

    /// A field with a list of whole numbers of 8 bits.
    pub fn u8s_field(&mut self, name: &str, numbers: &[u8]) {
        self.name(name);
        self.open('[');
        for number in numbers {
            self.comma();
            self.out.push_str(&number.to_string());
        }
        self.close(']');
    }

    /// A field with a whole number.
    pub fn whole_field(&mut self, name: &str, whole: u64) {
        self.name(name);
        self.out.push_str(&whole.to_string());
    }

    /// A field with a whole number of either sign.
    pub fn signed_field(&mut self, name: &str, whole: i64) {
        self.name(name);
        if whole < 0 {
            self.out.push('-');
        }
        self.out.push_str(&whole.unsigned_abs().to_string());
    }

    /// A field that is true or false.
    pub fn bool_field(&mut self, name: &str, value: bool) {
        self.name(name);
        self.out.push_str(if value { "true" } else { "false" });
    }

    /// A value that was read. What was written by this writer comes out as it was.
    pub fn value(&mut self, value: &Value<'_>) {
        let plain = match value {
            Value::Null => "null",
            Value::Bool(true) => "true",
            Value::Bool(false) => "false",
            Value::Number(number) => number,
            Value::Text(text) => return self.text(text),
            Value::List(list) => {
                self.open('[');
                for value in list {
                    self.value(value);
                }
                return self.close(']');
            }
            Value::Object(object) => {
                self.open('{');
                for (name, value) in &object.fields {
                    self.name(name);
                    self.value(value);
                }
                return self.close('}');
            }
        };
        self.comma();
        self.out.push_str(plain);
    }

    /// A comma where one must stand before what comes next. A text ends in a quotation mark, so these bytes are never its last.
    fn comma(&mut self) {
        if !matches!(
            self.out.as_bytes().last(),
            None | Some(b'{' | b'[' | b':' | b',')
        ) {
            self.out.push(',');
        }
    }
}
