//! Functions on addresses and networks, under the names that Kubernetes and cel-spec share.

use super::{
    Function, Implementation, Library, Overload, args,
    net::{CIDR, Cidr, IP, Ip, parse_cidr, parse_ip},
};
use crate::{EvalError, Type, Value, library::Context};

impl Library {
    /// cel-spec's network extension.
    #[must_use]
    pub fn network() -> Self {
        let is_mask = member("isMask", "cidr_is_mask", CIDR, Type::Bool, |_, values| {
            let cidr = cidr(values)?;
            Ok((cidr.address == cidr.masked().address).into())
        });
        let mut functions = ip_functions();
        functions.extend(cidr_functions());
        functions.push(is_mask);
        Self { types: vec![("net.IP", IP), ("net.CIDR", CIDR)], ..Self::of("network", functions) }
    }
}

fn member(
    name: &'static str,
    id: &'static str,
    of: Type,
    result: Type,
    implementation: Implementation,
) -> Function {
    Function::new(name).overload(Overload::member(id, &[of], result, implementation))
}

fn of_text(
    name: &'static str,
    id: &'static str,
    result: Type,
    implementation: Implementation,
) -> Function {
    Function::new(name).overload(Overload::global(id, &[Type::String], result, implementation))
}

fn ip(values: &[Value<'_>]) -> Result<Ip, EvalError> {
    args::opaque::<Ip>(values, 0).copied()
}

fn cidr(values: &[Value<'_>]) -> Result<Cidr, EvalError> {
    args::opaque::<Cidr>(values, 0).copied()
}

pub(super) fn ip_functions() -> Vec<Function> {
    vec![
        of_text("ip", "string_to_ip", IP, |_, values| {
            Ok(Value::opaque(Ip(parse_ip(args::text(values, 0)?)?)))
        }),
        of_text("isIP", "is_ip", Type::Bool, |_, values| {
            Ok(parse_ip(args::text(values, 0)?).is_ok().into())
        }),
        of_text("ip.isCanonical", "ip_is_canonical", Type::Bool, |_, values| {
            let text = args::text(values, 0)?;
            Ok((parse_ip(text)?.to_string() == text).into())
        }),
        Function::new("string").overload(Overload::global(
            "ip_to_string",
            &[IP],
            Type::String,
            |_, values| Ok(ip(values)?.0.to_string().into()),
        )),
        member("family", "ip_family", IP, Type::Int, |_, values| Ok(ip(values)?.family())),
        member("isUnspecified", "ip_is_unspecified", IP, Type::Bool, |_, values| {
            Ok(ip(values)?.0.is_unspecified().into())
        }),
        member("isLoopback", "ip_is_loopback", IP, Type::Bool, |_, values| {
            Ok(ip(values)?.0.is_loopback().into())
        }),
        member(
            "isLinkLocalMulticast",
            "ip_is_link_local_multicast",
            IP,
            Type::Bool,
            |_, values| Ok(ip(values)?.is_link_local_multicast().into()),
        ),
        member("isLinkLocalUnicast", "ip_is_link_local_unicast", IP, Type::Bool, |_, values| {
            Ok(ip(values)?.is_link_local_unicast().into())
        }),
        member("isGlobalUnicast", "ip_is_global_unicast", IP, Type::Bool, |_, values| {
            Ok(ip(values)?.is_global_unicast().into())
        }),
    ]
}

pub(super) fn cidr_functions() -> Vec<Function> {
    vec![
        of_text("cidr", "string_to_cidr", CIDR, |_, values| {
            Ok(Value::opaque(parse_cidr(args::text(values, 0)?)?))
        }),
        of_text("isCIDR", "is_cidr", Type::Bool, |_, values| {
            Ok(parse_cidr(args::text(values, 0)?).is_ok().into())
        }),
        Function::new("string").overload(Overload::global(
            "cidr_to_string",
            &[CIDR],
            Type::String,
            |_, values| Ok(cidr(values)?.print().into()),
        )),
        Function::new("containsIP")
            .overload(Overload::member(
                "cidr_contains_ip_string",
                &[CIDR, Type::String],
                Type::Bool,
                contains_ip,
            ))
            .overload(Overload::member(
                "cidr_contains_ip_ip",
                &[CIDR, IP],
                Type::Bool,
                contains_ip,
            )),
        Function::new("containsCIDR")
            .overload(Overload::member(
                "cidr_contains_cidr_string",
                &[CIDR, Type::String],
                Type::Bool,
                contains_cidr,
            ))
            .overload(Overload::member(
                "cidr_contains_cidr",
                &[CIDR, CIDR],
                Type::Bool,
                contains_cidr,
            )),
        member("ip", "cidr_ip", CIDR, IP, |_, values| Ok(Value::opaque(Ip(cidr(values)?.address)))),
        member("prefixLength", "cidr_prefix_length", CIDR, Type::Int, |_, values| {
            Ok(i64::from(cidr(values)?.prefix_length).into())
        }),
        member("masked", "cidr_masked", CIDR, CIDR, |_, values| {
            Ok(Value::opaque(cidr(values)?.masked()))
        }),
    ]
}

fn contains_ip<'a>(_: &mut Context<'_, 'a>, values: &[Value<'a>]) -> Result<Value<'a>, EvalError> {
    let address = match args::any(values, 1)? {
        Value::String(text) => parse_ip(text)?,
        _ => args::opaque::<Ip>(values, 1)?.0,
    };
    Ok(cidr(values)?.contains(address).into())
}

fn contains_cidr<'a>(
    _: &mut Context<'_, 'a>,
    values: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let other = match args::any(values, 1)? {
        Value::String(text) => parse_cidr(text)?,
        _ => *args::opaque::<Cidr>(values, 1)?,
    };
    Ok(cidr(values)?.contains_cidr(other).into())
}
