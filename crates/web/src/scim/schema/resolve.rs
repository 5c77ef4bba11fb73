use super::{Attribute, ResourceKind, find};
use crate::scim::filter::AttributePath;

/// The attribute that a path names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Resolved {
    /// The extension it belongs to, which its value is under; none for the core.
    pub(crate) extension: Option<&'static str>,
    /// The attribute. None: the extension as a whole.
    pub(crate) attribute: Option<&'static Attribute>,
    /// The part of it.
    pub(crate) part: Option<&'static Attribute>,
}

static META: [Attribute; 5] = [
    Attribute::text("resourceType", "The kind of resource").read_only().exact(),
    Attribute::moment("created", "When it came").read_only(),
    Attribute::moment("lastModified", "When it last changed").read_only(),
    Attribute::reference("location", &["uri"], "Its address").read_only(),
    Attribute::text("version", "Its version").read_only().exact(),
];

/// What every resource has besides its schemas' attributes.
static COMMON: [Attribute; 4] = [
    Attribute::text("id", "Its id").read_only().exact().always(),
    Attribute::text("externalId", "The directory's own id of it").exact().unique(),
    Attribute::complex("meta", &META, "About it").read_only(),
    Attribute::reference("schemas", &["uri"], "The schemas it has attributes of").many().always(),
];

/// The attribute that a path names in resources of that kind. None: they have no such attribute.
pub(crate) fn resolve(kind: ResourceKind, path: &AttributePath) -> Option<Resolved> {
    let (extension, attributes) = match &path.schema {
        None => (None, kind.core().attributes),
        Some(urn) if urn.eq_ignore_ascii_case(kind.core().id) => (None, kind.core().attributes),
        Some(urn) => match kind.extensions().iter().find(|schema| urn.eq_ignore_ascii_case(schema.id)) {
            Some(schema) => (Some(schema.id), schema.attributes),
            None => return whole_extension(kind, path),
        },
    };
    let common = || if extension.is_none() { find(&COMMON, &path.name) } else { None };
    let attribute = find(attributes, &path.name).or_else(common)?;
    let part = match &path.part {
        Some(name) => Some(find(attribute.parts(), name)?),
        None => None,
    };
    Some(Resolved { extension, attribute: Some(attribute), part })
}

/// An extension named by its URN alone: the path was taken apart at its last colon.
fn whole_extension(kind: ResourceKind, path: &AttributePath) -> Option<Resolved> {
    let urn = path.to_string();
    let schema = kind.extensions().iter().find(|schema| urn.eq_ignore_ascii_case(schema.id))?;
    Some(Resolved { extension: Some(schema.id), attribute: None, part: None })
}
