//! Files that are not what they should be: each is read, or refused with what is the matter, and never with more than that.

use std::fs;

use crate::harness::{Folder, Ran};

const BANK: &str = "\
---
tierwise: 1
title: Café
topic: hl7
---

## q-1 · The café
`single`

Which?

- [x] A
  > Yes.
- [ ] B
  > No.

> [!NOTE]
> So.[^s]

[^s]: A source
";

/// The codes and messages of what is found in this file.
fn found(bytes: &[u8]) -> Vec<(String, String)> {
    let folder = Folder::new();
    folder.write("bank.md", bytes);
    let json = folder.run("check bank.md --format json").json();
    let all = json["diagnostics"].as_array().unwrap().iter();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    all.map(|one| (text(&one["code"]), text(&one["message"])))
        .collect()
}

fn only(bytes: &[u8]) -> (String, String) {
    let found = found(bytes);
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().unwrap()
}

fn utf_16(text: &str, mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = mark.then_some(0xFEFF);
    mark.into_iter()
        .chain(text.encode_utf16())
        .flat_map(bytes)
        .collect()
}

#[test]
fn another_encoding_is_one_fault_that_says_which() {
    for mark in [true, false] {
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            let (code, message) = only(&utf_16(BANK, mark, bytes));
            assert_eq!(
                (code.as_str(), message.as_str()),
                ("not-utf8", "the file is UTF-16")
            );
        }
    }
    let windows = |byte: u8| {
        let (before, after) = BANK.split_once("é\n").unwrap();
        [before.as_bytes(), &[byte, b'\n'], after.as_bytes()].concat()
    };
    let (code, message) = only(&windows(0xE9));
    assert_eq!(code, "not-utf8");
    assert!(
        message.contains("Windows-1252, in which the byte here is `é`"),
        "{message}"
    );
    let (_, message) = only(&windows(0x92));
    assert!(message.contains("`’`"), "{message}");
    assert_eq!(only(&windows(0x81)).1, "a byte here is not UTF-8");
    assert_eq!(
        only(b"PK\x03\x04\x00\x00\xff\x80 no text").1,
        "the file is no text"
    );
}

#[test]
fn the_excerpt_stands_at_the_byte_in_question() {
    let folder = Folder::new();
    folder.write("bank.md", b"---\ntierwise: 1\ntitle: Caf\xE9\n---\n");
    folder
        .run("check bank.md")
        .exits(1)
        .says("--> bank.md:3:11")
        .says("look for “encoding” in the editor's Save as")
        .says("1 error in 1 of 1 file");
}

#[test]
fn line_ends_a_mark_and_tabs_are_read() {
    let crlf = BANK.replace('\n', "\r\n");
    let marked = format!("\u{feff}{BANK}");
    let tabs = BANK
        .replace("title: ", "title:\t")
        .replace("  > ", "\t> ")
        .replace("- [", "-\t[");
    let mixed = format!("\u{feff}{}", crlf.replace("  > ", "\t> "));
    for text in [BANK, &crlf, &marked, &tabs, &mixed] {
        assert_eq!(found(text.as_bytes()), [], "{text:?}");
    }
}

#[test]
fn half_a_file_is_an_error_wherever_it_breaks_off() {
    for end in 1..BANK.len() - 2 {
        let codes = found(&BANK.as_bytes()[..end]);
        // Without a last word, or its source's text, it is still a bank.
        let whole = BANK.find("> [!NOTE]").unwrap();
        if end < whole - 16 {
            assert!(!codes.is_empty(), "{end}");
        }
        if !BANK.is_char_boundary(end) {
            let [(code, message)] = codes.as_slice() else {
                panic!("{codes:?}");
            };
            assert_eq!(code, "not-utf8");
            assert!(message.contains("breaks off"), "{message}");
        }
    }
    assert_eq!(only(b"").1, "the file is empty");
    assert_eq!(only(b" \r\n\n").1, "the file is empty");
}

#[test]
fn front_matter_that_never_ends_is_one_fault() {
    for text in [
        "---\ntitle: A\n".to_owned(),
        format!("---\n{}", "key: value\n".repeat(500_000)),
        format!("---\n{}", "no key at all\n".repeat(500_000)),
        format!("---\ntitle: {}", "long ".repeat(1_000_000)),
        format!(
            "---\n{}",
            BANK.strip_prefix("---\n").unwrap().replacen("---\n", "", 1)
        ),
    ] {
        let mut found = found(text.as_bytes());
        found.retain(|(code, _)| !["missing-key", "unknown-key"].contains(&code.as_str()));
        let codes: Vec<&str> = found.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(codes, ["front-matter-open"], "{:.60}", text);
    }
}

#[test]
fn what_is_no_file_is_said_to_be_none() {
    let folder = Folder::with_questions("sound");
    fs::create_dir(folder.path("questions/level-2/folder.md")).unwrap();
    folder.run("check").exits(0).says("nothing to report");
    folder
        .run("check questions/level-2/folder.md")
        .exits(2)
        .complains("folder.md: holds neither banks nor course folders; name a bank, ");
    folder
        .edited("questions/level-2/README.md", "`hl7.md`", "`folder.md`")
        .run("check questions/level-2/README.md")
        .exits(1)
        .says("error[no-bank]: there is no bank `folder.md`")
        .keeps_quiet_about("blueprint-unmet");
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_and_names_that_are_not_utf_8_are_named() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    let folder = Folder::with_questions("sound");
    symlink("nowhere.md", folder.path("questions/level-2/link.md")).unwrap();
    let name = OsStr::from_bytes(b"caf\xE9.md");
    fs::write(folder.path("questions/gdpr").join(name), BANK).unwrap();
    folder
        .run("check")
        .exits(2)
        .complains("questions/level-2/link.md: is a link to what is not there; mend the link")
        .complains("questions/gdpr/caf\u{fffd}.md: the name has bytes that are not UTF-8; ");
    let mut alone = folder.command(&["check"]);
    alone.arg(folder.path("questions/gdpr").join(name));
    Ran::from(alone.output().unwrap())
        .exits(2)
        .complains("the name has bytes that are not UTF-8");
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_said_and_nothing_is_waited_for() {
    use std::fs::File;
    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;

    let folder = Folder::new().file("secret.md", BANK);
    let secret = folder.path("secret.md");
    fs::set_permissions(&secret, PermissionsExt::from_mode(0o000)).unwrap();
    // Whoever runs the tests as root may read everything.
    if File::open(&secret).is_err() {
        folder
            .run("check secret.md")
            .exits(2)
            .complains("secret.md: may not be read; give yourself the right to read it");
    }
    // A pipe that nobody writes into would be waited for without end.
    let made = Command::new("mkfifo").arg(folder.path("pipe.md")).status();
    if made.is_ok_and(|made| made.success()) {
        folder
            .run("check pipe.md")
            .exits(2)
            .complains("pipe.md: cannot be read (it is neither a file nor a folder)");
    }
    folder
        .run("check /dev/zero")
        .exits(2)
        .complains("neither a file nor a folder");
}

#[test]
fn ten_megabytes_in_a_line_are_checked() {
    let line = "word ".repeat(2 << 20);
    let text = BANK.replace("Which?", &line);
    assert_eq!(found(text.as_bytes()), []);
    let text = BANK.replace("title: Café", &format!("title: {line}"));
    assert_eq!(found(text.as_bytes()), []);
    let text = format!("---\ntierwise: 1\ntitle: x\n---\n\n## {line}");
    let folder = Folder::new().file("bank.md", &text);
    let ran = folder.run("check bank.md").exits(1);
    assert!(ran.out.len() < 2000, "{} bytes", ran.out.len());
}

#[test]
fn a_million_faults_are_counted_and_a_thousand_listed() {
    let text = format!("{} {}", BANK.trim_end(), "<b>".repeat(1_000_000));
    let folder = Folder::new().file("bank.md", &text);
    let json = folder.run("check bank.md --format json").exits(1).json();
    assert_eq!(json["errors"], 1000);
    let last = json["diagnostics"].as_array().unwrap().last().unwrap();
    assert_eq!(last["code"], "too-many");
    assert_eq!(
        last["message"],
        "999000 more faults of this file are not listed"
    );
}
