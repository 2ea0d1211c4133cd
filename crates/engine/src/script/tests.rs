use super::*;
use crate::fixtures::{bank, banks, course, single};
use crate::paper::exam;
use crate::question::Response;
use crate::sitting::{Certainty, End, ExtraTime, Marker, Mode};

/// A script of version 1 as it was written when that version was new. It must be read for ever: never edit it.
const VERSION_1: &str = r#"{
  "tierwise": 1,
  "id": "2f1c",
  "course": "level-2",
  "course_title": "HL7 and DICOM",
  "course_digest": "f3a1",
  "pass_percent": 60,
  "banks": [{"path": "hl7.md", "sha256": "ab"}, {"path": "dicom.md", "sha256": "cd"}],
  "generator": "xoshiro256starstar-1",
  "seed": 9007199254740991,
  "items": [
    {"bank": 0, "question": "hl7-001", "order": "cabd"},
    {"bank": 1, "question": "net-001"}
  ],
  "terms": {"mode": "exam", "minutes": 75, "extra_time": "1.25", "may_go_back": true, "may_pause": false},
  "started": 1772442000000,
  "candidate": "Ada",
  "events": [
    {"at": 0, "do": "see", "question": "hl7-001"},
    {"at": 1200, "do": "answer", "question": "hl7-001", "response": ["b"]},
    {"at": 1300, "do": "flag", "question": "net-001"},
    {"at": 1400, "do": "unflag", "question": "net-001"},
    {"at": 1500, "do": "leave"},
    {"at": 1600, "do": "return"},
    {"at": 2000, "do": "answer", "question": "net-001", "response": ["16"]},
    {"at": 2100, "do": "clear", "question": "net-001"},
    {"at": 3000, "do": "hand-in"}
  ],
  "a field that a later release added": {"x": [1.5e3, null, "y"]}
}"#;

/// A script of version 2 as it was written when that version was new. It must be read for ever: never edit it.
const VERSION_2: &str = r#"{
  "tierwise": 2,
  "id": "2f1d",
  "course": "crisis",
  "course_title": "Crisis management",
  "course_digest": "f3a2",
  "pass_percent": 60,
  "banks": [{"path": "archive.md", "sha256": "ab"}],
  "generator": "xoshiro256starstar-1",
  "seed": 7,
  "items": [{"bank": 0, "question": "ess-001"}],
  "terms": {"mode": "exam", "minutes": 1, "extra_time": "1", "may_go_back": true, "may_pause": false},
  "started": 1772442000000,
  "events": [
    {"at": 0, "do": "answer", "question": "ess-001", "response": ["I tell the theatres."]},
    {"at": 60000, "do": "time-out"},
    {"at": 90000, "do": "award", "question": "ess-001", "marks": [2, 0, 1], "by": "self"},
    {"at": 86400000, "do": "award", "question": "ess-001", "marks": [1, 0, 1], "by": "tutor"}
  ]
}"#;

/// A script of version 3 as it was written when that version was new. It must be read for ever: never edit it.
const VERSION_3: &str = r#"{
  "tierwise": 3,
  "id": "2f1e",
  "course": "gdpr",
  "course_title": "GDPR for radiology",
  "course_digest": "f3a3",
  "pass_percent": 60,
  "banks": [{"path": "law.md", "sha256": "ab"}],
  "generator": "xoshiro256starstar-1",
  "seed": 8,
  "items": [{"bank": 0, "question": "law-001", "order": "bac"}, {"bank": 0, "question": "law-002"}],
  "terms": {"mode": "exam", "minutes": 2, "extra_time": "1", "may_go_back": true, "may_pause": true, "confidence": true},
  "started": 1772442000000,
  "events": [
    {"at": 0, "do": "see", "question": "law-001"},
    {"at": 1000, "do": "answer", "question": "law-001", "response": ["c"]},
    {"at": 1500, "do": "confidence", "question": "law-001", "level": 2},
    {"at": 2000, "do": "confidence", "question": "law-001", "level": 3},
    {"at": 3000, "do": "leave"},
    {"at": 8000, "do": "return"},
    {"at": 8000, "do": "clock", "by": -3600000},
    {"at": 10000, "do": "pause"},
    {"at": 610000, "do": "resume"},
    {"at": 610500, "do": "take-over"},
    {"at": 620000, "do": "clock", "by": 86400000},
    {"at": 700000, "do": "leave"},
    {"at": 800000, "do": "time-out"}
  ]
}"#;

#[test]
fn version_3_is_read_for_ever() {
    let script = Script::read(VERSION_3).expect("version 3");
    assert_eq!((script.tierwise, script.events.len()), (3, 13));
    assert!(script.terms.confidence && script.terms.may_pause);
    let sitting = script.sitting().expect("sound events");
    // Two minutes of time allowed and ten of a pause.
    assert_eq!(sitting.ended(), Some(End::TimedOut { at: 720_000 }));
    assert_eq!(sitting.time_used(800_000), 120_000);
    assert_eq!(sitting.absences(800_000), (2, 25_000));
    assert_eq!(
        [0, 1].map(|n| sitting.certainty(n)),
        [Some(Certainty::High), None]
    );
    assert_eq!(script.write(), bare(VERSION_3));
}

/// A script of its version without white space, but for that in texts.
fn bare(script: &str) -> String {
    let mut out = Vec::new();
    for (at, part) in script.split('"').enumerate() {
        out.push(if at % 2 == 0 {
            part.replace([' ', '\n'], "")
        } else {
            part.to_owned()
        });
    }
    out.join("\"")
}

#[test]
fn the_first_of_its_events_makes_a_script_one_of_version_3() {
    for what in [
        What::Clock { by: -1 },
        What::TakeOver,
        What::Confidence {
            question: begun().items[0].question.clone(),
            level: Certainty::Low,
        },
    ] {
        let mut script = begun();
        script.terms.confidence = true;
        let mut sitting = script.sitting().expect("no event yet");
        for (what, version) in [
            (What::Leave, 1),
            (What::Return, 1),
            (what, 3),
            (What::HandIn, 3),
        ] {
            let event = Event { at: 1, what };
            assert_eq!(script.append(&mut sitting, event), Ok(()));
            assert_eq!(script.tierwise, version);
        }
        assert_eq!(Script::read(&script.write()), Ok(script));
    }
}

#[test]
fn a_script_of_a_course_that_asks_how_sure_begins_as_version_3() {
    let begun = |confidence| {
        begun_with(Terms {
            confidence,
            ..terms()
        })
    };
    assert_eq!([false, true].map(|asks| begun(asks).tierwise), [1, 3]);
    let written = begun(true).write();
    assert!(written.contains(r#""may_pause":false,"confidence":true}"#));
    assert_eq!(Script::read(&written), Ok(begun(true)));
    assert!(!begun(false).write().contains("confidence"));
    let wrong = written.replace(r#""confidence":true"#, r#""confidence":1"#);
    assert!(
        matches!(Script::read(&wrong), Err(Unreadable::Damaged(what)) if what.contains("confidence"))
    );
}

#[test]
fn version_2_is_read_for_ever() {
    let script = Script::read(VERSION_2).expect("version 2");
    assert_eq!((script.tierwise, script.events.len()), (2, 4));
    let sitting = script.sitting().expect("sound events");
    assert_eq!(sitting.ended(), Some(End::TimedOut { at: 60_000 }));
    assert_eq!(sitting.time_used(86_400_000), 60_000);
    assert_eq!(sitting.award_by(0, Marker::Candidate), Some(&[2, 0, 1][..]));
    assert_eq!(sitting.award(0), Some((Marker::Tutor, &[1, 0, 1][..])));
    assert_eq!(script.write(), bare(VERSION_2));
}

#[test]
fn the_first_award_makes_a_script_one_of_version_2() {
    let mut script = begun();
    let mut sitting = script.sitting().expect("no event yet");
    let question = script.items[0].question.clone();
    let award = |marks| What::Award {
        question: question.clone(),
        marks,
        by: Marker::Candidate,
    };
    let mut take = |script: &mut Script, at, what| script.append(&mut sitting, Event { at, what });
    let answer = What::Answer {
        question: question.clone(),
        response: Response::one("b"),
    };
    assert_eq!(take(&mut script, 1, answer), Ok(()));
    assert_eq!(
        take(&mut script, 2, award(vec![1])),
        Err(Refused::TooSoonToAward)
    );
    assert_eq!(take(&mut script, 2, What::HandIn), Ok(()));
    assert_eq!(script.tierwise, 1);
    assert_eq!(take(&mut script, 3, award(vec![1])), Ok(()));
    assert_eq!(script.tierwise, 2);
    assert_eq!(Script::read(&script.write()), Ok(script));
}

fn terms() -> Terms {
    Terms {
        mode: Mode::Exam,
        minutes: 40,
        extra_time: ExtraTime::Half,
        may_go_back: true,
        may_pause: false,
        confidence: false,
    }
}

fn begun() -> Script {
    begun_with(terms())
}

fn begun_with(terms: Terms) -> Script {
    let (course, banks) = (
        course("| a.md | hl7 | 1 | 1 | 1 | 1 |\n| b.md | * | 0 | 2 | 0 | |\n"),
        banks(),
    );
    let paper = exam(&course, &banks, Seed::new(7).expect("small")).expect("can be met");
    Script::begin(
        "one".to_owned(),
        &course,
        &banks,
        paper,
        terms,
        1_772_442_000_000,
        None,
    )
}

#[test]
fn version_1_is_read_for_ever() {
    let script = Script::read(VERSION_1).expect("version 1");
    assert_eq!(
        (script.tierwise, script.id.as_str(), script.course.as_str()),
        (1, "2f1c", "level-2")
    );
    assert_eq!(
        (script.course_title.as_str(), script.course_digest.as_str()),
        ("HL7 and DICOM", "f3a1")
    );
    assert_eq!(
        (script.pass_percent, script.started),
        (60, 1_772_442_000_000)
    );
    assert_eq!(script.seed.get(), 9_007_199_254_740_991);
    assert_eq!(script.generator, "xoshiro256starstar-1");
    assert_eq!(script.candidate.as_deref(), Some("Ada"));
    assert_eq!(script.banks[1].path, "dicom.md");
    assert_eq!(
        (
            script.items[0].order.as_str(),
            script.items[1].order.as_str()
        ),
        ("cabd", "")
    );
    assert_eq!(script.terms.time_allowed(), Some(5_625_000));
    let sitting = script.sitting().expect("sound events");
    assert_eq!(sitting.ended(), Some(End::HandedIn { at: 3000 }));
    assert_eq!(sitting.response(0), Some(&Response::one("b")));
    assert_eq!(sitting.response(1), None);
}

#[test]
fn version_1_is_written_in_this_order() {
    let script = Script::read(VERSION_1).expect("version 1");
    let written = concat!(
        r#"{"tierwise":1,"id":"2f1c","course":"level-2","course_title":"HL7 and DICOM","course_digest":"f3a1","#,
        r#""pass_percent":60,"banks":[{"path":"hl7.md","sha256":"ab"},{"path":"dicom.md","sha256":"cd"}],"#,
        r#""generator":"xoshiro256starstar-1","seed":9007199254740991,"items":[{"bank":0,"question":"hl7-001","#,
        r#""order":"cabd"},{"bank":1,"question":"net-001"}],"terms":{"mode":"exam","minutes":75,"extra_time":"1.25","#,
        r#""may_go_back":true,"may_pause":false},"started":1772442000000,"candidate":"Ada","events":["#,
        r#"{"at":0,"do":"see","question":"hl7-001"},"#,
        r#"{"at":1200,"do":"answer","question":"hl7-001","response":["b"]},"#,
        r#"{"at":1300,"do":"flag","question":"net-001"},{"at":1400,"do":"unflag","question":"net-001"},"#,
        r#"{"at":1500,"do":"leave"},{"at":1600,"do":"return"},"#,
        r#"{"at":2000,"do":"answer","question":"net-001","response":["16"]},"#,
        r#"{"at":2100,"do":"clear","question":"net-001"},{"at":3000,"do":"hand-in"}]}"#,
    );
    assert_eq!(script.write(), written);
}

#[test]
fn every_extra_time_and_mode_of_version_1_is_read() {
    for (word, extra_time) in ["1", "1.25", "1.5", "2", "untimed"]
        .into_iter()
        .zip(ExtraTime::ALL)
    {
        let text = VERSION_1.replace("\"1.25\"", &format!("\"{word}\""));
        assert_eq!(
            Script::read(&text).expect(word).terms.extra_time,
            extra_time
        );
    }
    let text = VERSION_1.replace("\"exam\"", "\"practice\"");
    assert_eq!(
        Script::read(&text).expect("practice").terms.mode,
        Mode::Practice
    );
}

#[test]
fn what_is_written_is_read_again() {
    let mut script = begun();
    let mut sitting = script.sitting().expect("no event yet");
    let question = script.items[2].question.clone();
    let events = [
        (
            10,
            What::See {
                question: question.clone(),
            },
        ),
        (
            20,
            What::Answer {
                question: question.clone(),
                response: Response::one("α \"quoted\" \\ \u{1}"),
            },
        ),
        (30, What::Flag { question }),
        (40, What::HandIn),
    ];
    for (at, what) in events {
        assert_eq!(script.append(&mut sitting, Event { at, what }), Ok(()));
    }
    let read = Script::read(&script.write()).expect("our own");
    assert_eq!(read, script);
    assert_eq!(read.sitting().expect("sound"), sitting);
    script.candidate = Some("Ada".to_owned());
    assert_eq!(Script::read(&script.write()), Ok(script));
}

#[test]
fn a_newer_version_is_refused_in_words() {
    let newer = r#"{"events": "in some other form", "tierwise": 4}"#;
    let error = Script::read(newer).expect_err("newer");
    let alike = VERSION_1.replace("\"tierwise\": 1", "\"tierwise\": 5");
    assert_eq!(Script::read(&alike), Err(Unreadable::Newer(5)));
    assert_eq!(error, Unreadable::Newer(4));
    assert_eq!(
        error.to_string(),
        "this record was written by a newer release of Tierwise: it is of version 4, and this release reads up to version 3"
    );
}

#[test]
fn damaged_records_are_refused_with_their_place() {
    let damaged = |text: &str| match Script::read(text) {
        Err(Unreadable::Damaged(what)) => what,
        other => panic!("{other:?}"),
    };
    let cut = damaged(&VERSION_1[..VERSION_1.len() - 200]);
    assert!(cut.contains("line 2") && cut.contains("column"), "{cut}");
    assert!(damaged("").contains("line 1"));
    assert!(damaged("[]").contains("line 1"));
    assert!(damaged("{}").contains("tierwise"));
    let wrong = |from: &str, to: &str| {
        let text = VERSION_1.replacen(from, to, 1);
        assert_ne!(text, VERSION_1);
        damaged(&text)
    };
    assert!(wrong("\"tierwise\": 1", "\"tierwise\": 0").contains("version 0"));
    assert!(
        wrong("\"seed\": 9007199254740991", "\"seed\": 9007199254740992")
            .contains("9007199254740991")
    );
    assert!(wrong("\"bank\": 1", "\"bank\": 2").contains("does not name"));
    assert!(wrong("\"net-001\"}", "\"hl7-001\"}").contains("twice"));
    for order in ["cabb", "cab?", "bcd", "ABCD"] {
        assert!(
            wrong("\"cabd\"", &format!("\"{order}\"")).contains("order"),
            "{order}"
        );
    }
    let dance = wrong("\"do\": \"leave\"", "\"do\": \"dance\"");
    assert!(
        dance.starts_with("an event that is none at line "),
        "{dance}"
    );
    assert!(wrong("\"generator\"", "\"generators\"").contains("generator"));
}

#[test]
fn what_is_beyond_all_bounds_is_refused() {
    let mut script = Script::read(VERSION_1).expect("version 1");
    let item = |n: usize| Item {
        bank: 0,
        question: n.to_string(),
        order: String::new(),
    };
    script.events.clear();
    script.items = (0..1000).map(item).collect();
    assert!(Script::read(&script.write()).is_ok());
    script.items.push(item(1000));
    assert!(matches!(
        Script::read(&script.write()),
        Err(Unreadable::Damaged(_))
    ));
    script.items.truncate(1);
    script.events = vec![
        Event {
            at: 0,
            what: What::Leave
        };
        MOST_EVENTS + 1
    ];
    assert!(matches!(
        Script::read(&script.write()),
        Err(Unreadable::Damaged(_))
    ));
    script.events.pop();
    assert!(Script::read(&script.write()).is_ok());
}

#[test]
fn a_full_script_still_takes_the_end() {
    let mut script = begun();
    script.events = vec![
        Event {
            at: 0,
            what: What::Leave
        };
        MOST_EVENTS - 1
    ];
    let mut sitting = script.sitting().expect("sound");
    let leave = Event {
        at: 1,
        what: What::Leave,
    };
    assert_eq!(script.append(&mut sitting, leave), Err(Refused::ScriptFull));
    assert_eq!(
        script.append(
            &mut sitting,
            Event {
                at: 2,
                what: What::HandIn
            }
        ),
        Ok(())
    );
    assert!(Script::read(&script.write()).is_ok());
}

#[test]
fn events_out_of_order_are_named() {
    let text = VERSION_1.replace("\"at\": 1400", "\"at\": 1299");
    let script = Script::read(&text).expect("as JSON it is sound");
    let error = script.sitting().expect_err("time ran backwards");
    assert_eq!(
        error,
        BadEvent {
            index: 3,
            why: Refused::OutOfOrder
        }
    );
    assert_eq!(
        error.to_string(),
        "event 4 of this record cannot be: this is earlier than what came before it"
    );
}

#[test]
fn a_refused_event_is_not_recorded() {
    let mut script = begun();
    let mut sitting = script.sitting().expect("no event yet");
    let before = (script.clone(), sitting.clone());
    let event = Event {
        at: 1,
        what: What::Pause,
    };
    assert_eq!(
        script.append(&mut sitting, event),
        Err(Refused::MayNotPause)
    );
    assert_eq!((script, sitting), before);
}

#[test]
fn a_script_knows_its_banks() {
    let script = begun();
    let mut banks = banks();
    assert_eq!(script.matches(&banks), Ok(()));
    banks.reverse();
    banks.push(bank("c.md", &single("c-1", "")));
    assert_eq!(script.matches(&banks), Ok(()));

    banks[1] = bank("a.md", &single("a-01", ""));
    banks.remove(0);
    let mismatch = script.matches(&banks).expect_err("neither is the same");
    assert_eq!(
        mismatch,
        Mismatch {
            missing: vec!["b.md".to_owned()],
            changed: vec!["a.md".to_owned()],
        }
    );
    assert_eq!(
        mismatch.to_string(),
        "the banks are not those that this paper was drawn from; missing: b.md; changed: a.md"
    );
}
