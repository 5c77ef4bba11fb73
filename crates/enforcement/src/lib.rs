//! enforcement.
