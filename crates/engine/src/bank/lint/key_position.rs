//! Keys that mostly stand at the same letter give themselves away wherever options are not shuffled, in `fixed` questions and in the bank as tutors
//! print it (Haladyna et al., guideline 20: vary the place of the right answer).

use crate::bank::{Bank, Code, Report, Span};
use crate::question::{Form, MOST_PARTS, Most, letter};

/// Of fewer questions than this nothing can be said …
const FEWEST: usize = 8;
/// … and up to this share of them, in per cent, is chance.
const PER_CENT: usize = 60;

pub(super) fn check(bank: &Bank, report: &mut Report) {
    let (mut keys, mut all) = ([0_usize; MOST_PARTS], 0);
    for question in bank.questions() {
        if let Form::Choices {
            options,
            most: Most::One,
        } = question.form()
            && options.len() > 2
            && let Some(key) = options.iter().position(|option| option.key)
        {
            keys[key] += 1;
            all += 1;
        }
    }
    let most = (0..MOST_PARTS)
        .max_by_key(|&at| keys[at])
        .unwrap_or_default();
    if all >= FEWEST && keys[most] * 100 > all * PER_CENT {
        let first = bank.source().lines().next().map_or(0, str::len);
        report.add(
            Code::KeyPosition,
            Span::new(0, first),
            format!(
                "{} of {all} `single` questions have their key at {}",
                keys[most],
                letter(most)
            ),
        );
    }
}
