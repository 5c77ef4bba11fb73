use decision::{Action, On};
use egress::dns::DnsError;
use model::{Domain, DomainId, Edit, FactKind, OrganizationId};
use store::DomainCheck;

use crate::{App, Changed, Error, Plan, Planning, Request};

impl App {
    /// Looks for the proof of a domain and notes it as proven if it is there.
    ///
    /// Who asks has to be one who may before anybody is asked anything.
    pub async fn prove_domain(&self, request: Request, id: DomainId) -> Result<Changed<Domain>, Error> {
        let reading = self.read(request.caller, request.organization).await?;
        self.require(&reading, Action::DomainProve, On::Domain(id)).await?;
        let domain = reading.facts.domain(id).ok_or(Error::NotFound(FactKind::Domain))?;
        let domain = Domain::clone(domain);
        if !self.is_there(&domain).await.map_err(|error| Error::Upstream(error.to_string()))? {
            let detail = format!(
                "no TXT record `{}` was found at `{}`; name servers may take an hour to tell a new one",
                domain.record(),
                domain.name.challenge_name()
            );
            return Err(Error::Conflict { code: "not_proven", detail });
        }
        let organization = request.organization;
        let changed = self.change(request, |planning| prove(planning, &domain)).await.map_err(taken)?;
        self.seen(organization, id).await?;
        Ok(changed)
    }

    /// Whether the name servers of a domain say what they have to.
    pub(super) async fn is_there(&self, domain: &Domain) -> Result<bool, DnsError> {
        let mut random = [0; 2];
        model::Entropy::fill(&mut self.engine.world().entropy(), &mut random);
        let texts = self.dns.texts(&domain.name.challenge_name(), u16::from_be_bytes(random)).await?;
        let record = domain.record();
        Ok(texts.iter().any(|text| text.split_whitespace().any(|word| word == record)))
    }

    async fn seen(&self, organization: OrganizationId, id: DomainId) -> Result<(), Error> {
        let check = DomainCheck { checked_at: self.engine.world().now(), missing_since: None };
        Ok(self.store.note_domain_check(organization, id, check).await?)
    }
}

/// Notes a domain as proven, if its challenge is still the one that was found.
fn prove(planning: &Planning<'_>, found: &Domain) -> Result<Plan<Domain>, Error> {
    let permit = planning.permit(Action::DomainProve, On::Domain(found.id))?;
    let before = planning.domain(found.id)?.clone();
    planning.still(before.clone())?;
    if before.challenge != found.challenge {
        let detail = "the domain was claimed anew while its proof was looked for; look again";
        return Err(Error::Conflict { code: "changed", detail: detail.to_owned() });
    }
    let after = before.clone().prove(planning.because("the challenge was found"))?;
    Ok(Plan::new(permit, vec![Edit::update(before, after.clone())], after))
}

/// Of one domain there is one owner on an installation: what the database refuses, said in words.
fn taken(error: Error) -> Error {
    match error {
        Error::Conflict { code: "taken", .. } => Error::Conflict {
            code: "taken",
            detail: "another organization here has proven this domain; it has to give it up first".to_owned(),
        },
        other => other,
    }
}
