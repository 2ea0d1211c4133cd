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

mod dice;
mod draw;
mod seed;

use std::fmt;

use crate::bank::{Bank, Difficulty, Question};
use crate::course::{Course, topic_depth, within};
use crate::json::{self, Object, Writer};
use crate::question::letter;
use crate::sorted::{by, by_text};

use dice::Dice;
use draw::{Stock, draw, unit_questions};

pub use seed::{NotASeed, Seed};

pub use draw::length;
pub(crate) use draw::shortfalls;

/// Names the generator, the drawing procedure and its version.
pub const GENERATOR: &str = "xoshiro256starstar-1";

/// A drawn question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its bank: an index into the banks that the paper was drawn from.
    pub bank: u16,
    /// Its id.
    pub question: String,
    /// The letters of its options in the order in which they are shown, such as `cabd`; empty where nothing is shuffled.
    pub order: String,
}

impl Item {
    /// The question, in the banks that the paper was drawn from; `None` when they do not hold it.
    #[must_use]
    pub fn find<'b>(&self, banks: &'b [Bank]) -> Option<Question<'b>> {
        banks.get(usize::from(self.bank))?.find(&self.question)
    }

    pub(crate) fn of(object: &Object<'_>) -> Result<Self, json::Error> {
        let order = match object.get("order") {
            Some(_) => object.text("order")?,
            None => "",
        };
        Ok(Self {
            bank: object.u16("bank")?,
            question: object.text("question")?.to_owned(),
            order: order.to_owned(),
        })
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.open('{');
        out.whole_field("bank", self.bank.into());
        out.text_field("question", &self.question);
        if !self.order.is_empty() {
            out.text_field("order", &self.order);
        }
        out.close('}');
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
    if let Some(row) = drawn.iter_mut().find(|row| !row.shortfalls.is_empty()) {
        return Err(row.shortfalls.swap_remove(0));
    }
    let mut questions = Vec::new();
    for row in &mut drawn {
        dice.shuffle(&mut row.units);
        for &unit in &row.units {
            let unit = unit_questions(&banks[row.bank], unit);
            questions.extend(unit.map(|question| (row.bank, question)));
        }
    }
    Ok(with_orders(seed, questions, &mut dice))
}

/// A question that was asked before, as [`crate::profile`] has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// Its id.
    pub question: String,
    /// Whether it is due for review.
    pub due: bool,
    /// The chance that it would be answered as it was, from 0 to 1.
    pub recall: f64,
}

/// Which questions of a practice come first, or come at all.
#[derive(Clone, Copy, Debug)]
pub enum Order<'a> {
    /// Any question, in any order.
    Any,
    /// First those of these that are due for review, the one that is most likely to be forgotten before the others; then those that are not among
    /// these, in any order; then the rest of these, most likely to be forgotten first.
    Due(&'a [Review]),
    /// These questions alone, by their ids, in any order.
    Only(&'a [String]),
}

/// What a practice paper is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Selection<'a> {
    /// The topics, each for itself and all below it; any when there is none.
    pub topics: &'a [String],
    /// How many questions at most.
    pub number: usize,
    /// Which come first.
    pub order: Order<'a>,
}

/// Draws a paper for practice: questions of the selected topics in the selected order, as many as there are and no more than asked for.
/// A case is drawn whole when one of its questions is of the topics, and comes where the first of its questions comes; one that does not fit any
/// more is left out.
#[must_use]
pub fn practice(banks: &[Bank], selection: &Selection<'_>, seed: Seed) -> Paper {
    let wanted = |question: Question<'_>| {
        let of_topic = selection.topics.is_empty()
            || selection
                .topics
                .iter()
                .any(|topic| within(topic, question.topic()));
        of_topic
            && match selection.order {
                Order::Only(ids) => ids.iter().any(|id| id == question.id()),
                _ => true,
            }
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
    if let Order::Due(reviews) = selection.order {
        order = due_first(banks, &units, reviews, &order);
    }
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
    with_orders(seed, questions, &mut dice)
}

/// The units as [`Order::Due`] has them, those that are alike to it as they stand in `shuffled`.
#[inline(never)]
fn due_first(
    banks: &[Bank],
    units: &[(usize, u32)],
    reviews: &[Review],
    shuffled: &[u32],
) -> Vec<u32> {
    let by_id = by_text(reviews.len(), &|at| &reviews[at as usize].question);
    let rank = |question: Question<'_>| {
        let found = by_id.binary_search_by(|&at| {
            let id: &str = &reviews[at as usize].question;
            id.cmp(question.id())
        });
        match found.ok().map(|place| &reviews[by_id[place] as usize]) {
            Some(review) => (if review.due { 0 } else { 2 }, review.recall),
            None => (1, 0.0),
        }
    };
    let sooner = |a: (u8, f64), b: (u8, f64)| a.0.cmp(&b.0).then_with(|| a.1.total_cmp(&b.1));
    // Of a case the rank of the question that comes soonest.
    let mut ranks = Vec::with_capacity(shuffled.len());
    for &at in shuffled {
        let (bank, unit) = units[at as usize];
        let mut first = (u8::MAX, 0.0);
        for question in unit_questions(&banks[bank], unit) {
            let its = rank(question);
            if sooner(its, first).is_lt() {
                first = its;
            }
        }
        ranks.push(first);
    }
    let order = by(shuffled.len(), &|a, b| {
        sooner(ranks[a as usize], ranks[b as usize])
    });
    order.iter().map(|&at| shuffled[at as usize]).collect()
}

/// Shuffles the options of each question and makes a paper of them.
fn with_orders(seed: Seed, questions: Vec<(usize, Question<'_>)>, dice: &mut Dice) -> Paper {
    let items = questions
        .into_iter()
        .map(|(bank, question)| {
            let mut order: Vec<u32> = (0..question.shuffled() as u32).collect();
            dice.shuffle(&mut order);
            Item {
                bank: u16::try_from(bank).unwrap_or(u16::MAX),
                question: question.id().to_owned(),
                order: order
                    .into_iter()
                    .map(|index| letter(index as usize))
                    .collect(),
            }
        })
        .collect();
    Paper { seed, items }
}

#[cfg(test)]
mod tests;
