//! The parts of an HL7 v2 message: segments, fields, repetitions, components and subcomponents (HL7 v2.5.1, chapter 2, 2.5).

use super::{Parts, Point, Target};

/// How many names a segment can have: a letter, and two letters or digits.
const NAMES: usize = 26 * 36 * 36;

/// The delimiters; 0 stands for one that the message does not have.
#[derive(Clone, Copy)]
struct Delimiters {
    field: u8,
    component: u8,
    repetition: u8,
    subcomponent: u8,
}

pub(super) struct Segments {
    delimiters: Delimiters,
    /// How often each name has been seen.
    seen: Vec<u16>,
}

impl Segments {
    pub(super) fn new() -> Self {
        Self {
            delimiters: Delimiters {
                field: b'|',
                component: b'^',
                repetition: b'~',
                subcomponent: b'&',
            },
            seen: vec![0; NAMES],
        }
    }

    /// The delimiters that a header says; those that it leaves out the message does not have. `None` when it says no field separator.
    fn of_header(text: &str) -> Option<Delimiters> {
        let mut bytes = text.bytes().skip(3);
        let field = bytes.next().filter(u8::is_ascii_punctuation)?;
        let mut next = || {
            let byte = bytes.next().filter(u8::is_ascii_punctuation);
            byte.filter(|&byte| byte != field)
        };
        let component = next();
        let repetition = component.and_then(|_| next());
        // The third is the escape character, which parts nothing.
        let subcomponent = repetition.and_then(|_| next()).and_then(|_| next());
        Some(Delimiters {
            field,
            component: component.unwrap_or_default(),
            repetition: repetition.unwrap_or_default(),
            subcomponent: subcomponent.unwrap_or_default(),
        })
    }
}

/// The place of a segment's name among all; `None` when it is none.
fn name(text: &str) -> Option<usize> {
    let value = |byte: &u8| match byte {
        b'A'..=b'Z' => Some(usize::from(byte - b'A')),
        b'0'..=b'9' => Some(usize::from(byte - b'0') + 26),
        _ => None,
    };
    let [first, second, third, ..] = text.as_bytes() else {
        return None;
    };
    let first = value(first).filter(|&value| value < 26)?;
    Some((first * 36 + value(second)?) * 36 + value(third)?)
}

/// Adds a point.
fn add(points: &mut Vec<Point>, position: String, start: usize, end: usize, depth: u8) {
    points.push(Point {
        position,
        range: start as u32..end as u32,
        depth,
    });
}

/// `before`, a delimiter of ours, and a number: `PID`, `-`, 3.
fn numbered(before: &str, open: &str, number: usize, close: &str) -> String {
    let mut position = String::from(before);
    position.push_str(open);
    position.push_str(&number.to_string());
    position.push_str(close);
    position
}

/// Adds the parts of `text[start..end]`, which has the position `whole`, that the first of `levels` sets apart, and theirs. A part that is the whole
/// has no point of its own.
fn split(
    text: &str,
    (start, end): (usize, usize),
    whole: &str,
    depth: u8,
    levels: &[(u8, &str, &str)],
    points: &mut Vec<Point>,
) {
    let Some((&(delimiter, open, close), inner)) = levels.split_first() else {
        return;
    };
    let bytes = &text.as_bytes()[start..end];
    if delimiter == 0 || !bytes.contains(&delimiter) {
        return split(text, (start, end), whole, depth, inner, points);
    }
    let mut from = start;
    for (number, part) in (1..).zip(bytes.split(|&byte| byte == delimiter)) {
        let to = from + part.len();
        let position = numbered(whole, open, number, close);
        add(points, position.clone(), from, to, depth);
        split(text, (from, to), &position, depth + 1, inner, points);
        from = to + 1;
    }
}

impl Parts for Segments {
    fn line(&mut self, text: &str, points: &mut Vec<Point>) -> Result<(), &'static str> {
        let Some(at) = name(text) else {
            return Ok(());
        };
        let is_header = matches!(&text[..3], "MSH" | "BHS" | "FHS");
        let delimiters = match Self::of_header(text) {
            Some(delimiters) if is_header => delimiters,
            _ => self.delimiters,
        };
        // Another word that begins with three capitals is text.
        if text.len() > 3 && text.as_bytes()[3] != delimiters.field {
            return Ok(());
        }
        self.delimiters = delimiters;
        self.seen[at] = self.seen[at].saturating_add(1);
        let segment = match self.seen[at] {
            1 => text[..3].to_owned(),
            number => numbered(&text[..3], "[", number.into(), "]"),
        };
        add(points, segment.clone(), 0, text.len(), 0);
        if text.len() == 3 {
            return Ok(());
        }
        let levels = [
            (delimiters.repetition, "[", "]"),
            (delimiters.component, ".", ""),
            (delimiters.subcomponent, ".", ""),
        ];
        let mut number = 1;
        if is_header {
            // The separator is a field itself, and the field behind it names the other delimiters.
            add(points, numbered(&segment, "-", 1, ""), 3, 4, 1);
            number = 2;
        }
        let mut from = 4;
        for field in text.as_bytes()[4..].split(|&byte| byte == delimiters.field) {
            let to = from + field.len();
            let position = numbered(&segment, "-", number, "");
            add(points, position.clone(), from, to, 1);
            if !(is_header && number == 2) {
                split(text, (from, to), &position, 2, &levels, points);
            }
            number += 1;
            from = to + 1;
        }
        Ok(())
    }

    fn find(&self, points: &[Point], first: usize, target: &Target) -> Option<usize> {
        let segment = points.get(first)?;
        // Round the segment's name it means the segment.
        if segment.depth == 0 && (target.start, target.end) == (0, 3) {
            return Some(first);
        }
        let rest = points.iter().enumerate().skip(first);
        rest.take_while(|(_, point)| point.range.start <= target.start)
            .find(|(_, point)| point.range == (target.start..target.end))
            .map(|(at, _)| at)
    }
}
