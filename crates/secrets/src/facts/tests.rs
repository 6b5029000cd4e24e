use kordon_manifest::{Limits, Manifest};
use kordon_model::{Object, PodKinds, find_pods};

use super::facts;

/// The hits of each object, a line each: path, detector, confidence and what is shown.
fn check(yaml: &str, expected: &[&str]) {
    let manifest = Manifest::new("test.yaml", yaml.as_bytes().to_vec(), Limits::default());
    let mut found = Vec::new();
    for part in manifest.parts() {
        let document = manifest.read(part).expect("the test's YAML is fine");
        let object = Object::from_root(document.tree.root()).expect("the test has objects");
        let pods = find_pods(object, &PodKinds::default());
        for hit in facts(object, &pods) {
            let node = document.tree.node(hit.node);
            let place = hit.place.as_str();
            assert!(node.as_str().is_some(), "{hit}");
            let container = hit.container.as_deref().unwrap_or("-");
            found.push(format!("{place} {container} {} {hit}", hit.name));
        }
    }
    assert_eq!(found, expected, "{yaml}");
}

#[test]
fn environment() {
    check(
        "
apiVersion: batch/v1
kind: CronJob
metadata: {name: x}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          initContainers:
          - name: init
            env:
            - {name: LOG_LEVEL, value: info}
            - {name: DB_PASSWORD, value: hunter2}
            - {name: DB_PASSWORD_FILE, value: /run/secrets/password}
            - {name: JAVA_OPTS, value: '-Xmx1g -Dspring.datasource.password=hunter22 -Dx=y'}
          containers:
          - name: main
            envFrom:
            - {configMapRef: {name: settings}}
            - {secretRef: {name: all}}
            env:
            - {name: TOKEN, valueFrom: {secretKeyRef: {name: a, key: b}}}
            - {name: URL, value: 'postgres://a:Zk3vP0qLx8@db/x'}
            - {name: some-name, value: JWT}
            - {name: AUTH_METHOD, value: JWT}
",
        &[
            "environment init DB_PASSWORD \
             spec.jobTemplate.spec.template.spec.initContainers[0].env[1].value \
             named-password medium …",
            "environment init JAVA_OPTS \
             spec.jobTemplate.spec.template.spec.initContainers[0].env[3].value \
             named-password medium …",
            "environment main URL spec.jobTemplate.spec.template.spec.containers[0].env[1].value \
             url-password medium …",
            "environment main some-name \
             spec.jobTemplate.spec.template.spec.containers[0].env[2].value \
             credential-stand-in low …",
        ],
    );
}

#[test]
fn arguments() {
    check(
        "
apiVersion: v1
kind: Pod
metadata: {name: x}
spec:
  containers:
  - name: flags
    command: [/app, --user, root, --password, hunter2]
    args: [--token=$(TOKEN), --api-key=9f86d081884c7d65, --secret-name=x, '-p', '8080']
  - name: scripts
    command: [sh, -c]
    args:
    - |
      set -e
      export PGPASSWORD='Zk3vP0q'; psql -h db
      mysql -h db -u root -phunter22 shop
      curl -u admin:hunter2 https://example.com
      docker run -p 80:80 x
      mysql -e \"CHANGE MASTER TO MASTER_USER='root', MASTER_PASSWORD='', MASTER_PORT=3306\"
  - name: tokens
    args: ['{\"auth\": \"xoxb-123456789012-123456789012-aBcDeFgHiJkLmNoPqRsTuVwX\"}']
",
        &[
            "argument flags --password spec.containers[0].command[4] named-password medium …",
            "argument flags --api-key spec.containers[0].args[1] named-token medium …",
            "argument scripts PGPASSWORD spec.containers[1].args[0] named-password medium …",
            "argument tokens  spec.containers[2].args[0] slack-bot-token high xoxb-…",
        ],
    );
}

#[test]
fn config_maps() {
    check(
        "
apiVersion: v1
kind: ConfigMap
metadata: {name: x}
data:
  pwd: hi
  color: red
  app.properties: |
    a.password=hunter22
    b.password=hunter33
    key: AKIAIOSFODNN7EXAMPLE
  encoded: LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1JSUV2UUlCQURBTkJna3Foa2lHOXcwQkFRRUZBQVNDCi0tLS0tRU5EIFBSSVZBVEUgS0VZLS0tLS0K
binaryData:
  password.txt: aHVudGVyMg==
",
        &[
            "configmap - pwd data.pwd named-password medium …",
            r#"configmap - app.properties data["app.properties"] named-password medium …"#,
            r#"configmap - app.properties data["app.properties"] aws-access-key-id high AKIA…"#,
            "configmap - encoded data.encoded private-key high …",
            r#"configmap - password.txt binaryData["password.txt"] named-password medium …"#,
        ],
    );
}

#[test]
fn secrets() {
    check(
        "
apiVersion: v1
kind: Secret
metadata:
  name: x
  annotations: {kubectl.kubernetes.io/last-applied-configuration: '{\"data\":{\"password\":\"x\"}}'}
data:
  username: YWRtaW4=
  password: aHVudGVyMg==
  tls.crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=
  settings.yaml: YTogYgpjOiBkCg==
  broken: '***'
stringData:
  url: https://example.com
  api-token: '{{ .Values.token }}'
  enabled: 'true'
  token: 9f86d081884c7d659a2feaa0c55ad015
---
apiVersion: v1
kind: Secret
metadata: {name: encrypted}
data: {password: 'ENC[AES256_GCM,data:x]', other: aHVudGVyMg==}
sops: {version: 3.9.0}
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: sealed}
spec: {encryptedData: {password: AgBy3i4OJSWK}}
",
        &[
            "secret - password data.password named-password medium …",
            r#"secret - settings.yaml data["settings.yaml"] secret-value low …"#,
            "secret - token stringData.token named-token medium …",
        ],
    );
}

#[test]
fn annotations() {
    check(
        r#"
apiVersion: apps/v1
kind: Deployment
metadata:
  name: x
  annotations:
    checksum/secret: 9f86d081884c7d659a2feaa0c55ad015
    example.com/password: hunter2
    kubectl.kubernetes.io/last-applied-configuration: |
      {"spec":{"template":{"spec":{"containers":[{"name":"c","env":[
        {"name":"DB_PASSWORD","value":"same"},{"name":"OLD_PASSWORD","value":"former"}]}]}}}}
spec:
  template:
    metadata:
      annotations: {hook: "https://hooks.slack.com/services/T00000000/B00000000/aBcDeFgHiJkLmNoPqRsTuVwX"}
    spec:
      containers:
      - name: c
        env: [{name: DB_PASSWORD, value: same}]
"#,
        &[
            "environment c DB_PASSWORD spec.template.spec.containers[0].env[0].value \
             named-password medium …",
            r#"annotation - example.com/password metadata.annotations["example.com/password"] named-password medium …"#,
            r#"annotation - kubectl.kubernetes.io/last-applied-configuration metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"] named-password medium …"#,
            "annotation - hook spec.template.metadata.annotations.hook slack-webhook high …",
        ],
    );
}

/// A repeated value is one cause: the annotation says nothing new.
#[test]
fn what_the_annotation_repeats_is_not_told_twice() {
    check(
        r#"
apiVersion: v1
kind: Pod
metadata:
  name: x
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {"spec":{"containers":[{"name":"c","env":[{"name":"DB_PASSWORD","value":"same"}]}]}}
spec:
  containers:
  - name: c
    env: [{name: DB_PASSWORD, value: same}]
"#,
        &["environment c DB_PASSWORD spec.containers[0].env[0].value named-password medium …"],
    );
}
