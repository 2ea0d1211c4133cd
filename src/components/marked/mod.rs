//! A marked question: options with their rationales, the answer beside the key, explanation and sources. Written as one piece of HTML, since
//! nothing in it but a rubric can be operated, and that is listened to from outside.

mod parts;
mod pointed;
pub(crate) mod rubric;

use tierwise_engine::bank::{Html, Question, escape};
use tierwise_engine::fraction::Fraction;
use tierwise_engine::marking::Marked;
use tierwise_engine::question::{Choice, Form, Response, option_index, words};

use super::frame::escaped;
use super::icon::{self, Icon};
use parts::{order_html, part_html, parts_html};
pub(crate) use pointed::{as_choices, message_html, picture_html};
use pointed::{located_html, point_html};

/// How a response fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fared {
    Right,
    Partly,
    Wrong,
    Unanswered,
    /// A person has yet to mark it.
    Open,
}

impl Fared {
    /// From the marks, of which there are none without a response. `open` are those that a person has yet to give.
    pub(crate) fn of(earned: Fraction, open: Fraction, full: Fraction, answered: bool) -> Self {
        match (answered, earned) {
            _ if open > Fraction::ZERO => Self::Open,
            (false, _) => Self::Unanswered,
            (true, earned) if earned == full => Self::Right,
            (true, Fraction::ZERO) => Self::Wrong,
            (true, _) => Self::Partly,
        }
    }

    pub(crate) fn icon(self) -> Icon {
        match self {
            Self::Right => icon::RIGHT,
            Self::Partly | Self::Open => icon::PARTLY,
            Self::Wrong | Self::Unanswered => icon::WRONG,
        }
    }

    /// Suffix of the classes that colour it.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Partly | Self::Open => "warn",
            Self::Wrong | Self::Unanswered => "wrong",
        }
    }

    /// What the candidate is told in practice.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Right => "Right",
            Self::Partly => "Partly right",
            Self::Wrong => "Not right",
            Self::Unanswered => "Not answered",
            Self::Open => "Not marked yet",
        }
    }
}

/// `1 of 2 marks`, or `0 to 2 of 2 marks` while some are open.
pub(crate) fn marks_text(earned: Fraction, open: Fraction, full: Fraction) -> String {
    let plural = if full == Fraction::ONE { "" } else { "s" };
    let range = range_text(earned, open);
    format!("{range} of {full} mark{plural}")
}

/// `1`, or `1 to 3` while two more are open.
pub(crate) fn range_text(earned: Fraction, open: Fraction) -> String {
    match open > Fraction::ZERO {
        true => format!("{earned} to {}", earned + open),
        false => earned.to_string(),
    }
}

/// A tag with a mark in it.
pub(crate) fn tag(kind: &str, icon: Icon, text: &str) -> String {
    [
        "<span class=\"tw-tag tw-tag--",
        kind,
        "\">",
        &icon.before(text),
        "</span>",
    ]
    .concat()
}

/// The tag that says how many marks were earned.
pub(crate) fn marks_tag(marks: &Marked) -> String {
    let fared = Fared::of(marks.earned, marks.open, marks.full, marks.answered);
    let text = marks_text(marks.earned, marks.open, marks.full);
    let text = match fared {
        Fared::Unanswered | Fared::Open => format!("{}, {text}", fared.words()),
        _ => text,
    };
    tag(fared.kind(), fared.icon(), &text)
}

/// HTML without its elements: what an option of a select may hold.
pub(crate) fn bare(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        out.push_str(text);
        rest = tag.split_once('>').map_or("", |(_, behind)| behind);
    }
    out + rest
}

/// The HTML of a stem with something in the place of each gap, which `what` says by the gap's number from 0.
pub(crate) fn fill_gaps(stem: &str, what: &dyn Fn(usize) -> String) -> String {
    let mut pieces = stem.split("<span class=\"tw-gap\" data-gap=\"");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        if let Some((number, behind)) = piece.split_once("\"></span>") {
            out.push_str(&what(number.parse().unwrap_or(usize::MAX)));
            out.push_str(behind);
        }
    }
    out
}

/// The stem as it is read again: its gaps are numbered.
pub(crate) fn stem_html(question: Question<'_>, html: &Html<'_>) -> String {
    fill_gaps(&question.stem_html(html), &|at| {
        format!("<span class=\"tw-gap\">Gap {}</span>", at + 1)
    })
}

/// Options as a list with the letters that their tutor gave them.
pub(crate) fn lettered_html(question: Question<'_>, html: &Html<'_>, options: &[Choice]) -> String {
    let mut out = "<ol type=\"A\">".to_owned();
    for option in options {
        out.push_str("<li>");
        out.push_str(&question.choice_html(html, option));
        out.push_str("</li>");
    }
    out + "</ol>"
}

/// `12 words`.
pub(crate) fn words_text(count: usize) -> String {
    format!("{count} word{}", if count == 1 { "" } else { "s" })
}

/// What was answered, in a line: `None` when nothing was.
pub(crate) fn response_html(
    question: Question<'_>,
    html: &Html<'_>,
    response: Option<&Response>,
) -> Option<String> {
    let response = response?;
    match question.form() {
        Form::Field { unit, .. } => {
            let mut out = escaped(response.only().unwrap_or_default());
            if !unit.is_empty() {
                out.push(' ');
                escape(&mut out, question.piece(unit));
            }
            Some(out)
        }
        Form::Locate(message) => Some(point_html(question, message, response.only()?)),
        Form::Essay { .. } => Some(words_text(words(response.only()?))),
        _ => {
            let mut out = String::new();
            for (at, part) in response.parts().iter().enumerate() {
                if at > 0 {
                    out.push_str("; ");
                }
                out.push_str(&part_html(question, html, at, part));
            }
            if out.is_empty() {
                out.push_str("None of the options");
            }
            Some(out)
        }
    }
}

/// What the parts of a marked question are, as a heading over them; nothing where there is but one.
pub(crate) fn parts_title(question: Question<'_>) -> &'static str {
    match question.form() {
        Form::Choices { .. } => "The options, one by one",
        Form::Order { .. } => "The right order",
        Form::Match { .. } => "The rows, one by one",
        Form::Gaps(_) => "The gaps, one by one",
        Form::Hotspot { .. } => "The regions, one by one",
        Form::Field { .. } | Form::Locate(_) | Form::Essay { .. } => "",
    }
}

/// Everything below the stem of a marked question, but for the rubric of an essay. `order` is that of the options as they were shown; `level` is that
/// of the headings; `id` makes ids unique on the page.
pub(crate) fn marked_html(
    question: Question<'_>,
    html: &Html<'_>,
    order: &str,
    response: Option<&Response>,
    level: u8,
    id: &str,
) -> String {
    let mut out = String::new();
    match question.form() {
        Form::Choices { options, .. } => {
            options_html(&mut out, question, html, options, order, response)
        }
        Form::Field { .. } => answer_html(&mut out, question, html, response),
        Form::Order { items } => order_html(&mut out, question, html, items, response),
        Form::Match {
            options, lettered, ..
        } => {
            if lettered {
                out.push_str(&lettered_html(question, html, options));
            }
            parts_html(&mut out, question, html, response);
        }
        Form::Gaps(_) => parts_html(&mut out, question, html, response),
        Form::Locate(message) => located_html(&mut out, question, message, response),
        Form::Hotspot { picture, regions } => {
            let chosen = response.and_then(Response::only).and_then(option_index);
            out.push_str(&picture_html(
                question,
                html,
                picture,
                regions,
                &|index| match (regions[index].key, chosen == Some(index)) {
                    (true, _) => " tw-hotspot__region--key",
                    (false, true) => " tw-hotspot__region--wrong",
                    (false, false) => "",
                },
            ));
            options_html(
                &mut out,
                question,
                html,
                &as_choices(regions),
                order,
                response,
            );
        }
        Form::Essay { model, .. } => {
            if let Some(text) = response.and_then(Response::only) {
                out.push_str(&format!(
                    "<div class=\"tw-marked__option\"><p class=\"tw-hint\">Your answer, {}</p><p class=\"tw-essay\">{}</p></div>",
                    words_text(words(text)),
                    escaped(text)
                ));
            }
            if let Some(model) = model {
                out.push_str(&format!(
                    "<div class=\"tw-explanation\"><h{level} class=\"tw-explanation__title\">A model answer</h{level}><div class=\"tw-prose\">{}</div></div>",
                    question.quoted_html(html, model)
                ));
            }
        }
    }
    if let Some(explanation) = question.explanation_html(html) {
        out.push_str(&format!(
            "<div class=\"tw-explanation\"><h{level} class=\"tw-explanation__title\" id=\"{id}-why\">Why</h{level}><div class=\"tw-prose\">{explanation}</div></div>"
        ));
    }
    let sources = question.sources_html(html);
    if !sources.is_empty() {
        out.push_str(&format!(
            "<div class=\"tw-sources\"><h{level} class=\"tw-sources__title\">Sources</h{level}><ol class=\"tw-prose\">"
        ));
        for source in sources {
            out.push_str(&format!("<li>{source}</li>"));
        }
        out.push_str("</ol></div>");
    }
    out
}

/// The indices of `count` options in the order in which they were shown.
pub(crate) fn shown_order(order: &str, count: usize) -> Vec<usize> {
    if order.is_empty() {
        return (0..count).collect();
    }
    order
        .split("")
        .filter_map(option_index)
        .filter(|&index| index < count)
        .collect()
}

/// What a row is when it holds a right answer, and when it holds a wrong one.
const KEY: &str = " tw-marked__option--key";
const MISS: &str = " tw-marked__option--wrong";

/// A part of a marked question: what it is, how it fared, what else there is to say, and why. All HTML.
fn row(out: &mut String, modifier: &str, text: &str, tag: &str, more: &str, why: Option<String>) {
    out.push_str(&format!(
        "<li class=\"tw-marked__option{modifier}\"><div class=\"tw-marked__head\"><div class=\"tw-marked__text\">{text}</div>"
    ));
    if !tag.is_empty() {
        out.push_str(&format!("<p class=\"tw-marked__tags\">{tag}</p>"));
    }
    out.push_str("</div>");
    out.push_str(more);
    if let Some(why) = why {
        out.push_str(&format!(
            "<div class=\"tw-marked__why tw-prose\">{why}</div>"
        ));
    }
    out.push_str("</li>");
}

fn options_html(
    out: &mut String,
    question: Question<'_>,
    html: &Html<'_>,
    options: &[Choice],
    order: &str,
    response: Option<&Response>,
) {
    out.push_str("<ul class=\"tw-marked\">");
    for index in shown_order(order, options.len()) {
        let choice = &options[index];
        let chosen = response.is_some_and(|response| {
            response
                .parts()
                .iter()
                .any(|part| option_index(part) == Some(index))
        });
        let (modifier, tag) = match (choice.key, chosen) {
            (true, true) => (KEY, tag("right", icon::RIGHT, "Your answer, right")),
            (true, false) => (KEY, tag("right", icon::KEY, "Right answer")),
            (false, true) => (MISS, tag("wrong", icon::WRONG, "Your answer, wrong")),
            (false, false) => ("", String::new()),
        };
        let text = question.choice_html(html, choice);
        let why = question.rationale_html(html, choice);
        row(out, modifier, &text, &tag, "", why);
    }
    out.push_str("</ul>");
}

fn answer_html(
    out: &mut String,
    question: Question<'_>,
    html: &Html<'_>,
    response: Option<&Response>,
) {
    let Form::Field { accepted, unit, .. } = question.form() else {
        return;
    };
    // The first is the answer as the tutor would say it; the others are ways to type it.
    let mut keys = String::new();
    if let Some(&span) = accepted.first() {
        // A number is written with its tolerance, in code spans.
        if question.piece(span).starts_with('`') {
            keys.push_str(&question.piece_html(html, span));
        } else {
            keys.push_str("<code>");
            escape(&mut keys, question.piece(span));
            keys.push_str("</code>");
        }
    }
    if !unit.is_empty() {
        keys.push(' ');
        escape(&mut keys, question.piece(unit));
    }
    let given = response_html(question, html, response).unwrap_or_default();
    compared_html(out, question, response, &given, &keys);
}

/// An answer beside the key, both HTML.
fn compared_html(
    out: &mut String,
    question: Question<'_>,
    response: Option<&Response>,
    given: &str,
    keys: &str,
) {
    let fraction = response.map_or(Fraction::ZERO, |response| question.mark(response));
    let fared = Fared::of(fraction, Fraction::ZERO, Fraction::ONE, response.is_some());
    let tag = tag(fared.kind(), fared.icon(), fared.words());
    out.push_str(&format!(
        "<dl class=\"tw-summary\"><div class=\"tw-summary__row\"><dt class=\"tw-summary__key\">Your answer</dt><dd class=\"tw-summary__value\"><span>{given}</span> {tag}</dd></div>\
<div class=\"tw-summary__row\"><dt class=\"tw-summary__key\">Right answer</dt><dd class=\"tw-summary__value\">{keys}</dd></div></dl>"
    ));
}
