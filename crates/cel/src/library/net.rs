//! IP addresses and networks, as values; both the network extension and Kubernetes build on them.

use std::net::IpAddr;

use crate::{EvalError, Type, Value, value::Opaque};

pub(crate) const IP: Type = Type::Opaque("net.IP");
pub(crate) const CIDR: Type = Type::Opaque("net.CIDR");

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Ip(pub(crate) IpAddr);

/// An address with a prefix length; bits behind the prefix are kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Cidr {
    pub(crate) address: IpAddr,
    pub(crate) prefix_length: u8,
}

impl Opaque for Ip {
    fn type_of(&self) -> Type {
        IP
    }

    fn equals(&self, other: &dyn Opaque) -> bool {
        other.downcast::<Self>() == Some(self)
    }

    fn size(&self) -> Option<u64> {
        Some(if self.0.is_ipv4() { 4 } else { 16 })
    }
}

impl Opaque for Cidr {
    fn type_of(&self) -> Type {
        CIDR
    }

    fn equals(&self, other: &dyn Opaque) -> bool {
        other.downcast::<Self>() == Some(self)
    }

    fn size(&self) -> Option<u64> {
        Some(u64::from(self.prefix_length.div_ceil(8)))
    }
}

/// Neither zones nor IPv4 addresses in IPv6 clothes.
pub(crate) fn parse_ip(text: &str) -> Result<IpAddr, EvalError> {
    if let Some((address, zone)) = text.split_once('%')
        && !zone.is_empty()
        && address.parse::<std::net::Ipv6Addr>().is_ok()
    {
        let message = format!("IP address {text:?} with zone value is not allowed");
        return Err(EvalError::invalid(message));
    }
    let address: IpAddr = text.parse().map_err(|error| {
        let message =
            format!("IP Address {text:?} parse error during conversion from string: {error}");
        EvalError::invalid(message)
    })?;
    refuse_mapped(address, text)?;
    Ok(address)
}

fn refuse_mapped(address: IpAddr, text: &str) -> Result<(), EvalError> {
    match address {
        IpAddr::V6(address) if address.to_ipv4_mapped().is_some() => {
            Err(EvalError::invalid(format!("IPv4-mapped IPv6 address {text:?} is not allowed")))
        }
        _ => Ok(()),
    }
}

pub(crate) fn parse_cidr(text: &str) -> Result<Cidr, EvalError> {
    let bad = |why: &str| {
        EvalError::invalid(format!(
            "network address parse error during conversion from string: {text:?}: {why}"
        ))
    };
    let (address, bits) = text.rsplit_once('/').ok_or_else(|| bad("no '/'"))?;
    let address: IpAddr = address.parse().map_err(|_not_an_address| {
        bad(if address.contains('%') {
            "IPv6 zones cannot be present in a prefix"
        } else {
            "unable to parse IP"
        })
    })?;
    let is_number = !bits.is_empty()
        && bits.bytes().all(|byte| byte.is_ascii_digit())
        && (bits.len() == 1 || !bits.starts_with('0'));
    let max = if address.is_ipv4() { 32 } else { 128 };
    let prefix_length = bits.parse().ok().filter(|bits| is_number && *bits <= max);
    let prefix_length = prefix_length.ok_or_else(|| bad("prefix length out of range"))?;
    refuse_mapped(address, text)?;
    Ok(Cidr { address, prefix_length })
}

impl Cidr {
    pub(crate) fn masked(self) -> Self {
        let address = match self.address {
            IpAddr::V4(address) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.prefix_length)).unwrap_or(0);
                IpAddr::V4((address.to_bits() & mask).into())
            }
            IpAddr::V6(address) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.prefix_length)).unwrap_or(0);
                IpAddr::V6((address.to_bits() & mask).into())
            }
        };
        Self { address, ..self }
    }

    pub(crate) fn contains(self, address: IpAddr) -> bool {
        let as_wide = Self { address, ..self };
        address.is_ipv4() == self.address.is_ipv4()
            && as_wide.masked().address == self.masked().address
    }

    pub(crate) fn contains_cidr(self, other: Self) -> bool {
        self.prefix_length <= other.prefix_length && self.contains(other.address)
    }

    pub(crate) fn print(self) -> String {
        format!("{}/{}", self.address, self.prefix_length)
    }
}

impl Ip {
    pub(crate) fn is_link_local_multicast(self) -> bool {
        match self.0 {
            IpAddr::V4(address) => address.octets()[..3] == [224, 0, 0],
            IpAddr::V6(address) => address.segments()[0] & 0xff0f == 0xff02,
        }
    }

    pub(crate) fn is_link_local_unicast(self) -> bool {
        match self.0 {
            IpAddr::V4(address) => address.is_link_local(),
            IpAddr::V6(address) => address.is_unicast_link_local(),
        }
    }

    pub(crate) fn is_global_unicast(self) -> bool {
        let is_broadcast = matches!(self.0, IpAddr::V4(address) if address.is_broadcast());
        !self.0.is_unspecified()
            && !is_broadcast
            && !self.0.is_loopback()
            && !self.0.is_multicast()
            && !self.is_link_local_unicast()
    }

    pub(crate) fn family(self) -> Value<'static> {
        Value::Int(if self.0.is_ipv4() { 4 } else { 6 })
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prop_assert, prop_assert_eq, proptest};

    use super::{Cidr, Ip, IpAddr, parse_cidr, parse_ip};

    fn check_ip(text: &str, expected: &str) {
        let printed = parse_ip(text).map(|address| address.to_string());
        assert_eq!(printed.unwrap_or_else(|_| "error".to_owned()), expected, "{text}");
    }

    #[test]
    fn addresses_read_as_go_reads_them() {
        check_ip("192.168.0.1", "192.168.0.1");
        check_ip("2001:DB8::ABCD", "2001:db8::abcd");
        check_ip("::102:304", "::102:304");
        check_ip("64:ff9b::1.2.3.4", "64:ff9b::102:304");
        check_ip("1:0:0:2:0:0:0:3", "1:0:0:2::3");
        for bad in ["", "192.168.0.01", "1.2.3", "::ffff:1.2.3.4", "fe80::1%eth0", "1.2.3.4%a"] {
            check_ip(bad, "error");
        }
        for bad in ["1:2:3:4:5:6:7:8::", "12345::", "256.0.0.1", "[::1]", "1.2.3.4/24"] {
            check_ip(bad, "error");
        }
    }

    fn check_cidr(text: &str, expected: &str) {
        let printed = parse_cidr(text).map(Cidr::print);
        assert_eq!(printed.unwrap_or_else(|_| "error".to_owned()), expected, "{text}");
    }

    #[test]
    fn networks_read_as_go_reads_them() {
        check_cidr("192.168.0.1/24", "192.168.0.1/24");
        check_cidr("::1/128", "::1/128");
        check_cidr("0.0.0.0/0", "0.0.0.0/0");
        for bad in ["1.2.3.4", "1.2.3.4/33", "1.2.3.4/024", "1.2.3.4/+2", "1.2.3.4/", "::1/129"] {
            check_cidr(bad, "error");
        }
        check_cidr("::ffff:1.2.3.4/96", "error");
    }

    #[test]
    fn kinds_of_addresses() {
        let ip = |text| Ip(parse_ip(text).expect("the test's address is right"));
        assert!(ip("224.0.0.1").is_link_local_multicast());
        assert!(!ip("224.0.1.1").is_link_local_multicast());
        assert!(ip("ff12::1").is_link_local_multicast());
        assert!(ip("fe80::1").is_link_local_unicast());
        assert!(ip("2001:db8::abcd").is_global_unicast());
        assert!(ip("192.168.0.1").is_global_unicast());
        assert!(!ip("255.255.255.255").is_global_unicast());
        assert!(!ip("ff00::1").is_global_unicast());
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[0-9a-f:./%]{0,30}") {
            drop((parse_ip(&text), parse_cidr(&text)));
        }

        #[test]
        fn a_network_contains_its_own_address(address: [u8; 16], prefix_length in 0_u8..=128) {
            let cidr = Cidr { address: IpAddr::from(address), prefix_length };
            prop_assert!(cidr.contains(cidr.address));
            prop_assert!(cidr.contains_cidr(cidr.masked()));
            prop_assert_eq!(cidr.masked().masked(), cidr.masked());
        }
    }
}
