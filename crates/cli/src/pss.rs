//! `kordon pss`: manifests against a level of the Pod Security Standards, and what enforcing the
//! level would stop, by namespace.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use clap::Args;
use kordon_assess::{PodSecurity, PodSecurityAssessment};
use kordon_model::{Object, PodKinds};
use kordon_posture::pss::{
    Blocking, Exemptions, Level, LevelVersion, Mode, NamespaceForecast, PssVersion, Standard,
};
use kordon_report::Blocker;

use crate::{
    common::{Gate, Output},
    configuration::{self, ConfigurationFile},
    failure::Exit,
    scan::{
        Conclusion, Files, find,
        read::{Engine, read},
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
    pss.output.set_jobs()?;
    let found = find(&pss.targets, &pss.files, &pss.output)?;
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
    let (scanned, parts) = read(&found.inputs, pss.files.limits(), &engine, &pss.output);
    let namespaces = rows(asked.finish(parts));
    let pod_security = kordon_report::PodSecurity {
        level: pss.level.as_str(),
        version: &pss.pss_version.to_string(),
        namespaces: &namespaces,
    };
    let Pss { targets, gate, output, .. } = &pss;
    Conclusion { started, targets, found: &found, gate, output }.draw(scanned, Some(pod_security))
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
