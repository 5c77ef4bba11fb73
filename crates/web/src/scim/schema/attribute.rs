/// One attribute of a schema, or one part of a complex attribute.
#[expect(
    clippy::struct_excessive_bools,
    reason = "the characteristics of RFC 7643, each true or false by itself"
)]
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attribute {
    /// Its name. Names are compared whatever the case of their letters.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) kind: Kind,
    /// Whether it holds several.
    pub(crate) many: bool,
    /// Whether it has to be there.
    pub(crate) required: bool,
    /// Whether `a` and `A` are different in it.
    pub(crate) exact: bool,
    /// Whether no two resources of an organization have the same.
    pub(crate) unique: bool,
    /// Whether it is shown whatever attributes are asked for.
    pub(crate) always: bool,
    /// Who may set it.
    pub(crate) mutability: Mutability,
    /// The values that are usual for it.
    pub(crate) usual: &'static [&'static str],
    /// What it is.
    pub(crate) says: &'static str,
}

/// What an attribute holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// Text.
    Text,
    /// True or false.
    Flag,
    /// A moment.
    Moment,
    /// The address of one of these.
    Reference(&'static [&'static str]),
    /// Parts.
    Complex(&'static [Attribute]),
}

/// Who may set an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mutability {
    /// The directory.
    ReadWrite,
    /// This side alone.
    ReadOnly,
    /// The directory, once.
    Immutable,
}

impl Attribute {
    const fn new(name: &'static str, kind: Kind, says: &'static str) -> Self {
        Self {
            name,
            kind,
            many: false,
            required: false,
            exact: false,
            unique: false,
            always: false,
            mutability: Mutability::ReadWrite,
            usual: &[],
            says,
        }
    }

    pub(super) const fn text(name: &'static str, says: &'static str) -> Self {
        Self::new(name, Kind::Text, says)
    }

    pub(super) const fn flag(name: &'static str, says: &'static str) -> Self {
        Self::new(name, Kind::Flag, says)
    }

    pub(super) const fn moment(name: &'static str, says: &'static str) -> Self {
        Self::new(name, Kind::Moment, says)
    }

    pub(super) const fn reference(
        name: &'static str,
        to: &'static [&'static str],
        says: &'static str,
    ) -> Self {
        Self { exact: true, ..Self::new(name, Kind::Reference(to), says) }
    }

    pub(super) const fn complex(name: &'static str, parts: &'static [Self], says: &'static str) -> Self {
        Self::new(name, Kind::Complex(parts), says)
    }

    pub(super) const fn many(self) -> Self {
        Self { many: true, ..self }
    }

    pub(super) const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    pub(super) const fn exact(self) -> Self {
        Self { exact: true, ..self }
    }

    pub(super) const fn unique(self) -> Self {
        Self { unique: true, ..self }
    }

    pub(super) const fn always(self) -> Self {
        Self { always: true, ..self }
    }

    pub(super) const fn read_only(self) -> Self {
        Self { mutability: Mutability::ReadOnly, ..self }
    }

    pub(super) const fn immutable(self) -> Self {
        Self { mutability: Mutability::Immutable, ..self }
    }

    pub(super) const fn usually(self, usual: &'static [&'static str]) -> Self {
        Self { usual, ..self }
    }

    /// Its parts; none of what is not complex.
    pub(crate) fn parts(&self) -> &'static [Self] {
        match self.kind {
            Kind::Complex(parts) => parts,
            _ => &[],
        }
    }
}

/// The attribute of that name.
pub(crate) fn find(attributes: &'static [Attribute], name: &str) -> Option<&'static Attribute> {
    attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))
}
