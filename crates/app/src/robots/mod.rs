//! What is done with robots.
