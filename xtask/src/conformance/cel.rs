//! The suite `cel`: expressions of the CEL specification, compiled and evaluated by its rules.

pub(super) mod typed;
mod types;

use anyhow::{Context as _, bail};
use kordon_cel::{
    Dialect, Env, EnvBuilder, Limits, Plan, Program, Session,
    library::{Function, Library, Overload},
};
use serde_json::Value as Json;

use super::{Outcome, Runner};

pub(crate) fn runner() -> anyhow::Result<Runner> {
    Ok(Box::new(|case| judge(case).unwrap_or_else(|error| Outcome::Failed(format!("{error:#}")))))
}

fn judge(case: &Json) -> anyhow::Result<Outcome> {
    let env = environment(case)?;
    let text = case["expr"].as_str().context("a case has an expression")?;
    let compiled = match is_set(case, "disable_check") {
        true => env.parse(text),
        false => env.compile(text),
    };
    let expects_error = case["expect"]["t"] == "eval_error";
    let program = match compiled {
        Ok(program) => program,
        Err(_) if expects_error => return Ok(Outcome::Passed),
        Err(error) => return Ok(Outcome::Failed(format!("does not compile: {error}"))),
    };
    if is_set(case, "check_only") {
        return Ok(check(&program, case));
    }
    evaluate(&program, case)
}

fn is_set(case: &Json, name: &str) -> bool {
    case[name] == true
}

fn check(program: &Program, case: &Json) -> Outcome {
    let (found, wanted) = (program.result_type().to_string(), &case["deduced"]);
    match wanted.as_str() {
        Some(wanted) if wanted == found => Outcome::Passed,
        _ => Outcome::Failed(format!("deduced {found} instead of {wanted}")),
    }
}

fn evaluate(program: &Program, case: &Json) -> anyhow::Result<Outcome> {
    let (plan, slot) = Plan::of(program);
    let mut session = Session::new(&plan, Limits::NONE, None);
    for (name, value) in case["bindings"].as_object().into_iter().flatten() {
        session.bind(name, typed::read(value)?);
    }
    let wanted = &case["expect"];
    Ok(match session.evaluate(slot) {
        Ok(value) => match typed::is(&value, wanted) {
            true => Outcome::Passed,
            false => Outcome::Failed(format!("gave {value:?} instead of {wanted}")),
        },
        Err(_) if wanted["t"] == "eval_error" => Outcome::Passed,
        Err(failure) => Outcome::Failed(format!("failed: {failure}; wanted {wanted}")),
    })
}

fn environment(case: &Json) -> anyhow::Result<Env> {
    // The specification's own runner has optionals everywhere.
    let mut builder = Env::builder(Dialect::Standard)
        .library(&Library::standard().as_specified())
        .library(&Library::optionals(u32::MAX));
    for need in case["needs"].as_array().into_iter().flatten() {
        builder = builder.library(&library(need.as_str().unwrap_or_default())?.as_specified());
    }
    if is_set(case, "disable_macros") {
        builder = builder.without_macros();
    }
    let declared = case["type_env"].as_array().map_or(&[][..], |declared| declared);
    for declaration in declared {
        builder = declare(builder, declaration)?;
    }
    for (name, _) in case["bindings"].as_object().into_iter().flatten() {
        if !declared.iter().any(|declaration| declaration["name"] == **name) {
            builder = builder.variable(name, kordon_cel::Type::Dyn);
        }
    }
    Ok(builder.container(case["container"].as_str().unwrap_or_default()).build())
}

fn library(need: &str) -> anyhow::Result<Library> {
    let newest = u32::MAX;
    Ok(match need {
        "strings" => Library::strings(newest),
        "math" => Library::math(),
        "encoders" => Library::encoders(),
        "optionals" => Library::optionals(newest),
        "two_var_comprehensions" => Library::two_variables(),
        "network" => Library::network(),
        "bindings" => Library::bindings(),
        "block" => Library::block(),
        _ => bail!("no library gives `{need}`"),
    })
}

fn declare(builder: EnvBuilder, declaration: &Json) -> anyhow::Result<EnvBuilder> {
    let name = declaration["name"].as_str().context("a declaration has a name")?;
    if let Some(text) = declaration["type"].as_str() {
        return Ok(builder.variable(name, types::read(text)?));
    }
    // Names of functions live as long as the program does, as those of libraries do.
    let mut function = Function::new(Box::leak(name.into()));
    for overload in declaration["function"].as_array().into_iter().flatten() {
        let id: &'static str = Box::leak(overload["id"].as_str().unwrap_or_default().into());
        let params = overload["params"].as_array().into_iter().flatten();
        let params: Vec<_> = params
            .map(|param| types::read(param.as_str().unwrap_or_default()))
            .collect::<anyhow::Result<_>>()?;
        let result = types::read(overload["result"].as_str().unwrap_or_default())?;
        let make = match is_set(overload, "member") {
            true => Overload::member,
            false => Overload::global,
        };
        function = function.overload(make(id, &params, result, |_, _| {
            Err(kordon_cel::EvalError::invalid("this function is only declared"))
        }));
    }
    Ok(builder.function(&function))
}
