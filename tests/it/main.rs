//! One binary for every black-box test.
