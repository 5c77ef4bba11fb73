use ::keys::InvitationLink;
use chrono::TimeDelta;
use decision::{Action, On};
use model::{
    Edit, InvitedPlace, MemberInvitation, MemberInvitationId, MemberInvitationState, OrganizationRole,
};
use zeroize::Zeroizing;

use crate::members::address;
use crate::plan::Checks;
use crate::{App, Changed, Error, Plan, Planning, Request};

/// An invitation that nobody takes up in a week is mostly forgotten, and an old letter in a mailbox is a way in.
const USUAL_DAYS: u16 = 7;
/// Nor is one that is longer than this an invitation.
const MOST_DAYS: u16 = 30;
/// A person starts in few places; more are given once they are there.
const MOST_PLACES: usize = 50;

/// A person to be invited.
#[derive(Debug, Clone)]
pub struct NewMemberInvitation {
    /// Where it is sent. None: the caller hands the link over.
    pub email: Option<String>,
    /// What they are to be.
    pub role: OrganizationRole,
    /// The workspaces they are to enter, and as what.
    pub places: Vec<InvitedPlace>,
    /// After how many days it ends.
    pub days: Option<u16>,
    /// Whether who accepts it, signed in through another organization's provider, may come in by that account.
    pub accepts_identity: bool,
}

/// An invitation with its link, which is told once.
#[derive(Debug)]
pub struct Invited {
    /// The invitation.
    pub invitation: MemberInvitation,
    /// The secret end of its link.
    pub token: Zeroizing<String>,
}

impl App {
    /// Invites a person. With an address, the letter is written in the same transaction; with or without, the link is in
    /// the answer and nowhere else.
    pub async fn invite_member(
        &self,
        request: Request,
        new: NewMemberInvitation,
        site: &str,
    ) -> Result<Changed<Invited>, Error> {
        self.store.sealer(request.organization).await?;
        self.change(request, |planning| invite(planning, new, site)).await
    }
}

fn invite(planning: &Planning<'_>, new: NewMemberInvitation, site: &str) -> Result<Plan<Invited>, Error> {
    let id = MemberInvitationId::draw(planning.now, &mut planning.entropy());
    // One that is not there yet is nothing to hide: who may not make it is told so.
    let told = |error| if let Error::Hidden(denial) = error { Error::Denied(denial) } else { error };
    let permit = planning.permit(Action::MemberInvitationCreate, On::Invited(id, new.role)).map_err(told)?;
    if new.accepts_identity {
        // What changes who can sign in is done by who may do that, in a signed-in session.
        planning.permit(Action::IdentityAccept, On::Invited(id, new.role))?;
    }
    let organization = permit.organization();
    let email = address("email", new.email)?;
    checked(planning, &new.places, new.days)?;
    let (token, hash) = InvitationLink::mint(organization, id, &mut planning.entropy());
    let invited_by =
        planning.user().ok_or_else(|| Error::Internal("a person was invited by nobody".to_owned()))?;
    let days = TimeDelta::days(i64::from(new.days.unwrap_or(USUAL_DAYS)));
    let invitation = MemberInvitation {
        id,
        email,
        role: new.role,
        places: new.places,
        invited_by,
        created_at: planning.now,
        ends_at: planning.now + days,
        hash,
        state: MemberInvitationState::Pending,
        accepts_identity: new.accepts_identity,
    };
    let letter = super::letter::write(planning, &invitation, site, &token);
    let plan = Plan::new(permit, vec![Edit::create(invitation.clone())], Invited { invitation, token });
    Ok(plan.with_letters(letter))
}

fn checked(planning: &Planning<'_>, places: &[InvitedPlace], days: Option<u16>) -> Result<(), Error> {
    let mut checks = Checks::default();
    if days.is_some_and(|days| days == 0 || days > MOST_DAYS) {
        checks.wrong("days", format!("expected 1 to {MOST_DAYS}"));
    }
    if places.len() > MOST_PLACES {
        checks.wrong("workspaces", format!("at most {MOST_PLACES}"));
    }
    for (at, place) in places.iter().enumerate() {
        if planning.facts.workspace(place.workspace).is_none() {
            checks.wrong(format!("workspaces.{at}.workspace"), "no workspace of that id");
        }
        if planning.facts.role(place.role).is_none() {
            checks.wrong(format!("workspaces.{at}.role"), "no role of that id");
        }
        if places.iter().take(at).any(|other| other == place) {
            checks.wrong(format!("workspaces.{at}"), "named twice");
        }
    }
    checks.done()
}
