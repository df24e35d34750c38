//! What can be typed after `plainsight hotspots`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::share;

#[derive(Debug, Subcommand)]
pub enum Hotspots {
    /// Getis-Ord Gi*: which cells have more, or less, round them than chance would put there
    Gi(HotspotCells),
    /// Local Moran's I: which cells are like their neighbours, or unlike them
    Moran(HotspotCells),
    /// Kernel density of reports, on a grid or along streets
    Density(HotspotDensity),
    /// Knox: whether reports that are near in place come near in time, by bands of metres and days
    Knox(HotspotKnox),
}

/// Where the columns of places are, and how answers are given.
#[derive(Debug, Args)]
pub struct HotspotPlaces {
    /// A CSV file with a line of headings, in UTF-8
    pub file: PathBuf,
    /// The column of metres east; with --y. Left out, the headings x and y, or longitude and latitude, decide
    #[arg(long, value_name = "COLUMN", requires = "y", conflicts_with_all = ["longitude", "latitude"])]
    pub x: Option<String>,
    /// The column of metres north
    #[arg(long, value_name = "COLUMN", requires = "x")]
    pub y: Option<String>,
    /// The column of longitudes in degrees; with --latitude
    #[arg(long, value_name = "COLUMN", requires = "latitude")]
    pub longitude: Option<String>,
    /// The column of latitudes in degrees
    #[arg(long, value_name = "COLUMN", requires = "longitude")]
    pub latitude: Option<String>,
    /// So many threads; the answer does not depend on it
    #[arg(long, value_name = "NUMBER")]
    pub threads: Option<usize>,
    /// The folder for CSV, GeoJSON and report.html; must not exist yet. Left out, only the summary is given
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct HotspotCells {
    #[command(flatten)]
    pub places: HotspotPlaces,
    /// The column of values, one a cell
    #[arg(long, default_value = "value", value_name = "COLUMN")]
    pub value: String,
    /// Who is whose neighbour: cells of a grid that touch (queen, rook), the nearest so many (knn:8), or all within metres (band:500)
    #[arg(long, default_value = "knn:8", value_name = "queen|rook|knn:NUMBER|band:METRES")]
    pub neighbours: String,
    /// So many conditional permutations; 0 takes the normal distribution instead
    #[arg(long, default_value_t = 99_999, value_name = "NUMBER")]
    pub permutations: u32,
    /// Of the cells that are found, this share may be false
    #[arg(long, default_value_t = 0.05, value_name = "SHARE", value_parser = share)]
    pub level: f64,
    /// How false discoveries are held down
    #[arg(long, value_enum, default_value_t = FalseDiscoveries::BenjaminiHochberg)]
    pub discovery: FalseDiscoveries,
    /// The same seed gives the same answer
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    pub seed: u64,
}

/// How false discoveries are held down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FalseDiscoveries {
    /// For tests that are independent or lean the same way
    BenjaminiHochberg,
    /// Under any dependence
    BenjaminiYekutieli,
    /// Not at all
    Uncontrolled,
}

#[derive(Debug, Args)]
pub struct HotspotDensity {
    #[command(flatten)]
    pub places: HotspotPlaces,
    /// How far a report reaches
    #[arg(long, value_name = "METRES")]
    pub bandwidth: f64,
    /// The side of a cell, or the length of a piece of street; a quarter of the bandwidth when left out
    #[arg(long, value_name = "METRES")]
    pub cell: Option<f64>,
    /// The shape of what a report adds round it
    #[arg(long, value_enum, default_value_t = KernelShape::Quartic)]
    pub kernel: KernelShape,
    /// Streets as GeoJSON lines, in the coordinates of the reports: the density is taken along them
    #[arg(long, value_name = "FILE.geojson")]
    pub streets: Option<PathBuf>,
}

/// The shape of a kernel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KernelShape {
    /// The bandwidth is the standard deviation
    Gaussian,
    /// The bandwidth is the reach
    Epanechnikov,
    /// The bandwidth is the reach
    Quartic,
}

#[derive(Debug, Args)]
pub struct HotspotKnox {
    #[command(flatten)]
    pub places: HotspotPlaces,
    /// The column of dates (2026-11-27), or of numbers of days
    #[arg(long, default_value = "date", value_name = "COLUMN")]
    pub date: String,
    /// Upper ends of the bands in metres, rising; 0 is the same place
    #[arg(long, value_name = "METRES,...", value_delimiter = ',', required = true)]
    pub distances: Vec<f64>,
    /// Upper ends of the bands in days, rising
    #[arg(long, value_name = "DAYS,...", value_delimiter = ',', required = true)]
    pub days: Vec<f64>,
    /// How often times are dealt out anew among the places
    #[arg(long, default_value_t = 999, value_name = "NUMBER")]
    pub permutations: u32,
    /// The same seed gives the same answer
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    pub seed: u64,
}
