use decision::{Action, On};
use model::{Edit, Name, SignalStream, SignalStreamId};

use crate::plan::Checks;
use crate::{Error, Plan, Planning};

/// Each stream is a key set to fetch and to keep.
const STREAMS_LIMIT: usize = 10;
/// Longer than any issuer or address seen.
const TEXT_LIMIT: usize = 500;

/// A stream to be set up.
#[derive(Debug, Clone)]
pub struct NewStream {
    /// What people call it.
    pub name: Name,
    /// Who sends.
    pub issuer: String,
    /// To whom.
    pub audience: String,
    /// Where the sender's keys are.
    pub jwks_url: String,
}

/// Believes a transmitter from now on.
pub fn create(planning: &Planning<'_>, new: NewStream) -> Result<Plan<SignalStream>, Error> {
    let permit = planning.permit(Action::SignalStreamCreate, On::Organization)?;
    let created_by = planning.user().ok_or_else(|| Error::invalid("created_by", "no person asks"))?;
    if planning.facts.list_signal_streams(None).count() >= STREAMS_LIMIT {
        let detail = format!("there are {STREAMS_LIMIT} streams already; remove one first");
        return Err(Error::Conflict { code: "limit", detail });
    }
    let mut checks = Checks::default();
    for (field, text) in [("issuer", &new.issuer), ("audience", &new.audience), ("jwks_url", &new.jwks_url)] {
        if text.is_empty()
            || text.len() > TEXT_LIMIT
            || text.chars().any(|c| c.is_control() || c.is_whitespace())
        {
            checks.wrong(field, format!("expected 1 to {TEXT_LIMIT} characters without spaces"));
        }
    }
    if !new.jwks_url.starts_with("https://") && !new.jwks_url.starts_with("http://") {
        checks.wrong("jwks_url", "expected the address of a key set, such as `https://login.example/keys`");
    }
    checks.done()?;
    let stream = SignalStream {
        id: SignalStreamId::draw(planning.now, &mut planning.entropy()),
        name: new.name,
        issuer: new.issuer,
        audience: new.audience,
        jwks_url: new.jwks_url,
        created_at: planning.now,
        created_by,
    };
    Ok(Plan::new(permit, vec![Edit::create(stream.clone())], stream))
}
