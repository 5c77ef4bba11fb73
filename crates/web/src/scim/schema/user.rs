use super::{Attribute, ENTERPRISE, Schema, USER};

pub(super) static USER_SCHEMA: Schema =
    Schema { id: USER, name: "User", says: "A person in the organization", attributes: &ATTRIBUTES };

pub(super) static EXTENSIONS: [Schema; 1] = [Schema {
    id: ENTERPRISE,
    name: "EnterpriseUser",
    says: "What an enterprise adds to a user",
    attributes: &ENTERPRISE_ATTRIBUTES,
}];

const WORK: &[&str] = &["work", "home", "other"];

const fn value(says: &'static str) -> Attribute {
    Attribute::text("value", says)
}

const fn display() -> Attribute {
    Attribute::text("display", "What people read")
}

const fn kind(usual: &'static [&'static str]) -> Attribute {
    Attribute::text("type", "What it is for").usually(usual)
}

const fn primary() -> Attribute {
    Attribute::flag("primary", "Whether it is the first choice; one at most is")
}

static NAME: [Attribute; 6] = [
    Attribute::text("formatted", "The whole name, as it is shown"),
    Attribute::text("familyName", "The family name"),
    Attribute::text("givenName", "The given name"),
    Attribute::text("middleName", "The middle names"),
    Attribute::text("honorificPrefix", "A title before the name"),
    Attribute::text("honorificSuffix", "A title after the name"),
];

static EMAIL: [Attribute; 4] =
    [value("The address; mail goes there, and it identifies nobody"), display(), kind(WORK), primary()];

static PHONE: [Attribute; 4] =
    [value("The number"), display(), kind(&["work", "home", "mobile", "fax", "pager", "other"]), primary()];

static IM: [Attribute; 4] = [value("The address"), display(), kind(&[]), primary()];

static PHOTO: [Attribute; 4] = [
    Attribute::reference("value", &["external"], "Where the picture is"),
    display(),
    kind(&["photo", "thumbnail"]),
    primary(),
];

static ADDRESS: [Attribute; 8] = [
    Attribute::text("formatted", "The whole address, as it is written on a letter"),
    Attribute::text("streetAddress", "Street and house"),
    Attribute::text("locality", "City"),
    Attribute::text("region", "State or region"),
    Attribute::text("postalCode", "Postal code"),
    Attribute::text("country", "Country, as ISO 3166-1 alpha-2 writes it"),
    kind(WORK),
    primary(),
];

static NAMED: [Attribute; 4] =
    [value("Its value; what it gives here is decided by groups alone"), display(), kind(&[]), primary()];

static GROUP_OF: [Attribute; 4] = [
    value("The group's id").read_only().exact(),
    Attribute::reference("$ref", &["Group"], "The group's address").read_only(),
    Attribute::text("display", "The group's name").read_only(),
    Attribute::text("type", "How they are in it").read_only().usually(&["direct"]),
];

static ATTRIBUTES: [Attribute; 19] = [
    Attribute::text("userName", "What the directory calls the person; unique in the organization")
        .required()
        .unique(),
    Attribute::complex("name", &NAME, "The parts of the person's name"),
    Attribute::text("displayName", "What people call the person"),
    Attribute::text("nickName", "What friends call the person"),
    Attribute::reference("profileUrl", &["external"], "A page about the person"),
    Attribute::text("title", "The person's title at work"),
    Attribute::text("userType", "How the person belongs to the organization"),
    Attribute::text("preferredLanguage", "The language the person wants to read"),
    Attribute::text("locale", "Where the person is, for how things are written"),
    Attribute::text("timezone", "The person's time zone"),
    Attribute::flag(
        "active",
        "Whether the person is active; deactivated, their sessions end and their agents are refused",
    )
    .required(),
    Attribute::complex("emails", &EMAIL, "Where mail goes").many(),
    Attribute::complex("phoneNumbers", &PHONE, "Where the person is called").many(),
    Attribute::complex("ims", &IM, "Where the person is written to").many(),
    Attribute::complex("photos", &PHOTO, "Pictures of the person").many(),
    Attribute::complex("addresses", &ADDRESS, "Where the person is").many(),
    Attribute::complex("groups", &GROUP_OF, "The groups the person is in; changed at the groups")
        .many()
        .read_only(),
    Attribute::complex("entitlements", &NAMED, "What the directory says the person is entitled to").many(),
    Attribute::complex("roles", &NAMED, "What the directory says the person is").many(),
];

static MANAGER: [Attribute; 3] = [
    value("The manager's id"),
    Attribute::reference("$ref", &["User"], "The manager's address"),
    Attribute::text("displayName", "The manager's name").read_only(),
];

static ENTERPRISE_ATTRIBUTES: [Attribute; 6] = [
    Attribute::text("employeeNumber", "The person's number"),
    Attribute::text("costCenter", "The cost center"),
    Attribute::text("organization", "The organization"),
    Attribute::text("division", "The division"),
    Attribute::text("department", "The department"),
    Attribute::complex("manager", &MANAGER, "The person's manager"),
];
