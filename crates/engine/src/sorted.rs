//! One sort for all.

use std::cmp::Ordering;

/// The numbers below `count` in the order of the texts that they stand for, like texts in their own order.
///
/// Every kind of list that is sorted brings a sort of its own into the page, some 3 kB of it; this one serves for all.
pub(crate) fn by_text<'t>(count: usize, text: &dyn Fn(u32) -> &'t str) -> Vec<u32> {
    by(count, &|a, b| text(a).cmp(text(b)))
}

/// The numbers below `count` in the order that `compare` gives them, like ones in their own order.
pub(crate) fn by(count: usize, compare: &dyn Fn(u32, u32) -> Ordering) -> Vec<u32> {
    let mut numbers: Vec<u32> = (0..count as u32).collect();
    numbers.sort_unstable_by(|&a, &b| compare(a, b).then(a.cmp(&b)));
    numbers
}

#[cfg(test)]
mod tests {
    #[test]
    fn like_texts_keep_their_order() {
        let texts = ["b", "a", "b", ""];
        let sorted = super::by_text(4, &|at| texts[at as usize]);
        assert_eq!(sorted, [3, 1, 0, 2]);
        assert_eq!(super::by_text(0, &|_| ""), [0_u32; 0]);
    }
}
