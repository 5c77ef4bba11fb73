//! `/o/{org}/keys/{key}/limits`: what a key is limited to beyond its holder.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{Error, HttpRequest, HttpResponse, get, post};
use app::{App, Reading, keys as use_cases, version_of};
use askama::Template;
use decision::{Action, On};
use model::{GatewayId, Holder, Key, KeyLimits};
use serde::Deserialize;

use super::create::section;
use super::row::holder as called;
use super::{KeyPath, find};
use crate::Problem;
use crate::pages::again::{Again, again};
use crate::pages::both::{Both, Row};
use crate::pages::{Choice, Errors, FieldView, Redirect, Shell, filters, page_with};
use crate::session::{Form, Fresh, Visit};

/// The fields of limits, as they were typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Limited {
    /// One range to a line, or apart by commas.
    pub(super) addresses: String,
    /// A number, or nothing.
    pub(super) max_uses: String,
    /// Ids of gateways.
    pub(super) gateways: Vec<String>,
}

/// The fields of limits, as a form shows them.
pub(crate) struct Limits {
    /// Address ranges.
    pub(crate) addresses: FieldView,
    /// How often. None: such a key makes no calls.
    pub(crate) max_uses: Option<FieldView>,
    /// Through which gateways. None: there are none, or such a key makes no calls.
    pub(crate) gateways: Option<FieldView>,
}

impl Limited {
    /// What they say; what is wrong with them is noted.
    pub(super) fn read(&self, errors: &mut Errors) -> KeyLimits {
        let mut limits = KeyLimits::default();
        for range in self.addresses.split([',', '\n', ' ']).map(str::trim).filter(|range| !range.is_empty()) {
            let single = || range.parse::<std::net::IpAddr>().map(ipnet::IpNet::from).ok();
            match range.parse().ok().or_else(single) {
                Some(range) => limits.addresses.push(range),
                None => errors
                    .add("addresses", format!("{range} is no address range. Write 10.0.0.0/8 or 192.0.2.7.")),
            }
        }
        if !self.max_uses.trim().is_empty() {
            match self.max_uses.trim().parse() {
                Ok(most) if most > 0 => limits.max_uses = Some(most),
                _ => errors.add("max_uses", "Write a number of uses, 1 or more, or leave it empty."),
            }
        }
        limits.gateways = self.gateways.iter().filter_map(|id| id.parse::<GatewayId>().ok()).collect();
        limits
    }

    fn of(limits: &KeyLimits) -> Self {
        let lines: Vec<String> = limits.addresses.iter().map(ToString::to_string).collect();
        Self {
            addresses: lines.join("\n"),
            max_uses: limits.max_uses.map(|most| most.to_string()).unwrap_or_default(),
            gateways: limits.gateways.iter().map(ToString::to_string).collect(),
        }
    }
}

impl Limits {
    /// The fields for a key of that holder.
    pub(super) fn of(reading: &Reading, holder: Holder, typed: &Limited, errors: &Errors) -> Self {
        let makes_calls = matches!(holder, Holder::Agent(_) | Holder::Robot(_));
        let gateways: Vec<Choice> = reading
            .facts
            .list_gateways(None)
            .filter(|_| reading.may(Action::GatewayRead, On::Organization))
            .map(|gateway| Choice {
                is_chosen: typed.gateways.contains(&gateway.id.to_string()),
                ..Choice::new(gateway.id.to_string(), gateway.name.to_string())
            })
            .collect();
        let uses = || {
            FieldView::new("max_uses", "At most so many uses")
                .hint("Each decision is a use. Leave it empty for no limit.")
                .optional()
                .value(&typed.max_uses)
                .wrong(errors)
        };
        let through = || {
            FieldView::new("gateways", "Only through these gateways")
                .hint("None chosen: through any.")
                .choices(gateways.clone())
        };
        Self {
            addresses: FieldView::new("addresses", "Only from these addresses")
                .hint("One range to a line: 10.0.0.0/8, or a single address. Leave it empty for anywhere.")
                .optional()
                .value(&typed.addresses)
                .wrong(errors),
            max_uses: makes_calls.then(uses),
            gateways: (makes_calls && !gateways.is_empty()).then(through),
        }
    }
}

#[derive(Template)]
#[template(path = "keys/limits.html")]
struct Page {
    shell: Shell,
    key: String,
    holder: String,
    path: String,
    version: String,
    name: FieldView,
    limits: Limits,
    errors: Errors,
}

/// What was typed, on which version.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    name: String,
    addresses: String,
    max_uses: String,
    gateways: Vec<String>,
    version: String,
}

/// The form.
#[get("/o/{org}/keys/{key}/limits")]
pub(super) async fn open(
    app: Data<App>,
    request: HttpRequest,
    visit: Fresh<Visit>,
    path: Path<KeyPath>,
) -> Result<HttpResponse, Error> {
    let Fresh(visit) = visit;
    let (reading, key) = find(&app, &visit, path.key).await?;
    if let Some(reason) = reading.why_not(Action::KeyUpdate, On::KeysOf(key.holder)) {
        return Err(Problem::denied(reason).into());
    }
    let shell = Shell::of(&request, &visit, &reading.facts, section(key.holder));
    let Limited { addresses, max_uses, gateways } = Limited::of(&key.limits);
    let typed = Typed {
        name: key.name.to_string(),
        addresses,
        max_uses,
        gateways,
        version: version_of(&key.clone().into()),
    };
    Ok(show(shell, &reading, &key, &typed, Errors::none())?)
}

/// Takes it.
#[post("/o/{org}/keys/{key}/limits")]
pub(super) async fn save(
    app: Data<App>,
    request: HttpRequest,
    visit: Fresh<Visit>,
    path: Path<KeyPath>,
    form: Form<Typed>,
) -> Result<HttpResponse, Error> {
    let Fresh(visit) = visit;
    let (reading, key) = find(&app, &visit, path.key).await?;
    let shell = Shell::of(&request, &visit, &reading.facts, section(key.holder));
    let typed = form.0;
    let mut errors = Errors::none();
    let name = typed.name.parse::<model::Name>();
    if let Err(wrong) = &name {
        errors.add("name", wrong.to_string());
    }
    let limits = typed.limited().read(&mut errors);
    let (Ok(name), true) = (name, errors.is_empty()) else {
        return Ok(show(shell, &reading, &key, &typed, errors)?);
    };
    // What the form does not show stays as it is.
    let limits = KeyLimits { scope: key.limits.scope.clone(), ..limits };
    let wanted = use_cases::Adjust { name: Some(name), limits: Some(limits), grace_expires_at: None };
    let change = app::Request { if_match: Some(typed.version.clone()), ..visit.request() };
    match app.change(change, |planning| use_cases::adjust(planning, key.id, wanted)).await {
        Ok(_) => {
            let back = shell.path(&format!("/keys/{}", key.id));
            Ok(Redirect::to(back).saying("Saved. It holds from the very next call.").response())
        }
        Err(error) => match again(error, &["name", "addresses", "max_uses"], "")? {
            Again::Wrong(errors) => Ok(show(shell, &reading, &key, &typed, errors)?),
            Again::Stale(version) => Ok(stale(shell, &key, &typed, version)?),
        },
    }
}

impl Typed {
    fn limited(&self) -> Limited {
        Limited {
            addresses: self.addresses.clone(),
            max_uses: self.max_uses.clone(),
            gateways: self.gateways.clone(),
        }
    }
}

fn show(
    shell: Shell,
    reading: &Reading,
    key: &Key,
    typed: &Typed,
    errors: Errors,
) -> Result<HttpResponse, Problem> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let template = Page {
        key: key.name.to_string(),
        holder: called(&reading.facts, key.holder).0,
        path: shell.path(&format!("/keys/{}", key.id)),
        version: typed.version.clone(),
        name: FieldView::new("name", "Where is it kept?").value(&typed.name).wrong(&errors),
        limits: Limits::of(reading, key.holder, &typed.limited(), &errors),
        errors,
        shell,
    };
    page_with(status, &template)
}

fn stale(shell: Shell, key: &Key, typed: &Typed, version: String) -> Result<HttpResponse, Problem> {
    let path = shell.path(&format!("/keys/{}", key.id));
    let now = Limited::of(&key.limits);
    let mut fields = vec![
        ("name".to_owned(), typed.name.clone()),
        ("addresses".to_owned(), typed.addresses.clone()),
        ("max_uses".to_owned(), typed.max_uses.clone()),
        ("version".to_owned(), version),
    ];
    fields.extend(typed.gateways.iter().map(|gateway| ("gateways".to_owned(), gateway.clone())));
    Both {
        name: key.name.to_string(),
        action: format!("{path}/limits"),
        fields,
        rows: vec![
            Row::of("Name", &typed.name, key.name.as_str()),
            Row::of("Addresses", &typed.addresses, now.addresses),
            Row::of("Uses", &typed.max_uses, now.max_uses),
            Row::lines("Gateways", typed.gateways.iter().cloned(), now.gateways),
        ],
        back: path,
        shell,
    }
    .response()
}
