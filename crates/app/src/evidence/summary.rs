//! What pictures are drawn from: calls by the hour, by the reason and by the agent, and how the newest went.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use decision::{Action, On};
use enforcement::Missing;
use model::{OrganizationId, PrincipalId, Revision, Timestamp};
use store::{AgentCount, Cascade, HourCount, Pace, StoreError, Summed};
use uuid::Uuid;

use super::access::answers_for;
use super::decisions::visible;
use crate::{App, Error, Reading};

/// A record is on the disk at most so long after it was decided: the recorder gives up long before. What is older is all
/// there, and can be counted for good.
const SETTLED: TimeDelta = TimeDelta::seconds(60);
/// Steps of counting in one go, of a few thousand records each: a backlog of a million is worked off in a few minutes, and
/// whoever stops the program does not wait for it.
const STEPS: usize = 100;

impl App {
    /// How many calls came out how, in stretches of whole hours from the hour of `from` on. Whoever has no general right to
    /// see decisions is shown those of their own agents.
    pub async fn hour_counts(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        from: Timestamp,
        stretches: (usize, u16),
    ) -> Result<Summed<Vec<HourCount>>, Error> {
        let person = visible(reading, None)?;
        Ok(self.store.hour_counts(organization, person, from, stretches).await?)
    }

    /// The calls of some agents and robots, day by day in UTC. Those whose evidence is not for the caller are left out.
    pub async fn agent_counts(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        ids: &[PrincipalId],
        from: Timestamp,
        days: usize,
    ) -> Result<Vec<AgentCount>, Error> {
        let seen =
            |id: &&PrincipalId| reading.may(Action::DecisionRead, On::Evidence(answers_for(reading, **id)));
        let ids: Vec<Uuid> = ids.iter().filter(seen).map(|id| id.uuid()).collect();
        Ok(self.store.agent_counts(organization, &ids, from, days).await?.of)
    }

    /// The agents and robots that called most since the day of `from`, most first. Whoever has no general right to see
    /// decisions is shown their own agents.
    pub async fn busiest(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        from: Timestamp,
        most: u16,
    ) -> Result<Vec<AgentCount>, Error> {
        let days = usize::try_from((reading.now - from).num_days()).unwrap_or(0) + 2;
        let ids: Vec<Uuid> = match visible(reading, None)? {
            None => self.store.busiest(organization, from, most).await?,
            Some(person) => reading.facts.agents_of(person).map(|agent| agent.id.uuid()).collect(),
        };
        let mut counts = self.store.agent_counts(organization, &ids, from, days).await?.of;
        let total = |count: &AgentCount| {
            let (allowed, denied) = count.total();
            allowed + denied
        };
        counts.sort_by_key(|count| (std::cmp::Reverse(total(count)), count.id));
        counts.truncate(usize::from(most));
        Ok(counts)
    }

    /// How the newest calls went. For whoever may see all of them.
    pub async fn pace(&self, reading: &Reading, organization: OrganizationId) -> Result<Option<Pace>, Error> {
        reading.check(Action::DecisionRead, On::Evidence(None))?;
        Ok(self.store.pace(organization).await?)
    }

    /// Up to which revision the database is, which this node may be behind.
    pub async fn newest_revision(&self, organization: OrganizationId) -> Result<Revision, Error> {
        let heads = self.store.revisions(&[organization]).await?;
        heads.first().map(|(_, revision)| *revision).ok_or_else(|| Missing::Unknown.into())
    }

    /// The last times that somebody lost their access and their agents with it, newest first.
    pub async fn cascades(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        most: u16,
    ) -> Result<Vec<Cascade>, Error> {
        reading.check(Action::ChangeRead, On::Organization)?;
        Ok(self.store.cascades(organization, reading.facts.revision(), most).await?)
    }

    /// How long it took to write each of some revisions, in microseconds.
    pub async fn took_us(
        &self,
        reading: &Reading,
        organization: OrganizationId,
        revisions: &[Revision],
    ) -> Result<BTreeMap<Revision, u64>, Error> {
        reading.check(Action::ChangeRead, On::Organization)?;
        Ok(self.store.took_us(organization, revisions).await?)
    }

    /// Summed what has been recorded since the last time, for every organization that this node holds.
    pub async fn count_on(&self) -> Result<(), StoreError> {
        let until = self.engine.world().now() - SETTLED;
        for organization in self.engine.replica().all_held().keys() {
            for _ in 0..STEPS {
                if !self.store.count_up_to(*organization, until).await? {
                    break;
                }
            }
        }
        Ok(())
    }
}
