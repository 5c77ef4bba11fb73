//! TLS as a client: ring, the certificates this machine trusts, nothing else.

use std::sync::{Arc, OnceLock};

use rustls::client::WantsClientCert;
use rustls::crypto::ring;
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};
use rustls_platform_verifier::BuilderVerifierExt;

use crate::error::EgressError;

/// The TLS configuration, made at the first request that needs it: reading every trusted certificate takes
/// milliseconds, and a machine without any must still be able to run what needs none.
#[derive(Debug, Default)]
pub(crate) struct Tls(OnceLock<ClientConfig>);

impl Tls {
    /// For `https`: certificates are verified against the store of this machine.
    pub(crate) fn verifying(&self) -> Result<ClientConfig, EgressError> {
        if let Some(config) = self.0.get() {
            return Ok(config.clone());
        }
        let made =
            builder().and_then(ConfigBuilder::with_platform_verifier).map(finish).map_err(|error| {
                tracing::error!(%error, "no TLS: trusted certificates could not be loaded");
                EgressError::TlsFailed
            })?;
        Ok(self.0.get_or_init(|| made).clone())
    }

    /// For plain `http`: trusts nobody, so that it cannot be used for `https` by mistake.
    pub(crate) fn trusting_nobody() -> Result<ClientConfig, EgressError> {
        let builder = builder().map_err(|_| EgressError::TlsFailed)?;
        Ok(finish(builder.with_root_certificates(RootCertStore::empty())))
    }
}

/// Names its provider, so that it works whether or not the binary has installed one for the process.
fn builder() -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, rustls::Error> {
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
}

fn finish(builder: ConfigBuilder<ClientConfig, WantsClientCert>) -> ClientConfig {
    let mut config = builder.with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    config
}
