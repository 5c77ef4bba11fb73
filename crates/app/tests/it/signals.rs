//! What a stream of signals brings about for people whom no directory brought, and whom a connection's provider vouches for.

use app::sessions::{Browser, SignIn};
use app::signals::{Effect, Received, Subject};
use decision::Reason;
use model::{
    AgentState, Connection, ConnectionState, Delivery, Edit, OrganizationRole, Origin, Proof, SignalStream,
    SignalStreamId, UserId,
};
use store::Identity;

use crate::harness::connect;
use crate::office::{Acting, Office};

/// Who Ada is to the provider.
const SUBJECT: &str = "00u-ada";

struct Stage {
    office: Office,
    connection: Connection,
    stream: SignalStream,
    ada: UserId,
    agent: Acting,
}

impl Stage {
    async fn set() -> Self {
        let office = Office::new().await;
        let house = &office.house;
        let connection = connect(house, house.owner, house.organization, ConnectionState::Tested).await;
        let stream = SignalStream {
            id: house.draw(SignalStreamId::draw),
            name: "Okta".parse().unwrap(),
            issuer: "https://transmitter.example".to_owned(),
            audience: "answerable".to_owned(),
            jwks_url: "https://transmitter.example/keys".to_owned(),
            delivery: Delivery::Push { token_hash: None },
            created_at: house.clock.now(),
            created_by: house.owner,
        };
        house.given(vec![Edit::create(stream.clone())]).await;
        let ada = office.person("Ada", OrganizationRole::Member).await;
        office.enter(ada).await;
        let agent = office.agent(house.organization, ada).await;
        let now = house.clock.now();
        let identity = Identity {
            connection: connection.id,
            issuer: connection.terms.issuer.clone(),
            subject: SUBJECT.to_owned(),
            user: ada,
            address: None,
            created_at: now,
            last_used_at: now,
        };
        assert!(house.app.store.bind_identity(house.organization, &identity).await.unwrap());
        Self { office, connection, stream, ada, agent }
    }

    async fn signs_in(&self, origin: Origin) {
        let who = SignIn {
            user: self.ada,
            origin,
            proof: Proof::Passkey,
            amr: Vec::new(),
            acr: None,
            authenticated_at: None,
            provider_session: None,
            browser: Browser::default(),
        };
        self.office.house.app.sign_in(who, None).await.unwrap();
    }

    /// What somebody is told: that it ended something of whoever is meant by that issuer's word.
    async fn told(&self, effect: Effect, issuer: &str) -> Vec<UserId> {
        let house = &self.office.house;
        let subject = Subject::IssuerSubject { issuer: issuer.to_owned(), subject: SUBJECT.to_owned() };
        let received = Received {
            name: format!("{effect:?} {issuer}"),
            effect,
            subject: Some(subject),
            kind: "https://schemas.openid.net/secevent/an-event".to_owned(),
        };
        house.app.receive_signal(house.organization, self.stream.id, &received).await.unwrap()
    }

    async fn sessions(&self) -> usize {
        self.office.house.app.store.sessions_of(self.ada).await.unwrap().len()
    }
}

#[tokio::test]
async fn a_signal_reaches_whom_a_connection_vouches_for() {
    let stage = Stage::set().await;
    let (office, issuer) = (&stage.office, stage.connection.terms.issuer.as_str());
    let (connection, organization) = (stage.connection.id, office.house.organization);
    stage.signs_in(Origin::Connection { connection, organization, voucher: None }).await;
    stage.signs_in(Origin::Local { honoured_by: None }).await;
    for unknown in ["https://idp.example/", "https://other.example", "https://transmitter.example"] {
        assert_eq!(stage.told(Effect::SignedOut, unknown).await, [], "{unknown}: another's subject");
    }
    assert_eq!((stage.sessions().await, office.reads(&stage.agent).await), (2, Reason::Granted));

    assert_eq!(stage.told(Effect::SessionsEnd, issuer).await, [stage.ada]);
    assert_eq!(stage.sessions().await, 1, "what came in by that provider, and nothing else");
    assert_eq!(office.reads(&stage.agent).await, Reason::Granted, "their agents go on");

    // Only the directory deactivates, and only whom it brought; everything that proves them ends.
    assert_eq!(stage.told(Effect::Suspended, issuer).await, [stage.ada]);
    assert_ne!(office.reads(&stage.agent).await, Reason::Granted, "the very next call");
    let facts = office.house.facts();
    assert!(facts.member(stage.ada).unwrap().is_active());
    match &facts.agent(stage.agent.id).unwrap().state {
        AgentState::Unowned(because) => {
            assert!(because.reason.contains("signalled by the identity provider"));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(stage.told(Effect::SignedOut, issuer).await, [stage.ada], "again does no harm");
}
