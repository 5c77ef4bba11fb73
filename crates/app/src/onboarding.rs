//! The first steps of an organization: what is there already, who made it, and what somebody skipped.

use decision::{Action, On};
use model::{DomainState, FactKind, Holder, OrganizationId, PrincipalId, Timestamp, UserId};
use store::{ChangeFilter, Order, Page};

use crate::{App, Error, Reading};

/// A step on the way to the first decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The organization has a name.
    Name,
    /// A domain is proven.
    Domain,
    /// People sign in through the organization's provider.
    SignIn,
    /// There is a workspace.
    Workspace,
    /// There is an agent.
    Agent,
    /// A gateway is registered and has a key.
    Gateway,
    /// A gateway asked about a call.
    Decision,
}

/// Where a step stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is to be done.
    Open,
    /// It is done: by whom and when, where that is known.
    Done(Option<(Option<PrincipalId>, Timestamp)>),
    /// Somebody skipped it.
    Skipped(UserId, Timestamp),
}

/// What takes the whole list away.
const ALL: &str = "all";

impl Step {
    /// All of them, in order.
    pub const EVERY: [Self; 7] =
        [Self::Name, Self::Domain, Self::SignIn, Self::Workspace, Self::Agent, Self::Gateway, Self::Decision];

    /// Its word in forms and tables.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Domain => "domain",
            Self::SignIn => "sign_in",
            Self::Workspace => "workspace",
            Self::Agent => "agent",
            Self::Gateway => "gateway",
            Self::Decision => "decision",
        }
    }

    /// What is made by it.
    fn kind(self) -> Option<FactKind> {
        match self {
            Self::Name => Some(FactKind::Organization),
            Self::Domain => Some(FactKind::Domain),
            Self::SignIn => Some(FactKind::Connection),
            Self::Workspace => Some(FactKind::Workspace),
            Self::Agent => Some(FactKind::Agent),
            Self::Gateway => Some(FactKind::Gateway),
            Self::Decision => None,
        }
    }

    fn is_done(self, reading: &Reading, has_asked: bool) -> bool {
        let facts = &reading.facts;
        match self {
            Self::Name => true,
            Self::Domain => {
                facts.list_domains(None).any(|domain| matches!(domain.state, DomainState::Proven(_)))
            }
            Self::SignIn => facts.list_connections(None).any(|connection| connection.lets_in()),
            Self::Workspace => facts.list_workspaces(None).next().is_some(),
            Self::Agent => facts.list_agents(None).next().is_some(),
            Self::Gateway => facts
                .list_gateways(None)
                .any(|gateway| facts.keys_of(Holder::Gateway(gateway.id)).next().is_some()),
            Self::Decision => has_asked,
        }
    }
}

impl App {
    /// Where the first steps stand. None: all are done or skipped, or somebody does not want to see them. For whoever
    /// may change the organization.
    pub async fn onboarding(
        &self,
        reading: &Reading,
        organization: OrganizationId,
    ) -> Result<Option<Vec<(Step, Standing)>>, Error> {
        reading.check(Action::OrganizationUpdate, On::Organization)?;
        let skipped = self.store.skipped_steps(organization).await?;
        if skipped.iter().any(|skipped| skipped.step == ALL) {
            return Ok(None);
        }
        let has_asked = !self.store.gateway_usage(organization).await?.is_empty();
        let mut steps = Vec::with_capacity(Step::EVERY.len());
        for step in Step::EVERY {
            let standing = match skipped.iter().find(|skipped| skipped.step == step.code()) {
                _ if step.is_done(reading, has_asked) => Standing::Done(None),
                Some(skipped) => Standing::Skipped(skipped.user, skipped.at),
                None => Standing::Open,
            };
            steps.push((step, standing));
        }
        if steps.iter().all(|(_, standing)| *standing != Standing::Open) {
            return Ok(None);
        }
        for (step, standing) in &mut steps {
            if let (Standing::Done(by), Some(kind)) = (standing, step.kind()) {
                *by = self.who_began(reading, organization, kind).await?;
            }
        }
        Ok(Some(steps))
    }

    /// Who made the first thing of a kind, and when.
    async fn who_began(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        kind: FactKind,
    ) -> Result<Option<(Option<PrincipalId>, Timestamp)>, Error> {
        let filter = ChangeFilter { kind: Some(kind), ..ChangeFilter::default() };
        let page = Page { after: None, limit: 1, order: Order::OldestFirst };
        let first = self.changes(reading, organization, &filter, page).await?.into_iter().next();
        Ok(first.map(|change| (change.actor.principal, change.at)))
    }

    /// Skips a step; none: the whole list.
    pub async fn skip_step(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        user: UserId,
        step: Option<Step>,
    ) -> Result<(), Error> {
        self.require(reading, Action::OrganizationUpdate, On::Organization).await?;
        let step = step.map_or(ALL, Step::code);
        Ok(self.store.skip_step(organization, step, user, reading.now).await?)
    }

    /// Shows the list again, with every step that is to be done.
    pub async fn unskip_steps(&self, reading: &Reading, organization: OrganizationId) -> Result<(), Error> {
        self.require(reading, Action::OrganizationUpdate, On::Organization).await?;
        Ok(self.store.unskip_steps(organization).await?)
    }
}
