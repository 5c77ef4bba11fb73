use ::keys::{Issue, Issued, issue};
use decision::{Action, Caller, Means, On};
use model::{
    Edit, Holder, KeyLimits, MembershipState, Name, Organization, OrganizationId, OrganizationMembership,
    OrganizationRole, OrganizationState, Slug, Stop, User, UserId,
};

use crate::keys::Minted;
use crate::members::address;
use crate::workspaces::no_id;
use crate::{App, Changed, Error, Plan, Planning};

/// An organization to be created.
#[derive(Debug, Clone)]
pub struct NewOrganization {
    /// Its name in URLs; unique on this installation.
    pub slug: Slug,
    /// What people call it.
    pub name: Name,
    /// Its first owner: somebody has to be able to manage it.
    pub owner: FirstOwner,
}

/// The first owner of an organization.
#[derive(Debug, Clone)]
pub struct FirstOwner {
    /// What they are called.
    pub name: Name,
    /// Where mail goes.
    pub email: Option<String>,
}

/// An organization that has just been created.
#[derive(Debug)]
pub struct Founded {
    /// The organization.
    pub organization: Organization,
    /// Its first owner.
    pub owner: User,
    /// The first owner's management key.
    pub key: Minted,
}

impl App {
    /// Creates an organization with its first owner and a management key for them. The operator's own.
    pub async fn create_organization(&self, new: NewOrganization) -> Result<Changed<Founded>, Error> {
        let operator = Caller { principal: None, means: Means::Operator };
        let world = self.engine.world();
        let organization = Organization {
            id: OrganizationId::draw(world.now(), &mut world.entropy()),
            slug: no_id(new.slug)?,
            name: new.name,
            state: OrganizationState::Active,
            stop: Stop::Released,
        };
        self.begin_organization(operator, &organization, |planning| found(planning, &organization, new.owner))
            .await
    }
}

fn found(
    planning: &Planning<'_>,
    organization: &Organization,
    first: FirstOwner,
) -> Result<Plan<Founded>, Error> {
    let permit = planning.permit(Action::OrganizationCreate, On::Organization)?;
    let owner = User {
        id: UserId::draw(planning.now, &mut planning.entropy()),
        name: first.name,
        email: address("owner.email", first.email)?,
    };
    let membership = OrganizationMembership {
        user: owner.id,
        role: OrganizationRole::Owner,
        state: MembershipState::Active,
    };
    let request = Issue {
        holder: Holder::User(owner.id),
        name: "First key".parse().map_err(|wrong| Error::invalid("key.name", wrong))?,
        expires_at: None,
        limits: KeyLimits::default(),
        created_by: None,
    };
    let Issued { token, key } = issue(request, &[], planning.now, &mut planning.entropy())?;
    let edits = vec![
        Edit::create(organization.clone()),
        Edit::create(owner.clone()),
        Edit::create(membership),
        Edit::create(key.clone()),
    ];
    let founded = Founded { organization: organization.clone(), owner, key: Minted { token, key } };
    Ok(Plan::new(permit, edits, founded))
}
