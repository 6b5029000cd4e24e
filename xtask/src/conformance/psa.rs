//! The suite `psa`: Pod Security Standards by version, on the pods of Pod Security admission's own
//! tests.

use anyhow::{Context as _, bail};
use kordon_model::{Object, PodKinds, PodView, find_pods};
use kordon_posture::pss::{LevelVersion, Standard, Violation};
use serde_json::Value;

use super::{Outcome, Runner, input};

pub(crate) fn runner() -> anyhow::Result<Runner> {
    Ok(Box::new(|case| match complaints(case) {
        Ok(complaints) => Outcome::from_complaints(&complaints),
        Err(error) => Outcome::Failed(format!("{error:#}")),
    }))
}

fn complaints(case: &Value) -> anyhow::Result<Vec<String>> {
    let tree = input::tree("pod", &case["pod"])?;
    let object = Object::from_root(tree.root()).context("no object")?;
    let pods = find_pods(object, &PodKinds::default());
    let [pod] = pods.as_slice() else { bail!("{} pods were found", pods.len()) };
    let mut complaints: Vec<String> =
        pod.malformed().iter().map(|field| format!("{} is malformed", field.path)).collect();
    for pair in case["holds"].as_array().context("holds is a list")? {
        complaints.extend(complaint(case, pair, pod)?);
    }
    Ok(complaints)
}

fn complaint(case: &Value, pair: &Value, pod: &PodView<'_>) -> anyhow::Result<Option<String>> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let level_version =
        LevelVersion { level: text(&pair[0]).parse()?, version: text(&pair[1]).parse()? };
    let violations = Standard::new(level_version).violations(pod);
    let found: Vec<&str> = violations.iter().map(|violation| violation.control.id()).collect();
    if case["expect"] == "pass" {
        return Ok((!found.is_empty()).then(|| format!("{level_version} finds {found:?}")));
    }
    let wanted = text(&case["check"]);
    let Some(violation) = violations.iter().find(|violation| is_named(violation, &wanted)) else {
        return Ok(Some(format!("{level_version} finds {found:?} and not {wanted}")));
    };
    let said = format!("{} ({})", violation.reason(), violation.detail(pod));
    let reason = text(&case["message_contains"]);
    Ok((!said.contains(&reason)).then(|| format!("{level_version} says `{said}`, not `{reason}`")))
}

/// By its own name, or as the restricted check that stands for a baseline one.
fn is_named(violation: &Violation<'_>, wanted: &str) -> bool {
    let id = violation.control.id();
    let stands_for = match id {
        "capabilities_restricted" => "capabilities_baseline",
        "procMount_restricted" => "procMount",
        "restrictedVolumes" => "hostPathVolumes",
        "seccompProfile_restricted" => "seccompProfile_baseline",
        _ => id,
    };
    wanted == id || wanted == stands_for
}
