//! Odd documents against a real kube-apiserver: what it stores is what kordon reads, and what it
//! refuses to read kordon does not read either. Whole folders, and what holds for any text.

#[cfg(test)]
mod cases;
#[cfg(test)]
mod files;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod readings;
#[cfg(test)]
mod server;
