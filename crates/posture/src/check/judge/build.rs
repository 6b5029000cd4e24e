//! From hits to findings: places, evidence, message, fix, fingerprint.

use std::{fmt::Write as _, sync::Arc};

use kordon_cel::{Map, Session, Value as CelValue};
use kordon_finding::{Edit, EditValue, Evidence, Finding, Fingerprint, Fix, Location, Severity};
use kordon_model::{FieldPath, NodeRef, Place, Segment};
use serde_json::Value;

use super::{
    Subjects,
    ask::{Hit, Trouble, bind, bind_item},
    display,
    place::Context,
    texts::Texts,
};
use crate::check::{
    CheckSet, EditAction,
    compile::{CompiledCel, CompiledFix, EditSource, Message, Part, QuestionIdx},
    document::Together,
    subject::Views,
};

mod value;

use value::{FromCel as _, evidence_value};

pub(super) struct Builder<'a, 'j> {
    pub(super) set: &'a CheckSet,
    pub(super) subjects: &'a Subjects<'a>,
    pub(super) views: &'a Views<'a>,
    pub(super) session: Session<'a>,
    pub(super) texts: &'j mut Texts,
    pub(super) troubles: Vec<Trouble>,
    pub(super) findings: Vec<Finding>,
    /// Pod and container that the variables have at the moment.
    pub(super) bound: Option<(Option<usize>, Option<usize>)>,
}

impl<'a> Builder<'a, '_> {
    pub(super) fn build_all(&mut self, hits: &[Hit<'a>]) {
        let mut made: Vec<Made> = Vec::with_capacity(hits.len());
        for hit in hits {
            let Some(cel) = self.set.question(hit.question) else { continue };
            let context = self.bind(hit);
            let path = context.path(&cel.at);
            let of_pod = context.is_of_pod(&cel.at, &path);
            let container = hit.container.filter(|_| !of_pod);
            let spot = self.spot(&context, &path);
            let same =
                made.iter().find(|made| made.is_same(hit, container, &spot.text, cel.together));
            if let Some(same) = same {
                let more = self.evidence(&context, cel, &spot);
                let known = &mut self.findings[same.finding].evidence;
                for evidence in more {
                    if !known.iter().any(|old| old.path == evidence.path) {
                        known.push(evidence);
                    }
                }
                continue;
            }
            let finding = self.finding(&context, hit, (cel, &spot, container));
            made.push(Made {
                check: hit.question.check,
                pod: hit.pod,
                container,
                key: hit.key.clone(),
                path: spot.text,
                finding: self.findings.len(),
            });
            self.findings.push(finding);
        }
    }

    /// Where a path leads, with its text.
    fn spot(&mut self, context: &Context<'a>, path: &FieldPath<'a>) -> Spot<'a> {
        let segments = path.segments();
        // Most places are in the container that is looked at, whose own place is known.
        let own = context.container.filter(|container| {
            let inside = container.path().0.segments();
            segments.len() >= inside.len() && segments.starts_with(inside)
        });
        let (from, n_known, prefix) = match own {
            Some(container) => {
                let (path, text) = container.path();
                (container.view.node(), path.segments().len(), &**text)
            }
            None => (self.subjects.object.root(), 0, ""),
        };
        let rest = &segments[n_known..];
        let (node, n_found) = follow(from, rest);
        let place = Place { node, n_segments: n_known + n_found };
        Spot { text: self.texts.path(prefix, rest), place, is_there: n_found == rest.len() }
    }

    /// Gives the variables the values that they had when the hit was made.
    fn bind(&mut self, hit: &Hit<'a>) -> Context<'a> {
        let slots = &self.set.slots;
        let pod = hit.pod.map(|idx| &self.views.pods[idx]);
        let container = pod.zip(hit.container).map(|(pod, idx)| &pod.containers[idx]);
        let is_bound = self.bound == Some((hit.pod, hit.container));
        self.bound = Some((hit.pod, hit.container));
        if let (Some(pod), false) = (pod, is_bound) {
            bind(&mut self.session, slots.pod, CelValue::Map(Map::Fields(pod)));
        }
        if let (Some(container), false) = (container, is_bound) {
            bind(&mut self.session, slots.container, CelValue::Map(Map::Fields(container)));
        }
        if let Some(item) = &hit.item {
            bind_item(&mut self.session, self.set, item);
        }
        if let Some(settings) = &self.set.checks[hit.question.check].settings {
            bind(&mut self.session, slots.settings, CelValue::Map(Map::Fields(&**settings)));
        }
        Context { object: self.subjects.object, pod, container, item: hit.item }
    }

    fn finding(
        &mut self,
        context: &Context<'a>,
        hit: &Hit<'a>,
        (cel, spot, container): (&'a CompiledCel, &Spot<'a>, Option<usize>),
    ) -> Finding {
        let rule = &self.set.checks[hit.question.check].rule;
        let credential = hit.item.and_then(|item| item.credential());
        let own_container = context.container.filter(|_| container.is_some());
        let name = match (own_container, credential) {
            (Some(container), _) => Some(container.view.name()),
            (None, Some(credential)) => credential.hit.container.as_deref(),
            (None, None) => None,
        };
        let message = self.message(hit.question.check, cel, name, context);
        let evidence = self.evidence(context, cel, spot);
        let position = spot.place.position();
        Finding {
            rule: Arc::clone(rule),
            severity: self.severity(hit.question.check, cel, rule.severity),
            subject: Some(Arc::clone(&self.subjects.subject)),
            container: name.map(|name| self.texts.share(name)),
            principal: None,
            location: Location {
                file: Arc::clone(&self.subjects.file),
                line: position.line,
                column: position.column,
                path: Arc::clone(&spot.text),
            },
            evidence,
            message,
            fix: cel.fix.as_ref().and_then(|fix| self.fix(hit.question, fix, (context, spot))),
            excepted: None,
            fingerprint: self.fingerprint(&rule.id, hit, name, context),
        }
    }

    fn evidence(
        &mut self,
        context: &Context<'a>,
        cel: &'a CompiledCel,
        spot: &Spot<'a>,
    ) -> Vec<Evidence> {
        let redacted = context.item.and_then(|item| item.credential());
        let redacted = redacted.map(|credential| &*credential.hit.redacted);
        let mut all = Vec::with_capacity(1 + cel.evidence.len());
        all.push(spot.evidence(redacted));
        for template in &cel.evidence {
            all.push(self.spot(context, &context.path(template)).evidence(redacted));
        }
        all
    }

    fn message(
        &mut self,
        check: usize,
        cel: &CompiledCel,
        container: Option<&'a str>,
        context: &Context<'a>,
    ) -> Arc<str> {
        let parts = match &cel.message {
            Message::Fixed(text) => return Arc::clone(text),
            Message::Parts(parts) => parts,
        };
        if let Some(slot) = self.set.slots.who {
            self.session.set(slot, CelValue::string(who(container, context)));
        }
        let mut text = String::new();
        for part in parts {
            match part {
                Part::Text(plain) => text.push_str(plain),
                Part::Cel(slot) => match self.session.evaluate(*slot) {
                    Ok(value) => display(&value, &mut text),
                    Err(failure) => {
                        text.push('?');
                        self.trouble(check, failure.to_string());
                    }
                },
            }
        }
        self.texts.share(&text)
    }

    fn severity(&mut self, check: usize, cel: &CompiledCel, default: Severity) -> Severity {
        for (when, severity) in &cel.severity_when {
            match self.session.evaluate(*when) {
                Ok(CelValue::Bool(true)) => return *severity,
                Ok(_) => {}
                Err(failure) => self.trouble(check, failure.to_string()),
            }
        }
        default
    }

    fn fix(
        &mut self,
        question: QuestionIdx,
        fix: &'a CompiledFix,
        (context, spot): (&Context<'a>, &Spot<'a>),
    ) -> Option<Arc<Fix>> {
        let mut paths = Vec::with_capacity(fix.edits.len());
        let mut values = Vec::with_capacity(fix.edits.len());
        for edit in &fix.edits {
            paths.push(match edit.is_at_finding {
                true => Arc::clone(&spot.text),
                false => self.texts.share_display(&context.path(&edit.path)),
            });
            values.push(match &edit.value {
                EditSource::None | EditSource::Value(_) => None,
                EditSource::Cel(slot) => match self.session.evaluate(*slot) {
                    Ok(value) => Some(Value::from_cel(&value)),
                    Err(failure) => {
                        self.trouble(question.check, failure.to_string());
                        return None;
                    }
                },
            });
        }
        let make = || {
            let edits = fix.edits.iter().zip(&paths).zip(&values);
            let edits = edits.map(|((edit, path), computed)| {
                let value = match (&edit.value, computed) {
                    (EditSource::Value(value), _) => value.clone(),
                    (_, Some(value)) => value.clone(),
                    (_, None) => Value::Null,
                };
                let value = match edit.action {
                    EditAction::Set => EditValue::Set(value),
                    EditAction::Append => EditValue::Append(value),
                    EditAction::Remove => EditValue::Remove,
                };
                Edit { path: (&**path).into(), value }
            });
            Fix { safety: fix.safety, edits: edits.collect() }
        };
        if values.iter().any(Option::is_some) {
            return Some(Arc::new(make()));
        }
        let joined = match paths.as_slice() {
            [one] => Arc::clone(one),
            many => self.texts.share(&many.join("\n")),
        };
        Some(self.texts.fix(question, &joined, make))
    }

    fn fingerprint(
        &self,
        rule: &str,
        hit: &Hit<'a>,
        container: Option<&str>,
        context: &Context<'a>,
    ) -> Fingerprint {
        let mut detail = String::from(&*hit.key);
        let same_key = |other: &&Finding| *other.rule.id == *rule;
        if hit.item.is_some() && hit.key.is_empty() {
            // Nothing tells such items apart but how many there are.
            let n_before = self.findings.iter().filter(same_key).count();
            write!(detail, "#{n_before}").expect("writing to a string cannot fail");
        }
        if let (Some(pod), true) = (context.pod, self.views.pods.len() > 1) {
            write!(detail, "\n{}", pod.view.spec_path()).expect("writing to a string cannot fail");
        }
        Fingerprint::new(rule, Some(&self.subjects.subject), container, &detail)
    }

    fn trouble(&mut self, check: usize, reason: String) {
        if !self.troubles.iter().any(|known| known.check == check) {
            self.troubles.push(Trouble { check, reason });
        }
    }
}

/// The variable `who` of messages.
fn who(container: Option<&str>, context: &Context<'_>) -> String {
    match (container, context.container.map(|own| own.view.kind().as_str())) {
        (Some(name), Some(kind @ ("init" | "ephemeral"))) => format!("{kind} container {name}"),
        (Some(name), _) => format!("container {name}"),
        (None, _) if context.pod.is_some() => "the pod".to_owned(),
        (None, _) => format!("the {}", context.object.kind()),
    }
}

/// Goes down as far as the segments lead.
fn follow<'a>(mut node: NodeRef<'a>, segments: &[Segment<'_>]) -> (NodeRef<'a>, usize) {
    for (nth, segment) in segments.iter().enumerate() {
        let next = match segment {
            Segment::Key(key) => node.get(key),
            Segment::Index(idx) => node.item(*idx as usize),
        };
        match next {
            Some(next) => node = next,
            None => return (node, nth),
        }
    }
    (node, segments.len())
}

/// A place with its path as text.
struct Spot<'a> {
    text: Arc<str>,
    place: Place<'a>,
    /// Whether the field itself is there, and not only something around it.
    is_there: bool,
}

impl Spot<'_> {
    fn evidence(&self, redacted: Option<&str>) -> Evidence {
        let value = match (redacted, self.is_there) {
            (Some(redacted), _) => Value::from(redacted),
            (None, true) => evidence_value(self.place.node),
            (None, false) => Value::Null,
        };
        Evidence { path: Arc::clone(&self.text), value }
    }
}

/// A finding of this object, to find out whether a hit has the same cause.
struct Made {
    check: usize,
    pod: Option<usize>,
    container: Option<usize>,
    key: Box<str>,
    path: Arc<str>,
    finding: usize,
}

impl Made {
    fn is_same(
        &self,
        hit: &Hit<'_>,
        container: Option<usize>,
        path: &str,
        together: Together,
    ) -> bool {
        if self.check != hit.question.check || self.pod != hit.pod || self.container != container {
            return false;
        }
        let is_same_item = match hit.item {
            Some(_) => together == Together::Yes || (!hit.key.is_empty() && self.key == hit.key),
            None => true,
        };
        is_same_item || *self.path == *path
    }
}
