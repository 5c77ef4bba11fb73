//! What is done with servers.
