//! What is done with leaks.
