//! A table that is wrong is refused with its file, its line and what to do, and never half read.

use super::*;

const SIGNS: &str = "# a comment\nid,category,exploitation,observers,strength,alone_ok,proxy_risk,public_ok,self_ok,sources\n";

fn refused<T>(read: Result<T, FileError>, file: &str, line: usize, problem: &str) {
    let error = read.err().unwrap_or_else(|| panic!("{problem}: was read"));
    assert_eq!((error.file.as_str(), error.line), (file, Some(line)), "{error}");
    assert!(error.problem.contains(problem), "{error}");
    assert!(!error.advice.is_empty());
    assert!(error.to_string().starts_with(&format!("{file}, line {line}: ")), "{error}");
}

#[test]
fn a_good_row_is_read_and_comments_and_blanks_are_not() {
    let text = format!("{SIGNS}\n# another\none-two, WRK ,L D,P W X,medium,no,no,yes,yes,HO UN\n");
    let signs = read_signs("s.csv", &text).unwrap();
    assert_eq!(signs.len(), 1);
    assert_eq!((signs[0].id.as_str(), signs[0].category, signs[0].sources.len()), ("one-two", Category::Work, 2));
}

#[test]
fn each_mistake_in_a_sign_is_named_with_its_line() {
    for (row, problem) in [
        ("One,WRK,*,P,weak,no,no,yes,no,HO", "is not an id"),
        ("-one,WRK,*,P,weak,no,no,yes,no,HO", "is not an id"),
        (",WRK,*,P,weak,no,no,yes,no,HO", "is not an id"),
        ("one,WORK,*,P,weak,no,no,yes,no,HO", "column \"category\""),
        ("one,WRK,Z,P,weak,no,no,yes,no,HO", "column \"exploitation\""),
        ("one,WRK,*,Q,weak,no,no,yes,no,HO", "column \"observers\""),
        ("one,WRK,*,P,huge,no,no,yes,no,HO", "column \"strength\""),
        ("one,WRK,*,P,weak,maybe,no,yes,no,HO", "column \"alone_ok\""),
        ("one,WRK,*,P,weak,no,,yes,no,HO", "column \"proxy_risk\""),
        ("one,WRK,*,P,weak,no,no,true,no,HO", "column \"public_ok\""),
        ("one,WRK,*,P,weak,no,no,yes,YES,HO", "column \"self_ok\""),
        ("one,WRK,*,,weak,no,no,yes,no,HO", "nobody who can see it"),
        ("one,WRK,*,P,weak,no,no,yes,no,", "no source"),
        ("one,WRK,*,P,weak,no,yes,no,no,HO", "proxy risk"),
        ("one,WRK,*,P,,yes,yes,no,no,HO", "proxy risk"),
        ("one,WRK,*,P,,no,yes,yes,no,HO", "proxy risk"),
        ("one,WRK,*,P,,no,no,yes,no,HO", "no strength"),
        ("one,WRK,*,P,weak,yes,no,yes,no,HO", "weak sign stands alone"),
        ("one,WRK,*,P,weak,no,no,no,yes,HO", "question to the person"),
        ("one,WRK,*,P,weak,no,no,yes,no", "not a table"),
        ("one,WRK,*,P,weak,no,no,yes,no,HO,more", "not a table"),
    ] {
        refused(read_signs("s.csv", &format!("{SIGNS}{row}\n")), "s.csv", 3, problem);
    }
}

#[test]
fn a_row_that_stands_twice_is_named_by_its_second_line() {
    let row = "one,WRK,*,P,weak,no,no,yes,no,HO\n";
    refused(read_signs("s.csv", &format!("{SIGNS}{row}two,WRK,*,P,weak,no,no,yes,no,HO\n{row}")), "s.csv", 5, "stands twice");
    // The same code in another list of contacts is another code.
    assert!(read_contact_kinds("c.csv", "list,id,sources\nconsent,anonymous,UF\nconsent,share,UF\n").is_ok());
}

#[test]
fn other_columns_are_refused() {
    for text in ["", "id\n", "id,sources,more\na,b,c\n", "sources,id\nHO,a\n"] {
        refused(read_venues("v.csv", text), "v.csv", 1, "columns");
    }
}

#[test]
fn a_setting_lists_known_signs_once_and_between_eight_and_fifteen_public_ones() {
    let (signs, venues) = (crate::signs(), crate::venues());
    let public: Vec<&str> = signs.iter().filter(|sign| sign.public_ok).map(|sign| sign.id.as_str()).collect();
    let read = |venue: &str, strongest: &str, more: &str| {
        read_settings("t.csv", &format!("id,venues,strongest,more\nplace,{venue},{strongest},{more}\n"), signs, venues)
    };
    let of = |many: usize| public[..many].join(" ");
    assert!(read("other", &of(8), "").is_ok());
    assert!(read("other", &of(15), "").is_ok());
    refused(read("other", &of(7), ""), "t.csv", 2, "shows 7 signs");
    refused(read("other", &of(16), ""), "t.csv", 2, "shows 16 signs");
    refused(read("moon", &of(8), ""), "t.csv", 2, "\"moon\"");
    refused(read("other", &of(8), "no-such-sign"), "t.csv", 2, "\"no-such-sign\"");
    refused(read("other", &of(8), public[0]), "t.csv", 2, "stands twice");
    for sign in signs.iter().filter(|sign| !sign.public_ok) {
        refused(read("other", &format!("{} {}", of(8), sign.id), ""), "t.csv", 2, "not for the public");
    }
}

#[test]
fn strong_signs_come_before_weak_ones_whatever_the_order_of_the_table() {
    let by = |strength| crate::signs().iter().filter(move |sign| sign.public_ok && sign.strength == Some(strength)).take(4);
    let ids: Vec<&str> = by(Strength::Weak).chain(by(Strength::Medium)).chain(by(Strength::Strong)).map(|sign| sign.id.as_str()).collect();
    let text = format!("id,venues,strongest,more\nplace,other,{},\n", ids.join(" "));
    let setting = &read_settings("t.csv", &text, crate::signs(), crate::venues()).unwrap()[0];
    let strengths: Vec<_> = setting.strongest.iter().map(|id| crate::sign(id).unwrap().strength).collect();
    assert!(strengths.is_sorted(), "{strengths:?}");
}

#[test]
fn a_wider_kind_of_exploitation_stands_above_its_narrower_ones() {
    let head = "id,parent,letter,nrm,htcds,ctdc,sources\n";
    assert!(read_exploitation("e.csv", &format!("{head}a,,L,,,,HO\nb,a,L,,,,HO\n")).is_ok());
    refused(read_exploitation("e.csv", &format!("{head}b,a,L,,,,HO\na,,L,,,,HO\n")), "e.csv", 2, "wider kind");
    refused(read_exploitation("e.csv", &format!("{head}a,,Q,,,,HO\n")), "e.csv", 2, "column \"letter\"");
}

#[test]
fn contact_codes_are_those_of_the_program() {
    let read = |row: &str| read_contact_kinds("c.csv", &format!("list,id,sources\n{row}\n"));
    assert!(read("arrived,web,UF").is_ok());
    refused(read("arrived,pigeon,UF"), "c.csv", 2, "column \"id\"");
    refused(read("colour,red,UF"), "c.csv", 2, "column \"list\"");
}
