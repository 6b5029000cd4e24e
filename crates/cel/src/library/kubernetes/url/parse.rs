//! A URL taken apart.

use std::net::{IpAddr, Ipv6Addr};

use super::{
    super::super::strings::go_quoted,
    Url,
    escape::{self, Part},
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As in a request: absolute, or an absolute path; no fragment.
    Request,
    /// Any reference.
    Reference,
}

/// What a request may ask for; the error is Go's text.
pub(in super::super) fn request_uri(text: &str) -> Result<Url, String> {
    parse(text, Form::Request).map_err(|error| format!("parse {}: {error}", go_quoted(text)))
}

/// First by the stricter rules, then by those that know fragments.
pub(super) fn request_then_reference(text: &str) -> Result<Url, String> {
    request_uri(text)?;
    let (before, fragment) = text.split_once('#').unwrap_or((text, ""));
    let wrapped = |error: String| format!("parse {}: {error}", go_quoted(text));
    let mut url = parse(before, Form::Reference).map_err(wrapped)?;
    if !fragment.is_empty() {
        url.fragment = escape::unescape(fragment, Part::Fragment).map_err(wrapped)?;
        let is_default = escape::escape(&url.fragment, Part::Fragment) == fragment;
        url.raw_fragment = (!is_default).then(|| fragment.to_owned());
    }
    Ok(url)
}

fn parse(text: &str, form: Form) -> Result<Url, String> {
    if text.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
        return Err("net/url: invalid control character in URL".to_owned());
    }
    if text.is_empty() && form == Form::Request {
        return Err("empty url".to_owned());
    }
    let mut url = Url::default();
    if text == "*" {
        url.path = b"*".to_vec();
        return Ok(url);
    }
    let (scheme, rest) = scheme(text)?;
    url.scheme = scheme.to_ascii_lowercase();
    let rest = match rest.strip_suffix('?') {
        Some(rest) if !rest.contains('?') => {
            url.force_query = true;
            rest
        }
        _ => {
            let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
            query.clone_into(&mut url.query);
            rest
        }
    };
    if !rest.starts_with('/') {
        if !url.scheme.is_empty() {
            rest.clone_into(&mut url.opaque);
            return Ok(url);
        }
        if form == Form::Request {
            return Err("invalid URI for request".to_owned());
        }
        if rest.split('/').next().is_some_and(|first| first.contains(':')) {
            return Err("first path segment in URL cannot contain colon".to_owned());
        }
    }
    let path = authority_of(&mut url, rest, form)?;
    url.path = escape::unescape(path, Part::Path)?;
    let is_default = escape::escape(&url.path, Part::Path) == path;
    url.raw_path = (!is_default).then(|| path.to_owned());
    Ok(url)
}

fn scheme(text: &str) -> Result<(&str, &str), String> {
    for (idx, byte) in text.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if idx > 0 => {}
            b':' if idx == 0 => return Err("missing protocol scheme".to_owned()),
            b':' => return Ok(text.split_once(':').expect("the colon was just seen")),
            _ => break,
        }
    }
    Ok(("", text))
}

/// Reads the authority, where there is one, and gives the path.
fn authority_of<'t>(url: &mut Url, rest: &'t str, form: Form) -> Result<&'t str, String> {
    let has_scheme = !url.scheme.is_empty();
    let may_have_authority = has_scheme || form == Form::Reference && !rest.starts_with("///");
    let Some(authority) = rest.strip_prefix("//").filter(|_| may_have_authority) else {
        url.omit_host = has_scheme && rest.starts_with('/');
        return Ok(rest);
    };
    let end = authority.find('/').unwrap_or(authority.len());
    let (authority, path) = authority.split_at_checked(end).expect("a slash is a border");
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    url.host = host_of(&url.scheme, host)?;
    url.user = user.map(user_of).transpose()?;
    Ok(path)
}

fn user_of(text: &str) -> Result<(Vec<u8>, Option<Vec<u8>>), String> {
    let is_right = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&byte);
    if !text.bytes().all(is_right) {
        return Err("net/url: invalid userinfo".to_owned());
    }
    match text.split_once(':') {
        Some((user, password)) => {
            let user = escape::unescape(user, Part::User)?;
            Ok((user, Some(escape::unescape(password, Part::User)?)))
        }
        None => Ok((escape::unescape(text, Part::User)?, None)),
    }
}

fn host_of(scheme: &str, host: &str) -> Result<Vec<u8>, String> {
    match host.rfind('[') {
        Some(0) => return bracketed(host),
        Some(_) => return Err("invalid IP-literal".to_owned()),
        None => {}
    }
    // Only web URLs are strict about a second colon.
    let colon = match scheme {
        "http" | "https" => host.find(':'),
        _ => host.rfind(':'),
    };
    if let Some(colon) = colon {
        check_port(host.get(colon..).unwrap_or_default())?;
    }
    escape::unescape(host, Part::Host)
}

fn check_port(port: &str) -> Result<(), String> {
    let is_right = match port.strip_prefix(':') {
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_digit()),
        None => port.is_empty(),
    };
    if is_right { Ok(()) } else { Err(format!("invalid port {} after host", go_quoted(port))) }
}

/// `[fe80::1%25en0]:80`
fn bracketed(host: &str) -> Result<Vec<u8>, String> {
    let Some((inner, port)) = host.get(1..).and_then(|rest| rest.rsplit_once(']')) else {
        return Err("missing ']' in host".to_owned());
    };
    check_port(port)?;
    let decoded = match inner.find("%25") {
        Some(zone) => {
            let (address, zone) = inner.split_at_checked(zone).expect("a percent is a border");
            let mut decoded = escape::unescape(address, Part::Host)?;
            decoded.extend(escape::unescape(zone, Part::Zone)?);
            decoded
        }
        None => escape::unescape(inner, Part::Host)?,
    };
    check_address(&String::from_utf8_lossy(&decoded))?;
    let mut host = b"[".to_vec();
    host.extend(decoded);
    host.push(b']');
    host.extend(port.as_bytes());
    Ok(host)
}

fn check_address(text: &str) -> Result<(), String> {
    let is_address = match text.split_once('%') {
        Some((address, zone)) => !zone.is_empty() && address.parse::<Ipv6Addr>().is_ok(),
        None => match text.parse::<IpAddr>() {
            Ok(IpAddr::V4(_)) => return Err("invalid IP-literal".to_owned()),
            parsed => parsed.is_ok(),
        },
    };
    if is_address {
        Ok(())
    } else {
        Err(format!("invalid host: ParseAddr({}): unable to parse IP", go_quoted(text)))
    }
}
