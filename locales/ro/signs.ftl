### Semne. -witness: ce ar putea vedea sau auzi altcineva; o afirmație.
### -self: o întrebare pentru persoana însăși; „da” înseamnă mereu că semnul există.
### Cuvinte simple. Ce face cineva, niciodată ce este cineva.

## Muncă

sign-wrk-hours-witness = Lucrează foarte multe ore, zi după zi.
sign-wrk-hours-self = Trebuie să lucrați foarte multe ore, zi după zi?
sign-wrk-nodayoff-witness = Nu au aproape deloc zile libere sau pauze.
sign-wrk-nodayoff-self = Aproape că nu aveți zile libere sau pauze?
sign-wrk-noppe-witness = Nu au mănuși, cizme sau haine groase pentru munca pe care o fac.
sign-wrk-noppe-self = Lucrați fără mănușile, cizmele sau hainele groase de care aveți nevoie?
sign-wrk-notools-witness = Trebuie să plătească pentru unelte, bicicletă, uniformă sau echipament de protecție.
sign-wrk-notools-self = Trebuie să plătiți șefului pentru unelte, uniformă sau echipament de protecție?
sign-wrk-nocontract-witness = Nu au contract, fluturaș de salariu sau ceva în scris.
sign-wrk-nocontract-self = Lucrați fără contract, fără fluturaș de salariu și fără nimic în scris?
sign-wrk-untrained-witness = Fac o muncă periculoasă și nimeni nu le-a arătat cum.
sign-wrk-untrained-self = Trebuie să faceți o muncă periculoasă, deși nimeni nu v-a arătat cum?
sign-wrk-notices-witness = Nu există afișe de siguranță acolo unde se lucrează.
sign-wrk-fines-witness = Li se iau bani din salariu ca pedeapsă.
sign-wrk-fines-self = Vă ia șeful bani din salariu ca pedeapsă?
sign-wrk-norecords-witness = Angajatorul nu poate arăta nicio evidență a angajaților, a orelor sau a plăților.
sign-wrk-noterms-witness = Nu pot refuza nicio treabă, nicio oră și nicio tură.
sign-wrk-noterms-self = Vi se spune ce să munciți și nu aveți voie să refuzați?
sign-wrk-cantleave-witness = Nu pot pleca din acel loc sau de la acea muncă.
sign-wrk-cantleave-self = Vă împiedică cineva să plecați de la muncă sau din locul unde lucrați?
sign-wrk-hide-witness = Lucrătorii se ascund sau sunt trimiși de acolo când vin vizitatori.
sign-wrk-hide-self = Vi se spune să vă ascundeți când vin vizitatori?
sign-wrk-bathe-witness = Se spală, se bărbieresc sau se schimbă la muncă, pentru că nu au unde altundeva.
sign-wrk-bathe-self = Trebuie să vă spălați și să vă schimbați la muncă, pentru că nu aveți unde altundeva?
sign-wrk-turnover-witness = Lucrătorii se schimbă des și toți deodată.
sign-wrk-deceived-witness = Munca nu este cea care le-a fost promisă.
sign-wrk-deceived-self = Este munca foarte diferită de cea care v-a fost promisă?
sign-wrk-fee-witness = Au trebuit să plătească cuiva mulți bani ca să primească locul de muncă.
sign-wrk-fee-self = A trebuit să plătiți cuiva mulți bani ca să primiți acest loc de muncă sau o viză?
sign-wrk-rentsaccount-witness = Fac livrări pe contul altcuiva, care ia o mare parte din bani.
sign-wrk-rentsaccount-self = Faceți livrări pe contul altcuiva, care ia o mare parte din banii dumneavoastră?
sign-wrk-othername-witness = Sunt puși să lucreze sub numele altei persoane.
sign-wrk-othername-self = Vă pune cineva să lucrați sub numele altei persoane?
sign-wrk-aboard-witness = Sunt ținuți pe un vas sau pe mare și nu pot coborî pe uscat.
sign-wrk-aboard-self = Vă ține cineva pe un vas sau pe mare, fără voie să coborâți pe uscat?
sign-car-sponsor-witness = Unui îngrijitor i se spune că își pierde viza dacă se plânge sau pleacă.
sign-car-sponsor-self = Vă spune sponsorul că pierdeți viza dacă vă plângeți sau plecați?

## Recrutare și călătorie

sign-rec-travelpaid-witness = Cineva le-a plătit drumul, iar acum trebuie să muncească pentru a da banii înapoi.
sign-rec-travelpaid-self = V-a plătit cineva drumul, iar acum trebuie să munciți ca să dați banii înapoi?
sign-rec-street-witness = Cineva le oferă oamenilor fără casă băutură, droguri sau bani ca să vină la muncă.
sign-rec-street-self = V-a găsit cineva pe stradă sau la un adăpost și v-a dus la muncă?
sign-rec-shelternow-witness = Cineva vine acum la un cămin sau la un adăpost ca să ia oameni la muncă.
sign-rec-shelternow-self = Vine cineva la căminul sau la adăpostul unde stați și ia oameni la muncă?
sign-rec-loverboy-witness = Un nou iubit, o nouă iubită sau un prieten nou a pregătit drumul, iar apoi munca.
sign-rec-loverboy-self = V-a adus aici un nou iubit, o nouă iubită sau un prieten nou, care apoi v-a pus la muncă?
sign-rec-ad-witness = Au venit din cauza unui anunț sau a unui mesaj care promitea mult prea mulți bani.
sign-rec-ad-self = Ați venit din cauza unui anunț sau a unui mesaj care nu era adevărat?
sign-rec-travelvague-witness = Un călător nu știe unde va sta, unde va lucra sau cine îl așteaptă.
sign-rec-travelvague-self = Călătoriți fără să știți unde veți sta sau unde veți lucra?
sign-rec-papersother-witness = Cineva cu care călătoresc le ține pașaportul și răspunde în locul lor.
sign-rec-papersother-self = Persoana cu care călătoriți vă ține pașaportul și răspunde în locul dumneavoastră?
sign-rec-taxinum-witness = Un copil călătorește singur și are doar un număr de taxi sau un singur număr de telefon.
sign-rec-minibus-witness = Aceeași dubă lasă și ia un grup foarte devreme și foarte târziu.
sign-rec-escorted-witness = Cineva îi duce mereu la muncă și înapoi. Nu pot alege cum călătoresc.
sign-rec-escorted-self = Vă duce cineva mereu la muncă și înapoi, fără să puteți alege?

## Control

sign-ctl-controlled-witness = Se uită la altcineva înainte să răspundă, ca și cum ar cere voie.
sign-ctl-controlled-self = Vă spune cineva ce aveți voie să faceți și să spuneți?
sign-ctl-speaksfor-witness = Altcineva vorbește mereu în locul lor.
sign-ctl-speaksfor-self = Vorbește mereu altcineva în locul dumneavoastră, fără să vă lase să răspundeți?
sign-ctl-watched-witness = Cineva îi supraveghează tot timpul, direct, cu o cameră sau prin telefon.
sign-ctl-watched-self = Vă supraveghează cineva tot timpul, direct, cu o cameră sau prin telefon?
sign-ctl-locked-witness = Sunt închiși sau există lacăte și gratii ca să nu poată ieși.
sign-ctl-locked-self = Vă ține cineva sub cheie sau vă împiedică să ieșiți?
sign-ctl-nophone-witness = Cineva le ia sau le verifică telefonul.
sign-ctl-nophone-self = Vă ia cineva telefonul sau vă citește mesajele?
sign-ctl-isolated-witness = Sunt ținuți departe de ceilalți lucrători, de vecini sau de familie.
sign-ctl-isolated-self = Vă ține cineva departe de alți oameni sau de familie?
sign-ctl-threat-witness = Cineva îi amenință pe ei sau familia lor.
sign-ctl-threat-self = Vă amenință cineva pe dumneavoastră sau familia?
sign-ctl-authorities-witness = Li se spune că poliția îi va pedepsi sau îi va trimite din țară dacă se plâng.
sign-ctl-authorities-self = Vă spune cineva că poliția vă va pedepsi sau vă va trimite din țară dacă vă plângeți?
sign-ctl-violence-witness = Cineva îi lovește, îi arde, îi rănește sau îi obligă la sex.
sign-ctl-violence-self = Vă lovește, vă rănește sau vă obligă cineva la sex?
sign-ctl-substances-witness = Cineva le dă droguri sau băutură ca să îi controleze.
sign-ctl-substances-self = Vă dă cineva droguri sau băutură ca să vă controleze?
sign-ctl-dependent-witness = Munca, patul, mâncarea și transportul le primesc toate de la aceeași persoană.
sign-ctl-dependent-self = Depindeți de aceeași persoană pentru muncă, pat, mâncare și transport?
sign-ctl-moved-witness = Sunt mutați des dintr-un loc în altul, așa că nu ajung să cunoască pe nimeni.
sign-ctl-moved-self = Vă mută cineva des dintr-un loc în altul?
sign-ctl-vulnerable-witness = Cineva se folosește de boala, de băutura sau de lipsa de casă a unei persoane ca să o pună la muncă.
sign-ctl-vulnerable-self = Se folosește cineva de boala, de băutura sau de lipsa dumneavoastră de casă ca să vă pună la muncă?
sign-ctl-ritual-witness = Sunt ținuți de un jurământ pe care au fost obligați să îl facă.
sign-ctl-children-witness = Cineva se folosește de copiii lor ca să îi facă să asculte.
sign-ctl-children-self = Se folosește cineva de copiii dumneavoastră ca să vă facă să ascultați?
sign-oth-marriage-witness = Au fost obligați să se căsătorească, iar căsătoria este folosită pentru muncă, bani sau acte.
sign-oth-marriage-self = V-a obligat cineva să vă căsătoriți sau vrea căsătoria pentru muncă, bani sau acte?

## Locuință

sign-liv-overcrowd-witness = Prea mulți oameni stau într-o locuință mică, cu saltele pe jos.
sign-liv-overcrowd-self = Împărțiți o cameră mică cu prea mulți oameni?
sign-liv-atwork-witness = Dorm unde lucrează, într-o cameră din spate, o dubă, o rulotă sau un container.
sign-liv-atwork-self = Trebuie să dormiți unde lucrați?
sign-liv-poor-witness = Locul unde stau este murdar, rece sau periculos.
sign-liv-poor-self = Locul unde stați este murdar, rece sau periculos?
sign-liv-curtains-witness = Perdelele sau ferestrele sunt mereu acoperite.
sign-liv-nochoice-witness = Nu au putut alege unde stau sau nu știu adresa.
sign-liv-nochoice-self = V-a pus cineva să stați într-un loc pe care nu l-ați ales?
sign-liv-nopossessions-witness = Nu au aproape nimic al lor și poartă aceleași haine în fiecare zi.
sign-liv-nopossessions-self = Ați rămas fără aproape nimic al dumneavoastră?
sign-liv-tiedrent-witness = Li se ia prea mult din salariu pentru chirie sau mâncare.
sign-liv-tiedrent-self = Vi se ia prea mult din salariu pentru chirie sau mâncare?

## Sănătate

sign-hlt-malnourished-witness = Par flămânzi, foarte obosiți sau neîngrijiți.
sign-hlt-malnourished-self = Vă este des foame sau nu mai aveți putere să continuați?
sign-hlt-injuries-witness = Au răni neîngrijite sau pe care nu le explică nimeni.
sign-hlt-injuries-self = Aveți răni pe care nu vi le îngrijește nimeni?
sign-hlt-nocare-witness = Nu au voie să meargă la doctor.
sign-hlt-nocare-self = Vă împiedică cineva să mergeți la doctor?
sign-hlt-workinjury-witness = Munca le-a făcut rău la piele, la plămâni sau la spate.
sign-hlt-workinjury-self = V-a făcut munca rău la piele, la plămâni sau la spate?
sign-hlt-reproductive-witness = Au avut mai multe infecții sau sarcini, iar cineva care îi controlează vine la fiecare vizită.
sign-hlt-trauma-witness = Par absenți, își fac singuri rău sau nu își amintesc ce s-a întâmplat.
sign-hlt-brand-witness = Au un semn sau un tatuaj care spune că sunt ai cuiva.

## Bani

sign-mon-none-witness = Au puțini bani sau nu au deloc bani ai lor.
sign-mon-none-self = Ați rămas fără bani ai dumneavoastră?
sign-mon-unpaid-witness = Sunt plătiți puțin sau deloc, sau li se oprește plata.
sign-mon-unpaid-self = Primiți bani puțini sau deloc, sau vă oprește cineva plata?
sign-mon-debt-witness = Au o datorie care nu scade niciodată.
sign-mon-debt-self = Aveți o datorie la șef sau la altcineva, care nu scade niciodată?
sign-mon-noaccess-witness = Altcineva le ține cardul bancar sau banii câștigați.
sign-mon-noaccess-self = Vă ține altcineva cardul bancar sau banii câștigați?
sign-mon-handover-witness = Dau banii altcuiva imediat ce îi primesc.
sign-mon-handover-self = Trebuie să dați banii altcuiva imediat ce îi primiți?
sign-mon-cards-witness = O singură persoană folosește multe carduri la un bancomat, unul după altul.
sign-mon-sharedacct-witness = Mai mulți lucrători care nu sunt rude au același cont, telefon sau aceeași adresă.
sign-mon-benefits-witness = Altcineva ia ajutoare sociale sau împrumuturi pe numele lor.
sign-mon-benefits-self = A luat cineva ajutoare sociale sau împrumuturi pe numele dumneavoastră?

## Acte

sign-doc-held-witness = Altcineva le ține pașaportul sau actele de identitate.
sign-doc-held-self = Vă ține cineva pașaportul sau actele de identitate?
sign-doc-false-witness = Actele lor s-ar putea să nu fie adevărate sau nu au acte.
sign-doc-coached-witness = Mai multe persoane dau aceleași răspunsuri, ca și cum le-ar fi învățat.
sign-doc-coached-self = V-a spus cineva ce să răspundeți autorităților?

## Comportament

sign-beh-fear-witness = Par speriați sau îngrijorați, ori nu se uită la oameni.
sign-beh-fear-self = Vă este frică de cineva la muncă sau acolo unde stați?
sign-beh-withdrawn-witness = Sunt foarte tăcuți și nu vor să vorbească cu alții.
sign-beh-policefear-witness = Le este foarte frică de poliție sau de autorități.
sign-beh-lost-witness = Nu știu unde se află sau unde lucrează.
sign-beh-lost-self = Vă ascunde cineva unde vă aflați sau unde lucrați?
sign-beh-inconsistent-witness = Povestea lor se schimbă sau are goluri. Este normal și după o întâmplare îngrozitoare.

## Locul și prețurile

sign-ven-cheap-witness = Prețul este mult prea mic pentru acea muncă.
sign-ven-cashonly-witness = Se plătește doar cu bani în mână, șefului, fără bon.
sign-ven-nobusiness-witness = Afacerea nu are un nume la vedere, asigurare sau aparat pentru card.

## Exploatare sexuală: forță, control și alții care iau banii

sign-sex-callers-witness = Mulți vizitatori vin pentru scurt timp, la orice oră.
sign-sex-adverts-witness = O singură persoană se ocupă de anunțurile și telefonul altora, care nu au niciun cuvânt de spus.
sign-sex-shortlet-witness = O cameră închiriată este folosită câteva zile, apoi rămâne goală.
sign-sex-words-witness = Par să fi fost învățați doar ce să le spună clienților.
sign-sex-phones-witness = O singură persoană ține telefoanele mai multor oameni și răspunde pentru toți.
sign-sex-earnings-witness = Nu pot refuza un client sau altcineva le ia banii câștigați.
sign-sex-earnings-self = Vă obligă cineva să faceți sex pentru bani sau vă ia ce câștigați?

## Copii

sign-chd-noschool-witness = Un copil nu merge la școală sau la doctor.
sign-chd-work-witness = Un copil muncește.
sign-chd-work-self = Aveți sub 18 ani și vă pune cineva la muncă?
sign-chd-noguardian-witness = Un adult nu poate spune cine este copilul de lângă el. Sau mai mulți copii sunt cu un adult care nu este din familie.
sign-chd-eatsapart-witness = Un copil mănâncă singur sau primește resturi, nu se joacă și nu are prieteni.
sign-chd-eatsapart-self = Aveți sub 18 ani și vă ține cineva departe de masă, de joacă și de prieteni?
sign-chd-place-witness = Sunt jucării, paturi mici sau lucruri de copil acolo unde nu ar trebui să fie un copil.
sign-chd-missing-witness = Un copil dispare des și este găsit departe.
sign-chd-gifts-witness = Un copil are haine noi, telefoane sau bani de la cineva mai mare, care îl controlează.
sign-chd-gifts-self = V-a dat cineva mai mare cadouri sau bani, iar acum vrea ceva în schimb?

## Obligați să încalce legea

sign-crm-phones-witness = Un tânăr are mai multe telefoane și călătorește singur departe, la ore ciudate.
sign-crm-phones-self = Vă dă cineva telefoane și vă trimite departe, de unul singur sau de una singură?
sign-crm-instructed-witness = Cineva îi lasă undeva să cerșească sau să fure, îi supraveghează și le ia tot.
sign-crm-instructed-self = Vă obligă cineva să cerșiți, să furați sau să cărați lucruri și vă ia tot?
sign-crm-cannabis-witness = O casă are ferestrele acoperite, miros puternic sau căldură și o persoană care nu iese niciodată.
sign-crm-cannabis-self = Vă obligă cineva să stați într-o casă și să aveți grijă de plante?
sign-crm-debt-witness = Au datorii la o bandă și au chei sau carduri de la locuri pe care nu le cunosc.
sign-crm-debt-self = Aveți datorii la o bandă și trebuie să lucrați pentru ea ca să plătiți?

## O locuință ocupată de alții

sign-cuc-newpeople-witness = Niște necunoscuți au pus stăpânire pe locuința cuiva care are nevoie de sprijin.
sign-cuc-newpeople-self = S-au mutat niște oameni în casa dumneavoastră și nu îi puteți face să plece?
sign-cuc-lost-witness = Un vecin este văzut tot mai rar, pare speriat sau doarme în altă parte.
sign-cuc-lost-self = Stați departe de propria casă din cauza celor care sunt în ea?
sign-cuc-signs-witness = O casă liniștită are dintr-odată mașini noi, zgomot, gunoi și vizitatori noaptea.

## Muncă într-o casă particulară

sign-dom-noexit-witness = Nu ies niciodată singuri, ci doar cu familia sau la cumpărături.
sign-dom-noexit-self = Familia pentru care lucrați nu vă lasă să ieșiți fără ei?
sign-dom-nospace-witness = Nu au pat sau cameră a lor.
sign-dom-nospace-self = Lucrați într-o casă unde nu aveți patul sau camera dumneavoastră?
sign-dom-oncall-witness = Trebuie să gătească, să facă curat sau să îngrijească la orice oră, fără odihnă.
sign-dom-oncall-self = Trebuie să gătiți, să faceți curat sau să îngrijiți oameni la orice oră, fără odihnă?
sign-dom-unequal-witness = Mănâncă separat sau primesc resturi și au haine mai rele decât familia.
sign-dom-unequal-self = Primiți mâncare sau haine mai rele decât familia pentru care lucrați?
sign-dom-accused-witness = Când au plecat, angajatorul a spus că au furat sau că au dispărut.
sign-dom-accused-self = Vă spune angajatorul că va anunța poliția că ați furat, dacă plecați?

## Organe

sign-oth-organ-witness = Altcineva le pregătește drumul și analizele medicale pentru a da un organ sau pentru a purta o sarcină.
sign-oth-organ-self = Vrea cineva să dați un organ sau să purtați o sarcină pentru bani și pregătește totul?
