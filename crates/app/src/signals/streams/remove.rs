use decision::{Action, On};
use model::{Edit, FactKind, SignalStream, SignalStreamId};

use crate::{Error, Plan, Planning};

/// No longer believes a transmitter.
pub fn remove(planning: &Planning<'_>, id: SignalStreamId) -> Result<Plan<SignalStream>, Error> {
    let permit = planning.permit(Action::SignalStreamRemove, On::Organization)?;
    let found = planning.facts.signal_stream(id).ok_or(Error::NotFound(FactKind::SignalStream))?;
    let stream = SignalStream::clone(found);
    Ok(Plan::new(permit, vec![Edit::remove(stream.clone())], stream))
}
