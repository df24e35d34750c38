//! My list: what is due, the most urgent first.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use plainsight_pages::components::{Details, ErrorSummary, PageArrow, Pagination};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;
use plainsight_people::acts::team::TeamListed;
use uuid::Uuid;

use super::{Desk, Names, failed, names, ours, rows, summary, teams, views, whole, works_here};
use crate::fields::Fields;
use crate::index::{Eyes, Filter, Listed};
use crate::screens::bits;
use crate::search::library::{Progress, View};
use crate::strain::MUCH;
use crate::trouble::Trouble;

/// Rows of one page.
pub(super) const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "desk/list.html")]
struct List<'a> {
    words: &'a Locale,
    summary: Option<ErrorSummary>,
    /// Where a search is sent.
    search: String,
    filters: Vec<FilterLink>,
    /// The filters that are chosen, when they are several: each takes itself away.
    tags: Vec<FilterLink>,
    /// What the member keeps, and the form that keeps this list.
    views: Markup,
    keep: Markup,
    narrow: Markup,
    count: String,
    /// Where the list is had as a file.
    file: Option<(String, String)>,
    /// How far what the list goes by has been read.
    reading: Option<String>,
    /// They have read much that is hard to bear: stop for a while.
    rest: Option<String>,
    empty: bool,
    rows: Markup,
    pagination: Markup,
}

/// A list to choose.
pub(super) struct FilterLink {
    pub(super) title: String,
    pub(super) count: usize,
    pub(super) chosen: bool,
    pub(super) href: String,
}

/// What the address of a list asks for.
pub(super) struct Wanted {
    pub(super) filters: Vec<Filter>,
    /// One team of those that the member may see, one language, the hands of one colleague.
    pub(super) narrow: Narrow,
    pub(super) page: usize,
}

/// What the board narrows a list to, beside its filters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Narrow {
    pub(super) team: Option<Uuid>,
    pub(super) language: Option<String>,
    pub(super) whose: Option<Uuid>,
}

impl Narrow {
    fn of(fields: &Fields) -> Self {
        let id = |name| fields.get(name).and_then(|id| Uuid::parse_str(id).ok());
        let language = fields.get("language").filter(|tag| !tag.is_empty() && tag.len() <= 20);
        Self { team: id("team"), language: language.map(str::to_owned), whose: id("whose") }
    }

    /// As it stands in an address.
    pub(super) fn query(&self) -> Vec<String> {
        let team = self.team.map(|team| format!("team={team}"));
        let language =
            self.language.as_ref().map(|tag| format!("language={}", tag.replace(|sign: char| !sign.is_ascii_alphanumeric(), "-")));
        let whose = self.whose.map(|whose| format!("whose={whose}"));
        [team, language, whose].into_iter().flatten().collect()
    }

    /// Each part in words, and what is left without it.
    fn parts(&self, words: &Locale, teams: &[TeamListed], names: &Names) -> Vec<(String, Self)> {
        let mut parts = Vec::new();
        if let Some(team) = self.team {
            let name = teams.iter().find(|each| each.id == team).map(|team| team.name.clone());
            let name = name.unwrap_or_else(|| words.text("desk-board-no-team").into_owned());
            parts.push((name, Self { team: None, ..self.clone() }));
        }
        if let Some(tag) = &self.language {
            parts.push((bits::language_name(words, tag), Self { language: None, ..self.clone() }));
        }
        if let Some(whose) = self.whose {
            parts.push((names.of(words, whose), Self { whose: None, ..self.clone() }));
        }
        parts
    }
}

impl Wanted {
    /// `show` may stand there several times: a row is shown when every filter takes it.
    pub(super) fn of(fields: &Fields) -> Self {
        let mut filters: Vec<Filter> = Vec::new();
        for filter in fields.all("show").filter_map(Filter::parse) {
            if !filters.contains(&filter) {
                filters.push(filter);
            }
        }
        let narrow = Narrow::of(fields);
        Self { filters, narrow, page: fields.get("page").and_then(|page| page.parse().ok()).unwrap_or_default() }
    }

    fn of_address(RawQuery(query): RawQuery) -> Self {
        let mut wanted = Self::of(&Fields::parse(query.unwrap_or_default().as_bytes()));
        if wanted.filters.is_empty() {
            wanted.filters.push(Filter::Open);
        }
        wanted
    }

    /// Where this list is with other filters.
    fn address(&self, language: &Language, path: &str, filters: &[Filter], page: Option<usize>) -> String {
        narrowed(language, path, filters, &self.narrow, page)
    }

    /// The name of the list, for a file.
    fn name(&self) -> String {
        self.filters.iter().map(|filter| filter.name()).collect::<Vec<_>>().join("-")
    }
}

pub(super) fn address(language: &Language, path: &str, filters: &[Filter], page: Option<usize>) -> String {
    narrowed(language, path, filters, &Narrow::default(), page)
}

/// Where a list is that is narrowed to a team, a language or the hands of a colleague.
pub(super) fn narrowed(language: &Language, path: &str, filters: &[Filter], narrow: &Narrow, page: Option<usize>) -> String {
    let mut query: Vec<String> = filters.iter().map(|filter| format!("show={}", filter.name())).collect();
    query.extend(narrow.query());
    query.extend(page.map(|page| format!("page={page}")));
    language.href(&format!("{path}?{}", query.join("&")))
}

pub(super) fn filter_title(words: &Locale, filter: Filter) -> String {
    words.text(&format!("desk-filter-{}", filter.name())).into_owned()
}

pub(super) async fn list(State(desk): State<Desk>, who: SignedIn, language: Language, query: RawQuery) -> Response {
    let wanted = Wanted::of_address(query);
    match page(&desk, &who, &language, &wanted, "", None).await {
        Ok(list) => whole(&desk, &who, &language, &language.locale.text("desk-list-title"), false, &list),
        Err(error) => failed(&desk, &language, &error),
    }
}

/// The list again, with what is wrong with the name under which it was to be kept.
pub(super) async fn with_problem(
    desk: &Desk,
    who: &SignedIn,
    language: &Language,
    wanted: Wanted,
    typed: &str,
    problem: String,
) -> Response {
    match page(desk, who, language, &wanted, typed, Some(problem)).await {
        Ok(list) => {
            let title = language.locale.text("desk-list-title");
            (StatusCode::UNPROCESSABLE_ENTITY, whole(desk, who, language, &title, true, &list)).into_response()
        }
        Err(error) => failed(desk, language, &error),
    }
}

/// The whole list as a file, the rows of every page.
pub(super) async fn csv(State(desk): State<Desk>, who: SignedIn, language: Language, query: RawQuery) -> Response {
    let wanted = Wanted::of_address(query);
    let file = async {
        let (listed, _) = look(&desk, &who, &wanted, 0, usize::MAX).await?;
        rows::file(&desk, &who, &language.locale, &names(&desk).await?, &wanted.name(), &listed.rows).await
    };
    file.await.unwrap_or_else(|error| failed(&desk, &language, &error))
}

async fn look(desk: &Desk, who: &SignedIn, wanted: &Wanted, skip: usize, take: usize) -> Result<(Listed, Progress), Trouble> {
    works_here(who)?;
    desk.index.catch_up(&desk.cabinet).await?;
    let progress = desk.library.catch_up(&desk.cabinet, &desk.index, who).await;
    let view = desk.library.view(who);
    let mut held = teams(who);
    // A team that they may not see, and one that does not exist, are both nothing.
    held.retain(|team| wanted.narrow.team.is_none_or(|wanted| wanted == *team));
    let eyes = Eyes { language: wanted.narrow.language.as_deref(), whose: wanted.narrow.whose, ..eyes(desk, who, &held, &view) };
    let listed = desk.index.list(&eyes, &wanted.filters, skip, take);
    Ok((listed, progress))
}

/// The eyes of a member, now.
pub(super) fn eyes<'a>(desk: &Desk, who: &'a SignedIn, teams: &'a [uuid::Uuid], view: &'a View) -> Eyes<'a> {
    Eyes { member: who.member.id, teams, speaks: &who.member.speaks, now: desk.cabinet.now(), view, language: None, whose: None }
}

async fn page<'a>(
    desk: &Desk,
    who: &SignedIn,
    language: &'a Language,
    wanted: &Wanted,
    typed: &str,
    problem: Option<String>,
) -> Result<List<'a>, Trouble> {
    let words = &*language.locale;
    let skip = wanted.page.saturating_mul(ROWS);
    let (listed, progress) = look(desk, who, wanted, skip, ROWS).await?;
    let names = names(desk).await?;
    let title = words.text("desk-list-title");
    let more = skip.saturating_add(listed.rows.len()) < listed.found;
    let pagination = arrows(words, &title, wanted.page, more, |page| wanted.address(language, "/helpline", &wanted.filters, Some(page)));
    let strain = desk.strain.of(who.member.id, desk.cabinet.now());
    let read_first = wanted.filters.iter().any(|filter| matches!(filter, Filter::Child | Filter::Complaint));
    Ok(List {
        words,
        search: language.href("/helpline/search"),
        filters: chips(language, &listed, wanted),
        tags: tags(language, wanted, &narrow_parts(desk, who, words, &names, &wanted.narrow).await?),
        summary: problem.as_ref().and_then(|problem| summary(words, &[("name", problem.clone())])),
        views: views::views(desk, who, language).await?,
        // What is kept to look at again are filters: a team or a colleague may be gone by then.
        keep: if wanted.narrow == Narrow::default() {
            views::keep_form(desk, language, &wanted.filters, true, typed, problem)
        } else {
            Markup::default()
        },
        narrow: narrow(language, wanted),
        count: words.with("desk-list-count", &[("count", listed.found.into())]),
        file: (listed.found > 0).then(|| {
            let text = words.with("desk-list-file", &[("count", listed.found.into())]);
            (wanted.address(language, "/helpline/list.csv", &wanted.filters, None), text)
        }),
        reading: reading(words, progress).filter(|_| read_first),
        rest: (strain >= MUCH).then(|| words.with("desk-rest", &[("count", strain.into())])),
        empty: listed.rows.is_empty(),
        rows: rows::table(desk, language, &names, &title, &listed.rows, None),
        pagination,
    })
}

/// The way to the page before and the page after.
pub(super) fn arrows(words: &Locale, title: &str, page: usize, more: bool, address: impl Fn(usize) -> String) -> Markup {
    let arrow = |page: usize, text: &str| PageArrow::new(words.text(text).into_owned(), address(page));
    let previous = page.checked_sub(1).map(|page| arrow(page, "desk-previous-page"));
    let next = more.then(|| arrow(page.saturating_add(1), "desk-next-page"));
    if previous.is_none() && next.is_none() { Markup::default() } else { Pagination::arrows(title.to_owned(), previous, next).into() }
}

/// How far the contacts have been read into memory; nothing when all have been.
pub(super) fn reading(words: &Locale, progress: Progress) -> Option<String> {
    let Progress { read, left } = progress;
    (left > 0).then(|| words.with("desk-reading", &[("read", read.into()), ("all", (read + left).into())]))
}

/// The lists to choose from. What is seldom there shows only when something is; what the board leads to, only when chosen.
fn chips(language: &Language, listed: &Listed, wanted: &Wanted) -> Vec<FilterLink> {
    use Filter::{Child, Complaint, ReviewDue, Spoken, Supervisor, Unfinished, Withdrawn};
    use Filter::{Held, Hour, Nobodys, Theirs, ToAnswer, ToRead, ToTell, Unattended};
    let seldom = |each: Filter| matches!(each, Child | Complaint | Spoken | Unfinished | ReviewDue | Supervisor | Withdrawn);
    let of_the_board = |each: Filter| matches!(each, Unattended | Hour | ToRead | ToAnswer | ToTell | Nobodys | Theirs | Held);
    let shows = |each: Filter, count: usize| !of_the_board(each) && (count > 0 || !seldom(each));
    let all = Filter::ALL.into_iter().zip(listed.counts);
    all.filter(|(each, count)| wanted.filters.contains(each) || shows(*each, *count))
        .map(|(each, count)| FilterLink {
            title: filter_title(&language.locale, each),
            count,
            chosen: wanted.filters == [each],
            href: wanted.address(language, "/helpline", &[each], None),
        })
        .collect()
}

/// To what the list is narrowed, in words, and what is left without each part.
async fn narrow_parts(
    desk: &Desk,
    who: &SignedIn,
    words: &Locale,
    names: &Names,
    narrow: &Narrow,
) -> Result<Vec<(String, Narrow)>, Trouble> {
    let ours = if narrow.team.is_some() { ours(desk, &teams(who)).await? } else { Vec::new() };
    Ok(narrow.parts(words, &ours, names))
}

/// What is chosen, when it is more than one list: each takes itself away.
fn tags(language: &Language, wanted: &Wanted, parts: &[(String, Narrow)]) -> Vec<FilterLink> {
    let link = |each: &Filter| {
        let others: Vec<Filter> = wanted.filters.iter().filter(|other| *other != each).copied().collect();
        let (title, href) = (filter_title(&language.locale, *each), wanted.address(language, "/helpline", &others, None));
        FilterLink { title, count: 0, chosen: true, href }
    };
    let of_narrow = |(title, rest): &(String, Narrow)| {
        let href = narrowed(language, "/helpline", &wanted.filters, rest, None);
        FilterLink { title: title.clone(), count: 0, chosen: true, href }
    };
    let filters = wanted.filters.iter().filter(|_| wanted.filters.len() > 1 || !parts.is_empty());
    filters.map(link).chain(parts.iter().map(of_narrow)).collect()
}

#[derive(Template)]
#[template(
    source = r#"<ul class="ps-filters">{% for link in links %}<li><a class="ps-filter" href="{{ link.href }}">{{ link.title }}</a></li>{% endfor %}</ul>"#,
    ext = "html"
)]
struct Narrower {
    links: Vec<FilterLink>,
}

/// One more filter beside those that are chosen.
fn narrow(language: &Language, wanted: &Wanted) -> Markup {
    let others = Filter::ALL.into_iter().filter(|each| !wanted.filters.contains(each) && !matches!(each, Filter::All | Filter::Theirs));
    let links = others.map(|each| {
        let all = [&*wanted.filters, &[each]].concat();
        FilterLink {
            title: filter_title(&language.locale, each),
            count: 0,
            chosen: false,
            href: wanted.address(language, "/helpline", &all, None),
        }
    });
    Details::new(language.locale.text("desk-narrow").into_owned(), Markup::of(&Narrower { links: links.collect() })).into()
}
