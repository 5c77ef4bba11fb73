//! What stands around a page: where we are, who is here, how they like to read.

use actix_web::HttpRequest;
use model::{Origin, Proof, Session, Snapshot, UserId};

use crate::session::Visit;

use super::{Flash, Seal, Theme, Zone, redirect::local};

/// What `base.html` needs to know.
#[derive(Debug, Clone)]
pub struct Shell {
    /// The organization.
    pub place: Place,
    /// Which item of the rail is current.
    pub section: Section,
    /// Who is here.
    pub person: Person,
    /// For the hidden field `csrf` of every form.
    pub csrf: String,
    /// How they want pages to look.
    pub theme: Theme,
    /// The zone that they read times in.
    pub zone: Zone,
    /// What the page before left to say.
    pub flash: Option<Flash>,
    /// This page, to come back to.
    pub here: String,
    /// Whether single letters are keys.
    pub keys: bool,
    /// That this session came in past the organization's provider, and how, in words for its person.
    pub past_provider: Option<String>,
}

/// Who visits which organization: what a shell is made from.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The organization.
    pub place: Place,
    /// Who.
    pub user: UserId,
    /// What they are called.
    pub name: String,
    /// As what: `Admin`, `Member`, `Auditor`.
    pub role: String,
    /// The session's token for forms.
    pub csrf: String,
}

/// An organization, as the rail shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its name in URLs.
    pub slug: String,
    /// What people call it.
    pub name: String,
}

/// Who is here.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their picture.
    pub seal: Seal,
    /// What they are called.
    pub name: String,
    /// As what they are here.
    pub role: String,
}

/// The items of the rail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Pictures.
    Overview,
    /// People of the organization.
    People,
    /// Agents.
    Agents,
    /// Robots.
    Robots,
    /// Workspaces.
    Workspaces,
    /// Servers, tools, roles and the matrix.
    Tools,
    /// Who may do what, and why.
    Explore,
    /// Decisions and changes.
    Audit,
    /// Where calls are asked about.
    Gateways,
    /// The organization itself.
    Settings,
    /// No item of the rail.
    Elsewhere,
}

/// A group of the rail.
#[derive(Debug)]
pub struct Group {
    /// What it is called. Empty: it needs no name.
    pub name: &'static str,
    /// Its items.
    pub items: &'static [Item],
}

/// An item of the rail.
#[derive(Debug)]
pub struct Item {
    /// Which.
    pub section: Section,
    /// What it is called.
    pub name: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// Its path under the organization's.
    pub path: &'static str,
}

const fn item(section: Section, name: &'static str, icon: &'static str, path: &'static str) -> Item {
    Item { section, name, icon, path }
}

/// The rail. Every item is a page.
pub(super) static RAIL: [Group; 5] = [
    Group { name: "", items: &[item(Section::Overview, "Overview", "layout-dashboard", "")] },
    Group {
        name: "Identities",
        items: &[
            item(Section::People, "People", "users", "/people"),
            item(Section::Agents, "Agents", "fingerprint", "/agents"),
            item(Section::Robots, "Robots", "bot", "/robots"),
        ],
    },
    Group {
        name: "Access",
        items: &[
            item(Section::Workspaces, "Workspaces", "door-open", "/workspaces"),
            item(Section::Tools, "Tools & grants", "wrench", "/tools"),
            item(Section::Explore, "Explore access", "workflow", "/explore"),
        ],
    },
    Group { name: "Evidence", items: &[item(Section::Audit, "Audit log", "history", "/audit")] },
    Group {
        name: "Set up",
        items: &[
            item(Section::Gateways, "Gateways", "radio", "/gateways"),
            item(Section::Settings, "Settings", "settings", "/settings"),
        ],
    },
];

impl Shell {
    /// What stands around a page of this visitor's.
    pub fn new(request: &HttpRequest, visitor: Visitor, section: Section) -> Self {
        let Visitor { place, user, name, role, csrf } = visitor;
        let Bare { theme, zone, flash, here, keys } = Bare::of(request);
        let person = Person { seal: Seal::person(user.uuid(), &name), name, role };
        Self { place, section, person, csrf, theme, zone, flash, here, keys, past_provider: None }
    }

    /// What stands around a page of a visit's.
    pub fn of(request: &HttpRequest, visit: &Visit, facts: &Snapshot, section: Section) -> Self {
        let name = facts.organization().map(|organization| organization.name.to_string());
        let place = Place { slug: visit.slug.clone(), name: name.unwrap_or_default() };
        let name = facts.user(visit.user).map(|user| user.name.to_string()).unwrap_or_default();
        let role = capitalised(visit.role.as_str());
        let visitor = Visitor { place, user: visit.user, name, role, csrf: visit.csrf.clone() };
        let past_provider = past_provider(&visit.session, facts);
        Self { past_provider, ..Self::new(request, visitor, section) }
    }

    /// The address of a page of the organization: `shell.path("/agents")`.
    pub fn path(&self, path: &str) -> String {
        format!("/o/{}{path}", self.place.slug)
    }

    /// The groups of the rail: each page that there is for this person, and no heading without one.
    pub fn rail(&self) -> Vec<(&'static str, Vec<&'static Item>)> {
        let shown = |group: &'static Group| {
            let items: Vec<_> = group.items.iter().filter(|item| self.shows(item.section)).collect();
            (group.name, items)
        };
        RAIL.iter().map(shown).filter(|(_, items)| !items.is_empty()).collect()
    }

    /// Whether there is such a page for somebody in this role; the page itself decides again.
    fn shows(&self, section: Section) -> bool {
        match self.person.role.as_str() {
            "Guest" => {
                matches!(section, Section::Overview | Section::Agents | Section::Workspaces | Section::Audit)
            }
            "Member" => !matches!(section, Section::Gateways | Section::Settings),
            _ => true,
        }
    }
}

/// What `bare.html` needs to know: pages before or beside any organization.
#[derive(Debug, Clone)]
pub struct Bare {
    /// How they want pages to look.
    pub theme: Theme,
    /// The zone that they read times in.
    pub zone: Zone,
    /// What the page before left to say.
    pub flash: Option<Flash>,
    /// This page, to come back to.
    pub here: String,
    /// Whether single letters are keys.
    pub keys: bool,
}

impl Bare {
    /// What a browser brings.
    pub fn of(request: &HttpRequest) -> Self {
        let here = request.uri().path_and_query().map_or("/", |path| path.as_str());
        Self {
            theme: Theme::of(request),
            zone: Zone::of(request),
            flash: Flash::read(request),
            here: local(here).to_owned(),
            keys: super::cookies::read(request, "keys").as_deref() != Some("off"),
        }
    }
}

/// What is said all the time to somebody who is here past the provider that the organization demands.
fn past_provider(session: &Session, facts: &Snapshot) -> Option<String> {
    let (provider, organization) = (facts.enforced_connection()?, facts.organization()?);
    let Origin::Local { honoured_by: Some(by) } = session.origin else { return None };
    let how = match session.proof {
        Proof::Link => "a one-time link of the operator's",
        _ => "a break-glass account; every owner and admin was told",
    };
    (by == organization.id).then(|| format!("You are here past {}, by {how}.", provider.name))
}

/// A word as it begins a line.
fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
}
