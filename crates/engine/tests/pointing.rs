//! A bank of each type that points or writes: what is read of it, drawn and marked, held against a record.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use tierwise_engine::bank::{self, Html, Question};
use tierwise_engine::question::{Form, Response, letter};

/// What a bank comes to: its faults and advice, and all that each question shows, with the marks of each response in turn.
fn record(text: &str) -> String {
    let bank = bank::read("bank.md", text.into());
    let mut out = String::new();
    for found in bank.diagnostics().iter().chain(&bank::lint(&bank)) {
        let place = bank::place(bank.source(), found.span.start);
        let (line, code) = (place.line, found.code.name());
        writeln!(out, "line {line}: {code}: {}", found.message).unwrap();
    }
    for image in bank.images() {
        writeln!(out, "picture {}", image.address).unwrap();
    }
    for question in bank.questions() {
        writeln!(out, "\n# {}, {} marks", question.id(), question.marks()).unwrap();
        let html = Html { base: "q/" };
        writeln!(out, "stem {}", question.stem_html(&html)).unwrap();
        form(&mut out, question, &html);
        if let Some(explanation) = question.explanation_html(&html) {
            writeln!(out, "explanation {explanation}").unwrap();
        }
        for source in question.sources_html(&html) {
            writeln!(out, "source {source}").unwrap();
        }
    }
    out
}

fn form(out: &mut String, question: Question<'_>, html: &Html<'_>) {
    let marks = |part: &str| question.mark(&Response::one(part)).to_string();
    let yes = |key: bool| if key { "key" } else { "no key" };
    match question.form() {
        Form::Locate(message) => {
            writeln!(out, "{} message", message.language()).unwrap();
            for line in &message.lines {
                let text = question.line(line);
                writeln!(out, "| {text}").unwrap();
                let points = line.points.start.into()..line.points.end.into();
                for point in &message.points[points] {
                    let range = point.range.start as usize..point.range.end as usize;
                    let indent = 2 * usize::from(point.depth) + 2;
                    let (position, marks) = (&point.position, marks(&point.position));
                    writeln!(out, "{:indent$}{position} `{}`: {marks}", "", &text[range]).unwrap();
                }
            }
        }
        Form::Hotspot { picture, regions } => {
            writeln!(out, "picture {}", question.piece_html(html, picture)).unwrap();
            for (at, region) in regions.iter().enumerate() {
                let letter = letter(at).to_string();
                let name = question.piece_html(html, region.name);
                let (place, key) = (region.place, yes(region.key));
                writeln!(out, "{letter} {name} {place:?}, {key}: {}", marks(&letter)).unwrap();
                if let Some(why) = region.rationale {
                    writeln!(out, "  {}", question.piece_html(html, why)).unwrap();
                }
            }
        }
        Form::Essay { rubric, model } => {
            let person = question.is_marked_by_a_person() && question.rubric() == rubric;
            writeln!(
                out,
                "marked by a person: {person}; by itself: {}",
                marks("Text")
            )
            .unwrap();
            for criterion in rubric {
                let name = question.piece_html(html, criterion.name);
                let evidence = question.piece_html(html, criterion.evidence);
                writeln!(out, "- {name}, {} marks: {evidence}", criterion.marks).unwrap();
            }
            if let Some(model) = model {
                writeln!(out, "model {}", question.quoted_html(html, model)).unwrap();
            }
        }
        _ => panic!("another form"),
    }
}

#[test]
fn locate() {
    insta::assert_snapshot!(record(include_str!("pointing/locate.md")));
}

#[test]
fn hotspot() {
    insta::assert_snapshot!(record(include_str!("pointing/hotspot.md")));
}

#[test]
fn essay() {
    insta::assert_snapshot!(record(include_str!("pointing/essay.md")));
}
