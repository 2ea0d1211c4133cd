use std::fs;
use std::path::Path;

use tierwise_engine::question;

use crate::docs::sample;
use crate::harness::{Folder, Ran};

const BANK: &str = "questions/first-steps/web.md";

#[test]
fn a_file_is_written_once_and_then_left_alone() {
    let folder = sample().edited(BANK, "## web-001 · Asking", "##  web-001: Asking");
    let untidy = folder.read(BANK);
    let ran = folder.run("fmt --check").exits(1);
    ran.says("questions/first-steps/web.md: is not in canonical form\n");
    assert_eq!(folder.read(BANK), untidy);
    folder
        .run("fmt")
        .exits(0)
        .without_complaint()
        .says("questions/first-steps/web.md: written in canonical form\n");
    assert!(
        folder
            .read(BANK)
            .contains("\n## web-001 · Asking for studies\n`short`\n")
    );
    let tidy = folder.tree("questions");
    folder
        .run("fmt")
        .exits(0)
        .says("3 files: nothing to change\n");
    folder.run("fmt --check").exits(0);
    // Nothing else was left behind either.
    assert_eq!(folder.tree("questions"), tidy);
    folder.run("check").exits(0);
}

#[test]
fn what_has_errors_stays_as_it_is() {
    let folder = sample().edited(BANK, "`short`", "`mcq`  ");
    let before = folder.read(BANK);
    folder
        .run("fmt questions/first-steps/web.md")
        .exits(1)
        .complains("tierwise: questions/first-steps/web.md: it has errors, so it stays as it is; run tierwise check questions/first-steps/web.md");
    assert_eq!(folder.read(BANK), before);
}

#[cfg(unix)]
#[test]
fn rights_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = sample();
    fs::rename(folder.path(BANK), folder.path("kept.md")).unwrap();
    symlink(folder.path("kept.md"), folder.path(BANK)).unwrap();
    let folder = folder.edited("kept.md", "## web-001 · Asking", "##  web-001: Asking");
    let rights = fs::Permissions::from_mode(0o640);
    fs::set_permissions(folder.path("kept.md"), rights).unwrap();
    folder.run("fmt questions/first-steps/web.md").exits(0);
    assert!(
        fs::symlink_metadata(folder.path(BANK))
            .unwrap()
            .is_symlink()
    );
    assert!(folder.read("kept.md").contains("## web-001 · Asking"));
    let mode = fs::metadata(folder.path("kept.md"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn shipped_questions_and_templates_are_in_canonical_form() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Folder::new();
    let questions = here.join("../../questions");
    // The command is also built from a package of its own, without them.
    if questions.is_dir() {
        let mut command = folder.command(&["fmt", "--check"]);
        Ran::from(command.arg(questions).output().unwrap()).exits(0);
    }
    for name in question::type_names().chain(["case", "course"]) {
        let text = folder.run(&format!("new {name}")).exits(0).out;
        let file = if name == "course" {
            "c/README.md".to_owned()
        } else {
            format!("c/{name}.md")
        };
        folder.write(&file, text.as_bytes());
    }
    folder.run("fmt --check c").exits(0);
}
