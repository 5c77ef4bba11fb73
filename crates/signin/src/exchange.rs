//! Redeeming a code for tokens (RFC 6749, section 4.1.3).

use egress::{Egress, EgressError};
use http::header::CONTENT_TYPE;
use model::ClientAuthentication;
use oauth2::basic::{BasicErrorResponse, BasicErrorResponseType, BasicTokenType};
use oauth2::{
    AuthType, AuthorizationCode, Client, ClientId, ClientSecret, EndpointNotSet, EndpointSet,
    ExtraTokenFields, HttpRequest, HttpResponse, PkceCodeVerifier, RedirectUrl, RequestTokenError,
    StandardErrorResponse, StandardRevocableToken, StandardTokenIntrospectionResponse, StandardTokenResponse,
    TokenResponse, TokenUrl,
};
use serde::{Deserialize, Serialize};

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

/// What a code was redeemed for.
#[derive(Debug)]
pub(crate) struct Tokens {
    pub(crate) access: String,
    pub(crate) identity: Option<String>,
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
    if asked.terms.client.authentication == ClientAuthentication::PrivateKeyJwt {
        let proof = asked.secret.ok_or_else(|| SignInError::unusable("client", "its key was never made"))?;
        request = request
            .add_extra_param("client_assertion_type", ASSERTION)
            .add_extra_param("client_assertion", proof);
    }
    let answer = request.request_async(&|request| send(egress.clone(), request)).await.map_err(failed)?;
    Ok(Tokens {
        access: answer.access_token().secret().clone(),
        identity: answer.extra_fields().id_token.clone(),
    })
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
async fn send(egress: Egress, request: HttpRequest) -> Result<HttpResponse, EgressError> {
    let (head, body) = request.into_parts();
    let headers: Vec<(&str, &str)> =
        head.headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?))).collect();
    let answer = egress.post_bytes(&head.uri.to_string(), &headers, body).await?;
    let mut response = http::Response::builder().status(answer.status);
    if let Some(kind) = answer.header("content-type") {
        response = response.header(CONTENT_TYPE, kind);
    }
    response.body(answer.body).map_err(|_| EgressError::BrokenAnswer)
}

fn failed(error: RequestTokenError<EgressError, BasicErrorResponse>) -> SignInError {
    match error {
        RequestTokenError::Request(cause) => SignInError::Unreachable { what: WHAT, cause },
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
