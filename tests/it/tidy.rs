//! The rules of the house about the tree itself. A rule that nothing checks is a wish.
//!
//! Every finding names its file and line, and a rule reports all of its findings at once.

mod arrows;
mod commands;
mod documents;
mod features;
mod manifests;
mod purity;
mod reasons;
mod size;
mod text;
mod tree;
