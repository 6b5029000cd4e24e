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
