//! What holds for tokens and keys, as properties and tables. The rules are those of security.md.

mod base62;
mod fixtures;
mod laws;
mod limits;
mod redaction;
mod rotation;
mod slip;
mod token;
mod vectors;
