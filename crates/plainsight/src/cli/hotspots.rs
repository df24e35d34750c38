//! What can be typed after `plainsight hotspots`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::share;

#[derive(Debug, Subcommand)]
pub enum Hotspots {
    /// The scan statistic: the area and time that are densest beyond chance
    Scan(Box<HotspotScan>),
    /// How dense reports are for how hard anybody looked, and where to look next
    Effort(HotspotEffort),
    /// What comes of looking where was looked, shown on an invented borough
    Feedback(HotspotFeedback),
    /// Counts reports in cells of H3, for gi and moran
    Hexagons(HotspotHexagons),
    /// Getis-Ord Gi*: which cells have more, or less, round them than chance would put there
    Gi(HotspotCells),
    /// Local Moran's I: which cells are like their neighbours, or unlike them
    Moran(HotspotCells),
    /// Kernel density of reports, on a grid or along streets
    Density(HotspotDensity),
    /// Knox: whether reports that are near in place come near in time, by bands of metres and days
    Knox(HotspotKnox),
}

#[derive(Debug, Args)]
pub struct HotspotScan {
    /// Reports: a table with the headings place, count (1 when left out) and date, or SaTScan's case file. Other columns that the
    /// population has as well, such as an age group, are allowed for
    #[arg(long, value_name = "FILE")]
    pub cases: PathBuf,
    /// Places: a table with the headings place and latitude, longitude (or x, y), or SaTScan's coordinates file
    #[arg(long, value_name = "FILE")]
    pub coordinates: PathBuf,
    /// Whom or what reports could come from: a table with the headings place, date (any date when left out) and population
    #[arg(long, value_name = "FILE", conflicts_with = "controls")]
    pub population: Option<PathBuf>,
    /// What is not such a report, as reports are given
    #[arg(long, value_name = "FILE")]
    pub controls: Option<PathBuf>,
    /// What reports are compared with
    #[arg(long, value_enum)]
    pub model: ScanModel,
    /// Only what goes on at the end, for daily use
    #[arg(long, conflicts_with = "space")]
    pub prospective: bool,
    /// Areas alone, whenever the reports came
    #[arg(long, conflicts_with = "time")]
    pub space: bool,
    /// Times alone, wherever the reports came from
    #[arg(long)]
    pub time: bool,
    /// So many replicates of what chance gives
    #[arg(long, default_value_t = 999, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub replicates: u32,
    /// How p-values come about
    #[arg(long, value_enum, default_value_t = ScanChance::Standard)]
    pub p_values: ScanChance,
    /// The same seed gives the same answer
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    pub seed: u64,
    /// The first day of the study (2026-11-01); the first report when left out
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// The last day of the study; the last report when left out
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Times are told apart by day, week, month, year or so many days (10-days); as fine as the dates are when left out
    #[arg(long, value_name = "day|week|month|year|NUMBER-days")]
    pub interval: Option<String>,
    /// The largest cluster, as a share of all that is expected
    #[arg(long, default_value_t = 0.5, value_name = "SHARE", value_parser = share)]
    pub share: f64,
    /// The largest radius, in kilometres (on a plane in its unit)
    #[arg(long, value_name = "NUMBER")]
    pub reach: Option<f64>,
    /// The longest cluster, in intervals; half of all when left out
    #[arg(long, value_name = "NUMBER")]
    pub longest: Option<usize>,
    /// The shortest cluster, in intervals
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    pub shortest: usize,
    /// The fewest reports in a cluster
    #[arg(long, default_value_t = 2, value_name = "NUMBER")]
    pub least_cases: u32,
    /// SaTScan's coordinates are of a plane (east, north), not latitude and longitude
    #[arg(long)]
    pub planar: bool,
    /// Ellipses beside circles; on a plane only
    #[arg(long)]
    pub ellipses: bool,
    /// At most so many clusters
    #[arg(long, default_value_t = 10, value_name = "NUMBER")]
    pub clusters: usize,
    /// So many threads; the answer does not depend on it
    #[arg(long, value_name = "NUMBER")]
    pub threads: Option<usize>,
    /// The folder for CSV, GeoJSON and report.html; must not exist yet. Left out, only the summary is given
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// What reports are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ScanModel {
    /// With a population
    Poisson,
    /// With controls
    Bernoulli,
    /// With when and where the reports themselves came: what is dense in place and time together
    Permutation,
}

/// How p-values come about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ScanChance {
    /// The rank among all replicates
    Standard,
    /// Ends early where chance alone often gives as much
    Sequential,
    /// From a curve through the replicates: tells apart p-values that are smaller than ranks can say
    Gumbel,
}

#[derive(Debug, Args)]
pub struct HotspotEffort {
    /// Areas, or kinds of venues: a CSV file with a line of headings, in UTF-8, or a Parquet file
    pub file: PathBuf,
    /// The column of names
    #[arg(long, default_value = "area", value_name = "COLUMN")]
    pub area: String,
    /// The column of how many premises or people reports could come from
    #[arg(long, default_value = "exposure", value_name = "COLUMN")]
    pub exposure: String,
    /// The column of visits made, or hours spent looking; empty where nobody did
    #[arg(long, default_value = "visits", value_name = "COLUMN")]
    pub visits: String,
    /// The column of what was reported
    #[arg(long, default_value = "reported", value_name = "COLUMN")]
    pub reported: String,
    /// The column of what visits found
    #[arg(long, default_value = "found", value_name = "COLUMN")]
    pub found: String,
    /// The column of what third parties passed on, where there is one
    #[arg(long, default_value = "third_party", value_name = "COLUMN")]
    pub third_party: String,
    /// The column of days since the last visit, where there is one
    #[arg(long, default_value = "days_since", value_name = "COLUMN")]
    pub days_since: String,
    /// So many places are proposed
    #[arg(long, default_value_t = 10, value_name = "NUMBER")]
    pub places: usize,
    /// This share of them is where nobody looked, or not for long
    #[arg(long, default_value_t = 0.2, value_name = "SHARE", value_parser = share)]
    pub explore: f64,
    /// How the dense ones are chosen
    #[arg(long, value_enum, default_value_t = EffortRule::Density)]
    pub rule: EffortRule,
    /// The same seed gives the same answer
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    pub seed: u64,
    /// The folder for CSV, GeoJSON and report.html; must not exist yet. Left out, only the summary is given
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// How dense places are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EffortRule {
    /// Those with the highest estimate
    Density,
    /// Each as often as it is likely to be the densest
    Draw,
}

#[derive(Debug, Args)]
pub struct HotspotFeedback {
    /// So many weeks
    #[arg(long, default_value_t = 52, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(4..=520))]
    pub weeks: u32,
    /// This share of visits is where nobody looked
    #[arg(long, default_value_t = 0.2, value_name = "SHARE", value_parser = share)]
    pub explore: f64,
    /// The same seed gives the same answer
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    pub seed: u64,
    /// The folder for CSV and report.html; must not exist yet. Left out, only the summary is given
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
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
    /// Who is whose neighbour: cells of a grid that touch (queen, rook), cells of H3 that touch (h3; the file has a column h3), the
    /// nearest so many (knn:8), or all within metres (band:500)
    #[arg(long, default_value = "knn:8", value_name = "queen|rook|h3|knn:NUMBER|band:METRES")]
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
pub struct HotspotHexagons {
    #[command(flatten)]
    pub places: HotspotPlaces,
    /// How fine: 7 is a town, 8 a neighbourhood, 9 some streets
    #[arg(long, default_value_t = 9, value_name = "NUMBER")]
    pub resolution: u8,
    /// Cells so many steps from a report are there as well, with none
    #[arg(long, default_value_t = 2, value_name = "NUMBER")]
    pub around: u32,
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
