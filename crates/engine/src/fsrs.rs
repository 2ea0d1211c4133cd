//! How a memory fades and grows: FSRS-6, the free spaced repetition scheduler, with its published default parameters.
//!
//! The model has three variables of each memory: its stability (the days in which the chance of recall falls from 1 to 0.9), its difficulty (1 to
//! 10), and its retrievability (the chance of recall now). Formulas and parameters are those that J. Ye and others publish as FSRS-6 ("The
//! Algorithm", wiki of open-spaced-repetition/awesome-fsrs; J. Ye, J. Su and Y. Cao, *A Stochastic Shortest Path Algorithm for Optimizing Spaced
//! Repetition Scheduling*, KDD 2022, has the idea). The tests hold this file to what its reference in Python, py-fsrs 6.3.2, works out.
//!
//! The parameters are an average over many learners. They are not fitted to the candidate: a few hundred answers would be needed for that, and
//! the fitting weighs megabytes.

/// The parameters *w*₀ to *w*₂₀.
const W: [f64; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
    0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];
/// What makes the chance of recall 0.9 after as many days as the stability has: 0.9 to the power −1 / *w*₂₀, less 1.
const FACTOR: f64 = 0.980_346_494_413_479_7;
/// The least stability, in days.
const LEAST: f64 = 0.001;
/// The longest interval, in days; a hundred years.
const LONGEST: f64 = 36_500.0;

/// How well something was recalled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// It was not.
    Again = 1,
    /// In part, or with difficulty.
    Hard = 2,
    /// It was.
    Good = 3,
    /// It was, without doubt.
    Easy = 4,
}

/// A memory as its last review left it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    /// In days, 0.001 or more.
    pub stability: f64,
    /// From 1 to 10.
    pub difficulty: f64,
}

/// *x* to the power *y*, for *x* > 0; in the page smaller than that of the standard library, which has all other cases to mind.
fn power(x: f64, y: f64) -> f64 {
    (y * x.ln()).exp()
}

/// The difficulty that a first grade gives, not yet within its bounds.
fn first_difficulty(grade: f64) -> f64 {
    W[4] - (W[5] * (grade - 1.0)).exp() + 1.0
}

impl Memory {
    /// After the first time.
    #[must_use]
    pub fn first(grade: Grade) -> Self {
        Self {
            stability: W[grade as usize - 1],
            difficulty: first_difficulty(f64::from(grade as u8)).clamp(1.0, 10.0),
        }
    }

    /// After another time, so many whole days later.
    #[must_use]
    pub fn review(self, days: u64, grade: Grade) -> Self {
        let number = f64::from(grade as u8);
        let (s, d) = (self.stability, self.difficulty);
        let stability = if days == 0 {
            let growth = (W[17] * (number - 3.0 + W[18])).exp() * power(s, -W[19]);
            s * match grade {
                Grade::Again => growth,
                _ => growth.max(1.0),
            }
        } else {
            let lost = 1.0 - self.retrievability(days as f64);
            match grade {
                Grade::Again => {
                    let long = W[11]
                        * power(d, -W[12])
                        * (power(s + 1.0, W[13]) - 1.0)
                        * (lost * W[14]).exp();
                    long.min(s / (W[17] * W[18]).exp())
                }
                _ => {
                    let weight = match grade {
                        Grade::Hard => W[15],
                        Grade::Easy => W[16],
                        _ => 1.0,
                    };
                    let growth =
                        W[8].exp() * (11.0 - d) * power(s, -W[9]) * ((lost * W[10]).exp() - 1.0);
                    s * (1.0 + growth * weight)
                }
            }
        };
        // The harder it is already, the less a miss adds; and all difficulties are drawn a little towards an easy one.
        let moved = d - W[6] * (number - 3.0) * (10.0 - d) / 9.0;
        let difficulty = W[7] * first_difficulty(4.0) + (1.0 - W[7]) * moved;
        Self {
            stability: stability.clamp(LEAST, LONGEST),
            difficulty: difficulty.clamp(1.0, 10.0),
        }
    }

    /// The chance of recall, from 0 to 1, so many days after the last time.
    #[must_use]
    pub fn retrievability(self, days: f64) -> f64 {
        power(1.0 + FACTOR * days.max(0.0) / self.stability, -W[20])
    }

    /// In how many whole days the chance of recall is down to 0.9: one at least. This is when it is due for review.
    #[must_use]
    pub fn interval(self) -> u64 {
        self.stability.round().clamp(1.0, LONGEST) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRADES: [Grade; 4] = [Grade::Again, Grade::Hard, Grade::Good, Grade::Easy];

    /// Days since the time before and grade of each review; stability, difficulty and interval after the last; the chance of recall 30 days later.
    type Vector = (&'static [(u64, usize)], f64, f64, u64, f64);

    // Worked out by py-fsrs 6.3.2, its own default parameters, without learning steps and without fuzz.
    #[rustfmt::skip]
    const VECTORS: [Vector; 12] = [
        (&[(0,3),(2,3),(11,3),(46,3),(163,3)], 497.4471936, 2.090586343, 497, 0.991181728),
        (&[(0,1),(1,1),(1,2),(3,3),(8,4),(90,1),(1,3)], 2.581644349, 9.605877207, 3, 0.678323655),
        (&[(0,4),(8,4),(60,4),(400,4),(2000,2)], 3659.223420131, 4.010608969, 3659, 0.998766359),
        (&[(0,2),(0,1),(0,2),(0,3),(0,4)], 0.945569134, 8.511266758, 1, 0.58571976),
        (&[(0,1),(0,1),(0,1),(0,1),(0,1),(0,1),(0,1),(700,3)], 0.036124455, 9.958755193, 1, 0.355703324),
        (&[(0,1),(10,1),(0,2),(365,4),(30,3),(0,3),(365,2)], 40.47053002, 9.24235112, 40, 0.919222644),
        (&[(0,4),(1500,4),(1,2),(1500,4),(10,4),(1,3),(30,1),(30,3)], 39.6519224, 7.015190949, 40, 0.917997212),
        (&[(0,3),(1,2),(10,1),(0,3),(5,4),(30,3),(5,3)], 38.439078041, 7.622294752, 38, 0.916109789),
        (&[(0,1),(5,3),(100,3),(30,3),(1,1),(1500,4)], 43.619747743, 8.37795544, 44, 0.923606776),
        (&[(0,2),(10,3),(5,3),(365,2)], 134.186995819, 6.727343416, 134, 0.969903735),
        (&[(0,2),(5,4),(1500,1),(5,2),(0,4),(30,3),(10,3),(100,3)], 109.57176168, 8.011319451, 110, 0.964000471),
        (&[(0,4),(2,4),(365,1),(2,3),(100,1),(365,2)], 8.680742122, 9.324131376, 9, 0.796090454),
    ];

    #[test]
    fn it_gives_what_the_reference_gives() {
        for (reviews, stability, difficulty, interval, later) in VECTORS {
            let grade = |number: usize| GRADES[number - 1];
            let mut memory = Memory::first(grade(reviews[0].1));
            for &(days, number) in &reviews[1..] {
                memory = memory.review(days, grade(number));
            }
            let close = |ours: f64, theirs: f64| (ours - theirs).abs() < 1e-8 * theirs.max(1.0);
            assert!(close(memory.stability, stability), "{reviews:?} {memory:?}");
            assert!(
                close(memory.difficulty, difficulty),
                "{reviews:?} {memory:?}"
            );
            assert!(close(memory.retrievability(30.0), later), "{reviews:?}");
            assert_eq!(memory.interval(), interval, "{reviews:?}");
        }
    }

    #[test]
    fn after_as_many_days_as_its_stability_has_recall_is_at_nine_tenths() {
        for grade in GRADES {
            let memory = Memory::first(grade);
            assert!((memory.retrievability(memory.stability) - 0.9).abs() < 1e-12);
            assert!((memory.retrievability(0.0) - 1.0).abs() < 1e-12);
            assert!((memory.retrievability(-5.0) - 1.0).abs() < 1e-12);
        }
    }
}
