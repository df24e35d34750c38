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
desk-from-reporter-danger = Reporter: somebody is in danger now
desk-from-reporter-unsure = Reporter: not sure whether somebody is in danger
desk-from-reporter-no-danger = Reporter: nobody is in danger now
desk-from-desk = Reply by { $name }
desk-question-by = Question by { $name }
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
desk-erased = The reporter withdrew before anybody read this. It has been erased.
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
desk-error-reference = Write a reference such as C-7K2M-91Q or K-7K2M-91Q.
desk-error-reference-unknown = There is no such reference.
desk-error-reference-several = Several have this reference. Open the right one from the search and put it in there.
desk-error-choose = Choose one.
desk-error-decision = Choose what is done.
desk-error-day = Choose a day after today, within a year.
desk-error-same-case = This is the same case. Write the reference of another.
desk-error-merge = These two are one case already.
