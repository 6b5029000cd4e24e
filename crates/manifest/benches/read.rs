//! How fast text becomes trees, in bytes a second.

use std::hint::black_box;

use divan::{Bencher, counter::BytesCount};
use kordon_manifest::{Limits, Manifest};

fn main() {
    divan::main();
}

const DEPLOYMENT: &str = r#"apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  namespace: shop
  labels: {app: cart, tier: "backend"}
  annotations:
    description: |
      Keeps what customers want to buy,
      until they have bought it.
spec:
  replicas: 3
  selector:
    matchLabels:
      app: cart
  template:
    metadata:
      labels:
        app: cart
    spec:
      serviceAccountName: cart
      securityContext:
        runAsNonRoot: true
        runAsUser: 1000
      containers:
      # One container, as in most.
      - name: server
        image: registry.example.org/shop/cart:v1.4.2@sha256:4bcf5f1a2d0c5f5e8a0a9a8f0e7d6c5b4a39281706f5e4d3c2b1a0f9e8d7c6b5
        ports:
        - containerPort: 7070
        env:
        - name: REDIS_ADDR
          value: 'redis-cart:6379'
        - name: JAVA_TOOL_OPTIONS
          value: "-XX:MaxRAMPercentage=75\n"
        resources:
          requests: {cpu: 200m, memory: 64Mi}
          limits:
            cpu: 300m
            memory: 128Mi
        securityContext:
          allowPrivilegeEscalation: false
          capabilities:
            drop:
            - ALL
          privileged: no
          readOnlyRootFilesystem: true
"#;

const N_DOCUMENTS: usize = 500;

fn read(bencher: Bencher<'_, '_>, text: &str) {
    bencher.counter(BytesCount::of_str(text)).bench(|| {
        let manifest = Manifest::new("-", black_box(text).into(), Limits::default());
        for part in manifest.parts() {
            black_box(manifest.read(part)).expect("the text is well-formed");
        }
    });
}

#[divan::bench]
fn yaml(bencher: Bencher<'_, '_>) {
    read(bencher, &vec![DEPLOYMENT; N_DOCUMENTS].join("---\n"));
}

#[divan::bench]
fn json(bencher: Bencher<'_, '_>) {
    read(bencher, &vec![json_of(DEPLOYMENT); N_DOCUMENTS].join("\n"));
}

/// A list as `kubectl get -o json` writes it, which is read item by item.
#[divan::bench]
fn json_list(bencher: Bencher<'_, '_>) {
    let items = vec![json_of(DEPLOYMENT); N_DOCUMENTS].join(",");
    read(bencher, &format!(r#"{{"apiVersion":"v1","kind":"List","items":[{items}]}}"#));
}

fn json_of(yaml: &str) -> String {
    let manifest = Manifest::new("-", yaml.into(), Limits::default());
    let document = manifest.read(&manifest.parts()[0]).expect("the sample is well-formed");
    document.tree.root().to_string()
}
