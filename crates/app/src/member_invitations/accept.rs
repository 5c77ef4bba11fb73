use std::sync::Arc;

use ::keys::InvitationLink;
use decision::{Action, Caller, Means, On};
use model::{
    AcceptedIdentity, AcceptedIdentityId, Edit, FactKind, InvitedPlace, Member, MemberInvitation,
    MembershipState, Name, OrganizationId, OrganizationMembership, PrincipalId, Session, Snapshot, User,
    UserId, WorkspaceMembership, WorkspaceMembershipId,
};

use crate::identities::{Account, taking};
use crate::{App, Changed, Error, Plan, Planning, Request};

/// Who takes an invitation up.
#[derive(Debug, Clone)]
pub enum Newcomer {
    /// A person who is signed in.
    Known(UserId),
    /// Somebody whom nobody knows yet, and what they are called.
    New(Name),
}

/// What somebody who has a link may know before they accept.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The invitation.
    pub invitation: MemberInvitation,
    /// The facts around it, for names.
    pub facts: Arc<Snapshot>,
}

/// A person who has become a member.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// Where.
    pub organization: OrganizationId,
    /// Who.
    pub user: UserId,
    /// Their membership.
    pub membership: OrganizationMembership,
}

impl App {
    /// The open invitation behind a link. A link that was never made, was used, was taken back or has ended: all of them
    /// are not found alike.
    pub async fn invitation_behind(&self, token: &str) -> Result<Shown, Error> {
        let unknown = || Error::NotFound(FactKind::MemberInvitation);
        let link = InvitationLink::parse(token).ok_or_else(unknown)?;
        let held = self.engine.replica().hold(link.organization).await;
        let facts = held.map_err(|error| match error {
            enforcement::Missing::Unknown => unknown(),
            other => other.into(),
        })?;
        let found = facts.member_invitation(link.invitation).filter(|invitation| link.proves(invitation));
        let invitation = found.map(|found| MemberInvitation::clone(found)).ok_or_else(unknown)?;
        let is_open = invitation.is_open_at(self.engine.world().now());
        let is_active = facts.organization().is_some_and(|organization| organization.is_active());
        if is_open && is_active { Ok(Shown { invitation, facts }) } else { Err(unknown()) }
    }

    /// Whoever holds an invitation's link becomes a member with it, once.
    ///
    /// `session` is what somebody known is signed in by. Where that is an account of another organization's provider, it
    /// is accepted with the invitation, if whoever made it wanted that, and else asked for.
    pub async fn accept_invitation(
        &self,
        token: &str,
        who: Newcomer,
        session: Option<&Session>,
    ) -> Result<Changed<Arrival>, Error> {
        let Shown { invitation, .. } = self.invitation_behind(token).await?;
        let link = InvitationLink::parse(token).ok_or(Error::NotFound(FactKind::MemberInvitation))?;
        let world = self.engine.world();
        let (user, person) = match who {
            Newcomer::Known(user) => {
                let person = self.person_elsewhere(user).await?.ok_or(Error::NotFound(FactKind::User))?;
                (user, User { email: invitation.email.clone(), ..person })
            }
            Newcomer::New(name) => {
                let id = UserId::draw(world.now(), &mut world.entropy());
                (id, User { id, name, email: invitation.email.clone() })
            }
        };
        let caller =
            Caller { principal: Some(PrincipalId::User(user)), means: Means::Invited(invitation.id) };
        let organization = link.organization;
        let request = Request { caller, organization, home: None, if_match: None };
        let account = self.account_from_outside(organization, user, session).await?;
        let brought = account.as_ref().filter(|_| invitation.accepts_identity);
        let changed = self.change(request, |planning| accept(planning, &link, person, brought)).await?;
        if let Some(account) = account.filter(|_| !invitation.accepts_identity) {
            let facts = self.engine.replica().hold(organization).await?;
            self.note_request(organization, &facts, account).await?;
        }
        Ok(changed)
    }

    /// The account of another organization's provider that the person is signed in as.
    async fn account_from_outside(
        &self,
        organization: OrganizationId,
        user: UserId,
        session: Option<&Session>,
    ) -> Result<Option<Account>, Error> {
        let Some(session) = session else { return Ok(None) };
        let account = self.account_of(session).await?;
        Ok(account.filter(|account| account.home != organization && account.user == user))
    }
}

fn accept(
    planning: &Planning<'_>,
    link: &InvitationLink,
    person: User,
    brought: Option<&Account>,
) -> Result<Plan<Arrival>, Error> {
    let unknown = || Error::NotFound(FactKind::MemberInvitation);
    let found = planning.facts.member_invitation(link.invitation).filter(|found| link.proves(found));
    let before = MemberInvitation::clone(found.ok_or_else(unknown)?);
    let on = On::Invited(before.id, before.role);
    let permit = planning.permit(Action::MemberInvitationAccept, on)?;
    let user = person.id;
    if planning.facts.member(user).is_some() {
        let detail = "you are a member of this organization already";
        return Err(Error::Conflict { code: "taken", detail: detail.to_owned() });
    }
    let after = before.clone().accept(user, planning.now)?;
    let membership = OrganizationMembership { user, role: before.role, state: MembershipState::Active };
    let mut edits = Vec::new();
    if planning.facts.user(user).is_none() {
        edits.push(Edit::create(person));
    }
    edits.push(Edit::create(membership.clone()));
    edits.extend(before.places.iter().filter_map(|place| enter(planning, user, *place)));
    edits.extend(brought.map(|account| taking(planning.facts, &accepted(planning, account, &before))));
    edits.push(Edit::update(before, after));
    Ok(Plan::new(permit, edits, Arrival { organization: link.organization, user, membership }))
}

/// The account that they came in as, accepted by whoever invited them.
fn accepted(planning: &Planning<'_>, account: &Account, invitation: &MemberInvitation) -> AcceptedIdentity {
    let Account { connection, issuer, subject, voucher, user, .. } = account.clone();
    AcceptedIdentity {
        id: AcceptedIdentityId::draw(planning.now, &mut planning.entropy()),
        user,
        connection,
        issuer,
        subject,
        voucher,
        accepted_by: invitation.invited_by,
        accepted_at: planning.now,
    }
}

/// The place in a workspace, where the workspace and the role are still there.
fn enter(planning: &Planning<'_>, user: UserId, place: InvitedPlace) -> Option<Edit> {
    let InvitedPlace { workspace, role } = place;
    planning.facts.workspace(workspace)?;
    planning.facts.role(role)?;
    let id = WorkspaceMembershipId::draw(planning.now, &mut planning.entropy());
    Some(Edit::create(WorkspaceMembership { id, workspace, member: Member::User(user), role }))
}
