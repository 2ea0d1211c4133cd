//! The parts of a dump of a DICOM data set: an element a line, as dcmdump writes them, with items and what lies in them indented.

use super::{Parts, Point, Target};

/// The tags of an item and of the two delimitation items, as they are spelt here (DICOM PS3.5, 7.5).
const ITEM: &str = "(FFFE,E000)";
const DELIMITERS: [&str; 2] = ["(FFFE,E00D)", "(FFFE,E0DD)"];

#[derive(Default)]
pub(super) struct Dump {
    /// The elements and items that the line stands in, the outermost first.
    around: Vec<Around>,
}

struct Around {
    indent: usize,
    position: String,
    is_item: bool,
    /// How many items it has so far.
    items: u32,
}

/// The tag that `text` begins with, spelt with capitals: `(0040,A730)`.
fn tag(text: &str) -> Option<String> {
    let tag = text.get(..11)?;
    let fits = tag.bytes().enumerate().all(|(at, byte)| match at {
        0 => byte == b'(',
        5 => byte == b',',
        10 => byte == b')',
        _ => byte.is_ascii_hexdigit(),
    });
    fits.then(|| tag.to_ascii_uppercase())
}

impl Parts for Dump {
    fn line(&mut self, text: &str, points: &mut Vec<Point>) -> Result<(), &'static str> {
        let bare = text.trim_start();
        let indent = text.len() - bare.len();
        let Some(tag) = tag(bare) else {
            return Ok(());
        };
        if DELIMITERS.contains(&tag.as_str()) {
            return Ok(());
        }
        while self
            .around
            .last()
            .is_some_and(|around| around.indent >= indent)
        {
            self.around.pop();
        }
        let depth = self.around.len();
        let is_item = tag == ITEM;
        let mut position = String::new();
        if let Some(around) = self.around.last_mut() {
            position.push_str(&around.position);
            if is_item == around.is_item {
                return Err(if is_item {
                    "this item stands in an item, where there should be an element"
                } else {
                    "this element stands in another without an item around it"
                });
            }
            around.items += 1;
            if is_item {
                position.push('[');
                position.push_str(&around.items.to_string());
                position.push(']');
            }
        } else if is_item {
            return Err("this item is not indented below its sequence");
        }
        if !is_item {
            position.push_str(&tag);
        }
        points.push(Point {
            position: position.clone(),
            range: indent as u32..text.trim_end().len() as u32,
            depth: depth.min(255) as u8,
        });
        self.around.push(Around {
            indent,
            position,
            is_item,
            items: 0,
        });
        Ok(())
    }

    fn find(&self, points: &[Point], first: usize, _: &Target) -> Option<usize> {
        points.get(first).map(|_| first)
    }
}
