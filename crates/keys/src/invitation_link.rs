use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::{Entropy, MemberInvitation, MemberInvitationId, OrganizationId};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::redact::hide_after;

/// The bytes of a UUID.
const ID: usize = 16;
/// Random bytes: nobody finds one by trying.
const SECRET: usize = 32;
/// The organization, the invitation, the secret.
const WHOLE: usize = 2 * ID + SECRET;

/// The secret end of a link that lets whoever has it become a member: it leads to the organization by itself, so that
/// no table has to be searched across organizations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvitationLink {
    /// The organization that invites.
    pub organization: OrganizationId,
    /// The invitation.
    pub invitation: MemberInvitationId,
    hash: [u8; 32],
}

impl InvitationLink {
    /// Makes the link of an invitation: its text, which is shown or sent and kept nowhere, and the hash to keep.
    pub fn mint(
        organization: OrganizationId,
        invitation: MemberInvitationId,
        entropy: &mut dyn Entropy,
    ) -> (Zeroizing<String>, [u8; 32]) {
        let mut whole = Zeroizing::new([0; WHOLE]);
        let (ids, secret) = whole.split_at_mut(2 * ID);
        let (one, two) = ids.split_at_mut(ID);
        one.copy_from_slice(organization.uuid().as_bytes());
        two.copy_from_slice(invitation.uuid().as_bytes());
        entropy.fill(secret);
        (Zeroizing::new(URL_SAFE_NO_PAD.encode(whole.as_slice())), Sha256::digest(whole.as_slice()).into())
    }

    /// Reads a link's text. It proves nothing yet.
    pub fn parse(text: &str) -> Option<Self> {
        let whole = Zeroizing::new(URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| bytes.len() == WHOLE)?);
        let (one, rest) = whole.split_at(ID);
        let (two, _) = rest.split_at(ID);
        Some(Self {
            organization: OrganizationId::from_uuid(Uuid::from_slice(one).ok()?),
            invitation: MemberInvitationId::from_uuid(Uuid::from_slice(two).ok()?),
            hash: Sha256::digest(whole.as_slice()).into(),
        })
    }

    /// Whether it is the link of that invitation. Takes the same time whatever the answer.
    pub fn proves(&self, invitation: &MemberInvitation) -> bool {
        self.invitation == invitation.id && bool::from(self.hash.ct_eq(&invitation.hash))
    }
}

/// The path under which links are opened.
const PATH: &str = "/invitations/";

/// Cuts the secret ends off links in a text.
pub(crate) fn hide(text: &str) -> Cow<'_, str> {
    // An id in a path of the API is shorter than any secret.
    hide_after(text, PATH, |byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte), 2 * SECRET)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Same(u8);

    impl Entropy for Same {
        fn fill(&mut self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    #[test]
    fn a_link_leads_where_it_was_made_for() {
        let (organization, invitation) = (OrganizationId::MAX, MemberInvitationId::MIN);
        let (text, hash) = InvitationLink::mint(organization, invitation, &mut Same(7));
        let link = InvitationLink::parse(&text).unwrap();
        assert_eq!(link, InvitationLink { organization, invitation, hash });
        let (other, other_hash) = InvitationLink::mint(organization, invitation, &mut Same(8));
        assert_ne!(InvitationLink::parse(&other).unwrap().hash, hash);
        assert_ne!(other_hash, hash);
        for wrong in ["", "x", &text[1..], &format!("{}A", text.as_str()), "ä"] {
            assert_eq!(InvitationLink::parse(wrong), None, "{wrong}");
        }
        let shown = hide(&format!("see https://a.example/invitations/{}\" and", text.as_str())).into_owned();
        assert_eq!(shown, "see https://a.example/invitations/\" and");
        let path = format!("/v1/orgs/x/invitations/{invitation}/accept");
        assert_eq!(hide(&path), path);
    }
}
