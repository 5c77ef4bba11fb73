//! `/o/{org}/people`: who is here, as what, and what hangs on them

mod accept_identity;
mod add;
mod cut;
mod end_session;
mod end_sessions;
mod hand_over;
mod identities;
mod invite;
mod invited;
mod list;
mod person;
mod remove;
mod resume;
mod role;
pub(crate) mod rows;
mod sessions;
mod sheet;
mod stake;
mod suspend;
mod withdraw_identity;

use actix_web::web::ServiceConfig;
use app::{Error, Reading};
use decision::{Action, On};
use model::{FactKind, OrganizationMembership, OrganizationRole, Snapshot, UserId};
use serde::Deserialize;

/// The path of one person.
#[derive(Debug, Deserialize)]
struct PersonPath {
    /// Their id.
    person: UserId,
}

/// The person of a path, if they are a member and the reader may see them.
fn seen(reading: &Reading, path: &PersonPath) -> Result<OrganizationMembership, Error> {
    reading.check(Action::MemberRead, On::Member(path.person))?;
    let member = reading.facts.member(path.person);
    let member = member.ok_or(Error::NotFound(FactKind::OrganizationMembership))?;
    Ok(OrganizationMembership::clone(member))
}

/// What a person is called, as far as it is known here.
fn name(facts: &Snapshot, person: UserId) -> String {
    facts.user(person).map(|user| user.name.to_string()).unwrap_or_default()
}

/// What each role in an organization means.
fn means(role: OrganizationRole) -> &'static str {
    match role {
        OrganizationRole::Guest => "Sees only the workspaces they were invited to.",
        OrganizationRole::Auditor => "Reads everything, changes nothing.",
        OrganizationRole::Member => "Answers for agents and works in workspaces.",
        OrganizationRole::Admin => "Decides who can do what.",
        OrganizationRole::Owner => "As admin, and appoints admins and owners.",
    }
}

/// A role as a heading or a label: `Admin`.
fn title(role: OrganizationRole) -> &'static str {
    match role {
        OrganizationRole::Guest => "Guest",
        OrganizationRole::Auditor => "Auditor",
        OrganizationRole::Member => "Member",
        OrganizationRole::Admin => "Admin",
        OrganizationRole::Owner => "Owner",
    }
}

/// The roles in an organization, the usual one first.
const ROLES: [OrganizationRole; 5] = [
    OrganizationRole::Member,
    OrganizationRole::Guest,
    OrganizationRole::Auditor,
    OrganizationRole::Admin,
    OrganizationRole::Owner,
];

/// Mounts the pages of people.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list)
        .service(sheet::sheet)
        .service(add::show)
        .service(add::submit)
        .service(invite::show)
        .service(invite::submit)
        .service(invited::list)
        .service(invited::withdraw)
        .service(person::show)
        .service(role::submit)
        .service(suspend::show)
        .service(suspend::submit)
        .service(resume::submit)
        .service(end_sessions::show)
        .service(end_sessions::submit)
        .service(end_session::show)
        .service(end_session::submit)
        .service(accept_identity::submit)
        .service(withdraw_identity::show)
        .service(withdraw_identity::submit)
        .service(hand_over::show)
        .service(hand_over::submit)
        .service(remove::show)
        .service(remove::check)
        .service(remove::submit)
        .service(cut::show);
}
