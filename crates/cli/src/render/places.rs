//! Where diagnostics stand, as lines and columns. They come in file order, so one walk over the text finds them all.

use std::ops::Range;

use tierwise_engine::bank::{Place, Span};

/// A diagnostic's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found<'a> {
    /// Its line and column.
    pub(super) start: Place,
    /// The place behind its end. A span of several lines is taken to end with its first, which shows what is meant.
    pub(super) end: Place,
    /// The line that it begins in, without its end.
    pub(super) line: &'a str,
    /// The bytes of the line that it covers.
    pub(super) covers: Range<usize>,
}

/// Finds places in a text.
#[derive(Debug)]
pub(super) struct Places<'a> {
    source: &'a str,
    /// The line that was reached, from 1, and its bytes.
    number: u32,
    line: Range<usize>,
    /// A byte of that line and its column, from 1.
    reached: (usize, u32),
}

impl<'a> Places<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self {
            source,
            number: 1,
            line: 0..line_end(source, 0),
            reached: (0, 1),
        }
    }

    /// Finds a span. The walk goes on from the one before and begins anew when this one stands before it.
    pub(super) fn find(&mut self, span: Span) -> Found<'a> {
        let range = span.range();
        let start = self.source.floor_char_boundary(range.start);
        if start < self.reached.0 {
            *self = Self::new(self.source);
        }
        while start > self.line.end && self.line.end < self.source.len() {
            let next = self.line.end + 1;
            self.number += 1;
            self.line = next..line_end(self.source, next);
            self.reached = (next, 1);
        }
        let text = self
            .source
            .get(self.line.clone())
            .unwrap_or_default()
            .trim_end();
        // What stands behind the last visible character of a line is shown right behind it.
        let text_end = self.line.start + text.len();
        let start = start.min(text_end.max(self.reached.0));
        self.reached = (
            start,
            self.reached.1 + self.characters(self.reached.0..start),
        );
        let end = self
            .source
            .floor_char_boundary(range.end)
            .clamp(start, text_end.max(start));
        let column = self.reached.1;
        let place = |column| Place {
            line: self.number,
            column,
        };
        Found {
            start: place(column),
            end: place(column + self.characters(start..end)),
            line: text,
            covers: start.min(text_end) - self.line.start..end.min(text_end) - self.line.start,
        }
    }

    fn characters(&self, range: Range<usize>) -> u32 {
        let count = self.source.get(range).unwrap_or_default().chars().count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}

/// Where the line that begins at `start` ends.
fn line_end(source: &str, start: usize) -> usize {
    let rest = source.get(start..).unwrap_or_default();
    start + rest.find('\n').unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tierwise_engine::bank::place;

    const TEXT: &str = "---\r\nδz  \n\n- [x] One\n";

    #[test]
    fn they_are_the_engines_places() {
        let mut places = Places::new(TEXT);
        for start in [0, 2, 5, 7, 8, 11, 12, 14, 20] {
            let found = places.find(Span::new(start, start));
            assert_eq!(found.start, place(TEXT, start as u32), "{start}");
        }
    }

    #[test]
    fn the_walk_can_turn_back() {
        let mut places = Places::new(TEXT);
        let late = places.find(Span::new(14, 17));
        let early = places.find(Span::new(5, 7));
        assert_eq!((late.start.line, early.start.line), (4, 2));
        assert_eq!(&early.line[early.covers], "δ");
        assert_eq!(&late.line[late.covers], "[x]");
    }

    #[test]
    fn a_span_of_several_lines_ends_with_its_first() {
        let found = Places::new(TEXT).find(Span::new(7, TEXT.len()));
        assert_eq!((found.line, found.covers.clone()), ("δz", 2..3));
        assert_eq!((found.start.column, found.end.column), (2, 3));
    }

    #[test]
    fn places_outside_the_text_do_no_harm() {
        for text in ["", "a", "\n\n", "δ"] {
            for span in [Span::new(0, 99), Span::new(1, 1), Span::new(99, 120)] {
                let found = Places::new(text).find(span);
                assert!(found.covers.end <= found.line.len(), "{text:?} {span:?}");
            }
        }
    }
}
