use decision::{Action, On};
use model::{Constraint, Edit, Grant, GrantId, RoleId, ServerId, ToolPattern};

use crate::plan::Checks;
use crate::{Error, Plan, Planning};

/// All of them have to hold and a person has to survey them: twenty is a page.
const CONSTRAINT_LIMIT: usize = 20;
/// A pointer names one place in the arguments; longer ones are no names.
const POINTER_LIMIT: usize = 256;
/// A value is compared at every call: a list of a few hundred ids fits.
const VALUE_LIMIT: usize = 4_096;

/// A grant to be added to a role.
#[derive(Debug, Clone)]
pub struct NewGrant {
    /// Which role is to carry it.
    pub role: RoleId,
    /// On which server.
    pub server: ServerId,
    /// Which tools.
    pub tools: ToolPattern,
    /// What must hold of the arguments; all of it.
    pub constraints: Vec<Constraint>,
}

/// Adds a grant to a role.
pub fn add_grant(planning: &Planning<'_>, new: NewGrant) -> Result<Plan<Grant>, Error> {
    let permit = planning.permit(Action::GrantAdd, On::Role(new.role))?;
    planning.role(new.role)?;
    let mut checks = Checks::default();
    if !planning.facts.server(new.server).is_some_and(|server| server.is_active()) {
        checks.wrong("server", "no server of that id or slug in use");
    }
    check_constraints(&mut checks, &new.constraints);
    checks.done()?;
    let NewGrant { role, server, tools, constraints } = new;
    let same = |grant: &Grant| grant.tools == tools && grant.constraints == constraints;
    if planning.facts.grants_on(role, server).any(|grant| same(grant)) {
        return Err(Error::Conflict {
            code: "taken",
            detail: "the role has exactly this grant already".to_owned(),
        });
    }
    let id = GrantId::draw(planning.now, &mut planning.entropy());
    let grant = Grant { id, role, server, tools, constraints };
    Ok(Plan::new(permit, vec![Edit::create(grant.clone())], grant))
}

pub(super) fn check_constraints(checks: &mut Checks, constraints: &[Constraint]) {
    if constraints.len() > CONSTRAINT_LIMIT {
        checks.wrong("constraints", format!("at most {CONSTRAINT_LIMIT}"));
    }
    for (at, constraint) in constraints.iter().enumerate() {
        let field = format!("constraints[{at}]");
        if constraint.pointer.len() > POINTER_LIMIT {
            checks.wrong(format!("{field}.pointer"), format!("at most {POINTER_LIMIT} bytes"));
        }
        if constraint.value.to_string().len() > VALUE_LIMIT {
            checks.wrong(format!("{field}.value"), format!("at most {VALUE_LIMIT} bytes of JSON"));
        }
        if !constraint.is_well_formed() {
            checks.wrong(
                field,
                "expected a JSON pointer (RFC 6901) and a value that the operator can compare: a number for order, an \
                 array for `in` and `not_in`, a text for `starts_with`",
            );
        }
    }
}
