use crate::harness::Folder;

#[test]
fn a_paper_reads_as_candidates_get_it() {
    let folder = Folder::with_questions("sound");
    let ran = folder
        .run("paper level-2 --seed 4")
        .exits(0)
        .without_complaint();
    for secret in [
        "Key",
        "hl7-0",
        "dcm-0",
        "[^",
        "QIDO",
        "[!NOTE]",
        "Sources",
        "The archive is full",
    ] {
        assert!(!ran.out.contains(secret), "{secret} in:\n{}", ran.out);
    }
    insta::assert_snapshot!("paper", ran.out);
}

#[test]
fn with_keys_it_can_be_proved_by_hand() {
    let ran = Folder::with_questions("sound")
        .run("paper level-2 --seed 4 --keys")
        .exits(0);
    insta::assert_snapshot!("paper_with_keys", ran.out);
}

#[test]
fn what_is_arranged_has_letters_to_write_and_lines_to_write_on() {
    let folder = Folder::with_questions("sound");
    let ran = folder.run("paper ihe-xds --seed 4").exits(0);
    for secret in [
        "Key",
        "ITI-18",
        "document repository",
        "It means",
        "[[re",
        "[^",
    ] {
        assert!(!ran.out.contains(secret), "{secret} in:\n{}", ran.out);
    }
    insta::assert_snapshot!("paper_arranging", ran.out);
    let ran = folder.run("paper ihe-xds --seed 4 --keys").exits(0);
    insta::assert_snapshot!("paper_arranging_with_keys", ran.out);
}

#[test]
fn the_seed_decides() {
    let folder = Folder::with_questions("sound");
    let paper = |seed: &str| {
        folder
            .run(&format!("paper level-2 --seed {seed}"))
            .exits(0)
            .out
    };
    assert_eq!(paper("4"), paper("4"));
    // Of the orders that there are, ten seeds give more than one.
    let papers: std::collections::BTreeSet<String> = (1..=10)
        .map(|seed| {
            paper(&seed.to_string())
                .split_once("Question 1")
                .unwrap()
                .1
                .to_owned()
        })
        .collect();
    assert!(papers.len() > 1);
}

#[test]
fn what_cannot_be_drawn_is_said() {
    let folder = Folder::with_questions("sound");
    folder
        .run("paper level-9 --seed 4")
        .exits(2)
        .complains("there is no course `level-9` in questions; there are: gdpr, ihe-xds, level-2");
    folder
        .run("paper level-2 --seed 9007199254740992")
        .exits(2)
        .complains("a seed is a whole number from 0 to 9007199254740991");
    folder
        .edited("questions/level-2/README.md", "| 1 | 2 |", "| 1 | 9 |")
        .run("paper level-2 --seed 4")
        .exits(1)
        .complains("no paper can be drawn: 1 error in Level 2: HL7 & DICOM <draft>; run tierwise check questions/level-2");
}
