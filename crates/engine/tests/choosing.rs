//! The types with options and fields, from a bank to what is drawn and marked.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use tierwise_engine::bank::{self, Html};
use tierwise_engine::question::{Form, Response};

/// What is tried for each question; parts are parted by `/`.
const TRIED: [(&str, &[&str]); 4] = [
    ("one-1", &["b", "a", "d", "b/c"]),
    ("many-1", &["a/b", "a", "a/c", "a/b/c", "c/d", "a/a"]),
    (
        "number-1",
        &["0.5", "0,53", " .47 ", "0.531", "1.5.2", "1,500"],
    ),
    (
        "word-1",
        &[
            "QIDO-RS",
            " qido-rs ",
            "qido",
            "search  transaction",
            "WADO",
        ],
    ),
];

#[test]
fn a_question_of_each_type_is_drawn_and_marked() {
    let bank = bank::read("more/x.md", include_bytes!("choosing/types.md").to_vec());
    assert!(bank.diagnostics().is_empty(), "{:?}", bank.diagnostics());
    let html = Html { base: "q/" };
    let mut out = String::new();
    for (id, tried) in TRIED {
        let question = bank.find(id).unwrap();
        writeln!(out, "## {id} {} {}", question.type_name(), question.rule()).unwrap();
        writeln!(out, "stem: {}", question.stem_html(&html)).unwrap();
        match question.form() {
            Form::Choices { options, most } => {
                writeln!(out, "choose {most:?}").unwrap();
                for option in options {
                    let text = question.choice_html(&html, option);
                    let why = question.rationale_html(&html, option).unwrap();
                    writeln!(
                        out,
                        "{} {text}: {why}",
                        if option.key { "key" } else { "   " }
                    )
                    .unwrap();
                }
            }
            Form::Field {
                keyboard,
                unit,
                accepted,
            } => {
                let unit = question.piece(unit);
                writeln!(out, "type {keyboard:?} {unit}").unwrap();
                for &span in accepted {
                    writeln!(out, "key {}", question.piece(span)).unwrap();
                }
            }
            _ => panic!("a type with options or a field"),
        }
        let key = question.key();
        writeln!(out, "answer: {}", key.parts().join("/")).unwrap();
        writeln!(out, "why: {}", question.explanation_html(&html).unwrap()).unwrap();
        writeln!(out, "sources: {:?}", question.sources_html(&html)).unwrap();
        for &parts in tried {
            let response = Response(parts.split('/').map(str::to_owned).collect());
            let earned = question.mark(&response);
            let refused = question.check(&response).err();
            let refused = refused.map_or(String::new(), |why| format!(", refused: {why}"));
            writeln!(out, "{parts:?} earns {earned}{refused}").unwrap();
        }
        out.push('\n');
    }
    insta::assert_snapshot!("types", out);
}
