use model::{GroupPlace, GroupRule, OrganizationRole, Snapshot};

/// What may stand for a role in the organization: no group makes an owner.
const ROLES: [(&str, OrganizationRole); 4] = [
    ("admin", OrganizationRole::Admin),
    ("member", OrganizationRole::Member),
    ("auditor", OrganizationRole::Auditor),
    ("guest", OrganizationRole::Guest),
];

/// What groups give as people write it, a line for each: `Finance = member`, or `Finance = payments: Analyst` for a role in
/// a workspace.
pub(super) fn shown(rules: &[GroupRule], facts: &Snapshot) -> String {
    let mut lines = Vec::new();
    for rule in rules {
        let role = rule.organization_role.and_then(|role| ROLES.iter().find(|(_, known)| *known == role));
        if let Some((word, _)) = role {
            lines.push(format!("{} = {word}", rule.group));
        }
        let place =
            rule.place.and_then(|place| Some((facts.workspace(place.workspace)?, facts.role(place.role)?)));
        if let Some((workspace, role)) = place {
            lines.push(format!("{} = {}: {}", rule.group, workspace.slug, role.name));
        }
    }
    lines.join("\n")
}

/// The same, read; or what is wrong with the first line that cannot be read.
pub(super) fn read(text: &str, facts: &Snapshot) -> Result<Vec<GroupRule>, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| rule(line, facts)).collect()
}

fn rule(line: &str, facts: &Snapshot) -> Result<GroupRule, String> {
    // A group's name may have the sign in it; what it gives never has.
    let (group, gives) =
        line.rsplit_once('=').ok_or_else(|| format!("`{line}`: write the group, `=`, and what it gives"))?;
    let (group, gives) = (group.trim().to_owned(), gives.trim());
    let Some((workspace, role)) = gives.split_once(':') else {
        let known = ROLES.iter().find(|(word, _)| gives.eq_ignore_ascii_case(word));
        let (_, role) =
            known.ok_or_else(|| format!("`{line}`: `{gives}` is not admin, member, auditor or guest"))?;
        return Ok(GroupRule { group, organization_role: Some(*role), place: None });
    };
    let (workspace, role) = (workspace.trim(), role.trim());
    let there = facts
        .workspace_by_slug(workspace)
        .ok_or_else(|| format!("`{line}`: there is no workspace `{workspace}`; write its short name"))?;
    let role = facts
        .list_roles(None)
        .find(|known| known.name.as_str() == role)
        .ok_or_else(|| format!("`{line}`: there is no role `{role}`"))?;
    Ok(GroupRule {
        group,
        organization_role: None,
        place: Some(GroupPlace { workspace: there.id, role: role.id }),
    })
}
