//! What is done with members.
