//! Inputs for the property tests: sound ones, and any.

// Each test uses a part of it.
#![allow(dead_code)]

use proptest::prelude::*;
use tierwise_engine::bank::{self, Bank, Html, Question};
use tierwise_engine::course;
use tierwise_engine::fraction::Fraction;
use tierwise_engine::marking::mark;
use tierwise_engine::paper::{Seed, exam};
use tierwise_engine::question::{Form, Message, Point, Response, region_at};
use tierwise_engine::script::Script;
use tierwise_engine::sitting::{Certainty, Event, ExtraTime, Marker, Mode, Terms, What};

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

/// A bank of the types that point or write.
pub(crate) const POINTING: &str = "\
---
tierwise: 1
title: Pointing
topic: hl7/pid
---

## l-1 · A message
`locate`

Point.

```hl7
# Text
MSH|^~\\&|RIS|É||
PID|1||99^^^NHS&1.2&ISO^NH~[[H42]]^^^N^PI||[[Sample^Ada]]
PID|[[]]
```

> [!NOTE]
> So.[^s]

## d-1 · A dump
`locate`

Point.

```dicom
(0008,0050) SH [A1]
(0040,0275) SQ (Sequence #=1)
  (fffe,e000) na (Item #=1)
    (0040,a043) SH [[[RP1]]]
  (fffe,e00d) na (End)
(fffe,e0dd) na (End)
```

> [!NOTE]
> So.[^s]

## h-1 · A picture
`hotspot`

Mark it.

![A frame](frame.svg)

| Region | x y w h | Key | Why |
| --- | --- | --- | --- |
| Top | `0 0 100 10.5` | ✓ | So |
| Rest | `0 11 100 89` | | |

> [!NOTE]
> So.[^s]

## e-1 · A text
`essay` `marks:3`

Write.

> [!TIP]
> Well.

| Criterion | Marks | Evidence |
| --- | --- | --- |
| One | 2 | Ä |
| Two | 1 | |

[^s]: A source
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

/// A bank of each type that arranges.
pub(crate) const ARRANGING: [&str; 4] = [
    include_str!("../banks/ordering.md"),
    include_str!("../banks/matching.md"),
    include_str!("../banks/extended.md"),
    include_str!("../banks/cloze.md"),
];

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
        Just("```hl7\n"),
        Just("(0008,0050)"),
        Just("| `0 0 1 1` | ✓ |\n"),
        Just("~&^\\"),
        Just("\\|"),
        Just("| --- | --- |\n"),
        Just("1. "),
        Just("- **A** "),
        Just("[["),
        Just("]]"),
        Just("*"),
        Just("; "),
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

/// Reads a bank and asks it for everything that a page shows.
pub(crate) fn look_at_all(bytes: Vec<u8>) {
    let bank = bank::read("a.md", bytes);
    let html = Html { base: "q/" };
    for fault in bank.diagnostics().iter().chain(&bank::lint(&bank)).take(20) {
        let _ = bank::place(bank.source(), fault.span.start);
        let _ = fault.span.of(bank.source());
    }
    for question in bank.questions() {
        let full = if question.is_marked_by_a_person() {
            Fraction::ZERO
        } else {
            Fraction::ONE
        };
        assert_eq!(question.mark(&question.key()), full, "{}", question.id());
        assert_eq!(question.check(&question.key()), Ok(()), "{}", question.id());
        let _ = question.stem_html(&html);
        let _ = question.explanation_html(&html);
        let _ = question.sources_html(&html);
        let _ = question.case().map(|case| case.vignette_html(&html));
        match question.form() {
            Form::Choices { options, .. } => {
                for choice in options {
                    let _ = question.choice_html(&html, choice);
                    let _ = question.rationale_html(&html, choice);
                }
            }
            Form::Field { unit, accepted, .. } => {
                let _ = question.piece_html(&html, unit);
                for &span in accepted {
                    let _ = question.piece_html(&html, span);
                }
            }
            Form::Locate(message) => look_at_message(question, message),
            Form::Hotspot { picture, regions } => {
                let _ = question.piece_html(&html, picture);
                for region in regions {
                    let _ = question.piece_html(&html, region.name);
                    let [x, y, width, height] = region.place;
                    assert!(x >= 0.0 && y >= 0.0 && width > 0.0 && height > 0.0);
                    assert!(x + width <= 100.01 && y + height <= 100.01);
                    assert!(region_at(regions, x + width / 2.0, y + height / 2.0).is_some());
                }
            }
            Form::Essay { rubric, model } => {
                let sum: u32 = rubric
                    .iter()
                    .map(|criterion| u32::from(criterion.marks))
                    .sum();
                assert_eq!(question.marks(), sum);
                let _ = model.map(|model| question.quoted_html(&html, model));
            }
            Form::Order { items } => {
                for item in items {
                    let _ = question.choice_html(&html, item);
                    let _ = question.rationale_html(&html, item);
                }
            }
            Form::Match { stems, options, .. } => {
                for stem in stems {
                    let _ = question.cell_html(&html, stem.text);
                    let _ = stem.rationale.map(|span| question.cell_html(&html, span));
                }
                for choice in options {
                    let _ = question.choice_html(&html, choice);
                    let _ = question.rationale_html(&html, choice);
                }
            }
            Form::Gaps(gaps) => {
                let stem = question.stem_html(&html);
                for (number, gap) in gaps.iter().enumerate() {
                    assert_eq!(question.gap_words(gap).len(), gap.words.len());
                    let place = format!("data-gap=\"{number}\"");
                    assert_eq!(stem.matches(&place).count(), 1, "{stem}");
                }
            }
        }
    }
}

/// Points lie in their lines, in order and within each other, and no two have one position or cover the same text.
fn look_at_message(question: Question<'_>, message: &Message) {
    let mut positions = std::collections::HashSet::new();
    let mut next = 0;
    for line in &message.lines {
        let text = question.line(line);
        assert_eq!(line.points.start, next);
        next = line.points.end;
        let points = &message.points[line.points.start.into()..line.points.end.into()];
        let mut around: Vec<&Point> = Vec::new();
        for point in points {
            let range = point.range.start as usize..point.range.end as usize;
            assert!(text.get(range).is_some(), "{}", point.position);
            while around.last().is_some_and(|last| last.depth >= point.depth) {
                around.pop();
            }
            if let Some(last) = around.last() {
                assert!(last.range.start <= point.range.start && point.range.end <= last.range.end);
                assert!(last.range != point.range, "{}", point.position);
            }
            around.push(point);
            assert!(positions.insert(&point.position), "{}", point.position);
        }
    }
    assert_eq!(usize::from(next), message.points.len());
    assert!(!message.keys.is_empty());
    assert_eq!(message.key_positions().count(), message.keys.len());
}

pub(crate) fn look_at_course(bytes: Vec<u8>) {
    let course = course::read("x", bytes);
    let banks = banks();
    let _ = course.check(&banks);
    let _ = course.briefing_html(&Html { base: "" });
    let _ = exam(&course, &banks, seed(1));
}

/// Reads a script and marks it.
pub(crate) fn look_at_script(text: &str) {
    if let Ok(script) = Script::read(text) {
        assert_eq!(Script::read(&script.write()), Ok(script.clone()));
        let _ = mark(&script, &banks());
    }
}

/// Marks what was typed or chosen, in every question.
pub(crate) fn look_at_response(text: &str) {
    let response = Response(text.split('\n').map(str::to_owned).collect());
    for bank in banks() {
        for question in bank.questions() {
            let share = question.mark(&response);
            assert!((Fraction::ZERO..=Fraction::ONE).contains(&share));
            let _ = question.check(&response);
        }
    }
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
        confidence: allowed,
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
        (
            question(),
            prop::collection::vec(0_u8..5, 0..3),
            any::<bool>()
        )
            .prop_map(|(question, marks, own)| What::Award {
                question,
                marks,
                by: if own {
                    Marker::Candidate
                } else {
                    Marker::Tutor
                },
            }),
        (question(), prop::sample::select(&Certainty::ALL[..]))
            .prop_map(|(question, level)| What::Confidence { question, level }),
        any::<i64>().prop_map(|by| What::Clock { by }),
        Just(What::TakeOver),
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
