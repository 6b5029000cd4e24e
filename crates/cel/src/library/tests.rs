//! The functions of the libraries as expressions see them. What is expected is what the API
//! server's own environment for Kubernetes 1.37 answers.

use crate::{Dialect, Env, Limits, Plan, Session, Value, library::Library};

/// Each row is an expression and its value; `refused` where it must not compile, `error` where its
/// evaluation must fail.
fn check(rows: &[(&str, &str)]) {
    let mut builder = Env::builder(Dialect::Kubernetes(37));
    for library in Library::kubernetes(37) {
        builder = builder.library(&library);
    }
    let env = builder.build();
    for (expression, expected) in rows {
        assert_eq!(answer(&env, expression), *expected, "{expression}");
    }
}

fn answer(env: &Env, expression: &str) -> String {
    let Ok(program) = env.compile(expression) else { return "refused".to_owned() };
    let (plan, slot) = Plan::of(&program);
    let mut session = Session::new(&plan, Limits::KUBERNETES, None);
    session.evaluate(slot).map_or_else(|_| "error".to_owned(), |value| show(&value))
}

fn show(value: &Value<'_>) -> String {
    let joined = |parts: Vec<String>| parts.join(",");
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Uint(value) => format!("{value}u"),
        Value::Double(value) => format!("{value:?}"),
        Value::String(text) => super::strings::go_quoted(text),
        Value::Bytes(bytes) => format!("b{bytes:?}"),
        Value::Duration(duration) => super::duration::print(*duration),
        Value::Timestamp(moment) => super::timestamp::print(*moment),
        Value::List(list) => format!("[{}]", joined(list.iter().map(|item| show(&item)).collect())),
        Value::Map(map) => {
            let entry =
                |(key, value): &(Value<'_>, Value<'_>)| format!("{}:{}", show(key), show(value));
            format!("{{{}}}", joined(map.entries().iter().map(entry).collect()))
        }
        Value::Optional(Some(value)) => format!("some({})", show(value)),
        Value::Optional(None) => "none".to_owned(),
        Value::Type(type_) => format!("type {type_}"),
        Value::Opaque(opaque) => opaque.type_of().to_string(),
        Value::Unknown(path) => format!("unknown {path}"),
    }
}

#[test]
fn strings_count_characters() {
    check(&[
        ("'héllo'.charAt(1)", r#""é""#),
        ("'abc'.charAt(3)", r#""""#),
        ("'abc'.charAt(4)", "error"),
        ("'aXbXc'.indexOf('X', 2)", "3"),
        ("'héllo'.lastIndexOf('l')", "3"),
        ("'aaa'.lastIndexOf('a', 1)", "1"),
        ("'abc'.indexOf('')", "0"),
        ("'abc'.lastIndexOf('', 9)", "3"),
        ("'abc'.indexOf('c', -1)", "error"),
        ("'日本語'.substring(1, 2)", r#""本""#),
        ("'abc'.substring(2, 1)", "error"),
        ("'abc'.substring(4)", "error"),
        (r#"' \tx\u00a0'.trim()"#, r#""x""#),
        ("'aXbXc'.replace('X', '-', 1)", r#""a-bXc""#),
        ("'ab'.replace('', '.')", r#"".a.b.""#),
        ("'a,b,,c'.split(',')", r#"["a","b","","c"]"#),
        ("'a,b,c'.split(',', 2)", r#"["a","b,c"]"#),
        ("'é!'.split('')", r#"["é","!"]"#),
        ("'abc'.split('', 2)", r#"["a","bc"]"#),
        ("'x'.split('x', 0)", "[]"),
        ("['a', 'b'].join('-')", r#""a-b""#),
        ("[dyn('a'), dyn(1)].join()", "error"),
        ("'AbÉ'.lowerAscii()", r#""abÉ""#),
        (r#"strings.quote('a"\n\u00e9')"#, r#""\"a\\\"\\né\"""#),
    ]);
}

#[test]
fn format_writes_as_an_american_reads() {
    check(&[
        ("'%d %x %X %o %b'.format([-5, 255, 'hi', 8u, true])", r#""-5 ff 6869 10 1""#),
        ("'%f'.format([1234567.891])", r#""1,234,567.891000""#),
        ("'%.2f'.format([-0.0])", r#""0.00""#),
        ("'%e'.format([1052.032911275])", r#""1.052033×10⁰³""#),
        ("'%.12e'.format(['-Infinity'])", r#""          -∞""#),
        (
            r#"'%s'.format([['a"b', b'x', 1, 2u, 1.5, true, null, duration('1h'), type(1)]])"#,
            r#""[\"a\\\"b\", b\"x\", 1, 2, 1.500000, true, null, duration(\"3600s\"), int]""#,
        ),
        ("'%s'.format([{'b': 1, 'a': [1e6]}])", r#""{\"a\":[1000000.000000], \"b\":1}""#),
        ("'%s %%'.format([1e6])", r#""1e+06 %""#),
        ("'%s'.format([double('Infinity')])", r#""+Inf""#),
        ("'%d'.format([dyn('x')])", "error"),
        ("'%d'.format(['x'])", "refused"),
        ("'%s'.format([])", "refused"),
        ("'%s'.format([1, 2])", "refused"),
        ("'%.'.format([1])", "refused"),
        ("'%z'.format([1])", "refused"),
        ("'%s'.format([optional.of(1)])", "refused"),
    ]);
}

#[test]
fn lists() {
    check(&[
        ("[3, 1, 2].sort()", "[1,2,3]"),
        ("['b', 'a'].sortBy(x, x)", r#"["a","b"]"#),
        ("[dyn(1), dyn('a')].sort()", "error"),
        ("[1, 2, 1].distinct()", "[1,2]"),
        ("[[1], [2]].flatten()", "[1,2]"),
        ("[[[1]], [2]].flatten(2)", "refused"),
        ("[1].flatten(-1)", "error"),
        ("[1, 2, 3].slice(1, 3)", "[2,3]"),
        ("[1].slice(0, 2)", "error"),
        ("lists.range(3)", "[0,1,2]"),
        ("lists.range(-1)", "error"),
        ("[1, 2].reverse()", "[2,1]"),
        ("[1, 2].first()", "some(1)"),
        ("[].last()", "none"),
        ("[optional.of(1), optional.none()].unwrapOpt()", "[1]"),
        ("[1, 2, 3].sum()", "6"),
        ("[].sum()", "0"),
        ("[9223372036854775807, 1].sum()", "error"),
        ("[duration('1s'), duration('1m')].sum()", "61s"),
        ("[1, 3, 2].isSorted()", "false"),
        ("[dyn(1), dyn('a')].isSorted()", "true"),
        ("['b', 'a'].min()", r#""a""#),
        ("[].max()", "error"),
        ("[1, 2, 1].lastIndexOf(1)", "2"),
        ("[1].indexOf(2)", "-1"),
        ("[1, 2].includes(2)", "true"),
        ("'a'.includes('a')", "true"),
    ]);
}

#[test]
fn sets() {
    check(&[
        ("sets.contains([1, 2], [2, 2])", "true"),
        ("sets.equivalent([1], [1, 1])", "true"),
        ("sets.intersects([1], [2])", "false"),
        ("sets.intersects([], [])", "false"),
    ]);
}

#[test]
fn optionals() {
    check(&[
        ("optional.ofNonZeroValue('')", "none"),
        ("optional.ofNonZeroValue(timestamp(0))", "some(1970-01-01T00:00:00Z)"),
        ("optional.none().value()", "error"),
        ("optional.of(1).or(optional.of(1 / 0))", "some(1)"),
        ("optional.of(1).orValue(1 / 0)", "1"),
        ("{'a': 1}.?b.orValue(2)", "2"),
        ("[1][?1]", "none"),
        ("optional.of(2).optMap(x, x * 2)", "some(4)"),
        ("[?optional.none(), 1]", "[1]"),
    ]);
}

#[test]
fn conversions_follow_go() {
    check(&[
        ("int('-5')", "-5"),
        ("int('0x5')", "error"),
        ("uint('+5')", "error"),
        ("int(-9223372036854775808.0)", "error"),
        ("uint(18446744073709551615.0)", "error"),
        ("double('1_0.5')", "10.5"),
        ("double('0x1p-2')", "0.25"),
        ("double('+nan')", "error"),
        ("string(1e6)", r#""1e+06""#),
        ("string(123456.0)", r#""123456""#),
        ("string(-0.00001)", r#""-1e-05""#),
        ("bool('T')", "true"),
        ("bool('tRUE')", "error"),
        (r#"string(b'\xff')"#, "error"),
        ("string(duration('1h1ms'))", r#""3600.001s""#),
        ("duration('1h-1m')", "refused"),
        ("timestamp('2021-02-29T00:00:00Z')", "refused"),
        ("timestamp(253402300800)", "refused"),
        ("int(duration('1us'))", "1000"),
        ("type(duration('1s')) == type(1)", "false"),
    ]);
}

#[test]
fn accessors_know_time_zones() {
    check(&[
        ("timestamp('2020-03-01T00:30:00Z').getDayOfYear()", "60"),
        ("timestamp('2020-01-01T00:30:00Z').getFullYear('-01:00')", "2019"),
        ("timestamp('2020-07-01T00:00:00Z').getHours('America/St_Johns')", "21"),
        ("timestamp('2020-07-01T00:00:00Z').getMinutes('05:30')", "30"),
        ("timestamp('2020-07-05T00:00:00Z').getDayOfWeek()", "0"),
        ("timestamp('2020-07-05T00:00:00Z').getDate('Nowhere')", "error"),
        ("timestamp('1969-12-31T23:59:59.5Z').getMilliseconds()", "500"),
        ("duration('-90m').getHours()", "-1"),
        ("duration('1.5s').getMilliseconds()", "1500"),
    ]);
}

#[test]
fn urls() {
    check(&[
        (
            "url('https://u:p@example.com:80/a%2Fb?x=1&x=2&y#f').getQuery()",
            r#"{"x":["1","2"],"y":[""]}"#,
        ),
        ("url('https://[::1%25en0]:8080/').getHostname()", r#""::1%en0""#),
        ("url('https://example.com:80/a b').getEscapedPath()", r#""/a%20b""#),
        ("url('mailto:x@y').getScheme()", r#""mailto""#),
        ("url('https://a:b/')", "error"),
        ("isURL('../a')", "false"),
        ("url('https://a/') == url('HTTPS://a/')", "true"),
    ]);
}

#[test]
fn quantities() {
    check(&[
        ("quantity('1.5Gi').asInteger()", "error"),
        ("quantity('1500m').compareTo(quantity('1.5'))", "0"),
        ("quantity('1.0').isInteger()", "false"),
        ("quantity('9223372036854775807').add(1).isInteger()", "false"),
        ("quantity('50k').add(20).sub(quantity('100k')).asApproximateFloat()", "-49980.0"),
        ("quantity('1kk')", "error"),
        ("isQuantity('1e3')", "true"),
        ("sign(quantity('-1m'))", "-1"),
        ("quantity('1').sign()", "refused"),
        ("quantity('16Ei') == quantity('9223372036854775807')", "true"),
    ]);
}

#[test]
fn addresses_and_networks() {
    check(&[
        ("string(ip('2001:DB8::1'))", r#""2001:db8::1""#),
        ("ip('::ffff:1.2.3.4')", "error"),
        ("ip.isCanonical('2001:db8:0::1')", "false"),
        ("ip('239.1.1.1').isGlobalUnicast()", "false"),
        ("string(cidr('10.1.2.3/8').masked())", r#""10.0.0.0/8""#),
        ("cidr('10.0.0.0/8').containsIP('10.255.0.1')", "true"),
        ("cidr('10.0.0.0/8').containsCIDR('10.0.0.0/7')", "false"),
        ("cidr('::1/128').prefixLength()", "128"),
        ("isCIDR('10.0.0.0/08')", "false"),
        ("type(ip('::1')) == net.IP", "true"),
    ]);
}

#[test]
fn semantic_versions() {
    check(&[
        ("semver('1.2.3-rc.1').compareTo(semver('1.2.3'))", "-1"),
        ("semver('v1.2', true).patch()", "0"),
        ("isSemver('01.2.3')", "false"),
        ("semver('1.2.3+a') == semver('1.2.3+b')", "true"),
    ]);
}

#[test]
fn named_formats() {
    check(&[
        ("format.dns1123Label().validate('a.b')", r#"some(["must not contain dots"])"#),
        ("format.dns1035Label().validate('a1')", "none"),
        ("format.qualifiedName().validate('/a')", r#"some(["prefix part must be non-empty"])"#),
        ("format.uri().validate('a')", r#"some(["parse \"a\": invalid URI for request"])"#),
        ("format.uuid().validate('x')", r#"some(["does not match the UUID format"])"#),
        ("format.byte().validate('aGk')", r#"some(["invalid base64"])"#),
        ("format.date().validate('2020-1-2')", r#"some(["invalid date"])"#),
        ("format.datetime().validate('2020-01-02t03:04:05z')", "none"),
        ("format.named('nope')", "none"),
    ]);
}

#[test]
fn regular_expressions() {
    check(&[
        ("'ab12c3'.findAll('[0-9]+')", r#"["12","3"]"#),
        ("'ab12c3'.findAll('[0-9]', 2)", r#"["1","2"]"#),
        ("'abc'.find('x')", r#""""#),
        (r#"'\u0663'.matches('^\\d$')"#, "false"),
        ("'a'.matches('(')", "refused"),
    ]);
}
