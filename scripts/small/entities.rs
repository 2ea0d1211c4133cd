//! The named characters that a bank may use, in the place of pulldown-cmark's table of the 2,125 that HTML has, which is a tenth of the page's bytes.
//! Every other one is a fault that `check` reports (`named-character`), so a bank that can be used reads alike with either table.

/// What the name between `&` and `;` stands for.
pub(crate) fn get_entity(bytes: &[u8]) -> Option<&'static str> {
    Some(match bytes {
        b"amp" => "&",
        b"lt" => "<",
        b"gt" => ">",
        b"quot" => "\"",
        b"apos" => "'",
        b"nbsp" => "\u{a0}",
        _ => return None,
    })
}
