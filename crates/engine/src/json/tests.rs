use super::*;

fn object(text: &str) -> Object<'_> {
    read_object(text).expect(text)
}

#[test]
fn every_kind_of_value_is_read() {
    let text = " {\"a\" : [null, true,false , -1.5e+3, 0, \"b\\n\", {}, []] ,\r\n\t\"a\":\"c\"} ";
    let list = vec![
        Value::Null,
        Value::Bool(true),
        Value::Bool(false),
        Value::Number("-1.5e+3"),
        Value::Number("0"),
        Value::Text("b\n".into()),
        Value::Object(Object {
            at: text.find("{}").expect("it is there"),
            fields: Vec::new(),
        }),
        Value::List(Vec::new()),
    ];
    assert_eq!(
        read(text),
        Ok(Value::Object(Object {
            at: 1,
            fields: vec![
                ("a".into(), Value::List(list)),
                ("a".into(), Value::Text("c".into()))
            ],
        }))
    );
    // Of two fields of one name the last counts.
    assert_eq!(object(text).text("a"), Ok("c"));
}

#[test]
fn escapes_stand_for_their_characters() {
    let text = r#""\"\\\/\b\f\n\r\té\u00e9\u00E9\u0000\ud83d\uDE00😀z""#;
    let value = "\"\\/\u{8}\u{c}\n\r\tééé\0😀😀z";
    assert_eq!(read(text), Ok(Value::Text(value.into())));
    assert!(matches!(
        read("\"é \u{7f}\""),
        Ok(Value::Text(Cow::Borrowed("é \u{7f}")))
    ));
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let half = "an escape is half a character";
    let hexadecimal = "`\\u` and four hexadecimal digits are missing";
    let word = "a word is none of `true`, `false` and `null`";
    let end = "the text ends too early";
    for (text, what, line, column) in [
        ("", end, 1, 1),
        (" \n", end, 2, 1),
        ("[1,\n é]", "a value is missing", 2, 2),
        ("[1,]", "a value is missing", 1, 4),
        ("\u{feff}1", "a value is missing", 1, 1),
        ("[1 2]", "`,` or a closing bracket is missing", 1, 4),
        ("[1}", "`,` or a closing bracket is missing", 1, 3),
        ("[1", end, 1, 3),
        ("{1:2}", "the name of a field is missing", 1, 2),
        ("{\"a\":1,}", "the name of a field is missing", 1, 8),
        ("{\"a\" 1}", "`:` is missing", 1, 6),
        ("{\"a\":}", "a value is missing", 1, 6),
        ("1 1", "there is more behind the end", 1, 3),
        ("1\0", "there is more behind the end", 1, 2),
        ("01", "there is more behind the end", 1, 2),
        ("-x", "a digit is missing", 1, 2),
        ("+1", "a value is missing", 1, 1),
        ("1.", end, 1, 3),
        ("1.e", "a digit is missing", 1, 3),
        ("1e+", end, 1, 4),
        ("nul", end, 1, 4),
        ("nulL", word, 1, 4),
        ("[trve]", word, 1, 4),
        ("\"é", end, 1, 3),
        ("\"é\n\"", "a control character stands in a text", 1, 3),
        ("\"\0\"", "a control character stands in a text", 1, 2),
        ("\"\\x\"", "there is no such escape", 1, 3),
        ("\"\\", end, 1, 3),
        ("\"\\u00g0\"", hexadecimal, 1, 6),
        ("\"\\u+0ff\"", hexadecimal, 1, 4),
        ("\"\\ud800\\n\"", hexadecimal, 1, 9),
        ("\"\\ud800\"", half, 1, 3),
        ("\"\\udc00\"", half, 1, 3),
        ("\"\\ud800\\ud800\"", half, 1, 3),
        ("\"\\ud800\\u0041\"", half, 1, 3),
    ] {
        let error = read(text).expect_err(text);
        assert_eq!(
            error.within(text),
            format!("{what} at line {line} column {column}"),
            "{text:?}"
        );
    }
}

#[test]
fn nesting_has_a_bound() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let deepest = DEEPEST as usize;
    assert!(read(&nested(deepest)).is_ok());
    // Those beside each other do not count.
    assert!(
        read(&format!(
            "[{},{}]",
            nested(deepest - 1),
            nested(deepest - 1)
        ))
        .is_ok()
    );
    assert_eq!(
        read(&nested(deepest + 1)).map_err(|error| error.to_string()),
        Err("lists and objects are nested too deeply".to_owned())
    );
    assert!(read(&"{\"a\":".repeat(1_000_000)).is_err());
}

#[test]
fn fields_are_asked_for_by_their_kind() {
    let record = object(
        "{\"t\":\"x\",\"n\":65535,\"b\":true,\"o\":{\"n\":1},\"l\":[\"x\",\"y\"],\"r\":[{},{\"n\":2}],\"z\":null}",
    );
    assert_eq!(record.text("t"), Ok("x"));
    assert_eq!(record.text_if_any("t"), Ok(Some("x")));
    assert_eq!(record.text_if_any("z"), Ok(None));
    assert_eq!(record.text_if_any("none"), Ok(None));
    assert_eq!(
        (record.u16("n"), record.u32("n"), record.u64("n")),
        (Ok(65535), Ok(65535), Ok(65535))
    );
    assert_eq!(record.bool("b"), Ok(true));
    assert_eq!(record.object("o").and_then(|inner| inner.u8("n")), Ok(1));
    assert_eq!(record.texts("l"), Ok(vec!["x".to_owned(), "y".to_owned()]));
    let numbers: Vec<_> = record
        .objects("r")
        .expect("objects")
        .iter()
        .map(|inner| inner.u8("n").ok())
        .collect();
    assert_eq!(numbers, [None, Some(2)]);
    assert_eq!(record.get("z"), Some(&Value::Null));
}

#[test]
fn a_field_of_another_kind_is_named() {
    let text = "\n {\"t\":\"x\",\"n\":256,\"l\":[\"x\",1],\"z\":null}";
    let record = object(text);
    let cases = [
        (record.text("n").err(), "`n` is not a text"),
        (record.text("z").err(), "`z` is not a text"),
        (record.text("none").err(), "`none` is missing"),
        (record.text_if_any("n").err(), "`n` is not a text"),
        (record.texts("l").err(), "`l` is not a list of texts"),
        (record.texts("none").err(), "`none` is missing"),
        (record.object("l").err(), "`l` is not an object"),
        (record.objects("l").err(), "`l` is not a list of objects"),
        (record.objects("t").err(), "`t` is not a list of objects"),
        (record.bool("t").err(), "`t` is not true or false"),
        (
            record.u8("n").err(),
            "`n` is not a whole number from 0 to 255",
        ),
        (
            record.u16("t").err(),
            "`t` is not a whole number from 0 to 65535",
        ),
    ];
    for (error, what) in cases {
        let error = error.expect(what);
        assert_eq!(error.to_string(), what);
        // A fault of a field is at the beginning of its object.
        assert_eq!(error.within(text), format!("{what} at line 2 column 2"));
    }
}

#[test]
fn whole_numbers_have_neither_sign_nor_point_nor_exponent() {
    for (text, whole) in [
        ("0", Some(0)),
        ("18446744073709551615", Some(u64::MAX)),
        ("18446744073709551616", None),
        ("-0", None),
        ("-1", None),
        ("1.0", None),
        ("1e2", None),
        ("1e999", None),
        ("\"1\"", None),
        ("true", None),
    ] {
        let record = format!("{{\"n\":{text}}}");
        assert_eq!(object(&record).u64("n").ok(), whole, "{text}");
    }
    assert!(object("{\"n\":4294967295}").u32("n").is_ok());
    assert!(object("{\"n\":4294967296}").u32("n").is_err());
}

#[test]
fn commas_stand_between_values_and_nowhere_else() {
    let mut out = Writer::default();
    out.open('{');
    out.text_field("a{", "[");
    out.whole_field("n", u64::MAX);
    out.bool_field("b", true);
    out.bool_field("c", false);
    out.texts_field("none", &[]);
    out.texts_field("two", &["{".to_owned(), ",".to_owned()]);
    out.name("l");
    out.open('[');
    for _ in 0..2 {
        out.open('{');
        out.close('}');
    }
    out.open('[');
    out.close(']');
    out.text(":");
    out.text("");
    out.close(']');
    out.close('}');
    assert_eq!(
        out.finish(),
        "{\"a{\":\"[\",\"n\":18446744073709551615,\"b\":true,\"c\":false,\"none\":[],\"two\":[\"{\",\",\"],\
         \"l\":[{},{},[],\":\",\"\"]}"
    );
}
