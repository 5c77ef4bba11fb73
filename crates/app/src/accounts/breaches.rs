//! Whether a password is among the leaked ones (security.md S8), asked in a way that tells nobody the password.

use std::fmt::Write;
use std::time::Duration;

use egress::{Egress, Limits};
use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

/// A person waits, and the answer is no condition for going on.
const PATIENCE: Limits = Limits {
    connect: Duration::from_secs(3),
    total: Duration::from_secs(8),
    // A range has some 1,000 lines of 40 bytes; with padding of the kind that is asked for it is not twice that.
    body_bytes: 256 << 10,
};

/// Of the 40 digits of a hash, so many are told: about one password in a million has them too (k-anonymity).
const TOLD: usize = 5;

/// Where it is asked whether a password was leaked: a service that gives the rest of every hash with certain first
/// digits, as Have I Been Pwned does.
#[derive(Debug, Clone, Default)]
pub struct Breaches {
    /// The address that the first digits are put behind.
    ranges: Option<String>,
}

impl Breaches {
    /// Nobody is asked.
    pub fn unasked() -> Self {
        Self::default()
    }

    /// Asks there: the address up to the first digits of the hash.
    pub fn at(ranges: impl Into<String>) -> Self {
        Self { ranges: Some(ranges.into()) }
    }

    /// Whether a password is known to have leaked. Where nobody is asked, or nobody answers, it is not: people must be
    /// able to set a password while somebody else's service is down. The log says so then.
    pub(super) async fn know(&self, egress: &Egress, password: &str) -> bool {
        let Some(ranges) = &self.ranges else { return false };
        let hash = digits(password);
        let Some((told, kept)) = hash.split_at_checked(TOLD) else { return false };
        let url = format!("{ranges}{told}");
        // Padding makes all answers about equally long, so that their length tells nothing of the digits.
        let asked = egress.clone().with_limits(PATIENCE).get(&url, &[("add-padding", "true")]).await;
        let failure = match asked {
            Ok(answer) if answer.status == 200 => return has(&answer.body, kept),
            Ok(answer) => format!("it answered {}", answer.status),
            Err(error) => error.to_string(),
        };
        tracing::warn!(error = failure, "leaked passwords could not be asked about; the password was taken");
        false
    }
}

/// The SHA-1 of a password in capital digits. Good enough here: it protects nothing, it only looks something up.
fn digits(password: &str) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(40));
    for byte in Sha1::digest(password.as_bytes()) {
        // Writing to a string cannot fail.
        let _ok = write!(text, "{byte:02X}");
    }
    text
}

/// Whether a range has a hash with those last digits. Lines are `<digits>:<how often>`; padding was seen 0 times.
fn has(range: &[u8], kept: &str) -> bool {
    let text = String::from_utf8_lossy(range);
    text.lines().filter_map(|line| line.trim().split_once(':')).any(|(digits, seen)| {
        digits.eq_ignore_ascii_case(kept) && seen.trim().parse::<u64>().is_ok_and(|seen| seen > 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_told_by_its_first_digits_alone() {
        let hash = digits("password");
        assert_eq!(hash.as_str(), "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8");
        assert_eq!(hash.split_at(TOLD).0, "5BAA6");
    }

    #[test]
    fn a_range_has_what_was_seen_and_not_what_pads_it() {
        let kept = "1E4C9B93F3F0682250B6CF8331B7EE68FD8";
        for (range, there) in [
            (
                "003D68EB55068C33ACE09247EE4C639306B:3\r\n1E4C9B93F3F0682250B6CF8331B7EE68FD8:9545824\r\n",
                true,
            ),
            ("1e4c9b93f3f0682250b6cf8331b7ee68fd8:1", true),
            ("1E4C9B93F3F0682250B6CF8331B7EE68FD8:0\r\n", false),
            ("003D68EB55068C33ACE09247EE4C639306B:3", false),
            ("", false),
            ("<html>Not today</html>", false),
            ("1E4C9B93F3F0682250B6CF8331B7EE68FD8", false),
            ("1E4C9B93F3F0682250B6CF8331B7EE68FD8:many", false),
        ] {
            assert_eq!(has(range.as_bytes(), kept), there, "{range}");
        }
        assert!(!has(&[0xff, 0xfe, b':', b'1'], kept));
    }
}
