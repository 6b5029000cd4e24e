//! How long all checks take on one Deployment, and how long it takes to compile them.

use std::sync::Arc;

use divan::{Bencher, black_box};
use kordon_finding::Subject;
use kordon_manifest::{Limits, Manifest};
use kordon_model::{Object, PodKinds, find_pods};
use kordon_posture::{Catalogue, CheckSet, Configuration, Facts, Judge, Subjects};

const DEPLOYMENT: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    spec:
      containers:
      - name: web
        image: registry.example/web:1.4
        ports: [{containerPort: 8080}]
        env: [{name: LEVEL, value: info}]
        resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 64Mi}}
        volumeMounts: [{name: data, mountPath: /data}]
      volumes: [{name: data, emptyDir: {}}]
";

fn main() {
    divan::main();
}

#[divan::bench]
fn compile_all(bencher: Bencher<'_, '_>) {
    let catalogue = Catalogue::builtin();
    bencher.bench(|| CheckSet::compile(black_box(&catalogue), &Configuration::default()));
}

#[divan::bench]
fn judge_a_deployment(bencher: Bencher<'_, '_>) {
    let set = CheckSet::compile(&Catalogue::builtin(), &Configuration::default())
        .expect("the checks of the program compile");
    let manifest = Manifest::new("web.yaml", DEPLOYMENT.into(), Limits::default());
    let document = manifest.read(&manifest.parts()[0]).expect("the text is YAML");
    let object = Object::from_root(document.tree.root()).expect("it is an object");
    let pods = find_pods(object, &PodKinds::default());
    let subject = Arc::new(Subject {
        api_version: "apps/v1".into(),
        kind: "Deployment".into(),
        namespace: Some("shop".into()),
        name: "web".into(),
    });
    let subjects = Subjects { object, pods: &pods, subject, file: Arc::from("web.yaml") };
    let mut judge = Judge::new(&set);
    bencher.bench_local(|| judge.judge(black_box(&subjects), &Facts::default()));
}
