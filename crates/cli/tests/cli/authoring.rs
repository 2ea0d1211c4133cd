//! What docs/authoring.md and README.md say of the bank format, held against the command.

use std::collections::BTreeSet;
use std::fs;

use tierwise_engine::bank::{self, Code, Diagnostic, LARGEST, Severity};
use tierwise_engine::question::{Form, Most, Response};

use crate::docs::{Fence, SAMPLE, document, fences, rows, sample};
use crate::harness::Folder;

fn authoring() -> String {
    document("docs/authoring.md")
}

/// The part of `text` under this heading, to the next of its rank.
fn section<'t>(text: &'t str, heading: &str) -> &'t str {
    let rank = heading.split(' ').next().unwrap();
    let (_, rest) = text.split_once(&format!("\n{heading}\n")).unwrap();
    rest.split(&format!("\n{rank} ")).next().unwrap()
}

/// The names of files and the codes that `tierwise check` finds in them.
fn raised(folder: &Folder) -> BTreeSet<(String, String)> {
    let json = folder.run("check --format json").json();
    let word = |value: &serde_json::Value| {
        let text = value.as_str().unwrap();
        text.rsplit('/').next().unwrap().to_owned()
    };
    let all = json["diagnostics"].as_array().unwrap();
    all.iter()
        .map(|found| (word(&found["file"]), word(&found["code"])))
        .collect()
}

/// The codes of [`raised`], without what the course page says only because a bank was changed for the worse.
fn codes(folder: &Folder, changed: &str) -> BTreeSet<String> {
    let all = raised(folder).into_iter();
    all.filter(|(file, code)| {
        changed == "README.md" || file != "README.md" || code != "faulty-bank"
    })
    .map(|(_, code)| code)
    .collect()
}

fn set(codes: &[&str]) -> BTreeSet<String> {
    codes.iter().map(|&code| code.to_owned()).collect()
}

#[test]
fn the_table_has_every_code_in_order_with_its_severity() {
    let authoring = authoring();
    let written: Vec<(String, String)> = rows(section(&authoring, "## Every diagnostic"))
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    let known: Vec<(String, String)> = Code::ALL
        .iter()
        .map(|code| {
            let name = code.name();
            let severity = match code.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            (format!("[`{name}`](#{name})"), severity.to_owned())
        })
        .collect();
    assert_eq!(written, known);
}

/// The fault of a code that no change to a text makes, and all that is raised by it.
fn by_hand(code: &str) -> Option<(Folder, BTreeSet<String>)> {
    let folder = sample();
    let web = format!("{SAMPLE}web.md");
    let expected = set(&[code]);
    match code {
        "not-utf8" => {
            let text = folder.read(&web);
            let (before, after) = text.split_once("DICOM by web").unwrap();
            let bytes = [before.as_bytes(), b"Caf\xE9", after.as_bytes()].concat();
            folder.write(&web, &bytes);
        }
        "too-large" => {
            folder.write(&web, &vec![b'#'; LARGEST + 1]);
        }
        "too-many" => {
            let text = folder.read(&web).trim_end().to_owned() + &" <b>".repeat(1001);
            folder.write(&web, text.as_bytes());
            return Some((folder, set(&[code, "raw-html"])));
        }
        "key-position" => {
            let mut text = folder.read(&web);
            for at in 1..=8 {
                text = text.replace(
                    "\n[^ps318]:",
                    &format!(
                        "\n## key-{at} · T\n`single`\n\nWhich of {at}?\n\n- [x] A\n  > R.\n- [ ] B\n  > R.\n- [ ] C\n  > R.\n\n\
                         > [!NOTE]\n> So.[^ps318]\n\n[^ps318]:"
                    ),
                );
            }
            folder.write(&web, text.as_bytes());
        }
        "unknown-topic" => {
            let page = "| Topic | What it holds | Where to learn more |\n| --- | --- | --- |\n| `hl7/structure` | Segments | HL7 v2.5.1 |\n";
            folder.write("questions/framework.md", page.as_bytes());
        }
        "course-folder" => {
            fs::rename(folder.path(SAMPLE), folder.path("questions/first steps")).unwrap();
        }
        "no-course-page" => fs::remove_file(folder.path(&format!("{SAMPLE}README.md"))).unwrap(),
        _ => return None,
    }
    Some((folder, expected))
}

/// What a block of differences takes out and what it puts there instead.
fn sides(differences: &str) -> (String, String) {
    let side = |other: char| {
        let lines = differences.lines().filter(|line| !line.starts_with(other));
        let lines: Vec<&str> = lines.map(|line| line.get(2..).unwrap_or("")).collect();
        lines.join("\n")
    };
    (side('+'), side('-'))
}

/// Where [`example_of`] puts a bank.
const EXAMPLE: &str = "questions/example.md";

/// A folder with the example of a type as its only bank.
fn example_of(fences: &[Fence], kind: &str) -> Folder {
    let of_kind = |fence: &&Fence| fence.language == "markdown" && fence.heading == kind;
    let example = fences.iter().find(of_kind).unwrap();
    let front = "---\ntierwise: 1\ntitle: An example\n---\n\n";
    Folder::new()
        .file(EXAMPLE, &format!("{front}{}", example.text))
        .file("questions/frame.svg", "<svg/>")
}

#[test]
fn every_wrong_example_raises_just_its_code() {
    let fences = fences(&authoring());
    for code in Code::ALL {
        let name = code.name();
        let examples: Vec<&Fence> = fences
            .iter()
            .filter(|fence| fence.heading == name)
            .collect();
        if let Some((folder, expected)) = by_hand(name) {
            assert!(examples.is_empty(), "{name} is made by hand");
            assert_eq!(codes(&folder, "web.md"), expected, "{name}");
            continue;
        }
        let [example] = examples.as_slice() else {
            panic!("{} examples of {name}", examples.len());
        };
        let (wrong, right) = sides(&example.text);
        if !example.name.ends_with(".md") {
            let folder = example_of(&fences, &example.name).edited(EXAMPLE, &right, &wrong);
            let mut codes = codes(&folder, "example.md");
            codes.retain(|code| code != "no-questions" && code != "no-course-page");
            assert_eq!(codes, set(&[name]), "{name}");
            continue;
        }
        let path = format!("{SAMPLE}{}", example.name);
        let folder = sample().edited(&path, &right, &wrong);
        if *code == Code::FaultyBank {
            // It says what follows from another fault.
            let of_page = raised(&folder).into_iter();
            let of_page: BTreeSet<String> = of_page
                .filter(|(file, _)| file == "README.md")
                .map(|(_, code)| code)
                .collect();
            assert_eq!(of_page, set(&[name]));
        } else {
            assert_eq!(codes(&folder, &example.name), set(&[name]), "{name}");
        }
    }
}

#[test]
fn every_sound_example_raises_nothing() {
    assert_eq!(raised(&sample()), BTreeSet::new());
    let parts: Vec<Fence> = fences(&authoring())
        .into_iter()
        .filter(|fence| fence.language == "markdown" && fence.name.is_empty())
        .collect();
    assert!(parts.len() >= 4, "an example of each type");
    for part in &parts {
        let folder = example_of(std::slice::from_ref(part), &part.heading);
        let mut expected = BTreeSet::new();
        expected.insert(("README.md".to_owned(), "no-course-page".to_owned()));
        assert_eq!(raised(&folder), expected, "{}", part.heading);
    }
}

#[test]
fn every_block_is_of_a_kind_that_is_tested_or_no_bank() {
    for fence in fences(&authoring()) {
        let known = match fence.language.as_str() {
            "text" | "console" => fence.name.is_empty(),
            "markdown" => !fence.text.starts_with("---") || !fence.name.is_empty(),
            "diff" => Code::ALL.iter().any(|code| code.name() == fence.heading),
            _ => false,
        };
        assert!(known, "{fence:?}");
    }
}

#[test]
fn every_type_is_shown_and_read() {
    let authoring = authoring();
    let (_, types) = Code::UnknownType.remedy().split_once(": ").unwrap();
    assert_eq!(types.split(", ").count(), 11);
    for name in types.split(", ") {
        assert!(authoring.contains(&format!("\n### `{name}`\n")), "{name}");
        let bank =
            format!("---\ntierwise: 1\ntitle: T\n---\n\n## a · T\n`{name}` `topic:t`\n\nWhat?\n");
        let read = bank::read("a.md", bank.into_bytes());
        let unknown = |found: &Diagnostic| found.code == Code::UnknownType;
        assert!(!read.diagnostics().iter().any(unknown), "{name}");
    }
}

/// The six options of the worked table, of which a, b and d are keys.
fn worked(rule: &str) -> bank::Bank {
    let options = "- [x] A\n- [x] B\n- [ ] C\n- [x] D\n- [ ] E\n- [ ] F\n";
    let bank = format!(
        "---\ntierwise: 1\ntitle: T\n---\n\n## q · T\n`multiple` `topic:t` `rule:{rule}`\n\nWhich?\n\n{options}"
    );
    let bank = bank::read("worked.md", bank.into_bytes());
    assert!(bank.is_usable(), "{:?}", bank.diagnostics());
    bank
}

#[test]
fn the_worked_table_of_marking_rules_is_right() {
    let authoring = authoring();
    let section = section(&authoring, "### `multiple`");
    let heads: Vec<&str> = section
        .lines()
        .filter(|line| line.starts_with("| Ticked"))
        .collect();
    let rules: Vec<&str> = heads[0].trim_matches('|').split('|').skip(1).collect();
    let rules: Vec<&str> = rules
        .iter()
        .map(|rule| rule.trim().trim_matches('`'))
        .collect();
    let (_, worked_table) = section.split_once("| Ticked").unwrap();
    let rows = rows(worked_table);
    assert_eq!((rules.len(), rows.len()), (5, 6));
    for row in rows {
        let letters = row[0].split(' ').filter(|part| part.len() == 1);
        let response = Response(letters.map(str::to_owned).collect());
        for (rule, written) in rules.iter().zip(&row[1..]) {
            let bank = worked(rule);
            let question = bank.question(0).unwrap();
            let Form::Choices { most, .. } = question.form() else {
                panic!("no options");
            };
            let offered = !response.parts().is_empty() || most == Most::AnyOrNone;
            let got = match question.check(&response) {
                _ if !offered => "not offered".to_owned(),
                Err(_) => "not taken".to_owned(),
                Ok(()) => question.mark(&response).to_string(),
            };
            assert_eq!(&got, written, "{rule}, {}", row[0]);
        }
    }
}

#[test]
fn the_worked_table_of_orders_is_right() {
    let authoring = authoring();
    let section = section(&authoring, "### `ordering`");
    let (_, worked_table) = section.split_once("| Order |").unwrap();
    let rows = rows(worked_table);
    assert_eq!(rows.len(), 5);
    for row in rows {
        let response = Response(row[0].split(' ').map(str::to_owned).collect());
        for (rule, written) in ["pairs", "exact", "positions", "adjacent"]
            .iter()
            .zip(&row[1..])
        {
            let text = format!(
                "---\ntierwise: 1\ntitle: T\n---\n\n## q · T\n`ordering` `topic:t` `rule:{rule}`\n\nWhich?\n\n1. A\n2. B\n3. C\n4. D\n5. E\n"
            );
            let bank = bank::read("worked.md", text.into_bytes());
            let question = bank.question(0).unwrap();
            assert_eq!(question.check(&response), Ok(()));
            assert_eq!(
                &question.mark(&response).to_string(),
                written,
                "{rule}, {}",
                row[0]
            );
        }
    }
}

#[test]
fn the_bank_of_the_readme_reads_as_it_says() {
    let blocks = fences(&document("README.md"));
    let of = |language: &str| -> Vec<&str> {
        let found = blocks.iter().filter(|fence| fence.language == language);
        found.map(|fence| fence.text.as_str()).collect()
    };
    let [bank] = of("markdown")[..] else {
        panic!("one bank");
    };
    let [_, sound, faulty] = of("console")[..] else {
        panic!("three things to type or to read");
    };
    let folder = Folder::new().file("net.md", bank);
    let ran = folder.run("check net.md --strict").exits(0);
    assert_eq!(sound.split_once('\n').unwrap().1, ran.out);
    let folder = folder.edited("net.md", "difficulty:2", "difficulty:easy");
    assert_eq!(faulty, folder.run("check net.md").exits(1).out);
}
