//! What people see: complete HTML pages, rendered here, that work without a script.
//!
//! One page per file. `docs/PAGES.md` says how to add one.

mod ability;
mod account;
mod again;
pub(crate) mod agents;
mod assets;
mod audit;
mod both;
mod break_glass_notice;
mod chart;
mod confirm;
mod cookies;
mod cut;
mod directory;
mod error;
mod explore;
pub(crate) mod field;
pub(crate) mod filters;
mod find;
mod flash;
mod form_page;
mod gateways;
mod headers;
mod history;
mod invitations;
mod joining;
mod keyboard;
pub(crate) mod keys;
mod overview;
pub(crate) mod people;
mod picker;
mod picture;
mod query;
mod redirect;
mod render;
mod resend;
mod robots;
mod roles;
mod seal;
mod servers;
mod session_view;
mod settings;
mod shell;
pub(crate) mod shut;
pub(crate) mod sign_in;
mod signals;
mod theme;
mod tokens;
mod ways_in;
mod who;
mod workspaces;
mod zone;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, Next, from_fn};
use actix_web::web::{self, ServiceConfig};
use actix_web::{Error, HttpRequest};

pub use assets::Asset;
pub use confirm::{Confirm, Consequence};
pub use error::{error_page, wants_page};
pub use field::{Choice, Errors, FieldView};
pub use flash::{Flash, Tone};
pub use redirect::{Redirect, local};
pub use render::{page, page_with, part, secret_page};
pub use seal::Seal;
pub use shell::{Bare, Person, Place, Section, Shell, Visitor};
pub use theme::Theme;
pub use who::Who;
pub use zone::{Moment, Zone};

/// Mounts what pages load and every page. Comes last of all routes: what it wraps has no path of its own.
pub fn mount(config: &mut ServiceConfig) {
    config.service(assets::file);
    config.service(
        web::scope("")
            .wrap(from_fn(resend::keep_typed))
            .wrap(from_fn(shown_once))
            .wrap(Compress::default())
            .configure(configure),
    );
}

/// Mounts every page: one line for each folder.
fn configure(config: &mut ServiceConfig) {
    config.service(theme::choose);
    config.configure(chart::configure);
    config.configure(roles::configure);
    config.configure(servers::configure);
    config.configure(robots::configure);
    config.configure(workspaces::configure);
    config.configure(people::configure);
    config.service(find::find).service(keyboard::keyboard);
    settings::configure(config);
    config.configure(explore::configure);
    overview::configure(config);
    audit::configure(config);
    agents::configure(config);
    keys::configure(config);
    directory::configure(config);
    signals::configure(config);
    gateways::configure(config);
    invitations::configure(config);
    account::configure(config);
    joining::configure(config);
    sign_in::configure(config);
    ways_in::configure(config);
}

/// Takes the sentence of the page before back, once a page has shown it.
async fn shown_once<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let is_brought = Flash::is_brought(request.request());
    let mut response = next.call(request).await?;
    if is_brought && response.status().is_success() && !is_part(response.request()) {
        response.response_mut().add_cookie(&Flash::dropped())?;
    }
    Ok(response)
}

/// Whether the script asks for a part of a page that is there, and not a person for a page.
pub fn is_part(request: &HttpRequest) -> bool {
    request.headers().contains_key("x-part") || request.headers().contains_key("hx-request")
}
