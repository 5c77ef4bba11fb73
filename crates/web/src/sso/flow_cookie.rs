use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use app::App;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::Entropy;
use sha2::{Digest, Sha256};

/// What ties a sign-in to the browser that began it. `Lax`, because a person comes back from another site.
const COOKIE: &str = "__Host-answerable-flow";

/// A sign-in is over by then anyway.
const KEPT: Duration = Duration::minutes(10);

/// The shape of what is drawn: 32 bytes in base64.
const LENGTH: usize = 43;

/// What a browser holds while it signs in. One for all its tabs: each sign-in has a state of its own.
pub(super) struct Held(String);

impl Held {
    /// What the browser holds already, if it does.
    pub(super) fn read(request: &HttpRequest) -> Option<Self> {
        let value = request.cookie(COOKIE)?.value().to_owned();
        (value.len() == LENGTH).then_some(Self(value))
    }

    /// What it holds already, or something new.
    pub(super) fn read_or_draw(request: &HttpRequest, app: &App) -> Self {
        Self::read(request).unwrap_or_else(|| {
            let mut random = [0; 32];
            app.engine.world().entropy().fill(&mut random);
            Self(URL_SAFE_NO_PAD.encode(random))
        })
    }

    /// What is kept of it.
    pub(super) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// The cookie that holds it.
    pub(super) fn cookie(self) -> Cookie<'static> {
        Cookie::build(COOKIE, self.0)
            .path("/")
            .secure(true)
            .http_only(true)
            .same_site(SameSite::Lax)
            .max_age(KEPT)
            .finish()
    }
}
