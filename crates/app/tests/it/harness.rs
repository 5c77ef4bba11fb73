//! A whole application over a SQLite file, with time and chance under the test's control.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use app::{App, Changed, Error, Plan, Planning, Request};
use chrono::{DateTime, Utc};
use decision::{Action, Caller, Means, On, Reason};
use egress::Egress;
use enforcement::{Chance, Clock, Engine, Lease, Recorder, RecorderOptions, Replica, World};
use model::{
    Because, Client, ClientAuthentication, Connection, ConnectionId, ConnectionKind, ConnectionState, Edit,
    Mapping, OrganizationId, PrincipalId, Snapshot, Terms, UserId,
};
use store::{Options, Secrets, Store};
use testkit::clock::FixedClock;
use testkit::directory::Directory;
use testkit::random::SeededBytes;

/// When every test begins.
const START: &str = "2026-11-02T14:00:00Z";

struct Hands(FixedClock, DateTime<Utc>);

impl Clock for Hands {
    fn now(&self) -> DateTime<Utc> {
        self.0.now()
    }

    fn monotonic(&self) -> Duration {
        (self.0.now() - self.1).to_std().unwrap_or_default() + Duration::from_secs(1)
    }
}

struct Dice(Mutex<SeededBytes>);

impl Dice {
    fn fresh() -> Self {
        static DRAWN: AtomicU64 = AtomicU64::new(0);
        Self(Mutex::new(SeededBytes::new(DRAWN.fetch_add(1, Ordering::Relaxed))))
    }
}

impl Chance for Dice {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().expect("nobody panics while drawing").fill(bytes);
    }
}

/// One organization, its first owner, and the application around them.
pub struct House {
    /// The application.
    pub app: App,
    /// The clock, to be turned.
    pub clock: FixedClock,
    /// The organization, called `northwind`.
    pub organization: OrganizationId,
    /// Its first owner, Maya Chen.
    pub owner: UserId,
    /// The first owner's management key.
    pub owner_key: String,
    _directory: Directory,
}

impl House {
    /// An organization with one owner, in a fresh database.
    pub async fn new() -> Self {
        let directory = Directory::new();
        let url = format!("sqlite://{}", directory.join("house.db").display());
        let store = Store::connect(&Options { url, max_connections: 4 }).await.expect("a database");
        store.migrate().await.expect("tables");
        let key =
            Secrets::parse(&"5e".repeat(32), Arc::new(|bytes| Dice::fresh().fill(bytes))).expect("a key");
        let store = store.with_secrets(key);
        let clock = FixedClock::at_text(START);
        let app = application(store, &clock);
        let (organization, owner, owner_key) = found(&app, "northwind", "Maya Chen").await;
        Self { app, clock, organization, owner, owner_key, _directory: directory }
    }

    /// Another node of the same house, which holds the facts of nobody yet.
    pub fn another_node(&self) -> App {
        application(self.app.store.clone(), &self.clock)
    }

    /// A change that a signed-in person asks for.
    pub fn by(&self, user: UserId) -> Request {
        Request { caller: session(user), organization: self.organization, home: None, if_match: None }
    }

    /// Writes facts as they are, in the first owner's name: what a test stands on, not what it tests.
    pub async fn given(&self, edits: Vec<Edit>) {
        let given = |planning: &Planning<'_>| {
            let permit = planning.permit(Action::OrganizationUpdate, On::Organization)?;
            Ok(Plan::new(permit, edits, ()))
        };
        self.app.change(self.by(self.owner), given).await.expect("facts to stand on");
    }

    /// Runs a use case as somebody.
    pub async fn run<T>(
        &self,
        user: UserId,
        use_case: impl FnOnce(&Planning<'_>) -> Result<Plan<T>, Error>,
    ) -> Result<Changed<T>, Error> {
        self.app.change(self.by(user), use_case).await
    }

    /// The facts as they stand.
    pub fn facts(&self) -> Arc<Snapshot> {
        self.app.engine.replica().held(self.organization).expect("the organization is held")
    }

    /// Checks that what this node holds is what stands in the tables.
    pub async fn settle(&self) {
        let stored =
            self.app.store.load(self.organization).await.expect("the store answers").expect("tables");
        assert!(stored == *self.facts(), "the tables and the changes tell different facts");
    }

    /// Another id, different from all before.
    pub fn draw<T>(&self, draw: impl FnOnce(DateTime<Utc>, &mut dyn model::Entropy) -> T) -> T {
        draw(self.clock.now(), &mut self.app.engine.world().entropy())
    }
}

/// The refusal that a use case came to, or a panic.
pub fn refusal<T: std::fmt::Debug>(outcome: Result<Changed<T>, Error>) -> Refused {
    match outcome.expect_err("a refusal") {
        Error::NotFound(_) => Refused::NotFound,
        Error::Hidden(_) => Refused::Hidden,
        Error::Denied(denial) => Refused::Denied(denial.reason()),
        Error::Invalid(fields) => Refused::Invalid(fields.into_iter().map(|wrong| wrong.field).collect()),
        Error::Conflict { code, .. } => Refused::Conflict(code),
        Error::Stale { .. } => Refused::Stale,
        other => panic!("{other}"),
    }
}

/// What a use case refused, in a form that tables can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// There is no such thing.
    NotFound,
    /// There is, and the caller may not know.
    Hidden,
    /// The caller may not.
    Denied(Reason),
    /// These fields are wrong.
    Invalid(Vec<String>),
    /// It contradicts what is there.
    Conflict(&'static str),
    /// It was changed meanwhile.
    Stale,
}

/// A person signed in with a browser.
pub fn session(user: UserId) -> Caller {
    Caller { principal: Some(PrincipalId::User(user)), means: Means::Session }
}

/// A request of that person in that organization.
pub fn by(user: UserId, organization: OrganizationId) -> Request {
    Request { caller: session(user), organization, home: None, if_match: None }
}

/// A way into an organization, given to it as it is to stand there.
pub async fn connect(
    house: &House,
    user: UserId,
    organization: OrganizationId,
    state: impl FnOnce(Because) -> ConnectionState,
) -> Connection {
    let connection = Connection {
        id: house.draw(ConnectionId::draw),
        name: "Okta".parse().expect("a name"),
        terms: Terms {
            kind: ConnectionKind::Oidc,
            issuer: "https://idp.example".to_owned(),
            client: Client {
                id: "answerable".to_owned(),
                authentication: ClientAuthentication::None,
                secret: None,
            },
            scopes: vec!["openid".to_owned()],
            mapping: Mapping::default(),
        },
        state: state(Because { at: house.clock.now(), by: None, reason: String::new() }),
        proposal: None,
        created_at: house.clock.now(),
    };
    let fact = connection.clone();
    let given = |planning: &Planning<'_>| {
        let permit = planning.permit(Action::OrganizationUpdate, On::Organization)?;
        Ok(Plan::new(permit, vec![Edit::create(fact)], ()))
    };
    house.app.change(by(user, organization), given).await.expect("facts to stand on");
    connection
}

/// A further organization in the same application: its id, its first owner and that person's management key.
pub async fn found(app: &App, slug: &str, owner: &str) -> (OrganizationId, UserId, String) {
    let new = app::organizations::NewOrganization {
        slug: slug.parse().expect("a slug"),
        name: slug.parse().expect("a name"),
        owner: app::organizations::FirstOwner { name: owner.parse().expect("a name"), email: None },
    };
    let founded = app.create_organization(new).await.expect("an organization").value;
    (founded.organization.id, founded.owner.id, founded.key.token.expose().to_owned())
}

fn application(store: Store, clock: &FixedClock) -> App {
    let world = World {
        clock: Arc::new(Hands(clock.clone(), clock.now())),
        chance: Arc::new(Dice(Mutex::new(SeededBytes::new(7)))),
    };
    let replica = Arc::new(Replica::new(store.clone()));
    let lease = Arc::new(Lease::new(Duration::from_hours(1)));
    lease.renewed(world.clock.monotonic());
    let options = RecorderOptions { node: "test".to_owned(), batch: 64, durable: true };
    let (recorder, _task) = Recorder::start(store.clone(), options, &world);
    let engine = Engine::new(world, store.clone(), replica, lease, Arc::new(recorder));
    let egress = Egress::new(Vec::new());
    App {
        engine: Arc::new(engine),
        store,
        dns: egress::dns::Dns::new(None),
        signin: signin::SignIn::new(egress.clone()),
        refresh_every: Some(chrono::TimeDelta::minutes(10)),
        breaches: app::accounts::Breaches::unasked(),
        egress,
        public_url: "http://127.0.0.1:8400".to_owned(),
        node: "test".to_owned(),
    }
}
