//! Macros that a library turns on: `cel.bind`, `cel.block`, `optMap`, `math.greatest`.

use kordon_base::Span;

use super::{Expansion, Parser};
use crate::{
    Value,
    ast::{Bind, BindKind, Call, Comprehension, ExprId, ExprKind, Item, Macro},
    library::MacroSet,
};

impl Parser<'_> {
    pub(super) fn expand_extension(&mut self, call: Call, span: Span, target: ExprId) -> Expansion {
        let namespace = match self.kind(target) {
            ExprKind::Ident(name) => &**name,
            _ => "",
        };
        match (namespace, &*call.function, call.args.len()) {
            ("cel", "bind", 3) if self.syntax.has(MacroSet::Bindings) => {
                let init = call.args[1];
                Ok(self.bind(BindKind::Bind, call.args[0], init, (call.args[2], span)))
            }
            ("cel", "block", 2) if self.syntax.has(MacroSet::Block) => Ok(self.block(&call, span)),
            ("cel", "index", 1) if self.syntax.has(MacroSet::Block) => {
                Ok(self.numbered("@index", &call, span))
            }
            ("cel", "iterVar", 2) if self.syntax.has(MacroSet::Block) => {
                Ok(self.numbered("@it", &call, span))
            }
            ("cel", "accuVar", 2) if self.syntax.has(MacroSet::Block) => {
                Ok(self.numbered("@ac", &call, span))
            }
            ("math", "greatest", _) if self.syntax.has(MacroSet::Math) => {
                Ok(self.extreme("math.@max", call, span))
            }
            ("math", "least", _) if self.syntax.has(MacroSet::Math) => {
                Ok(self.extreme("math.@min", call, span))
            }
            (_, "sortBy", 2) if self.syntax.has(MacroSet::SortBy) => {
                Ok(self.sort_by(&call, target, span))
            }
            (_, "optMap", 2) if self.syntax.has(MacroSet::Optionals) => {
                Ok(self.bind(BindKind::OptMap, call.args[0], target, (call.args[1], span)))
            }
            (_, "optFlatMap", 2)
                if self.syntax.has(MacroSet::Optionals) && self.syntax.since(29) =>
            {
                Ok(self.bind(BindKind::OptFlatMap, call.args[0], target, (call.args[1], span)))
            }
            _ => Err(call),
        }
    }

    fn bind(
        &mut self,
        kind: BindKind,
        name: ExprId,
        init: ExprId,
        (body, span): (ExprId, Span),
    ) -> ExprId {
        let Some(var) = self.declared_name(name) else {
            return self.push(span, ExprKind::Broken);
        };
        let height = self.height(init).max(self.height(body)) + 1;
        let bind = Bind { kind, var, init, body };
        self.push_with_height(span, ExprKind::Bind(Box::new(bind)), height)
    }

    /// `list.sortBy(v, key)`: the list is bound to a name, since it is read twice.
    fn sort_by(&mut self, call: &Call, target: ExprId, span: Span) -> ExprId {
        const INPUT: &str = "@__sortBy_input__";
        if matches!(
            self.kind(target),
            ExprKind::Literal(_) | ExprKind::Map(_) | ExprKind::Struct(..)
        ) {
            let at = self.span_of(target);
            self.problem(at, "sortBy() is for lists");
            return self.push(span, ExprKind::Broken);
        }
        let height = self.max_height(&call.args).max(self.height(target)) + 1;
        let Some(var) = self.declared_name(call.args[0]) else {
            return self.push(span, ExprKind::Broken);
        };
        let input = self.push(span, ExprKind::Ident(INPUT.into()));
        let keys = Comprehension {
            kind: Macro::Map,
            range: input,
            var,
            var2: None,
            filter: None,
            body: call.args[1],
        };
        let keys = self.push_with_height(span, ExprKind::Comprehension(Box::new(keys)), height);
        let input = self.push(span, ExprKind::Ident(INPUT.into()));
        let sort = Call {
            function: "@sortByAssociatedKeys".into(),
            target: Some(input),
            args: vec![keys],
            name_span: call.name_span,
        };
        let body = self.push_with_height(span, ExprKind::Call(sort), height);
        let bind = Bind { kind: BindKind::Bind, var: INPUT.into(), init: target, body };
        self.push_with_height(span, ExprKind::Bind(Box::new(bind)), height)
    }

    fn block(&mut self, call: &Call, span: Span) -> ExprId {
        let items = match self.kind(call.args[0]) {
            ExprKind::Broken => return self.push(span, ExprKind::Broken),
            ExprKind::List(items) if items.iter().all(|item| !item.optional) => items,
            _ => {
                let at = self.span_of(call.args[0]);
                self.problem(at, "cel.block() takes a list literal of expressions first");
                return self.push(span, ExprKind::Broken);
            }
        };
        let items: Vec<ExprId> = items.iter().map(|item| item.value).collect();
        let height = self.max_height(&call.args) + 1;
        self.push_with_height(span, ExprKind::Block(items, call.args[1]), height)
    }

    /// `cel.index(1)` is the name `@index1`, `cel.iterVar(0, 1)` is `@it:0:1`.
    fn numbered(&mut self, prefix: &str, call: &Call, span: Span) -> ExprId {
        let mut name = prefix.to_owned();
        for arg in &call.args {
            let number = match self.kind(*arg) {
                ExprKind::Literal(Value::Int(number)) if *number >= 0 => *number,
                _ => {
                    let at = self.span_of(*arg);
                    let message = format!("cel.{}() takes literal numbers", call.function);
                    self.problem(at, message);
                    return self.push(span, ExprKind::Broken);
                }
            };
            if call.args.len() > 1 {
                name.push(':');
            }
            name.push_str(&number.to_string());
        }
        self.push(span, ExprKind::Ident(name.into()))
    }

    fn extreme(&mut self, function: &str, call: Call, span: Span) -> ExprId {
        let what = format!("math.{}()", call.function);
        if call.args.is_empty() {
            self.problem(span, format!("{what} takes at least one argument"));
            return self.push(span, ExprKind::Broken);
        }
        let single_list = call.args.len() == 1 && self.is_numeric_list(call.args[0]);
        let wrong = call.args.iter().find(|arg| !single_list && !self.may_be_numeric(**arg));
        if let Some(wrong) = wrong {
            let at = self.span_of(*wrong);
            self.problem(at, format!("{what} takes numbers"));
            return self.push(span, ExprKind::Broken);
        }
        let height = self.max_height(&call.args) + 1;
        let mut args = call.args;
        if args.len() > 2 {
            let item = |value: &ExprId| Item { value: *value, optional: false };
            let items = args.iter().map(item).collect();
            args = vec![self.push_with_height(span, ExprKind::List(items), height)];
        }
        let call =
            Call { function: function.into(), target: None, args, name_span: call.name_span };
        self.push_with_height(span, ExprKind::Call(call), height)
    }

    fn may_be_numeric(&self, id: ExprId) -> bool {
        match self.kind(id) {
            ExprKind::Literal(value) => {
                matches!(value, Value::Int(_) | Value::Uint(_) | Value::Double(_))
            }
            ExprKind::List(_) | ExprKind::Map(_) | ExprKind::Struct(..) => false,
            _ => true,
        }
    }

    fn is_numeric_list(&self, id: ExprId) -> bool {
        match self.kind(id) {
            ExprKind::List(items) => {
                !items.is_empty() && items.iter().all(|item| self.may_be_numeric(item.value))
            }
            _ => false,
        }
    }
}
