use decision::{Action, Caller, Means, On};
use model::{
    Edit, MembershipState, Name, Organization, OrganizationId, OrganizationMembership, OrganizationRole,
    OrganizationState, PrincipalId, Slug, Stop, User, UserId,
};

use crate::members::address;
use crate::workspaces::no_id;
use crate::{App, Changed, Error, Plan, Planning};

/// Who begins an organization.
#[derive(Debug, Clone)]
pub enum Founder {
    /// A person who is signed in.
    Known(UserId),
    /// Somebody whom nobody knows yet.
    New {
        /// What they are called.
        name: Name,
        /// Where mail goes.
        email: Option<String>,
    },
}

/// An organization that somebody has begun.
#[derive(Debug, Clone)]
pub struct SignedUp {
    /// The organization.
    pub organization: Organization,
    /// Its first owner.
    pub owner: UserId,
}

impl App {
    /// A person begins an organization of their own and owns it. Whether people may is the operator's choice; whoever
    /// calls this has looked.
    pub async fn sign_up(
        &self,
        slug: Slug,
        name: Name,
        founder: Founder,
    ) -> Result<Changed<SignedUp>, Error> {
        let world = self.engine.world();
        let owner = match founder {
            Founder::Known(user) => {
                let unknown = Error::NotFound(model::FactKind::User);
                self.person_elsewhere(user).await?.ok_or(unknown)?
            }
            Founder::New { name, email } => {
                let id = UserId::draw(world.now(), &mut world.entropy());
                User { id, name, email: address("email", email)? }
            }
        };
        let organization = Organization {
            id: OrganizationId::draw(world.now(), &mut world.entropy()),
            slug: no_id(slug)?,
            name,
            state: OrganizationState::Active,
            stop: Stop::Released,
        };
        let caller = Caller { principal: Some(PrincipalId::User(owner.id)), means: Means::SignUp };
        let found = |planning: &Planning<'_>| {
            let permit = planning.permit(Action::OrganizationCreate, On::Organization)?;
            let membership = OrganizationMembership {
                user: owner.id,
                role: OrganizationRole::Owner,
                state: MembershipState::Active,
            };
            let signed_up = SignedUp { organization: organization.clone(), owner: owner.id };
            let edits = vec![
                Edit::create(organization.clone()),
                Edit::create(owner.clone()),
                Edit::create(membership),
            ];
            Ok(Plan::new(permit, edits, signed_up))
        };
        self.begin_organization(caller, &organization, found).await
    }
}
