//! Front matter: its keys in one order, a line each.

use crate::bank::{FrontMatter, Report};

/// The order of the keys, those of banks and of course pages.
const ORDER: &[&str] = &[
    "tierwise",
    "title",
    "summary",
    "course",
    "author",
    "version",
    "topic",
    "tier",
    "facet",
    "difficulty",
    "marks",
    "minutes",
    "pass",
    "back",
    "pause",
    "attempts",
    "confidence",
    "licence",
];

/// Where the markdown begins.
pub(super) fn body(source: &str) -> usize {
    FrontMatter::read(source, &mut Report::new()).body()
}

/// The text with its front matter in order. A comment stays above the key that it stood above, or at the end.
pub(super) fn ordered(source: &str) -> String {
    let end = body(source);
    let (front, rest) = source.split_at(end);
    let inside = front.strip_prefix("---\n");
    let Some(inside) = inside.and_then(|front| front.strip_suffix("---")) else {
        return source.to_owned();
    };
    let mut entries: Vec<(usize, String)> = Vec::new();
    let mut pending = String::new();
    for line in inside
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        match line.split_once(':') {
            Some((key, value)) if !line.starts_with('#') => {
                let key = key.trim_end();
                let place = ORDER.iter().position(|known| *known == key);
                let entry = [pending.as_str(), key, ": ", value.trim_start()].concat();
                entries.push((place.unwrap_or(ORDER.len()), entry.trim_end().to_owned()));
                pending.clear();
            }
            _ => pending += &[line, "\n"].concat(),
        }
    }
    entries.sort_by_key(|entry| entry.0);
    let mut text = "---\n".to_owned();
    for (_, entry) in &entries {
        text += &[entry.as_str(), "\n"].concat();
    }
    [text.as_str(), &pending, "---", rest].concat()
}
