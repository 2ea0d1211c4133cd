//! One file per page.

pub(crate) mod about;
pub(crate) mod catalogue;
pub(crate) mod check;
pub(crate) mod course;
pub(crate) mod data;
pub(crate) mod elsewhere;
pub(crate) mod practice;
pub(crate) mod progress;
pub(crate) mod result;
pub(crate) mod review;
pub(crate) mod sitting;
pub(crate) mod transcript;
pub(crate) mod trial;
pub(crate) mod trouble;
