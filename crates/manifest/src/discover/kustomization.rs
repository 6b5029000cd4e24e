//! Which files are patches: those that a kustomization names as such and not as resources.

use std::{
    collections::HashSet,
    path::{Component, Path, PathBuf},
};

use kordon_model::NodeRef;

use crate::{Input, Limits, Role};

const NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

pub(super) fn is_kustomization(path: &Path) -> bool {
    path.file_name().is_some_and(|name| NAMES.iter().any(|one| name == *one))
}

#[derive(Default)]
pub(super) struct Patches {
    patches: HashSet<PathBuf>,
    resources: HashSet<PathBuf>,
}

impl Patches {
    /// What cannot be read names no patches; it is reported when its turn comes.
    pub(super) fn add(&mut self, kustomization: &Path) {
        let input = Input::file("".into(), kustomization.to_owned(), Role::Plain, 0);
        let manifest = input.open(Limits::default());
        let folder = kustomization.parent().unwrap_or(Path::new(""));
        for part in manifest.parts() {
            let Ok(document) = manifest.read(part) else { continue };
            let root = document.tree.root();
            let paths = |key, field| paths(root, key, field).map(|path| join(folder, path));
            self.patches.extend(paths("patches", Some("path")));
            self.patches.extend(paths("patchesJson6902", Some("path")));
            self.patches.extend(paths("patchesStrategicMerge", None));
            self.patches.extend(paths("replacements", Some("path")));
            self.resources.extend(paths("resources", None));
            self.resources.extend(paths("bases", None));
        }
    }

    pub(super) fn has(&self, path: &Path) -> bool {
        let path = join(Path::new(""), path);
        self.patches.contains(&path) && !self.resources.contains(&path)
    }
}

/// Whether a kustomization beside the file names it as a patch.
pub(super) fn is_patch(path: &Path) -> bool {
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut patches = Patches::default();
    for name in NAMES {
        let kustomization = folder.join(name);
        if kustomization.is_file() {
            patches.add(&kustomization);
        }
    }
    patches.has(path)
}

fn paths<'t>(
    root: NodeRef<'t>,
    key: &str,
    field: Option<&'static str>,
) -> impl Iterator<Item = &'t str> + use<'t> {
    let items = root.get(key).into_iter().flat_map(NodeRef::items);
    let path = move |item: NodeRef<'t>| match field {
        Some(field) => item.get(field),
        None => Some(item),
    };
    // A patch may also stand there itself, in lines.
    items.filter_map(path).filter_map(NodeRef::as_str).filter(|text| !text.contains('\n'))
}

/// A path without `.` and `..`, as far as it goes without looking at the disk.
fn join(folder: &Path, path: impl AsRef<Path>) -> PathBuf {
    let mut joined = PathBuf::new();
    for part in folder.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(joined.components().next_back(), Some(Component::Normal(_))) =>
            {
                joined.pop();
            }
            other => joined.push(other),
        }
    }
    joined
}
