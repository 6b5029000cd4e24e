//! The sets extension: lists as sets.

use super::{Function, Implementation, Library, Overload, args};
use crate::{EvalError, List, Type, Value, library::Context};

impl Library {
    #[must_use]
    pub fn sets() -> Self {
        let list = || Type::list(Type::Param("T"));
        let function = |name, id, implementation: Implementation| {
            let params = [list(), list()];
            Function::new(name).overload(Overload::global(id, &params, Type::Bool, implementation))
        };
        let functions = vec![
            function("sets.contains", "list_sets_contains_list", |context, values| {
                let (list, part) = (args::list(values, 0)?, args::list(values, 1)?);
                Ok(contains(context, list, part)?.into())
            }),
            function("sets.equivalent", "list_sets_equivalent_list", |context, values| {
                let (a, b) = (args::list(values, 0)?, args::list(values, 1)?);
                Ok((contains(context, a, b)? && contains(context, b, a)?).into())
            }),
            function("sets.intersects", "list_sets_intersects_list", |context, values| {
                let (a, b) = (args::list(values, 0)?, args::list(values, 1)?);
                for item in a.iter() {
                    if includes(context, b, &item)? {
                        return Ok(true.into());
                    }
                }
                Ok(false.into())
            }),
        ];
        Self::of("sets", functions)
    }
}

fn contains(
    context: &mut Context<'_, '_>,
    list: &List<'_>,
    part: &List<'_>,
) -> Result<bool, EvalError> {
    for item in part.iter() {
        if !includes(context, list, &item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

pub(super) fn includes(
    context: &mut Context<'_, '_>,
    list: &List<'_>,
    wanted: &Value<'_>,
) -> Result<bool, EvalError> {
    context.tick(1 + list.len())?;
    Ok(list.iter().any(|item| item.equals(wanted)))
}
