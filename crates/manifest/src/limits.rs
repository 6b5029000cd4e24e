//! How much of a file is read. Every limit that is met becomes a [`Problem`](crate::Problem).

/// Limits on what one file may cost. The defaults let through whatever people keep in files, and
/// stop what was made to exhaust memory or stack.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Of one file, decoded. At most 4 GiB, since spans are 32 bits.
    pub max_file_bytes: u64,
    /// Documents of one file.
    pub max_documents: usize,
    /// Maps and lists in each other. The API server stops at 10,000; nothing real comes near to
    /// 1,000, and what walks a tree may recurse.
    pub max_depth: usize,
    /// Nodes that aliases may stand for in one document, besides the API server's own rule on
    /// excessive aliasing.
    pub max_alias_nodes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_file_bytes: 512 << 20,
            max_documents: 1_000_000,
            max_depth: 1_000,
            max_alias_nodes: 4_000_000,
        }
    }
}
