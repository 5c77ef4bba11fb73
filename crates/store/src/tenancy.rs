//! Whose rows a transaction sees.
//!
//! Every finder takes the tenant and asks for its rows alone: that is the first guard, on both databases. On
//! PostgreSQL row-level security is the second: a transaction begins by saying whose rows it is about, and the
//! database shows and takes no others, whatever the statement says. `migrations::secure` has the policies.

use std::fmt::Display;

use model::{AgentId, KeyId, OrganizationId, UserId};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, QueryResult, Statement,
    TransactionTrait, Value,
};

use crate::writing::begin;
use crate::{Store, StoreError};

/// Whose rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sight {
    /// One organization's.
    Organization(OrganizationId),
    /// One person's: who they are, and what organizations know of them. For what leads to an organization.
    Person(UserId),
    /// The key of that id, and no other. For what leads to an organization.
    Key(KeyId),
    /// The letters of all organizations: the mailer's.
    Letters,
    /// The streams of signals of all organizations, and how they fare: whoever asks them.
    Streams,
    /// What is kept of the sign-ins of all organizations: whoever asks their providers again.
    Sessions,
    /// The agent of that id, and no other. For what leads to an organization.
    Agent(AgentId),
}

impl Sight {
    /// The statement that says so, for this transaction. Ids have no characters that would need quoting.
    pub(crate) fn statement(self) -> String {
        match self {
            Self::Organization(id) => set("app.organization", id.uuid()),
            Self::Person(id) => set("app.person", id.uuid()),
            Self::Key(id) => set("app.key", id.as_str()),
            Self::Letters => set("app.mailing", "on"),
            Self::Streams => set("app.polling", "on"),
            Self::Sessions => set("app.refreshing", "on"),
            Self::Agent(id) => set("app.agent", id.uuid()),
        }
    }
}

/// No statement of one organization holds a connection longer than this: the others wait for it.
const LONGEST: &str = "set local statement_timeout = '5s';";

fn set(name: &str, value: impl Display) -> String {
    format!("select set_config('{name}', '{value}', true);")
}

/// The statement that begins a transaction which records for these organizations.
pub(crate) fn recording(organizations: impl IntoIterator<Item = uuid::Uuid>) -> String {
    let list: Vec<String> = organizations.into_iter().map(|id| id.to_string()).collect();
    format!("begin; {}{LONGEST}", set("app.recording", format!("{{{}}}", list.join(","))))
}

/// Says whose rows a transaction is about. Nothing to be said on SQLite.
pub(crate) async fn see(transaction: &DatabaseTransaction, sight: Sight) -> Result<(), StoreError> {
    if is_postgres(transaction) {
        transaction.execute_unprepared(&(sight.statement() + LONGEST)).await?;
    }
    Ok(())
}

/// Ends the sight of a person that [`see`] opened beside an organization's.
pub(crate) async fn look_away(transaction: &DatabaseTransaction) -> Result<(), StoreError> {
    if is_postgres(transaction) {
        transaction.execute_unprepared(&set("app.person", "")).await?;
    }
    Ok(())
}

fn is_postgres(transaction: &DatabaseTransaction) -> bool {
    transaction.get_database_backend() == DbBackend::Postgres
}

impl Store {
    /// What a finder of an organization's rows reads through. It ends when dropped.
    pub(crate) async fn reading(
        &self,
        organization: OrganizationId,
    ) -> Result<DatabaseTransaction, StoreError> {
        self.reading_as(Sight::Organization(organization)).await
    }

    /// What a finder reads through that knows no organization yet.
    pub(crate) async fn reading_as(&self, sight: Sight) -> Result<DatabaseTransaction, StoreError> {
        let transaction = self.read().begin().await?;
        see(&transaction, sight).await?;
        Ok(transaction)
    }

    /// Runs one statement that writes an organization's rows beside its facts, in a transaction of its own, and
    /// returns how many it touched.
    pub(crate) async fn execute(
        &self,
        organization: OrganizationId,
        statement: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<u64, StoreError> {
        let (transaction, _turn) = begin(self, Some(organization)).await?;
        let backend = transaction.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, scoped(statement), values);
        let touched = transaction.execute_raw(statement).await?.rows_affected();
        transaction.commit().await?;
        Ok(touched)
    }

    /// The same for a statement that returns what it touched: the first of it.
    pub(crate) async fn execute_returning(
        &self,
        organization: OrganizationId,
        statement: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Option<QueryResult>, StoreError> {
        let (transaction, _turn) = begin(self, Some(organization)).await?;
        let backend = transaction.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, scoped(statement), values);
        let touched = transaction.query_one_raw(statement).await?;
        transaction.commit().await?;
        Ok(touched)
    }

    /// The rows of an organization that a statement finds.
    pub(crate) async fn find_rows(
        &self,
        organization: OrganizationId,
        statement: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Vec<QueryResult>, StoreError> {
        let reading = self.reading(organization).await?;
        let backend = reading.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, scoped(statement), values);
        Ok(reading.query_all_raw(statement).await?)
    }

    /// The one row of an organization that a statement finds.
    pub(crate) async fn find_row(
        &self,
        organization: OrganizationId,
        statement: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Option<QueryResult>, StoreError> {
        Ok(self.find_rows(organization, statement, values).await?.into_iter().next())
    }

    /// What reads the heads of organizations: ids, slugs and revisions, which lead to an organization and are the
    /// same for everybody.
    pub(crate) fn routing(&self) -> &DatabaseConnection {
        self.read()
    }
}

/// What leaves an organization's rows, and no others: the first condition of every finder.
///
/// The feature `unscoped` takes it away, for the test that shows that PostgreSQL gives nothing away even then.
pub(crate) fn of(column: impl ColumnTrait, organization: OrganizationId) -> Expr {
    if cfg!(feature = "unscoped") {
        return Expr::val(1_i32).eq(1_i32);
    }
    column.eq(organization.uuid())
}

/// The same for a statement written out: its `organization_id = $1` is what leaves an organization's rows.
pub(crate) fn scoped(statement: &str) -> String {
    if cfg!(feature = "unscoped") {
        return statement.replace("organization_id = $1", "$1::uuid is not null");
    }
    statement.to_owned()
}
