//! The use cases over a real database: journeys of people and their agents, and tables of who may.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "this binary is all tests: what it stands on that is not so has to fail them"
)]

mod acceptance;
mod break_glass;
mod directory;
mod domains;
mod ending;
mod evidence;
mod first_key;
mod gateways;
mod groups;
mod guests;
mod harness;
mod imports;
mod invitations;
mod leaks;
mod leaving;
mod listed;
mod mcp_responder;
mod member_invitations;
mod members;
mod office;
mod organizations;
mod overrides;
mod reach;
mod robots;
mod roles;
mod servers;
mod sessions;
mod set_up_links;
mod signals;
mod workspaces;
