//! Exact marks.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul};

/// An exact, non-negative number in lowest terms.
///
/// No stored mark is a float. A question's fraction has a denominator that divides *L*² with *L* = lcm(1 … 26), since
/// no question has more than 26 parts (`t / c · t / (t + f)` is the worst of the rules); so does every sum of them, and
/// *L*² ≈ 7.2 × 10²⁰ leaves room in 128 bits for 10¹⁷ marks. Beyond that arithmetic saturates rather than wraps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fraction {
    numerator: u128,
    denominator: u128,
}

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self {
        numerator: 0,
        denominator: 1,
    };
    /// The whole.
    pub const ONE: Self = Self {
        numerator: 1,
        denominator: 1,
    };

    /// `numerator / denominator` in lowest terms; zero when the denominator is.
    #[must_use]
    pub fn new(numerator: u128, denominator: u128) -> Self {
        if denominator == 0 || numerator == 0 {
            return Self::ZERO;
        }
        if numerator == denominator {
            return Self::ONE;
        }
        let divisor = gcd(numerator, denominator);
        Self {
            numerator: numerator / divisor,
            denominator: denominator / divisor,
        }
    }

    /// `part / whole` of two counts; zero when `part` is negative or `whole` is not positive.
    #[must_use]
    pub fn of(part: i64, whole: i64) -> Self {
        match (u128::try_from(part), u128::try_from(whole)) {
            (Ok(part), Ok(whole)) => Self::new(part, whole),
            _ => Self::ZERO,
        }
    }

    /// The number above the line.
    #[must_use]
    pub fn numerator(self) -> u128 {
        self.numerator
    }

    /// The number below the line, at least 1.
    #[must_use]
    pub fn denominator(self) -> u128 {
        self.denominator
    }

    /// The nearest float, for drawing and for statistics; never stored as a mark.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn to_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }

    /// What is left of it when `other` is taken away; nothing when that is more.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        let ours = self.numerator.saturating_mul(other.denominator);
        let theirs = other.numerator.saturating_mul(self.denominator);
        Self::new(
            ours.saturating_sub(theirs),
            self.denominator.saturating_mul(other.denominator),
        )
    }

    /// What share of `whole` it is; zero of nothing.
    #[must_use]
    pub fn share_of(self, whole: Self) -> Self {
        Self::new(
            self.numerator.saturating_mul(whole.denominator),
            self.denominator.saturating_mul(whole.numerator),
        )
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        // The usual case is small, and a 64-bit remainder is many times cheaper.
        if let (Ok(x), Ok(y)) = (u64::try_from(a), u64::try_from(b)) {
            let (mut x, mut y) = (x, y);
            while y != 0 {
                (x, y) = (y, x % y);
            }
            return u128::from(x);
        }
        (a, b) = (b, a % b);
    }
    a
}

impl From<u32> for Fraction {
    fn from(whole: u32) -> Self {
        Self {
            numerator: u128::from(whole),
            denominator: 1,
        }
    }
}

impl Add for Fraction {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        if self.denominator == other.denominator {
            return Self::new(
                self.numerator.saturating_add(other.numerator),
                self.denominator,
            );
        }
        let common = gcd(self.denominator, other.denominator);
        let scale = other.denominator / common;
        Self::new(
            self.numerator
                .saturating_mul(scale)
                .saturating_add(other.numerator.saturating_mul(self.denominator / common)),
            self.denominator.saturating_mul(scale),
        )
    }
}

impl Mul for Fraction {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self::new(
            self.numerator.saturating_mul(other.numerator),
            self.denominator.saturating_mul(other.denominator),
        )
    }
}

impl Sum for Fraction {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.numerator
            .saturating_mul(other.denominator)
            .cmp(&other.numerator.saturating_mul(self.denominator))
    }
}

/// `3`, `2/3` or `4 1/2`.
impl fmt::Display for Fraction {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = self.numerator / self.denominator;
        let rest = self.numerator % self.denominator;
        match (whole, rest) {
            (_, 0) => write!(out, "{whole}"),
            (0, _) => write!(out, "{rest}/{}", self.denominator),
            _ => write!(out, "{whole} {rest}/{}", self.denominator),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_exact() {
        let third = Fraction::new(1, 3);
        assert_eq!(third + third + third, Fraction::ONE);
        assert_eq!(
            Fraction::new(4, 9) + Fraction::new(1, 6),
            Fraction::new(11, 18)
        );
        assert_eq!(Fraction::from(2) * Fraction::new(3, 4), Fraction::new(3, 2));
        assert_eq!(
            Fraction::from(3).share_of(Fraction::from(12)),
            Fraction::new(1, 4)
        );
        assert_eq!(Fraction::from(3).share_of(Fraction::ZERO), Fraction::ZERO);
        assert_eq!(
            Fraction::from(2).less(Fraction::new(2, 3)),
            Fraction::new(4, 3)
        );
        assert_eq!(third.less(Fraction::ONE), Fraction::ZERO);
    }

    #[test]
    fn the_worst_sum_that_a_paper_can_hold_is_exact() {
        // Every denominator that a rule can give with up to 26 parts, over a thousand marks.
        let all: Fraction = (1..=26)
            .flat_map(|c| (1..=26).map(move |ticks| Fraction::new(1, c * ticks)))
            .sum();
        let twice: Fraction = [all, all].into_iter().sum();
        assert_eq!(twice, all * Fraction::from(2));
        let l = 26_771_144_400_u128;
        assert_eq!((l * l) % all.denominator(), 0);
    }

    #[test]
    fn order_and_text() {
        assert!(Fraction::new(2, 3) > Fraction::new(3, 5));
        assert_eq!(Fraction::new(9, 2).to_string(), "4 1/2");
        assert_eq!(Fraction::new(6, 4).to_string(), "1 1/2");
        assert_eq!(Fraction::new(4, 2).to_string(), "2");
        assert_eq!(Fraction::new(2, 3).to_string(), "2/3");
        assert_eq!(Fraction::of(-1, 3), Fraction::ZERO);
        assert_eq!(Fraction::of(1, 0), Fraction::ZERO);
    }
}
