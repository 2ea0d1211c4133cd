use tierwise_engine::bank::{self, Bank};
use tierwise_engine::course;
use tierwise_engine::paper::{self, Seed};
use tierwise_engine::question::Response;
use tierwise_engine::script::Script;
use tierwise_engine::sitting::{Certainty, Event, ExtraTime, Mode, Terms, What};

use crate::harness::Folder;

/// What the candidate wrote.
const ESSAY: &str = "I tell the theatres.\nNothing is deleted.";

/// The script of a sitting in which every question but those named is answered by its key.
fn script(folder: &Folder, otherwise: &[(&str, Option<&str>)]) -> Script {
    let read = |path: &str| std::fs::read(folder.path("questions/level-2").join(path)).unwrap();
    let course = course::read("level-2", read("README.md"));
    let banks: Vec<Bank> = course
        .bank_paths()
        .into_iter()
        .map(|path| bank::read(path, read(path)))
        .collect();
    let paper = paper::exam(&course, &banks, Seed::new(4).unwrap()).unwrap();
    let questions: Vec<_> = paper
        .items
        .iter()
        .map(|item| item.find(&banks).unwrap())
        .collect();
    let answers: Vec<(String, Option<Response>)> = questions
        .iter()
        .map(|question| {
            let other = otherwise.iter().find(|(id, _)| *id == question.id());
            let response = match other {
                Some((_, response)) => response.map(Response::one),
                None if question.is_marked_by_a_person() => Some(Response::one(ESSAY)),
                None => Some(question.key()),
            };
            (question.id().to_owned(), response)
        })
        .collect();
    let terms = Terms {
        mode: Mode::Exam,
        minutes: course.minutes(),
        extra_time: ExtraTime::None,
        may_go_back: true,
        may_pause: false,
        confidence: false,
    };
    let candidate = Some("N. 7".to_owned());
    let mut script = Script::begin(
        "s-1".to_owned(),
        &course,
        &banks,
        paper,
        terms,
        0,
        candidate,
    );
    let mut sitting = script.sitting().unwrap();
    let mut at = 0;
    let mut append = |what| {
        at += 10_000;
        script.append(&mut sitting, Event { at, what }).unwrap();
    };
    for (question, response) in answers {
        append(What::See {
            question: question.clone(),
        });
        if let Some(response) = response {
            append(What::Answer { question, response });
        }
    }
    append(What::HandIn);
    script
}

fn with_script(otherwise: &[(&str, Option<&str>)]) -> Folder {
    let folder = Folder::with_questions("sound");
    let json = script(&folder, otherwise).write();
    folder.file("ada.json", &json)
}

#[test]
fn a_script_is_marked_again_to_the_same_marks() {
    let ran = with_script(&[
        ("hl7-002", Some("a")),
        ("dcm-001", Some("WADO")),
        ("dcm-003", None),
    ])
    .run("mark ada.json")
    .exits(0)
    .without_complaint();
    insta::assert_snapshot!("marked", ran.out);
}

#[test]
fn json_gives_exact_marks() {
    let folder = with_script(&[("hl7-002", Some("a"))]);
    let json = folder.run("mark ada.json --format json").exits(0).json();
    let script = &json["scripts"][0];
    assert_eq!(script["file"], "ada.json");
    assert_eq!(script["candidate"], "N. 7");
    // Two of three options are as the key has them, of two marks.
    assert_eq!(script["total"]["earned"], "25/3");
    assert_eq!(script["total"]["open"], "3");
    assert_eq!(script["total"]["full"], "12");
    assert_eq!(script["pass_mark"], "36/5");
    assert_eq!(script["verdict"], "open");
    assert_eq!(script["ended"], "handed-in");
    assert_eq!(script["topics"][0]["topic"], "hl7/structure");
    assert_eq!(script["topics"][0]["earned"], "10/3");
}

#[test]
fn pauses_absences_and_certainty_are_told_beside_the_marks() {
    let folder = Folder::with_questions("sound");
    let mut script = script(&folder, &[("dcm-001", Some("WADO"))]);
    script.terms.may_pause = true;
    script.terms.confidence = true;
    let mut sitting = {
        let mut empty = script.clone();
        empty.events.clear();
        empty.sitting().unwrap()
    };
    let mut at = 0;
    let mut append = |script: &mut Script, after: u64, what| {
        at += after;
        script.append(&mut sitting, Event { at, what }).unwrap();
    };
    for event in std::mem::take(&mut script.events) {
        let What::Answer { question, .. } = &event.what else {
            continue;
        };
        let level = match question.as_str() {
            "dcm-001" => Some(Certainty::High),
            "dcm-003" => Some(Certainty::Middling),
            _ => None,
        };
        let question = question.clone();
        append(&mut script, 1_000, event.what);
        if let Some(level) = level {
            append(&mut script, 0, What::Confidence { question, level });
        }
    }
    for (after, what) in [
        (1_000, What::Leave),
        (70_000, What::Return),
        (1_000, What::Pause),
        (300_000, What::Leave),
        (300_000, What::Return),
        (5_000, What::Resume),
        (1_000, What::HandIn),
    ] {
        append(&mut script, after, what);
    }
    assert_eq!(script.tierwise, 3);
    let folder = folder.file("ada.json", &script.write());
    // Of eight questions that a program marks one is wrong, at certainty 3, one right at 2, the others right without a word.
    folder
        .run("mark ada.json")
        .exits(0)
        .says("  The clock stood for 10 min 5 s of that\n  Left the page 1 time, 1 min 10 s in all\n")
        .says("  Certainty, beside the marks: 2 of 24 points\n    at 1: 6 of 6 answers right\n    at 2: 1 of 1 answer right\n    at 3: 0 of 1 answer right\n");
    let json = folder.run("mark ada.json --format json").exits(0).json();
    let one = &json["scripts"][0];
    assert_eq!(one["paused"], 605_000);
    assert_eq!(one["absences"]["count"], 1);
    assert_eq!(one["absences"]["milliseconds"], 70_000);
    assert_eq!(one["certainty"]["score"], "2");
    assert_eq!(one["certainty"]["most"], 24);
    assert_eq!(one["certainty"]["levels"][2]["answers"], 1);
    assert_eq!(one["certainty"]["levels"][2]["right"], "0");
    let schema = serde_json::from_str(&crate::docs::document("docs/result.schema.json")).unwrap();
    assert!(crate::schema::accepts(&schema, &schema, &json), "{json}");
}

#[test]
fn a_script_whose_bank_changed_or_went_cannot_be_marked() {
    let changed = with_script(&[]).edited(
        "questions/level-2/hl7.md",
        "The repetition separator.[^ch2]",
        "It repeats.[^ch2]",
    );
    std::fs::remove_file(changed.path("questions/level-2/more/dicom.md")).unwrap();
    changed
        .run("mark ada.json")
        .exits(1)
        .says("ada.json: cannot be marked: ")
        .says("missing: more/dicom.md; changed: hl7.md");
    let json = changed.run("mark ada.json --format json").exits(1).json();
    assert!(
        json["scripts"][0]["error"]
            .as_str()
            .unwrap()
            .contains("changed: hl7.md")
    );
    assert!(json["scripts"][0].get("total").is_none());
}

#[test]
fn a_changed_course_page_is_said_and_stops_nothing() {
    with_script(&[])
        .edited("questions/level-2/README.md", "pass: 60 %", "pass: 90 %")
        .run("mark ada.json")
        .exits(0)
        .says("pass mark 7 1/5 (60 %): ")
        .says("The course page has changed since");
}

#[test]
fn each_script_stands_for_itself() {
    with_script(&[])
        .file("torn.json", "{\"tierwise\":1,\"id\":")
        .file("newer.json", "{\"tierwise\":99}")
        .run("mark torn.json ada.json newer.json")
        .exits(1)
        .says("torn.json: cannot be marked: this record is damaged: ")
        .says("newer.json: cannot be marked: this record was written by a newer release")
        .says("9 to 12 of 12 marks (75.0 % to 100.0 %)");
    let elsewhere = with_script(&[]);
    std::fs::remove_dir_all(elsewhere.path("questions/level-2")).unwrap();
    elsewhere
        .run("mark ada.json")
        .exits(1)
        .says("cannot be marked: there is no course `level-2` here");
}

#[test]
fn a_terminal_is_not_told_what_to_do_by_a_script() {
    let folder = Folder::with_questions("sound");
    let mut steering = script(&folder, &[]);
    steering.candidate = Some("Ada\u{1b}[2J".to_owned());
    let marked = steering.write();
    steering.banks[0].path = "\u{1b}[2J".to_owned();
    let unmarked = steering.write();
    let ran = folder
        .file("a.json", &marked)
        .file("b.json", &unmarked)
        .run("mark a.json b.json")
        .exits(1)
        .says("Ada");
    assert!(!ran.out.contains('\u{1b}'), "{}", ran.out);
}

#[test]
fn a_script_that_is_not_there_is_said() {
    with_script(&[])
        .run("mark ada.json nowhere.json")
        .exits(2)
        .complains("tierwise: nowhere.json: there is no such file; name the record of a sitting");
}

#[test]
fn an_essay_is_open_until_it_is_marked() {
    let folder = with_script(&[]);
    folder
        .run("mark ada.json")
        .exits(0)
        .says("9 to 12 of 12 marks (75.0 % to 100.0 %); pass mark 7 1/5 (60 %): open until the essays are marked")
        .says("crisis         0 to 3 of 3 marks (0.0 % to 100.0 %), 1 question")
        .says("point-003, 7 words: to be marked, at most --award point-003=2,1\n")
        .says("      - of 2  Tells *people*\n      - of 1  Protects the images\n")
        .says("      | I tell the theatres.\n      | Nothing is deleted.\n");
    let json = folder.run("mark ada.json --format json").exits(0).json();
    assert_eq!(
        json["scripts"][0]["essays"],
        serde_json::json!([{
            "question": "point-003", "words": 7, "earned": "0", "open": "3", "full": "3", "marks": null, "marked_by": null
        }])
    );
    // One that nobody wrote is no essay to mark, and earns nothing.
    with_script(&[("point-003", None)])
        .run("mark ada.json")
        .exits(0)
        .says("9 of 12 marks (75.0 %)")
        .keeps_quiet_about("Essays");
}

#[test]
fn a_tutor_gives_marks_in_a_new_file() {
    let folder = with_script(&[]);
    let before = folder.read("ada.json");
    let ran = folder
        .run("mark ada.json --award point-003=1,1 --out marked.json")
        .exits(0)
        .without_complaint()
        .says("marked.json\n")
        .says("11 of 12 marks (91.7 %); pass mark 7 1/5 (60 %): pass\n")
        .says("point-003, 7 words: 2 of 3 marks, given by a tutor\n")
        .says("      1 of 2  Tells *people*\n");
    assert_eq!(folder.read("ada.json"), before);
    assert_eq!(folder.run("mark marked.json").exits(0).out, ran.out);
    let written = Script::read(&folder.read("marked.json")).unwrap();
    assert_eq!(written.tierwise, 2);
    assert_eq!(
        written.events.len(),
        Script::read(&before).unwrap().events.len() + 1
    );
    // Marking it anew replaces the marks, in another file again.
    folder
        .run("mark marked.json --award point-003=0,1 --out again.json --format json")
        .exits(0)
        .says("\"marked_by\": \"tutor\"")
        .says("\"earned\": \"10\"");
}

#[test]
fn marks_that_cannot_be_given_are_said_and_nothing_is_written() {
    let folder = with_script(&[("dcm-001", Some("WADO"))]);
    for (award, why) in [
        (
            "point-003=3,0",
            "the marks given to question `point-003` do not fit its rubric",
        ),
        ("point-003=1", "do not fit its rubric"),
        (
            "hl7-002=1",
            "the marks given to question `hl7-002` do not fit its rubric",
        ),
        (
            "point-009=1,1",
            "marks for `point-009`: the paper has no such question",
        ),
    ] {
        folder
            .run(&format!("mark ada.json --award {award} --out new.json"))
            .exits(1)
            .says("ada.json: cannot be marked: ")
            .says(why);
        assert!(!folder.path("new.json").exists(), "{award}");
    }
    for award in [
        "point-003",
        "=1,1",
        "point-003=1,x",
        "point-003=256,1",
        "point-003=",
    ] {
        folder
            .run(&format!("mark ada.json --award {award} --out new.json"))
            .exits(2)
            .complains("invalid value");
    }
    let before = folder.read("ada.json");
    folder
        .run("mark ada.json --award point-003=1,1 --out ada.json")
        .exits(2)
        .complains("ada.json: there is such a file already; name a new one");
    assert_eq!(folder.read("ada.json"), before);
    folder
        .run("mark ada.json --award point-003=1,1 --out nowhere/new.json")
        .exits(2)
        .complains("new.json: cannot be written");
    folder
        .run("mark ada.json --award point-003=1,1")
        .exits(2)
        .complains("--out");
    folder
        .run("mark ada.json --out new.json")
        .exits(2)
        .complains("--award");
    folder
        .run("mark ada.json ada.json --award point-003=1,1 --out new.json")
        .exits(2)
        .complains("marks are given in one script at a time; name one");
    let mut open = script(&folder, &[]);
    open.events.pop();
    let folder = folder.file("open.json", &open.write());
    folder
        .run("mark open.json --award point-003=1,1 --out new.json")
        .exits(1)
        .says(
            "marks for `point-003`: marks are given after the end, or in practice after feedback",
        );
}
