# Files at the desk: cleaned copies, what was taken out of them, who had the original. Staff read this.

evidence-files = Files
evidence-a-file = A file
evidence-size-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
}
evidence-size-kb = { $count } KB
evidence-size-mb = { $count } MB
evidence-waits = It is being made safe to look at. That takes a minute at most, and goes on while you read.
evidence-refresh = See whether it is ready
evidence-show-small = Show it small. It may be hard to look at.
evidence-alt = Cleaned copy of { $reference }
evidence-look = Look at it
evidence-save = Save the cleaned copy
evidence-removed = What was taken out
evidence-nothing-removed = There was nothing to take out.
evidence-trace = Kind
evidence-count = Number
evidence-kept = What stays on purpose, although it may say a little:
evidence-no-copy = There is no cleaned copy.
evidence-try-again = Try again
evidence-infected = The virus scanner knows this file as harmful: { $name }. Nobody should open it.
evidence-original-kept = The original is sealed to those who keep originals.
evidence-original-not-kept = Nobody kept originals when this came. Its key stays with this folder. Ask whoever runs the server to name a team of custodians.
evidence-back = Back to where it came
evidence-look-lead = This is the cleaned copy. That you look at it is in the ledger. It goes when you lock the desk, and after five minutes.
evidence-no-player = Your browser cannot play this. Save the cleaned copy and open it with another program.
evidence-not-shown = This kind of file is not shown here. Save the cleaned copy and open it with a program for it.

## What a file is

evidence-kind-jpeg = Photograph (JPEG)
evidence-kind-png = Picture (PNG)
evidence-kind-gif = Picture (GIF)
evidence-kind-webp = Picture (WebP)
evidence-kind-heif = Photograph (HEIC)
evidence-kind-avif = Picture (AVIF)
evidence-kind-pdf = Document (PDF)
evidence-kind-docx = Text (Word)
evidence-kind-xlsx = Table (Excel)
evidence-kind-pptx = Slides (PowerPoint)
evidence-kind-odt = Text (OpenDocument)
evidence-kind-ods = Table (OpenDocument)
evidence-kind-odp = Slides (OpenDocument)
evidence-kind-mp4 = Film or sound (MP4)
evidence-kind-mov = Film (QuickTime)
evidence-kind-mp3 = Sound (MP3)
evidence-kind-wav = Sound (WAV)
evidence-kind-ogg = Sound (Ogg)
evidence-kind-flac = Sound (FLAC)

## What was taken out: kinds, never what they said

evidence-trace-place = Where it was made
evidence-trace-time = When it was made or changed
evidence-trace-device = What it was made with
evidence-trace-author = Who made it
evidence-trace-comment = Comments, titles and other words that are not seen
evidence-trace-earlier-version = What it was before
evidence-trace-thumbnail = Small pictures of it
evidence-trace-attachment = Other files inside
evidence-trace-script = Something that runs
evidence-trace-hidden-layer = Content that is not shown
evidence-trace-software = The program that wrote it
evidence-trace-link = Addresses that point out of it
evidence-trace-trailing-bytes = Bytes after the end or in gaps
evidence-trace-unknown-part = Parts of no known meaning

## What stays on purpose

evidence-kept-orientation = Which way is up
evidence-kept-colour-space = The space of colours
evidence-kept-encoder-tables = How finely the picture was rounded
evidence-kept-pixel-shape = That pixels are not square
evidence-kept-timing = How fast an animation runs
evidence-kept-transparency = Transparency
evidence-kept-typefaces = The names of typefaces
evidence-kept-layout = The layout of its pages
evidence-kept-codec-settings = The settings without which it cannot be played

## Why there is no copy

evidence-cannot = It was not cleaned, for a reason that this version does not know.
evidence-cannot-unknown-kind = It is of no kind that we can clean.
evidence-cannot-active = It can run or fetch something when somebody opens it.
evidence-cannot-two-kinds = Programs would take it for two different things. Somebody may have made it so on purpose.
evidence-cannot-damaged = It is damaged.
evidence-cannot-unknown-part = It holds a part that we do not know.
evidence-cannot-encrypted = It opens with a password only. Ask whether it can be sent without one.
evidence-cannot-too-much = It holds too much of one thing, or is too large.
evidence-cannot-time = It took too long.
evidence-cannot-memory = It needed too much memory.
evidence-cannot-worker = The program that cleans did not end well. Whoever runs the server finds more in its log.
evidence-cannot-attack = It tried to do what no file may. Treat it as an attack, and tell your supervisor.
evidence-cannot-scanner = The virus scanner did not answer, and nothing is cleaned without it.
evidence-cannot-lost = Parts of it are missing or damaged here. Tell your supervisor.

## Files that staff bring

evidence-put = Put in files
evidence-note = What they are, and how they came to you
evidence-choose = Files
evidence-choose-hint = Up to 10 at once, 100 MB each: photographs, scanned letters, documents, sound, film. You can also drop them here, or paste a picture.
evidence-put-button = Put them in
evidence-wrong-none = Choose at least one file
evidence-wrong-many = Choose at most 10 files at once. Nothing was stored.
evidence-wrong-large = One file is larger than 100 MB. Choose the files again without it. Nothing was stored.
evidence-wrong-empty = One file has nothing in it. Choose the files again without it. Nothing was stored.
evidence-wrong-cut = The line was cut before everything had come. Choose the files again. Nothing was stored.

## Originals

evidence-original = The original
evidence-original-lead = The original may say who made it, where and when, and may do harm to the machine that opens it. Everything on this page is signed, and is in the ledger.
evidence-their-name = What the sender called it. The name may say who they are.
evidence-came-from = Came from
evidence-came-at = Came at
evidence-size = Size
evidence-hash-original = SHA-256 of the original
evidence-ask-title = Ask to open it
evidence-ask-second = A second person has to agree on this page within the hour: another custodian, or a supervisor. Then you can open it once.
evidence-ask-alone = One of us put it in, so nobody else has to agree. You can open it once within the hour.
evidence-ask = Ask
evidence-reason = Why
evidence-waits-for-second = You asked. It waits for a second person until { $time }.
evidence-see-again = See whether somebody agreed
evidence-may-open = You may open it once, until { $time }.
evidence-open = Open the original
evidence-asks = { $name } asks to open it, until { $time }
evidence-agree = I agree
evidence-refuse = No
evidence-over = This asking counts no longer: it was used or refused, or its hour is over. Ask anew.
evidence-needs-second = A second person has to agree, and that cannot be the one who asks.
evidence-opened-lead = It can be fetched once, within five minutes. Keep it where nobody else reads it. Open it only on a machine that may be lost.
evidence-fetch = Save the original
evidence-back-to-original = Back to the original
evidence-steps = Who asked for the original, and who opened it
evidence-steps-none = Nobody asked for it.
evidence-step-asked = { $date }: { $name } asked to open it. Reason: “{ $reason }”
evidence-step-agreed = { $date }: { $name } agreed. Reason: “{ $reason }”
evidence-step-refused = { $date }: { $name } said no. Reason: “{ $reason }”
evidence-step-opened = { $date }: { $name } opened it. Reason: “{ $reason }”
evidence-signed = The signature holds.
evidence-not-signed = The signature does not hold.
evidence-no-signature = What a reporter sends carries no signature.

## The continuity statement

evidence-continuity = Continuity statement
evidence-continuity-lead = Print it, or
evidence-made-by = Made by { $name }, { $date }
evidence-in-folder = It lies in { $reference }.
evidence-note-said = What was said of it
evidence-copy-made = Cleaned copy, made for { $name }, { $date }
evidence-copy-not-made = { $date }, for { $name }: no cleaned copy was made.
evidence-fetched = Who looked at the cleaned copy or saved it, by the ledger
evidence-fetched-none = Nobody.
evidence-held = A legal hold keeps the folder.
evidence-not-held = No legal hold keeps the folder.
evidence-continuity-foot = The signatures were checked when this was made, with the keys of the members whom the entries name. Times of what a reporter did are told to the hour. The numbers in brackets are those of the ledger, which is a chain that can be checked.
