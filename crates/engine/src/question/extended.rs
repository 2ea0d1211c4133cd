//! `extended`: extended matching, a list of lettered options with several stems that choose from it.

use super::choice::letter;
use super::matching::{Matching, read_rows};
use super::{Choice, MOST_PARTS, QuestionType, Registration, Stem};
use crate::bank::{Code, Outline, Report, Span, Tags};

pub(crate) const TYPE: Registration = Registration {
    name: "extended",
    rules: &[],
    read,
};

fn read(outline: &mut Outline<'_>, _: &Tags, report: &mut Report) -> Option<Box<dyn QuestionType>> {
    let source = outline.source();
    let options = read_options(outline, report);
    let rows = read_rows(outline, report);
    let (options, (table, rows)) = (options?, rows?);
    let mut stems = Vec::new();
    let mut sound = true;
    for row in rows {
        let word = row.option.of(source).trim_matches(['`', '*', ' ']);
        let Some(key) = (0..options.len()).find(|&at| word == capital(at)) else {
            report.add(
                Code::OptionLetter,
                row.option,
                format!(
                    "`{word}` names no option; there are A to {}",
                    capital(options.len() - 1)
                ),
            );
            sound = false;
            continue;
        };
        stems.push(Stem {
            text: row.stem,
            rationale: row.why,
            key: key as u8,
        });
    }
    if !sound {
        return None;
    }
    let mut matching = Matching {
        stems,
        options,
        lettered: true,
    };
    for stem in &matching.stems {
        matching.options[usize::from(stem.key)].key = true;
    }
    matching
        .has_sound_counts(outline.span(table), report)
        .then(|| Box::new(matching) as Box<dyn QuestionType>)
}

/// The letter of the option at `index`, as tutors write it.
fn capital(index: usize) -> String {
    letter(index).to_ascii_uppercase().to_string()
}

fn read_options(outline: &mut Outline<'_>, report: &mut Report) -> Option<Vec<Choice>> {
    let source = outline.source();
    let Some(list) = outline.claim_lettered_list() else {
        report.add(
            Code::NoOptions,
            outline.heading(),
            "this question has no list of options",
        );
        return None;
    };
    let items = outline.items(list);
    if items.len() < 2 || items.len() > MOST_PARTS {
        report.add(
            Code::OptionCount,
            outline.span(list),
            format!("{} options; a question has 2 to {MOST_PARTS}", items.len()),
        );
        return None;
    }
    let mut options = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let expected = ["**", &capital(at), "**"].concat();
        let Some(text) = item.text.of(source).strip_prefix(&expected) else {
            report.add(
                Code::OptionLetter,
                item.span,
                format!("this option should begin with `{expected}`"),
            );
            continue;
        };
        if text.trim().is_empty() {
            report.add(Code::EmptyOption, item.span, "this option has no text");
            continue;
        }
        let end = item.text.end as usize;
        options.push(Choice {
            text: Span::new(end - text.len(), end).trimmed(source),
            rationale: item.rationale,
            key: false,
        });
    }
    (options.len() == items.len()).then_some(options)
}
