//! Small pictures, as HTML. All are decoration: the words beside them say the same.

/// A line drawing in a box of 20 × 20, as the path data of an SVG.
#[derive(Clone, Copy)]
pub(crate) struct Icon(&'static str);

/// To the previous thing.
pub(crate) const BACK: Icon = Icon("M12 4l-6 6 6 6");
/// To the next thing.
pub(crate) const ON: Icon = Icon("M8 4l6 6-6 6");
/// Up one place.
pub(crate) const UP: Icon = Icon("M10 16V4M4.5 9.5L10 4l5.5 5.5");
/// Down one place.
pub(crate) const DOWN: Icon = Icon("M10 4v12M4.5 10.5L10 16l5.5-5.5");
/// Dots to take hold of.
pub(crate) const GRIP: Icon = Icon("M7 5h.01M13 5h.01M7 10h.01M13 10h.01M7 15h.01M13 15h.01");
/// A flag.
pub(crate) const FLAG: Icon = Icon("M5 18V3h10l-2.5 3.5L15 10H5");
/// A tick: right.
pub(crate) const RIGHT: Icon = Icon("M4 10.5l4 4 8-9");
/// A cross: wrong.
pub(crate) const WRONG: Icon = Icon("M5 5l10 10M15 5L5 15");
/// A half-hatched circle: partly right.
pub(crate) const PARTLY: Icon = Icon("M10 3a7 7 0 1 0 .01 0M10 3v14M7.5 4.5v11M5 6v8");
/// A key: the right answer.
pub(crate) const KEY: Icon = Icon("M3 10a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0M10 10h8M15 10v3.5");
/// A triangle with an exclamation mark.
pub(crate) const WARN: Icon = Icon("M10 2.5L18.5 17h-17zM10 8v4M10 14.4v.2");

impl Icon {
    /// The picture, and the text behind it, escaped by the caller.
    pub(crate) fn before(self, text: &str) -> String {
        [
            "<svg class=\"tw-icon\" viewBox=\"0 0 20 20\" aria-hidden=\"true\" focusable=\"false\"><path d=\"",
            self.0,
            "\"/></svg>",
            text,
        ]
        .concat()
    }
}

/// The five tiers: our mark.
pub(crate) const LOGO: &str = "<svg class=\"tw-logo\" viewBox=\"0 0 20 20.6\" aria-hidden=\"true\" focusable=\"false\">\
<rect x=\"8\" y=\"1\" width=\"12\" height=\"2.8\" rx=\".8\"/><rect x=\"6\" y=\"5\" width=\"12\" height=\"2.8\" rx=\".8\"/>\
<rect x=\"4\" y=\"9\" width=\"12\" height=\"2.8\" rx=\".8\"/><rect x=\"2\" y=\"13\" width=\"12\" height=\"2.8\" rx=\".8\"/>\
<rect x=\"0\" y=\"17\" width=\"12\" height=\"2.8\" rx=\".8\"/></svg>";
