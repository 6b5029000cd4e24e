//! The one place where engines, policies and facts meet.
