//! Characters written by name, such as `&amp;`.

use super::diagnostic::{Code, Report};
use super::span::Span;

/// The named characters that a bank may use: those that markdown and HTML need themselves.
///
/// HTML has 2,125. The page does without the table of them, which would be a tenth of its bytes (see `scripts/small/entities.rs`, which has these and no
/// others), so that any other would not be shown there as the command reads it.
const NAMED: [&str; 6] = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&nbsp;"];

/// No name in HTML's list is longer than this, its `;` included.
const LONGEST_NAME: usize = 32;

/// Reports the named characters of a text, at `span`, that the page does not know.
pub(crate) fn named_characters(source: &str, span: Span, report: &mut Report) {
    let bytes = source.as_bytes();
    for at in span.range() {
        // Markdown may give the name in a piece of its own, or cut it in two: look at the source itself.
        if bytes.get(at) != Some(&b'&') || at > 0 && bytes[at - 1] == b'\\' {
            continue;
        }
        let rest = &bytes[at + 1..bytes.len().min(at + 1 + LONGEST_NAME)];
        let name = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric());
        let length = name.count();
        if length == 0 || rest.get(length) != Some(&b';') {
            continue;
        }
        let named = Span::new(at, at + length + 2);
        let text = named.of(source);
        if !NAMED.contains(&text) {
            report.add(
                Code::NamedCharacter,
                named,
                [
                    "`",
                    text,
                    "` is a named character that the page does not know",
                ]
                .concat(),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::{Html, read};

    fn faults(stem: &str) -> Vec<String> {
        let bank = format!(
            "---\ntierwise: 1\ntitle: T\ntopic: t\n---\n\n## a-1 · One\n`single`\n\n{stem}\n\n- [x] A\n  > a\n- [ ] B\n  > b\n\n> [!NOTE]\n> N.[^s]\n\n[^s]: S\n"
        );
        let bank = read("t.md", bank.into_bytes());
        let named = bank.diagnostics().iter();
        named
            .map(|one| {
                assert_eq!(one.code, Code::NamedCharacter);
                one.span.of(bank.source()).to_owned()
            })
            .collect()
    }

    #[test]
    fn every_name_but_the_six_is_reported_once() {
        assert_eq!(
            faults("x &alpha; y&rarr;z &nosuchname; **&Alpha;**"),
            ["&alpha;", "&rarr;", "&nosuchname;", "&Alpha;"]
        );
        assert_eq!(faults("| a | b |\n| - | - |\n| &mu; | 1 |"), ["&mu;"]);
    }

    #[test]
    fn the_six_numbers_code_and_a_plain_ampersand_are_none() {
        let fine = "a &amp; b &lt; &gt; &quot; &apos; &nbsp; &#945; &#x3b1; R&D; is \\&alpha; in `&alpha;` & so on; 1 &; 2\n\n```hl7\nPID|1||A&alpha;^B\n```";
        assert_eq!(faults(fine), ["&D;"]);
    }

    #[test]
    fn the_six_are_drawn() {
        let text = NAMED.concat();
        let html = Html { base: "" }.line(&text, Span::new(0, text.len()));
        assert_eq!(html, "&amp;&lt;&gt;&quot;'\u{a0}");
    }
}
