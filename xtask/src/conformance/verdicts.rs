//! The suite `verdicts`: real policies on real objects. Policies lie beside the cases in
//! `policies.jsonl`.

use std::{collections::HashMap, path::PathBuf, sync::Arc};

use anyhow::{Context as _, bail};
use kordon_base::KubernetesVersion;
use kordon_model::{
    NodeRef, Tree,
    resources::{CustomResource, Resources, Scope},
};
use kordon_policy::{
    Attributes, Facts, Level, PolicySet, PolicySetBuilder, Request, State, User, Verdict,
};
use serde_json::Value;

use super::{
    Outcome, Runner,
    input::{self, Case},
};

/// Policies by key, as their line has them.
type Policies = HashMap<String, Value>;

pub(crate) fn runner(paths: &[PathBuf]) -> anyhow::Result<Runner> {
    let policies = policies(paths)?;
    Ok(Box::new(move |case| {
        if case["format"] != "vap" {
            return Outcome::Uncounted(format!("policies of the format {}", case["format"]));
        }
        match judged(case, &policies) {
            Ok(complaints) => Outcome::from_complaints(&complaints),
            Err(error) => Outcome::Failed(format!("{error:#}")),
        }
    }))
}

/// Gives each case the format of its policy, so that `--only vap` can pick by it.
pub(crate) fn label(cases: &mut [Case], paths: &[PathBuf]) -> anyhow::Result<()> {
    let policies = policies(paths)?;
    for case in cases {
        let policy = case.value["policy"].as_str().and_then(|key| policies.get(key));
        if let Some(policy) = policy {
            case.value["format"] = policy["format"].clone();
        }
    }
    Ok(())
}

fn policies(paths: &[PathBuf]) -> anyhow::Result<Policies> {
    let mut policies = Policies::new();
    for path in paths {
        let folder = if path.is_dir() { path.as_path() } else { path.parent().unwrap_or(path) };
        let file = folder.join("policies.jsonl");
        for line in input::read_text(&file)?.lines().filter(|line| !line.is_empty()) {
            let value: Value = serde_json::from_str(line)
                .with_context(|| format!("{}: no JSON", file.display()))?;
            let key = value["key"].as_str().context("every policy has a key")?.to_owned();
            policies.insert(key, value);
        }
    }
    Ok(policies)
}

fn judged(case: &Value, policies: &Policies) -> anyhow::Result<Vec<String>> {
    let key = case["policy"].as_str().context("a case names its policy")?;
    let policy = policies.get(key).with_context(|| format!("no policy {key}"))?;
    let set = load(policy, &case["params"])?;
    let trees = Trees::of(case)?;
    let attributes = &case["request"];
    let text = |value: &'_ Value| value.as_str().unwrap_or("").to_owned();
    let (kind, plural) = (&attributes["kind"], &attributes["resource"]);
    let row = row_of(kind, plural);
    let name = text(&attributes["name"]);
    let namespace = text(&attributes["namespace"]);
    let operation = text(&attributes["operation"]);
    let request = Request {
        attributes: Attributes {
            operation: &operation,
            resource: row.in_version(&row.versions[0]),
            subresource: "",
            name: &name,
            namespace: &namespace,
        },
        user: trees.user.as_ref().map_or(User::Unknown, |tree| User::Known(tree.root())),
        dry_run: None,
        options: None,
        object: trees.object.as_ref().map(|tree| tree.root()),
        old_object: trees.old_object.as_ref().map(|tree| tree.root()),
        namespace_object: trees.namespace.as_ref().map(|tree| tree.root()),
    };
    Ok(complaints(case, &set.judge(&request, &Facts::default())))
}

/// The documents of one case.
struct Trees {
    object: Option<Arc<Tree>>,
    old_object: Option<Arc<Tree>>,
    namespace: Option<Arc<Tree>>,
    user: Option<Arc<Tree>>,
}

impl Trees {
    fn of(case: &Value) -> anyhow::Result<Self> {
        let some = |value: &Value| match value {
            Value::Null => Ok(None),
            value => input::tree("object.json", value).map(Some),
        };
        Ok(Self {
            object: some(&case["object"])?,
            old_object: some(&case["oldObject"])?,
            namespace: some(&case["namespaceObject"])?,
            user: some(&case["request"]["userInfo"])?,
        })
    }
}

fn row_of(kind: &Value, resource: &Value) -> CustomResource {
    let text = |value: &Value| -> Box<str> { value.as_str().unwrap_or("").into() };
    CustomResource {
        group: text(&kind["group"]),
        kind: text(&kind["kind"]),
        plural: text(&resource["resource"]),
        scope: Scope::Namespaced,
        versions: vec![text(&kind["version"])],
    }
}

fn load(policy: &Value, params: &Value) -> anyhow::Result<PolicySet> {
    let mut builder = PolicySetBuilder::new(KubernetesVersion::NEWEST);
    let lists = [&policy["policies"], params];
    for document in lists.into_iter().filter_map(Value::as_array).flatten() {
        let tree = input::tree("policy.json", document)?;
        let root: NodeRef<'_> = tree.root();
        builder.add(&tree, root);
    }
    let (set, problems) = builder.build(Arc::new(Resources::default()));
    let errors: Vec<_> = problems.iter().filter(|problem| problem.level == Level::Error).collect();
    if let [first, ..] = errors.as_slice() {
        bail!("the policy does not load: {first}");
    }
    Ok(set)
}

fn complaints(case: &Value, verdicts: &[Verdict<'_>]) -> Vec<String> {
    let mut found = Vec::new();
    let violations: Vec<_> = verdicts.iter().flat_map(|verdict| &verdict.violations).collect();
    let verdict = verdict_of(verdicts);
    if case["expect"] != verdict {
        let unassessed: Vec<_> = verdicts
            .iter()
            .flat_map(|verdict| &verdict.unassessed)
            .map(|one| &*one.reason)
            .collect();
        let messages: Vec<_> = violations.iter().map(|violation| &*violation.message).collect();
        found.push(format!(
            "is {verdict}, expected {}: {messages:?} {unassessed:?}",
            case["expect"]
        ));
    }
    if let Some(number) = case["violations"].as_u64()
        && number != violations.len() as u64
    {
        found.push(format!("{} violations, expected {number}", violations.len()));
    }
    for text in case["message_contains"].as_array().into_iter().flatten() {
        let text = text.as_str().unwrap_or("");
        if !violations.iter().any(|violation| violation.message.contains(text)) {
            found.push(format!("no message contains {text:?}"));
        }
    }
    let is_error = violations.iter().any(|violation| violation.error.is_some());
    if case["by_error"] == true && !is_error {
        found.push("the violation does not come from an error".to_owned());
    }
    found
}

fn verdict_of(verdicts: &[Verdict<'_>]) -> &'static str {
    let any = |state| verdicts.iter().any(|verdict| verdict.state == state);
    if any(State::Fail) {
        "fail"
    } else if any(State::NotAssessed) {
        "not-assessed"
    } else if any(State::Pass) {
        "pass"
    } else {
        "skip"
    }
}
