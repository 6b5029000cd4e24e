//! Credentials of code hosts, package registries, CI and observability.

use crate::Detector;

pub(super) const DETECTORS: &[Detector] = &[
    Detector::token(
        "github-personal-token",
        "GitHub personal access token",
        &["ghp_"],
        r"ghp_[A-Za-z0-9]{36}",
    )
    .show("ghp_"),
    Detector::token(
        "github-fine-grained-token",
        "GitHub fine-grained access token",
        &["github_pat_"],
        r"github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}",
    )
    .show("github_pat_"),
    Detector::token("github-oauth-token", "GitHub OAuth token", &["gho_"], r"gho_[A-Za-z0-9]{36}")
        .show("gho_"),
    Detector::token(
        "github-app-token",
        "GitHub App token",
        &["ghu_", "ghs_"],
        r"gh[us]_[A-Za-z0-9]{36}",
    )
    .show("gh"),
    Detector::token(
        "github-refresh-token",
        "GitHub refresh token",
        &["ghr_"],
        r"ghr_[A-Za-z0-9]{36,76}",
    )
    .show("ghr_"),
    Detector::token(
        "gitlab-personal-token",
        "GitLab personal access token",
        &["glpat-"],
        r"glpat-[A-Za-z0-9_-]{20,}(?:\.[0-9a-z]{2}\.[0-9a-z]{9})?",
    )
    .show("glpat-"),
    Detector::token(
        "gitlab-deploy-token",
        "GitLab deploy token",
        &["gldt-"],
        r"gldt-[A-Za-z0-9_-]{20,}",
    )
    .show("gldt-"),
    Detector::token(
        "gitlab-runner-token",
        "GitLab runner token",
        &["glrt-", "glrtr-", "gr1348941"],
        r"(?:glrtr?-[A-Za-z0-9_-]{20,}|GR1348941[A-Za-z0-9_-]{20})",
    )
    .show("gl"),
    Detector::token(
        "gitlab-token",
        "GitLab token",
        &["glptt-", "glagent-", "glcbt-", "glft-", "glsoat-", "glimt-", "gloas-", "glffct-"],
        r"(?:glptt|glagent|glcbt|glft|glsoat|glimt|gloas|glffct)-[A-Za-z0-9_-]{20,}",
    )
    .show("gl"),
    Detector::token("bitbucket-token", "Bitbucket app password", &["atbb"], r"ATBB[A-Za-z0-9]{32}")
        .show("ATBB"),
    Detector::token(
        "atlassian-token",
        "Atlassian API token",
        &["atatt3"],
        r"ATATT3[A-Za-z0-9_=-]{100,}",
    )
    .show("ATATT3"),
    Detector::token("npm-token", "npm access token", &["npm_"], r"npm_[A-Za-z0-9]{36}")
        .show("npm_"),
    Detector::context(
        "npmrc-auth",
        "npm registry credential",
        &["_authtoken"],
        r#"_authToken\s{0,3}=\s{0,3}"?([A-Za-z0-9_/+=.-]{16,})"#,
    )
    .entropy(3.0),
    Detector::token(
        "pypi-token",
        "PyPI upload token",
        &["pypi-"],
        r"pypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZ)[A-Za-z0-9_-]{50,}",
    )
    .show("pypi-"),
    Detector::token("rubygems-token", "RubyGems API key", &["rubygems_"], r"rubygems_[a-f0-9]{48}")
        .show("rubygems_"),
    Detector::token("crates-io-token", "crates.io token", &["cio"], r"cio[A-Za-z0-9]{32}")
        .show("cio")
        .entropy(3.5),
    Detector::token("nuget-key", "NuGet API key", &["oy2"], r"oy2[a-z0-9]{43}")
        .show("oy2")
        .entropy(3.2),
    Detector::token(
        "clojars-token",
        "Clojars deploy token",
        &["clojars_"],
        r"CLOJARS_[a-z0-9]{60}",
    )
    .show("CLOJARS_"),
    Detector::token(
        "dockerhub-token",
        "Docker Hub access token",
        &["dckr_pat_", "dckr_oat_"],
        r"dckr_(?:pat|oat)_[A-Za-z0-9_-]{27,32}",
    )
    .show("dckr_"),
    Detector::token(
        "artifactory-key",
        "JFrog Artifactory key",
        &["akcp", "cmvmdgtu"],
        r"(?:AKCp[A-Za-z0-9]{69}|cmVmdGtu[A-Za-z0-9]{56})",
    )
    .entropy(3.5),
    Detector::token(
        "circleci-token",
        "CircleCI token",
        &["ccipat_"],
        r"CCIPAT_[A-Za-z0-9]{22}_[a-f0-9]{40}",
    )
    .show("CCIPAT_"),
    Detector::token(
        "buildkite-token",
        "Buildkite token",
        &["bkua_", "bkat_"],
        r"bk(?:ua|at)_[a-f0-9]{40}",
    )
    .show("bk"),
    Detector::token(
        "sonarqube-token",
        "SonarQube token",
        &["squ_", "sqp_", "sqa_"],
        r"sq[upa]_[a-f0-9]{40}",
    )
    .show("sq"),
    Detector::token(
        "sentry-token",
        "Sentry token",
        &["sntrys_", "sntryu_"],
        r"sntry[su]_[A-Za-z0-9+/=_-]{60,}",
    )
    .show("sntry"),
    Detector::token(
        "grafana-token",
        "Grafana token",
        &["glsa_", "glc_eyj"],
        r"(?:glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|glc_eyJ[A-Za-z0-9+/]{30,400}={0,2})",
    )
    .show("gl"),
    Detector::token(
        "newrelic-key",
        "New Relic key",
        &["nrak-", "nrii-"],
        r"(?:NRAK-[A-Z0-9]{27}|NRII-[A-Za-z0-9_-]{32})",
    )
    .show("NR"),
    Detector::token(
        "dynatrace-token",
        "Dynatrace token",
        &["dt0"],
        r"dt0[a-z][0-9]{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}",
    )
    .show("dt0"),
    Detector::token(
        "postman-key",
        "Postman API key",
        &["pmak-"],
        r"PMAK-[a-f0-9]{24}-[a-f0-9]{34}",
    )
    .show("PMAK-"),
    Detector::token(
        "launchdarkly-key",
        "LaunchDarkly key",
        &["sdk-", "api-"],
        r"(?:sdk|api)-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}",
    ),
    Detector::token(
        "contentful-token",
        "Contentful token",
        &["cfpat-"],
        r"CFPAT-[A-Za-z0-9_-]{43}",
    )
    .show("CFPAT-"),
];
