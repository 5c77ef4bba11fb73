//! I1: PostgreSQL gives one organization's transaction nothing of another, whatever its statements say.

use model::{Edit, SecretId, SignalStreamId};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};
use testkit::postgres::{self, Postgres};

use crate::calls::prepare;
use crate::place::Place;
use crate::session_tokens::kept;
use crate::world::World;

/// Two organizations with all kinds of rows, in a database of PostgreSQL.
async fn two(seed: u64) -> (Place, World, World) {
    let place = Place::postgres().await;
    let mut one = Box::pin(World::create(&place.store, seed, "northwind")).await;
    let mut other = Box::pin(World::create(&place.store, seed + 1, "contoso")).await;
    for world in [&mut one, &mut other] {
        let calls = prepare(world).await;
        let record = calls.call(world, calls.key, "notes", "create_note");
        place.store.append(&[record]).await.unwrap();
        place.store.seal(world.organization, "t", "c", "r", b"x").await.unwrap();
    }
    (place, one, other)
}

/// Every table with an `organization_id`, asked of the database: none can be forgotten.
async fn tables(place: &Place) -> Vec<String> {
    place
        .sql(
            "select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid \
             where a.attname = 'organization_id' and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace",
        )
        .await
}

/// Runs statements as the role that serves, in one transaction that says whose rows it is about. The rows touched by
/// the last, or the code of the error.
async fn try_as(place: &Place, whose: &str, statement: &str) -> Result<u64, String> {
    let mut connection = PgConnection::connect(&place.url).await.unwrap();
    let mut transaction = connection.begin().await.unwrap();
    sqlx::query(AssertSqlSafe(whose.to_owned())).execute(&mut *transaction).await.unwrap();
    let done = sqlx::query(AssertSqlSafe(statement.to_owned())).execute(&mut *transaction).await;
    done.map(|done| done.rows_affected())
        .map_err(|error| error.as_database_error().and_then(|e| e.code().map(Into::into)).unwrap_or_default())
}

fn seeing(world: &World) -> String {
    format!("select set_config('app.organization', '{}', true)", world.organization)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_statement_without_any_condition_touches_its_own_rows_alone() {
    let (place, one, other) = two(91).await;
    let tables = tables(&place).await;
    assert!(tables.len() > 20, "{tables:?}");
    for table in &tables {
        let theirs = format!("select 1 from {table} where organization_id = '{}'", other.organization);
        let shown = try_as(&place, &seeing(&one), &theirs).await.unwrap();
        // The heads lead to an organization, for everybody; they can be changed by nobody else.
        assert_eq!(shown, u64::from(table == "organization_heads"), "{table} shows another's rows");
        let whole = format!("select 1 from {table} where organization_id <> '{}'", one.organization);
        assert_eq!(try_as(&place, "select 1", &whole).await.unwrap(), shown, "{table} without a tenant");
        let count =
            format!("select count(*)::text from {table} where organization_id = '{}'", other.organization);
        let before = place.sql(&count).await;
        let moved = format!("update {table} set organization_id = '{}'", other.organization);
        let moved = try_as(&place, &seeing(&one), &moved).await;
        assert!(
            matches!(moved.as_ref(), Ok(0)) || moved.as_ref().is_err_and(|code| code == "42501"),
            "{table}: {moved:?}"
        );
        let copied = format!(
            "insert into {table} select (jsonb_populate_record(t, jsonb_build_object('organization_id', '{}'))).* \
             from {table} t limit 1",
            other.organization
        );
        let copied = try_as(&place, &seeing(&one), &copied).await;
        assert!(
            matches!(copied.as_ref(), Ok(0)) || copied.as_ref().is_err_and(|code| code == "42501"),
            "{table}: {copied:?}"
        );
        let removed = try_as(&place, &seeing(&one), &format!("delete from {table}")).await;
        assert!(removed.is_ok(), "{table}: {removed:?}");
        assert_eq!(place.sql(&count).await, before, "{table}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_said_by_a_connection_that_served_somebody_before() {
    let (place, one, _) = two(93).await;
    let mut connection = PgConnection::connect(&place.url).await.unwrap();
    let mut transaction = connection.begin().await.unwrap();
    sqlx::query(AssertSqlSafe(seeing(&one))).execute(&mut *transaction).await.unwrap();
    transaction.commit().await.unwrap();
    // After the commit the setting is an empty text, and not null: the policy must not stumble over it either.
    let row = sqlx::query("select count(*) from agents").fetch_one(&mut connection).await.unwrap();
    assert_eq!(row.get::<i64, _>(0), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_owner_is_bound_too_and_a_role_that_is_not_is_refused() {
    let (place, ..) = two(95).await;
    let mut owner = PgConnection::connect(&postgres::owner(&place.url)).await.unwrap();
    let row = sqlx::query("select count(*) from agents").fetch_one(&mut owner).await.unwrap();
    assert_eq!(row.get::<i64, _>(0), 0);
    assert_eq!(place.store.isolation_gaps().await.unwrap(), Vec::<String>::new());
    for (url, says) in
        [(postgres::owner(&place.url), "owns the tables"), (postgres::superuser(&place.url), "nosuperuser")]
    {
        let options = store::Options { url, max_connections: 1 };
        let gaps = store::Store::connect(&options).await.unwrap().isolation_gaps().await.unwrap();
        assert!(gaps.len() == 1 && gaps[0].contains(says), "{gaps:?}");
    }
    place.sql("alter table tools no force row level security").await;
    let gaps = place.store.isolation_gaps().await.unwrap();
    assert!(gaps.len() == 1 && gaps[0].contains("`tools`"), "{gaps:?}");
    place.as_owner().await.migrate().await.unwrap();
    assert_eq!(
        place.store.isolation_gaps().await.unwrap(),
        Vec::<String>::new(),
        "migrating closes it again"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_role_that_serves_is_made_with_its_rights_and_cannot_change_evidence() {
    let (place, one, _) = two(97).await;
    let owner = place.as_owner().await;
    let role = format!("app_{}", std::process::id());
    assert!(owner.grant_to(&role).await.unwrap(), "made");
    assert!(!owner.grant_to(&role).await.unwrap(), "and made once");
    assert!(owner.grant_to("app; drop table agents").await.is_err());
    let url = place.url.replacen("//answerable_app@", &format!("//{role}@"), 1);
    let options = store::Options { url: url.clone(), max_connections: 2 };
    let store = store::Store::connect(&options).await.unwrap();
    assert_eq!(store.isolation_gaps().await.unwrap(), Vec::<String>::new());
    assert_eq!(store.load(one.organization).await.unwrap().unwrap(), one.facts);
    for evidence in ["decisions", "changes"] {
        let mut connection = PgConnection::connect(&url).await.unwrap();
        for statement in [format!("delete from {evidence}"), format!("update {evidence} set at = 0")] {
            let done = sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await;
            let code = done
                .unwrap_err()
                .as_database_error()
                .and_then(|e| e.code().map(std::borrow::Cow::into_owned));
            assert_eq!(code.as_deref(), Some("42501"), "{evidence}");
        }
    }
}

/// The conditions of all finders are taken away (`--features unscoped`), and still no organization is shown another's
/// rows. In the usual build it holds as well, and shows less.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_conditions_of_the_finders_nothing_is_given_away() {
    let (place, mut one, mut other) = two(99).await;
    for world in [&mut one, &mut other] {
        let person = world.person("Ben Okafor").await;
        let known = (**world.facts.user(person).unwrap()).clone();
        world.write(&[Edit::update(known.clone(), model::User { email: None, ..known })]).await.unwrap();
    }
    let (ours, theirs) = (kept(&mut one, 1).await.id, kept(&mut other, 2).await.id);
    for (asking, session, is_own) in
        [(&one, ours, true), (&one, theirs, false), (&other, theirs, true), (&other, ours, false)]
    {
        let found = place.store.session_tokens(asking.organization, session).await.unwrap();
        assert_eq!(found.is_some(), is_own, "what a provider gave is one organization's");
    }
    let (stream, secret, at) = (SignalStreamId::MAX, SecretId::MAX, crate::world::start());
    for world in [&one, &other] {
        let said = world.organization.to_string();
        place.store.note_stream_refused(world.organization, stream, at, &said).await.unwrap();
        let sealed = said.clone().into_bytes();
        place.store.keep_stream_secret(world.organization, stream, secret, sealed, at).await.unwrap();
    }
    for (own, other) in [(&one, &other), (&other, &one)] {
        let said = own.organization.to_string();
        let standings = place.store.stream_standings(own.organization).await.unwrap();
        assert_eq!(standings[&stream].failure, Some((at, said.clone())));
        let kept = place.store.stream_secret(own.organization, secret).await.unwrap();
        assert_eq!(kept, Some(said.into_bytes()));
        let loaded = place.store.load(own.organization).await.unwrap().unwrap();
        assert_eq!(loaded, own.facts, "the facts of one organization, and no others");
        let folded = place.store.snapshot_at(own.organization, own.facts.revision()).await.unwrap().unwrap();
        assert_eq!(folded, own.facts);
        let page = store::Page::first(1_000);
        let decisions =
            place.store.decisions(own.organization, &store::DecisionFilter::default(), page).await;
        for decision in decisions.unwrap() {
            assert_eq!(decision.organization, own.organization);
            assert_eq!(place.store.decision(other.organization, decision.id).await.unwrap(), None);
        }
        let page = store::Page::first(1_000);
        let own_changes =
            place.store.changes(own.organization, &store::ChangeFilter::default(), page).await.unwrap();
        let theirs = place.store.changes_after(other.organization, model::Revision(0), 1_000).await.unwrap();
        assert!(own_changes.iter().all(|change| !theirs.contains(change)));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_made_for_the_tests_is_served_by_a_role_that_is_bound() {
    let url = tokio::task::spawn_blocking(|| Postgres::shared().database()).await.unwrap();
    let mut connection = PgConnection::connect(&url).await.unwrap();
    let row = sqlx::query("select rolsuper or rolbypassrls from pg_roles where rolname = current_user");
    assert!(!row.fetch_one(&mut connection).await.unwrap().get::<bool, _>(0));
}
