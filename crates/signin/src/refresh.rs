//! Asking a provider again about somebody whose session goes on (OpenID Connect Core, section 12).

use std::fmt;

use model::Timestamp;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::exchange::{self, NotRedeemed, Tokens};
use crate::jws::Token;
use crate::oidc::person;
use crate::{Asked, Claims, Groups, Metadata, Person, SignIn, SignInError, id_token};

/// No provider gives a longer refresh token, and no row has to hold one.
const LONGEST: usize = 16 << 10;

/// What of a sign-in is kept with the session that it began: what opens the provider's answers, so nothing shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept {
    /// The last identity token.
    pub identity: Zeroizing<String>,
    /// What the provider is asked again with, where it gave something.
    pub refresh: Option<Zeroizing<String>>,
}

/// What a provider answered when it was asked again.
#[derive(Debug)]
pub struct Refreshed {
    /// What is kept from now on. A refresh token is used up by being used, whatever else was answered.
    pub kept: Kept,
    /// What it says of the person.
    pub said: Said,
}

/// What a provider says of somebody between two sign-ins.
#[derive(Debug)]
pub enum Said {
    /// They are who they were; what they are besides is as at a sign-in.
    Person(Box<Person>),
    /// Their sign-in still counts, and no more than that.
    Nothing,
    /// Somebody else.
    Another,
    /// It could not be learnt, or is not to be believed.
    Unknown(SignInError),
}

/// Why a provider said nothing.
#[derive(Debug)]
pub enum NotRefreshed {
    /// It says that the sign-in counts no more, in its words.
    Ended(String),
    /// There is nothing to ask with, or it was another provider's or another client's, and is shown to no other.
    OtherTerms,
    /// It could not be asked, or answered otherwise.
    Failed(SignInError),
}

impl Kept {
    pub(crate) fn new(identity: Zeroizing<String>, refresh: Option<Zeroizing<String>>) -> Self {
        Self { identity, refresh: refresh.filter(|token| token.len() <= LONGEST) }
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").field("can_be_refreshed", &self.refresh.is_some()).finish_non_exhaustive()
    }
}

impl From<NotRedeemed> for NotRefreshed {
    fn from(error: NotRedeemed) -> Self {
        match error {
            NotRedeemed::Ended(said) => Self::Ended(said),
            NotRedeemed::Failed(error) => Self::Failed(error),
        }
    }
}

impl From<SignInError> for NotRefreshed {
    fn from(error: SignInError) -> Self {
        Self::Failed(error)
    }
}

impl SignIn {
    /// Asks the provider again, with what was kept: whether the sign-in still counts, and what it says of the person now.
    pub async fn refresh(
        &self,
        asked: &Asked<'_>,
        kept: &Kept,
        now: Timestamp,
    ) -> Result<Refreshed, NotRefreshed> {
        let before = asked.claims_of(&kept.identity).ok_or(NotRefreshed::OtherTerms)?;
        let token = kept.refresh.as_ref().ok_or(NotRefreshed::OtherTerms)?;
        let metadata = self.discover(asked, now).await?;
        let tokens = exchange::refresh(&self.egress, asked, &metadata.token_endpoint, token).await?;
        let said = self.said(asked, &metadata, &before, &tokens, now).await;
        let said = said.unwrap_or_else(Said::Unknown);
        // Only what is believed says anything at the provider's sign-out; what was kept before still does.
        let believed = tokens.identity.as_ref().filter(|_| matches!(said, Said::Person(_)));
        let identity = believed.unwrap_or(&kept.identity).clone();
        // Where it gives no further one, the same goes on.
        let refresh = tokens.refresh.clone().or_else(|| kept.refresh.clone());
        Ok(Refreshed { kept: Kept::new(identity, refresh), said })
    }

    async fn said(
        &self,
        asked: &Asked<'_>,
        metadata: &Metadata,
        before: &Claims,
        tokens: &Tokens,
        now: Timestamp,
    ) -> Result<Said, SignInError> {
        let Some(identity) = &tokens.identity else {
            return self.said_beside(asked, metadata, before, &tokens.access).await;
        };
        let token = Token::parse(identity)?;
        let keys = self.keys_for(asked, metadata, &token, now).await?;
        let claims = id_token::verify_again(&token, &keys, before, now)?;
        if claims.subject()? != before.subject()? {
            return Ok(Said::Another);
        }
        let claims = self.describe(asked, metadata, &tokens.access, claims).await?;
        let groups = self.groups(asked, &tokens.access, &claims).await?;
        Ok(Said::Person(Box::new(person(asked, &claims, groups, None)?)))
    }

    /// What the provider says where a refresh brings no identity token, which it need not. Groups that stood in the token
    /// are not among it: that nothing is said of them is no word for being in none.
    async fn said_beside(
        &self,
        asked: &Asked<'_>,
        metadata: &Metadata,
        before: &Claims,
        access: &str,
    ) -> Result<Said, SignInError> {
        if metadata.userinfo_endpoint.is_none() {
            return Ok(Said::Nothing);
        }
        let who = |name: &str| before.0.get(name).map(|value| (name.to_owned(), value.clone()));
        let known: Map<String, Value> = ["iss", "sub"].into_iter().filter_map(who).collect();
        let claims = self.describe(asked, metadata, access, Claims(known)).await?;
        let claim = asked.terms.mapping.groups_claim.as_deref();
        let groups = match claim.map(|claim| claims.groups(claim)) {
            None | Some(Groups::Unsaid) => None,
            Some(_) => self.groups(asked, access, &claims).await?,
        };
        Ok(Said::Person(Box::new(person(asked, &claims, groups, None)?)))
    }
}

impl Asked<'_> {
    /// Whether an identity token that was kept is of this provider and for this client: nobody else gets to see it.
    pub(crate) fn made(&self, token: &str) -> bool {
        self.claims_of(token).is_some()
    }

    /// What such a token says.
    fn claims_of(&self, token: &str) -> Option<Claims> {
        let claims = Claims(Token::parse(token).ok()?.read()?);
        let (issuer, client) = (&self.terms.issuer, &self.terms.client.id);
        id_token::issued_for_us(&claims, issuer, client).is_ok().then_some(claims)
    }
}
