//! Where something stands in a bank's text.

/// A range of bytes in a bank's source, `start` included and `end` not.
///
/// A bank is at most 4 GiB, so 32 bits hold an offset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span of `start..end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            start: narrow(start),
            end: narrow(end.max(start)),
        }
    }

    /// The text it covers; empty when it does not lie in `source`.
    #[must_use]
    pub fn of(self, source: &str) -> &str {
        source.get(self.range()).unwrap_or_default()
    }

    /// As a range of `usize`.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether it covers nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same place without the white space at both its ends.
    #[must_use]
    pub fn trimmed(self, source: &str) -> Self {
        let text = self.of(source);
        let start = self.start as usize + (text.len() - text.trim_start().len());
        Self::new(start, start + text.trim().len())
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A line and column, both counted from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
}

/// Finds the line and column of byte `offset` of `source`. Linear in `source`: meant for the few places that a
/// diagnostic names.
#[must_use]
pub fn place(source: &str, offset: u32) -> Place {
    let before = source
        .as_bytes()
        .get(..(offset as usize).min(source.len()))
        .unwrap_or_default();
    let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
    let line_start = before
        .iter()
        .rposition(|&byte| byte == b'\n')
        .map_or(0, |at| at + 1);
    // Continuation bytes of UTF-8 are not characters of their own.
    let column = 1 + before[line_start..]
        .iter()
        .filter(|&&byte| byte & 0xC0 != 0x80)
        .count();
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Place {
        line: narrow(line),
        column: narrow(column),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_lines_and_characters_from_one() {
        let text = "a\nδz\n";
        assert_eq!(place(text, 0), Place { line: 1, column: 1 });
        assert_eq!(place(text, 2), Place { line: 2, column: 1 });
        assert_eq!(place(text, 4), Place { line: 2, column: 2 });
        assert_eq!(place(text, 99), Place { line: 3, column: 1 });
    }

    #[test]
    fn trimming_keeps_the_place() {
        let text = "  ab \n";
        assert_eq!(Span::new(0, text.len()).trimmed(text), Span::new(2, 4));
        assert_eq!(Span::new(0, 2).trimmed(text), Span::new(2, 2));
    }
}
