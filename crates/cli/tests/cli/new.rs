use std::fs;

use tierwise_engine::bank::{self, Code};
use tierwise_engine::question;

use crate::harness::Folder;

/// The types of the bank format, whether this release reads them or not.
fn types() -> Vec<&'static str> {
    let (_, types) = Code::UnknownType.remedy().split_once(": ").unwrap();
    types.split(", ").collect()
}

#[test]
fn every_type_has_a_template_that_is_a_sound_bank() {
    let folder = Folder::new().file("picture.svg", "<svg/>");
    let built: Vec<&str> = question::type_names().collect();
    assert!(built.iter().all(|name| types().contains(name)));
    for name in types() {
        let ran = folder
            .run(&format!("new {name}"))
            .exits(0)
            .without_complaint();
        let tag = format!("\n`{name}` ");
        assert_eq!(ran.out.matches(&tag).count(), 1, "{}", ran.out);
        if !built.contains(&name) {
            continue;
        }
        folder.write("bank.md", ran.out.as_bytes());
        folder
            .run("check bank.md")
            .exits(0)
            .says("1 file")
            .keeps_quiet_about("error");
        let bank = bank::read("bank.md", ran.out.into_bytes());
        let question = bank.question(0).unwrap();
        assert_eq!((bank.len(), question.type_name()), (1, name));
        assert!(question.has_explanation() && question.sources().count() == 1);
    }
}

#[test]
fn a_new_course_with_a_new_bank_can_be_sat() {
    for bank in ["single", "case"] {
        let folder = Folder::new();
        folder
            .run(&format!("new {bank} --out questions/a/bank.md"))
            .exits(0)
            .without_complaint();
        folder
            .run("new course --out questions/a/README.md")
            .exits(0);
        if bank == "case" {
            // Its questions are drawn together, by the column of cases.
            let page = folder.read("questions/a/README.md");
            let page = page
                .replace("| Hard |", "| Hard | Cases |")
                .replace("---- |\n| bank", "---- | --- |\n| bank");
            let page = page.replace("| 1        | 0    |", "| 0 | 0 | 1 |");
            folder.write("questions/a/README.md", page.as_bytes());
        }
        folder.run("check").exits(0).keeps_quiet_about("error");
        folder
            .run("paper a --seed 1")
            .exits(0)
            .says("## Question 1");
    }
}

#[test]
fn what_is_there_stays_as_it_is() {
    let folder = Folder::new().file("bank.md", "mine");
    folder
        .run("new single --out bank.md")
        .exits(2)
        .complains("bank.md: is there already and stays as it is; name another file");
    assert_eq!(folder.read("bank.md"), "mine");
    folder
        .run("new single --out bank.md/below.md")
        .exits(2)
        .complains("bank.md/below.md: cannot be written");
    folder
        .run("new thing")
        .exits(2)
        .complains("possible values: single, ");
    assert_eq!(fs::read_dir(folder.path(".")).unwrap().count(), 1);
}
