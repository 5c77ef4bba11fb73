use egress::EgressError;

/// Why somebody could not be signed in, in words for them and their administrator. What the provider said stands in
/// quotes, cut short; nothing of our network inside is told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// The provider could not be asked.
    #[error("the identity provider could not be asked for its {what}: {cause}")]
    Unreachable {
        /// What was asked for.
        what: &'static str,
        /// Why not.
        cause: EgressError,
    },
    /// The provider answered, and not as it has to.
    #[error("the identity provider's {what} cannot be used: {why}")]
    Unusable {
        /// What was asked for.
        what: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// The provider refused, in its words.
    #[error("the identity provider says: {0}")]
    Refused(String),
    /// The provider refused what was asked for, in its words: a scope that it does not give to us.
    #[error("the identity provider says: {0}")]
    ScopeRefused(String),
    /// A token is not what it has to be.
    #[error("the identity provider's answer was refused: {0}")]
    Untrusted(&'static str),
    /// The people's groups could not be learnt, and the organization's rules depend on them.
    #[error("the identity provider did not say which groups you are in")]
    GroupsUnknown,
}

/// The longest piece of a provider's text that is shown.
const SHOWN: usize = 200;

impl SignInError {
    /// What the provider said, cut short and without what could deceive a reader.
    pub(crate) fn refused(error: &str, description: Option<&str>) -> Self {
        let said = said(error, description);
        if error == "invalid_scope" { Self::ScopeRefused(said) } else { Self::Refused(said) }
    }

    pub(crate) fn unusable(what: &'static str, why: impl Into<String>) -> Self {
        Self::Unusable { what, why: why.into() }
    }

    pub(crate) fn unreachable(what: &'static str) -> impl FnOnce(EgressError) -> Self {
        move |cause| Self::Unreachable { what, cause }
    }
}

/// What a provider said, cut short and without what could deceive a reader.
pub(crate) fn said(error: &str, description: Option<&str>) -> String {
    let said = description.map_or_else(|| error.to_owned(), |text| format!("{text} ({error})"));
    said.chars().filter(|c| !c.is_control()).take(SHOWN).collect()
}
