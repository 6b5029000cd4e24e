//! What a text costs: nearly all of those that a scan meets hold no credential.

use std::hint::black_box;

use kordon_secrets::{detect, detect_named};

fn main() {
    divan::main();
}

const ORDINARY: [(&str, &str); 8] = [
    ("LOG_LEVEL", "info"),
    ("PORT", "8080"),
    ("JAVA_TOOL_OPTIONS", "-XX:MaxRAMPercentage=75 -Djava.security.egd=file:/dev/urandom"),
    ("REDIS_ADDR", "redis-cart:6379"),
    ("ENABLE_PROFILER", "0"),
    ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://otel-collector.monitoring.svc.cluster.local:4317"),
    ("FEATURES", "checkout,search,recommendations"),
    ("TZ", "Europe/Berlin"),
];

#[divan::bench]
fn eight_ordinary_variables(bencher: divan::Bencher<'_, '_>) {
    bencher.bench(|| {
        for (name, text) in black_box(ORDINARY) {
            black_box(detect_named(name, text));
        }
    });
}

#[divan::bench]
fn a_password_by_its_name() -> usize {
    detect_named(black_box("DB_PASSWORD"), black_box("hunter2")).len()
}

#[divan::bench]
fn a_token_by_its_form() -> usize {
    detect_named(black_box("X"), black_box("glpat-aB3dE6fG9hJ2kL5mN8pQ")).len()
}

/// A configuration file without credentials, of some 64 KB.
#[divan::bench]
fn a_configuration_file(bencher: divan::Bencher<'_, '_>) {
    let line = "  upstream.service-a.timeout = 30s   # as agreed with the owners of service a\n";
    let text = line.repeat(64 * 1024 / line.len());
    bencher
        .counter(divan::counter::BytesCount::new(text.len()))
        .bench(|| detect(black_box(&text)).len());
}

/// Text in which every line mentions something that a detector starts from.
#[divan::bench]
fn a_file_of_near_misses(bencher: divan::Bencher<'_, '_>) {
    let line =
        "token: https://idp.example.com/key-id?api-version=2 bearer basic password ghp_ eyJ\n";
    let text = line.repeat(64 * 1024 / line.len());
    bencher
        .counter(divan::counter::BytesCount::new(text.len()))
        .bench(|| detect(black_box(&text)).len());
}
