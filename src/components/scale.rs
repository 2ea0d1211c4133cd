//! Score, pass mark and error band on one scale from 0 to 100 %.

use tierwise_engine::result::Outcome;

/// A percentage to the nearest whole number, for reading.
pub(crate) fn whole(percent: f64) -> String {
    format!("{percent:.0} %")
}

/// What stands on the scale, in per cent.
struct Points {
    score: f64,
    pass: f64,
    low: f64,
    high: f64,
}

impl Points {
    fn of(outcome: &Outcome) -> Self {
        let score = outcome.total.percent();
        let full = outcome.total.full.to_f64().max(f64::MIN_POSITIVE);
        let error = 100.0 * outcome.error / full;
        Self {
            score,
            pass: 100.0 * outcome.pass_mark.to_f64() / full,
            low: (score - error).max(0.0),
            high: (score + error).min(100.0),
        }
    }
}

/// The scale as SVG with the same in words below it. Text near an end is anchored there, so that none is cut off.
pub(crate) fn scale_html(outcome: &Outcome) -> String {
    let Points {
        score,
        pass,
        low,
        high,
    } = Points::of(outcome);
    let anchor = |at: f64| match at {
        at if at < 15.0 => "start",
        at if at > 85.0 => "end",
        _ => "middle",
    };
    let (score_text, pass_text) = (whole(score), whole(pass));
    let words = format!(
        "On a scale from 0 to 100 %: you have {score_text}, and the pass mark is {pass_text}. On another paper like this one you would most likely get between {} and {} (the box).",
        whole(low),
        whole(high)
    );
    let width = high - low;
    let (score_anchor, pass_anchor) = (anchor(score), anchor(pass));
    format!(
        "<svg class=\"tw-scale\" role=\"img\" aria-labelledby=\"scale-text\" focusable=\"false\">\
<text class=\"tw-scale__score\" x=\"{score:.1}%\" y=\"1em\" text-anchor=\"{score_anchor}\">You: {score_text}</text>\
<svg x=\"{score:.1}%\" y=\"1.5em\" width=\"1\" height=\"1em\" overflow=\"visible\"><path class=\"tw-scale__marker\" d=\"M-8 0H8L0 11z\"/></svg>\
<rect class=\"tw-scale__track\" x=\"0\" y=\"3em\" width=\"100%\" height=\"1.1em\" rx=\"4\"/>\
<rect class=\"tw-scale__fill\" x=\"0\" y=\"3em\" width=\"{score:.1}%\" height=\"1.1em\" rx=\"4\"/>\
<rect class=\"tw-scale__band\" x=\"{low:.1}%\" y=\"2.5em\" width=\"{width:.1}%\" height=\"2.1em\" rx=\"4\"/>\
<line class=\"tw-scale__pass\" x1=\"{pass:.1}%\" y1=\"2.5em\" x2=\"{pass:.1}%\" y2=\"5.4em\"/>\
<text x=\"{pass:.1}%\" y=\"6.6em\" text-anchor=\"{pass_anchor}\">Pass mark: {pass_text}</text>\
<text class=\"tw-scale__end\" x=\"0\" y=\"8.1em\">0 %</text><text class=\"tw-scale__end\" x=\"100%\" y=\"8.1em\" text-anchor=\"end\">100 %</text></svg>\
<p class=\"tw-hint\" id=\"scale-text\">{words}</p>"
    )
}
