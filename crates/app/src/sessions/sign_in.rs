use std::collections::BTreeSet;
use std::net::IpAddr;

use model::{Entropy, Origin, Proof, SESSION_LENGTH, Session, SessionId, Timestamp, UserId};
use store::StoredSession;

use super::Secret;
use crate::{App, Error};

/// A browser's own words about itself are shown in a list; a line of them is enough.
const USER_AGENT_LIMIT: usize = 200;

/// Somebody who has proven who they are.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// Who.
    pub user: UserId,
    /// Which way they came in.
    pub origin: Origin,
    /// How they proved it.
    pub proof: Proof,
    /// The methods, in the words of RFC 8176.
    pub amr: Vec<String>,
    /// The level that the provider says was reached.
    pub acr: Option<String>,
    /// When they proved it, where the provider says so. None: now.
    pub authenticated_at: Option<Timestamp>,
    /// What the provider calls its own session.
    pub provider_session: Option<String>,
    /// From which browser.
    pub browser: Browser,
}

/// The browser that asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Browser {
    /// What it calls itself.
    pub user_agent: Option<String>,
    /// Where it is.
    pub address: Option<IpAddr>,
}

/// A session that has just begun.
#[derive(Debug)]
pub struct Opened {
    /// The session.
    pub session: Session,
    /// What goes into the cookie.
    pub secret: Secret,
}

impl App {
    /// Begins a session under a new secret, and ends the one that the browser had before: nobody can have laid this
    /// one there beforehand.
    pub async fn sign_in(&self, who: SignIn, instead_of: Option<SessionId>) -> Result<Opened, Error> {
        let world = self.engine.world();
        let now = world.now();
        let mut entropy = world.entropy();
        let secret = Secret::draw(&mut entropy);
        let mut csrf = [0; 32];
        entropy.fill(&mut csrf);
        let session = Session {
            id: SessionId::draw(now, &mut entropy),
            user: who.user,
            origin: who.origin,
            proof: who.proof,
            amr: who.amr,
            acr: who.acr,
            // A provider's clock may run ahead; nobody is fresh for longer than five minutes by it.
            authenticated_at: who.authenticated_at.map_or(now, |at| at.min(now)),
            created_at: now,
            last_seen_at: now,
            ends_at: now + SESSION_LENGTH,
            provider_session: who.provider_session,
            user_agent: who.browser.user_agent.map(|text| text.chars().take(USER_AGENT_LIMIT).collect()),
            address: who.browser.address,
            closed_to: BTreeSet::new(),
        };
        let stored = StoredSession { session, csrf };
        self.store.begin_session(&stored, secret.hash(), instead_of).await?;
        Ok(Opened { session: stored.session, secret })
    }
}
