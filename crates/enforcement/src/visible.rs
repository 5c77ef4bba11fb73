use decision::{Call, Operation, decide};
use model::ToolState;

use crate::{Answer, Ask, Engine, GatewayCaller, NotRecorded, Unavailable};

/// So many tools are decided for what one call costs: most of that is recording it, which is done once here.
const TOOLS_A_CALL: usize = 20;

/// Which tools of a server a principal may see.
#[derive(Debug, Clone)]
pub struct Visible {
    /// The recorded decision on asking at all.
    pub answer: Answer,
    /// The names of the tools, in their order. None where asking is denied.
    pub tools: Vec<String>,
}

impl Engine {
    /// Which tools of the server in `ask` its subject may see: those of which some call would be allowed, with this
    /// credential and its own limits, through this gateway.
    ///
    /// Recorded is one decision, that the tools were asked for: what may be seen follows from the facts at its
    /// revision. The operation in `ask` does not matter. It counts as one call, and as one more for every twenty tools
    /// that are decided, but never as more than a second's worth: every server can be listed.
    pub async fn visible(&self, caller: &GatewayCaller, ask: &Ask<'_>) -> Result<Visible, Unavailable> {
        self.counted(self.try_visible(caller, ask)).await
    }

    async fn try_visible(&self, caller: &GatewayCaller, ask: &Ask<'_>) -> Result<Visible, Unavailable> {
        let began = self.world().clock.monotonic();
        self.limiter().take_calls(caller.organization, 1, began)?;
        let ask = Ask { operation: Operation::Session { method: "tools/visible" }, ..*ask };
        let understood = self.understand(caller, &ask).await?;
        let record = self.judge(&understood);
        let facts = understood.facts();
        let server = facts.host.server_by_slug(ask.server).filter(|_| record.decision.is_allowed());
        let tools = server.into_iter().flat_map(|server| facts.host.tools_of(server.id));
        let offered: Vec<_> = tools.filter(|tool| tool.state == ToolState::Offered).collect();
        self.limiter().take_calls(caller.organization, self.cost(caller, offered.len()), began)?;
        let tools = offered.into_iter().filter(|tool| {
            let operation = Operation::Visibility { name: tool.name.as_str() };
            decide(&facts, Call { operation, ..understood.call }).is_allowed()
        });
        let tools = tools.map(|tool| tool.name.to_string()).collect();
        let answer = self.keep(vec![record], understood.began()).await?.pop();
        Ok(Visible { answer: answer.ok_or(Unavailable::NotRecorded(NotRecorded))?, tools })
    }

    /// What deciding so many tools costs, in calls.
    fn cost(&self, caller: &GatewayCaller, tools: usize) -> usize {
        let a_second = self.limiter().of(caller.organization).calls_per_second;
        (tools / TOOLS_A_CALL).min(usize::try_from(a_second).unwrap_or(usize::MAX))
    }
}
