//! One file per thing on a page.

pub(crate) mod chart;
pub(crate) mod conditions;
pub(crate) mod frame;
pub(crate) mod icon;
pub(crate) mod marked;
pub(crate) mod navigator;
pub(crate) mod question;
pub(crate) mod refused;
pub(crate) mod scale;
pub(crate) mod sitbar;
