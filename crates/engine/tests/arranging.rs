//! The types that arrange, from a bank to what is drawn and marked.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use tierwise_engine::bank::{self, Bank, Html, Question};
use tierwise_engine::fraction::Fraction;
use tierwise_engine::question::{Form, Response};

fn read(text: &str) -> Bank {
    let bank = bank::read("more/x.md", text.into());
    let found: Vec<String> = bank
        .diagnostics()
        .iter()
        .map(|found| {
            let place = bank::place(bank.source(), found.span.start);
            let name = found.code.name();
            format!("{name} {}:{} {}", place.line, place.column, found.message)
        })
        .collect();
    assert_eq!(found, [""; 0]);
    bank
}

/// All that a page shows of a question.
fn drawn(question: Question<'_>) -> String {
    let html = Html { base: "q/" };
    let mut out = String::new();
    let mut say = |name: &str, text: &str| writeln!(out, "{name}: {text}").unwrap();
    let why = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    say("##", question.id());
    say("stem", &question.stem_html(&html));
    match question.form() {
        Form::Order { items } => {
            for item in items {
                say("item", &question.choice_html(&html, item));
                say("  why", &why(question.rationale_html(&html, item)));
            }
        }
        Form::Match {
            stems,
            options,
            lettered,
        } => {
            for stem in stems {
                say(
                    &format!("give {} to", stem.key),
                    &question.cell_html(&html, stem.text),
                );
                say(
                    "  why",
                    &why(stem.rationale.map(|span| question.cell_html(&html, span))),
                );
            }
            for option in options {
                let name = if option.key { "option" } else { "distractor" };
                say(name, &question.choice_html(&html, option));
                say("  why", &why(question.rationale_html(&html, option)));
            }
            say("lettered", &lettered.to_string());
        }
        Form::Gaps(gaps) => {
            for gap in gaps {
                say(
                    &format!("gap {:?}", gap.choice),
                    &format!("{:?}", question.gap_words(gap)),
                );
            }
        }
        _ => panic!("a type that arranges"),
    }
    say("shuffled", &question.shuffled().to_string());
    say("key", &question.key().parts().join(" "));
    out
}

fn all_drawn(text: &str) -> String {
    read(text).questions().map(drawn).collect()
}

/// What the parts earn, parted by `/`.
fn earned(question: Question<'_>, parts: &str) -> String {
    let response = Response(parts.split('/').map(str::to_owned).collect());
    match question.check(&response) {
        Ok(()) => question.mark(&response).to_string(),
        Err(refusal) => {
            assert_eq!(question.mark(&response), Fraction::ZERO);
            refusal.to_string()
        }
    }
}

fn marks(text: &str, id: &str, responses: &[&str]) -> String {
    let bank = read(text);
    let question = bank.find(id).unwrap();
    let lines = responses
        .iter()
        .map(|parts| format!("{parts} -> {}\n", earned(question, parts)));
    lines.collect()
}

const ORDERING: &str = include_str!("banks/ordering.md");
const MATCHING: &str = include_str!("banks/matching.md");
const EXTENDED: &str = include_str!("banks/extended.md");
const CLOZE: &str = include_str!("banks/cloze.md");

#[test]
fn ordering() {
    insta::assert_snapshot!("ordering", all_drawn(ORDERING));
    let shown = ["ord-1", "ord-3"].map(|id| {
        marks(
            ORDERING,
            id,
            &["a/b/c/d", "b/a/c/d", "d/c/b/a", "a/b/c", "a/b/c/c"],
        )
    });
    insta::assert_snapshot!("ordering_marks", shown.join("\n"));
}

#[test]
fn matching() {
    insta::assert_snapshot!("matching", all_drawn(MATCHING));
    let responses = [
        "a/b/c/b", "a/b/c/c", "a///", "///", "e/e/e/e", "a/b/c", "a/b/c/f", "a/b/c/A",
    ];
    insta::assert_snapshot!("matching_marks", marks(MATCHING, "mat-1", &responses));
}

#[test]
fn extended() {
    insta::assert_snapshot!("extended", all_drawn(EXTENDED));
    let responses = ["a/b/c", "a/a/a", "//c", "a/b/d"];
    insta::assert_snapshot!("extended_marks", marks(EXTENDED, "ext-1", &responses));
}

#[test]
fn cloze() {
    insta::assert_snapshot!("cloze", all_drawn(CLOZE));
    let long = ["a", "", &"x".repeat(201)].join("/");
    let responses = [
        "a/ITI-18/repository",
        "a/ iti  18 /Document  Repository",
        "b/ITI-18/repositories",
        "/iti 18/",
        "//",
        "d//",
        "Registry Stored Query//",
        "a/b",
        &long,
    ];
    insta::assert_snapshot!("cloze_marks", marks(CLOZE, "clo-1", &responses));
    let bank = read(CLOZE);
    let capitals = bank.find("clo-2").unwrap();
    assert_eq!(earned(capitals, "3/a/a]]b/ß/c|d/PID"), "1");
    assert_eq!(earned(capitals, "3/a/a]]b/SS/a | b/pid"), "2/3");
}

#[test]
fn a_stem_never_shows_what_fills_its_gaps() {
    let bank = read(CLOZE);
    for question in bank.questions() {
        let html = question.stem_html(&Html { base: "" });
        let Form::Gaps(gaps) = question.form() else {
            panic!("gaps");
        };
        for gap in gaps {
            for (_, word) in question.gap_words(gap) {
                assert!(word.len() < 3 || !html.contains(&word), "{word} in {html}");
            }
        }
        for number in 0..gaps.len() {
            let place = format!("<span class=\"tw-gap\" data-gap=\"{number}\"></span>");
            assert_eq!(html.matches(&place).count(), 1, "{number} in {html}");
        }
    }
    // A fence, if it were not for the code in the gap.
    let fence = CLOZE.replace("> In a quotation", "> ```x");
    let bank = read(&fence);
    let html = bank.find("clo-2").unwrap().stem_html(&Html { base: "" });
    for number in 0..6 {
        let place = format!("<span class=\"tw-gap\" data-gap=\"{number}\"></span>");
        assert_eq!(html.matches(&place).count(), 1, "{number} in {html}");
    }
    let marks = CLOZE.replace("A consumer", "A \u{fdd0}a consumer");
    let html = read(&marks)
        .question(0)
        .unwrap()
        .stem_html(&Html { base: "" });
    assert_eq!(html.matches("data-gap=\"0\"").count(), 1);
}

/// The codes, places and texts that a question of this type and text raises.
fn faults(kind: &str, text: &str) -> Vec<String> {
    let text = format!(
        "---\ntierwise: 1\ntitle: T\ntopic: t\n---\n\n## q · Q\n`{kind}`\n\n{text}\n\n> [!NOTE]\n> So.\n"
    );
    let bank = bank::read("x.md", text.into_bytes());
    let all = bank.diagnostics().iter();
    all.filter(|found| found.code.name() != "no-questions")
        .map(|found| {
            let place = bank::place(bank.source(), found.span.start);
            let name = found.code.name();
            format!("{name} {}:{} {}", place.line, place.column, found.message)
        })
        .collect()
}

#[test]
fn what_is_wrong_is_said() {
    let many = |piece: &str, count: usize| piece.repeat(count);
    let table = "| S | O |\n| --- | --- |\n";
    let letters = "- **A** a\n- **B** b\n\nWhich?\n\n";
    let cases = [
        ("ordering", "What?".to_owned()),
        ("ordering", "What?\n\n- a\n- b".to_owned()),
        ("ordering", "What?\n\n1. a".to_owned()),
        ("ordering", format!("What?\n\n{}", many("1. a\n", 27))),
        (
            "ordering",
            "What?\n\n1. a\n2.\n3. a\n4. b\n   > c\n\n   d".to_owned(),
        ),
        ("ordering` `fixed", "What?\n\n1. a\n2. b".to_owned()),
        ("ordering", "1. a\n2. b".to_owned()),
        ("ordering", "What?\n\n1. a\n2. b\n\nStray.".to_owned()),
        ("matching", "What?".to_owned()),
        ("matching", "What?\n\n| S |\n| --- |\n| a |".to_owned()),
        (
            "matching",
            "What?\n\n| S | O | W | X |\n| --- | --- | --- | --- |\n| a | b | c | d |".to_owned(),
        ),
        (
            "matching",
            format!("What?\n\n{table}| a | |\n| | b |\n| c |\n| d | e | f |\n| g | h |"),
        ),
        ("matching", format!("What?\n\n{table}")),
        (
            "matching",
            format!("What?\n\n{table}| *x* | b |\n| *y* | c |"),
        ),
        ("matching", format!("What?\n\n{table}| a | b |")),
        ("matching", format!("What?\n\n{table}| a | b |\n| c | b |")),
        (
            "matching",
            format!("What?\n\n{table}| a | b |\n| *x* | b |\n| *x* | c |\n| d | c |\n| e | d |"),
        ),
        (
            "matching",
            format!("What?\n\n{table}{}", many("| a | b |\n", 100)),
        ),
        (
            "matching",
            format!("What?\n\n{table}| a | 1 |\n{}", many("| a | b |\n", 26)),
        ),
        ("extended", format!("What?\n\n{table}| a | A |\n| b | B |")),
        ("extended", letters.to_owned()),
        (
            "extended",
            format!("- **A** a\n- **C** b\n- c\n- **D**\n\nWhich?\n\n{table}| a | A |\n| b | B |"),
        ),
        (
            "extended",
            format!("- **A** a\n\nWhich?\n\n{table}| a | A |\n| b | A |"),
        ),
        (
            "extended",
            format!("{letters}{table}| a | C |\n| b | a |\n| c | `A`, `B` |\n| d | A |"),
        ),
        ("extended", format!("{letters}{table}| a | A |")),
        ("cloze", "No gap at all; `[[none]]`.".to_owned()),
        (
            "cloze",
            "[[]] [[ ; a]] [[*a]] [[*a; *b; c]] [[a; A]] [[`a` b]] [[a[0]]] [[*; b]]".to_owned(),
        ),
        ("cloze", "[[a [[b]] and [[c\n\nd]] e".to_owned()),
        (
            "cloze",
            "[[a]](s) [x [[b]] y](z.md) ![[[c]]](d.svg)\n\n> # Title [[d]]".to_owned(),
        ),
        ("cloze", format!("{table}| [[a | b]] |")),
        (
            "cloze",
            format!("{table}| a | b | [[c]] |\n\n[[[d]]] \\[[[e]] [[f]]"),
        ),
        ("cloze", many("[[a]] ", 27)),
        ("cloze", format!("[[{}]]", many("a", 201))),
        ("cloze", many("[[", 100_000)),
        ("cloze", format!("[[{}]]", many("a;", 100_000))),
    ];
    let mut out = String::new();
    for (kind, text) in cases {
        let shown: String = text.chars().take(90).collect();
        writeln!(out, "{kind} {shown:?}").unwrap();
        let mut found = faults(kind, &text);
        assert!(!found.is_empty(), "{kind} {shown}");
        if found.len() > 9 {
            found.drain(3..found.len() - 2);
        }
        for fault in found {
            writeln!(out, "  {fault}").unwrap();
        }
    }
    insta::assert_snapshot!("faults", out);
}
