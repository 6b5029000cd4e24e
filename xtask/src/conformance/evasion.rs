//! The suite `evasion`: manifests that mean something else than they seem.

mod usage;

use std::sync::Arc;

use anyhow::Context as _;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use kordon_assess::{Assessor, Namespaces};
use kordon_finding::{Coverage, Covered, Finding, State};
use kordon_manifest::{Limits, Manifest, What};
use kordon_model::{PodKinds, item_objects, objects, resources::Resources};
use kordon_posture::{Catalogue, CheckSet, Configuration};
use serde_json::Value;

use super::{Outcome, Runner};
use usage::Usage;

pub(crate) fn runner() -> anyhow::Result<Runner> {
    let checks = CheckSet::compile(&Catalogue::builtin(), &Configuration::default());
    let assessor = Assessor {
        checks: checks.map_err(|errors| anyhow::anyhow!("the checks: {errors:?}"))?,
        policies: None,
        pod_kinds: PodKinds::default(),
        resources: Resources::default(),
        namespaces: Namespaces::default(),
    };
    Ok(Box::new(move |case| match complaints(&assessor, case) {
        Ok(complaints) => Outcome::from_complaints(&complaints),
        Err(error) => Outcome::Failed(format!("{error:#}")),
    }))
}

/// What a scan of a case's files says.
#[derive(Default)]
struct Scanned {
    findings: Vec<Finding>,
    coverage: Vec<Coverage>,
}

impl Scanned {
    /// Files of which not everything was read.
    fn unread(&self) -> impl Iterator<Item = &Coverage> {
        let is_read = |entry: &&Coverage| matches!(entry.what, Covered::File | Covered::Document);
        self.coverage.iter().filter(is_read)
    }

    /// Also such as the API server refuses for a field of a wrong type.
    fn reported(&self) -> impl Iterator<Item = &Coverage> {
        self.coverage.iter().filter(|entry| entry.file.is_some() && entry.state != State::Assessed)
    }
}

fn complaints(assessor: &Assessor, case: &Value) -> anyhow::Result<Vec<String>> {
    let usage = Usage::start()?;
    let scanned = scan(assessor, &case["files"])?;
    let mut found = usage.complaints(&case["limits"])?;
    let is_reported = scanned.reported().next().is_some();
    let unreadable = case["unreadable"].as_str().unwrap_or("never");
    match unreadable {
        "never" => {
            let unread = scanned.unread();
            found.extend(unread.map(|entry| format!("not read: {}", entry.reason)));
        }
        "required" if !is_reported => {
            found.push("the file must be reported as not assessed".to_owned());
        }
        _ => {}
    }
    if unreadable != "allowed" || !is_reported {
        for wanted in case["must_fire"].as_array().into_iter().flatten() {
            if !scanned.findings.iter().any(|finding| fires(finding, wanted)) {
                found.push(format!("must fire: {wanted}"));
            }
        }
    }
    for unwanted in case["must_not_fire"].as_array().into_iter().flatten() {
        if let Some(finding) = scanned.findings.iter().find(|one| fires(one, unwanted)) {
            found.push(format!("must not fire: {unwanted}: {}", finding.message));
        }
    }
    Ok(found)
}

/// Whether a finding is what an entry describes; a field that is missing matches all.
fn fires(finding: &Finding, entry: &Value) -> bool {
    let id = Some(&*finding.rule.id);
    let is_of = |field: &str, own: Option<&str>| match entry.get(field).and_then(Value::as_str) {
        Some(wanted) => own == Some(wanted),
        None => true,
    };
    let any_of = entry.get("any_of").and_then(Value::as_array);
    let object = finding.subject.as_deref().map(ToString::to_string);
    let principal = finding.principal.as_deref().map(ToString::to_string);
    any_of.is_none_or(|ids| ids.iter().any(|one| one.as_str() == id))
        && is_of("check", id)
        && is_of("object", object.as_deref())
        && is_of("container", finding.container.as_deref())
        && is_of("principal", principal.as_deref())
}

fn scan(assessor: &Assessor, files: &Value) -> anyhow::Result<Scanned> {
    let mut scanned = Scanned::default();
    let mut assessment = assessor.start();
    for (name, content) in files.as_object().context("a case has files")? {
        let bytes = match content {
            Value::String(text) => text.clone().into_bytes(),
            other => BASE64_STANDARD.decode(other["base64"].as_str().context("text or base64")?)?,
        };
        let file = Arc::from(name.as_str());
        let manifest = Manifest::new(name, bytes, Limits::default());
        let mut unread = |problem: &kordon_manifest::Problem| {
            scanned.coverage.push(unread_entry(&file, &problem.to_string()));
        };
        manifest.problems().iter().for_each(&mut unread);
        for part in manifest.parts() {
            let document = match manifest.read(part) {
                Ok(document) => document,
                Err(problem) => {
                    scanned.coverage.push(unread_entry(&file, &problem.to_string()));
                    continue;
                }
            };
            let root = document.tree.root();
            let found = match (&document.item, document.what()) {
                (Some(item), What::Object) => {
                    item_objects(root, &item.list.api_version, &item.list.kind)
                }
                (None, What::Object) => objects(root),
                _ => Vec::new(),
            };
            for object in found {
                match object {
                    Ok(object) => {
                        let assessed = assessment.assess(object, &file);
                        scanned.findings.extend(assessed.findings);
                        scanned.coverage.extend(assessed.coverage);
                    }
                    Err(refused) => {
                        scanned.coverage.push(unread_entry(&file, refused.reason));
                    }
                }
            }
        }
    }
    scanned.findings.extend(assessor.finish([assessment]).findings);
    Ok(scanned)
}

fn unread_entry(file: &Arc<str>, reason: &str) -> Coverage {
    Coverage {
        what: Covered::Document,
        file: Some(Arc::clone(file)),
        line: 0,
        column: 0,
        id: None,
        state: State::NotAssessed,
        reason: reason.into(),
    }
}
