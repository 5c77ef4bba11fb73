use ipnet::IpNet;
use model::{GatewayId, KeyLimits, Snapshot};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Problem;
use crate::api::presented::{ScopeEntryBody, read_scope, show_scope};

/// What a key is limited to beyond its holder.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LimitsBody {
    /// Address ranges it may be used from, as `192.0.2.0/24` or a single address. Empty: from anywhere.
    pub addresses: Vec<String>,
    /// Gateways it may be used through. Empty: through any.
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub gateways: Vec<GatewayId>,
    /// How often it may be used. Null: as often as one likes.
    pub max_uses: Option<u64>,
    /// A ceiling below its holder's own. Null: the holder's own. Empty: nothing.
    pub scope: Option<Vec<ScopeEntryBody>>,
}

impl LimitsBody {
    /// Reads the limits.
    pub(crate) fn read(&self, facts: &Snapshot) -> Result<KeyLimits, Problem> {
        let addresses = self.addresses.iter().enumerate().map(|(at, text)| range(at, text));
        Ok(KeyLimits {
            addresses: addresses.collect::<Result<_, _>>()?,
            gateways: self.gateways.clone(),
            max_uses: self.max_uses,
            scope: self
                .scope
                .as_deref()
                .map(|entries| read_scope(facts, "limits.scope", entries))
                .transpose()?,
        })
    }
}

impl From<&KeyLimits> for LimitsBody {
    fn from(limits: &KeyLimits) -> Self {
        Self {
            addresses: limits.addresses.iter().map(ToString::to_string).collect(),
            gateways: limits.gateways.clone(),
            max_uses: limits.max_uses,
            scope: limits.scope.as_ref().map(show_scope),
        }
    }
}

fn range(at: usize, text: &str) -> Result<IpNet, Problem> {
    let single = || text.parse::<std::net::IpAddr>().ok().map(IpNet::from);
    text.parse::<IpNet>().ok().map(|net| net.trunc()).or_else(single).ok_or_else(|| {
        Problem::invalid_field(
            &format!("limits.addresses[{at}]"),
            "expected an address or a range such as 192.0.2.0/24",
        )
    })
}
