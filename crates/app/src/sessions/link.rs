use chrono::TimeDelta;
use decision::{Action, Caller, Means, On};
use model::{OrganizationId, Origin, Proof, SessionId, UserId};
use store::SignInLink;

use super::secret::{hash, is_shaped};
use super::{Browser, Opened, Secret, SignIn};
use crate::{App, Error, Plan, Planning, Request};

/// A link is used by the person who waits for it; a quarter of an hour is enough to carry it over.
pub const LINK_LENGTH: TimeDelta = TimeDelta::minutes(15);

impl App {
    /// Makes a link that signs a person in, once, within [`LINK_LENGTH`]. `honoured_by` is the organization that lets
    /// them in by it even while it demands its own provider.
    pub async fn sign_in_link(
        &self,
        user: UserId,
        honoured_by: Option<OrganizationId>,
    ) -> Result<Secret, Error> {
        let world = self.engine.world();
        let secret = Secret::draw(&mut world.entropy());
        let link = SignInLink { user, honoured_by, ends_at: world.now() + LINK_LENGTH };
        self.store.keep_link(&link, secret.hash()).await?;
        Ok(secret)
    }

    /// The operator's link for a member of an organization. That it was made is evidence in the organization, before
    /// there is one.
    pub async fn operators_link(&self, organization: OrganizationId, user: UserId) -> Result<Secret, Error> {
        let caller = Caller { principal: None, means: Means::Operator };
        let request = Request { caller, organization, home: None, if_match: None };
        let plan = |planning: &Planning<'_>| {
            let permit = planning.permit(Action::MemberSignInLink, On::Member(user))?;
            planning.active_member("user", user)?;
            Ok(Plan::new(permit, Vec::new(), ()))
        };
        self.change(request, plan).await?;
        self.sign_in_link(user, Some(organization)).await
    }

    /// Whom a link would sign in. Looking does not use it: mail programs look at links before people do.
    pub async fn link(&self, secret: &str) -> Result<Option<SignInLink>, Error> {
        if !is_shaped(secret) {
            return Ok(None);
        }
        Ok(self.store.link(hash(secret), self.engine.world().now()).await?)
    }

    /// Uses a link: the person is signed in. None: it was used before, is over, or never was.
    pub async fn redeem_link(
        &self,
        secret: &str,
        browser: Browser,
        instead_of: Option<SessionId>,
    ) -> Result<Option<Opened>, Error> {
        if !is_shaped(secret) {
            return Ok(None);
        }
        let now = self.engine.world().now();
        let Some(link) = self.store.redeem_link(hash(secret), now).await? else { return Ok(None) };
        let who = SignIn {
            user: link.user,
            origin: Origin::Local { honoured_by: link.honoured_by },
            proof: Proof::Link,
            amr: Vec::new(),
            acr: None,
            authenticated_at: None,
            provider_session: None,
            browser,
        };
        self.sign_in(who, instead_of).await.map(Some)
    }
}
