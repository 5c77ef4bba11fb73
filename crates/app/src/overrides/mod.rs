//! What is done with overrides.
