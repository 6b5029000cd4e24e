//! The suite `k8s-libs`: what Kubernetes adds to CEL, costs included.

use std::sync::Arc;

use anyhow::Context as _;
use kordon_cel::{
    Dialect, Env, Limits, NoSizes, Plan, Program, Session, Sizes, Type, Value, estimate,
    library::{
        Library, Range,
        kubernetes::authorizer::{AUTHORIZER_TYPE, Authorizer, Decision, Question, authorizer},
    },
};
use serde_json::Value as Json;

use super::{Outcome, Runner, cel::typed};

/// The version that has everything.
const NEWEST: u16 = 37;

pub(crate) fn runner() -> anyhow::Result<Runner> {
    let env = environment(Dialect::Kubernetes(NEWEST));
    let mutation = env.extend().library(&Library::kubernetes_json_patch()).build();
    // The costs of the suite are those of the libraries alone: without the rules and optimizations
    // that the API server's environment adds.
    let costs = environment(Dialect::Standard);
    Ok(Box::new(move |case| {
        let env = match (case["env"].as_str(), case["library"].as_str()) {
            (Some("mutation"), _) => &mutation,
            (_, Some("cost")) => &costs,
            _ => &env,
        };
        judge(env, case).unwrap_or_else(|error| Outcome::Failed(format!("{error:#}")))
    }))
}

fn environment(dialect: Dialect) -> Env {
    let mut builder = Env::builder(dialect);
    for library in Library::kubernetes(NEWEST) {
        builder = builder.library(&library);
    }
    builder.variable("authorizer", AUTHORIZER_TYPE).build()
}

/// Allows everything.
#[derive(Debug)]
struct Permissive;

impl Authorizer for Permissive {
    fn authorize(&self, _: &Question<'_>) -> Decision {
        Decision { allowed: true, ..Decision::default() }
    }
}

fn judge(env: &Env, case: &Json) -> anyhow::Result<Outcome> {
    let text = case["expr"].as_str().context("a case has an expression")?;
    let expect = &case["expect"];
    let kind = expect["t"].as_str().context("a case expects something")?;
    let program = match env.compile(text) {
        Ok(_) if kind == "compile_error" => {
            return Ok(Outcome::Failed("compiles, but must not".to_owned()));
        }
        Ok(program) => program,
        Err(_) if kind == "compile_error" => return Ok(Outcome::Passed),
        Err(error) => return Ok(Outcome::Failed(format!("does not compile: {error}"))),
    };
    if kind == "cost" {
        return Ok(costs(&program, expect));
    }
    evaluated(env, &program, expect)
}

fn evaluated(env: &Env, program: &Program, expect: &Json) -> anyhow::Result<Outcome> {
    let (plan, slot) = Plan::of(program);
    let mut session = Session::new(&plan, Limits::NONE, None);
    session.bind("authorizer", authorizer(Arc::new(Permissive)));
    let value = match session.evaluate(slot) {
        Ok(_) if expect["t"] == "eval_error" => {
            return Ok(Outcome::Failed("gives a value, but must fail".to_owned()));
        }
        Ok(value) => value,
        Err(_) if expect["t"] == "eval_error" => return Ok(Outcome::Passed),
        Err(failure) => return Ok(Outcome::Failed(format!("failed: {failure}"))),
    };
    Ok(if matches(env, &value, expect)? {
        Outcome::Passed
    } else {
        Outcome::Failed(format!("gave {value:?} instead of {expect}"))
    })
}

/// Values of the libraries' own types are compared with what their text makes.
fn matches(env: &Env, value: &Value<'_>, expect: &Json) -> anyhow::Result<bool> {
    let function = match expect["t"].as_str() {
        Some(name @ ("quantity" | "ip" | "cidr" | "semver" | "url")) => name,
        Some("optional") => {
            return Ok(match value {
                Value::Optional(Some(inner)) => {
                    expect.get("v").is_some() && matches(env, inner, &expect["v"])?
                }
                Value::Optional(None) => expect.get("v").is_none(),
                _ => false,
            });
        }
        _ => return Ok(typed::is(value, expect)),
    };
    let program = env.compile(&format!("{function}({})", expect["v"]))?;
    let (plan, slot) = Plan::of(&program);
    let wanted = Session::new(&plan, Limits::NONE, None).evaluate(slot)?;
    Ok(value.equals(&wanted))
}

/// Texts of unknown origin have up to 12 characters.
struct ShortTexts;

impl Sizes for ShortTexts {
    fn size(&self, path: &[Box<str>], type_: &Type) -> Option<Range> {
        match type_ {
            Type::String | Type::Bytes => Some(Range { min: 0, max: 12 }),
            _ => NoSizes.size(path, type_),
        }
    }
}

fn costs(program: &Program, expect: &Json) -> Outcome {
    let number = |name: &str| expect[name].as_u64().unwrap_or(u64::MAX);
    let wanted = Range { min: number("estimate_min"), max: number("estimate_max") };
    let found = estimate(program, &ShortTexts);
    let mut complaints = Vec::new();
    if found != wanted {
        complaints.push(format!(
            "estimated at {}..{} instead of {}..{}",
            found.min, found.max, wanted.min, wanted.max
        ));
    }
    let (plan, slot) = Plan::of(program);
    let mut session = Session::new(&plan, Limits::NONE, None);
    session.bind("authorizer", authorizer(Arc::new(Permissive)));
    let result = session.evaluate(slot);
    if let Err(failure) = result {
        complaints.push(format!("failed: {failure}"));
    }
    if session.cost() != number("runtime") {
        complaints.push(format!("cost {} instead of {}", session.cost(), number("runtime")));
    }
    Outcome::from_complaints(&complaints)
}
