//! The one binary, `kordon`.

fn main() {}
