//! Reading a scenario: from the program itself by name, or from a folder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use time::Date;

use super::error::ScenarioError;
use super::local_time::LocalZone;
use super::place::{Places, Premises};
use super::rates::Rates;
use super::service::{Operator, Organisation};
use super::text::{DeskTexts, Language};

macro_rules! embed {
    ($($file:literal),* $(,)?) => {
        &[$(($file, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/westmere/", $file)))),*]
    };
}

/// The built-in scenarios: name, and each file with its text. A test compares this list with the folder.
pub const EMBEDDED: &[(&str, &[(&str, &str)])] = &[(
    "westmere",
    embed![
        "README.md",
        "desk.toml",
        "figures.csv",
        "kinds.csv",
        "operator.toml",
        "organisation.toml",
        "premises.csv",
        "rates.toml",
        "routes.toml",
        "scenario.toml",
        "streets.csv",
        "texts/am.toml",
        "texts/ar.toml",
        "texts/bg.toml",
        "texts/en.toml",
        "texts/es.toml",
        "texts/hi.toml",
        "texts/pa.toml",
        "texts/pl.toml",
        "texts/pt.toml",
        "texts/ro.toml",
        "texts/sq.toml",
        "texts/ti.toml",
        "texts/vi.toml",
        "vehicles.csv",
        "wards.csv",
    ],
)];

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    name: String,
    title: String,
    banner: BTreeMap<String, String>,
    jurisdiction: String,
    time_zone: String,
    police: String,
    helpline: String,
    council: String,
    days: u16,
    texts: Vec<String>,
}

/// An invented world, read whole and checked.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Name, such as `westmere`.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// The text that stands on every page of the demo, by language; English is always there.
    pub banner: BTreeMap<String, String>,
    /// Jurisdiction id.
    pub jurisdiction: String,
    /// Time zone of the rota and of the contacts' daily rhythm.
    pub time_zone: String,
    /// The invented police.
    pub police: String,
    /// The invented helpline.
    pub helpline: String,
    /// The invented council.
    pub council: String,
    /// Contacts lie within this many days before the moment the demo is made.
    pub days: u16,
    /// Wards, streets, premises, vehicles, nicknames.
    pub places: Places,
    /// Teams, members, rota.
    pub organisation: Organisation,
    /// What the operator states.
    pub operator: Operator,
    /// Base rates.
    pub rates: Rates,
    /// What reporters write, by language.
    pub languages: Vec<Language>,
    /// What advisers write.
    pub desk: DeskTexts,
    pub(crate) zone: LocalZone,
    routes: String,
    files: Vec<(String, String)>,
}

enum Source {
    Embedded(&'static [(&'static str, &'static str)]),
    Folder(PathBuf),
}

impl Source {
    fn read(&self, file: &str) -> Result<Cow<'static, str>, ScenarioError> {
        match self {
            Self::Embedded(files) => files
                .iter()
                .find(|(name, _)| *name == file)
                .map(|(_, text)| Cow::Borrowed(*text))
                .ok_or_else(|| ScenarioError::NotEmbedded { file: file.to_owned() }),
            Self::Folder(folder) => {
                let path = folder.join(file);
                std::fs::read_to_string(&path).map(Cow::Owned).map_err(|source| ScenarioError::Unreadable { file: path, source })
            }
        }
    }
}

/// Reads files and remembers their text, so that the rules of invented data can be checked over all of it.
struct Reader {
    source: Source,
    files: Vec<(String, String)>,
}

impl Reader {
    fn text(&mut self, file: &str) -> Result<String, ScenarioError> {
        let text = self.source.read(file)?.into_owned();
        self.files.push((file.to_owned(), text.clone()));
        Ok(text)
    }

    fn toml<T: DeserializeOwned>(&mut self, file: &str) -> Result<T, ScenarioError> {
        let text = self.text(file)?;
        toml::from_str(&text).map_err(|error| ScenarioError::Malformed { file: file.to_owned(), problem: error.to_string() })
    }

    fn csv<T: DeserializeOwned>(&mut self, file: &str) -> Result<Vec<T>, ScenarioError> {
        let text = self.text(file)?;
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
        reader
            .deserialize()
            .collect::<Result<Vec<T>, _>>()
            .map_err(|error| ScenarioError::Malformed { file: file.to_owned(), problem: error.to_string() })
    }
}

impl Scenario {
    /// Reads a built-in scenario by name, or one from a folder by its path.
    ///
    /// # Errors
    /// [`ScenarioError`] names the file and what is wrong with it.
    pub fn load(name_or_folder: &str) -> Result<Self, ScenarioError> {
        if let Some((_, files)) = EMBEDDED.iter().find(|(name, _)| *name == name_or_folder) {
            return Self::read(Source::Embedded(files));
        }
        let folder = Path::new(name_or_folder);
        if folder.is_dir() {
            return Self::read(Source::Folder(folder.to_owned()));
        }
        let known: Vec<_> = EMBEDDED.iter().map(|(name, _)| *name).collect();
        Err(ScenarioError::Unknown { name: name_or_folder.to_owned(), known: known.join(", ") })
    }

    fn read(source: Source) -> Result<Self, ScenarioError> {
        let mut reader = Reader { source, files: Vec::new() };
        let head: Head = reader.toml("scenario.toml")?;
        if !head.banner.contains_key("en") {
            return Err(ScenarioError::unfit("scenario.toml", "there is no English banner; every page must say that all is invented"));
        }
        let zone = LocalZone::new(&head.time_zone)
            .ok_or_else(|| ScenarioError::unfit("scenario.toml", format!("\"{}\" is not a time zone", head.time_zone)))?;
        let places = Places {
            wards: reader.csv("wards.csv")?,
            streets: reader.csv("streets.csv")?,
            kinds: reader.csv("kinds.csv")?,
            premises: reader.csv("premises.csv")?,
            vehicles: reader.csv("vehicles.csv")?,
            figures: reader.csv("figures.csv")?,
        };
        places.check()?;
        let organisation: Organisation = reader.toml("organisation.toml")?;
        organisation.check()?;
        let operator: Operator = reader.toml("operator.toml")?;
        let routes = reader.text("routes.toml")?;
        let rates: Rates = reader.toml("rates.toml")?;
        let mut languages = Vec::with_capacity(head.texts.len());
        for tag in &head.texts {
            let file = format!("texts/{tag}.toml");
            let language: Language = reader.toml(&file)?;
            if language.language != *tag {
                return Err(ScenarioError::unfit(&file, format!("it says that its language is \"{}\"", language.language)));
            }
            language.check(&file, &places)?;
            languages.push(language);
        }
        if !languages.iter().any(|language| language.language == "en") {
            return Err(ScenarioError::unfit("scenario.toml", "there are no English texts, which stand in where a language has none"));
        }
        rates.check(&places, &languages)?;
        let desk: DeskTexts = reader.toml("desk.toml")?;
        desk.check()?;
        if let Source::Embedded(_) = reader.source {
            reader.text("README.md")?;
        }
        Ok(Self {
            name: head.name,
            title: head.title,
            banner: head.banner,
            jurisdiction: head.jurisdiction,
            time_zone: head.time_zone,
            police: head.police,
            helpline: head.helpline,
            council: head.council,
            days: head.days,
            places,
            organisation,
            operator,
            rates,
            languages,
            desk,
            zone,
            routes,
            files: reader.files,
        })
    }

    /// The banner in this language, or in English.
    #[must_use]
    pub fn banner(&self, language: &str) -> &str {
        self.banner.get(language).or_else(|| self.banner.get("en")).map_or("", String::as_str)
    }

    /// The operator's file of route facts in the vocabulary's form, with the confirmations dated to the day the demo is made
    /// and to be reviewed half a year later, so that an old program still shows routes.
    #[must_use]
    pub fn routes(&self, made_on: Date) -> String {
        let review = made_on.checked_add(time::Duration::days(181)).unwrap_or(Date::MAX);
        self.routes
            .replace(&self.operator.confirmed.on, &made_on.to_string())
            .replace(&self.operator.confirmed.review_by, &review.to_string())
    }

    /// Every file that was read, with its text: for the rules of invented data.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// A premises by id.
    #[must_use]
    pub fn premises(&self, id: &str) -> Option<&Premises> {
        self.places.premises.iter().find(|premises| premises.id == id)
    }

    /// What reporters write in a language.
    #[must_use]
    pub fn language(&self, tag: &str) -> Option<&Language> {
        self.languages.iter().find(|language| language.language == tag)
    }
}
