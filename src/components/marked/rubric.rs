//! Marks that a person gives to an essay, criterion by criterion: as HTML, and as they are read from the page.

use tierwise_engine::bank::{Html, Question};

use crate::components::frame::escaped;
use crate::platform::dom::{Event, target_of};

/// The rubric with a choice of marks for each criterion, and a button that takes them. `given` are the marks that stand, if any, and `by` says whose
/// they are; `id` makes ids unique on the page.
pub(crate) fn rubric_html(
    question: Question<'_>,
    html: &Html<'_>,
    given: Option<&[u8]>,
    by: &str,
    id: &str,
) -> String {
    let mut out = format!(
        "<fieldset class=\"tw-flow\" data-rubric=\"{}\" id=\"{id}-rubric\" tabindex=\"-1\"><legend class=\"tw-legend\">Mark your answer</legend><p class=\"tw-hint\">{}</p><div class=\"tw-pairs\">",
        escaped(question.id()),
        match given {
            Some(_) => by,
            None => "Compare it with the model answer, and be as strict as an examiner.",
        }
    );
    for (at, criterion) in question.rubric().iter().enumerate() {
        out.push_str(&format!(
            "<div class=\"tw-pair\"><label for=\"{id}-m{at}\">{} <span class=\"tw-choice__hint\">{}</span></label>\
<select class=\"tw-input\" id=\"{id}-m{at}\" autocomplete=\"off\"><option value=\"\">Choose…</option>",
            question.piece_html(html, criterion.name),
            question.piece_html(html, criterion.evidence)
        ));
        let now = given.and_then(|given| given.get(at).copied());
        for marks in 0..=criterion.marks {
            let selected = if now == Some(marks) { " selected" } else { "" };
            out.push_str(&format!(
                "<option value=\"{marks}\"{selected}>{marks} of {}</option>",
                criterion.marks
            ));
        }
        out.push_str("</select></div>");
    }
    out.push_str(&format!(
        "</div><p class=\"tw-error\" role=\"alert\" id=\"{id}-missing\"></p><p><button class=\"tw-button tw-button--plain\" type=\"button\" data-save>Save these marks</button></p></fieldset>"
    ));
    out
}

/// The marks that are given when an event presses the button of a rubric: the question, and a mark a criterion. While one is missing that is said
/// there, and the focus goes to it.
pub(crate) fn saved(event: &Event) -> Option<(String, Vec<u8>)> {
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
                select.focus();
                return None;
            }
        }
    }
    Some((rubric.get("data-rubric"), marks))
}
