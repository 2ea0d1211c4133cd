//! What comes out natively must come out in a browser too: digests, papers, marks and results. The same tests run in both; and what
//! a browser alone can show.

use tierwise_engine::bank::{self, Bank};
use tierwise_engine::course::{self, Course};
use tierwise_engine::marking::mark;
use tierwise_engine::paper::{Paper, Seed, exam};
use tierwise_engine::result::{Verdict, result};
use tierwise_engine::script::Script;

#[cfg(not(target_arch = "wasm32"))]
use std::prelude::v1::test as everywhere;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as everywhere;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const SCRIPT: &str = include_str!("same/script.json");

fn banks() -> Vec<Bank> {
    let bank = bank::read("lengths.md", include_bytes!("same/lengths.md").to_vec());
    assert!(bank.is_usable(), "{:?}", bank.diagnostics());
    vec![bank]
}

fn lengths() -> Course {
    let course = course::read("lengths", include_bytes!("same/README.md").to_vec());
    assert!(course.is_usable(), "{:?}", course.diagnostics());
    course
}

/// A paper as ids with the orders of their options.
fn drawn(paper: &Paper) -> Vec<(&str, &str)> {
    let items = paper.items.iter();
    items
        .map(|item| (item.question.as_str(), item.order.as_str()))
        .collect()
}

// As `sha256sum` prints it: in the page another implementation hashes.
#[everywhere]
fn digests_are_sha_256() {
    assert_eq!(
        banks()[0].digest(),
        "66314858254042ea852559a125c227ec189ee79dd1c668678ec628d09769861a"
    );
    assert_eq!(
        lengths().digest(),
        "511c06176fa1edc199172936c04f52197d2e8f6479b7d4bc3ee71b005c4c61d9"
    );
}

// Worked out apart from the engine, by the procedure that its documentation gives: scripts name their papers by seeds for ever.
#[everywhere]
fn a_seed_draws_this_paper() {
    let paper = |seed| exam(&lengths(), &banks(), Seed::new(seed).expect("53 bits")).expect("met");
    let seven = [
        ("len-1", ""),
        ("len-5", "eabcd"),
        ("len-6", ""),
        ("len-2", ""),
        ("len-3", "bca"),
        ("len-4", "eadcb"),
    ];
    assert_eq!(drawn(&paper(7)), seven);
    // The largest seed: 53 bits, as many as a number of JavaScript holds.
    let largest = [
        ("len-3", "abc"),
        ("len-1", ""),
        ("len-4", "baecd"),
        ("len-5", "caedb"),
        ("len-2", ""),
        ("len-6", ""),
    ];
    assert_eq!(drawn(&paper((1 << 53) - 1)), largest);
}

// Worked out by hand from the rules.
#[everywhere]
fn a_script_earns_these_marks() {
    let script = Script::read(SCRIPT).expect("sound");
    let marked = mark(&script, &banks()).expect("the banks are those of the script");
    let earned: Vec<(&str, String)> = marked
        .iter()
        .map(|one| (one.question.as_str(), one.earned.to_string()))
        .collect();
    let expected = [
        // `16,0` is sixteen.
        ("len-1", "1"),
        // The edge of the tolerance, 157.3 + 0.5.
        ("len-2", "2"),
        // Taken back, so not answered.
        ("len-3", "0"),
        // Two of three keys, one of three ticks wrong: 2/3 of 2/3 of three marks.
        ("len-4", "1 1/3"),
        // Two right and one wrong of three keys: a third of two marks.
        ("len-5", "2/3"),
        // `STRASSE` is `Straße`.
        ("len-6", "1"),
    ];
    let expected = expected.map(|(id, marks)| (id, marks.to_owned()));
    assert_eq!(earned, expected);

    let outcome = result(&marked, script.pass_percent);
    assert_eq!(outcome.total.earned.to_string(), "6");
    assert_eq!(outcome.total.full.to_string(), "10");
    assert_eq!(outcome.answered, 5);
    // 60 % of ten marks is six: reached, and within the error of one paper.
    assert_eq!(outcome.verdict, Verdict::BorderlinePass);
    // 10/6 marks a question, 3.6 of 6 right: 5/3 √(3.6 × 2.4 / 5).
    assert_eq!(format!("{:.9}", outcome.error), "2.190890230");
}

#[everywhere]
fn a_script_is_written_as_it_was_read() {
    let script = Script::read(SCRIPT).expect("sound");
    assert_eq!(script.write(), SCRIPT.trim_end());
}

/// The app asks the browser for Unicode's NFKC; the engine compares what comes back.
#[cfg(target_arch = "wasm32")]
#[everywhere]
fn what_the_browser_normalises_is_marked() {
    use tierwise_engine::question::Response;

    let nfkc = |text: &str| String::from(js_sys::JsString::from(text).normalize("NFKC"));
    let banks = banks();
    let earns = |id: &str, typed: &str| {
        let question = banks[0].find(id).expect(id);
        question.mark(&Response::one(nfkc(typed))).to_string()
    };
    // Digits of full width, a combined letter, letters of full width, a no-break space.
    assert_eq!(earns("len-1", "１６"), "1");
    assert_eq!(earns("len-6", "Ｗｅｇ"), "1/2");
    assert_eq!(earns("len-6", "\u{a0}straße"), "1");
    assert_eq!(earns("len-1", "sixteen"), "0");
}
