use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use decision::{Call, Decision, Facts, Operation, Record, Subject, decide};
use keys::Presented;
use model::{DecisionId, OrganizationId, PrincipalId, Revision, RunId, Snapshot, Timestamp};
use store::{Store, StoreError};

use crate::directory::Directory;
use crate::recorder::SharedRecorder;
use crate::uses::Uses;
use crate::{
    GatewayCaller, Lease, Limiter, Missing, NotRecorded, OverLimit, Recorder, Replica, Usage, World,
    arguments_digest,
};

/// What a gateway asks, as every dialect brings it to the engine.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The agent's or robot's credential, where one came with the call.
    pub credential: Option<&'a str>,
    /// Who the gateway says it is, where it says so.
    pub claim: Option<Claim>,
    /// A user's delegation, where one came with the call.
    pub delegation: Option<&'a str>,
    /// The slug of the server.
    pub server: &'a str,
    /// The slug of the workspace, where it is said.
    pub workspace: Option<&'a str>,
    /// What is called.
    pub operation: Operation<'a>,
    /// Where the caller came from, where it is said.
    pub address: Option<IpAddr>,
    /// The run it belongs to, where it is said.
    pub run: Option<RunId>,
    /// Where it stands in a trace, where it is said.
    pub trace: Option<Trace>,
    /// The least revision that the answer may rest on.
    pub min_revision: Option<Revision>,
}

/// Who a gateway says the subject is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// A principal of that kind and id.
    Principal(PrincipalId),
    /// Something that is no principal here.
    Nobody,
}

/// The place of a call in a trace (W3C Trace Context).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trace {
    /// 16 bytes.
    pub trace_id: [u8; 16],
    /// 8 bytes.
    pub span_id: [u8; 8],
}

/// A recorded decision, safe to answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The record as it was kept.
    pub record: Record,
}

impl Answer {
    /// The decision in it.
    pub fn decision(&self) -> &Decision {
        &self.record.decision
    }
}

/// Why the node cannot answer safely. Never an allow.
#[derive(Debug, thiserror::Error)]
pub enum Unavailable {
    /// Its facts may be older than the bound.
    #[error("the lease has run out")]
    LeaseExpired,
    /// The answer cannot be made durable.
    #[error(transparent)]
    NotRecorded(#[from] NotRecorded),
    /// The facts cannot be read.
    #[error(transparent)]
    Facts(#[from] Missing),
    /// The organization asks for more than it may.
    #[error(transparent)]
    OverLimit(#[from] OverLimit),
    /// The asked-for revision has not been reached.
    #[error("the revision has not been reached; it is {}", .0.0)]
    RevisionNotReached(Revision),
}

impl From<StoreError> for Unavailable {
    fn from(error: StoreError) -> Self {
        Self::Facts(Missing::Store(error))
    }
}

/// Decides calls: authenticates, decides on the snapshot, records, and only then answers.
pub struct Engine {
    world: World,
    replica: Arc<Replica>,
    lease: Arc<Lease>,
    recorder: SharedRecorder,
    directory: Directory,
    uses: Uses,
    usage: Usage,
    answers: Answers,
    limiter: Limiter,
}

/// A question with the facts that it is about.
pub(crate) struct Understood<'a> {
    began: Duration,
    host: Arc<Snapshot>,
    home: Arc<Snapshot>,
    pub(crate) call: Call<'a>,
    run: Option<RunId>,
    trace: Option<Trace>,
}

impl Understood<'_> {
    pub(crate) fn facts(&self) -> Facts<'_> {
        Facts { host: &self.host, home: &self.home }
    }

    /// When it was asked, on the clock that only goes forward.
    pub(crate) fn began(&self) -> Duration {
        self.began
    }
}

/// Metric handles, held: looking one up for each call costs more than the call's decision.
struct Answers {
    allowed: metrics::Counter,
    denied: metrics::Counter,
    unavailable: metrics::Counter,
    duration: metrics::Histogram,
}

impl Engine {
    /// An engine over these parts.
    pub fn new(
        world: World,
        store: Store,
        replica: Arc<Replica>,
        lease: Arc<Lease>,
        recorder: Arc<Recorder>,
    ) -> Self {
        let answers = Answers {
            allowed: metrics::counter!("answerable_decisions_total", "decision" => "allow"),
            denied: metrics::counter!("answerable_decisions_total", "decision" => "deny"),
            unavailable: metrics::counter!("answerable_unavailable_total"),
            duration: metrics::histogram!("answerable_decision_seconds"),
        };
        let directory = Directory::new(store.clone());
        Self {
            world,
            replica,
            lease,
            recorder,
            directory,
            uses: Uses::new(store),
            usage: Usage::default(),
            answers,
            limiter: Limiter::default(),
        }
    }

    /// The same engine with other limits for organizations than the usual ones.
    #[must_use]
    pub fn with_limiter(self, limiter: Limiter) -> Self {
        Self { limiter, ..self }
    }

    /// How much each organization may ask for.
    pub fn limiter(&self) -> &Limiter {
        &self.limiter
    }

    /// Time and chance.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// The snapshots.
    pub fn replica(&self) -> &Arc<Replica> {
        &self.replica
    }

    /// The lease.
    pub fn lease(&self) -> &Arc<Lease> {
        &self.lease
    }

    /// The recorder.
    pub fn recorder(&self) -> &Arc<Recorder> {
        &self.recorder
    }

    /// When keys and gateways were last used.
    pub fn usage(&self) -> &Usage {
        &self.usage
    }

    pub(crate) fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The organization of that slug.
    pub async fn organization_by_slug(&self, slug: &str) -> Result<Option<OrganizationId>, StoreError> {
        self.directory.organization_by_slug(slug, &self.replica).await
    }

    /// Whether decisions may be answered now.
    pub fn is_ready(&self) -> bool {
        self.lease.is_held(self.world.clock.monotonic())
    }

    /// Answers one question. Durable before it returns.
    pub async fn answer(&self, caller: &GatewayCaller, ask: &Ask<'_>) -> Result<Answer, Unavailable> {
        let mut answers = self.answer_all(caller, std::slice::from_ref(ask)).await?;
        answers.pop().ok_or(Unavailable::NotRecorded(NotRecorded))
    }

    /// Answers many questions, one answer each, with one commit for all of them.
    pub async fn answer_all(
        &self,
        caller: &GatewayCaller,
        asks: &[Ask<'_>],
    ) -> Result<Vec<Answer>, Unavailable> {
        self.answer_until(caller, asks, |_| false).await
    }

    /// Answers questions in their order up to the first whose decision is the last that is wanted, that one
    /// included, with one commit for all of them. Those after it are not asked and not recorded.
    pub async fn answer_until(
        &self,
        caller: &GatewayCaller,
        asks: &[Ask<'_>],
        is_last: impl Fn(&Decision) -> bool,
    ) -> Result<Vec<Answer>, Unavailable> {
        self.counted(self.try_answer_until(caller, asks, is_last)).await
    }

    /// Counts the questions that could not be answered.
    pub(crate) async fn counted<T>(
        &self,
        answering: impl Future<Output = Result<T, Unavailable>>,
    ) -> Result<T, Unavailable> {
        let outcome = answering.await;
        if outcome.is_err() {
            self.answers.unavailable.increment(1);
        }
        outcome
    }

    async fn try_answer_until(
        &self,
        caller: &GatewayCaller,
        asks: &[Ask<'_>],
        is_last: impl Fn(&Decision) -> bool,
    ) -> Result<Vec<Answer>, Unavailable> {
        let began = self.world.clock.monotonic();
        self.limiter.take_calls(caller.organization, asks.len(), began)?;
        let mut records = Vec::with_capacity(asks.len());
        for ask in asks {
            let record = self.judge(&self.understand(caller, ask).await?);
            let last = is_last(&record.decision);
            records.push(record);
            if last {
                break;
            }
        }
        self.keep(records, began).await
    }

    /// Makes decisions durable, so that they may be answered. `began` is when the first was asked for.
    pub(crate) async fn keep(
        &self,
        records: Vec<Record>,
        began: Duration,
    ) -> Result<Vec<Answer>, Unavailable> {
        let records = self.recorder.record(records).await?;
        for record in &records {
            self.usage.note(record);
            let counter =
                if record.decision.is_allowed() { &self.answers.allowed } else { &self.answers.denied };
            counter.increment(1);
        }
        self.answers.duration.record((self.world.clock.monotonic().saturating_sub(began)).as_secs_f64());
        // A lease that ran out while the disk was busy: what was decided may rest on facts that are too old by now.
        if !self.is_ready() {
            return Err(Unavailable::LeaseExpired);
        }
        Ok(records.into_iter().map(|record| Answer { record }).collect())
    }

    /// Finds the facts that a question is about, and who asks it.
    pub(crate) async fn understand<'a>(
        &self,
        caller: &GatewayCaller,
        ask: &Ask<'a>,
    ) -> Result<Understood<'a>, Unavailable> {
        let began = self.world.clock.monotonic();
        let least = ask.min_revision.unwrap_or_default();
        let host = match self.replica.reach(caller.organization, least).await {
            Err(Missing::NotReached(revision)) => return Err(Unavailable::RevisionNotReached(revision)),
            other => other?,
        };
        if !self.is_ready() {
            return Err(Unavailable::LeaseExpired);
        }
        let (home, subject) = self.subject(&host, ask).await?;
        let uses = self.uses(&home, subject).await?;
        let call = call(caller, ask, subject, uses, self.world.now());
        Ok(Understood { began, host, home, call, run: ask.run, trace: ask.trace })
    }

    /// Decides one question from the snapshots, without recording it.
    pub(crate) fn judge(&self, understood: &Understood<'_>) -> Record {
        let Understood { began, call, run, trace, .. } = understood;
        let decision = decide(&understood.facts(), *call);
        let id = DecisionId::draw(call.now, &mut self.world.entropy());
        let mut record = Record::of_call(id, decision, call);
        if let Operation::Tool { arguments: Some(arguments), .. } = call.operation {
            record.arguments_digest = Some(arguments_digest(arguments));
        }
        record.run = *run;
        record.trace_id = trace.map(|trace| hexadecimal(&trace.trace_id));
        record.span_id = trace.map(|trace| hexadecimal(&trace.span_id));
        let took = self.world.clock.monotonic().saturating_sub(*began);
        record.duration_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        record
    }

    /// Who makes the call, and the facts of the organization that the principal belongs to.
    async fn subject(
        &self,
        host: &Arc<Snapshot>,
        ask: &Ask<'_>,
    ) -> Result<(Arc<Snapshot>, Subject), Unavailable> {
        let Some(credential) = ask.credential else { return Ok(asserted(host, ask.claim)) };
        let Ok(presented) = Presented::parse(credential) else {
            return Ok((Arc::clone(host), Subject::Unknown));
        };
        let found = match self.find_key(&presented, Some(host)).await {
            Err(Missing::Unknown) => None,
            other => other?,
        };
        let found = found.filter(|(home, key)| is_known_here(host, home, key.holder));
        let Some((home, key)) = found else { return Ok((Arc::clone(host), Subject::Unknown)) };
        let holder = match key.holder {
            model::Holder::Agent(id) => Some(PrincipalId::Agent(id)),
            model::Holder::Robot(id) => Some(PrincipalId::Robot(id)),
            model::Holder::Gateway(_) | model::Holder::User(_) | model::Holder::Directory(_) => None,
        };
        let agrees = match ask.claim {
            None => true,
            Some(Claim::Principal(claimed)) => holder == Some(claimed),
            Some(Claim::Nobody) => false,
        };
        let subject = if agrees { Subject::Key(key.id) } else { Subject::Mismatch(key.id) };
        Ok((home, subject))
    }

    async fn uses(&self, home: &Snapshot, subject: Subject) -> Result<u64, Unavailable> {
        let (Subject::Key(id), Some(organization)) = (subject, home.organization()) else { return Ok(0) };
        match home.key(id).and_then(|key| key.limits.max_uses) {
            Some(_) => Ok(self.uses.take(organization.id, id).await?),
            None => Ok(0),
        }
    }
}

/// Whether a holder from another organization is anybody here: an agent whose owner is. To everybody else's gateway its
/// credential is unknown, so that nobody learns names of another organization from a key that went astray.
fn is_known_here(host: &Snapshot, home: &Snapshot, holder: model::Holder) -> bool {
    if host.organization().map(|o| o.id) == home.organization().map(|o| o.id) {
        return true;
    }
    match holder {
        model::Holder::Agent(id) => home.agent(id).is_some_and(|agent| host.member(agent.owner).is_some()),
        model::Holder::Robot(_)
        | model::Holder::Gateway(_)
        | model::Holder::User(_)
        | model::Holder::Directory(_) => false,
    }
}

fn call<'a>(caller: &GatewayCaller, ask: &Ask<'a>, subject: Subject, uses: u64, now: Timestamp) -> Call<'a> {
    Call {
        now,
        gateway: caller.gateway,
        subject,
        delegation_presented: ask.delegation.is_some(),
        server: ask.server,
        workspace: ask.workspace,
        operation: ask.operation,
        address: ask.address,
        uses,
    }
}

/// A subject that only the gateway vouches for. It is looked for in the gateway's own organization.
fn asserted(host: &Arc<Snapshot>, claim: Option<Claim>) -> (Arc<Snapshot>, Subject) {
    let subject = match claim {
        None => Subject::Missing,
        Some(Claim::Principal(principal)) if host.name_of(principal).is_some() => {
            Subject::Asserted(principal)
        }
        Some(_) => Subject::AssertedUnknown,
    };
    (Arc::clone(host), subject)
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ok = write!(text, "{byte:02x}");
        text
    })
}
