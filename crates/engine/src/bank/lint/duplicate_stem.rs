//! Two questions that ask the same can come up in one paper, where the one gives the other away (Haladyna et al., guideline 4: keep the content of
//! questions independent).

use std::collections::HashMap;

use super::words::words;
use crate::bank::{Bank, Code, Diagnostic, Report, Span};
use crate::question::Form;

/// For each of a course's banks, its questions that ask what another asked before.
#[must_use]
pub fn duplicate_stems(banks: &[Bank]) -> Vec<Vec<Diagnostic>> {
    let mut seen: HashMap<String, (&str, &str)> = HashMap::new();
    let mut found = Vec::new();
    for bank in banks {
        let mut report = Report::new();
        for question in bank.questions() {
            // What is asked of a case is asked of its vignette.
            let vignette = question.case().map_or("", |case| case.vignette());
            // Other types are asked by what is to be ordered, matched, filled or pointed at, and their stems are often alike.
            if !matches!(question.form(), Form::Choices { .. } | Form::Field { .. }) {
                continue;
            }
            let stem: String = question.stem_parts().map(words).collect();
            let asked = stem + "|" + &words(vignette);
            if let Some((path, id)) = seen.get(&asked) {
                let start = question.span().start as usize;
                report.add(
                    Code::DuplicateStem,
                    Span::new(start, start + 2),
                    format!("`{}` asks what `{id}` of `{path}` asks", question.id()),
                );
            } else {
                seen.insert(asked, (bank.path(), question.id()));
            }
        }
        found.push(report.finish());
    }
    found
}
