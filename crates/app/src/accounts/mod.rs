//! How people prove on this installation itself who they are: for the first start, for organizations without a provider
//! of their own, and for the day when that provider is down.

mod breaches;
mod break_glass;
mod break_glass_letter;
mod common_passwords;
mod hashing;
mod last_way_in;
mod limit;
mod methods;
mod new_password;
mod passkey;
mod password;
mod past_the_provider;
mod recovery;
mod remove_method;
mod rules;
mod totp;

pub use breaches::Breaches;
pub use break_glass::{BREAK_GLASS_LIMIT, BreakGlass};
pub use methods::{Methods, PasskeyView};
pub use passkey::{Begun, Passkeys};
pub use password::{NotSignedIn, Shown};
pub use recovery::RecoveryCodes;
pub use rules::{LONGEST_PASSWORD, SHORTEST_PASSWORD};
pub use totp::NewTotp;

pub(crate) use break_glass::full;
pub(crate) use last_way_in::Stake;
