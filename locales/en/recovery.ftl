# Recovery of a team's key by several officers. Staff read this.

recovery-title = Recovery
recovery-of = Recovery: { $zone }
recovery-lead = If everybody who holds a team’s key is gone, some of the officers together can give it to a member. It takes at least a day, everybody is told, and an officer or a holder can stop it.
recovery-people-lead = Whether a team’s key would come back if everybody who holds it were gone.
recovery-way-in = Recovery: your part in bringing a team’s key back
recovery-way-in-asked = Somebody asks for the key of a team. Look whether that should be.
recovery-way-in-unread = How recovery stands cannot be read. Tell whoever runs this desk.
recovery-key = Recovery key number { $number }, made by { $name } on { $date }. { $need } of { $of } officers are needed.
recovery-key-used = Recovery key number { $number }, made by { $name } on { $date }. It was used.
recovery-day-unknown = an unknown day
recovery-last-drill = Every officer has tried their share since { $date }.
recovery-no-drill = Not every officer has tried their share yet.
recovery-tried = Tried their share on { $date }
recovery-never-tried = Has not tried their share yet
recovery-no-longer = The account ended, was reset, or may not do this any more.
recovery-covers = Brings back the key of
recovery-tag-look = Look
recovery-tag-grave = Nothing comes back
recovery-tag-lost = Does not count
recovery-tag-asked = Asked

recovery-concern-damaged = Something in the records of this recovery is damaged, or was not written by this desk. It is left out here. Tell whoever runs this desk.
recovery-concern-none = There is no recovery key. With the last who holds a team’s key, it would be lost. Somebody who holds one makes it on the page Recovery.
recovery-concern-used = The recovery key was used, and brings nothing back any more. Somebody who holds a team’s key makes a new one on the page Recovery.
recovery-concern-few = { $counting } officers have a share that counts, and { $need } are needed. Somebody who holds a team’s key makes a new recovery key on the page Recovery.
recovery-concern-spare = If one more officer leaves or is reset, nothing comes back. Make a new recovery key with more officers.
recovery-concern-drill = These officers have not tried their share in the last 180 days: { $names }.
recovery-concern-uncovered = The key of { $team } would not come back. Somebody who holds it adds it on the page Recovery.

recovery-try-lead = Try whether your share opens and is the right one. It is not shown, and it is not brought together with another.
recovery-try-button = Try my share
recovery-cover-lead = You hold a key that the officers above could not bring back. If you trust them with it, add it:
recovery-cover-button = Add it to the recovery key

recovery-request = The key of { $teams } for { $name }
recovery-asked = Asked by { $name }, { $moment }.
recovery-agreed =
    { $count ->
        [0] No officer whose share counts has agreed. { $need } are needed.
       *[other] Agreed: { $names }. That is { $count } of { $need }.
    }
recovery-time-untold = Those who can stop this do not all know of it yet. The 24 hours count from then, or from three days after the first of them was told.
recovery-unreached = Not reached yet: { $names }. They are tried again every ten minutes. If you can, tell them yourself.
recovery-time-until = It can be finished after { $moment }.
recovery-time-over = The 24 hours are over.
recovery-agree-button = Agree
recovery-stop-button = Stop this
recovery-finish-button = Take the key

recovery-ask = Ask for a team’s key
recovery-ask-lead = For a team whose key nobody holds any more. Asking is your agreement too. Speak with the other officers before they agree: what they know is only what you write here.
recovery-ask-teams = Teams
recovery-ask-for = Who is to get the key
recovery-ask-reason = Why
recovery-ask-reason-hint = The officers and those who hold a key read it. Nothing about people who wrote or called.
recovery-ask-button = Ask, and tell everybody

recovery-done-tried = Your share opens and is the right one.
recovery-done-covered = The recovery key covers the teams whose key you hold.
recovery-done-asked = It is asked, and you have agreed. Everybody is told within the next minute.
recovery-done-agreed = You have agreed. Only the member who is named can use your share.
recovery-done-stopped = It is stopped. Whoever still wants it has to ask anew.
recovery-done-finished = You hold the key. Make a new one for the team, and a new recovery key: this one is used up.

recovery-wrong-few = { $count } of { $need } officers have agreed whose shares count. Ask the others.
recovery-wrong-uncovered = The newest key of this team would not come back: nobody added it to the recovery key.
recovery-wrong-officer = Only an officer can do this, or for stopping also somebody who holds a team’s key.
recovery-wrong-again = You have agreed to this already.
recovery-wrong-over = This is over: it was stopped, finished or replaced, or it is older than 14 days.
recovery-wrong-not-you = Only the member who is named can take the key.
recovery-wrong-account = The account of the member who is named was reset since. Stop this and ask anew.
recovery-wrong-teams = Choose at least one team. All must belong to the same room.
recovery-wrong-reason = Write why, in at most 500 letters.
recovery-wrong-damaged = Something in the records was changed or damaged. Tell whoever runs this desk before you go on.

recovery-make = Make a recovery key
recovery-make-new = Make another recovery key in its place
recovery-make-title = Make a recovery key: { $zone }
recovery-make-lead = If everybody who holds a key of yours were gone, enough of these officers together could give it to a member whom they choose. Choose people who will still be here, who do not all share one house or one phone, and whom you would ask who is calling.
recovery-make-instead = There is a recovery key already. Its shares are worth nothing after this.
recovery-make-instead-others = There is a recovery key already. Its shares are worth nothing after this. Those who hold the key of { $teams } have to add it to the new one themselves: tell them.
recovery-make-officers = Officers
recovery-make-officers-hint = Two at least, { $most } at most. They need not work here: a trustee can be one.
recovery-make-need = How many of them are needed
recovery-make-need-hint = Fewer than there are, so that one may leave.
recovery-make-button = Make the recovery key
recovery-make-not = Do not make one
recovery-done-made = The recovery key is made. Each officer tries their share on this page.
recovery-wrong-numbers = Choose at least two officers, and no more needed than there are.
recovery-wrong-needed = The recovery key that stands is the last way to a team’s key that nobody holds any more. Bring that one back first.
recovery-wrong-asked-for = Somebody asks for a team’s key with the recovery key that stands. Wait until that is finished, or stop it.
