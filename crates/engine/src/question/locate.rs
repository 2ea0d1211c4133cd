//! `locate`: a part of an HL7 v2 message or of a DICOM dump is pointed at.
//!
//! Where a message falls into parts is read in [`hl7`] and [`dicom`]; here stand the brackets around the keys, and the marks.

mod dicom;
mod hl7;

use super::{Form, Line, Message, Point, QuestionType, Refusal, Registration, Response};
use crate::bank::{Code, Outline, Report, Span, Tags};
use crate::fraction::Fraction;

pub(crate) const TYPE: Registration = Registration {
    name: "locate",
    rules: &[],
    read,
};

/// The most parts that a message may have.
const MOST_POINTS: usize = 65_000;

struct Locate {
    message: Message,
}

/// A target as written: what it covers of its line's text, in bytes, and its place in the bank, brackets included.
struct Target {
    start: u32,
    end: u32,
    place: Span,
}

/// What finds the parts of a message, line by line.
trait Parts {
    /// Adds the parts of a line, what lies within another behind it.
    ///
    /// # Errors
    /// Says what is wrong with the line.
    fn line(&mut self, text: &str, points: &mut Vec<Point>) -> Result<(), &'static str>;
    /// Which of a line's parts `target` stands round, from `first` on; that is where the search for the next target of the line goes on.
    fn find(&self, points: &[Point], first: usize, target: &Target) -> Option<usize>;
}

fn read(outline: &mut Outline<'_>, _: &Tags, report: &mut Report) -> Option<Box<dyn QuestionType>> {
    let source = outline.source();
    let block = match outline.claim_code(&["hl7", "dicom"], "[[") {
        Ok(block) => block,
        Err(None) => {
            report.add(
                Code::NoTarget,
                outline.heading(),
                "this question has no `hl7` or `dicom` block to point at",
            );
            return None;
        }
        Err(Some(block)) => {
            report.add(
                Code::NoTarget,
                outline.span(block),
                "nothing in this message stands in `[[ ]]`",
            );
            return None;
        }
    };
    let mut reader = Reader {
        source,
        is_dump: outline.language(block) == "dicom",
        text: String::new(),
        line: Vec::new(),
        targets: Vec::new(),
        open: None,
        message: Message {
            lines: Vec::new(),
            points: Vec::new(),
            keys: Vec::new(),
        },
        fault: None,
    };
    let (mut hl7, mut dicom);
    let parts: &mut dyn Parts = if reader.is_dump {
        dicom = dicom::Dump::default();
        &mut dicom
    } else {
        hl7 = hl7::Segments::new();
        &mut hl7
    };
    'all: for &piece in outline.codes(block) {
        let mut start = piece.start as usize;
        for text in piece.of(source).split_inclusive('\n') {
            let length = text.trim_end_matches(['\n', '\r']).len();
            reader.piece(Span::new(start, start + length), report);
            start += text.len();
            if text.ends_with('\n') {
                reader.end_line(parts, report);
            }
            if reader.message.points.len() > MOST_POINTS {
                let what = "this message has more than 65,000 parts";
                reader.fault = Some((outline.span(block), what));
                break 'all;
            }
        }
    }
    // A fence that is never closed may end within a line.
    if !reader.line.is_empty() || !reader.targets.is_empty() || reader.open.is_some() {
        reader.end_line(parts, report);
    }
    if reader.fault.is_none() && reader.is_dump {
        reader.fault = twice(&reader.message);
    }
    if let Some((place, what)) = reader.fault {
        report.add(Code::MessageForm, place, what);
        return None;
    }
    // Without a key something has been reported.
    let message = reader.message;
    (!message.keys.is_empty()).then(|| Box::new(Locate { message }) as Box<dyn QuestionType>)
}

/// Where an element stands a second time.
fn twice(message: &Message) -> Option<(Span, &'static str)> {
    let points = &message.points;
    let position = |at: u32| points[at as usize].position.as_str();
    let sorted = crate::sorted::by_text(points.len(), &position);
    let second = sorted
        .windows(2)
        .filter(|pair| position(pair[0]) == position(pair[1]))
        .map(|pair| pair[1])
        .min()?;
    let holds = |line: &&Line| line.points.contains(&(second as u16));
    let line = message.lines.iter().find(holds)?;
    Some((line.place(), "this element stands here a second time"))
}

impl Line {
    /// Where it stands in the bank.
    fn place(&self) -> Span {
        match (self.pieces.first(), self.pieces.last()) {
            (Some(first), Some(last)) => Span {
                start: first.start,
                end: last.end,
            },
            _ => Span::default(),
        }
    }
}

struct Reader<'s> {
    source: &'s str,
    is_dump: bool,
    /// The line that is being read, without the brackets of targets; its pieces; the targets in it.
    text: String,
    line: Vec<Span>,
    targets: Vec<Target>,
    /// Where a target opened: in the line, and in the bank.
    open: Option<(u32, Span)>,
    message: Message,
    /// What is wrong with the message; the first is enough, since a wrong indent has many.
    fault: Option<(Span, &'static str)>,
}

impl Reader<'_> {
    /// Takes in a piece of a line.
    fn piece(&mut self, piece: Span, report: &mut Report) {
        let (text, mut at) = (piece.of(self.source), 0);
        let start = piece.start as usize;
        loop {
            let mark = if self.open.is_none() { "[[" } else { "]]" };
            let found = text[at..].find(mark);
            let end = found.map_or(text.len(), |found| at + found);
            if end > at {
                self.line.push(Span::new(start + at, start + end));
                self.text.push_str(&text[at..end]);
            }
            // A dump has values in brackets of their own, and such a value may end in one.
            let stray = if self.open.is_some() { "[[" } else { "]]" };
            if let Some(stray) = text[at..end].find(stray)
                && (self.open.is_some() || !self.is_dump)
            {
                let place = start + at + stray;
                report.add(
                    Code::BadTarget,
                    Span::new(place, place + 2),
                    if self.open.is_some() {
                        "this target opens within another"
                    } else {
                        "this closes no target"
                    },
                );
            }
            if found.is_none() {
                break;
            }
            at = end + 2;
            let bracket = Span::new(start + end, start + at);
            let length = self.text.len() as u32;
            self.open = match self.open.take() {
                None => Some((length, bracket)),
                Some((from, opening)) => {
                    self.targets.push(Target {
                        start: from,
                        end: length,
                        place: Span {
                            start: opening.start,
                            end: bracket.end,
                        },
                    });
                    None
                }
            };
        }
    }

    fn end_line(&mut self, parts: &mut dyn Parts, report: &mut Report) {
        if let Some((_, place)) = self.open.take() {
            report.add(
                Code::BadTarget,
                place,
                "this target is not closed on its line",
            );
        }
        let points = &mut self.message.points;
        let first = points.len();
        let line = Line {
            pieces: std::mem::take(&mut self.line),
            points: first as u16..first as u16,
        };
        if let Err(what) = parts.line(&self.text, points) {
            self.fault.get_or_insert((line.place(), what));
            self.targets.clear();
        }
        self.text.clear();
        if points.len() > MOST_POINTS {
            return;
        }
        let mut from = first;
        for target in self.targets.drain(..) {
            let Some(found) = parts.find(points, from, &target) else {
                let what = match (points.len() > first, self.is_dump) {
                    (true, _) => "this is not one part of the message, or it crosses a delimiter",
                    (false, true) => "this line is no element",
                    (false, false) => "this line is no segment",
                };
                report.add(Code::BadTarget, target.place, what);
                continue;
            };
            from = found;
            if self.message.keys.last() != Some(&(found as u16)) {
                self.message.keys.push(found as u16);
            }
        }
        self.message.lines.push(Line {
            points: first as u16..points.len() as u16,
            ..line
        });
    }
}

impl QuestionType for Locate {
    fn form(&self) -> Form<'_> {
        Form::Locate(&self.message)
    }

    fn key(&self) -> Response {
        let key = self.message.key_positions().next();
        Response::one(key.unwrap_or_default())
    }

    fn check(&self, response: &Response) -> Result<(), Refusal> {
        let position = response.only().ok_or(Refusal::WrongForm)?;
        let mut all = self.message.points.iter();
        match all.any(|point| point.position == position) {
            true => Ok(()),
            false => Err(Refusal::NoSuchOption),
        }
    }

    fn mark(&self, response: &Response) -> Fraction {
        let mut keys = self.message.key_positions();
        let right = response
            .only()
            .is_some_and(|position| keys.any(|key| key == position));
        Fraction::of(i64::from(right), 1)
    }
}

#[cfg(test)]
mod tests;
