//! What an owner says when they invite their agent.

crate::dialect::migration!("0041_invitation_messages", TABLES);

const TABLES: &str = "
alter table invitations add column message text not null default '';
";
