//! The fields of each question page.

use askama::Template;

use plainsight_pages::components::{
    Button, CheckboxItem, Checkboxes, Details, ErrorItem, ErrorMessage, ErrorSummary, Input, InsetText, Label, Legend, RadioItem, Radios,
    Textarea,
};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_vocabulary::{Answer, ConsentLevel, Promise, Proximity, SettingSigns, Sign, Urgency};

use super::{files, pictures};
use crate::acts::file::urgency;
use crate::draft::Draft;
use crate::questions::{Page, Problem, SELF_SIGNS};
use crate::report::{LONGEST_LINE, LONGEST_TEXT, Path, Reach, Report, Seen, Way};
use crate::reveals;
use crate::screens::bits::{self, Answered};
use crate::site::Site;

/// So many questions to the person themselves, the strongest, stand on their one page.
const SELF_SIGNS_SHOWN: usize = 12;

/// A question about a sign, with its picture.
#[derive(Template)]
#[template(source = r#"<div class="ps-pictured">{{ picture }}{{ question }}</div>"#, ext = "html")]
struct Pictured {
    picture: Markup,
    question: Markup,
}

/// What a page needs to draw its fields.
pub(crate) struct Form<'a> {
    pub(crate) site: &'a Site,
    pub(crate) language: &'a Language,
    pub(crate) words: &'a Locale,
    pub(crate) report: &'a Report,
    /// What was chosen to be taken out; before that the page offers what the reporter wrote of themselves.
    pub(crate) take_out: Option<&'a [String]>,
    pub(crate) problems: &'a [Problem],
    /// What is carried from page to page; none where only how to reach somebody is asked.
    pub(crate) draft: Option<&'a Draft>,
}

impl Form<'_> {
    pub(crate) fn title(&self, page: Page) -> String {
        let id = match page {
            Page::Me => "me-title",
            Page::Work => "work-title",
            Page::Complain => "complain-title",
            Page::Danger => "danger-page-title",
            Page::Place => "place-title",
            Page::Signs => "signs-title",
            Page::Words => "words-title",
            Page::Contact => "contact-title",
            Page::Files => "files-title",
            Page::Check => "check-title",
            Page::Reveals => "reveals-title",
        };
        self.words.text(id).into_owned()
    }

    pub(crate) fn fields(&self, page: Page) -> Markup {
        match page {
            Page::Me => self.me(),
            Page::Work => self.work(),
            Page::Complain => self.complain(),
            Page::Danger => self.danger(),
            Page::Place => self.place(),
            Page::Signs => self.signs(),
            Page::Words => Markup::join([
                self.paragraph("words-do-not-look"),
                self.own_words(Label::new(self.words.text("words-title").into_owned()).classes("govuk-visually-hidden"), "words-hint"),
            ]),
            Page::Contact => self.contact(),
            Page::Files => self.files(),
            Page::Check => self.check(),
            Page::Reveals => self.reveals(),
        }
    }

    pub(crate) fn buttons(&self, page: Page) -> Markup {
        let text = |id| self.words.text(id).into_owned();
        let mut buttons = Vec::new();
        match page {
            Page::Me | Page::Work | Page::Complain => {
                buttons.push(Button::new(text("button-send")).named("go", "send"));
                buttons.push(Button::new(text("button-check")).named("go", "check").secondary());
            }
            Page::Check | Page::Reveals => buttons.push(Button::new(text("button-send")).named("go", "send")),
            _ => {
                buttons.push(Button::new(text("button-continue")).named("go", "continue"));
                buttons.push(Button::new(text("button-send-now")).named("go", "send").secondary());
            }
        }
        buttons.push(Button::new(text("button-back")).named("go", "back").secondary());
        Markup::join(buttons.into_iter().map(Markup::from))
    }

    /// Everything that is to be mended, at the top of the page.
    pub(crate) fn summary(&self) -> Option<ErrorSummary> {
        if self.problems.is_empty() {
            return None;
        }
        let items = self.problems.iter().map(|problem| ErrorItem::new(self.problem(problem), problem.field));
        Some(ErrorSummary::new(self.words.text("error-summary-title").into_owned(), items))
    }

    fn problem(&self, problem: &Problem) -> String {
        let longest = if problem.field == "words" { LONGEST_TEXT } else { LONGEST_LINE };
        self.words.with(problem.message, &[("longest", longest.into())])
    }

    fn error(&self, field: &str) -> Option<ErrorMessage> {
        let problem = self.problems.iter().find(|problem| problem.field == field)?;
        Some(ErrorMessage::new(self.problem(problem), self.words.text("error-prefix").into_owned()))
    }

    fn me(&self) -> Markup {
        Markup::join([
            self.paragraph("me-lead"),
            self.talk("hurt-me"),
            super::promises(self.site, self.words),
            self.line("place", "me-place", "me-place-hint", &self.report.place),
            self.own_words(self.label("me-words"), "me-words-hint"),
            self.self_signs(),
            self.answer("danger", "me-danger", self.report.danger),
            self.answer("child", "me-child", self.report.child),
            self.exceptions(),
            self.reach(),
        ])
    }

    /// For whom a tick is easier than a text. Folded: the page stays short.
    fn self_signs(&self) -> Markup {
        let items = plainsight_vocabulary::self_signs(None).into_iter().take(SELF_SIGNS_SHOWN).filter_map(|sign| {
            let question = self.words.text(&sign.self_key()?).into_owned();
            Some(CheckboxItem::new(sign.id.clone(), question).checked(self.report.signs.contains_key(&sign.id)))
        });
        let legend = Legend { classes: "govuk-visually-hidden".into(), ..Legend::new(self.words.text("me-signs").into_owned()) };
        let boxes = Checkboxes::new(SELF_SIGNS).legend(legend).items(items).private().classes("govuk-checkboxes--small");
        let ticked = !self.report.signs.is_empty();
        Details::new(self.words.text("me-signs").into_owned(), Markup::from(boxes)).open(ticked).into()
    }

    fn danger(&self) -> Markup {
        let call = self.words.with("danger-call-first", &[("number", self.site.emergency_number().into())]);
        Markup::join([
            InsetText::new(call).into(),
            self.talk("hurt-them"),
            self.answer("danger", "danger-title", self.report.danger),
            self.answer("child", "danger-child", self.report.child),
        ])
    }

    /// Advice now, the steps of their own workplace, then the shortest form.
    fn work(&self) -> Markup {
        Markup::join([
            super::routes::work_advice(self.site, self.language),
            self.paragraph("work-form"),
            self.answer("danger", "danger-title", self.report.danger),
            self.answer("child", "danger-child", self.report.child),
            self.line("place", "place-words", "place-words-hint", &self.report.place),
            // Folded: the page stays short.
            Details::new(self.words.text("place-setting").into_owned(), self.settings()).open(self.report.setting.is_some()).into(),
            self.own_words(self.label("words-title"), "words-hint"),
            self.line("role", "work-role", "work-role-hint", &self.report.role),
            self.exceptions(),
            self.reach(),
        ])
    }

    /// What they want to say and, if they like, how to answer. No name, no date, no case number.
    fn complain(&self) -> Markup {
        let number = self.site.emergency_number();
        let mut pieces = vec![self.paragraph("complain-lead")];
        if self.site.settings.in_united_kingdom() {
            pieces.push(self.paragraph("complain-within"));
        }
        pieces.extend([
            InsetText::new(self.words.with("complain-not-danger", &[("number", number.into())])).into(),
            self.own_words(self.label("complain-words"), "complain-words-hint"),
            self.reach(),
        ]);
        Markup::join(pieces)
    }

    fn settings(&self) -> Markup {
        let items: Vec<RadioItem> = plainsight_vocabulary::settings()
            .iter()
            .map(|setting| {
                RadioItem::new(setting.id.clone(), self.words.text(&setting.name_key()).into_owned())
                    .checked(self.report.setting.as_deref() == Some(setting.id.as_str()))
            })
            .collect();
        let setting = Radios::new("setting").legend(self.words.text("place-setting").into_owned());
        setting.items(items).error(self.error("setting")).private().into()
    }

    fn place(&self) -> Markup {
        Markup::join([self.settings(), self.line("place", "place-words", "place-words-hint", &self.report.place)])
    }

    fn signs(&self) -> Markup {
        let mut pieces: Vec<Markup> =
            self.error("signs").map(|error| ErrorMessage { id: Some("signs".to_owned()), ..error }.into()).into_iter().collect();
        let Some(setting) = self.report.setting.as_deref().and_then(plainsight_vocabulary::setting) else {
            pieces.extend([self.paragraph("signs-none"), self.paragraph("signs-do-not-ask")]);
            return Markup::join(pieces);
        };
        let SettingSigns { strongest, more } = if self.report.proximity == Some(Proximity::Professional) {
            plainsight_vocabulary::signs_for_professional(setting)
        } else {
            plainsight_vocabulary::signs_for(setting)
        };
        pieces.extend([self.paragraph("signs-hint"), self.paragraph("signs-do-not-ask")]);
        pieces.extend(strongest.iter().map(|sign| self.sign(sign)));
        if !more.is_empty() {
            let inside = Markup::join(more.iter().map(|sign| self.sign(sign)));
            pieces.push(Details::new(self.words.text("signs-more").into_owned(), inside).into());
        }
        Markup::join(pieces)
    }

    fn sign(&self, sign: &Sign) -> Markup {
        let seen = self.report.signs.get(&sign.id).copied();
        let items = Seen::ALL.map(|each| {
            RadioItem::new(each.name(), self.words.text(&format!("seen-{}", each.name())).into_owned()).checked(seen == Some(each))
        });
        let question = Radios::new(format!("sign-{}", sign.id))
            .legend(self.words.text(&sign.witness_key()).into_owned())
            .items(items)
            .classes("govuk-radios--inline govuk-radios--small")
            .private();
        Markup::of(&Pictured { picture: pictures::picture(sign.category), question: question.into() })
    }

    fn contact(&self) -> Markup {
        // That nobody else is told is the operator's promise; where they did not give it, the choice only says what it is.
        let tells_nobody = self.site.promised().contains(&Promise::NoNameWithoutConsent);
        let items = ConsentLevel::ALL.iter().map(|level| {
            let mut hint = self.words.text(&format!("naming-{level}-hint")).into_owned();
            if *level == ConsentLevel::Confidential && tells_nobody {
                hint = format!("{hint} {}", self.words.text(&Promise::NoNameWithoutConsent.key()));
            }
            RadioItem::new(level.code(), self.words.text(&format!("naming-{level}")).into_owned())
                .hint(hint)
                .checked(self.report.naming == Some(*level))
        });
        let naming = Radios::new("naming").legend(self.words.text("naming-title").into_owned()).items(items).private();
        Markup::join([self.exceptions(), naming.into(), self.reach()])
    }

    /// What everybody is told before choosing; a child is told in a child's words, with the lines for children.
    fn exceptions(&self) -> Markup {
        let mut pieces = vec![Markup::from(InsetText::new(self.words.text("exceptions-text").into_owned()))];
        let child = matches!(self.report.child, Some(Answer::Yes | Answer::NotSure));
        if self.report.path == Path::Me {
            pieces.push(self.paragraph("child-exceptions"));
            let lines = super::routes::child_lines(self.site, self.words);
            if !lines.is_empty() && (child || self.report.child.is_none()) {
                pieces.push(bits::paragraph(&format!("{} {lines}", self.words.text("child-lines"))));
            }
        }
        Markup::join(pieces)
    }

    fn reach(&self) -> Markup {
        self.reach_chosen(Some(self.report.safe_contact.reach))
    }

    /// The fields that ask how to reach somebody, where perhaps nothing is chosen yet.
    pub(crate) fn reach_chosen(&self, chosen: Option<Reach>) -> Markup {
        let contact = &self.report.safe_contact;
        let items = Reach::ALL.map(|reach| {
            RadioItem::new(reach.name(), self.words.text(&format!("reach-{}", reach.name())).into_owned()).checked(chosen == Some(reach))
        });
        let reach = Radios::new("reach")
            .legend(self.words.text("reach-title").into_owned())
            .hint(self.words.text("reach-safe").into_owned())
            .items(items)
            .error(self.error("reach"))
            .private();
        Markup::join([
            reach.into(),
            self.line("address", "contact-address", "contact-address-hint", &contact.address),
            self.line("times", "contact-times", "contact-times-hint", &contact.times),
            self.line("code-word", "contact-code", "contact-code-hint", &contact.code_word),
        ])
    }

    fn answer(&self, name: &'static str, question: &str, chosen: Option<Answer>) -> Markup {
        answers(self.words, name, question, chosen).error(self.error(name)).into()
    }

    fn line(&self, name: &'static str, label: &str, hint: &str, value: &str) -> Markup {
        Input::new(name)
            .label(self.label(label))
            .hint(self.words.text(hint).into_owned())
            .value(value)
            .error(self.error(name))
            .private()
            .into()
    }

    fn own_words(&self, label: Label, hint: &str) -> Markup {
        Textarea::new("words")
            .label(label)
            .hint(self.words.text(hint).into_owned())
            .value(self.report.words.as_str())
            .error(self.error("words"))
            .rows(6)
            .private()
            .into()
    }

    fn label(&self, id: &str) -> Label {
        Label::new(self.words.text(id).into_owned()).classes("govuk-label--s")
    }

    /// Nobody is asked whether they may hurt themselves; whoever may finds help. The address says nothing of it.
    fn talk(&self, id: &str) -> Markup {
        bits::line(bits::link(&self.language.href("/now#talk"), &self.words.text(id)))
    }

    fn paragraph(&self, id: &str) -> Markup {
        bits::paragraph(&self.words.text(id))
    }

    fn files(&self) -> Markup {
        let Some(draft) = self.draft else { return Markup::default() };
        let urgent = urgency(self.report) == Urgency::Danger;
        let block = files::block(self.site, self.words, draft, urgent);
        Markup::join([self.paragraph("files-no-risk"), self.paragraph("files-lead"), self.paragraph("files-locked"), block])
    }

    /// What in the report may say who wrote it, each with a box that takes it out.
    fn reveals(&self) -> Markup {
        let pieces = reveals::pieces(self.report);
        let files = self.draft.is_some_and(|draft| !draft.files.is_empty());
        // Of a file we read nothing: only whoever chose it knows what it shows.
        let of_files = if files { self.paragraph("reveals-files") } else { Markup::default() };
        if pieces.is_empty() {
            return if files { Markup::join([self.paragraph("check-lead"), of_files]) } else { self.paragraph("reveals-nothing") };
        }
        let title = self.words.text("reveals-question").into_owned();
        let items = pieces.iter().map(|piece| {
            CheckboxItem::new(piece.id.clone(), self.words.with("reveals-take-out", &[("text", piece.text.as_str().into())]))
                .checked(self.take_out.map_or(piece.own, |chosen| chosen.contains(&piece.id)))
        });
        let boxes = Checkboxes::new(reveals::TAKE_OUT).legend(title).items(items).private();
        Markup::join([
            self.paragraph("check-lead"),
            self.paragraph("reveals-lead"),
            boxes.into(),
            self.paragraph("reveals-others"),
            of_files,
        ])
    }

    fn check(&self) -> Markup {
        let report = self.report;
        let (me, work) = (report.path == Path::Me, report.way() == Way::Work);
        let answer = |answer: Option<Answer>| answer.map(|answer| self.words.text(&format!("answer-{answer}")).into_owned());
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.to_owned());
        let signs: Vec<String> =
            report.signs_seen().filter_map(plainsight_vocabulary::sign).map(|sign| bits::sign(self.words, sign, report.path)).collect();
        let contact = &report.safe_contact;
        let reach = self.words.text(&format!("reach-{}", contact.reach.name())).into_owned();
        let reach = if contact.reach.needs_address() { format!("{reach}: {}", contact.address) } else { reach };
        let complaint = report.way() == Way::Complain;
        let mut rows = Vec::new();
        if !complaint {
            rows.extend([(Page::Danger, "check-danger", answer(report.danger)), (Page::Danger, "check-child", answer(report.child))]);
        }
        if !me && !complaint {
            let setting = report.setting.as_deref().and_then(plainsight_vocabulary::setting);
            rows.push((Page::Place, "check-setting", setting.map(|setting| self.words.text(&setting.name_key()).into_owned())));
        }
        if !complaint {
            rows.push((Page::Place, "check-place", given(&report.place)));
            rows.push((Page::Signs, if me { "check-self-signs" } else { "check-signs" }, given(&signs.join("; "))));
        }
        rows.push((Page::Words, "check-words", given(&report.words)));
        if work {
            rows.push((Page::Work, "work-role", given(&report.role)));
        } else if !me && !complaint {
            let naming = report.naming.map(|level| self.words.text(&format!("naming-{level}")).into_owned());
            rows.push((Page::Contact, "check-naming", naming));
        }
        rows.push((Page::Contact, "check-contact", Some(reach)));
        if contact.reach.needs_address() {
            rows.push((Page::Contact, "check-times", given(&contact.times)));
            rows.push((Page::Contact, "check-code", given(&contact.code_word)));
        }
        rows.push((Page::Files, "check-files", self.draft.map(|draft| files::counted(self.words, draft))));

        let nothing = self.words.text("check-nothing").into_owned();
        let answers: Vec<Answered> = rows
            .into_iter()
            .map(|(page, question, given)| Answered {
                question: self.words.text(question).into_owned(),
                given: given.unwrap_or_else(|| nothing.clone()),
                page: match page {
                    Page::Files => page,
                    _ if me => Page::Me,
                    _ if complaint => Page::Complain,
                    Page::Signs => page,
                    _ if work => Page::Work,
                    _ => page,
                }
                .name(),
            })
            .collect();
        Markup::join([self.paragraph("check-lead"), bits::answers(&answers, &self.words.text("button-change"))])
    }
}

/// Yes, no, not sure.
pub(super) fn answers(words: &Locale, name: &'static str, question: &str, chosen: Option<Answer>) -> Radios {
    let items = Answer::ALL
        .iter()
        .map(|answer| RadioItem::new(answer.code(), words.text(&format!("answer-{answer}")).into_owned()).checked(chosen == Some(*answer)));
    Radios::new(name).legend(words.text(question).into_owned()).items(items).classes("govuk-radios--inline").private()
}
