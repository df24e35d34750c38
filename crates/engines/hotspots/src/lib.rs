//! Hotspots: where and when reports cluster beyond chance, allowing for how hard anybody looked.
//!
//! What is computed here is **report density**, never crime: where nobody looks or calls, nothing is dense. Every answer names the
//! method of its p-values, and is the same for the same data and seed on any number of threads. Nothing here opens a file or
//! reads a clock, and no type has a field for nationality, ethnicity, religion or status.

// Counts become probabilities, and cell numbers (at most 2^32) become smaller integers, everywhere here.
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_lossless, clippy::cast_sign_loss)]

mod baseline;
mod cluster;
mod density;
mod discovery;
mod effort;
mod explore;
mod feedback;
mod field;
mod gi;
mod hexagons;
mod inference;
mod knox;
mod likelihood;
mod local;
mod moran;
mod neighbours;
mod normal;
mod permute;
mod place;
mod points;
mod population;
mod random;
mod replicate;
mod scan;
mod screen;
mod share;
mod streets;
mod study;
mod sweep;
mod zones;

pub use cluster::Cluster;
pub use density::{DensityError, DensityOptions, Grid, Kernel, density};
pub use discovery::{Discovery, adjusted};
pub use effort::{ALIKE, Effort, EffortError, Estimate, Looked, Streams, effort};
pub use explore::{Proposal, Reason, Rule, propose};
pub use feedback::{Choice, Course, Kind as VenueKind, World, simulate, truth};
pub use gi::{Own, gi};
pub use hexagons::{Hexagon, HexagonsError, hexagons};
pub use inference::{Chance, Significance, TIE_RULE};
pub use knox::{Knox, KnoxBand, KnoxError, KnoxOptions, knox};
pub use local::{Cell, Kind, Local, LocalError, LocalOptions, PValues, Side, State};
pub use moran::moran;
pub use neighbours::{Contiguity, Neighbours, NeighboursError, Weighting};
pub use place::{Coordinates, EARTH_RADIUS, Ellipse, Place};
pub use population::{Census, PopulationError, Stratum, expected};
pub use scan::{Outcome, scan};
pub use streets::{Along, Length, Streets};
pub use study::{Counts, Extent, Limits, Options, Period, ScanError, Study};
