//! Turns the check files below `checks/` to one JSON text, which the program reads faster than YAML.
//! A file that cannot be read stops the build.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use kordon_manifest::{Limits, Manifest};
use kordon_model::{Kind, NodeRef};
use serde_json::{Map, Value};

/// Only tests and reference pages read these.
const LEFT_OUT: &str = "examples";

fn main() {
    let root = PathBuf::from(from_cargo("CARGO_MANIFEST_DIR"));
    let folder = root.join("../../checks");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    collect(&folder, &mut files);
    files.sort();
    let checks: Vec<Value> = files.iter().map(|file| check(&folder, file)).collect();
    let text = serde_json::to_string(&checks).expect("JSON values become text");
    let out = PathBuf::from(from_cargo("OUT_DIR"));
    fs::write(out.join("checks.json"), text).expect("the folder of the build can be written");
}

#[expect(clippy::disallowed_methods, reason = "this is how cargo speaks to a build script")]
fn from_cargo(name: &str) -> String {
    env::var(name).expect("cargo sets it")
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder).expect("the check files are there") {
        let path = entry.expect("the check files can be listed").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            files.push(path);
        }
    }
}

fn check(folder: &Path, file: &Path) -> Value {
    let bytes = fs::read(file).expect("a check file can be read");
    let name = file.strip_prefix(folder).expect("it was found there").display().to_string();
    let name = format!("checks/{}", name.replace('\\', "/"));
    let manifest = Manifest::new(&name, bytes, Limits::default());
    let [part] = manifest.parts() else { panic!("{name}: one document was expected") };
    let document = manifest.read(part).unwrap_or_else(|problem| panic!("{problem}"));
    let mut check = json(document.tree.root());
    if let Value::Object(fields) = &mut check {
        fields.remove(LEFT_OUT);
    }
    Value::Array(vec![name.into(), check])
}

fn json(node: NodeRef<'_>) -> Value {
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::Bool(value) => Value::Bool(value),
        Kind::Int(value) => value.into(),
        Kind::Float(value) => value.into(),
        Kind::String => node.as_str().unwrap_or_default().into(),
        Kind::List => node.items().map(json).collect(),
        Kind::Map => {
            let entries = node.entries();
            let entries =
                entries.map(|(key, value)| (key.as_str().unwrap_or_default().into(), json(value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
    }
}
