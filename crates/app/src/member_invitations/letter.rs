use model::MemberInvitation;
use store::Letter;

use crate::Planning;

/// The letter with the link, where the invitation has an address.
pub(super) fn write(
    planning: &Planning<'_>,
    invitation: &MemberInvitation,
    site: &str,
    token: &str,
) -> Option<Letter> {
    let to = invitation.email.clone()?;
    let organization = planning.facts.organization()?;
    let inviter = planning.facts.user(invitation.invited_by)?;
    let ends = invitation.ends_at.format("%e %B %Y, %H:%M UTC");
    Some(Letter {
        to,
        subject: format!("You are invited to {} on Answerable", organization.name),
        text: format!(
            "Hello,\n\n\
             {} invites you to join {} on Answerable as {}.\n\n\
             Open this link to accept:\n\n{site}/invitations/{token}\n\n\
             It works once, until {}. Whoever has the link can use it, so keep it to yourself.\n\
             If you did not expect this, you need not do anything.\n",
            inviter.name,
            organization.name,
            with_article(invitation.role.as_str()),
            ends.to_string().trim(),
        ),
    })
}

fn with_article(role: &str) -> String {
    let article = if role.starts_with(['a', 'o']) { "an" } else { "a" };
    format!("{article} {role}")
}
