//! The CEL language in the dialect of Kubernetes: parse, check, plan, evaluate.
