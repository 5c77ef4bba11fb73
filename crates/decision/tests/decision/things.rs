//! What each action is done to: a thing that is somebody else's, and one that is the caller's own.

use decision::{Action, On};
use model::{Holder, Member, MemberInvitationId, OrganizationRole};

use crate::edits::Facts;
use crate::world::{self, ATTIC, AUDITOR, CRON, GUEST, MEMBER, NOTES, OTHER, PLATFORM, STRANGE};
use crate::{id, make};
use Action as A;

/// What a person is to a thing, and which thing that is for which person.
pub(crate) type Theirs = (&'static str, fn(usize) -> On);

/// Something that an action is done to.
pub(crate) struct Thing {
    /// Which, where the action has several kinds.
    pub(crate) which: &'static str,
    /// The one that none of those who are tested has anything to do with.
    pub(crate) anothers: On,
    /// The one that is that person's, and what they are to it.
    pub(crate) theirs: Option<Theirs>,
}

/// Those who have things of their own: one of each role that administers nothing.
pub(crate) const HOLDERS: [(&str, usize); 3] = [("member", MEMBER), ("auditor", AUDITOR), ("guest", GUEST)];

/// The agent and the robot of a person in [`host`].
fn own(person: usize) -> usize {
    60 + person
}

/// The example organization, where each of [`HOLDERS`] owns an agent, is steward of a robot and is in a workspace.
pub(crate) fn host() -> Facts {
    let mut facts = world::host();
    for (_, person) in HOLDERS {
        facts.add(make::agent(own(person), id::user(person), make::everything()));
        facts.add(make::robot(own(person), vec![id::user(person)]));
    }
    facts
}

fn nobodys(which: &'static str, on: On) -> Vec<Thing> {
    vec![Thing { which, anothers: on, theirs: None }]
}

fn owned(anothers: On, tie: &'static str, theirs: fn(usize) -> On) -> Vec<Thing> {
    vec![Thing { which: "", anothers, theirs: Some((tie, theirs)) }]
}

/// What the action is done to.
pub(crate) fn things(action: Action) -> Vec<Thing> {
    let server = On::Server(id::server(NOTES));
    match action {
        A::MemberAdd | A::MemberUpdate => {
            owned(On::MemberAs(id::user(OTHER), OrganizationRole::Member), "oneself", |p| {
                On::MemberAs(id::user(p), OrganizationRole::Member)
            })
        }
        A::WorkspaceCreate | A::RobotCreate | A::ServerCreate | A::RoleCreate | A::GatewayCreate => {
            nobodys("", On::Organization)
        }
        A::AgentCreate => owned(On::NewAgent(id::agent(99), id::user(OTHER)), "for oneself", |p| {
            On::NewAgent(id::agent(99), id::user(p))
        }),
        A::InvitationAccept | A::InvitationDecline => {
            owned(On::Workspace(id::workspace(ATTIC)), "in the workspace", |_| {
                On::Workspace(id::workspace(PLATFORM))
            })
        }
        A::MemberProvision => nobodys("", On::MemberAs(id::user(OTHER), OrganizationRole::Member)),
        A::ConnectionCreate | A::DomainAdd | A::KeyRotateMany => nobodys("", On::Organization),
        A::GroupMap => {
            let gives = |role| On::GroupGives(id::group(1), role);
            let mut things = nobodys("to a place in a workspace", gives(OrganizationRole::Member));
            things.extend(nobodys("to be an admin", gives(OrganizationRole::Admin)));
            things
        }
        A::DecisionRead | A::EvidenceExport => {
            let mut things = owned(On::Evidence(Some(id::user(OTHER))), "of one's agents", |p| {
                On::Evidence(Some(id::user(p)))
            });
            things.extend(nobodys("of robots and strangers", On::Evidence(None)));
            things
        }
        _ => match action.name().split('.').next().unwrap() {
            "organization" | "change" | "directory" | "signal_stream" | "saved_query" => {
                nobodys("", On::Organization)
            }
            "member_invitation" => {
                nobodys("", On::Invited(MemberInvitationId::MAX, OrganizationRole::Member))
            }
            "break_glass" if action == A::BreakGlassRead => nobodys("", On::Organization),
            "member" | "break_glass" | "identity" => {
                owned(On::Member(id::user(OTHER)), "oneself", |p| On::Member(id::user(p)))
            }
            "workspace" | "attachment" | "override" => {
                owned(On::Workspace(id::workspace(ATTIC)), "in the workspace", |_| {
                    On::Workspace(id::workspace(PLATFORM))
                })
            }
            "workspace_membership" => {
                owned(On::Place(id::workspace(PLATFORM), Member::User(id::user(OTHER))), "oneself", |p| {
                    On::Place(id::workspace(PLATFORM), Member::User(id::user(p)))
                })
            }
            "agent" | "invitation" => {
                owned(On::Agent(id::agent(STRANGE)), "its owner", |p| On::Agent(id::agent(own(p))))
            }
            "robot" => owned(On::Robot(id::robot(CRON + 1)), "a steward", |p| On::Robot(id::robot(own(p)))),
            "server" | "tool" => nobodys("", server),
            "role" | "grant" => nobodys("", On::Role(id::role(1))),
            "gateway" => nobodys("", On::Gateway(id::gateway(1))),
            "connection" => nobodys("", On::Connection(id::connection(1))),
            "domain" => nobodys("", On::Domain(id::domain(1))),
            "group" => nobodys("", On::Group(id::group(1))),
            "key" => keys(),
            noun => panic!("say what `{noun}` is done to"),
        },
    }
}

fn keys() -> Vec<Thing> {
    let of = |which, holder, theirs| Thing { which, anothers: On::KeysOf(holder), theirs };
    vec![
        of(
            "of an agent",
            Holder::Agent(id::agent(STRANGE)),
            Some(("the agent's owner", |p| On::KeysOf(Holder::Agent(id::agent(own(p)))))),
        ),
        of(
            "of a robot",
            Holder::Robot(id::robot(CRON + 1)),
            Some(("a steward", |p| On::KeysOf(Holder::Robot(id::robot(own(p)))))),
        ),
        of("of a gateway", Holder::Gateway(id::gateway(1)), None),
        of("of the directory", Holder::Directory(id::organization(1)), None),
        of(
            "for management",
            Holder::User(id::user(OTHER)),
            Some(("oneself", |p| On::KeysOf(Holder::User(id::user(p))))),
        ),
    ]
}

/// Every thing of every action, with the caller's own for those who have one.
pub(crate) fn every_pair() -> Vec<(Action, On)> {
    let mut pairs = Vec::new();
    for action in Action::ALL {
        for thing in things(*action) {
            pairs.push((*action, thing.anothers));
            for (_, person) in HOLDERS {
                pairs.extend(thing.theirs.map(|(_, of)| (*action, of(person))));
            }
        }
    }
    pairs
}
