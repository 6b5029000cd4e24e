//! Odd documents against a real kube-apiserver: what it stores is what kordon reads, and what it
//! refuses to read kordon does not read either. And whole folders.

#[cfg(test)]
mod cases;
#[cfg(test)]
mod files;
#[cfg(test)]
mod server;
