use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::TimeDelta;
use decision::{Action, On};
use model::{Edit, Holder, Key, KeyId, KeyKind, KeyState, Timestamp, UserId};

use crate::keys::rotate::replace;
use crate::keys::{RotateKey, Rotated};
use crate::plan::sentence;
use crate::{Error, Plan, Planning};

/// One answer carries every new secret: a thousand of them is what a person can still hand out.
const MANY_LIMIT: usize = 1_000;

/// Which keys are to be replaced, how, and why.
#[derive(Debug, Clone)]
pub struct Many {
    /// Only keys of this kind. Management keys are never among them: nobody replaces those for somebody else.
    pub kind: Option<KeyKind>,
    /// Only keys of this person's agents.
    pub owner: Option<UserId>,
    /// Only keys made before.
    pub created_before: Option<Timestamp>,
    /// Whether every key is meant where nothing of the above narrows. A filter that was forgotten must not replace all.
    pub all: bool,
    /// How long the old ones still count. None: the default of each kind.
    pub grace: Option<TimeDelta>,
    /// Why. Needed: it stands in the evidence of every key.
    pub reason: String,
}

/// What became of the keys.
#[derive(Debug)]
pub struct ManyRotated {
    /// Those replaced.
    pub rotated: Vec<Rotated>,
    /// Those that could not be.
    pub not_rotated: Vec<NotRotated>,
}

/// A key that could not be replaced, and why.
#[derive(Debug)]
pub struct NotRotated {
    /// Which.
    pub key: KeyId,
    /// Why, and what to do.
    pub reason: String,
}

/// Replaces every key that the filter names, in one transaction.
pub fn rotate_many(planning: &Planning<'_>, many: &Many) -> Result<Plan<ManyRotated>, Error> {
    let permit = planning.permit(Action::KeyRotateMany, On::Organization)?;
    let reason = sentence("reason", &many.reason)?;
    if reason.is_empty() {
        return Err(Error::invalid("reason", "a reason is needed; it stands in the evidence of every key"));
    }
    if !many.all && many.kind.is_none() && many.owner.is_none() && many.created_before.is_none() {
        let expected = "narrow by `kind`, `owner` or `created_before`, or say `true` for every key";
        return Err(Error::invalid("all", expected));
    }
    let chosen: Vec<_> = planning.facts.list_keys(None).filter(|key| chosen(planning, many, key)).collect();
    if chosen.len() > MANY_LIMIT {
        let detail = format!("{} keys match; at most {MANY_LIMIT} at once. Narrow the filter.", chosen.len());
        return Err(Error::Conflict { code: "too_many", detail });
    }
    let how = RotateKey { grace: many.grace, leaked: false, expires_at: None };
    let (edits, outcome) = replace_each(planning, chosen, how);
    Ok(Plan::new(permit, edits, outcome).because(reason))
}

/// Replaces each of some keys, as far as it can be, and says why not where it cannot.
pub(super) fn replace_each<'a>(
    planning: &Planning<'_>,
    keys: impl IntoIterator<Item = &'a Arc<Key>>,
    how: RotateKey,
) -> (Vec<Edit>, ManyRotated) {
    let mut edits = Vec::new();
    let mut outcome = ManyRotated { rotated: Vec::new(), not_rotated: Vec::new() };
    // What each holder has by now: an earlier replacement in this very transaction counts for the next one.
    let mut standing: BTreeMap<Holder, Vec<Key>> = BTreeMap::new();
    for key in keys {
        let siblings = standing
            .entry(key.holder)
            .or_insert_with(|| planning.keys_of(key.holder).into_iter().cloned().collect());
        match replace(planning, Key::clone(key), &siblings.iter().collect::<Vec<_>>(), how) {
            Ok((both, rotated)) => {
                edits.extend(both);
                siblings.retain(|sibling| sibling.id != key.id);
                siblings.extend([rotated.minted.key.clone(), rotated.retired.clone()]);
                outcome.rotated.push(rotated);
            }
            Err(error) => outcome.not_rotated.push(NotRotated { key: key.id, reason: error.to_string() }),
        }
    }
    (edits, outcome)
}

fn chosen(planning: &Planning<'_>, many: &Many, key: &Key) -> bool {
    let owner = match key.holder {
        Holder::Agent(id) => planning.facts.agent(id).map(|agent| agent.owner),
        Holder::Robot(_) | Holder::Gateway(_) => None,
        Holder::User(_) | Holder::Directory(_) => return false,
    };
    matches!(key.state, KeyState::Live)
        && key.counts_at(planning.now)
        && many.kind.is_none_or(|kind| key.holder.key_kind() == kind)
        && many.owner.is_none_or(|wanted| owner == Some(wanted))
        && many.created_before.is_none_or(|before| key.created_at < before)
}
