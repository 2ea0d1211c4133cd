//! `hotspot`: a region of a picture is pointed at.

use super::choice::{letter, option_index};
use super::table::{if_any, read_table};
use super::{Form, MOST_PARTS, QuestionType, Refusal, Region, Registration, Response};
use crate::bank::{Code, Outline, Report, Span, Tags};
use crate::fraction::Fraction;

pub(crate) const TYPE: Registration = Registration {
    name: "hotspot",
    rules: &[],
    read,
};

/// The columns of the table of regions; the last may be left out.
const COLUMNS: &[&str] = &["Region", "x y w h", "Key", "Why"];

struct Hotspot {
    picture: Span,
    regions: Vec<Region>,
}

fn read(outline: &mut Outline<'_>, _: &Tags, report: &mut Report) -> Option<Box<dyn QuestionType>> {
    let source = outline.source();
    let (table, rows) = read_table(outline, COLUMNS, 3, report)?;
    let picture = outline.claim_picture(table);
    if picture.is_none() {
        report.add(
            Code::NoPicture,
            outline.span(table),
            "no picture stands above this table",
        );
    }
    let (mut sound, mut regions) = (true, Vec::new());
    let mut wrong = |span, what: &str| {
        report.add(Code::RegionForm, span, what);
        sound = false;
    };
    if rows.len() < 2 || rows.len() > MOST_PARTS {
        wrong(
            outline.span(table),
            "a picture has 2 to 26 regions to choose from",
        );
    }
    for row in rows {
        let [name, place, key, why] = row.cells;
        if name.is_empty() {
            wrong(row.span, "this region has no name");
        }
        let at = match read_place(place.of(source)) {
            Ok(at) => at,
            Err(what) => {
                wrong(if_any(place).unwrap_or(row.span), what);
                continue;
            }
        };
        // Some keyboards put a variation selector behind the tick.
        let key = match key.of(source).trim_end_matches('\u{fe0f}') {
            "" => false,
            "✓" | "✔" => true,
            word if word.eq_ignore_ascii_case("x") || word.eq_ignore_ascii_case("yes") => true,
            _ => {
                wrong(
                    key,
                    "a key is marked with ✓, and other regions with nothing",
                );
                continue;
            }
        };
        regions.push(Region {
            name,
            place: at,
            rationale: if_any(why),
            key,
        });
    }
    if !sound {
        return None;
    }
    if !regions.iter().any(|region| region.key) {
        report.add(
            Code::NoKey,
            outline.span(table),
            "no region is marked as a key",
        );
        return None;
    }
    Some(Box::new(Hotspot {
        picture: outline.span(picture?),
        regions,
    }))
}

/// One per cent of the picture, as places are counted here: three decimals are exact.
const PER_CENT: u32 = 1000;

/// Reads `` `x y w h` ``, four decimal numbers in per cent of the picture, within which the region lies.
fn read_place(cell: &str) -> Result<[f32; 4], &'static str> {
    let inside = cell
        .strip_prefix('`')
        .and_then(|rest| rest.strip_suffix('`'));
    let mut numbers = [0; 4];
    let mut words = inside.unwrap_or_default().split_whitespace();
    for number in &mut numbers {
        *number = words.next().and_then(per_cent).ok_or(
            "a place is four numbers in a code span, in per cent of the picture: left, top, width and height",
        )?;
    }
    if words.next().is_some() {
        return Err("a place is four numbers and no more");
    }
    let [x, y, width, height] = numbers;
    let whole = 100 * PER_CENT;
    if width == 0 || height == 0 {
        return Err("this region has no width or no height");
    }
    if x + width > whole || y + height > whole {
        return Err("this region reaches beyond the picture, which is 100 wide and 100 high");
    }
    Ok(numbers.map(|number| number as f32 / PER_CENT as f32))
}

/// Reads a decimal number below 1000 with at most three decimals, in thousandths.
fn per_cent(word: &str) -> Option<u32> {
    let (whole, part) = word.split_once('.').unwrap_or((word, "0"));
    let digits = |text: &str| {
        (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(whole) || !digits(part) {
        return None;
    }
    let scale = 10_u32.pow(3 - part.len() as u32);
    Some(whole.parse::<u32>().ok()? * PER_CENT + part.parse::<u32>().ok()? * scale)
}

/// Which of `regions` a click means, `x` per cent from the left edge of the picture and `y` from its top: the smallest that holds the place, edges
/// included, the first of those alike. `None` where there is none.
#[must_use]
pub fn region_at(regions: &[Region], x: f32, y: f32) -> Option<usize> {
    let mut found: Option<(usize, f32)> = None;
    for (at, region) in regions.iter().enumerate() {
        let [left, top, width, height] = region.place;
        let holds = x >= left && x <= left + width && y >= top && y <= top + height;
        let area = width * height;
        if holds && found.is_none_or(|(_, smallest)| area < smallest) {
            found = Some((at, area));
        }
    }
    found.map(|(at, _)| at)
}

impl Hotspot {
    fn region(&self, response: &Response) -> Option<&Region> {
        self.regions.get(option_index(response.only()?)?)
    }
}

impl QuestionType for Hotspot {
    fn form(&self) -> Form<'_> {
        Form::Hotspot {
            picture: self.picture,
            regions: &self.regions,
        }
    }

    fn key(&self) -> Response {
        let key = self.regions.iter().position(|region| region.key);
        Response(key.map(|at| letter(at).to_string()).into_iter().collect())
    }

    fn check(&self, response: &Response) -> Result<(), Refusal> {
        match self.region(response) {
            Some(_) => Ok(()),
            None => Err(Refusal::NoSuchOption),
        }
    }

    fn mark(&self, response: &Response) -> Fraction {
        let right = self.region(response).is_some_and(|region| region.key);
        Fraction::of(i64::from(right), 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_lies_within_the_picture() {
        assert_eq!(read_place("`0 0 100 10`"), Ok([0.0, 0.0, 100.0, 10.0]));
        assert_eq!(
            read_place("`12.5 0.125  25 99.875`"),
            Ok([12.5, 0.125, 25.0, 99.875])
        );
        assert_eq!(
            read_place("`99.9 99.9 0.1 0.1`"),
            Ok([99.9, 99.9, 0.1, 0.1])
        );
        for cell in [
            "",
            "``",
            "0 0 10 10",
            "`0 0 10`",
            "`0 0 10 10 10`",
            "`0,5 0 1 1`",
            "`-1 0 10 10`",
            "`0 0 0 10`",
            "`0 0 10 0.000`",
            "`90 0 10.1 10`",
            "`0 1 10 100`",
            "`0 0 101 1`",
            "`1e1 0 1 1`",
            "`0.0001 0 1 1`",
            "`1. 0 1 1`",
            "`.5 0 1 1`",
            "`4294967296 0 1 1`",
            "`٣ 0 1 1`",
            "`0 0 10 10",
        ] {
            assert!(read_place(cell).is_err(), "{cell}");
        }
    }

    #[test]
    fn a_click_means_the_smallest_region_there() {
        let region = |place| Region {
            name: Span::default(),
            place,
            rationale: None,
            key: false,
        };
        let regions = [
            region([0.0, 0.0, 100.0, 100.0]),
            region([10.0, 10.0, 20.0, 20.0]),
            region([30.0, 10.0, 20.0, 20.0]),
            region([12.0, 12.0, 2.0, 2.0]),
        ];
        for (x, y, expected) in [
            (1.0, 1.0, Some(0)),
            (13.0, 13.0, Some(3)),
            (14.0, 14.0, Some(3)),
            (20.0, 20.0, Some(1)),
            // On the edge of two alike.
            (30.0, 20.0, Some(1)),
            (31.0, 20.0, Some(2)),
            (100.0, 100.0, Some(0)),
            (100.1, 50.0, None),
            (f32::NAN, 50.0, None),
        ] {
            assert_eq!(region_at(&regions, x, y), expected, "{x} {y}");
        }
        assert_eq!(region_at(&regions[1..], 1.0, 1.0), None);
    }
}
