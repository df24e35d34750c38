//! Components of the MOJ design system for the desk. The npm package ships no fixtures; the tests keep the examples of
//! its own guidance. Dates come formatted, because only the language knows how.

use askama::Template;
use serde::Deserialize;

use crate::markup::{Attributes, Classes, Content, Markup};

/// A small label on a record, as a flag.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(source = r#"<span class="moj-badge{{ classes }}"{{ attributes }}>{{ content }}</span>"#, ext = "html")]
#[serde(default)]
pub struct Badge {
    #[serde(flatten)]
    pub content: Content,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Badge);
common!(Badge);

impl Badge {
    pub fn new(text: impl Into<Content>) -> Self {
        Self { content: text.into(), ..Self::default() }
    }

    /// "red", "green", "blue", "grey", "purple" or "large". The word must say it too.
    pub fn colour(self, colour: &str) -> Self {
        let class = format!("moj-badge--{colour}");
        self.classes(class)
    }
}

/// Which record this is, and what can be done with it.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(
    source = r#"<div class="moj-identity-bar{{ classes }}"{{ attributes }}>
  <div class="moj-identity-bar__container">
    <div class="moj-identity-bar__details">
      {% if !title.is_empty() %}<span class="moj-identity-bar__title">{{ title }}</span>{% endif %}
    </div>
    {% if !menus.is_empty() %}
    <div class="moj-identity-bar__actions">
      {% for menu in menus %}<div class="moj-identity-bar__menu">{{ menu }}</div>{% endfor %}
    </div>
    {% endif %}
  </div>
</div>"#,
    ext = "html"
)]
#[serde(default)]
pub struct IdentityBar {
    pub title: Content,
    pub menus: Vec<Markup>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(IdentityBar);
common!(IdentityBar);

impl IdentityBar {
    pub fn new(title: impl Into<Content>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Adds an action: a button, or a form with one.
    pub fn action(mut self, action: impl Into<Markup>) -> Self {
        self.menus.push(action.into());
        self
    }
}

/// The zones and lists at the side.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(path = "components/side_navigation.html")]
#[serde(default)]
pub struct SideNavigation {
    pub label: Option<String>,
    pub items: Vec<SideItem>,
    pub sections: Vec<SideSection>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(SideNavigation);
common!(SideNavigation);

/// A group of links under a heading.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SideSection {
    pub heading: SideHeading,
    pub items: Vec<SideItem>,
}

/// The heading of a group.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SideHeading {
    #[serde(flatten)]
    pub content: Content,
    pub heading_level: Option<u8>,
    pub classes: Classes,
    pub attributes: Attributes,
}

/// One link.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SideItem {
    #[serde(flatten)]
    pub content: Content,
    pub href: String,
    pub active: bool,
    pub attributes: Attributes,
}

impl SideNavigation {
    pub fn new(label: impl Into<String>, sections: impl IntoIterator<Item = SideSection>) -> Self {
        Self { label: Some(label.into()), sections: sections.into_iter().collect(), ..Self::default() }
    }
}

impl SideSection {
    pub fn new(heading: impl Into<Content>, items: impl IntoIterator<Item = SideItem>) -> Self {
        let heading = SideHeading { content: heading.into(), heading_level: Some(2), ..SideHeading::default() };
        Self { heading, items: items.into_iter().collect() }
    }
}

impl SideItem {
    pub fn new(text: impl Into<Content>, href: impl Into<String>) -> Self {
        Self { content: text.into(), href: href.into(), ..Self::default() }
    }

    pub fn active(mut self, active: bool) -> Self {
        self.active = active;
        self
    }
}

/// What happened, newest first.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(path = "components/timeline.html")]
#[serde(rename_all = "camelCase", default)]
pub struct Timeline {
    pub items: Vec<TimelineItem>,
    pub heading_level: Option<u8>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Timeline);
common!(Timeline);

/// One event.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TimelineItem {
    pub label: Content,
    #[serde(flatten)]
    pub content: Content,
    /// The whole line: "by Ana Pop".
    pub byline: Option<Content>,
    /// RFC 3339.
    pub timestamp: String,
    /// As the page says it.
    pub date: String,
    pub classes: Classes,
    pub attributes: Attributes,
}

impl Timeline {
    pub fn new(items: impl IntoIterator<Item = TimelineItem>) -> Self {
        Self { items: items.into_iter().collect(), ..Self::default() }
    }

    /// The level of the events' headings: one below that of the heading they stand under.
    pub fn heading_level(mut self, level: u8) -> Self {
        self.heading_level = Some(level);
        self
    }
}

impl TimelineItem {
    pub fn new(label: impl Into<Content>, timestamp: impl Into<String>, date: impl Into<String>) -> Self {
        Self { label: label.into(), timestamp: timestamp.into(), date: date.into(), ..Self::default() }
    }

    pub fn byline(mut self, byline: impl Into<Content>) -> Self {
        self.byline = Some(byline.into());
        self
    }

    pub fn content(mut self, content: impl Into<Content>) -> Self {
        self.content = content.into();
        self
    }
}

/// A conversation.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(path = "components/messages.html")]
#[serde(default)]
pub struct Messages {
    pub id: Option<String>,
    pub label: Option<String>,
    pub items: Vec<Message>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Messages);
common!(Messages);

/// The name under which screens know a conversation.
pub type MessageList = Messages;

/// One message.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Message {
    pub id: Option<String>,
    #[serde(flatten)]
    pub content: Content,
    /// "sent" by this side or "received" from the other.
    #[serde(rename = "type")]
    pub kind: String,
    pub sender: String,
    /// RFC 3339.
    pub timestamp: String,
    /// The day as the page says it; written once for a run of messages of one day.
    pub date: String,
    /// The time of day as the page says it.
    pub time: String,
}

impl Messages {
    pub fn new(label: impl Into<String>, items: impl IntoIterator<Item = Message>) -> Self {
        Self { label: Some(label.into()), items: items.into_iter().collect(), ..Self::default() }
    }

    fn new_day(&self, index: usize) -> bool {
        index.checked_sub(1).and_then(|before| self.items.get(before)).map(|item| &item.date)
            != self.items.get(index).map(|item| &item.date)
    }
}

impl Message {
    pub fn sent(sender: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { kind: "sent".to_owned(), sender: sender.into(), content: content.into(), ..Self::default() }
    }

    pub fn received(sender: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { kind: "received".to_owned(), ..Self::sent(sender, content) }
    }

    /// `timestamp` in RFC 3339, then day and time of day as the page says them.
    pub fn at(mut self, timestamp: impl Into<String>, date: impl Into<String>, time: impl Into<String>) -> Self {
        self.timestamp = timestamp.into();
        self.date = date.into();
        self.time = time.into();
        self
    }
}
