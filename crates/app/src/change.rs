use std::sync::Arc;
use std::time::Duration;

use decision::{Caller, Decision, Record};
use model::{DecisionId, Edit, Organization, OrganizationId, Revision, Snapshot};

use crate::accounts::Stake;
use crate::{App, Error, NodeReceipt, Plan, Planning, Receipt, accounts, connections, single_sign_on};

/// Who wants a change, where, and on which version.
#[derive(Debug, Clone)]
pub struct Request {
    /// Who.
    pub caller: Caller,
    /// In which organization.
    pub organization: OrganizationId,
    /// The organization that the agent in question belongs to, where that may be another.
    pub home: Option<OrganizationId>,
    /// The version that the edit was made on, where the caller says it.
    pub if_match: Option<String>,
}

/// A change that has been written.
#[derive(Debug)]
pub struct Changed<T> {
    /// What the use case gives back.
    pub value: T,
    /// The revision that shows it.
    pub revision: Revision,
    /// Which nodes have applied it.
    pub receipt: Receipt,
    /// The decision that permitted it, in the evidence.
    pub decision: DecisionId,
}

impl App {
    /// Runs a use case under the lock of the organization, and writes its edits, its change rows and its evidence in
    /// one transaction.
    ///
    /// The facts it sees are exactly those under the lock, so nothing can come between the decision and the write.
    /// A refusal is recorded too.
    pub async fn change<T>(
        &self,
        request: Request,
        use_case: impl FnOnce(&Planning<'_>) -> Result<Plan<T>, Error>,
    ) -> Result<Changed<T>, Error> {
        let world = self.engine.world();
        let began = world.clock.monotonic();
        let home = match request.home.filter(|home| *home != request.organization) {
            Some(home) => Some(self.engine.replica().hold(home).await?),
            None => None,
        };
        let held = self.engine.replica().hold(request.organization).await?;
        if held.enforced_connection().is_some() {
            // The change may take away the last way past the provider, and letters then say so: what seals them is made
            // before the transaction, since making it is one of its own.
            self.store.sealer(request.organization).await?;
        }
        let mut writing = self.store.begin(request.organization).await?;
        let facts = self.bring_up_to(request.organization, &mut writing).await?;
        let planning = Planning {
            facts: &facts,
            home: home.as_deref().unwrap_or(&facts),
            caller: request.caller,
            now: world.now(),
            if_match: request.if_match.as_deref(),
            limits: self.engine.limiter().of(request.organization),
            world,
        };
        let planned = use_case(&planning);
        let plan = match planned {
            Ok(plan) => plan,
            Err(error) => {
                writing.rollback().await;
                self.record_refusal(&error).await?;
                return Err(error);
            }
        };
        if let Err(error) = self.write_beside(&mut writing, &facts, &request, &plan).await {
            writing.rollback().await;
            return Err(error);
        }
        let Plan { permit, before, edits, value, note, .. } = plan;
        let record = Record { note, ..self.evidence(permit.decision().clone()) };
        let decision = record.id;
        for (permit, edits) in before {
            let record = self.evidence(permit.decision().clone());
            Box::pin(writing.write(permit, &edits, record)).await?;
        }
        let took = || micros(world.clock.monotonic().saturating_sub(began));
        let changes = Box::pin(writing.commit_timed(permit, &edits, record, took)).await?;
        let revision = changes.last().map_or(facts.revision(), |change| change.revision);
        self.engine.replica().advance(request.organization, &changes).await;
        // A receipt says that this node has applied it: should the changes not have followed each other here, they do now.
        self.engine.replica().reach(request.organization, revision).await?;
        Ok(Changed { value, revision, receipt: self.receipt(revision, began), decision })
    }

    /// Creates an organization: the operator's own use case, with nothing there to lock yet.
    ///
    /// What is asked about has to be known for a permit to name it, so the facts hold the organization as it is to
    /// be, at revision 0, and nothing else.
    pub(crate) async fn begin_organization<T>(
        &self,
        caller: Caller,
        organization: &Organization,
        use_case: impl FnOnce(&Planning<'_>) -> Result<Plan<T>, Error>,
    ) -> Result<Changed<T>, Error> {
        let world = self.engine.world();
        let began = world.clock.monotonic();
        let id = organization.id;
        let facts = Snapshot::from_facts([organization.clone().into()]);
        let planning = Planning {
            facts: &facts,
            home: &facts,
            caller,
            now: world.now(),
            if_match: None,
            limits: self.engine.limiter().of(id),
            world,
        };
        let Plan { permit, edits, value, note, .. } = use_case(&planning)?;
        let writing = self.store.begin_new(id, organization.slug.as_str()).await?;
        let record = Record { note, ..self.evidence(permit.decision().clone()) };
        let decision = record.id;
        let changes = writing.commit(permit, &edits, record).await?;
        self.engine.replica().begin(id, &changes).await;
        let revision = changes.last().map_or(Revision::default(), |change| change.revision);
        Ok(Changed { value, revision, receipt: self.receipt(revision, began), decision })
    }

    /// Writes what a plan has beside its edits: letters, whose sessions end, who may come in past the provider. Refused is
    /// what would leave nobody who could come in past a provider that is demanded.
    async fn write_beside<T>(
        &self,
        writing: &mut store::Writing,
        facts: &Snapshot,
        request: &Request,
        plan: &Plan<T>,
    ) -> Result<(), Error> {
        let edits: Vec<&Edit> = plan.before.iter().flat_map(|(_, edits)| edits).chain(&plan.edits).collect();
        let stake = Stake { facts, edits: &edits, break_glass: plan.break_glass };
        let mut letters = plan.letters.clone();
        if stake.is_any() {
            // Read here and nowhere before: nobody takes the last of them away meanwhile.
            let ready = writing.ready_break_glass().await?;
            letters.extend(stake.settle(&ready, request.caller, &self.public_url)?);
        }
        self.enclose(writing, request.organization, &letters).await?;
        writing.sign_out(&plan.signed_out).await?;
        if let Some(edit) = plan.break_glass
            && !writing.break_glass(edit).await?
        {
            return Err(accounts::full());
        }
        if let Some(said) = &plan.logged_out
            && !writing.log_out(said).await?
        {
            return Err(single_sign_on::used());
        }
        if let Some(link) = plan.setup_link
            && !writing.use_setup_link(link, self.engine.world().now()).await?
        {
            return Err(connections::over());
        }
        Ok(())
    }

    /// Writes the letters of a plan into its transaction. What seals them was made before the transaction began.
    async fn enclose(
        &self,
        writing: &mut store::Writing,
        organization: OrganizationId,
        letters: &[store::Letter],
    ) -> Result<(), Error> {
        if letters.is_empty() {
            return Ok(());
        }
        let world = self.engine.world();
        let sealer = self.store.sealer(organization).await?;
        for letter in letters {
            let id = DecisionId::draw(world.now(), &mut world.entropy()).uuid();
            writing.enclose(&sealer, id, letter, world.now()).await?;
        }
        Ok(())
    }

    /// The snapshot at exactly the revision that is locked.
    async fn bring_up_to(
        &self,
        organization: OrganizationId,
        writing: &mut store::Writing,
    ) -> Result<Arc<Snapshot>, Error> {
        let replica = self.engine.replica();
        let held = replica.hold(organization).await?;
        if held.revision() == writing.revision() {
            return Ok(held);
        }
        let missing = writing.changes_after(held.revision()).await?;
        let facts = replica.advance(organization, &missing).await.unwrap_or(held);
        if facts.revision() == writing.revision() {
            return Ok(facts);
        }
        Err(Error::Internal(format!(
            "the facts are at revision {} and the lock at {}",
            facts.revision().0,
            writing.revision().0
        )))
    }

    pub(crate) async fn record_refusal(&self, error: &Error) -> Result<(), Error> {
        let Some(denial) = error.denial() else { return Ok(()) };
        let record = self.evidence(denial.0.clone());
        self.engine.recorder().record(vec![record]).await?;
        Ok(())
    }

    fn evidence(&self, decision: Decision) -> Record {
        let world = self.engine.world();
        let now = world.now();
        Record::of(DecisionId::draw(now, &mut world.entropy()), now, decision)
    }

    fn receipt(&self, revision: Revision, began: Duration) -> Receipt {
        let world = self.engine.world();
        let took = world.clock.monotonic().saturating_sub(began);
        let node = NodeReceipt { id: self.node.clone(), state: "applied", at: world.now() };
        Receipt {
            revision,
            nodes: vec![node],
            complete: true,
            took_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        }
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
