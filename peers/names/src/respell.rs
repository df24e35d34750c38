//! Names as other people write them. None of this is the engine's own table: a measurement must not read with the eyes it
//! measures.

use rand::RngExt;
use rand::rngs::StdRng;

type Respell = fn(&str, &mut StdRng) -> Option<String>;

/// Each kind of respelling; none for a name that it does not change.
pub(crate) const KINDS: [(&str, Respell); 8] = [
    ("as written", |name, _| Some(name.to_owned())),
    ("marks left out", marks),
    ("Cyrillic, spelt", cyrillic),
    ("Cyrillic names", bulgarian),
    ("Arabic, spelt", arabic),
    ("Arabic names", arabic_names),
    ("one typing error", typing),
    ("other order", order),
];

fn latin(name: &str) -> Option<String> {
    let plain = any_ascii::any_ascii(name).to_lowercase();
    let written_in_latin = name.chars().all(|sign| u32::from(sign) < 0x370 || ('\u{1e00}'..='\u{1eff}').contains(&sign));
    (written_in_latin && plain.split_whitespace().filter(|word| word.len() > 1).count() >= 2).then_some(plain)
}

fn marks(name: &str, _: &mut StdRng) -> Option<String> {
    latin(name).filter(|plain| *plain != name.to_lowercase())
}

fn order(name: &str, _: &mut StdRng) -> Option<String> {
    latin(name)?;
    let words: Vec<&str> = name.split_whitespace().rev().collect();
    Some(words.join(" "))
}

fn typing(name: &str, rng: &mut StdRng) -> Option<String> {
    let plain = latin(name)?;
    let words: Vec<&str> = plain.split_whitespace().collect();
    let which = (0..20).map(|_| rng.random_range(0..words.len())).find(|at| words.get(*at).is_some_and(|word| word.len() >= 4))?;
    let mut letters: Vec<char> = words.get(which)?.chars().collect();
    let at = rng.random_range(0..letters.len());
    let letter = char::from(b'a' + rng.random_range(0..26_u8));
    match rng.random_range(0..4) {
        0 => letters.insert(at, letter),
        1 => drop(letters.remove(at)),
        2 => {
            let last = letters.len() - 1;
            letters.swap(at, (at + 1).min(last));
        }
        _ => *letters.get_mut(at)? = letter,
    }
    let changed: String = letters.into_iter().collect();
    let words: Vec<&str> = words.iter().enumerate().map(|(at, word)| if at == which { changed.as_str() } else { word }).collect();
    Some(words.join(" ")).filter(|changed| *changed != plain)
}

fn cyrillic(name: &str, _: &mut StdRng) -> Option<String> {
    const SPELT: [(&str, &str); 40] = [
        ("shch", "щ"),
        ("sh", "ш"),
        ("ch", "ч"),
        ("zh", "ж"),
        ("kh", "х"),
        ("ts", "ц"),
        ("ya", "я"),
        ("yu", "ю"),
        ("th", "т"),
        ("ph", "ф"),
        ("ck", "к"),
        ("qu", "к"),
        ("oo", "у"),
        ("ee", "и"),
        ("a", "а"),
        ("b", "б"),
        ("c", "к"),
        ("d", "д"),
        ("e", "е"),
        ("f", "ф"),
        ("g", "г"),
        ("h", "х"),
        ("i", "и"),
        ("j", "дж"),
        ("k", "к"),
        ("l", "л"),
        ("m", "м"),
        ("n", "н"),
        ("o", "о"),
        ("p", "п"),
        ("q", "к"),
        ("r", "р"),
        ("s", "с"),
        ("t", "т"),
        ("u", "у"),
        ("v", "в"),
        ("w", "в"),
        ("x", "кс"),
        ("y", "й"),
        ("z", "з"),
    ];
    Some(spell(&latin(name)?, &SPELT))
}

fn arabic(name: &str, _: &mut StdRng) -> Option<String> {
    const SPELT: [(&str, &str); 36] = [
        ("sh", "ش"),
        ("ch", "تش"),
        ("kh", "خ"),
        ("gh", "غ"),
        ("th", "ث"),
        ("dh", "ذ"),
        ("ph", "ف"),
        ("ck", "ك"),
        ("oo", "و"),
        ("ee", "ي"),
        ("a", ""),
        ("b", "ب"),
        ("c", "ك"),
        ("d", "د"),
        ("e", ""),
        ("f", "ف"),
        ("g", "ج"),
        ("h", "ه"),
        ("i", "ي"),
        ("j", "ج"),
        ("k", "ك"),
        ("l", "ل"),
        ("m", "م"),
        ("n", "ن"),
        ("o", "و"),
        ("p", "ب"),
        ("q", "ق"),
        ("r", "ر"),
        ("s", "س"),
        ("t", "ت"),
        ("u", "و"),
        ("v", "ف"),
        ("w", "و"),
        ("x", "كس"),
        ("y", "ي"),
        ("z", "ز"),
    ];
    let plain = latin(name)?;
    // A vowel at the beginning is written; one at the end that is an a, too; a doubled letter is written once.
    let words: Vec<String> = plain
        .split_whitespace()
        .map(|word| {
            let mut single: Vec<char> = word.chars().collect();
            single.dedup_by(|a, b| a == b && !"oe".contains(*a));
            let word: String = single.into_iter().collect();
            let begins = word.starts_with(['a', 'e', 'i', 'o', 'u']);
            let ends = word.ends_with('a');
            let inside = spell(word.trim_start_matches(['a', 'e']), &SPELT);
            format!("{}{inside}{}", if begins { "ا" } else { "" }, if ends { "ا" } else { "" })
        })
        .collect();
    Some(words.join(" "))
}

fn spell(mut plain: &str, spelt: &[(&str, &str)]) -> String {
    let mut text = String::new();
    while !plain.is_empty() {
        if let Some((latin, native)) = spelt.iter().find(|(latin, _)| plain.starts_with(latin)) {
            text.push_str(native);
            plain = plain.get(latin.len()..).unwrap_or_default();
        } else {
            let mut signs = plain.chars();
            text.extend(signs.next().filter(|sign| matches!(sign, ' ' | '-')));
            plain = signs.as_str();
        }
    }
    text
}

/// Names that are written in Arabic, as they are written there.
fn arabic_names(name: &str, _: &mut StdRng) -> Option<String> {
    const WRITTEN: [(&str, &str); 59] = [
        ("mohammed", "محمد"),
        ("ahmed", "أحمد"),
        ("ali", "علي"),
        ("hassan", "حسن"),
        ("hussein", "حسين"),
        ("omar", "عمر"),
        ("youssef", "يوسف"),
        ("ibrahim", "إبراهيم"),
        ("khaled", "خالد"),
        ("abdullah", "عبدالله"),
        ("abdulrahman", "عبدالرحمن"),
        ("mustafa", "مصطفى"),
        ("mahmoud", "محمود"),
        ("karim", "كريم"),
        ("samir", "سمير"),
        ("tariq", "طارق"),
        ("bilal", "بلال"),
        ("hamza", "حمزة"),
        ("saeed", "سعيد"),
        ("nasser", "ناصر"),
        ("fatima", "فاطمة"),
        ("aisha", "عائشة"),
        ("khadija", "خديجة"),
        ("zainab", "زينب"),
        ("maryam", "مريم"),
        ("layla", "ليلى"),
        ("noor", "نور"),
        ("amina", "أمينة"),
        ("huda", "هدى"),
        ("salma", "سلمى"),
        ("yasmin", "ياسمين"),
        ("haddad", "حداد"),
        ("mansour", "منصور"),
        ("khalil", "خليل"),
        ("rahman", "رحمن"),
        ("hussain", "حسين"),
        ("malik", "مالك"),
        ("sheikh", "شيخ"),
        ("qureshi", "قريشي"),
        ("siddiqui", "صديقي"),
        ("ansari", "أنصاري"),
        ("farouk", "فاروق"),
        ("najjar", "نجار"),
        ("khoury", "خوري"),
        ("shaheen", "شاهين"),
        ("aziz", "عزيز"),
        ("ismail", "إسماعيل"),
        ("othman", "عثمان"),
        ("suleiman", "سليمان"),
        ("abbas", "عباس"),
        ("akhtar", "أختر"),
        ("mahmood", "محمود"),
        ("nazir", "نذير"),
        ("rashid", "رشيد"),
        ("saleh", "صالح"),
        ("younis", "يونس"),
        ("zaman", "زمان"),
        ("hanan", "حنان"),
        ("rania", "رانيا"),
    ];
    let plain = latin(name)?;
    let written = |word: &str| WRITTEN.iter().find(|(latin, _)| *latin == word).map(|(_, native)| (*native).to_owned());
    let words: Option<Vec<String>> = plain.split_whitespace().map(written).collect();
    words.map(|words| words.join(" "))
}

/// Names that are written in Cyrillic, from the Latin of a Bulgarian passport.
fn bulgarian(name: &str, _: &mut StdRng) -> Option<String> {
    const NAMES: [&str; 30] = [
        "georgi",
        "ivan",
        "dimitar",
        "nikolay",
        "petar",
        "hristo",
        "todor",
        "stoyan",
        "vasil",
        "zhivko",
        "zhelyazko",
        "ivanka",
        "yordanka",
        "penka",
        "rumyana",
        "snezhana",
        "tsvetelina",
        "desislava",
        "galina",
        "yuliya",
        "yana",
        "ivanov",
        "georgiev",
        "dimitrov",
        "petrov",
        "nikolov",
        "stoyanov",
        "todorov",
        "hristov",
        "angelov",
    ];
    const SPELT: [(&str, &str); 27] = [
        ("sht", "щ"),
        ("zh", "ж"),
        ("ts", "ц"),
        ("ch", "ч"),
        ("sh", "ш"),
        ("yu", "ю"),
        ("ya", "я"),
        ("a", "а"),
        ("b", "б"),
        ("v", "в"),
        ("g", "г"),
        ("d", "д"),
        ("e", "е"),
        ("z", "з"),
        ("i", "и"),
        ("y", "й"),
        ("k", "к"),
        ("l", "л"),
        ("m", "м"),
        ("n", "н"),
        ("o", "о"),
        ("p", "п"),
        ("r", "р"),
        ("s", "с"),
        ("t", "т"),
        ("u", "у"),
        ("h", "х"),
    ];
    let plain = latin(name)?;
    plain.split_whitespace().all(|word| NAMES.contains(&word)).then(|| spell(&plain, &SPELT))
}
