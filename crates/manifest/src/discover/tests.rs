use std::fs;

use super::*;

struct Folder(tempfile::TempDir);

impl Folder {
    /// A folder with these files, each with its own name as content unless one is given.
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, content) in files {
            folder.write(name, content);
        }
        folder
    }

    fn write(&self, name: &str, content: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn git(&self, arguments: &[&str]) {
        #[expect(clippy::disallowed_methods, reason = "the test needs a repository")]
        let output = std::process::Command::new("git")
            .args(["-c", "user.name=n", "-c", "user.email=e@example.org"])
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Names of what was found, with the role where it is not plain, and the problems.
    fn check(&self, selection: &Selection, expected: &str) {
        let root = self.0.path();
        let found = discover(&[root.to_owned()], selection).unwrap();
        let prefix = format!("{}/", root.to_string_lossy());
        let mut shown: Vec<_> = found
            .inputs
            .iter()
            .map(|input| match input.role {
                Role::Plain => input.name.replace(&prefix, ""),
                role => format!("{}={role:?}", input.name.replace(&prefix, "")),
            })
            .collect();
        shown.extend(found.problems.iter().map(|problem| problem.to_string().replace(&prefix, "")));
        assert_eq!(shown.join(" "), expected);
    }
}

fn globs(globs: &[&str]) -> Vec<String> {
    globs.iter().map(|glob| (*glob).to_owned()).collect()
}

#[test]
fn extensions_decide_in_folders() {
    let folder = Folder::new(&[
        ("b.yml", ""),
        ("a.yaml", ""),
        ("sub/c.JSON", ""),
        ("sub/d.txt", ""),
        (".github/e.yaml", ""),
        ("f.yaml.j2", ""),
        (".git/g.yaml", ""),
    ]);
    let all = ".github/e.yaml a.yaml b.yml f.yaml.j2=TemplateFile sub/c.JSON";
    folder.check(&Selection::default(), all);
    let include = globs(&["sub/*", "a.*"]);
    folder.check(&Selection { include, ..Selection::default() }, "a.yaml sub/c.JSON sub/d.txt");
    let exclude = globs(&["sub", "*.yml", ".github/**"]);
    let selection = Selection { exclude, ..Selection::default() };
    folder.check(&selection, "a.yaml f.yaml.j2=TemplateFile");
}

#[test]
fn ignore_files_are_honoured() {
    let folder = Folder::new(&[
        (".gitignore", "a.yaml\n/build/\n"),
        (".kordonignore", "b.yaml\n"),
        ("a.yaml", ""),
        ("b.yaml", ""),
        ("c.yaml", ""),
        ("build/d.yaml", ""),
        ("sub/.kordonignore", "*\n!keep.yaml\n"),
        ("sub/e.yaml", ""),
        ("sub/keep.yaml", ""),
    ]);
    folder.check(&Selection::default(), "c.yaml sub/keep.yaml");
    let ignore_files = IgnoreFiles::Disregard;
    let all = "a.yaml b.yaml build/d.yaml c.yaml sub/e.yaml sub/keep.yaml";
    folder.check(&Selection { ignore_files, ..Selection::default() }, all);
}

#[test]
fn charts_and_kustomizations_give_roles() {
    let patches = "resources: [base.yaml, both.yaml]\npatches:\n- path: ./sub/../p.yaml\n- path: both.yaml\npatchesStrategicMerge: [sub/q.yaml, \"a: 1\\nb: 2\"]\n";
    let folder = Folder::new(&[
        ("chart/Chart.yaml", ""),
        ("chart/templates/a.yaml", ""),
        ("chart/templates/sub/b.yaml", ""),
        ("templates/c.yaml", ""),
        ("k/kustomization.yaml", patches),
        ("k/base.yaml", ""),
        ("k/both.yaml", ""),
        ("k/p.yaml", ""),
        ("k/sub/q.yaml", ""),
    ]);
    folder.check(
        &Selection::default(),
        "chart/Chart.yaml chart/templates/a.yaml=ChartTemplate \
         chart/templates/sub/b.yaml=ChartTemplate k/base.yaml k/both.yaml k/kustomization.yaml \
         k/p.yaml=KustomizePatch k/sub/q.yaml=KustomizePatch templates/c.yaml",
    );
    let role = |name: &str| {
        let found = discover(&[folder.0.path().join(name)], &Selection::default()).unwrap();
        found.inputs[0].role
    };
    assert_eq!(role("k/p.yaml"), Role::KustomizePatch);
    assert_eq!(role("k/both.yaml"), Role::Plain);
    assert_eq!(role("chart/templates/sub/b.yaml"), Role::ChartTemplate);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_out_of_the_folder() {
    use std::os::unix::fs::symlink;
    let outside = Folder::new(&[("secret.yaml", "")]);
    let folder = Folder::new(&[("a.yaml", ""), ("data/raw", "")]);
    let at = |name: &str| folder.0.path().join(name);
    symlink(outside.0.path().join("secret.yaml"), at("out.yaml")).unwrap();
    symlink(outside.0.path(), at("outdir")).unwrap();
    symlink(at("a.yaml"), at("same.yaml")).unwrap();
    symlink(at("data/raw"), at("raw.yaml")).unwrap();
    symlink(at("data"), at("dir")).unwrap();
    symlink(at("nothing"), at("broken.yaml")).unwrap();
    symlink(".", at("data/loop")).unwrap();
    std::os::unix::net::UnixListener::bind(at("socket.yaml")).unwrap();
    folder.check(
        &Selection::default(),
        "a.yaml raw.yaml \
         broken.yaml: cannot read: No such file or directory (os error 2) \
         out.yaml: a symbolic link that leads out of the folder \
         outdir: a symbolic link that leads out of the folder \
         socket.yaml: cannot read: neither a file nor a folder",
    );
    // A link that is named itself is meant.
    let found = discover(&[at("outdir"), at("out.yaml")], &Selection::default()).unwrap();
    let names: Vec<_> = found.inputs.iter().map(|input| input.path.clone().unwrap()).collect();
    assert_eq!(names, [at("out.yaml"), at("outdir/secret.yaml")]);
}

#[test]
fn only_what_changed_since_a_revision() {
    let folder = Folder::new(&[("a.yaml", "1"), ("b.yaml", "1"), ("gone.yaml", "")]);
    folder.git(&["init", "-q"]);
    folder.git(&["add", "."]);
    folder.git(&["commit", "-qm", "first"]);
    folder.git(&["tag", "first"]);
    folder.write("sub/c.yaml", "1");
    folder.git(&["add", "."]);
    folder.git(&["commit", "-qm", "second"]);
    folder.write("b.yaml", "2");
    folder.write("new é.yaml", "");
    fs::remove_file(folder.0.path().join("gone.yaml")).unwrap();
    let since =
        |revision: &str| Selection { since: Some(revision.to_owned()), ..Selection::default() };
    folder.check(&since("first"), "b.yaml new é.yaml sub/c.yaml");
    folder.check(&since("HEAD"), "b.yaml new é.yaml");
    let targets = [folder.0.path().to_owned()];
    let error = discover(&targets, &since("--output=x")).unwrap_err();
    let message = "cannot tell what changed since --output=x: git does not know this revision";
    assert_eq!(error.to_string(), message);
}

#[test]
fn what_is_not_there_is_an_error() {
    let error = discover(&[PathBuf::from("/nowhere/at/all")], &Selection::default()).unwrap_err();
    assert_eq!(error.to_string(), "cannot read /nowhere/at/all");
    let selection = Selection { include: globs(&["[z-a]"]), ..Selection::default() };
    let error = discover(&[std::env::temp_dir()], &selection).unwrap_err();
    assert_eq!(error.to_string(), "[z-a]: not a glob");
}
