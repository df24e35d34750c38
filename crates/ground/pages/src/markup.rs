//! The small values that components are made of: text that is escaped, markup that is not, classes and attributes.

use std::fmt::{self, Write};

use askama::filters::HtmlSafe;
use askama::{FastWritable, Template, Values};
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};

/// HTML that is known to be safe: it came out of a template of ours, or is a literal in the program.
///
/// Text of people never becomes `Markup` by another way than a template, which escapes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// Renders a template. A template of ours cannot fail to write into a string; if one ever does, the error is
    /// logged and the place stays empty.
    pub fn of(template: &impl Template) -> Self {
        match template.render() {
            Ok(html) => Self(html),
            Err(error) => {
                tracing::error!(rule = "pages.render", %error, "a template could not be rendered");
                Self::default()
            }
        }
    }

    /// A literal of the program.
    pub fn literal(html: &'static str) -> Self {
        Self(html.to_owned())
    }

    /// Several pieces, one after the other.
    pub fn join(pieces: impl IntoIterator<Item = Self>) -> Self {
        Self(pieces.into_iter().map(|piece| piece.0).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Text or markup. Text is escaped when it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Content {
    #[serde(default, deserialize_with = "scalar")]
    text: Option<String>,
    #[serde(default, deserialize_with = "markup")]
    html: Option<Markup>,
}

impl Content {
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), html: None }
    }

    pub fn html(html: Markup) -> Self {
        Self { text: None, html: Some(html) }
    }

    pub(crate) fn of(text: &Option<String>, html: &Option<Markup>) -> Self {
        Self { text: text.clone(), html: html.clone() }
    }

    /// True when there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.text.as_deref().is_none_or(str::is_empty) && !self.is_html()
    }

    pub(crate) fn is_html(&self) -> bool {
        self.html.as_ref().is_some_and(|html| !html.is_empty())
    }

    /// As markup: text is escaped.
    pub(crate) fn markup(&self) -> Markup {
        Markup(self.to_string())
    }

    /// Itself, or the text when it is empty.
    pub(crate) fn or_text(&self, text: &str) -> Self {
        if self.is_empty() { Self::text(text) } else { self.clone() }
    }
}

impl<T: Into<String>> From<T> for Content {
    fn from(text: T) -> Self {
        Self::text(text)
    }
}

impl From<Markup> for Content {
    fn from(html: Markup) -> Self {
        Self::html(html)
    }
}

/// Extra CSS classes. Written with a space before, or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Classes(String);

impl Classes {
    pub(crate) fn and(&self, first: &str) -> Self {
        if self.0.is_empty() { Self(first.to_owned()) } else { Self(format!("{first} {}", self.0)) }
    }

    pub(crate) fn contains(&self, class: &str) -> bool {
        self.0.contains(class)
    }
}

impl From<&str> for Classes {
    fn from(classes: &str) -> Self {
        Self(classes.to_owned())
    }
}

impl From<String> for Classes {
    fn from(classes: String) -> Self {
        Self(classes)
    }
}

/// Extra HTML attributes in the order in which they were given. Each is written with a space before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes(Vec<(String, Option<String>)>);

impl Attributes {
    /// `name="value"`.
    pub fn set(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.push((name.into(), Some(value.into())));
        self
    }

    /// `name` alone.
    pub fn flag(mut self, name: impl Into<String>) -> Self {
        self.0.push((name.into(), None));
        self
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_deref().unwrap_or_default()))
    }

    pub(crate) fn set_some(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    pub(crate) fn and(mut self, more: &Self) -> Self {
        self.0.extend(more.0.iter().cloned());
        self
    }
}

/// Writes `text` with the five characters that HTML gives a meaning replaced.
fn escape(out: &mut (impl Write + ?Sized), text: &str) -> fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.write_str(&rest[..at])?;
        out.write_str(match rest.as_bytes()[at] {
            b'&' => "&#38;",
            b'<' => "&#60;",
            b'>' => "&#62;",
            b'"' => "&#34;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    out.write_str(rest)
}

impl fmt::Display for Markup {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Display for Content {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_content(self, out)
    }
}

fn write_content(content: &Content, out: &mut (impl Write + ?Sized)) -> fmt::Result {
    match &content.html {
        Some(html) if !html.is_empty() => out.write_str(html.as_str().trim()),
        _ => escape(out, content.text.as_deref().unwrap_or_default()),
    }
}

impl fmt::Display for Classes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_classes(self, out)
    }
}

fn write_classes(classes: &Classes, out: &mut (impl Write + ?Sized)) -> fmt::Result {
    if classes.0.is_empty() {
        return Ok(());
    }
    out.write_char(' ')?;
    escape(out, &classes.0)
}

impl fmt::Display for Attributes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_attributes(self, out)
    }
}

fn write_attributes(attributes: &Attributes, out: &mut (impl Write + ?Sized)) -> fmt::Result {
    for (name, value) in &attributes.0 {
        out.write_char(' ')?;
        escape(out, name)?;
        if let Some(value) = value {
            out.write_str("=\"")?;
            escape(out, value)?;
            out.write_char('"')?;
        }
    }
    Ok(())
}

macro_rules! safe {
    ($kind:ty, $write:expr) => {
        impl HtmlSafe for $kind {}
        impl FastWritable for $kind {
            fn write_into(&self, out: &mut dyn Write, _: &dyn Values) -> askama::Result<()> {
                let write: fn(&Self, &mut dyn Write) -> fmt::Result = $write;
                write(self, out).map_err(Into::into)
            }
        }
    };
}
safe!(Markup, |markup, out| out.write_str(&markup.0));
safe!(Content, |content, out| write_content(content, out));
safe!(Classes, |classes, out| write_classes(classes, out));
safe!(Attributes, |attributes, out| write_attributes(attributes, out));

// The macro options of the design system are JavaScript values: a number may stand where text is meant, and a false
// or empty value means "nothing". These read them so.

/// Text, a number or a truth value as text; nothing for `null`.
pub(crate) fn scalar<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    from.deserialize_any(ScalarVisitor)
}

fn markup<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Markup>, D::Error> {
    Ok(scalar(from)?.filter(|html| html != "false").map(Markup))
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Option<String>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("text, a number, true, false or null")
    }
    fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(value.to_owned()))
    }
    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }
    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_any(Self)
    }
}

impl<'de> Deserialize<'de> for Markup {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        markup(from).map(Option::unwrap_or_default)
    }
}

impl<'de> Deserialize<'de> for Classes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        scalar(from).map(|classes| Self(classes.unwrap_or_default()))
    }
}

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Attributes;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("attributes by name")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Attributes, M::Error> {
                let mut attributes = Attributes::default();
                while let Some((name, value)) = map.next_entry::<String, Scalar>()? {
                    attributes = attributes.set(name, value.0.unwrap_or_default());
                }
                Ok(attributes)
            }
        }
        from.deserialize_any(Pairs)
    }
}

/// One JavaScript scalar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Scalar(pub(crate) Option<String>);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        scalar(from).map(Self)
    }
}

/// A list in which `null`, `false` and `""` stand for "no item here"; they still count in the numbering.
pub(crate) fn sparse<'de, D, T>(from: D) -> Result<Vec<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Item<T> {
        Some(T),
        None(IgnoredAny),
    }
    struct List<T>(std::marker::PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Visitor<'de> for List<T> {
        type Value = Vec<Option<T>>;
        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("a list")
        }
        fn visit_seq<S: SeqAccess<'de>>(self, mut items: S) -> Result<Self::Value, S::Error> {
            let mut list = Vec::new();
            while let Some(item) = items.next_element::<Item<T>>()? {
                list.push(match item {
                    Item::Some(item) => Some(item),
                    Item::None(_) => None,
                });
            }
            Ok(list)
        }
    }
    from.deserialize_any(List(std::marker::PhantomData))
}

/// A text that is there and not empty: what JavaScript calls truthy.
pub(crate) fn given(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.is_empty())
}
