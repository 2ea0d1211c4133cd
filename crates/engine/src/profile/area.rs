//! A part of what can be known: a cell of the framework, a topic, a course.

use std::cmp::Ordering;

use super::{DAY, FIELD_DAYS, Known};
use crate::sorted::by;

/// The share of the marks from which on an area counts as shown: the pass mark of most courses.
const SHOWN: f64 = 0.6;
/// Below this memory what was shown fades.
const FADES: f64 = 0.9;
/// Below this memory what was shown is stale.
const STALE: f64 = 0.7;
/// The standard deviations on both sides of the mean that hold 95 % of a normal distribution.
const Z: f64 = 1.959_964;

/// What was shown of a part of what can be known. All of it is nothing where no question was asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Area {
    /// How many of its questions were asked, each counted once.
    pub questions: usize,
    /// How many sittings asked one.
    pub sittings: usize,
    /// When one was asked last, in milliseconds since 1970.
    pub last: u64,
    /// What the latest answers earned, as a share of the marks, 0 to 1, each question counting alike.
    pub shown: f64,
    /// The lower end of the 95 % interval of `shown`.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// The chance that what was shown would be recalled now, 0 to 1; 0 when nothing was shown.
    pub memory: f64,
    /// From when on it fades, in milliseconds since 1970; `None` when nothing was shown.
    pub fades: Option<u64>,
    /// From when on it is stale, in milliseconds since 1970, by memory or because the field has moved; `None` when nothing was shown.
    pub stale: Option<u64>,
    /// How many of its questions are due for review now.
    pub due: usize,
    /// When the next question is due, or the first of those that are, in milliseconds since 1970; `None` where none was asked.
    pub next_due: Option<u64>,
}

/// What was shown, and how surely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// No question was asked.
    NotTried,
    /// The latest answers earned less than 60 % of the marks.
    NotShown,
    /// They earned as much, in one sitting.
    ShownOnce,
    /// They did in more sittings than one, but in so few questions that it may be chance.
    Shown,
    /// They did in more sittings than one, and the whole 95 % interval is above 60 %.
    WellSupported,
}

impl Level {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NotTried => "not tried",
            Self::NotShown => "not shown yet",
            Self::ShownOnce => "shown once",
            Self::Shown => "shown",
            Self::WellSupported => "shown, well supported",
        }
    }
}

/// Whether what was shown is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// It is, or nothing was shown.
    Fresh,
    /// It is fading.
    Fading,
    /// It is stale.
    Stale,
}

impl Area {
    /// What was shown, and how surely.
    #[must_use]
    pub fn level(&self) -> Level {
        match (self.questions, self.sittings) {
            (0, _) => Level::NotTried,
            _ if self.shown < SHOWN => Level::NotShown,
            (_, 0 | 1) => Level::ShownOnce,
            _ if self.low < SHOWN => Level::Shown,
            _ => Level::WellSupported,
        }
    }

    /// Whether what was shown is still there at `now`, in milliseconds since 1970.
    #[must_use]
    pub fn freshness(&self, now: u64) -> Freshness {
        let from = |time: Option<u64>| time.is_some_and(|time| time <= now);
        if from(self.stale) {
            Freshness::Stale
        } else if from(self.fades) {
            Freshness::Fading
        } else {
            Freshness::Fresh
        }
    }

    /// When to come back, in milliseconds since 1970, seen from `now`: when it begins to fade; once it has, before it is stale; once that is so, when it
    /// became so. `None` when nothing was shown.
    #[must_use]
    pub fn come_back(&self, now: u64) -> Option<u64> {
        match self.freshness(now) {
            Freshness::Fresh => self.fades,
            Freshness::Fading | Freshness::Stale => self.stale,
        }
    }

    /// The share of the marks that is likely to be earned now: what was shown, and is remembered.
    #[must_use]
    pub fn known(&self) -> f64 {
        self.shown * self.memory
    }

    /// Between which shares of the marks that is likely to lie: the ends of the interval of what was shown, as far as it is remembered.
    #[must_use]
    pub fn known_between(&self) -> (f64, f64) {
        (self.low * self.memory, self.high * self.memory)
    }
}

/// Wilson's interval for a share seen in `count` cases.
fn wilson(share: f64, count: f64) -> (f64, f64) {
    let z2 = Z * Z / count;
    let middle = share + z2 / 2.0;
    let half = Z * ((share * (1.0 - share) + z2 / 4.0) / count).sqrt();
    let end = |value: f64| (value / (1.0 + z2)).clamp(0.0, 1.0);
    (end(middle - half), end(middle + half))
}

/// What areas are made from.
pub(super) struct View<'p> {
    pub(super) questions: &'p [Known],
    /// For each answer, those of a question together, the place of its sitting in time.
    pub(super) places: &'p [u32],
    pub(super) sittings: usize,
    pub(super) now: u64,
}

impl View<'_> {
    /// The area of the questions that are `of` it.
    pub(super) fn area(&self, of: &dyn Fn(&Known) -> bool) -> Area {
        let all = 0..self.questions.len() as u32;
        let own: Vec<u32> = all.filter(|&at| of(&self.questions[at as usize])).collect();
        self.sum(&own)
    }

    /// The area of each run of questions that `order` has alike, in that order, with its first question.
    pub(super) fn each(
        &self,
        order: &dyn Fn(&Known, &Known) -> Ordering,
        take: &mut dyn FnMut(&Known, Area),
    ) {
        let known = |at: u32| &self.questions[at as usize];
        let sorted = by(self.questions.len(), &|a, b| order(known(a), known(b)));
        let mut rest = sorted.as_slice();
        while let Some(&first) = rest.first() {
            let other = rest
                .iter()
                .position(|&at| order(known(first), known(at)) != Ordering::Equal);
            let (own, others) = rest.split_at(other.unwrap_or(rest.len()));
            take(known(first), self.sum(own));
            rest = others;
        }
    }

    fn sum(&self, own: &[u32]) -> Area {
        let mut area = Area {
            questions: own.len(),
            ..Area::default()
        };
        if own.is_empty() {
            return area;
        }
        let mut met = vec![false; self.sittings];
        let mut shown = 0;
        for known in own.iter().map(|&at| &self.questions[at as usize]) {
            area.last = area.last.max(known.last);
            shown += u32::from(known.got.min(100));
            area.due += usize::from(known.due <= self.now);
            if area.next_due.is_none_or(|next| known.due < next) {
                area.next_due = Some(known.due);
            }
            for &place in &self.places[known.from..known.from + known.times] {
                area.sittings += usize::from(!std::mem::replace(&mut met[place as usize], true));
            }
        }
        let count = own.len() as f64;
        area.shown = f64::from(shown) / (100.0 * count);
        (area.low, area.high) = wilson(area.shown, count);
        if shown > 0 {
            area.memory = self.memory(own, self.now);
            area.fades = Some(self.falls(own, area.last, FADES));
            area.stale = Some(self.falls(own, area.last, STALE));
        }
        area
    }

    /// The mean chance of recall at a time, each question weighing what its last answer earned.
    fn memory(&self, own: &[u32], time: u64) -> f64 {
        let (mut sum, mut weights) = (0.0, 0.0);
        for known in own.iter().map(|&at| &self.questions[at as usize]) {
            if known.got > 0 {
                let weight = f64::from(known.got);
                sum += weight * known.recall_at(time);
                weights += weight;
            }
        }
        (sum / weights).clamp(0.0, 1.0)
    }

    /// On which day from `last` on memory is first below `bound`; when the field has moved, if that is earlier. Memory only falls without answers,
    /// so the days are halved until one is left.
    fn falls(&self, own: &[u32], last: u64, bound: f64) -> u64 {
        let (mut from, mut to) = (0, FIELD_DAYS);
        while from < to {
            let day = (from + to) / 2;
            if self.memory(own, last.saturating_add(day * DAY)) < bound {
                to = day;
            } else {
                from = day + 1;
            }
        }
        last.saturating_add(from * DAY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_comes_back_before_it_fades_or_else_before_it_is_stale() {
        let area = Area {
            fades: Some(10),
            stale: Some(20),
            ..Area::default()
        };
        let seen = [9, 10, 19, 20].map(|now| (area.freshness(now), area.come_back(now)));
        assert_eq!(
            seen,
            [
                (Freshness::Fresh, Some(10)),
                (Freshness::Fading, Some(20)),
                (Freshness::Fading, Some(20)),
                (Freshness::Stale, Some(20)),
            ]
        );
        assert_eq!(Area::default().come_back(9), None);
    }

    #[test]
    fn what_is_known_lies_within_the_interval_of_what_is_remembered() {
        let (low, high) = wilson(0.8, 10.0);
        let area = Area {
            shown: 0.8,
            memory: 0.5,
            low,
            high,
            ..Area::default()
        };
        assert_eq!(area.known_between(), (low / 2.0, high / 2.0));
        assert!(low / 2.0 < area.known() && area.known() < high / 2.0);
    }

    #[test]
    fn the_interval_is_wilsons() {
        // By the closed form with z = 1.959964, worked out apart: 8 of 10 is 0.4902 to 0.9433; 0 of 5 is 0 to 0.4345; 5 of 5 is 0.5655 to 1.
        for (share, count, low, high) in [
            (0.8, 10.0, 0.4902, 0.9433),
            (0.0, 5.0, 0.0, 0.4345),
            (1.0, 5.0, 0.5655, 1.0),
        ] {
            let (ours_low, ours_high) = wilson(share, count);
            assert!((ours_low - low).abs() < 1e-4, "{ours_low}");
            assert!((ours_high - high).abs() < 1e-4, "{ours_high}");
        }
    }
}
