use model::{ClientAuthentication, ConnectionId, FactKind, OrganizationId, Terms};
use serde_json::Value;
use signin::ClientKey;
use zeroize::Zeroizing;

use crate::connections::Updated;
use crate::{App, Changed, Error, Request};

impl App {
    /// Where a connection's provider finds the public half of our key.
    pub fn keys_of(&self, connection: ConnectionId) -> String {
        format!("{}/sso/keys/{connection}", self.public_url)
    }

    /// Makes a new key for a client that proves who it is by one, and takes it into use, or proposes it.
    pub async fn make_client_key(
        &self,
        request: Request,
        id: ConnectionId,
    ) -> Result<Changed<Updated>, Error> {
        let key = ClientKey::make(&mut self.engine.world().entropy());
        self.take_client_secret(request, id, &key, true).await
    }

    /// The public halves of a connection's key, and of one that waits for a second person, so that the provider knows it by
    /// the time it is used. Public by their nature.
    pub async fn client_keys(&self, id: ConnectionId) -> Result<Vec<Value>, Error> {
        let (organization, connection) = self.way_in(id).await?;
        let waiting = connection.proposal.as_deref().map(|proposal| &proposal.terms);
        let mut keys = Vec::new();
        for terms in std::iter::once(&connection.terms).chain(waiting).filter(|terms| has_key(terms)) {
            if let Some(secret) = self.client_secret(organization, terms).await? {
                keys.push(ClientKey::read(&secret)?.public());
            }
        }
        keys.dedup();
        if keys.is_empty() { Err(Error::NotFound(FactKind::Connection)) } else { Ok(keys) }
    }

    /// What a request for tokens shows as proof of who we are: the secret itself, or what our key signed just now.
    pub(super) async fn client_proof(
        &self,
        organization: OrganizationId,
        terms: &Terms,
    ) -> Result<Option<Zeroizing<String>>, Error> {
        let secret = self.client_secret(organization, terms).await?;
        let Some(key) = secret.as_ref().filter(|_| has_key(terms)) else { return Ok(secret) };
        let world = self.engine.world();
        let key = ClientKey::read(key)?;
        let proof = key.assertion(&terms.client.id, &terms.issuer, world.now(), &mut world.entropy());
        Ok(Some(Zeroizing::new(proof)))
    }
}

fn has_key(terms: &Terms) -> bool {
    terms.client.authentication == ClientAuthentication::PrivateKeyJwt
}
