//! placeholder
pub fn facts() {}
