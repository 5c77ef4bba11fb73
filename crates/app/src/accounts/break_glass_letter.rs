use model::{OrganizationRole, Session};
use store::Letter;

use crate::Planning;

/// Letters to everybody who owns or administers the organization, whoever came in among them: should it not have been
/// themselves, they are the first who can tell.
pub(super) fn letters(planning: &Planning<'_>, session: &Session, site: &str) -> Vec<Letter> {
    let facts = planning.facts;
    let Some(organization) = facts.organization() else { return Vec::new() };
    let name = facts.user(session.user).map(|user| user.name.to_string()).unwrap_or_default();
    let provider = facts.enforced_connection().map(|connection| connection.name.to_string());
    let from = session.address.map_or_else(String::new, |address| format!(" from {address}"));
    let browser = session.user_agent.as_deref().unwrap_or("a browser that says nothing of itself");
    let text = format!(
        "Hello,\n\n\
         {name} has signed in to {organization} on Answerable past {provider}, by a break-glass account.\n\n\
         When: {at}\nHow: {proof}{from}\nBrowser: {browser}\n\n\
         Break-glass accounts are for the day when {provider} cannot be reached. If this is not such a day, ask {name} \
         now. If it was not {name}, take the account away, which ends what it opened, and see what was done:\n\n\
         {site}/o/{slug}/settings/sign-in/break-glass\n{site}/o/{slug}/audit\n\n\
         This letter goes to everybody who owns or administers {organization}.\n",
        organization = organization.name,
        provider = provider.as_deref().unwrap_or("its identity provider"),
        at = planning.now.format("%-d %B %Y, %H:%M UTC"),
        proof = session.proof.say(),
        slug = organization.slug,
    );
    let told = facts.list_members(None).filter(|member| {
        member.is_active() && matches!(member.role, OrganizationRole::Owner | OrganizationRole::Admin)
    });
    told.filter_map(|member| facts.user(member.user)?.email.clone())
        .map(|to| Letter {
            to,
            subject: format!("Break-glass sign-in to {} on Answerable", organization.name),
            text: text.clone(),
        })
        .collect()
}
