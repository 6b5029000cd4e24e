use std::sync::Arc;

use kordon_finding::{Edit, EditValue, Fix, Safety};
use kordon_manifest::{Limits, Manifest};
use kordon_model::{Object, Tree};
use serde_json::json;

use super::changes;

fn read(text: &str) -> Arc<Tree> {
    let manifest = Manifest::new("a.yaml", text.as_bytes().to_vec(), Limits::default());
    Arc::new(manifest.read(&manifest.parts()[0]).unwrap().tree)
}

fn mended(text: &str, edits: Vec<Edit>) -> Option<String> {
    let tree = read(text);
    let object = Object::new(tree.root(), "v1", "Pod");
    let fix = Fix { safety: Safety::Safe, edits };
    let mut mended = text.to_owned();
    for change in changes(object, &fix)?.iter().rev() {
        let range = change.span.start as usize..change.span.end as usize;
        mended.replace_range(range, &change.text);
    }
    // Whatever is written must be read again.
    read(&mended);
    Some(mended)
}

fn set(path: &str, value: serde_json::Value) -> Edit {
    Edit { path: path.into(), value: EditValue::Set(value) }
}

fn append(path: &str, value: &str) -> Edit {
    Edit { path: path.into(), value: EditValue::Append(json!(value)) }
}

fn remove(path: &str) -> Edit {
    Edit { path: path.into(), value: EditValue::Remove }
}

#[test]
fn values_are_replaced() {
    let text = "a:\n  b: yes # why\n  c: {d: 1}\n";
    let edits = vec![set("a.b", json!(false)), set("a.c.d", json!("x y"))];
    insta::assert_snapshot!(mended(text, edits).unwrap(), @r#"
    a:
      b: false # why
      c: {d: "x y"}
    "#);
}

#[test]
fn keys_are_added_together() {
    let text = "l:\n- n: 1\n  m: {x: 1}\n  e: {}\n";
    let edits = vec![
        set("l[0].s.a", json!(true)),
        set("l[0].s.t.b", json!(["ALL"])),
        set("l[0].m.y", json!("z")),
        set("l[0].e.k", json!(1)),
    ];
    insta::assert_snapshot!(mended(text, edits).unwrap(), @r#"
    l:
    - s:
        a: true
        t:
          b: ["ALL"]
      n: 1
      m: {"y":"z", x: 1}
      e: {"k":1}
    "#);
    let json = r#"{"a": {"b": 1}}"#;
    insta::assert_snapshot!(mended(json, vec![set("a.c.d", json!(2))]).unwrap(), @r#"{"a": {"c":{"d":2}, "b": 1}}"#);
    insta::assert_snapshot!(mended("a:\nb: 1\n", vec![set("a.c", json!(2))]).unwrap(), @r#"
    a: {"c":2}
    b: 1
    "#);
}

#[test]
fn items_are_added() {
    let text = "a:\n  - x\nb: [y]\nc: []\n";
    let edits = vec![append("a", "ALL"), append("b", "ALL"), append("c", "k"), append("d.e", "f")];
    insta::assert_snapshot!(mended(text, edits).unwrap(), @r#"
    d:
      e: ["f"]
    a:
      - ALL
      - x
    b: ["ALL", y]
    c: ["k"]
    "#);
}

#[test]
fn keys_and_items_are_removed() {
    let text = "a:\n  b: 1 # one\n  c: 2\nl:\n  - x\n  - y\nf: {g: 1, h: 2}\nz: [1]\n";
    let edits = vec![remove("a.b"), remove("l[1]"), remove("f.h"), remove("z[0]")];
    insta::assert_snapshot!(mended(text, edits).unwrap(), @"
    a:
      c: 2
    l:
      - x
    f: {g: 1}
    z: []
    ");
    assert_eq!(mended(text, vec![remove("nothing.here")]).as_deref(), Some(text));
    assert_eq!(mended("a:\n  b: 1\n", vec![remove("a.b")]), None);
}

#[test]
fn what_other_places_share_is_left_alone() {
    let text = "a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}\n";
    assert_eq!(mended(text, vec![set("c.b", json!(2))]), None);
    assert_eq!(mended(text, vec![set("a.b", json!(2))]), None);
    assert_eq!(mended("l: [&x {a: 1}, *x]\n", vec![set("l[1].a", json!(2))]), None);
    assert_eq!(mended(text, vec![set("d.b", json!(2))]), None);
}

/// Manifests as people write them.
const TEXTS: [&str; 5] = [
    "a:\n  l:\n  - n: x\n    s: {}\n  - n: y\n    s:\n      d: [p]\n  m:\n    k: v # why\n",
    "{a: {l: [{n: x, s: {d: []}}, {n: 'y'}], m: {k: null}}}\n",
    "a:\n    l:\n      - s:\n          d:\n            - p\n            - q\n        n: x\n      - n: y\n    m:\n",
    "{\n  \"a\": {\n    \"l\": [{\"n\": \"x\"}, {\"s\": {\"d\": [\"p\"]}}],\n    \"m\": {}\n  }\n}\n",
    "# first\na:\n\n  l: # of two\n  - # one\n    n: |\n      text\n      more\n  - n: >-\n      folded\n  m: {k: \"q\"}\nz: 1",
];

proptest::proptest! {
    #[test]
    fn what_was_set_is_read_again(
        text in proptest::sample::select(&TEXTS[..]),
        path in proptest::sample::select(&[
            "a.l[0].s.d", "a.l[0].n", "a.l[1].s.p", "a.l[1].s.q.r", "a.m.k", "a.m.new", "z", "b.c.d",
        ][..]),
        value in proptest::sample::select(vec![
            json!(true), json!(7), json!("plain"), json!("on"), json!("a: b # c"), json!(["ALL"]),
        ]),
    ) {
        if let Some(mended) = mended(text, vec![set(path, value.clone())]) {
            let tree = read(&mended);
            let path = kordon_model::FieldPath::parse(path).unwrap();
            let place = kordon_model::locate(tree.root(), &path);
            proptest::prop_assert_eq!(place.n_segments, path.segments().len(), "{}", mended);
            let there: serde_json::Value =
                serde_json::from_str(&place.node.to_string()).unwrap();
            proptest::prop_assert_eq!(there, value, "{}", mended);
        }
    }

    #[test]
    fn what_was_removed_is_gone(
        text in proptest::sample::select(&TEXTS[..]),
        path in proptest::sample::select(&["a.l[0].n", "a.l[1]", "a.m.k", "a.l[0].s.d[0]", "a.m"][..]),
    ) {
        let parsed = kordon_model::FieldPath::parse(path).unwrap();
        let n_segments = parsed.segments().len();
        let before = read(text);
        let was = kordon_model::locate(before.root(), &parsed);
        if let Some(mended) = mended(text, vec![remove(path)])
            && was.n_segments == n_segments
        {
            let tree = read(&mended);
            let place = kordon_model::locate(tree.root(), &parsed);
            let is_gone = place.n_segments < n_segments
                || format!("{:?}", place.node) != format!("{:?}", was.node);
            proptest::prop_assert!(is_gone, "{}", mended);
        }
    }
}
