//! What a paper is drawn by.

use std::fmt;
use std::str::FromStr;

use crate::json::{Error, Object};

const LAST: u64 = (1 << 53) - 1;

/// What a paper is drawn by: 0 to 2⁵³ − 1, so that every reader of JSON keeps it exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Seed(u64);

impl Seed {
    /// A seed; `None` beyond 2⁵³ − 1.
    #[must_use]
    pub fn new(number: u64) -> Option<Self> {
        (number <= LAST).then_some(Self(number))
    }

    /// The field `seed` of a record.
    pub(crate) fn of(object: &Object<'_>) -> Result<Self, Error> {
        object.whole("seed", LAST).map(Self)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::read_object;

    #[test]
    fn a_seed_is_a_number_that_every_reader_of_json_keeps() {
        assert_eq!(Seed::new(LAST).map(Seed::get), Some(LAST));
        assert_eq!(Seed::new(LAST + 1), None);
        let seed = |text: &str| Seed::of(&read_object(text).expect("an object"));
        assert_eq!(
            seed("{\"seed\":9007199254740991}").map(|seed| seed.to_string()),
            Ok("9007199254740991".to_owned())
        );
        for text in ["9007199254740992", "-1", "1.5", "1.0", "\"1\"", "null"] {
            let error = seed(&format!("{{\"seed\":{text}}}")).expect_err(text);
            assert_eq!(
                error.to_string(),
                "`seed` is not a whole number from 0 to 9007199254740991"
            );
        }
    }

    #[test]
    fn a_seed_as_text() {
        let seed: Seed = "20260302".parse().expect("a seed");
        assert_eq!(seed.to_string(), "20260302");
        for text in ["", "-1", "x", "9007199254740992", "99999999999999999999"] {
            assert_eq!(text.parse::<Seed>(), Err(NotASeed), "{text}");
        }
    }
}
