//! Which transmitters are believed, and how each has fared.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use app::App;
use app::signals::StreamStanding;
use askama::Template;
use decision::{Action, On};
use model::{Delivery, SignalStream, Timestamp};

use crate::Problem;
use crate::api::signal_streams::push_url;
use crate::gateways::GatewayState;
use crate::pages::ability::Ability;
use crate::pages::{Section, Shell, filters, page};
use crate::session::Visit;

#[derive(Template)]
#[template(path = "signals/list.html")]
struct Page {
    shell: Shell,
    streams: Vec<Row>,
    create: Ability,
    remove: Ability,
}

/// A stream.
struct Row {
    id: String,
    name: String,
    issuer: String,
    audience: String,
    way: Way,
    heard_at: Option<Timestamp>,
    failure: Option<(Timestamp, String)>,
    tries: u64,
}

/// How its signals come, and where.
enum Way {
    Push(String),
    Poll(String),
}

/// The page.
#[get("/o/{org}/settings/signals")]
pub(super) async fn list(
    request: HttpRequest,
    app: Data<App>,
    gateways: Data<GatewayState>,
    visit: Visit,
) -> Result<HttpResponse, Problem> {
    let reading = app.read(visit.caller, visit.organization).await?;
    reading.check(Action::SignalStreamRead, On::Organization)?;
    let mut standings = app.stream_standings(visit.organization).await?;
    let row = |stream: &std::sync::Arc<SignalStream>| {
        let standing = standings.remove(&stream.id).unwrap_or_default();
        Row::of(&gateways.public_url, &visit.slug, stream, standing)
    };
    page(&Page {
        streams: reading.facts.list_signal_streams(None).map(row).collect(),
        create: Ability::of(&reading, Action::SignalStreamCreate, On::Organization),
        remove: Ability::of(&reading, Action::SignalStreamRemove, On::Organization),
        shell: Shell::of(&request, &visit, &reading.facts, Section::Settings),
    })
}

impl Row {
    fn of(public_url: &str, slug: &str, stream: &SignalStream, standing: StreamStanding) -> Self {
        let way = match &stream.delivery {
            Delivery::Push { .. } => Way::Push(push_url(public_url, slug, stream).unwrap_or_default()),
            Delivery::Poll { url, .. } => Way::Poll(url.clone()),
        };
        Self {
            id: stream.id.to_string(),
            name: stream.name.to_string(),
            issuer: stream.issuer.clone(),
            audience: stream.audience.clone(),
            way,
            heard_at: standing.heard_at,
            failure: standing.failure,
            tries: standing.failures,
        }
    }
}
