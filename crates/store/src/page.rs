//! Reading a long list a page at a time.

/// As many rows as nobody has: a statement takes a signed number, and one is added to look beyond.
pub(crate) const MOST: u64 = 1 << 40;

/// Which part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page<C> {
    /// The last one seen. None: from the beginning.
    pub after: Option<C>,
    /// How many at most.
    pub limit: u64,
    /// In which order.
    pub order: Order,
}

/// In which order a list is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// What happened last comes first.
    #[default]
    NewestFirst,
    /// As it happened.
    OldestFirst,
}

impl<C> Page<C> {
    /// The first so many, newest first.
    pub fn first(limit: u64) -> Self {
        Self { after: None, limit, order: Order::NewestFirst }
    }

    pub(crate) fn most(&self) -> u64 {
        self.limit.min(MOST)
    }
}

impl Order {
    pub(crate) fn sql(self) -> sea_orm::Order {
        match self {
            Self::NewestFirst => sea_orm::Order::Desc,
            Self::OldestFirst => sea_orm::Order::Asc,
        }
    }
}
