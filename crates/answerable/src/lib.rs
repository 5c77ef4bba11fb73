//! answerable.
