//! What a column holds, guessed by its heading, and what may never be compared.

use serde::{Deserialize, Serialize};

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The name or names that were given.
    GivenName,
    /// The name of the family.
    FamilyName,
    /// A whole name in one column.
    FullName,
    /// A day, as `1984-02-29`, `19840229` or `29/02/1984`.
    Date,
    /// A telephone number.
    Phone,
    /// A postcode.
    Postcode,
    /// Street and house.
    Address,
    /// An e-mail address or the name of an account.
    Account,
    /// A number that is meant to be one record's: of insurance, of a company.
    Identifier,
    /// The number plate of a vehicle, perhaps seen in passing: in part, or with letters taken for others.
    Plate,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// How old somebody is or looks: `34`, `about 30`, `25-30`, `30s`.
    Age,
    /// Words of any kind.
    Text,
    /// A small number or one of few words: only the same or not.
    Exact,
}

impl Kind {
    /// Whether a value is meant for one alone, so that strangers share it by no chance but by a reason.
    #[must_use]
    pub fn identifies(self) -> bool {
        matches!(self, Self::Phone | Self::Identifier | Self::Plate | Self::Account)
    }

    /// Whether the values are names or parts of names.
    #[must_use]
    pub fn is_name(self) -> bool {
        matches!(self, Self::GivenName | Self::FamilyName | Self::FullName)
    }
}

/// Headings by kind, without capitals, spaces and underscores; the first that a heading contains decides.
const HEADINGS: [(&str, Kind); 53] = [
    ("fullname", Kind::FullName),
    ("firstandsurname", Kind::FullName),
    ("givenname", Kind::GivenName),
    ("firstname", Kind::GivenName),
    ("forename", Kind::GivenName),
    ("prenume", Kind::GivenName),
    ("surname", Kind::FamilyName),
    ("familyname", Kind::FamilyName),
    ("lastname", Kind::FamilyName),
    ("numedefamilie", Kind::FamilyName),
    ("organisationname", Kind::FullName),
    ("dateofbirth", Kind::Date),
    ("birthdate", Kind::Date),
    ("dob", Kind::Date),
    ("date", Kind::Date),
    ("telephone", Kind::Phone),
    ("phone", Kind::Phone),
    ("mobile", Kind::Phone),
    ("postcode", Kind::Postcode),
    ("postalcode", Kind::Postcode),
    ("zip", Kind::Postcode),
    ("streetnumber", Kind::Exact),
    ("housenumber", Kind::Exact),
    ("address1", Kind::Address),
    ("address2", Kind::Text),
    ("address", Kind::Address),
    ("addr", Kind::Address),
    ("street", Kind::Address),
    ("email", Kind::Account),
    ("handle", Kind::Account),
    ("account", Kind::Account),
    ("plate", Kind::Plate),
    ("vehicleregistration", Kind::Plate),
    ("vrm", Kind::Plate),
    ("registration", Kind::Identifier),
    ("latitude", Kind::Latitude),
    ("longitude", Kind::Longitude),
    ("colour", Kind::Exact),
    ("color", Kind::Exact),
    ("platform", Kind::Exact),
    ("socsecid", Kind::Identifier),
    ("insurance", Kind::Identifier),
    ("passport", Kind::Identifier),
    ("number", Kind::Identifier),
    ("gender", Kind::Exact),
    ("sex", Kind::Exact),
    ("state", Kind::Exact),
    ("country", Kind::Exact),
    ("year", Kind::Exact),
    ("place", Kind::Text),
    ("city", Kind::Text),
    ("town", Kind::Text),
    ("suburb", Kind::Text),
];

/// The kind that a heading says; words of any kind when it says none, and a name when it is just `name`.
#[must_use]
pub fn guess(heading: &str) -> Kind {
    let plain = plain(heading);
    match plain.as_str() {
        "name" | "title" => return Kind::FullName,
        "lat" => return Kind::Latitude,
        "lon" | "lng" | "long" => return Kind::Longitude,
        "age" | "agerange" | "apparentage" => return Kind::Age,
        _ => {}
    }
    HEADINGS.iter().find(|(word, _)| plain.contains(word)).map_or(Kind::Text, |(_, kind)| *kind)
}

fn plain(heading: &str) -> String {
    heading.to_lowercase().chars().filter(|sign| sign.is_alphanumeric()).collect()
}

/// Whether a column may never be compared: what it says of somebody's nationality, origin, faith, sex life or immigration
/// status must not decide who they are taken for.
#[must_use]
pub fn refused(heading: &str) -> bool {
    const REFUSED: [&str; 18] = [
        "nationality",
        "visastatus",
        "visatype",
        "citizenship",
        "ethnic",
        "race",
        "culture",
        "religion",
        "faith",
        "immigration",
        "visa",
        "asylum",
        "orientation",
        "countryofbirth",
        "birthcountry",
        "origin",
        "tribe",
        "caste",
    ];
    let plain = plain(heading);
    REFUSED.iter().any(|word| plain == *word || (word.len() > 4 && plain.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_what_a_column_holds() {
        for (heading, kind) in [
            ("given_name", Kind::GivenName),
            ("Surname", Kind::FamilyName),
            ("full_name", Kind::FullName),
            ("date_of_birth", Kind::Date),
            ("postcode_fake", Kind::Postcode),
            ("address_1", Kind::Address),
            ("soc_sec_id", Kind::Identifier),
            ("street_number", Kind::Exact),
            ("occupation", Kind::Text),
        ] {
            assert_eq!(guess(heading), kind, "{heading}");
        }
    }

    #[test]
    fn nobody_is_linked_by_what_must_not_count() {
        for heading in ["culture", "Nationality", "country of birth", "Religion", "ethnic_group", "race", "Visa status"] {
            assert!(refused(heading), "{heading}");
        }
        for heading in ["trace", "surname", "address", "birth_place"] {
            assert!(!refused(heading), "{heading}");
        }
    }
}
