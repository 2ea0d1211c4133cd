//! Marks → result: the total and its error band, pass or fail, and shares by topic, difficulty, tier and facet.

use crate::bank::Difficulty;
use crate::fraction::Fraction;
use crate::marking::Marked;

/// Whether a paper was passed, and how clearly.
///
/// A pass mark is met by reaching it. A result within one error band of it, bounds included, is borderline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Reached, by more than the error band.
    Pass,
    /// Reached, within the error band.
    BorderlinePass,
    /// Not reached, within the error band.
    BorderlineFail,
    /// Not reached, by more than the error band.
    Fail,
    /// Not settled until a person has given the marks that are open: with none of them the verdict is another than with all.
    Open,
}

impl Verdict {
    /// All of them, the best first.
    pub const ALL: [Self; 5] = [
        Self::Pass,
        Self::BorderlinePass,
        Self::BorderlineFail,
        Self::Fail,
        Self::Open,
    ];

    /// In words, as a candidate reads it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Pass => "Pass",
            Self::BorderlinePass => "Borderline pass",
            Self::BorderlineFail => "Borderline fail",
            Self::Fail => "Fail",
            Self::Open => "Not settled yet",
        }
    }
}

/// Marks earned of those there were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The marks earned so far.
    pub earned: Fraction,
    /// The marks that a person has yet to give: what is earned in the end lies between `earned` and `earned` + `open`.
    pub open: Fraction,
    /// The marks there were.
    pub full: Fraction,
}

impl Share {
    /// Of nothing.
    const NONE: Self = Self {
        earned: Fraction::ZERO,
        open: Fraction::ZERO,
        full: Fraction::ZERO,
    };

    /// As a percentage, for drawing; 0 of nothing.
    #[must_use]
    pub fn percent(&self) -> f64 {
        100.0 * self.earned.share_of(self.full).to_f64()
    }

    /// The most that it can come to: with all that is open earned.
    #[must_use]
    pub fn at_best(self) -> Self {
        Self {
            earned: self.earned + self.open,
            open: Fraction::ZERO,
            full: self.full,
        }
    }

    fn add(&mut self, marked: &Marked) {
        self.earned = self.earned + marked.earned;
        self.open = self.open + marked.open;
        self.full = self.full + marked.full;
    }
}

/// The result of a script.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// All marks.
    pub total: Share,
    /// The pass mark, in marks.
    pub pass_mark: Fraction,
    /// Pass, fail, borderline or open.
    pub verdict: Verdict,
    /// Half the width of the error band around the marks earned so far, in marks; 0 for fewer than two questions.
    ///
    /// Lord's binomial standard error of a number-right score *x* of *k*, √(*x* (*k* − *x*) / (*k* − 1)) (F. M. Lord, 1955), *k*
    /// being the questions and *x* / *k* the share of the marks earned; scaled from questions to marks.
    pub error: f64,
    /// For each topic, in the order of the paper: its share, and how many questions it had. Like the lists below it leaves
    /// out the questions that do not say.
    pub by_topic: Vec<(String, Share, usize)>,
    /// For each difficulty, easy first.
    pub by_difficulty: Vec<(Difficulty, Share, usize)>,
    /// For each tier, lowest first.
    pub by_tier: Vec<(u8, Share, usize)>,
    /// For each facet, in the order of the paper.
    pub by_facet: Vec<(String, Share, usize)>,
    /// How many questions have a response.
    pub answered: usize,
    /// How many questions there are.
    pub questions: usize,
}

/// Makes the result of marks. `pass_percent` is the pass mark as a percentage of full marks.
#[must_use]
pub fn result(marked: &[Marked], pass_percent: u32) -> Outcome {
    let mut total = Share::NONE;
    for one in marked {
        total.add(one);
    }
    let pass_mark = total.full * Fraction::new(u128::from(pass_percent), 100);
    let band = error(total, marked.len());
    let best = total.at_best();
    let mut settled = verdict(total, pass_mark, band);
    if settled != verdict(best, pass_mark, error(best, marked.len())) {
        settled = Verdict::Open;
    }
    let by = |name: fn(&Marked) -> &str| {
        let mut list: Vec<(String, Share, usize)> = Vec::new();
        for one in marked.iter().filter(|one| !name(one).is_empty()) {
            let at = list.iter().position(|(other, ..)| other == name(one));
            let at = at.unwrap_or_else(|| {
                list.push((name(one).to_owned(), Share::NONE, 0));
                list.len() - 1
            });
            list[at].1.add(one);
            list[at].2 += 1;
        }
        list
    };
    Outcome {
        total,
        pass_mark,
        verdict: settled,
        error: band,
        by_topic: by(|one| &one.topic),
        by_difficulty: among(marked, &Difficulty::ALL, |one| one.difficulty),
        by_tier: among(marked, &[1, 2, 3, 4, 5], |one| one.tier),
        by_facet: by(|one| &one.facet),
        answered: marked.iter().filter(|one| one.answered).count(),
        questions: marked.len(),
    }
}

/// The shares of those `groups` that have a question.
fn among<G: Copy + PartialEq>(
    marked: &[Marked],
    groups: &[G],
    group: fn(&Marked) -> G,
) -> Vec<(G, Share, usize)> {
    let mut list = Vec::new();
    for &wanted in groups {
        let (mut share, mut questions) = (Share::NONE, 0);
        for one in marked.iter().filter(|one| group(one) == wanted) {
            share.add(one);
            questions += 1;
        }
        if questions > 0 {
            list.push((wanted, share, questions));
        }
    }
    list
}

/// Lord's standard error, in marks.
#[allow(clippy::cast_precision_loss)]
fn error(total: Share, questions: usize) -> f64 {
    if questions < 2 {
        return 0.0;
    }
    let k = questions as f64;
    let x = k * total.earned.share_of(total.full).to_f64();
    let marks_of_one = total.full.to_f64() / k;
    marks_of_one * (x * (k - x) / (k - 1.0)).max(0.0).sqrt()
}

fn verdict(total: Share, pass_mark: Fraction, error: f64) -> Verdict {
    let reached = total.earned >= pass_mark && total.full > Fraction::ZERO;
    // A score of nothing or of everything has no band.
    let near = error > 0.0 && (total.earned.to_f64() - pass_mark.to_f64()).abs() <= error;
    match (reached, near) {
        (true, false) => Verdict::Pass,
        (true, true) => Verdict::BorderlinePass,
        (false, true) => Verdict::BorderlineFail,
        (false, false) => Verdict::Fail,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(topic: &str, earned: Fraction, full: u32) -> Marked {
        Marked {
            question: String::new(),
            topic: topic.to_owned(),
            tier: 3,
            facet: "it".to_owned(),
            difficulty: Difficulty::Middling,
            full: Fraction::from(full),
            earned,
            open: Fraction::ZERO,
            marked_by: None,
            answered: true,
            certainty: None,
        }
    }

    /// So many one-mark questions, of which the first `right` are right.
    fn paper(right: usize, of: usize) -> Vec<Marked> {
        (0..of)
            .map(|n| one("t", Fraction::from(u32::from(n < right)), 1))
            .collect()
    }

    #[test]
    fn the_error_band_is_lord_s() {
        let outcome = result(&paper(7, 10), 60);
        assert_eq!(format!("{:.4}", outcome.error), "1.5275");
        // Two marks a question make it twice as wide in marks.
        let double: Vec<Marked> = (0..10)
            .map(|n| one("t", Fraction::from(2 * u32::from(n < 7)), 2))
            .collect();
        assert_eq!(format!("{:.4}", result(&double, 60).error), "3.0551");
        for (right, of) in [(0, 10), (10, 10), (1, 1), (0, 0)] {
            assert_eq!(result(&paper(right, of), 60).error, 0.0, "{right} of {of}");
        }
    }

    #[test]
    fn a_pass_mark_is_met_by_reaching_it() {
        let outcome = result(&paper(30, 50), 60);
        assert_eq!(outcome.pass_mark, Fraction::from(30));
        assert_eq!(outcome.verdict, Verdict::BorderlinePass);
        assert_eq!(result(&paper(29, 50), 60).verdict, Verdict::BorderlineFail);
        // Floats would miss it: 0.1 + 0.2 marks of 0.3.
        let tenths = [Fraction::new(1, 10), Fraction::new(2, 10), Fraction::ZERO];
        let marked: Vec<Marked> = tenths
            .into_iter()
            .map(|earned| one("t", earned, 1))
            .collect();
        assert_eq!(result(&marked, 10).verdict, Verdict::BorderlinePass);
    }

    #[test]
    fn borderline_on_either_side_and_clear_beyond() {
        // 60 % of 50 is 30; the errors of 26, 27, 33 and 34 are 3.57, 3.56, 3.38 and 3.33.
        let verdicts = [26, 27, 33, 34].map(|right| result(&paper(right, 50), 60).verdict);
        assert_eq!(
            verdicts,
            [
                Verdict::Fail,
                Verdict::BorderlineFail,
                Verdict::BorderlinePass,
                Verdict::Pass
            ]
        );
    }

    #[test]
    fn a_score_without_a_band_is_never_borderline() {
        assert_eq!(result(&paper(10, 10), 100).verdict, Verdict::Pass);
        assert_eq!(result(&paper(0, 10), 1).verdict, Verdict::Fail);
        assert_eq!(result(&[], 60).verdict, Verdict::Fail);
        assert_eq!(result(&paper(9, 10), 200).verdict, Verdict::Fail);
    }

    #[test]
    fn shares_by_topic_difficulty_tier_and_facet() {
        let mut marked = vec![
            one("dicom", Fraction::ONE, 1),
            one("hl7", Fraction::new(2, 3), 2),
            one("dicom", Fraction::ZERO, 1),
        ];
        marked[1].difficulty = Difficulty::Easy;
        marked[1].tier = 0;
        marked[1].facet = String::new();
        marked[2].tier = 2;
        marked[2].answered = false;
        let outcome = result(&marked, 60);
        let share = |earned, full| Share {
            earned,
            open: Fraction::ZERO,
            full: Fraction::from(full),
        };
        assert_eq!(outcome.total, share(Fraction::new(5, 3), 4));
        assert_eq!(outcome.pass_mark, Fraction::new(12, 5));
        assert_eq!((outcome.answered, outcome.questions), (2, 3));
        assert_eq!(
            outcome.by_topic,
            [
                ("dicom".to_owned(), share(Fraction::ONE, 2), 2),
                ("hl7".to_owned(), share(Fraction::new(2, 3), 2), 1),
            ]
        );
        assert_eq!(
            outcome.by_difficulty,
            [
                (Difficulty::Easy, share(Fraction::new(2, 3), 2), 1),
                (Difficulty::Middling, share(Fraction::ONE, 2), 2),
            ]
        );
        assert_eq!(
            outcome.by_tier,
            [
                (2, share(Fraction::ZERO, 1), 1),
                (3, share(Fraction::ONE, 1), 1)
            ]
        );
        assert_eq!(
            outcome.by_facet,
            [("it".to_owned(), share(Fraction::ONE, 2), 2)]
        );
    }

    /// So many one-mark questions right of those there are, and an essay more, of which `open` marks are yet to be given.
    fn with_essay(right: usize, of: usize, open: u32) -> Outcome {
        let mut marked = paper(right, of);
        marked.push(Marked {
            open: Fraction::from(open),
            ..one("essay", Fraction::ZERO, open)
        });
        result(&marked, 60)
    }

    #[test]
    fn what_a_person_has_yet_to_mark_leaves_a_range() {
        let outcome = with_essay(30, 50, 6);
        assert_eq!(
            (outcome.total.earned, outcome.total.open, outcome.total.full),
            (Fraction::from(30), Fraction::from(6), Fraction::from(56))
        );
        assert_eq!(outcome.total.at_best().earned, Fraction::from(36));
        assert_eq!(outcome.by_topic[1].1.open, Fraction::from(6));
        let lost = |outcome: Fraction, open, full| Marked {
            open: Fraction::from(open),
            ..one("t", outcome, full)
        };
        assert_eq!(lost(Fraction::ONE, 2, 4).lost(), Fraction::ONE);
    }

    #[test]
    fn a_verdict_that_the_essays_can_change_is_open() {
        // 60 % of 56 is 33 3/5, and the errors are some 3 1/2 marks.
        for (right, verdict) in [
            (20, Verdict::Fail),
            (24, Verdict::Open),
            (30, Verdict::Open),
            (34, Verdict::Open),
            (40, Verdict::Pass),
        ] {
            assert_eq!(with_essay(right, 50, 6).verdict, verdict, "{right}");
        }
        // Both ends are borderline, and on the same side.
        assert_eq!(with_essay(31, 50, 1).verdict, Verdict::BorderlinePass);
        assert_eq!(with_essay(28, 50, 1).verdict, Verdict::BorderlineFail);
        // The last mark decides.
        assert_eq!(with_essay(30, 50, 1).verdict, Verdict::Open);
    }

    #[test]
    fn percentages() {
        assert_eq!(
            Share {
                earned: Fraction::from(30),
                open: Fraction::from(5),
                full: Fraction::from(50)
            }
            .percent(),
            60.0
        );
        assert_eq!(Share::NONE.percent(), 0.0);
    }
}
