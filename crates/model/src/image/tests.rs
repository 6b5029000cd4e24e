use proptest::prelude::*;

use super::*;

const SHA: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// The normalised reference, or what is wrong with it.
fn check(text: &str, expected: &str) {
    let found = match ImageRef::parse(text) {
        Ok(image) => image.to_string(),
        Err(error) => format!("error: {error}"),
    };
    assert_eq!(found, expected, "{text}");
}

#[test]
fn defaults_are_those_of_docker_hub() {
    check("nginx", "docker.io/library/nginx:latest");
    check("nginx:1.27", "docker.io/library/nginx:1.27");
    check("bitnami/redis", "docker.io/bitnami/redis:latest");
    check("docker.io/nginx", "docker.io/library/nginx:latest");
    check("index.docker.io/nginx", "docker.io/library/nginx:latest");
    check("localhost/app", "localhost/app:latest");
    check("Registry/app", "Registry/app:latest");
    check("Registry.io/app", "registry.io/app:latest");
}

#[test]
fn a_port_is_no_tag() {
    check("registry.local:5000/app", "registry.local:5000/app:latest");
    check("registry.local:5000/app:5000", "registry.local:5000/app:5000");
    check("[2001:db8::1]:5000/app:v1", "[2001:db8::1]:5000/app:v1");
    check("[2001:db8::1]/app", "[2001:db8::1]/app:latest");
    check("10.0.0.1/a/b/c:v1", "10.0.0.1/a/b/c:v1");
}

#[test]
fn digests_pin() {
    check(&format!("nginx@sha256:{SHA}"), &format!("docker.io/library/nginx@sha256:{SHA}"));
    check(&format!("nginx:1@sha256:{SHA}"), &format!("docker.io/library/nginx:1@sha256:{SHA}"));
    let sha512 = SHA.repeat(2);
    check(&format!("a@sha512:{sha512}"), &format!("docker.io/library/a@sha512:{sha512}"));
    check(
        "a@multihash+base58:QmRZxt2b1FVZPNqd8hsiykDL3TdBDeTSPX9Kv46HmX4Gx8",
        "docker.io/library/a@multihash+base58:QmRZxt2b1FVZPNqd8hsiykDL3TdBDeTSPX9Kv46HmX4Gx8",
    );
    check("nginx@sha256:abc", "error: a sha256 digest has 64 hexadecimal characters, this one 3");
    let upper = SHA.to_uppercase();
    check(&format!("nginx@sha256:{upper}"), "error: invalid characters in the digest");
    check(&format!("nginx@SHA256:{SHA}"), "error: invalid digest algorithm");
    check(&format!("nginx@{SHA}"), "error: a digest is written algorithm:encoded");
}

#[test]
fn what_no_runtime_reads_is_an_error() {
    check("", "error: the image reference is empty");
    check("Nginx", "error: the repository name must be lowercase");
    check("library/Nginx", "error: the repository name must be lowercase");
    check("nginx:", "error: invalid tag");
    check("nginx:.x", "error: invalid tag");
    check("nginx: latest", "error: invalid tag");
    check("a//b", "error: invalid repository name");
    check("a__b", "docker.io/library/a__b:latest");
    check("a___b", "error: invalid repository name");
    check("a--b", "docker.io/library/a--b:latest");
    check("a-", "error: invalid repository name");
    check("-host.io/a", "error: invalid registry");
    check("host.io:x/a", "error: invalid registry");
    check("https://host.io/a", "error: invalid registry");
    check("${IMAGE}", "error: the repository name must be lowercase");
    check(SHA, "error: 64 hexadecimal characters are an image id, not a repository name");
    check(
        &format!("host.io/{}", "a".repeat(256)),
        "error: the repository name is longer than 255 characters",
    );
}

#[test]
fn accessors() {
    let image = ImageRef::parse("Quay.io/Org/x").map_err(|error| error.to_string());
    assert_eq!(image, Err("the repository name must be lowercase".to_owned()));
    let image = ImageRef::parse("Quay.io/org/x:1").expect("valid");
    assert_eq!((image.registry().as_ref(), image.written_registry()), ("quay.io", Some("Quay.io")));
    assert_eq!(
        (image.tag(), image.effective_tag(), image.is_pinned()),
        (Some("1"), Some("1"), false)
    );
}

proptest! {
    #[test]
    fn never_panics(text in "\\PC*") {
        drop(ImageRef::parse(&text));
    }

    #[test]
    fn the_normal_form_is_stable(
        text in "([a-zA-Z0-9.]{1,8}(:[0-9]{1,4})?/)?[a-z0-9._/-]{1,12}(:[\\w.-]{1,9})?(@sha256:[0-9a-f]{64})?"
    ) {
        if let Ok(image) = ImageRef::parse(&text) {
            let normal = image.to_string();
            let again = ImageRef::parse(&normal).map(|image| image.to_string());
            prop_assert_eq!(again, Ok(normal));
        }
    }
}
