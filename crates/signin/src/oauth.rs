//! Finishing a sign-in through a provider of plain OAuth 2.0, as GitHub speaks it: there is no token about the person, so
//! who it is, is asked of the provider's API over the same door.

use model::Endpoints;
use serde_json::Value;

use crate::{Asked, Claims, Person, Returned, Secrets, SignIn, SignInError, exchange, userinfo};

impl SignIn {
    /// Finishes a sign-in: redeems the code and asks who it is.
    ///
    /// The subject is the number that the provider gave the account: names there are given up and taken by others.
    pub async fn finish_oauth(
        &self,
        asked: &Asked<'_>,
        endpoints: &Endpoints,
        returned: &Returned,
        secrets: &Secrets,
    ) -> Result<Person, SignInError> {
        let code = returned.code(&asked.terms.issuer, false)?;
        let tokens = exchange::redeem(&self.egress, asked, &endpoints.token, code, &secrets.verifier).await?;
        let user = userinfo::ask(&self.egress, asked.tenant, &endpoints.user, &tokens.access).await?;
        let Value::Object(user) = user else {
            return Err(SignInError::unusable("description of you", "it is not an object"));
        };
        let claims = Claims(user);
        let subject = match claims.0.get("id") {
            Some(Value::Number(id)) if id.is_u64() => id.to_string(),
            _ => return Err(SignInError::Untrusted("it does not say who you are")),
        };
        let address = match &endpoints.emails {
            Some(emails) => {
                let said = userinfo::ask(&self.egress, asked.tenant, emails, &tokens.access).await?;
                verified_primary(&said)
            }
            None => None,
        };
        Ok(Person {
            issuer: asked.terms.issuer.clone(),
            subject,
            name: asked.named(&claims, "login"),
            address_is_verified: address.is_some(),
            address,
            groups: None,
            amr: Vec::new(),
            acr: None,
            proven_at: None,
            session: None,
            kept: None,
            claims,
        })
    }
}

/// The one address that is primary and verified. What the profile shows is whatever its owner typed there.
fn verified_primary(emails: &Value) -> Option<String> {
    let is = |email: &&Value, name: &str| email.get(name) == Some(&Value::Bool(true));
    let found = emails.as_array()?.iter().find(|email| is(email, "primary") && is(email, "verified"))?;
    found.get("email")?.as_str().map(ToOwned::to_owned)
}
