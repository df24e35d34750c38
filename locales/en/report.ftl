# The report site. Reading age 9; believe first; say what happens next; no promise that cannot be kept.

## First page
start-danger-title = Is someone in danger now?
start-danger-call = Call { $number }
start-danger-more = If you cannot talk, or need another language
start-lead = You will always be taken seriously.
start-what-happens = A trained person reads what you send.
start-may-act = If a life or a child is in danger, we may have to act.
start-within = It is read within { $normal }.
start-within-both = If it is happening to you, it is read within { $soon }. Everything else is read within { $normal }.
start-choose = How can we help?
start-me = It is happening to me
start-me-hint = One short page. You can stop at any time.
start-known = It is happening to someone I know
start-noticed = I noticed something
start-noticed-hint = You saw or heard something that worries you.
start-work = I work with people
start-work-hint = Health, school, council, police, charity, faith. You can call us for advice, or write to us here.
start-signs = What are the signs?
start-read = Read a message
start-call-us = Talk to someone
start-phone-honest = This page does not save your answers on this phone. Your phone may still show that you visited.
start-leave-honest = “Leave now” opens a weather page. It does not clear your history. Pressing Back may return here: close the tab.

## When messages are read
hours-open = Someone is reading messages now.
hours-closed = Nobody reads messages until { $time }. In danger, call { $number }.
hours-closed-always = Nobody reads messages right now. In danger, call { $number }.

## Danger now
now-title = Get help now
now-call = Call { $number } if someone is in danger
now-say = Say “police” and the name of your language. They can get an interpreter.
now-cannot-talk = If you cannot talk
now-no-routes = No other routes have been checked yet.
now-call-list = A call may stay in your call list, even when it is free.

## Whoever may hurt themselves
hurt-title = If you may hurt yourself
hurt-matter = You matter. Talk to somebody now.
hurt-ambulance = Are you hurt, or in danger of hurting yourself now? Call { $number } and say “ambulance”.
hurt-listen = You can also talk to people who listen. You do not need a reason to call.
hurt-other = Is it somebody you help? Stay with them if it is safe for you, and call for them.
hurt-not-here = Do not wait for an answer from us. What you write here may not be read at once.
hurt-me = If you may hurt yourself: you matter. Talk to somebody now.
hurt-them = If they may hurt themselves: who can help now

## Moving through the questions
question-count = Question { $number } of { $of }
button-continue = Continue
button-back = Back
button-send-now = Send what I have
button-send = Send
button-check = Check my answers first
button-change = Change
question-optional = You can leave any question empty.
page-expired = This page is more than a day old. What you typed is still here. Check it and go on.
page-unknown = This page could not be opened again. What was typed on it is below. Please go on from here.
answers-not-saved = Answers are not saved on this phone.

## It is happening to me
me-title = Tell us what you can
me-lead = You can ask for a safe place, a doctor, a lawyer, someone who speaks your language. You can say no.
me-place = Where are you?
me-place-hint = An address, a shop name, a town, what you see from the window. Anything helps.
me-words = What do you want to tell us?
me-words-hint = Any language. As short as you like.
me-signs = Or tick what happens to you
me-child = Are you under 18?
me-danger = Are you in danger right now?

## I noticed something
danger-page-title = First of all
danger-title = Is someone in danger right now?
danger-call-first = If yes, call { $number } first. Then tell us here.
danger-child = Is someone under 18 involved?
work-title = You work with people
work-lead = You can ring for advice before you decide anything. You need not give the person’s name.
work-now-title = What to do now
work-now-alone = See the person alone, in a quiet place, without whoever came with them.
work-now-interpreter = Use an interpreter who does not know them. Never a companion.
work-now-no-promise = Say who you are and what may happen. Promise nothing that you cannot keep.
work-now-no-question = Ask what they need now: safe, fed, hurt, somebody to call. Leave the account of what happened to those who are trained to take it.
work-now-record = Do not ask whoever you suspect, and do not warn them. Write down what you saw and heard.
work-steps-title = The steps where you work
work-step-danger = In danger now: ring the emergency number, at once.
work-step-child = A child, or perhaps a child: tell children’s services and the police today, and your safeguarding lead. You do not need anybody’s agreement.
work-step-adult = An adult: tell them what help there is, and ask what they want. Tell your safeguarding lead. If they cannot keep themselves safe, the council’s team for adults at risk can act.
work-step-referral-uk = Support comes through the national referral mechanism. Only a first responder can refer, and an adult has to agree. Before they agree they should know that the Home Office decides, that it may say no, and that they can have advice from a lawyer first. A report here is no referral.
work-step-notify = A council, the police and some other public bodies have a duty to notify the Home Office of every possible victim. When an adult says no to a referral, it is done without their name. A report here does not take its place.
work-step-advice = Not sure? Ring for advice, or write to us below. We tell you what we can do, and who else should know.
work-form-title = Write to us
work-form = Leave out what you do not know. Do not write the person’s name unless they agreed, or a life or a child is in danger.
work-role = What is your work? (you can leave this out)
work-role-hint = For example: nurse, housing officer, teacher
work-note-title = A note for your own record
work-note-lead = Copy this into the record that your workplace keeps. It says nothing of what you told us. Do not put your number for messages into it. Some records can be read by the person’s family, or by whoever holds their phone: ask how to hide an entry.
work-note-sent = { $day }: Advice on possible exploitation read, and a report sent to the helpline online.
work-note-saw = What I saw and heard myself, in the person’s own words:
work-note-told = Whom I told, when, and their reference (safeguarding lead, police, children’s services, council):
work-note-agreed = What the person was told, with which interpreter, and what they agreed to or refused:
work-note-next = What happens next, who does it, and by when:
place-title = Where was it?
place-setting = What kind of place?
place-words = Which place?
place-words-hint = A name, street, postcode, website or vehicle. What you know is enough.
signs-title = What did you see?
signs-hint = Answer what you can. No single sign proves anything.
signs-more = More signs
signs-none = Choose a kind of place first, or tell us in your own words on the next page.
signs-do-not-ask = Do not ask, follow or film. Your safety first.
words-title = In your own words
words-hint = Any language. What did you see or hear, and when? What made you worry?
words-do-not-look = Do not go back to look. What you already know is enough.

seen-yes = Yes
seen-no = No
seen-could-not-see = Could not see

## Exceptions and contact
exceptions-title = Before you choose
exceptions-text = We keep what you tell us to our team. There are two exceptions. If we think someone’s life is in danger, or a child is in danger, we may have to tell someone whose job is to keep people safe. We will tell you first if we can.
child-exceptions = If we think you are in danger we may have to tell someone whose job is to keep you safe. We will tell you first if we can.
child-lines = If you are under 18 you can also call
contact-title = Your name and how to reach you
naming-title = Who may know who you are?
naming-share = You may tell those who can help
naming-share-hint = We may pass on your name and how to reach you.
naming-confidential = Only our team
naming-confidential-hint = Our team knows who you are.
naming-anonymous = Nobody
naming-anonymous-hint = Do not write your name anywhere. Staff can read everything you type.
reach-title = May we contact you?
reach-nobody = No, do not contact me
reach-receipt = Only here: I will come back with the number you give me
reach-telephone = By telephone
reach-text = By text message
reach-email = By email
reach-safe = Choose a way that nobody else can see or hear.
contact-address = Telephone number or email
contact-address-hint = Only if you chose telephone, text or email.
contact-times = When is it safe?
contact-times-hint = For example: Mondays after 10 in the morning.
contact-code = A word we should say first
contact-code-hint = So that you know it is us.

## Photographs and other files
files-title = Photographs and files
files-later = Add photographs and files
files-no-risk = Do not take a risk to get a photograph. What you have is enough. You do not need a file.
files-lead = You can add photographs, films, sound, PDF and office files. No more than 10, each up to 100 MB.
files-locked = Each file is locked as soon as it is here. Before an adviser looks at it, we take out what it says of you and your phone. What a picture shows stays in it. The original is locked away.
files-choose = Choose files
files-choose-hint = You can choose several at once.
files-add = Add these files
files-list = Your files
files-size = about { $megabytes } MB
files-size-small = less than 1 MB
files-not-whole = Not all of it is here. Choose the same file again, or take it away.
files-none = None
files-count = { $count ->
    [one] { $count } file.
   *[other] { $count } files.
}
files-count-missing = { $count ->
    [one] One file is not all here and will not be sent.
   *[other] { $count } files are not all here and will not be sent.
}
files-lost-large = “{ $name }” is larger than 100 MB. We cannot take it here. Tell us that you have it.
files-lost-empty = There is nothing in “{ $name }”. Choose it again.
files-lost-many = “{ $name }” was not added: 10 files are the most. You can send more later with your number.
files-lost-full = “{ $name }” was not added: there is no room for files right now. Send what you wrote now. You can add files later with your number.
files-lost-gone = “{ $name }” is not here any more. Files that are not sent are deleted after a day. Choose it again if you want to send it.
files-lost-cut = “{ $name }” did not come whole. Choose it again.
files-lost-not-now = “{ $name }” could not be stored. Try again, or send what you wrote without it.
files-said-waits = Waiting
files-said-part = { $percent }% sent
files-said-again = No connection. We keep trying by ourselves.
files-said-here = ready to send
files-said-here-aloud = “{ $name }” is ready to send.
files-said-not-here = “{ $name }” was taken away.
files-said-stop = Stop
files-said-away = Take away
files-said-unfinished = A file is still on its way. Wait until it is here, or press again to go on without it.

## Check answers
check-title = Check your answers
check-lead = Nothing has been sent yet.
check-nothing = Not answered
check-place = Where
check-setting = Kind of place
check-signs = What was seen
check-self-signs = What happens to you
check-words = Your words
check-child = Under 18
check-danger = In danger now
check-naming = Who may know you
check-contact = Contact
check-times = Safe times
check-code = Word to say first
check-files = Files

## Before an anonymous report is sent
reveals-title = Can this tell who you are?
reveals-lead = You chose that nobody may know who you are. What you wrote may tell it. Our staff read everything you send.
reveals-question = What shall we take out before it is sent?
reveals-take-out = Take out: { $text }
reveals-others = Leave names and numbers of other people in. They help.
reveals-files = You also send files. We cannot see whether their names, or what a picture shows, tell who you are. Go back to take one away.
reveals-nothing = There is nothing left here that may tell who you are.

## When many people write at once
wait-title = Not sent yet: many people are writing now
wait-lead = { $seconds ->
    [one] Your turn comes in about 1 second.
   *[other] Your turn comes in about { $seconds } seconds.
}
wait-longer = It takes longer than we thought. We are sorry. Your place is kept.
wait-kept = What you typed is safe in this page. Please keep the page open.
wait-by-hand = You need do nothing until then. Then press “Send now”. If you press too soon, nothing is lost: you see this page again, and you keep your place.
wait-by-itself = You need do nothing. It is sent by itself. Your phone is working out a sum. That shows us that it is not a machine that sends thousands of messages.
wait-bar = How far the sum is
wait-half = Still working. Nothing is lost.
wait-sending = Sending now. Please keep the page open.
wait-send = Send now
wait-back = Back to my answers
wait-danger = If someone is in danger now, do not wait for this page: call { $number }.

## Receipt
sent-title = We have your report
sent-number = Your number
sent-words = The same number as words
sent-what-for = With this number you can come back here and read our answer. Without it, nobody can open your report on this site. We do not keep the number.
sent-keep = Keep the number only if it is safe. You can write it like a phone number or remember the words.
sent-lost = Lost it? Call us, or send again and name the same place: we can join the two.
sent-next = What happens now
sent-next-read = A trained person reads your report within { $within }.
sent-next-answer = Our answer waits here, under “Read a message”.
sent-danger = You said that someone is in danger now. We are alerting the person on duty. They may not see it at once: call { $number } now.
sent-files-left-out = A file that you chose was not sent. You can add it later: come back here with your number.
sent-practise = Try it once
sent-practise-lead = You can check that you have the number right. You do not have to.
sent-practise-right = That is right.
sent-practise-wrong = That is not the same number. Look at it again above.
sent-close = Close this page
sent-already-title = This was already sent
sent-already-text = This form was sent before, and its number is not shown any more. You do not need to send it again.
within-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
within-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
within-staffed-hours = { $count ->
    [one] { $count } hour of our opening times
   *[other] { $count } hours of our opening times
}

## Read a message
read-title = Read a message
read-number = Your number or your words
read-number-hint = 25 digits, or 8 words. Spaces do not matter.
read-button = Open
read-wait = This takes a few seconds. Please wait.
read-nothing-title = Nothing to read
read-nothing = There is nothing to read for this number. Either nobody has answered yet, or the number is not right, or it is no longer used.
read-messages = Messages
read-from-us = From us
read-from-you = From you
read-question = A question for you
read-outcome = What we did with your report
outcome-passed-on = We told people whose job it is to keep others safe. To keep everyone safe, we cannot say more. You were right to tell us.
outcome-help-offered = Help was offered. To keep everyone safe, we cannot say more. You were right to tell us.
outcome-advised = We told you what you can do. You can ask us again here at any time. You were right to tell us.
outcome-looked-into-nothing-more = We looked into it. There is nothing more that we can do now. You were right to tell us.
outcome-kept = We keep what you told us. It may help someone later. You were right to tell us.
read-proof = A paper that says you reported
read-proof-lead = Print it or copy it only if nobody who should not know can find it.
proof-says = On { $day } a report was filed with { $operator }. Nothing of what it says stands here.
sent-proof = If you ever need a paper that says you reported, come back with your number and ask us for it. It says only the day and our name.
read-no-answer-yet = Your report is with us. There is no answer yet.
read-older = Older messages
read-not-now = Many people are reading messages right now, or something went wrong. Nothing is lost. Please press again in a minute.
read-danger = In danger now? Call { $number }. What you write here may not be read at once.
read-ask-danger = Is someone in danger right now?
read-said-danger = In danger now: { $answer }
read-closed = For your safety the messages close by themselves after half an hour. Nothing that you wrote is lost, and it is not sent yet. Type your number again to go on.
read-add-title = Tell us more
read-add-hint = Only what you already know. Do not ask, follow or film. Leave out your name and your number if you do not want us to know who you are.
read-add-button = Send
read-added = We have what you wrote.
read-said-files = { $count ->
    [one] You sent one file.
   *[other] You sent { $count } files.
}
read-said-wishes = You changed how we may contact you: { $reach }
wishes-button = Change how we contact you
wishes-title = How may we contact you now?
wishes-lead = Choose again. You do not need to tell us anything else. When someone on our team opens your report, they will see what you choose now. What you chose before will be marked as not safe.
wishes-save = Save
wishes-keep = Go back, change nothing
wishes-changed = Saved. This is now how we may contact you.
read-withdraw = Withdraw my report
read-withdraw-title = Do you want to withdraw?
read-withdraw-text = We will stop, and delete what we may delete. What was already passed on to keep someone safe cannot be called back. Your number will stop working.
read-withdraw-button = Yes, withdraw
read-withdraw-keep = No, keep it
withdrawn-title = Your report is withdrawn
withdrawn-erased = Nobody had read it. It is deleted and nobody can read it any more.
withdrawn-stopped = Our team had read it. Nobody else was told. We have stopped work on it.
withdrawn-still-read = Our team had read your report. A person will still read what you wrote last. Nobody else was told. We have stopped work on it.
withdrawn-passed-on = We had already told a service whose job is to keep people safe, by telephone. That cannot be called back. We now only do what keeps people safe.
withdrawn-passed-on-still-read = We had already told a service whose job is to keep people safe, by telephone. That cannot be called back. A person on our team will still look at your report, to keep people safe.
withdrawn-danger = A person on our team will still look at it, to keep people safe. We tell nobody else unless a life or a child is in danger.

## What to mend
error-nothing-to-send = Answer one question or write a few words, then send.
error-words-too-long = This is longer than we can take. Please shorten it to { $longest } characters.
error-line-too-long = This is longer than we can take. Please shorten it to { $longest } characters.
error-reach-missing = Choose one of the answers.
error-address-missing = Write the number or email, or choose another way.
error-telephone = Write a telephone number, such as 020 7946 0000.
error-email = Write an email address, such as name@example.org.
error-setting-unknown = Choose one of the places in the list.
error-receipt-missing = Write your number or your words.
error-receipt-length = The number has 25 digits, or 8 words. Check it and try again.
error-receipt-check = One or more digits are not right. Check the number and try again.
error-receipt-word = The word “{ $word }” is not one of ours. Check it and try again.
error-message-empty = Write what you want to tell us.
error-not-stored-title = It was not sent
error-not-stored = We could not save it just now. What you typed is still here. Try again in a minute. In danger, call { $number }.

## Signs
signs-page-title = Spot the signs
signs-page-lead = No single sign proves anything. Several together are a reason to tell us.
signs-page-choose = Where are you?
signs-page-tell = Tell us what you saw
signs-page-print = You can print this page.

## On paper
card-title = Cards and a poster to print
card-lead = Eight small cards fit on one sheet. A poster is on the next. Neither says what it is about.
card-safe-title = Safety first
card-safe-carry = Do not carry a card if somebody searches your things. Learn one number by heart instead.
card-safe-give = Give a card only when nobody else sees it. Ask first if it is safe to keep.
card-safe-poster = Leave the poster where people are alone, such as inside a toilet door.
card-safe-printer = A computer or printer at work may keep a list of what was printed.
card-how = To print, open the menu of your browser and choose “Print”. Use A4 paper. Cut along the lines.
card-card = The card
card-poster = The poster
card-danger = In danger now
card-say = Say “police” and the name of your language.
card-interpreter = You can ask for an interpreter.
card-free = Free.
card-talk = To talk to someone
card-checked = Checked: { $day }.
card-until = Get a new one after { $day }.
poster-title = You can talk to someone
poster-lead = You choose what you say.
poster-say = Say “police” or “ambulance” and the name of your language.
poster-speechless = If you cannot talk or hear

## What we keep
privacy-title = What we keep
privacy-controller = { $name } answers for what you send here. The law calls this the controller.
privacy-address = Address
privacy-email = Email
privacy-dpo = Data protection officer
privacy-read-by = Only our own trained team reads what you send. It is locked before it is stored, and only they hold the key.
promises-title = What we promise
privacy-kept-title = What we keep
privacy-kept = What you type and send, our answers, and when it came. When somebody has read a report, we keep only the hour, or only the day if you chose that nobody may know you.
privacy-kept-log = We also keep a list of which of our team opened your report, and when. Your name and your words are not in it.
privacy-kept-files = Files that you chose but did not send are locked too, and are deleted after a day.
privacy-not-kept-title = What we do not keep
privacy-not-kept = Your number for reading messages, the address of your phone or computer, which browser you use, and anything you typed but did not send. This site sets no cookies.
privacy-cannot-title = What we cannot hide
privacy-cannot = Your phone may show that you visited. Whoever runs your network may see that you opened this site, but not what you wrote. Some keyboards remember what you type.
privacy-why-title = Why we may keep it
privacy-why = We use what you send to help people who are exploited, and to keep people safe. For nothing else.
privacy-ground-interest = This matters enough that the law lets us do it without asking each person first. It is called a legitimate interest (GDPR Article 6(1)(f)).
privacy-ground-life = When a life is in danger, the law lets us use what we know to protect it (Articles 6(1)(d) and 9(2)(c)).
privacy-ground-sensitive = What you write may tell of health, faith, sex life or crimes. The law lets us keep that to protect people at risk (Articles 9(2)(g) and 10).
privacy-ground-sensitive-uk = What you write may tell of health, faith, sex life or crimes. The law lets us keep that to protect people at risk (Articles 9(2)(g) and 10; Data Protection Act 2018, Schedule 1, paragraph 18).
privacy-ground-agreed = If you let us pass something on, we do it because you agreed (Article 6(1)(a)). You can change your mind. What was passed on before cannot be called back.
privacy-to-title = Who it may go to
privacy-to-agreed = If you agree: people who can help, such as a safe house, a doctor, a lawyer or the police.
privacy-to-told = In such a danger we tell the emergency services, the police or children’s services, by telephone. We write down whom we told and why.
privacy-to-court = A court can order us to hand over what we have.
privacy-to-nobody = We sell nothing, and nobody who advertises gets anything. The program puts danger first in our list; people decide everything else.
privacy-long-title = How long we keep it
privacy-long-lead = It depends on what the report is. Each is marked when it comes:
privacy-long-anonymous = You chose that nobody may know you: the shortest time.
privacy-long-ordinary = Any other report: longer.
privacy-long-safeguarding = Someone is in danger, or we had to tell a service to keep them safe: the longest time, even if you chose that nobody may know you.
privacy-long-anonymous-time = You chose that nobody may know you: { $time }.
privacy-long-ordinary-time = Any other report: { $time }.
privacy-long-safeguarding-time = Someone is in danger, or we had to tell a service to keep them safe: { $time }, even if you chose that nobody may know you.
privacy-time-days = { $count ->
    [one] one day
   *[other] { $count } days
  }
privacy-time-months = { $count ->
    [one] one month
   *[other] { $count } months
  }
privacy-time-years = { $count ->
    [one] one year
   *[other] { $count } years
  }
privacy-long-counted = We count from the day on which there is nothing more to do. Then it is deleted by itself, unless the law makes us keep it.
privacy-long-not-counted = No time is counted by the program: our team decides, and you can ask how long.
privacy-long-withdraw = If you withdraw a report that nobody has read and that speaks of no danger, it is deleted at once.
privacy-rights-title = Your rights
privacy-rights-lead = You can ask us:
privacy-right-see = to show you what we keep about you
privacy-right-correct = to correct what is wrong
privacy-right-delete = to delete it, or to leave it unused while we look into it
privacy-right-object = to stop using it, because of your situation
privacy-rights-how = Open “Read a message” with your number and write it there. We may have to ask something first, so that nobody else gets to see what is yours. You get an answer within a month. If we may not do it, we say why.

## Complaints about us
complain-title = Complain about us
complain-lead = You can complain without your name. It changes nothing in how we help you.
complain-link = Write a complaint
complain-not-danger = This is only for complaints about us. If someone is in danger, call { $number }.
complain-words = What went wrong?
complain-words-hint = Any language. You need not say who you are.
complain-sent-title = We have your complaint
complain-sent-next = A person reads it, looks into it and writes to you without delay.
complain-sent-next-within = Within 30 days a person tells you that we have it. We look into it without delay and tell you what we found.
complain-within = We tell you within 30 days that we have your complaint.
complain-to = You can also send it to
complain-supervisor = You can also complain to the authority for data protection:

notice-title = Important

## What a city's app is told (Open311)
open311-service = Somebody may be exploited
open311-description = Somebody may be forced to work, to sell sex, to commit crimes or to give up their home. If anybody is in danger now, call { $number } first. What you send is read by people of a helpline and shown to nobody else; nothing about it can be looked up.
open311-danger = Is somebody in danger now? Then call the emergency number first.
open311-child = May somebody be under 18?
open311-setting = Where does it happen?
open311-signs = What did you see?
open311-notice = People of the helpline will read this. This number leads nowhere, so that nobody can look up that you wrote. If anybody is in danger now, call { $number }.
