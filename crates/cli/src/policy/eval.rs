//! `kordon policy eval`: verdicts on objects of files, or on one admission request.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use kordon_assess::pod_template;
use kordon_base::KubernetesVersion;
use kordon_manifest::What;
use kordon_model::{
    Object, PodKinds, find_pods,
    resources::{CustomResource, Resources},
};
use kordon_policy::{Facts, PolicySet, Request, State, Verdict};

use super::{render, request::RequestFile};
use crate::{
    documents::{self, objects_of},
    failure::{Exit, Hinted, tell},
    output,
    scan::policies,
};

#[derive(Args, Debug)]
pub(crate) struct Eval {
    /// Files or folders with the objects to judge; without any, the object of the request
    #[arg(value_name = "TARGET")]
    targets: Vec<PathBuf>,
    /// Files or folders of policies, bindings and parameters
    #[arg(long, required = true, value_name = "PATH", value_delimiter = ',')]
    policy: Vec<PathBuf>,
    /// An AdmissionReview or AdmissionRequest: operation, user and what the authorizer allows
    #[arg(long, value_name = "FILE")]
    request: Option<PathBuf>,
    /// The minor version of Kubernetes whose rules hold
    #[arg(long, value_name = "1.N", default_value_t = KubernetesVersion::NEWEST)]
    kubernetes_version: KubernetesVersion,
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "table")]
    #[arg(help = "The form of the verdicts")]
    format: Format,
    /// Exit with 2 if something was not assessed
    #[arg(long)]
    strict: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
enum Format {
    Table,
    Json,
}

/// A judged object with its verdicts.
pub(super) struct Judged<'s> {
    /// `Deployment/shop/cart`
    pub(super) object: String,
    pub(super) file: String,
    pub(super) verdicts: Vec<Verdict<'s>>,
}

pub(super) fn run(eval: &Eval) -> anyhow::Result<Exit> {
    let resources = Resources::default();
    let (set, _warnings) = policies::usable(&eval.policy, eval.kubernetes_version, &resources)?;
    let request = eval.request.as_deref().map(RequestFile::read).transpose()?;
    let mut judged = Vec::new();
    let unread = documents::of_paths(&eval.targets, |document, unread| {
        if document.what() == What::Object {
            for object in objects_of(&document.tree, unread) {
                judged.push(judge(&set, object, request.as_ref(), &resources));
            }
        }
    })?;
    for problem in &unread {
        tell(&format!("not-assessed: {problem}\n"));
    }
    if let (true, Some(request)) = (eval.targets.is_empty(), &request) {
        judged.push(judge_request(&set, request, &resources)?);
    } else if eval.targets.is_empty() {
        bail!(Hinted::new("nothing to judge", "name a TARGET, or give a --request"));
    }
    output::write(None, |out| match eval.format {
        Format::Table => render::table(&judged, out),
        Format::Json => render::json(&judged, &unread, out),
    })?;
    let any = |state| judged.iter().flat_map(|one| &one.verdicts).any(|one| one.state == state);
    Ok(if eval.strict && (any(State::NotAssessed) || !unread.is_empty()) {
        Exit::Failed
    } else if any(State::Fail) {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

fn judge<'s>(
    set: &'s PolicySet,
    object: Object<'_>,
    file: Option<&RequestFile>,
    resources: &Resources,
) -> Judged<'s> {
    let guessed = CustomResource::guess(object.group(), object.version(), object.kind());
    let known = resources.by_kind(object.group(), object.version(), object.kind());
    let resource = known.unwrap_or_else(|| guessed.in_version(object.version()));
    let mut request = Request::create(object.root(), resource);
    if let Some(file) = file {
        file.amend(&mut request);
    }
    Judged {
        object: name(object),
        file: object.source().name().to_owned(),
        verdicts: verdicts(set, object, &request, file),
    }
}

fn judge_request<'s>(
    set: &'s PolicySet,
    file: &RequestFile,
    resources: &Resources,
) -> anyhow::Result<Judged<'s>> {
    let root = file.object().context("the request has neither object nor oldObject")?;
    let object =
        Object::from_root(root).context("the request's object has no apiVersion and kind")?;
    Ok(judge(set, object, Some(file), resources))
}

fn verdicts<'s>(
    set: &'s PolicySet,
    object: Object<'_>,
    request: &Request<'_>,
    file: Option<&RequestFile>,
) -> Vec<Verdict<'s>> {
    let pods = find_pods(object, &PodKinds::default());
    let facts = Facts {
        authorizer: file.and_then(RequestFile::authorizer),
        pod_template: pods.first().and_then(|pod| pod_template(object, pod)),
        ..Facts::default()
    };
    set.judge(request, &facts)
}

fn name(object: Object<'_>) -> String {
    let namespace = object.namespace().map(|text| format!("{text}/")).unwrap_or_default();
    format!("{}/{namespace}{}", object.kind(), object.display_name())
}
