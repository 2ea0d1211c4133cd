use std::collections::BTreeSet;
use std::path::Path;
use std::process::Stdio;

use tierwise_engine::bank::{Code, LARGEST};

use crate::harness::{Folder, Ran};

#[test]
fn every_fault_is_reported_in_one_pass_with_its_place() {
    let ran = Folder::with_questions("every-fault").run("check");
    let ran = ran.exits(1).without_complaint();
    insta::assert_snapshot!("every_fault", ran.out);
}

#[test]
fn every_code_has_a_fixture_that_raises_it() {
    let folder = Folder::with_questions("every-fault");
    let all = folder.run("check --format json").exits(1).json();
    let mut raised: BTreeSet<String> = all["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|diagnostic| diagnostic["code"].as_str().unwrap().to_owned())
        .collect();
    // Made here, since nobody wants a file of this size in the tree.
    folder.write("large.md", &vec![b'#'; LARGEST + 1]);
    folder.write("many.md", "<b>\n\n".repeat(1001).as_bytes());
    let made = folder.run("check large.md many.md --format json");
    let made = made.exits(1).json();
    let made = made["diagnostics"].as_array().unwrap().iter();
    raised.extend(made.map(|one| one["code"].as_str().unwrap().to_owned()));
    let known: BTreeSet<String> = Code::ALL
        .iter()
        .map(|code| code.name().to_owned())
        .collect();
    assert_eq!(raised, known);
}

#[test]
fn a_sound_folder_has_nothing_to_report() {
    Folder::with_questions("sound")
        .run("check")
        .exits(0)
        .without_complaint()
        .says("8 files, 15 questions: nothing to report, 11 silenced\n");
}

#[test]
fn the_shipped_questions_have_no_error() {
    let questions = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../questions");
    // The command is also built from a package of its own, without them.
    if questions.is_dir() {
        let folder = Folder::new();
        let mut command = folder.command(&["check"]);
        Ran::from(command.arg(questions).output().unwrap()).exits(0);
    }
}

#[test]
fn a_path_is_a_bank_a_course_page_a_course_or_all_courses() {
    let folder = Folder::with_questions("sound");
    for (path, summary) in [
        ("questions/level-2/hl7.md", "1 file, 3 questions: "),
        ("./questions/level-2/more/dicom.md", "1 file, 3 questions: "),
        ("questions/level-2/README.md", "4 files, 9 questions: "),
        ("questions/level-2", "4 files, 9 questions: "),
        ("questions/gdpr/", "2 files, 1 question: "),
        ("questions", "8 files, 15 questions: "),
        (
            "questions/level-2/hl7.md questions questions/gdpr",
            "8 files, 15 questions: ",
        ),
        (
            "questions/level-2/hl7.md questions/level-2/hl7.md",
            "1 file, 3 questions: ",
        ),
    ] {
        folder.run(&format!("check {path}")).exits(0).says(summary);
    }
    let mut inside = folder.command(&["check", "."]);
    inside.current_dir(folder.path("questions/level-2"));
    Ran::from(inside.output().unwrap())
        .exits(0)
        .says("4 files, 9 questions: ");
}

#[test]
fn what_cannot_be_read_is_said_all_of_it_with_what_to_do() {
    Folder::new()
        .file("empty/notes.txt", "")
        .run("check nowhere empty/nothing.md empty")
        .exits(2)
        .complains("tierwise: nowhere: there is no such file or folder; name a bank, ")
        .complains("tierwise: empty/nothing.md: there is no such file or folder; ")
        .complains("tierwise: empty: holds neither banks nor course folders; ")
        .keeps_quiet_about("nothing to report");
    Folder::new()
        .run("check")
        .exits(2)
        .complains("tierwise: questions: there is no such file or folder; ");
}

#[test]
fn warnings_count_only_when_that_is_asked_for() {
    let folder = Folder::with_questions("sound").edited(
        "questions/gdpr/law.md",
        "`17`; `Article 17`\n\n> [!NOTE]\n> It has exceptions for public health.[^a17]",
        "`17`",
    );
    let summary = "3 warnings in 1 of 8 files";
    folder
        .run("check")
        .exits(0)
        .says("warning[missing-source]")
        .says(summary);
    folder.run("check --strict").exits(1).says(summary);
}

#[test]
fn json_gives_each_place() {
    let folder = Folder::new().file(
        "bank.md",
        "---\ntierwise: 1\ntitle: δ\ntopic: t\n---\n\n## q-1 · δ\n`mcq`\n\nδδ <b>?\n",
    );
    let json = folder.run("check bank.md --format json").exits(1).json();
    let places: Vec<String> = json["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| {
            let number = |name: &str| found[name].as_u64().unwrap();
            format!(
                "{} {}:{}-{}:{} {}",
                found["code"].as_str().unwrap(),
                number("line"),
                number("column"),
                number("end_line"),
                number("end_column"),
                found["text"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        places,
        ["unknown-type 8:2-8:5 mcq", "raw-html 10:4-10:7 <b>",]
    );
    assert_eq!(json["errors"], 2);
    assert_eq!(json["diagnostics"][0]["file"], "bank.md");
    assert_eq!(json["diagnostics"][0]["severity"], "error");
}

#[test]
fn github_gets_workflow_commands() {
    let ran = Folder::new()
        .file(
            "a,b.md",
            "---\ntierwise: 1\ntitle: x\n---\n\n## q-1 · T\n`m%q`\n",
        )
        .run("check a,b.md --format github")
        .exits(1);
    insta::assert_snapshot!(ran.out, @r"
    ::error file=a%2Cb.md,line=7,endLine=7,col=2,endColumn=5,title=unknown-type::`m%25q` is not a question type%0Ause a type of the bank format: single, multiple, numeric, short, ordering, matching, extended, cloze, locate, hotspot, essay
    1 error in 1 of 1 file
    ");
}

#[test]
fn a_very_long_line_is_cut_around_the_place() {
    let line = format!(
        "{}<b>{}",
        "before ".repeat(100_000),
        " after".repeat(100_000)
    );
    let text = format!(
        "---\ntierwise: 1\ntitle: x\n---\n\n## q-1 · T\n`short` `topic:t`\n\n{line}\n\n**Answer:** `a`\n"
    );
    let ran = Folder::new()
        .file("bank.md", &text)
        .run("check bank.md")
        .exits(1);
    let ran = ran
        .says("--> bank.md:9:700001\n")
        .says("before before <b> after after");
    let longest = ran.out.lines().map(|line| line.chars().count()).max();
    assert!(longest < Some(200), "{longest:?}");
}

#[test]
fn a_terminal_is_not_told_what_to_do_by_a_bank() {
    let ran = Folder::new()
        .file("bank.md", "---\ntierwise: 1\ntitle: x\n---\n\n## \u{1b}[2Jq · T\n`\u{1b}]0;x\u{7}`\n\nA\u{1b}[31m<b>\n")
        .run("check bank.md")
        .exits(1)
        .says("bad-id")
        .says("unknown-type")
        .says("raw-html");
    assert!(!ran.out.contains(['\u{1b}', '\u{7}']), "{}", ran.out);
}

#[test]
fn colours_are_for_those_who_want_them() {
    let folder = Folder::with_questions("every-fault");
    let coloured = |names: &[&str]| {
        let mut command = folder.command(&["check"]);
        for name in names {
            command.env(name, "1");
        }
        Ran::from(command.output().unwrap())
            .exits(1)
            .out
            .contains("\u{1b}[")
    };
    assert!(coloured(&["CLICOLOR_FORCE"]));
    assert!(!coloured(&["NO_COLOR"]));
    assert!(!coloured(&[]));
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let question = "## <b>\n\n";
    let text = format!(
        "---\ntierwise: 1\ntitle: x\n---\n\n{}",
        question.repeat(5000)
    );
    let folder = Folder::new().file("bank.md", &text);
    let mut command = folder.command(&["check", "bank.md"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    Ran::from(child.wait_with_output().unwrap())
        .without_complaint()
        .exits(0);
}

#[test]
fn pictures_are_looked_for_beside_the_file_that_shows_them() {
    let folder = Folder::with_questions("sound");
    std::fs::remove_file(folder.path("questions/level-2/more/img/plan.svg")).unwrap();
    folder
        .edited(
            "questions/level-2/hl7.md",
            "img/delimiters%20drawn.svg",
            "img/Delimiters%20drawn.svg",
        )
        .edited(
            "questions/level-2/README.md",
            "img/systems.svg",
            "img/..%2Fsystems.svg",
        )
        .run("check")
        .exits(1)
        .says("there is no file `img/plan.svg` here\n  --> questions/level-2/more/dicom.md:39:1")
        .says("there is no `img/Delimiters%20drawn.svg`; there is a `delimiters drawn.svg`")
        .says("`img/..%2Fsystems.svg` is neither a web address nor a file of the course")
        .says("3 errors in 3 of 8 files");
}
