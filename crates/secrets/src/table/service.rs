//! Credentials of messengers, payment, mail, model providers and other services.

use kordon_model::Confidence;

use crate::Detector;

pub(super) const DETECTORS: &[Detector] = &[
    Detector::token("slack-bot-token", "Slack bot token", &["xoxb-"], r"xoxb-[0-9]{8,}-[A-Za-z0-9-]{16,}").show("xoxb-"),
    Detector::token("slack-token", "Slack token", &["xoxa-", "xoxe", "xoxo-", "xoxp-", "xoxr-", "xoxs-"], r"xox[aeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{20,}")
        .show("xox"),
    Detector::token("slack-app-token", "Slack app token", &["xapp-"], r"xapp-[0-9]-[A-Z0-9]+-[0-9]+-[a-f0-9]{32,}").show("xapp-"),
    Detector::context(
        "slack-webhook",
        "Slack webhook",
        &["hooks.slack.com"],
        r"hooks\.slack\.com/(?:services|workflows|triggers)/([A-Za-z0-9+/]{40,80})",
    )
    .entropy(3.2),
    Detector::context(
        "discord-bot-token",
        "Discord bot token",
        &["discord"],
        r"(?i:discord)[^\n]{0,60}?([MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38})",
    )
    .entropy(3.5),
    Detector::context(
        "discord-webhook",
        "Discord webhook",
        &["/api/webhooks/"],
        r"discord(?:app)?\.com/api/webhooks/[0-9]{17,20}/([A-Za-z0-9_-]{60,})",
    ),
    Detector::context(
        "teams-webhook",
        "Microsoft Teams webhook",
        &["webhook.office.com"],
        r"webhook\.office\.com/webhookb2/([0-9a-f-]{36}@[0-9a-f-]{36}/IncomingWebhook/[0-9a-f]{32}/[0-9a-f-]{36})",
    ),
    Detector::token("telegram-bot-token", "Telegram bot token", &[":aa"], r"[0-9]{8,10}:AA[A-Za-z0-9_-]{33}").entropy(3.5),
    Detector::token("stripe-live-key", "Stripe live key", &["sk_live_", "rk_live_"], r"[sr]k_live_[A-Za-z0-9]{20,247}").show("sk_live_"),
    Detector::token("stripe-test-key", "Stripe test key", &["sk_test_", "rk_test_"], r"[sr]k_test_[A-Za-z0-9]{20,247}")
        .show("sk_test_")
        .confidence(Confidence::Medium),
    Detector::token("webhook-signing-secret", "Webhook signing secret", &["whsec_"], r"whsec_[A-Za-z0-9+/]{32,}={0,2}").show("whsec_"),
    Detector::token("square-token", "Square access token", &["sq0atp-", "sq0csp-"], r"(?:sq0atp-[A-Za-z0-9_-]{22}|sq0csp-[A-Za-z0-9_-]{43})")
        .show("sq0"),
    Detector::token("braintree-token", "Braintree access token", &["access_token$"], r"access_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32}")
        .show("access_token$"),
    Detector::token("shopify-token", "Shopify token", &["shpat_", "shpca_", "shppa_", "shpss_"], r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}").show("shp"),
    Detector::context(
        "twilio-auth-token",
        "Twilio auth token",
        &["twilio"],
        r#"(?i:twilio[a-z0-9_.-]{0,20}(?:token|secret))["']?\s{0,3}[:=]\s{0,3}["']?([0-9a-f]{32})"#,
    ),
    Detector::token(
        "twilio-api-key",
        "Twilio API key",
        &["sk0", "sk1", "sk2", "sk3", "sk4", "sk5", "sk6", "sk7", "sk8", "sk9", "ska", "skb", "skc", "skd", "ske", "skf"],
        r"SK[0-9a-f]{32}",
    )
    .show("SK"),
    Detector::token("sendgrid-key", "SendGrid API key", &["sg."], r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}").show("SG."),
    Detector::token("mailgun-key", "Mailgun API key", &["key-"], r"key-[a-f0-9]{32}").show("key-"),
    Detector::token("mailchimp-key", "Mailchimp API key", &["-us"], r"[0-9a-f]{32}-us[0-9]{1,2}"),
    Detector::token("brevo-key", "Brevo API key", &["xkeysib-"], r"xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}").show("xkeysib-"),
    Detector::token("resend-key", "Resend API key", &["re_"], r"re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}").show("re_").entropy(3.5),
    Detector::token("openai-key", "OpenAI API key", &["t3blbkfj"], r"sk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,}").show("sk-"),
    Detector::token("anthropic-key", "Anthropic API key", &["sk-ant-"], r"sk-ant-[a-z]+[0-9][0-9]-[A-Za-z0-9_-]{80,}").show("sk-ant-"),
    Detector::token("huggingface-token", "Hugging Face token", &["hf_"], r"hf_[A-Za-z]{34}").show("hf_").entropy(3.2),
    Detector::token("groq-key", "Groq API key", &["gsk_"], r"gsk_[A-Za-z0-9]{52}").show("gsk_"),
    Detector::token("replicate-token", "Replicate API token", &["r8_"], r"r8_[A-Za-z0-9]{37}").show("r8_"),
    Detector::token("perplexity-key", "Perplexity API key", &["pplx-"], r"pplx-[A-Za-z0-9]{48}").show("pplx-"),
    Detector::token("xai-key", "xAI API key", &["xai-"], r"xai-[A-Za-z0-9]{80}").show("xai-"),
    Detector::token("langsmith-key", "LangSmith API key", &["lsv2_"], r"lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}").show("lsv2_"),
    Detector::token("pinecone-key", "Pinecone API key", &["pcsk_"], r"pcsk_[A-Za-z0-9]{5,6}_[A-Za-z0-9]{60,}").show("pcsk_"),
    Detector::token("linear-key", "Linear API key", &["lin_api_"], r"lin_api_[A-Za-z0-9]{40}").show("lin_api_"),
    Detector::token("notion-token", "Notion token", &["ntn_"], r"ntn_[0-9]{11}[A-Za-z0-9]{35}").show("ntn_"),
    Detector::token("airtable-token", "Airtable token", &["pat"], r"pat[A-Za-z0-9]{14}\.[a-f0-9]{64}").show("pat"),
    Detector::token("figma-token", "Figma token", &["figd_"], r"figd_[A-Za-z0-9_-]{38,}").show("figd_"),
    Detector::token("hubspot-token", "HubSpot token", &["pat-na", "pat-eu"], r"pat-(?:na|eu)[0-9]-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}").show("pat-"),
    Detector::token("mapbox-token", "Mapbox secret token", &["sk.eyj"], r"sk\.eyJ[A-Za-z0-9_-]{60,}\.[A-Za-z0-9_-]{20,}").show("sk."),
    Detector::token("twitter-bearer-token", "X bearer token", &["aaaaaaaaaaaaaaaaaaaaa"], r"A{21}[A-Za-z0-9%]{60,}").entropy(3.0),
    Detector::token("dropbox-token", "Dropbox token", &["sl."], r"sl\.(?:u\.)?[A-Za-z0-9_-]{130,}").show("sl."),
];
