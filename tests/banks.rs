//! The real banks: sound, complete, and enough of them for every seed.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tierwise_engine::bank::{self, Bank, Diagnostic, Difficulty, Question};
use tierwise_engine::course::{self, Course};
use tierwise_engine::fraction::Fraction;
use tierwise_engine::paper::{Seed, exam};
use tierwise_engine::question::{Form, Response};

/// A folder of `questions/`: its page, and all its banks.
struct Folder {
    course: Course,
    banks: Vec<Bank>,
}

fn folders() -> Vec<Folder> {
    let questions = Path::new(env!("CARGO_MANIFEST_DIR")).join("questions");
    let mut folders: Vec<PathBuf> = fs::read_dir(questions)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    assert!(!folders.is_empty());
    folders.iter().map(|path| folder(path)).collect()
}

fn folder(path: &Path) -> Folder {
    let id = path.file_name().unwrap().to_str().unwrap();
    let mut banks = Vec::new();
    for file in markdown(path) {
        if file != "README.md" {
            let bytes = fs::read(path.join(&file)).unwrap();
            banks.push(bank::read(&file, bytes));
        }
    }
    Folder {
        course: course::read(id, fs::read(path.join("README.md")).unwrap()),
        banks,
    }
}

/// The banks of a course that its blueprint names, in its order.
fn in_blueprint(course: &Course, banks: &[Bank]) -> Vec<Bank> {
    let read = |path: &&str| {
        let bank = banks.iter().find(|bank| bank.path() == *path);
        bank::read(path, bank.expect(path).source().as_bytes().to_vec())
    };
    course.bank_paths().iter().map(read).collect()
}

/// The markdown files of a folder and of the folders in it, relative to it, with `/`.
fn markdown(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            let inner = markdown(&path).into_iter();
            files.extend(inner.map(|file| format!("{name}/{file}")));
        } else if name.ends_with(".md") {
            files.push(name);
        }
    }
    files.sort();
    files
}

fn questions(folders: &[Folder]) -> impl Iterator<Item = Question<'_>> {
    folders
        .iter()
        .flat_map(|folder| folder.banks.iter().flat_map(Bank::questions))
}

fn told(path: &str, source: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
    let line = |one: &Diagnostic| bank::place(source, one.span.start).line;
    diagnostics
        .iter()
        .map(|one| format!("{path}:{}: {}", line(one), one.message))
        .collect()
}

#[test]
fn every_file_is_clean_of_errors_and_warnings() {
    let mut all = Vec::new();
    for Folder { course, banks } in folders() {
        let page = format!("{}/README.md", course.id());
        all.extend(told(&page, course.source(), course.diagnostics()));
        let mut of_page = course.check(&banks);
        of_page.extend(course.lint(&banks));
        let of_page = bank::heed_page(course.source(), of_page).diagnostics;
        all.extend(told(&page, course.source(), &of_page));
        for (bank, mut found) in banks.iter().zip(bank::duplicate_stems(&banks)) {
            let path = format!("{}/{}", course.id(), bank.path());
            found.extend(bank.diagnostics().iter().cloned());
            found.extend(bank::lint(bank));
            let heeded = bank::heed_bank(bank, true, found);
            all.extend(told(&path, bank.source(), &heeded.diagnostics));
            assert!(
                course.bank_paths().contains(&bank.path()),
                "no paper draws from {path}"
            );
        }
    }
    assert_eq!(all, Vec::<String>::new());
}

#[test]
fn every_blueprint_is_met_cell_by_cell_for_200_seeds() {
    for Folder { course, banks } in folders() {
        let banks = in_blueprint(&course, &banks);
        let mut orders = BTreeSet::new();
        for number in 0..200 {
            let seed = Seed::new(number * 45_034_546_337).unwrap();
            let paper = exam(&course, &banks, seed).unwrap();
            let drawn: Vec<Question<'_>> = paper
                .items
                .iter()
                .map(|item| item.find(&banks).unwrap())
                .collect();
            let ids: BTreeSet<&str> = drawn.iter().map(|question| question.id()).collect();
            assert_eq!(ids.len(), drawn.len(), "seed {seed}: a question twice");
            orders.insert(
                paper
                    .items
                    .iter()
                    .map(|item| item.question.clone())
                    .collect::<Vec<_>>(),
            );

            // Rows of the real courses do not overlap, so each cell has just its questions.
            let mut total = 0;
            for row in course.rows() {
                for (difficulty, count) in Difficulty::ALL.into_iter().zip(row.counts) {
                    let of_cell = drawn.iter().filter(|question| {
                        question.bank().path() == row.bank
                            && question.topic() == row.topic
                            && question.difficulty() == difficulty
                            && question.case().is_none()
                    });
                    assert_eq!(
                        of_cell.count(),
                        count as usize,
                        "{}, seed {seed}: {} {} {difficulty:?}",
                        course.id(),
                        row.bank,
                        row.topic
                    );
                    total += count;
                }
            }
            assert_eq!(total, course.singles());

            // Cases come whole and in order; what neither a cell nor a case says is in no paper.
            let mut in_cases = 0;
            let mut cases = BTreeSet::new();
            for case in drawn.iter().filter_map(|question| question.case()) {
                let first: &str = case.questions().next().unwrap().id();
                if cases.insert(first) {
                    let whole: Vec<&str> = case.questions().map(Question::id).collect();
                    let at = drawn.iter().position(|one| one.id() == first).unwrap();
                    let shown: Vec<&str> = drawn[at..]
                        .iter()
                        .map(|one| one.id())
                        .take(whole.len())
                        .collect();
                    assert_eq!(shown, whole, "{}, seed {seed}", course.id());
                    in_cases += whole.len();
                }
            }
            let asked: u32 = course.rows().iter().map(|row| row.cases).sum();
            assert_eq!(cases.len(), asked as usize, "{}, seed {seed}", course.id());
            assert_eq!(
                drawn.len(),
                total as usize + in_cases,
                "{}, seed {seed}",
                course.id()
            );
        }
        assert!(orders.len() > 190, "seeds give papers of their own");
    }
}

#[test]
fn every_key_is_taken_and_earns_full_marks() {
    let folders = folders();
    for question in questions(&folders) {
        // What a person marks has no key; a text is taken and waits for its marks.
        if matches!(question.form(), Form::Essay { .. }) {
            let text = Response::one("A text");
            assert_eq!(question.check(&text), Ok(()), "{}", question.id());
            continue;
        }
        let key = question.key();
        assert_eq!(question.check(&key), Ok(()), "{}", question.id());
        assert_eq!(question.mark(&key), Fraction::ONE, "{}", question.id());
    }
}

#[test]
fn every_option_says_why_and_every_question_names_a_source() {
    let folders = folders();
    let mut lacking = Vec::new();
    for question in questions(&folders) {
        if let Form::Choices { options, .. } = question.form() {
            for choice in options.iter().filter(|choice| choice.rationale.is_none()) {
                lacking.push(format!(
                    "{}: no rationale: {}",
                    question.id(),
                    question.piece(choice.text)
                ));
            }
        }
        // A model answer and a rubric say what an essay should hold.
        let is_modelled = matches!(question.form(), Form::Essay { model: Some(_), .. });
        if question.sources().next().is_none() && !is_modelled {
            lacking.push(format!("{}: no source", question.id()));
        }
        if !question.has_explanation() && !is_modelled {
            lacking.push(format!("{}: no explanation", question.id()));
        }
        if question.topic().is_empty() || question.tier() == 0 || question.facet().is_empty() {
            lacking.push(format!("{}: no topic, tier or facet", question.id()));
        }
    }
    assert_eq!(lacking, Vec::<String>::new());
}

#[test]
fn level_2_has_papers_of_fifty_questions_and_all_types() {
    let folders = folders();
    let level_2 = folders
        .iter()
        .find(|folder| folder.course.id() == "level-2")
        .expect("level-2");
    assert_eq!(level_2.course.minutes(), 60);
    assert_eq!(level_2.course.pass_percent(), 60);
    let banks = in_blueprint(&level_2.course, &level_2.banks);
    assert_eq!(
        level_2.course.bank_paths(),
        ["hl7.md", "dicom.md", "integrations.md"]
    );
    for bank in &banks {
        assert!(
            bank.len() >= 60,
            "{} has {} questions",
            bank.path(),
            bank.len()
        );
    }
    let types = |questions: &mut dyn Iterator<Item = Question<'_>>| -> BTreeSet<&'static str> {
        questions.map(Question::type_name).collect()
    };
    let mut all = BTreeSet::from([
        "cloze", "essay", "extended", "hotspot", "locate", "matching", "multiple", "numeric",
        "ordering", "short", "single",
    ]);
    assert_eq!(types(&mut banks.iter().flat_map(Bank::questions)), all);

    let mut drawn = BTreeSet::new();
    for number in 0..200 {
        let seed = Seed::new(number * 45_034_546_337).unwrap();
        let paper = exam(&level_2.course, &banks, seed).unwrap();
        assert_eq!(paper.items.len(), 50, "seed {seed}");
        let items = paper.items.iter();
        drawn.extend(types(&mut items.map(|item| item.find(&banks).unwrap())));
    }
    // The course page says that no paper asks for a text.
    all.remove("essay");
    assert_eq!(drawn, all);
}
