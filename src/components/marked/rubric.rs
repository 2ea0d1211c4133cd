//! Marks that a person gives to an essay, criterion by criterion: as HTML, and as they are read from the page.

use tierwise_engine::bank::{Html, Question};
use tierwise_engine::sitting::{Marker, What};

use crate::components::frame::escaped;
use crate::platform::dom::{Event, target_of};

/// The rubric; empty for a question that has none. Candidates choose the marks of an answer that they gave, until a tutor has; `given` are the marks that
/// stand. `id` makes ids unique on the page.
pub(crate) fn rubric_html(
    question: Question<'_>,
    html: &Html<'_>,
    answered: bool,
    given: Option<(Marker, &[u8])>,
    id: &str,
) -> String {
    let rubric = question.rubric();
    if rubric.is_empty() {
        return String::new();
    }
    let by = given.map(|(by, _)| by);
    let can_mark = answered && by != Some(Marker::Tutor);
    let (legend, hint) = match by {
        _ if !answered => ("What marks were given for", ""),
        None => (
            "Mark your answer",
            "Compare it with the model answer, and be as strict as an examiner.",
        ),
        Some(Marker::Candidate) => (
            "Mark your answer",
            "These marks are your own marking; you can change them.",
        ),
        Some(Marker::Tutor) => ("The marks of your answer", "A tutor gave these marks."),
    };
    let mut out = format!(
        "<fieldset class=\"tw-flow\" data-rubric=\"{}\"><legend class=\"tw-legend\">{legend}</legend><p class=\"tw-hint\">{hint}</p><div class=\"tw-pairs\">",
        escaped(question.id())
    );
    for (at, criterion) in rubric.iter().enumerate() {
        let most = criterion.marks;
        let now = given.and_then(|(_, marks)| marks.get(at).copied());
        let name = question.cell_html(html, criterion.name);
        let evidence = question.cell_html(html, criterion.evidence);
        let name = format!("{name} <span class=\"tw-choice__hint\">{evidence}</span>");
        if !can_mark {
            let marks = now.map_or(String::new(), |now| format!("{now} of "));
            out.push_str(&format!(
                "<div class=\"tw-pair\"><div>{name}</div><div>{marks}{most}</div></div>"
            ));
            continue;
        }
        out.push_str(&format!(
            "<div class=\"tw-pair\"><label for=\"{id}-m{at}\">{name}</label><select class=\"tw-input\" id=\"{id}-m{at}\" autocomplete=\"off\" aria-describedby=\"{id}-me\"><option value=\"\">Choose…</option>"
        ));
        for marks in 0..=most {
            let selected = if now == Some(marks) { " selected" } else { "" };
            out.push_str(&format!(
                "<option value=\"{marks}\"{selected}>{marks} of {most}</option>"
            ));
        }
        out.push_str("</select></div>");
    }
    out.push_str("</div>");
    if can_mark {
        out.push_str(&format!(
            "<p class=\"tw-error\" id=\"{id}-me\" role=\"alert\"></p><button class=\"tw-button tw-button--plain\" type=\"button\" data-save>Save these marks</button>"
        ));
    }
    out + "</fieldset>"
}

/// The marks that are given when an event presses the button of a rubric. While one is missing that is said there, and the focus goes to it.
pub(crate) fn award(event: &Event) -> Option<What> {
    let button = target_of(event)?.around("[data-save]")?;
    let rubric = button.around("[data-rubric]")?;
    let mut marks = Vec::new();
    for select in rubric.all("select") {
        match select.value().parse() {
            Ok(given) => marks.push(given),
            Err(_) => {
                rubric
                    .find("[role=alert]")?
                    .say("Choose marks for every criterion");
                select.put("aria-invalid", Some("true"));
                select.focus();
                return None;
            }
        }
    }
    Some(What::Award {
        question: rubric.get("data-rubric"),
        marks,
        by: Marker::Candidate,
    })
}
