use model::{Proof, Session};

use super::{Opened, Secret};
use crate::{App, Error};

/// How a signed-in person has proven anew who they are.
#[derive(Debug, Clone)]
pub struct Proven {
    /// How.
    pub proof: Proof,
    /// The methods, in the words of RFC 8176.
    pub amr: Vec<String>,
    /// The level that the provider says was reached.
    pub acr: Option<String>,
}

impl App {
    /// Makes a session fresh. It goes on under a new secret, and ends when it would have ended. None: it has ended
    /// meanwhile.
    pub async fn step_up(&self, session: Session, proven: Proven) -> Result<Option<Opened>, Error> {
        let world = self.engine.world();
        let secret = Secret::draw(&mut world.entropy());
        let now = world.now();
        let session = Session {
            proof: proven.proof,
            amr: proven.amr,
            acr: proven.acr,
            authenticated_at: now,
            last_seen_at: now,
            ..session
        };
        let went_on = self.store.prove_session(&session, secret.hash()).await?;
        Ok(went_on.then_some(Opened { session, secret }))
    }
}
