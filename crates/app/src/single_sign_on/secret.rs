use model::{ConnectionId, OrganizationId, SecretId, Terms};
use zeroize::Zeroizing;

use crate::{App, Error};

/// Where a client's secret stands, for sealing it there and nowhere else.
const TABLE: &str = "connection_secrets";
const COLUMN: &str = "sealed";

/// Longer than any secret that providers give.
const LIMIT: usize = 1_024;

impl App {
    /// Seals and keeps a new secret of a connection's client. It is in use once a change of the connection names it.
    pub async fn keep_client_secret(
        &self,
        organization: OrganizationId,
        connection: ConnectionId,
        secret: &str,
    ) -> Result<SecretId, Error> {
        if secret.is_empty() || secret.len() > LIMIT || secret.chars().any(char::is_control) {
            return Err(Error::invalid("client_secret", format!("expected 1 to {LIMIT} characters")));
        }
        let world = self.engine.world();
        let (now, id) = (world.now(), SecretId::draw(world.now(), &mut world.entropy()));
        let sealed = self.store.seal(organization, TABLE, COLUMN, &id.to_string(), secret.as_bytes()).await?;
        self.store.keep_client_secret(organization, connection, id, sealed, now).await?;
        Ok(id)
    }

    /// The secret of a client, opened.
    pub(super) async fn client_secret(
        &self,
        organization: OrganizationId,
        terms: &Terms,
    ) -> Result<Option<Zeroizing<String>>, Error> {
        let Some(id) = terms.client.secret else { return Ok(None) };
        let Some(sealed) = self.store.client_secret(organization, id).await? else { return Ok(None) };
        let opened = self.store.open(organization, TABLE, COLUMN, &id.to_string(), &sealed).await?;
        let text = String::from_utf8(opened.to_vec());
        text.map(|text| Some(Zeroizing::new(text)))
            .map_err(|_| Error::Internal("a secret is no text".to_owned()))
    }
}
