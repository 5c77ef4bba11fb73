//! What is done with workspaces.
