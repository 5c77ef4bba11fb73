use egress::Egress;
use model::{ClientAuthentication, ConnectionKind, FactKind, OrganizationRole, Snapshot, Terms};
use url::Url;

use crate::plan::Checks;
use crate::{Error, Planning};

/// Longer than any issuer or endpoint in use.
const URL_LIMIT: usize = 2_048;
/// Longer than any client id or name of a group in use.
const WORD_LIMIT: usize = 256;
/// More groups than anybody reads through.
const MOST_GROUPS: usize = 200;
/// More scopes than any provider knows.
const MOST_SCOPES: usize = 20;
/// Whose issuers for everybody are nobody's: a token names another one, which everybody can have.
const ENTRA: &str = "login.microsoftonline.com";
const FOR_EVERYBODY: [&str; 3] = ["common", "organizations", "consumers"];

/// Terms that can be so, as far as that can be said without asking anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedTerms(Terms);

impl CheckedTerms {
    /// Checks terms. The addresses as a request to them would be, without making one.
    pub fn checked(egress: &Egress, terms: Terms) -> Result<Self, Error> {
        let mut checks = Checks::default();
        address(egress, "issuer", &terms.issuer, &mut checks);
        issuer(&terms, &mut checks);
        if let ConnectionKind::Oauth(endpoints) = &terms.kind {
            let named = [
                ("endpoints.authorization", Some(&endpoints.authorization)),
                ("endpoints.token", Some(&endpoints.token)),
                ("endpoints.user", Some(&endpoints.user)),
                ("endpoints.emails", endpoints.emails.as_ref()),
            ];
            for (field, url) in named {
                if let Some(url) = url {
                    address(egress, field, url, &mut checks);
                }
            }
        }
        if !is_word(&terms.client.id) {
            checks.wrong("client_id", "expected the id that the provider gave");
        }
        scopes(&terms, &mut checks);
        mapping(&terms, &mut checks);
        checks.done()?;
        Ok(Self(terms))
    }

    /// How we prove who we are.
    pub(super) fn authentication(&self) -> ClientAuthentication {
        self.0.client.authentication
    }

    pub(super) fn terms(self) -> Terms {
        self.0
    }
}

fn address(egress: &Egress, field: &str, url: &str, checks: &mut Checks) {
    if url.len() > URL_LIMIT {
        checks.wrong(field, format!("at most {URL_LIMIT} characters"));
    } else if let Err(wrong) = egress.check_url(url) {
        checks.wrong(field, wrong);
    }
}

fn issuer(terms: &Terms, checks: &mut Checks) {
    let Ok(url) = Url::parse(&terms.issuer) else { return };
    if url.query().is_some() || url.fragment().is_some() {
        checks.wrong("issuer", "an issuer has no query and no fragment");
    }
    let first = url.path_segments().and_then(|mut parts| parts.next()).unwrap_or_default();
    if url.host_str() == Some(ENTRA) && FOR_EVERYBODY.contains(&first) {
        checks.wrong("issuer", "this is everybody's; name your own tenant in it");
    }
}

fn scopes(terms: &Terms, checks: &mut Checks) {
    // RFC 6749, section 3.3.
    let is_scope = |scope: &String| {
        !scope.is_empty()
            && scope.len() <= WORD_LIMIT
            && scope.bytes().all(|b| (0x21..=0x7e).contains(&b) && b != b'"' && b != b'\\')
    };
    if terms.scopes.len() > MOST_SCOPES || !terms.scopes.iter().all(is_scope) {
        checks.wrong("scopes", format!("at most {MOST_SCOPES} words without spaces"));
    }
    if terms.kind == ConnectionKind::Oidc && !terms.scopes.iter().any(|scope| scope == "openid") {
        checks.wrong("scopes", "`openid` has to be among them");
    }
}

fn mapping(terms: &Terms, checks: &mut Checks) {
    let mapping = &terms.mapping;
    if mapping.groups.len() > MOST_GROUPS {
        checks.wrong("groups", format!("at most {MOST_GROUPS}"));
    }
    if mapping.groups_claim.as_deref().is_some_and(|claim| !is_word(claim)) {
        checks.wrong("groups_claim", "expected the name of a claim such as `groups`");
    }
    if mapping.name_claim.as_deref().is_some_and(|claim| !is_word(claim)) {
        checks.wrong("name_claim", "expected the name of a claim such as `displayName`");
    }
    for (at, rule) in mapping.groups.iter().enumerate() {
        if !is_word(&rule.group) {
            checks.wrong(format!("groups[{at}].group"), "expected a group as the provider says it");
        }
        match rule.organization_role {
            Some(OrganizationRole::Owner) => {
                checks.wrong(
                    format!("groups[{at}].organization_role"),
                    "no group makes an owner; a person does",
                );
            }
            Some(OrganizationRole::Admin) if !mapping.admins_by_groups => {
                let why = "groups make administrators only where `admins_by_groups` permits it";
                checks.wrong(format!("groups[{at}].organization_role"), why);
            }
            _ => {}
        }
        if rule.organization_role.is_none() && rule.place.is_none() {
            checks.wrong(format!("groups[{at}]"), "it gives nothing; name a role or a workspace");
        }
    }
}

fn is_word(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= WORD_LIMIT && !text.chars().any(char::is_control)
}

/// Refuses terms that give places which are not there.
pub(super) fn places_are_there(planning: &Planning<'_>, terms: &Terms) -> Result<(), Error> {
    let there = |facts: &Snapshot, place: model::GroupPlace| {
        facts.workspace(place.workspace).is_some() && facts.role(place.role).is_some()
    };
    if terms.mapping.places().all(|place| there(planning.facts, place)) {
        Ok(())
    } else {
        Err(Error::NotFound(FactKind::Workspace))
    }
}
