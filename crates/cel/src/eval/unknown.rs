//! What is not known: it is told apart from errors and joined across operands.

use crate::{ErrorKind, Failure, Unknown};

pub(super) fn at(path: &str) -> Failure {
    Failure::Unknown(Box::new(Unknown { paths: vec![path.into()] }))
}

/// Of two failed operands: the unknown before the error, the first error before the second.
#[cold]
pub(super) fn join(first: Failure, second: Failure) -> Failure {
    match (first, second) {
        (Failure::Error(error), _) | (_, Failure::Error(error)) if error.is_limit() => {
            Failure::Error(error)
        }
        (Failure::Unknown(mut first), Failure::Unknown(second)) => {
            for path in second.paths {
                if !first.paths.contains(&path) {
                    first.paths.push(path);
                }
            }
            Failure::Unknown(first)
        }
        (Failure::Unknown(unknown), _) | (_, Failure::Unknown(unknown)) => {
            Failure::Unknown(unknown)
        }
        (first, Failure::Error(_)) => first,
    }
}

/// Of two failed operands that are both needed: an error stays one whatever the unknown is.
#[cold]
pub(super) fn join_strict(first: Failure, second: Failure) -> Failure {
    match (first, second) {
        (_, Failure::Error(error)) if error.is_limit() => Failure::Error(error),
        (Failure::Error(error), _) | (Failure::Unknown(_), Failure::Error(error)) => {
            Failure::Error(error)
        }
        (first, second) => join(first, second),
    }
}

/// The unknown one step further: `request.userInfo` becomes `request.userInfo.username`.
#[cold]
pub(super) fn further(failure: Failure, step: &str) -> Failure {
    match failure {
        Failure::Unknown(mut unknown) => {
            for path in &mut unknown.paths {
                *path = format!("{path}.{step}").into();
            }
            Failure::Unknown(unknown)
        }
        error @ Failure::Error(_) => error,
    }
}

pub(super) fn is_limit(failure: &Failure) -> bool {
    matches!(failure, Failure::Error(error) if error.is_limit())
}

/// That a name costs too much matters only where it is read.
pub(super) fn is_cost(failure: &Failure) -> bool {
    matches!(failure, Failure::Error(error) if error.kind() == ErrorKind::CostExceeded)
}
