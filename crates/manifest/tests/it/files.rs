//! Whole folders: nothing that is there is missed, and what cannot be read hides nothing else.

use std::fs;

use kordon_manifest::{KustomizePart, Limits, Reason, Selection, What, discover, read_all};

/// Writes the files, reads the folder, and shows each document or problem on a line.
fn check(files: &[(&str, &[u8])], limits: Limits, expected: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let found = discover(&[folder.path().to_owned()], &Selection::default()).unwrap();
    let outcomes = read_all(&found.inputs, limits, |reading| match reading.document {
        Ok(document) => {
            let at = document.tree.source().position(document.tree.root().span().start);
            let name = document.tree.root().at(&["metadata", "name"]);
            let name = name.and_then(|name| name.as_str()).unwrap_or("-");
            let item = document.item.as_ref().map(|item| format!("[{}]", item.idx));
            let (what, ordinal) = (document.what(), document.ordinal);
            let file = document.tree.source().name();
            let item = item.unwrap_or_default();
            format!("{file}:{}:{} #{ordinal}{item} {what:?} {name}", at.line, at.column)
        }
        Err(problem) => problem.to_string(),
    });
    let of_files = outcomes.iter().flat_map(|file| &file.problems).map(ToString::to_string);
    let of_parts = outcomes.iter().flat_map(|file| &file.parts).cloned();
    let prefix = format!("{}/", folder.path().display());
    let shown: Vec<_> = of_parts.chain(of_files).map(|text| text.replace(&prefix, "")).collect();
    assert_eq!(shown, expected);
}

fn pod(name: &str) -> String {
    format!("apiVersion: v1\nkind: Pod\nmetadata:\n  name: {name}\n")
}

#[test]
fn a_broken_document_hides_no_other() {
    let text = format!("{}---\na: [\n---\n# nothing\n---\n{}", pod("a"), pod("b"));
    let json = "{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}\n{\"kind\":\n{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"c\"}}";
    let utf16: Vec<u8> =
        format!("\u{feff}{}", pod("d")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let crlf = format!("\u{feff}{}---\n{}", pod("e"), pod("f")).replace('\n', "\r\n");
    check(
        &[
            ("a.yaml", text.as_bytes()),
            ("b.json", json.as_bytes()),
            ("c.yaml", &utf16),
            ("d.yml", crlf.as_bytes()),
        ],
        Limits::default(),
        &[
            "a.yaml:1:1 #0 Object a",
            "a.yaml:7:1: did not find expected node content",
            "a.yaml:9:1 #2 Empty -",
            "a.yaml:10:1 #3 Object b",
            "b.json:1:1 #0 Object -",
            "b.json:3:1: unexpected end of JSON input",
            "b.json:3:1 #2 Object c",
            "c.yaml:1:1 #0 Object d",
            "d.yml:1:1 #0 Object e",
            "d.yml:6:1 #1 Object f",
        ],
    );
}

#[test]
fn limits_are_told() {
    let limits =
        Limits { max_file_bytes: 400, max_documents: 3, max_depth: 4, max_alias_nodes: 20 };
    let many = "a: 1\n---\n".repeat(5);
    let aliases = "a: &a [1, 2, 3, 4, 5]\nb: &b [*a, *a]\nc: [*b, *b]\n";
    check(
        &[
            ("alias.yaml", aliases.as_bytes()),
            ("deep.json", b"[[[[[1]]]]]"),
            ("deep.yaml", b"a:\n  b:\n    c:\n      d:\n        e: 1\n---\na: 1\n"),
            ("deepalias.yaml", b"a: &a [[1]]\nb: [[*a]]\n"),
            ("large.yaml", " ".repeat(500).as_bytes()),
            ("many.yaml", many.as_bytes()),
        ],
        limits,
        &[
            "alias.yaml:3:5: aliases stand for more than 20 nodes",
            "deep.json:1:5: nested deeper than 4 levels",
            "deep.yaml:5:9: nested deeper than 4 levels",
            "deep.yaml:7:1 #1 Other -",
            "deepalias.yaml:2:6: nested deeper than 4 levels",
            "many.yaml:1:1 #0 Other -",
            "many.yaml:3:1 #1 Other -",
            "many.yaml:5:1 #2 Other -",
            "large.yaml: the file has 500 bytes, more than the limit of 400",
            "many.yaml:7:1: more than 3 documents in one file",
        ],
    );
}

#[test]
fn what_a_file_is_for() {
    let pod = pod("x");
    let templated = format!("{pod}  labels: {{{{ .Values.labels }}}}\n");
    check(
        &[
            ("chart/Chart.yaml", b"apiVersion: v2\nname: c\n"),
            ("chart/templates/a.yaml", pod.as_bytes()),
            ("chart/templates/b.yaml", format!("{pod}  labels: \"{{{{ .Values.l }}}}\"\n").as_bytes()),
            ("chart/values.yaml", b"image: x\n"),
            ("ci.yaml", b"jobs: {build: {steps: []}}\n"),
            ("k/kustomization.yaml", b"kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\npatches: [{path: p.yaml}]\n"),
            ("k/p.yaml", pod.as_bytes()),
            ("loop.yaml.j2", b"{% for x in y %}\na: {{ x }}\n{% endfor %}\n"),
            ("plain.yaml", templated.as_bytes()),
        ],
        Limits::default(),
        &[
            "chart/Chart.yaml:1:1 #0 Other -",
            "chart/templates/a.yaml:1:1 #0 Object x",
            "chart/templates/b.yaml:1:1: a template of Helm, which is not rendered",
            "chart/values.yaml:1:1 #0 Other -",
            "ci.yaml:1:1 #0 Other -",
            &format!("k/kustomization.yaml:1:1 #0 {:?} -", What::Kustomize(KustomizePart::Kustomization)),
            &format!("k/p.yaml:1:1 #0 {:?} x", What::Kustomize(KustomizePart::Patch)),
            "loop.yaml.j2:1:1: a template of Jinja, which is not rendered",
            "plain.yaml:5:12: a template of Helm, which is not rendered",
        ],
    );
    assert_eq!(Reason::SymlinkOutside.to_string(), "a symbolic link that leads out of the folder");
}
