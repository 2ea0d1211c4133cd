//! Texts as words, so that rules compare what is said and not how it is marked up.

/// The words of a text in small letters, each with one space before and behind it; marks and spaces between them do not matter.
///
/// So ` pid 3 ` is found in ` what pid 3 holds `, and not in ` what pid 31 holds `.
pub(super) fn words(text: &str) -> String {
    spaced(text.chars())
}

/// The same without what stands in code spans, where a word is data.
pub(super) fn prose(text: &str) -> String {
    let mut in_code = false;
    spaced(text.chars().map(move |c| {
        in_code ^= c == '`';
        if in_code { ' ' } else { c }
    }))
}

fn spaced(chars: impl Iterator<Item = char>) -> String {
    let mut out = String::from(" ");
    for c in chars {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if c != '*' && c != '_' && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_capitals_do_not_count() {
        assert_eq!(words("The *PID-3*, or `PID|1`?"), " the pid 3 or pid 1 ");
        assert_eq!(prose("It is `always`, **never** so"), " it is never so ");
        assert_eq!(words("`~`"), " ");
        assert_eq!(words(""), " ");
    }
}
