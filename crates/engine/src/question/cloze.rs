//! `cloze`: gaps in the stem, each to be filled by typing or by choosing a word.

use std::cmp::Ordering;

use super::choice::{letter, option_index};
use super::short::{LONGEST, comparable};
use super::{Decimal, Form, Gap, MOST_PARTS, QuestionType, Refusal, Registration, Response};
use crate::bank::{Code, Outline, Report, Span, Tags, ZoneKind};
use crate::fraction::Fraction;
use crate::sorted;

pub(crate) const TYPE: Registration = Registration {
    name: "cloze",
    rules: &[],
    read,
};

struct Cloze {
    gaps: Vec<Gap>,
    /// For each gap its words as compared.
    accepted: Vec<Vec<String>>,
    case_sensitive: bool,
}

fn read(
    outline: &mut Outline<'_>,
    tags: &Tags,
    report: &mut Report,
) -> Option<Box<dyn QuestionType>> {
    let source = outline.source();
    let (spans, mut sound) = find_gaps(outline, report);
    let mut cloze = Cloze {
        gaps: Vec::new(),
        accepted: Vec::new(),
        case_sensitive: tags.case_sensitive,
    };
    for span in spans {
        match read_gap(source, span, tags.case_sensitive) {
            Ok((gap, accepted)) => {
                cloze.gaps.push(gap);
                cloze.accepted.push(accepted);
            }
            Err(fault) => {
                let (code, place, what) = *fault;
                report.add(code, place, what);
                sound = false;
            }
        }
    }
    sound.then(|| Box::new(cloze) as Box<dyn QuestionType>)
}

/// The places of the gaps, brackets included, and whether nothing is wrong with them, which is reported.
fn find_gaps(outline: &Outline<'_>, report: &mut Report) -> (Vec<Span>, bool) {
    let bytes = outline.source().as_bytes();
    let mut gaps = Vec::new();
    let mut faults: Vec<(usize, &str)> = Vec::new();
    let mut zones = outline.zones().iter().peekable();
    for block in outline.stem_blocks() {
        let (mut at, end) = (block.start as usize, block.end as usize);
        let mut open = None;
        let (mut barred_until, mut shown_at) = (0, None);
        while at < end && gaps.len() + faults.len() <= MOST_PARTS {
            if let Some(zone) = zones.next_if(|zone| zone.span.start as usize <= at) {
                let until = zone.span.end as usize;
                match zone.kind {
                    ZoneKind::Opaque => at = at.max(until),
                    ZoneKind::Barred => barred_until = barred_until.max(until),
                    ZoneKind::Brackets => shown_at = Some(zone.span.start as usize),
                    ZoneKind::Cell => {
                        faults.extend(open.take().map(|start| (start, NOT_CLOSED)));
                    }
                }
                continue;
            }
            // Brackets are a pair when nothing else begins with the second.
            let is_pair = bytes.get(at + 1) == Some(&bytes[at])
                && at + 1 < end
                && zones
                    .peek()
                    .is_none_or(|zone| zone.span.start as usize > at + 1);
            match (bytes[at], open) {
                (b'\\', None) => at += 1,
                (b'\n', Some(start)) => {
                    faults.push((start, NOT_CLOSED));
                    open = None;
                }
                (b'[', None) if is_pair && at < barred_until => {
                    faults.push((at, "a gap cannot stand in a link, a picture or a title; a round bracket right behind it makes a link"));
                    at += 1;
                }
                (b'[', None) if is_pair && shown_at != Some(at) => {
                    faults.push((
                        at,
                        "a gap cannot stand behind the last column of a table, nor right behind a bracket",
                    ));
                    at += 1;
                }
                (b'[', None) if is_pair => {
                    open = Some(at);
                    at += 1;
                }
                (b'[', Some(start)) if is_pair => {
                    faults.push((start, NOT_CLOSED));
                    open = Some(at);
                    at += 1;
                }
                (b'[', Some(start)) => {
                    faults.push((
                        start,
                        "a gap holds plain words; a bracket among them goes into a code span",
                    ));
                    open = None;
                }
                (b']', Some(start)) if is_pair => {
                    gaps.push(Span::new(start, at + 2));
                    open = None;
                    at += 1;
                }
                _ => {}
            }
            at += 1;
        }
        faults.extend(open.map(|start| (start, NOT_CLOSED)));
    }
    let count = gaps.len() + faults.len();
    for &(at, what) in &faults {
        report.add(Code::GapForm, Span::new(at, at + 2), what);
    }
    if count == 0 || count > MOST_PARTS {
        let what = match count {
            0 => "this text has no gap",
            _ => "this text has more than 26 gaps",
        };
        report.add(Code::GapCount, outline.heading(), what);
        return (Vec::new(), false);
    }
    (gaps, faults.is_empty())
}

const NOT_CLOSED: &str = "this gap is not closed by `]]` in its line";

type Fault = (Code, Span, String);

/// What stands in a gap, and its words as compared.
fn read_gap(
    source: &str,
    span: Span,
    case_sensitive: bool,
) -> Result<(Gap, Vec<String>), Box<Fault>> {
    let wrong = |place: Span, what: &str| Err(Box::new((Code::GapForm, place, what.to_owned())));
    let inside = Span::new(span.start as usize + 2, span.end as usize - 2);
    let mut gap = Gap {
        span,
        words: Vec::new(),
        choice: None,
    };
    let mut accepted: Vec<String> = Vec::new();
    let mut start = inside.start as usize;
    for piece in inside.of(source).split(';') {
        let mut place = Span::new(start, start + piece.len()).trimmed(source);
        start += piece.len() + 1;
        if gap.words.len() == MOST_PARTS {
            return Err(Box::new((
                Code::OptionCount,
                span,
                format!("this gap has more than {MOST_PARTS} words"),
            )));
        }
        if place.of(source).starts_with('*') {
            if gap.choice.is_some() {
                return wrong(place, "a second word with `*`, which marks the right one");
            }
            gap.choice = Some(gap.words.len() as u8);
            place = Span::new(place.start as usize + 1, place.end as usize).trimmed(source);
        }
        let place = bare(source, place);
        let text = word(place.of(source));
        if place.is_empty() {
            return wrong(span, "a word of this gap is empty");
        }
        if text.contains('`') {
            return wrong(place, "a word is either plain or one code span");
        }
        let text = comparable(&text, case_sensitive);
        if text.chars().count() > LONGEST {
            return Err(Box::new((
                Code::GapForm,
                place,
                format!("a word has at most {LONGEST} characters"),
            )));
        }
        if accepted.contains(&text) {
            return Err(Box::new((
                Code::AnswerTwice,
                place,
                format!("`{}` stands in this gap already", place.of(source)),
            )));
        }
        accepted.push(text);
        gap.words.push(place);
    }
    if gap.choice.is_some() && gap.words.len() < 2 {
        return wrong(span, "there is nothing to choose from in this gap");
    }
    Ok((gap, accepted))
}

/// The inside of a word that is one code span; any other as it is.
fn bare(source: &str, place: Span) -> Span {
    let text = place.of(source);
    let inner = text.trim_matches('`');
    let ticks = (text.len() - inner.len()) / 2;
    let (start, end) = (place.start as usize + ticks, place.end as usize - ticks);
    if ticks == 0 || inner.is_empty() || Span::new(start, end).of(source) != inner {
        return place;
    }
    Span::new(start, end).trimmed(source)
}

/// The text of a word: in a table, where gaps may stand too, a bar is written `\|`.
pub(crate) fn word(written: &str) -> String {
    written.replace("\\|", "|")
}

/// The indices of words in the order in which a choice shows them, so that the order in which they were written says nothing: numbers by
/// value, then the others by the alphabet.
pub(crate) fn by_alphabet(words: &[String]) -> Vec<u32> {
    let numbers: Vec<Option<Decimal>> = words.iter().map(|word| Decimal::read(word).ok()).collect();
    let folded: Vec<String> = words.iter().map(|word| comparable(word, false)).collect();
    sorted::by(words.len(), &|a, b| {
        let (a, b) = (a as usize, b as usize);
        let by_value = match (numbers[a], numbers[b]) {
            (Some(a), Some(b)) => a.cmp(&b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => folded[a].cmp(&folded[b]),
        };
        by_value.then_with(|| words[a].cmp(&words[b]))
    })
}

impl QuestionType for Cloze {
    fn form(&self) -> Form<'_> {
        Form::Gaps(&self.gaps)
    }

    fn key(&self) -> Response {
        let gaps = self.gaps.iter().zip(&self.accepted);
        let key = |(gap, accepted): (&Gap, &Vec<String>)| match gap.choice {
            Some(right) => letter(usize::from(right)).to_string(),
            None => accepted.first().cloned().unwrap_or_default(),
        };
        Response(gaps.map(key).collect())
    }

    fn check(&self, response: &Response) -> Result<(), Refusal> {
        if response.parts().len() != self.gaps.len() {
            return Err(Refusal::WrongForm);
        }
        for (part, gap) in response.parts().iter().zip(&self.gaps) {
            let is_word = || option_index(part).is_some_and(|at| at < gap.words.len());
            if gap.choice.is_some() && !part.is_empty() && !is_word() {
                return Err(Refusal::NoSuchOption);
            }
            if gap.choice.is_none() && part.chars().count() > LONGEST {
                return Err(Refusal::WrongForm);
            }
        }
        Ok(())
    }

    fn mark(&self, response: &Response) -> Fraction {
        if self.check(response).is_err() {
            return Fraction::ZERO;
        }
        let mut right = 0;
        for (at, part) in response.parts().iter().enumerate() {
            right += i64::from(match self.gaps[at].choice {
                Some(key) => option_index(part) == Some(usize::from(key)),
                None => self.accepted[at].contains(&comparable(part, self.case_sensitive)),
            });
        }
        Fraction::of(right, self.gaps.len() as i64)
    }
}
