### Routes to help. The facts (numbers, addresses, hours) are in the jurisdiction files, never here.

jurisdiction-england = England
jurisdiction-romania = Romania

## What a route is for

route-kind-emergency = Someone is in danger now
route-kind-operator = Talk to us
route-kind-helpline = Talk to a helpline
route-kind-crisis = If you may hurt yourself
route-kind-police = Talk to the police
route-kind-anonymous-line = Tell someone without your name
route-kind-support = A safe place and support
route-kind-children = Children and young people
route-kind-agency = State agency

## England

route-emergency = Emergency: police, ambulance or fire
route-emergency-note = Say "police" and your language. They can get an interpreter.
route-emergency-relay = Emergency by text relay
route-emergency-relay-note = Type instead of talking. Use the Relay UK app or a textphone.
route-emergency-bsl = Emergency in British Sign Language
route-emergency-bsl-note = A video call with a sign language interpreter. You do not need to register.
route-emergency-text = Emergency by text message
route-emergency-text-note = Your phone must be registered first. Text the word "register" to the number, before you need it.
route-modern-slavery-helpline = Modern Slavery & Exploitation Helpline
route-modern-slavery-helpline-note = A charity. You can talk about yourself or someone else.
route-police = Police, when it is not an emergency
route-police-note = You can also tell them online. They may ask for your name.
route-police-relay = Police by text relay, when it is not an emergency
route-police-relay-note = Type instead of talking. Use the Relay UK app or a textphone.
route-crimestoppers = Crimestoppers
route-crimestoppers-note = A charity, not the police. They do not ask for your name.
route-salvation-army = The Salvation Army
route-salvation-army-note = For adults. You can ask for a safe place, a doctor, a lawyer, someone who speaks your language. You can say no.
route-justice-and-care = Justice and Care
route-justice-and-care-note = A charity. It works beside the police and supports people on their way to safety.
route-samaritans = Samaritans
route-samaritans-note = A charity. You can talk to them about anything that is hard to bear.
route-childline = Childline
route-childline-note = For anyone under 19. You can talk about anything.
route-nspcc = NSPCC
route-nspcc-note = For adults who are worried about a child.

## Romania

route-emergency-romania = Emergency: police, ambulance or fire
route-emergency-romania-note = Say what you need and where you are.
route-anitp = National Agency against Trafficking in Persons (ANITP)
route-anitp-note = A state agency in Romania.

## How, when, how much

route-means-voice = Call
route-means-text-relay = Type by text relay
route-means-video = Video call
route-means-text-message = Send a text message
route-means-web = Go to the web site
route-call = Call { $number }
route-also = { $number } reaches the same people.
route-web = { $address }
route-cost-free = Free. It may stay in your call list.
route-cost-free-inside = Free inside the country. It may stay in your call list.
route-cost-ordinary = Costs as much as an ordinary call. It may stay in your call list.
route-hours-always = Open all day, every day.
route-hours-line = { $days }: { $from } to { $to }
route-hours-days = { $first } to { $last }
route-hours-open = Open now.
route-hours-closed = Closed now. Opens { $when }.
route-hours-zone = Times are local to { $place }.
route-languages-interpreter = Many languages. They can get an interpreter.
route-languages-listed = Languages: { $languages }
route-anonymous-yes = They do not ask for your name.
route-anonymous-choice = You choose whether to give your name.
route-anonymous-may-ask = They may ask for your name.
route-anonymous-no = They need your name.
route-only-inside = This number only works inside { $country }.
route-none = We have no checked numbers to show here. In danger, call the emergency number.

## If you cannot talk

emergency-question = Is someone in danger now?
emergency-call = Call { $number }
emergency-language = Say "police" and your language. They can get an interpreter.
emergency-silent-title = If you cannot talk
emergency-silent = On a mobile: call { $number }. Listen. If you cannot talk, cough or tap. Press { $press } when asked. It does not tell police where you are: whisper the place if you can.
emergency-nobody-reads = Nobody reads messages until { $when }. In danger call { $number }.

## Days

day-mon = Monday
day-tue = Tuesday
day-wed = Wednesday
day-thu = Thursday
day-fri = Friday
day-sat = Saturday
day-sun = Sunday
