//! Secrets at rest: sealed under a key of their organization, which is kept wrapped under a key that the database never
//! sees.
//!
//! A stolen database or backup gives nothing away without the key file; a value moved to another organization, table,
//! column or row does not open there; and destroying one small row destroys all secrets of an organization.

mod cipher;
mod data_keys;
mod secrets;

pub use secrets::{Secrets, SecretsError};

use std::fmt;
use std::sync::Arc;

use model::OrganizationId;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{Store, StoreError};

/// The first byte of what is sealed, so that another way of sealing can be told from this one.
const VERSION: u8 = 1;

/// Whose data key seals what belongs to a person and to no organization, such as the seed of their second factor.
pub fn installation() -> OrganizationId {
    OrganizationId::from_uuid(Uuid::nil())
}

/// The power to seal for one organization without asking the database: for what is sealed inside a transaction.
pub struct Sealer {
    organization: OrganizationId,
    key: cipher::Bytes,
    secrets: Arc<Secrets>,
}

impl Sealer {
    /// Whose it is.
    pub fn organization(&self) -> OrganizationId {
        self.organization
    }

    /// Seals a secret for one column of one row, as [`Store::seal`] does.
    pub fn seal(&self, table: &str, column: &str, row: &str, secret: &[u8]) -> Result<Vec<u8>, StoreError> {
        let place = place(self.organization, table, column, row);
        let mut sealed = vec![VERSION];
        sealed.extend(cipher::encrypt(&self.key, &self.secrets.nonce(), &place, secret)?);
        Ok(sealed)
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealer").field("organization", &self.organization).finish_non_exhaustive()
    }
}

impl Store {
    /// What seals for an organization. To be taken before a [`crate::Writing`] is begun.
    pub async fn sealer(&self, organization: OrganizationId) -> Result<Sealer, StoreError> {
        let secrets = self.secrets.as_ref().ok_or(StoreError::Sealed("no key-encryption key was given"))?;
        let key = self.data_key(organization, secrets).await?;
        Ok(Sealer { organization, key, secrets: Arc::clone(secrets) })
    }

    /// Seals a secret for one column of one row of an organization's table (or of [`installation`]'s): AES-256-GCM
    /// under the organization's data key, which is made at its first use.
    ///
    /// Not to be called while a [`crate::Writing`] is held: on SQLite it waits for the same turn.
    pub async fn seal(
        &self,
        organization: OrganizationId,
        table: &str,
        column: &str,
        row: &str,
        secret: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        self.sealer(organization).await?.seal(table, column, row, secret)
    }

    /// Opens what [`Store::seal`] sealed for that very place.
    pub async fn open(
        &self,
        organization: OrganizationId,
        table: &str,
        column: &str,
        row: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let secrets = self.secrets()?;
        let Some((&VERSION, sealed)) = sealed.split_first() else {
            return Err(StoreError::Sealed("it was not sealed by this program"));
        };
        let Some(key) = self.existing_data_key(organization, secrets).await? else {
            return Err(StoreError::Sealed("the organization's data key is gone"));
        };
        cipher::decrypt(&key, &place(organization, table, column, row), sealed)
    }

    fn secrets(&self) -> Result<&Secrets, StoreError> {
        self.secrets.as_deref().ok_or(StoreError::Sealed("no key-encryption key was given"))
    }
}

/// What is authenticated beside the secret. Each part with its length before it: no two places are the same bytes.
fn place(organization: OrganizationId, table: &str, column: &str, row: &str) -> Vec<u8> {
    let organization = organization.uuid();
    let parts = [organization.as_bytes().as_slice(), table.as_bytes(), column.as_bytes(), row.as_bytes()];
    let mut place = Vec::new();
    for part in parts {
        place.extend((part.len() as u64).to_be_bytes());
        place.extend_from_slice(part);
    }
    place
}
