use decision::{Action, On};
use model::{Edit, FactKind, SignalStream, SignalStreamId};

use crate::{App, Changed, Error, Plan, Planning, Request};

impl App {
    /// No longer believes a transmitter, and forgets its token.
    pub async fn remove_signal_stream(
        &self,
        request: Request,
        id: SignalStreamId,
    ) -> Result<Changed<SignalStream>, Error> {
        let organization = request.organization;
        let removed = self.change(request, |planning| remove(planning, id)).await?;
        self.store.forget_stream_secrets(organization, id).await?;
        self.store.forget_stream_standing(organization, id).await?;
        Ok(removed)
    }
}

fn remove(planning: &Planning<'_>, id: SignalStreamId) -> Result<Plan<SignalStream>, Error> {
    let permit = planning.permit(Action::SignalStreamRemove, On::Organization)?;
    let found = planning.facts.signal_stream(id).ok_or(Error::NotFound(FactKind::SignalStream))?;
    let stream = SignalStream::clone(found);
    Ok(Plan::new(permit, vec![Edit::remove(stream.clone())], stream))
}
