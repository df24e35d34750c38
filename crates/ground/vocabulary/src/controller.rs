//! Who answers in law for what is told: the operator's own facts for the privacy notice, and the authority that watches over it.

use serde::Deserialize;
use toml::Spanned;

use crate::error::{FileError, Source};

/// The longest fact, in characters: an address fits.
const LONGEST: usize = 300;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawController {
    #[serde(default)]
    name: Option<Spanned<String>>,
    #[serde(default)]
    address: Option<Spanned<String>>,
    #[serde(default)]
    email: Option<Spanned<String>>,
    #[serde(default)]
    dpo_email: Option<Spanned<String>>,
    #[serde(default)]
    complaints_to: Option<Spanned<String>>,
}

/// The controller as the operator states it. What they left out is said nowhere: nothing is made up for them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Controller {
    /// The organisation, as it is called in law.
    pub name: Option<String>,
    /// Its postal address.
    pub address: Option<String>,
    /// Where it reads mail about what it keeps.
    pub email: Option<String>,
    /// Its data protection officer.
    pub dpo_email: Option<String>,
    /// Where a complaint can be sent otherwise than by the form: an address of any kind.
    pub complaints_to: Option<String>,
}

/// An authority that a person can complain to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Supervisor {
    /// The Fluent key of its name.
    pub key: &'static str,
    /// Its own site.
    pub web: &'static str,
}

impl Supervisor {
    /// The authority of a jurisdiction, by the jurisdiction's id; `None` for one that this program knows none of.
    #[must_use]
    pub fn of(jurisdiction: &str) -> Option<Self> {
        match jurisdiction {
            "england" | "wales" | "scotland" | "northern-ireland" => Some(Self { key: "supervisor-ico", web: "https://ico.org.uk/" }),
            "romania" => Some(Self { key: "supervisor-anspdcp", web: "https://www.dataprotection.ro/" }),
            _ => None,
        }
    }
}

impl RawController {
    pub(crate) fn read(&self, source: Source<'_>) -> Result<Controller, FileError> {
        let mail = |text: &Option<Spanned<String>>| {
            let Some(raw) = text else { return Ok(None) };
            let read = line(source, raw)?;
            let looks_like_one = read
                .split_once('@')
                .is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.') && !domain.contains('@') && !read.contains(' '));
            if looks_like_one {
                Ok(Some(read))
            } else {
                Err(source.error(
                    raw.span().start,
                    "this is not an email address",
                    "Write one, such as privacy@example.org, or leave it out.",
                ))
            }
        };
        let text = |text: &Option<Spanned<String>>| text.as_ref().map(|raw| line(source, raw)).transpose();
        Ok(Controller {
            name: text(&self.name)?,
            address: text(&self.address)?,
            email: mail(&self.email)?,
            dpo_email: mail(&self.dpo_email)?,
            complaints_to: text(&self.complaints_to)?,
        })
    }
}

fn line(source: Source<'_>, raw: &Spanned<String>) -> Result<String, FileError> {
    let text = raw.get_ref().trim();
    if text.is_empty() || text.chars().count() > LONGEST || text.chars().any(char::is_control) {
        return Err(source.error(
            raw.span().start,
            "this line of the controller is empty, has a line break or is too long",
            format!("Write it on one line of at most {LONGEST} letters, or leave it out."),
        ));
    }
    Ok(text.to_owned())
}
