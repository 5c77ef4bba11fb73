//! The pages in a real Chromium: what holds of each of them, and what people do on them, with and without a script.

mod empty;
mod errors;
mod gates;
mod journeys;
mod lighthouse;
mod live;
mod matrix;
mod odd;
mod palette;
mod places;
mod screens;
mod sitting;
mod stage;

use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

/// What is timed must be alone in the browser; everything else may share it.
static QUIET: RwLock<()> = RwLock::const_new(());

/// For tests that do not mind others.
async fn beside_others() -> RwLockReadGuard<'static, ()> {
    QUIET.read().await
}

/// For tests that time.
async fn alone() -> RwLockWriteGuard<'static, ()> {
    QUIET.write().await
}
