//! The fields of a posted form, as they came: names and values in order, nothing assumed.

/// What a form sent.
#[derive(Clone, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads an urlencoded body. Bytes that are no text become the replacement sign: nothing typed is thrown away.
    pub(crate) fn parse(body: &[u8]) -> Self {
        Self(form_urlencoded::parse(body).into_owned().collect())
    }

    /// These fields, as if a form had sent them.
    pub(crate) fn of(fields: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(fields.into_iter().collect())
    }

    /// The first value of a field, with line ends made alike; empty when the field is absent. Control signs, which nobody
    /// types, become the replacement sign: written down in a form state they would take more room than it has.
    pub(crate) fn text(&self, name: &str) -> String {
        let typed = |sign: char| if sign.is_control() && !matches!(sign, '\n' | '\t') { char::REPLACEMENT_CHARACTER } else { sign };
        self.get(name).map(|value| value.replace("\r\n", "\n").chars().map(typed).collect()).unwrap_or_default()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Every value of a field that may be sent several times.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Puts a value in the place of what a field sent.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.0.retain(|(field, _)| field != name);
        self.0.push((name.to_owned(), value.to_owned()));
    }

    /// Adds what another field sent, after the others.
    pub(crate) fn add(&mut self, name: String, value: String) {
        self.0.push((name, value));
    }

    /// Fields whose name begins with `prefix`, with the rest of the name.
    pub(crate) fn with_prefix<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }
}

impl std::fmt::Debug for Fields {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Fields { .. }")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_bytes_can_be_read() {
        let fields = Fields::parse(b"a=1&a=2&words=%ff%00x&=&&b");
        assert_eq!(fields.get("a"), Some("1"));
        assert_eq!(fields.text("words"), "\u{fffd}\u{fffd}x");
        assert_eq!(fields.get("b"), Some(""));
        assert_eq!(fields.text("none"), "");
    }

    #[test]
    fn signs_are_found_by_their_prefix() {
        let fields = Fields::parse(b"sign-wrk-hours=yes&words=x&sign-doc-held=no");
        assert_eq!(fields.with_prefix("sign-").collect::<Vec<_>>(), [("wrk-hours", "yes"), ("doc-held", "no")]);
    }
}
