//! Blueprint + banks + seed → [`Paper`].
//!
//! The same seed and banks give the same paper on every platform, for ever: [`GENERATOR`] names how, a script records that name,
//! and a test holds the numbers. The procedure, in order:
//!
//! 1. Numbers come from xoshiro256** (Blackman and Vigna, 2018), its state filled from the seed by SplitMix64.
//! 2. A number below *n* takes the top ⌈log₂ *n*⌉ bits of the next output, again until it is below *n*; below 1 takes none.
//! 3. A list is shuffled by Fisher and Yates' method from its last place down to its second.
//! 4. For each bank, in the order of the blueprint, its stand-alone questions are shuffled, then its cases. Its rows are served
//!    narrow topics first, rows of like narrowness from the top: each takes, easy, middling and hard, the first that fit and
//!    nobody took. Cases likewise; where the ones that fit are taken, a row that can do with another case moves to it.
//! 5. Row by row of the blueprint what was drawn is shuffled, a case counting as one and keeping its order.
//! 6. Question by question of the paper, the options are shuffled where they may be.
//!
//! Narrow rows first, since a row for all of `hl7` could otherwise take what the row for `hl7/orders` needs; topics nest, so
//! whether a blueprint can be met does not depend on the seed.

use std::cmp::Reverse;
use std::fmt;
use std::str::FromStr;

use rand_xoshiro::Xoshiro256StarStar;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};

use crate::bank::{Bank, Difficulty, Question};
use crate::course::{Course, Row, topic_depth, within};
use crate::question::letter;

/// Names the generator, the drawing procedure and its version.
pub const GENERATOR: &str = "xoshiro256starstar-1";

/// What a paper is drawn by: 0 to 2⁵³ − 1, so that every reader of JSON keeps it exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct Seed(u64);

impl Seed {
    /// A seed; `None` beyond 2⁵³ − 1.
    #[must_use]
    pub fn new(number: u64) -> Option<Self> {
        (number < 1 << 53).then_some(Self(number))
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }
}

/// A number or a text that is no [`Seed`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotASeed;

impl fmt::Display for NotASeed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a seed is a whole number from 0 to 9007199254740991")
    }
}

impl std::error::Error for NotASeed {}

impl TryFrom<u64> for Seed {
    type Error = NotASeed;
    fn try_from(number: u64) -> Result<Self, NotASeed> {
        Self::new(number).ok_or(NotASeed)
    }
}

impl From<Seed> for u64 {
    fn from(seed: Seed) -> Self {
        seed.0
    }
}

impl FromStr for Seed {
    type Err = NotASeed;
    fn from_str(text: &str) -> Result<Self, NotASeed> {
        text.parse().ok().and_then(Self::new).ok_or(NotASeed)
    }
}

impl fmt::Display for Seed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// A drawn question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its bank: an index into the banks that the paper was drawn from.
    pub bank: u16,
    /// Its id.
    pub question: String,
    /// The letters of its options in the order in which they are shown, such as `cabd`; empty where nothing is shuffled.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub order: String,
}

impl Item {
    /// The question, in the banks that the paper was drawn from; `None` when they do not hold it.
    #[must_use]
    pub fn find<'b>(&self, banks: &'b [Bank]) -> Option<Question<'b>> {
        banks.get(usize::from(self.bank))?.find(&self.question)
    }
}

/// One candidate's drawn questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// What it was drawn by.
    pub seed: Seed,
    /// The questions, in order.
    pub items: Vec<Item>,
}

/// A cell of a blueprint that its bank cannot meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortfall {
    /// The file of the bank.
    pub bank: String,
    /// The topic of the row; empty or `*` for any.
    pub topic: String,
    /// The difficulty; `None` for cases.
    pub difficulty: Option<Difficulty>,
    /// How many the bank has that narrower rows, or rows above it, do not draw.
    pub have: u32,
    /// How many the cell asks for.
    pub need: u32,
}

impl fmt::Display for Shortfall {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.difficulty {
            Some(Difficulty::Easy) => "easy questions",
            Some(Difficulty::Middling) => "middling questions",
            Some(Difficulty::Hard) => "hard questions",
            None => "cases",
        };
        write!(out, "`{}` has {} {kind} left", self.bank, self.have)?;
        if topic_depth(&self.topic) > 0 {
            write!(out, " of topic `{}`", self.topic)?;
        }
        write!(out, " where this row draws {}", self.need)
    }
}

impl std::error::Error for Shortfall {}

/// Draws a paper by the course's blueprint.
///
/// `banks` are those of [`Course::bank_paths`], in that order; they are found by their paths, and [`Item::bank`] is an index into
/// this slice.
///
/// # Errors
/// [`Shortfall`] names the first cell that cannot be met; which cells can does not depend on the seed.
pub fn exam(course: &Course, banks: &[Bank], seed: Seed) -> Result<Paper, Shortfall> {
    let mut dice = Dice::new(seed);
    let mut drawn = draw(course, banks, Some(&mut dice));
    if !drawn.shortfalls.is_empty() {
        return Err(drawn.shortfalls.swap_remove(0).1);
    }
    let mut questions = Vec::new();
    for units in &mut drawn.rows {
        dice.shuffle(&mut units.1);
        for &unit in &units.1 {
            questions.extend(unit_questions(&banks[units.0], unit).map(|question| (units.0, question)));
        }
    }
    Ok(dice.paper(seed, questions))
}

/// What a practice paper is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Selection<'a> {
    /// The topics, each for itself and all below it; any when there is none.
    pub topics: &'a [String],
    /// How many questions at most.
    pub number: usize,
}

/// Draws a paper for practice: questions of the selected topics in any order, as many as there are and no more than asked for.
/// A case is drawn whole when one of its questions is of the topics; one that does not fit any more is left out.
#[must_use]
pub fn practice(banks: &[Bank], selection: &Selection<'_>, seed: Seed) -> Paper {
    let wanted = |question: Question<'_>| {
        selection.topics.is_empty()
            || selection.topics.iter().any(|topic| within(topic, question.topic()))
    };
    let mut units = Vec::new();
    for (at, bank) in banks.iter().enumerate() {
        let stock = Stock::of(bank);
        for unit in stock.singles.into_iter().chain(stock.cases) {
            if unit_questions(bank, unit).any(wanted) {
                units.push((at, unit));
            }
        }
    }
    let mut dice = Dice::new(seed);
    let mut order: Vec<u32> = (0..units.len() as u32).collect();
    dice.shuffle(&mut order);
    let mut questions = Vec::new();
    for (at, unit) in order.iter().filter_map(|&index| units.get(index as usize)) {
        let before = questions.len();
        questions.extend(unit_questions(&banks[*at], *unit).map(|question| (*at, question)));
        if questions.len() > selection.number {
            questions.truncate(before);
        }
        if questions.len() == selection.number {
            break;
        }
    }
    dice.paper(seed, questions)
}

/// Every cell of the blueprint that the banks cannot meet, with the index of its row.
pub(crate) fn shortfalls(course: &Course, banks: &[Bank]) -> Vec<(usize, Shortfall)> {
    draw(course, banks, None).shortfalls
}

/// The most questions that a paper can have, its cases being the longest of their banks.
pub(crate) fn most_questions(course: &Course, banks: &[Bank]) -> usize {
    let of_cases = |row: &Row| {
        let bank = banks.iter().find(|bank| bank.path() == row.bank)?;
        let lengths = Stock::of(bank).cases.into_iter().map(|case| unit_questions(bank, case).count());
        Some(lengths.max()? * row.cases as usize)
    };
    course.paper_length() as usize + course.rows().iter().filter_map(of_cases).sum::<usize>()
}

/// What a bank has to draw from. A unit, a stand-alone question or a case, is named by the index of its first question.
struct Stock {
    singles: Vec<u32>,
    cases: Vec<u32>,
}

impl Stock {
    fn of(bank: &Bank) -> Self {
        let mut stock = Self {
            singles: Vec::new(),
            cases: Vec::new(),
        };
        let mut last = None;
        for (index, question) in bank.questions().enumerate() {
            let case = case_index(question);
            match case {
                None => stock.singles.push(index as u32),
                Some(_) if case != last => stock.cases.push(index as u32),
                Some(_) => {}
            }
            last = case;
        }
        stock
    }
}

fn case_index(question: Question<'_>) -> Option<usize> {
    question.case().map(|case| case.index())
}

/// The questions of the unit that begins with question `first`: the questions of a case follow each other in its bank.
fn unit_questions(bank: &Bank, first: u32) -> impl Iterator<Item = Question<'_>> {
    let first = first as usize;
    let case = bank.question(first).and_then(case_index);
    (first..)
        .map_while(|index| bank.question(index))
        .enumerate()
        .take_while(move |&(at, question)| at == 0 || (case.is_some() && case_index(question) == case))
        .map(|(_, question)| question)
}

/// What was drawn.
struct Drawn {
    /// For each row of the blueprint, the index of its bank and the units drawn.
    rows: Vec<(usize, Vec<u32>)>,
    /// With the index of the row; in the order of the blueprint.
    shortfalls: Vec<(usize, Shortfall)>,
}

/// Draws from all banks; in file order when there are no dice.
fn draw(course: &Course, banks: &[Bank], mut dice: Option<&mut Dice>) -> Drawn {
    let rows = course.rows();
    let mut drawn = Drawn {
        rows: vec![(0, Vec::new()); rows.len()],
        shortfalls: Vec::new(),
    };
    for path in course.bank_paths() {
        let mut own: Vec<usize> = (0..rows.len()).filter(|&row| rows[row].bank == path).collect();
        own.sort_by_key(|&row| Reverse(topic_depth(&rows[row].topic)));
        let at = banks.iter().position(|bank| bank.path() == path);
        let mut stock = at.map_or_else(
            || Stock {
                singles: Vec::new(),
                cases: Vec::new(),
            },
            |at| Stock::of(&banks[at]),
        );
        if let Some(dice) = dice.as_deref_mut() {
            dice.shuffle(&mut stock.singles);
            dice.shuffle(&mut stock.cases);
        }
        let at = at.unwrap_or_default();
        for &row in &own {
            drawn.rows[row].0 = at;
        }
        draw_singles(rows, &own, banks.get(at), stock.singles, &mut drawn);
        draw_cases(rows, &own, banks.get(at), &stock.cases, &mut drawn);
    }
    // Stable: within a row easy, middling, hard, cases.
    drawn.shortfalls.sort_by_key(|&(row, _)| row);
    drawn
}

fn draw_singles(
    rows: &[Row],
    own: &[usize],
    bank: Option<&Bank>,
    mut left: Vec<u32>,
    drawn: &mut Drawn,
) {
    for &at in own {
        let row = &rows[at];
        for (difficulty, &need) in Difficulty::ALL.into_iter().zip(&row.counts) {
            let mut have = 0;
            left.retain(|&unit| {
                let fits = have < need
                    && bank.and_then(|bank| bank.question(unit as usize)).is_some_and(|question| {
                        question.difficulty() == difficulty && within(&row.topic, question.topic())
                    });
                if fits {
                    have += 1;
                    drawn.rows[at].1.push(unit);
                }
                !fits
            });
            drawn.short(at, row, Some(difficulty), have, need);
        }
    }
}

fn draw_cases(
    rows: &[Row],
    own: &[usize],
    bank: Option<&Bank>,
    cases: &[u32],
    drawn: &mut Drawn,
) {
    // A case may be of several topics, so that rows can contend for it; see `Matching`.
    let mut matching = Matching {
        owners: vec![None; cases.len()],
        fits: &|row: usize, case: usize| {
            bank.is_some_and(|bank| {
                unit_questions(bank, cases[case]).any(|question| within(&rows[row].topic, question.topic()))
            })
        },
    };
    for &at in own {
        let need = rows[at].cases;
        let mut have = 0;
        while have < need && matching.serve(at, &mut vec![false; cases.len()]) {
            have += 1;
        }
        drawn.short(at, &rows[at], None, have, need);
    }
    for (&case, owner) in cases.iter().zip(matching.owners) {
        if let Some(row) = owner {
            drawn.rows[row].1.push(case);
        }
    }
}

impl Drawn {
    fn short(&mut self, at: usize, row: &Row, difficulty: Option<Difficulty>, have: u32, need: u32) {
        if have < need {
            self.shortfalls.push((
                at,
                Shortfall {
                    bank: row.bank.clone(),
                    topic: row.topic.clone(),
                    difficulty,
                    have,
                    need,
                },
            ));
        }
    }
}

/// Rows and the cases that they hold: augmenting paths (Kuhn, 1955) find an assignment whenever there is one.
struct Matching<'a> {
    /// The row that holds each case.
    owners: Vec<Option<usize>>,
    fits: &'a dyn Fn(usize, usize) -> bool,
}

impl Matching<'_> {
    /// Gives `row` one more case. Where no case that fits is free, the row that holds one must find another that was not `tried`.
    fn serve(&mut self, row: usize, tried: &mut [bool]) -> bool {
        let free = (0..tried.len()).find(|&case| self.owners[case].is_none() && (self.fits)(row, case));
        if let Some(case) = free {
            self.owners[case] = Some(row);
            return true;
        }
        for case in 0..tried.len() {
            let Some(owner) = self.owners[case] else {
                continue;
            };
            if owner == row || tried[case] || !(self.fits)(row, case) {
                continue;
            }
            tried[case] = true;
            if self.serve(owner, tried) {
                self.owners[case] = Some(row);
                return true;
            }
        }
        false
    }
}

/// The source of chance.
struct Dice(Xoshiro256StarStar);

impl Dice {
    fn new(seed: Seed) -> Self {
        Self(Xoshiro256StarStar::seed_from_u64(seed.0))
    }

    /// A number below `bound`, all alike likely; 0 when `bound` is 0 or 1.
    fn below(&mut self, bound: u32) -> u32 {
        let Some(bits) = bound.checked_sub(1).and_then(|most| most.checked_ilog2()) else {
            return 0;
        };
        loop {
            // At least one of two draws is below the bound, on average.
            let number = (self.0.next_u64() >> (63 - bits)) as u32;
            if number < bound {
                return number;
            }
        }
    }

    fn shuffle(&mut self, list: &mut [u32]) {
        for last in (1..list.len()).rev() {
            let other = self.below(last as u32 + 1) as usize;
            list.swap(last, other);
        }
    }

    /// Shuffles the options of each question and makes a paper of them.
    fn paper(&mut self, seed: Seed, questions: Vec<(usize, Question<'_>)>) -> Paper {
        let items = questions
            .into_iter()
            .map(|(bank, question)| {
                let mut order: Vec<u32> = (0..question.shuffled() as u32).collect();
                self.shuffle(&mut order);
                Item {
                    bank: u16::try_from(bank).unwrap_or(u16::MAX),
                    question: question.id().to_owned(),
                    order: order.into_iter().map(|index| letter(index as usize)).collect(),
                }
            })
            .collect();
        Paper { seed, items }
    }
}
