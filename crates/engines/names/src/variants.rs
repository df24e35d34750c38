//! Short forms and other forms of one name, which no rule of spelling leads to: Gheorghiță and Gigi, Ștefan and Fane.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Whether two folded words ([`crate::fold()`]) are forms of one name by the data files: `gheorghe` and `gigi`, `mohammed`
/// and `mehmet`. A form may belong to several names (`nelu` to Ion and to Corneliu); those are not thereby one.
#[must_use]
pub fn same_name(one: &str, other: &str) -> bool {
    match (groups().get(one), groups().get(other)) {
        (Some(one), Some(other)) => one.iter().any(|group| other.contains(group)),
        _ => false,
    }
}

/// The forms that the data files give of a folded word ([`crate::fold()`]), it among them; none for a word that no file names.
pub fn other_forms(word: &str) -> impl Iterator<Item = &'static str> {
    let lines: &[u16] = groups().get(word).map_or(&[], Vec::as_slice);
    lines.iter().flat_map(|line| rows().nth(usize::from(*line))).flat_map(forms)
}

fn rows() -> impl Iterator<Item = &'static str> {
    include_str!("../data/variants.tsv").lines().filter(|line| !line.starts_with('#'))
}

fn forms(row: &'static str) -> impl Iterator<Item = &'static str> {
    row.split_once('\t').map_or("", |(_, forms)| forms).split(' ')
}

fn groups() -> &'static HashMap<&'static str, Vec<u16>> {
    static GROUPS: OnceLock<HashMap<&'static str, Vec<u16>>> = OnceLock::new();
    GROUPS.get_or_init(|| {
        let mut groups: HashMap<&str, Vec<u16>> = HashMap::new();
        for (number, row) in (0_u16..).zip(rows()) {
            for form in forms(row) {
                groups.entry(form).or_default().push(number);
            }
        }
        groups
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_folded_and_no_row_has_one_alone() {
        for row in rows() {
            assert!(forms(row).count() >= 2, "{row}");
            assert!(forms(row).all(|form| !form.is_empty() && form.bytes().all(|byte| byte.is_ascii_lowercase())), "{row}");
        }
    }

    #[test]
    fn short_forms_meet_their_names_and_not_each_other() {
        for (one, other) in [
            ("gheorghita", "gigi"),
            ("stefan", "fane"),
            ("vasile", "vasilica"),
            ("william", "bill"),
            ("oluwaseun", "seun"),
            ("mohammed", "mehmet"),
            ("georgi", "gosho"),
        ] {
            assert!(same_name(one, other), "{one} {other}");
        }
        assert!(same_name("nelu", "ion") && same_name("nelu", "corneliu") && !same_name("ion", "corneliu"));
        assert!(!same_name("ana", "ana maria") && !same_name("nobody", "nobody"));
    }
}
