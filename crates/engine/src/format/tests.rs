use super::*;

fn formatted(text: &str) -> String {
    let read = bank::read("a.md", text.as_bytes().to_vec());
    assert!(read.is_usable(), "{:?}", read.diagnostics());
    let Ok(text) = super::bank(&read) else {
        panic!("no canonical form of {text:?}");
    };
    text
}

#[test]
fn everything_comes_into_its_form_and_no_comment_is_lost() {
    let untidy = "\u{feff}---\r\ntopic:   a/b  \r\n# of the licence\r\nlicence : CC-BY-4.0\r\n\r\ntitle: \"T\"\r\ntierwise: 1\r\n# at the end\r\n---\r\n# Part \r\n<!-- kept  \r\n  as it is -->\r\n\r\n\r\n##  q-1 - A title ##\r\n\r\n<!-- allow x: y -->\r\n`multiple`  `outcome:2` `difficulty: 1`\r\n`topic:c`\r\n\r\n\r\nWhat  \r\nnow? \t\r\n\r\n```hl7\r\nMSH|  \r\n\r\n\r\nPID|\r\n```\r\n\r\n|A|*B*|\r\n|:-|---|\r\n|a `x\\|y`||\r\n\r\n*   [X]   One\r\n    two  \r\n    >because\r\n    >\r\n    >    code  \r\n* [ ]  Other\r\n\r\n>[!NOTE]\r\n>So.[^s]\r\n[^s]: Source\r\n\r\n[^t]: Other,\r\n    going on[^s]\r\n\r\n\r\n";
    let tidy = "---\ntierwise: 1\ntitle: \"T\"\ntopic: a/b\n# of the licence\nlicence: CC-BY-4.0\n# at the end\n---\n\n# Part\n\n<!-- kept  \n  as it is -->\n\n## q-1 · A title\n\n<!-- allow x: y -->\n\n`multiple` `topic:c` `difficulty:1` `outcome:2`\n\nWhat\\\nnow?\n\n```hl7\nMSH|  \n\n\nPID|\n```\n\n| A        | *B* |\n| :------- | --- |\n| a `x\\|y` |     |\n\n- [x] One\n  two\n  > because\n  >\n  >    code\n- [ ] Other\n\n> [!NOTE]\n> So.[^s]\n\n[^s]: Source\n[^t]: Other,\n    going on[^s]\n";
    assert_eq!(formatted(untidy), tidy);
    assert_eq!(formatted(tidy), tidy);
}

#[test]
fn lists_that_touch_stay_two() {
    let page = "---\ntierwise: 1\ntitle: T\ntier: 1\nminutes: 9\npass: 50\n---\n\n* one\n+ two\n\n## Blueprint\n\n| Bank | Topic | Easy | Middling | Hard |\n|-|-|-|-|-|\n| a.md | t | 1 | 0 | 0 |\n";
    let read = course::read("x", page.into());
    let text = super::course(&read);
    let text = text.as_deref().unwrap_or_default();
    assert!(
        text.contains("---\n\n* one\n\n+ two\n\n## Blueprint\n\n| Bank "),
        "{text}"
    );
}

#[test]
fn what_no_cell_shows_is_not_lost() {
    let table = "| A | B |\n|--|--|\n| 1 | 2 | 3 |";
    let bank = format!(
        "---\ntierwise: 1\ntitle: T\ntopic: t\n---\n\n## q · Q\n`short`\n\nWhat?\n\n{table}\n\n**Answer:** `a`\n"
    );
    assert_eq!(formatted(&bank), bank);
}

#[test]
fn long_tables_are_not_filled_up() {
    let long = "x".repeat(118);
    let bank = format!(
        "---\ntierwise: 1\ntitle: T\ntopic: t\n---\n\n## q · Q\n`short`\n\n|A|B|\n|--|:-:|\n|{long}||\n\n**Answer:** `a`\n"
    );
    let tidy = format!("| A | B |\n| --- | :-: |\n| {long} | |\n");
    assert!(formatted(&bank).contains(&tidy), "{}", formatted(&bank));
}

#[test]
fn a_lone_carriage_return_breaks_nothing() {
    let bank = "---\ntierwise: 1\ntitle: T\ntopic: t\n---\n\n## q · Q\n`short`\n\n* one\n+ two\n\r\n\nWhat?\n\n**Answer:** `a`\n\n\r> [!NOTE]\n> So.\n";
    let text = formatted(bank);
    assert_eq!(formatted(&text), text);
}
