//! How people type on a phone: without marks, in Latin letters, in haste.

use super::random::Dice;

/// Letters with marks that hasty typists leave out; what Unicode does not take apart by itself is here as well.
const PLAIN: &[(&str, char)] = &[
    ("ăâáàãäåạảấầẩẫậắằẳẵặą", 'a'),
    ("ĂÂÁÀÃÄÅẠẢẤẦẨẪẬẮẰẲẴẶĄ", 'A'),
    ("éèêëẹẻẽếềểễệę", 'e'),
    ("ÉÈÊËẸẺẼẾỀỂỄỆĘ", 'E'),
    ("îíìïịỉĩ", 'i'),
    ("ÎÍÌÏỊỈĨ", 'I'),
    ("óòôõöơọỏốồổỗộớờởỡợ", 'o'),
    ("ÓÒÔÕÖƠỌỎỐỒỔỖỘỚỜỞỠỢ", 'O'),
    ("úùûüưụủũứừửữự", 'u'),
    ("ÚÙÛÜƯỤỦŨỨỪỬỮỰ", 'U'),
    ("ýỳỵỷỹ", 'y'),
    ("ÝỲỴỶỸ", 'Y'),
    ("șşś", 's'),
    ("ȘŞŚ", 'S'),
    ("țţ", 't'),
    ("ȚŢ", 'T'),
    ("çć", 'c'),
    ("ÇĆ", 'C'),
    ("ñń", 'n'),
    ("ÑŃ", 'N'),
    ("żź", 'z'),
    ("ŻŹ", 'Z'),
    ("łŁ", 'l'),
    ("đ", 'd'),
    ("Đ", 'D'),
];

/// "spălătorie" as "spalatorie".
pub(crate) fn without_marks(text: &str) -> String {
    text.chars().map(|letter| PLAIN.iter().find(|(marked, _)| marked.contains(letter)).map_or(letter, |(_, plain)| *plain)).collect()
}

/// Bulgarian in Latin letters and digits, as typed without a Cyrillic keyboard ("shlyokavitsa").
pub(crate) fn shlyokavitsa(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let capital = letter.is_uppercase();
        let latin = match letter.to_lowercase().next().unwrap_or(letter) {
            'а' => "a",
            'б' => "b",
            'в' => "v",
            'г' => "g",
            'д' => "d",
            'е' => "e",
            'ж' => "j",
            'з' => "z",
            'и' => "i",
            'й' => "i",
            'к' => "k",
            'л' => "l",
            'м' => "m",
            'н' => "n",
            'о' => "o",
            'п' => "p",
            'р' => "r",
            'с' => "s",
            'т' => "t",
            'у' => "u",
            'ф' => "f",
            'х' => "h",
            'ц' => "c",
            'ч' => "4",
            'ш' => "6",
            'щ' => "6t",
            'ъ' => "y",
            'ь' => "i",
            'ю' => "iu",
            'я' => "q",
            _ => {
                out.push(letter);
                continue;
            }
        };
        if capital { out.extend(latin.chars().map(|letter| letter.to_ascii_uppercase())) } else { out.push_str(latin) }
    }
    out
}

/// Now and then in haste: small letters throughout, no stop at the end, two letters of a word the wrong way round.
pub(crate) fn in_haste(text: String, dice: &mut Dice) -> String {
    let mut text = text;
    if dice.chance(0.07) {
        text = text.to_lowercase();
    }
    if dice.chance(0.06) {
        text = swap_two_letters(&text, dice);
    }
    if dice.chance(0.12) && text.ends_with('.') {
        text.pop();
    }
    text
}

/// Swaps two neighbouring letters inside one longer word; words with digits stay, for they may be plates or numbers.
fn swap_two_letters(text: &str, dice: &mut Dice) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let long: Vec<usize> = words
        .iter()
        .enumerate()
        .filter(|(_, word)| word.len() > 5 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
        .map(|(index, _)| index)
        .collect();
    let at = dice.between(1, 4);
    if let Some(word) = dice.one(&long).and_then(|index| words.get_mut(*index)) {
        let mut letters: Vec<char> = word.chars().collect();
        let at = usize::try_from(at).unwrap_or(1);
        if at + 1 < letters.len() {
            letters.swap(at, at + 1);
        }
        *word = letters.into_iter().collect();
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_fall_away_and_all_else_stays() {
        assert_eq!(without_marks("Bună ziua, lucrez la spălătorie. Țin minte."), "Buna ziua, lucrez la spalatorie. Tin minte.");
        assert_eq!(without_marks("Tiếng Việt, Đàm, żółw"), "Tieng Viet, Dam, zolw");
        assert_eq!(without_marks("WQ68 QAK ትግርኛ"), "WQ68 QAK ትግርኛ");
    }

    #[test]
    fn bulgarian_in_latin_letters() {
        assert_eq!(shlyokavitsa("Моля ви, бързо: чичо ще дойде в Alder Row"), "Molq vi, byrzo: 4i4o 6te doide v Alder Row");
    }

    #[test]
    fn no_language_with_marks_keeps_one() {
        let scenario = crate::scenario::Scenario::load("westmere").unwrap();
        for language in scenario.languages.iter().filter(|language| language.without_marks > 0.0) {
            for sentence in language.sentences() {
                let plain = without_marks(sentence);
                let left: String = plain.chars().filter(|letter| letter.is_alphabetic() && !letter.is_ascii()).collect();
                assert!(left.is_empty(), "{}: {left} is left in {plain:?}", language.language);
            }
        }
    }
}
