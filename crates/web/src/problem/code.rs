//! The one table: every error that leaves this program over HTTP, with its status and its stable code.

use actix_web::http::StatusCode;

macro_rules! codes {
    ($($variant:ident = $status:ident, $code:literal, $title:literal, $detail:literal;)+) => {
        /// What went wrong. The codes are stable: callers rely on them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = $title] $variant,)+
        }

        impl Code {
            /// Every code there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable code.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The HTTP status it is answered with.
            pub fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status,)+ }
            }

            /// What it is, in a few words.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }

            /// What is said about it where nothing more is known. For 5xx and 404: all that is ever said.
            pub fn detail(self) -> &'static str {
                match self { $(Self::$variant => $detail,)+ }
            }
        }
    };
}

codes! {
    Malformed = BAD_REQUEST, "malformed", "Malformed request", "The request could not be understood.";
    Invalid = BAD_REQUEST, "invalid", "Invalid request", "A field does not hold what it should.";
    Unauthorized = UNAUTHORIZED, "unauthorized", "Not authenticated", "A valid key is needed as a bearer token.";
    Forbidden = FORBIDDEN, "forbidden", "Not allowed", "You may not do this.";
    StepUpRequired = FORBIDDEN, "step_up_required", "Sign-in too long ago", "Prove again who you are, at `/step-up`, and then repeat this.";
    CrossSite = FORBIDDEN, "cross_site", "Sent from another site", "With a session, changes are accepted from this site's own pages only. Programs use a key.";
    FormExpired = FORBIDDEN, "form_expired", "Form of an earlier sign-in", "This form was opened before you signed in. Go back, load the page anew and send it again.";
    NotFound = NOT_FOUND, "not_found", "Not found", "There is nothing here, or nothing that is yours.";
    MethodNotAllowed = METHOD_NOT_ALLOWED, "method_not_allowed", "Method not allowed", "This address does not take that method.";
    Timeout = REQUEST_TIMEOUT, "timeout", "Request not sent in time", "The announced body did not arrive in time.";
    Conflict = CONFLICT, "conflict", "Conflict", "The thing is not in a state that allows this.";
    Upstream = FAILED_DEPENDENCY, "upstream", "Another server failed", "The server that was asked did not answer as it should.";
    RevisionNotReached = CONFLICT, "revision_not_reached", "Revision not reached", "The revision asked for has not been reached.";
    PreconditionFailed = PRECONDITION_FAILED, "precondition_failed", "Changed meanwhile", "It was changed since you read it. Read it again.";
    TooLarge = PAYLOAD_TOO_LARGE, "too_large", "Too large", "The body is larger than is accepted.";
    UnsupportedMediaType = UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", "Unsupported media type", "Send `application/json`.";
    IdempotencyKeyReused = UNPROCESSABLE_ENTITY, "idempotency_key_reused", "Idempotency key used before", "This idempotency key was used with another request.";
    PreconditionRequired = PRECONDITION_REQUIRED, "precondition_required", "Precondition required", "Send `If-Match` with the version that you read.";
    TooManyRequests = TOO_MANY_REQUESTS, "too_many_requests", "Too many requests", "The limit is reached. Try again later.";
    Internal = INTERNAL_SERVER_ERROR, "internal", "Internal error", "Something failed here. It has been logged under the request id.";
    Unavailable = SERVICE_UNAVAILABLE, "unavailable", "Not available", "This cannot be done at the moment.";
    LeaseExpired = SERVICE_UNAVAILABLE, "lease_expired", "No safe answer", "This node's facts may be too old to answer from.";
    RecorderUnavailable = SERVICE_UNAVAILABLE, "recorder_unavailable", "No safe answer", "The decision could not be recorded, so it is not given.";
    FactsUnavailable = SERVICE_UNAVAILABLE, "facts_unavailable", "No safe answer", "The facts cannot be read at the moment.";
}
