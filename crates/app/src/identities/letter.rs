use model::{OrganizationRole, Snapshot, UserId};
use store::Letter;

/// Letters to everybody who owns or administers an organization: somebody asks to come in. None while it demands its own
/// provider, since nobody can say yes.
///
/// Nothing stands in them that another organization chooses. Its provider, and who somebody is there, are words of whoever
/// runs it, which a page shows as such and a letter would speak.
pub(super) fn letters(facts: &Snapshot, user: UserId, site: &str) -> Vec<Letter> {
    let Some(organization) = facts.organization() else { return Vec::new() };
    if facts.enforced_connection().is_some() {
        return Vec::new();
    }
    let (Some(person), Some(member)) = (facts.user(user), facts.member(user)) else { return Vec::new() };
    let text = format!(
        "Hello,\n\n\
         {name}, {role} of {organization} on Answerable, asks to come in through the provider of another organization of \
         theirs.\n\n\
         Whoever runs that provider could then come in as {name}. See which account it is, and accept or decline it:\n\n\
         {site}/o/{slug}/people/{user}\n\n\
         Nothing is open before somebody accepts. If you did not expect this, ask {name} first.\n\n\
         This letter goes to everybody who owns or administers {organization}, at most once a day about one person.\n",
        name = person.name,
        role = member.role.as_str(),
        organization = organization.name,
        slug = organization.slug,
    );
    let told = facts.list_members(None).filter(|member| {
        member.is_active() && matches!(member.role, OrganizationRole::Owner | OrganizationRole::Admin)
    });
    told.filter_map(|member| facts.user(member.user)?.email.clone())
        .map(|to| Letter {
            to,
            subject: format!("{} asks to come in to {} on Answerable", person.name, organization.name),
            text: text.clone(),
        })
        .collect()
}
