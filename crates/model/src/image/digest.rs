//! Digests as the OCI image specification has them: `algorithm:encoded`.

use std::fmt;

use thiserror::Error;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Digest<'a> {
    algorithm: &'a str,
    encoded: &'a str,
}

#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum DigestError {
    #[error("a digest is written algorithm:encoded")]
    Form,
    #[error("invalid digest algorithm")]
    Algorithm,
    #[error("invalid characters in the digest")]
    Encoding,
    #[error("a {algorithm} digest has {expected} hexadecimal characters, this one {found}")]
    Length { algorithm: String, expected: usize, found: usize },
}

impl<'a> Digest<'a> {
    pub fn parse(text: &'a str) -> Result<Self, DigestError> {
        let (algorithm, encoded) = text.split_once(':').ok_or(DigestError::Form)?;
        if !is_algorithm(algorithm) {
            return Err(DigestError::Algorithm);
        }
        match registered_length(algorithm) {
            Some(expected) if encoded.len() != expected => Err(DigestError::Length {
                algorithm: algorithm.to_owned(),
                expected,
                found: encoded.len(),
            }),
            Some(_) if !encoded.bytes().all(is_lower_hex) => Err(DigestError::Encoding),
            None if encoded.is_empty() || !encoded.bytes().all(is_encoded) => {
                Err(DigestError::Encoding)
            }
            _ => Ok(Self { algorithm, encoded }),
        }
    }

    #[must_use]
    pub fn algorithm(&self) -> &'a str {
        self.algorithm
    }

    #[must_use]
    pub fn encoded(&self) -> &'a str {
        self.encoded
    }
}

impl fmt::Display for Digest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.algorithm, self.encoded)
    }
}

/// Characters of the encoded part; `None` for algorithms that nobody registered.
fn registered_length(algorithm: &str) -> Option<usize> {
    match algorithm {
        "sha256" | "blake3" => Some(64),
        "sha384" => Some(96),
        "sha512" => Some(128),
        _ => None,
    }
}

fn is_algorithm(text: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.split(['+', '.', '_', '-'])
        .all(|component| !component.is_empty() && component.bytes().all(is_word))
}

fn is_lower_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

fn is_encoded(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'=' | b'_' | b'-')
}
