//! What is done with servers and their tools.

mod add_tool;
mod ask;
mod create;
mod definition;
mod drift;
mod import;
mod permit;
mod remove;
mod review;
mod take_in;
mod title;
mod update;
mod update_tool;
mod url;

pub use add_tool::{NewTool, add_tool};
pub use create::{NewServer, create};
pub use definition::Definition;
pub use drift::{Drifted, drifted};
pub use import::Import;
pub use remove::remove;
pub use review::review;
pub use take_in::{Imported, ImportedTool, Outcome, Skipped};
pub use update::{ServerPatch, update};
pub use update_tool::{ToolPatch, update_tool};
pub use url::ServerUrl;

use model::{Server, ServerId};

use crate::{Error, Planning};

/// The server, if it may still be called; what was taken out of use is not changed any more.
pub(crate) fn in_use<'a>(planning: &Planning<'a>, id: ServerId) -> Result<&'a Server, Error> {
    let server = planning.server(id)?;
    if server.is_active() {
        return Ok(server);
    }
    Err(Error::Conflict { code: "state", detail: "the server was taken out of use".to_owned() })
}
