use crate::docs::sample;
use crate::harness::Folder;

#[test]
fn what_banks_hold_and_cover_is_told() {
    let ran = sample().run("stats").exits(0).without_complaint();
    insta::assert_snapshot!("stats", ran.out);
}

#[test]
fn several_courses_are_counted_apart_and_together() {
    let folder = Folder::with_questions("sound");
    let all = folder.run("stats --format json").exits(0).json();
    let questions = |course: &serde_json::Value| course["questions"].as_u64().unwrap();
    let courses = all["courses"].as_array().unwrap();
    let checked = folder.run("check --format json").json();
    assert!(courses.len() > 1);
    assert_eq!(questions(&all), questions(&checked));
    assert_eq!(courses.iter().map(questions).sum::<u64>(), questions(&all));
    for course in courses {
        for by in [
            "banks",
            "types",
            "topics",
            "tiers",
            "difficulties",
            "facets",
        ] {
            let groups = course[by].as_array().unwrap();
            assert_eq!(
                groups.iter().map(questions).sum::<u64>(),
                questions(course),
                "{by}"
            );
        }
    }
    let one = folder
        .run("stats questions/level-2/hl7.md --format json")
        .exits(0)
        .json();
    assert!((1..questions(&all)).contains(&questions(&one)));
    assert_eq!(one["courses"][0]["course"], serde_json::Value::Null);
}

/// Six cells of which three draw; each draws one or two of what is there.
#[test]
fn cells_and_outcomes_that_have_few_questions_are_marked() {
    let question = |number: u32, tags: &str| {
        format!("## q-{number} · T\n`short` {tags}\n\nWhat?\n\n**Answer:** `a`\n\n")
    };
    let mut bank = "---\ntierwise: 1\ntitle: T\ntopic: a/b\n---\n\n".to_owned();
    for number in 0..5 {
        bank += &question(number, "`difficulty:1` `outcome:1.1`");
    }
    for number in 5..9 {
        bank += &question(number, "`topic:a/c` `outcome:1.2` `outcome:1.2`");
    }
    bank += &question(10, "`topic:ab` `difficulty:3` `outcome:1.3`");
    bank += "# Case\n\nIt is so.\n\n";
    bank += &question(11, "`difficulty:3`");
    bank += &question(12, "`difficulty:3`");
    let page = "---\ntierwise: 1\ntitle: T\ntier: 1\nminutes: 9\npass: 50\n---\n\n## Outcomes\n\n| Outcome | W |\n| --- | --- |\n| 1.1 | One |\n| 1.2 | Two |\n| 1.3 | Three |\n| 1.4 | Four |\n\n## Blueprint\n\n| Bank | Topic | Easy | Middling | Hard | Cases |\n| --- | --- | --- | --- | --- | --- |\n| b.md | a | 2 | 2 | 0 | 1 |\n";
    let folder = Folder::new()
        .file("questions/c/README.md", page)
        .file("questions/c/b.md", &bank);
    let course = &folder.run("stats --format json").exits(0).json()["courses"][0];
    let cells: Vec<(&str, u64, u64, bool)> = course["blueprint"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cell| {
            let number = |name: &str| cell[name].as_u64().unwrap();
            (
                cell["column"].as_str().unwrap(),
                number("drawn"),
                number("available"),
                cell["few"].as_bool().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        cells,
        [
            ("easy", 2, 5, false),
            ("middling", 2, 4, true),
            ("cases", 1, 1, true)
        ]
    );
    let outcomes: Vec<(&str, u64, bool)> = course["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["outcome"].as_str().unwrap(),
                one["questions"].as_u64().unwrap(),
                one["few"].as_bool().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        outcomes,
        [
            ("1.1", 5, false),
            ("1.2", 4, false),
            ("1.3", 1, true),
            ("1.4", 0, true)
        ]
    );
}

#[test]
fn what_has_errors_is_said_and_the_rest_counted() {
    sample()
        .edited("questions/first-steps/web.md", "`short`", "`mcq`")
        .run("stats")
        .exits(1)
        .says("6 questions")
        .complains("was not counted: 2 errors; run tierwise check questions");
    Folder::new()
        .run("stats nowhere")
        .exits(2)
        .complains("nowhere: there is no such file");
}
