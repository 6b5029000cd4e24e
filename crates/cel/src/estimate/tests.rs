//! Costs and estimates as the API server's own environment for Kubernetes 1.37 gives them, with
//! texts of up to 12 characters.

use crate::{
    Dialect, Env, Limits, MapBuilder, Plan, Session, Sizes, Type, Value, estimate,
    library::{Library, Range},
};

struct ShortTexts;

impl Sizes for ShortTexts {
    fn size(&self, _: &[Box<str>], type_: &Type) -> Option<Range> {
        matches!(type_, Type::String | Type::Bytes).then_some(Range { min: 0, max: 12 })
    }
}

/// Each row is an expression, its cost and its estimate.
fn check(rows: &[(&str, u64, &str)]) {
    let mut builder = Env::builder(Dialect::Kubernetes(37));
    for library in Library::kubernetes(37) {
        builder = builder.library(&library);
    }
    let texts = Type::map(Type::String, Type::String);
    let builder = builder.variable("s", Type::String).variable("m", texts);
    let env = builder.variable("l", Type::list(Type::String)).build();
    for (expression, cost, range) in rows {
        let program = env.compile(expression).expect("the test's expressions compile");
        let (plan, slot) = Plan::of(&program);
        let mut session = Session::new(&plan, Limits::KUBERNETES, None);
        session.bind("s", Value::str("hello"));
        session.bind("l", Value::list(vec![Value::str("a"), Value::str("b")]));
        let mut map = MapBuilder::new();
        map.insert(Value::str("k"), Value::str("v"));
        session.bind("m", map.finish());
        session.evaluate(slot).expect("the test's expressions have values");
        let Range { min, max } = estimate(&program, &ShortTexts);
        let found = (session.cost(), format!("{min}..{max}"));
        assert_eq!(found, (*cost, (*range).to_owned()), "{expression}");
    }
}

#[test]
fn macros_cost_what_their_loops_cost() {
    check(&[
        ("optional.of(1).optMap(x, x + x)", 8, "3..18"),
        ("optional.of(s).optMap(x, 1)", 4, "4..17"),
        ("optional.of(s).optMap(x, x.size() + x.size())", 12, "4..22"),
        ("optional.none().optMap(x, 1)", 3, "3..15"),
        ("optional.of(s).optFlatMap(x, optional.of(x))", 8, "4..18"),
        ("m.?k.optMap(x, x)", 8, "4..18"),
        ("m.?zz.optMap(x, x)", 3, "4..18"),
        ("l.exists(x, x == 'b')", 14, "2..18446744073709551615"),
        ("l.all(x, x == 'a')", 12, "2..18446744073709551615"),
        ("l.map(x, x + x)", 32, "12..18446744073709551615"),
        ("l.filter(x, x == 'a')", 19, "12..18446744073709551615"),
        ("l.exists_one(x, x == 'a')", 9, "3..18446744073709551615"),
        ("l.map(x, x == 'a', x)", 19, "12..18446744073709551615"),
        ("m.all(k, k == 'k')", 7, "2..18446744073709551615"),
        ("m.exists(k, m[k] == 'v')", 9, "2..18446744073709551615"),
        ("l.map(x, 1)", 6, "12..18446744073709551615"),
        ("l.map(x, [x])", 48, "12..18446744073709551615"),
        ("l.map(x, {'a': x})", 88, "12..18446744073709551615"),
        ("[1, 2, 3].map(x, x * 2)", 43, "63..63"),
        ("[s, s].map(x, x.size())", 41, "51..51"),
        ("l.sortBy(x, x.size())", 51, "35..18446744073709551615"),
        ("l.transformList(i, x, i)", 28, "12..18446744073709551615"),
        ("m.transformMapEntry(k, v, {v: k})", 36, "32..18446744073709551615"),
        ("l.all(i, x, i < 3)", 12, "2..18446744073709551615"),
        ("[1, 2].exists(i, v, v > i)", 11, "19..25"),
        ("l.existsOne(i, x, x == 'a')", 9, "3..18446744073709551615"),
        ("[s].exists(x, x.startsWith('h') && x.endsWith('o'))", 20, "16..20"),
        ("l.exists(x, l.exists(y, x == y))", 21, "2..18446744073709551615"),
        ("l.map(x, l.map(y, x + y))", 90, "12..18446744073709551615"),
        ("l.filter(x, x in l)", 36, "12..18446744073709551615"),
        ("m.map(k, m[k])", 16, "12..18446744073709551615"),
        ("[{'a': 1}, {'a': 2}].map(x, x.a)", 29, "109..109"),
        ("[{'a': 1}, {'a': 2}].filter(x, x.a > 1)", 20, "89..113"),
        ("[{'a': s}].all(x, has(x.a) && x.a.size() < 10)", 50, "45..50"),
        ("m.?k.optMap(x, x + s).orValue(s)", 10, "6..24"),
        ("m.?zz.optMap(x, x + s).orValue(s)", 4, "6..24"),
    ]);
}

#[test]
fn operators_and_functions() {
    check(&[
        ("m.?k.orValue('a')", 2, "3..3"),
        ("m.?zz.orValue('a')", 1, "3..3"),
        ("m.?zz.or(m.?k)", 3, "5..5"),
        ("m[?'k'].hasValue()", 3, "3..3"),
        ("m.?k.value()", 3, "3..3"),
        ("m.?k.hasValue()", 3, "3..3"),
        ("has(m.k) && m.k == 'v'", 4, "1..4"),
        ("'k' in m", 2, "2..2"),
        ("'a' in l", 3, "1..18446744073709551615"),
        ("s in ['a', 'hello']", 1, "13..13"),
        ("1 in [1, 2, 3]", 0, "13..13"),
        ("s.contains('ell')", 2, "1..3"),
        ("s.startsWith('he')", 2, "2..2"),
        ("s.matches('^h')", 2, "2..3"),
        ("s == 'hello'", 2, "2..2"),
        ("s != 'hello'", 2, "2..2"),
        ("s < 'world'", 2, "2..2"),
        ("s + s", 3, "2..5"),
        ("s.size() > 3 ? 'a' : s", 3, "3..4"),
        ("(s.size() > 3 ? l : [s]).size()", 4, "5..15"),
        ("s.size() > 3 || s == 'a'", 3, "3..5"),
        ("s.size() > 30 || s == 'a'", 5, "3..5"),
        ("dyn(s)", 2, "2..2"),
        ("l[0]", 2, "2..2"),
        ("m['k']", 2, "2..2"),
        ("m.k", 2, "2..2"),
        ("[l, l][1][0]", 15, "14..14"),
        ("{'a': s}.a", 33, "32..32"),
        ("{'a': s}['a']", 33, "32..32"),
        ("type(s)", 2, "2..2"),
        ("type(s) == string", 3, "4..1844674407370955267"),
        ("duration('1h') + duration('1m')", 1, "3..3"),
        ("timestamp('2020-01-01T00:00:00Z').getHours()", 1, "2..2"),
        ("timestamp('2020-01-01T00:00:00Z').getHours('America/New_York')", 1, "2..2"),
        ("timestamp('2020-01-01T00:00:00Z') - timestamp('2019-01-01T00:00:00Z')", 1, "3..3"),
        ("int(s.size()) + 1", 4, "4..4"),
        ("-s.size()", 3, "3..3"),
        ("!(s == 'a')", 3, "3..3"),
        ("s.split('l')", 2, "1..4"),
        ("s.split('l', 1).join('-')", 3, "1..6"),
        ("s.replace('l', 'LL')", 2, "1..4"),
        ("s.lowerAscii() + s.upperAscii()", 5, "2..9"),
        ("s.substring(1, 3)", 2, "1..3"),
        ("s.trim()", 2, "1..3"),
        ("s.charAt(1)", 2, "2..2"),
        ("s.indexOf('l')", 1, "1..3"),
        ("s.lastIndexOf('l')", 1, "1..3"),
        ("l.join(',')", 2, "1..1844674407370955265"),
        ("l.isSorted()", 1, "1..18446744073709551615"),
        ("l.max()", 1, "1..18446744073709551615"),
        ("l.indexOf('b')", 1, "1..18446744073709551615"),
        ("s.find('l+')", 2, "2..3"),
        ("s.findAll('l')", 2, "2..3"),
        ("quantity('1Gi').isGreaterThan(quantity('1M'))", 3, "3..3"),
        ("quantity('1Gi') == quantity('1M')", 3, "3..3"),
        ("quantity('1Gi') != quantity('1M')", 3, "3..1844674407370955266"),
        ("ip('1.2.3.4') == ip('1.2.3.5')", 3, "3..3"),
        ("ip('1.2.3.4') != ip('1.2.3.5')", 3, "3..1844674407370955266"),
        ("ip('::1') != ip('1.2.3.5')", 3, "3..1844674407370955266"),
        ("cidr('10.0.0.0/8').containsIP('10.1.2.3')", 3, "3..6"),
    ]);
}

#[test]
fn functions_of_libraries() {
    check(&[
        ("cidr('10.0.0.0/8').containsIP(ip('10.1.2.3'))", 3, "3..6"),
        ("cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16')", 6, "6..10"),
        ("cidr('10.0.0.0/8').ip()", 2, "2..2"),
        ("url('https://a/b') == url('https://a/b')", 5, "5..6"),
        ("url('https://a/b').getHost()", 3, "3..3"),
        ("format.dns1123Label().validate(s)", 10, "2..66"),
        ("format.named('dns1123Label').value().validate(s)", 11, "3..67"),
        ("format.dns1123Label() == format.dns1123Label()", 3, "3..9"),
        ("semver('1.2.3').compareTo(semver('1.2.4'))", 3, "3..3"),
        ("isSemver(s)", 2, "1..3"),
        ("sets.contains(l, ['a'])", 4, "12..18446744073709551615"),
        ("sets.intersects(l, l)", 7, "3..18446744073709551615"),
        ("sets.equivalent(l, l)", 11, "3..18446744073709551615"),
        ("l.distinct()", 20, "12..18446744073709551615"),
        ("l.sort()", 20, "12..18446744073709551615"),
        ("l.reverse()", 14, "12..18446744073709551615"),
        ("l.slice(0, 1)", 13, "13..13"),
        ("l.first()", 2, "2..2"),
        ("[l, l].flatten()", 25, "25..25"),
        ("[[[s]]].flatten(2)", 44, "44..44"),
        ("lists.range(3)", 14, "14..14"),
        ("l.includes('a')", 1, "1..18446744073709551615"),
        ("s.includes('hello')", 1, "1..13"),
        ("'%s'.format([s])", 12, "12..12"),
        ("strings.quote(s)", 2, "1..3"),
        ("bytes(s)", 2, "1..3"),
        ("string(bytes(s))", 3, "1..8"),
        ("bytes(s).size()", 3, "2..4"),
        ("b'abc' + bytes(s)", 3, "2..9"),
        ("l + l", 3, "3..3"),
        ("(l + l).size()", 4, "4..4"),
        ("[1] + [2]", 1, "21..21"),
        ("{'a': {'b': {'c': s}}}.a.b.c", 95, "94..94"),
        ("dyn({'a': {'b': s}}).a.b", 65, "62..62"),
        ("has({'a': s}.a)", 32, "31..31"),
        ("has(m.zz)", 1, "1..1"),
        ("[1, 2, 3].sum() == 6", 4, "14..14"),
        ("[duration('1s')].sum()", 1, "12..12"),
        ("s.matches(s + '*')", 5, "4..12"),
        ("1 + 2 * 3 - 4 / 2 % 3", 5, "5..5"),
        ("1 < 2 && 2 < 3 && 3 < 4", 3, "1..3"),
        ("true ? 1 : 2", 0, "0..0"),
        ("s == 'x' ? 1 : s == 'y' ? 2 : 3", 4, "2..4"),
        ("(s == 'x' ? l : l)[0]", 3, "4..4"),
        ("(s == 'hello' ? m : m).k", 3, "4..4"),
        ("l == l", 3, "3..1844674407370955266"),
        ("m == m", 3, "3..1844674407370955266"),
        ("[1, 2] == [1, 2]", 1, "21..21"),
        ("{'a': 1} == {'a': 1}", 1, "61..61"),
        ("l.size() == 2 && l[0] == 'a' && l[1] == 'b'", 9, "3..9"),
        ("null == null", 1, "1..1"),
        ("1.5 == 1.5", 1, "1..1"),
        ("1u < 2u", 1, "1..1"),
        ("1 < 1.5", 1, "1..1"),
        ("optional.of(1).orValue(1/0)", 1, "3..3"),
        ("optional.of(1).or(optional.of(1/0)).value()", 2, "5..5"),
        ("[?optional.none(), ?optional.of(1)]", 12, "12..12"),
        ("{?'a': optional.none(), 'b': 1}", 31, "31..31"),
        ("l[?5].orValue(s)", 2, "4..4"),
        ("l[?0]", 2, "2..2"),
        ("m.?k.hasValue() ? m.k : s", 4, "4..5"),
    ]);
}
