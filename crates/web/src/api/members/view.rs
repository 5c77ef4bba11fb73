use std::collections::BTreeSet;

use app::{Reading, version_of};
use decision::{Action, On};
use model::{Agent, AgentState, Member, MembershipState, OrganizationMembership, UserId, WorkspaceId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::presented::{BecauseView, Named};

/// A person in the organization.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemberView {
    /// Their id, the same in every organization.
    pub id: Uuid,
    /// What they are called.
    pub name: String,
    /// Where mail goes. It identifies nobody.
    pub email: Option<String>,
    /// `owner`, `admin`, `member`, `auditor` or `guest`.
    pub role: &'static str,
    /// `active` or `suspended`.
    pub state: &'static str,
    /// Since when and why they are suspended.
    pub because: Option<BecauseView>,
    /// How many agents that the caller may see they answer for, revoked ones aside.
    pub agents_owned: usize,
    /// In how many workspaces that the caller may see they are.
    pub workspaces_in: usize,
    /// For `If-Match`.
    pub version: String,
}

impl MemberView {
    /// A member as the reader may see them.
    pub fn of(reading: &Reading, member: &OrganizationMembership) -> Self {
        let (state, because) = match &member.state {
            MembershipState::Active => ("active", None),
            MembershipState::Suspended(because) => ("suspended", Some(because.into())),
        };
        Self {
            id: member.user.uuid(),
            name: Named::user(&reading.facts, member.user).name,
            email: reading.facts.user(member.user).and_then(|user| user.email.clone()),
            role: member.role.as_str(),
            state,
            because,
            agents_owned: agents_of(reading, member.user).count(),
            workspaces_in: workspaces_of(reading, member.user).len(),
            version: version_of(&member.clone().into()),
        }
    }
}

/// The agents of a person that the reader may see, revoked ones aside. Who may see one of them may see them all.
pub(super) fn agents_of(reading: &Reading, user: UserId) -> impl Iterator<Item = &Agent> {
    let first = reading.facts.agents_of(user).next();
    let may = first.is_some_and(|agent| reading.may(Action::AgentRead, On::Agent(agent.id)));
    let agents = reading.facts.agents_of(user).map(AsRef::as_ref).filter(move |_| may);
    agents.filter(|agent: &&Agent| !matches!(agent.state, AgentState::Revoked(_)))
}

/// The workspaces of a person that the reader may see.
pub(super) fn workspaces_of(reading: &Reading, user: UserId) -> BTreeSet<WorkspaceId> {
    let all = reading.facts.workspaces_of(Member::User(user));
    all.filter(|id| reading.may(Action::WorkspaceRead, On::Workspace(*id))).collect()
}
