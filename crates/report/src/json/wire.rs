//! The shapes of `kordon.report/v1`. They are promised to scripts: the schema says how.

use kordon_finding as words;
use serde::{Serialize, Serializer, ser::SerializeSeq as _};
use serde_json::Value;

#[derive(Serialize)]
pub(super) struct Head<'a> {
    pub(super) schema: &'a str,
    pub(super) tool: Tool<'a>,
    pub(super) started: &'a str,
    /// Last: the report goes on behind it.
    pub(super) target: Target<'a>,
}

#[derive(Serialize)]
pub(super) struct Tool<'a> {
    pub(super) version: &'a str,
}

#[derive(Serialize)]
pub(super) struct Target<'a> {
    kind: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespaces: Option<Vec<Namespace<'a>>>,
}

/// A namespace under a Pod Security level.
#[derive(Serialize)]
struct Namespace<'a> {
    namespace: &'a str,
    workloads: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    enforced: Option<&'a str>,
    ready: bool,
    blocking: Vec<Blocker<'a>>,
    malformed: &'a [Box<str>],
}

#[derive(Serialize)]
struct Blocker<'a> {
    workload: &'a str,
    controls: Vec<Control<'a>>,
}

#[derive(Serialize)]
struct Control<'a> {
    control: &'a str,
    fields: &'a [Box<str>],
}

impl<'a> From<&'a crate::NamespaceForecast> for Namespace<'a> {
    fn from(forecast: &'a crate::NamespaceForecast) -> Self {
        let control =
            |(control, fields): &'a (Box<str>, Vec<Box<str>>)| Control { control, fields };
        let blocker = |blocker: &'a crate::Blocker| Blocker {
            workload: &blocker.workload,
            controls: blocker.controls.iter().map(control).collect(),
        };
        Self {
            namespace: &forecast.namespace,
            workloads: forecast.workloads,
            enforced: forecast.enforced.as_deref(),
            ready: forecast.is_ready(),
            blocking: forecast.blocking.iter().map(blocker).collect(),
            malformed: &forecast.malformed,
        }
    }
}

impl<'a> From<crate::Target<'a>> for Target<'a> {
    fn from(target: crate::Target<'a>) -> Self {
        let level = target.pod_security.map(|rules| rules.level);
        let version = target.pod_security.map(|rules| rules.version);
        let namespaces =
            target.pod_security.map(|rules| rules.namespaces.iter().map(Namespace::from).collect());
        Self { kind: target.kind, name: target.name, level, version, namespaces }
    }
}

#[derive(Serialize)]
pub(super) struct CoverageEntry<'a> {
    what: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "is_zero")]
    line: u32,
    #[serde(skip_serializing_if = "is_zero")]
    column: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    state: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'a str,
}

impl<'a> From<&'a words::Coverage> for CoverageEntry<'a> {
    fn from(entry: &'a words::Coverage) -> Self {
        Self {
            what: entry.what.as_str(),
            file: entry.file.as_deref(),
            line: entry.line,
            column: entry.column,
            id: entry.id.as_deref(),
            state: entry.state.as_str(),
            reason: &entry.reason,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(n: &u32) -> bool {
    *n == 0
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Subject<'a> {
    kind: &'a str,
    api_version: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<&'a str>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    container: Option<&'a str>,
}

impl<'a> Subject<'a> {
    pub(super) fn new(subject: &'a words::Subject, container: Option<&'a str>) -> Self {
        Self {
            kind: &subject.kind,
            api_version: &subject.api_version,
            namespace: subject.namespace.as_deref(),
            name: &subject.name,
            container,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Location<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "is_zero")]
    line: u32,
    #[serde(skip_serializing_if = "is_zero")]
    column: u32,
    path: &'a str,
}

impl<'a> From<&'a words::Location> for Location<'a> {
    fn from(location: &'a words::Location) -> Self {
        Self {
            file: &location.file,
            line: location.line,
            column: location.column,
            path: &location.path,
        }
    }
}

pub(super) struct EvidenceList<'a>(pub(super) &'a [words::Evidence]);

#[derive(Serialize)]
struct Evidence<'a> {
    path: &'a str,
    value: &'a Value,
}

impl Serialize for EvidenceList<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for evidence in self.0 {
            list.serialize_element(&Evidence { path: &evidence.path, value: &evidence.value })?;
        }
        list.end()
    }
}

#[derive(Serialize)]
pub(super) struct Fix<'a> {
    /// `safe`, or `review` where it could stop what runs.
    safety: &'static str,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    /// `set`, `append` (unless it is there) or `remove`.
    op: &'static str,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a Value>,
}

impl<'a> From<&'a words::Fix> for Fix<'a> {
    fn from(fix: &'a words::Fix) -> Self {
        let safety = match fix.safety {
            words::Safety::Safe => "safe",
            words::Safety::Review => "review",
        };
        Self { safety, edits: fix.edits.iter().map(Edit::from).collect() }
    }
}

impl<'a> From<&'a words::Edit> for Edit<'a> {
    fn from(edit: &'a words::Edit) -> Self {
        let (op, value) = match &edit.value {
            words::EditValue::Set(value) => ("set", Some(value)),
            words::EditValue::Append(value) => ("append", Some(value)),
            words::EditValue::Remove => ("remove", None),
        };
        Self { op, path: &edit.path, value }
    }
}
