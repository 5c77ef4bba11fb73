//! Redeeming a code for tokens, and one refresh token for the next (RFC 6749, sections 4.1.3 and 6).

use egress::Egress;
use http::header::CONTENT_TYPE;
use model::ClientAuthentication;
use oauth2::basic::{BasicErrorResponse, BasicErrorResponseType, BasicTokenType};
use oauth2::{
    AuthType, AuthorizationCode, Client, ClientId, ClientSecret, EndpointNotSet, EndpointSet,
    ExtraTokenFields, HttpRequest, HttpResponse, PkceCodeVerifier, RedirectUrl, RefreshToken,
    RequestTokenError, StandardErrorResponse, StandardRevocableToken, StandardTokenIntrospectionResponse,
    StandardTokenResponse, TokenResponse, TokenUrl,
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::error::said;
use crate::{Asked, SignInError};

const WHAT: &str = "tokens";

/// RFC 7523, section 2.2.
const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What comes beside the access token.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Beside {
    id_token: Option<String>,
}

impl ExtraTokenFields for Beside {}

type Answer = StandardTokenResponse<Beside, BasicTokenType>;
type Asker = Client<
    BasicErrorResponse,
    Answer,
    StandardTokenIntrospectionResponse<Beside, BasicTokenType>,
    StandardRevocableToken,
    StandardErrorResponse<oauth2::RevocationErrorResponseType>,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// What a code or a refresh token was redeemed for. Nobody writes it down: it has no `Debug`.
pub(crate) struct Tokens {
    pub(crate) access: Zeroizing<String>,
    pub(crate) identity: Option<Zeroizing<String>>,
    pub(crate) refresh: Option<Zeroizing<String>>,
}

impl Tokens {
    fn of(answer: &Answer) -> Self {
        let refresh = answer.refresh_token().map(RefreshToken::secret);
        Self {
            access: Zeroizing::new(answer.access_token().secret().clone()),
            identity: answer.extra_fields().id_token.clone().map(Zeroizing::new),
            refresh: refresh.filter(|token| !token.is_empty()).cloned().map(Zeroizing::new),
        }
    }
}

/// Why a refresh token was not redeemed.
pub(crate) enum NotRedeemed {
    /// The provider says that it counts no more, in its words: the person, their session or their consent has gone.
    Ended(String),
    /// It could not be asked, or answered otherwise.
    Failed(SignInError),
}

/// What a client shows beside a token or a code, where a key of ours proves who we are.
pub(crate) fn assertion<'a>(asked: &Asked<'a>) -> Result<Option<[(&'static str, &'a str); 2]>, SignInError> {
    if asked.terms.client.authentication != ClientAuthentication::PrivateKeyJwt {
        return Ok(None);
    }
    let proof = asked.secret.ok_or_else(|| SignInError::unusable("client", "its key was never made"))?;
    Ok(Some([("client_assertion_type", ASSERTION), ("client_assertion", proof)]))
}

/// Redeems a code at the provider's own endpoint.
pub(crate) async fn redeem(
    egress: &Egress,
    asked: &Asked<'_>,
    endpoint: &str,
    code: &str,
    verifier: &str,
) -> Result<Tokens, SignInError> {
    let _turn = egress.turn(asked.tenant).map_err(SignInError::unreachable(WHAT))?;
    let client = client(asked, endpoint)?;
    let mut request = client
        .exchange_code(AuthorizationCode::new(code.to_owned()))
        .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()));
    for (name, value) in assertion(asked)?.into_iter().flatten() {
        request = request.add_extra_param(name, value);
    }
    let answer = request.request_async(&|request| send(egress.clone(), request)).await.map_err(failed)?;
    Ok(Tokens::of(&answer))
}

/// Redeems a refresh token at the provider's own endpoint. It asks for what was granted and nothing else.
pub(crate) async fn refresh(
    egress: &Egress,
    asked: &Asked<'_>,
    endpoint: &str,
    token: &str,
) -> Result<Tokens, NotRedeemed> {
    let _turn = egress.turn(asked.tenant).map_err(SignInError::unreachable(WHAT))?;
    let client = client(asked, endpoint)?;
    let token = RefreshToken::new(token.to_owned());
    let mut request = client.exchange_refresh_token(&token);
    for (name, value) in assertion(asked)?.into_iter().flatten() {
        request = request.add_extra_param(name, value);
    }
    let answer = request.request_async(&|request| send(egress.clone(), request)).await;
    answer.map(|answer| Tokens::of(&answer)).map_err(not_redeemed)
}

fn client(asked: &Asked<'_>, endpoint: &str) -> Result<Asker, SignInError> {
    let wrong = |_| SignInError::unusable("token endpoint", "it is not a URL");
    let terms = &asked.terms.client;
    let way = match terms.authentication {
        ClientAuthentication::Basic => AuthType::BasicAuth,
        _ => AuthType::RequestBody,
    };
    let client: Asker = Client::new(ClientId::new(terms.id.clone()))
        .set_token_uri(TokenUrl::new(endpoint.to_owned()).map_err(wrong)?)
        .set_redirect_uri(RedirectUrl::new(asked.redirect.to_owned()).map_err(wrong)?)
        .set_auth_type(way);
    match (terms.authentication, asked.secret) {
        (ClientAuthentication::None | ClientAuthentication::PrivateKeyJwt, _) => Ok(client),
        (_, Some(secret)) => Ok(client.set_client_secret(ClientSecret::new(secret.to_owned()))),
        (_, None) => Err(SignInError::unusable("client", "its secret was never entered")),
    }
}

/// The request that `oauth2` made, through the checked door.
///
/// A provider that has failed says nothing about anybody, whatever stands in its answer.
async fn send(egress: Egress, request: HttpRequest) -> Result<HttpResponse, SignInError> {
    let (head, body) = request.into_parts();
    let headers: Vec<(&str, &str)> =
        head.headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?))).collect();
    let answer = egress.post_bytes(&head.uri.to_string(), &headers, body).await;
    let answer = answer.map_err(SignInError::unreachable(WHAT))?;
    if answer.status >= 500 {
        return Err(SignInError::unusable(WHAT, format!("it answered with status {}", answer.status)));
    }
    let mut response = http::Response::builder().status(answer.status);
    if let Some(kind) = answer.header("content-type") {
        response = response.header(CONTENT_TYPE, kind);
    }
    response.body(answer.body).map_err(|_| SignInError::unusable(WHAT, "the answer is not HTTP"))
}

fn not_redeemed(error: Failure) -> NotRedeemed {
    match &error {
        RequestTokenError::ServerResponse(response)
            if *response.error() == BasicErrorResponseType::InvalidGrant =>
        {
            let described = response.error_description().map(String::as_str);
            NotRedeemed::Ended(said(response.error().as_ref(), described))
        }
        _ => failed(error).into(),
    }
}

impl From<SignInError> for NotRedeemed {
    fn from(error: SignInError) -> Self {
        Self::Failed(error)
    }
}

type Failure = RequestTokenError<SignInError, BasicErrorResponse>;

fn failed(error: Failure) -> SignInError {
    match error {
        RequestTokenError::Request(cause) => cause,
        RequestTokenError::ServerResponse(response) => {
            // What is wrong with us is for the administrator, not for the person: they did nothing wrong.
            if *response.error() == BasicErrorResponseType::InvalidClient {
                return SignInError::unusable("client", "the provider does not accept its id and secret");
            }
            let code = response.error().as_ref().to_owned();
            SignInError::refused(&code, response.error_description().map(String::as_str))
        }
        RequestTokenError::Parse(..) => {
            SignInError::unusable(WHAT, "the answer is not the JSON it has to be")
        }
        RequestTokenError::Other(_) => SignInError::unusable(WHAT, "the answer is empty"),
    }
}
