//! Agents: the list, the profile and what is done with one.

mod access;
mod activity;
mod bulk;
mod create;
mod decisions;
mod edit;
mod entrance;
mod filter;
mod frame;
mod hand_over;
mod invite;
mod keys;
mod list;
pub(crate) mod look;
mod may;
mod month;
mod narrow;
mod order;
mod overview;
mod pause;
pub(crate) mod picker;
mod revoke;
mod rotate;
mod rows;
mod scope;
mod sheet;

use actix_web::web::ServiceConfig;
pub(crate) use filter::Filter;
use model::AgentId;
pub(crate) use order::Seen;
use serde::Deserialize;

/// The path of one agent's pages.
#[derive(Debug, Deserialize)]
pub(crate) struct AgentPath {
    /// The agent's id.
    pub(crate) agent: AgentId,
}

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(list::list).service(sheet::sheet).service(bulk::ask).service(bulk::pause);
    create::configure(config);
    config
        .service(overview::overview)
        .service(access::show)
        .service(keys::show)
        .service(decisions::decisions)
        .service(activity::activity)
        .service(edit::open)
        .service(edit::save)
        .service(scope::open)
        .service(scope::save)
        .service(pause::ask)
        .service(pause::pause)
        .service(pause::resume)
        .service(hand_over::ask)
        .service(hand_over::hand_over)
        .service(revoke::ask)
        .service(revoke::revoke)
        .service(rotate::ask)
        .service(rotate::rotate)
        .service(invite::open)
        .service(invite::send)
        .service(narrow::open)
        .service(narrow::save)
        .service(narrow::lift);
}
