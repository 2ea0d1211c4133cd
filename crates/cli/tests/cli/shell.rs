//! What holds for the command as a whole.

use clap_complete::Shell;

use crate::docs::document;
use crate::harness::Folder;

#[test]
fn each_shell_is_told_of_every_subcommand() {
    let folder = Folder::new();
    let help = folder.run("help").exits(0).out;
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let names: Vec<&str> = list
        .lines()
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(
        names.contains(&"check") && names.contains(&"completions"),
        "{names:?}"
    );
    for shell in [
        Shell::Bash,
        Shell::Elvish,
        Shell::Fish,
        Shell::PowerShell,
        Shell::Zsh,
    ] {
        let ran = folder
            .run(&format!("completions {shell}"))
            .exits(0)
            .without_complaint();
        for name in &names {
            assert!(ran.out.contains(name), "{name} for {shell}");
        }
    }
}

#[test]
fn every_subcommand_is_shown_to_tutors() {
    let help = Folder::new().run("help").exits(0).out;
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let names = list.lines().take_while(|line| line.starts_with("  "));
    let names: Vec<&str> = names
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(names.len() >= 9, "{names:?}");
    let authoring = document("docs/authoring.md");
    for name in names {
        assert!(authoring.contains(&format!("tierwise {name}")), "{name}");
    }
}

#[test]
fn colours_can_be_asked_for_and_refused() {
    let folder = Folder::with_questions("every-fault");
    let coloured = |words: &str| folder.run(words).exits(1).out.contains("\u{1b}[");
    assert!(coloured("check --color always"));
    assert!(coloured("--color always check"));
    assert!(!coloured("check --color never"));
    assert!(!coloured("check --color auto"));
}

#[test]
fn what_cannot_be_understood_ends_with_2() {
    let folder = Folder::new();
    folder.run("chekc").exits(2).complains("check");
    folder
        .run("check --format yaml")
        .exits(2)
        .complains("text, json, github");
}
