//! Detectors of credentials in text.
