//! How people prove on this installation itself who they are: for the first start, for organizations without a provider
//! of their own, and for the day when that provider is down.

mod break_glass;
mod hashing;
mod limit;
mod methods;
mod new_password;
mod passkey;
mod password;
mod recovery;
mod rules;
mod totp;

pub use break_glass::BREAK_GLASS_LIMIT;
pub use methods::{Methods, PasskeyView};
pub use passkey::{Begun, Passkeys};
pub use password::{NotSignedIn, Shown};
pub use recovery::RecoveryCodes;
pub use rules::{LONGEST_PASSWORD, SHORTEST_PASSWORD};
pub use totp::NewTotp;
