//! What is done with evidence.
