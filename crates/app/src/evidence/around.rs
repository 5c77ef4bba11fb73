//! The changes around a decision: those made under it, and what had changed before it among the things it rests on.

use std::collections::BTreeSet;

use decision::{Action, On, Through};
use model::{Change, FactKind, OrganizationId, PrincipalId, Revision, Target};
use store::StoredDecision;

use crate::{App, Error, Reading};

/// A change of a thousand facts is told by its beginning.
const UNDER: u64 = 50;
/// Of each thing a decision rests on, so many of its newest changes are looked at.
const OF_EACH: u64 = 3;
/// As many as are read to find the one that made the difference.
const BEFORE: usize = 8;

/// The changes around a decision.
#[derive(Debug, Default)]
pub struct Around {
    /// Made under it, in their order.
    pub under: Vec<Change>,
    /// Of what it rests on, up to the revision it was decided at, newest first.
    pub before: Vec<Change>,
}

impl App {
    /// The changes around a decision that the caller may see. Whoever may see no changes in general sees those of their
    /// own agents.
    pub async fn around(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        stored: &StoredDecision,
    ) -> Result<Around, Error> {
        let sees_all = reading.may(Action::ChangeRead, On::Organization);
        let mut around = Around::default();
        if sees_all && stored.gateway.is_none() {
            // The permit was given at one revision, and its changes are the next.
            let from = stored.revision;
            let until = Revision(from.0.saturating_add(1));
            around.under = self.store.changes_under(organization, stored.id, (from, until), UNDER).await?;
        }
        let mut seen = BTreeSet::new();
        for target in rests_on(stored) {
            let is_own = match (target.kind, stored.actor.as_ref().map(|party| party.id)) {
                (FactKind::Agent, Some(PrincipalId::Agent(id))) => {
                    reading.may(Action::AgentRead, On::Agent(id))
                }
                _ => false,
            };
            if !sees_all && !is_own {
                continue;
            }
            let found = self.store.changes_of_fact(organization, &target, stored.revision, OF_EACH).await?;
            around
                .before
                .extend(found.into_iter().filter(|change| seen.insert((change.revision, change.position))));
        }
        around.before.sort_by_key(|change| std::cmp::Reverse((change.revision, change.position)));
        around.before.truncate(BEFORE);
        Ok(around)
    }
}

/// The things that a decision rests on, as its record names them. A call's; what is managed is under it anyway.
fn rests_on(stored: &StoredDecision) -> Vec<Target> {
    let target = |kind, id: String| Target { kind, id };
    let actor = stored.actor.as_ref().map(|party| match party.id {
        PrincipalId::Agent(id) => target(FactKind::Agent, id.to_string()),
        PrincipalId::Robot(id) => target(FactKind::Robot, id.to_string()),
        PrincipalId::User(id) => target(FactKind::OrganizationMembership, id.to_string()),
    });
    let owner = stored
        .owner
        .as_ref()
        .map(|party| target(FactKind::OrganizationMembership, party.id.uuid().to_string()));
    let workspace = stored.workspace.map(|id| target(FactKind::Workspace, id.to_string()));
    let server = stored.server.map(|id| target(FactKind::Server, id.to_string()));
    let tool = stored.tool.map(|id| target(FactKind::Tool, id.to_string()));
    let links = stored.path.iter().filter_map(|step| step.through).filter_map(|through| {
        Some(match through {
            Through::Key(id) => target(FactKind::Key, id.to_string()),
            Through::Membership(id) => target(FactKind::WorkspaceMembership, id.to_string()),
            Through::Invitation(id) => target(FactKind::Invitation, id.to_string()),
            Through::Role(id) => target(FactKind::Role, id.to_string()),
            Through::Grant(id) => target(FactKind::Grant, id.to_string()),
            Through::Override(id) => target(FactKind::Override, id.to_string()),
            Through::Connection(id) => target(FactKind::Connection, id.to_string()),
            Through::Owner(_) | Through::Entry(_) => return None,
        })
    });
    [actor, owner, workspace, server, tool].into_iter().flatten().chain(links).collect()
}
