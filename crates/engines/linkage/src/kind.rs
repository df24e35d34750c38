//! What a column holds, guessed by its heading.

use plainsight_names::Word;
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

/// Headings by kind, without marks, capitals and spaces; the first that a heading contains decides. A short word must stand alone.
/// In English, Romanian, French, German, Spanish, Italian, Portuguese, Polish and Albanian.
const HEADINGS: &[(Kind, &[&str])] = &[
    (Kind::FullName, &["fullname", "firstandsurname", "numesiprenume", "numecomplet", "nomcomplet", "nombrecompleto", "imieinazwisko"]),
    (Kind::GivenName, &["givenname", "firstname", "forename", "prenume", "prenom", "vorname", "nombre", "imie", "emri"]),
    (Kind::FamilyName, &["surname", "familyname", "lastname", "numedefamilie", "nomdefamille", "nachname", "apellido", "cognome"]),
    (Kind::FamilyName, &["sobrenome", "apelido", "nazwisko", "mbiemri", "nume", "nom"]),
    (Kind::FullName, &["organisationname", "organizationname", "companyname"]),
    (Kind::Date, &["dateofbirth", "birthdate", "dob", "date", "data", "datanasterii", "nastere", "naissance", "geburtsdatum"]),
    (Kind::Date, &["geburtstag", "nacimiento", "nascita", "nascimento", "urodzenia", "datelindja"]),
    (Kind::Phone, &["telephone", "phonenumber", "phoneno", "homephone", "workphone", "mobilephone", "phone", "mobile", "mobil", "telefon"]),
    (Kind::Phone, &["handynummer", "movil", "portable", "komorka"]),
    (Kind::Postcode, &["postcode", "postalcode", "zip", "zipcode", "codpostal", "codepostal", "postleitzahl", "plz", "codigopostal"]),
    (Kind::Postcode, &["kodpocztowy"]),
    (Kind::Exact, &["streetnumber", "housenumber"]),
    (Kind::Address, &["address1", "addressline1"]),
    (Kind::Text, &["address2", "addressline2"]),
    (Kind::Account, &["email", "emailaddress", "handle", "account", "username"]),
    (Kind::Address, &["address", "addr", "street", "adresa", "adresse", "strada", "strasse", "direccion", "indirizzo", "morada", "adres"]),
    (Kind::Plate, &["plate", "numberplate", "licenceplate", "licenseplate", "vehicleregistration", "vrm", "inmatriculare", "kennzeichen"]),
    (Kind::Plate, &["immatriculation", "matricula", "rejestracyjny", "targa"]),
    (Kind::Identifier, &["registration"]),
    (Kind::Latitude, &["latitude", "latitudine"]),
    (Kind::Longitude, &["longitude", "longitudine"]),
    (Kind::Exact, &["colour", "color", "culoare", "couleur", "farbe", "platform"]),
    (Kind::Identifier, &["socsecid", "insurance", "passport", "pasaport", "passeport", "cnp", "pesel", "number", "numar", "numero"]),
    (Kind::Exact, &["gender", "sex", "state", "country", "year", "judet", "genre", "geschlecht"]),
    (Kind::Text, &["place", "city", "town", "suburb", "localitate", "oras", "ville", "ort", "ciudad", "miasto"]),
];

/// The kind that a heading says; words of any kind when it says none, and a name when it is just `name`.
#[must_use]
pub fn guess(heading: &str) -> Kind {
    /// A word of fewer letters is part of many others: `date` of `candidate`.
    const LONG: usize = 6;
    let tokens = tokens(heading);
    let joined = tokens.concat();
    match joined.as_str() {
        "name" => return Kind::FullName,
        "lat" => return Kind::Latitude,
        "lon" | "lng" | "long" => return Kind::Longitude,
        "age" | "agerange" | "apparentage" | "varsta" => return Kind::Age,
        _ => {}
    }
    let alone = |word: &str| tokens.iter().any(|token| token.trim_end_matches(|sign: char| sign.is_ascii_digit()) == word);
    let says = |word: &&str| joined == *word || alone(word) || (word.len() >= LONG && joined.contains(*word));
    HEADINGS.iter().find(|(_, words)| words.iter().any(says)).map_or(Kind::Text, |(kind, _)| *kind)
}

/// The words of a heading in plain small letters: divided by what is no letter or digit, and where a capital follows a small
/// letter.
pub(crate) fn tokens(heading: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(heading.len() + 4);
    let mut before = ' ';
    for sign in heading.chars() {
        if before.is_lowercase() && sign.is_uppercase() {
            spaced.push(' ');
        }
        spaced.push(if sign.is_alphanumeric() { sign } else { ' ' });
        before = sign;
    }
    spaced.split(' ').filter_map(Word::new).map(|word| word.folded().to_owned()).collect()
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
            ("birthDate", Kind::Date),
            ("phone_number", Kind::Phone),
            ("phone2", Kind::Phone),
            ("Nume", Kind::FamilyName),
            ("Prenume", Kind::GivenName),
            ("Nume și prenume", Kind::FullName),
            ("Data nașterii", Kind::Date),
            ("Telefon", Kind::Phone),
            ("Adresă", Kind::Address),
            ("Cod poștal", Kind::Postcode),
            ("Nr. înmatriculare", Kind::Plate),
            ("Prénom", Kind::GivenName),
            ("Geburtsdatum", Kind::Date),
            ("candidate", Kind::Text),
            ("update", Kind::Text),
            ("estate", Kind::Text),
            ("title", Kind::Text),
        ] {
            assert_eq!(guess(heading), kind, "{heading}");
        }
    }
}
