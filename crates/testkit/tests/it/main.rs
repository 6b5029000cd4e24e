//! The server that other tests rely on, and what is held against it.

#[cfg(test)]
mod pod_security;
#[cfg(test)]
mod server;
