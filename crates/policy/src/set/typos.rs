//! Fields that no matched kind has: warnings for policies on built-in kinds, whose fields
//! Kubernetes' OpenAPI documents name.
//!
//! Where a policy matches several kinds, a field is fine that one of them has.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use kordon_base::Span;
use kordon_cel::{
    Program,
    ast::{Ast, Call, Comprehension, ExprId, ExprKind, Macro, Select},
};
use kordon_model::resources::{FieldType, equivalents, object_type};

use crate::{document::MatchResources, problem::did_you_mean};

/// What a value may be; `None` where nothing is known of it.
type Known = Option<Vec<FieldType>>;

/// A field that is not there.
pub(super) struct Typo {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) hint: Option<Box<str>>,
}

/// What the variables of a policy are, as far as they were looked at.
#[derive(Default)]
pub(super) struct Fields {
    object: Known,
    variables: HashMap<Box<str>, Known, FixedState>,
}

impl Fields {
    pub(super) fn of(matches: Option<&MatchResources>) -> Self {
        Self { object: matches.and_then(kinds), variables: HashMap::default() }
    }

    /// Looks for typos in an expression; remembers what it is where it is a variable's.
    pub(super) fn look(&mut self, program: &Program, variable: Option<&str>) -> Vec<Typo> {
        if self.object.is_none() {
            return Vec::new();
        }
        let ast = program.ast();
        let mut walk = Walk { fields: self, ast, scope: Vec::new(), typos: Vec::new() };
        let known = walk.expr(ast.root());
        let typos = walk.typos;
        if let Some(name) = variable {
            self.variables.insert(name.into(), known);
        }
        typos
    }
}

/// The types of all kinds that the rules name; `None` where one is custom or any.
fn kinds(matches: &MatchResources) -> Known {
    let mut found = Vec::new();
    for rule in &matches.rules {
        for pattern in &rule.resources {
            if !pattern.subresource.is_empty() {
                return None;
            }
            for group in &rule.groups {
                let rows: Vec<_> = equivalents(group, &pattern.resource).collect();
                let types: Vec<_> = rows
                    .iter()
                    .filter_map(|row| object_type(row.group, row.version, row.kind))
                    .collect();
                if types.is_empty() {
                    return None;
                }
                found.extend(types.into_iter().map(FieldType::Object));
            }
        }
    }
    (!found.is_empty()).then_some(found)
}

struct Walk<'w> {
    fields: &'w Fields,
    ast: &'w Ast,
    /// Bound names, the inner ones last.
    scope: Vec<(&'w str, Known)>,
    typos: Vec<Typo>,
}

impl<'w> Walk<'w> {
    fn expr(&mut self, id: ExprId) -> Known {
        let ast = self.ast;
        match &ast.expr(id).kind {
            ExprKind::Ident(name) => self.ident(name),
            ExprKind::Select(select) => self.select(select),
            ExprKind::Call(call) => self.call(call),
            ExprKind::Comprehension(comprehension) => self.comprehension(comprehension),
            ExprKind::Bind(bind) => {
                let init = self.expr(bind.init);
                self.within(&[(&bind.var, init)], bind.body)
            }
            ExprKind::List(items) => {
                items.iter().for_each(|item| drop(self.expr(item.value)));
                None
            }
            ExprKind::Map(entries) | ExprKind::Struct(_, entries) => {
                for entry in entries {
                    self.expr(entry.key);
                    self.expr(entry.value);
                }
                None
            }
            ExprKind::Block(..) | ExprKind::Literal(_) | ExprKind::Broken => None,
        }
    }

    fn ident(&self, name: &str) -> Known {
        if let Some((_, known)) = self.scope.iter().rev().find(|(bound, _)| *bound == name) {
            return known.clone();
        }
        match name {
            "object" | "oldObject" => self.fields.object.clone(),
            _ => None,
        }
    }

    fn select(&mut self, select: &'w Select) -> Known {
        if let ExprKind::Ident(root) = &self.ast.expr(select.operand).kind
            && &**root == "variables"
        {
            return self.fields.variables.get(&*format!("variables.{}", select.field))?.clone();
        }
        let operand = self.expr(select.operand)?;
        let found: Vec<_> = operand.iter().filter_map(|one| field(*one, &select.field)).collect();
        if found.is_empty() && operand.iter().all(|one| matches!(one, FieldType::Object(_))) {
            self.typo(select, &operand);
            return None;
        }
        known(found)
    }

    fn typo(&mut self, select: &Select, operand: &[FieldType]) {
        let names = operand.iter().flat_map(|one| match one {
            FieldType::Object(object) => object.names().collect::<Vec<_>>(),
            _ => Vec::new(),
        });
        let hint = did_you_mean(&select.field, names);
        let message = format!("no matched kind has the field `{}` here", select.field);
        self.typos.push(Typo { span: select.field_span, message, hint });
    }

    fn call(&mut self, call: &'w Call) -> Known {
        let target = call.target.map(|target| self.expr(target));
        let args: Vec<_> = call.args.iter().map(|arg| self.expr(*arg)).collect();
        match (&*call.function, target, args.as_slice()) {
            ("_[_]" | "_[?_]", None, [Some(of), _]) => {
                known(of.iter().filter_map(|one| one.element()).collect())
            }
            ("orValue" | "value", Some(of), _) => of,
            _ => None,
        }
    }

    fn comprehension(&mut self, of: &'w Comprehension) -> Known {
        let range = self.expr(of.range);
        let is_map =
            |known: &Known| known.iter().flatten().any(|one| matches!(one, FieldType::Map(_)));
        let element = match &range {
            Some(types) => known(types.iter().filter_map(|one| one.element()).collect()),
            None => None,
        };
        let bound: Vec<(&str, Known)> = match &of.var2 {
            Some(second) => vec![(&of.var, None), (second, element)],
            // The keys of a map are plain text.
            None if is_map(&range) => vec![(&of.var, None)],
            None => vec![(&of.var, element)],
        };
        if let Some(filter) = of.filter {
            self.within(&bound, filter);
        }
        self.within(&bound, of.body);
        range.filter(|_| of.kind == Macro::Filter)
    }

    fn within(&mut self, bound: &[(&'w str, Known)], body: ExprId) -> Known {
        let depth = self.scope.len();
        self.scope.extend(bound.iter().cloned());
        let known = self.expr(body);
        self.scope.truncate(depth);
        known
    }
}

fn field(of: FieldType, name: &str) -> Option<FieldType> {
    match of {
        FieldType::Object(object) => object.field(name),
        FieldType::Map(_) => of.element(),
        _ => Some(FieldType::Any),
    }
}

/// Nothing is known as soon as one possibility is open.
fn known(types: Vec<FieldType>) -> Known {
    let is_open = types.is_empty() || types.contains(&FieldType::Any);
    (!is_open).then_some(types)
}
