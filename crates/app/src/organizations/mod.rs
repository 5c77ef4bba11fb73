//! What is done with organizations.
