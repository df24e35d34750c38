# The helpline's desk. Staff read this.

desk-helpline = Helpline
desk-my-list = My list
desk-role-adviser = Adviser
desk-role-supervisor = Supervisor
desk-list-title = My list
desk-list-empty = Nothing here. New reports appear by themselves when somebody sends one.
desk-list-count = { $count ->
    [one] { $count } contact
   *[other] { $count } contacts
}
desk-filters = Filter the list
desk-filter-open = To do
desk-filter-danger = Danger
desk-filter-new = New
desk-filter-overdue = Overdue
desk-filter-waiting = Waiting for reporter
desk-filter-review = Awaiting review
desk-filter-supervisor = For a supervisor
desk-filter-withdrawn = Withdrawn
desk-filter-closed = Closed
desk-filter-all = All
desk-column-reference = Reference
desk-column-state = Next
desk-column-due = By
desk-column-language = Language
desk-column-arrived = Arrived
desk-column-size = Length
desk-due-danger = Danger: act now
desk-danger-seen = opened, not dealt with yet
desk-due-read = Read it
desk-due-acknowledge = Answer the reporter
desk-due-feedback = Tell the reporter what became of it
desk-due-nothing = Nothing
desk-left-minutes = { $count ->
    [one] { $count } minute left
   *[other] { $count } minutes left
}
desk-left-hours = { $count ->
    [one] { $count } hour left
   *[other] { $count } hours left
}
desk-left-days = { $count ->
    [one] { $count } day left
   *[other] { $count } days left
}
desk-overdue-minutes = { $count ->
    [one] { $count } minute late
   *[other] { $count } minutes late
}
desk-overdue-hours = { $count ->
    [one] { $count } hour late
   *[other] { $count } hours late
}
desk-overdue-days = { $count ->
    [one] { $count } day late
   *[other] { $count } days late
}
desk-language-other = other
desk-size-short = short
desk-size-medium = medium
desk-size-long = long
desk-size-very-long = very long
desk-tag-new = New
desk-tag-danger = Danger
desk-tag-soon = Soon
desk-tag-withdrawn = Withdrawn
desk-tag-told = Told
desk-tag-closed = Closed
desk-tag-review = Awaiting review
desk-tag-supervisor = For a supervisor
desk-tag-wrote = Reporter wrote
desk-tag-waiting = Waiting for reporter
desk-tag-safe = Danger dealt with
desk-next-page = Next
desk-previous-page = Previous

desk-contact-title = Contact { $reference }
desk-report = What the reporter says
desk-path = Who writes
desk-path-me = It is happening to the reporter
desk-path-noticed = The reporter noticed something
desk-path-known = It is happening to somebody the reporter knows
desk-path-professional = The reporter works with people
desk-place = Place
desk-setting = Kind of place
desk-signs-seen = Signs seen
desk-signs-none = No signs ticked
desk-words = In their own words
desk-words-none = Nothing written
desk-child = Under 18
desk-danger = In danger now
desk-naming = Who may know the reporter
desk-language-of-report = Language of the pages
desk-safe-contact = Safe contact
desk-safe-contact-nobody = Do not contact this person.
desk-safe-contact-receipt = Only here, by message. Never call, text or email.
desk-safe-contact-times = Safe times
desk-safe-contact-code = Say first
desk-safe-contact-address = Number or address
desk-timeline = Folder
desk-timeline-empty = Nothing yet. Replies, notes and referrals appear here in order.
desk-from-reporter = Reporter
desk-from-reporter-wishes = Reporter: changed how they may be reached
desk-wishes-on-card = What holds now stands under “Safe contact”.
desk-wishes-since = Changed by the reporter on { $date }. Use nothing else, whatever stands elsewhere in this folder.
desk-wishes-unsure = A message of the reporter does not open. They may have changed this. Do not contact them before your supervisor has looked.
desk-wishes-earlier = What they said before
desk-wishes-not-safe = No longer safe to use.
desk-from-reporter-danger = Reporter: somebody is in danger now
desk-from-reporter-unsure = Reporter: not sure whether somebody is in danger
desk-from-reporter-no-danger = Reporter: nobody is in danger now
desk-from-desk = Reply by { $name }
desk-question-by = Question by { $name }
desk-outcome-by = Told what became of it, by { $name }
desk-proof-by = Proof of filing, given by { $name }
desk-file-by = File by { $name }
desk-file-from-reporter = File from the reporter
desk-cleaning-by = A file was cleaned for { $name }
desk-custody-by = About an original, by { $name }
desk-note-by = Note by { $name }
desk-safe-by = Danger marked as dealt with by { $name }
desk-danger-by = Marked as danger by { $name }
desk-go-on-by = { $name } looked: the dialogue may go on
desk-closed-by = Closed by { $name }
desk-referral-by = Urgent referral by { $name }
desk-review-by = Review by { $name }
desk-unknown-member = a former colleague
desk-paper-damaged = Damaged or not genuine
desk-paper-damaged-text = This entry does not open, or it was not written by whom it names. Do not act on it. Tell your supervisor: somebody may have changed the records.

desk-acts = What you can do
desk-reply-title = Answer the reporter
desk-reply-text = Your message
desk-reply-hint = Do not ask anyone to find out more, go back, follow, film or stay in touch with a suspect.
desk-reply-send = Reply
desk-reply-ask = Ask (waits for the reporter)
desk-reply-tasking = This may ask the reporter to do something dangerous: “{ $phrase }”. Change it, or tick the box to say that it does not.
desk-reply-tasking-confirm = I have checked: it does not ask them to find out more, go back, follow or film
desk-tell-title = Tell the reporter what became of it
desk-tell-hint = Whoever finds the number can read it. Choose the time with care: never while a visit or an operation is still to come, or while it would show who told us. Nothing but the sentence is told.
desk-tell-legend = What became of it
desk-tell-they-read = They read ({ $language }): { $sentence }
desk-tell-not-passed-on = That it was passed on can be told once an urgent referral stands in the folder.
desk-tell-choose = Choose what became of it.
desk-tell-button = Tell the reporter
desk-proof-title = Give a proof that a report was filed
desk-proof-hint = Only if the reporter asked for it. They find a short signed text when they come back: the day, our name and a number drawn at random, nothing of the report.
desk-proof-button = Give the proof
desk-reply-no-way = This person cannot read it unless they come back with their number.
desk-note-title = Private note
desk-note-text = Note for the team
desk-note-save = Save note
desk-safe-title = Danger
desk-safe-hint = When the danger is dealt with, say why. The danger clock and the alarm then stop.
desk-safe-text = Why the danger is dealt with
desk-safe-button = Mark the danger as dealt with
desk-danger-title = Somebody is in danger: set off the alarm
desk-danger-hint = Call for help first. This then starts the danger clock and pages who is on call.
desk-danger-text = Why you think so
desk-danger-button = Mark as danger and page
desk-paused-title = The dialogue is paused
desk-paused-lead = This reporter has written three times or more. Somebody who keeps bringing news may be in danger, or become an informant without anybody deciding it. A supervisor looks before we write back.
desk-paused-waits = A supervisor must look. You can write a note. If somebody is in danger, mark it: then you can write at once.
desk-paused-danger = Because of the danger you can write at once. A supervisor looks as soon as one is there.
desk-go-on-text = Why the dialogue may go on
desk-go-on-button = Let the dialogue go on
desk-close-title = Close this contact
desk-close-hint = It leaves your list. It comes back by itself when the reporter writes.
desk-close-text = Why it is closed
desk-close-button = Close
desk-close-danger = It cannot be closed yet. First mark the danger as dealt with.
desk-close-review = It cannot be closed yet. First a second person must review the urgent referral.
desk-close-unread = It cannot be closed yet. The reporter wrote again. Read it first.
desk-closed-notice = This contact is closed. Nothing is due.
desk-reopen-title = Open it again
desk-reopen-hint = It comes back to your list.
desk-reopen-button = Open it again

desk-referral-title = Urgent referral
desk-referral-lead = Telephone first. Then write down here whom you told. You do not need anybody’s permission; a colleague reviews it within 24 hours.
desk-referral-open = Record an urgent referral
desk-referral-receiver = Whom did you call?
desk-receiver-emergency = 999 or 112
desk-receiver-police-control-room = Police control room
desk-receiver-childrens-services = Children’s services
desk-receiver-ambulance = Ambulance
desk-referral-at = At what time did you pass it on?
desk-referral-at-hint = For example 03:05. Today, or yesterday if it is past midnight.
desk-referral-taker = Who took the call?
desk-referral-reference = Incident reference
desk-referral-none = Refused, or none given
desk-referral-told = What did you tell them?
desk-referral-ground = Why
desk-ground-consent = The person agreed
desk-ground-danger-to-life = Danger to life
desk-ground-child-at-risk = A child is at risk
desk-ground-serious-harm = Serious harm
desk-referral-save = Record it
desk-referral-saved = The referral is recorded. A colleague has been asked to review it within 24 hours.
desk-review-title = Review of the urgent referral
desk-review-lead = A colleague passed this on alone. Look at it after the fact: was it right, and is anything left to do?
desk-review-own = You made this referral. Somebody else has to review it.
desk-review-text = What you found
desk-review-save = Record the review

desk-saved = Saved.
desk-withdrawn-notice = The reporter has withdrawn. Do not contact them. Work has stopped.
desk-withdrawn-danger-notice = The reporter has withdrawn. Do not contact them. Somebody may have made them do it: the danger stays open until you mark it as dealt with.
desk-erased = It was deleted. Nobody can read it any more.
desk-changed-meanwhile = Not saved: something changed while you were writing. Look at what is new, then decide. Your text is in the box for notes.
desk-not-stored = It could not be saved just now. What you typed is still here. Try again in a minute.
desk-error-empty = Write something first.
desk-error-too-long = This is longer than { $longest } characters. Please shorten it.
desk-error-receiver = Choose whom you called.
desk-error-time = Write the time like 03:05.
desk-error-told = Write what you told them.
desk-error-taker = Write who took the call, or “no name given”.
desk-error-reference = Write the reference, or tick “Refused, or none given”.
desk-error-ground = Choose why.
desk-page-subject = Please sign in
desk-page-body = Something needs your attention. Please sign in to the desk.

# The sheet on which an adviser writes down what somebody says.
desk-call-begin = Write down a contact
desk-call-title = Contact { $reference }: write it down
desk-call-lead = Begin at the top. Leave out what nobody said. What you type is kept by itself, sealed, and you can stop at any time: the contact stays on the list until somebody finishes it.
desk-call-kept = Kept. It is on the list until it is finished.
desk-call-not-kept = Nothing is kept yet.
desk-call-unkept = Not kept just now. It is tried again by itself; what you typed is still here.
desk-call-no-key = You hold no team’s key yet, so nothing can be kept here. Ask a colleague to give it to you, and write on paper until then.
desk-call-kept-at = Kept at { $time }
desk-call-safe-hint = First: can they talk now? If not, agree on a word, and on when and how to go on. Nobody has to give a reason.
desk-call-safe = Is it safe for them to talk?
desk-call-danger = Is somebody in danger now?
desk-call-caller = Who is it?
desk-call-child = Is somebody under 18?
desk-call-setting-none = Not said
desk-call-words = What they say, in their words
desk-call-signs = Signs: tick what they saw
desk-call-limits-hint = Tell them before they choose: we keep it to ourselves, unless a life or a child is in danger.
desk-call-limits = I told them when we may have to act without asking
desk-call-naming = Who may know who they are?
desk-call-naming-share = We may tell those who can help
desk-call-naming-confidential = Only our team
desk-call-naming-anonymous = Nobody
desk-call-reach = May we contact them?
desk-call-reach-nobody = No
desk-call-reach-telephone = Telephone
desk-call-reach-text = Text message
desk-call-reach-email = Email
desk-call-advice = What you advised, and where to
desk-call-language = Language, as a tag (ro, vi, zh-Hans)
desk-call-finish = Finish
desk-call-keep = Keep, and go on later
desk-call-clash = A colleague changed this field meanwhile. Theirs stands: “{ $theirs }”. Yours is in the box. Make one of the two, and keep it again.
desk-call-clash-quiet = A colleague changed a field that you changed too. Press “Keep” to see both.
desk-call-finished-meanwhile = A colleague has finished this contact. Nothing of yours was saved over it. Your text is still here: copy it into a note on the contact.
desk-channel = How it came
desk-safe-to-talk = Safe to talk
desk-told-limits = Told when we may act without asking
desk-interpreter = Interpreter: number and line
desk-advice = What was advised
desk-prompts = What to ask: { $caller }
desk-prompt-self-1 = Where are you now? Who else is there?
desk-prompt-self-2 = Are you hurt? Do you need a doctor?
desk-prompt-self-3 = What would you like to happen? You can say no to anything.
desk-prompt-self-4 = Is there somewhere safe where we can reach you, and when?
desk-prompt-known-1 = How do you know? Did you see it, or did they tell you?
desk-prompt-known-2 = Do they know that you are calling? What do they want?
desk-prompt-known-3 = Please do not ask them more, and do not go there.
desk-prompt-public-1 = What did you see yourself, where, and when?
desk-prompt-public-2 = How many people? Any vehicle, name of a business, telephone number?
desk-prompt-public-3 = Please do not go back, follow or film. What you saw is enough.
desk-prompt-business-1 = Is it your site, a supplier, or a customer? Who employs the people?
desk-prompt-business-2 = Is anybody in danger if the employer learns of this?
desk-prompt-business-3 = Please change nothing there, and tell nobody there, before we have spoken.
desk-prompt-professional-1 = Is the person with you? Can they speak alone, with an interpreter of their own?
desk-prompt-professional-2 = Have they agreed that you call? A child needs no agreement.
desk-prompt-professional-3 = Whom have you told: your safeguarding lead, the police, the council?
desk-prompt-professional-4 = Are you a first responder, or does somebody have to be found?
desk-due-finish = Finish writing it down
desk-tag-unfinished = Not finished
desk-unfinished-lead = An adviser began to write this down and has not finished. Perhaps the call dropped.
desk-unfinished-go-on = Go on writing it down
desk-path-business = It is in the reporter’s business

desk-filter-mine = In my hands
desk-filter-soon = Within the hour
desk-filter-due = Due this shift
desk-filter-spoken = In my languages
desk-filter-unfinished = Not finished
desk-column-hands = In whose hands
desk-hands = In the hands of
desk-hands-nobody = nobody yet
desk-take-button = Take it in hand
desk-let-go-button = Let go of it
desk-hand-over-title = Hand it over
desk-hand-over-to = To whom?
desk-hand-over-choose = Choose a colleague
desk-hand-over-text = What they must know
desk-hand-over-button = Hand it over
desk-handed-over-by = { $name } handed it over to { $to }
desk-error-hand-over = Choose to whom you hand it over.
desk-no-mailbox-title = Answering
desk-no-mailbox = They have no number to read answers with. Reach them only as the safe-contact card says, and write a note of it.

desk-shift = Shift
desk-shift-title = This shift
desk-shift-on-call = On call now
desk-shift-nobody-on-call = nobody. A danger pages the whole team.
desk-shift-hole = Nobody is on call from { $from } to { $to }
desk-shift-away = Away
desk-shift-rota = The rota, and who is away
desk-shift-left = What is left to do
desk-hands-of-all = In whose hands
desk-shift-who = Who
desk-shift-in-hand = Contacts in hand
desk-shift-distressing = Distressing contacts read in this shift
desk-shift-much = somebody else should take the next
desk-shift-nobodys = In nobody’s hands
desk-shift-strain-hint = What somebody has read is counted in memory only, for eight hours. Nothing of it is kept.
desk-rest = You have read { $count } contacts that are hard to bear in this shift. Please stop for a while and talk with a colleague or your supervisor. Somebody else can take the next.
desk-role = Their work

desk-path-complaint = A complaint about us
desk-complaint = This is a complaint about us, not a report. Somebody it is not about should look into it and answer.
desk-complaint-by = Tell them by { $date } at the latest that we have it: the law gives 30 days. A written answer counts.

## Search, and lists as files
desk-search = Search
desk-search-title = Search
desk-search-label = Look for
desk-search-hint = Words, a name in any spelling, a telephone number, a plate, a postcode, an email address, @name or a reference. Everything you type must be found.
desk-search-nothing = Write what you are looking for.
desk-search-found = { $count ->
    [0] Nothing was found.
    [one] One was found.
   *[other] { $count } were found.
  }
desk-search-cut = Only the first { $count } words were looked for.
desk-reading = Still reading: { $read } of { $all }. What is open is read first. What was not read yet is not found.
desk-narrow = Narrow it further
desk-filters-chosen = Chosen
desk-filter-remove = Take this away
desk-filter-child = A child
desk-filter-complaint = Complaints about us
desk-list-file = { $count ->
    [one] One row as a file (CSV)
   *[other] { $count } rows as a file (CSV)
  }
desk-column-why = Found by
desk-column-tags = Marks
desk-why = { $term }: { $places }
desk-why-spelling = { $term }, spelt otherwise: { $places }
desk-why-reference = Its reference
desk-part-words = report
desk-part-place = place
desk-part-reach = how to reach them
desk-part-message = message
desk-part-note = note
desk-part-referral = referral

## What may be about the same
desk-alike = May be about the same
desk-alike-none = Nothing that was read so far.
desk-alike-hint = Suggested by what stands in both. Nothing is joined by itself.
desk-alike-fact-not-safe = Same { $kind }: { $value } (no longer safe to use)
desk-alike-fact = Same { $kind }: { $value }
desk-alike-place = Same place: { $words }
desk-alike-words = Both say: { $words }
desk-fact-telephone = telephone number, last digits
desk-fact-email = email address
desk-fact-plate = number plate
desk-fact-handle = name on a platform
desk-fact-postcode = postcode
desk-alike-begin = Put both in a new case
desk-alike-join = Put this one in { $case } too

## Cases
desk-cases = Cases
desk-cases-open = Open
desk-cases-mine = In my hands
desk-cases-due = To look at now
desk-cases-closed = Closed
desk-cases-all = All
desk-cases-count = { $count ->
    [one] One case
   *[other] { $count } cases
  }
desk-cases-empty = No case here. A case begins on the page of a contact.
desk-tag-case = Case
desk-due-look-again = Look at it again
desk-case-not-read = Not read yet
desk-case-look-again = Look again
desk-case-begun = Begun
desk-case-none = Not in a case.
desk-case-put-in = Put a contact in
desk-case-into = Put it in a case
desk-case-put-in-button = Put it in
desk-case-begin-button = Begin a case
desk-case-reference = Reference of a case
desk-case-reference-hint = For example K-7K2M-91Q.
desk-case-title = What the case is called
desk-case-title-hint = A few words. Without them it is called after this contact.
desk-case-untitled = Case of { $reference }
desk-case-contacts = Contacts in this case
desk-case-contacts-none = No contact is in it.
desk-case-do = What to do
desk-case-related = Has to do with
desk-case-related-none = No other case.
desk-case-merged-in = Merged into it
desk-case-goes-on = This case goes on in another:
desk-case-closed-notice = This case is closed.
desk-case-tag-merged = Merged
desk-case-reason = Why
desk-case-decide = Decide what is done
desk-case-decide-button = Decide
desk-case-decision = What is done about it
desk-case-note = Write a note
desk-case-note-button = Keep the note
desk-case-take-out = Take a contact out
desk-case-take-out-button = Take it out
desk-case-relate = Say that it has to do with another case
desk-case-relate-button = Say so
desk-case-unrelate = Say that it has nothing to do with a case
desk-case-unrelate-button = Say so
desk-case-merge = Merge it into another case
desk-case-merge-button = Merge
desk-case-part = Make it a case of its own again
desk-case-part-button = Make it its own case
desk-case-title-button = Call it so
desk-case-look-again-button = Look again on that day
desk-case-close = Close the case
desk-case-close-button = Close
desk-case-reopen = Open it again
desk-case-reopen-button = Open
desk-case-look-again-by = Look at it again on
desk-case-contact-reference = Reference of a contact
desk-case-which-contact = Which contact
desk-case-which = Which case
desk-case-relation = What they have in common
desk-choose = Choose
desk-decide-title = Decide what is done about this contact
desk-decide-hint = For one contact alone. With a case, decide there. Danger now is paged at once.
desk-decide-text = Why
desk-decide-button = Keep the decision
desk-decided = Decided so far: { $decision }
desk-decided-by = Decided by { $name }: { $decision }
desk-column-decision = Decision
desk-decision-danger-now = Danger now
desk-decision-danger-now-hint = Somebody goes there at once. Looked at again tomorrow.
desk-decision-investigate = Find out more
desk-decision-investigate-hint = Looked at again in a week.
desk-decision-advise = Advise
desk-decision-advise-hint = We tell them what they can do and who can help.
desk-decision-labour-abuse = Labour abuse
desk-decision-labour-abuse-hint = Rights at work are broken, and people are free to leave.
desk-decision-information = Information
desk-decision-information-hint = Nothing to do now. It may help to understand another case.
desk-decision-not-slavery = Not slavery
desk-decision-not-slavery-hint = Something else. We told them where to turn.
desk-decision-international = Another country
desk-decision-international-hint = It happens abroad.
desk-decision-malicious = Perhaps told out of hatred
desk-decision-malicious-hint = We suspect it and are not sure. Say what makes you think so.
desk-relation-same-people = The same people
desk-relation-same-place = The same place
desk-relation-same-vehicle = The same vehicle
desk-relation-same-exploiter = The same people behind it
desk-relation-other = Something else
desk-by = by { $name }
desk-in-case-by = { $name } put it into case { $case }
desk-out-of-case-by = { $name } took it out of case { $case }
desk-did-begun = Begun as “{ $title }”
desk-did-came = { $reference } came
desk-did-noted = Note
desk-did-titled = Called “{ $title }”
desk-did-put-in = { $reference } was put in
desk-did-took-out = { $reference } was taken out
desk-did-decided = Decided: { $decision }
desk-did-look-again = To be looked at again on { $date }
desk-did-related = Has to do with { $case }: { $relation }
desk-did-unrelated = Has nothing to do with { $case }
desk-did-merged-into = Goes on in { $case }
desk-did-parted-from = A case of its own again, no longer in { $case }
desk-did-absorbed = { $case } goes on here
desk-did-let-go = { $case } is a case of its own again
desk-did-closed = Closed
desk-did-reopened = Opened again
desk-error-reference-none = Write a reference such as C-7K2M-91Q or K-7K2M-91Q.
desk-error-reference-unknown = There is no such reference.
desk-error-reference-several = Several have this reference. Open the right one from the search and put it in there.
desk-error-choose = Choose one.
desk-error-decision = Choose what is done.
desk-error-day = Choose a day after today, within a year.
desk-error-same-case = This is the same case. Write the reference of another.
desk-error-merge = These two are one case already.

## How long it is kept
desk-keeping = How long it is kept
desk-kept-held = It may not be deleted: a legal hold is on it.
desk-kept-no-time = No time is set. It is kept until somebody deletes it.
desk-kept-until = Deleted on { $date }, if nothing new comes.
desk-kept-in-case = Kept while it is in an open case.
desk-kept-due = Kept while something is to be done. Then its time begins.
desk-keep-text = Why
desk-hold = Keep it for the law
desk-hold-end = End the legal hold
desk-held-by = Legal hold by { $name }
desk-hold-ended-by = Legal hold ended by { $name }
desk-tag-held = Legal hold
desk-tag-erased = Deleted
desk-erase = Delete it
desk-erase-lead = Nobody can read it again. That it was deleted, by whom and why stays in the ledger.
desk-erase-why = Why
desk-erase-asked = Whom it is about asked for it
desk-erase-mistake = It came here by mistake
desk-erase-no-right = We have no right to keep it
desk-erase-sure = I have read it and I am sure
desk-erase-button = Delete for ever
desk-erase-kept = It was not deleted: somebody says that it must be kept, or a danger is open.
desk-error-sure = Say that you are sure.

## Views that are kept
desk-views = What you keep
desk-view-keep = Keep this to look at again
desk-view-name = Call it
desk-view-keep-button = Keep it
desk-view-kept = It is kept. You find it above your list; nobody else can see it.
desk-view-forget = Forget
desk-view-too-many = You keep { $count } already. Forget one first.
desk-case-hold = Keep it for the law
desk-case-hold-button = Keep it
desk-case-hold-end = End the legal hold
desk-case-hold-end-button = End it
desk-did-held = Legal hold
desk-did-hold-ended = Legal hold ended
desk-case-closed-first = It was not stored: somebody closed this case or merged it with another. Open it again, or go to the other.
desk-case-day-hint = For example 2026-12-05.

## Other systems
desk-systems = Other systems
desk-systems-lead = A partner’s form, an app, a text gateway or a city’s app can hand in what people tell it. Each system has keys of its own, and can be ended at any time. No key opens what was told.
desk-systems-none = No other system hands anything in yet.
desk-systems-table = Systems that hand contacts in
desk-systems-back = Back to the systems
desk-system-add = Let another system in
desk-system-add-lead = Agree first with whoever runs it how they keep what people type, and that they show the emergency number. The page after this one shows its key, once.
desk-system-add-button = Make its key
desk-system-name = Name
desk-system-name-hint = Advisers see it beside each contact. For example “Barnet council app”.
desk-system-may = What it may do
desk-system-way = How its contacts come
desk-system-state = State
desk-system-holds = In use
desk-system-ended = Ended
desk-system-ended-on = Ended on { $date }
desk-system-since = Since
desk-system-per-hour = How many an hour
desk-system-per-hour-hint = The most that it may hand in within an hour, so that a stolen key cannot bury what others tell. 600 is much.
desk-scope-reports = Hand in reports
desk-scope-reports-hint = People fill in a form there and get a receipt.
desk-scope-mailbox = Read with a receipt
desk-scope-mailbox-hint = People read our answers there, with their receipt. Nothing opens without it.
desk-scope-messages = Hand in messages
desk-scope-messages-hint = A gateway passes on texts and mails as they come. Nobody gets a receipt.
desk-scope-open311 = Hand in Open311 requests
desk-scope-open311-hint = A city’s app passes on what somebody reports. Nothing can be looked up.
desk-system-keys = Keys
desk-system-key = Its key
desk-system-key-lead = Give it to whoever runs the system, by a way that you trust.
desk-system-key-head = Key
desk-system-key-number = Key { $number }
desk-system-key-end = End key { $number }
desk-system-made = Made on
desk-system-new-key-lead = To change a key without a gap: make a new one, let them use it, then end the old one.
desk-system-new-key = Make another key
desk-system-messages = Messages
desk-system-messages-lead = Its gateway posts each message to this address of the report site, signed:
desk-system-signing = Its secret for signing
desk-system-signing-lead = The gateway signs each message with it. Give it to whoever runs the gateway, by a way that you trust.
desk-system-signing-again = It has a secret. A new one ends it at once.
desk-system-signing-new = Make a secret for signing
desk-system-told = When there is news
desk-system-hook = Address to tell
desk-system-hook-hint = Begins with https://. We tell it that a report was read or that a message waits, by a number that leads nowhere, and never what.
desk-system-hook-on = It is told at { $address }.
desk-system-hook-off = It is not told anything.
desk-system-hook-gone = { $address } said that it wants to hear nothing more. Enter an address to begin again.
desk-system-hook-set = Tell it there
desk-system-hook-remove = Tell it nothing
desk-system-hook-secret = The secret of our signature
desk-system-hook-lead = With it they check that an event comes from us. Give it to whoever runs the system, by a way that you trust.
desk-system-once = This is shown once and stored nowhere. If it is lost, make another.
desk-system-secret-back = I have it: go on
desk-system-end-title = End it
desk-system-end-lead = No key of it holds from then on, and it is told nothing. What it has handed in stays. This cannot be taken back.
desk-system-end = End this system
desk-system-wrong-name = Enter a name of at most 80 characters.
desk-system-wrong-scopes = Choose at least one thing that it may do.
desk-system-wrong-way = Choose how its contacts come.
desk-system-wrong-per-hour = Enter a whole number from 1 to 100,000.
desk-system-wrong-address = Enter an address that begins with https://.
desk-handed-by = Handed in by
desk-handed-from = From (nobody asked whether it is safe to answer there)
desk-source-by = The number stands in other reports; noticed when { $name } opened it
desk-source-why = Reports that give the same number or address make three with this one. A supervisor looks before the dialogue goes on, so that nobody becomes an informant by answering us.

desk-cases-asked = Requests about data
desk-asked-new = Somebody asks about their data
desk-asked-here = They ask about their data
desk-asked-lead = Write it down on the day on which it comes, in whatever words and by whatever way. It is a case of its own with a clock: an answer is due within one month.
desk-asked-wish = What they ask for
desk-asked-copy = A copy of what we keep about them
desk-asked-correct = That something is corrected
desk-asked-erase = That it is deleted
desk-asked-limit = That it is left unused
desk-asked-object = That we stop using it
desk-asked-came = When it came
desk-asked-came-hint = For example 2026-11-28. The month counts from this day.
desk-asked-title-hint = Initials and what is asked. No more than you need to know it again.
desk-asked-from = Who asks, and how we know that it is they
desk-asked-from-hint = An answer to a false person can put the right one in danger. Somebody with a receipt writes under their number. Others: something that only they know, or a visit. Do not ask for a passport where less will do. Never send it where somebody else may read it.
desk-asked-team = Which team answers
desk-asked-button = Write it down
desk-asked-back = To the requests about data
desk-asked-wrong-came = Write the day on which it came, like 2026-11-28: not later than today, and within the last year.
desk-asked-too-long = This is too long.
desk-asked-card = A request about data
desk-asked-days = It came on { $came }. The last day for the answer is { $by }.
desk-asked-open = Not answered yet. Search for the person, and put each contact about them into this case.
desk-asked-late = The last day has passed. Answer now, and say why it is late.
desk-answered-done = Answered: all of it was done
desk-answered-partly = Answered: a part of it was done
desk-answered-nothing = Answered: nothing is kept
desk-answered-refused = Answered: refused
desk-asked-answer = What the answer is
desk-case-answer = Answer the request
desk-case-answer-button = Write the answer down
desk-case-more-time = Take two months more
desk-case-more-time-button = Take more time
desk-did-asked = Asked: { $wish }
desk-did-more-time = More time taken, until { $date }
desk-did-answered = { $answer }
desk-copy-prepare = Prepare the copy
desk-copy-title = Prepare the copy
desk-copy-lead = This is everything in the contacts of this request and in the cases that it has to do with. Look through each passage, change its words where somebody else is named, and decide. What you change here stays as it is in the records.
desk-copy-rule-others = What others told about themselves, their names, numbers and addresses, is theirs. Take it out.
desk-copy-rule-source = Whoever told us must not be known by it: not by a name, and not by what only they could have seen.
desk-copy-rule-safe = Ask yourself who else may read the letter.
desk-copy-none = Nothing is in this request yet. If nothing is kept, go on: the copy says so.
desk-copy-text = Words
desk-copy-look-at = Look at:
desk-copy-decision = What becomes of it
desk-copy-decide = Decide about this passage
desk-copy-give = Give it as it stands above
desk-copy-others = Leave it out: it is about somebody else
desk-copy-source = Leave it out: it would show who told us
desk-copy-harm = Leave it out: it could do serious harm
desk-copy-crime = Leave it out: it would hinder finding a crime
desk-copy-language = Language of the letter
desk-copy-look = Keep it, and look at the whole copy
desk-copy-back = Keep it, and go back a page
desk-copy-rules = What to look out for
desk-copy-next = Keep it, and go to the next page
desk-copy-later = Keep it, and go on later
desk-copy-leave = Back to the case, without keeping this page
desk-copy-page = Page { $page } of { $pages }.
desk-copy-decided = { $decided } of { $all } passages are decided on.
desk-copy-kept = Last kept on { $time }.
desk-copy-clash = A colleague decided on this meanwhile, and theirs stands: { $theirs }. To put yours in its place, keep this page again
desk-copy-theirs = The words that your colleague kept:
desk-copy-nothing-decided = nothing is decided yet
desk-copy-changed = The records changed after this was decided on. Decide again. Now they say:
desk-copy-in-language = Show it in this language
desk-copy-look-again = Something changed while you read. Read it once more: nothing is given yet.
desk-copy-look-title = This is what they get
desk-copy-look-lead = Read it once more as the person will, and as somebody would who should not have it. Nothing is given yet.
desk-copy-give-button = Keep it as given
desk-copy-change = Go back to the passages
desk-copy-given = The copy that was given
desk-copy-given-lead = It lies sealed in the case, word for word. Print this page, or
desk-copy-file = save it as a file
copy-title = What we keep about you
copy-day = { $date }
copy-why = We keep it to help people who may be exploited, to keep them safe, and to answer for what we did.
copy-source = It comes from what people told us and from what we wrote down ourselves. We do not say who told us.
copy-passed = We passed a part of it on by telephone, because somebody was in danger or agreed. It says below to whom.
copy-not-passed = Nothing below says that we passed it on to anybody.
copy-rights = You can ask us to correct what is wrong, to delete it, to leave it unused while we look into it, or to stop using it. If we may not do it, we say why.
copy-nothing = There is nothing that we can give you.
copy-below = This is what we keep:
copy-kind-facts = What was answered
copy-kind-words = In their own words
copy-kind-advice = The advice that was given
copy-kind-reach = How they may be reached
copy-kind-from = A message to us
copy-kind-to = A message from us
copy-kind-note = A note of ours
copy-kind-file = A file that we were sent
copy-kind-review = A review of what we did
copy-kind-referral = What we passed on
copy-kind-case = From a case
copy-left-others = Some of it we left out, because it is about somebody else.
copy-left-perhaps = The law lets us leave some things out. We may have done so, and may not say whether we did.
# The supervisors' board
desk-filter-unattended = In danger, and nobody is at it
desk-filter-hour = Within the next hour
desk-filter-to-read = To read
desk-filter-to-answer = To answer
desk-filter-to-tell = To tell what became of it
desk-filter-nobodys = In nobody’s hands
desk-filter-theirs = In a colleague’s hands
desk-filter-held = Under a legal hold
desk-board = Board
desk-board-title = The board
desk-board-as-of = As of { $date }. Load the page again for newer numbers.
desk-board-unattended = { $count ->
    [one] One contact is in danger and nobody is at it. Open it now, or see that somebody does.
   *[other] { $count } contacts are in danger and nobody is at them. Open them now, or see that somebody does.
}
desk-board-attended = Nobody is in danger unattended.
desk-board-due-title = What is due
desk-board-due = Due, by what is to be done
desk-board-clock = What
desk-board-by-team = Due, by team
desk-board-team = Team
desk-board-no-team = Another team
desk-board-by-language = Due, by language
desk-board-language = Language
desk-board-untold = Feedback to reporters that is overdue
desk-board-cases = Cases to look at again in this shift
desk-board-rota = On call
desk-board-next = Next: { $who }, from { $from }
desk-board-no-holes = Somebody is on call at every hour of the next seven days.
desk-board-more-holes = { $count ->
    [one] One more time without anybody: see the rota.
   *[other] { $count } more times without anybody: see the rota.
}
desk-board-away = { $who }: from { $from } to { $to }
desk-board-waiting = Waiting for a supervisor
desk-board-hands-title = In whose hands
desk-board-hands = Contacts in hand, by name
desk-board-oldest = The oldest came this long ago
desk-board-hands-hint = To see who needs relief and what needs somebody. It says nothing of how well anybody works, for contacts weigh differently.
desk-board-came = What came in
desk-board-chart = Each row is a day, each bar an hour. The shaded hours are staffed.
desk-board-chart-title = { $count ->
    [one] One contact came today and in the seven days before, { $outside } of it outside staffed hours.
   *[other] { $count } contacts came today and in the seven days before, { $outside } of them outside staffed hours.
}
desk-board-chart-title-unstaffed = { $count ->
    [one] One contact came today and in the seven days before. Nobody said when the desk is staffed.
   *[other] { $count } contacts came today and in the seven days before. Nobody said when the desk is staffed.
}
desk-board-chart-source = Contacts an hour, by the desk’s clock; shaded hours are staffed. { $count ->
    [0] The hour is known of all of them.
    [one] Of one only the day is known: it was sent without a name.
   *[other] Of { $count } only the day is known: they were sent without a name.
}
desk-board-chart-twin = The same as a table
desk-board-chart-twin-caption = Contacts by hour and day; in brackets when the desk is not staffed
desk-board-hour = Hour
desk-board-no-hour = Only the day is known
desk-board-mon = Mon
desk-board-tue = Tue
desk-board-wed = Wed
desk-board-thu = Thu
desk-board-fri = Fri
desk-board-sat = Sat
desk-board-sun = Sun
desk-board-waits-title = How long people waited
desk-board-waits = From sending to the first reading
desk-board-waits-since = Counted in memory since { $date }, when this program was started, for two weeks at most. It is written down nowhere.
desk-board-none-read = Nothing was read for the first time yet.
desk-board-wait-kind = What, and its clock
desk-board-wait-of = { $kind }: { $clock }
desk-board-others = Everything else
desk-board-staffed-hours = { $count ->
    [one] { $count } hour of staffed time
   *[other] { $count } hours of staffed time
}
desk-board-when = When
desk-board-this-week = The last 7 days
desk-board-last-week = The 7 days before
desk-board-read = Read
desk-board-half = Half waited at most
desk-board-most = 9 of 10 waited at most
desk-board-kept = Within the clock
desk-board-in-time = { $count } of { $all }
desk-board-too-few = fewer than { $count }: too few to say
desk-board-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
desk-board-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
desk-board-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}

# What the public is told
desk-settings = What we tell
desk-settings-title = What the public is told
desk-settings-lead = Routes to help, promises and times, as the public pages tell them. A number or a promise whose review day has passed disappears from them by itself. A change here reaches the public pages within a few seconds.
desk-settings-done = It holds. The public pages show it within a few seconds.
desk-settings-waits = It waits until a second supervisor has looked at it. Until then nothing changes.
desk-settings-refused = It was not made. Nothing changed.
desk-settings-file = The file on the server holds. Nothing was changed here.
desk-settings-version = Version { $number } holds, over the file on the server.
desk-settings-file-newer = The file on the server holds, not version { $number }.
desk-settings-file-newer-hint = Somebody changed the file on the server after the last change here. The next change here is made on that file. Every earlier version is kept below and can be brought back.
desk-settings-not-fit = The newest version does not fit this program any more: { $why }
desk-settings-waiting = Waiting for a second supervisor
desk-settings-promises = Promises
desk-settings-promise = A promise
desk-settings-not-promised = Not promised
desk-settings-routes = Routes to help: { $place }
desk-settings-route = Route
desk-settings-reach = Number or address
desk-settings-hours = Hours
desk-settings-review = To be checked again by
desk-settings-state = State
desk-settings-by = Who checked it
desk-settings-shown = Shown
desk-settings-soon = Shown, passes within 30 days
desk-settings-passed = Passed: hidden
desk-settings-unchecked = Not checked: hidden
desk-settings-law-due = Shown by law, check it again
desk-settings-plain = Clocks, hours and times of keeping
desk-settings-plain-hint = These stand in the file on the server, and whoever runs the server changes them there.
desk-settings-unsaid = Nobody said
desk-settings-staffed = The desk is staffed
desk-settings-clocks = Clocks
desk-settings-clock-danger = Danger: { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
desk-settings-clock-soon = Somebody writes about themselves, or a child: { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
desk-settings-clock-read = Everything else is read within { $count ->
    [one] { $count } hour
   *[other] { $count } hours
} of staffed time
desk-settings-clock-answer = Answered within { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
desk-settings-clock-feedback = Feedback within { $count ->
    [one] { $count } day
   *[other] { $count } days
}
desk-settings-kept = Times of keeping
desk-settings-kept-anonymous = Anonymous: { $count ->
    [one] { $count } day
   *[other] { $count } days
}
desk-settings-kept-ordinary = Ordinary: { $count ->
    [one] { $count } day
   *[other] { $count } days
}
desk-settings-kept-safeguarding = Danger, or somebody had to be kept safe: { $count ->
    [one] { $count } day
   *[other] { $count } days
}
desk-settings-versions = Versions
desk-settings-no-versions = Each change made here will be listed with who made it and when, and can be undone.
desk-settings-version-head = Version
desk-settings-number = Version { $number }
desk-settings-what = What
desk-settings-when = When
desk-settings-second = { $who } confirmed it.
desk-settings-did-again = { $who } brought version { $what } back.
desk-settings-did-route = { $who } checked or changed { $what }.
desk-settings-did-stop = { $who } took { $what } from the public pages.
desk-settings-did-promise = { $who } promised: “{ $what }”
desk-settings-did-take = { $who } took a promise back: “{ $what }”
desk-settings-back = Back to what the public is told
desk-settings-meanwhile = Something was changed since you opened this page. Nothing of it was overwritten, and what you typed is still here. Look at both, then press the button again.
desk-settings-route-lead = Ring the number or open the address before you say that it holds. Tick what you checked today; what is not ticked stays as it is.
desk-settings-own-lead = This route is yours. Ring the number and open the address: you stand for everything on this page until the day below.
desk-settings-guarded = People in danger, children, or people who may hurt themselves call this. A changed number holds only when a second supervisor has confirmed it, and none can be taken away here. To check the same number again, one person is enough.
desk-settings-checked = What did you check today?
desk-settings-by-hint = The name stands in the file. The public never sees it.
desk-settings-review-hint = A day within a year, such as 2027-05-23. After it, this is not shown any more.
desk-settings-name-in = Name ({ $language })
desk-settings-fact-telephone = Telephone
desk-settings-fact-telephone-hint = Digits and spaces, such as 020 7946 0123
desk-settings-fact-also = Another number that reaches the same people
desk-settings-fact-also-hint = Digits and spaces
desk-settings-fact-silent = What to press when one cannot speak
desk-settings-fact-silent-hint = Digits
desk-settings-fact-web = Web address
desk-settings-fact-web-hint = It begins with https://
desk-settings-fact-hours = When somebody answers
desk-settings-fact-hours-hint = always, or one line for each: mon-fri 09:00-17:00
desk-settings-fact-cost = What it costs
desk-settings-fact-cost-hint = Choose one
desk-settings-fact-languages = Languages
desk-settings-fact-languages-hint = interpreter, or listed and the languages: listed en ro
desk-settings-fact-anonymous = Whether a name is asked for
desk-settings-fact-anonymous-hint = Choose one
desk-settings-look = See what the public will see
desk-settings-stop = Stop showing it
desk-settings-now = What the public sees now
desk-settings-then = What the public will see
desk-settings-not-shown = Nothing: it is not shown.
desk-settings-look-at = Before it holds: { $what }
desk-settings-look-lead = Nothing has changed yet. Compare both, letter by letter.
desk-settings-needs-second = Nothing has changed yet. This number is guarded: a second supervisor has to confirm it.
desk-settings-save = Let it hold
desk-settings-propose = Ask a second supervisor
desk-settings-edit = Change something
desk-settings-promise-lead = The public pages say: “{ $sentence }”
desk-settings-promise-only = Promise only what is kept in every case. It disappears after the review day unless somebody checks it again.
desk-settings-give = Promise it until then
desk-settings-take = Take the promise back
desk-settings-same = This is what holds now.
desk-settings-bring-back-lead = Bringing it back makes a new version with this text. Nothing is lost.
desk-settings-differs = Lines that would go (-) and come (+)
desk-settings-whole = The whole text
desk-settings-bring-back = Bring it back
desk-settings-own-proposal = You asked for it: somebody else has to confirm it.
desk-settings-proposal-lead = Check it yourself, by another way than your colleague did, before you say yes.
desk-settings-yes = Yes, let it hold
desk-settings-no = No
desk-settings-withdraw = Take it back
desk-settings-wrong-checked = Tick what you checked; what you changed has to be checked.
desk-settings-wrong-name = Write a name of at most 200 letters.
desk-settings-wrong-by = Write who checked it, in at most 200 letters.
desk-settings-wrong-review = Write a day after today and within a year, such as 2027-05-23.
desk-settings-wrong-file = The file would not hold with this. Ask whoever runs the server to look at it.
desk-settings-wrong-law = The law lays this down. You can check it again, but not change it.
desk-settings-wrong-telephone = Write a telephone number of digits and spaces, such as 020 7946 0123.
desk-settings-wrong-web = Write an address that begins with https://.
desk-settings-wrong-hours = Write always, or lines such as mon-fri 09:00-17:00.
desk-settings-wrong-languages = Write interpreter, or listed and the languages, such as listed en ro.
desk-settings-wrong-choice = Choose one of these.
desk-settings-wrong-guarded = People in danger, children, or people who may hurt themselves call this: it cannot be taken away here.
desk-settings-wrong-unsigned = This carries no signature of whom it names, or they have left. Say no to it, and let somebody propose it again.
desk-settings-other-file = The report site began with another file on its server than the desk: what the public is told is not what you see here. Ask whoever runs the servers to put the same file on both and to start both again.
desk-asked-unanswered = Nothing was changed: this request was not answered yet. Answer it first.
copy-kind-unread = Something that cannot be opened
desk-copy-unread = This cannot be opened here. Somebody else may be able to: ask them before you give the copy.
desk-settings-wrong-other-file = This version was made over another file on the server. What else stood in that file, such as how long things are kept, would come back with it. Change what you need by hand.
