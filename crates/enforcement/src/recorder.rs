use std::sync::Arc;
use std::time::Duration;

use decision::{Record, Stamp};
use store::Store;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::World;

/// The decision could not be made durable, so it must not be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the decision could not be recorded")]
pub struct NotRecorded;

/// How a recorder works.
#[derive(Debug, Clone)]
pub struct RecorderOptions {
    /// The name of this node, in every record.
    pub node: String,
    /// The most records in one commit.
    pub batch: usize,
    /// False: nothing is recorded. For measuring what recording costs, and for nothing else.
    pub durable: bool,
}

/// Makes decisions durable before they are answered, many in one commit.
///
/// While one commit is on its way to the disk, the decisions that arrive wait and then share the next one: nobody
/// waits longer than for two commits, and the disk is never idle under load.
pub struct Recorder {
    submissions: Option<mpsc::Sender<Submission>>,
}

/// Records on their way to the disk. Who waits for them gets them back, so nobody has to keep a copy.
struct Submission {
    records: Vec<Record>,
    done: oneshot::Sender<Result<Vec<Record>, NotRecorded>>,
}

/// So many submissions may wait. Beyond that the node is hopelessly behind, and waiting callers hold the others up.
const WAITING: usize = 16_384;
/// A commit that takes longer than this is given up: its callers have long been answered by their own timeouts.
const PATIENCE: Duration = Duration::from_secs(5);

impl Recorder {
    /// Starts recording into `store`. The task ends when the recorder is dropped and everything submitted is answered.
    pub fn start(store: Store, options: RecorderOptions, world: &World) -> (Self, Option<JoinHandle<()>>) {
        if !options.durable {
            return (Self { submissions: None }, None);
        }
        let (submissions, waiting) = mpsc::channel(WAITING);
        let epoch = u64::try_from(world.now().timestamp_millis()).unwrap_or(0);
        let stamp = Stamp { node: options.node.into(), epoch, sequence: 0 };
        // A thread of its own: on SQLite it waits for the disk.
        let runtime = Handle::current();
        let recording = record_all(store, waiting, stamp, options.batch.max(1));
        let task = tokio::task::spawn_blocking(move || runtime.block_on(recording));
        (Self { submissions: Some(submissions) }, Some(task))
    }

    /// Waits until the records are durable, and gives them back as they were written.
    pub async fn record(&self, records: Vec<Record>) -> Result<Vec<Record>, NotRecorded> {
        let Some(submissions) = &self.submissions else { return Ok(records) };
        if records.is_empty() {
            return Ok(records);
        }
        let (done, answer) = oneshot::channel();
        submissions.send(Submission { records, done }).await.map_err(|_| NotRecorded)?;
        // At most the commit under way and the next.
        let answered = tokio::time::timeout(PATIENCE * 2, answer).await;
        answered.map_err(|_| NotRecorded)?.map_err(|_| NotRecorded)?
    }
}

async fn record_all(store: Store, mut waiting: mpsc::Receiver<Submission>, mut stamp: Stamp, batch: usize) {
    let batches = metrics::histogram!("answerable_recorder_batch_records");
    let failures = metrics::counter!("answerable_recorder_failures_total");
    while let Some(first) = waiting.recv().await {
        let mut group = gather(first, &mut waiting, batch);
        let count = number(&mut group, &mut stamp);
        #[expect(clippy::cast_precision_loss, reason = "a batch is at most a few thousand records")]
        batches.record(count as f64);
        let records = group.iter().flat_map(|submission| &submission.records);
        let outcome = match tokio::time::timeout(PATIENCE, store.append(records)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(cause)) => Err(cause.to_string()),
            Err(_) => Err("the database did not answer in time".to_owned()),
        };
        if let Err(cause) = &outcome {
            failures.increment(1);
            tracing::error!(error = %cause, records = count, "decisions could not be recorded; they are not answered");
            // Whether the commit took effect is not known, so its numbers must not be used again.
            stamp = Stamp { epoch: stamp.epoch.saturating_add(1), sequence: 0, ..stamp };
        }
        let outcome = outcome.map_err(|_| NotRecorded);
        for Submission { records, done } in group {
            // A caller that hung up has its decision in the evidence all the same.
            let _gone = done.send(outcome.map(|()| records));
        }
    }
}

/// Everything that waits now, up to a full batch.
fn gather(first: Submission, waiting: &mut mpsc::Receiver<Submission>, batch: usize) -> Vec<Submission> {
    let mut count = first.records.len();
    let mut group = vec![first];
    while count < batch {
        let Ok(next) = waiting.try_recv() else { break };
        count += next.records.len();
        group.push(next);
    }
    group
}

/// Numbers every record, and says how many there are.
fn number(group: &mut [Submission], stamp: &mut Stamp) -> usize {
    let records = group.iter_mut().flat_map(|submission| &mut submission.records);
    records.fold(0, |count, record| {
        stamp.sequence = stamp.sequence.saturating_add(1);
        record.stamp = stamp.clone();
        count + 1
    })
}

/// A recorder can be shared; it ends when the last holder lets go.
pub(crate) type SharedRecorder = Arc<Recorder>;
