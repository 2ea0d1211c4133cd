//! What an exam asks beside its questions: stopping the clock, being at the page, how sure one is; and what became of that.

use leptos::prelude::*;
use tierwise_engine::calibration::{Agreement, calibration};
use tierwise_engine::marking::Marked;
use tierwise_engine::sitting::{Certainty, Sitting, What};

use super::frame::{actions, button, column, heading, p};
use super::sitbar::clock_face;
use crate::app::main;
use crate::platform::dom::{El, el, value_of};
use crate::state::seat::{Desk, Seat};

/// `1 min 10 s`.
pub(crate) fn spelt(milliseconds: u64) -> String {
    let seconds = milliseconds.div_ceil(1000);
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    match minutes {
        0 => format!("{seconds} s"),
        _ => format!("{minutes} min {seconds} s"),
    }
}

/// The button that stops the clock.
#[inline(never)]
pub(crate) fn pause_button(seat: Seat) -> El {
    button("tw-sitbar__button", "Pause").on("click", move |_| {
        seat.act(What::Pause);
    })
}

/// What stands in the place of the questions while the clock is stopped.
#[inline(never)]
pub(crate) fn paused(seat: Seat) -> El {
    let clock = match seat.look(Desk::time_left).flatten() {
        Some(left) => {
            let left = clock_face(left as usize);
            ["The clock stands, with ", &left, " left. "].concat()
        }
        None => String::new(),
    };
    let words = clock
        + "The questions are hidden until you resume. Your answers are kept: you may close this page and come back to it.";
    let resume = button("", "Resume").on("click", move |_| {
        seat.act(What::Resume);
    });
    main("").child(column(vec![
        heading("Paused"),
        p(&words),
        actions(vec![resume]),
    ]))
}

/// What a candidate is told on a paper that goes one way: at its first question that it does, and at any that they go on from without an answer, before
/// they do.
#[inline(never)]
pub(crate) fn one_way(n: usize, is_last: bool, warned: RwSignal<usize>) -> El {
    let first = (n == 0 && !is_last).then(|| {
        p("This paper goes one way: once you go on from a question, you cannot come back to it.")
            .attr("class", "tw-hint")
    });
    let warning = move || {
        if warned.get() == 0 || is_last {
            return String::new();
        }
        "You have not answered this question, and cannot come back to it. Press Next again to go on without an answer.".to_owned()
    };
    el("div", "tw-flow")
        .maybe(first)
        .child(el("p", "tw-error").attr("role", "alert").keep_text(warning))
}

/// What the candidate is told of an absence of so many milliseconds.
#[inline(never)]
pub(crate) fn absence(milliseconds: u64) -> String {
    format!(
        "You left this page for {}. That is noted in the script.",
        spelt(milliseconds)
    )
}

/// The radios by which candidates say how sure they are of their answer to question `n`.
#[inline(never)]
pub(crate) fn how_sure(seat: Seat, n: usize) -> El {
    let stands = seat.look(|desk| desk.sitting.certainty(n)).flatten();
    let mut html = "<legend class=\"tw-legend\">How sure are you?</legend><p class=\"tw-hint\" id=\"sure-hint\">Beside your marks, right scores 1, 2 or 3 points, and wrong costs none, 2 or 6. If you do not say, 1 counts.</p>".to_owned();
    for (certainty, word) in Certainty::ALL.into_iter().zip(WORDS) {
        let number = (certainty as usize).to_string();
        let checked = match stands == Some(certainty) {
            true => "\" checked>",
            false => "\">",
        };
        for piece in [
            "<div class=\"tw-choice\"><input class=\"tw-choice__input\" type=\"radio\" name=\"sure\" id=\"sure-",
            &number,
            "\" value=\"",
            &number,
            checked,
            "<label class=\"tw-choice__label\" for=\"sure-",
            &number,
            "\">",
            &number,
            " ",
            word,
            "</label></div>",
        ] {
            html.push_str(piece);
        }
    }
    el("fieldset", "tw-choices tw-choices--row")
        .attr("id", "sure")
        .attr("aria-describedby", "sure-hint")
        .html(&html)
        .on("change", move |event| {
            let level = value_of(&event).parse().ok().and_then(Certainty::of);
            let question = seat.look(|desk| desk.id(n).map(str::to_owned)).flatten();
            if let (Some(level), Some(question)) = (level, question) {
                seat.act(What::Confidence { question, level });
            }
        })
}

const WORDS: [&str; 3] = ["not very", "fairly", "very"];

/// How sure the candidate said to be, in words: `2, fairly sure`.
pub(crate) fn sure_words(certainty: Certainty) -> String {
    let number = certainty as usize;
    [&number.to_string(), ", ", WORDS[number - 1], " sure"].concat()
}

/// How often the page of an exam was left, and for how long.
#[inline(never)]
pub(crate) fn absences_html(sitting: &Sitting) -> String {
    let end = sitting.ended().map_or(u64::MAX, |end| end.at());
    let (count, sum) = sitting.absences(end);
    let times = match count {
        0 => return String::new(),
        1 => "once".to_owned(),
        count => format!("{count} times"),
    };
    format!("<p>You left the page {times}, {} in all.</p>", spelt(sum))
}

/// How sure the candidate was and how right, for the result page.
#[inline(never)]
pub(crate) fn calibration_html(marked: &[Marked]) -> String {
    let all = calibration(marked);
    let (below, score) = all.score();
    let mut out = "<section class=\"tw-section tw-flow\" aria-labelledby=\"sureness\"><h2 id=\"sureness\">How sure you were</h2><p>".to_owned();
    for piece in [
        "<strong>",
        if below { "−" } else { "" },
        &score.to_string(),
        " of ",
        &all.most.to_string(),
        " points</strong> for certainty. They stand beside your marks: they have no part in your score, nor in whether you passed.</p>\
<table class=\"tw-topics\"><thead><tr><th scope=\"col\">You were</th><th scope=\"col\">Right</th><th scope=\"col\">What would have paid more</th></tr></thead><tbody>",
    ] {
        out.push_str(piece);
    }
    for (level, word) in all.levels.iter().zip(WORDS) {
        let verdict = match level.agreement() {
            None => "",
            Some(Agreement::Fits) => "Nothing else",
            Some(Agreement::TooSure) => "Being less sure",
            Some(Agreement::NotSureEnough) => "Being more sure",
        };
        for piece in [
            "<tr><th scope=\"row\">",
            &(level.certainty as u32).to_string(),
            " ",
            word,
            " sure</th><td class=\"tw-nowrap\">",
            &level.right.to_string(),
            " of ",
            &level.answers.to_string(),
            "</td><td>",
            verdict,
            "</td></tr>",
        ] {
            out.push_str(piece);
        }
    }
    out.push_str("</tbody></table><p class=\"tw-hint\">Being fairly sure pays from two right answers in three on, being very sure from four in five. An answer for which you did not say counts as 1, not very sure.</p></section>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_spelt() {
        let cases = [
            (0, "0 s"),
            (1, "1 s"),
            (59_001, "1 min 0 s"),
            (70_000, "1 min 10 s"),
            (3_600_000, "60 min 0 s"),
        ];
        for (milliseconds, words) in cases {
            assert_eq!(spelt(milliseconds), words);
        }
    }
}
