use std::net::IpAddr;

use actix_web::HttpRequest;
use app::App;
use decision::Caller;
use model::OrganizationId;

use crate::session::secret_of;

/// What somebody came with, to be looked at again.
pub(crate) enum Credential {
    /// The secret of a session, and the name of the organization it was shown for.
    Session { secret: String, named: String },
    /// A management key, and from where.
    Key { token: String, address: Option<IpAddr> },
}

impl Credential {
    /// What a request came with. It has been looked at once already.
    pub(crate) fn of(request: &HttpRequest) -> Option<Self> {
        let header = request.headers().get("authorization");
        if let Some(shown) = header {
            let (_, token) = shown.to_str().ok()?.split_once(' ')?;
            let address = crate::address::client(request);
            return Some(Self::Key { token: token.trim().to_owned(), address });
        }
        let named = request.match_info().get("org").unwrap_or_default().to_owned();
        Some(Self::Session { secret: secret_of(request)?, named })
    }

    /// Who it proves now, in that organization. None: nobody any more.
    pub(crate) async fn caller(
        &self,
        app: &App,
        organization: OrganizationId,
    ) -> Result<Option<Caller>, app::Error> {
        match self {
            Self::Session { secret, named } => {
                let Some(found) = app.standing_session(secret).await? else { return Ok(None) };
                let place = app.place(&found.session, named).await?;
                Ok(place.filter(|place| place.organization.id == organization).map(|place| place.caller()))
            }
            Self::Key { token, address } => {
                let proven = app.engine.caller(token, *address).await;
                Ok(proven.ok().filter(|(of, _)| *of == organization).map(|(_, caller)| caller))
            }
        }
    }
}
