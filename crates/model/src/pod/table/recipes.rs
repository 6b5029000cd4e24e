//! Custom resources that write their pods in a form of their own: a step of Tekton, a template of
//! Argo Workflows, a Spark driver, a model server of `KServe`.

use super::{ContainerPath, From, LayerPath, Recipe, Shape};
use crate::pod::ContainerKind;

pub(crate) fn recipes(group: &str, kind: &str) -> &'static [Recipe] {
    match (group, kind) {
        ("argoproj.io", "Workflow" | "WorkflowTemplate" | "ClusterWorkflowTemplate") => WORKFLOW,
        ("argoproj.io", "CronWorkflow") => CRON_WORKFLOW,
        ("tekton.dev", "Task" | "ClusterTask") => TASK,
        ("tekton.dev", "StepAction") => STEP_ACTION,
        ("tekton.dev", "TaskRun") => TASK_RUN,
        ("tekton.dev", "Pipeline") => PIPELINE,
        ("tekton.dev", "PipelineRun") => PIPELINE_RUN,
        ("sparkoperator.k8s.io", "SparkApplication") => SPARK,
        ("sparkoperator.k8s.io", "ScheduledSparkApplication") => SCHEDULED_SPARK,
        ("serving.kserve.io", "InferenceService") => INFERENCE_SERVICE,
        ("actions.summerwind.dev", "Runner") => RUNNER,
        ("actions.summerwind.dev", "RunnerDeployment") => RUNNER_DEPLOYMENT,
        _ => &[],
    }
}

const POD: &str = "securityContext";

const ANCHOR: &[LayerPath] = &[layer(From::Anchor, "")];

const fn layer(from: From, path: &'static str) -> LayerPath {
    LayerPath { from, path, security_key: POD }
}

const fn list(path: &'static str, kind: ContainerKind) -> ContainerPath {
    ContainerPath { path, shape: Shape::List, kind, fallback_name: "", base: None }
}

const fn one(path: &'static str, fallback_name: &'static str) -> ContainerPath {
    let kind = ContainerKind::Regular;
    ContainerPath { path, shape: Shape::One, kind, fallback_name, base: None }
}

const fn with_base(container: ContainerPath, from: From, path: &'static str) -> ContainerPath {
    ContainerPath { base: Some((from, path)), ..container }
}

const INIT: ContainerKind = ContainerKind::Init;
const REGULAR: ContainerKind = ContainerKind::Regular;

const TEMPLATE_OF_WORKFLOW: &[ContainerPath] = &[
    list("initContainers", INIT),
    one("container", "main"),
    one("script", "main"),
    list("containerSet.containers", REGULAR),
    list("sidecars", REGULAR),
];

const WORKFLOW: &[Recipe] = &[Recipe {
    anchor: "spec.templates[]",
    layers: &[layer(From::Anchor, ""), layer(From::Root, "spec")],
    containers: TEMPLATE_OF_WORKFLOW,
    metadata: "metadata",
}];

const CRON_WORKFLOW: &[Recipe] = &[Recipe {
    anchor: "spec.workflowSpec.templates[]",
    layers: &[layer(From::Anchor, ""), layer(From::Root, "spec.workflowSpec")],
    containers: TEMPLATE_OF_WORKFLOW,
    metadata: "metadata",
}];

const STEPS: &[ContainerPath] =
    &[with_base(list("steps", REGULAR), From::Anchor, "stepTemplate"), list("sidecars", REGULAR)];

const TASK: &[Recipe] =
    &[Recipe { anchor: "spec", layers: ANCHOR, containers: STEPS, metadata: "" }];

const STEP_ACTION: &[Recipe] = &[Recipe {
    anchor: "spec",
    layers: &[LayerPath { from: From::Anchor, path: "", security_key: "podSecurityContext" }],
    containers: &[one("", "step")],
    metadata: "",
}];

const TASK_RUN: &[Recipe] = &[Recipe {
    anchor: "spec.taskSpec",
    layers: &[
        layer(From::Anchor, ""),
        layer(From::Root, "spec.podTemplate"),
        layer(From::Root, "spec"),
    ],
    containers: STEPS,
    metadata: "metadata",
}];

const fn embedded_task(anchor: &'static str, layers: &'static [LayerPath]) -> Recipe {
    Recipe { anchor, layers, containers: STEPS, metadata: "metadata" }
}

const PIPELINE: &[Recipe] = &[
    embedded_task("spec.tasks[].taskSpec", ANCHOR),
    embedded_task("spec.finally[].taskSpec", ANCHOR),
];

/// `podTemplate` stood below `spec` before version v1 of the API.
const RUN_LAYERS: &[LayerPath] = &[
    layer(From::Anchor, ""),
    layer(From::Root, "spec.taskRunTemplate.podTemplate"),
    layer(From::Root, "spec.taskRunTemplate"),
    layer(From::Root, "spec.podTemplate"),
    layer(From::Root, "spec"),
];

const PIPELINE_RUN: &[Recipe] = &[
    embedded_task("spec.pipelineSpec.tasks[].taskSpec", RUN_LAYERS),
    embedded_task("spec.pipelineSpec.finally[].taskSpec", RUN_LAYERS),
];

/// Driver and executor have the fields of a container and of a pod in one map; `securityContext`
/// is the container's.
const SPARK_POD: &str = "podSecurityContext";

const SPARK_LAYERS: &[LayerPath] = &[
    LayerPath { from: From::Anchor, path: "", security_key: SPARK_POD },
    layer(From::Anchor, "template.spec"),
    LayerPath { from: From::Root, path: "spec", security_key: SPARK_POD },
];

const SPARK_SCHEDULED_LAYERS: &[LayerPath] = &[
    LayerPath { from: From::Anchor, path: "", security_key: SPARK_POD },
    layer(From::Anchor, "template.spec"),
    LayerPath { from: From::Root, path: "spec.template", security_key: SPARK_POD },
];

const DRIVER: &str = "spark-kubernetes-driver";
const EXECUTOR: &str = "spark-kubernetes-executor";

const fn spark(
    anchor: &'static str,
    layers: &'static [LayerPath],
    containers: &'static [ContainerPath],
) -> Recipe {
    Recipe { anchor, layers, containers, metadata: "template.metadata" }
}

const fn spark_containers(name: &'static str, application: &'static str) -> [ContainerPath; 5] {
    [
        list("initContainers", INIT),
        list("template.spec.initContainers", INIT),
        with_base(one("", name), From::Root, application),
        list("sidecars", REGULAR),
        list("template.spec.containers", REGULAR),
    ]
}

const SPARK: &[Recipe] = &[
    spark("spec.driver", SPARK_LAYERS, &spark_containers(DRIVER, "spec")),
    spark("spec.executor", SPARK_LAYERS, &spark_containers(EXECUTOR, "spec")),
];

const SCHEDULED_SPARK: &[Recipe] = &[
    spark(
        "spec.template.driver",
        SPARK_SCHEDULED_LAYERS,
        &spark_containers(DRIVER, "spec.template"),
    ),
    spark(
        "spec.template.executor",
        SPARK_SCHEDULED_LAYERS,
        &spark_containers(EXECUTOR, "spec.template"),
    ),
];

const INFERENCE_CONTAINERS: &[ContainerPath] =
    &[list("initContainers", INIT), list("containers", REGULAR), one("model", "kserve-container")];

const fn component(anchor: &'static str) -> Recipe {
    Recipe { anchor, layers: ANCHOR, containers: INFERENCE_CONTAINERS, metadata: "" }
}

const INFERENCE_SERVICE: &[Recipe] = &[
    component("spec.predictor"),
    component("spec.predictor.workerSpec"),
    component("spec.transformer"),
    component("spec.explainer"),
];

/// The runner's own container is made of the pod's fields `image`, `env` and the like.
const RUNNER_CONTAINERS: &[ContainerPath] = &[
    list("initContainers", INIT),
    list("containers", REGULAR),
    list("sidecarContainers", REGULAR),
];

const fn runner(anchor: &'static str, metadata: &'static str) -> Recipe {
    Recipe { anchor, layers: ANCHOR, containers: RUNNER_CONTAINERS, metadata }
}

const RUNNER: &[Recipe] = &[runner("spec", "")];
const RUNNER_DEPLOYMENT: &[Recipe] = &[runner("spec.template.spec", "")];
