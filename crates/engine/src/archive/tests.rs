// What the texts are is ours.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::sitting::{Event, What};

/// A script of one question, with these events.
fn script(id: &str, events: &[(u64, What)]) -> Script {
    let json = r#"{"tierwise":1,"id":"ID","course":"level-2","course_title":"Level 2","course_digest":"00","pass_percent":60,
        "banks":[{"path":"a.md","sha256":"00"}],"generator":"xoshiro256starstar-1","seed":7,"items":[{"bank":0,"question":"q-1"}],
        "terms":{"mode":"exam","minutes":20,"extra_time":"1","may_go_back":true,"may_pause":false},"started":1000,"events":[]}"#;
    let mut script = Script::read(&json.replace("ID", id)).unwrap();
    let mut sitting = script.sitting().unwrap();
    for (at, what) in events {
        let (at, what) = (*at, what.clone());
        script.append(&mut sitting, Event { at, what }).unwrap();
    }
    script
}

fn see() -> (u64, What) {
    let question = "q-1".to_owned();
    (1, What::See { question })
}

fn flag() -> (u64, What) {
    let question = "q-1".to_owned();
    (2, What::Flag { question })
}

fn end(at: u64) -> (u64, What) {
    (at, What::HandIn)
}

fn entry(key: &str, text: &str) -> Entry {
    (key.to_owned(), text.to_owned())
}

fn done(script: &Script) -> Entry {
    (plan::key_of(script, true), script.write())
}

fn open(script: &Script) -> Entry {
    (plan::key_of(script, false), script.write())
}

/// What is here after all steps, those that are asked about as `take` says.
fn after(archive: &[Entry], here: &[Entry], take: bool) -> Vec<Entry> {
    let mut all = here.to_vec();
    for step in plan(archive, here) {
        if step.found == Found::Asked && !take {
            continue;
        }
        for Change { key, text } in step.changes {
            all.retain(|(known, _)| *known != key);
            all.extend(text.map(|text| (key, text)));
        }
    }
    all.sort();
    all
}

fn sorted(entries: &[&Entry]) -> Vec<Entry> {
    let mut all: Vec<Entry> = entries.iter().map(|&it| it.clone()).collect();
    all.sort();
    all
}

fn founds(archive: &[Entry], here: &[Entry]) -> Vec<(Kind, Found)> {
    let steps = plan(archive, here);
    steps.iter().map(|step| (step.kind, step.found)).collect()
}

#[test]
fn all_comes_out_byte_for_byte() {
    let deep = ["[".repeat(31), "]".repeat(31)].concat();
    let entries = [
        done(&script("m1", &[see(), end(9)])),
        open(&script("m2", &[see()])),
        entry("theme", "dark"),
        entry("aside.0.open.level-2", "{\"tierwise\":1,\"id"),
        entry("aside.1.open.level-2", "\u{0}\u{1f}\"\\\u{7f}é\u{10ffff}"),
        entry(
            "sum.level-2.m1",
            r#"{"id":"m1","percent":-1.5e3,"x":[null,true,false,{}]}"#,
        ),
        entry("a.spaced", "{ \"a\": 1 }"),
        entry("a.deep", &["{\"a\":", &deep, "}"].concat()),
        entry("a.escaped", r#"{"a":"A"}"#),
    ];
    let text = write(5, &entries);
    assert_eq!(read(&text).unwrap().len(), entries.len());
    for entry in &entries {
        assert!(read(&text).unwrap().contains(entry), "{entry:?}");
    }
    assert!(
        text.starts_with(r#"{"tierwise":1,"saved":5,"records":{"done.level-2.m1":{"tierwise":1,"#)
    );
    assert!(text.contains(r#""theme":"dark""#));
    // And into a browser that has nothing, with all of it there.
    assert_eq!(after(&read(&text).unwrap(), &[], false), {
        let mut all = entries.to_vec();
        all.sort();
        all
    });
    // Once more changes nothing.
    let again = plan(&read(&text).unwrap(), &entries);
    assert!(
        again
            .iter()
            .all(|step| step.found == Found::Here && step.changes.is_empty())
    );
}

#[test]
fn a_script_alone_is_taken_too() {
    let (ended, begun) = (script("m1", &[see(), end(9)]), script("m2", &[see()]));
    assert_eq!(read(&ended.write()).unwrap(), [done(&ended)]);
    assert_eq!(read(&begun.write()).unwrap(), [open(&begun)]);
}

#[test]
fn what_is_refused_is_refused_whole() {
    let sound = write(
        5,
        &[
            done(&script("m1", &[see(), end(9)])),
            entry("theme", "dark"),
        ],
    );
    for cut in [0, 1, 40, sound.len() / 2, sound.len() - 1] {
        assert!(read(&sound[..cut]).is_err(), "{cut}");
    }
    assert!(matches!(read(&sound[..40]), Err(Refusal::Damaged(_))));
    let script = script("m1", &[see()]).write();
    let foreign = [
        "",
        "hello",
        "[]",
        "{}",
        "{\"tierwise\":1}",
        "{\"records\":{},\"texts\":{}}",
        "{\"tierwise\":1,\"courses\":[]}",
    ];
    for text in foreign {
        assert_eq!(read(text), Err(Refusal::Foreign), "{text}");
    }
    assert_eq!(read(&sound.replacen('1', "9", 1)), Err(Refusal::Newer(9)));
    assert!(matches!(
        read(&script.replacen('1', "99", 1)),
        Err(Refusal::Script(Unreadable::Newer(99)))
    ));
    let damaged = [
        sound.replacen('1', "0", 1),
        sound.replace("\"saved\":5", "\"saved\":-5"),
        sound.replace("\"texts\":{", "\"other\":{"),
        sound.replace("\"theme\"", "\"the me\""),
        sound.replace("\"theme\"", "\"\""),
        sound.replace("\"theme\"", "\"done.level-2.m1\""),
        sound.replace("\"theme\":\"dark\"", "\"theme\":1"),
        script.replace("\"level-2\"", "\"../x\""),
        script.replace("\"m1\"", "\"a b\""),
        script.replace("\"do\":\"see\"", "\"do\":\"resume\""),
    ];
    for text in damaged {
        assert!(matches!(read(&text), Err(Refusal::Damaged(_))), "{text}");
    }
}

#[test]
fn a_sitting_that_went_on_takes_the_place_of_its_beginning() {
    let (short, long) = (
        script("m1", &[see(), end(9)]),
        script("m1", &[see(), flag(), end(9)]),
    );
    let here = [done(&short)];
    // Not the same events: both stay, and a second time it is known.
    let both = after(&[done(&long)], &here, false);
    let renamed = Script {
        id: "m1-2".to_owned(),
        ..long.clone()
    };
    assert_eq!(both, sorted(&[&done(&short), &done(&renamed)]));
    assert_eq!(founds(&[done(&long)], &here), [(Kind::Ended, Found::Both)]);
    assert_eq!(founds(&[done(&long)], &both), [(Kind::Ended, Found::Here)]);

    // One that ended goes on from the same one, open.
    let begun = script("m1", &[see()]);
    assert_eq!(
        founds(&[done(&short)], &[open(&begun)]),
        [(Kind::Ended, Found::More)]
    );
    assert_eq!(
        after(&[done(&short)], &[open(&begun)], false),
        [done(&short)]
    );
    // The other way round there is nothing to do.
    assert_eq!(
        founds(&[open(&begun)], &[done(&short)]),
        [(Kind::Open, Found::Here)]
    );
    // Where it went on differently, both are kept.
    let other = script("m1", &[see(), flag()]);
    let kept = after(&[done(&short)], &[open(&other)], false);
    let renamed = Script {
        id: "m1-2".to_owned(),
        ..short.clone()
    };
    assert_eq!(kept, sorted(&[&open(&other), &done(&renamed)]));
    let kept = after(&[open(&other)], &[done(&short)], false);
    let renamed = Script {
        id: "m1-2".to_owned(),
        ..other
    };
    assert_eq!(kept, sorted(&[&open(&renamed), &done(&short)]));
}

#[test]
fn an_open_sitting_is_never_replaced_unasked() {
    let (here, theirs) = (
        open(&script("m1", &[see()])),
        open(&script("m2", &[see(), flag()])),
    );
    let archive = [theirs.clone()];
    let steps = plan(&archive, std::slice::from_ref(&here));
    assert_eq!(
        (
            steps[0].found,
            steps[0].standing.as_ref().map(|it| it.id.as_str())
        ),
        (Found::Asked, Some("m1"))
    );
    assert_eq!(
        after(&archive, std::slice::from_ref(&here), false),
        std::slice::from_ref(&here)
    );
    let taken = after(&archive, std::slice::from_ref(&here), true);
    let aside = entry("aside.0.open.level-2", &here.1);
    assert_eq!(taken, sorted(&[&aside, &theirs]));

    // The same sitting, further on: asked too, and nothing needs to be set aside.
    let further = [open(&script("m1", &[see(), flag()]))];
    assert_eq!(
        founds(&further, std::slice::from_ref(&here)),
        [(Kind::Open, Found::Asked)]
    );
    assert_eq!(after(&further, std::slice::from_ref(&here), true), further);
    assert_eq!(
        founds(std::slice::from_ref(&here), &further),
        [(Kind::Open, Found::Here)]
    );

    // A damaged one here.
    let damaged = [entry("open.level-2", "garbage")];
    assert_eq!(founds(&archive, &damaged), [(Kind::Open, Found::Asked)]);
    let taken = after(&archive, &damaged, true);
    assert_eq!(
        taken,
        sorted(&[&entry("aside.0.open.level-2", "garbage"), &theirs])
    );
}

#[test]
fn settings_are_asked_about_and_what_cannot_be_read_is_set_aside() {
    let here = [entry("theme", "dark"), entry("aside.0.open.x", "old")];
    let archive = [
        entry("theme", "light"),
        entry("aside.0.open.x", "other"),
        entry("aside.4.open.x", "old"),
        entry("done.level-2.m1", "garbage"),
        entry("sum.level-2.m1", "{}"),
    ];
    assert_eq!(
        founds(&archive, &here),
        [
            (Kind::Aside, Found::New),
            (Kind::Setting, Found::Asked),
            (Kind::Aside, Found::New),
            (Kind::Aside, Found::Here),
            (Kind::Summary, Found::New),
        ]
    );
    let expected = [
        entry("aside.0.done.level-2.m1", "garbage"),
        entry("aside.0.open.x", "old"),
        entry("aside.1.open.x", "other"),
        entry("sum.level-2.m1", "{}"),
        entry("theme", "dark"),
    ];
    assert_eq!(after(&archive, &here, false), expected);
    let light = after(&archive, &here, true);
    assert!(light.contains(&entry("theme", "light")));
}
