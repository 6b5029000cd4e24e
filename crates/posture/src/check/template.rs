//! Messages: text with expressions in braces.

use super::document::Expr;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Template {
    pub(super) parts: Vec<Part>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Part {
    Text(Box<str>),
    Cel(Expr),
}

impl Template {
    /// `{{` and `}}` are braces; an expression may hold strings with braces in them.
    pub(super) fn parse(text: &Expr) -> Result<Self, &'static str> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = &*text.text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, after) = rest.split_at(at);
            plain.push_str(before);
            if let Some(after) = after.strip_prefix("{{") {
                plain.push('{');
                rest = after;
            } else if let Some(after) = after.strip_prefix("}}") {
                plain.push('}');
                rest = after;
            } else if let Some(after) = after.strip_prefix('{') {
                let end = closing(after).ok_or("a `{` is not closed")?;
                let (cel, after) = after.split_at(end);
                parts.extend(text_part(&mut plain));
                parts.push(Part::Cel(Expr { text: cel.into(), ..text.clone() }));
                rest = after.strip_prefix('}').unwrap_or(after);
            } else {
                return Err("a `}` closes nothing; write `}}` for a brace");
            }
        }
        plain.push_str(rest);
        parts.extend(text_part(&mut plain));
        Ok(Self { parts })
    }
}

fn text_part(plain: &mut String) -> Option<Part> {
    let text = std::mem::take(plain);
    (!text.is_empty()).then(|| Part::Text(text.into()))
}

/// Where the brace stands that closes the expression.
fn closing(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut depth = 0_u32;
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match (quote, character) {
            (Some(_), '\\') => {
                characters.next();
            }
            (Some(open), _) if open == character => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '{') => depth += 1,
            (None, '}') if depth == 0 => return Some(at),
            (None, '}') => depth -= 1,
            (None, _) => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use kordon_base::Position;

    use super::*;

    fn check(text: &str, expected: &str) {
        let expr = Expr {
            text: text.into(),
            field: "message".into(),
            position: Position { line: 1, column: 1 },
        };
        let found = match Template::parse(&expr) {
            Err(reason) => reason.to_owned(),
            Ok(template) => template
                .parts
                .iter()
                .map(|part| match part {
                    Part::Text(text) => text.to_string(),
                    Part::Cel(expr) => format!("<{}>", expr.text),
                })
                .collect::<Vec<_>>()
                .join("|"),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn expressions_stand_in_braces() {
        check("plain", "plain");
        check("a {x.y} b{z}", "a |<x.y>| b|<z>");
        check("{{x}} {{}}", "{x} {}");
        check(r#"{m.orValue({"a": "}"}).a}!"#, r#"<m.orValue({"a": "}"}).a>|!"#);
        check("{x", "a `{` is not closed");
        check("x}", "a `}` closes nothing; write `}}` for a brace");
    }
}
