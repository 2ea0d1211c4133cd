//! What holds for any input.
#![allow(clippy::unwrap_used)]

mod inputs;

use inputs::*;
use proptest::prelude::*;
use tierwise_engine::bank::{self, Bank, Html};
use tierwise_engine::course;
use tierwise_engine::format::{self, Unformatted};
use tierwise_engine::fraction::Fraction;
use tierwise_engine::marking::mark;
use tierwise_engine::paper::{Paper, Seed, Selection, exam, practice};
use tierwise_engine::question::{Form, Response, letter};
use tierwise_engine::result::result;
use tierwise_engine::script::Script;
use tierwise_engine::sitting::{Event, Sitting, What};

/// Reads a bank and asks it for everything that a page shows.
fn look_at_all(bytes: Vec<u8>) {
    let bank = bank::read("a.md", bytes);
    let html = Html { base: "q/" };
    for fault in bank.diagnostics().iter().chain(&bank::lint(&bank)) {
        let _ = bank::place(bank.source(), fault.span.start);
        let _ = fault.span.of(bank.source());
    }
    for question in bank.questions() {
        assert_eq!(
            question.mark(&question.key()),
            Fraction::ONE,
            "{}",
            question.id()
        );
        assert_eq!(question.check(&question.key()), Ok(()), "{}", question.id());
        let _ = question.stem_html(&html);
        let _ = question.explanation_html(&html);
        let _ = question.sources_html(&html);
        let _ = question.case().map(|case| case.vignette_html(&html));
        match question.form() {
            Form::Choices { options, .. } => {
                for choice in options {
                    let _ = question.choice_html(&html, choice);
                    let _ = question.rationale_html(&html, choice);
                }
            }
            Form::Field { unit, accepted, .. } => {
                let _ = question.piece_html(&html, unit);
                for &span in accepted {
                    let _ = question.piece_html(&html, span);
                }
            }
            _ => {}
        }
    }
}

fn look_at_course(bytes: Vec<u8>) {
    let course = course::read("x", bytes);
    let banks = banks();
    let _ = course.check(&banks);
    let _ = course.briefing_html(&Html { base: "" });
    let _ = exam(&course, &banks, seed(1));
}

fn look_at_script(text: &str) {
    if let Ok(script) = Script::read(text) {
        assert_eq!(Script::read(&script.write()), Ok(script.clone()));
        let _ = mark(&script, &banks());
    }
}

#[test]
fn texts_that_once_broke_a_reader() {
    for text in ["[^\u{abc}", "---\n---\n[^é"] {
        look_at_course(text.into());
        look_at_all(BANK.replace("Which?", text).into());
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        look_at_script(&String::from_utf8_lossy(&bytes));
        look_at_course(bytes.clone());
        look_at_all(bytes);
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,300}") {
        look_at_script(&text);
        look_at_course(text.clone().into_bytes());
        look_at_all(text.into_bytes());
    }

    #[test]
    fn any_mangled_bank_is_read(bytes in mangled(BANK)) {
        look_at_all(bytes);
    }

    #[test]
    fn the_canonical_form_of_a_bank_is_that_bank_and_its_own(bytes in prop_oneof![mangled(BANK), untidied(BANK)]) {
        let bank = bank::read("a.md", bytes);
        match format::bank(&bank) {
            Ok(text) => {
                let again = bank::read("a.md", text.clone().into_bytes());
                prop_assert!(again.is_usable());
                prop_assert_eq!(format::bank(&again), Ok(text));
            }
            Err(why) => prop_assert_eq!(why == Unformatted::Errors, !bank.is_usable(), "{:?}", bank.source()),
        }
    }

    #[test]
    fn the_canonical_form_of_a_course_is_that_course_and_its_own(bytes in prop_oneof![mangled(COURSE), untidied(COURSE)]) {
        let course = course::read("x", bytes);
        match format::course(&course) {
            Ok(text) => {
                let again = course::read("x", text.clone().into_bytes());
                prop_assert!(again.is_usable());
                prop_assert_eq!(format::course(&again), Ok(text));
            }
            Err(why) => prop_assert_eq!(why == Unformatted::Errors, !course.is_usable(), "{:?}", course.source()),
        }
    }

    #[test]
    fn any_mangled_course_is_read(bytes in mangled(COURSE)) {
        look_at_course(bytes);
    }

    #[test]
    fn any_cut_or_altered_script_is_read(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = script().write().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if cut {
            bytes.truncate(at);
        }
        look_at_script(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn marks_lie_between_nothing_and_full(response in any_response()) {
        for bank in banks() {
            for question in bank.questions() {
                let share = question.mark(&response);
                prop_assert!((Fraction::ZERO..=Fraction::ONE).contains(&share));
                if question.check(&response).is_err() && question.type_name() != "multiple" {
                    prop_assert_eq!(share, Fraction::ZERO);
                }
            }
        }
    }

    #[test]
    fn one_seed_gives_one_paper(seed in any_seed()) {
        let course = course::read("x", COURSE.into());
        let draw = || exam(&course, &banks(), seed).unwrap();
        prop_assert_eq!(draw(), draw());
        let topics = ["hl7".to_owned()];
        let selection = Selection { topics: &topics, number: 3 };
        let draw = || practice(&banks(), &selection, seed);
        prop_assert_eq!(draw(), draw());
        prop_assert_eq!(ids(&draw()).len(), 3);
    }

    #[test]
    fn a_paper_has_no_question_twice(seed in any_seed()) {
        let paper = exam(&course::read("x", COURSE.into()), &banks(), seed).unwrap();
        let mut ids = ids(&paper);
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids, ["c-1", "m-1", "n-1", "s-1", "t-1"]);
    }

    #[test]
    fn any_events_are_folded_and_none_answers_after_the_end(terms in any_terms(), events in any_events()) {
        let questions: Vec<String> = ["s-1", "m-1", "n-1", "t-1", "c-1"].map(str::to_owned).to_vec();
        let mut sitting = Sitting::new(terms, questions);
        for event in &events {
            let before = sitting.clone();
            match sitting.apply(event) {
                Err(_) => prop_assert_eq!(&sitting, &before),
                Ok(()) => {
                    prop_assert!(before.ended().is_none());
                    prop_assert!(event.at >= before.last_at());
                    let changed = (0..5).any(|n| sitting.response(n) != before.response(n));
                    if changed {
                        let in_time = terms.time_allowed().is_none_or(|all| before.time_used(event.at) <= all);
                        prop_assert!(in_time && !before.is_paused());
                    }
                }
            }
            if let (Some(allowed), Some(left)) = (terms.time_allowed(), sitting.time_left(event.at)) {
                prop_assert!(left <= allowed);
            }
            if let Some(end) = sitting.ended() {
                prop_assert!(end.at() <= sitting.last_at());
            }
        }
    }

    #[test]
    fn a_script_replays_to_the_same_sitting_and_marks(events in any_events()) {
        let (mut script, banks) = (script(), banks());
        let mut sitting = script.sitting().unwrap();
        for event in events {
            let before = script.events.len();
            let taken = script.append(&mut sitting, event).is_ok();
            prop_assert_eq!(script.events.len(), before + usize::from(taken));
        }
        let read = Script::read(&script.write()).unwrap();
        prop_assert_eq!(read.sitting().unwrap(), sitting);
        let marked = mark(&read, &banks).unwrap();
        prop_assert_eq!(marked.len(), 5);
        for one in &marked {
            prop_assert!(one.earned <= one.full);
            prop_assert!(one.answered || one.earned == Fraction::ZERO);
        }
        let outcome = result(&marked, read.pass_percent);
        prop_assert!(outcome.total.earned <= outcome.total.full && outcome.error >= 0.0);
    }

    /// The same options written in another order, and the response moved with them, earn the same.
    #[test]
    fn the_order_of_the_options_changes_no_mark(
        order in Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle(),
        keys in 1_u32..64,
        ticked in 0_u32..64,
    ) {
        for rule in ["plus-minus", "all-or-nothing", "each-option", "coverage", "rights-only"] {
            let in_order = |order: &[usize]| {
                let bank = options_bank(rule, order, keys);
                let parts = (0..6).filter(|&place| ticked & 1 << order[place] != 0).map(|place| letter(place).to_string());
                let question = bank.question(0).unwrap();
                let response = Response(parts.collect());
                (question.mark(&response), question.check(&response))
            };
            prop_assert_eq!(in_order(&order), in_order(&[0, 1, 2, 3, 4, 5]), "{}", rule);
        }
    }

    /// A paper shows options in many orders, but responses name them by the bank's letters, so that marks do not know of it.
    #[test]
    fn the_seed_of_a_paper_changes_no_mark(seed in any_seed(), response in any_response()) {
        let banks = banks();
        let course = course::read("x", COURSE.into());
        let earned = |seed| {
            let paper = exam(&course, &banks, seed).unwrap();
            let mut script = Script { seed, items: paper.items, ..script() };
            script.events = script
                .items
                .iter()
                .map(|item| Event { at: 0, what: What::Answer { question: item.question.clone(), response: response.clone() } })
                .collect();
            let mut marks: Vec<_> = mark(&script, &banks).unwrap().into_iter().map(|one| (one.question, one.earned)).collect();
            marks.sort();
            marks
        };
        let first = Seed::new(0).unwrap();
        prop_assert_eq!(earned(seed), earned(first));
    }
}

fn ids(paper: &Paper) -> Vec<&str> {
    paper
        .items
        .iter()
        .map(|item| item.question.as_str())
        .collect()
}

fn options_bank(rule: &str, order: &[usize], keys: u32) -> Bank {
    let mut text = format!(
        "---\ntierwise: 1\ntitle: T\ntopic: t\n---\n\n## q-1 · Q\n`multiple` `rule:{rule}`\n\nWhich?\n\n"
    );
    for option in order {
        let tick = if keys & 1 << option == 0 { ' ' } else { 'x' };
        text += &format!("- [{tick}] Option {option}\n");
    }
    bank::read("q.md", text.into_bytes())
}
