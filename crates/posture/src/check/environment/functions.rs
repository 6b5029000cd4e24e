//! Functions of our own: how nodes and runtimes read names that people write in several ways.

use kordon_cel::{
    EvalError, Type, Value,
    library::{Context, Function, Library, Overload},
};

use crate::check::subject::capability;

pub(super) fn library() -> Library {
    Library {
        name: "kordon.checks",
        functions: vec![
            Function::new("hostPath").overload(Overload::global(
                "host_path_dyn",
                &[Type::Dyn],
                Type::String,
                host_path,
            )),
            Function::new("capability").overload(Overload::global(
                "capability_dyn",
                &[Type::Dyn],
                Type::String,
                canonical_capability,
            )),
        ],
        ..Library::default()
    }
}

/// The path of a hostPath volume as the node sees it: `//var/run/` is `/run`. Empty for what is no
/// string.
fn host_path<'a>(
    _context: &mut Context<'_, 'a>,
    args: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let path = args.first().and_then(Value::as_str);
    Ok(Value::string(path.map(clean).unwrap_or_default()))
}

fn canonical_capability<'a>(
    _context: &mut Context<'_, 'a>,
    args: &[Value<'a>],
) -> Result<Value<'a>, EvalError> {
    let name = args.first().and_then(Value::as_str).unwrap_or_default();
    Ok(Value::string(&*capability(name)))
}

fn clean(path: &str) -> String {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    // On every current distribution the one is a symbolic link to the other.
    if parts.starts_with(&["var", "run"]) {
        parts.remove(0);
    }
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn paths_are_what_the_node_sees() {
        for (written, expected) in [
            ("/", "/"),
            ("", "/"),
            ("/etc/", "/etc"),
            ("//var//run/./docker.sock", "/run/docker.sock"),
            ("/var/lib/../run", "/run"),
            ("/var", "/var"),
            ("/../..", "/"),
        ] {
            assert_eq!(clean(written), expected, "{written}");
        }
    }
}
