//! A negative that is not emphasised is overread under exam conditions (Haladyna et al., guideline 17).

use crate::bank::{Code, Question, Report, Span};

const NEGATIVES: &[&str] = &["not", "except", "least", "never"];

pub(super) fn check(question: Question<'_>, report: &mut Report) {
    for stem in question.stem_parts() {
        check_part(question, stem, report);
    }
}

fn check_part(question: Question<'_>, stem: &str, report: &mut Report) {
    // Only the sentence that asks: the last one that ends in a question mark.
    let Some(end) = stem.rfind('?') else {
        return;
    };
    let start = stem[..end]
        .rfind(['.', '?', '!', '\n', ':'])
        .map_or(0, |at| at + 1);
    let asked = &stem[start..end];
    let stem_start = stem.as_ptr() as usize - question.bank().source().as_ptr() as usize;
    let mut at = start;
    let mut before = "";
    for word in asked.split_inclusive(|c: char| !c.is_alphanumeric() && c != '*' && c != '_') {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '*' && c != '_');
        // `…, but not …` sets two things apart; the question itself is asked in the positive.
        if before != "but" && NEGATIVES.contains(&bare.to_ascii_lowercase().as_str()) {
            let place = stem_start + at;
            report.add(
                Code::PlainNegative,
                Span::new(place, place + bare.len()),
                format!("`{bare}` stands in the question without emphasis"),
            );
        }
        at += word.len();
        if !bare.is_empty() {
            before = bare;
        }
    }
}
