//! `kordon pss`: manifests against a level of the Pod Security Standards, and what enforcing the
//! level would stop, by namespace.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use anyhow::Context as _;
use clap::Args;
use kordon_assess::{PodSecurity, PodSecurityAssessment};
use kordon_manifest::discover;
use kordon_model::{Object, PodKinds};
use kordon_posture::pss::{
    Blocking, Exemptions, Level, LevelVersion, Mode, NamespaceForecast, PssVersion, Standard,
};
use kordon_report::{Blocker, Report, Target};

use crate::{
    common::{Gate, Output},
    configuration::{self, ConfigurationFile},
    failure::Exit,
    scan::{
        Files, gate,
        read::{Engine, read},
        refuse_others,
    },
};

#[derive(Args, Debug)]
pub(crate) struct Pss {
    /// Files, folders, or `-` for standard input
    #[arg(required = true, value_name = "TARGET")]
    targets: Vec<PathBuf>,
    /// The level to judge by: baseline or restricted
    #[arg(long, value_name = "LEVEL", default_value_t = Level::Restricted)]
    level: Level,
    /// The version of the standards: v1.N or latest
    #[arg(long, value_name = "VERSION", default_value_t = PssVersion::Latest)]
    pss_version: PssVersion,
    /// Namespaces that the cluster's configuration exempts
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    exempt_namespaces: Vec<String>,
    /// Runtime classes that the cluster's configuration exempts
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    exempt_runtime_classes: Vec<String>,
    #[command(flatten)]
    files: Files,
    /// The configuration file [default: kordon.yaml, from here upwards to the repository's root]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    gate: Gate,
    #[command(flatten)]
    output: Output,
}

impl Pss {
    fn fill(&mut self, file: &ConfigurationFile) {
        self.files.fill(&file.files);
        self.gate.fill(file);
        self.output.fill(file);
    }
}

pub(crate) fn run(mut pss: Pss) -> anyhow::Result<Exit> {
    let started = jiff::Timestamp::now();
    let file = configuration::load(pss.config.as_deref())?;
    pss.fill(&file);
    refuse_others(&pss.targets)?;
    pss.output.set_jobs()?;
    let found = discover(&pss.targets, &pss.files.selection())?;
    let level_version = LevelVersion { level: pss.level, version: pss.pss_version };
    let asked = PodSecurity {
        standard: Standard::new(level_version),
        pod_kinds: PodKinds::new(file.pods),
        exemptions: Exemptions {
            namespaces: pss.exempt_namespaces.clone(),
            runtime_classes: pss.exempt_runtime_classes.clone(),
            usernames: Vec::new(),
        },
    };
    let engine = Engine {
        start: || asked.start(),
        assess: |part: &mut PodSecurityAssessment<'_>, object: Object<'_>, file: &Arc<str>| {
            part.assess(object, file)
        },
    };
    let (mut result, parts) = read(&found.inputs, pss.files.limits(), &engine, &pss.output);
    result.add_problems(&found.problems);
    let is_at_gate = result.findings.iter().any(|finding| pss.gate.stops(finding));
    let n_hidden = result.retain(|finding| pss.gate.is_shown(finding.severity));
    let namespaces = rows(asked.finish(parts));
    let name = pss.targets.iter().map(|path| path.display().to_string());
    let report = Report {
        version: env!("CARGO_PKG_VERSION"),
        started: &started.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        target: Target {
            kind: "manifests",
            name: &name.collect::<Vec<_>>().join(" "),
            pod_security: Some(kordon_report::PodSecurity {
                level: pss.level.as_str(),
                version: &pss.pss_version.to_string(),
                namespaces: &namespaces,
            }),
        },
        coverage: &result.coverage,
        findings: &result.findings,
    };
    pss.output.render(&report, &result, n_hidden).context("the report was not written")?;
    gate::tell_missed(&pss.output, &result);
    let is_named = |file: &usize| match &found.inputs[*file].path {
        Some(path) => pss.targets.contains(path),
        None => true,
    };
    let outcome = gate::Outcome { is_at_gate, is_unreadable: result.lost.iter().any(is_named) };
    Ok(gate::exit(&pss.gate, outcome, &result.coverage))
}

/// The forecast as reports have it.
fn rows(forecast: BTreeMap<Box<str>, NamespaceForecast>) -> Vec<kordon_report::NamespaceForecast> {
    let row = |(namespace, forecast): (Box<str>, NamespaceForecast)| {
        let enforced = forecast.policy.map(|policy| policy.of(Mode::Enforce).to_string().into());
        let name = |subject: &kordon_finding::Subject| -> Box<str> {
            format!("{}/{}", subject.kind, subject.name).into()
        };
        kordon_report::NamespaceForecast {
            namespace,
            workloads: forecast.n_workloads,
            enforced,
            blocking: forecast.blocking.iter().map(blocker).collect(),
            malformed: forecast.unjudged.iter().map(|subject| name(subject)).collect(),
        }
    };
    forecast.into_iter().map(row).collect()
}

fn blocker(blocking: &Blocking) -> Blocker {
    let mut controls: Vec<(Box<str>, Vec<Box<str>>)> = Vec::new();
    for field in &blocking.fields {
        let id = field.control.id();
        match controls.iter_mut().find(|(control, _)| &**control == id) {
            Some((_, fields)) => fields.push(field.path.clone()),
            None => controls.push((id.into(), vec![field.path.clone()])),
        }
    }
    let subject = &blocking.subject;
    Blocker { workload: format!("{}/{}", subject.kind, subject.name).into(), controls }
}
