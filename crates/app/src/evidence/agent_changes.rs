use decision::{Action, On};
use model::{AgentId, Change, FactKind, OrganizationId};
use store::{ChangeCursor, ChangeFilter, Page};

use crate::{App, Error, Reading};

impl App {
    /// What was changed about one agent: for whoever may see the agent.
    pub async fn changes_of_agent(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        agent: AgentId,
        page: Page<ChangeCursor>,
    ) -> Result<Vec<Change>, Error> {
        reading.check(Action::AgentRead, On::Agent(agent))?;
        let target = Some(agent.to_string());
        let filter = ChangeFilter { kind: Some(FactKind::Agent), target, ..ChangeFilter::default() };
        Ok(self.store.changes(organization, &filter, page).await?)
    }
}
