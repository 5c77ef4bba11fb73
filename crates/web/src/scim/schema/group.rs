use super::{Attribute, GROUP, Schema};

pub(super) static GROUP_SCHEMA: Schema =
    Schema { id: GROUP, name: "Group", says: "A group of people", attributes: &ATTRIBUTES };

static MEMBER: [Attribute; 3] = [
    Attribute::text("value", "The user's id").immutable().exact(),
    Attribute::reference("$ref", &["User"], "The user's address").immutable(),
    Attribute::text("type", "What is a member: users are, groups are not").immutable().usually(&["User"]),
];

static ATTRIBUTES: [Attribute; 2] = [
    Attribute::text("displayName", "What people call the group").required(),
    Attribute::complex("members", &MEMBER, "The users in it").many(),
];
