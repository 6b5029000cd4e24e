//! URLs, as Go's `net/url` reads them.

mod escape;
mod parse;

use super::super::{Function, Implementation, Library, Overload, args};
use crate::{EvalError, MapBuilder, Type, Value, value::Opaque};
use escape::Part;
pub(super) use parse::request_uri;

pub(super) const URL: Type = Type::Opaque("kubernetes.URL");

/// The parts of a URL. A path is bytes, since escapes may stand for anything.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Url {
    scheme: String,
    opaque: String,
    /// User and, where there is one, password.
    user: Option<(Vec<u8>, Option<Vec<u8>>)>,
    host: Vec<u8>,
    path: Vec<u8>,
    /// The path as it was written, where writing it anew gives something else.
    raw_path: Option<String>,
    omit_host: bool,
    force_query: bool,
    query: String,
    fragment: Vec<u8>,
    raw_fragment: Option<String>,
}

impl Opaque for Url {
    fn type_of(&self) -> Type {
        URL
    }

    fn equals(&self, other: &dyn Opaque) -> bool {
        other.downcast::<Self>().is_some_and(|other| self.print() == other.print())
    }
}

impl Url {
    fn escaped_path(&self) -> String {
        escaped(&self.path, self.raw_path.as_deref(), Part::Path)
    }

    fn host_text(&self) -> String {
        lossy(&self.host)
    }

    /// Host and port, brackets removed.
    fn host_and_port(&self) -> (String, String) {
        let host = self.host_text();
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (name, port),
            _ => (&*host, ""),
        };
        let inner = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
        (inner.unwrap_or(name).to_owned(), port.to_owned())
    }

    /// The values of each key, in order; what cannot be read is left out.
    fn query_values(&self) -> Vec<(String, Vec<String>)> {
        let mut values: Vec<(String, Vec<String>)> = Vec::new();
        for pair in self.query.split('&').filter(|pair| !pair.is_empty() && !pair.contains(';')) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let decoded = |text| escape::unescape(text, Part::Query).map(|bytes| lossy(&bytes));
            let (Ok(key), Ok(value)) = (decoded(key), decoded(value)) else { continue };
            match values.iter_mut().find(|(known, _)| *known == key) {
                Some((_, values)) => values.push(value),
                None => values.push((key, vec![value])),
            }
        }
        values
    }

    /// The URL as text, which is what two of them are compared by.
    fn print(&self) -> String {
        let mut text = String::new();
        if !self.scheme.is_empty() {
            text.push_str(&self.scheme);
            text.push(':');
        }
        if self.opaque.is_empty() {
            self.print_hierarchy(&mut text);
        } else {
            text.push_str(&self.opaque);
        }
        if self.force_query || !self.query.is_empty() {
            text.push('?');
            text.push_str(&self.query);
        }
        if !self.fragment.is_empty() {
            text.push('#');
            let fragment = escaped(&self.fragment, self.raw_fragment.as_deref(), Part::Fragment);
            text.push_str(&fragment);
        }
        text
    }

    fn print_hierarchy(&self, text: &mut String) {
        let has_authority = !self.host.is_empty() || self.user.is_some();
        let omits_host = self.omit_host && !has_authority;
        if (!self.scheme.is_empty() || has_authority) && !omits_host {
            if has_authority || !self.path.is_empty() {
                text.push_str("//");
            }
            if let Some((user, password)) = &self.user {
                text.push_str(&escape::escape(user, Part::User));
                if let Some(password) = password {
                    text.push(':');
                    text.push_str(&escape::escape(password, Part::User));
                }
                text.push('@');
            }
            text.push_str(&escape::escape(&self.host, Part::Host));
        }
        let path = self.escaped_path();
        if !path.is_empty() && !path.starts_with('/') && !self.host.is_empty() {
            text.push('/');
        }
        if text.is_empty() && path.split('/').next().is_some_and(|first| first.contains(':')) {
            text.push_str("./");
        }
        text.push_str(&path);
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The written form where it is a right one, else the default one.
fn escaped(decoded: &[u8], raw: Option<&str>, part: Part) -> String {
    match raw {
        Some(raw)
            if escape::is_valid(raw, part)
                && escape::unescape(raw, part).is_ok_and(|bytes| bytes == decoded) =>
        {
            raw.to_owned()
        }
        _ if decoded == b"*" => "*".to_owned(),
        _ => escape::escape(decoded, part),
    }
}

impl Library {
    pub(super) fn kubernetes_urls() -> Self {
        let accessor = |name, id, result: Type, implementation: Implementation| {
            Function::new(name).overload(Overload::member(id, &[URL], result, implementation))
        };
        let values_of = Type::map(Type::String, Type::list(Type::String));
        let functions = vec![
            Function::new("url").overload(Overload::global(
                "string_to_url",
                &[Type::String],
                URL,
                |_, values| {
                    let url = parse::request_then_reference(args::text(values, 0)?);
                    url.map(Value::opaque).map_err(|error| {
                        let message =
                            format!("URL parse error during conversion from string: {error}");
                        EvalError::invalid(message)
                    })
                },
            )),
            Function::new("isURL").overload(Overload::global(
                "is_url_string",
                &[Type::String],
                Type::Bool,
                |_, values| Ok(request_uri(args::text(values, 0)?).is_ok().into()),
            )),
            accessor("getScheme", "url_get_scheme", Type::String, |_, values| {
                Ok(url(values)?.scheme.clone().into())
            }),
            accessor("getHost", "url_get_host", Type::String, |_, values| {
                Ok(url(values)?.host_text().into())
            }),
            accessor("getHostname", "url_get_hostname", Type::String, |_, values| {
                Ok(url(values)?.host_and_port().0.into())
            }),
            accessor("getPort", "url_get_port", Type::String, |_, values| {
                Ok(url(values)?.host_and_port().1.into())
            }),
            accessor("getEscapedPath", "url_get_escaped_path", Type::String, |_, values| {
                Ok(url(values)?.escaped_path().into())
            }),
            accessor("getQuery", "url_get_query", values_of, |context, values| {
                let mut map = MapBuilder::new();
                for (key, values) in url(values)?.query_values() {
                    context.tick(1 + values.len())?;
                    let values = values.into_iter().map(Value::from).collect();
                    map.insert(key.into(), Value::list(values));
                }
                Ok(map.finish())
            }),
        ];
        Self::of("kubernetes.urls", functions)
    }
}

fn url<'v>(values: &'v [Value<'_>]) -> Result<&'v Url, EvalError> {
    args::opaque(values, 0)
}

#[cfg(test)]
mod tests;
