//! Random edits of every kind of fact, mostly possible ones.

mod directory;

use model::*;
use serde_json::json;

use crate::world::{Chance, name, slug, start};

/// Draws from what there is, or nothing where there is nothing.
fn pick<T>(chance: &mut Chance, from: impl Iterator<Item = T>) -> Option<T> {
    let all: Vec<T> = from.collect();
    let at = chance.0.below(u64::try_from(all.len()).unwrap().max(1));
    all.into_iter().nth(usize::try_from(at).unwrap())
}

fn flip(chance: &mut Chance) -> bool {
    chance.0.below(2) == 0
}

/// A name that looks like nothing else, in several scripts and with every quote.
fn any_name(chance: &mut Chance) -> Name {
    let shape = ["x", "é ", "שלום", "O'Neil \"", "日本 %_\\", "a|b;--"];
    let head = pick(chance, shape.into_iter()).unwrap();
    name(&format!("{head}{}", chance.0.below(1_000)))
}

/// One of few, so that taken ones come up.
fn any_slug(chance: &mut Chance) -> Slug {
    slug(&format!("s-{}", chance.0.below(12)))
}

/// A moment finer than a microsecond: the store has to cut it the same way everywhere.
fn any_moment(chance: &mut Chance) -> Timestamp {
    start() + chrono::TimeDelta::nanoseconds(i64::try_from(chance.0.below(1_000_000_000_000)).unwrap())
}

fn because(chance: &mut Chance) -> Because {
    Because { at: any_moment(chance), by: None, reason: any_name(chance).to_string() }
}

fn any_pattern(chance: &mut Chance) -> ToolPattern {
    pick(chance, ["*", "create_*", "Echo", "a.b"].into_iter()).unwrap().parse().unwrap()
}

fn any_scope(chance: &mut Chance, facts: &Snapshot) -> Scope {
    let count = chance.0.below(3);
    let mut entry = || ScopeEntry {
        workspace: pick(chance, facts.list_workspaces(None).map(|w| w.id)).filter(|_| flip(chance)),
        server: pick(chance, facts.list_servers(None).map(|s| s.id)).filter(|_| flip(chance)),
        tools: any_pattern(chance),
    };
    (0..count).map(|_| entry()).collect()
}

fn any_constraints(chance: &mut Chance) -> Vec<Constraint> {
    let values =
        [json!(100), json!(0.1), json!(1e300), json!(18_446_744_073_709_551_615_u64), json!([1, "a", null])];
    let count = chance.0.below(3);
    let mut constraint = || Constraint {
        pointer: "/amount".to_owned(),
        operator: if flip(chance) { Operator::AtMost } else { Operator::NotIn },
        value: pick(chance, values.iter().cloned()).unwrap(),
    };
    (0..count).map(|_| constraint()).collect()
}

fn any_holder(chance: &mut Chance, facts: &Snapshot) -> Option<Holder> {
    match chance.0.below(5) {
        0 => pick(chance, facts.list_agents(None).map(|a| Holder::Agent(a.id))),
        1 => pick(chance, facts.list_robots(None).map(|r| Holder::Robot(r.id))),
        2 => pick(chance, facts.list_gateways(None).map(|g| Holder::Gateway(g.id))),
        3 => facts.organization().map(|organization| Holder::Directory(organization.id)),
        _ => pick(chance, facts.list_users(None).map(|u| Holder::User(u.id))),
    }
}

fn any_member(chance: &mut Chance, facts: &Snapshot) -> Option<Member> {
    if flip(chance) {
        pick(chance, facts.list_users(None).map(|u| Member::User(u.id)))
    } else {
        pick(chance, facts.list_robots(None).map(|r| Member::Robot(r.id)))
    }
}

/// A new fact of some kind. None where what it would refer to does not exist.
fn create(chance: &mut Chance, facts: &Snapshot, organization: OrganizationId) -> Option<Fact> {
    let now = any_moment(chance);
    let user = pick(chance, facts.list_users(None).map(|u| u.id))?;
    match chance.0.below(25) {
        0..=6 => create_principal(chance, facts, now, user),
        7..=10 => create_place(chance, facts, now),
        11..=13 => create_narrowing(chance, facts, organization, user),
        14 => Some(gateway(chance, now).into()),
        15 => Some(connection(chance, facts, now).into()),
        16 => Some(domain(chance, now).into()),
        17..=22 => directory::create(chance, facts, now, user),
        23 => Some(accepted_identity(chance, now, user).into()),
        _ => key(chance, facts, now, user).map(Fact::from),
    }
}

fn create_principal(chance: &mut Chance, facts: &Snapshot, now: Timestamp, user: UserId) -> Option<Fact> {
    Some(match chance.0.below(7) {
        0 => User { id: UserId::draw(now, chance), name: any_name(chance), email: None }.into(),
        1 => OrganizationMembership { user, role: OrganizationRole::Guest, state: MembershipState::Active }
            .into(),
        2 => Robot {
            id: RobotId::draw(now, chance),
            name: any_name(chance),
            purpose: "counts".to_owned(),
            stewards: vec![user],
            state: RobotState::Live,
            created_at: now,
            created_by: user,
        }
        .into(),
        3 => WorkspaceMembership {
            id: WorkspaceMembershipId::draw(now, chance),
            workspace: pick(chance, facts.list_workspaces(None).map(|w| w.id))?,
            member: any_member(chance, facts)?,
            role: pick(chance, facts.list_roles(None).map(|r| r.id))?,
        }
        .into(),
        4 => Role { id: RoleId::draw(now, chance), name: any_name(chance), purpose: String::new() }.into(),
        _ => Agent {
            id: AgentId::draw(now, chance),
            name: any_name(chance),
            purpose: String::new(),
            owner: user,
            state: AgentState::Live,
            scope: any_scope(chance, facts),
            never: any_scope(chance, facts),
            created_at: now,
            created_by: user,
        }
        .into(),
    })
}

fn create_place(chance: &mut Chance, facts: &Snapshot, now: Timestamp) -> Option<Fact> {
    let workspace = pick(chance, facts.list_workspaces(None).map(|w| w.id));
    let server = pick(chance, facts.list_servers(None).map(|s| s.id));
    Some(match chance.0.below(5) {
        0 => Workspace {
            id: WorkspaceId::draw(now, chance),
            slug: any_slug(chance),
            name: any_name(chance),
            visibility: Visibility::Private,
            access_mode: AccessMode::Explicit,
            guest_agents: flip(chance),
            auto_accept_agents: flip(chance),
            identity_mode: Some(IdentityMode::Hybrid).filter(|_| flip(chance)),
        }
        .into(),
        1 => Server {
            id: ServerId::draw(now, chance),
            slug: any_slug(chance),
            name: any_name(chance),
            url: Some("https://tools.northwind.example/mcp?a=1".to_owned()).filter(|_| flip(chance)),
            credential_mode: CredentialMode::Personal,
            identity_mode: IdentityMode::OnBehalfOf,
            state: ServerState::Active,
        }
        .into(),
        2 => Attachment { server: server?, workspace: workspace? }.into(),
        3 => Tool {
            id: ToolId::draw(now, chance),
            server: server?,
            name: any_name(chance).as_str().parse().unwrap(),
            title: String::new(),
            risk: Risk::Destructive,
            definition: DefinitionHash(chance.0.array()),
            reviewed: None,
            state: ToolState::Offered,
        }
        .into(),
        _ => Grant {
            id: GrantId::draw(now, chance),
            role: pick(chance, facts.list_roles(None).map(|r| r.id))?,
            server: server?,
            tools: any_pattern(chance),
            constraints: any_constraints(chance),
        }
        .into(),
    })
}

fn create_narrowing(
    chance: &mut Chance,
    facts: &Snapshot,
    agent_organization: OrganizationId,
    invited_by: UserId,
) -> Option<Fact> {
    let now = any_moment(chance);
    let workspace = pick(chance, facts.list_workspaces(None).map(|w| w.id))?;
    let agent = pick(chance, facts.list_agents(None).map(|a| a.id))?;
    if flip(chance) {
        return Some(member_invitation(chance, facts, now, invited_by).into());
    }
    Some(if flip(chance) {
        let server = pick(chance, facts.list_servers(None).map(|s| s.id))?;
        let denied = vec![(server, any_pattern(chance))];
        let (id, blocked) = (OverrideId::draw(now, chance), flip(chance));
        Override { id, workspace, agent_organization, agent, blocked, denied }.into()
    } else {
        let (id, state) = (InvitationId::draw(now, chance), InvitationState::Pending);
        let message = "It closes the books.\nMay it come in?".to_owned();
        Invitation { id, workspace, agent_organization, agent, invited_by, message, state }.into()
    })
}

fn member_invitation(
    chance: &mut Chance,
    facts: &Snapshot,
    now: Timestamp,
    invited_by: UserId,
) -> MemberInvitation {
    let workspace = pick(chance, facts.list_workspaces(None).map(|w| w.id));
    let role = pick(chance, facts.list_roles(None).map(|r| r.id));
    MemberInvitation {
        id: MemberInvitationId::draw(now, chance),
        email: Some("maya+é@example.com".to_owned()).filter(|_| flip(chance)),
        role: OrganizationRole::Auditor,
        places: workspace
            .zip(role)
            .map(|(workspace, role)| InvitedPlace { workspace, role })
            .into_iter()
            .collect(),
        invited_by,
        created_at: now,
        ends_at: any_moment(chance),
        hash: chance.0.array(),
        state: MemberInvitationState::Pending,
        accepts_identity: flip(chance),
    }
}

/// Of few accounts, so that taken ones come up.
fn accepted_identity(chance: &mut Chance, accepted_at: Timestamp, user: UserId) -> AcceptedIdentity {
    AcceptedIdentity {
        id: AcceptedIdentityId::draw(accepted_at, chance),
        user,
        connection: ConnectionId::MIN,
        issuer: "https://login.example".to_owned(),
        subject: format!("{}{}", pick(chance, ["maya", "Maya"].into_iter()).unwrap(), chance.0.below(6)),
        voucher: chance.0.array(),
        accepted_by: user,
        accepted_at,
    }
}

fn connection(chance: &mut Chance, facts: &Snapshot, created_at: Timestamp) -> Connection {
    let secret = Some(SecretId::draw(created_at, chance)).filter(|_| flip(chance));
    let place = pick(chance, facts.list_workspaces(None).map(|w| w.id))
        .zip(pick(chance, facts.list_roles(None).map(|r| r.id)))
        .map(|(workspace, role)| GroupPlace { workspace, role });
    let group = any_name(chance).to_string();
    Connection {
        id: ConnectionId::draw(created_at, chance),
        name: any_name(chance),
        terms: Terms {
            kind: ConnectionKind::Oidc,
            issuer: "https://idp.northwind.example/a?b=c".to_owned(),
            client: Client { id: "O'Neil".to_owned(), authentication: ClientAuthentication::Post, secret },
            scopes: vec!["openid".to_owned(), "email".to_owned()],
            mapping: Mapping {
                name_claim: Some("displayName".to_owned()),
                just_in_time: flip(chance),
                groups_claim: Some("groups".to_owned()).filter(|_| flip(chance)),
                groups: vec![GroupRule { group, organization_role: Some(OrganizationRole::Member), place }],
                admins_by_groups: flip(chance),
                on_logout: if flip(chance) { OnLogout::EndEverything } else { OnLogout::EndSessions },
            },
        },
        state: ConnectionState::Draft,
        proposal: None,
        created_at,
    }
}

fn domain(chance: &mut Chance, created_at: Timestamp) -> Domain {
    Domain {
        id: DomainId::draw(created_at, chance),
        name: format!("d{}.example", chance.0.below(1_000_000)).parse().unwrap(),
        challenge: Domain::draw_challenge(chance),
        state: DomainState::Pending { expires_at: created_at },
        created_at,
    }
}

fn gateway(chance: &mut Chance, created_at: Timestamp) -> Gateway {
    Gateway {
        id: GatewayId::draw(created_at, chance),
        name: any_name(chance),
        state: GatewayState::Active,
        may_assert_subjects: flip(chance),
        allows_unseen_tools: flip(chance),
        created_at,
    }
}

fn key(chance: &mut Chance, facts: &Snapshot, now: Timestamp, user: UserId) -> Option<Key> {
    Some(Key {
        id: format!("{:012}", chance.0.below(1_000_000_000_000)).parse().unwrap(),
        holder: any_holder(chance, facts)?,
        name: any_name(chance),
        hash: chance.0.array(),
        state: KeyState::Live,
        created_at: now,
        created_by: Some(user).filter(|_| flip(chance)),
        expires_at: now,
        replaces: pick(chance, facts.list_keys(None).map(|k| k.id)),
        limits: KeyLimits {
            addresses: vec!["10.0.0.0/8".parse().unwrap()],
            gateways: facts.list_gateways(None).map(|g| g.id).take(1).collect(),
            max_uses: Some(chance.0.next_u64()).filter(|_| flip(chance)),
            scope: Some(any_scope(chance, facts)).filter(|_| flip(chance)),
        },
    })
}

/// The same fact, changed.
fn change(chance: &mut Chance, facts: &Snapshot, fact: Fact) -> Fact {
    let why = because(chance);
    match fact {
        Fact::Organization(f) if flip(chance) => {
            let stop = if f.agents_are_stopped() { Stop::Released } else { Stop::Pressed(why) };
            Organization { stop, ..f }.into()
        }
        Fact::Organization(f) => Organization { slug: any_slug(chance), ..f }.into(),
        Fact::User(f) => User { name: any_name(chance), ..f }.into(),
        Fact::OrganizationMembership(f) if flip(chance) => {
            OrganizationMembership { state: MembershipState::Suspended(why), ..f }.into()
        }
        Fact::OrganizationMembership(f) => {
            OrganizationMembership { state: MembershipState::Active, role: OrganizationRole::Owner, ..f }
                .into()
        }
        Fact::Workspace(f) => Workspace { slug: any_slug(chance), guest_agents: !f.guest_agents, ..f }.into(),
        Fact::Role(f) => Role { name: any_name(chance), ..f }.into(),
        Fact::Robot(f) => Robot { state: RobotState::Deleted(why), stewards: Vec::new(), ..f }.into(),
        Fact::WorkspaceMembership(f) => {
            let member = any_member(chance, facts).unwrap_or(f.member);
            WorkspaceMembership { member, ..f }.into()
        }
        Fact::Agent(f) if flip(chance) => f.latch(why).into(),
        Fact::Agent(f) => Agent { scope: any_scope(chance, facts), name: any_name(chance), ..f }.into(),
        Fact::Server(f) => Server { state: ServerState::Removed(why), ..f }.into(),
        Fact::Attachment(f) => f.into(),
        Fact::Tool(f) => Tool { reviewed: Some(f.definition), state: ToolState::Withdrawn, ..f }.into(),
        Fact::Grant(f) => Grant { constraints: any_constraints(chance), ..f }.into(),
        Fact::Override(f) => Override { blocked: !f.blocked, ..f }.into(),
        Fact::Invitation(f) => Invitation { state: InvitationState::Declined(why), ..f }.into(),
        Fact::MemberInvitation(f) => {
            MemberInvitation { state: MemberInvitationState::Withdrawn(why), ..f }.into()
        }
        Fact::Connection(f) => {
            let proposal = Proposal { terms: f.terms.clone(), by: UserId::draw(why.at, chance), at: why.at };
            Connection { state: ConnectionState::Enforced(why), proposal: Some(Box::new(proposal)), ..f }
                .into()
        }
        Fact::Domain(f) => Domain { state: DomainState::Proven(why), ..f }.into(),
        Fact::AcceptedIdentity(f) => AcceptedIdentity { voucher: chance.0.array(), ..f }.into(),
        Fact::Gateway(f) => Gateway { state: GatewayState::Paused(why), ..f }.into(),
        of_directory @ (Fact::DirectoryUser(_)
        | Fact::Group(_)
        | Fact::GroupMember(_)
        | Fact::GroupMapping(_)
        | Fact::SignalStream(_)) => directory::change(chance, facts, of_directory),
        Fact::Key(f) => {
            let successor = f.id;
            Key { state: KeyState::Retiring { grace_expires_at: why.at, successor }, ..f }.into()
        }
    }
}

/// A few edits that follow from each other.
pub(crate) fn some(chance: &mut Chance, facts: &Snapshot, boss: UserId) -> Vec<Edit> {
    let Some(organization) = facts.organization().map(|fact| fact.id) else { return Vec::new() };
    let mut facts = facts.clone();
    let mut edits = Vec::new();
    for _ in 0..=chance.0.below(6) {
        // Whoever writes has to stay one who may.
        let boss = |fact: &Fact| matches!(fact, Fact::OrganizationMembership(m) if m.user == boss);
        let existing = pick(chance, facts.facts().filter(|fact| !boss(fact)));
        let edit = match (chance.0.below(10), existing) {
            (0, Some(fact)) if !matches!(fact, Fact::Organization(_)) => Edit::remove(fact),
            (1..=3, Some(fact)) => Edit::update(fact.clone(), change(chance, &facts, fact)),
            _ => match create(chance, &facts, organization) {
                Some(fact) => Edit::create(fact),
                None => continue,
            },
        };
        facts.edit(&edit);
        edits.push(edit);
    }
    edits
}
