//! Bytes of files that are no text.

use anyhow::bail;

pub(super) fn decode(text: &str) -> anyhow::Result<Vec<u8>> {
    let (mut bits, mut n_bits) = (0_u32, 0);
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for byte in text.bytes().filter(|byte| *byte != b'=' && !byte.is_ascii_whitespace()) {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            other => bail!("{:?} is not in base64", char::from(other)),
        };
        bits = (bits << 6) | u32::from(digit);
        n_bits += 6;
        if n_bits >= 8 {
            n_bits -= 8;
            bytes.push((bits >> n_bits).to_le_bytes()[0]);
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back() {
        assert_eq!(decode("//5hAA==").unwrap(), [0xFF, 0xFE, b'a', 0]);
        assert_eq!(decode("TWFu").unwrap(), b"Man");
        decode("a*").unwrap_err();
    }
}
