//! Whether somebody who signs in for the first time is a person whom the directory brought.

use model::{DirectoryUser, DomainName, OrganizationRole, Snapshot, UserId};
use signin::Person;

use crate::Error;

/// The person of the directory that a newcomer is, if one is meant beyond doubt.
///
/// Both words come from the organization itself: its directory brought the person, and its connection says who signs in.
/// An address alone still links nobody (security.md S1): it has to be one that the provider says is verified, of a domain
/// that the organization has proven (S5), and the person has to be one whom the directory brought. Its own id of them
/// counts before their address.
///
/// Never an owner: whoever may edit a connection could otherwise become the one above them.
pub(super) fn provisioned(facts: &Snapshot, person: &Person) -> Result<Option<UserId>, Error> {
    let Some(address) = person.address.as_deref().filter(|_| person.address_is_verified) else {
        return Ok(None);
    };
    let domain = DomainName::of_address(address).and_then(|name| facts.domain_by_name(name.as_str()));
    if !domain.is_some_and(|domain| domain.is_proven()) {
        return Ok(None);
    }
    let by_id = facts.directory_user_by_external_id(&person.subject);
    let found = match by_id {
        Some(entry) => Some(entry.user),
        None => by_address(facts, address)?,
    };
    let is_owner = |user| facts.member(user).is_some_and(|member| member.role == OrganizationRole::Owner);
    Ok(found.filter(|user| !is_owner(*user)))
}

/// Who has the address: nobody, or one. Of two nobody can say who it is.
fn by_address(facts: &Snapshot, address: &str) -> Result<Option<UserId>, Error> {
    let is_theirs = |entry: &DirectoryUser| {
        let theirs = facts.user(entry.user).and_then(|user| user.email.as_deref());
        entry.user_name.eq_ignore_ascii_case(address)
            || theirs.is_some_and(|theirs| theirs.eq_ignore_ascii_case(address))
    };
    let mut meant = facts.list_directory_users(None).filter(|entry| is_theirs(entry)).map(|entry| entry.user);
    let found = meant.next();
    if meant.next().is_none() {
        return Ok(found);
    }
    let detail = format!(
        "two people of the directory have the address `{address}`; ask an administrator to set one of them right"
    );
    Err(Error::Conflict { code: "not_provisioned", detail })
}
