//! What the word of an identity provider may bring about when somebody signs in, and while they are (security.md S5).

use model::{ConnectionId, Mapping, OrganizationRole, Snapshot, UserId};

use crate::{Action, Manage, On, Reason, Through};

/// Whether a connection may take this person in, set what they are, or end what it began.
///
/// It may while it lets people in, and only below what a person decides: it makes nobody an owner, an administrator
/// only where the organization permits that of groups, and a member of nobody unless just-in-time is on. Whom it no
/// longer stands behind it signs out, an owner too: nobody else vouches for that session. That it may also while the
/// organization is stopped or the connection lets nobody in: the session would otherwise be back when they are.
pub(crate) fn may(host: &Snapshot, id: ConnectionId, request: &Manage) -> Result<Option<Through>, Reason> {
    let asked = match (request.caller.principal, request.action, request.on) {
        (None, Action::MemberProvision, On::MemberAs(user, wanted)) => Asked::Provision(user, wanted),
        (None, Action::MemberSignOut, On::Member(user)) => Asked::SignOut(user),
        _ => return Err(Reason::PeopleOnly),
    };
    let connection = host.connection(id);
    match asked {
        Asked::Provision(user, wanted) => {
            if !host.organization().is_some_and(|organization| organization.is_active()) {
                return Err(Reason::OrganizationSuspended);
            }
            let connection = connection.filter(|connection| connection.lets_in());
            let connection = connection.ok_or(Reason::ConnectionClosed)?;
            within(host, &connection.terms.mapping, user, wanted)?;
        }
        Asked::SignOut(user) => {
            connection.ok_or(Reason::ConnectionClosed)?;
            host.member(user).map(drop).ok_or(Reason::NotYours)?;
        }
    }
    Ok(Some(Through::Connection(id)))
}

/// What a provider's word is to bring about.
enum Asked {
    /// Somebody is in that role from now on.
    Provision(UserId, OrganizationRole),
    /// Somebody's sessions are over, or all that proves them.
    SignOut(UserId),
}

fn within(host: &Snapshot, mapping: &Mapping, user: UserId, wanted: OrganizationRole) -> Result<(), Reason> {
    let highest = if mapping.admins_by_groups { OrganizationRole::Admin } else { OrganizationRole::Member };
    let held = host.member(user).map(|member| member.role);
    match host.member(user) {
        // Who is not active here is not brought back by signing in: a person, or the directory, took them out.
        Some(member) if !member.is_active() => Err(Reason::UserInactive),
        // Nor is anybody whom a person put above what groups may give moved by groups.
        Some(member) if member.role > highest && member.role != wanted => Err(Reason::AboveYourRole),
        None if !mapping.just_in_time => Err(Reason::NotInvited),
        _ if wanted > highest && held != Some(wanted) => Err(Reason::AboveYourRole),
        _ => Ok(()),
    }
}
