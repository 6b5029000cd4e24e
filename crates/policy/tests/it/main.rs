//! Tests against the reference implementation.

mod apiserver;
