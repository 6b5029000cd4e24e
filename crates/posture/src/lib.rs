//! Checks of the catalogue and the Pod Security Standards.
