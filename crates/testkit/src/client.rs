//! Requests to the API server as its administrator.

use std::sync::Arc;

use anyhow::Context as _;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::Value;
use ureq::{
    Agent,
    tls::{Certificate, ClientCert, PrivateKey, RootCerts, TlsConfig},
};

#[derive(Clone, Debug)]
pub struct Client {
    agent: Agent,
    server: Arc<str>,
}

/// What the server said.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    /// The object, or the Status of a refusal.
    pub body: Value,
    /// Texts of the `Warning` headers.
    pub warnings: Vec<String>,
}

impl Answer {
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The refusal's message; empty for an object.
    #[must_use]
    pub fn message(&self) -> &str {
        self.body["message"].as_str().unwrap_or_default()
    }
}

impl Client {
    pub(crate) fn new(server: &str, kubeconfig: &str) -> anyhow::Result<Self> {
        let data = |key: &str| -> anyhow::Result<Vec<u8>> {
            let found = kubeconfig.lines().find_map(|line| {
                let (name, value) = line.trim().trim_start_matches("- ").split_once(':')?;
                (name.trim_matches('"') == key).then(|| value.trim_matches([' ', '"', ',']))
            });
            let text = found.with_context(|| format!("no {key} in the kubeconfig"))?;
            Ok(BASE64_STANDARD.decode(text)?)
        };
        let authority = Certificate::from_pem(&data("certificate-authority-data")?)?;
        let certificate = Certificate::from_pem(&data("client-certificate-data")?)?;
        let key = PrivateKey::from_pem(&data("client-key-data")?)?;
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::Specific(Arc::new(vec![authority])))
            .client_cert(Some(ClientCert::new_with_certs(&[certificate], key)))
            .build();
        let config = Agent::config_builder().tls_config(tls).http_status_as_error(false).build();
        Ok(Self { agent: config.into(), server: server.into() })
    }

    /// `path` begins with `/`, as `/api/v1/namespaces`.
    ///
    /// # Panics
    ///
    /// When the server does not answer.
    #[must_use]
    pub fn get(&self, path: &str) -> Answer {
        let answer = self.agent.get(self.url(path)).call();
        read(answer.expect("the API server answers"))
    }

    /// Creates from text in the given content type, as `application/yaml`.
    ///
    /// # Panics
    ///
    /// When the server does not answer.
    #[must_use]
    pub fn post(&self, path: &str, content_type: &str, body: &[u8]) -> Answer {
        let request = self.agent.post(self.url(path)).header("content-type", content_type);
        read(request.send(body).expect("the API server answers"))
    }

    /// Creates an object.
    ///
    /// # Panics
    ///
    /// When the server does not answer.
    #[must_use]
    pub fn create(&self, path: &str, object: &Value) -> Answer {
        self.post(path, "application/json", object.to_string().as_bytes())
    }

    /// # Panics
    ///
    /// When the server does not answer.
    #[must_use]
    pub fn delete(&self, path: &str) -> Answer {
        read(self.agent.delete(self.url(path)).call().expect("the API server answers"))
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server)
    }
}

fn read(mut answer: ureq::http::Response<ureq::Body>) -> Answer {
    let warnings = answer.headers().get_all("warning").iter().filter_map(|value| {
        // `299 - "text"`, with `\"` and `\\` in the text.
        let text = value.to_str().ok()?;
        let (_, rest) = text.split_once('"')?;
        let (text, _) = rest.rsplit_once('"')?;
        Some(text.replace("\\\"", "\"").replace("\\\\", "\\"))
    });
    let warnings = warnings.collect();
    let status = answer.status().as_u16();
    let text = answer.body_mut().read_to_string().expect("the answer can be read");
    let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    Answer { status, body, warnings }
}
