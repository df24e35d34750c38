//! What can be typed after `plainsight`. The help text is part of the program's promise: a test keeps it as a file.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

mod backup;
mod hotspots;
mod plan;
mod recovery;

pub use backup::{Backup, Restore};
pub use hotspots::{
    EffortRule, FalseDiscoveries, HotspotCells, HotspotDensity, HotspotEffort, HotspotFeedback, HotspotHexagons, HotspotKnox,
    HotspotPlaces, HotspotScan, Hotspots, KernelShape, ScanChance, ScanModel,
};
pub use plan::{Plan, PlanCompare, PlanWeek};
pub use recovery::{Acting, Recovery};

/// Helps people see modern slavery, report it safely, act on it together and look after those it hurts.
#[derive(Debug, Parser)]
#[command(name = "plainsight", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start an instance: the public site and the desk, as two processes
    Serve(Serve),
    /// Start the whole system on this machine with an invented scenario, to try it out
    Demo(Demo),
    /// Make the key files and the database of a new instance, or bring an older database up to date
    Init(Instance),
    /// Look at an instance and say what needs attention
    Doctor(Instance),
    /// The organisation that runs this instance
    #[command(subcommand)]
    Organisation(Organisation),
    /// Teams, and who holds their keys
    #[command(subcommand)]
    Team(Team),
    /// Bringing back a team's key that nobody holds any more, by several officers
    #[command(subcommand)]
    Recovery(Recovery),
    /// Members of staff
    #[command(subcommand)]
    Member(Member),
    /// Who is on call when
    #[command(subcommand)]
    Rota(Rota),
    /// Other systems that hand contacts in
    #[command(subcommand)]
    Sender(Sender),
    /// What the public is told: the operator's file with what was changed at the desk
    #[command(subcommand)]
    Settings(Settings),
    /// The tamper-evident record of who did what
    #[command(subcommand)]
    Ledger(Ledger),
    /// Copies of everything that the instance knows, but for its keys
    #[command(subcommand)]
    Backup(Backup),
    /// Put a backup back, and erase again what was erased since
    Restore(Restore),
    /// Papers that say that a report was filed
    #[command(subcommand)]
    Proof(Proof),
    /// Names in any script: find one in a file
    #[command(subcommand)]
    Names(Names),
    /// Which records are the same: within a file, or between two
    #[command(subcommand)]
    Link(Link),
    /// Clean the file on standard input, confined to computing: the service starts this for itself
    #[command(hide = true)]
    CleanApart,
    /// Where and when reports cluster beyond chance: report density, never crime
    #[command(subcommand)]
    Hotspots(Hotspots),
    /// Who visits what, when: a week of visits, or routes of a known instance
    #[command(subcommand)]
    Plan(Plan),
}

#[derive(Debug, Clone, Args)]
pub struct Instance {
    /// The configuration file of the instance
    #[arg(long, env = "PLAINSIGHT_CONFIG", value_name = "FILE")]
    pub config: PathBuf,
}

#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    pub instance: Instance,
    /// Run only one part in this process: for two hosts, or for a service manager of your own
    #[arg(long, value_enum)]
    pub only: Option<Part>,
    /// Set by `serve` for the processes it starts: end when it ends
    #[arg(long, hide = true)]
    pub with_parent: bool,
}

/// One of the processes of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// The report site; holds no private key
    Public,
    /// The desk, with the clocks
    Desk,
    /// The clocks alone
    Worker,
}

impl Part {
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Desk => "desk",
            Self::Worker => "worker",
        }
    }
}

#[derive(Debug, Args)]
pub struct Demo {
    /// Which invented scenario to load
    #[arg(long, default_value = "westmere")]
    pub scenario: String,
    /// The folder for its data; kept, so that a second start goes on where the first ended
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Where the public site listens (this machine only)
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub public: SocketAddr,
    /// Where the desk listens (this machine only)
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8081")]
    pub desk: SocketAddr,
    /// Where cleaned copies of files are given out (this machine only) [default: the port after the desk's]
    #[arg(long, value_name = "ADDR")]
    pub files: Option<SocketAddr>,
    /// How many invented contacts to load
    #[arg(long, default_value_t = 300)]
    pub contacts: usize,
    /// The seed they are made from: the same seed makes the same contacts
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Use a PostgreSQL database instead of SQLite in the folder
    #[arg(long, value_name = "URL")]
    pub postgres: Option<String>,
    /// Load everything and print the sign-ins, but do not start the sites
    #[arg(long)]
    pub only_load: bool,
}

#[derive(Debug, Subcommand)]
pub enum Organisation {
    /// Add the organisation: one for each instance
    Add {
        #[command(flatten)]
        instance: Instance,
        /// Its name
        name: String,
    },
}

#[derive(Debug, Clone, Args)]
pub struct Holder {
    /// The member who holds the team's key, or will be its first holder: sign-in name
    #[arg(long = "as", value_name = "SIGN-IN-NAME")]
    pub holder: String,
    /// Read their password from this file instead of asking
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Team {
    /// Add a team; the member named with --as is the first who holds its key
    Add {
        #[command(flatten)]
        instance: Instance,
        /// Its name
        name: String,
        #[command(flatten)]
        holder: Holder,
        /// The zone it works in
        #[arg(long, default_value = "helpline")]
        zone: String,
        /// This team takes the reports of the public site
        #[arg(long)]
        intake: bool,
        /// This team keeps the originals of files that come from now on
        #[arg(long)]
        custodians: bool,
    },
    /// Give a member the team's key; an unlocked holder signs
    Grant {
        #[command(flatten)]
        instance: Instance,
        /// The team's name
        team: String,
        /// The member's sign-in name
        member: String,
        #[command(flatten)]
        holder: Holder,
    },
    /// Take the team's key from a member who leaves: the team gets a new key
    Leave {
        #[command(flatten)]
        instance: Instance,
        /// The team's name
        team: String,
        /// The member's sign-in name
        member: String,
        #[command(flatten)]
        holder: Holder,
    },
    /// Give the team a new key (every 90 days)
    Rotate {
        #[command(flatten)]
        instance: Instance,
        /// The team's name
        team: String,
        #[command(flatten)]
        holder: Holder,
    },
    /// List the teams
    List(Instance),
}

#[derive(Debug, Subcommand)]
pub enum Member {
    /// Add a member; prints the second factor once, and a generated password unless one is given
    Add {
        #[command(flatten)]
        instance: Instance,
        /// Short name to sign in with
        sign_in_name: String,
        /// The name that colleagues see
        #[arg(long)]
        name: String,
        /// E-mail address
        #[arg(long)]
        email: String,
        /// A role as ZONE:ROLE, for example helpline:adviser; may be given several times
        #[arg(long = "role", value_name = "ZONE:ROLE", required = true)]
        roles: Vec<String>,
        /// Read the first password from this file instead of making one
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
        /// Address that the rota pages
        #[arg(long)]
        pager: Option<String>,
    },
    /// New password and second factor for a member who lost them. They hold no team's key after this
    Reset {
        #[command(flatten)]
        instance: Instance,
        /// The member's sign-in name
        member: String,
    },
    /// Change where the rota pages a member
    Pager {
        #[command(flatten)]
        instance: Instance,
        /// The member's sign-in name
        member: String,
        /// The new address; none when left out
        address: Option<String>,
    },
    /// Set which languages a member speaks with people who write or call
    Languages {
        #[command(flatten)]
        instance: Instance,
        /// The member's sign-in name
        member: String,
        /// Language tags, for example ro en; none when left out
        tags: Vec<String>,
    },
    /// List a member's passkeys, or remove them all when a device is lost
    Passkeys {
        #[command(flatten)]
        instance: Instance,
        /// The member's sign-in name
        member: String,
        /// Remove every passkey: the member signs in with the six-digit code
        #[arg(long)]
        remove: bool,
    },
    /// Close the account of a member who left
    Close {
        #[command(flatten)]
        instance: Instance,
        /// The member's sign-in name
        member: String,
    },
    /// Print a demo member's six-digit code of this moment (demo data only)
    Code {
        #[command(flatten)]
        instance: Instance,
        /// The member's sign-in name
        member: String,
    },
    /// List the members
    List(Instance),
}

#[derive(Debug, Subcommand)]
pub enum Rota {
    /// Add a weekly slot
    Add {
        #[command(flatten)]
        instance: Instance,
        /// The team's name
        team: String,
        /// The member's sign-in name
        member: String,
        /// Monday is 1, Sunday is 7
        #[arg(long, value_name = "1-7")]
        weekday: u8,
        /// From, as HH:MM
        #[arg(long, value_name = "HH:MM")]
        from: String,
        /// To, as HH:MM (24:00 for the end of the day)
        #[arg(long, value_name = "HH:MM")]
        to: String,
        /// Time zone
        #[arg(long, default_value = "Europe/London")]
        zone: String,
    },
    /// Take a weekly slot away
    Remove {
        #[command(flatten)]
        instance: Instance,
        /// The team's name
        team: String,
        /// The member's sign-in name
        member: String,
        /// Monday is 1, Sunday is 7
        #[arg(long, value_name = "1-7")]
        weekday: u8,
        /// The time it begins, as HH:MM
        #[arg(long, value_name = "HH:MM")]
        from: String,
    },
    /// Write down that a member is away: their turns are holes until they are back
    Away {
        #[command(flatten)]
        instance: Instance,
        /// The member's sign-in name
        member: String,
        /// The first day away, as YYYY-MM-DD, or a moment as YYYY-MM-DDTHH:MM
        #[arg(long, value_name = "DAY")]
        from: String,
        /// The last day away, as YYYY-MM-DD, or the moment they are back as YYYY-MM-DDTHH:MM
        #[arg(long, value_name = "DAY")]
        to: String,
        /// Time zone
        #[arg(long, default_value = "Europe/London")]
        zone: String,
    },
    /// Take an absence back
    Back {
        #[command(flatten)]
        instance: Instance,
        /// The member's sign-in name
        member: String,
        /// The first day away, as it was written down
        #[arg(long, value_name = "DAY")]
        from: String,
        /// Time zone
        #[arg(long, default_value = "Europe/London")]
        zone: String,
    },
    /// Show the slots of a team, who is away, and the hours that nobody covers
    Show {
        #[command(flatten)]
        instance: Instance,
        /// The team's name
        team: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum Ledger {
    /// Check that no entry was changed, dropped, swapped or added
    Verify {
        #[command(flatten)]
        instance: Instance,
        /// A signed head that was kept elsewhere: finds a ledger that was cut short
        #[arg(long, value_name = "FILE")]
        head: Option<PathBuf>,
        /// The zone whose ledger is checked; all when left out
        #[arg(long)]
        zone: Option<String>,
    },
    /// Print the signed head, to be kept elsewhere
    Head {
        #[command(flatten)]
        instance: Instance,
        /// The zone whose head is printed
        #[arg(long, default_value = "helpline")]
        zone: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum Proof {
    /// Check that this instance signed a proof of filing, and that nothing in it was changed
    Verify {
        #[command(flatten)]
        instance: Instance,
        /// The text of the proof, with or without the sentence above its lines
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub enum Sender {
    /// Let another system hand contacts in, and print its key once
    Add {
        #[command(flatten)]
        instance: Instance,
        /// Its name, as advisers see it beside each contact
        name: String,
        /// By what way its contacts arrive: app, web, text-message or email
        #[arg(long, default_value = "app", value_name = "WAY")]
        way: String,
        /// What it may do: reports, mailbox, messages or open311; may be given several times
        #[arg(long = "scope", required = true, value_name = "SCOPE")]
        scopes: Vec<String>,
        /// The most that it may hand in within an hour
        #[arg(long, value_name = "NUMBER")]
        per_hour: Option<u32>,
    },
    /// End a system: no key of it holds any more
    End {
        #[command(flatten)]
        instance: Instance,
        /// Its id, as `plainsight sender list` shows it
        id: uuid::Uuid,
    },
    /// List the systems
    List(Instance),
}

#[derive(Debug, Subcommand)]
pub enum Settings {
    /// Say which holds, the file or what was changed at the desk, and how each fact and promise stands
    Show(Instance),
    /// Print the operator's file as it holds now: put it in the place of the file to make both the same
    Export(Instance),
}

#[derive(Debug, Subcommand)]
pub enum Names {
    /// Find a name in a file, however it is spelt: other marks, other scripts, a typing error, another order
    Search(Search),
}

#[derive(Debug, Args)]
pub struct Search {
    /// A CSV file with a line of headings, or a text file (.txt) with one name a line
    pub file: PathBuf,
    /// The name, or its beginning
    #[arg(long, value_name = "TEXT")]
    pub query: String,
    /// A column that holds the name or a part of it; may be given several times. Left out, the headings decide
    #[arg(long = "column", value_name = "NAME")]
    pub columns: Vec<String>,
    /// So many names at most
    #[arg(long, default_value_t = 10, value_name = "NUMBER")]
    pub most: usize,
    /// Answer in JSON: one object with the hits and how the file was read
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum Link {
    /// Find records of one file that are the same person
    Dedupe {
        /// A CSV file with a line of headings, in UTF-8, or a Parquet file
        file: PathBuf,
        /// The folder for pairs.csv, groups.csv, model.toml and report.html; must not exist yet
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        #[command(flatten)]
        how: LinkHow,
    },
    /// Find records of one file that are the same person as records of another
    Between {
        /// A CSV file with a line of headings, in UTF-8, or a Parquet file
        one: PathBuf,
        /// Another; the columns that both have are compared
        other: PathBuf,
        /// The folder for pairs.csv, groups.csv, model.toml and report.html; must not exist yet
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        #[command(flatten)]
        how: LinkHow,
    },
    /// Show the rules that fit a file and how many pairs each would compare, before anything is compared
    Rules {
        /// A CSV file with a line of headings, in UTF-8, or a Parquet file
        file: PathBuf,
        /// A column that is not compared; may be given several times
        #[arg(long = "leave-out", value_name = "COLUMN")]
        leave_out: Vec<String>,
    },
    /// Link the records of a file and keep them in a folder, to which others can be added
    Keep(LinkKeep),
    /// Add the records of a file to kept ones; tells the links and the group of each
    Add {
        /// The folder of the kept records
        folder: PathBuf,
        /// A CSV or Parquet file that has the columns of the kept records
        file: PathBuf,
        /// The column that numbers the records; their place among all when left out
        #[arg(long, value_name = "COLUMN")]
        id: Option<String>,
        /// So many threads; the answer does not depend on it
        #[arg(long, value_name = "NUMBER")]
        threads: Option<usize>,
    },
    /// Say that two kept records are the same, or that they are not, whatever the evidence
    Decide {
        /// The folder of the kept records
        folder: PathBuf,
        /// What they are
        #[arg(value_enum)]
        side: Side,
        /// The number of a record
        one: String,
        /// The number of another
        other: String,
        /// The reason, which is kept with the decision
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
    /// Take a decision back: the groups are as if it had never been made
    TakeBack {
        /// The folder of the kept records
        folder: PathBuf,
        /// The number of the decision
        number: u64,
        /// The reason
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
    /// Show the group of a record and what holds it together
    Group {
        /// The folder of the kept records
        folder: PathBuf,
        /// The number of the record
        record: String,
    },
}

/// What two records are said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Side {
    /// The same
    Same,
    /// Not the same
    Apart,
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(share) if (0.0..1.0).contains(&share) => Ok(share),
        _ => Err("a share between 0 and 1, as 0.99".to_owned()),
    }
}

#[derive(Debug, Args)]
pub struct LinkKeep {
    /// A CSV file with a line of headings, in UTF-8, or a Parquet file
    pub file: PathBuf,
    /// The folder to keep the records in; must not exist yet
    #[arg(long = "in", value_name = "DIR")]
    pub folder: PathBuf,
    #[command(flatten)]
    pub how: LinkHow,
}

#[derive(Debug, Args)]
pub struct LinkHow {
    /// How records are compared: learned from them (auto), the model of their kind (person, phone, vehicle, venue, organisation,
    /// account), or one that was kept (model.toml of an earlier run)
    #[arg(long, default_value = "auto", value_name = "auto|KIND|FILE")]
    pub model: String,
    /// Link only what is so sure that this share of the links is right, as the model itself expects it
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub precision: Option<f64>,
    /// Pairs of which somebody knows whether they are the same: a CSV file with the columns one, other and same (yes or no), by the
    /// numbers of --id
    #[arg(long, value_name = "FILE", requires = "id")]
    pub labels: Option<PathBuf>,
    /// The column that numbers the records; the row number when left out
    #[arg(long, value_name = "COLUMN")]
    pub id: Option<String>,
    /// A column that is not compared; may be given several times
    #[arg(long = "leave-out", value_name = "COLUMN")]
    pub leave_out: Vec<String>,
    /// The column that says who each record truly is: it is not compared, and the answer is measured against it
    #[arg(long, value_name = "COLUMN")]
    pub truth: Option<String>,
    /// A column by whose values the measured recall is told apart; it is not compared
    #[arg(long, value_name = "COLUMN", requires = "truth")]
    pub slice: Option<String>,
    /// The same seed gives the same answer
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    pub seed: u64,
    /// So many threads; the answer does not depend on it
    #[arg(long, value_name = "NUMBER")]
    pub threads: Option<usize>,
}
