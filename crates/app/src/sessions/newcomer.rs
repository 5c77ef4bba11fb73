use model::{Origin, Proof, SessionId, UserId};

use super::{Browser, Opened, SignIn};
use crate::{App, Error};

impl App {
    /// Signs in a person who has just come into being by a link of an invitation or by signing up: it is the browser
    /// that they came with. Never anybody else: who was known before proves themselves.
    pub async fn sign_in_newcomer(
        &self,
        user: UserId,
        browser: Browser,
        instead_of: Option<SessionId>,
    ) -> Result<Opened, Error> {
        let who = SignIn {
            user,
            origin: Origin::Local { honoured_by: None },
            proof: Proof::Link,
            amr: Vec::new(),
            acr: None,
            authenticated_at: None,
            provider_session: None,
            browser,
        };
        self.sign_in(who, instead_of).await
    }
}
