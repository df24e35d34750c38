//! How people reach a helpline and how near they are to what they tell of.

use crate::code_list::code_list;

code_list! {
    /// How near the person who contacts us is to what they tell of ("caller proximity").
    ///
    /// The public page asks in plain words and never says "victim": few people call themselves that.
    pub enum Proximity {
        /// It is happening to me.
        Myself = "self",
        /// It is happening to someone I know.
        Known = "known",
        /// I noticed something, as a member of the public.
        Public = "public",
        /// My business, my supplier, my customer.
        Business = "business",
        /// I work with people: health, school, council, police, charity, faith.
        Professional = "professional",
    }
}

code_list! {
    /// The way a contact arrived.
    pub enum Channel {
        /// A call.
        Phone = "phone",
        /// The public site.
        Web = "web",
        /// An app of the operator.
        App = "app",
        /// Electronic mail.
        Email = "email",
        /// A letter.
        Letter = "letter",
        /// A text message.
        TextMessage = "text-message",
        /// Somebody came to us or we met them.
        InPerson = "in-person",
    }
}

code_list! {
    /// What a case turned out to be (helpline practice; Unseen's published data use the same kinds).
    pub enum CaseKind {
        /// Modern slavery or human trafficking, potential.
        ModernSlavery = "modern-slavery",
        /// Labour abuse that does not reach slavery.
        LabourAbuse = "labour-abuse",
        /// General information, training, press.
        Information = "information",
        /// Advice given to a professional, with a note for their own record.
        ProfessionalAdvice = "professional-advice",
        /// Something else; signposted elsewhere.
        NotSlavery = "not-slavery",
        /// Outside the country.
        International = "international",
        /// Not decided yet.
        Undecided = "undecided",
    }
}

code_list! {
    /// What a reporter allows us to do with who they are.
    ///
    /// Overridden only for danger to life or a child, which everybody is told before they choose.
    pub enum ConsentLevel {
        /// You may pass on who I am.
        Share = "share",
        /// You may know who I am, others may not.
        Confidential = "confidential",
        /// Nobody knows who I am.
        Anonymous = "anonymous",
    }
}

/// One code of the contact code lists with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactKind {
    /// `proximity`, `arrived` (by which channel), `case-kind` or `consent`.
    pub list: String,
    /// The code.
    pub id: String,
    /// Source keys, see docs/vocabulary.md.
    pub sources: Vec<String>,
}

impl ContactKind {
    /// The Fluent key of the name: `proximity-self`, `arrived-web`, `case-kind-labour-abuse`, `consent-share`.
    #[must_use]
    pub fn name_key(&self) -> String {
        format!("{}-{}", self.list, self.id)
    }

    /// The Fluent key of the explanation, where the public needs one: `consent-share-explain`.
    #[must_use]
    pub fn explain_key(&self) -> Option<String> {
        (self.list == "consent").then(|| format!("consent-{}-explain", self.id))
    }
}

impl ConsentLevel {
    /// Whether this level needs a way to reach the person or a name.
    #[must_use]
    pub fn may_name_reporter(self) -> bool {
        self != Self::Anonymous
    }
}
