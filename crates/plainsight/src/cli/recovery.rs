//! `plainsight recovery ...`: bringing a team's key back by several officers.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use uuid::Uuid;

use super::Instance;

/// Who acts: their password opens their share, or the keys that they hold.
#[derive(Debug, Clone, Args)]
pub struct Acting {
    /// The member who does this: sign-in name
    #[arg(long = "as", value_name = "SIGN-IN-NAME")]
    pub name: String,
    /// Read their password from this file instead of asking
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Recovery {
    /// Make the recovery key of a zone: a member who holds a team's key splits it among officers
    Make {
        #[command(flatten)]
        instance: Instance,
        /// The zone, for example helpline
        zone: String,
        /// The officers, with commas between their sign-in names
        #[arg(long, value_name = "SIGN-IN-NAMES", value_delimiter = ',', required = true)]
        officers: Vec<String>,
        /// So many officers together can bring a key back
        #[arg(long, default_value_t = 2, value_name = "NUMBER")]
        need: u8,
        #[command(flatten)]
        acting: Acting,
    },
    /// Let the recovery key of a zone cover the teams whose keys you hold
    Cover {
        #[command(flatten)]
        instance: Instance,
        /// The zone
        zone: String,
        #[command(flatten)]
        acting: Acting,
    },
    /// Show the recovery keys, their officers, the last drills and the open requests
    Show(Instance),
    /// Try whether your share opens and is the right one (every 180 days); brings no shares together
    Drill {
        #[command(flatten)]
        instance: Instance,
        /// The zone
        zone: String,
        #[command(flatten)]
        acting: Acting,
    },
    /// Ask, as an officer, that a member gets the newest keys of teams. Everybody is told; it takes a day at least
    Ask {
        #[command(flatten)]
        instance: Instance,
        /// The teams' names, all of one zone
        #[arg(required = true)]
        teams: Vec<String>,
        /// Who is to get the keys: sign-in name
        #[arg(long = "for", value_name = "SIGN-IN-NAME")]
        target: String,
        /// Why: the other officers decide by it
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        acting: Acting,
    },
    /// Agree to a request, as another officer
    Agree {
        #[command(flatten)]
        instance: Instance,
        /// The request, from `recovery show`
        request: Uuid,
        #[command(flatten)]
        acting: Acting,
    },
    /// Stop a request, as an officer or as somebody who holds a team's key in the zone
    Stop {
        #[command(flatten)]
        instance: Instance,
        /// The request, from `recovery show`
        request: Uuid,
        #[command(flatten)]
        acting: Acting,
    },
    /// Get the keys that a request names for you, when enough officers agreed and the day is over
    Finish {
        #[command(flatten)]
        instance: Instance,
        /// The request, from `recovery show`
        request: Uuid,
        #[command(flatten)]
        acting: Acting,
    },
}
