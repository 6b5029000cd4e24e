//! The kinds whose pods kordon knows where to find.
//!
//! Not here: kinds whose pods are composed by an operator out of its own settings (`KubeVirt`'s
//! virtual machines, Strimzi's and the Prometheus operator's resources). Their objects hold no pod
//! to judge; where a user adds whole containers to one, detection finds these.

use super::{ContainerKind, PodForm};

/// Where a built-in kind has its pod template; empty for a Pod, which is one.
pub(super) fn built_in(group: &str, kind: &str) -> Option<&'static str> {
    let path = match (group, kind) {
        ("", "Pod") => "",
        ("", "PodTemplate") => "template",
        ("", "ReplicationController")
        | ("apps" | "extensions", "Deployment" | "DaemonSet" | "ReplicaSet")
        | ("apps", "StatefulSet")
        | ("batch", "Job") => "spec.template",
        ("batch", "CronJob") => "spec.jobTemplate.spec.template",
        _ => return None,
    };
    Some(path)
}

/// A custom resource with pods in Kubernetes' own form.
pub(super) struct Row {
    pub(super) group: &'static str,
    pub(super) kind: &'static str,
    pub(super) form: PodForm,
    pub(super) paths: &'static [&'static str],
}

const fn templates(group: &'static str, kind: &'static str, paths: &'static [&'static str]) -> Row {
    Row { group, kind, form: PodForm::Template, paths }
}

const fn specs(group: &'static str, kind: &'static str, paths: &'static [&'static str]) -> Row {
    Row { group, kind, form: PodForm::Spec, paths }
}

const TEMPLATE: &[&str] = &["spec.template"];
const POD_TEMPLATE: &[&str] = &["spec.podTemplate"];
const NODE_SETS: &[&str] = &["spec.nodeSets[].podTemplate"];
const JOB_SET: &str = "spec.replicatedJobs[].template.spec.template";
const JOB_SET_IN_TEMPLATE: &[&str] =
    &["spec.template.spec.replicatedJobs[].template.spec.template"];
const FLINK: &[&str] =
    &["spec.podTemplate", "spec.jobManager.podTemplate", "spec.taskManager.podTemplate"];

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    // Delivery.
    templates("argoproj.io", "Rollout", TEMPLATE),
    templates("argoproj.io", "AnalysisTemplate", &["spec.metrics[].provider.job.spec.template"]),
    templates("argoproj.io", "ClusterAnalysisTemplate", &["spec.metrics[].provider.job.spec.template"]),
    templates("argoproj.io", "Experiment", &["spec.templates[].template"]),
    templates("apps.openshift.io", "DeploymentConfig", TEMPLATE),
    // OpenShift 3 wrote its kinds without a group.
    templates("", "DeploymentConfig", TEMPLATE),
    templates("apps.kruise.io", "CloneSet", TEMPLATE),
    templates("apps.kruise.io", "StatefulSet", TEMPLATE),
    templates("apps.kruise.io", "DaemonSet", TEMPLATE),
    templates("apps.kruise.io", "BroadcastJob", TEMPLATE),
    templates("apps.kruise.io", "AdvancedCronJob", &[
        "spec.template.jobTemplate.spec.template", "spec.template.broadcastJobTemplate.spec.template"]),
    templates("apps.kruise.io", "UnitedDeployment", &[
        "spec.template.statefulSetTemplate.spec.template", "spec.template.advancedStatefulSetTemplate.spec.template",
        "spec.template.cloneSetTemplate.spec.template", "spec.template.deploymentTemplate.spec.template"]),
    specs("apps.kruise.io", "SidecarSet", &["spec"]),
    // Sandboxes for agents.
    templates("agents.x-k8s.io", "Sandbox", POD_TEMPLATE),
    templates("extensions.agents.x-k8s.io", "SandboxTemplate", POD_TEMPLATE),
    templates("agents.x-k8s.io", "SandboxTemplate", POD_TEMPLATE),
    templates("agents.kruise.io", "Sandbox", TEMPLATE),
    templates("agents.kruise.io", "SandboxSet", TEMPLATE),
    // Serverless and scaling.
    templates("serving.knative.dev", "Service", TEMPLATE),
    templates("serving.knative.dev", "Configuration", TEMPLATE),
    specs("serving.knative.dev", "Revision", &["spec"]),
    templates("sources.knative.dev", "ContainerSource", TEMPLATE),
    templates("keda.sh", "ScaledJob", &["spec.jobTargetRef.template"]),
    // Batch and machine learning.
    templates("kubeflow.org", "PyTorchJob", &["spec.pytorchReplicaSpecs.*.template"]),
    templates("kubeflow.org", "TFJob", &["spec.tfReplicaSpecs.*.template"]),
    templates("kubeflow.org", "MPIJob", &["spec.mpiReplicaSpecs.*.template"]),
    templates("kubeflow.org", "XGBoostJob", &["spec.xgbReplicaSpecs.*.template"]),
    templates("kubeflow.org", "PaddleJob", &["spec.paddleReplicaSpecs.*.template"]),
    templates("kubeflow.org", "MXJob", &["spec.mxReplicaSpecs.*.template"]),
    templates("kubeflow.org", "JAXJob", &["spec.jaxReplicaSpecs.*.template"]),
    templates("kubeflow.org", "Notebook", TEMPLATE),
    templates("kubeflow.org", "Experiment", &["spec.trialTemplate.trialSpec.spec.template"]),
    templates("trainer.kubeflow.org", "TrainingRuntime", JOB_SET_IN_TEMPLATE),
    templates("trainer.kubeflow.org", "ClusterTrainingRuntime", JOB_SET_IN_TEMPLATE),
    templates("ray.io", "RayCluster", &["spec.headGroupSpec.template", "spec.workerGroupSpecs[].template"]),
    templates("ray.io", "RayJob", &[
        "spec.rayClusterSpec.headGroupSpec.template", "spec.rayClusterSpec.workerGroupSpecs[].template",
        "spec.submitterPodTemplate"]),
    templates("ray.io", "RayService", &[
        "spec.rayClusterConfig.headGroupSpec.template", "spec.rayClusterConfig.workerGroupSpecs[].template"]),
    templates("batch.volcano.sh", "Job", &["spec.tasks[].template"]),
    templates("batch.volcano.sh", "CronJob", &["spec.jobTemplate.spec.tasks[].template"]),
    templates("flow.volcano.sh", "JobTemplate", &["spec.tasks[].template"]),
    templates("jobset.x-k8s.io", "JobSet", &[JOB_SET]),
    templates("leaderworkerset.x-k8s.io", "LeaderWorkerSet", &[
        "spec.leaderWorkerTemplate.leaderTemplate", "spec.leaderWorkerTemplate.workerTemplate"]),
    templates("workload.codeflare.dev", "AppWrapper", &["spec.components[].template.spec.template"]),
    templates("flink.apache.org", "FlinkDeployment", FLINK),
    templates("flink.apache.org", "FlinkBlueGreenDeployment", &[
        "spec.template.spec.podTemplate", "spec.template.spec.jobManager.podTemplate",
        "spec.template.spec.taskManager.podTemplate"]),
    specs("serving.kserve.io", "ServingRuntime", &["spec"]),
    specs("serving.kserve.io", "ClusterServingRuntime", &["spec"]),
    templates("kueue.x-k8s.io", "Workload", &["spec.podSets[].template"]),
    // Databases and search.
    templates("elasticsearch.k8s.elastic.co", "Elasticsearch", NODE_SETS),
    templates("kibana.k8s.elastic.co", "Kibana", POD_TEMPLATE),
    templates("apm.k8s.elastic.co", "ApmServer", POD_TEMPLATE),
    templates("enterprisesearch.k8s.elastic.co", "EnterpriseSearch", POD_TEMPLATE),
    templates("maps.k8s.elastic.co", "ElasticMapsServer", POD_TEMPLATE),
    templates("logstash.k8s.elastic.co", "Logstash", POD_TEMPLATE),
    templates("beat.k8s.elastic.co", "Beat", &["spec.daemonSet.podTemplate", "spec.deployment.podTemplate"]),
    templates("agent.k8s.elastic.co", "Agent", &[
        "spec.daemonSet.podTemplate", "spec.deployment.podTemplate", "spec.statefulSet.podTemplate"]),
    templates("clickhouse.altinity.com", "ClickHouseInstallation", &["spec.templates.podTemplates[]"]),
    templates("kubedb.com", "Postgres", POD_TEMPLATE),
    templates("kubedb.com", "MySQL", POD_TEMPLATE),
    templates("kubedb.com", "MongoDB", POD_TEMPLATE),
    templates("kubedb.com", "Redis", POD_TEMPLATE),
    // Builds and games.
    templates("actions.github.com", "AutoscalingRunnerSet", TEMPLATE),
    templates("actions.github.com", "EphemeralRunnerSet", &["spec.ephemeralRunnerSpec"]),
    specs("actions.github.com", "EphemeralRunner", &["spec.spec"]),
    templates("actions.summerwind.dev", "RunnerSet", TEMPLATE),
    templates("agones.dev", "GameServer", TEMPLATE),
    templates("agones.dev", "GameServerSet", &["spec.template.spec.template"]),
    templates("agones.dev", "Fleet", &["spec.template.spec.template"]),
];

/// Where a path of a [`Recipe`] begins.
#[derive(Clone, Copy)]
pub(super) enum From {
    Anchor,
    Root,
}

pub(super) struct LayerPath {
    pub(super) from: From,
    pub(super) path: &'static str,
    pub(super) security_key: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    List,
    One,
}

#[derive(Clone, Copy)]
pub(super) struct ContainerPath {
    /// From the anchor.
    pub(super) path: &'static str,
    pub(super) shape: Shape,
    pub(super) kind: ContainerKind,
    pub(super) fallback_name: &'static str,
    pub(super) base: Option<(From, &'static str)>,
}

/// A custom resource that writes its pods in a form of its own.
pub(super) struct Recipe {
    /// Each place that this names is one pod.
    pub(super) anchor: &'static str,
    pub(super) layers: &'static [LayerPath],
    pub(super) containers: &'static [ContainerPath],
    /// From the anchor; empty for none.
    pub(super) metadata: &'static str,
}

mod recipes;

pub(super) use recipes::recipes;
