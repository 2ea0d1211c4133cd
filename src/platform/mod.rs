//! The only users of web APIs: a page asks here.

pub(crate) mod clock;
pub(crate) mod dom;
pub(crate) mod download;
pub(crate) mod fetch;
pub(crate) mod file;
pub(crate) mod journal;
pub(crate) mod lock;
pub(crate) mod offline;
pub(crate) mod page;
pub(crate) mod storage;
pub(crate) mod text;
