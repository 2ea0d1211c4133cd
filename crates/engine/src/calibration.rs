//! Marks and how sure candidates said they were → how well the two agree: certainty-based marking.
//!
//! The scale is that of A. R. Gardner-Medwin's LAPT, which Moodle uses too: an answer that is right scores 1, 2 or 3 at certainty 1, 2 and 3, one that
//! is wrong 0, −2 or −6. Whoever says what they think fares best: certainty 2 pays from a chance of 2 in 3 on, certainty 3 from 4 in 5.
//! An answer that earned a part scores that part of the right mark. All questions weigh alike, whatever their marks.
//!
//! The score stands beside the marks, and never decides about pass or fail.

use crate::fraction::Fraction;
use crate::marking::Marked;
use crate::sitting::Certainty;

/// How sure a candidate was, and how right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calibration {
    /// What right answers scored, in points.
    pub gained: Fraction,
    /// What wrong answers cost, in points.
    pub lost: Fraction,
    /// The most there was to score: three points a question. Answers that a person has yet to mark are left out.
    pub most: u32,
    /// The answers given at each certainty, least sure first.
    pub levels: [Level; 3],
}

/// The answers given at one certainty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// How sure.
    pub certainty: Certainty,
    /// How many.
    pub answers: u32,
    /// How many of them were right, those that earned a part counting as that part.
    pub right: Fraction,
}

/// How what was said agrees with what was right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// No other certainty would have paid more for answers as often right as these.
    Fits,
    /// Less would have.
    TooSure,
    /// More would have.
    NotSureEnough,
}

impl Calibration {
    /// The score: whether it is below nothing, and how far from nothing it is.
    #[must_use]
    pub fn score(&self) -> (bool, Fraction) {
        if self.lost > self.gained {
            (true, self.lost.less(self.gained))
        } else {
            (false, self.gained.less(self.lost))
        }
    }
}

impl Level {
    /// Whether another certainty would have paid more. `None` without an answer.
    #[must_use]
    pub fn agreement(&self) -> Option<Agreement> {
        if self.answers == 0 {
            return None;
        }
        let share = self.right.share_of(Fraction::from(self.answers));
        let (two_in_three, four_in_five) = (Fraction::new(2, 3), Fraction::new(4, 5));
        let (from, to) = match self.certainty {
            Certainty::Low => (Fraction::ZERO, two_in_three),
            Certainty::Middling => (two_in_three, four_in_five),
            Certainty::High => (four_in_five, Fraction::ONE),
        };
        Some(if share < from {
            Agreement::TooSure
        } else if share > to {
            Agreement::NotSureEnough
        } else {
            Agreement::Fits
        })
    }
}

/// How the marks of a script agree with what the candidate said. An answer without a word of certainty counts as one of certainty 1; what was not answered scores nothing.
#[must_use]
pub fn calibration(marked: &[Marked]) -> Calibration {
    let mut all = Calibration {
        gained: Fraction::ZERO,
        lost: Fraction::ZERO,
        most: 0,
        levels: Certainty::ALL.map(|certainty| Level {
            certainty,
            answers: 0,
            right: Fraction::ZERO,
        }),
    };
    for one in marked.iter().filter(|one| one.open == Fraction::ZERO) {
        all.most += Certainty::High as u32;
        if !one.answered {
            continue;
        }
        let certainty = one.certainty.unwrap_or(Certainty::Low);
        let share = one.earned.share_of(one.full);
        if share == Fraction::ZERO {
            all.lost = all.lost
                + Fraction::from(match certainty {
                    Certainty::Low => 0,
                    Certainty::Middling => 2,
                    Certainty::High => 6,
                });
        } else {
            all.gained = all.gained + share * Fraction::from(certainty as u32);
        }
        let level = &mut all.levels[certainty as usize - 1];
        level.answers += 1;
        level.right = level.right + share;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::Difficulty;

    /// Answers, each with the share of two marks that it earned and its certainty; `None` for one that was not given.
    fn of(answers: &[Option<(Fraction, u64)>]) -> Calibration {
        let one = |answer: &Option<(Fraction, u64)>| Marked {
            question: String::new(),
            topic: String::new(),
            tier: 0,
            facet: String::new(),
            difficulty: Difficulty::Middling,
            full: Fraction::from(2),
            earned: answer.map_or(Fraction::ZERO, |(share, _)| share * Fraction::from(2)),
            open: Fraction::ZERO,
            marked_by: None,
            answered: answer.is_some(),
            certainty: answer.and_then(|(_, level)| Certainty::of(level)),
        };
        calibration(&answers.iter().map(one).collect::<Vec<_>>())
    }

    const RIGHT: Fraction = Fraction::ONE;
    const WRONG: Fraction = Fraction::ZERO;

    #[test]
    fn the_worked_example() {
        let all = of(&[
            Some((RIGHT, 3)),
            Some((RIGHT, 3)),
            Some((RIGHT, 2)),
            Some((WRONG, 1)),
            Some((RIGHT, 1)),
            Some((WRONG, 2)),
            Some((RIGHT, 3)),
            Some((WRONG, 3)),
        ]);
        assert_eq!((all.score(), all.most), ((false, Fraction::from(4)), 24));
        assert_eq!(all.levels.map(|level| level.answers), [2, 2, 4]);
        assert_eq!(
            all.levels.map(|level| level.right.to_string()),
            ["1", "1", "3"]
        );
    }

    #[test]
    fn what_each_answer_scores() {
        let score = |share, level| of(&[Some((share, level))]).score();
        for (level, right, wrong) in [(1, 1, 0), (2, 2, 2), (3, 3, 6)] {
            assert_eq!(score(RIGHT, level), (false, Fraction::from(right)));
            assert_eq!(score(WRONG, level), (wrong > 0, Fraction::from(wrong)));
        }
        // A part of the right mark, however small, and nothing taken off.
        assert_eq!(score(Fraction::new(1, 3), 3), (false, RIGHT));
        assert_eq!(score(Fraction::new(1, 4), 2), (false, Fraction::new(1, 2)));
        // Not having said is certainty 1.
        assert_eq!(score(RIGHT, 0), (false, RIGHT));
        assert_eq!(score(WRONG, 0), (false, WRONG));
    }

    #[test]
    fn what_was_not_answered_or_marked_scores_nothing() {
        assert_eq!(of(&[]).score(), (false, Fraction::ZERO));
        let all = of(&[None, Some((RIGHT, 3)), None]);
        assert_eq!((all.score(), all.most), ((false, Fraction::from(3)), 9));
        let open = Marked {
            open: Fraction::from(2),
            certainty: Some(Certainty::High),
            question: String::new(),
            topic: String::new(),
            tier: 0,
            facet: String::new(),
            difficulty: Difficulty::Easy,
            full: Fraction::from(2),
            earned: Fraction::ZERO,
            marked_by: None,
            answered: true,
        };
        let all = calibration(&[open]);
        assert_eq!((all.score(), all.most), ((false, Fraction::ZERO), 0));
        assert_eq!(all.levels[2].agreement(), None);
    }

    #[test]
    fn certainty_pays_between_two_in_three_and_four_in_five() {
        use Agreement::{Fits, NotSureEnough, TooSure};
        let level = |number: u64, right, answers| {
            let certainty = Certainty::of(number).expect("1 to 3");
            let right = Fraction::from(right);
            let level = Level {
                certainty,
                answers,
                right,
            };
            level.agreement().expect("there are answers")
        };
        assert_eq!(level(1, 0, 3), Fits);
        assert_eq!(level(1, 2, 3), Fits);
        assert_eq!(level(1, 3, 4), NotSureEnough);
        assert_eq!(level(2, 3, 5), TooSure);
        assert_eq!(level(2, 2, 3), Fits);
        assert_eq!(level(2, 4, 5), Fits);
        assert_eq!(level(2, 5, 6), NotSureEnough);
        assert_eq!(level(3, 3, 4), TooSure);
        assert_eq!(level(3, 4, 5), Fits);
        assert_eq!(level(3, 7, 7), Fits);
    }

    #[test]
    fn the_switch_points_are_where_two_certainties_pay_alike() {
        // Of three answers two are right, of five four.
        let paid = |right: usize, of_all: usize, level: u64| {
            let answer = |n| Some((if n < right { RIGHT } else { WRONG }, level));
            of(&(0..of_all).map(answer).collect::<Vec<_>>()).score()
        };
        assert_eq!(paid(2, 3, 1), paid(2, 3, 2));
        assert_eq!(paid(4, 5, 2), paid(4, 5, 3));
        assert_eq!(paid(4, 5, 3), (false, Fraction::from(6)));
    }
}
