//! The last person who could mend things on the day when a demanded provider is down, lost by a change of something else:
//! their membership, their role, their place among break-glass accounts.

use decision::{Caller, Means};
use model::{Edit, Fact, OrganizationRole, Snapshot, UserId};
use store::{BreakGlassEdit, Letter};

use super::break_glass::can_mend;
use crate::Error;

/// What a change does to the organization, as far as it matters here.
#[derive(Clone, Copy)]
pub(crate) struct Stake<'a> {
    /// The facts under the lock.
    pub(crate) facts: &'a Snapshot,
    /// What is to be written.
    pub(crate) edits: &'a [&'a Edit],
    /// Who is to be named or named no longer.
    pub(crate) break_glass: Option<BreakGlassEdit>,
}

impl Stake<'_> {
    /// Whether the change could take the last of them away: mostly not, and then nothing has to be asked for.
    pub(crate) fn is_any(&self) -> bool {
        let changes =
            |edit: &&Edit| matches!(edit.before, Some(Fact::OrganizationMembership(_) | Fact::Connection(_)));
        let takes = matches!(self.break_glass, Some(BreakGlassEdit::Remove(_)));
        (takes || self.edits.iter().any(changes)) && self.demanded().is_some()
    }

    /// Refuses what people do so that nobody is left who could mend things. Where the directory or a provider does it, which
    /// would only send it again, it goes through, and everybody who administers the organization is told.
    ///
    /// `ready` are those who could come in past the provider, read under the same lock.
    pub(crate) fn settle(&self, ready: &[UserId], caller: Caller, site: &str) -> Result<Vec<Letter>, Error> {
        let Some(provider) = self.demanded() else { return Ok(Vec::new()) };
        if ready.iter().any(|user| self.mends_after(*user)) {
            return Ok(Vec::new());
        }
        if self.begins_to_demand() {
            let detail = "nobody could sign in while the provider is down; set up break-glass for an owner or \
                administrator first";
            return Err(Error::Conflict { code: "no_break_glass", detail: detail.to_owned() });
        }
        let Some(lost) = ready.iter().copied().find(|user| can_mend(self.facts, *user)) else {
            // There was nobody before either: it is not made worse.
            return Ok(Vec::new());
        };
        match caller.means {
            Means::Session | Means::ManagementKey(_) => {
                let detail = "nobody could sign in while the provider is down: this is the last owner or \
                    administrator with a break-glass account; name another under Settings, Sign-in, Break-glass \
                    first, or honour other sign-ins again";
                Err(Error::Conflict { code: "no_break_glass", detail: detail.to_owned() })
            }
            _ => Ok(self.letters(lost, &provider, site)),
        }
    }

    /// The provider that is demanded once the change is written.
    fn demanded(&self) -> Option<String> {
        let mut demanded = self.facts.enforced_connection().map(|found| (found.id, found.name.to_string()));
        for edit in self.edits {
            match (&edit.before, &edit.after) {
                (_, Some(Fact::Connection(after))) if after.is_enforced() => {
                    demanded = Some((after.id, after.name.to_string()));
                }
                (Some(Fact::Connection(before)), _) => {
                    demanded = demanded.filter(|(id, _)| *id != before.id);
                }
                _ => {}
            }
        }
        demanded.map(|(_, name)| name)
    }

    fn begins_to_demand(&self) -> bool {
        self.edits.iter().any(|edit| match (&edit.before, &edit.after) {
            (Some(Fact::Connection(before)), Some(Fact::Connection(after))) => {
                after.is_enforced() && !before.is_enforced()
            }
            _ => false,
        })
    }

    /// Whether somebody could mend things once the change is written.
    fn mends_after(&self, user: UserId) -> bool {
        if matches!(self.break_glass, Some(BreakGlassEdit::Remove(gone)) if gone == user) {
            return false;
        }
        let mut mends = can_mend(self.facts, user);
        for edit in self.edits {
            match (&edit.before, &edit.after) {
                (_, Some(Fact::OrganizationMembership(after))) if after.user == user => {
                    mends = after.is_active() && after.role >= OrganizationRole::Admin;
                }
                (Some(Fact::OrganizationMembership(before)), None) if before.user == user => mends = false,
                _ => {}
            }
        }
        mends
    }

    /// Letters to everybody who goes on owning or administering the organization.
    fn letters(&self, lost: UserId, provider: &str, site: &str) -> Vec<Letter> {
        let facts = self.facts;
        let Some(organization) = facts.organization() else { return Vec::new() };
        let name = facts.user(lost).map(|user| user.name.to_string()).unwrap_or_default();
        let text = format!(
            "Hello,\n\n\
             {name} was the last owner or administrator with a break-glass account of {organization} on \
             Answerable, and no longer is: your directory or your identity provider has taken away what they were.\n\n\
             Nobody could come in on the day when {provider} cannot be reached. Name somebody else now:\n\n\
             {site}/o/{slug}/settings/sign-in/break-glass\n\n\
             This letter goes to everybody who owns or administers {organization}.\n",
            organization = organization.name,
            slug = organization.slug,
        );
        let told = facts.list_members(None).filter(|member| self.mends_after(member.user));
        told.filter_map(|member| facts.user(member.user)?.email.clone())
            .map(|to| Letter {
                to,
                subject: format!("No break-glass account is left for {} on Answerable", organization.name),
                text: text.clone(),
            })
            .collect()
    }
}
