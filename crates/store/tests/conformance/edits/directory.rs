//! What a directory tells: people, groups, who is in them, what they give.

use model::*;
use serde_json::{Map, json};

use super::{any_moment, any_name, flip, pick};
use crate::world::Chance;

pub(super) fn create(chance: &mut Chance, facts: &Snapshot, now: Timestamp, user: UserId) -> Option<Fact> {
    Some(match chance.0.below(6) {
        0 => {
            let user = pick(chance, facts.list_members(None).map(|m| m.user))?;
            entry(chance, user, now).into()
        }
        1 => Group {
            id: GroupId::draw(now, chance),
            name: any_name(chance),
            external_id: external_id(chance),
            created_at: now,
            modified_at: now,
        }
        .into(),
        2 => stream(chance, now, user).into(),
        3 | 4 => GroupMember {
            group: pick(chance, facts.list_groups(None).map(|group| group.id))?,
            user: pick(chance, facts.list_directory_users(None).map(|entry| entry.user))?,
        }
        .into(),
        _ => {
            let group = pick(chance, facts.list_groups(None).map(|group| group.id))?;
            GroupMapping { id: GroupMappingId::draw(now, chance), group, gives: gives(chance, facts)? }.into()
        }
    })
}

/// The same fact, changed.
pub(super) fn change(chance: &mut Chance, facts: &Snapshot, fact: Fact) -> Fact {
    match fact {
        Fact::DirectoryUser(f) => {
            let role_without_groups = Some(OrganizationRole::Member).filter(|_| flip(chance));
            DirectoryUser { role_without_groups, ..entry(chance, f.user, f.created_at) }.into()
        }
        Fact::Group(f) => Group {
            name: any_name(chance),
            external_id: external_id(chance),
            modified_at: any_moment(chance),
            ..f
        }
        .into(),
        Fact::GroupMapping(f) => GroupMapping { gives: gives(chance, facts).unwrap_or(f.gives), ..f }.into(),
        Fact::SignalStream(f) => SignalStream { name: any_name(chance), ..f }.into(),
        other => other,
    }
}

fn stream(chance: &mut Chance, now: Timestamp, user: UserId) -> SignalStream {
    SignalStream {
        id: SignalStreamId::draw(now, chance),
        name: any_name(chance),
        issuer: "https://login.example".to_owned(),
        audience: "northwind".to_owned(),
        jwks_url: "https://login.example/keys".to_owned(),
        delivery: match chance.0.below(3) {
            0 => Delivery::default(),
            1 => Delivery::Push { token_hash: Some([7; 32]) },
            _ => Delivery::Poll {
                url: "https://login.example/poll".to_owned(),
                secret: SecretId::draw(now, chance),
            },
        },
        created_at: now,
        created_by: user,
    }
}

/// Names that differ only in case are the same, so some are taken.
fn entry(chance: &mut Chance, user: UserId, created_at: Timestamp) -> DirectoryUser {
    let shapes = ["Maya", "maya", "ÉLODIE", "élodie", "日本", "o'neil\""];
    let attributes =
        json!({"title": any_name(chance).as_str(), "emails": [{"value": "a@b", "primary": true}]});
    DirectoryUser {
        user,
        user_name: format!("{}{}", pick(chance, shapes.into_iter()).unwrap(), chance.0.below(20)),
        external_id: external_id(chance),
        attributes: attributes.as_object().cloned().unwrap_or_else(Map::new),
        role_without_groups: None,
        created_at,
        modified_at: any_moment(chance),
    }
}

fn external_id(chance: &mut Chance) -> Option<String> {
    flip(chance).then(|| format!("x-{}", chance.0.below(40)))
}

fn gives(chance: &mut Chance, facts: &Snapshot) -> Option<Gives> {
    if flip(chance) {
        return Some(Gives::OrganizationRole { role: OrganizationRole::Admin });
    }
    Some(Gives::WorkspaceRole {
        workspace: pick(chance, facts.list_workspaces(None).map(|workspace| workspace.id))?,
        role: pick(chance, facts.list_roles(None).map(|role| role.id))?,
    })
}
