//! Who is no active member any more is signed out, in the very transaction that takes the membership away.

use std::collections::BTreeSet;

use model::{Edit, Fact, OrganizationId, UserId};
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement, Value};

use crate::StoreError;
use crate::tenancy::{Sight, look_away, see};

/// The sessions that belong to the organization, and all of them where the person is active nowhere: a session that
/// opens nothing is not worth having. Asked of the tables after all edits, like orphans.
const END: &str = "delete from sessions where user_id = $1 and (honoured_by = $2 or not exists \
    (select 1 from organization_memberships m where m.user_id = $1 and m.state = 'active'))";

/// Links that lead there die with them.
const VOID: &str = "delete from sign_in_links where user_id = $1 and (honoured_by = $2 or not exists \
    (select 1 from organization_memberships m where m.user_id = $1 and m.state = 'active'))";

/// Nor does anybody come in past the provider of an organization that they have left, should they ever be back.
const SHUT: &str = "delete from break_glass where user_id = $1 and organization_id = $2";

/// Ends the sessions of everybody whose membership the edits suspend or remove, whoever wrote them and why.
pub(super) async fn those_who_left(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
    edits: &[Edit],
) -> Result<(), StoreError> {
    let backend = transaction.get_database_backend();
    for user in edits.iter().filter_map(left).collect::<BTreeSet<_>>() {
        // Whether they are active anywhere is asked beyond this organization.
        see(transaction, Sight::Person(user)).await?;
        for statement in [END, VOID, SHUT] {
            let values: [Value; 2] = [user.uuid().into(), organization.uuid().into()];
            transaction.execute_raw(Statement::from_sql_and_values(backend, statement, values)).await?;
        }
        look_away(transaction).await?;
    }
    Ok(())
}

/// The sessions and links of these people that belong to the organization, and all of them where the person is active
/// nowhere else: nothing else of theirs ends.
pub(super) async fn these(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
    people: &[UserId],
) -> Result<(), StoreError> {
    const ELSEWHERE: &str = "where user_id = $1 and (honoured_by = $2 or not exists \
        (select 1 from organization_memberships m where m.user_id = $1 and m.state = 'active' \
        and m.organization_id <> $2))";
    let backend = transaction.get_database_backend();
    for user in people {
        see(transaction, Sight::Person(*user)).await?;
        for table in ["sessions", "sign_in_links"] {
            let values: [Value; 2] = [user.uuid().into(), organization.uuid().into()];
            let statement = format!("delete from {table} {ELSEWHERE}");
            transaction.execute_raw(Statement::from_sql_and_values(backend, statement, values)).await?;
        }
        look_away(transaction).await?;
    }
    Ok(())
}

/// Who is no active member after an edit.
fn left(edit: &Edit) -> Option<UserId> {
    match (&edit.before, &edit.after) {
        (_, Some(Fact::OrganizationMembership(after))) if !after.is_active() => Some(after.user),
        (Some(Fact::OrganizationMembership(before)), None) => Some(before.user),
        _ => None,
    }
}
