//! What the decision promises, shown in one binary: the access matrix, tables of calls and of management, and laws on
//! random organizations against an oracle that shares no code with the engine.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "this binary is all tests: what it stands on that is not so has to fail them"
)]

mod ask;
mod asking;
mod calls;
mod case;
mod dice;
mod directory;
mod edits;
mod generate;
mod happenings;
mod id;
mod laws;
mod leaks;
mod make;
mod management;
mod masking;
mod matrix;
mod oracle;
mod table;
mod text;
mod things;
mod world;
