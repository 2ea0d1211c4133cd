//! Numbers from a seed, alike on every platform.

use rand_xoshiro::Xoshiro256StarStar;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::Seed;

/// The source of chance.
pub(super) struct Dice(Xoshiro256StarStar);

impl Dice {
    pub(super) fn new(seed: Seed) -> Self {
        Self(Xoshiro256StarStar::seed_from_u64(seed.get()))
    }

    /// A number below `bound`, all alike likely; 0 when `bound` is 0 or 1.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        let Some(bits) = bound.checked_sub(1).and_then(|most| most.checked_ilog2()) else {
            return 0;
        };
        loop {
            // More than half of the numbers of so many bits are below the bound.
            let number = (self.0.next_u64() >> (63 - bits)) as u32;
            if number < bound {
                return number;
            }
        }
    }

    pub(super) fn shuffle(&mut self, list: &mut [u32]) {
        for last in (1..list.len()).rev() {
            let other = self.below(last as u32 + 1) as usize;
            list.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dice(seed: u64) -> Dice {
        Dice::new(Seed::new(seed).expect("small"))
    }

    // The numbers were worked out apart from this code, from the published algorithms.
    #[test]
    fn the_generator_is_xoshiro256starstar_filled_by_splitmix64() {
        let mut dice = dice(20_260_302);
        assert_eq!(
            [(); 4].map(|()| dice.0.next_u64()),
            [
                1_850_716_886_312_582_521,
                6_956_232_998_985_460_436,
                4_827_842_789_601_686_063,
                3_821_027_772_286_375_163,
            ]
        );
    }

    #[test]
    fn the_bounded_draw_never_changes() {
        let mut dice = dice(20_260_302);
        assert_eq!(
            [(); 24].map(|()| dice.below(10)),
            [
                1, 6, 4, 3, 7, 3, 8, 7, 4, 5, 9, 4, 5, 5, 0, 4, 2, 7, 5, 0, 6, 3, 8, 4
            ]
        );
        assert_eq!(
            [1, 2, 3, 26, 1000, u32::MAX].map(|bound| dice.below(bound)),
            [0, 0, 1, 6, 601, 733_666_227]
        );
    }

    #[test]
    fn a_bound_of_one_takes_no_number() {
        let (mut one, mut other) = (dice(7), dice(7));
        assert_eq!((one.below(0), one.below(1)), (0, 0));
        assert_eq!(one.0.next_u64(), other.0.next_u64());
    }

    #[test]
    fn every_number_is_as_likely() {
        let mut dice = dice(1);
        let mut seen = [0_u32; 6];
        for _ in 0..60_000 {
            seen[dice.below(6) as usize] += 1;
        }
        // Three standard deviations of a count of 10,000 are 274.
        assert!(
            seen.iter().all(|count| count.abs_diff(10_000) < 400),
            "{seen:?}"
        );
    }

    #[test]
    fn a_shuffle_keeps_what_it_shuffles() {
        let mut list: Vec<u32> = (0..100).collect();
        dice(3).shuffle(&mut list);
        assert!(!list.is_sorted());
        list.sort_unstable();
        assert!((0..100).eq(list));
        dice(3).shuffle(&mut []);
    }
}
