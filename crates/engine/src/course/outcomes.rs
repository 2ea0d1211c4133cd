//! The section `## Outcomes` of a course page: what someone who passes can do. Few ask for it, so it is read when they do.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::Course;
use crate::bank::{Bank, Code, Diagnostic, Report, Span, parser};

/// An outcome of a course, as places in its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What questions name it by, such as `2.1`.
    pub id: Span,
    /// What one can do then, markdown; may be empty.
    pub text: Span,
}

impl Course {
    /// The outcomes that its page lists, in order: the rows of the tables in the section `## Outcomes`, of which the first
    /// column is the id. None when there is no such section.
    #[must_use]
    pub fn outcomes(&self) -> Vec<Outcome> {
        let body = self.briefing[0].start as usize;
        let mut found = Vec::new();
        let (mut inside, mut in_head, mut depth) = (false, false, 0_usize);
        let mut title = String::new();
        let mut cells: Vec<Span> = Vec::new();
        let text = self.source.get(body..).unwrap_or_default();
        for (event, range) in parser(text).into_offset_iter() {
            match event {
                Event::Start(tag) => {
                    match tag {
                        Tag::Heading { level, .. } if depth == 0 => {
                            inside &= level > HeadingLevel::H2;
                            title.clear();
                        }
                        Tag::TableHead => in_head = true,
                        Tag::TableCell if inside && !in_head => {
                            let place = Span::new(body + range.start, body + range.end);
                            cells.push(self.cell(place));
                        }
                        _ => {}
                    }
                    depth += 1;
                }
                Event::End(tag) => {
                    depth = depth.saturating_sub(1);
                    match tag {
                        TagEnd::Heading(HeadingLevel::H2) if depth == 0 => {
                            inside = title.trim().eq_ignore_ascii_case("outcomes");
                        }
                        TagEnd::TableHead => in_head = false,
                        TagEnd::TableRow => {
                            let mut cells = cells.drain(..);
                            if let Some(id) = cells.next().filter(|id| !id.is_empty()) {
                                let text = cells.next().unwrap_or_default();
                                found.push(Outcome { id, text });
                            }
                        }
                        _ => {}
                    }
                }
                Event::Text(piece) | Event::Code(piece) => title.push_str(&piece),
                _ => {}
            }
        }
        found
    }

    /// The inside of a cell, without the marks of a code span that it may be.
    fn cell(&self, place: Span) -> Span {
        let place = place.trimmed(&self.source);
        let text = place.of(&self.source);
        match text
            .strip_prefix('`')
            .and_then(|text| text.strip_suffix('`'))
        {
            Some(inner) if !inner.contains('`') => {
                Span::new(place.start as usize + 1, place.end as usize - 1).trimmed(&self.source)
            }
            _ => place,
        }
    }

    /// The outcomes that its page lists twice, at places of the page.
    #[must_use]
    pub fn outcomes_twice(&self) -> Vec<Diagnostic> {
        let mut report = Report::new();
        let mut known: Vec<&str> = Vec::new();
        for outcome in self.outcomes() {
            let id = outcome.id.of(&self.source);
            if known.contains(&id) {
                let message = format!("`{id}` is an outcome already");
                report.add(Code::OutcomeTwice, outcome.id, message);
            }
            known.push(id);
        }
        report.finish()
    }

    /// The tags of a bank's questions that name no outcome of the course, at places of the bank. Where the page lists no
    /// outcomes, tags are free.
    #[must_use]
    pub fn unknown_outcomes(&self, bank: &Bank) -> Vec<Diagnostic> {
        let mut report = Report::new();
        let outcomes = self.outcomes();
        let known = |id: &str| {
            let mut all = outcomes.iter();
            all.any(|outcome| outcome.id.of(&self.source) == id)
        };
        if outcomes.is_empty() {
            return Vec::new();
        }
        for question in bank.questions() {
            for tag in question.outcomes() {
                let id = question.piece(tag);
                if !known(id) {
                    let message = format!("the course page lists no outcome `{id}`");
                    report.add(Code::UnknownOutcome, tag, message);
                }
            }
        }
        report.finish()
    }
}

#[cfg(test)]
mod tests {
    use crate::bank;
    use crate::course;

    const PAGE: &str = "---\ntierwise: 1\ntitle: T\n---\n\n| Outcome | Not here |\n| --- | --- |\n| 9.9 | x |\n\n## outcomes\n\nSo:\n\n| Outcome | What |\n| --- | --- |\n| 2.1 | Read a *message* |\n| `2.2` | Match |\n| | nothing |\n\n### More\n\n| Outcome |\n| --- |\n| 2.1 |\n\n## Blueprint\n\n| Bank | Topic |\n| --- | --- |\n| a.md | t |\n";

    #[test]
    fn the_tables_of_the_section_are_read() {
        let course = course::read("x", PAGE.into());
        let listed: Vec<(&str, &str)> = course
            .outcomes()
            .iter()
            .map(|outcome| (outcome.id.of(PAGE), outcome.text.of(PAGE)))
            .collect();
        let expected = [("2.1", "Read a *message*"), ("2.2", "Match"), ("2.1", "")];
        assert_eq!(listed, expected);
        let twice = course.outcomes_twice();
        assert_eq!(twice.len(), 1);
        assert!(twice[0].span.start as usize > PAGE.find("### More").expect("it is there"));
    }

    #[test]
    fn tags_are_held_against_the_page() {
        let text = "---\ntierwise: 1\ntitle: T\ntopic: t\n---\n\n## a · A\n`short` `outcome:2.2` `outcome:2.20`\n\nWhat?\n\n**Answer:** `x`\n";
        let bank = bank::read("a.md", text.into());
        let unknown = course::read("x", PAGE.into()).unknown_outcomes(&bank);
        let places: Vec<&str> = unknown.iter().map(|one| one.span.of(text)).collect();
        assert_eq!(places, ["2.20"]);
        // A page that lists none leaves tags free.
        let page = PAGE.replace("## outcomes", "## other");
        assert_eq!(course::read("x", page.into()).unknown_outcomes(&bank), []);
    }
}
