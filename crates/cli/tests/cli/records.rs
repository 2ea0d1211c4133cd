//! docs/records.md and its schemas, held against what is written and read.

use serde_json::{Value, json};
use tierwise_engine::archive;
use tierwise_engine::bank;
use tierwise_engine::catalogue::Catalogue;
use tierwise_engine::course;
use tierwise_engine::marking::mark;
use tierwise_engine::paper;
use tierwise_engine::profile::Summary;
use tierwise_engine::result::result;
use tierwise_engine::script::Script;

use crate::docs::{SAMPLE, document, fences, sample};
use crate::schema::accepts;

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The first example in this language of docs/records.md under the heading that begins so.
fn block(heading: &str, language: &str) -> String {
    let mut all = fences(&document("docs/records.md")).into_iter();
    let found = all.find(|fence| fence.heading.starts_with(heading) && fence.language == language);
    found.unwrap().text
}

fn example(heading: &str) -> String {
    block(heading, "json")
}

fn fits(schema: &str, value: &Value) -> bool {
    let schema = parsed(&document(schema));
    accepts(&schema, &schema, value)
}

const SCRIPT: &str = "docs/script.schema.json";
const CATALOGUE: &str = "docs/catalogue.schema.json";
const ARCHIVE: &str = "docs/archive.schema.json";
const RESULT: &str = "docs/result.schema.json";
const SUMMARY: &str = "docs/summary.schema.json";

/// `value` with one thing of it taken out or replaced, in every way; each with the place and what was done there.
fn altered(value: &Value) -> Vec<(String, Value)> {
    let instead = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1.5),
        json!(65536),
        json!(1_u64 << 53),
        json!("x"),
        json!([]),
        json!({}),
    ];
    let mut all = Vec::new();
    for place in places(value, "") {
        for replacement in &instead {
            let mut copy = value.clone();
            *copy.pointer_mut(&place).unwrap() = replacement.clone();
            all.push((format!("{place} is {replacement}"), copy));
        }
        let (parent, name) = place.rsplit_once('/').unwrap();
        let mut copy = value.clone();
        if let Some(fields) = copy.pointer_mut(parent).unwrap().as_object_mut() {
            fields.remove(name);
            all.push((format!("{place} is missing"), copy));
        }
    }
    all
}

/// Pointers to everything in `value` but itself.
fn places(value: &Value, to: &str) -> Vec<String> {
    let parts: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, part)| (name.clone(), part))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(at, part)| (at.to_string(), part))
            .collect(),
        _ => Vec::new(),
    };
    let with_own = |(name, part): (String, &Value)| {
        let place = format!("{to}/{name}");
        let mut all = places(part, &place);
        all.push(place);
        all
    };
    parts.into_iter().flat_map(with_own).collect()
}

/// An event of each kind, with terms and items of each kind: JSON that a script may be.
fn every_kind() -> Value {
    let event = |at: u64, word: &str| json!({"at": at, "do": word});
    let of_question = |at: u64, word: &str| json!({"at": at, "do": word, "question": "q-1"});
    let mut script = parsed(&example("The script"));
    script["items"] =
        json!([{"bank": 1, "question": "q-1", "order": "ba"}, {"bank": 0, "question": "q-2"}]);
    script["terms"]["mode"] = json!("practice");
    script["events"] = json!([
        of_question(0, "see"),
        of_question(1, "flag"),
        of_question(1, "unflag"),
        event(2, "leave"),
        event(3, "return"),
        event(4, "pause"),
        event(5, "resume"),
        {"at": 6, "do": "answer", "question": "q-1", "response": ["a", "b"]},
        of_question(7, "clear"),
        {"at": 8, "do": "answer", "question": "q-1", "response": []},
        of_question(9, "feedback"),
        event(10, "hand-in"),
        event(11, "time-out"),
        {"at": 11, "do": "confidence", "question": "q-1", "level": 2},
        {"at": 11, "do": "clock", "by": -3600000},
        event(11, "take-over"),
        {"at": 12, "do": "award", "question": "q-1", "marks": [2, 0], "by": "self"},
        {"at": 13, "do": "award", "question": "q-1", "marks": [], "by": "tutor"},
    ]);
    script["terms"]["confidence"] = json!(true);
    script["tierwise"] = json!(3);
    script
}

#[test]
fn the_schema_of_scripts_takes_what_is_read_and_nothing_else() {
    let sound = every_kind();
    assert!(Script::read(&sound.to_string()).is_ok() && fits(SCRIPT, &sound));
    for extra_time in ["1", "1.25", "1.5", "2", "untimed", "3"] {
        let mut script = sound.clone();
        script["terms"]["extra_time"] = json!(extra_time);
        assert_eq!(
            Script::read(&script.to_string()).is_ok(),
            fits(SCRIPT, &script),
            "{extra_time}"
        );
    }
    for version in 0..5 {
        let mut script = sound.clone();
        script["tierwise"] = json!(version);
        let read = Script::read(&script.to_string()).is_ok();
        assert_eq!(
            (fits(SCRIPT, &script), read),
            (read, (1..=3).contains(&version))
        );
    }
    // What parts must have in common no schema can say, nor that letters follow each other.
    let beyond: Vec<String> = altered(&sound)
        .into_iter()
        .filter(|(_, script)| fits(SCRIPT, script) != Script::read(&script.to_string()).is_ok())
        .map(|(change, _)| change)
        .collect();
    assert_eq!(beyond, ["/banks is []", "/items/0/order is \"x\"",]);
}

#[test]
fn the_schema_of_catalogues_takes_what_is_read_and_nothing_else() {
    let sound = parsed(&example("The catalogue"));
    assert!(fits(CATALOGUE, &sound));
    for (change, catalogue) in altered(&sound) {
        let read = Catalogue::read(&catalogue.to_string()).is_ok();
        assert_eq!(fits(CATALOGUE, &catalogue), read, "{change}");
    }
}

#[test]
fn the_schema_of_archives_takes_what_is_read_and_nothing_else() {
    let sound = parsed(&example("The archive"));
    let entries = archive::read(&sound.to_string()).unwrap();
    assert!(entries.contains(&("theme".to_owned(), "dark".to_owned())));
    let saved = sound["saved"].as_u64().unwrap();
    assert_eq!(parsed(&archive::write(saved, &entries)), sound);
    for (change, archive) in altered(&sound) {
        // What is in a record is that record's affair.
        let read = archive::read(&archive.to_string()).is_ok();
        assert_eq!(fits(ARCHIVE, &archive), read, "{change}");
    }
}

#[test]
fn the_example_script_is_of_the_paper_that_its_seed_draws() {
    let folder = sample();
    let read = |path: &str| folder.read(&format!("{SAMPLE}{path}")).into_bytes();
    let course = course::read("first-steps", read("README.md"));
    let paths = course.bank_paths().into_iter();
    let banks: Vec<_> = paths.map(|path| bank::read(path, read(path))).collect();
    let script = Script::read(&example("The script")).unwrap();
    assert_eq!(script.course_digest, course.digest());
    assert_eq!(script.matches(&banks), Ok(()));
    let drawn = paper::exam(&course, &banks, script.seed).unwrap();
    assert_eq!(script.items, drawn.items);
    // As it is written, but for the white space.
    let example = parsed(&example("The script"));
    assert_eq!(parsed(&script.write()), example);
    assert!(fits(SCRIPT, &example));
}

#[test]
fn the_example_script_comes_to_the_example_summary() {
    let folder = sample();
    let read = |path: &str| folder.read(&format!("{SAMPLE}{path}")).into_bytes();
    let course = course::read("first-steps", read("README.md"));
    let paths = course.bank_paths().into_iter();
    let banks: Vec<_> = paths.map(|path| bank::read(path, read(path))).collect();
    let script = Script::read(&example("The script")).unwrap();
    let ended = script.sitting().unwrap().ended().unwrap().at();
    let marked = mark(&script, &banks).unwrap();
    let outcome = result(&marked, script.pass_percent);
    let summary = Summary::of(&script, ended, &marked, &outcome);
    assert_eq!(parsed(&summary.write()), parsed(&example("The summary")));
}

/// The lists of a summary that fit each other.
const LISTS: [&str; 8] = [
    "topics",
    "facets",
    "ids",
    "got",
    "topic",
    "tier",
    "facet",
    "difficulty",
];

#[test]
fn the_schema_of_summaries_takes_what_is_read_and_nothing_else() {
    let mut sound = parsed(&example("The summary"));
    for list in LISTS {
        sound[list] = json!([sound[list][0].clone()]);
    }
    sound["sure"] = json!([2]);
    let is_read = |summary: &Value| Summary::read("first-steps", &summary.to_string()).is_ok();
    assert!(fits(SUMMARY, &sound) && is_read(&sound));
    let mut beyond: Vec<String> = altered(&sound)
        .into_iter()
        .filter(|(_, summary)| fits(SUMMARY, summary) != is_read(summary))
        .map(|(change, _)| change)
        .collect();
    // What lists must have in common no schema can say; and without a version it is the record of an older release.
    let mut expected: Vec<String> = LISTS.map(|list| format!("/{list} is []")).to_vec();
    expected.extend(["/sure is []", "/tierwise is missing"].map(str::to_owned));
    expected.sort_unstable();
    beyond.sort_unstable();
    assert_eq!(beyond, expected);
}

#[test]
fn the_example_script_is_marked_to_the_example_result() {
    let folder = sample().file("n7.json", &example("The script"));
    let ran = folder.run("mark n7.json --format json").exits(0);
    assert_eq!(ran.json(), parsed(&example("The result")), "{}", ran.out);
}

#[test]
fn the_schema_of_results_takes_what_the_command_says_and_nothing_less() {
    let sound = parsed(&example("The result"));
    assert!(fits(RESULT, &sound));
    for (change, result) in altered(&sound) {
        // What is taken out is missed, and a text or list in the place of another thing is seen.
        if change.ends_with("is missing") || change.ends_with("is {}") {
            assert!(!fits(RESULT, &result), "{change}");
        }
    }
    // Not handed in, with an essay that nobody has marked; and what cannot be marked.
    let mut script = parsed(&example("The script"));
    let events = script["events"].as_array_mut().unwrap();
    events.retain(|event| event["do"] != "hand-in");
    let folder = sample()
        .file("open.json", &script.to_string())
        .file("torn.json", "{");
    let said = folder
        .run("mark open.json torn.json --format json")
        .exits(1)
        .json();
    assert!(said["scripts"][0]["ended"].is_null());
    assert!(said["scripts"][1]["error"].is_string());
    assert!(fits(RESULT, &said), "{said}");
}

#[test]
fn the_example_catalogue_is_that_of_the_sample_course() {
    let page = "<script id=\"catalogue\"></script><div id=\"courses\"></div>";
    let folder = sample().file("site/index.html", page);
    folder.run("bundle questions --into site").exits(0);
    let written = folder.read("site/catalogue.json");
    assert_eq!(
        parsed(&written),
        parsed(&example("The catalogue")),
        "{written}"
    );
}

#[test]
fn the_example_framework_is_that_of_the_sample_course_and_of_a_page_with_its_topics() {
    let page = "<script id=\"catalogue\"></script><div id=\"courses\"></div>";
    let example = example("The framework");
    let mut topics =
        "| Topic | What it holds | Where to learn more |\n| --- | --- | --- |\n".to_owned();
    for topic in parsed(&example)["topics"].as_array().unwrap() {
        let cell = |name: &str| topic[name].as_str().unwrap().to_owned();
        topics.push_str(&format!(
            "| `{}` | {} | {} |\n",
            cell("topic"),
            cell("holds"),
            cell("more")
        ));
    }
    let folder = sample()
        .file("site/index.html", page)
        .file("questions/framework.md", &topics);
    folder.run("bundle questions --into site").exits(0);
    let written = folder.read("site/framework.json");
    assert_eq!(parsed(&written), parsed(&example), "{written}");
    let catalogue = Catalogue::read(&folder.read("site/catalogue.json")).unwrap();
    let listed = catalogue.framework.unwrap();
    assert_eq!(listed.path, "framework.json");
    assert_eq!(listed.sha256, bank::digest(written.as_bytes()));
    let read = tierwise_engine::framework::Framework::read(&written).unwrap();
    assert_eq!((read.topics.len(), read.questions(2, "it")), (2, 6));
}

#[test]
fn the_example_report_is_that_of_the_command() {
    let bank = block("The report", "text");
    let folder = sample().file("draft.md", &bank);
    let ran = folder.run("check draft.md --format json").exits(1);
    assert_eq!(ran.json(), parsed(&example("The report")), "{}", ran.out);
}

#[test]
fn the_example_counts_are_those_of_the_sample_course() {
    let ran = sample().run("stats --format json").exits(0);
    assert_eq!(ran.json(), parsed(&example("The counts")), "{}", ran.out);
}
