//! What holds for any input.
#![allow(clippy::unwrap_used)]

mod inputs;

use inputs::*;
use proptest::prelude::*;
use tierwise_engine::bank::{self, Bank, Question};
use tierwise_engine::course;
use tierwise_engine::format::{self, Unformatted};
use tierwise_engine::fraction::Fraction;
use tierwise_engine::marking::{MarkingError, mark};
use tierwise_engine::paper::{Order, Paper, Seed, Selection, exam, practice};
use tierwise_engine::question::{Form, Response, letter};
use tierwise_engine::result::result;
use tierwise_engine::script::Script;
use tierwise_engine::sitting::{Event, Marker, Sitting, What};

/// A bank of one question with this message.
fn message_bank(language: &str, message: &str) -> String {
    format!(
        "---\ntierwise: 1\ntitle: T\ntopic: t\n---\n\n## q-1 · Q\n`locate`\n\nWhere?\n\n````{language}\n{message}\n````\n"
    )
}

#[test]
fn the_bank_of_messages_is_sound() {
    let bank = bank::read("p.md", POINTING.into());
    assert!(bank.diagnostics().is_empty(), "{:?}", bank.diagnostics());
    look_at_all(POINTING.into());
}

/// Twice as long takes some twice as long: what would be quadratic takes minutes here.
#[test]
fn long_messages_take_linear_time() {
    let half = 1 << 18;
    for text in [
        "PID|[[1]]".to_owned() + &"|".repeat(60_000),
        "PID|".to_owned() + &"[[]]|".repeat(30_000),
        "PID|".to_owned() + &"[[".repeat(half),
        "PID|".to_owned() + &"]]".repeat(half),
        "PID|[[1]]\n".repeat(30_000),
        "PID|[[1]]".to_owned() + &"a^b&c~".repeat(9_000),
        "PID|[[1]]".to_owned() + &"\n#".repeat(half),
    ] {
        look_at_all(message_bank("hl7", &text).into());
    }
    let nested: String = (0..1_500)
        .map(|depth| {
            let tag = if depth % 2 == 0 {
                "(0040,A730)"
            } else {
                "(FFFE,E000)"
            };
            format!("{:depth$}{tag} SQ [[x]]\n", "")
        })
        .collect();
    look_at_all(message_bank("dicom", &nested).into());
    look_at_all(message_bank("dicom", &"(0008,0050) [[x]]\n".repeat(60_000)).into());
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
    fn any_mangled_bank_of_messages_is_read(bytes in mangled(POINTING)) {
        look_at_all(bytes);
    }

    #[test]
    fn any_mangled_bank_of_the_types_that_arrange_is_read(
        bytes in prop::sample::select(&ARRANGING[..]).prop_flat_map(mangled)
    ) {
        look_at_all(bytes);
    }

    #[test]
    fn any_message_is_read(lines in prop::collection::vec("(MSH|PID|OBX|BHS|ZZ9|#|)[-A|^~\\\\&#\\[\\]é ]{0,30}", 0..8)) {
        look_at_all(message_bank("hl7", &lines.join("\n")).into());
    }

    #[test]
    fn any_dump_is_read(lines in prop::collection::vec(" {0,4}(\\(0040,a730\\)|\\(0008,005[0-3]\\)|\\(fffe,e000\\)|\\(FFFE,E00D\\)|#)[ SH\\[\\]é]{0,12}", 0..8)) {
        look_at_all(message_bank("dicom", &lines.join("\n")).into());
    }

    #[test]
    fn the_canonical_form_of_a_bank_is_that_bank_and_its_own(bytes in prop_oneof![
        mangled(BANK), untidied(BANK), mangled(POINTING), untidied(POINTING),
        prop::sample::select(&ARRANGING[..]).prop_flat_map(mangled), prop::sample::select(&ARRANGING[..]).prop_flat_map(untidied),
    ]) {
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
        let pointing = bank::read("p.md", POINTING.into());
        let arranging = ARRANGING.map(|text| bank::read("a.md", text.into()));
        for bank in banks().iter().chain([&pointing]).chain(&arranging) {
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
        let selection = Selection { topics: &topics, number: 3, order: Order::Any };
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
                    let is_award = matches!(event.what, What::Award { .. });
                    prop_assert!(is_award || before.ended().is_none());
                    prop_assert!(before.ended().is_none() || before.ended() == sitting.ended());
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
            let (left, away) = sitting.absences(event.at);
            prop_assert!(left >= before.absences(event.at).0);
            prop_assert!(away <= sitting.time_used(event.at) && (left > 0 || away == 0));
            prop_assert!(terms.time_allowed().is_none_or(|all| away <= all));
            let said = (0..5).any(|n| sitting.certainty(n) != before.certainty(n));
            prop_assert!(!said || terms.confidence && !before.is_paused());
            if let Some(end) = sitting.ended() {
                prop_assert!(end.at() <= sitting.last_at());
            }
        }
    }

    #[test]
    fn a_script_is_of_the_lowest_version_that_has_what_is_in_it(terms in any_terms(), events in any_events()) {
        let mut script = Script { terms, tierwise: if terms.confidence { 3 } else { 1 }, ..script() };
        let mut sitting = script.sitting().unwrap();
        let mut version = script.tierwise;
        for event in events {
            let what = event.what.clone();
            if script.append(&mut sitting, event).is_ok() {
                version = version.max(match what {
                    What::Confidence { .. } | What::Clock { .. } | What::TakeOver => 3,
                    What::Award { .. } => 2,
                    _ => 1,
                });
            }
            prop_assert_eq!(script.tierwise, version);
        }
        prop_assert_eq!(Script::read(&script.write()), Ok(script));
    }

    #[test]
    fn a_script_replays_to_the_same_sitting_and_marks(events in any_events()) {
        let (mut script, banks) = (script(), banks());
        let mut sitting = script.sitting().unwrap();
        // None of its questions takes marks of a person.
        for event in events.into_iter().filter(|event| !matches!(event.what, What::Award { .. })) {
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

    /// Whatever marks are given to an essay, it earns them or the script is refused.
    #[test]
    fn an_award_is_earned_or_refused(marks in prop::collection::vec(0_u8..4, 0..4), by_tutor in any::<bool>()) {
        let pointing = [bank::read("p.md", POINTING.into())];
        let mut script = script();
        script.banks.truncate(1);
        script.banks[0].path = "p.md".to_owned();
        script.banks[0].sha256 = pointing[0].digest().to_owned();
        script.items.truncate(1);
        script.items[0].question = "e-1".to_owned();
        script.items[0].order.clear();
        let mut sitting = script.sitting().unwrap();
        let question = || "e-1".to_owned();
        let by = if by_tutor { Marker::Tutor } else { Marker::Candidate };
        for what in [
            What::Answer { question: question(), response: Response::one("Text") },
            What::HandIn,
            What::Award { question: question(), marks: marks.clone(), by },
        ] {
            prop_assert_eq!(script.append(&mut sitting, Event { at: 9, what }), Ok(()));
        }
        let script = Script::read(&script.write()).unwrap();
        match (mark(&script, &pointing), marks.as_slice()) {
            (Ok(marked), &[first @ 0..=2, second @ 0..=1]) => {
                prop_assert_eq!(marked[0].earned, Fraction::from(u32::from(first + second)));
                prop_assert_eq!((marked[0].open, marked[0].marked_by), (Fraction::ZERO, Some(by)));
            }
            (Ok(_), _) => prop_assert!(false, "{:?} does not fit", marks),
            (Err(error), _) => {
                prop_assert_eq!(error, MarkingError::Award(question()));
                prop_assert!(!matches!(marks.as_slice(), [0..=2, 0..=1]));
            }
        }
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

    /// Every order of the items is taken, and only the right one earns all.
    #[test]
    fn any_order_earns_its_share(order in Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let response = Response(order.iter().map(|&index| letter(index).to_string()).collect());
        for rule in ["pairs", "exact", "positions", "adjacent"] {
            let items: String = (1..=6).map(|item| format!("{item}. Item {item}\n")).collect();
            let bank = question_bank(&format!("`ordering` `rule:{rule}`\n\nWhich first?\n\n{items}"));
            let question = bank.question(0).unwrap();
            prop_assert_eq!(question.check(&response), Ok(()));
            let share = question.mark(&response);
            prop_assert!((Fraction::ZERO..=Fraction::ONE).contains(&share));
            prop_assert_eq!(share == Fraction::ONE, order.is_sorted(), "{}", rule);
        }
    }

    /// The same rows, options and words written in another order, and the response moved with them, earn the same.
    #[test]
    fn the_order_in_which_a_bank_is_written_changes_no_mark(
        order in Just((0..5_usize).collect::<Vec<_>>()).prop_shuffle(),
        keys in prop::collection::vec(0..5_usize, 5),
        given in prop::collection::vec(prop::option::of(0..5_usize), 5),
    ) {
        let right = (0..5).filter(|&stem| given[stem] == Some(keys[stem])).count();
        let expected = (Fraction::new(right as u128, 5), Ok(()));
        for write in [matching_bank, extended_bank, cloze_bank] {
            for order in [&order[..], &[0, 1, 2, 3, 4]] {
                let (bank, stems) = write(order, &keys);
                let question = bank.question(0).unwrap();
                let part = |stem: usize| given[stem].map_or(String::new(), |option| named(question, option));
                let response = Response(stems.into_iter().map(part).collect());
                let got = (question.mark(&response), question.check(&response));
                prop_assert_eq!(got, expected, "{}", bank.source());
            }
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

/// A bank of one question, from its tag line on.
fn question_bank(question: &str) -> Bank {
    let text = format!("---\ntierwise: 1\ntitle: T\ntopic: t\n---\n\n## q-1 · Q\n{question}");
    let bank = bank::read("q.md", text.into_bytes());
    assert!(bank.is_usable(), "{:?}", bank.diagnostics());
    bank
}

/// The letter of `Option 3`, and so on, among the options of a question or of its first gap.
fn named(question: Question<'_>, option: usize) -> String {
    let text = format!("Option {option}");
    let at = match question.form() {
        Form::Match { options, .. } => options
            .iter()
            .position(|choice| question.piece(choice.text) == text),
        Form::Gaps(gaps) => question
            .gap_words(&gaps[0])
            .iter()
            .find_map(|(at, word)| (*word == text).then_some(*at)),
        _ => None,
    };
    letter(at.unwrap()).to_string()
}

/// Five stems with these keys in this order, which is returned; options that are no key are distractors.
fn matching_bank(order: &[usize], keys: &[usize]) -> (Bank, Vec<usize>) {
    let mut rows = String::new();
    for &stem in order {
        rows += &format!("| Stem {stem} | Option {} |\n", keys[stem]);
        if !keys.contains(&stem) {
            rows += &format!("| *none* | Option {stem} |\n");
        }
    }
    let question = format!("`matching`\n\nWhich?\n\n| S | O |\n| --- | --- |\n{rows}");
    (question_bank(&question), order.to_vec())
}

/// Five options in this order; the stems stay where they are.
fn extended_bank(order: &[usize], keys: &[usize]) -> (Bank, Vec<usize>) {
    let capital = |index: usize| letter(index).to_ascii_uppercase();
    let mut text = "`extended`\n\n".to_owned();
    for (at, option) in order.iter().enumerate() {
        text += &format!("- **{}** Option {option}\n", capital(at));
    }
    text += "\nWhich?\n\n| S | O |\n| --- | --- |\n";
    for (stem, key) in keys.iter().enumerate() {
        let at = order.iter().position(|option| option == key).unwrap();
        text += &format!("| Stem {stem} | {} |\n", capital(at));
    }
    (question_bank(&text), (0..5).collect())
}

/// Five gaps, each with five words in this order.
fn cloze_bank(order: &[usize], keys: &[usize]) -> (Bank, Vec<usize>) {
    let mut text = "`cloze`\n\nWhich?".to_owned();
    for key in keys {
        let word = |word: &usize| format!("{}Option {word}", if word == key { "*" } else { "" });
        let words: Vec<String> = order.iter().map(word).collect();
        text += &format!(" [[{}]]", words.join("; "));
    }
    (question_bank(&text), (0..5).collect())
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
