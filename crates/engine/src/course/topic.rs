//! Topics nest: `hl7/orders` is within `hl7`.

/// Whether `topic` is `pattern` or below it; every topic is within an empty pattern and within `*`.
pub(crate) fn within(pattern: &str, topic: &str) -> bool {
    match topic.strip_prefix(pattern) {
        _ if topic_depth(pattern) == 0 => true,
        Some(rest) => rest.is_empty() || rest.starts_with('/'),
        None => false,
    }
}

/// How narrow a pattern is: 0 takes every topic, `hl7` is 1, `hl7/x` is 2.
pub(crate) fn topic_depth(pattern: &str) -> usize {
    match pattern {
        "" | "*" => 0,
        _ => 1 + pattern.bytes().filter(|&byte| byte == b'/').count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_nest() {
        for pattern in ["", "*", "hl7", "hl7/orders"] {
            assert!(within(pattern, "hl7/orders"), "{pattern}");
        }
        for pattern in ["hl", "hl7/order", "hl7/orders/x", "hl7/"] {
            assert!(!within(pattern, "hl7/orders"), "{pattern}");
        }
        assert_eq!(["", "*", "a", "a/b"].map(topic_depth), [0, 0, 1, 2]);
    }
}
