//! From a tree to a [`CheckDocument`], with every mistake named.

use std::sync::Arc;

use kordon_finding::{FindingKind, Rule, Severity};
use kordon_model::{Kind, NodeRef};
use kordon_policy::{Cursor, Problem, Problems};
use serde_json::Value;

use super::{
    CelLogic, CheckDocument, Expr, KindPattern, Logic, PathTemplate, Profile, SubjectKind,
    Template, Together, fix::read_fix, settings::read_settings,
};

const FIELDS: [&str; 16] = [
    "id",
    "name",
    "title",
    "severity",
    "profile",
    "enabled",
    "finding",
    "why",
    "attack",
    "remediation",
    "controls",
    "aliases",
    "coveredBy",
    "settings",
    "native",
    "rules",
];
/// Of a question; they stand in the file itself where it has one.
const QUESTION: [&str; 12] = [
    "subject",
    "kinds",
    "variables",
    "each",
    "fails",
    "at",
    "evidence",
    "together",
    "key",
    "message",
    "severityWhen",
    "fix",
];
/// Read by the tests, and left out of the program.
const EXAMPLES: &str = "examples";

const SUBJECTS: [(&str, SubjectKind); 3] = [
    ("object", SubjectKind::Object),
    ("pod", SubjectKind::Pod),
    ("container", SubjectKind::Container),
];
const PROFILES: [(&str, Profile); 2] =
    [("security", Profile::Security), ("reliability", Profile::Reliability)];
const KINDS: [(&str, FindingKind); 2] =
    [("misconfiguration", FindingKind::Misconfiguration), ("secret", FindingKind::Secret)];

impl CheckDocument {
    /// Reads the root of a check file.
    pub fn read(root: NodeRef<'_>) -> Result<Self, Vec<Problem>> {
        let id = root.get("id").and_then(NodeRef::as_str).unwrap_or("check");
        let mut problems = Problems::of(root, id);
        let document = Cursor::root(root);
        if !root.is_map() {
            document.error(&mut problems, "a check file is a map");
            return Err(problems.finish());
        }
        let mut known = FIELDS.to_vec();
        known.push(EXAMPLES);
        if document.has("native") {
            known.push("subject");
        } else if !document.has("rules") {
            known.extend(QUESTION);
        }
        document.only(&known, &mut problems);
        let check = read_check(&document, &mut problems);
        match check {
            Some(check) if !problems.has_errors() => Ok(check),
            _ => Err(problems.finish()),
        }
    }
}

fn read_check<'t>(document: &Cursor<'t>, problems: &mut Problems<'t>) -> Option<CheckDocument> {
    let aliases = read_aliases(document, problems);
    let why = document.required_text("why", problems);
    let attack = document.required_text("attack", problems);
    let rule = read_rule(document, (why, attack), &aliases, problems);
    let profile = document.choice("profile", &PROFILES, problems);
    let enabled = read_bool(document, "enabled", problems);
    let settings = read_settings(document, problems);
    let covered_by = document.items("coveredBy", problems);
    let covered_by = covered_by.iter().filter_map(|id| as_expr(id, problems)).collect();
    let logic = read_logic(document, problems);
    Some(CheckDocument {
        rule: Arc::new(rule?),
        file: Arc::from(document.node().tree().source().name()),
        profile: profile.unwrap_or(Profile::Security),
        enabled: enabled.unwrap_or(true),
        why: why?.trim().into(),
        attack: attack?.trim().into(),
        aliases,
        covered_by,
        settings,
        logic: logic?,
    })
}

fn read_rule<'t>(
    document: &Cursor<'t>,
    (why, attack): (Option<&str>, Option<&str>),
    aliases: &[(Box<str>, Box<str>)],
    problems: &mut Problems<'t>,
) -> Option<Rule> {
    let id = document.required_text("id", problems);
    let name = document.required_text("name", problems);
    let title = document.required_text("title", problems);
    let remediation = document.required_text("remediation", problems);
    if !document.has("severity") {
        document.required("severity", problems);
    }
    let levels = Severity::ALL.map(|level| (level.as_str(), level));
    let severity = document.choice("severity", &levels, problems);
    let kind = document.choice("finding", &KINDS, problems);
    let mut controls = document.texts("controls", problems);
    controls.sort_unstable();
    let mut short: Vec<Box<str>> = aliases.iter().map(|(_, alias)| alias.clone()).collect();
    short.sort_unstable();
    short.dedup();
    let is_plain = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    for (key, text) in [("id", id), ("name", name)] {
        if text.is_some_and(|text| !is_plain(text)) {
            document.error(problems, format!("`{key}` may hold letters, digits, `-` and `_`"));
        }
    }
    Some(Rule {
        id: id?.into(),
        name: name?.into(),
        aliases: short,
        kind: kind.unwrap_or(FindingKind::Misconfiguration),
        title: title?.into(),
        severity: severity?,
        description: format!("{}\n\n{}", why?.trim(), attack?.trim()).into(),
        remediation: remediation?.trim().into(),
        controls,
    })
}

fn read_aliases<'t>(
    document: &Cursor<'t>,
    problems: &mut Problems<'t>,
) -> Vec<(Box<str>, Box<str>)> {
    let mut aliases = Vec::new();
    for item in document.items("aliases", problems) {
        let Some(text) = item.as_text(problems) else { continue };
        match text.split_once(':') {
            Some((peer, alias)) => aliases.push((peer.into(), alias.into())),
            None => item.error(problems, "an alias is written as `peer:id`"),
        }
    }
    aliases
}

fn read_logic<'t>(document: &Cursor<'t>, problems: &mut Problems<'t>) -> Option<Logic> {
    if document.has("native") {
        return expr(document, "native", problems).map(Logic::Native);
    }
    if !document.has("rules") {
        return read_question(document, problems).map(|logic| Logic::Cel(vec![logic]));
    }
    let mut questions = Vec::new();
    for item in document.objects("rules", problems) {
        item.only(&QUESTION, problems);
        questions.push(read_question(&item, problems)?);
    }
    Some(Logic::Cel(questions))
}

fn read_question<'t>(document: &Cursor<'t>, problems: &mut Problems<'t>) -> Option<CelLogic> {
    if !document.has("subject") {
        document.required("subject", problems);
    }
    let subject = document.choice("subject", &SUBJECTS, problems);
    let kinds = document.texts("kinds", problems);
    if subject.is_some_and(|subject| subject != SubjectKind::Object) && !kinds.is_empty() {
        document.error(problems, "`kinds` is for the subject `object`");
    }
    let each = optional_path(document, "each", problems);
    let at = optional_path(document, "at", problems);
    let fails = required_expr(document, "fails", problems);
    let key = expr(document, "key", problems);
    let message = required_expr(document, "message", problems);
    let message = message.and_then(|text| read_template(document, &text, problems));
    let evidence = document.items("evidence", problems);
    let evidence = evidence.iter().filter_map(|item| as_path(item, problems)).collect();
    let variables = document.text_entries("variables", problems);
    let variables = variables
        .iter()
        .filter_map(|(name, entry)| Some(((*name).into(), as_expr(entry, problems)?)))
        .collect();
    let together = match read_bool(document, "together", problems) {
        Some(true) => Together::Yes,
        _ => Together::No,
    };
    let severity_when = read_severities(document, problems);
    let fix = document.map("fix", problems);
    let fix = fix.and_then(|fix| read_fix(&fix, problems));
    Some(CelLogic {
        subject: subject?,
        kinds: kinds.iter().map(|kind| KindPattern::parse(kind)).collect(),
        variables,
        each,
        fails: fails?,
        at,
        evidence,
        together,
        key,
        message: message?,
        severity_when,
        fix,
    })
}

fn read_severities<'t>(
    document: &Cursor<'t>,
    problems: &mut Problems<'t>,
) -> Vec<(Expr, Severity)> {
    let levels = Severity::ALL.map(|level| (level.as_str(), level));
    let mut severities = Vec::new();
    for item in document.objects("severityWhen", problems) {
        item.only(&["when", "severity"], problems);
        let when = required_expr(&item, "when", problems);
        let severity = item.choice("severity", &levels, problems);
        severities.extend(when.zip(severity));
    }
    severities
}

fn read_template<'t>(
    document: &Cursor<'t>,
    text: &Expr,
    problems: &mut Problems<'t>,
) -> Option<Template> {
    match Template::parse(text) {
        Ok(template) => Some(template),
        Err(reason) => {
            document.get(&text.field)?.error(problems, reason);
            None
        }
    }
}

fn read_bool<'t>(document: &Cursor<'t>, key: &str, problems: &mut Problems<'t>) -> Option<bool> {
    let field = document.get(key)?;
    let value = field.node().as_bool();
    if value.is_none() {
        field.error(problems, "must be true or false");
    }
    value
}

fn required_expr<'t>(
    document: &Cursor<'t>,
    key: &str,
    problems: &mut Problems<'t>,
) -> Option<Expr> {
    if !document.has(key) {
        document.required(key, problems);
    }
    expr(document, key, problems)
}

pub(super) fn expr<'t>(
    document: &Cursor<'t>,
    key: &str,
    problems: &mut Problems<'t>,
) -> Option<Expr> {
    as_expr(&document.get(key)?, problems)
}

fn as_expr<'t>(field: &Cursor<'t>, problems: &mut Problems<'t>) -> Option<Expr> {
    let text = field.as_text(problems)?.into();
    let position = field.node().tree().source().position(field.offset());
    Some(Expr { text, field: field.path().into(), position })
}

pub(super) fn path<'t>(
    document: &Cursor<'t>,
    key: &str,
    problems: &mut Problems<'t>,
) -> Option<PathTemplate> {
    as_path(&document.get(key)?, problems)
}

fn optional_path<'t>(
    document: &Cursor<'t>,
    key: &str,
    problems: &mut Problems<'t>,
) -> Option<PathTemplate> {
    document.has(key).then(|| path(document, key, problems)).flatten()
}

fn as_path<'t>(field: &Cursor<'t>, problems: &mut Problems<'t>) -> Option<PathTemplate> {
    let text = field.as_text(problems)?;
    match PathTemplate::parse(text) {
        Ok(path) => Some(path),
        Err(reason) => {
            field.error(problems, reason.to_string());
            None
        }
    }
}

/// The node as plain JSON.
pub(crate) fn json(node: NodeRef<'_>) -> Value {
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::Bool(value) => Value::Bool(value),
        Kind::Int(value) => Value::from(value),
        Kind::Float(value) => Value::from(value),
        Kind::String => Value::from(node.as_str().unwrap_or_default()),
        Kind::List => Value::Array(node.items().map(json).collect()),
        Kind::Map => {
            let entry = |(key, value): (NodeRef<'_>, NodeRef<'_>)| {
                (key.as_str().unwrap_or_default().to_owned(), json(value))
            };
            Value::Object(node.entries().map(entry).collect())
        }
    }
}
