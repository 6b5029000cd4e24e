//! Text to field path: the inverse of its `Display`.

use std::borrow::Cow;

use super::{FieldPath, ParsePathError};

pub(super) fn path(text: &str) -> Result<FieldPath<'_>, ParsePathError> {
    let mut reader = Reader { text, rest: text };
    let mut path = FieldPath::root();
    while !reader.rest.is_empty() {
        if let Some(rest) = reader.rest.strip_prefix("[\"") {
            reader.rest = rest;
            path.push_key(reader.quoted_key()?);
        } else if let Some(rest) = reader.rest.strip_prefix('[') {
            reader.rest = rest;
            path.push_index(reader.index()?);
        } else {
            if !path.is_root() {
                reader.rest = reader
                    .rest
                    .strip_prefix('.')
                    .ok_or_else(|| reader.error("a `.` or `[` must follow"))?;
            }
            path.push_key(reader.plain_key()?);
        }
    }
    Ok(path)
}

struct Reader<'a> {
    text: &'a str,
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn error(&self, reason: &'static str) -> ParsePathError {
        let n_read = self.text.chars().count() - self.rest.chars().count();
        ParsePathError { at: n_read + 1, reason }
    }

    fn take(&mut self, n_bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(n_bytes);
        self.rest = rest;
        taken
    }

    fn plain_key(&mut self) -> Result<&'a str, ParsePathError> {
        let end = self.rest.find(['.', '[', ']', '"']).unwrap_or(self.rest.len());
        if end == 0 {
            return Err(self.error("a key is missing"));
        }
        Ok(self.take(end))
    }

    fn index(&mut self) -> Result<usize, ParsePathError> {
        let end = self.rest.find(']').ok_or_else(|| self.error("`]` is missing"))?;
        let digits = self.rest.get(..end).unwrap_or_default();
        let idx = digits
            .parse::<u32>()
            .map_err(|_error| self.error("an index or a quoted key must follow `[`"))?;
        self.take(end + 1);
        Ok(idx as usize)
    }

    fn quoted_key(&mut self) -> Result<Cow<'a, str>, ParsePathError> {
        let mut key = Cow::Borrowed("");
        loop {
            let end = self
                .rest
                .find(['"', '\\'])
                .ok_or_else(|| self.error("the key's closing quote is missing"))?;
            let part = self.take(end);
            if key.is_empty() {
                key = Cow::Borrowed(part);
            } else {
                key.to_mut().push_str(part);
            }
            if self.rest.starts_with("\"]") {
                self.take(2);
                return Ok(key);
            }
            let escape = self.rest.as_bytes();
            let character = match (escape.first(), escape.get(1)) {
                (Some(b'\\'), Some(b'"')) => '"',
                (Some(b'\\'), Some(b'\\')) => '\\',
                (Some(b'\\'), Some(b'n')) => '\n',
                (Some(b'"'), _) => return Err(self.error("`]` must follow the quoted key")),
                _ => return Err(self.error("unknown escape")),
            };
            key.to_mut().push(character);
            self.take(2);
        }
    }
}
