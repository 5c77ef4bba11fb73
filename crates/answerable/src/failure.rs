use std::io;

/// Why a command ended without doing its work. What it prints says what to mend.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The settings are wrong.
    #[error("{0}")]
    Settings(#[from] settings::Mistakes),
    /// The database does not answer.
    #[error("database: {0}")]
    Store(#[from] store::StoreError),
    /// A use case failed.
    #[error("{0}")]
    App(#[from] app::Error),
    /// The operating system refused something.
    #[error("{doing}: {source}")]
    Io {
        /// What was tried.
        doing: String,
        /// Its answer.
        source: io::Error,
    },
    /// Something else, in a sentence.
    #[error("{0}")]
    Said(String),
}

impl Failure {
    /// For `map_err`: what was tried when the operating system refused.
    pub(crate) fn io(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let doing = doing.into();
        move |source| Self::Io { doing, source }
    }
}
