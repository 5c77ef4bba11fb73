use model::UserId;
use store::{Method, Removal};

use crate::{App, Error};

/// An organization that changes in the very moment is looked at again, so often.
const MOST_LOOKS: usize = 5;

impl App {
    /// Takes a passkey away from a person. False: they have none of that id. Refused where an organization relies on it
    /// for the day when its provider is down.
    pub async fn remove_passkey(&self, user: UserId, id: uuid::Uuid) -> Result<bool, Error> {
        self.remove_method(user, Method::Passkey(id)).await
    }

    /// Takes a person's password, authenticator and recovery codes away. Refused where an organization relies on them for
    /// the day when its provider is down.
    pub async fn remove_password(&self, user: UserId) -> Result<(), Error> {
        self.remove_method(user, Method::Password).await.map(drop)
    }

    async fn remove_method(&self, user: UserId, method: Method) -> Result<bool, Error> {
        for _ in 0..MOST_LOOKS {
            let (mut looked_at, mut relies) = (Vec::new(), None);
            for organization in self.store.break_glass_for(user).await? {
                let facts = match self.engine.replica().hold(organization).await {
                    Err(enforcement::Missing::Unknown) => continue,
                    held => held?,
                };
                looked_at.push((organization, facts.revision()));
                let demands = facts.organization().filter(|_| facts.enforced_connection().is_some());
                relies = relies.or(demands.map(|organization| organization.name.to_string()));
            }
            match self.store.remove_method(user, method, &looked_at, relies.is_some()).await? {
                Removal::Gone => return Ok(true),
                Removal::Unknown => return Ok(false),
                Removal::Last => {
                    let detail = format!(
                        "it is your last way to come in, and you have a break-glass account of {}; add another way \
                         first, or have that account taken away",
                        relies.unwrap_or_default()
                    );
                    return Err(Error::Conflict { code: "break_glass", detail });
                }
                Removal::Moved(organization, revision) => {
                    self.engine.replica().reach(organization, revision).await?;
                }
            }
        }
        let detail = "an organization that relies on it is being changed; try again";
        Err(Error::Conflict { code: "state", detail: detail.to_owned() })
    }
}
