//! SHA-256, by which a script names the very bank that it was drawn from.

use sha2::{Digest, Sha256};

/// SHA-256 (FIPS 180-4) of `bytes` as 64 hexadecimal digits in lower case.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    let digits = |byte: u8| [byte >> 4, byte & 15];
    hash.iter()
        .flat_map(|&byte| digits(byte))
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_standard_s_own_example() {
        assert_eq!(
            super::digest(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
