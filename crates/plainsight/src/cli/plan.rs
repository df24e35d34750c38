//! What can be typed after `plainsight plan`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum Plan {
    /// Plan a week of visits: who makes which, when, and why others are left out; JSON on standard output
    Week(Box<PlanWeek>),
    /// What differs between two plans
    Compare(PlanCompare),
    /// The places of a week in their order, as OSRM and Valhalla ask for them: for a table of travel
    Places {
        /// The TOML file of the week
        file: PathBuf,
    },
    /// Routes with time windows of an instance in Solomon's format, all customers served; JSON on standard output
    Vrptw {
        /// The instance
        file: PathBuf,
        /// Better routes are looked for so long
        #[arg(long, default_value_t = 10.0, value_name = "NUMBER")]
        seconds: f64,
        /// The seed of the search
        #[arg(long, default_value_t = 1, value_name = "NUMBER")]
        seed: u64,
    },
}

#[derive(Debug, Args)]
pub struct PlanWeek {
    /// A TOML file with visits, people and shifts (docs/planner.md)
    pub file: PathBuf,
    /// Better plans are looked for so long; Ctrl-C gives the best so far
    #[arg(long, default_value_t = 10.0, value_name = "NUMBER")]
    pub seconds: f64,
    /// The seed of the search
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    pub seed: u64,
    /// So many steps instead of seconds: the same seed then gives the same plan
    #[arg(long, value_name = "NUMBER", conflicts_with = "seconds")]
    pub steps: Option<u64>,
    /// A plan to keep to, as this command gave it: as little as can be is changed
    #[arg(long, value_name = "PLAN.json")]
    pub from: Option<PathBuf>,
    /// It is this moment ("Tue 11:30"): what begins before stays as it is in the plan that is kept to
    #[arg(long, value_name = "MOMENT", requires = "from")]
    pub at: Option<String>,
    /// Somebody drops out: a shift, a team or a person. May be given several times
    #[arg(long, value_name = "NAME")]
    pub without: Vec<String>,
    /// A visit stays with a shift ("car wash 1=Blue Tuesday"), also at a moment ("car wash 1=Blue Tuesday@Tue 10:00")
    #[arg(long, value_name = "VISIT=SHIFT[@MOMENT]")]
    pub pin: Vec<String>,
    /// A visit that is not to be made
    #[arg(long, value_name = "VISIT")]
    pub leave_out: Vec<String>,
    /// The folder for tables, GeoJSON and report.html; must not exist yet
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct PlanCompare {
    /// A plan, as `plan week` gave it
    pub one: PathBuf,
    /// Another
    pub other: PathBuf,
    /// The folder for changes.csv and report.html; must not exist yet
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}
