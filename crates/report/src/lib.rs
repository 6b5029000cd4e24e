//! Renders reports: table, JSON, SARIF.
