# Fișiere la birou: copii curățate, ce s-a scos din ele, cine a avut originalul. Citește personalul.

evidence-files = Fișiere
evidence-a-file = Un fișier
evidence-size-bytes = { $count ->
    [one] { $count } octet
    [few] { $count } octeți
   *[other] { $count } de octeți
}
evidence-size-kb = { $count } KB
evidence-size-mb = { $count } MB
evidence-waits = Se pregătește ca să poată fi privit fără pericol. Durează cel mult un minut și continuă cât citiți.
evidence-refresh = Vedeți dacă este gata
evidence-show-small = Arată-l mic. Poate fi greu de privit.
evidence-alt = Copia curățată a { $reference }
evidence-look = Priviți
evidence-save = Salvați copia curățată
evidence-removed = Ce s-a scos
evidence-nothing-removed = Nu era nimic de scos.
evidence-trace = Felul
evidence-count = Câte
evidence-kept = Ce rămâne intenționat, deși poate spune puțin:
evidence-no-copy = Nu există o copie curățată.
evidence-try-again = Încercați din nou
evidence-infected = Programul antivirus cunoaște acest fișier ca dăunător: { $name }. Nimeni nu ar trebui să-l deschidă.
evidence-original-kept = Originalul este sigilat pentru cei care păstrează originalele.
evidence-original-not-kept = Nimeni nu păstra originale când a sosit. Cheia lui rămâne la acest dosar. Rugați-l pe cel care administrează serverul să numească o echipă de custozi.
evidence-back = Înapoi la locul unde a sosit
evidence-look-lead = Aceasta este copia curățată. În registru se scrie că o priviți. Dispare când blocați biroul și după cinci minute.
evidence-no-player = Browserul nu poate reda acest fișier. Salvați copia curățată și deschideți-o cu alt program.
evidence-not-shown = Acest fel de fișier nu se arată aici. Salvați copia curățată și deschideți-o cu un program potrivit.

## Ce este un fișier

evidence-kind-jpeg = Fotografie (JPEG)
evidence-kind-png = Imagine (PNG)
evidence-kind-gif = Imagine (GIF)
evidence-kind-webp = Imagine (WebP)
evidence-kind-heif = Fotografie (HEIC)
evidence-kind-avif = Imagine (AVIF)
evidence-kind-pdf = Document (PDF)
evidence-kind-docx = Text (Word)
evidence-kind-xlsx = Tabel (Excel)
evidence-kind-pptx = Prezentare (PowerPoint)
evidence-kind-odt = Text (OpenDocument)
evidence-kind-ods = Tabel (OpenDocument)
evidence-kind-odp = Prezentare (OpenDocument)
evidence-kind-mp4 = Film sau sunet (MP4)
evidence-kind-mov = Film (QuickTime)
evidence-kind-mp3 = Sunet (MP3)
evidence-kind-wav = Sunet (WAV)
evidence-kind-ogg = Sunet (Ogg)
evidence-kind-flac = Sunet (FLAC)

## Ce s-a scos: feluri, niciodată ce spuneau

evidence-trace-place = Unde a fost făcut
evidence-trace-time = Când a fost făcut sau schimbat
evidence-trace-device = Cu ce a fost făcut
evidence-trace-author = Cine l-a făcut
evidence-trace-comment = Comentarii, titluri și alte cuvinte care nu se văd
evidence-trace-earlier-version = Ce a fost înainte
evidence-trace-thumbnail = Imagini mici ale lui
evidence-trace-attachment = Alte fișiere dinăuntru
evidence-trace-script = Ceva care rulează
evidence-trace-hidden-layer = Conținut care nu se arată
evidence-trace-software = Programul care l-a scris
evidence-trace-link = Adrese care duc în afara lui
evidence-trace-trailing-bytes = Octeți după sfârșit sau în goluri
evidence-trace-unknown-part = Părți fără înțeles cunoscut

## Ce rămâne intenționat

evidence-kept-orientation = Care parte este sus
evidence-kept-colour-space = Spațiul de culori
evidence-kept-encoder-tables = Cât de fin a fost rotunjită imaginea
evidence-kept-pixel-shape = Că pixelii nu sunt pătrați
evidence-kept-timing = Cât de repede merge o animație
evidence-kept-transparency = Transparența
evidence-kept-typefaces = Numele fonturilor
evidence-kept-layout = Așezarea paginilor
evidence-kept-codec-settings = Setările fără de care nu poate fi redat

## De ce nu există o copie

evidence-cannot = Nu a fost curățat, dintr-un motiv pe care această versiune nu îl cunoaște.
evidence-cannot-unknown-kind = Nu este de un fel pe care îl putem curăța.
evidence-cannot-active = Poate rula sau descărca ceva când cineva îl deschide.
evidence-cannot-two-kinds = Programele l-ar lua drept două lucruri diferite. Poate cineva l-a făcut așa intenționat.
evidence-cannot-damaged = Este deteriorat.
evidence-cannot-unknown-part = Conține o parte pe care nu o cunoaștem.
evidence-cannot-encrypted = Se deschide numai cu o parolă. Întrebați dacă poate fi trimis fără.
evidence-cannot-too-much = Conține prea mult dintr-un singur lucru sau este prea mare.
evidence-cannot-time = A durat prea mult.
evidence-cannot-memory = A avut nevoie de prea multă memorie.
evidence-cannot-worker = Programul care curăță nu s-a încheiat cum trebuie. Cel care administrează serverul găsește mai multe în jurnalul lui.
evidence-cannot-attack = A încercat să facă ce niciun fișier nu are voie. Tratați-l ca pe un atac și spuneți coordonatorului.
evidence-cannot-scanner = Programul antivirus nu a răspuns, și fără el nu se curăță nimic.
evidence-cannot-lost = Părți din el lipsesc sau sunt deteriorate aici. Spuneți coordonatorului.

## Fișiere aduse de personal

evidence-put = Puneți fișiere
evidence-note = Ce sunt și cum au ajuns la dumneavoastră
evidence-choose = Fișiere
evidence-choose-hint = Cel mult 10 odată, fiecare de cel mult 100 MB: fotografii, scrisori scanate, documente, sunet, film. Le puteți și trage aici sau puteți lipi o imagine.
evidence-put-button = Puneți-le
evidence-wrong-none = Alegeți cel puțin un fișier
evidence-wrong-many = Alegeți cel mult 10 fișiere odată. Nu s-a păstrat nimic.
evidence-wrong-large = Un fișier este mai mare de 100 MB. Alegeți din nou fișierele, fără el. Nu s-a păstrat nimic.
evidence-wrong-empty = Un fișier este gol. Alegeți din nou fișierele, fără el. Nu s-a păstrat nimic.
evidence-wrong-cut = Legătura s-a întrerupt înainte să ajungă totul. Alegeți din nou fișierele. Nu s-a păstrat nimic.

## Originale

evidence-original = Originalul
evidence-original-lead = Originalul poate spune cine l-a făcut, unde și când, și poate dăuna calculatorului care îl deschide. Tot ce este pe această pagină se semnează și se scrie în registru.
evidence-their-name = Cum l-a numit expeditorul. Numele poate spune cine este.
evidence-came-from = A venit de la
evidence-came-at = A venit la
evidence-size = Mărime
evidence-hash-original = SHA-256 al originalului
evidence-ask-title = Cereți să-l deschideți
evidence-ask-second = O a doua persoană trebuie să fie de acord pe această pagină, în decurs de o oră: alt custode sau un coordonator. Apoi îl puteți deschide o dată.
evidence-ask-alone = L-a pus unul dintre noi, deci nu trebuie să mai fie nimeni de acord. Îl puteți deschide o dată, în decurs de o oră.
evidence-ask = Cereți
evidence-reason = De ce
evidence-waits-for-second = Ați cerut. Așteaptă o a doua persoană până la { $time }.
evidence-see-again = Vedeți dacă cineva a fost de acord
evidence-may-open = Îl puteți deschide o dată, până la { $time }.
evidence-open = Deschideți originalul
evidence-asks = { $name } cere să-l deschidă, până la { $time }
evidence-agree = Sunt de acord
evidence-refuse = Nu
evidence-over = Această cerere nu mai este valabilă: a fost folosită sau refuzată ori i-a trecut ora. Cereți din nou.
evidence-needs-second = Trebuie să fie de acord o a doua persoană, și nu poate fi cea care cere.
evidence-opened-lead = Poate fi luat o singură dată, în decurs de cinci minute. Păstrați-l unde nu îl citește nimeni altcineva. Deschideți-l numai pe un calculator care poate fi pierdut.
evidence-fetch = Salvați originalul
evidence-back-to-original = Înapoi la original
evidence-steps = Cine a cerut originalul și cine l-a deschis
evidence-steps-none = Nimeni nu l-a cerut.
evidence-step-asked = { $date }: { $name } a cerut să-l deschidă. Motiv: „{ $reason }”
evidence-step-agreed = { $date }: { $name } a fost de acord. Motiv: „{ $reason }”
evidence-step-refused = { $date }: { $name } a spus nu. Motiv: „{ $reason }”
evidence-step-opened = { $date }: { $name } l-a deschis. Motiv: „{ $reason }”
evidence-signed = Semnătura este bună.
evidence-not-signed = Semnătura nu este bună.
evidence-no-signature = Ce trimite o persoană de afară nu poartă semnătură.

## Declarația de continuitate

evidence-continuity = Declarație de continuitate
evidence-continuity-lead = Tipăriți-o sau
evidence-made-by = Făcută de { $name }, { $date }
evidence-in-folder = Se află în { $reference }.
evidence-note-said = Ce s-a spus despre el
evidence-copy-made = Copie curățată, făcută pentru { $name }, { $date }
evidence-copy-not-made = { $date }, pentru { $name }: nu s-a făcut o copie curățată.
evidence-fetched = Cine a privit sau a salvat copia curățată, după registru
evidence-fetched-none = Nimeni.
evidence-held = Dosarul este păstrat pentru lege.
evidence-not-held = Dosarul nu este păstrat pentru lege.
evidence-continuity-foot = Semnăturile au fost verificate când s-a făcut aceasta, cu cheile membrilor pe care îi numesc înscrierile. Orele la care a făcut ceva o persoană de afară sunt rotunjite. Numerele din paranteze sunt cele din registru, care este un lanț ce poate fi verificat.
