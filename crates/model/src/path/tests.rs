use proptest::prelude::*;

use super::*;
use crate::testing::tree;

#[test]
fn paths_print_and_parse() {
    let path =
        FieldPath::root().keys("metadata.annotations").key("a.b/c").index(3).key("").key("x\"y\\z");
    let text = path.to_string();
    assert_eq!(text, r#"metadata.annotations["a.b/c"][3][""]["x\"y\\z"]"#);
    assert_eq!(FieldPath::parse(&text), Ok(path));
    for bad in ["a..b", ".a", "a[", "a[x]", "a[1", "a[\"b]", "a[1]b", "a]"] {
        FieldPath::parse(bad).expect_err(bad);
    }
}

#[test]
fn the_nearest_node_stands_for_a_missing_field() {
    let tree = tree(r#"{"spec": {"containers": [{"name": "a"}]}}"#);
    let at = |path: &str| {
        let place = locate(tree.root(), &FieldPath::parse(path).expect("a path"));
        (place.n_segments, place.position().column)
    };
    assert_eq!(at("spec.containers[0].name"), (4, 35));
    assert_eq!(at("spec.containers[0].securityContext.privileged"), (3, 26));
    assert_eq!(at("spec.containers[7]"), (2, 25));
    assert_eq!(at("status"), (0, 1));
}

#[test]
fn a_node_is_found_again() {
    let tree = tree(r#"{"spec": {"containers": [{"name": "a"}, {"name": "b"}]}}"#);
    let text = "spec.containers[1].name";
    let place = locate(tree.root(), &FieldPath::parse(text).expect("a path"));
    let path = FieldPath::of(tree.root(), place.node.id()).expect("the node is there");
    assert_eq!(path.to_string(), text);
}

fn segment() -> impl Strategy<Value = Segment<'static>> {
    prop_oneof![
        any::<u32>().prop_map(Segment::Index),
        "[a-z]{1,3}".prop_map(|key| Segment::Key(key.into())),
        any::<String>().prop_map(|key| Segment::Key(key.into())),
    ]
}

proptest! {
    #[test]
    fn parse_undoes_print(segments in prop::collection::vec(segment(), 0..6)) {
        let path = FieldPath { segments };
        let text = path.to_string();
        prop_assert_eq!(FieldPath::parse(&text), Ok(path.clone()));
    }

    #[test]
    fn parse_never_panics(text in any::<String>()) {
        if let Ok(path) = FieldPath::parse(&text) {
            let printed = path.to_string();
            prop_assert_eq!(FieldPath::parse(&printed), Ok(path.clone()));
        }
    }
}
