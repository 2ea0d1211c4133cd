//! Inputs for the property tests: sound ones, and any.

use proptest::prelude::*;
use tierwise_engine::bank::{self, Bank};
use tierwise_engine::course;
use tierwise_engine::paper::{Seed, exam};
use tierwise_engine::question::Response;
use tierwise_engine::script::Script;
use tierwise_engine::sitting::{Event, ExtraTime, Mode, Terms, What};

pub(crate) const BANK: &str = "\
---
tierwise: 1
title: A bank
topic: hl7/pid
tier: 3
facet: it
---

# Choosing

## s-1 · One
`single` `difficulty:1`

Which?

- [ ] Ä
- [x] B
  > Since.
- [ ] C

> [!NOTE]
> So.[^s]

## m-1 · Some
`multiple` `rule:each-option` `marks:3`

Which?

- [x] A
- [x] B
- [ ] C
- [ ] D

> [!NOTE]
> So.[^s]

## n-1 · Length
`numeric`

How long?

**Answer:** `0.5` ± `0.03` `MiB`

> [!NOTE]
> So.[^s]

## t-1 · Word
`short` `topic:dicom`

Which word?

**Answer:** `QIDO-RS`; `QIDO` (50 %)

> [!NOTE]
> So.[^s]

# Case: it is full

It happened on a Friday.

## c-1 · First
`single`

What now?

- [x] A
- [ ] B

> [!NOTE]
> So.[^s]

[^s]: A *source*
";

pub(crate) const COURSE: &str = "\
---
tierwise: 1
title: A course
tier: 3
minutes: 60
pass: 60 %
---

Briefing.

## Blueprint

| Bank | Topic | Easy | Middling | Hard | Cases |
| --- | --- | --- | --- | --- | --- |
| a.md | hl7 | 1 | 2 | 0 | 1 |
| a.md | * | 0 | 1 | 0 | |
";

pub(crate) fn banks() -> Vec<Bank> {
    let bank = bank::read("a.md", BANK.into());
    assert!(bank.is_usable(), "{:?}", bank.diagnostics());
    vec![bank]
}

pub(crate) fn seed(number: u64) -> Seed {
    Seed::new(number).unwrap()
}

pub(crate) fn any_seed() -> impl Strategy<Value = Seed> {
    (0..1_u64 << 53).prop_map(seed)
}

/// A text with a few pieces of it moved, doubled, cut out or replaced by bits of markup: near misses are where readers trip.
pub(crate) fn mangled(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let bit = prop_oneof![
        Just(""),
        Just("\n"),
        Just("\n\n"),
        Just("---\n"),
        Just("## "),
        Just("# "),
        Just("`"),
        Just("```\n"),
        Just("- [x] "),
        Just("> "),
        Just("|"),
        Just("[^s]"),
        Just("[^é"),
        Just("**Answer:** "),
        Just("é"),
        Just("\t"),
        Just("\r\n"),
        Just("<b>"),
        Just("{"),
        Just("\""),
        Just("9"),
    ];
    let edit = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        0_usize..40,
        bit,
    );
    prop::collection::vec(edit, 0..6).prop_map(move |edits| {
        let mut chars: Vec<char> = text.chars().collect();
        for (from, to, length, bit) in edits {
            let start = from.index(chars.len() + 1);
            let end = (start + length).min(chars.len());
            let mut piece: Vec<char> = chars.splice(start..end, bit.chars()).collect();
            if length % 2 == 0 {
                let at = to.index(chars.len() + 1);
                piece.truncate(20);
                chars.splice(at..at, piece);
            }
        }
        chars.into_iter().collect::<String>().into_bytes()
    })
}

/// A text with bits of white space and marks put at the ends and beginnings of lines: most of them leave a bank sound.
pub(crate) fn untidied(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let bit = prop::sample::select(vec![
        " ",
        "  ",
        "   ",
        "\t",
        "\n",
        "\n\n",
        "\r",
        "  \n",
        " \n ",
        "\\",
        ">",
        "`` a  ``",
        "<!-- b  -->",
        "\n<!--\nc  \n-->\n",
        "| x | y |\n|:--|-|\n| z |\n",
        "\n* other\n+ list\n",
        "\n```\n d  \n\n```\n",
        "\n    e\n",
    ]);
    let edit = (any::<prop::sample::Index>(), any::<bool>(), bit);
    prop::collection::vec(edit, 0..8).prop_map(move |edits| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for (line, behind, bit) in edits {
            let at = line.index(lines.len());
            let place = if behind { lines[at].len() } else { 0 };
            lines[at].insert_str(place, bit);
        }
        (lines.join("\n") + "\n").into_bytes()
    })
}

pub(crate) fn script() -> Script {
    let (course, banks) = (course::read("x", COURSE.into()), banks());
    assert!(course.is_usable() && course.check(&banks).is_empty());
    let paper = exam(&course, &banks, seed(3)).unwrap();
    Script::begin(
        "id".to_owned(),
        &course,
        &banks,
        paper,
        terms(Mode::Exam, ExtraTime::None, true),
        0,
        None,
    )
}

pub(crate) fn terms(mode: Mode, extra_time: ExtraTime, allowed: bool) -> Terms {
    Terms {
        mode,
        minutes: 1,
        extra_time,
        may_go_back: allowed,
        may_pause: allowed,
    }
}

pub(crate) fn any_terms() -> impl Strategy<Value = Terms> {
    let mode = prop_oneof![Just(Mode::Exam), Just(Mode::Practice)];
    (mode, prop::sample::select(&ExtraTime::ALL), any::<bool>())
        .prop_map(|(mode, extra_time, allowed)| terms(mode, extra_time, allowed))
}

/// Parts that are right, wrong, out of bounds or nonsense.
pub(crate) fn any_response() -> impl Strategy<Value = Response> {
    let part = prop_oneof![
        "[a-f]",
        "[a-z]{0,2}",
        "[-+0-9.,]{0,20}",
        Just("qido".to_owned()),
        ".{0,10}"
    ];
    prop::collection::vec(part, 0..8).prop_map(Response)
}

pub(crate) fn any_what() -> impl Strategy<Value = What> {
    let question = || {
        prop::sample::select(vec!["s-1", "m-1", "n-1", "t-1", "c-1", "none"])
            .prop_map(str::to_owned)
    };
    prop_oneof![
        question().prop_map(|question| What::See { question }),
        (question(), any_response())
            .prop_map(|(question, response)| What::Answer { question, response }),
        (question(), any_response())
            .prop_map(|(question, response)| What::Answer { question, response }),
        question().prop_map(|question| What::Clear { question }),
        question().prop_map(|question| What::Flag { question }),
        question().prop_map(|question| What::Unflag { question }),
        question().prop_map(|question| What::Feedback { question }),
        Just(What::Leave),
        Just(What::Return),
        Just(What::Pause),
        Just(What::Resume),
        Just(What::HandIn),
        Just(What::TimeOut),
    ]
}

/// Events at times that mostly rise, with now and then a step back or a leap over the end.
pub(crate) fn any_events() -> impl Strategy<Value = Vec<Event>> {
    let step = prop_oneof![8 => 0_i64..8_000, 1 => -50_i64..0, 1 => 0_i64..90_000];
    prop::collection::vec((step, any_what()), 0..40).prop_map(|list| {
        let mut at = 0_i64;
        list.into_iter()
            .map(|(step, what)| {
                at = (at + step).max(0);
                Event {
                    at: at as u64,
                    what,
                }
            })
            .collect()
    })
}
