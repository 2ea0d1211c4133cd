//! A question's blocks in a neutral form, gathered in the one walk over the file. Question types read their key from it.

use pulldown_cmark::{BlockQuoteKind, Event, Tag};

use super::diagnostic::{Code, Report};
use super::span::Span;

/// What a block of a question is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Paragraph,
    List,
    /// `> [!NOTE]`
    Note,
    /// Any other block: a table, fenced code, a quotation, a heading of level 3 and below.
    Other,
    /// An HTML comment: kept in the file, shown to no candidate.
    Comment,
}

/// A block at the top level of a question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    pub(crate) span: Span,
    /// Its items or code spans: a range of the outline's.
    details: (u32, u32),
    claimed: bool,
}

/// An item of a top-level list.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Item {
    pub(crate) span: Span,
    /// What stands in it before the rationale, without the box.
    pub(crate) text: Span,
    /// Whether its box is ticked; `None` when it has no box.
    pub(crate) task: Option<bool>,
    /// The blockquote in it.
    pub(crate) rationale: Option<Span>,
    /// What stands behind the rationale, where nobody would see it.
    pub(crate) stray: Option<Span>,
}

/// Names a block of the outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BlockId(usize);

/// The blocks of one question or vignette. Reused from question to question, so that reading allocates little.
#[derive(Debug)]
pub(crate) struct Outline<'s> {
    source: &'s str,
    heading: Span,
    blocks: Vec<Block>,
    items: Vec<Item>,
    codes: Vec<Span>,
    depth: usize,
}

impl<'s> Outline<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self {
            source,
            heading: Span::default(),
            blocks: Vec::new(),
            items: Vec::new(),
            codes: Vec::new(),
            depth: 0,
        }
    }

    /// Forgets the blocks and begins again under `heading`.
    pub(super) fn restart(&mut self, heading: Span) {
        self.heading = heading;
        self.blocks.clear();
        self.items.clear();
        self.codes.clear();
    }

    /// Takes in the beginning of an element, `depth` elements deep.
    pub(super) fn open(&mut self, tag: &Tag<'_>, span: Span, depth: usize) {
        self.depth = depth + 1;
        if depth == 0 {
            let kind = match tag {
                Tag::Paragraph => BlockKind::Paragraph,
                Tag::List(_) => BlockKind::List,
                Tag::BlockQuote(Some(BlockQuoteKind::Note)) => BlockKind::Note,
                Tag::HtmlBlock => BlockKind::Comment,
                _ => BlockKind::Other,
            };
            self.push(kind, span);
        } else if self.in_list() {
            if depth == 1 {
                let span = span.trimmed(self.source);
                self.items.push(Item {
                    span,
                    text: Span::new(span.end as usize, span.end as usize),
                    ..Item::default()
                });
                self.close_details();
            } else if depth == 2 {
                self.open_in_item(tag, span);
            }
        }
    }

    /// Takes in a block that has no inside, such as a thematic break.
    pub(super) fn lone_block(&mut self, span: Span) {
        self.push(BlockKind::Other, span);
    }

    fn push(&mut self, kind: BlockKind, span: Span) {
        let start = if kind == BlockKind::List {
            self.items.len()
        } else {
            self.codes.len()
        } as u32;
        self.blocks.push(Block {
            kind,
            span: span.trimmed(self.source),
            details: (start, start),
            claimed: false,
        });
    }

    fn in_list(&self) -> bool {
        matches!(self.blocks.last(), Some(block) if block.kind == BlockKind::List)
    }

    fn close_details(&mut self) {
        let (items, codes) = (self.items.len() as u32, self.codes.len() as u32);
        if let Some(block) = self.blocks.last_mut() {
            block.details.1 = if block.kind == BlockKind::List {
                items
            } else {
                codes
            };
        }
    }

    fn open_in_item(&mut self, tag: &Tag<'_>, span: Span) {
        let Some(item) = self.items.last_mut() else {
            return;
        };
        if matches!(tag, Tag::BlockQuote(_)) && item.rationale.is_none() {
            item.rationale = Some(span.trimmed(self.source));
            item.text = Span::new(
                item.text.start.min(span.start) as usize,
                span.start as usize,
            )
            .trimmed(self.source);
        } else {
            Self::text_in_item(item, span);
        }
    }

    /// An item's text begins at the first thing in it; behind the rationale there should be none.
    fn text_in_item(item: &mut Item, span: Span) {
        match item.rationale {
            None => {
                if span.start < item.text.start {
                    item.text = Span {
                        start: span.start,
                        end: item.span.end,
                    };
                }
            }
            Some(rationale) if span.start >= rationale.end => {
                item.stray.get_or_insert(span);
            }
            Some(_) => {}
        }
    }

    /// Takes in an event that has no inside, `depth` elements deep.
    pub(super) fn leaf(&mut self, event: &Event<'_>, span: Span, depth: usize) {
        if !self.in_list() {
            if depth == 1
                && let Event::Code(_) = event
                && matches!(self.blocks.last(), Some(block) if block.kind == BlockKind::Paragraph)
            {
                self.codes.push(inside_code(self.source, span));
                self.close_details();
            }
            return;
        }
        let Some(item) = self.items.last_mut() else {
            return;
        };
        match event {
            // Tight lists have it right in the item, loose ones in the item's first paragraph.
            Event::TaskListMarker(ticked) if depth <= 3 && item.task.is_none() => {
                item.task = Some(*ticked);
                item.text = Span {
                    start: span.end,
                    end: item.span.end.max(span.end),
                }
                .trimmed(self.source);
            }
            _ if depth == 2 => Self::text_in_item(item, span),
            _ => {}
        }
    }

    // What question types read.

    pub(crate) fn source(&self) -> &'s str {
        self.source
    }

    pub(crate) fn heading(&self) -> Span {
        self.heading
    }

    pub(crate) fn span(&self, block: BlockId) -> Span {
        self.blocks[block.0].span
    }

    pub(crate) fn items(&self, list: BlockId) -> &[Item] {
        let (start, end) = self.blocks[list.0].details;
        self.items
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    /// The insides of a paragraph's code spans.
    pub(crate) fn codes(&self, paragraph: BlockId) -> &[Span] {
        let (start, end) = self.blocks[paragraph.0].details;
        self.codes
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    fn claim(&mut self, wanted: impl Fn(&Self, BlockId) -> bool) -> Option<BlockId> {
        let found = (0..self.blocks.len())
            .map(BlockId)
            .find(|&id| !self.blocks[id.0].claimed && wanted(self, id))?;
        self.blocks[found.0].claimed = true;
        Some(found)
    }

    /// Claims the first list of which an item has a box; failing that, the last list.
    pub(crate) fn claim_task_list(&mut self) -> Option<BlockId> {
        let is_list = |outline: &Self, id: BlockId| outline.blocks[id.0].kind == BlockKind::List;
        let last = (0..self.blocks.len())
            .map(BlockId)
            .rfind(|&id| is_list(self, id));
        self.claim(|outline, id| {
            is_list(outline, id) && outline.items(id).iter().any(|item| item.task.is_some())
        })
        .or_else(|| self.claim(|_, id| Some(id) == last))
    }

    /// Claims the paragraph that begins with `**Answer:**`; reports when there is none.
    pub(crate) fn claim_answer(&mut self, report: &mut Report) -> Option<BlockId> {
        let found = self.claim(|outline, id| {
            outline.blocks[id.0].kind == BlockKind::Paragraph
                && outline
                    .span(id)
                    .of(outline.source)
                    .starts_with("**Answer:**")
        });
        match found {
            None => {
                report.add(
                    Code::NoAnswer,
                    self.heading,
                    "this question has no paragraph that begins with `**Answer:**`",
                );
                None
            }
            Some(id) if self.codes(id).is_empty() => {
                report.add(
                    Code::AnswerForm,
                    self.span(id),
                    "no answer in a code span stands here",
                );
                None
            }
            found => found,
        }
    }

    // What the reader of a bank does with it.

    /// Claims the tag line: the first block, when it is a paragraph of nothing but code spans.
    pub(super) fn claim_tag_line(&mut self) -> Option<BlockId> {
        let first = (0..self.blocks.len())
            .map(BlockId)
            .find(|&id| self.blocks[id.0].kind != BlockKind::Comment)?;
        let block = self.blocks[first.0];
        let text = block.span.of(self.source);
        let codes: usize = self
            .codes(first)
            .iter()
            .map(|code| code.of(self.source).len())
            .sum();
        let rest = text
            .bytes()
            .filter(|byte| !byte.is_ascii_whitespace() && *byte != b'`')
            .count();
        let spaces = self
            .codes(first)
            .iter()
            .flat_map(|code| code.of(self.source).bytes())
            .filter(u8::is_ascii_whitespace)
            .count();
        let is_tag_line = block.kind == BlockKind::Paragraph && codes > 0 && rest == codes - spaces;
        self.claim(|_, id| is_tag_line && id == first)
    }

    /// Claims the first explanation; a second one is reported.
    pub(super) fn claim_explanation(&mut self, report: &mut Report) -> Option<Span> {
        let is_note = |outline: &Self, id: BlockId| outline.blocks[id.0].kind == BlockKind::Note;
        let first = self.claim(is_note)?;
        while let Some(second) = self.claim(is_note) {
            report.add(
                Code::TwoExplanations,
                self.span(second),
                "this question has an explanation already",
            );
        }
        Some(self.span(first))
    }

    /// The stem: everything unclaimed before the first claimed block behind the tag line. What is unclaimed behind it is reported, since no
    /// candidate would see it.
    pub(super) fn stem(&self, report: &mut Report) -> Span {
        let mut blocks = self
            .blocks
            .iter()
            .filter(|block| block.kind != BlockKind::Comment)
            .skip_while(|block| {
                block.claimed && block.kind == BlockKind::Paragraph && self.is_tag_line(block)
            })
            .peekable();
        let mut stem: Option<Span> = None;
        while let Some(block) = blocks.next_if(|block| !block.claimed) {
            let start = stem.map_or(block.span.start, |stem| stem.start);
            stem = Some(Span {
                start,
                end: block.span.end,
            });
        }
        for block in blocks.filter(|block| !block.claimed) {
            report.add(
                Code::StrayBlock,
                block.span,
                "this stands behind the answer, outside stem, rationale and explanation",
            );
        }
        for stray in self.items.iter().filter_map(|item| item.stray) {
            report.add(
                Code::StrayBlock,
                stray,
                "this stands behind the rationale of its option",
            );
        }
        stem.unwrap_or_default()
    }

    fn is_tag_line(&self, block: &Block) -> bool {
        self.blocks
            .iter()
            .find(|other| other.kind != BlockKind::Comment)
            .is_some_and(|first| first.span == block.span)
    }

    /// All the blocks that are shown, as one span; empty when there are none.
    pub(super) fn all(&self) -> Span {
        let mut shown = self
            .blocks
            .iter()
            .filter(|block| block.kind != BlockKind::Comment);
        match (shown.next(), shown.next_back()) {
            (Some(first), Some(last)) => Span {
                start: first.span.start,
                end: last.span.end,
            },
            (Some(only), None) => only.span,
            _ => Span::default(),
        }
    }
}

/// What stands between the backticks of a code span, without the space that CommonMark strips at each end.
pub(super) fn inside_code(source: &str, span: Span) -> Span {
    let text = span.of(source);
    let ticks = text.len() - text.trim_start_matches('`').len();
    let inner = Span::new(
        span.start as usize + ticks,
        (span.end as usize).saturating_sub(ticks),
    );
    inner.trimmed(source)
}
