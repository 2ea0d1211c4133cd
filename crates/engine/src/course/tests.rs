use super::*;
use crate::fixtures::{bank, banks, course, single};

fn faults(diagnostics: &[Diagnostic]) -> Vec<(&'static str, &str)> {
    diagnostics
        .iter()
        .map(|diagnostic| (diagnostic.code.name(), diagnostic.message.as_str()))
        .collect()
}

const PAGE: &str = "\
---
tierwise: 1
title: HL7 and DICOM
summary: Messages and images.
tier: 3
minutes: 75
pass: 60 %
pause: yes
back: no
attempts: 2
confidence: yes
licence: CC-BY-4.0
---

Read this **first**.

## Blueprint

What is drawn:

| Bank | Topic | Easy | Middling | Hard |
| --- | --- | --- | --- | --- |
| `hl7.md` | messages | 2 | 4 | 1 |
| dicom.md | network | 3 | 5 | 2 |
| `hl7.md` | `*` | 1 | | 0 |

### Notes

Not shown.

## Afterwards

Rest.
";

#[test]
fn a_course_page() {
    let course = read("level-2", PAGE.as_bytes().to_vec());
    assert_eq!(faults(course.diagnostics()), []);
    assert!(course.is_usable());
    assert_eq!(
        (course.id(), course.title(), course.summary()),
        ("level-2", "HL7 and DICOM", "Messages and images.")
    );
    assert_eq!(
        (course.tier(), course.minutes(), course.pass_percent()),
        (3, 75, 60)
    );
    assert_eq!((course.may_pause(), course.may_go_back()), (true, false));
    assert_eq!((course.attempts(), course.confidence()), (Some(2), true));
    assert_eq!(course.bank_paths(), ["hl7.md", "dicom.md"]);
    assert_eq!(course.singles(), 18);
    assert_eq!(course.source(), PAGE);
    assert_eq!(course.digest(), digest(PAGE.as_bytes()));
    let rows: Vec<_> = course
        .rows()
        .iter()
        .map(|row| (row.bank.as_str(), row.topic.as_str(), row.counts, row.cases))
        .collect();
    assert_eq!(
        rows,
        [
            ("hl7.md", "messages", [2, 4, 1], 0),
            ("dicom.md", "network", [3, 5, 2], 0),
            ("hl7.md", "*", [1, 0, 0], 0),
        ]
    );
    let row = course.rows()[1].span.of(PAGE);
    assert!(row.starts_with("| dicom.md"), "{row}");
}

#[test]
fn the_briefing_is_the_body_without_the_blueprint() {
    let briefing = read("x", PAGE.as_bytes().to_vec()).briefing_html(&Html { base: "" });
    assert!(
        briefing.contains("<strong>first</strong>") && briefing.contains("Rest."),
        "{briefing}"
    );
    assert!(
        !briefing.contains("drawn") && !briefing.contains("Not shown"),
        "{briefing}"
    );
}

#[test]
fn what_the_page_leaves_unsaid() {
    let course = course("| a.md | | 1 | 0 | 0 | 0 |\n");
    assert_eq!(faults(course.diagnostics()), []);
    assert_eq!((course.may_pause(), course.may_go_back()), (false, true));
    assert_eq!((course.attempts(), course.confidence()), (None, false));
    assert_eq!(course.summary(), "");
}

#[test]
fn every_fault_of_the_front_matter_has_its_place() {
    let page = "---\ntierwise: 1\ntitle: T\ntier: 6\nminutes: 0\npass: 101 %\npause: maybe\nattempts: 0\nminute: 3\n---\n\n\
                ## Blueprint\n\n| Bank | Topic | Easy | Middling | Hard |\n|---|---|---|---|---|\n| a.md | | 1 | 1 | 1 |\n";
    let course = read("x", page.as_bytes().to_vec());
    let places: Vec<_> = course
        .diagnostics()
        .iter()
        .map(|diagnostic| (diagnostic.code.name(), diagnostic.span.of(page)))
        .collect();
    assert_eq!(
        places,
        [
            ("key-value", "6"),
            ("key-value", "0"),
            ("key-value", "101 %"),
            ("key-value", "maybe"),
            ("key-value", "0"),
            ("unknown-key", "minute"),
        ]
    );
    assert!(!course.is_usable());
    for value in [
        "minutes: 601",
        "minutes: +60",
        "minutes: 1e2",
        "minutes: 60 %",
        "minutes: 99999999999",
    ] {
        let course = read("x", page.replace("minutes: 0", value).into_bytes());
        let found = course
            .diagnostics()
            .iter()
            .filter(|d| d.code == Code::KeyValue)
            .count();
        assert_eq!((found, course.minutes()), (5, 0), "{value}");
    }
    assert_eq!(
        read("x", page.replace("101 %", "60%").into_bytes()).pass_percent(),
        60
    );
    assert_eq!(
        read("x", page.replace("101 %", "60").into_bytes()).pass_percent(),
        60
    );
}

#[test]
fn bytes_that_are_no_text_are_reported() {
    let course = read("x", b"---\ntitle: \xff\n---\n".to_vec());
    assert!(
        faults(course.diagnostics())
            .iter()
            .any(|(code, _)| *code == "not-utf8")
    );
    assert!(!course.is_usable());
}

#[test]
fn a_sound_course_and_its_banks() {
    let course = course("| a.md | hl7 | 1 | 1 | 1 | 2 |\n| b.md | dicom | 0 | 6 | 0 | |\n");
    assert_eq!(faults(&course.check(&banks())), []);
}

#[test]
fn what_is_wrong_between_page_and_banks() {
    let course = course(
        "| a.md | hl7 | 9 | 1 | 1 | 3 |\n| b.md | x | 0 | 1 | 0 | |\n| c.md | * | 1 | 0 | 0 | |\n",
    );
    let mut banks = banks();
    banks.push(bank("d.md", &single("a-01", "")));
    let found = course.check(&banks);
    assert_eq!(
        faults(&found),
        [
            (
                "blueprint-unmet",
                "`a.md` has 4 easy questions left of topic `hl7` where this row draws 9"
            ),
            (
                "blueprint-unmet",
                "`a.md` has 2 cases left of topic `hl7` where this row draws 3"
            ),
            (
                "blueprint-unmet",
                "`b.md` has 0 middling questions left of topic `x` where this row draws 1"
            ),
            ("no-bank", "there is no bank `c.md`"),
        ]
    );
    assert_eq!(found[3].span.of(course.source()), "c.md");
    assert!(found[2].span.of(course.source()).starts_with("| b.md"));
}

#[test]
fn an_id_in_two_banks_and_a_bank_with_errors() {
    let course = course("| a.md | * | 1 | 0 | 0 | |\n| b.md | * | 0 | 1 | 0 | |\n");
    let mut banks = banks();
    banks[1] = bank("b.md", &single("a-07", ""));
    assert_eq!(
        faults(&course.check(&banks)),
        [(
            "duplicate-id",
            "`a-07` is the id of a question in `a.md` and of one in `b.md`"
        )]
    );
    let faulty = banks[1].source().replace("- [x]", "- [ ]") + &single("b-1", "");
    banks[1] = crate::bank::read("b.md", faulty.into_bytes());
    assert_eq!(
        faults(&course.check(&banks)),
        [("faulty-bank", "the bank `b.md` has errors")]
    );
}

#[test]
fn cells_with_little_to_draw_from() {
    let told = |rows: &str| -> Vec<String> {
        let found = course(rows).lint(&banks());
        found.into_iter().map(|one| one.message).collect()
    };
    // Four easy questions and two cases: enough for one each, and not for two.
    assert_eq!(told("| a.md | hl7 | 1 | 1 | 1 | 0 |\n"), [""; 0]);
    assert_eq!(
        told("| a.md | hl7 | 2 | 0 | 0 | 1 |\n"),
        [
            "this row draws 2 from 4 under `easy`; 5 would do",
            "this row draws 1 from 2 under `cases`; 3 would do"
        ]
    );
    // What a narrower row takes is gone: of four that are easy, one.
    assert_eq!(
        told("| a.md | hl7/pid | 0 | 0 | 0 | 0 |\n| a.md | hl7 | 1 | 0 | 0 | 0 |\n"),
        [""; 0]
    );
    assert_eq!(
        told("| a.md | hl7/pid | 2 | 0 | 0 | 0 |\n| a.md | * | 1 | 0 | 0 | 0 |\n"),
        [
            "this row draws 2 from 2 under `easy`; 5 would do",
            "this row draws 1 from 2 under `easy`; 3 would do"
        ]
    );
    // What cannot be met at all is an error, and no advice.
    assert_eq!(told("| a.md | hl7 | 5 | 0 | 0 | 0 |\n"), [""; 0]);
}
