//! What a bank holds.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::diagnostic::{Diagnostic, Severity};
use super::front::Tags;
use super::html::{Html, filled};
use super::image::Image;
use super::span::Span;
use crate::fraction::Fraction;
use crate::question::{
    Choice, Criterion, Form, Gap, Line, QuestionType, Refusal, Response, by_alphabet, word,
};
use crate::sorted::by_text;

/// A question bank: the markdown of one file and the places of its questions in it.
#[derive(Debug)]
pub struct Bank {
    pub(super) path: String,
    pub(super) source: String,
    pub(super) digest: String,
    pub(super) title: Span,
    pub(super) topic: Span,
    pub(super) entries: Vec<Entry>,
    /// The entries' indices in the order of their ids; made when a question is first looked up.
    pub(super) by_id: OnceLock<Vec<u32>>,
    pub(super) cases: Vec<CaseEntry>,
    /// The labels of footnotes that questions refer to, in file order, each once for a question; an entry holds a range of it.
    pub(super) references: Vec<Span>,
    pub(super) footnotes: HashMap<String, Span>,
    pub(super) images: Vec<Image>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A question, as places.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: Span,
    pub(super) title: Span,
    /// All of it, from its heading to the next.
    pub(super) span: Span,
    /// In two parts where the options of an `extended` question stand in it.
    pub(super) stem: [Span; 2],
    pub(super) explanation: Option<Span>,
    pub(super) type_name: &'static str,
    pub(super) question_type: Box<dyn QuestionType>,
    pub(super) tags: Tags,
    /// The case that it belongs to, an index into `Bank::cases`.
    pub(super) case: Option<u32>,
    pub(super) references: (u32, u32),
}

/// A case, as places.
#[derive(Debug)]
pub(super) struct CaseEntry {
    pub(super) title: Span,
    pub(super) vignette: Span,
}

impl Bank {
    /// The path that it was read under, relative to the folder of its course, such as `hl7.md`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The text as read.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// SHA-256 of the bytes as read, 64 hexadecimal digits in lower case.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The title of the front matter.
    #[must_use]
    pub fn title(&self) -> &str {
        self.title.of(&self.source)
    }

    /// The topic of the front matter, which its questions have unless they say another; may be empty.
    #[must_use]
    pub fn topic(&self) -> &str {
        self.topic.of(&self.source)
    }

    /// The pictures beside it that it shows, in file order.
    #[must_use]
    pub fn images(&self) -> &[Image] {
        &self.images
    }

    /// What is wrong with it, in file order.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether it can be used: it has no error. Warnings do not stop it.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.diagnostics
            .iter()
            .all(|diagnostic| diagnostic.severity() != Severity::Error)
    }

    /// How many sound questions it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has no sound question.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Draws a piece of the source; pictures stand beside the bank, which may be in a folder below that of the course.
    fn html(&self, html: &Html<'_>, draw: impl Fn(&Html<'_>, &str) -> String) -> String {
        match self.path.rsplit_once('/') {
            None => draw(html, &self.source),
            Some((folder, _)) => {
                let base = [html.base, folder, "/"].concat();
                draw(&Html { base: &base }, &self.source)
            }
        }
    }

    /// The question at `index` of the file's order.
    #[must_use]
    pub fn question(&self, index: usize) -> Option<Question<'_>> {
        self.entries
            .get(index)
            .map(|entry| Question { bank: self, entry })
    }

    /// Its sound questions in file order.
    pub fn questions(&self) -> impl Iterator<Item = Question<'_>> {
        self.entries
            .iter()
            .map(|entry| Question { bank: self, entry })
    }

    /// The question with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<Question<'_>> {
        let id_at = |&index: &u32| self.question(index as usize).map(Question::id);
        let by_id = self
            .by_id
            .get_or_init(|| by_text(self.len(), &|index| id_at(&index).unwrap_or_default()));
        let found = by_id.binary_search_by(|index| id_at(index).cmp(&Some(id)));
        self.question(by_id[found.ok()?] as usize)
    }
}

/// How hard a question is, said by the tutor as `difficulty:1` to `3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Difficulty {
    /// `difficulty:1`
    Easy,
    /// `difficulty:2`
    Middling,
    /// `difficulty:3`
    Hard,
}

impl Difficulty {
    /// All three, easy first.
    pub const ALL: [Self; 3] = [Self::Easy, Self::Middling, Self::Hard];

    /// From the digit that tag lines use.
    #[must_use]
    pub fn from_digit(digit: &str) -> Option<Self> {
        match digit {
            "1" => Some(Self::Easy),
            "2" => Some(Self::Middling),
            "3" => Some(Self::Hard),
            _ => None,
        }
    }
}

/// A question of a bank.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    bank: &'a Bank,
    entry: &'a Entry,
}

impl<'a> Question<'a> {
    fn text(self, span: Span) -> &'a str {
        span.of(&self.bank.source)
    }

    /// Its id, unique in the course and stable for ever.
    #[must_use]
    pub fn id(self) -> &'a str {
        self.text(self.entry.id)
    }

    /// Its title, for tutors and the review; it may give the answer away, so no sitting shows it.
    #[must_use]
    pub fn title(self) -> &'a str {
        self.text(self.entry.title)
    }

    /// The bank that it stands in.
    #[must_use]
    pub fn bank(self) -> &'a Bank {
        self.bank
    }

    /// Where all of it stands in the bank, from its heading to the next.
    #[must_use]
    pub fn span(self) -> Span {
        self.entry.span
    }

    /// The word that its tag line says for its type, such as `single`.
    #[must_use]
    pub fn type_name(self) -> &'static str {
        self.entry.type_name
    }

    /// Its topic, such as `hl7/orders-results`: its own or the bank's.
    #[must_use]
    pub fn topic(self) -> &'a str {
        self.text(self.entry.tags.topic)
    }

    /// Where its topic stands.
    #[must_use]
    pub fn topic_span(self) -> Span {
        self.entry.tags.topic
    }

    /// Its difficulty: its own, the bank's, or middling.
    #[must_use]
    pub fn difficulty(self) -> Difficulty {
        self.entry.tags.difficulty
    }

    /// The tier of the career framework that it examines, 1 to 5; 0 when nothing says.
    #[must_use]
    pub fn tier(self) -> u8 {
        self.entry.tags.tier
    }

    /// The facet of PACS management that it examines; empty when nothing says.
    #[must_use]
    pub fn facet(self) -> &'a str {
        self.text(self.entry.tags.facet)
    }

    /// Its full marks, at least 1.
    #[must_use]
    pub fn marks(self) -> u32 {
        u32::from(self.entry.tags.marks.unwrap_or(1))
    }

    /// The marking rule that it names; empty where its type has one only.
    #[must_use]
    pub fn rule(self) -> &'a str {
        self.entry.tags.rule(&self.bank.source)
    }

    /// How many options or items may be shuffled; 0 where the question says `fixed` or its type has none. The items of an `ordering`
    /// question are always shuffled.
    #[must_use]
    pub fn shuffled(self) -> usize {
        match self.form() {
            Form::Choices { options, .. }
            | Form::Match {
                options,
                lettered: false,
                ..
            } if !self.entry.tags.fixed => options.len(),
            Form::Order { items } => items.len(),
            _ => 0,
        }
    }

    /// The case that it belongs to.
    #[must_use]
    pub fn case(self) -> Option<Case<'a>> {
        let index = self.entry.case?;
        self.bank.cases.get(index as usize).map(|entry| Case {
            bank: self.bank,
            entry,
            index,
        })
    }

    /// What the candidate is given to answer with.
    #[must_use]
    pub fn form(self) -> Form<'a> {
        self.entry.question_type.form()
    }

    /// A response that earns full marks.
    #[must_use]
    pub fn key(self) -> Response {
        self.entry.question_type.key()
    }

    /// Whether `response` is one that the question can take.
    ///
    /// # Errors
    /// [`Refusal`] says in plain words what the candidate should do; such a response is not recorded.
    pub fn check(self, response: &Response) -> Result<(), Refusal> {
        self.entry.question_type.check(response)
    }

    /// Whether it takes a person to mark it: then [`mark`](Self::mark) says nothing, and marks are given by an award for each criterion of
    /// its [`rubric`](Self::rubric).
    #[must_use]
    pub fn is_marked_by_a_person(self) -> bool {
        matches!(self.form(), Form::Essay { .. })
    }

    /// What a person gives marks for; empty where none does.
    #[must_use]
    pub fn rubric(self) -> &'a [Criterion] {
        match self.form() {
            Form::Essay { rubric, .. } => rubric,
            _ => &[],
        }
    }

    /// The share of its marks that a response earns, from 0 to 1; 0 where a person marks it. A response never given is not a response: it
    /// earns 0 without asking.
    #[must_use]
    pub fn mark(self, response: &Response) -> Fraction {
        self.entry.question_type.mark(response)
    }

    /// The markdown of the stem, gaps with their keys included: mostly one part, two where the options of an `extended` question stand
    /// between them.
    pub fn stem_parts(self) -> impl Iterator<Item = &'a str> {
        let parts = self.entry.stem.into_iter();
        parts
            .filter(|part| !part.is_empty())
            .map(move |part| self.text(part))
    }

    fn gaps(self) -> &'a [Gap] {
        match self.form() {
            Form::Gaps(gaps) => gaps,
            _ => &[],
        }
    }

    /// The markdown of the stem; `fill` writes what stands in place of each gap, given its number from 0.
    #[must_use]
    pub fn stem_filled(self, fill: &dyn Fn(usize, &mut String)) -> String {
        let mut out = String::new();
        for part in self.entry.stem {
            if !part.is_empty() {
                if !out.is_empty() {
                    out.push_str("\n\n");
                }
                out.push_str(&filled(&self.bank.source, part, self.gaps(), fill));
            }
        }
        out
    }

    /// The stem as HTML. Where a gap stands, it has `<span class="tw-gap" data-gap="0"></span>` with the number of the gap, from 0; what
    /// fills the gap is not in it.
    #[must_use]
    pub fn stem_html(self, html: &Html<'_>) -> String {
        let mut out = String::new();
        let parts = self.entry.stem.into_iter();
        for part in parts.filter(|part| !part.is_empty()) {
            out.push_str(&self.bank.html(html, |html, source| match self.gaps() {
                [] => html.blocks(source, part),
                gaps => html.gapped(source, part, gaps),
            }));
        }
        out
    }

    /// The words of a gap as plain text, each with its index in the bank's order. Those of a choice stand as they are shown: numbers by
    /// value, then the others by the alphabet.
    #[must_use]
    pub fn gap_words(self, gap: &Gap) -> Vec<(usize, String)> {
        let words: Vec<String> = gap
            .words
            .iter()
            .map(|&span| word(self.text(span)))
            .collect();
        let order = match gap.choice {
            Some(_) => by_alphabet(&words),
            None => (0..words.len() as u32).collect(),
        };
        order
            .into_iter()
            .map(|at| (at as usize, words[at as usize].clone()))
            .collect()
    }

    /// Whether its options stand in a table.
    fn has_cells(self) -> bool {
        matches!(
            self.form(),
            Form::Match {
                lettered: false,
                ..
            } | Form::Hotspot { .. }
        )
    }

    /// The text of an option as HTML.
    #[must_use]
    pub fn choice_html(self, html: &Html<'_>, choice: &Choice) -> String {
        match self.has_cells() {
            true => self.cell_html(html, choice.text),
            false => self.piece_html(html, choice.text),
        }
    }

    /// The cell of a table as HTML, such as a stem to be matched.
    #[must_use]
    pub fn cell_html(self, html: &Html<'_>, span: Span) -> String {
        self.bank.html(html, |html, source| html.cell(source, span))
    }

    /// The rationale of an option as HTML; `None` when it has none.
    #[must_use]
    pub fn rationale_html(self, html: &Html<'_>, choice: &Choice) -> Option<String> {
        choice.rationale.map(|span| match self.has_cells() {
            true => self.cell_html(html, span),
            false => self
                .bank
                .html(html, |html, source| html.quoted(source, span)),
        })
    }

    /// A short piece of the question's markdown, such as a unit or an accepted answer, as HTML.
    #[must_use]
    pub fn piece_html(self, html: &Html<'_>, span: Span) -> String {
        self.bank.html(html, |html, source| html.line(source, span))
    }

    /// A blockquote of the question's markdown, such as a model answer, or the cell of a table, as HTML.
    #[must_use]
    pub fn quoted_html(self, html: &Html<'_>, span: Span) -> String {
        self.bank
            .html(html, |html, source| html.quoted(source, span))
    }

    /// The text of a line of its message, without the brackets around a key.
    #[must_use]
    pub fn line(self, line: &Line) -> String {
        let mut text = String::new();
        for &piece in &line.pieces {
            text.push_str(self.text(piece));
        }
        text
    }

    /// A short piece of the question as plain text, such as a unit.
    #[must_use]
    pub fn piece(self, span: Span) -> &'a str {
        self.text(span)
    }

    /// Whether it has an explanation.
    #[must_use]
    pub fn has_explanation(self) -> bool {
        self.entry.explanation.is_some()
    }

    /// Where its explanation stands, a blockquote; `None` when it has none.
    #[must_use]
    pub fn explanation(self) -> Option<Span> {
        self.entry.explanation
    }

    /// The explanation as HTML; `None` when it has none.
    #[must_use]
    pub fn explanation_html(self, html: &Html<'_>) -> Option<String> {
        self.entry.explanation.map(|span| {
            self.bank
                .html(html, |html, source| html.quoted(source, span))
        })
    }

    /// Its sources as HTML, one a footnote, each once, in the order in which the question names them.
    #[must_use]
    pub fn sources_html(self, html: &Html<'_>) -> Vec<String> {
        self.sources()
            .map(|span| {
                self.bank
                    .html(html, |html, source| html.footnote(source, span))
            })
            .collect()
    }

    /// The places of its sources' footnotes.
    pub fn sources(self) -> impl Iterator<Item = Span> + use<'a> {
        self.labels()
            .iter()
            .filter_map(move |label| self.bank.footnotes.get(self.text(*label)).copied())
    }

    fn labels(self) -> &'a [Span] {
        let (start, end) = self.entry.references;
        self.bank
            .references
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }
}

/// A case: a vignette with the questions that are asked of it.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    bank: &'a Bank,
    entry: &'a CaseEntry,
    index: u32,
}

impl<'a> Case<'a> {
    /// Its title; like a question's, not shown in a sitting.
    #[must_use]
    pub fn title(self) -> &'a str {
        self.entry.title.of(&self.bank.source)
    }

    /// Its place among the bank's cases, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.index as usize
    }

    /// The markdown of the vignette.
    #[must_use]
    pub fn vignette(self) -> &'a str {
        self.entry.vignette.of(&self.bank.source)
    }

    /// The vignette as HTML.
    #[must_use]
    pub fn vignette_html(self, html: &Html<'_>) -> String {
        self.bank.html(html, |html, source| {
            html.blocks(source, self.entry.vignette)
        })
    }

    /// The questions of the case, in order.
    pub fn questions(self) -> impl Iterator<Item = Question<'a>> {
        let index = self.index;
        self.bank
            .questions()
            .filter(move |question| question.entry.case == Some(index))
    }
}
