//! The fix of a check file: edits whose places and values are found for each finding.

use kordon_finding::Safety;
use kordon_policy::{Cursor, Problems};
use serde_json::Value;

use super::Expr;
use crate::check::{
    PathTemplate,
    document::read::{expr, json, path},
};

#[derive(Clone, Debug)]
pub struct FixTemplate {
    pub safety: Safety,
    pub edits: Vec<EditTemplate>,
}

#[derive(Clone, Debug)]
pub struct EditTemplate {
    pub action: EditAction,
    pub path: PathTemplate,
    pub value: EditTemplateValue,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EditAction {
    Set,
    Append,
    Remove,
}

#[derive(Clone, Debug)]
pub enum EditTemplateValue {
    /// Of [`EditAction::Remove`].
    None,
    Value(Value),
    Cel(Expr),
}

const ACTIONS: [(&str, EditAction); 3] =
    [("set", EditAction::Set), ("append", EditAction::Append), ("remove", EditAction::Remove)];

pub(super) fn read_fix<'t>(fix: &Cursor<'t>, problems: &mut Problems<'t>) -> Option<FixTemplate> {
    fix.only(&["safety", "edits"], problems);
    let levels = [("safe", Safety::Safe), ("review", Safety::Review)];
    if !fix.has("safety") {
        fix.required("safety", problems);
    }
    let safety = fix.choice("safety", &levels, problems)?;
    if !fix.has("edits") {
        fix.required("edits", problems);
    }
    let edits = fix.objects("edits", problems);
    let edits = edits.iter().filter_map(|edit| read_edit(edit, problems)).collect();
    Some(FixTemplate { safety, edits })
}

fn read_edit<'t>(edit: &Cursor<'t>, problems: &mut Problems<'t>) -> Option<EditTemplate> {
    edit.only(&["set", "append", "remove", "value", "valueFrom"], problems);
    let mut actions = ACTIONS.iter().filter(|(key, _)| edit.has(key));
    let (Some((key, action)), None) = (actions.next(), actions.next()) else {
        edit.error(problems, "needs one of `set`, `append` and `remove`");
        return None;
    };
    let path = path(edit, key, problems)?;
    let value = read_value(edit, *action, problems)?;
    Some(EditTemplate { action: *action, path, value })
}

fn read_value<'t>(
    edit: &Cursor<'t>,
    action: EditAction,
    problems: &mut Problems<'t>,
) -> Option<EditTemplateValue> {
    match (action, edit.get("value"), edit.get("valueFrom")) {
        (EditAction::Remove, None, None) => Some(EditTemplateValue::None),
        (EditAction::Remove, ..) => {
            edit.error(problems, "`remove` takes no value");
            None
        }
        (_, Some(value), None) => Some(EditTemplateValue::Value(json(value.node()))),
        (_, None, Some(_)) => Some(EditTemplateValue::Cel(expr(edit, "valueFrom", problems)?)),
        _ => {
            edit.error(problems, "needs one of `value` and `valueFrom`");
            None
        }
    }
}
