//! Score, pass mark and error band on one scale from 0 to 100 %.

use tierwise_engine::fraction::Fraction;
use tierwise_engine::result::Outcome;

/// What share `part` is of `whole`, in parts of `scale`, to the nearest. Whole numbers, since writing floats would cost the page 5 kB.
pub(crate) fn rounded(part: Fraction, whole: Fraction, scale: u32) -> u32 {
    let share = part.share_of(whole);
    let doubled = share.numerator() * 2 * u128::from(scale) + share.denominator();
    u32::try_from(doubled / (share.denominator() * 2)).unwrap_or(scale)
}

/// A percentage, for reading.
pub(crate) fn percent(percent: u32) -> String {
    format!("{percent} %")
}

/// `part` of `whole` as a percentage, for reading; rounded once, from the exact share.
pub(crate) fn percent_of(part: Fraction, whole: Fraction) -> String {
    percent(rounded(part, whole, 100))
}

/// A place on the scale, as an SVG length.
pub(crate) fn at(per_mille: u32) -> String {
    format!("{}.{}%", per_mille / 10, per_mille % 10)
}

/// The scale as SVG with the same in words below it. Text near an end is anchored there, so that none is cut off.
pub(crate) fn scale_html(outcome: &Outcome) -> String {
    let score = rounded(outcome.total.earned, outcome.total.full, 1000);
    let pass = rounded(outcome.pass_mark, outcome.total.full, 1000);
    let error = (1000.0 * outcome.error / outcome.total.full.to_f64().max(1.0)) as u32;
    let (low, high) = (score.saturating_sub(error), (score + error).min(1000));
    let anchor = |at: u32| match at {
        0..150 => "start",
        851.. => "end",
        _ => "middle",
    };
    let (x, pass_x, low_x, width) = (at(score), at(pass), at(low), at(high - low));
    let score_text = percent_of(outcome.total.earned, outcome.total.full);
    let pass_text = percent_of(outcome.pass_mark, outcome.total.full);
    // The band is an estimate, so a second rounding does it no harm. A score of nothing or of everything has none.
    let band = if error == 0 {
        String::new()
    } else {
        format!(
            " On another paper like this one you would most likely get between {} and {} (the box).",
            percent((low + 5) / 10),
            percent((high + 5) / 10)
        )
    };
    let (score_anchor, pass_anchor) = (anchor(score), anchor(pass));
    format!(
        "<svg class=\"tw-scale\" role=\"img\" aria-labelledby=\"scale-text\" focusable=\"false\">\
<text class=\"tw-scale__score\" x=\"{x}\" y=\"1em\" text-anchor=\"{score_anchor}\">You: {score_text}</text>\
<svg x=\"{x}\" y=\"1.5em\" width=\"1\" height=\"1em\" overflow=\"visible\"><path class=\"tw-scale__marker\" d=\"M-8 0H8L0 11z\"/></svg>\
<rect class=\"tw-scale__track\" x=\"0\" y=\"3em\" width=\"100%\" height=\"1.1em\" rx=\"4\"/>\
<rect class=\"tw-scale__fill\" x=\"0\" y=\"3em\" width=\"{x}\" height=\"1.1em\" rx=\"4\"/>\
<rect class=\"tw-scale__band\" x=\"{low_x}\" y=\"2.5em\" width=\"{width}\" height=\"2.1em\" rx=\"4\"/>\
<line class=\"tw-scale__pass\" x1=\"{pass_x}\" y1=\"2.5em\" x2=\"{pass_x}\" y2=\"5.4em\"/>\
<text x=\"{pass_x}\" y=\"6.6em\" text-anchor=\"{pass_anchor}\">Pass mark: {pass_text}</text>\
<text class=\"tw-scale__end\" x=\"0\" y=\"8.1em\">0 %</text><text class=\"tw-scale__end\" x=\"100%\" y=\"8.1em\" text-anchor=\"end\">100 %</text></svg>\
<p class=\"tw-hint\" id=\"scale-text\">On a scale from 0 to 100 %: you have {score_text}, and the pass mark is {pass_text}.{band}</p>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_to_the_nearest() {
        let of = |part, whole| rounded(Fraction::new(part, whole), Fraction::ONE, 1000);
        assert_eq!(of(2, 3), 667);
        assert_eq!(of(1, 3), 333);
        assert_eq!(of(1, 1), 1000);
        assert_eq!(of(0, 1), 0);
        assert_eq!(rounded(Fraction::ONE, Fraction::ZERO, 100), 0);
        // 59.46 % does not read as 60 %: rounded by way of thousandths it would.
        assert_eq!(percent_of(Fraction::new(22, 37), Fraction::ONE), "59 %");
        assert_eq!(percent_of(Fraction::new(119, 200), Fraction::ONE), "60 %");
        assert_eq!(at(667), "66.7%");
    }
}
