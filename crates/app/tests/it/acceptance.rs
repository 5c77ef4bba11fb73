//! S2: what one organization accepts of another's provider is one account, as it was vouched for then.

use app::Error;
use app::identities::{Idle, Standing, voucher};
use app::member_invitations::{NewMemberInvitation, Newcomer};
use app::sessions::{Browser, SignIn};
use app::single_sign_on::Identity;
use decision::Reason;
use model::{
    AcceptedIdentityId, Because, Connection, ConnectionKind, ConnectionState, Edit, Endpoints,
    OrganizationId, OrganizationRole, Origin, Proof, Session, UserId,
};

use crate::harness::{House, Refused, by, connect, found, refusal};

const SITE: &str = "http://127.0.0.1:8400";

/// Maya is an administrator of Contoso too, and has two accounts at Northwind's provider.
struct Two {
    house: House,
    okta: Connection,
    contoso: OrganizationId,
    jonas: UserId,
}

impl Two {
    async fn new() -> Self {
        let house = House::new().await;
        let (maya, northwind) = (house.owner, house.organization);
        let okta = connect(&house, maya, northwind, ConnectionState::Tested).await;
        let (contoso, jonas, _) = found(&house.app, "contoso", "Jonas Weber").await;
        let two = Self { house, okta, contoso, jonas };
        for subject in ["maya", "maya.admin"] {
            let identity = Identity {
                connection: two.okta.id,
                issuer: two.okta.terms.issuer.clone(),
                subject: subject.to_owned(),
                user: maya,
                address: None,
                created_at: two.house.clock.now(),
                last_used_at: two.house.clock.now(),
            };
            assert!(two.house.app.store.bind_identity(northwind, &identity).await.unwrap());
        }
        two
    }

    async fn invited(&self, accepts_identity: bool, session: Option<&Session>) {
        let role = OrganizationRole::Admin;
        let new = NewMemberInvitation { email: None, role, places: Vec::new(), days: None, accepts_identity };
        let app = &self.house.app;
        let link = app.invite_member(by(self.jonas, self.contoso), new, SITE).await.unwrap();
        let who = Newcomer::Known(self.house.owner);
        app.accept_invitation(&link.value.token, who, session).await.unwrap();
    }

    /// A session that came in as that account.
    async fn signed_in(&self, subject: &str) -> Session {
        let origin = Origin::Connection {
            connection: self.okta.id,
            organization: self.house.organization,
            voucher: Some(voucher(&self.okta, subject).unwrap()),
        };
        let who = SignIn {
            user: self.house.owner,
            origin,
            proof: Proof::Oidc,
            amr: Vec::new(),
            acr: None,
            authenticated_at: None,
            provider_session: None,
            browser: Browser::default(),
        };
        self.house.app.sign_in(who, None).await.unwrap().session
    }

    async fn opens(&self, session: &Session) -> bool {
        self.house.app.place(session, "contoso").await.unwrap().is_some()
    }

    /// What Contoso has of Maya: the id of each, and how far it has come.
    async fn listed(&self) -> Vec<(AcceptedIdentityId, Standing)> {
        let reading = self.house.app.read(by(self.jonas, self.contoso).caller, self.contoso).await.unwrap();
        let all = self.house.app.outside_identities(&reading, self.contoso, self.house.owner).await.unwrap();
        all.into_iter().map(|identity| (identity.id, identity.standing)).collect()
    }

    async fn accept(&self, id: AcceptedIdentityId) -> Result<(), Error> {
        let request = by(self.jonas, self.contoso);
        self.house.app.accept_identity(request, self.house.owner, id).await.map(drop)
    }

    /// Northwind's connection is otherwise from now on.
    async fn changed(&mut self, change: impl FnOnce(&mut Connection)) {
        let before = self.okta.clone();
        change(&mut self.okta);
        self.house.given(vec![Edit::update(before, self.okta.clone())]).await;
    }
}

#[tokio::test]
async fn what_is_accepted_is_one_account_and_it_sets_nothing_that_would_outlast_it() {
    let two = Two::new().await;
    let app = &two.house.app;
    two.invited(false, None).await;
    let (first, second) = (two.signed_in("maya").await, two.signed_in("maya.admin").await);
    assert!(!two.opens(&first).await);
    app.ask_to_come_in(&first, "contoso").await.unwrap();
    app.ask_to_come_in(&first, &two.contoso.to_string()).await.unwrap();
    app.ask_to_come_in(&first, "nowhere").await.unwrap();
    let listed = two.listed().await;
    assert!(matches!(listed.as_slice(), [(_, Standing::Asked { .. })]), "asked twice, it is one: {listed:?}");

    // What is asked of Contoso is not found at Northwind, nor for somebody else.
    let elsewhere = app.accept_identity(two.house.by(two.house.owner), two.house.owner, listed[0].0).await;
    assert_eq!(refusal(elsewhere), Refused::NotFound);
    let another = app.accept_identity(by(two.jonas, two.contoso), two.jonas, listed[0].0).await;
    assert_eq!(refusal(another), Refused::NotFound);
    two.accept(listed[0].0).await.unwrap();
    assert!(two.opens(&first).await && !two.opens(&second).await);
    assert_eq!(
        refusal(app.accept_identity(by(two.jonas, two.contoso), two.house.owner, listed[0].0).await),
        Refused::NotFound
    );

    let place = app.place(&first, "contoso").await.unwrap().unwrap();
    assert!(place.is_by_acceptance);
    assert!(matches!(
        app.speaks_for_the_person(&first).await,
        Err(Error::Conflict { code: "other_organization", .. })
    ));
    let ties = app.ties(&first).await.unwrap();
    assert_eq!(ties.iter().map(|tie| tie.organization.as_str()).collect::<Vec<_>>(), ["northwind"]);

    app.withdraw_identity(by(two.jonas, two.contoso), two.house.owner, listed[0].0, "over").await.unwrap();
    assert!(!two.opens(&first).await);
    assert_eq!(two.listed().await, []);
}

#[tokio::test]
async fn nobody_becomes_anybody_by_changing_what_vouches() {
    let mut two = Two::new().await;
    let session = two.signed_in("maya").await;
    two.invited(true, Some(&session)).await;
    assert!(two.opens(&session).await, "accepted with the invitation");
    let because = || Because { at: two.house.clock.now(), by: None, reason: String::new() };
    let (tested, disabled) = (ConnectionState::Tested(because()), ConnectionState::Disabled(because()));

    let as_it_was = two.okta.clone();
    two.changed(|okta| okta.state = disabled).await;
    assert!(!two.opens(&session).await, "it lets nobody in");
    two.changed(|okta| okta.state = tested.clone()).await;
    two.changed(|okta| okta.terms.client.secret = None).await;
    assert!(two.opens(&session).await, "back as it was");

    // Another issuer, another client, another protocol under the name of the same issuer: each is somebody else's word.
    let endpoints = || Endpoints {
        authorization: "https://evil.example/a".to_owned(),
        token: "https://evil.example/t".to_owned(),
        user: "https://evil.example/u".to_owned(),
        emails: None,
    };
    let changes: [fn(&mut Connection, Endpoints); 3] = [
        |okta, _| okta.terms.issuer = "https://evil.example".to_owned(),
        |okta, _| okta.terms.client.id = "another".to_owned(),
        |okta, endpoints| okta.terms.kind = ConnectionKind::Oauth(endpoints),
    ];
    for change in changes {
        two.changed(|okta| change(okta, endpoints())).await;
        let meanwhile = two.signed_in("maya").await;
        assert!(!two.opens(&session).await && !two.opens(&meanwhile).await);
        let listed = two.listed().await;
        assert!(
            matches!(listed.as_slice(), [(_, Standing::Accepted { idle: Some(Idle::NotVouchedFor), .. })]),
            "{listed:?}"
        );
        two.changed(|okta| *okta = as_it_was.clone()).await;
        assert!(two.opens(&session).await);
        assert!(!two.opens(&meanwhile).await, "what came in by other terms stays out under the old ones");
    }

    // Asked again on other terms, it is accepted anew, in the place of the old.
    two.changed(|okta| okta.terms.client.id = "renewed".to_owned()).await;
    let renewed = two.signed_in("maya").await;
    two.house.app.ask_to_come_in(&renewed, "contoso").await.unwrap();
    let listed = two.listed().await;
    assert_eq!(listed.len(), 2, "{listed:?}");
    two.accept(listed[1].0).await.unwrap();
    assert!(two.opens(&renewed).await && !two.opens(&session).await);
    assert_eq!(two.listed().await.len(), 1);
}

/// Who can answer is told by letter that somebody asks, in the same transaction, once; and whoever is no member, or names
/// no organization, is answered as late.
#[tokio::test]
async fn who_can_answer_is_told_once_that_somebody_asks() {
    let two = Two::new().await;
    let app = &two.house.app;
    two.invited(false, None).await;
    let add = |name: &str, role| {
        let email = format!("{}@contoso.example", name.to_lowercase());
        let who = app::members::Who::New { name: name.parse().unwrap(), email: Some(email) };
        app.change(by(two.jonas, two.contoso), move |planning| app::members::add(planning, who, role))
    };
    add("Ann", OrganizationRole::Admin).await.unwrap();
    add("Ben", OrganizationRole::Member).await.unwrap();
    let session = two.signed_in("maya").await;
    let letters = async || app.store.due_letters(two.house.clock.now(), 10).await.unwrap();

    for nobodys in ["nowhere", "northwind"] {
        let began = std::time::Instant::now();
        app.ask_to_come_in(&session, nobodys).await.unwrap();
        assert!(began.elapsed() >= std::time::Duration::from_millis(400), "{nobodys}");
    }
    assert_eq!(letters().await, [], "there was nothing to note");
    for _ in 0..2 {
        app.ask_to_come_in(&session, "contoso").await.unwrap();
    }
    let told = letters().await;
    let letter = told[0].letter.as_ref().unwrap();
    assert_eq!((told.len(), letter.to.as_str()), (1, "ann@contoso.example"), "{told:?}");
    assert_eq!(told[0].organization, two.contoso);
    let page = format!("{SITE}/o/contoso/people/{}", two.house.owner);
    assert!(letter.text.contains(&page), "{}", letter.text);
    for chosen in [two.okta.terms.issuer.as_str(), "maya.admin", "Northwind"] {
        assert!(!letter.text.contains(chosen), "another organization writes nothing in it: {}", letter.text);
    }

    let reading = app.read(by(two.jonas, two.contoso).caller, two.contoso).await.unwrap();
    let asking = app.who_asks_to_come_in(&reading, two.contoso).await.unwrap();
    assert_eq!(asking.into_iter().collect::<Vec<_>>(), [two.house.owner]);

    // Declined, also by themselves, they ask anew: nobody is told of it that soon.
    let id = two.listed().await[0].0;
    app.withdraw_identity(by(two.jonas, two.contoso), two.house.owner, id, "no").await.unwrap();
    app.ask_to_come_in(&session, "contoso").await.unwrap();
    assert_eq!(letters().await.len(), 1);
}

/// What a node has to read for it is the same whichever organization is named, and nobody makes it hold those of others.
#[tokio::test]
async fn asking_brings_the_facts_of_ones_own_organizations_whichever_is_named() {
    let two = Two::new().await;
    let session = two.signed_in("maya").await;
    let node = two.house.another_node();
    node.ask_to_come_in(&session, "contoso").await.unwrap();
    assert!(node.engine.replica().held(two.contoso).is_none(), "she is no member there");

    two.invited(false, None).await;
    let node = two.house.another_node();
    node.ask_to_come_in(&session, "nowhere").await.unwrap();
    assert!(node.engine.replica().held(two.contoso).is_some(), "as if it had been named");
    assert_eq!(two.listed().await, []);
}

#[tokio::test]
async fn it_counts_no_longer_than_either_organization_has_the_person() {
    let two = Two::new().await;
    let (app, maya) = (&two.house.app, two.house.owner);
    let session = two.signed_in("maya").await;
    two.invited(true, Some(&session)).await;
    let request = || by(two.jonas, two.contoso);
    app.change(request(), |planning| app::members::remove(planning, maya, "")).await.unwrap();
    two.invited(false, None).await;
    assert!(!two.opens(&session).await, "it ended with the membership");
    assert_eq!(two.listed().await, []);

    app.ask_to_come_in(&session, "contoso").await.unwrap();
    app.change(request(), |planning| app::members::suspend(planning, maya, "")).await.unwrap();
    app.change(request(), |planning| app::members::resume(planning, maya)).await.unwrap();
    assert_eq!(two.listed().await, [], "nobody waits to be let in who is suspended");
}

#[tokio::test]
async fn an_administrator_accepts_nothing_for_somebody_above_them() {
    let two = Two::new().await;
    let app = &two.house.app;
    two.invited(false, None).await;
    let session = two.signed_in("maya").await;
    app.ask_to_come_in(&session, "contoso").await.unwrap();
    let id = two.listed().await[0].0;
    let maya = two.house.owner;
    let own = app.accept_identity(by(maya, two.contoso), two.jonas, id).await;
    assert_eq!(refusal(own), Refused::Denied(Reason::AboveYourRole));
    app.accept_identity(by(maya, two.contoso), maya, id).await.expect("an administrator, for themselves");
    assert!(two.opens(&session).await);

    // Who signed in before accounts were kept with sessions signs in again.
    let Origin::Connection { connection, organization, .. } = session.origin else {
        panic!("by a connection")
    };
    let old = Session { origin: Origin::Connection { connection, organization, voucher: None }, ..session };
    assert!(!two.opens(&old).await);
    assert!(matches!(
        app.ask_to_come_in(&old, "contoso").await,
        Err(Error::Conflict { code: "no_account", .. })
    ));
}
