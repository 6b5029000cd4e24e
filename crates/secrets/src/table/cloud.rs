//! Credentials of clouds and of the tools that provision them.

use crate::Detector;

pub(super) const DETECTORS: &[Detector] = &[
    Detector::token(
        "aws-access-key-id",
        "AWS access key id",
        &["akia", "asia", "abia", "acca"],
        r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}",
    )
    .show("AKIA"),
    Detector::context(
        "aws-secret-access-key",
        "AWS secret access key",
        &["aws"],
        r#"(?i:aws[a-z0-9_.-]{0,20}(?:secret|sk)[a-z0-9_.-]{0,20})["']?\s{0,3}[:=]\s{0,3}["']?([A-Za-z0-9/+]{40})(?:[^A-Za-z0-9/+=]|$)"#,
    )
    .entropy(3.5),
    Detector::context(
        "aws-session-token",
        "AWS session token",
        &["session_token", "sessiontoken"],
        r#"(?i:aws_?session_?token)["']?\s{0,3}[:=]\s{0,3}["']?([A-Za-z0-9/+]{100,}={0,2})"#,
    )
    .entropy(3.5),
    Detector::token(
        "aws-mws-token",
        "Amazon Marketplace token",
        &["amzn.mws."],
        r"amzn\.mws\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    )
    .show("amzn.mws."),
    Detector::token(
        "aws-bedrock-key",
        "Amazon Bedrock API key",
        &["absk"],
        r"ABSK[A-Za-z0-9+/]{109,269}={0,2}",
    )
    .show("ABSK")
    .entropy(3.5),
    Detector::token("gcp-api-key", "Google API key", &["aiza"], r"AIza[0-9A-Za-z_-]{35}")
        .show("AIza")
        .entropy(3.2),
    Detector::context(
        "gcp-service-account-key",
        "Google service account key",
        &["private_key_id"],
        r#""private_key_id"\s{0,3}:\s{0,3}"[0-9a-f]{40}"\s*,\s*"private_key"\s{0,3}:\s{0,3}"([^"]{64,})""#,
    ),
    Detector::token(
        "gcp-oauth-client-secret",
        "Google OAuth client secret",
        &["gocspx-"],
        r"GOCSPX-[A-Za-z0-9_-]{28}",
    )
    .show("GOCSPX-"),
    Detector::token(
        "gcp-oauth-token",
        "Google OAuth access token",
        &["ya29."],
        r"ya29\.[0-9A-Za-z_-]{20,}",
    )
    .show("ya29.")
    .entropy(3.5),
    Detector::context(
        "azure-storage-key",
        "Azure account key",
        &["accountkey"],
        r"(?i:AccountKey)\s{0,3}[:=]\s{0,3}([A-Za-z0-9+/]{86}==)",
    )
    .entropy(3.5),
    Detector::context(
        "azure-shared-access-key",
        "Azure shared access key",
        &["sharedaccesskey"],
        r"(?i:SharedAccessKey)\s{0,3}[:=]\s{0,3}([A-Za-z0-9+/]{43}=)",
    )
    .entropy(3.5),
    Detector::context(
        "azure-sas-signature",
        "Azure shared access signature",
        &["sig="],
        r"[?&;]sig=([A-Za-z0-9%+/]{42,100}(?:%3[Dd]|=))",
    )
    .entropy(3.5),
    Detector::token(
        "azure-client-secret",
        "Microsoft Entra client secret",
        &["7q~", "8q~"],
        r"[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}",
    )
    .entropy(3.5),
    Detector::token(
        "azure-devops-token",
        "Azure DevOps personal access token",
        &["azdo"],
        r"[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}",
    )
    .entropy(3.5),
    Detector::token(
        "azure-function-key",
        "Azure Functions key",
        &["azfu"],
        r"[A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_-]{5}[AQgw]==",
    )
    .entropy(3.5),
    Detector::token(
        "azure-registry-key",
        "Azure Container Registry key",
        &["+acr"],
        r"[A-Za-z0-9+/]{42}\+ACR[A-D][A-Za-z0-9]{5}",
    )
    .entropy(3.5),
    Detector::token(
        "digitalocean-token",
        "DigitalOcean token",
        &["dop_v1_", "doo_v1_", "dor_v1_"],
        r"do[opr]_v1_[a-f0-9]{64}",
    )
    .show("dop_v1_"),
    Detector::token("alibaba-access-key-id", "Alibaba Cloud access key id", &["ltai"], r"LTAI[A-Za-z0-9]{20}")
        .show("LTAI")
        .entropy(3.2),
    Detector::token("tencent-secret-id", "Tencent Cloud secret id", &["akid"], r"AKID[A-Za-z0-9]{32}")
        .show("AKID")
        .entropy(3.5),
    Detector::token("scaleway-access-key", "Scaleway access key", &["scw"], r"SCW[A-Z0-9]{17}")
        .show("SCW")
        .entropy(3.2),
    Detector::token(
        "cloudflare-origin-key",
        "Cloudflare origin CA key",
        &["v1.0-"],
        r"v1\.0-[a-f0-9]{24}-[a-f0-9]{146}",
    )
    .show("v1.0-"),
    Detector::token(
        "flyio-token",
        "Fly.io token",
        &["fo1_", "fm1", "fm2_"],
        r"(?:fo1_[A-Za-z0-9_-]{43}|fm[12][ar]?_[A-Za-z0-9+/=_-]{100,})",
    )
    .entropy(3.5),
    Detector::token("heroku-key", "Heroku API key", &["hrku-"], r"HRKU-[A-Za-z0-9_-]{36,64}").show("HRKU-"),
    Detector::token("databricks-token", "Databricks token", &["dapi"], r"dapi[a-f0-9]{32}(?:-[0-9])?").show("dapi"),
    Detector::token(
        "planetscale-token",
        "PlanetScale token",
        &["pscale_"],
        r"pscale_(?:pw|tkn|oauth)_[A-Za-z0-9_=.-]{32,64}",
    )
    .show("pscale_"),
    Detector::token(
        "supabase-key",
        "Supabase secret key",
        &["sb_secret_", "sbp_"],
        r"(?:sb_secret_[A-Za-z0-9_-]{20,}|sbp_[a-f0-9]{40})",
    )
    .show("sb"),
    Detector::token("vault-token", "HashiCorp Vault token", &["hvs.", "hvb.", "hvr."], r"hv[sbr]\.[A-Za-z0-9_-]{24,}")
        .show("hv")
        .entropy(3.2),
    Detector::token(
        "terraform-cloud-token",
        "Terraform Cloud token",
        &[".atlasv1."],
        r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,70}",
    )
    .entropy(3.5),
    Detector::token(
        "doppler-token",
        "Doppler token",
        &["dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "dp.scim.", "dp.audit."],
        r"dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44}",
    )
    .show("dp."),
    Detector::token("pulumi-token", "Pulumi access token", &["pul-"], r"pul-[a-f0-9]{40}").show("pul-"),
    Detector::token(
        "onepassword-token",
        "1Password service account token",
        &["ops_eyj"],
        r"ops_eyJ[A-Za-z0-9+/_-]{100,}={0,3}",
    )
    .show("ops_"),
    Detector::token(
        "tailscale-key",
        "Tailscale key",
        &["tskey-"],
        r"tskey-(?:auth|api|client|scim|webhook)-[A-Za-z0-9]{8,}-[A-Za-z0-9]{16,}",
    )
    .show("tskey-"),
];
