//! What a blueprint draws from its banks.

use super::Shortfall;
use super::dice::Dice;
use crate::bank::{Bank, Difficulty, Question};
use crate::course::{Course, Row, topic_depth, within};

/// How many questions a paper has: those of its cases included, each being as long as the longest case of its bank.
#[must_use]
pub fn length<'b>(course: &Course, banks: impl Iterator<Item = &'b Bank> + Clone) -> usize {
    let of_cases = |row: &Row| {
        let bank = banks.clone().find(|bank| bank.path() == row.bank)?;
        let lengths = Stock::of(bank)
            .cases
            .into_iter()
            .map(|case| unit_questions(bank, case).count());
        Some(lengths.max()? * row.cases as usize)
    };
    course.singles() as usize + course.rows().iter().filter_map(of_cases).sum::<usize>()
}

/// What a bank has to draw from. A unit, a stand-alone question or a case, is named by the index of its first question.
#[derive(Default)]
pub(super) struct Stock {
    pub(super) singles: Vec<u32>,
    pub(super) cases: Vec<u32>,
}

impl Stock {
    pub(super) fn of(bank: &Bank) -> Self {
        let mut stock = Self::default();
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
pub(super) fn unit_questions(bank: &Bank, first: u32) -> impl Iterator<Item = Question<'_>> {
    let first = first as usize;
    let case = bank.question(first).and_then(case_index);
    (first..)
        .map_while(|index| bank.question(index))
        .enumerate()
        .take_while(move |&(at, question)| {
            at == 0 || (case.is_some() && case_index(question) == case)
        })
        .map(|(_, question)| question)
}

/// What was drawn for a row of the blueprint.
#[derive(Default)]
pub(super) struct Drawn {
    /// The index of the row's bank.
    pub(super) bank: usize,
    pub(super) units: Vec<u32>,
    /// Its cells that cannot be met.
    pub(super) shortfalls: Vec<Shortfall>,
}

/// For each row of the blueprint, its cells that the banks cannot meet.
pub(crate) fn shortfalls(course: &Course, banks: &[Bank]) -> impl Iterator<Item = Vec<Shortfall>> {
    draw(course, banks, None)
        .into_iter()
        .map(|drawn| drawn.shortfalls)
}

/// Draws from all banks; in file order when there are no dice. One for each row of the blueprint.
pub(super) fn draw(course: &Course, banks: &[Bank], mut dice: Option<&mut Dice>) -> Vec<Drawn> {
    let rows = course.rows();
    let mut drawn = Vec::new();
    drawn.resize_with(rows.len(), Drawn::default);
    for path in course.bank_paths() {
        let of_bank: Vec<usize> = (0..rows.len())
            .filter(|&row| rows[row].bank == path)
            .collect();
        let depth = |row: usize| topic_depth(&rows[row].topic);
        let deepest = of_bank.iter().map(|&row| depth(row)).max();
        let narrow_first: Vec<usize> = (0..=deepest.unwrap_or_default())
            .rev()
            .flat_map(|wanted| of_bank.iter().filter(move |&&row| depth(row) == wanted))
            .copied()
            .collect();
        let at = banks.iter().position(|bank| bank.path() == path);
        let mut stock = at.map(|at| Stock::of(&banks[at])).unwrap_or_default();
        if let Some(dice) = dice.as_deref_mut() {
            dice.shuffle(&mut stock.singles);
            dice.shuffle(&mut stock.cases);
        }
        let at = at.unwrap_or_default();
        for &row in &narrow_first {
            drawn[row].bank = at;
        }
        draw_singles(
            rows,
            &narrow_first,
            banks.get(at),
            stock.singles,
            &mut drawn,
        );
        draw_cases(rows, &narrow_first, banks.get(at), &stock.cases, &mut drawn);
    }
    drawn
}

fn draw_singles(
    rows: &[Row],
    own: &[usize],
    bank: Option<&Bank>,
    mut left: Vec<u32>,
    drawn: &mut [Drawn],
) {
    for &at in own {
        let row = &rows[at];
        for (difficulty, &need) in Difficulty::ALL.into_iter().zip(&row.counts) {
            let mut have = 0;
            left.retain(|&unit| {
                let fits = have < need
                    && bank
                        .and_then(|bank| bank.question(unit as usize))
                        .is_some_and(|question| {
                            question.difficulty() == difficulty
                                && within(&row.topic, question.topic())
                        });
                if fits {
                    have += 1;
                    drawn[at].units.push(unit);
                }
                !fits
            });
            drawn[at].short(row, Some(difficulty), have, need);
        }
    }
}

fn draw_cases(
    rows: &[Row],
    own: &[usize],
    bank: Option<&Bank>,
    cases: &[u32],
    drawn: &mut [Drawn],
) {
    // A case may be of several topics, so that rows can contend for it; see `Matching`.
    let mut matching = Matching {
        owners: vec![None; cases.len()],
        fits: &|row: usize, case: usize| {
            bank.is_some_and(|bank| {
                unit_questions(bank, cases[case])
                    .any(|question| within(&rows[row].topic, question.topic()))
            })
        },
    };
    for &at in own {
        let need = rows[at].cases;
        let mut have = 0;
        while have < need && matching.serve(at, &mut vec![false; cases.len()]) {
            have += 1;
        }
        drawn[at].short(&rows[at], None, have, need);
    }
    for (&case, owner) in cases.iter().zip(matching.owners) {
        if let Some(row) = owner {
            drawn[row].units.push(case);
        }
    }
}

impl Drawn {
    fn short(&mut self, row: &Row, difficulty: Option<Difficulty>, have: u32, need: u32) {
        if have < need {
            self.shortfalls.push(Shortfall {
                bank: row.bank.clone(),
                topic: row.topic.clone(),
                difficulty,
                have,
                need,
            });
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
        let free =
            (0..tried.len()).find(|&case| self.owners[case].is_none() && (self.fits)(row, case));
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
