//! What was changed, in words: for the activity of a thing and for what a change took away.

use app::evidence::{ChangeCursor, ChangeFilter, Order, Page};
use app::{App, Reading};
use model::{Change, Edit, Fact, Member, OrganizationId, PrincipalId, Revision, Snapshot, Timestamp};

/// So many changes are looked through for one page.
const LOOKED_THROUGH: u64 = 1_000;

/// One change, in words.
#[derive(Debug)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// Who, by name.
    pub who: String,
    /// What was done.
    pub what: String,
    /// The action's own name.
    pub action: String,
}

/// The newest changes that concern something, and where to look further back.
#[derive(Debug, Default)]
pub struct Events {
    /// The changes, newest first.
    pub events: Vec<Event>,
    /// Where to look further back. None: everything was looked through.
    pub before: Option<String>,
}

/// Looks through the newest changes, or those before a place, for what concerns something.
pub async fn concerning(
    app: &App,
    reading: &Reading,
    organization: OrganizationId,
    before: &str,
    concerns: impl Fn(&Fact) -> bool,
) -> Result<Events, app::Error> {
    let after = place(before);
    let page = Page { after, limit: LOOKED_THROUGH, order: Order::NewestFirst };
    let changes = app.changes(reading, organization, &ChangeFilter::default(), page).await?;
    let more = changes.len() as u64 >= LOOKED_THROUGH;
    let last = changes.last().filter(|_| more);
    let before = last.map(|change| format!("{}.{}", change.revision.0, change.position));
    let events = changes
        .iter()
        .filter(|change| change.edit.subject().is_some_and(&concerns))
        .map(|change| event(&reading.facts, change))
        .collect();
    Ok(Events { events, before })
}

fn place(text: &str) -> Option<ChangeCursor> {
    let (revision, position) = text.split_once('.')?;
    Some(ChangeCursor { revision: Revision(revision.parse().ok()?), position: position.parse().ok()? })
}

/// One change, in words.
pub fn event(facts: &Snapshot, change: &Change) -> Event {
    Event {
        at: change.at,
        who: who(facts, change.actor.principal),
        what: words(facts, &change.edit),
        action: change.action.clone(),
    }
}

/// Who changed something that no principal changed.
pub const NOBODY: &str = "the operator or a rule";

/// Who did something, by the name they have now.
pub fn who(facts: &Snapshot, principal: Option<PrincipalId>) -> String {
    match principal {
        Some(principal) => facts.name_of(principal).unwrap_or("somebody who is gone").to_owned(),
        None => NOBODY.to_owned(),
    }
}

/// What an edit did, in words.
fn words(facts: &Snapshot, edit: &Edit) -> String {
    let verb = match (&edit.before, &edit.after) {
        (None, _) => "added",
        (_, None) => "removed",
        _ => "changed",
    };
    let Some(fact) = edit.subject() else { return String::new() };
    let role = |id| facts.role(id).map_or("a role", |role| role.name.as_str());
    match fact {
        Fact::Workspace(workspace) if verb == "changed" => changed_rules(edit, workspace.name.as_str()),
        Fact::Workspace(workspace) => format!("{verb} the workspace {}", workspace.name),
        Fact::WorkspaceMembership(membership) => {
            let name = facts.name_of(membership.member.into()).unwrap_or("somebody");
            let kind = if matches!(membership.member, Member::Robot(_)) { "robot " } else { "" };
            format!("{verb} {kind}{name} as {}", role(membership.role))
        }
        Fact::Attachment(attachment) => {
            let server = facts.server(attachment.server).map_or("a server", |server| server.name.as_str());
            format!("{} the server {server}", if verb == "added" { "attached" } else { "detached" })
        }
        Fact::Override(narrowing) => {
            let agent = facts.agent(narrowing.agent).map_or("an agent", |agent| agent.name.as_str());
            match (verb, narrowing.blocked) {
                ("removed", _) => format!("lifted what narrowed {agent}"),
                (_, true) => format!("blocked {agent}"),
                _ => format!("narrowed {agent}"),
            }
        }
        Fact::Invitation(invitation) => {
            let agent = facts.agent(invitation.agent).map_or("an agent", |agent| agent.name.as_str());
            format!("invitation of {agent}: {}", invitation.state.as_str())
        }
        other => format!("{verb} a {}", other.target().kind.as_str().replace('_', " ")),
    }
}

fn changed_rules(edit: &Edit, name: &str) -> String {
    let (Some(Fact::Workspace(before)), Some(Fact::Workspace(after))) = (&edit.before, &edit.after) else {
        return format!("changed {name}");
    };
    let mut changed = Vec::new();
    if before.name != after.name {
        changed.push(format!("the name from {} to {}", before.name, after.name));
    }
    for (differs, what) in [
        (before.visibility != after.visibility, "who may know of it"),
        (before.access_mode != after.access_mode, "how agents get in"),
        (before.guest_agents != after.guest_agents, "whether guests bring agents"),
        (before.auto_accept_agents != after.auto_accept_agents, "whether invitations count at once"),
        (before.identity_mode != after.identity_mode, "who must be allowed for a call"),
    ] {
        if differs {
            changed.push(what.to_owned());
        }
    }
    format!("changed {}", changed.join(", "))
}
