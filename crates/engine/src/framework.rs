//! The framework of the field: what the banks of a site examine of it, and where to learn more of each topic.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::bank::{Bank, Html, Span, parser};
use crate::json::{self, Writer};

/// The version of the record that this release writes and reads.
const VERSION: u32 = 1;

/// The facets of running a PACS, as banks name them; A. Peck, reported by Digital Health in July 2013.
pub const FACETS: [&str; 5] = ["it", "clinical", "legal", "case", "analysis"];
/// The highest tier; the lowest is 1.
pub const TIERS: u8 = 5;

/// What a site's banks examine, and where to learn more. It is stored as JSON; `docs/records.md` names its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Framework {
    /// For tier and facet how many questions there are; only where there is one.
    pub cells: Vec<Cell>,
    /// The topics, in the order of the page that explains them.
    pub topics: Vec<Topic>,
}

/// A tier and a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The tier, 1 to 5.
    pub tier: u8,
    /// The facet's word.
    pub facet: String,
    /// How many questions of the banks are of both.
    pub questions: u32,
}

/// A topic of the framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its name, such as `dicom/network`.
    pub name: String,
    /// What it holds, as markdown in a line.
    pub holds: String,
    /// Where to learn more, as markdown in a line.
    pub more: String,
}

/// The topics that a page explains: the rows of all tables whose columns are `Topic`, what it holds, and `Where to learn more`.
#[must_use]
pub fn topics(source: &str) -> Vec<Topic> {
    let mut topics = Vec::new();
    let mut cells: Vec<(String, String)> = Vec::new();
    let (mut text, mut is_of_topics) = (String::new(), false);
    for (event, range) in parser(source).into_offset_iter() {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => cells.clear(),
            Event::Start(Tag::TableCell) => text.clear(),
            Event::Text(piece) | Event::Code(piece) => text.push_str(&piece),
            Event::End(TagEnd::TableCell) => {
                let span = Span::new(range.start, range.end).trimmed(source);
                cells.push((text.trim().to_owned(), span.of(source).to_owned()));
            }
            Event::End(TagEnd::TableHead) => {
                let is = |at: usize, name: &str| {
                    let cell = cells.get(at);
                    cell.is_some_and(|(text, _)| text.eq_ignore_ascii_case(name))
                };
                is_of_topics = is(0, "Topic") && is(2, "Where to learn more");
            }
            Event::End(TagEnd::TableRow) if is_of_topics => {
                if let [(name, _), (_, holds), (_, more), ..] = cells.as_slice()
                    && !name.is_empty()
                {
                    topics.push(Topic {
                        name: name.clone(),
                        holds: holds.clone(),
                        more: more.clone(),
                    });
                }
            }
            _ => {}
        }
    }
    topics
}

impl Framework {
    /// That of these banks, with topics as [`topics`] reads them.
    #[must_use]
    pub fn of<'b>(banks: impl Iterator<Item = &'b Bank>, topics: Vec<Topic>) -> Self {
        let mut counts = [[0; FACETS.len()]; TIERS as usize];
        for question in banks.flat_map(Bank::questions) {
            let facet = FACETS.iter().position(|facet| *facet == question.facet());
            let tier = usize::from(question.tier());
            if let (Some(facet), 1..=5) = (facet, tier) {
                counts[tier - 1][facet] += 1;
            }
        }
        let mut cells = Vec::new();
        for (tier, counts) in (1..).zip(counts) {
            for (facet, questions) in FACETS.into_iter().zip(counts) {
                if questions > 0 {
                    cells.push(Cell {
                        tier,
                        facet: facet.to_owned(),
                        questions,
                    });
                }
            }
        }
        Self { cells, topics }
    }

    /// Reads the record.
    ///
    /// # Errors
    /// [`json::Error`] when it is none, or of another version.
    pub fn read(text: &str) -> Result<Self, json::Error> {
        let object = json::read_object(text)?;
        if object.u32("tierwise")? != VERSION {
            return Err(object.fault("it is of another version"));
        }
        let mut framework = Self::default();
        for cell in object.objects("cells")? {
            framework.cells.push(Cell {
                tier: cell.u8("tier")?,
                questions: cell.u32("questions")?,
                facet: cell.text("facet")?.to_owned(),
            });
        }
        for topic in object.objects("topics")? {
            let (name, holds) = (topic.text("topic")?, topic.text("holds")?);
            framework.topics.push(Topic {
                more: topic.text("more")?.to_owned(),
                name: name.to_owned(),
                holds: holds.to_owned(),
            });
        }
        Ok(framework)
    }

    /// The record, as JSON.
    #[must_use]
    pub fn write(&self) -> String {
        let mut out = Writer::default();
        out.open('{');
        out.whole_field("tierwise", VERSION.into());
        out.name("cells");
        out.open('[');
        for cell in &self.cells {
            out.open('{');
            out.whole_field("tier", cell.tier.into());
            out.text_field("facet", &cell.facet);
            out.whole_field("questions", cell.questions.into());
            out.close('}');
        }
        out.close(']');
        out.name("topics");
        out.open('[');
        for topic in &self.topics {
            out.open('{');
            out.text_field("topic", &topic.name);
            out.text_field("holds", &topic.holds);
            out.text_field("more", &topic.more);
            out.close('}');
        }
        out.close(']');
        out.close('}');
        out.finish()
    }

    /// How many questions of the banks are of a tier and a facet.
    #[must_use]
    pub fn questions(&self, tier: u8, facet: &str) -> u32 {
        let mut cells = self.cells.iter();
        let found = cells.find(|cell| cell.tier == tier && cell.facet == facet);
        found.map_or(0, |cell| cell.questions)
    }

    /// Where to learn more of a topic, as HTML in a line; of `a/b` where there is nothing of `a/b/c`.
    #[must_use]
    pub fn more_html(&self, topic: &str) -> Option<String> {
        let mut name = topic;
        loop {
            if let Some(found) = self.topics.iter().find(|one| one.name == name) {
                let whole = Span::new(0, found.more.len());
                return Some(Html { base: "" }.cell(&found.more, whole));
            }
            name = name.rsplit_once('/')?.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank;

    const PAGE: &str = "# Framework\n\n| Topic | Who |\n| --- | --- |\n| `no/such` | x |\n\n\
        | Topic | What it holds | Where to learn more |\n| --- | --- | --- |\n\
        | `hl7/structure` | Segments, `\\|` | [HL7](https://www.hl7.org/), *chapter* 2 |\n\
        | `dicom` | All | PS3.5 <b>bold</b> |\n";

    #[test]
    fn topics_are_the_rows_of_the_tables_that_say_where_to_learn_more() {
        let topics = topics(PAGE);
        let names: Vec<_> = topics.iter().map(|topic| topic.name.as_str()).collect();
        assert_eq!(names, ["hl7/structure", "dicom"]);
        assert_eq!(topics[0].holds, "Segments, `\\|`");
        assert_eq!(topics[0].more, "[HL7](https://www.hl7.org/), *chapter* 2");
        assert!(super::topics("text | with | bars").is_empty());
    }

    #[test]
    fn where_to_learn_more_is_html_of_our_own_and_that_of_the_topic_above() {
        let framework = Framework {
            topics: topics(PAGE),
            cells: Vec::new(),
        };
        assert_eq!(
            framework.more_html("hl7/structure").as_deref(),
            Some(
                "<a rel=\"noopener noreferrer\" target=\"_blank\" href=\"https://www.hl7.org/\">HL7</a>, <em>chapter</em> 2"
            )
        );
        let above = framework.more_html("dicom/network/ports");
        assert_eq!(above.as_deref(), Some("PS3.5 bold"));
        assert_eq!(framework.more_html("gdpr/rights"), None);
    }

    #[test]
    fn cells_count_the_questions_of_a_tier_and_a_facet() {
        let text = "---\ntierwise: 1\ntitle: T\ntopic: a/b\ntier: 3\nfacet: it\nlicence: CC0-1.0\n---\n\n\
            ## q-1 · One\n`single`\n\nWhich?\n\n- [x] A\n- [ ] B\n\n\
            ## q-2 · Two\n`single` `facet:legal` `tier:2`\n\nWhat?\n\n- [x] A\n- [ ] B\n\n\
            ## q-3 · Three\n`single`\n\nWhere?\n\n- [x] A\n- [ ] B\n";
        let bank = bank::read("b.md", text.as_bytes().to_vec());
        let framework = Framework::of([&bank].into_iter(), topics(PAGE));
        let counts = |tier, facet| framework.questions(tier, facet);
        assert_eq!((counts(3, "it"), counts(2, "legal")), (2, 1));
        assert_eq!((counts(3, "legal"), counts(5, "it")), (0, 0));
        assert_eq!(Framework::read(&framework.write()), Ok(framework));
    }

    #[test]
    fn what_is_no_record_is_refused() {
        for text in ["", "{}", r#"{"tierwise":2,"cells":[],"topics":[]}"#] {
            assert!(Framework::read(text).is_err(), "{text}");
        }
        let empty = Framework::read(r#"{"tierwise":1,"cells":[],"topics":[]}"#);
        assert_eq!(empty, Ok(Framework::default()));
    }
}
