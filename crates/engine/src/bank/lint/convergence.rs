//! Distractors are mostly made by changing a part of the key, so that the option which has most in common with the others is the key (NBME:
//! “convergence”; Haladyna et al., guideline 28 e).

use std::collections::HashMap;

use super::words::words;
use crate::bank::{Code, Question, Report};
use crate::question::{Form, Most};

/// Fewer options than this have little to have in common.
const FEWEST: usize = 4;

pub(super) fn check(question: Question<'_>, report: &mut Report) {
    let Form::Choices {
        options,
        most: Most::One,
    } = question.form()
    else {
        return;
    };
    if options.len() < FEWEST {
        return;
    }
    let parts: Vec<Vec<String>> = options
        .iter()
        .map(|option| elements(question.piece(option.text)))
        .collect();
    // Options that are put together from elements, as many each.
    let number = parts[0].len();
    if number < 2 || parts.iter().any(|elements| elements.len() != number) {
        return;
    }
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for element in parts.iter().flatten() {
        *uses.entry(element.as_str()).or_default() += 1;
    }
    let shared = |elements: &Vec<String>| -> usize {
        elements.iter().map(|one| uses[one.as_str()] - 1).sum()
    };
    let of_key = options.iter().zip(&parts).find(|(option, _)| option.key);
    let Some((key, elements)) = of_key else {
        return;
    };
    // Each element of the key comes again, and it alone shares as much.
    let all_shared = elements.iter().all(|one| uses[one.as_str()] > 1);
    let others = options.iter().zip(&parts).filter(|(option, _)| !option.key);
    if all_shared && others.map(|(_, parts)| shared(parts)).max() < Some(shared(elements)) {
        report.add(
            Code::Convergence,
            key.text,
            "the key has more in common with the other options than any of them has",
        );
    }
}

/// What an option is put together from: what stands between commas, semicolons and `and`.
fn elements(text: &str) -> Vec<String> {
    let parts = text.split([',', ';']).flat_map(|part| part.split(" and "));
    parts.map(words).filter(|part| part != " ").collect()
}
