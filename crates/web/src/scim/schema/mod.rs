//! The schemas that are served (RFC 7643): what an attribute is, for reading what comes, for filters and for the
//! discovery endpoints alike.

mod attribute;
mod group;
mod resolve;
mod user;

pub(crate) use attribute::{Attribute, Kind, Mutability, find};
pub(crate) use resolve::{Resolved, resolve};

/// The schema of a core user.
pub(crate) const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// The schema of what an enterprise adds to a user.
pub(crate) const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
/// The schema of a group.
pub(crate) const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

/// A named set of attributes.
#[derive(Debug)]
pub(crate) struct Schema {
    /// Its URN.
    pub(crate) id: &'static str,
    /// Its name.
    pub(crate) name: &'static str,
    /// What it is.
    pub(crate) says: &'static str,
    /// Its attributes.
    pub(crate) attributes: &'static [Attribute],
}

/// A kind of resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResourceKind {
    /// A person.
    User,
    /// A group.
    Group,
}

impl ResourceKind {
    /// All of them.
    pub(crate) const ALL: [Self; 2] = [Self::User, Self::Group];

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Group => "Group",
        }
    }

    /// Where its resources are, after the base address.
    pub(crate) fn endpoint(self) -> &'static str {
        match self {
            Self::User => "/Users",
            Self::Group => "/Groups",
        }
    }

    /// What it is.
    pub(crate) fn says(self) -> &'static str {
        match self {
            Self::User => "A person in the organization",
            Self::Group => "A group of people; what it gives is decided in the organization",
        }
    }

    /// Its own schema.
    pub(crate) fn core(self) -> &'static Schema {
        match self {
            Self::User => &user::USER_SCHEMA,
            Self::Group => &group::GROUP_SCHEMA,
        }
    }

    /// The schemas that may extend it.
    pub(crate) fn extensions(self) -> &'static [Schema] {
        match self {
            Self::User => &user::EXTENSIONS,
            Self::Group => &[],
        }
    }

    /// All its schemas.
    pub(crate) fn schemas(self) -> impl Iterator<Item = &'static Schema> {
        std::iter::once(self.core()).chain(self.extensions())
    }
}
