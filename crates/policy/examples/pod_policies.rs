//! Judges one pod by the policies of a file, with this crate and with the `cel` crate, and loads
//! thousands of policies; prints one JSON line a measurement, as `bench/policies.py` reads them.
//!
//! `pod_policies POLICIES.json POD.json`

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for a terminal")]

use std::{
    fs,
    hint::black_box,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use kordon_base::KubernetesVersion;
use kordon_manifest::{Limits, Manifest};
use kordon_model::{
    Tree,
    resources::{ResourceRef, Resources},
};
use kordon_policy::{Facts, PolicySet, PolicySetBuilder, Request};
use serde_json::{Value, json};

const ROUNDS: u32 = 20;
const RUNS: u32 = 200;
const MANY: usize = 10_000;
/// How many of the many are for another kind than Pods.
const OTHERS: usize = 9_900;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run() -> anyhow::Result<()> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let [policies, pod] = files.as_slice() else { bail!("usage: pod_policies POLICIES POD") };
    let policies: Vec<Value> = serde_json::from_str(&fs::read_to_string(policies)?)?;
    let pod: Value = serde_json::from_str(&fs::read_to_string(pod)?)?;
    ours(&policies, &pod)?;
    cel_crate(&policies, &pod)?;
    many(&policies, &pod)?;
    deadline()
}

/// The shortest of some rounds, each the mean of many runs.
fn best(mut run: impl FnMut()) -> Duration {
    let round = |_| {
        let started = Instant::now();
        (0..RUNS).for_each(|_| run());
        started.elapsed() / RUNS
    };
    (0..ROUNDS).map(round).min().expect("at least one round")
}

fn tree(name: &str, value: &Value) -> anyhow::Result<Arc<Tree>> {
    let manifest = Manifest::new(name, value.to_string().into_bytes(), Limits::default());
    let part = manifest.parts().first().context("a document")?;
    match manifest.read(part) {
        Ok(document) => Ok(Arc::new(document.tree)),
        Err(problem) => bail!("{name}: {problem}"),
    }
}

fn load(policies: &[Arc<Tree>]) -> anyhow::Result<PolicySet> {
    let mut builder = PolicySetBuilder::new(KubernetesVersion::NEWEST);
    for tree in policies {
        builder.add(tree, tree.root());
    }
    let (set, problems) = builder.build(Arc::new(Resources::default()));
    if let Some(problem) = problems.iter().find(|one| one.level == kordon_policy::Level::Error) {
        bail!("{problem}");
    }
    Ok(set)
}

fn pods(resources: &Resources) -> anyhow::Result<ResourceRef<'_>> {
    resources.by_kind("", "v1", "Pod").context("Pods are built in")
}

fn n_expressions(policies: &[Value]) -> usize {
    let count = |policy: &Value, list: &str| policy["spec"][list].as_array().map_or(0, Vec::len);
    policies.iter().map(|one| count(one, "variables") + count(one, "validations")).sum()
}

fn ours(policies: &[Value], pod: &Value) -> anyhow::Result<()> {
    let trees: Vec<_> =
        policies.iter().map(|one| tree("policies.json", one)).collect::<Result<_, _>>()?;
    let compile = best(|| {
        black_box(load(&trees).is_ok());
    });
    let set = load(&trees)?;
    let pod = tree("pod.json", pod)?;
    let resources = Resources::default();
    let request = Request::create(pod.root(), pods(&resources)?);
    let evaluate = best(|| {
        black_box(set.judge(&request, &Facts::default()));
    });
    let verdicts = set.judge(&request, &Facts::default());
    let n_violated: usize = verdicts.iter().map(|one| one.violations.len()).sum();
    let line = json!({
        "engine": "kordon", "policies": policies.len(), "violated": n_violated,
        "expressions": n_expressions(policies),
        "compile_ns": compile.as_nanos(), "evaluate_ns": evaluate.as_nanos(),
    });
    println!("{line}");
    Ok(())
}

/// Programs of one policy for the `cel` crate.
struct Programs {
    variables: Vec<(String, cel::Program)>,
    validations: Vec<cel::Program>,
}

fn cel_crate(policies: &[Value], pod: &Value) -> anyhow::Result<()> {
    let started = Instant::now();
    let programs: Vec<_> = policies.iter().map(compile_cel).collect::<Result<_, _>>()?;
    let compile = started.elapsed();
    let object = cel::to_value(pod).map_err(|error| anyhow::anyhow!("{error}"))?;
    let mut n_violated = 0;
    let mut context = cel::Context::default();
    context.add_variable_from_value("object", object);
    let evaluate = best(|| n_violated = programs.iter().map(|one| judge_cel(one, &context)).sum());
    let line = json!({
        "engine": "cel-crate", "policies": policies.len(), "violated": n_violated,
        "compile_ns": compile.as_nanos(), "evaluate_ns": evaluate.as_nanos(),
    });
    println!("{line}");
    Ok(())
}

fn compile_cel(policy: &Value) -> anyhow::Result<Programs> {
    let items = |list: &str| policy["spec"][list].as_array().cloned().unwrap_or_default();
    let compile = |item: &Value| {
        let text = item["expression"].as_str().context("an expression")?;
        cel::Program::compile(text).map_err(|error| anyhow::anyhow!("{error}"))
    };
    let name = |item: &Value| item["name"].as_str().unwrap_or_default().to_owned();
    let variables = items("variables");
    Ok(Programs {
        variables: variables
            .iter()
            .map(|item| Ok((name(item), compile(item)?)))
            .collect::<anyhow::Result<_>>()?,
        validations: items("validations").iter().map(compile).collect::<anyhow::Result<_>>()?,
    })
}

/// How many validations are violated. The object is bound once and borrowed by every program;
/// variables are evaluated once a policy.
fn judge_cel(programs: &Programs, root: &cel::Context<'_, '_>) -> usize {
    let mut context = root.new_inner_scope();
    let mut values = std::collections::HashMap::new();
    for (name, program) in &programs.variables {
        if let Ok(value) = program.execute(&context) {
            values.insert(name.clone(), value);
        }
        context.add_variable_from_value("variables", values.clone());
    }
    let is_violated =
        |program: &&cel::Program| program.execute(&context) != Ok(cel::Value::Bool(true));
    programs.validations.iter().filter(is_violated).count()
}

/// Ten thousand policies: how long they load, what they hold, and what those cost that cannot
/// match.
fn many(policies: &[Value], pod: &Value) -> anyhow::Result<()> {
    let others: Vec<Value> = (0..OTHERS).map(|idx| variant(policies, idx, "widgets")).collect();
    let mine: Vec<Value> = (OTHERS..MANY).map(|idx| variant(policies, idx, "pods")).collect();
    let mine: Vec<_> = mine.iter().map(|one| tree("mine.json", one)).collect::<Result<_, _>>()?;
    let others: Vec<_> =
        others.iter().map(|one| tree("others.json", one)).collect::<Result<_, _>>()?;
    let all: Vec<_> = mine.iter().chain(&others).cloned().collect();
    let before = resident_mb()?;
    let started = Instant::now();
    let set = load(&all)?;
    let (took, held) = (started.elapsed(), resident_mb()? - before);
    let alone = load(&mine)?;
    let pod = tree("pod.json", pod)?;
    let resources = Resources::default();
    let request = Request::create(pod.root(), pods(&resources)?);
    // In turns, so that both meet the machine in the same moods.
    let (mut with, mut without) = (Duration::MAX, Duration::MAX);
    for _ in 0..5 {
        with = with.min(best(|| {
            black_box(set.judge(&request, &Facts::default()));
        }));
        without = without.min(best(|| {
            black_box(alone.judge(&request, &Facts::default()));
        }));
    }
    let line = json!({
        "engine": "kordon-scale", "policies": MANY, "load_ns": took.as_nanos(), "load_mb": held,
        "nonmatching_ratio": with.as_secs_f64() / without.as_secs_f64(),
    });
    println!("{line}");
    Ok(())
}

/// A policy of its own: another name, another resource, and a constant that no other has.
fn variant(policies: &[Value], idx: usize, resource: &str) -> Value {
    let mut policy = policies[idx % policies.len()].clone();
    policy["metadata"]["name"] = json!(format!("policy-{idx}"));
    let rule = &mut policy["spec"]["matchConstraints"]["resourceRules"][0];
    rule["resources"] = json!([resource]);
    if resource != "pods" {
        rule["apiGroups"] = json!(["example.com"]);
    }
    let validation = &mut policy["spec"]["validations"][0]["expression"];
    let text = validation.as_str().unwrap_or_default();
    *validation = json!(format!("object.metadata.name == 'excepted-{idx}' || ({text})"));
    policy
}

/// How long after its deadline an expression stops that would run for hours.
fn deadline() -> anyhow::Result<()> {
    const ALLOWED: Duration = Duration::from_millis(50);
    let items: Vec<String> = (0..1_000).map(|item: u32| item.to_string()).collect();
    let list = format!("[{}]", items.join(","));
    let text = format!("{list}.all(a, {list}.all(b, {list}.all(c, a + b + c >= 0)))");
    let env = kordon_cel::Env::builder(kordon_cel::Dialect::Standard).build();
    let program = env.compile(&text)?;
    let (plan, slot) = kordon_cel::Plan::of(&program);
    let worst = (0..ROUNDS).map(|_| {
        let started = Instant::now();
        let interrupt = move || started.elapsed() >= ALLOWED;
        let limits = kordon_cel::Limits::NONE;
        let mut session = kordon_cel::Session::new(&plan, limits, Some(&interrupt));
        let outcome = session.evaluate(slot);
        assert!(outcome.is_err(), "stopped, not finished");
        started.elapsed() - ALLOWED
    });
    let worst = worst.max().context("at least one round")?;
    println!("{}", json!({"engine": "kordon-deadline", "late_ns": worst.as_nanos()}));
    Ok(())
}

/// Memory in use, of `/proc/self/statm`.
fn resident_mb() -> anyhow::Result<f64> {
    let text = fs::read_to_string("/proc/self/statm").context("no /proc")?;
    let pages: f64 = text.split(' ').nth(1).context("statm has a second field")?.parse()?;
    Ok(pages * 4096.0 / 1e6)
}
