//! A question's blocks in a neutral form, gathered in the one walk over the file. Question types read their key from it.

use pulldown_cmark::{BlockQuoteKind, Event, HeadingLevel, Tag};

use super::diagnostic::{Code, Report};
use super::span::Span;

/// What a block of a question is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Paragraph,
    List,
    /// `> [!NOTE]`
    Note,
    /// `> [!TIP]`
    Tip,
    Table,
    /// Fenced or indented code.
    Code,
    /// A paragraph of one picture and nothing else.
    Picture,
    /// Any other block: a quotation, a heading of level 3 and below.
    Other,
    /// An HTML comment: kept in the file, shown to no candidate.
    Comment,
}

/// A block at the top level of a question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    pub(crate) span: Span,
    /// Its items, cells, or codes: a range of the outline's.
    details: (u32, u32),
    claimed: bool,
    /// Claimed, and the stem may go on behind it.
    in_stem: bool,
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

/// A cell of a top-level table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    /// What stands in it, without the white space around it; may be empty.
    pub(crate) span: Span,
    /// From 0, which is the header.
    pub(crate) row: u32,
    /// From 0.
    pub(crate) column: u32,
    /// Whether all of it is emphasised.
    pub(crate) italic: bool,
}

/// A place, at any depth, that matters to who looks for brackets in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Zone {
    pub(crate) kind: ZoneKind,
    pub(crate) span: Span,
}

/// What a zone is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ZoneKind {
    /// Code, HTML, a footnote reference: brackets in it are none.
    Opaque,
    /// A link, a picture, a title: nothing to be filled in can stand in it.
    Barred,
    /// A cell of a table begins here.
    Cell,
    /// A text that is shown begins here with two brackets; cells without a column, for one, are not shown.
    Brackets,
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
    cells: Vec<Cell>,
    /// The insides of code spans, and the pieces of code blocks.
    codes: Vec<Span>,
    zones: Vec<Zone>,
    /// The row of the table that the walk is in.
    row: u32,
    depth: usize,
}

impl<'s> Outline<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self {
            source,
            heading: Span::default(),
            blocks: Vec::new(),
            items: Vec::new(),
            cells: Vec::new(),
            codes: Vec::new(),
            zones: Vec::new(),
            row: 0,
            depth: 0,
        }
    }

    /// Forgets the blocks and begins again under `heading`.
    pub(super) fn restart(&mut self, heading: Span) {
        self.heading = heading;
        self.blocks.clear();
        self.items.clear();
        self.cells.clear();
        self.codes.clear();
        self.zones.clear();
    }

    /// Takes in the beginning of an element, `depth` elements deep.
    pub(super) fn open(&mut self, tag: &Tag<'_>, span: Span, depth: usize) {
        self.depth = depth + 1;
        self.zone(tag, span);
        if depth == 0 {
            let kind = match tag {
                Tag::Paragraph => BlockKind::Paragraph,
                Tag::List(_) => BlockKind::List,
                Tag::BlockQuote(Some(BlockQuoteKind::Note)) => BlockKind::Note,
                Tag::BlockQuote(Some(BlockQuoteKind::Tip)) => BlockKind::Tip,
                Tag::Table(_) => BlockKind::Table,
                Tag::CodeBlock(_) => BlockKind::Code,
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
        } else if self.last_is(BlockKind::Table) {
            match tag {
                Tag::TableRow => self.row += 1,
                Tag::TableCell => self.open_cell(span),
                Tag::Emphasis if depth == 3 => {
                    if let Some(cell) = self.cells.last_mut() {
                        cell.italic |= cell.span == span;
                    }
                }
                _ => {}
            }
        } else if let (1, Tag::Image { .. }, Some(block)) = (depth, tag, self.blocks.last_mut())
            && block.kind == BlockKind::Paragraph
            && block.span == span
        {
            block.kind = BlockKind::Picture;
        }
    }

    fn zone(&mut self, tag: &Tag<'_>, span: Span) {
        let kind = match tag {
            Tag::CodeBlock(_) | Tag::HtmlBlock => ZoneKind::Opaque,
            Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::Heading {
                level: HeadingLevel::H1,
                ..
            } => ZoneKind::Barred,
            Tag::TableCell => ZoneKind::Cell,
            _ => return,
        };
        self.zones.push(Zone { kind, span });
    }

    fn zone_of_text(&mut self, span: Span) {
        let bytes = self.source.as_bytes();
        let at = span.start as usize;
        let is_bracket = |at: usize| bytes.get(at) == Some(&b'[');
        if is_bracket(at) && is_bracket(at + 1) && !is_bracket(at.wrapping_sub(1)) {
            self.zones.push(Zone {
                kind: ZoneKind::Brackets,
                span,
            });
        }
    }

    /// Takes in a place in which brackets are none.
    pub(super) fn opaque(&mut self, span: Span) {
        self.zones.push(Zone {
            kind: ZoneKind::Opaque,
            span,
        });
    }

    fn open_cell(&mut self, span: Span) {
        let first = self.blocks.last().map_or(0, |block| block.details.0);
        let column = match self.cells.get(first as usize..).and_then(<[Cell]>::last) {
            Some(last) if last.row == self.row => last.column + 1,
            _ => 0,
        };
        self.cells.push(Cell {
            span: span.trimmed(self.source),
            row: self.row,
            column,
            italic: false,
        });
        self.close_details();
    }

    /// Takes in a block that has no inside, such as a thematic break.
    pub(super) fn lone_block(&mut self, span: Span) {
        self.push(BlockKind::Other, span);
    }

    fn push(&mut self, kind: BlockKind, span: Span) {
        let start = self.details(kind);
        self.row = 0;
        self.blocks.push(Block {
            kind,
            span: span.trimmed(self.source),
            details: (start, start),
            claimed: false,
            in_stem: false,
        });
    }

    /// How many details there are of the sort that such a block has.
    fn details(&self, kind: BlockKind) -> u32 {
        let count = match kind {
            BlockKind::List => self.items.len(),
            BlockKind::Table => self.cells.len(),
            _ => self.codes.len(),
        };
        count as u32
    }

    fn last_is(&self, kind: BlockKind) -> bool {
        matches!(self.blocks.last(), Some(block) if block.kind == kind)
    }

    fn in_list(&self) -> bool {
        self.last_is(BlockKind::List)
    }

    fn close_details(&mut self) {
        let Some(kind) = self.blocks.last().map(|block| block.kind) else {
            return;
        };
        let end = self.details(kind);
        if let Some(block) = self.blocks.last_mut() {
            block.details.1 = end;
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
        match event {
            Event::Code(_) | Event::FootnoteReference(_) => self.opaque(span),
            Event::Text(_) => self.zone_of_text(span),
            _ => {}
        }
        if !self.in_list() {
            let code = match event {
                Event::Code(_) if self.last_is(BlockKind::Paragraph) => {
                    inside_code(self.source, span)
                }
                Event::Text(_) if self.last_is(BlockKind::Code) => span,
                _ => return,
            };
            if depth == 1 {
                self.codes.push(code);
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

    /// The cells of a table, row by row; every row has as many as the header.
    pub(crate) fn cells(&self, table: BlockId) -> &[Cell] {
        let (start, end) = self.blocks[table.0].details;
        self.cells
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    /// Where brackets are none, or more than brackets, in the order of the text.
    pub(crate) fn zones(&self) -> &[Zone] {
        &self.zones
    }

    /// The blocks of a question whose key stands in its stem: all that is unclaimed, up to the explanation.
    pub(crate) fn stem_blocks(&self) -> impl Iterator<Item = Span> + '_ {
        self.blocks
            .iter()
            .take_while(|block| block.kind != BlockKind::Note)
            .filter(|block| !block.claimed && block.kind != BlockKind::Comment)
            .map(|block| block.span)
    }

    /// Where the tag line says `word`; the heading when it does not.
    pub(crate) fn tag(&self, word: &str) -> Span {
        let tag_line = (0..self.blocks.len())
            .map(BlockId)
            .find(|&id| self.blocks[id.0].claimed);
        tag_line
            .and_then(|id| {
                let codes = self.codes(id).iter();
                codes.copied().find(|code| code.of(self.source) == word)
            })
            .unwrap_or(self.heading)
    }

    /// The insides of a paragraph's code spans, or the pieces of a block of code, line ends included.
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

    /// Claims the first table.
    pub(crate) fn claim_table(&mut self) -> Option<BlockId> {
        self.claim(|outline, id| outline.blocks[id.0].kind == BlockKind::Table)
    }

    /// Claims the first table whose header begins with `name`, capitals aside; failing that, the first.
    pub(crate) fn claim_table_of(&mut self, name: &str) -> Option<BlockId> {
        self.claim(|outline, id| {
            let first = outline.cells(id).first();
            outline.blocks[id.0].kind == BlockKind::Table
                && first.is_some_and(|cell| cell.span.of(outline.source).eq_ignore_ascii_case(name))
        })
        .or_else(|| self.claim_table())
    }

    /// Claims the last paragraph of nothing but a picture that stands before `table`.
    pub(crate) fn claim_picture(&mut self, table: BlockId) -> Option<BlockId> {
        let last = (0..table.0)
            .map(BlockId)
            .rfind(|&id| self.blocks[id.0].kind == BlockKind::Picture)?;
        self.claim(|_, id| id == last)
    }

    /// Claims the model answer: the first `> [!TIP]`.
    pub(crate) fn claim_tip(&mut self) -> Option<BlockId> {
        self.claim(|outline, id| outline.blocks[id.0].kind == BlockKind::Tip)
    }

    /// Claims the first fenced block of a language of `languages` that holds `mark`. Failing that, names the last such block without it.
    pub(crate) fn claim_code(
        &mut self,
        languages: &[&str],
        mark: &str,
    ) -> Result<BlockId, Option<BlockId>> {
        let fits = |outline: &Self, id: BlockId| {
            outline.blocks[id.0].kind == BlockKind::Code
                && languages.contains(&outline.language(id))
        };
        let found = self.claim(|outline, id| {
            fits(outline, id)
                && outline
                    .codes(id)
                    .iter()
                    .any(|piece| piece.of(outline.source).contains(mark))
        });
        found.ok_or_else(|| {
            (0..self.blocks.len())
                .map(BlockId)
                .rfind(|&id| fits(self, id))
        })
    }

    /// The language that a fence names, the first word behind it; empty when it names none.
    pub(crate) fn language(&self, code: BlockId) -> &'s str {
        let line = self.span(code).of(self.source).lines().next();
        line.unwrap_or_default()
            .trim_start_matches(['`', '~'])
            .split_whitespace()
            .next()
            .unwrap_or_default()
    }

    /// Claims the first numbered list.
    pub(crate) fn claim_numbered_list(&mut self) -> Option<BlockId> {
        self.claim(|outline, id| {
            let text = outline.span(id).of(outline.source);
            outline.blocks[id.0].kind == BlockKind::List
                && text.starts_with(|first: char| first.is_ascii_digit())
        })
    }

    /// Claims the first list of which an item begins in bold type; failing that, the last list. The stem may go on behind it.
    pub(crate) fn claim_lettered_list(&mut self) -> Option<BlockId> {
        let is_list = |outline: &Self, id: BlockId| outline.blocks[id.0].kind == BlockKind::List;
        let last = (0..self.blocks.len())
            .map(BlockId)
            .rfind(|&id| is_list(self, id));
        let found = self
            .claim(|outline, id| {
                let mut items = outline.items(id).iter();
                is_list(outline, id)
                    && items.any(|item| item.text.of(outline.source).starts_with("**"))
            })
            .or_else(|| self.claim(|_, id| Some(id) == last))?;
        self.blocks[found.0].in_stem = true;
        Some(found)
    }

    /// Claims the last table.
    pub(crate) fn claim_last_table(&mut self) -> Option<BlockId> {
        let last = (0..self.blocks.len())
            .map(BlockId)
            .rfind(|&id| self.blocks[id.0].kind == BlockKind::Table)?;
        self.claim(|_, id| id == last)
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
        for block in &mut self.blocks[first.0 + 1..] {
            if block.kind == BlockKind::Note && !block.claimed {
                block.claimed = true;
                report.add(
                    Code::TwoExplanations,
                    block.span,
                    "this question has an explanation already",
                );
            }
        }
        Some(self.span(first))
    }

    /// The stem: everything unclaimed before the first claimed block behind the tag line; in two parts where a block stands in it that was
    /// claimed as one that may. What is unclaimed behind it is reported, since no candidate would see it.
    pub(super) fn stem(&self, report: &mut Report) -> [Span; 2] {
        let mut blocks = self
            .blocks
            .iter()
            .filter(|block| block.kind != BlockKind::Comment)
            .skip_while(|block| {
                block.claimed && block.kind == BlockKind::Paragraph && self.is_tag_line(block)
            })
            .peekable();
        let mut stem = [Span::default(); 2];
        let mut part = 0;
        while let Some(block) = blocks.next_if(|block| !block.claimed || block.in_stem) {
            if block.in_stem {
                part = usize::from(!stem[0].is_empty());
                continue;
            }
            if stem[part].is_empty() {
                stem[part].start = block.span.start;
            }
            stem[part].end = block.span.end;
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
        stem
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
