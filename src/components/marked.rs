//! A marked question: options with their rationales, the answer beside the key, explanation and sources. Written as one piece of HTML, since
//! nothing in it can be operated.

use tierwise_engine::bank::{Html, Question, escape};
use tierwise_engine::fraction::Fraction;
use tierwise_engine::question::{Choice, Form, Response, option_index};

use super::icon::{self, Icon};

/// How a response fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fared {
    Right,
    Partly,
    Wrong,
    Unanswered,
}

impl Fared {
    /// From the marks, of which there are none without a response.
    pub(crate) fn of(earned: Fraction, full: Fraction, answered: bool) -> Self {
        match (answered, earned) {
            (false, _) => Self::Unanswered,
            (true, earned) if earned == full => Self::Right,
            (true, Fraction::ZERO) => Self::Wrong,
            (true, _) => Self::Partly,
        }
    }

    pub(crate) fn icon(self) -> Icon {
        match self {
            Self::Right => icon::RIGHT,
            Self::Partly => icon::PARTLY,
            Self::Wrong | Self::Unanswered => icon::WRONG,
        }
    }

    /// Suffix of the classes that colour it.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Partly => "warn",
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
        }
    }
}

/// `1 of 2 marks`.
pub(crate) fn marks_text(earned: Fraction, full: Fraction) -> String {
    let plural = if full == Fraction::ONE { "" } else { "s" };
    format!("{earned} of {full} mark{plural}")
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
pub(crate) fn marks_tag(fared: Fared, earned: Fraction, full: Fraction) -> String {
    let text = match fared {
        Fared::Unanswered => format!("Not answered, {}", marks_text(earned, full)),
        _ => marks_text(earned, full),
    };
    tag(fared.kind(), fared.icon(), &text)
}

/// What was answered, in a line: `None` when nothing was.
pub(crate) fn response_html(
    question: Question<'_>,
    html: &Html<'_>,
    response: Option<&Response>,
) -> Option<String> {
    let response = response?;
    match question.form() {
        Form::Choices { options, .. } => {
            let chosen: Vec<String> = response
                .parts()
                .iter()
                .filter_map(|part| options.get(option_index(part)?))
                .map(|choice| question.choice_html(html, choice))
                .collect();
            Some(if chosen.is_empty() {
                "None of the options".to_owned()
            } else {
                chosen.join("; ")
            })
        }
        Form::Field { unit, .. } => {
            let mut out = String::new();
            escape(&mut out, response.only().unwrap_or_default());
            if !unit.is_empty() {
                out.push(' ');
                escape(&mut out, question.piece(unit));
            }
            Some(out)
        }
        _ => None,
    }
}

/// Everything below the stem of a marked question. `order` is that of the options as they were shown; `level` is that of the headings;
/// `id` makes ids unique on the page.
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
        _ => {}
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
            (true, true) => (
                " tw-marked__option--key",
                tag("right", icon::RIGHT, "Your answer, right"),
            ),
            (true, false) => (
                " tw-marked__option--key",
                tag("right", icon::KEY, "Right answer"),
            ),
            (false, true) => (
                " tw-marked__option--wrong",
                tag("wrong", icon::WRONG, "Your answer, wrong"),
            ),
            (false, false) => ("", String::new()),
        };
        out.push_str(&format!(
            "<li class=\"tw-marked__option{modifier}\"><div class=\"tw-marked__head\"><div class=\"tw-marked__text\">{}</div>",
            question.choice_html(html, choice)
        ));
        if !tag.is_empty() {
            out.push_str(&format!("<p class=\"tw-marked__tags\">{tag}</p>"));
        }
        out.push_str("</div>");
        if let Some(why) = question.rationale_html(html, choice) {
            out.push_str(&format!(
                "<div class=\"tw-marked__why tw-prose\">{why}</div>"
            ));
        }
        out.push_str("</li>");
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
    let fraction = response.map_or(Fraction::ZERO, |response| question.mark(response));
    let fared = Fared::of(fraction, Fraction::ONE, response.is_some());
    let given = response_html(question, html, response).unwrap_or_default();
    let tag = tag(fared.kind(), fared.icon(), fared.words());
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
    out.push_str(&format!(
        "<dl class=\"tw-summary\"><div class=\"tw-summary__row\"><dt class=\"tw-summary__key\">Your answer</dt><dd class=\"tw-summary__value\"><span>{given}</span> {tag}</dd></div>\
<div class=\"tw-summary__row\"><dt class=\"tw-summary__key\">Right answer</dt><dd class=\"tw-summary__value\">{keys}</dd></div></dl>"
    ));
}
