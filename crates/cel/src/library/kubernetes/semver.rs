//! Semantic versions, as the library that Kubernetes uses reads them.

use std::cmp::Ordering;

use super::super::{Context, Function, Library, Overload, args};
use crate::{EvalError, Type, Value, value::Opaque};

pub(super) const SEMVER: Type = Type::Opaque("kubernetes.Semver");

/// A version; build metadata has no part in its order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Semver {
    major: u64,
    minor: u64,
    patch: u64,
    pre: Vec<Identifier>,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Identifier {
    /// Numbers stand before texts.
    Number(u64),
    Text(Box<str>),
}

impl Opaque for Semver {
    fn type_of(&self) -> Type {
        SEMVER
    }

    fn equals(&self, other: &dyn Opaque) -> bool {
        other.downcast::<Self>() == Some(self)
    }
}

impl Semver {
    fn order(&self, other: &Self) -> Ordering {
        let numbers = |version: &Self| (version.major, version.minor, version.patch);
        numbers(self).cmp(&numbers(other)).then_with(|| {
            match (self.pre.is_empty(), other.pre.is_empty()) {
                (true, false) => Ordering::Greater,
                (false, true) => Ordering::Less,
                _ => self.pre.cmp(&other.pre),
            }
        })
    }
}

impl Library {
    #[must_use]
    pub(super) fn kubernetes_semver() -> Self {
        let texts = [Type::String, Type::Bool];
        let versions = [SEMVER, SEMVER];
        let functions = vec![
            Function::new("semver")
                .overload(Overload::global("string_to_semver", &texts[..1], SEMVER, semver))
                .overload(Overload::global("string_bool_to_semver", &texts, SEMVER, semver)),
            Function::new("isSemver")
                .overload(Overload::global("is_semver_string", &texts[..1], Type::Bool, is_semver))
                .overload(Overload::global("is_semver_string_bool", &texts, Type::Bool, is_semver)),
            Function::new("isGreaterThan").overload(Overload::member(
                "semver_is_greater_than",
                &versions,
                Type::Bool,
                |_, values| Ok((order(values)? == Ordering::Greater).into()),
            )),
            Function::new("isLessThan").overload(Overload::member(
                "semver_is_less_than",
                &versions,
                Type::Bool,
                |_, values| Ok((order(values)? == Ordering::Less).into()),
            )),
            Function::new("compareTo").overload(Overload::member(
                "semver_compare_to",
                &versions,
                Type::Int,
                |_, values| Ok((order(values)? as i64).into()),
            )),
            part("major", "semver_major", |_, values| number(values, |version| version.major)),
            part("minor", "semver_minor", |_, values| number(values, |version| version.minor)),
            part("patch", "semver_patch", |_, values| number(values, |version| version.patch)),
        ];
        Self::of("kubernetes.Semver", functions)
    }
}

fn part(
    name: &'static str,
    id: &'static str,
    implementation: super::super::Implementation,
) -> Function {
    Function::new(name).overload(Overload::member(id, &[SEMVER], Type::Int, implementation))
}

fn number<'a>(values: &[Value<'a>], of: fn(&Semver) -> u64) -> Result<Value<'a>, EvalError> {
    Ok(of(args::opaque(values, 0)?).cast_signed().into())
}

fn order(values: &[Value<'_>]) -> Result<Ordering, EvalError> {
    let (a, b) = (args::opaque::<Semver>(values, 0)?, args::opaque::<Semver>(values, 1)?);
    Ok(a.order(b))
}

fn read(values: &[Value<'_>]) -> Result<Result<Semver, EvalError>, EvalError> {
    let text = args::text(values, 0)?;
    let normalize = values.len() > 1 && args::boolean(values, 1)?;
    Ok(if normalize { parse_normalized(text) } else { parse(text) })
}

fn semver<'a>(_: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    Ok(Value::opaque(read(values)??))
}

fn is_semver<'a>(_: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    Ok(read(values)?.is_ok().into())
}

/// `v1.02` as `1.2.0`: without the leading `v`, without leading zeros, filled up.
fn parse_normalized(text: &str) -> Result<Semver, EvalError> {
    let text = text.strip_prefix('v').unwrap_or(text);
    let mut parts: Vec<String> = text.splitn(3, '.').map(without_leading_zeros).collect();
    if parts.len() < 3 && parts.last().is_some_and(|last| last.contains(['+', '-'])) {
        let message = "short version cannot contain PreRelease/Build meta data";
        return Err(EvalError::invalid(message));
    }
    while parts.len() < 3 {
        parts.push("0".to_owned());
    }
    parse(&parts.join("."))
}

fn without_leading_zeros(part: &str) -> String {
    if part.len() < 2 {
        return part.to_owned();
    }
    let stripped = part.trim_start_matches('0');
    if stripped.starts_with(|c: char| c.is_ascii_digit()) {
        stripped.to_owned()
    } else {
        format!("0{stripped}")
    }
}

fn parse(text: &str) -> Result<Semver, EvalError> {
    if text.is_empty() {
        return Err(EvalError::invalid("Version string empty"));
    }
    let mut parts = text.splitn(3, '.');
    let (Some(major), Some(minor), Some(rest)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(EvalError::invalid("No Major.Minor.Patch elements found"));
    };
    let (major, minor) = (version_number("major", major)?, version_number("minor", minor)?);
    let (rest, build) = match rest.split_once('+') {
        Some((rest, build)) => (rest, Some(build)),
        None => (rest, None),
    };
    let (patch, pre) = match rest.split_once('-') {
        Some((patch, pre)) => (patch, Some(pre)),
        None => (rest, None),
    };
    let patch = version_number("patch", patch)?;
    let pre: Result<Vec<Identifier>, EvalError> =
        pre.into_iter().flat_map(|pre| pre.split('.')).map(identifier).collect();
    let pre = pre?;
    for part in build.into_iter().flat_map(|build| build.split('.')) {
        if part.is_empty() {
            return Err(EvalError::invalid("Build meta data is empty"));
        }
        if !part.bytes().all(is_identifier_byte) {
            let message = format!("Invalid character(s) found in build meta data {part:?}");
            return Err(EvalError::invalid(message));
        }
    }
    Ok(Semver { major, minor, patch, pre })
}

fn version_number(what: &str, text: &str) -> Result<u64, EvalError> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        let message = format!("Invalid character(s) found in {what} number {text:?}");
        return Err(EvalError::invalid(message));
    }
    if text.len() > 1 && text.starts_with('0') {
        let message = format!("{what} number must not contain leading zeroes {text:?}");
        return Err(EvalError::invalid(message));
    }
    text.parse().map_err(|error| EvalError::invalid(format!("parsing {text:?}: {error}")))
}

fn identifier(text: &str) -> Result<Identifier, EvalError> {
    if text.is_empty() {
        return Err(EvalError::invalid("Prerelease is empty"));
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return version_number("numeric prerelease", text).map(Identifier::Number);
    }
    if !text.bytes().all(is_identifier_byte) {
        let message = format!("Invalid character(s) found in prerelease {text:?}");
        return Err(EvalError::invalid(message));
    }
    Ok(Identifier::Text(text.into()))
}

fn is_identifier_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

#[cfg(test)]
mod tests {
    use proptest::{prop_assert_eq, proptest};

    use super::{Ordering, Semver, parse, parse_normalized};

    fn version(text: &str) -> Semver {
        parse(text).expect("the test's version is right")
    }

    #[test]
    fn versions_are_ordered() {
        let ascending = [
            "0.0.1",
            "0.1.0",
            "1.0.0-1",
            "1.0.0-2",
            "1.0.0-10",
            "1.0.0-a",
            "1.0.0-a.1",
            "1.0.0-b",
            "1.0.0",
            "1.0.1",
        ];
        for pair in ascending.windows(2) {
            let order = version(pair[0]).order(&version(pair[1]));
            assert_eq!(order, Ordering::Less, "{pair:?}");
        }
        assert_eq!(version("1.0.0+a"), version("1.0.0+b"));
    }

    #[test]
    fn what_is_no_version() {
        for bad in ["", "1", "1.2", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3+", "v1.2.3", "1.2.-3"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
        for (text, expected) in [("v1.02", "1.2.0"), ("01", "1.0.0"), ("1.0.00-rc", "1.0.0-rc")] {
            assert_eq!(parse_normalized(text), Ok(version(expected)), "{text}");
        }
        assert_eq!(parse_normalized("1.2-rc").ok(), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[v0-9a.+-]{0,16}") {
            drop((parse(&text), parse_normalized(&text)));
        }

        #[test]
        fn order_is_total(a in "[0-2]\\.[0-2]\\.[0-2](-[ab0-2](\\.[ab12])?)?", b in "[0-2]\\.[0-2]\\.[0-2](-[ab12])?") {
            if let (Ok(a), Ok(b)) = (parse(&a), parse(&b)) {
                prop_assert_eq!(a.order(&b), b.order(&a).reverse());
                prop_assert_eq!(a.order(&b) == Ordering::Equal, a == b);
            }
        }
    }
}
