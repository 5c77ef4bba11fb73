//! Days on which something around the program is broken: each is told clearly, and nothing answered is ever lost.

mod database;
mod disk;
mod starting;
mod stopping;
