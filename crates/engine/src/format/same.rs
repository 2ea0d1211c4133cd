//! Whether two texts are read as the same bank or course: everything that is shown of them and that they are marked by.

use crate::bank::{Bank, Html, Question, Span};
use crate::course::Course;
use crate::question::{Choice, Form};

pub(super) fn banks(one: &Bank, other: &Bank) -> bool {
    let front = |bank: &Bank| [bank.title().to_owned(), bank.topic().to_owned()];
    let codes = |bank: &Bank| -> Vec<_> {
        let found = bank.diagnostics().iter();
        found.map(|found| found.code).collect()
    };
    one.len() == other.len()
        && front(one) == front(other)
        && codes(one) == codes(other)
        && comments(one.source()) == comments(other.source())
        && one
            .questions()
            .zip(other.questions())
            .all(|(one, other)| drawn(one) == drawn(other))
}

pub(super) fn courses(one: &Course, other: &Course) -> bool {
    let shown = |course: &Course| {
        let outcomes = course.outcomes().into_iter();
        let outcomes = outcomes.flat_map(|outcome| [outcome.id, outcome.text]);
        let mut all: Vec<String> = outcomes
            .map(|span| span.of(course.source()).to_owned())
            .collect();
        all.push(course.title().to_owned());
        all.push(course.summary().to_owned());
        all.push(course.briefing_html(&Html { base: "" }));
        let terms = (
            course.tier(),
            course.minutes(),
            course.pass_percent(),
            course.may_pause(),
            course.may_go_back(),
            course.attempts(),
            course.confidence(),
        );
        let rows: Vec<_> = course
            .rows()
            .iter()
            .map(|row| (row.bank.clone(), row.topic.clone(), row.counts, row.cases))
            .collect();
        (all, terms, rows)
    };
    shown(one) == shown(other) && comments(one.source()) == comments(other.source())
}

/// The comments of a text, without the white space around them.
fn comments(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some((_, behind)) = rest.split_once("<!--") {
        let (inside, after) = behind.split_once("-->").unwrap_or((behind, ""));
        found.push(inside.replace("\r\n", "\n"));
        rest = after;
    }
    found
}

/// All that is shown of a question and that it is marked by, piece by piece.
fn drawn(question: Question<'_>) -> Vec<String> {
    let html = Html { base: "" };
    let mut all = vec![
        question.id().to_owned(),
        question.title().to_owned(),
        question.type_name().to_owned(),
        question.topic().to_owned(),
        question.facet().to_owned(),
        question.rule().to_owned(),
        question.stem_html(&html),
        question.explanation_html(&html).unwrap_or_default(),
    ];
    let numbers = [
        question.difficulty() as usize,
        usize::from(question.tier()),
        question.marks() as usize,
        question.shuffled(),
    ];
    all.extend(numbers.map(|number| number.to_string()));
    all.extend(question.sources_html(&html));
    let outcomes = question.outcomes().into_iter();
    all.extend(outcomes.map(|span| question.piece(span).to_owned()));
    if let Some(case) = question.case() {
        all.push(case.title().to_owned());
        all.push(case.vignette_html(&html));
    }
    all.extend(question.key().0);
    form(question, &mut all);
    all
}

/// The parts of a question's form.
fn form(question: Question<'_>, all: &mut Vec<String>) {
    let html = Html { base: "" };
    let line = |span: Span| question.piece_html(&html, span);
    let maybe = |span: Option<Span>| span.map(line).unwrap_or_default();
    let choice = |choice: &Choice| {
        let rationale = question.rationale_html(&html, choice);
        let text = question.choice_html(&html, choice);
        let key = choice.key.to_string();
        [text, rationale.unwrap_or_default(), key]
    };
    match question.form() {
        Form::Choices { options, most } => {
            all.push(format!("{most:?}"));
            all.extend(options.iter().flat_map(choice));
        }
        Form::Field {
            keyboard,
            unit,
            accepted,
        } => {
            all.push(format!("{keyboard:?}"));
            all.push(line(unit));
            all.extend(accepted.iter().map(|&span| line(span)));
        }
        Form::Order { items } => all.extend(items.iter().flat_map(choice)),
        Form::Match {
            stems,
            options,
            lettered,
        } => {
            all.push(lettered.to_string());
            all.extend(options.iter().flat_map(choice));
            let stem = stems
                .iter()
                .flat_map(|stem| [line(stem.text), maybe(stem.rationale), stem.key.to_string()]);
            all.extend(stem);
        }
        Form::Gaps(gaps) => {
            for gap in gaps {
                all.push(format!("{:?}", gap.choice));
                all.extend(gap.words.iter().map(|&word| line(word)));
            }
        }
        Form::Locate(message) => {
            for text in &message.lines {
                let pieces = text.pieces.iter().map(|&span| question.piece(span));
                all.push(pieces.collect());
            }
            let points = message.points.iter();
            all.extend(points.map(|point| format!("{} {:?}", point.position, point.range)));
            all.push(format!("{:?}", message.keys));
        }
        Form::Hotspot { picture, regions } => {
            all.push(line(picture));
            for region in regions {
                all.push(line(region.name));
                all.push(format!("{:?} {}", region.place, region.key));
                all.push(maybe(region.rationale));
            }
        }
        Form::Essay { rubric, model } => {
            for criterion in rubric {
                all.push(line(criterion.name));
                all.push(criterion.marks.to_string());
                all.push(line(criterion.evidence));
            }
            all.push(model.map_or_else(String::new, |span| {
                html.quoted(question.bank().source(), span)
            }));
        }
    }
}
