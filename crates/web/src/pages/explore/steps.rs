//! What to do next after an answer, for the one who asked.

use app::Reading;
use app::evidence::Query as AuditQuery;
use decision::{Action, Decision, On, Reason, Through};
use model::{PrincipalId, Server};

use super::pick::written;
use crate::pages::Shell;
use crate::pages::query::query;

/// A question.
pub(super) struct Asks<'a> {
    /// Who.
    pub(super) who: PrincipalId,
    /// On which server.
    pub(super) server: &'a Server,
    /// Which tool.
    pub(super) tool: &'a str,
    /// In which workspace.
    pub(super) workspace: Option<&'a str>,
}

/// Something that can be done next.
pub(super) struct NextStep {
    /// What.
    pub(super) label: String,
    /// Where. Empty: somebody else can.
    pub(super) href: String,
}

/// What can be done next: what mends it, by whom, and where to look further.
pub(super) fn next_steps(
    reading: &Reading,
    shell: &Shell,
    asks: &Asks<'_>,
    nearest: &Decision,
) -> Vec<NextStep> {
    let mut steps: Vec<NextStep> = mend(reading, shell, asks, nearest).into_iter().collect();
    let link = |label: &str, path: String| NextStep { label: label.to_owned(), href: shell.path(&path) };
    let grant = nearest.steps.iter().find_map(|step| match step.through {
        Some(Through::Grant(id)) => reading.facts.grant(id),
        _ => None,
    });
    let role = grant.and_then(|grant| reading.facts.role(grant.role));
    if let Some(role) = role.filter(|role| reading.may(Action::RoleRead, On::Role(role.id))) {
        steps.push(link(&format!("Open the grant of {}", role.name), format!("/roles/{}", role.id)));
    }
    let denials = AuditQuery::default()
        .with("actor", &asks.who.uuid().to_string())
        .with("tool", asks.tool)
        .with("decision", "deny");
    let denials = query(&[("q", &denials.to_string())]);
    steps.push(link("See past denials", format!("/audit{denials}")));
    let who = written(asks.who);
    steps.push(link("What else may it do?", format!("/explore/what{}", query(&[("who", &who)]))));
    if reading.may(Action::DecisionRead, On::Evidence(None)) {
        let asked = query(&[("server", asks.server.slug.as_str()), ("tool", asks.tool)]);
        steps.push(link("Who else may do this?", format!("/explore/who{asked}")));
    }
    steps
}

/// The page where something is mended: of the one who was asked about, of the server, or of the workspace.
enum At {
    Own(&'static str),
    Server(&'static str),
    Place(&'static str),
}

/// A way to mend what stops a call: the act, its page, what it is called, and who else can do it.
type Mend = (Action, At, &'static str, &'static str);

fn mends(reason: Reason) -> Option<Mend> {
    Some(match reason {
        Reason::OutsideScope | Reason::NeverListed => {
            (Action::AgentScope, At::Own("/scope"), "Change its scope", "Its owner can change its scope.")
        }
        Reason::NotGranted | Reason::ArgumentNotAllowed | Reason::ArgumentsMissing => {
            let other = "An administrator can grant it to a role.";
            (Action::ServerGrants, At::Server("/grants"), "Grant it to a role", other)
        }
        Reason::NotAMember => {
            let other = "An administrator can add them to the workspace.";
            (Action::WorkspaceMembershipAdd, At::Place("/add"), "Add them to the workspace", other)
        }
        Reason::InvitationRequired => {
            let other = "Its owner can ask for an invitation.";
            (Action::InvitationCreate, At::Own("/invite"), "Invite it to the workspace", other)
        }
        Reason::BlockedHere => {
            let other = "An administrator can lift what narrows it there.";
            (Action::OverrideRemove, At::Place("/agents"), "See what narrows it there", other)
        }
        Reason::GuestAgentsRefused | Reason::UserRequired => {
            let other = "An administrator can change the rules of the workspace.";
            (Action::WorkspaceUpdate, At::Place("/rules"), "See the rules of the workspace", other)
        }
        Reason::ToolChanged => {
            let other = "An administrator can review the tool.";
            (Action::ToolReview, At::Server("/review"), "Review the tool", other)
        }
        Reason::ToolUnknown | Reason::ServerUnreachable => {
            (Action::ServerRead, At::Server(""), "See what the server offers", "")
        }
        Reason::AgentPaused | Reason::AgentUnowned | Reason::AgentRevoked | Reason::OwnerInactive => {
            let other = "Its owner or an administrator can let it act again.";
            (Action::AgentRead, At::Own(""), "Open the agent", other)
        }
        _ => return None,
    })
}

/// What makes it possible, for whoever may do that; otherwise who can.
fn mend(reading: &Reading, shell: &Shell, asks: &Asks<'_>, nearest: &Decision) -> Option<NextStep> {
    let (action, at, label, other) = mends(nearest.reason())?;
    let place = nearest.workspace.as_ref();
    let (on, path) = match (at, asks.who) {
        (At::Own(page), PrincipalId::Agent(id)) => (On::Agent(id), format!("/agents/{id}{page}")),
        (At::Own(_), PrincipalId::Robot(_) | PrincipalId::User(_)) => return None,
        (At::Server(page), _) => (On::Server(asks.server.id), format!("/servers/{}{page}", asks.server.slug)),
        // Whom a membership or a narrowing is of is asked by the page itself.
        (At::Place(page), _) => (On::Organization, format!("/workspaces/{}{page}", place?.name)),
    };
    if reading.may(action, on) {
        return Some(NextStep { label: label.to_owned(), href: shell.path(&path) });
    }
    (!other.is_empty()).then(|| NextStep { label: other.to_owned(), href: String::new() })
}
