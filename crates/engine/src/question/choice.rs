//! What the types with options share.

use super::{Choice, MOST_PARTS};
use crate::bank::{Code, Outline, Report};

/// The letter that names the option at `index` of the bank's order: `a` for 0. Beyond `z` there are none.
#[must_use]
pub fn letter(index: usize) -> char {
    u8::try_from(index)
        .ok()
        .filter(|&index| usize::from(index) < MOST_PARTS)
        .map_or('?', |index| char::from(b'a' + index))
}

/// The index that `part` names when it is one letter from `a` to `z`.
#[must_use]
pub fn option_index(part: &str) -> Option<usize> {
    match part.as_bytes() {
        [byte @ b'a'..=b'z'] => Some(usize::from(byte - b'a')),
        _ => None,
    }
}

/// The options as a set of bits; `None` when a part names no option of `count`, or one twice.
pub(super) fn ticks(parts: &[String], count: usize) -> Option<u32> {
    parts.iter().try_fold(0_u32, |set, part| {
        let index = option_index(part).filter(|&index| index < count)?;
        let bit = 1 << index;
        (set & bit == 0).then_some(set | bit)
    })
}

/// Claims the question's task list and reads its options.
pub(super) fn read_options(outline: &mut Outline<'_>, report: &mut Report) -> Option<Vec<Choice>> {
    let Some(list) = outline.claim_task_list() else {
        report.add(
            Code::NoOptions,
            outline.heading(),
            "this question has no list of options",
        );
        return None;
    };
    let options: Vec<Choice> = outline
        .items(list)
        .iter()
        .map(|item| Choice {
            text: item.text,
            rationale: item.rationale,
            key: item.task == Some(true),
        })
        .collect();
    let mut sound = true;
    for item in outline.items(list) {
        if item.task.is_none() {
            report.add(
                Code::OptionWithoutBox,
                item.span,
                "this option says neither `[x]` nor `[ ]`",
            );
            sound = false;
        }
        if item.text.is_empty() {
            report.add(Code::EmptyOption, item.span, "this option has no text");
            sound = false;
        }
    }
    if options.len() < 2 || options.len() > MOST_PARTS {
        report.add(
            Code::OptionCount,
            outline.span(list),
            format!(
                "{} options; a question has 2 to {MOST_PARTS}",
                options.len()
            ),
        );
        sound = false;
    }
    sound.then_some(options)
}
