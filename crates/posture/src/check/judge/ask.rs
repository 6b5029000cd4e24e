//! Asks every check about everything that it is for.

use kordon_cel::{ExprSlot, Map, Session, Value, VariableSlot};

use super::{
    Subjects,
    item::{Item, for_each},
    place::Context,
};
use crate::check::{
    CheckSet, KindPattern,
    compile::{CompiledCel, QuestionIdx},
    subject::{Views, owner_kind},
};

/// A check that fails, and on what.
#[derive(Clone)]
pub(super) struct Hit<'a> {
    pub(super) question: QuestionIdx,
    pub(super) pod: Option<usize>,
    pub(super) container: Option<usize>,
    pub(super) item: Option<Item<'a>>,
    /// What tells the hits of one check on one subject apart.
    pub(super) key: Box<str>,
}

/// A check that could not be asked.
pub(super) struct Trouble {
    pub(super) check: usize,
    pub(super) reason: String,
}

pub(super) struct Asker<'a> {
    set: &'a CheckSet,
    views: &'a Views<'a>,
    context: Context<'a>,
    kind: &'a str,
    group: &'a str,
    at: At,
    pub(super) session: Session<'a>,
    pub(super) hits: Vec<Hit<'a>>,
    pub(super) troubles: Vec<Trouble>,
}

#[derive(Clone, Copy, Default)]
struct At {
    pod: Option<usize>,
    container: Option<usize>,
}

impl<'a> Asker<'a> {
    pub(super) fn new(
        set: &'a CheckSet,
        subjects: &Subjects<'a>,
        views: &'a Views<'a>,
        mut session: Session<'a>,
    ) -> Self {
        let object = subjects.object;
        let slots = &set.slots;
        let text = |text: Option<&'a str>| text.map_or(Value::Null, Value::str);
        let mut bind = |slot: Option<VariableSlot>, value| {
            if let Some(slot) = slot {
                session.set(slot, value);
            }
        };
        bind(slots.object, Value::node(object.root()));
        bind(slots.kind, Value::str(object.kind()));
        bind(slots.api_version, Value::str(object.api_version()));
        bind(slots.name, Value::str(object.display_name()));
        bind(slots.namespace, text(object.namespace()));
        bind(slots.owned_by, text(owner_kind(object)));
        bind(slots.kubernetes, Value::Map(Map::Fields(&views.kubernetes)));
        if let Some(slot) = slots.credentials {
            let hits = views.credentials.iter().map(|hit| Value::Map(Map::Fields(hit)));
            bind(Some(slot), Value::list(hits.collect()));
        }
        Self {
            set,
            views,
            context: Context { object, pod: None, container: None, item: None },
            kind: object.kind(),
            group: object.group(),
            at: At::default(),
            session,
            hits: Vec::new(),
            troubles: Vec::new(),
        }
    }

    pub(super) fn ask_all(&mut self) {
        let set = self.set;
        for question in set.index.of_object(self.kind) {
            self.ask(question);
        }
        for (idx, pod) in self.views.pods.iter().enumerate() {
            self.at = At { pod: Some(idx), container: None };
            self.context.pod = Some(pod);
            self.context.container = None;
            bind(&mut self.session, set.slots.pod, Value::Map(Map::Fields(pod)));
            for question in &set.index.pods {
                self.ask(*question);
            }
            for (idx, container) in pod.containers.iter().enumerate() {
                self.at.container = Some(idx);
                self.context.container = Some(container);
                bind(&mut self.session, set.slots.container, Value::Map(Map::Fields(container)));
                for question in &set.index.containers {
                    self.ask(*question);
                }
            }
        }
    }

    fn ask(&mut self, question: QuestionIdx) {
        let Some(cel) = self.set.question(question) else { return };
        if !is_for(&cel.kinds, self.group, self.kind) {
            return;
        }
        if let Some(settings) = &self.set.checks[question.check].settings {
            let value = Value::Map(Map::Fields(&**settings));
            bind(&mut self.session, self.set.slots.settings, value);
        }
        let Some(each) = &cel.each else {
            self.ask_one(question, cel, None);
            return;
        };
        let (context, views) = (self.context, self.views);
        for_each(&context, views, each, &mut |item| self.ask_item(question, cel, item));
    }

    fn ask_item(&mut self, question: QuestionIdx, cel: &'a CompiledCel, item: Item<'a>) {
        bind_item(&mut self.session, self.set, &item);
        self.ask_one(question, cel, Some(item));
    }

    fn ask_one(&mut self, question: QuestionIdx, cel: &'a CompiledCel, item: Option<Item<'a>>) {
        match self.bool(cel.fails) {
            Ok(false) => {}
            Ok(true) => {
                let key = match self.key(cel, item.as_ref()) {
                    Ok(key) => key,
                    Err(reason) => {
                        self.trouble(question.check, reason);
                        Box::default()
                    }
                };
                let At { pod, container } = self.at;
                self.hits.push(Hit { question, pod, container, item, key });
            }
            Err(reason) => self.trouble(question.check, reason),
        }
    }

    fn bool(&mut self, slot: ExprSlot) -> Result<bool, String> {
        match self.session.evaluate(slot) {
            Ok(Value::Bool(value)) => Ok(value),
            Ok(other) => Err(format!("the answer is of type {}, not bool", other.type_of())),
            Err(failure) => Err(failure.to_string()),
        }
    }

    fn key(&mut self, cel: &CompiledCel, item: Option<&Item<'a>>) -> Result<Box<str>, String> {
        let Some(slot) = cel.key else {
            return Ok(item.map(Item::default_key).unwrap_or_default().into());
        };
        match self.session.evaluate(slot) {
            Ok(Value::String(text)) => Ok((*text).into()),
            Ok(other) => Err(format!("the key is of type {}, not string", other.type_of())),
            Err(failure) => Err(failure.to_string()),
        }
    }

    /// One for each check is enough.
    fn trouble(&mut self, check: usize, reason: String) {
        if !self.troubles.iter().any(|known| known.check == check) {
            self.troubles.push(Trouble { check, reason });
        }
    }
}

pub(super) fn bind<'a>(session: &mut Session<'a>, slot: Option<VariableSlot>, value: Value<'a>) {
    if let Some(slot) = slot {
        session.set(slot, value);
    }
}

pub(super) fn bind_item<'a>(session: &mut Session<'a>, set: &CheckSet, item: &Item<'a>) {
    bind(session, set.slots.item, item.value());
    bind(session, set.slots.key, Value::str(item.key));
    let index = i64::try_from(item.index).expect("a list has fewer items");
    bind(session, set.slots.index, Value::Int(index));
}

fn is_for(kinds: &[KindPattern], group: &str, kind: &str) -> bool {
    kinds.is_empty() || kinds.iter().any(|pattern| pattern.matches(group, kind))
}
