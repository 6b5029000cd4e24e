//! How random a text looks.

/// Shannon entropy in bits a byte; 0 for the empty text.
#[expect(clippy::cast_precision_loss, reason = "lengths of secrets are small")]
pub(crate) fn entropy(text: &str) -> f32 {
    let mut counts = [0_u32; 256];
    for byte in text.bytes() {
        counts[usize::from(byte)] += 1;
    }
    let n = text.len() as f32;
    counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| *count as f32 / n)
        .map(|share| -share * share.log2())
        .sum()
}

/// Letters and digits mixed in one long word, as only generators write them.
pub(crate) fn looks_random(text: &str) -> bool {
    let has = |test: fn(&u8) -> bool| text.as_bytes().iter().any(test);
    let is_one_word = text.bytes().all(|byte| byte.is_ascii_graphic());
    let n_classes = usize::from(has(u8::is_ascii_lowercase))
        + usize::from(has(u8::is_ascii_uppercase))
        + usize::from(has(u8::is_ascii_digit));
    is_one_word
        && text.len() >= 12
        && has(u8::is_ascii_digit)
        && n_classes >= 2
        && entropy(text) >= if text.len() >= 20 { 3.0 } else { 2.9 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_text_is_told_from_words() {
        for text in ["9f86d081884c7d659a2feaa0c55ad015", "Zk3vP0qLx81mNc", "q1W2e3R4t5Y6u7"] {
            assert!(looks_random(text), "{text}");
        }
        for text in ["", "hunter2", "my-secret-name", "aaaaaaaaaaaa1", "correct horse battery 9"] {
            assert!(!looks_random(text), "{text}");
        }
    }
}
