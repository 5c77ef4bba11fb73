//! The first start: a database without an organization is set up from a page, by whoever reads what is printed here.

use app::App;

use crate::failure::Failure;

/// Prints a link that sets up the first organization, once, where there is none. On the standard output and not into
/// the log, which is kept and read by more people than the terminal.
pub(crate) async fn print_link(app: &App, public_url: &str) -> Result<(), Failure> {
    let Some(secret) = app.first_start_link().await? else { return Ok(()) };
    println!(
        "There is no organization yet. Whoever opens this link sets up the first one, once, within a day:"
    );
    println!("ANSWERABLE_SET_UP_LINK={}/start/{}", public_url.trim_end_matches('/'), secret.expose());
    tracing::info!("no organization yet: a link to set up the first one is on the standard output");
    Ok(())
}
