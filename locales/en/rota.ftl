# The rota: who answers when, and who is away. Staff read this.

staff-nav = Who works here
rota-title = Rota
rota-lead = Who is paged when, and who is away.
rota-clock = Times are those of { $zone }.
rota-week = Week from { $day }
rota-weeks = Weeks
rota-week-before = Week before
rota-week-after = Week after
rota-no-team = You hold no team’s key yet. The rota of your team stands here once somebody in it has given you the key.
rota-today = { $date } (today)
rota-now = On call now:
rota-now-nobody = nobody. A danger pages the whole team.
rota-holes = In the coming seven days a danger would page the whole team at these times:
rota-hole = Nobody is on call from { $from } to { $to }
rota-covered = Somebody is on call at every hour of the coming seven days.
rota-nobody = Nobody
rota-when = When
rota-on-call = On call
rota-row-away = (away: { $names })
rota-row-keyless = (cannot open yet: { $names })
rota-keyless = { $names } cannot open yet: give them the key of the team
rota-left = a former colleague
rota-turns = The turns of every week
rota-turn-time = { $from } to { $to }
rota-turn-night = { $from } to { $to } on the next day
rota-remove = Take off

rota-add = Add a turn of every week
rota-add-lead = An end that is not after the start is on the next day. Write midnight as an end as 24:00.
rota-add-button = Add the turn
rota-team = Team
rota-member = Who
rota-weekday = Day
rota-from = From, like 20:00
rota-to = To, like 08:00
rota-choose-team = Choose a team
rota-choose-member = Choose somebody
rota-choose-day = Choose a day

rota-away = Who is away
rota-away-none = Nobody has written down that they are away.
rota-away-time = { $from } to { $to }
rota-away-add = Write down an absence
rota-away-button = Write down the absence
rota-back = Take back
rota-who = Who is away
rota-myself = { $name } (you)
rota-first = First day away
rota-last = Last day away

rota-done-added = The turn is on the rota.
rota-done-removed = The turn is off the rota. Look below whether somebody answers in its place.
rota-done-back = The absence is taken back.
rota-done-away = { $name } is away: { $when }.
rota-no-hole = Somebody else is on call all that time, or it is nobody’s turn that falls away.
rota-torn = { $team }: { $hole }
rota-torn-more = { $count ->
    [one] There is one more such time.
   *[other] There are { $count } more such times.
}
rota-torn-next = Agree with a colleague who takes these turns, and ask a supervisor to put them on the rota. Until then a danger pages the whole team.

rota-wrong-team = Choose one of the teams in the list.
rota-wrong-member = Choose somebody from the list. Whoever is not on it has no open account here.
rota-wrong-weekday = Choose a day of the week.
rota-wrong-time = Write a time like 09:30.
rota-wrong-doubled = { $name } has a turn at that time already: { $day }, { $time }. Choose other times, or take that turn off first.
rota-wrong-zone = { $name } has no role where this team works. Choose somebody else.
rota-wrong-who = Choose somebody from the list.
rota-wrong-day = Write the day as year, month and day, for example 2026-12-24.
rota-wrong-order = Choose a last day that is not before the first.
rota-wrong-over = These days are over. Check the year.
rota-wrong-away = { $name } is away then already: { $when }. Take that absence back first, or choose other days.
