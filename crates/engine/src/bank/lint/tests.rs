//! What each rule finds, and what it leaves alone.

use super::*;
use crate::bank;

/// A bank of these questions, each a heading, a tag line and what follows.
fn bank_of(body: &str) -> Bank {
    let text = format!("---\ntierwise: 1\ntitle: T\ntopic: t\n---\n\n{body}");
    let bank = bank::read("a.md", text.into_bytes());
    assert!(bank.is_usable(), "{:?}", bank.diagnostics());
    bank
}

/// The names of what is advised of a bank, but of what every question lacks here.
fn advised(body: &str) -> Vec<&'static str> {
    let bank = bank_of(body);
    let names = lint(&bank).into_iter().map(|one| one.code.name());
    names.filter(|name| !name.starts_with("missing")).collect()
}

/// What is advised of a `single` question with this stem and these options, the first of which is the key.
fn single(stem: &str, options: &[&str]) -> Vec<&'static str> {
    tagged("`single`", stem, options)
}

fn tagged(tags: &str, stem: &str, options: &[&str]) -> Vec<&'static str> {
    let mut text = format!("## q-1 · Of one\n{tags}\n\n{stem}\n\n");
    for (at, option) in options.iter().enumerate() {
        let mark = if at == 0 { "x" } else { " " };
        text += &format!("- [{mark}] {option}\n");
    }
    advised(&text)
}

#[test]
fn options_that_speak_of_the_others() {
    assert_eq!(
        single("Which?", &["PID", "None of the above"]),
        ["all-of-the-above"]
    );
    assert_eq!(
        single("Which?", &["PID", "All that the above header names"]),
        [""; 0]
    );
}

#[test]
fn a_key_that_is_long() {
    let key = "PID-3, which repeats for each identifier of the patient";
    assert_eq!(single("Which?", &[key, "PID-2", "PID-4"]), ["long-key"]);
    assert_eq!(single("Which?", &["PID-3, repeating", "PID-2"]), [""; 0]);
}

#[test]
fn negatives_in_the_question() {
    let options = ["MSH", "PID"];
    assert_eq!(
        single("Which does not name the patient?", &options),
        ["plain-negative"]
    );
    for stem in [
        "Which does **not** name the patient?",
        "It does not answer. Which is it?",
        "Which is sent, but not answered?",
    ] {
        assert_eq!(single(stem, &options), [""; 0], "{stem}");
    }
}

#[test]
fn absolutes_in_distractors_alone() {
    let code = "absolute-term";
    assert_eq!(
        single("Which?", &["It may be empty", "It is always there"]),
        [code]
    );
    assert_eq!(
        single("Which?", &["It is never empty", "It is always there"]),
        [""; 0]
    );
    assert_eq!(
        single("What is always sent?", &["A header", "Never a trailer"]),
        [""; 0]
    );
    assert_eq!(single("Which?", &["`NE`", "`always`"]), [""; 0]);
}

#[test]
fn grammar_that_tells() {
    let code = "grammar-clue";
    let stem = "What the receiver sends back is an …";
    assert_eq!(single(stem, &["acknowledgement", "order", "query"]), [code]);
    assert_eq!(
        single(stem, &["acknowledgement", "order", "event"]),
        [""; 0]
    );
    assert_eq!(single(stem, &["`ACK`", "`ORU`", "`QRY`"]), [""; 0]);
    assert_eq!(
        single("Which?", &["It is sent.", "It is kept", "It is lost"]),
        [code]
    );
    assert_eq!(
        single("Which?", &["the engine", "The archive", "The modality"]),
        [code]
    );
    assert_eq!(
        single("Which?", &["the engine", "`RIS`", "`PACS`"]),
        [""; 0]
    );
    assert_eq!(single("Which?", &["It is sent.", "It is kept"]), [""; 0]);
}

#[test]
fn a_key_that_the_others_were_made_from() {
    let code = "convergence";
    let key = "MSH, PID and OBR";
    let others = ["MSH, PID and ORC", "MSH, EVN and OBR", "FHS, PID and OBR"];
    assert_eq!(
        single("Which?", &[key, others[0], others[1], others[2]]),
        [code]
    );
    // Each element as often as the others: nothing to be seen.
    let square = ["MSH and PID", "MSH and OBR", "EVN and PID", "EVN and OBR"];
    assert_eq!(single("Which?", &square), [""; 0]);
    // A sentence with `and` in it is not put together from elements.
    assert_eq!(
        single(
            "Which?",
            &[
                "It is read and kept",
                "It is lost",
                "It is sent",
                "It waits"
            ]
        ),
        [""; 0]
    );
}

#[test]
fn titles_that_hold_the_key() {
    let question = |title: &str, rest: &str| advised(&format!("## q-1 · {title}\n{rest}"));
    let options = "`single`\n\nWhich?\n\n- [x] PID-3\n- [ ] PID-5\n";
    assert_eq!(question("The list in `PID-3`", options), ["telling-title"]);
    assert_eq!(question("PID-3 or PID-5?", options), [""; 0]);
    assert_eq!(question("PID-31", options), [""; 0]);
    let typed = "`short`\n\nWhich?\n\n**Answer:** `QIDO-RS`; `QIDO`\n";
    assert_eq!(question("Searching by QIDO", typed), ["telling-title"]);
    assert_eq!(question("Searching by web", typed), [""; 0]);
}

#[test]
fn numbers_in_their_order() {
    let code = "option-order";
    assert_eq!(single("How many?", &["16", "4", "8"]), [code]);
    assert_eq!(single("How many?", &["4 ms", "8 ms", "16 ms"]), [code]);
    for fixed in [["4", "8", "16"], ["1,500", "200", "−3"]] {
        assert_eq!(tagged("`single` `fixed`", "How many?", &fixed), [""; 0]);
    }
    for none in [
        ["0010", "0008", "0020"],
        ["1 s", "200 ms", "1 min"],
        ["2.25.1", "1.2.3", "4"],
    ] {
        assert_eq!(single("Which?", &none), [""; 0], "{none:?}");
    }
}

#[test]
fn keys_that_keep_to_a_letter() {
    let question = |at: usize, key: usize| {
        let mark = |option| if option == key { "x" } else { " " };
        let options: String = (0..3)
            .map(|option| format!("- [{}] Option {option} of {at}\n", mark(option)))
            .collect();
        format!("## q-{at} · T\n`single`\n\nWhich of {at}?\n\n{options}\n")
    };
    let bank = |keys: &[usize]| -> String {
        keys.iter()
            .enumerate()
            .map(|(at, &key)| question(at, key))
            .collect()
    };
    assert_eq!(advised(&bank(&[1, 1, 1, 1, 1, 0, 2, 0])), ["key-position"]);
    assert_eq!(advised(&bank(&[1, 1, 1, 1, 0, 0, 2, 0])), [""; 0]);
    assert_eq!(advised(&bank(&[1, 1, 1, 1, 1, 1, 1])), [""; 0]);
}

#[test]
fn stems_that_come_again() {
    let ask =
        |id: &str, stem: &str| format!("## {id} · T\n`short`\n\n{stem}\n\n**Answer:** `a`\n\n");
    let first = bank_of(&(ask("a-1", "Which segment is it?") + &ask("a-2", "Which field is it?")));
    let second = bank_of(
        &(ask("b-1", "Which *segment* is it")
            + "# Case\n\nIt is Friday.\n\n"
            + &ask("b-2", "Which field is it?")),
    );
    let found = duplicate_stems(&[first, second]);
    let codes: Vec<Vec<_>> = found
        .iter()
        .map(|bank| bank.iter().map(|one| one.code.name()).collect())
        .collect();
    assert_eq!(codes, [vec![], vec!["duplicate-stem"]]);
    assert_eq!(found[1][0].message, "`b-1` asks what `a-1` of `a.md` asks");
}

/// A bank with this in its only question, which raises `all-of-the-above`, and what is left and silenced of it.
fn heeded(comments: &str, whole: bool) -> (Vec<String>, Vec<String>) {
    let bank = bank_of(&format!(
        "## q-1 · T\n`single`\n\nWhich?\n\n{comments}\n\n- [x] A\n- [ ] None of these\n\n## q-2 · T\n`single`\n\nWhat?\n\n- [x] A\n- [ ] B\n"
    ));
    let found = lint(&bank)
        .into_iter()
        .filter(|one| !one.code.name().starts_with("missing"))
        .collect();
    let heeded = heed_bank(&bank, whole, found);
    let left = heeded
        .diagnostics
        .iter()
        .map(|one| one.code.name().to_owned());
    let silenced = heeded.silenced.iter().map(|one| {
        format!(
            "{}: {}",
            one.diagnostic.code.name(),
            one.reason.of(bank.source())
        )
    });
    (left.collect(), silenced.collect())
}

#[test]
fn a_comment_with_a_reason_silences() {
    for comment in [
        "<!-- allow all-of-the-above: it is what the standard says -->",
        "<!--allow all-of-the-above:it is what the standard says-->",
        "<!--\nallow all-of-the-above:\n  it is what the standard says\n-->",
        "Mind. <!-- allow all-of-the-above: it is what the standard says --> Now.",
    ] {
        let (left, silenced) = heeded(comment, true);
        assert_eq!(left, [""; 0], "{comment}");
        assert_eq!(silenced, ["all-of-the-above: it is what the standard says"]);
    }
}

#[test]
fn a_comment_that_silences_nothing_is_said_to() {
    let raised = "all-of-the-above".to_owned();
    for (comment, code) in [
        ("<!-- allow all-of-the-above -->", "bad-allow"),
        ("<!-- allow all-of-the-above: -->", "bad-allow"),
        ("<!-- allow none-of-the-above: a reason -->", "bad-allow"),
        ("<!-- allow two-keys: a reason -->", "bad-allow"),
        ("<!-- allow idle-allow: a reason -->", "bad-allow"),
        ("<!-- allow -->", "bad-allow"),
        ("<!-- allow long-key: a reason -->", "idle-allow"),
        ("<!-- allow duplicate-stem: a reason -->", "idle-allow"),
    ] {
        let (mut left, silenced) = heeded(comment, true);
        left.sort();
        assert_eq!(left, [raised.clone(), code.to_owned()], "{comment}");
        assert_eq!(silenced, [""; 0]);
    }
    for prose in [
        "<!-- allow the candidates a calculator: they need it -->",
        "<!-- allowed: long-key -->",
        "`<!-- allow long-key: in code -->`",
    ] {
        assert_eq!(
            heeded(prose, true).0,
            std::slice::from_ref(&raised),
            "{prose}"
        );
    }
    // What only the course can tell is not held against a bank that is looked at alone.
    assert_eq!(
        heeded("<!-- allow duplicate-stem: a reason -->", false).0,
        [raised]
    );
}

#[test]
fn a_comment_speaks_of_its_question_alone() {
    let allow = "<!-- allow all-of-the-above: a reason -->";
    let question = |id: &str, comment: &str| {
        format!(
            "## {id} · T\n`single`\n\nWhich, {id}?\n\n- [x] A\n- [ ] None of these\n\n{comment}\n\n"
        )
    };
    let bank = bank_of(&format!(
        "{allow}\n\n{}{}",
        question("q-1", allow),
        question("q-2", "")
    ));
    let found = lint(&bank)
        .into_iter()
        .filter(|one| !one.code.name().starts_with("missing"))
        .collect();
    let heeded = heed_bank(&bank, true, found);
    let left: Vec<_> = heeded
        .diagnostics
        .iter()
        .map(|one| one.code.name())
        .collect();
    assert_eq!(left, ["idle-allow", "all-of-the-above"]);
    assert_eq!(heeded.silenced.len(), 1);
}
