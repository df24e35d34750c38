# What every page carries. Reading age 9: short sentences, verbs first.

language-name = English
language-direction = ltr

## Frame of the public pages
# The neutral name of the site, in the title of every page. It must not tell what the site is about.
public-title = Help and advice
# $title is the name of the page.
title-with-error = Error: { $title }
skip-to-content = Skip to main content
language-menu = Language
back = Back
footer-title = More
footer-signs = What are the signs?
footer-privacy = What we keep
footer-complain = Complain about us
read-a-message = Read a message

## Leaving
leave-now = Leave now
leave-activated = Loading.
leave-timed-out = Leave now timed out.
leave-press-twice = Shift, press 2 more times to leave.
leave-press-once = Shift, press 1 more time to leave.

## Invented data
invented-title = Invented data.
invented-text = Nobody and nothing here is real. Do not report here.

## Forms
error-summary-title = There is a problem
error-prefix = Error
warning-prefix = Warning
# $limit is a number of letters.
field-limit = You can write up to { $limit } letters.
password-show = Show
password-hide = Hide
password-show-label = Show password
password-hide-label = Hide password
password-shown = Your password is shown
password-hidden = Your password is hidden

## Trouble
trouble-not-found-title = We cannot find this page
trouble-not-found-text = The address may be wrong, or the page has moved.
trouble-malformed-title = We could not read that
trouble-malformed-text = Something was missing in what your browser sent. Go back and try again.
trouble-too-large-title = That is too much at once
trouble-too-large-text = Go back and send less: a shorter text or a smaller file.
trouble-timeout-title = That took too long
trouble-timeout-text = We stopped waiting. We do not know if it arrived. Please try again.
trouble-busy-title = Many people are here now
trouble-busy-text = Please wait ten seconds, then try again.
trouble-broken-title = Sorry, this did not work
trouble-broken-text = The fault is ours, not yours. Please try again in a few minutes.
trouble-danger = If someone is in danger now, do not wait for this page. Call the emergency number.
trouble-home = Go to the first page
trouble-desk-home = Go to my list

## Desk
desk-nav = Your work
desk-sign-out = Sign out
desk-aside = Always in sight

## Dates and times
# $date is a day in full, $time a time of day as 14:38.
date-time = { $date }, { $time }
# $weekday, $month are the words below; $day and $year are numbers.
date-full = { $weekday } { $day } { $month } { $year }
weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday
weekday-sunday = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

## Names of languages, as in “Languages: Romanian”
language-am = Amharic
language-ar = Arabic
language-bfi = British Sign Language
language-bg = Bulgarian
language-bg-latn = Bulgarian in Latin letters
language-cy = Welsh
language-en = English
language-es = Spanish
language-hi = Hindi
language-pa = Punjabi
language-pl = Polish
language-pt = Portuguese
language-ro = Romanian
language-sq = Albanian
language-ti = Tigrinya
language-vi = Vietnamese
