//! The engine's JSON against serde_json's.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::Value as Theirs;
use tierwise_engine::json::{Value, Writer, read, read_object};

/// Whether ours says all that `theirs` does.
fn same(ours: &Value<'_>, theirs: &Theirs) -> bool {
    match (ours, theirs) {
        (Value::Null, Theirs::Null) => true,
        (Value::Bool(ours), Theirs::Bool(theirs)) => ours == theirs,
        (Value::Number(ours), Theirs::Number(_)) => {
            serde_json::from_str::<Theirs>(ours).unwrap() == *theirs
        }
        (Value::Text(ours), Theirs::String(theirs)) => ours == theirs,
        (Value::List(ours), Theirs::Array(theirs)) => {
            ours.len() == theirs.len()
                && ours
                    .iter()
                    .zip(theirs)
                    .all(|(ours, theirs)| same(ours, theirs))
        }
        (Value::Object(ours), Theirs::Object(theirs)) => theirs
            .iter()
            .all(|(name, theirs)| ours.get(name).is_some_and(|ours| same(ours, theirs))),
        _ => false,
    }
}

/// Reads a text with both. They agree on whether it is JSON, and on what it says; but what serde_json finds too large for a
/// floating-point number is a number all the same.
fn agree(text: &str) {
    match (read(text), serde_json::from_str::<Theirs>(text)) {
        (Ok(ours), Ok(theirs)) => assert!(same(&ours, &theirs), "{text:?}"),
        (Err(ours), Err(_)) => {
            let said = ours.within(text);
            let (_, column) = said.rsplit_once(" column ").unwrap();
            assert!(
                column.parse::<usize>().unwrap() <= text.chars().count() + 1,
                "{said}"
            );
        }
        (_, Err(theirs)) if theirs.to_string().starts_with("number out of range") => {}
        (ours, theirs) => panic!("{text:?}: {ours:?}, but {theirs:?}"),
    }
}

/// JSON of few levels, written with and without white space.
fn any_json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just(Theirs::Null),
        any::<bool>().prop_map(Theirs::from),
        any::<u64>().prop_map(Theirs::from),
        any::<i64>().prop_map(Theirs::from),
        any::<f64>().prop_map(Theirs::from),
        any::<String>().prop_map(Theirs::from),
    ];
    let value = leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Theirs::from),
            prop::collection::vec(("[a-c]|\\PC{0,3}", inner), 0..6)
                .prop_map(|fields| Theirs::Object(fields.into_iter().collect())),
        ]
    });
    (value, any::<bool>()).prop_map(|(value, spaced)| {
        let write = if spaced {
            serde_json::to_string_pretty
        } else {
            serde_json::to_string
        };
        write(&value).unwrap()
    })
}

/// Pieces of JSON in any order.
fn any_pieces(most: usize) -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{", "}", "[", "]", ",", ":", "\"", "\"", "\"a\"", "\"a\":", "\\", "\\n", "\\u", "d83d",
        "DE00", "\\ud83d", "\\ude00", "\\u00e9", "00", "0", "1", "9", "-", "+", ".", "e", "E",
        "true", "false", "null", "t", " ", "\n", "\t", "\r", "\0", "\u{1}", "\u{b}", "\u{7f}",
        "\u{a0}", "\u{2028}", "\u{feff}", "é", "😀", "/", "\\/", "\\\"", "\\x",
    ]);
    prop::collection::vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn what_is_json_is_read(text in any_json()) {
        prop_assert!(read(&text).is_ok());
        agree(&text);
    }

    #[test]
    fn what_is_nearly_json_is_judged_alike(text in any_json(), at in any::<prop::sample::Index>(), piece in any_pieces(3), cut in 0..3_usize) {
        let mut chars: Vec<char> = text.chars().collect();
        let at = at.index(chars.len() + 1);
        let end = (at + cut).min(chars.len());
        chars.splice(at..end, piece.chars());
        agree(&chars.into_iter().collect::<String>());
    }

    #[test]
    fn pieces_are_judged_alike(text in any_pieces(12)) {
        agree(&text);
        agree(&format!("[{text}]"));
        agree(&format!("{{\"a\":{text}}}"));
        agree(&format!("\"{text}\""));
    }

    #[test]
    fn numbers_are_judged_alike(text in "[-+]?[0-9]{0,3}(\\.[0-9]{0,2})?([eE][-+]?[0-9]{0,2})?") {
        agree(&text);
    }

    #[test]
    fn any_text_is_judged_alike(text in any::<String>()) {
        agree(&text);
    }

    #[test]
    fn of_two_fields_of_one_name_both_take_the_last(one in any_json(), other in any_json()) {
        let text = format!("{{\"a\":{one},\"a\":{other}}}");
        agree(&text);
        let object = read_object(&text).unwrap();
        prop_assert!(same(object.get("a").unwrap(), &serde_json::from_str(&other).unwrap()));
    }

    #[test]
    fn texts_are_written_alike(text in prop_oneof![any::<String>(), "[\\x00-\\x7f]{0,40}", any_pieces(12)]) {
        let mut out = Writer::default();
        out.text(&text);
        let written = out.finish();
        prop_assert_eq!(&written, &serde_json::to_string(&text).unwrap());
        prop_assert_eq!(read(&written), Ok(Value::Text(text.into())));
    }

    #[test]
    fn a_record_is_written_as_serde_json_reads_it(name in any::<String>(), text in any::<String>(), whole in any::<u64>(), truth in any::<bool>(), texts in prop::collection::vec(any::<String>(), 0..4)) {
        let mut out = Writer::default();
        out.open('[');
        out.open('{');
        out.text_field(&name, &text);
        out.close('}');
        out.open('{');
        out.whole_field("n", whole);
        out.bool_field("b", truth);
        out.texts_field("l", &texts);
        out.close('}');
        out.close(']');
        let written = out.finish();
        let theirs: Theirs = serde_json::from_str(&written).unwrap();
        prop_assert_eq!(theirs, serde_json::json!([{ name: text }, {"n": whole, "b": truth, "l": texts}]));
    }
}
