//! Handlers and templates, thin: parse, call an act or a rule, render.

pub(crate) mod api;
mod bits;
pub(crate) mod desk;
pub(crate) mod origin;
pub(crate) mod posted;
pub(crate) mod public;

#[cfg(test)]
pub(crate) use bits::unmarked;
