use std::io::Write;
use std::path::Path;

use app::organizations::{self, FirstOwner, NewOrganization};
use app::{App, Plan, Planning, Request};
use clap::{Args, Subcommand};
use decision::{Caller, Means};
use model::{Organization, OrganizationState};
use model::{OrganizationMembership, OrganizationRole, Snapshot, UserId};
use settings::Settings;
use web::api::organizations::{export_end, export_line};

use crate::failure::Failure;
use crate::{assembly, logging, running};

/// What the operator wants.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Creates an organization with its first owner, and prints a management key for them, once.
    CreateOrganization {
        /// Its name in URLs: a-z, 0-9 and hyphens.
        #[arg(long)]
        slug: String,
        /// What people call it.
        #[arg(long)]
        name: String,
        /// The name of its first owner.
        #[arg(long)]
        owner: String,
        /// Where mail to the owner goes.
        #[arg(long)]
        email: Option<String>,
    },
    /// Lists the organizations: slug, state, id and name.
    List,
    /// Refuses everything in an organization until it is resumed.
    Suspend(Named),
    /// Lets a suspended organization act again.
    Resume(Named),
    /// Begins the end of an organization. It can be undone until `organizations.undo_days` are over.
    Delete(Named),
    /// Takes the end of an organization back.
    Undelete(Named),
    /// Writes everything of an organization to the standard output, as lines of JSON.
    Export(Named),
    /// Prints a link that signs a member in, once, within a quarter of an hour.
    SignInLink {
        /// The organization's name in URLs.
        #[arg(long)]
        org: String,
        /// The member: their id, or their e-mail where nobody else there has it.
        #[arg(long)]
        user: String,
    },
    /// Wraps the data keys of all organizations under the first key of the key file, so that the others may go.
    RewrapDataKeys,
}

/// Which organization, and why.
#[derive(Debug, Args)]
struct Named {
    /// Its slug.
    #[arg(value_name = "SLUG")]
    slug: String,
    /// Why: kept in the evidence.
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
}

/// Does it.
pub(crate) async fn run(config: Option<&Path>, arguments: Arguments) -> Result<(), Failure> {
    let settings = Settings::from_environment(config)?;
    logging::start(&settings.log);
    let store = assembly::open(&settings).await?;
    let app = assembly::assemble(&settings, store, true).app;
    match arguments.command {
        Command::CreateOrganization { slug, name, owner, email } => {
            let token = create_organization(&app, &slug, &name, &owner, email.as_deref()).await?;
            println!("ANSWERABLE_ORG={slug}");
            println!("ANSWERABLE_API_KEY={token}");
            let link = sign_in_link(&app, &settings.server.public_url, &slug, None).await?;
            println!("ANSWERABLE_SIGN_IN_LINK={link}");
            Ok(())
        }
        Command::SignInLink { org, user } => {
            let link = sign_in_link(&app, &settings.server.public_url, &org, Some(&user)).await?;
            println!("ANSWERABLE_SIGN_IN_LINK={link}");
            Ok(())
        }
        Command::List => list(&app).await,
        Command::Suspend(named) => {
            let reason = named.reason.as_str();
            change(&app, &named.slug, |planning| organizations::suspend(planning, reason)).await
        }
        Command::Resume(named) => {
            let reason = named.reason.as_str();
            change(&app, &named.slug, |planning| organizations::resume(planning, reason)).await
        }
        Command::Delete(named) => {
            let (reason, window) = (named.reason.as_str(), running::undo_window(&settings).0);
            change(&app, &named.slug, |planning| organizations::delete(planning, reason, window)).await
        }
        Command::Undelete(named) => {
            let reason = named.reason.as_str();
            change(&app, &named.slug, |planning| organizations::undelete(planning, reason)).await
        }
        Command::Export(named) => export(&app, &named).await,
        Command::RewrapDataKeys => {
            let rewrapped = app.store.rewrap_data_keys().await?;
            println!("rewrapped {rewrapped} data keys; the first key of the key file now wraps them all");
            Ok(())
        }
    }
}

/// A change of an organization as a whole, by the operator.
async fn change(
    app: &App,
    slug: &str,
    use_case: impl FnOnce(&Planning<'_>) -> Result<Plan<Organization>, app::Error>,
) -> Result<(), Failure> {
    let changed = app.change(request(app, slug).await?, use_case).await?;
    println!("{slug} is {}", changed.value.state.as_str());
    if let OrganizationState::Deleting(deletion) = &changed.value.state {
        println!(
            "everything of it goes at {}; until then: answerable admin undelete {slug}",
            deletion.gone_at
        );
    }
    Ok(())
}

async fn request(app: &App, slug: &str) -> Result<Request, Failure> {
    let found = app.store.organization_by_slug(slug).await?;
    let organization =
        found.ok_or_else(|| Failure::Said(format!("no organization has the slug `{slug}`")))?;
    let caller = Caller { principal: None, means: Means::Operator };
    Ok(Request { caller, organization, home: None, if_match: None })
}

async fn list(app: &App) -> Result<(), Failure> {
    for head in app.store.organizations().await? {
        let facts = app.engine.replica().hold(head.id).await.map_err(app::Error::from)?;
        let state = facts.organization().map_or("gone", |organization| organization.state.as_str());
        println!("{}\t{state}\t{}\t{}", head.slug, head.id, head.name);
    }
    Ok(())
}

/// Writes a copy to the standard output. It is whole only with its last line.
async fn export(app: &App, named: &Named) -> Result<(), Failure> {
    let mut export = app.export(request(app, &named.slug).await?, &named.reason).await?;
    let mut lines = 0_u64;
    let mut out = std::io::stdout().lock();
    while let Some(part) = export.next().await? {
        for item in &part {
            out.write_all(export_line(item).as_bytes()).map_err(Failure::io("write the copy"))?;
            lines += 1;
        }
    }
    out.write_all(export_end(lines).as_bytes()).map_err(Failure::io("write the copy"))
}

/// Creates an organization and gives back the first management key of its first owner.
pub(crate) async fn create_organization(
    app: &App,
    slug: &str,
    name: &str,
    owner: &str,
    email: Option<&str>,
) -> Result<String, Failure> {
    let said = |what: &'static str| move |wrong: model::NameError| Failure::Said(format!("{what}: {wrong}"));
    let new = NewOrganization {
        slug: slug.parse().map_err(said("slug"))?,
        name: name.parse().map_err(said("name"))?,
        owner: FirstOwner {
            name: owner.parse().map_err(said("owner"))?,
            email: email.map(ToOwned::to_owned),
        },
    };
    let created = app.create_organization(new).await?;
    Ok(created.value.key.token.expose().to_owned())
}

/// A one-time link for a member, or for the first owner.
pub(crate) async fn sign_in_link(
    app: &App,
    public_url: &str,
    slug: &str,
    user: Option<&str>,
) -> Result<String, Failure> {
    let organization = app.engine.organization_by_slug(slug).await.map_err(app::Error::from)?;
    let organization =
        organization.ok_or_else(|| Failure::Said(format!("there is no organization `{slug}`")))?;
    let facts = app.engine.replica().hold(organization).await.map_err(app::Error::from)?;
    let member = match user {
        Some(named) => named_member(&facts, named)?,
        None => first_owner(&facts)
            .ok_or_else(|| Failure::Said(format!("`{slug}` has no owner; name a member with --user")))?,
    };
    let secret = app.operators_link(organization, member).await?;
    Ok(format!("{}/sign-in/link/{}", public_url.trim_end_matches('/'), secret.expose()))
}

/// The member of that id or e-mail. The address only finds somebody for the operator; it proves nothing.
fn named_member(facts: &Snapshot, named: &str) -> Result<UserId, Failure> {
    if let Ok(id) = named.parse() {
        return Ok(id);
    }
    let has_it = |id: &UserId| {
        let user = facts.user(*id);
        user.and_then(|user| user.email.as_deref()).is_some_and(|email| email.eq_ignore_ascii_case(named))
    };
    let mut found = facts.list_members(None).map(|member| member.user).filter(has_it);
    match (found.next(), found.next()) {
        (Some(id), None) => Ok(id),
        (None, _) => Err(Failure::Said(format!("no member has the id or e-mail `{named}`"))),
        (Some(_), Some(_)) => {
            Err(Failure::Said(format!("several members have the e-mail `{named}`; use an id")))
        }
    }
}

fn first_owner(facts: &Snapshot) -> Option<UserId> {
    let owners = |member: &&std::sync::Arc<OrganizationMembership>| {
        member.is_active() && member.role == OrganizationRole::Owner
    };
    facts.list_members(None).find(owners).map(|member| member.user)
}
