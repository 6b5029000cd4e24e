//! What may have been meant.

use super::Checker;
use crate::{Type, env::EnvInner, library::Style};

/// The most similar of the names, as a hint; `None` where nothing is near.
pub(super) fn did_you_mean<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<String> {
    const NEAR: f64 = 0.8;
    let near = names
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(similarity, candidate)| *similarity >= NEAR && *candidate != name)
        .max_by(|left, right| left.0.total_cmp(&right.0).then_with(|| right.1.cmp(left.1)))?;
    Some(format!("did you mean '{}'?", near.1))
}

/// For a variable that nobody declared.
pub(super) fn name(env: &EnvInner, locals: &[(&str, Type)], name: &str) -> Option<String> {
    let declared = env.variables.keys().chain(env.types.keys()).map(|known| &**known);
    let locals = locals.iter().map(|(local, _)| *local);
    did_you_mean(name.trim_start_matches('.'), declared.chain(locals))
}

/// For a function that nobody declared.
pub(super) fn function(env: &EnvInner, name: &str) -> Option<String> {
    let arguments = match name {
        "has" => "has(a.b)",
        "all" | "exists" | "exists_one" | "existsOne" => "list.all(x, condition)",
        "filter" => "list.filter(x, condition)",
        "map" => "list.map(x, value)",
        "transformList" | "transformMap" => "list.transformList(i, x, value)",
        "optMap" | "optFlatMap" => "optional.optMap(x, value)",
        _ => {
            let names = env.functions.keys().map(|known| &**known);
            let words = names.filter(|known| known.starts_with(char::is_alphabetic));
            return did_you_mean(name, words);
        }
    };
    Some(format!("it is a macro: `{arguments}`"))
}

impl Checker<'_> {
    /// What a function takes, where the arguments do not fit.
    pub(super) fn signatures(&self, name: &str) -> Option<String> {
        const SHOWN: usize = 4;
        if matches!(name, "_==_" | "_!=_") {
            return Some("both sides must be of one type; `dyn(x)` compares anyway".to_owned());
        }
        let overloads = self.env.functions.get(name)?;
        let signature = |params: &[Type], style: Style| {
            let list = |params: &[Type]| {
                params.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            };
            match (params, style) {
                ([receiver, rest @ ..], Style::Member) => format!("{receiver}.({})", list(rest)),
                _ => format!("({})", list(params)),
            }
        };
        let shown: Vec<String> = overloads
            .iter()
            .take(SHOWN)
            .map(|overload| signature(&overload.params, overload.style))
            .collect();
        let more = if overloads.len() > SHOWN { ", …" } else { "" };
        Some(format!("it takes {}{more}", shown.join(", ")))
    }
}
