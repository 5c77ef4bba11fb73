//! Taking edits into the tables.

use futures_util::FutureExt;
use model::{AcceptedIdentity, Edit, Fact, OrganizationId};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, Iterable,
    PrimaryKeyToColumn, QueryFilter, Statement, Value,
};
use uuid::Uuid;

use crate::StoreError;
use crate::nouns::{ColumnOf, EntityOf, Noun, head, organization_user, person, with_noun};
use crate::tenancy::{Sight, look_away, see};
use crate::writing::routes;

/// Twenty columns at most: well below the 32,766 parameters that SQLite takes in one statement.
const ROWS_PER_STATEMENT: usize = 1_000;

/// Writes the edits in order and returns them as the tables now tell them, without those that change nothing.
pub(super) async fn write(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
    edits: &[Edit],
) -> Result<Vec<Edit>, StoreError> {
    let mut written = Vec::with_capacity(edits.len());
    for run in edits.chunk_by(are_alike) {
        let Some(kind) = run.first().and_then(Edit::subject).map(|fact| fact.target().kind) else { continue };
        // Boxed, each kind by itself: sixteen state machines in one cost the optimizer an hour.
        with_noun!(kind, Row => write_run::<Row>(transaction, organization.uuid(), run, &mut written).boxed()).await?;
        for edit in run {
            routes::follow(transaction, organization, edit).await?;
            if let Some(fact) = &edit.after {
                beside(transaction, organization.uuid(), fact).await?;
            }
        }
    }
    Ok(written)
}

/// New facts of one kind that follow each other are written together.
fn are_alike(one: &Edit, next: &Edit) -> bool {
    let new = |edit: &Edit| match (&edit.before, &edit.after) {
        (None, Some(fact)) => Some(fact.target().kind),
        _ => None,
    };
    new(one).is_some() && new(one) == new(next)
}

async fn write_run<R: Noun>(
    transaction: &DatabaseTransaction,
    organization: Uuid,
    run: &[Edit],
    written: &mut Vec<Edit>,
) -> Result<(), StoreError> {
    let mut new = Vec::new();
    for edit in run {
        let before = edit.before.as_ref().map(|fact| row::<R>(organization, fact)).transpose()?;
        let after = edit.after.as_ref().map(|fact| row::<R>(organization, fact)).transpose()?;
        if before == after {
            continue;
        }
        written.push(Edit {
            before: before.clone().map(Noun::fact).transpose()?,
            after: after.clone().map(Noun::fact).transpose()?,
        });
        match (before, after) {
            (Some(before), Some(after)) => update(transaction, &before, &after).await?,
            (Some(before), None) => remove(transaction, &before).await?,
            (None, Some(after)) => new.push(after.into_active_model()),
            (None, None) => {}
        }
    }
    for rows in new.chunks(ROWS_PER_STATEMENT) {
        EntityOf::<R>::insert_many(rows.to_vec()).exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// The row of a fact. An edit that turns a fact of one kind into one of another is none.
fn row<R: Noun>(organization: Uuid, fact: &Fact) -> Result<R, StoreError> {
    R::row(organization, fact)?.ok_or_else(|| StoreError::conflict("before"))
}

/// The one row that a row's key names.
fn named<R: Noun>(row: &R) -> Condition {
    key::<R>().fold(Condition::all(), |all, column| all.add(column.eq(row.get(column))))
}

fn key<R: Noun>() -> impl Iterator<Item = ColumnOf<R>> {
    <EntityOf<R> as EntityTrait>::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column)
}

/// Refuses unless the stored row is the one that the edit says was there. With it, what is folded from the changes
/// cannot drift from what is in the tables, whatever a caller thought was there.
async fn expect<R: Noun>(transaction: &DatabaseTransaction, before: &R) -> Result<(), StoreError> {
    let stored = EntityOf::<R>::find().filter(named(before)).one(transaction).await?;
    if stored.as_ref() == Some(before) { Ok(()) } else { Err(StoreError::conflict("before")) }
}

async fn update<R: Noun>(transaction: &DatabaseTransaction, before: &R, after: &R) -> Result<(), StoreError> {
    if key::<R>().any(|column| before.get(column) != after.get(column)) {
        return Err(StoreError::conflict("before"));
    }
    expect(transaction, before).await?;
    let keys: Vec<String> = key::<R>().map(|column| column.as_column_ref().1.to_string()).collect();
    let plain = ColumnOf::<R>::iter().filter(|c| !keys.contains(&c.as_column_ref().1.to_string()));
    let update = plain.fold(EntityOf::<R>::update_many().filter(named(before)), |update, column| {
        update.col_expr(column, Expr::val(after.get(column)))
    });
    touched_one(update.exec(transaction).await?.rows_affected)
}

async fn remove<R: Noun>(transaction: &DatabaseTransaction, before: &R) -> Result<(), StoreError> {
    expect(transaction, before).await?;
    let removed = EntityOf::<R>::delete_many().filter(named(before)).exec(transaction).await?;
    touched_one(removed.rows_affected)
}

fn touched_one(rows: u64) -> Result<(), StoreError> {
    if rows == 1 { Ok(()) } else { Err(StoreError::Corrupt(format!("{rows} rows of one key"))) }
}

/// What goes with a fact and is none itself: the slug that leads to an organization, the person behind a user, the request
/// that is answered.
async fn beside(
    transaction: &DatabaseTransaction,
    organization: Uuid,
    fact: &Fact,
) -> Result<(), StoreError> {
    match fact {
        Fact::Organization(fact) => {
            head::Entity::update_many()
                .col_expr(head::Column::Slug, Expr::val(fact.slug.as_str()))
                .filter(head::Column::OrganizationId.eq(organization))
                .exec(transaction)
                .await?;
        }
        Fact::User(user) => meet(transaction, organization, user).await?,
        Fact::AcceptedIdentity(identity) => answered(transaction, organization, identity).await?,
        _ => {}
    }
    Ok(())
}

/// Forgets the request that an acceptance answers.
async fn answered(
    transaction: &DatabaseTransaction,
    organization: Uuid,
    identity: &AcceptedIdentity,
) -> Result<(), StoreError> {
    const FORGET: &str = "delete from identity_requests \
        where organization_id = $1 and connection_id = $2 and issuer = $3 and subject = $4";
    let values: [Value; 4] = [
        organization.into(),
        identity.connection.uuid().into(),
        identity.issuer.as_str().into(),
        identity.subject.as_str().into(),
    ];
    let backend = transaction.get_database_backend();
    transaction.execute_raw(Statement::from_sql_and_values(backend, FORGET, values)).await?;
    Ok(())
}

/// Writes down a person that nobody knew. Once another organization knows them too, no organization's edit changes
/// the person any more: a tenant could otherwise rename people for everybody.
async fn meet(
    transaction: &DatabaseTransaction,
    organization: Uuid,
    user: &model::User,
) -> Result<(), StoreError> {
    use organization_user::Column as Known;
    see(transaction, Sight::Person(user.id)).await?;
    let others = organization_user::Entity::find()
        .filter(Known::UserId.eq(user.id.uuid()))
        .filter(Known::OrganizationId.ne(organization))
        .one(transaction)
        .await?;
    let row = person::ActiveModel {
        id: ActiveValue::Set(user.id.uuid()),
        name: ActiveValue::Set(user.name.to_string()),
        email: ActiveValue::Set(user.email.clone()),
    };
    let mut on_conflict = OnConflict::column(person::Column::Id);
    match others {
        Some(_) => on_conflict.do_nothing(),
        None => on_conflict.update_columns([person::Column::Name, person::Column::Email]),
    };
    person::Entity::insert(row).on_conflict(on_conflict).exec_without_returning(transaction).await?;
    look_away(transaction).await
}
