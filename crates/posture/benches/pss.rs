//! Pod views and Pod Security Standards over a generated cluster: the file that
//! `KORDON_BENCH_CLUSTER` names, such as `gen_cluster.py --format json` writes. Trees are built
//! before; what is measured is one pass over all objects.

use std::hint::black_box;

use kordon_manifest::{Document, Limits, Manifest};
use kordon_model::{Object, PodKinds, PodView, find_pods};
use kordon_posture::pss::{Level, LevelVersion, PssVersion, Standard, summary};

fn main() {
    divan::main();
}

fn cluster() -> Vec<Document> {
    let Some(file) = std::env::var_os("KORDON_BENCH_CLUSTER") else { return Vec::new() };
    let bytes = std::fs::read(file).expect("the cluster can be read");
    let manifest = Manifest::new("cluster.json", bytes, Limits::default());
    let parts = manifest.parts().iter();
    parts.map(|part| manifest.read(part).expect("the cluster is well formed")).collect()
}

fn objects(documents: &[Document]) -> Vec<Object<'_>> {
    documents.iter().filter_map(|document| Object::from_root(document.tree.root())).collect()
}

fn pods<'t>(objects: &[Object<'t>]) -> Vec<PodView<'t>> {
    let kinds = PodKinds::default();
    objects.iter().flat_map(|object| find_pods(*object, &kinds)).collect()
}

fn restricted() -> Standard {
    Standard::new(LevelVersion { level: Level::Restricted, version: PssVersion::Latest })
}

#[divan::bench]
fn views(bencher: divan::Bencher<'_, '_>) {
    let documents = cluster();
    let objects = objects(&documents);
    let kinds = PodKinds::default();
    bencher.bench(|| {
        let containers = objects.iter().flat_map(|object| find_pods(*object, &kinds));
        containers.map(|pod| black_box(&pod).containers().len()).sum::<usize>()
    });
}

#[divan::bench]
fn restricted_by_fields(bencher: divan::Bencher<'_, '_>) {
    let documents = cluster();
    let pods = pods(&objects(&documents));
    let standard = restricted();
    bencher.bench(|| {
        let violations = pods.iter().map(|pod| black_box(standard.violations(pod)).len());
        violations.sum::<usize>()
    });
}

#[divan::bench]
fn restricted_in_words(bencher: divan::Bencher<'_, '_>) {
    let documents = cluster();
    let pods = pods(&objects(&documents));
    let standard = restricted();
    bencher.bench(|| {
        let texts = pods.iter().map(|pod| summary(&standard.violations(pod), pod));
        texts.map(|text| black_box(text).len()).sum::<usize>()
    });
}
