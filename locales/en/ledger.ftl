# The ledger as an auditor reads it: who did what and when. Staff read this.

ledger-title = Ledger
ledger-role = Auditor
ledger-lead = Who opened and did what, and when. It holds codes and numbers, never the words of a report. That you read it is written in it too.
ledger-entries = Entries
ledger-chain = Is the chain whole?
ledger-chain-nav = Chain

ledger-alarms = What stands out
ledger-alarms-lead = These are questions to ask, not proof: a busy night can look the same.
ledger-alarm = Ask
ledger-alarm-opened = { $member } opened { $count } different records within one hour: { $period }.
ledger-alarm-rows = { $member } exported { $count } rows within 24 hours: { $period }.
ledger-alarm-exports = { $member } exported { $count } times within one hour: { $period }.
ledger-alarm-searches = { $member } searched { $count } times within one hour: { $period }. What for is not in the ledger.
ledger-alarm-own = { $member } searched for themselves, { $count ->
    [one] once
   *[other] { $count } times
} within one hour: { $period }.
ledger-alarm-entries = Show that day
ledger-alarms-more = { $count ->
    [one] There is one more. Choose fewer days to see it.
   *[other] There are { $count } more. Choose fewer days to see them.
}
ledger-quiet = Nothing stands out in these days.
ledger-quiet-lately = { $days ->
    [one] Nothing stands out in the last day.
   *[other] Nothing stands out in the last { $days } days.
}
ledger-limits = What is shown here
ledger-limit-opened = One member opens more than { $limit } different records within one hour.
ledger-limit-rows = One member exports more than { $limit } rows within 24 hours.
ledger-limit-exports = One member exports more than { $limit } times within one hour.
ledger-limit-searches = One member searches more than { $limit } times within one hour.

ledger-filter = Filter the entries
ledger-filter-button = Filter
ledger-on = Filters that are on
ledger-take-away = Take away the filter
ledger-on-who = Who: { $value }
ledger-on-act = What: { $value }
ledger-on-record = Record: { $value }
ledger-on-from = From { $value }
ledger-on-to = To { $value }
ledger-who = Who
ledger-act = What
ledger-record = Record
ledger-reference = Reference or id
ledger-from = From day
ledger-to = To day
ledger-when = When
ledger-more = More, in codes
ledger-number = Number
ledger-anybody = Anybody
ledger-anything = Anything
ledger-reporter = A reporter
ledger-program = The program
ledger-program-named = The program ({ $name })
ledger-somebody = Somebody who is not on the list of members
ledger-within = { $from }–{ $to }
ledger-clock = Times are those of { $zone }. What reporters and the program did carries the hour only.
ledger-count = { $count ->
    [one] { $count } entry.
   *[other] { $count } entries.
}
ledger-page = Page { $page } of { $pages }.
ledger-empty = No entry fits. Take a filter away, or choose other days.
ledger-download = { $count ->
    [one] Download this entry (CSV)
   *[other] Download these { $count } entries (CSV)
}
ledger-download-too-long = A file holds { $most } entries at most: choose fewer days to download them.
ledger-pages = Pages of entries
ledger-newer = Newer
ledger-older = Older

ledger-wrong-who = Choose somebody from the list.
ledger-wrong-record = Write a reference such as C-7K2M-91Q, or an id.
ledger-wrong-day = Write the day as year, month and day, for example 2026-11-24.
ledger-wrong-order = Choose a last day that is not before the first.

ledger-zone-helpline = Helpline
ledger-zone-people = Members

ledger-checked = Checked from the first entry to the last: { $time }
ledger-compared = Compared with the head of { $zone } that was signed on { $time }.
ledger-tag-whole = Whole
ledger-tag-broken = Broken
ledger-whole = { $count ->
    [0] There is no entry yet.
    [one] The one entry follows from its content.
   *[other] Each of { $count } entries follows from the one before: nothing was changed, dropped, swapped or put in.
}
ledger-broken = At entry { $number }: { $why }
ledger-broken-next = Change nothing, keep a copy of the database, and tell whoever answers for data protection today. Entries before this one still hold.
ledger-why-missing = it is missing.
ledger-why-changed = its content does not give its hash. It or the one before was changed, swapped or put in.
ledger-why-version = it was written by a version that this program does not know.
ledger-why-end = the kept end of the chain is another.
ledger-why-cut-off = the signed head knows it, and the chain ends before it. The end was cut off.
ledger-why-rewritten = the signed head knows another entry here. The chain was written anew.
ledger-why-other-chain = the signed head is of another chain.
ledger-head-why = Print this page or keep the heads outside this building. Who can write the whole database can cut off the end of a chain or write it anew; only a head that was signed before and kept elsewhere shows that.
ledger-head = A head that was signed before
ledger-head-hint = Paste its eight lines, or type them from paper. The chain is compared with it.
ledger-head-button = Compare
ledger-wrong-head = Write all eight lines of a head, each once, as they were printed.
ledger-wrong-signature = This instance did not sign this head. Compare it letter by letter with the paper; if it is the same, tell whoever answers for data protection.
ledger-wrong-chain = This head is of another organisation or zone.

# What acts are called. A dot of the code is a hyphen here.
act-alarm-clock_passes = Told the team that a clock passes
act-alarm-danger_in_hand = Stopped paging: the danger is in hand
act-alarm-danger_not_paged = Could not page for a danger
act-alarm-danger_paged = Paged for a danger
act-alarm-passkey_copied = Refused a passkey that may have been copied
act-alarm-review_not_paged = Could not tell that a review is overdue
act-alarm-review_overdue = Told that a review is overdue
act-backup-made = Made a backup
act-backup-restored = Put everything back from a backup
act-case-answered = Wrote down the answer to a request about data
act-case-asked = Wrote down a request about data
act-case-begun = Began a case
act-case-closed = Closed a case
act-case-copy_kept = Kept what was decided for a copy
act-case-decided = Decided what is done about a case
act-case-file_brought = Put a file into a case
act-case-file_cleaned = Had a file of a case cleaned
act-case-file_looked_at = Looked at a cleaned copy of a case's file
act-case-file_not_cleaned = A file of a case could not be cleaned
act-case-file_saved = Saved a cleaned copy of a case's file
act-case-held = Put a legal hold on a case
act-case-hold_ended = Ended a legal hold on a case
act-case-look_again = Set when a case is looked at again
act-case-merged = Merged a case into another
act-case-more_time = Took more time for a request about data
act-case-noted = Wrote a note in a case
act-case-opened = Opened a case
act-case-original_agreed = Agreed that the original of a case's file is opened
act-case-original_asked = Asked to open the original of a case's file
act-case-original_opened = Opened the original of a case's file
act-case-original_refused = Refused that the original of a case's file is opened
act-case-parted = Made a merged case its own again
act-case-put_in = Put a contact in a case
act-case-related = Said that a case has to do with another
act-case-reopened = Opened a closed case again
act-case-titled = Named a case
act-case-took_out = Took a contact out of a case
act-case-unrelated = Said that a case has nothing to do with another
act-contact-added_to = Added to their report
act-contact-asked = Asked the reporter
act-contact-closed = Closed a contact
act-contact-decided = Decided what is done about a contact
act-contact-dialogue_goes_on = Let the dialogue go on
act-contact-erased = Deleted a contact
act-contact-erased_again = Erased again after a backup was put back
act-contact-erased_by_time = Deleted because its time was over
act-contact-file_brought = Put a file into a contact
act-contact-file_cleaned = Had a file of a contact cleaned
act-contact-file_looked_at = Looked at a cleaned copy of a contact's file
act-contact-file_not_cleaned = A file of a contact could not be cleaned
act-contact-file_saved = Saved a cleaned copy of a contact's file
act-contact-filed = Sent a report
act-contact-handed_over = Handed a contact over
act-contact-held = Put a legal hold on a contact
act-contact-hold_ended = Ended a legal hold
act-contact-key_gone = Erased because its key was not in the backup
act-contact-let_go = Let go of a contact
act-contact-marked_danger = Marked danger
act-contact-marked_safe = Marked the danger as dealt with
act-contact-noted = Wrote a note
act-contact-opened = Opened a contact
act-contact-original_agreed = Agreed that the original of a contact's file is opened
act-contact-original_asked = Asked to open the original of a contact's file
act-contact-original_opened = Opened the original of a contact's file
act-contact-original_refused = Refused that the original of a contact's file is opened
act-contact-outcome_told = Told the reporter what became of it
act-contact-proof_given = Gave a proof that a report was filed
act-contact-referral_reviewed = Reviewed an urgent referral
act-contact-referred_urgently = Referred urgently
act-contact-reopened = Opened a closed contact again
act-contact-replied = Replied to the reporter
act-contact-taken = Took a contact in hand
act-contact-taken_down = Wrote on a call that is being taken down
act-contact-withdrawn = Withdrew their report
act-contact-written_down = Finished writing a call down
act-contacts-searched = Searched the contacts
act-list-exported = Exported a list
act-sender-added = Let another system in
act-sender-ended = Ended another system
act-sender-hook_gone = Another system wants to be told nothing more
act-sender-hook_set = Changed where another system is told
act-sender-key_ended = Ended a key of another system
act-sender-key_made = Made a key for another system
act-sender-signing_made = Made a secret for another system to sign with
act-settings-brought_back = Brought an earlier version of what the public is told back
act-settings-changed = Changed what the public is told
act-settings-confirmed = Confirmed a change of a guarded number
act-settings-proposed = Asked for a change of a guarded number
act-settings-refused = Said no to a change of a guarded number
act-entry-unreadable = Does not open: it was changed, or sealed with another key
act-ledger-exported = Downloaded entries of the ledger
act-ledger-read = Read the ledger
act-ledger-verified = Checked whether the chains are whole
act-member-closed = Closed an account
act-member-languages = Changed the languages of a member
act-member-made = Made an account
act-member-pager = Changed where a member is paged
act-member-reset = Reset an account
act-member-roles = Changed the roles of a member
act-member-signed-in = Signed in
act-member-signed-out = Signed out
act-member-unlocked = Unlocked the desk
act-organisation-made = Made the organisation
act-passkey-added = Added a passkey
act-passkey-removed = Removed a passkey
act-recovery-agreed = Agreed to a recovery
act-recovery-asked = Asked for a recovery
act-recovery-covered = Covered teams by the recovery key
act-recovery-finished = Got a team's key back by recovery
act-recovery-made = Made a recovery key
act-recovery-over = A recovery was over before anybody finished it
act-recovery-stopped = Stopped a recovery
act-recovery-told = Everybody was told of a recovery
act-recovery-tried = Tried a share of a recovery key
act-rota-added = Added a turn of the rota
act-rota-away = Wrote down an absence
act-rota-back = Took an absence back
act-rota-removed = Took away a turn of the rota
act-sign-in-refused = Refused a sign-in
act-team-granted = Gave a team's key
act-team-left = Took a team's key away
act-team-made = Made a team
act-team-new-epoch = Made a new key for a team
