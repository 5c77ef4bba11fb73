//! One sentence for the next page, carried by a cookie that lives for a minute and is dropped when it is read.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::cookies;
use super::field::sentence;

const COOKIE: &str = "__Host-flash";
/// A redirect is followed at once; what is older belongs to something else.
const LIVES: Duration = Duration::minutes(1);
/// A sentence or two: cookies travel with every request.
const LONGEST: usize = 600;

/// What the next page says at its top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    /// How it is meant.
    pub tone: Tone,
    /// The sentence. Plain text.
    pub text: String,
}

/// How a sentence is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It is done.
    Done,
    /// It is done, and there is something to mind.
    Mind,
    /// It is not done.
    Failed,
}

impl Flash {
    /// It is not done, and why, in the words of an error.
    pub fn failed(why: &str) -> Self {
        Self { tone: Tone::Failed, text: sentence(why) }
    }

    /// What the page before left to say.
    pub(super) fn read(request: &HttpRequest) -> Option<Self> {
        let value = cookies::read(request, COOKIE)?;
        let (tone, text) = value.split_once('.')?;
        let tone = Tone::ALL.into_iter().find(|known| known.class() == tone)?;
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        Some(Self { tone, text })
    }

    pub(super) fn cookie(&self) -> Cookie<'static> {
        let text: String = self.text.chars().take(LONGEST).collect();
        Self::bake(format!("{}.{}", self.tone.class(), URL_SAFE_NO_PAD.encode(text)), LIVES)
    }

    /// Takes it back, once it was shown.
    pub(super) fn dropped() -> Cookie<'static> {
        Self::bake(String::new(), Duration::ZERO)
    }

    /// Whether a request brings one.
    pub(super) fn is_brought(request: &HttpRequest) -> bool {
        request.cookie(COOKIE).is_some()
    }

    fn bake(value: String, lives: Duration) -> Cookie<'static> {
        Cookie::build(COOKIE, value)
            .path("/")
            .secure(true)
            .http_only(true)
            .same_site(SameSite::Lax)
            .max_age(lives)
            .finish()
    }
}

impl Tone {
    const ALL: [Self; 3] = [Self::Done, Self::Mind, Self::Failed];

    /// Its class in the stylesheet.
    pub fn class(self) -> &'static str {
        match self {
            Self::Done => "allow",
            Self::Mind => "wait",
            Self::Failed => "deny",
        }
    }

    /// Its icon.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Done => "circle-check",
            Self::Mind => "info",
            Self::Failed => "triangle-alert",
        }
    }
}
