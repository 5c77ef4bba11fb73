//! Which organizations there are, and what leads to them.

use model::{AgentId, KeyId, OrganizationId, Revision, User, UserId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::nouns::{agent, head, key, organization, person};
use crate::tenancy::{Sight, of};
use crate::{Store, StoreError, text};

/// An organization from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationHead {
    /// Its id.
    pub id: OrganizationId,
    /// Its name in URLs.
    pub slug: String,
    /// What people call it.
    pub name: String,
    /// How many transactions have changed it.
    pub revision: Revision,
}

impl Store {
    /// Every organization, in the order of creation.
    pub async fn organizations(&self) -> Result<Vec<OrganizationHead>, StoreError> {
        let heads =
            head::Entity::find().order_by_asc(head::Column::OrganizationId).all(self.routing()).await?;
        let mut organizations = Vec::with_capacity(heads.len());
        for head in heads {
            let id = OrganizationId::from_uuid(head.organization_id);
            let named: Option<String> = organization::Entity::find()
                .select_only()
                .column(organization::Column::Name)
                .filter(of(organization::Column::OrganizationId, id))
                .into_tuple()
                .one(&self.reading(id).await?)
                .await?;
            let Some(name) = named else { continue };
            let revision = Revision(text::unsigned(head.revision));
            organizations.push(OrganizationHead { id, slug: head.slug, name, revision });
        }
        Ok(organizations)
    }

    /// The ids of all organizations, in the order of creation.
    pub async fn organization_ids(&self) -> Result<Vec<OrganizationId>, StoreError> {
        let ids: Vec<Uuid> = head::Entity::find()
            .select_only()
            .column(head::Column::OrganizationId)
            .order_by_asc(head::Column::OrganizationId)
            .into_tuple()
            .all(self.routing())
            .await?;
        Ok(ids.into_iter().map(OrganizationId::from_uuid).collect())
    }

    /// The organization of that slug.
    pub async fn organization_by_slug(&self, slug: &str) -> Result<Option<OrganizationId>, StoreError> {
        let found = head::Entity::find().filter(head::Column::Slug.eq(slug)).one(self.routing()).await?;
        Ok(found.map(|head| OrganizationId::from_uuid(head.organization_id)))
    }

    /// The organization that a key belongs to.
    pub async fn organization_of_key(&self, key: KeyId) -> Result<Option<OrganizationId>, StoreError> {
        let found: Option<Uuid> = key::Entity::find()
            .select_only()
            .column(key::Column::OrganizationId)
            .filter(key::Column::Id.eq(key.as_str()))
            .into_tuple()
            .one(&self.reading_as(Sight::Key(key)).await?)
            .await?;
        Ok(found.map(OrganizationId::from_uuid))
    }

    /// The organization that an agent belongs to.
    pub async fn organization_of_agent(&self, agent: AgentId) -> Result<Option<OrganizationId>, StoreError> {
        let found: Option<Uuid> = agent::Entity::find()
            .select_only()
            .column(agent::Column::OrganizationId)
            .filter(agent::Column::Id.eq(agent.uuid()))
            .into_tuple()
            .one(&self.reading_as(Sight::Agent(agent)).await?)
            .await?;
        Ok(found.map(OrganizationId::from_uuid))
    }

    /// The organizations that a person is an active member of.
    pub async fn organizations_of(&self, user: UserId) -> Result<Vec<OrganizationId>, StoreError> {
        use crate::nouns::organization_membership::{Column, Entity};
        let found: Vec<Uuid> = Entity::find()
            .select_only()
            .column(Column::OrganizationId)
            .filter(Column::UserId.eq(user.uuid()))
            .filter(Column::State.eq("active"))
            .order_by_asc(Column::OrganizationId)
            .into_tuple()
            .all(&self.reading_as(Sight::Person(user)).await?)
            .await?;
        Ok(found.into_iter().map(OrganizationId::from_uuid).collect())
    }

    /// A person, wherever they are.
    pub async fn user(&self, id: UserId) -> Result<Option<User>, StoreError> {
        let found =
            person::Entity::find_by_id(id.uuid()).one(&self.reading_as(Sight::Person(id)).await?).await?;
        found
            .map(|person| Ok(User { id, name: text::checked(&person.name)?, email: person.email }))
            .transpose()
    }

    /// The revisions of these organizations, in one statement; one that does not exist is left out.
    pub async fn revisions(
        &self,
        of: &[OrganizationId],
    ) -> Result<Vec<(OrganizationId, Revision)>, StoreError> {
        let ids = of.iter().map(|id| id.uuid());
        let heads =
            head::Entity::find().filter(head::Column::OrganizationId.is_in(ids)).all(self.routing()).await?;
        Ok(heads
            .into_iter()
            .map(|head| {
                (OrganizationId::from_uuid(head.organization_id), Revision(text::unsigned(head.revision)))
            })
            .collect())
    }
}
