//! What Kubernetes adds to the language, version by version.

pub mod authorizer;
mod format;
mod json_patch;
mod lists;
mod quantity;
mod regex;
mod semver;
mod url;

pub(crate) use format::Format;

use super::Library;

impl Library {
    /// The libraries that expressions of Kubernetes `1.minor` have, the standard functions
    /// included.
    ///
    /// A server of `1.N` evaluates what is stored with the set of `1.N`, and accepts in what is
    /// newly written only what `1.(N-1)` has, so that a rollback finds nothing that it does not
    /// know.
    #[must_use]
    pub fn kubernetes(minor: u16) -> Vec<Self> {
        let since = |introduced: u16| minor >= introduced;
        let mut libraries = vec![Self::standard(), Self::kubernetes_urls()];
        libraries.push(Self::kubernetes_regex());
        libraries.push(Self::kubernetes_lists(u32::from(since(37))));
        libraries.push(Self::strings(if since(29) { 2 } else { 0 }));
        if since(27) {
            libraries.push(Self::kubernetes_authorizer());
        }
        if since(28) {
            // `first` and `last` came with the release of cel-go that 1.34 is built with.
            libraries.push(Self::optionals(if since(34) { 2 } else { 1 }));
            libraries.push(Self::kubernetes_quantity());
        }
        if since(29) {
            libraries.push(Self::sets());
        }
        if since(30) {
            libraries.extend([Self::kubernetes_ip(), Self::kubernetes_cidr()]);
        }
        if since(31) {
            libraries.push(Self::kubernetes_format());
            libraries.push(Self::kubernetes_authorizer_selectors());
        }
        if since(32) {
            libraries.push(Self::two_variables());
        }
        if since(33) {
            libraries.push(Self::kubernetes_semver());
        }
        if since(34) {
            libraries.push(Self::lists(3));
        }
        libraries
    }

    fn kubernetes_ip() -> Self {
        let functions = super::network::ip_functions();
        Self { types: vec![("net.IP", super::net::IP)], ..Self::of("kubernetes.net.ip", functions) }
    }

    fn kubernetes_cidr() -> Self {
        let functions = super::network::cidr_functions();
        Self {
            types: vec![("net.CIDR", super::net::CIDR)],
            ..Self::of("kubernetes.net.cidr", functions)
        }
    }
}

/// What comparing two values of a library's own type costs in the estimate.
pub(crate) enum EqualityCost {
    One,
    UpTo(u64),
    /// As the text that the value was made of.
    Text,
    BySize,
}

pub(crate) fn equality_cost(type_name: &str) -> EqualityCost {
    const LONGEST_FORMAT: u64 = 64;
    match type_name {
        "kubernetes.NamedFormat" => EqualityCost::UpTo(LONGEST_FORMAT),
        "kubernetes.URL" => EqualityCost::Text,
        "net.IP" | "net.CIDR" | "kubernetes.Quantity" | "kubernetes.Semver" => EqualityCost::One,
        _ if type_name.starts_with("kubernetes.authorization.") => EqualityCost::One,
        _ => EqualityCost::BySize,
    }
}
