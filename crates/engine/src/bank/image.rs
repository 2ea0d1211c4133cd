//! The pictures that a text shows.

use pulldown_cmark::{Event, Tag};

use super::html::{Reach, reach};
use super::markdown::parser;
use super::span::Span;

/// A picture beside a bank or course page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Where it is shown: from `![` to `)`.
    pub span: Span,
    /// Its address, relative to the folder of the bank, such as `img/frame.svg`.
    pub address: String,
}

impl Image {
    /// What `tag` shows, when that is a file of the course.
    pub(super) fn of(tag: &Tag<'_>, span: Span) -> Option<Self> {
        match tag {
            Tag::Image { dest_url, .. } if reach(dest_url) == Reach::Local => Some(Self {
                span,
                address: dest_url.to_string(),
            }),
            _ => None,
        }
    }

    /// The names of the folders and of the file that the address leads to, such as `["img", "frame.svg"]`: without query and fragment, `%20` and
    /// its like decoded. `None` when no file beside the bank can be meant.
    #[must_use]
    pub fn path(&self) -> Option<Vec<String>> {
        let path = self.address.split(['?', '#']).next().unwrap_or_default();
        let names: Vec<String> = path
            .split('/')
            .filter(|name| *name != ".")
            .map(decoded)
            .collect::<Option<_>>()?;
        let is_name = |name: &String| {
            !name.is_empty()
                && name != ".."
                && !name.contains(|c: char| c == '/' || c == '\\' || c == ':' || c.is_control())
        };
        (!names.is_empty() && names.iter().all(is_name)).then_some(names)
    }
}

/// `text` with its percent-encoded bytes decoded; `None` when they are not UTF-8.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let digit = |at: usize| {
            behind
                .get(at)
                .and_then(|&byte| char::from(byte).to_digit(16))
        };
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &behind[2..];
            }
            _ => {
                bytes.push(first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// The pictures beside it that `source` shows from byte `from` on.
pub(crate) fn images(source: &str, from: usize) -> Vec<Image> {
    let text = source.get(from..).unwrap_or_default();
    parser(text)
        .into_offset_iter()
        .filter_map(|(event, range)| match event {
            Event::Start(tag) => Image::of(&tag, Span::new(range.start + from, range.end + from)),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(address: &str) -> Option<String> {
        let image = Image {
            span: Span::default(),
            address: address.to_owned(),
        };
        image.path().map(|names| names.join("|"))
    }

    #[test]
    fn an_address_leads_to_a_file() {
        for (address, file) in [
            ("frame.svg", "frame.svg"),
            ("img/frame.svg?v=2#top", "img|frame.svg"),
            ("./a%20b.png", "a b.png"),
            ("r%C3%B6ntgen.png", "röntgen.png"),
            ("100%.png", "100%.png"),
        ] {
            assert_eq!(path(address).as_deref(), Some(file), "{address}");
        }
    }

    #[test]
    fn an_address_that_leads_elsewhere_is_no_file() {
        for address in [
            "..%2Fx", "a/..%5Cx", "a//b", "", "?x", "img/", "%00", "%FF", "C%3Ax",
        ] {
            assert_eq!(path(address), None, "{address}");
        }
    }

    #[test]
    fn the_pictures_of_a_text_and_their_places() {
        let text = "---\n![x](skipped.png)\n\n![x](a.svg) and [y](b.md)\n\n- ![](https://e.example/c.png)\n  ![d](d.png)\n";
        let found: Vec<_> = images(text, 4 + 18)
            .into_iter()
            .map(|image| (image.address.clone(), image.span.of(text).to_owned()))
            .collect();
        assert_eq!(
            found,
            [
                ("a.svg".to_owned(), "![x](a.svg)".to_owned()),
                ("d.png".to_owned(), "![d](d.png)".to_owned())
            ]
        );
    }
}
