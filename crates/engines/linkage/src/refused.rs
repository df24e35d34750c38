//! What may never be compared: what a column says of somebody's nationality, origin, faith, sex life or immigration status must
//! not decide who they are taken for.

use crate::kind::tokens;

/// A word of a heading that begins like this is refused. Plain letters; what is written in another script is read in them.
const STEMS: [&str; 76] = [
    // Nationality and citizenship.
    "nationalit",
    "natsionaln",
    "natsionalnist",
    "nacionalid",
    "nazionalit",
    "nacionalit",
    "narodowo",
    "narodnost",
    "nemzetiseg",
    "kombesi",
    "milliyet",
    "uyruk",
    "staatsangehor",
    "staatsburger",
    "citizen",
    "cetateni",
    "citoyen",
    "ciudadan",
    "cittadin",
    "cidadan",
    "obywatel",
    "obcanstv",
    "drzavljan",
    "grazhdanstv",
    "hromadianstv",
    "allampolgar",
    "shtetesi",
    "pilietyb",
    // Ethnicity and origin.
    "ethni",
    "etni",
    "racial",
    "rasial",
    "raciale",
    "tribe",
    "tribal",
    "caste",
    "cultur",
    "kultur",
    "herkunft",
    "pochodzeni",
    "proishozhd",
    "proiskhozhd",
    "complexion",
    // Faith.
    "religi",
    "faith",
    "creed",
    "confesi",
    "confessi",
    "konfess",
    "wyznani",
    "veroispoved",
    "veroispovid",
    "glaube",
    "vallas",
    "besimi",
    // Immigration.
    "visa",
    "immigra",
    "imigra",
    "inmigra",
    "migrat",
    "migrant",
    "einwander",
    "zuwander",
    "aufenthalt",
    "asylum",
    "asylsuch",
    "asile",
    "azilant",
    "refuge",
    "refugi",
    "fluchtling",
    "uchodzc",
    // Sex life, and languages: they staff and translate, and nothing else.
    "sexual",
    "seksual",
    "language",
    "langues",
];

/// A word of a heading that is just this is refused.
const WORDS: [&str; 28] = [
    "race",
    "races",
    "rasa",
    "raza",
    "rasse",
    "razza",
    "raca",
    "skin",
    "origin",
    "origins",
    "origine",
    "origen",
    "origem",
    "orientation",
    "orientare",
    "clan",
    "asyl",
    "azil",
    "asilo",
    "tongue",
    "langue",
    "limba",
    "sprache",
    "idioma",
    "lingua",
    "jezyk",
    "gjuha",
    "din",
];

/// A heading that holds this, whatever stands between its words, is refused.
const PHRASES: [&str; 24] = [
    "countryofbirth",
    "birthcountry",
    "bornincountry",
    "taranasterii",
    "paysdenaissance",
    "geburtsland",
    "passportcountry",
    "countryofpassport",
    "passportnation",
    "countryofissue",
    "issuingcountry",
    "homecountry",
    "leavetoremain",
    "settledstatus",
    "residencestatus",
    "residencypermit",
    "residencepermit",
    "permisdesedere",
    "titredesejour",
    "sexlife",
    "mothertongue",
    "quoctich",
    "dantoc",
    "tongiao",
];

/// Parts of headings in scripts whose letters say little alone.
const WRITTEN: [&str; 10] = ["جنسية", "ديانة", "قومية", "عرقية", "ملیت", "مذهب", "国籍", "國籍", "民族", "宗教"];

/// Whether a column may never be compared. Words are looked at whole: `original_name` and `agriculture` are other words.
#[must_use]
pub fn refused(heading: &str) -> bool {
    let tokens = tokens(heading);
    let joined = tokens.concat();
    tokens.iter().any(|token| WORDS.contains(&token.as_str()) || STEMS.iter().any(|stem| token.starts_with(stem)))
        || PHRASES.iter().any(|phrase| joined.contains(phrase))
        || WRITTEN.iter().any(|part| heading.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In the languages of those who fill such files in.
    #[test]
    fn nobody_is_linked_by_what_must_not_count() {
        for heading in [
            "culture",
            "Nationality",
            "country of birth",
            "Religion",
            "ethnic_group",
            "race",
            "Visa status",
            "Naționalitate",
            "Cetățenie",
            "CETĂȚENIA",
            "Etnie",
            "Religie",
            "Confesiune",
            "Rasă",
            "Nationalité",
            "Citoyenneté",
            "Ethnie",
            "Staatsangehörigkeit",
            "Herkunft",
            "Nacionalidad",
            "Religión",
            "Narodowość",
            "Obywatelstwo",
            "Wyznanie",
            "Citizen",
            "Race_code",
            "Racial_group",
            "Visa_number",
            "visaType",
            "Immigrant",
            "Refugee_status",
            "Leave_to_remain",
            "Sexuality",
            "Sex_life",
            "Mother_tongue",
            "Skin_colour",
            "Passport_country",
            "Settled_status",
            "Creed",
            "countryOfOrigin",
            "COUNTRY_OF_ORIGIN",
            "Национальность",
            "гражданство",
            "Вероисповедание",
            "الجنسية",
            "国籍",
            "Quốc tịch",
            "Kombësia",
            "Állampolgárság",
            "spoken_language",
            "immigration_status",
        ] {
            assert!(refused(heading), "{heading}");
        }
        for heading in [
            "trace",
            "surname",
            "address",
            "birth_place",
            "original_name",
            "original_address",
            "lancaster_ref",
            "agriculture_permit",
            "embrace",
            "sex",
            "gender",
            "country",
            "passport_number",
            "dinner",
            "horticulturist",
        ] {
            assert!(!refused(heading), "{heading}");
        }
    }
}
