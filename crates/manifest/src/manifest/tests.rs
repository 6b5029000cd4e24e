use super::*;
use crate::What;

/// Documents as JSON, or the problem, one a line.
fn check(bytes: &[u8], expected: &str) {
    let manifest = Manifest::new("a.yaml", bytes.to_vec(), Limits::default());
    let mut shown: Vec<_> = manifest.problems().iter().map(ToString::to_string).collect();
    for part in manifest.parts() {
        shown.push(match manifest.read(part) {
            Ok(document) => format!("{:?} {:?}", document.what(), document.tree),
            Err(problem) => problem.to_string(),
        });
    }
    assert_eq!(shown.join("\n"), expected, "{}", String::from_utf8_lossy(bytes));
}

#[test]
fn json_documents() {
    check(
        b"{\"kind\":\"Pod\",\"apiVersion\":\"v1\"} {\"a\":[1]}",
        "Object {\"kind\": \"Pod\", \"apiVersion\": \"v1\"}\nOther {\"a\": [1]}",
    );
    check(b"{\"a\": \"\xFF\"}", "Other {\"a\": \"\u{FFFD}\"}");
}

#[test]
fn large_lists_come_item_by_item() {
    let filler = "x".repeat(300_000);
    let text = format!(
        r#"{{"kind":"PodList","apiVersion":"v1","items":[{{"a":1}}, {{"b":"{filler}"}}],"metadata":{{}}}}"#
    );
    let manifest = Manifest::new("-", text.into_bytes(), Limits::default());
    let read: Vec<_> = manifest.parts().iter().map(|part| manifest.read(part).unwrap()).collect();
    assert_eq!(read.len(), 2);
    let item = read[1].item.as_ref().unwrap();
    assert_eq!((item.idx, &*item.list.kind, &*item.list.api_version), (1, "PodList", "v1"));
    assert_eq!(read[1].what(), What::Object);
    assert_eq!(read[1].ordinal, 0);
}

#[test]
fn large_lists_in_yaml_come_item_by_item() {
    let filler = "x".repeat(300_000);
    let text = format!(
        "apiVersion: v1\nitems:\n- a: 1\n- b: \"\n- c: 1\n- d: {filler}\n- - e\nkind: PodList\n"
    );
    let manifest = Manifest::new("-", text.into_bytes(), Limits::default());
    let read = manifest.parts().iter().map(|part| match manifest.read(part) {
        Ok(document) => {
            let item = document.item.as_ref().unwrap();
            let text = format!("{:?}", document.tree).replace(&filler, "…");
            format!("{} {text}", item.idx)
        }
        Err(problem) => problem.to_string(),
    });
    let read: Vec<_> = read.collect();
    let expected = [
        "0 {\"a\": 1}",
        "-:4:6: found unexpected end of stream",
        "2 {\"c\": 1}",
        "3 {\"d\": \"…\"}",
        "4 [\"e\"]",
    ];
    assert_eq!(read, expected);
}
