//! Who is no active member any more is signed out, in the very transaction that takes the membership away.

use std::collections::BTreeSet;

use model::{Edit, Fact, OrganizationId, SessionId, UserId};
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

/// Nor does anybody wait to be let in who is no member.
const UNASK: &str = "delete from identity_requests where user_id = $1 and organization_id = $2";

/// Nor is it remembered that it was told.
const UNTELL: &str = "delete from identity_requests_told where user_id = $1 and organization_id = $2";

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
        for statement in [END, VOID, SHUT, UNASK, UNTELL] {
            let values: [Value; 2] = [user.uuid().into(), organization.uuid().into()];
            transaction.execute_raw(Statement::from_sql_and_values(backend, statement, values)).await?;
        }
        look_away(transaction).await?;
    }
    Ok(())
}

/// Whose sessions end in an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedOut {
    /// Whose.
    pub user: UserId,
    /// Which one. None: every session of theirs, and the links that lead there.
    pub session: Option<SessionId>,
}

/// What belongs to the organization ends, and all of it where the person is active nowhere else.
const ELSEWHERE: &str = "(honoured_by = $2 or not exists \
    (select 1 from organization_memberships m where m.user_id = $1 and m.state = 'active' \
    and m.organization_id <> $2))";

/// What opens others too goes on there: nobody signs a person out of another organization.
const CLOSE: &str = "update sessions set closed_to = closed_to || $2 \
    where user_id = $1 and closed_to not like '%' || $2 || '%'";

/// Signs these people out of the organization, and out of no other.
pub(super) async fn these(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
    people: &[SignedOut],
) -> Result<(), StoreError> {
    let backend = transaction.get_database_backend();
    for SignedOut { user, session } in people {
        see(transaction, Sight::Person(*user)).await?;
        let of_user: [Value; 2] = [user.uuid().into(), organization.uuid().into()];
        let (one, session) = match session {
            Some(session) => (" and id = $3", Some(Value::from(session.uuid()))),
            None => ("", None),
        };
        let end = format!("delete from sessions where user_id = $1 and {ELSEWHERE}{one}");
        let values = of_user.iter().cloned().chain(session.clone());
        transaction.execute_raw(Statement::from_sql_and_values(backend, end, values)).await?;
        if session.is_none() {
            let void = format!("delete from sign_in_links where user_id = $1 and {ELSEWHERE}");
            transaction.execute_raw(Statement::from_sql_and_values(backend, void, of_user)).await?;
        }
        look_away(transaction).await?;
        let mark: [Value; 2] = [user.uuid().into(), format!(" {organization}").into()];
        let values = mark.into_iter().chain(session);
        transaction
            .execute_raw(Statement::from_sql_and_values(backend, format!("{CLOSE}{one}"), values))
            .await?;
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
