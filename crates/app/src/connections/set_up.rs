use chrono::TimeDelta;
use decision::{Action, Caller, Means, On};
use model::{ClientAuthentication, Connection, ConnectionId, ConnectionState, OrganizationId, PrincipalId};
use store::SetupLink;
use uuid::Uuid;

use super::{CheckedTerms, ConnectionPatch, update};
use crate::sessions::Secret;
use crate::single_sign_on::hash;
use crate::{App, Error, Request};

/// A week, because an IT department has a queue.
const LENGTH: TimeDelta = TimeDelta::days(7);

/// The organization's part of a link: a UUID in plain digits.
const TENANT_DIGITS: usize = 32;

/// A connection that a link sets up.
#[derive(Debug, Clone)]
pub struct SettingUp {
    /// Whose.
    pub organization: OrganizationId,
    /// What people call that organization.
    pub organization_name: String,
    /// The connection.
    pub connection: Connection,
    link: SetupLink,
}

impl App {
    /// Makes a link by which somebody who is no member fills in what a draft needs, once, and nothing else. Only the hash
    /// of its secret is kept; a new link takes the place of the old.
    pub async fn setup_link(&self, request: Request, id: ConnectionId) -> Result<String, Error> {
        let organization = request.organization;
        let reading = self.read(request.caller, organization).await?;
        self.require(&reading, Action::ConnectionUpdate, On::Connection(id)).await?;
        let Some(PrincipalId::User(created_by)) = request.caller.principal else { return Err(over()) };
        let draft = reading.facts.connection(id).filter(|connection| is_draft(connection));
        draft.ok_or_else(|| Error::Conflict {
            code: "state",
            detail: "only a draft is set up by a link; people come in by this connection".to_owned(),
        })?;
        let world = self.engine.world();
        let secret = Secret::draw(&mut world.entropy());
        let token = format!("{}{}", organization.uuid().simple(), secret.expose());
        let link = SetupLink { connection: id, created_by, expires_at: world.now() + LENGTH };
        self.store.keep_setup_link(organization, hash(&token), link, world.now()).await?;
        Ok(format!("{}/set-up/{token}", self.public_url))
    }

    /// What a link sets up. One that is over, was used or never was, is told alike.
    pub async fn setting_up(&self, token: &str) -> Result<SettingUp, Error> {
        let digits =
            token.get(..TENANT_DIGITS).and_then(|digits| Uuid::try_parse(digits).ok()).ok_or_else(over)?;
        let organization = OrganizationId::from_uuid(digits);
        let link = self.store.setup_link(organization, hash(token)).await?.ok_or_else(over)?;
        let facts = self.engine.replica().hold(organization).await?;
        let connection = facts.connection(link.connection).filter(|connection| is_draft(connection));
        let connection =
            connection.filter(|_| link.expires_at > self.engine.world().now()).ok_or_else(over)?;
        let name = facts.organization().map(|organization| organization.name.to_string());
        Ok(SettingUp {
            organization,
            organization_name: name.unwrap_or_default(),
            connection: Connection::clone(connection),
            link,
        })
    }

    /// Fills in what the draft needs, in the name of whoever gave the link out and may still do it themselves; the link
    /// is used up by it, in one transaction, so that it still counts where this fails. It stays a draft: an owner or
    /// administrator tests it.
    pub async fn set_up(&self, token: &str, terms: CheckedTerms, secret: Option<&str>) -> Result<(), Error> {
        let setting = self.setting_up(token).await?;
        let (organization, id) = (setting.organization, setting.connection.id);
        // Where we prove ourselves by a key, it is ours to make, whatever was typed as a secret.
        let has_key = terms.authentication() == ClientAuthentication::PrivateKeyJwt;
        let key = has_key.then(|| signin::ClientKey::make(&mut self.engine.world().entropy()));
        let secret = match key.as_ref().map(|key| key.as_str()).or(secret) {
            Some(secret) => Some(self.keep_client_secret(organization, id, secret).await?),
            None => None,
        };
        let caller =
            Caller { principal: Some(PrincipalId::User(setting.link.created_by)), means: Means::Session };
        let request = Request { caller, organization, home: None, if_match: None };
        let wanted = ConnectionPatch { name: None, terms: Some(terms), secret };
        let note = "filled in by the set-up link that this person gave out".to_owned();
        let link = hash(token);
        let filled = self.change(request, |planning| {
            if !is_draft(planning.connection(id)?) {
                return Err(over());
            }
            update(planning, id, wanted).map(|plan| plan.because(note).using_up(link))
        });
        let filled = filled.await;
        if let (Err(_), Some(kept)) = (&filled, secret) {
            self.store.forget_unused_client_secret(organization, kept).await?;
        }
        filled.map(drop)
    }
}

fn is_draft(connection: &Connection) -> bool {
    matches!(connection.state, ConnectionState::Draft)
}

/// What somebody is told whose link does nothing any more.
pub(crate) fn over() -> Error {
    let detail = "this link is over or was used; ask whoever gave it to you for another";
    Error::Conflict { code: "link_over", detail: detail.to_owned() }
}
