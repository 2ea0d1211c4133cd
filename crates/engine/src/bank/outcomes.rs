//! The outcomes of the syllabus that a question examines.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::markdown::parser;
use super::model::Question;
use super::outline::inside_code;
use super::span::Span;

impl Question<'_> {
    /// Where its tag line names an outcome of the course, such as the `2.1` of `outcome:2.1`.
    ///
    /// Read from the text each time: few ask for it, and so a bank keeps nothing of it.
    #[must_use]
    pub fn outcomes(self) -> Vec<Span> {
        let (source, span) = (self.bank().source(), self.span());
        let base = span.start as usize;
        let mut found = Vec::new();
        let mut inside = false;
        // The tag line is the first paragraph; before it there are a heading and perhaps comments.
        for (event, range) in parser(span.of(source)).into_offset_iter() {
            match event {
                Event::Start(Tag::Paragraph) => inside = true,
                Event::End(TagEnd::Paragraph) => break,
                Event::Code(_) if inside => {
                    let place = Span::new(base + range.start, base + range.end);
                    let code = inside_code(source, place);
                    if let Some((key, value)) = code.of(source).split_once(':')
                        && key.trim_end() == "outcome"
                    {
                        let end = code.end as usize;
                        found.push(Span::new(end - value.len(), end).trimmed(source));
                    }
                }
                _ => {}
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use crate::bank;

    #[test]
    fn tags_are_read_wherever_the_tag_line_is_broken() {
        let text = "---\ntierwise: 1\ntitle: T\ntopic: t\n---\n\n## a · `outcome:9`\n<!-- `outcome:8` -->\n\n`short` `outcome:2.1`\n`` outcome: 2.2 `` `marks:2`\n\nWhat is `outcome:7`?\n\n**Answer:** `x`\n\n## b · B\n`short`\n\nWhat?\n\n**Answer:** `x`\n";
        let bank = bank::read("a.md", text.into());
        assert!(bank.is_usable(), "{:?}", bank.diagnostics());
        let named: Vec<Vec<&str>> = bank
            .questions()
            .map(|question| {
                let spans = question.outcomes().into_iter();
                spans.map(|span| span.of(text)).collect()
            })
            .collect();
        assert_eq!(named, [vec!["2.1", "2.2"], vec![]]);
    }
}
