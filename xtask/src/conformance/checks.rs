//! The suite `checks`: labelled inputs for single checks.

use std::sync::Arc;

use anyhow::{Context as _, bail};
use kordon_finding::{Finding, Subject};
use kordon_model::{Object, PodKinds, Tree, find_pods};
use kordon_posture::{
    Catalogue, CheckSet, Configuration, Facts, Judge, Override, Profile, Subjects, Workloads,
};
use serde_json::Value;

use super::{Outcome, Runner, input};

pub(crate) fn runner() -> anyhow::Result<Runner> {
    let set = everything()?;
    Ok(Box::new(move |case| match complaints(&set, case) {
        Ok(complaints) if case["doubtful"] == true => {
            Outcome::Uncounted(format!("doubtful; {}", complaints.join("; ")))
        }
        Ok(complaints) => Outcome::from_complaints(&complaints),
        Err(error) if case["doubtful"] == true => {
            Outcome::Uncounted(format!("doubtful; {error:#}"))
        }
        Err(error) => Outcome::Failed(format!("{error:#}")),
    }))
}

/// All checks, also those that are off by default: a case asks about one of them.
fn everything() -> anyhow::Result<CheckSet> {
    let mut configuration = Configuration {
        profiles: vec![Profile::Security, Profile::Reliability],
        ..Configuration::default()
    };
    let on = Override { enabled: Some(true), ..Override::default() };
    configuration.overrides.insert("*".to_owned(), on);
    match CheckSet::compile(&Catalogue::builtin(), &configuration) {
        Ok(set) => Ok(set),
        Err(errors) => bail!("{errors}"),
    }
}

fn complaints(set: &CheckSet, case: &Value) -> anyhow::Result<Vec<String>> {
    let (findings, mut complaints) = findings(set, case)?;
    let id = case["catalogue_id"].as_str().context("no catalogue_id")?;
    if set.rules().all(|rule| *rule.id != *id) {
        complaints.push(format!("there is no check {id}"));
    }
    let own: Vec<&Finding> = findings.iter().filter(|finding| *finding.rule.id == *id).collect();
    let accepted: Vec<&Finding> =
        findings.iter().filter(|finding| is_accepted(case, id, finding)).collect();
    match case["expect"].as_str() {
        Some("pass") => complaints.extend(own.iter().map(|finding| {
            format!("found {} at {}: {}", subject(finding), finding.location.path, finding.message)
        })),
        Some("fail") if accepted.is_empty() => complaints.push("nothing was found".to_owned()),
        Some("fail") => {}
        other => bail!("expect is {other:?}"),
    }
    for name in texts(&case["failing"]) {
        if !accepted.iter().any(|finding| subject(finding) == name) {
            complaints.push(format!("nothing was found about {name}"));
        }
    }
    for name in texts(&case["passing"]) {
        if let Some(finding) = own.iter().find(|finding| subject(finding) == name) {
            complaints.push(format!("found {name}: {}", finding.message));
        }
    }
    for name in texts(&case["principals"]) {
        let is_about = |finding: &&&Finding| {
            let principal = finding.principal.as_ref().map(ToString::to_string);
            principal.as_deref() == Some(name) || subject(finding) == name
        };
        if !accepted.iter().any(|finding| is_about(&finding)) {
            complaints.push(format!("nothing was found for {name}"));
        }
    }
    Ok(complaints)
}

/// Everything that is found, and what could not be judged.
fn findings(set: &CheckSet, case: &Value) -> anyhow::Result<(Vec<Finding>, Vec<String>)> {
    let inputs = case["input"].as_array().context("no input")?;
    let trees: Vec<Arc<Tree>> =
        inputs.iter().map(|input| input::tree("input", input)).collect::<Result<_, _>>()?;
    let mut judge = Judge::new(set);
    let (mut findings, mut complaints) = (Vec::new(), Vec::new());
    let kinds = PodKinds::default();
    for tree in &trees {
        let object = Object::from_root(tree.root()).context("no object")?;
        let pods = find_pods(object, &kinds);
        let credentials = kordon_secrets::facts(object, &pods);
        let subjects = Subjects {
            object,
            pods: &pods,
            subject: Arc::new(Subject {
                api_version: object.api_version().into(),
                kind: object.kind().into(),
                namespace: object.namespace().map(Box::from),
                name: object.display_name().into(),
            }),
            file: Arc::from("input"),
        };
        let judged = judge.judge(&subjects, &Facts { credentials: &credentials });
        findings.extend(judged.findings);
        complaints.extend(
            judged
                .coverage
                .iter()
                .map(|part| format!("{}: {}", part.id.as_deref().unwrap_or_default(), part.reason)),
        );
    }
    findings.extend(Workloads::merge([judge.finish()]).judge(set));
    Ok((findings, complaints))
}

fn is_accepted(case: &Value, id: &str, finding: &Finding) -> bool {
    *finding.rule.id == *id || texts(&case["accept"]).any(|other| *finding.rule.id == *other)
}

fn subject(finding: &Finding) -> String {
    finding.subject.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn texts(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}
