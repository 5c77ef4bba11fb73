use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::web::{Data, JsonConfig, PathConfig, PayloadConfig, QueryConfig};
use actix_web::{App as ActixApp, HttpServer};
use app::App;
use app::accounts::Passkeys;
use chrono::TimeDelta;
use utoipa_actix_web::AppExt;

use crate::address::Proxies;
use crate::gateways::{GatewayState, Limits};
use crate::openapi::Document;
use crate::problem::{json_error, not_found, path_error, query_error};
use crate::request_id::request_ids;
use crate::session::{Anonymous, Site};
use crate::watching::{Closing, Seats};

/// A client gets so long to send its request line and headers: a slow one must not hold a place for ever.
const HEADERS_WITHIN: Duration = Duration::from_secs(5);
/// Gateways keep connections open between calls; a minute bridges quiet moments.
const KEEP_ALIVE: Duration = Duration::from_mins(1);
/// What is being answered when the program stops may take so long to finish, in seconds.
const DRAIN_SECONDS: u64 = 10;

/// Which part of the routes a process answers. Health and the API's description are always among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    All,
    /// The management API.
    Management,
    /// What gateways ask.
    Enforcement,
}

/// How long the end of an organization can be undone.
#[derive(Debug, Clone, Copy)]
pub struct UndoWindow(pub TimeDelta);

/// Who may come to this installation, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignUp {
    /// Anybody may begin an organization of their own.
    Open,
    /// People come by invitation of an organization.
    Invitation,
    /// Only people who are known already may accept an invitation.
    Closed,
}

/// The slug of the organization that the demo made up. None: no demo is run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Demo(pub Option<&'static str>);

/// How to serve.
pub struct Serving {
    /// Which part of the routes.
    pub part: Part,
    /// The use cases.
    pub app: App,
    /// The address that the outside knows this server by, without a slash at the end.
    pub public_url: String,
    /// The largest body that is read, in bytes.
    pub max_body_bytes: usize,
    /// How long the end of an organization can be undone.
    pub undo_window: UndoWindow,
    /// Who may come, and how.
    pub sign_up: SignUp,
    /// Whether this is the demo.
    pub demo: Demo,
    /// How many threads answer. 0: one for each core.
    pub workers: usize,
    /// What one address may ask for without being signed in.
    pub anonymous: Anonymous,
    /// Who is believed when they say where a request comes from.
    pub proxies: Proxies,
    /// Whether the program is about to stop: connections that would stay open are ended then.
    pub closing: Closing,
}

/// Serves on a listener until told to stop; then finishes what it has begun.
pub fn serve(listener: TcpListener, serving: Serving) -> io::Result<Server> {
    let Serving {
        part,
        app,
        public_url,
        max_body_bytes,
        undo_window,
        sign_up,
        demo,
        workers,
        anonymous,
        proxies,
        closing,
    } = serving;
    let world = app.engine.world().clone();
    let document = Data::new(Document(crate::openapi().to_pretty_json().unwrap_or_default()));
    let engine = Data::new(Arc::clone(&app.engine));
    let limits = Limits { max_body_bytes, ..Limits::default() };
    let site = Data::new(Site::new(&public_url));
    let passkeys = Data::new(Passkeys::new(&public_url));
    let gateways = Data::new(GatewayState { engine: Arc::clone(&app.engine), limits, public_url });
    let (undo_window, sign_up, demo) = (Data::new(undo_window), Data::new(sign_up), Data::new(demo));
    let (anonymous, proxies) = (Data::new(anonymous), Data::new(proxies));
    let (closing, seats) = (Data::new(closing), Data::new(Seats::default()));
    let app = Data::new(app);
    let mut server = HttpServer::new(move || {
        ActixApp::new()
            .into_utoipa_app()
            .app_data(app.clone())
            .app_data(engine.clone())
            .app_data(gateways.clone())
            .app_data(undo_window.clone())
            .app_data(sign_up.clone())
            .app_data(demo.clone())
            .app_data(site.clone())
            .app_data(passkeys.clone())
            .app_data(anonymous.clone())
            .app_data(proxies.clone())
            .app_data(closing.clone())
            .app_data(seats.clone())
            .app_data(document.clone())
            .app_data(PayloadConfig::new(max_body_bytes))
            .app_data(JsonConfig::default().limit(max_body_bytes).error_handler(json_error))
            .app_data(PathConfig::default().error_handler(path_error))
            .app_data(QueryConfig::default().error_handler(query_error))
            .configure(move |config| crate::mount_part(config, part))
            .default_service(actix_web::web::route().to(not_found))
            .into_app()
            .wrap(request_ids(world.clone()))
    })
    .client_request_timeout(HEADERS_WITHIN)
    .keep_alive(KEEP_ALIVE)
    .shutdown_timeout(DRAIN_SECONDS)
    // Signals are the program's: it flushes the recorder after the last answer.
    .disable_signals();
    if workers > 0 {
        server = server.workers(workers);
    }
    Ok(server.listen(listener)?.run())
}
