use askama::Template;
use serde::Deserialize;

use crate::markup::{Attributes, Classes, Content, sparse};

/// What was answered, row by row, with links to change it.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(path = "components/summary_list.html")]
#[serde(default)]
pub struct SummaryList {
    #[serde(deserialize_with = "sparse")]
    pub rows: Vec<Option<SummaryRow>>,
    pub card: Option<SummaryCard>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(SummaryList);
common!(SummaryList);

/// One question and its answer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SummaryRow {
    pub key: SummaryText,
    pub value: SummaryText,
    pub actions: Option<SummaryActions>,
    pub classes: Classes,
}

/// A key or a value.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SummaryText {
    #[serde(flatten)]
    pub content: Content,
    pub classes: Classes,
}

/// The links of a row or a card.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SummaryActions {
    pub items: Option<Vec<SummaryAction>>,
    pub classes: Classes,
}

/// One link.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SummaryAction {
    #[serde(flatten)]
    pub content: Content,
    pub href: String,
    /// What the link is about, for those who listen.
    pub visually_hidden_text: Option<String>,
    pub classes: Classes,
    pub attributes: Attributes,
}

/// The frame around a list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SummaryCard {
    pub title: Option<SummaryTitle>,
    pub actions: Option<SummaryActions>,
    pub classes: Classes,
    pub attributes: Attributes,
}

/// The heading of a card.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SummaryTitle {
    #[serde(flatten)]
    pub content: Content,
    pub heading_level: Option<u8>,
    pub classes: Classes,
}

impl SummaryList {
    pub fn new(rows: impl IntoIterator<Item = SummaryRow>) -> Self {
        Self { rows: rows.into_iter().map(Some).collect(), ..Self::default() }
    }

    /// Frames the list as a card with a heading.
    pub fn card(mut self, title: impl Into<Content>) -> Self {
        let title = SummaryTitle { content: title.into(), ..SummaryTitle::default() };
        self.card = Some(SummaryCard { title: Some(title), ..SummaryCard::default() });
        self
    }

    fn any_actions(&self) -> bool {
        self.rows.iter().flatten().any(|row| !row.links().is_empty())
    }

    fn card_title(&self) -> Option<&SummaryTitle> {
        self.card.as_ref().and_then(|card| card.title.as_ref())
    }
}

impl SummaryRow {
    pub fn new(key: impl Into<Content>, value: impl Into<Content>) -> Self {
        Self {
            key: SummaryText { content: key.into(), ..SummaryText::default() },
            value: SummaryText { content: value.into(), ..SummaryText::default() },
            ..Self::default()
        }
    }

    /// Adds a link; `about` is said after its text to those who listen.
    pub fn action(mut self, text: impl Into<Content>, about: impl Into<String>, href: impl Into<String>) -> Self {
        let action =
            SummaryAction { content: text.into(), href: href.into(), visually_hidden_text: Some(about.into()), ..SummaryAction::default() };
        self.actions.get_or_insert_default().items.get_or_insert_default().push(action);
        self
    }

    fn links(&self) -> &[SummaryAction] {
        self.actions.as_ref().map(SummaryActions::links).unwrap_or_default()
    }

    /// The design system leaves the room for actions when the row has a list of them, were it empty.
    fn has_action_list(&self) -> bool {
        self.actions.as_ref().is_some_and(|actions| actions.items.is_some())
    }
}

impl SummaryActions {
    fn links(&self) -> &[SummaryAction] {
        self.items.as_deref().unwrap_or_default()
    }
}

impl SummaryAction {
    fn link<'a>(&'a self, card: Option<&'a SummaryTitle>) -> Link<'a> {
        Link { action: self, card }
    }
}

#[derive(Template)]
#[template(
    source = r#"<a class="govuk-link{{ action.classes }}" href="{{ action.href }}"{{ action.attributes }}>{{ action.content }}
{%- let hidden = crate::markup::given(action.visually_hidden_text) -%}
{%- if hidden.is_some() || card.is_some() %}<span class="govuk-visually-hidden">
{%- if let Some(hidden) = hidden %} {{ hidden }}{% endif %}
{%- if let Some(card) = card %} ({{ card.content }}){% endif %}</span>
{%- endif %}</a>"#,
    ext = "html"
)]
struct Link<'a> {
    action: &'a SummaryAction,
    card: Option<&'a SummaryTitle>,
}
impl askama::filters::HtmlSafe for Link<'_> {}
