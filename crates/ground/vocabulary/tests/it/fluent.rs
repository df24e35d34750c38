//! The locale files as a map from id to text. Only reading: what the texts must keep is in `words.rs`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

/// The languages that are finished: every text must be in each of them.
pub(crate) const FINISHED: [&str; 2] = ["en", "ro"];

pub(crate) struct Language {
    pub(crate) tag: &'static str,
    texts: BTreeMap<String, String>,
}

impl Language {
    /// The text of a message, variables written as `{name}`, all variants of a selection one after the other.
    pub(crate) fn text(&self, id: &str) -> &str {
        self.texts.get(id).unwrap_or_else(|| panic!("locales/{} lacks {id}", self.tag))
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        self.texts.contains_key(id)
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }
}

pub(crate) fn languages() -> Vec<Language> {
    FINISHED.iter().map(|tag| read(tag)).collect()
}

fn read(tag: &'static str) -> Language {
    let mut texts = BTreeMap::new();
    for file in ["signs.ftl", "vocabulary.ftl", "routes.ftl"] {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../locales").join(tag).join(file);
        let source = fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        let resource = parser::parse(source.as_str()).unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
        for entry in resource.body {
            if let Entry::Message(message) = entry
                && let Some(pattern) = message.value
            {
                let before = texts.insert(message.id.name.to_owned(), text_of(&pattern));
                assert!(before.is_none(), "{}: {} stands twice", path.display(), message.id.name);
            }
        }
    }
    Language { tag, texts }
}

fn text_of(pattern: &Pattern<&str>) -> String {
    let pieces = pattern.elements.iter().map(|element| match element {
        PatternElement::TextElement { value } => (*value).to_owned(),
        PatternElement::Placeable { expression } => match expression {
            Expression::Select { variants, .. } => variants.iter().map(|variant| text_of(&variant.value) + " ").collect(),
            Expression::Inline(InlineExpression::VariableReference { id }) => format!("{{{}}}", id.name),
            Expression::Inline(InlineExpression::StringLiteral { value }) => (*value).to_owned(),
            Expression::Inline(_) => String::new(),
        },
    });
    pieces.collect()
}
