//! Pictures of results: bars, a row of attempts, the map of the framework. Each is SVG with the same in words or in a table.

use tierwise_engine::framework::{FACETS, Framework, TIERS};
use tierwise_engine::profile::{Area, Freshness, Level, Profile};
use tierwise_engine::result::Share;

use super::frame::escaped;
use super::marked::range_text;
use super::scale::{at, percent, percent_of, rounded};
use crate::platform::clock;
use crate::routes::Route;

/// Adds pieces of HTML.
pub(crate) fn put(out: &mut String, pieces: &[&str]) {
    for piece in pieces {
        out.push_str(piece);
    }
}

/// A share, 0 to 1, as a percentage to the nearest whole number.
pub(crate) fn hundredths(share: f64) -> u32 {
    (share * 100.0 + 0.5) as u32
}

/// A table of marks with a bar in each row. `what` is what its rows are, `rows` their names and shares.
#[inline(never)]
pub(crate) fn bars_html(out: &mut String, what: &str, rows: &[(String, Share)]) {
    let id = what.to_ascii_lowercase();
    put(
        out,
        &[
            "<section class=\"tw-section tw-flow\" aria-labelledby=\"by-",
            &id,
            "\"><h2 id=\"by-",
            &id,
            "\">By ",
            &id,
            "</h2><table class=\"tw-topics\"><thead><tr><th scope=\"col\">",
            what,
            "</th><th scope=\"col\">Marks</th><th scope=\"col\"><span class=\"tw-visually-hidden\">Share of marks</span></th></tr></thead><tbody>",
        ],
    );
    for (name, share) in rows {
        put(
            out,
            &[
                "<tr><th scope=\"row\">",
                &escaped(name),
                "</th><td class=\"tw-nowrap\">",
                &range_text(share.earned, share.open),
                " of ",
                &share.full.to_string(),
                "</td><td><svg class=\"tw-bar\" viewBox=\"0 0 100 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">\
<rect class=\"tw-bar__track\" width=\"100\" height=\"1\"/><rect class=\"tw-bar__fill\" width=\"",
                &rounded(share.earned, share.full, 100).to_string(),
                "\" height=\"1\"/></svg><span class=\"tw-visually-hidden\">",
                &percent_of(share.earned, share.full),
                "</span></td></tr>",
            ],
        );
    }
    out.push_str("</tbody></table></section>");
}

/// One of several attempts.
pub(crate) struct Attempt {
    pub(crate) id: String,
    /// When, in milliseconds since 1970.
    pub(crate) when: u64,
    pub(crate) percent: u32,
    pub(crate) verdict: String,
}

/// How many attempts a picture has room for.
const SHOWN: usize = 20;

/// The latest attempts as bars, against the pass mark. `attempts` are the earliest first.
#[inline(never)]
pub(crate) fn attempts_svg(out: &mut String, attempts: &[Attempt], pass_percent: u32) {
    let last = &attempts[attempts.len().saturating_sub(SHOWN)..];
    let list: Vec<String> = last.iter().map(|one| percent(one.percent)).collect();
    let pass = percent(pass_percent);
    put(
        out,
        &[
            "<svg class=\"tw-attempts\" role=\"img\" focusable=\"false\" aria-label=\"Scores: ",
            &list.join(", "),
            ". Pass mark: ",
            &pass,
            "\">",
        ],
    );
    let slot = 1000 / last.len().max(8) as u32;
    for (n, one) in (0..).zip(last) {
        let high = one.percent.min(100) * 10;
        put(
            out,
            &[
                "<rect class=\"tw-attempts__bar\" x=\"",
                &at(n * slot + slot / 10),
                "\" y=\"",
                &at(1000 - high),
                "\" width=\"",
                &at(slot * 4 / 5),
                "\" height=\"",
                &at(high),
                "\"/>",
            ],
        );
    }
    let y = at(1000 - pass_percent.min(100) * 10);
    put(
        out,
        &[
            "<line class=\"tw-attempts__pass\" x1=\"0\" x2=\"100%\" y1=\"",
            &y,
            "\" y2=\"",
            &y,
            "\"/></svg><p class=\"tw-hint\">The earliest first; the line is the pass mark, ",
            &pass,
            ".</p>",
        ],
    );
}

/// Attempts as a table, the latest first, each with its change from the one before it. `here` is the id of the one that is being looked at.
#[inline(never)]
pub(crate) fn attempts_table(out: &mut String, course: &str, attempts: &[Attempt], here: &str) {
    out.push_str("<div class=\"tw-scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Attempts\"><table><thead><tr><th scope=\"col\">When</th><th scope=\"col\">Score</th><th scope=\"col\">Verdict</th><th scope=\"col\">Change</th></tr></thead><tbody>");
    for (n, one) in attempts.iter().enumerate().rev() {
        let day = clock::day(one.when);
        out.push_str("<tr><th scope=\"row\">");
        if one.id == here {
            put(out, &[&day, " (this one)"]);
        } else {
            let href = Route::Result(course.to_owned(), one.id.clone()).href();
            put(out, &["<a href=\"", &escaped(&href), "\">", &day, "</a>"]);
        }
        let before = n.checked_sub(1).map(|before| attempts[before].percent);
        put(
            out,
            &[
                "</th><td class=\"tw-nowrap\">",
                &percent(one.percent),
                "</td><td>",
                &escaped(&one.verdict),
                "</td><td class=\"tw-nowrap\">",
                &change(before, one.percent),
                "</td></tr>",
            ],
        );
    }
    out.push_str("</tbody></table></div>");
}

/// The change from the attempt before, in percentage points.
fn change(before: Option<u32>, now: u32) -> String {
    let (sign, by) = match before {
        None => return "the first".to_owned(),
        Some(before) if now > before => ("+", now - before),
        Some(before) if now < before => ("−", before - now),
        Some(_) => return "the same".to_owned(),
    };
    let points = if by == 1 { " point" } else { " points" };
    [sign, &by.to_string(), points].concat()
}

/// The facets as they are read.
const FACET_NAMES: [&str; FACETS.len()] = ["IT", "Clinical", "Legal", "Case", "Analysis"];
/// Where the cells of the map begin, how far apart they are, and how wide, in thousandths of its width.
const CELLS: (u32, u32, u32) = (130, 174, 168);
/// The height of its head, how far its rows are apart, and their height, in thousandths of an em.
const ROWS: (u32, u32, u32) = (2000, 5400, 5000);

/// Thousandths of an em, as an SVG length.
fn em(milli: u32) -> String {
    format!("{}.{:03}em", milli / 1000, milli % 1000)
}

/// What is said of a cell or topic: what share is known now, how surely, and whether it fades.
struct Said {
    known: u32,
    low: u32,
    high: u32,
    level: &'static str,
    fresh: &'static str,
}

impl Said {
    fn of(area: &Area, now: u64) -> Self {
        let (low, high) = area.known_between();
        Self {
            known: hundredths(area.known()),
            low: hundredths(low),
            high: hundredths(high),
            level: match area.level() {
                Level::WellSupported => "well supported",
                level => level.words(),
            },
            fresh: match area.freshness(now) {
                Freshness::Fresh => "",
                Freshness::Fading => "fading",
                Freshness::Stale => "stale",
            },
        }
    }
}

/// The map of tiers and facets, with its key in words and the same as a table. Without the framework no cell is known to be without questions.
#[inline(never)]
pub(crate) fn map_html(profile: &Profile, framework: Option<&Framework>) -> String {
    let (mut out, mut rows, mut none) = (String::new(), String::new(), String::new());
    out.push_str("<svg class=\"tw-tiers\" role=\"img\" focusable=\"false\" aria-label=\"The map of tiers and skills. The table below it says the same.\">");
    let (from, step, width) = CELLS;
    for (n, name) in (0..).zip(FACET_NAMES) {
        let x = at(from + n * step + width / 2);
        put(
            &mut out,
            &[
                "<text class=\"tw-tiers__head\" x=\"",
                &x,
                "\" y=\"1.3em\" text-anchor=\"middle\">",
                name,
                "</text>",
            ],
        );
    }
    for (row, tier) in (0..).zip((1..=TIERS).rev()) {
        let y = ROWS.0 + row * ROWS.1;
        let name = ["Tier ", &tier.to_string()].concat();
        put(
            &mut out,
            &[
                "<text class=\"tw-tiers__head\" x=\"0\" y=\"",
                &em(y + 2800),
                "\">",
                &name,
                "</text>",
            ],
        );
        for ((n, facet), facet_name) in (0..).zip(FACETS).zip(FACET_NAMES) {
            let x = from + n * step;
            let area = profile.cell(tier, facet);
            let questions = framework.map(|framework| framework.questions(tier, facet));
            if area.is_none() && questions == Some(0) {
                cell(&mut out, x, y, None);
                let between = if none.is_empty() { "" } else { "; " };
                put(
                    &mut none,
                    &[between, "tier ", &tier.to_string(), ", ", facet_name],
                );
                continue;
            }
            let said = Said::of(area.unwrap_or(&Area::default()), profile.now);
            cell(&mut out, x, y, Some((&said, area.is_some())));
            put(
                &mut rows,
                &[
                    "<tr><th scope=\"row\">",
                    &name,
                    "</th><th scope=\"row\">",
                    facet_name,
                    "</th><td class=\"tw-nowrap\">",
                ],
            );
            if let Some(area) = area {
                put(
                    &mut rows,
                    &[
                        &percent(said.known),
                        "</td><td class=\"tw-nowrap\">",
                        &said.low.to_string(),
                        " to ",
                        &percent(said.high),
                        "</td><td>",
                        said.level,
                        if said.fresh.is_empty() { "" } else { ", " },
                        said.fresh,
                        "</td><td>",
                        &area.questions.to_string(),
                    ],
                );
            } else {
                put(
                    &mut rows,
                    &["–</td><td>–</td><td>", said.level, "</td><td>0"],
                );
            }
            rows.push_str("</td></tr>");
        }
    }
    out.push_str("</svg><p class=\"tw-hint\">The fill of a cell is the share of the marks that you would likely earn now. The line at its right says where that share most likely lies: the shorter, the surer. A dashed cell has no questions here.</p>\
<details class=\"tw-details\"><summary>The map as a table</summary><div class=\"tw-scroll\" tabindex=\"0\" role=\"group\" aria-label=\"The map as a table\"><table><thead><tr><th scope=\"col\">Tier</th><th scope=\"col\">Skill</th><th scope=\"col\">Known now</th><th scope=\"col\">Most likely</th><th scope=\"col\">How surely</th><th scope=\"col\">Questions asked</th></tr></thead><tbody>");
    put(&mut out, &[&rows, "</tbody></table></div>"]);
    if !none.is_empty() {
        put(&mut out, &["<p>No questions here: ", &none, ".</p>"]);
    }
    out.push_str("</details>");
    out
}

/// A cell at `x` (thousandths of the width) and `y` (thousandths of an em): nothing where there are no questions; whether one was asked.
fn cell(out: &mut String, x: u32, y: u32, said: Option<(&Said, bool)>) {
    let (step, width) = (em(ROWS.2), at(CELLS.2));
    let kind = match said {
        None => "none",
        Some(_) => "track",
    };
    put(
        out,
        &[
            "<rect class=\"tw-tiers__",
            kind,
            "\" x=\"",
            &at(x),
            "\" y=\"",
            &em(y),
            "\" width=\"",
            &width,
            "\" height=\"",
            &step,
            "\"/>",
        ],
    );
    if let Some((said, true)) = said {
        // A hundredth of a cell's height, in thousandths of an em.
        let part = ROWS.2 / 100;
        let below = |share: u32| em(y + ROWS.2 - share.min(100) * part);
        put(
            out,
            &[
                "<rect class=\"tw-tiers__fill\" x=\"",
                &at(x),
                "\" y=\"",
                &below(said.known),
                "\" width=\"",
                &width,
                "\" height=\"",
                &em(said.known.min(100) * part),
                "\"/>",
            ],
        );
        let line = at(x + CELLS.2 - 5);
        put(
            out,
            &[
                "<line class=\"tw-tiers__range\" x1=\"",
                &line,
                "\" x2=\"",
                &line,
                "\" y1=\"",
                &below(said.high),
                "\" y2=\"",
                &below(said.low),
                "\"/>",
            ],
        );
    }
    let middle = at(x + CELLS.2 / 2);
    let mut text = |class: &str, down: u32, text: &str| {
        put(
            out,
            &[
                "<text x=\"",
                &middle,
                "\" y=\"",
                &em(y + down),
                "\" text-anchor=\"middle\"><tspan class=\"tw-tiers__",
                class,
                "\">",
                text,
                "</tspan></text>",
            ],
        );
    };
    // Sizes are those of spans: a text of another size would have other ems for its place.
    match said {
        None => text("word", 2800, "no questions"),
        Some((said, false)) => text("word", 2800, said.level),
        Some((said, true)) => {
            text("known", 1900, &percent(said.known));
            text("word", 3200, said.level);
            text("word tw-tiers__fresh", 4400, said.fresh);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_said_in_points() {
        let changes = [(None, 40), (Some(40), 52), (Some(52), 51), (Some(51), 51)];
        let said = changes.map(|(before, now)| change(before, now));
        assert_eq!(said, ["the first", "+12 points", "−1 point", "the same"]);
    }

    #[test]
    fn lengths() {
        assert_eq!(
            (em(2000), em(5050)),
            ("2.000em".to_owned(), "5.050em".to_owned())
        );
        assert_eq!([0.0, 0.004, 0.005, 1.0].map(hundredths), [0, 0, 1, 100]);
    }
}
