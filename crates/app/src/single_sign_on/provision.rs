use std::collections::BTreeSet;

use decision::{Action, On};
use model::{
    Connection, DomainName, Edit, GroupPlace, Mapping, Member, MembershipState, Name, OrganizationMembership,
    OrganizationRole, User, UserId, WorkspaceMembership, WorkspaceMembershipId, cascade,
};
use signin::Person;

use crate::{Error, Plan, Planning};

/// Takes a person in, or sets what they are, as their groups say. All of it is one revision; what they lose, they lose
/// with everything that hung on it (security.md S5).
pub fn provision(
    planning: &Planning<'_>,
    connection: &Connection,
    person: &Person,
    user: UserId,
) -> Result<Plan<UserId>, Error> {
    let mapping = &connection.terms.mapping;
    let held = planning.facts.member(user);
    let role = role(mapping, person, held.map(|member| member.role));
    let permit = planning.permit(Action::MemberProvision, On::MemberAs(user, role))?;
    let mut edits = Vec::new();
    match held {
        None => {
            whose_address_counts(planning, person)?;
            if planning.facts.user(user).is_none() {
                edits.push(Edit::create(newcomer(user, person)?));
            }
            let state = MembershipState::Active;
            edits.push(Edit::create(OrganizationMembership { user, role, state }));
        }
        Some(member) if member.role != role => {
            let after = OrganizationMembership { role, ..OrganizationMembership::clone(member) };
            edits.push(Edit::update(OrganizationMembership::clone(member), after));
        }
        Some(_) => {}
    }
    if let Some(groups) = &person.groups {
        edits.extend(places(planning, mapping, groups, user));
    }
    Ok(Plan::new(permit, edits, user))
}

/// What somebody is to be: what their groups say, where groups say anything; else what they are, and a newcomer the
/// least there is.
fn role(mapping: &Mapping, person: &Person, held: Option<OrganizationRole>) -> OrganizationRole {
    let given = |groups: &Vec<String>| mapping.given(groups).filter_map(|rule| rule.organization_role).max();
    match (&person.groups, held) {
        (Some(groups), _) if mapping.names_roles() => {
            let highest =
                if mapping.admins_by_groups { OrganizationRole::Admin } else { OrganizationRole::Member };
            match held {
                // Whom a person raised above what groups may give stays what they are.
                Some(held) if held > highest => held,
                _ => given(groups).unwrap_or(OrganizationRole::Guest),
            }
        }
        (_, Some(held)) => held,
        (_, None) => OrganizationRole::Guest,
    }
}

/// Just-in-time takes a verified address of a domain that this organization has proven: the word `true` and nothing
/// else says that it is verified.
fn whose_address_counts(planning: &Planning<'_>, person: &Person) -> Result<(), Error> {
    let refused = |detail: String| Err(Error::Conflict { code: "not_provisioned", detail });
    let Some(address) = &person.address else {
        return refused(
            "your identity provider did not say your mail address; ask for an invitation".to_owned(),
        );
    };
    if !person.address_is_verified {
        return refused(format!(
            "your identity provider does not say that `{address}` is verified; ask for an invitation"
        ));
    }
    let domain =
        DomainName::of_address(address).and_then(|name| planning.facts.domain_by_name(name.as_str()));
    if domain.is_some_and(|domain| domain.is_proven()) {
        return Ok(());
    }
    refused(format!(
        "your identity provider signed you in as `{address}`, whose domain this organization has not proven; ask for an \
         invitation"
    ))
}

/// What somebody nobody knew is called: as the provider says, or else by their address, which is verified by then.
fn newcomer(user: UserId, person: &Person) -> Result<User, Error> {
    let address = person.address.as_deref().unwrap_or_default();
    let named = person.name.as_deref().and_then(|name| name.parse::<Name>().ok());
    let name = match named {
        Some(name) => name,
        None => address.parse().map_err(|wrong| Error::invalid("name", wrong))?,
    };
    let email = crate::members::address("email", person.address.clone())?;
    Ok(User { id: user, name, email })
}

/// What groups give and take of workspaces. Only places that some rule names are ever taken: what a person gave stays.
fn places(planning: &Planning<'_>, mapping: &Mapping, groups: &[String], user: UserId) -> Vec<Edit> {
    let given: BTreeSet<GroupPlace> = mapping.given(groups).filter_map(|rule| rule.place).collect();
    let known: BTreeSet<GroupPlace> = mapping.places().collect();
    let member = Member::User(user);
    let held: Vec<&WorkspaceMembership> = planning
        .facts
        .list_workspace_memberships(None)
        .filter(|membership| membership.member == member)
        .map(AsRef::as_ref)
        .collect();
    let place = |m: &WorkspaceMembership| GroupPlace { workspace: m.workspace, role: m.role };
    let mut edits = Vec::new();
    for new in given.iter().filter(|new| !held.iter().any(|membership| place(membership) == **new)) {
        // A rule may name what is gone by now; nobody is put into a workspace that is not there.
        if planning.facts.workspace(new.workspace).is_some() && planning.facts.role(new.role).is_some() {
            let id = WorkspaceMembershipId::draw(planning.now, &mut planning.entropy());
            let membership = WorkspaceMembership { id, workspace: new.workspace, member, role: new.role };
            edits.push(Edit::create(membership));
        }
    }
    let because = planning.because("no longer in the group of the identity provider");
    let lost: Vec<&&WorkspaceMembership> =
        held.iter().filter(|m| known.contains(&place(m)) && !given.contains(&place(m))).collect();
    let left: BTreeSet<_> = lost.iter().map(|membership| membership.workspace).collect();
    for workspace in left {
        let here = |m: &&&WorkspaceMembership| m.workspace == workspace;
        let stays = held.iter().filter(here).count()
            > lost.iter().filter(|m| m.workspace == workspace).count()
            || given.iter().any(|place| place.workspace == workspace);
        if stays {
            let gone = lost.iter().filter(|m| m.workspace == workspace);
            edits.extend(gone.map(|membership| Edit::remove((**membership).clone())));
        } else {
            edits.extend(cascade::workspace_lost(planning.facts, user, workspace, &because));
        }
    }
    edits
}
