//! What is pointed at: messages and pictures, to answer in and to look at again.

use tierwise_engine::bank::{Html, Question, Span, escape};
use tierwise_engine::question::{Choice, Message, Region, Response, letter};

use super::compared_html;
use crate::components::frame::escaped;

/// A message as HTML, a line of it a block. `attributes` says, by a point's index and text, what element stands round it, if any. In a tree, the points
/// within another are a group of it.
pub(crate) fn message_html(
    question: Question<'_>,
    message: &Message,
    tree: bool,
    attributes: &dyn Fn(usize, &str) -> Option<String>,
) -> String {
    let mut out = String::new();
    for line in &message.lines {
        out.push_str("<div class=\"tw-message__line\">");
        let mut writer = LineWriter {
            text: question.line(line),
            written: 0,
            open: Vec::new(),
        };
        for index in line.points.clone() {
            let index = usize::from(index);
            let point = &message.points[index];
            let (start, end) = (point.range.start as usize, point.range.end as usize);
            writer.close(&mut out, point.depth);
            writer.to(&mut out, start);
            let text = writer.text.get(start..end).unwrap_or_default();
            if let Some(attributes) = attributes(index, text) {
                out.push_str("<span ");
                out.push_str(&attributes);
                out.push('>');
                let closing = if tree
                    && index + 1 < usize::from(line.points.end)
                    && message.points[index + 1].depth > point.depth
                {
                    out.push_str("<span role=\"group\">");
                    "</span></span>"
                } else {
                    "</span>"
                };
                writer.open.push((point.depth, end, closing));
            }
        }
        writer.close(&mut out, 0);
        writer.to(&mut out, usize::MAX);
        out.push_str("</div>");
    }
    out
}

struct LineWriter {
    text: String,
    /// How much of the text is written, in bytes.
    written: usize,
    /// The points that are open: depth, end, and what closes them.
    open: Vec<(u8, usize, &'static str)>,
}

impl LineWriter {
    /// Writes the text up to `end`.
    fn to(&mut self, out: &mut String, end: usize) {
        let end = end.min(self.text.len());
        escape(out, self.text.get(self.written..end).unwrap_or_default());
        self.written = end.max(self.written);
    }

    /// Closes what is as deep as `depth`, or deeper.
    fn close(&mut self, out: &mut String, depth: u8) {
        while let Some(&(_, end, closing)) = self.open.last().filter(|open| open.0 >= depth) {
            self.to(out, end);
            out.push_str(closing);
            self.open.pop();
        }
    }
}

/// A point by its position, with its text.
pub(super) fn point_html(question: Question<'_>, message: &Message, position: &str) -> String {
    let mut out = ["<code>", &escaped(position), "</code>"].concat();
    for line in &message.lines {
        for index in line.points.clone() {
            let point = &message.points[usize::from(index)];
            if point.position == position {
                let text = question.line(line);
                let range = point.range.start as usize..point.range.end as usize;
                out.push_str(": ");
                escape(&mut out, text.get(range).unwrap_or_default());
            }
        }
    }
    out
}

/// The message with the keys and the answer marked in it; both are said in words above.
pub(super) fn located_html(
    out: &mut String,
    question: Question<'_>,
    message: &Message,
    response: Option<&Response>,
) {
    let position = response.and_then(Response::only);
    let given = position.map(|position| point_html(question, message, position));
    let mut keys = String::new();
    for position in message.key_positions() {
        if !keys.is_empty() {
            keys.push_str(", or ");
        }
        keys.push_str(&point_html(question, message, position));
    }
    compared_html(
        out,
        question,
        response,
        &given.unwrap_or_default(),
        &["<span>", &keys, "</span>"].concat(),
    );
    out.push_str("<div class=\"tw-message\" role=\"group\" tabindex=\"0\" aria-label=\"Message\">");
    out.push_str(&message_html(question, message, false, &|index, _| {
        let is_key = message.keys.iter().any(|&key| usize::from(key) == index);
        let is_given = position == Some(&message.points[index].position);
        match (is_key, is_given) {
            (true, _) => Some("class=\"tw-message__key\"".to_owned()),
            (false, true) => Some("class=\"tw-message__wrong\"".to_owned()),
            (false, false) => None,
        }
    }));
    out.push_str("</div>");
}

/// Regions as options to choose from.
pub(crate) fn as_choices(regions: &[Region]) -> Vec<Choice> {
    let mut choices = Vec::new();
    for region in regions {
        choices.push(Choice {
            text: region.name,
            rationale: region.rationale,
            key: region.key,
        });
    }
    choices
}

/// A picture with its regions over it, each with the class that `class` says. The largest come first, so that what lies within another is on top of it.
pub(crate) fn picture_html(
    question: Question<'_>,
    html: &Html<'_>,
    picture: Span,
    regions: &[Region],
    class: &dyn Fn(usize) -> &'static str,
) -> String {
    let mut out = format!(
        "<div class=\"tw-hotspot\">{}<svg class=\"tw-hotspot__map\" viewBox=\"0 0 100000 100000\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">",
        question.piece_html(html, picture)
    );
    // Places have three decimals at most.
    let place = |index: usize| {
        regions[index]
            .place
            .map(|side| (side * 1000.0 + 0.5) as u64)
    };
    let area = |index: usize| {
        let [_, _, width, height] = place(index);
        width * height
    };
    let mut left: Vec<usize> = (0..regions.len()).collect();
    // Of those alike the first is drawn last.
    while let Some(at) = (0..left.len()).reduce(|most, at| {
        if area(left[at]) >= area(left[most]) {
            at
        } else {
            most
        }
    }) {
        let index = left.remove(at);
        let [x, y, width, height] = place(index);
        out.push_str(&format!(
            "<rect class=\"tw-hotspot__region{}\" data-region=\"{}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>",
            class(index),
            letter(index)
        ));
    }
    out.push_str("</svg></div>");
    out
}
