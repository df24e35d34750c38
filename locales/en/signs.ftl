### Signs. -witness: what somebody else could see or hear; a statement.
### -self: a question to the person themselves; "yes" always means that the sign is there.
### Words for a reading age of nine. What somebody does, never what somebody is.

## Work

sign-wrk-hours-witness = They work very long hours, day after day.
sign-wrk-hours-self = Do you have to work very long hours, day after day?
sign-wrk-nodayoff-witness = They get almost no days off and no breaks.
sign-wrk-nodayoff-self = Do you get almost no days off or breaks?
sign-wrk-noppe-witness = They have no gloves, boots or warm clothes for the work they do.
sign-wrk-noppe-self = Do you work without the gloves, boots or warm clothes that you need?
sign-wrk-notools-witness = They have to pay for their tools, bike, uniform or safety kit.
sign-wrk-notools-self = Do you have to pay your boss for tools, uniform or safety kit?
sign-wrk-nocontract-witness = They have no contract, no payslip and nothing in writing.
sign-wrk-nocontract-self = Do you work with no contract, no payslip and nothing in writing?
sign-wrk-untrained-witness = They do risky work and nobody has shown them how.
sign-wrk-untrained-self = Do you have to do risky work that nobody has shown you how to do?
sign-wrk-notices-witness = There are no safety notices where people work.
sign-wrk-fines-witness = Money is taken from their pay as a punishment.
sign-wrk-fines-self = Does your boss take money from your pay to punish you?
sign-wrk-norecords-witness = The employer cannot show any record of workers, hours or pay.
sign-wrk-noterms-witness = They cannot say no to any job, hour or shift.
sign-wrk-noterms-self = Are you unable to say no to the work you are told to do?
sign-wrk-cantleave-witness = They cannot leave the place or the job.
sign-wrk-cantleave-self = Does someone stop you from leaving your job or the place where you work?
sign-wrk-hide-witness = Workers hide or are sent away when visitors come.
sign-wrk-hide-self = Are you told to hide when visitors come?
sign-wrk-bathe-witness = They wash, shave or change at work because they have nowhere else.
sign-wrk-bathe-self = Do you have to wash and change at work because you have nowhere else?
sign-wrk-turnover-witness = The workers change often, and all at once.
sign-wrk-deceived-witness = The job is not the one they were promised.
sign-wrk-deceived-self = Is your job very different from the one you were promised?
sign-wrk-fee-witness = They had to pay someone a lot of money to get the job.
sign-wrk-fee-self = Did you have to pay someone a lot of money to get this job or a visa?
sign-wrk-rentsaccount-witness = They deliver on an account that belongs to someone else, who takes a big part of the pay.
sign-wrk-rentsaccount-self = Do you work on someone else's delivery account, and do they take a big part of your pay?
sign-wrk-othername-witness = They are made to work under another person's name.
sign-wrk-othername-self = Does someone make you work under another person's name?
sign-wrk-aboard-witness = They are kept on a boat or at sea and cannot go ashore.
sign-wrk-aboard-self = Are you kept on a boat or at sea and not let ashore?
sign-car-sponsor-witness = A care worker is told they will lose their visa if they complain or leave.
sign-car-sponsor-self = Does your sponsor say you will lose your visa if you complain or leave?

## Recruitment and travel

sign-rec-travelpaid-witness = Someone paid for their journey, and now they must work to pay it back.
sign-rec-travelpaid-self = Did someone pay for your journey, and must you now work to pay it back?
sign-rec-street-witness = Someone offers people without a home drink, drugs or cash to come and work.
sign-rec-street-self = Did someone find you on the street or at a shelter and take you away to work?
sign-rec-shelternow-witness = Someone comes to a hostel or shelter now to pick people up for work.
sign-rec-shelternow-self = Does someone come to your hostel or shelter and take people away to work?
sign-rec-loverboy-witness = A new boyfriend, girlfriend or friend planned the journey, and then the work.
sign-rec-loverboy-self = Did a new boyfriend, girlfriend or friend bring you here and then make you work?
sign-rec-ad-witness = They came because of an advert or message that promised far too much pay.
sign-rec-ad-self = Did you come because of an advert or message that was not true?
sign-rec-travelvague-witness = A traveller does not know where they will stay or work, or who will meet them.
sign-rec-travelvague-self = Are you travelling without knowing where you will stay or work?
sign-rec-papersother-witness = Someone travelling with them keeps their passport and answers for them.
sign-rec-papersother-self = Does the person you travel with keep your passport and answer for you?
sign-rec-taxinum-witness = A child travels alone with only a taxi number or one phone number.
sign-rec-minibus-witness = The same van picks up and drops off a group very early and very late.
sign-rec-escorted-witness = Someone always takes them to work and back. They cannot choose how to travel.
sign-rec-escorted-self = Does someone always take you to work and back, with no choice?

## Control

sign-ctl-controlled-witness = They look at someone else before they answer, as if they need permission.
sign-ctl-controlled-self = Does someone tell you what you may do and say?
sign-ctl-speaksfor-witness = Someone else always speaks for them.
sign-ctl-speaksfor-self = Does someone else always speak for you and not let you answer?
sign-ctl-watched-witness = Someone watches them all the time, in person, by camera or by phone.
sign-ctl-watched-self = Does someone watch you all the time, in person, by camera or by phone?
sign-ctl-locked-witness = They are locked in, or there are locks and bars to keep people in.
sign-ctl-locked-self = Are you locked in, or stopped from going out?
sign-ctl-nophone-witness = Someone takes or checks their phone.
sign-ctl-nophone-self = Does someone take your phone or read your messages?
sign-ctl-isolated-witness = They are kept away from other workers, neighbours or family.
sign-ctl-isolated-self = Does someone keep you away from other people or your family?
sign-ctl-threat-witness = Someone threatens them or their family.
sign-ctl-threat-self = Does someone threaten you or your family?
sign-ctl-authorities-witness = They are told the police will punish them or send them away if they complain.
sign-ctl-authorities-self = Does someone say the police will punish you or send you away if you complain?
sign-ctl-violence-witness = Someone hits, burns or hurts them, or forces sex on them.
sign-ctl-violence-self = Does someone hit you, hurt you or force sex on you?
sign-ctl-substances-witness = Someone gives them drugs or drink to keep control of them.
sign-ctl-substances-self = Does someone give you drugs or drink to control you?
sign-ctl-dependent-witness = They get their work, bed, food and lifts all from the same person.
sign-ctl-dependent-self = Do you need the same person for your work, bed, food and travel?
sign-ctl-moved-witness = They are moved from place to place, so they never get to know anyone.
sign-ctl-moved-self = Does someone often move you from place to place?
sign-ctl-vulnerable-witness = Someone uses a person's illness, drinking or lack of a home to make them work.
sign-ctl-vulnerable-self = Does someone use your illness, your drinking or your lack of a home to make you work?
sign-ctl-ritual-witness = They are held by an oath they were made to swear.
sign-ctl-children-witness = Someone uses their children to make them obey.
sign-ctl-children-self = Does someone use your children to make you obey?
sign-oth-marriage-witness = They were made to marry, and the marriage is used for work, money or papers.
sign-oth-marriage-self = Did someone make you marry, or want your marriage for work, money or papers?

## Living

sign-liv-overcrowd-witness = Too many people live in a small home, with mattresses on the floor.
sign-liv-overcrowd-self = Do you share a small room with too many people?
sign-liv-atwork-witness = They sleep where they work, in a back room, van, caravan or container.
sign-liv-atwork-self = Do you have to sleep where you work?
sign-liv-poor-witness = The place where they live is dirty, cold or unsafe.
sign-liv-poor-self = Is the place where you live dirty, cold or unsafe?
sign-liv-curtains-witness = The curtains or windows are always covered.
sign-liv-nochoice-witness = They could not choose where they live, or do not know the address.
sign-liv-nochoice-self = Did someone put you in a home that you did not choose?
sign-liv-nopossessions-witness = They own almost nothing and wear the same clothes every day.
sign-liv-nopossessions-self = Are you left with almost nothing of your own?
sign-liv-tiedrent-witness = Too much is taken from their pay for rent or food.
sign-liv-tiedrent-self = Is too much taken from your pay for rent or food?

## Health

sign-hlt-malnourished-witness = They look hungry, very tired or not cared for.
sign-hlt-malnourished-self = Are you often hungry, or too tired to go on?
sign-hlt-injuries-witness = They have injuries that nobody has treated or explained.
sign-hlt-injuries-self = Are you hurt and left without treatment?
sign-hlt-nocare-witness = They are not allowed to see a doctor.
sign-hlt-nocare-self = Does someone stop you from seeing a doctor?
sign-hlt-workinjury-witness = The work has hurt their skin, lungs or back.
sign-hlt-workinjury-self = Has your work hurt your skin, your lungs or your back?
sign-hlt-reproductive-witness = They have had several infections or pregnancies, and someone who controls them comes along to each visit.
sign-hlt-trauma-witness = They seem numb, hurt themselves, or cannot remember what happened.
sign-hlt-brand-witness = They have a mark or tattoo that says someone owns them.

## Money

sign-mon-none-witness = They have little or no money of their own.
sign-mon-none-self = Are you left with no money of your own?
sign-mon-unpaid-witness = They are paid little or nothing, or their pay is held back.
sign-mon-unpaid-self = Are you paid little or nothing, or does someone hold back your pay?
sign-mon-debt-witness = They owe money, and the debt never gets smaller.
sign-mon-debt-self = Do you owe your boss or someone else money, and does the debt never get smaller?
sign-mon-noaccess-witness = Someone else keeps their bank card or their earnings.
sign-mon-noaccess-self = Does someone else keep your bank card or your earnings?
sign-mon-handover-witness = They hand over their money as soon as they get it.
sign-mon-handover-self = Do you have to hand over your money as soon as you get it?
sign-mon-cards-witness = One person uses many bank cards at a cash machine, one after the other.
sign-mon-sharedacct-witness = Several workers who are not family share one bank account, phone or address.
sign-mon-benefits-witness = Someone else takes out benefits or loans in their name.
sign-mon-benefits-self = Has someone taken out benefits or loans in your name?

## Documents

sign-doc-held-witness = Someone else keeps their passport or identity papers.
sign-doc-held-self = Does someone keep your passport or identity papers?
sign-doc-false-witness = Their papers may not be real, or they have none.
sign-doc-coached-witness = Several people give the same answers, as if they had learned them.
sign-doc-coached-self = Did someone tell you what to say to officials?

## Behaviour

sign-beh-fear-witness = They seem afraid, worried, or do not look at people.
sign-beh-fear-self = Are you afraid of someone at work or where you live?
sign-beh-withdrawn-witness = They are very quiet and will not talk to others.
sign-beh-policefear-witness = They are very afraid of police or officials.
sign-beh-lost-witness = They do not know where they are or where they work.
sign-beh-lost-self = Does someone hide from you where you are or where you work?
sign-beh-inconsistent-witness = Their story changes or has gaps. This is also normal after something terrible.

## Venue and prices

sign-ven-cheap-witness = The price is far too low for the work.
sign-ven-cashonly-witness = You can only pay cash, to the boss, with no receipt.
sign-ven-nobusiness-witness = The business has no proper sign, no insurance and no card machine.

## Sexual exploitation: force, control and others taking the money

sign-sex-callers-witness = Many visitors come for a short time, at all hours.
sign-sex-adverts-witness = One person runs the adverts and phone for several others, who have no say.
sign-sex-shortlet-witness = A rented room is used for a few days and then stands empty.
sign-sex-words-witness = They seem to have been taught only what to say to clients.
sign-sex-phones-witness = One person holds the phones of several people and answers for all of them.
sign-sex-earnings-witness = They cannot say no to a client, or someone else takes what they earn.
sign-sex-earnings-self = Does someone make you have sex for money, or take what you earn?

## Children

sign-chd-noschool-witness = A child does not go to school or see a doctor.
sign-chd-work-witness = A child is working.
sign-chd-work-self = Are you under 18 and made to work?
sign-chd-noguardian-witness = An adult with a child cannot say who the child is. Or several children are with an adult who is not family.
sign-chd-eatsapart-witness = A child eats alone or gets leftovers, and has no play and no friends.
sign-chd-eatsapart-self = Are you under 18, and does someone keep you away from meals, play and friends?
sign-chd-place-witness = There are toys, small beds or children's things where no child should be.
sign-chd-missing-witness = A child often goes missing and is found far away.
sign-chd-gifts-witness = A child has new clothes, phones or money from someone older who controls them.
sign-chd-gifts-self = Did someone older give you gifts or money, and now want something back?

## Made to do crime

sign-crm-phones-witness = A young person has several phones and travels far alone at odd times.
sign-crm-phones-self = Does someone give you phones and send you far away on your own?
sign-crm-instructed-witness = Someone drops them off to beg or steal, watches them, and takes what they get.
sign-crm-instructed-self = Does someone make you beg, steal or carry things, and take what you get?
sign-crm-cannabis-witness = A house has covered windows, a strong smell or heat, and one person who never leaves.
sign-crm-cannabis-self = Are you made to stay in a house and look after plants?
sign-crm-debt-witness = They owe money to a gang, and have keys or cards to places they do not know.
sign-crm-debt-self = Do you owe a gang money, and must you work for them to pay it?

## A home taken over

sign-cuc-newpeople-witness = Strangers have taken over the home of someone who needs support.
sign-cuc-newpeople-self = Have people moved into your home, and can you not make them leave?
sign-cuc-lost-witness = A neighbour is seldom seen now, seems afraid, or sleeps somewhere else.
sign-cuc-lost-self = Do you stay away from your own home because of the people in it?
sign-cuc-signs-witness = A quiet home suddenly has new cars, noise, litter and callers at night.

## Work in a private home

sign-dom-noexit-witness = They never go out alone, only with the family or on errands.
sign-dom-noexit-self = Does the family you work for stop you from going out alone?
sign-dom-nospace-witness = They have no bed or room of their own.
sign-dom-nospace-self = Do you work in a home where you have no bed or room of your own?
sign-dom-oncall-witness = They must cook, clean or care at any hour, without rest.
sign-dom-oncall-self = Must you cook, clean or care for people at any hour, without rest?
sign-dom-unequal-witness = They eat alone or get leftovers, and wear worse clothes than the family.
sign-dom-unequal-self = Do you get worse food or clothes than the family you work for?
sign-dom-accused-witness = When they left, the employer said that they stole or went missing.
sign-dom-accused-self = Does your employer say they will tell the police that you stole, if you leave?

## Organs

sign-oth-organ-witness = Someone else plans their journey and medical tests for an organ, or to carry a baby.
sign-oth-organ-self = Does someone want you to give an organ or carry a baby for money, and plan it all for you?
