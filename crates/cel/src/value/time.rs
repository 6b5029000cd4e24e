//! Durations and timestamps as CEL has them: whole seconds and nanoseconds.

/// A span of time; `nanos` has the sign of `seconds` (or either sign when `seconds` is 0).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Duration {
    pub seconds: i64,
    pub nanos: i32,
}

/// A moment: seconds since 1970 in UTC, and nanoseconds that count forward (0 to 999,999,999).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Timestamp {
    pub seconds: i64,
    pub nanos: u32,
}
