//! Markdown → HTML, with elements and attributes of our own choosing only.
//!
//! pulldown-cmark's own writer passes raw HTML on and costs more bytes. Whatever is not listed here never reaches a page: raw HTML and
//! unsafe links are dropped even where a bank was never checked.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::markdown::parser;
use super::span::Span;
use crate::question::{Gap, letter, option_index};

/// Writes pieces of a bank as HTML.
#[derive(Clone, Copy, Debug)]
pub struct Html<'a> {
    /// What relative addresses are put behind: the address of the bank's folder with a final `/`, or nothing.
    pub base: &'a str,
}

impl Html<'_> {
    /// Blocks of markdown.
    #[must_use]
    pub fn blocks(&self, source: &str, span: Span) -> String {
        self.write(&piece(source, span), Frame::None)
    }

    /// A piece that is mostly one line: without the `<p>` when it is one paragraph.
    #[must_use]
    pub fn line(&self, source: &str, span: Span) -> String {
        let html = self.write(&piece(source, span), Frame::None);
        match html
            .strip_prefix("<p>")
            .and_then(|rest| rest.strip_suffix("</p>"))
        {
            Some(inner) if !inner.contains("<p>") => inner.to_owned(),
            _ => html,
        }
    }

    /// The inside of a blockquote.
    #[must_use]
    pub fn quoted(&self, source: &str, span: Span) -> String {
        self.write(&piece(source, span), Frame::Quote)
    }

    /// The cell of a table: markdown that stands in a line, with `\|` for a bar.
    #[must_use]
    pub fn cell(&self, source: &str, span: Span) -> String {
        let text = span.of(source);
        // As a table of its own, so that it is read by the rules of its place and a dash does not make a list of it.
        match text {
            "" => String::new(),
            _ => {
                let table = ["|", text, "|\n|-|\n"].concat();
                self.write(&document(&table, text, 0), Frame::Cell)
            }
        }
    }

    /// Blocks of markdown in which gaps stand: `<span class="tw-gap" data-gap="0"></span>` for the first of `gaps`, and so on.
    #[must_use]
    pub fn gapped(&self, source: &str, span: Span, gaps: &[Gap]) -> String {
        // The mark is a character that no text should have.
        let text = filled(source, span, gaps, &|number, out| {
            out.push(GAP);
            out.push(letter(number));
        });
        let indent = column(source, span);
        let mut writer = self.writer(text.len());
        writer.document(&document(&text, &text, indent), Frame::Gaps);
        // Without its words a text can be other markdown, in which a gap is lost; it must be there to be filled.
        for number in 0..gaps.len() {
            if writer.gaps_drawn & 1 << number == 0 {
                writer.out.push_str("<p>");
                writer.gap(number);
                writer.out.push_str("</p>");
            }
        }
        writer.out
    }

    /// The body of a footnote.
    #[must_use]
    pub fn footnote(&self, source: &str, span: Span) -> String {
        self.line(source, span)
    }

    fn write(&self, text: &str, frame: Frame) -> String {
        let mut writer = self.writer(text.len());
        writer.document(text, frame);
        writer.out
    }

    fn writer(&self, length: usize) -> Writer<'_> {
        Writer {
            out: String::with_capacity(length * 3 / 2),
            base: self.base,
            depth: 0,
            alignments: Vec::new(),
            column: 0,
            in_head: false,
            alt: 0,
            skip: 0,
            gaps_drawn: 0,
        }
    }
}

/// Stands where a gap does, with the letter of its number behind it.
const GAP: char = '\u{fdd0}';

/// The text at `span` with something else in place of its gaps.
pub(super) fn filled(
    source: &str,
    span: Span,
    gaps: &[Gap],
    fill: &dyn Fn(usize, &mut String),
) -> String {
    let mut out = String::new();
    let mut at = span.start;
    let copy = |from: u32, to: u32, out: &mut String| {
        let text = Span::new(from as usize, to as usize).of(source);
        for (number, piece) in text.split(GAP).enumerate() {
            if number > 0 {
                out.push('\u{fffd}');
            }
            out.push_str(piece);
        }
    };
    for (number, gap) in gaps.iter().enumerate() {
        if gap.span.start >= at && gap.span.end <= span.end {
            copy(at, gap.span.start, &mut out);
            fill(number, &mut out);
            at = gap.span.end;
        }
    }
    copy(at, span.end, &mut out);
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Frame {
    None,
    /// The table around a cell is a frame that is not written.
    Cell,
    /// Marks stand for gaps.
    Gaps,
    /// The outermost blockquote is a frame that is not written.
    Quote,
}

/// A piece of a bank as a document of its own: its lines moved left as far as it is indented, and its footnotes defined, since markdown knows a
/// reference only by its definition.
fn piece(source: &str, span: Span) -> String {
    let text = span.of(source);
    document(text, text, column(source, span))
}

/// How far a piece is indented.
fn column(source: &str, span: Span) -> usize {
    let before = source.get(..span.start as usize).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    before[line..].chars().count()
}

/// `text` moved left by `indent`, with the footnotes of `noted` defined.
fn document(text: &str, noted: &str, indent: usize) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let spare = line.len() - line.trim_start_matches([' ', '\t']).len();
        out.push_str(if number == 0 {
            line
        } else {
            &line[spare.min(indent)..]
        });
    }
    let mut rest = noted;
    while let Some(at) = rest.find("[^") {
        rest = &rest[at..];
        let Some(end) = rest.find(']') else {
            break;
        };
        if !rest[..end].contains([' ', '\n', '`']) {
            out.push_str("\n\n");
            out.push_str(&rest[..=end]);
            out.push_str(": .");
        }
        rest = &rest[end..];
    }
    out
}

struct Writer<'a> {
    out: String,
    base: &'a str,
    depth: usize,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// How deep in a picture's description the walk is.
    alt: usize,
    /// How deep in what is not written the walk is.
    skip: usize,
    /// The gaps that have been drawn, a bit each.
    gaps_drawn: u32,
}

impl Writer<'_> {
    fn document(&mut self, text: &str, frame: Frame) {
        for event in parser(text) {
            self.event(event, frame);
        }
    }

    fn event(&mut self, event: Event<'_>, frame: Frame) {
        if self.skip > 0 {
            match event {
                Event::Start(_) => self.skip += 1,
                Event::End(_) => self.skip -= 1,
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => {
                let is_frame = match tag {
                    Tag::BlockQuote(_) => self.depth == 0 && frame == Frame::Quote,
                    Tag::Table(_) | Tag::TableHead | Tag::TableCell => frame == Frame::Cell,
                    _ => false,
                };
                self.depth += 1;
                if !is_frame {
                    self.start(tag);
                }
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                let is_frame = match tag {
                    TagEnd::BlockQuote(_) => self.depth == 0 && frame == Frame::Quote,
                    TagEnd::Table | TagEnd::TableHead | TagEnd::TableCell => frame == Frame::Cell,
                    _ => false,
                };
                if !is_frame {
                    self.end(tag);
                }
            }
            Event::Text(text) if frame == Frame::Gaps && self.alt == 0 => self.gaps(&text),
            Event::Text(text) => escape(&mut self.out, &text),
            Event::Code(code) if self.alt > 0 => escape(&mut self.out, &code),
            Event::Code(code) => {
                self.out.push_str("<code>");
                escape(&mut self.out, &code);
                self.out.push_str("</code>");
            }
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak if self.alt == 0 => self.out.push_str("<br>"),
            Event::Rule => self.out.push_str("<hr>"),
            // Sources are listed under the question; raw HTML is never shown.
            _ => {}
        }
    }

    /// Text in which marks stand for gaps.
    fn gaps(&mut self, text: &str) {
        for (piece_number, piece) in text.split(GAP).enumerate() {
            let mut text = piece;
            if piece_number > 0
                && let Some(number) = piece.get(..1).and_then(option_index)
            {
                self.gap(number);
                text = &piece[1..];
            }
            escape(&mut self.out, text);
        }
    }

    fn gap(&mut self, number: usize) {
        self.gaps_drawn |= 1 << number;
        self.out.push_str("<span class=\"tw-gap\" data-gap=\"");
        self.out.push_str(&number.to_string());
        self.out.push_str("\"></span>");
    }

    fn start(&mut self, tag: Tag<'_>) {
        if self.alt > 0 {
            self.alt += 1;
            return;
        }
        let opening = match tag {
            // Footnotes are listed as sources, comments are for tutors, and a title is drawn by the page that has it.
            Tag::FootnoteDefinition(_)
            | Tag::HtmlBlock
            | Tag::Heading {
                level: HeadingLevel::H1,
                ..
            } => {
                self.depth -= 1;
                self.skip = 1;
                ""
            }
            Tag::Paragraph => "<p>",
            Tag::Heading { level, .. } => match level {
                HeadingLevel::H2 | HeadingLevel::H3 => "<h3>",
                _ => "<h4>",
            },
            Tag::BlockQuote(_) => "<blockquote>",
            Tag::List(None) => "<ul>",
            Tag::List(Some(1)) => "<ol>",
            Tag::List(Some(start)) => {
                self.out.push_str("<ol start=\"");
                self.out.push_str(&start.to_string());
                "\">"
            }
            Tag::Item => "<li>",
            Tag::Emphasis => "<em>",
            Tag::Strong => "<strong>",
            Tag::CodeBlock(kind) => return self.start_code(&kind),
            Tag::Table(alignments) => {
                self.alignments = alignments;
                "<div class=\"tw-scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>"
            }
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                "<thead><tr>"
            }
            Tag::TableRow => {
                self.column = 0;
                "<tr>"
            }
            Tag::TableCell => {
                let right = matches!(self.alignments.get(self.column), Some(Alignment::Right));
                self.column += 1;
                match (self.in_head, right) {
                    (true, false) => "<th scope=\"col\">",
                    (true, true) => "<th scope=\"col\" class=\"tw-number\">",
                    (false, false) => "<td>",
                    (false, true) => "<td class=\"tw-number\">",
                }
            }
            Tag::Link { dest_url, .. } => {
                self.out.push_str("<a");
                if reach(&dest_url) != Reach::Unsafe {
                    self.out
                        .push_str(" rel=\"noopener noreferrer\" target=\"_blank\"");
                    self.address(" href=\"", &dest_url);
                }
                ">"
            }
            Tag::Image { dest_url, .. } => {
                self.out.push_str("<img");
                if reach(&dest_url) == Reach::Local {
                    self.address(" src=\"", &dest_url);
                }
                self.alt = 1;
                " alt=\""
            }
            _ => "",
        };
        self.out.push_str(opening);
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let name = match language {
            "hl7" => "HL7 message",
            "dicom" => "DICOM data set",
            "http" => "HTTP exchange",
            "json" => "JSON",
            "xml" => "XML",
            _ => "Code",
        };
        self.out
            .push_str("<pre role=\"group\" tabindex=\"0\" aria-label=\"");
        self.out.push_str(name);
        self.out.push_str("\"><code class=\"language-");
        escape(&mut self.out, language);
        self.out.push_str("\">");
    }

    fn end(&mut self, tag: TagEnd) {
        if self.alt > 0 {
            self.alt -= 1;
            if self.alt == 0 {
                self.out.push_str("\">");
            }
            return;
        }
        let closing = match tag {
            TagEnd::Paragraph => "</p>",
            TagEnd::Heading(HeadingLevel::H2 | HeadingLevel::H3) => "</h3>",
            TagEnd::Heading(_) => "</h4>",
            TagEnd::BlockQuote(_) => "</blockquote>",
            TagEnd::List(true) => "</ol>",
            TagEnd::List(false) => "</ul>",
            TagEnd::Item => "</li>",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::CodeBlock => "</code></pre>",
            TagEnd::Table => "</tbody></table></div>",
            TagEnd::TableHead => {
                self.in_head = false;
                "</tr></thead><tbody>"
            }
            TagEnd::TableRow => "</tr>",
            TagEnd::TableCell if self.in_head => "</th>",
            TagEnd::TableCell => "</td>",
            TagEnd::Link => "</a>",
            _ => "",
        };
        self.out.push_str(closing);
    }

    fn address(&mut self, attribute: &str, url: &str) {
        self.out.push_str(attribute);
        if reach(url) == Reach::Local {
            escape(&mut self.out, self.base);
        }
        escape(&mut self.out, url);
        self.out.push('"');
    }
}

/// Appends `text` with what means something to HTML written as references, for text and for quoted attributes.
pub fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Where an address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// A file of the course, below the bank's folder.
    Local,
    /// A web or mail address.
    Remote,
    /// Neither: a script, data, another scheme, or a path that leads out of the folder.
    Unsafe,
}

/// Where `url` leads. Strict, since browsers drop tabs and line ends from addresses and take `\` for `/`.
pub(crate) fn reach(url: &str) -> Reach {
    if url.is_empty() || url.chars().any(|c| c <= ' ' || c == '\\' || c == '\u{7f}') {
        return Reach::Unsafe;
    }
    let head = url.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some((scheme, _)) = head.split_once(':') {
        let safe = ["https", "http", "mailto"];
        return if safe.iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
            Reach::Remote
        } else {
            Reach::Unsafe
        };
    }
    // Dots, slashes and backslashes in disguise.
    let lower = url.to_ascii_lowercase();
    let disguised = ["%2e", "%2f", "%5c"]
        .iter()
        .any(|code| lower.contains(code));
    if url.starts_with(['/', '#', '?']) || disguised || url.split('/').any(|part| part == "..") {
        return Reach::Unsafe;
    }
    Reach::Local
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        Html {
            base: "questions/x/",
        }
        .blocks(text, Span::new(0, text.len()))
    }

    #[test]
    fn what_can_harm_is_not_written() {
        assert_eq!(html("a <b onclick=x>c</b>"), "<p>a c</p>");
        assert_eq!(html("<script>alert(1)</script>"), "");
        assert_eq!(html("[x](javascript:alert%281%29)"), "<p><a>x</a></p>");
        assert_eq!(
            html("![x](https://e.example/p.png)"),
            "<p><img alt=\"x\"></p>"
        );
        assert_eq!(
            html("`<b>` & \"q\""),
            "<p><code>&lt;b&gt;</code> &amp; &quot;q&quot;</p>"
        );
        assert_eq!(
            html("![a \"b\" `c`](p.svg)"),
            "<p><img src=\"questions/x/p.svg\" alt=\"a &quot;b&quot; c\"></p>"
        );
        assert_eq!(
            html("```\"><b>\nx\n```"),
            "<pre role=\"group\" tabindex=\"0\" aria-label=\"Code\"><code class=\"language-&quot;&gt;&lt;b&gt;\">x\n</code></pre>"
        );
    }

    #[test]
    fn addresses() {
        for url in ["p.svg", "img/p.svg", "a.md#b", "p?x=1:2"] {
            assert_eq!(reach(url), Reach::Local, "{url}");
        }
        for url in ["https://a.example", "HTTP://a", "mailto:a@b.example"] {
            assert_eq!(reach(url), Reach::Remote, "{url}");
        }
        for url in [
            "",
            "javascript:x",
            "JaVaScRiPt:x",
            "java\tscript:x",
            " javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "//host/x",
            "\\\\host\\x",
            "../x",
            "a/../../x",
            "%2e%2e/x",
            "/etc",
            "#/level-2",
            "blob:x",
            "file:///x",
        ] {
            assert_eq!(reach(url), Reach::Unsafe, "{url}");
        }
    }

    #[test]
    fn a_piece_of_a_list_item_stands_alone() {
        let source = "- [x] Say `a`\n  > Because[^s].\n  >\n  > ```hl7\n  > MSH|^~\\&|\n  > ```\n";
        let quote = source.find('>').expect("a quote");
        let html = Html { base: "" };
        assert_eq!(
            html.quoted(source, Span::new(quote, source.len())),
            "<p>Because.</p><pre role=\"group\" tabindex=\"0\" aria-label=\"HL7 message\"><code class=\"language-hl7\">MSH|^~\\&amp;|\n</code></pre>"
        );
        assert_eq!(html.line("x `a` y", Span::new(0, 7)), "x <code>a</code> y");
    }

    #[test]
    fn a_pipe_in_a_cell_is_a_pipe() {
        let source = "| a | b |\n| --- | --- |\n| `A\\|B` c\\|d | x |\n\n`A\\|B`\n";
        let of = |text: &str, from: usize| {
            let start = from + source[from..].find(text).expect(text);
            (
                Html { base: "" }.cell(source, Span::new(start, start + text.len())),
                Html { base: "" }.line(source, Span::new(start, start + text.len())),
            )
        };
        assert_eq!(of("`A\\|B` c\\|d", 0).0, "<code>A|B</code> c|d");
        let behind = source.rfind('`').expect("code") - 5;
        assert_eq!(of("`A\\|B`", behind).1, "<code>A\\|B</code>");
    }

    #[test]
    fn a_table() {
        assert_eq!(
            html("| a | b |\n| --- | --: |\n| 1 | 2 |"),
            "<div class=\"tw-scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">a</th><th scope=\"col\" class=\"tw-number\">b</th></tr></thead><tbody><tr><td>1</td><td class=\"tw-number\">2</td></tr></tbody></table></div>"
        );
    }
}
