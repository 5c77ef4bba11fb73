use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, post};
use app::connections::{accept, decline, relax, reopen};
use app::{App, Error};
use model::{ConnectionId, FactKind};
use serde::Deserialize;

use super::{home, page_of};
use crate::Problem;
use crate::pages::Redirect;
use crate::session::{Form, Fresh, NoFields, Visit};

/// What is done to which connection.
#[derive(Debug, Deserialize)]
struct Act {
    connection: ConnectionId,
    verb: String,
}

/// Why, where somebody presses a button and is not asked.
const BY_PAGE: &str = "on the page of the connection";

/// Does what a button of the page says.
#[post("/o/{org}/settings/sign-in/connections/{connection}/do/{verb}")]
pub(super) async fn act(
    app: Data<App>,
    visit: Fresh<Visit>,
    path: Path<Act>,
    _form: Form<NoFields>,
) -> Result<HttpResponse, Problem> {
    let Fresh(visit) = visit;
    let (id, asked) = (path.connection, visit.request());
    let there = page_of(&visit.slug, id);
    let said = match path.verb.as_str() {
        "relax" => {
            app.change(asked, |planning| relax(planning, id, BY_PAGE)).await?;
            "Other sign-ins are honoured again."
        }
        "disable" => {
            app.disable_connection(asked, id, BY_PAGE).await?;
            "The connection is closed, and the sessions that came in by it have ended."
        }
        "reopen" => {
            app.change(asked, |planning| reopen(planning, id)).await?;
            "The connection is a draft again. Test it before people come in by it."
        }
        "accept" => {
            app.change(asked, |planning| accept(planning, id)).await?;
            "The proposed terms are in use."
        }
        "decline" => {
            app.change(asked, |planning| decline(planning, id)).await?;
            "The proposal is gone; nothing else was changed."
        }
        "key" => {
            if app.make_client_key(asked, id).await?.value.waits {
                "The new key waits for another owner or admin; the provider can read it already."
            } else {
                "The key is made and in use. The provider reads its public half at the address of the key set."
            }
        }
        "remove" => {
            app.remove_connection(asked, id).await?;
            return Ok(Redirect::to(home(&visit.slug)).saying("The connection is forgotten.").into());
        }
        _ => return Err(Error::NotFound(FactKind::Connection).into()),
    };
    Ok(Redirect::to(there).saying(said).into())
}
