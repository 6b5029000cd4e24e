//! Environment and command line of containers.

use kordon_model::{Confidence, ContainerView, CredentialPlace, NodeRef};

use super::{Hits, Spot};
use crate::{Detection, detect, detect_named, flags, name, value};

pub(super) fn environment<'t>(view: ContainerView<'_, 't>, hits: &mut Hits<'t>) {
    let place = CredentialPlace::Environment;
    let container = Some(view.name());
    for (idx, variable) in view.item_nodes("env").enumerate() {
        let text = |key| variable.get(key).and_then(NodeRef::as_str);
        let (Some(name), Some(node)) = (text("name"), variable.get("value")) else { continue };
        let Some(text) = node.as_str() else { continue };
        let found = in_variable(name, text);
        let spot = Spot { place, node, container, name };
        hits.add(&spot, found, || view.path_of("env").index(idx).key("value"));
    }
}

fn in_variable(name: &str, text: &str) -> Vec<Detection> {
    let mut found = detect_named(name, text);
    // `JAVA_OPTS=-Dpassword=x -Dy=z`, `DSN=host=db password=x`.
    if found.is_empty() && text.contains(char::is_whitespace) && name::is_mentioned(text) {
        found = flags::detect(&[text]).into_iter().map(|hit| hit.detection).collect();
    }
    if found.is_empty() {
        found.extend(value::is_stand_in(text).then(|| stand_in(name, text)).flatten());
    }
    found
}

/// A value that is itself called a credential, under a name that does not explain why.
fn stand_in(name: &str, text: &str) -> Option<Detection> {
    const EXPLAINS: [&str; 21] = [
        "type",
        "kind",
        "method",
        "methods",
        "mode",
        "header",
        "field",
        "column",
        "claim",
        "format",
        "scheme",
        "strategy",
        "provider",
        "auth",
        "alg",
        "algorithm",
        "key",
        "secret",
        "cookie",
        "prefix",
        "ref",
    ];
    let is_explained = name::words(name).iter().any(|word| EXPLAINS.contains(&word.as_str()));
    (!is_explained).then(|| Detection {
        detector: "credential-stand-in",
        title: "Value that says credential",
        confidence: Confidence::Low,
        span: 0..text.len(),
        redacted: "…".to_owned(),
    })
}

pub(super) fn arguments<'t>(view: ContainerView<'_, 't>, hits: &mut Hits<'t>) {
    let lists = ["command", "args"].into_iter();
    let arguments: Vec<Argument<'t>> = lists
        .flat_map(|list| {
            let items = view.item_nodes(list).enumerate();
            items.filter_map(move |(idx, node)| {
                Some(Argument { list, idx, node, text: node.as_str()? })
            })
        })
        .collect();
    let texts: Vec<&str> = arguments.iter().map(|argument| argument.text).collect();
    let is_asked = texts.iter().any(|text| name::is_mentioned(text) || flags::names_program(text));
    let mut by_flag = if is_asked { flags::detect(&texts) } else { Vec::new() };
    for (nth, argument) in arguments.iter().enumerate() {
        let (here, rest): (Vec<_>, Vec<_>) = by_flag.into_iter().partition(|hit| hit.idx == nth);
        by_flag = rest;
        let name = here.first().map_or("", |hit| hit.name);
        let mut found = detect(argument.text);
        found.retain(|found| found.confidence > Confidence::Low);
        if found.is_empty() {
            found = here.into_iter().map(|hit| hit.detection).collect();
        }
        let (place, node) = (CredentialPlace::Argument, argument.node);
        let spot = Spot { place, node, container: Some(view.name()), name };
        hits.add(&spot, found, || view.path_of(argument.list).index(argument.idx));
    }
}

struct Argument<'t> {
    list: &'static str,
    idx: usize,
    node: NodeRef<'t>,
    text: &'t str,
}
