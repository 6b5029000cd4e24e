//! Reads YAML and JSON manifests into trees with spans, as the API server reads them.
