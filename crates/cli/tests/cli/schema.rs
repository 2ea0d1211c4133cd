//! As much of JSON Schema (draft 2020-12) as docs/*.schema.json use; a keyword that is not known here is a panic, not a pass.

use serde_json::Value;

/// Whether `value` is as `schema` says. `root` is the whole document, for references.
pub(crate) fn accepts(root: &Value, schema: &Value, value: &Value) -> bool {
    let keywords = schema.as_object().unwrap();
    keywords
        .iter()
        .all(|(keyword, said)| match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" => true,
            "$ref" => accepts(root, find(root, said), value),
            "anyOf" => list(said).iter().any(|one| accepts(root, one, value)),
            "const" => value == said,
            "enum" => list(said).contains(value),
            "type" => match said {
                Value::Array(names) => names.iter().any(|name| is(name, value)),
                name => is(name, value),
            },
            "minimum" => whole(value).is_none_or(|number| number >= bound(said)),
            "maximum" => whole(value).is_none_or(|number| number <= bound(said)),
            "maxLength" => value
                .as_str()
                .is_none_or(|text| text.chars().count() as i128 <= bound(said)),
            "maxItems" => value
                .as_array()
                .is_none_or(|items| items.len() as i128 <= bound(said)),
            "items" => value
                .as_array()
                .is_none_or(|items| items.iter().all(|item| accepts(root, said, item))),
            "required" => value.as_object().is_none_or(|fields| {
                list(said)
                    .iter()
                    .all(|name| fields.contains_key(name.as_str().unwrap()))
            }),
            "properties" => value.as_object().is_none_or(|fields| {
                let known = said.as_object().unwrap().iter();
                known.into_iter().all(|(name, schema)| {
                    fields
                        .get(name)
                        .is_none_or(|field| accepts(root, schema, field))
                })
            }),
            // Of objects whose fields have no names of their own.
            "additionalProperties" => value.as_object().is_none_or(|fields| {
                let mut values = fields.values();
                !keywords.contains_key("properties") && values.all(|one| accepts(root, said, one))
            }),
            _ => panic!("the keyword {keyword}"),
        })
}

fn list(said: &Value) -> &Vec<Value> {
    said.as_array().unwrap()
}

fn bound(said: &Value) -> i128 {
    whole(said).unwrap()
}

fn whole(value: &Value) -> Option<i128> {
    let negative = value.as_i64().map(i128::from);
    negative.or_else(|| value.as_u64().map(i128::from))
}

fn find<'v>(root: &'v Value, said: &Value) -> &'v Value {
    let pointer = said.as_str().unwrap().strip_prefix('#').unwrap();
    root.pointer(pointer).unwrap()
}

fn is(name: &Value, value: &Value) -> bool {
    match name.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => whole(value).is_some(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("the type {other}"),
    }
}
