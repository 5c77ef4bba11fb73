//! What is done with gateways.
