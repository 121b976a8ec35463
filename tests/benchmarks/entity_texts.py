"""Made-up prose with its entities marked, for ``tests.benchmarks.entities``.

Every name is invented. A mark is ``[name|type]``, the type by its first two letters; a name that
comes again is marked again or not, as it counts once a text. Concepts are not marked: which
nouns deserve one is a choice, not a truth.
"""

HELD_OUT = """
Yesterday [Talvi Ostrander|pe] told me that [Brindlewick Systems|or] is moving its office from \
[Eskervale|pl] to [Port Anselm|pl].
We finally shipped [Halcyon|pr] last week. [Halcyon|pr] is the project that replaces our old \
invoicing tool, and [Merrin Dask|pe] led it.
My sister [Jorunn|pe] lives in [Valderquay|pl] and works at [Kestrel & Hume|or].
The ingestion service runs on [Quarzite|te] 4, but [Oskel Verrano|pe] wants to migrate it to \
[Plindb|te].
I had lunch with [Dr. Abiola Thistlewood|pe] in [Morrowick|pl]. She used to work for \
[Tanglefoot Labs|or].
Has anyone tried [Fernwheel|te]? It's a library for parsing logs, and it is written in [Rust|te].
[Ilse Carrowmere|pe] joined [Novaplex GmbH|or] as head of research in March.
Could you summarise the meeting? [Bram|pe] said the [Project Tidewater|pr] budget was cut, and \
[Yusra|pe] disagreed with him.
[Pemberley Grange Foods|or] is our biggest customer. Their contact there, [Lorcan Fyffe|pe], \
calls every Monday.
We upgraded to [Sablecast|te] 9.2 over the weekend and the timeout error is gone.
Next month I fly to [Ostenmere|pl] to meet [Wen Halloran|pe] and [Dagny Prewitt|pe] from \
[Corvane Logistics|or].
[Thessaly Quill|pe] reviewed my pull request. She thinks we should drop [Jasperfile|te] and use \
[Redis|te] for the cache.
The [Lanternfish|pr] repo has been failing since [Tobin|pe] merged the migration.
[Marrowgate|or]'s API changed again, so the importer that [Sunniva Locke|pe] wrote is broken.
My boss [Hettie Vane|pe] grew up near [Little Corrigan|pl]. Her brother [Padrig|pe] still has a \
farm there.
Our team uses [Glimmerdb|te] for metrics and [Grafana|te] for dashboards.
I bought the piano from a shop in [Haldersby|pl]; the owner, [Mr. Quennell|pe], delivered it \
himself.
[Anwick Mutual|or] offered me a job! They want me to lead [Project Saffron|pr] in [Tarnholm|pl].
After the outage, [Feodor Blythe|pe] wrote a script in [Python|te] that restarts [Cobaltmq|te] \
every night.
[Caspian Rook|pe] and [Ottoline|pe] got married in [Santa Brigida|pl] last summer.
We compared [Vireo|te] with [PostgreSQL|te] 14; [Vireo|te] is faster for writes, but it has no \
extensions.
Please remind me to call [Aunt Zelma|pe] about the trip to [Kirrin Bay|pl].
[Dunmarrow Inc|or] sued [Pellworth & Co|or] over the name. [Judge Amory Fenwright|pe] dismissed it.
The app is called [Pocket Heron|pr]. I'm building it with [Flutter|te] and [Mossbase|te].
[Rasmus Ekelund|pe] reports to [Nia Abernathy|pe], who runs the platform team at [Stellarch|or].
I switched from [Bramblecss|te] to [Tailwind|te] because the docs are better.
[Ingram|pe] is from [Uskerra|pl], but he has lived in [Berlin|pl] for ten years.
Last night our cat knocked over a vase that [Grandma Odile|pe] gave us. It was from a market in \
[Cassanova Wells|pl].
[Tillwright|or] hired [Pascoe Menhinick|pe] to rewrite the [Sparrowhawk|pr] project in [Go|te].
The customer, a company called [Yarrowfield Dairies|or], wants the export by Friday.
[Uncle Bertil|pe]'s garage in [Nørrevik|pl] burned down, and the insurance company refuses to pay.
We deploy with [Helmsward|te]. [Kubernetes|te] was too heavy for a team of three.
"I never trusted [Silas Wetherby|pe]," said [Corisande|pe], putting down the letter from \
[Drummondhall Bank|or].
[Lindqvist Robotics|or] and [Ashgrove University|or] are opening a lab in [Penmarrow|pl].
My therapist recommended a book by [Elowen Hartigan|pe]. I read it on the train to \
[Stavely Cross|pl].
Deploying [Orrery|pr] failed again: the [Nginx|te] config that [Mateja|pe] pushed was wrong.
I asked [Kofi Branthwaite|pe] whether [Zephyrine|te] 2 supports transactions. He says \
[Zephyrine|te] does since last year.
[Harrowby Consulting|or] charges too much. [Vesna|pe], our accountant, found a cheaper firm in \
[Aldermoss|pl].
[Priya Castellane|pe] designed the logo for [Mudlark|pr], our side project about tide tables.
[Eskil|pe] flew to [Marrakesh|pl] with his girlfriend [Tamsin|pe] and came back engaged.
The interview with [Oakhelm Software|or] went well. [Rowan Idris|pe] asked me about [Kafka|te] \
and about leading people.
"""

HELD_OUT_LATER = """
notes from today: [Havel|pe] is out until thursday, [Constance Mbeki|pe] covers for him. the \
[Pipistrelle|pr] release slips.
[Ravensmoor|pl] (dpa) - The mayor of [Ravensmoor|pl], [Agathe Lindholm|pe], opened a new bridge \
on Sunday. It was built by [Torvald Engineering|or].
She put the kettle on. "[Mordecai|pe] will be late," [Philippa|pe] said, and [Gwendal|pe] shrugged.
Dear [Ms. Okonjo|pe], thank you for your interest in [Sablewood Partners|or]. We will be in touch.
tried [ztool9|te] last night, pretty good. way faster than [Grunfeld|te]. docs are thin though
Shares of [Corraline Energy|or] fell after its founder [Ewan Strathie|pe] resigned.
In the spring of that year [Matthias|pe] left [Oberwiesen|pl] on foot and did not stop until he \
reached [Trieste|pl].
Agenda: budget, hiring, [Project Bluefin|pr]. [Naoko|pe] takes minutes.
@all the staging box is back, thanks [Emre|pe]
Bug report: exporting to CSV hangs when [Lutrabase|te] is the backend. Reported by \
[Sanna Ollikainen|pe].
[Wadebridge Dairy|or] has delivered our milk for thirty years. Old [Mr. Penhallow|pe] still \
drives the van.
[Kilmorran|pl] is a village of four hundred people on the west coast. My aunt [Nuala|pe] keeps \
bees there.
Our architecture: [Trellis|te] for the frontend, [FastAPI|te] behind it, and [Moldavite|te] as \
the queue.
The [Greyling|pr] team meets on Wednesdays. [Yannick|pe] brings cake.
I owe [Zsófia|pe] twenty euros. We split a taxi from the airport in [Carrowbeg|pl].
[Iolanthe|pe]'s new novel is set in [Veldenmoor|pl], a town that doesn't exist.
Support told me that [Parcelhound|or] lost the shipment. I want my money back.
After the merger of [Astrid & Rowe|or] with [Kellerman Group|or], [Dietmar|pe] was made redundant.
reminder: flight to [Port Saffrey|pl] 6:40, pick up [Milo|pe] at 4
Nobody at [Haverstock School|or] knew that [Mr. Tolliver|pe] had once sailed around the world.
[Oisín|pe], [Marta|pe] and [Bao|pe] shared a flat in [Glenarrow|pl] when they were students.
I rewrote the scheduler of [Woodlark|pr] in [Elixir|te]. It took a weekend.
We are evaluating [Sentinelix|te] and [Vaultguard|te] for secrets. [Vaultguard|te] has better \
audit logs.
He was the only electrician in [Strathdoon|pl], and he knew it.
[Judith Amsel|pe] and her brother founded [Amsel Pharma|or] in a garage outside [Basel|pl].
My manager [Kwabena|pe] asked whether [Hopscotch|pr] could go live before the summer.
The contract was signed by [Leonora Pike|pe] on behalf of [Thornbury Council|or].
lol [Jules|pe] deleted the prod table again
Could not connect to [Nimbusdb|te] 2.4: connection refused.
[Fredegund|pe] taught me to knit. She was from [Hinterau|pl], up in the mountains.
[Cobalt Airways|or] cancelled our flight to [Madeira|pl], so we took the ferry.
Two interns from [Lorne University|or], [Salome|pe] and [Viktor|pe], tested the prototype.
On the way home I ran into [Benoit Achterberg|pe]. He still works for [Palisade|or].
You should read the blog of [Inés Quiroga|pe]; she explains [Rust|te] lifetimes well.
We keep the recipes in [Larder|pr], a small app that [Tobiah|pe] wrote for us.
The train stopped in [Bad Erlenau|pl] for an hour because of snow.
What did [Ottilie|pe] say about the offer from [Brightwater Labs|or]?
[Minato|te] is an editor with modal keys. I switched to it from [Vim|te].
The harvest failed, and the people of [Saint Corvin|pl] went hungry that winter.
I can't find the invoice. Did accounting send it?
Summer is too hot here. I would rather live by the sea.
Our old server died on Tuesday; the backups were fine.
A friend of mine runs marathons. He trains every day.
Tell me a joke about cats!
Reading List For The Holidays
I think the team needs a break. Everybody is exhausted.
"""

HELD_OUT_LAST = """
Could you remind me what [Philomena Strand|pe] said about the lease?
I grew up in [Tarnbeck|pl], and my parents still run the pub there.
We replaced [Quorumdb|te] with [SQLite|te] and nobody noticed.
[Ptolemy Marsh|pe] is the new head of design at [Greenlock|or].
The [Osprey|pr] deadline moved to June because [Ottmar|pe] is on leave.
[Feldspar|te] can't read our config files. Has anybody got a fix?
My brother-in-law [Casimir|pe] sells insurance for [Northgate Mutual|or].
Last summer we rented a house near [Pont-Aubert|pl] with [Maeve|pe] and her children.
[Drystone Robotics|or] laid off half its staff, [Ingvild|pe] among them.
For the thesis I need to finish [Glasswing|pr], my parser for medical texts.
[Bettina|pe] hates flying, so she took the train to [Vimeria|pl].
Please forward this to [Mr. Calloway|pe].
The docs of [Hopperline|te] are awful.
I signed the contract with [Mistral Lane|or] today!
[Tove|pe] and [Anselm|pe] are getting divorced.
Is there a direct bus from [Ellerby|pl] to [Stonehaven|pl]?
Our pipeline is written in [Go|te] and deployed with [Slipway|te].
[Wystan|pe] beat me at chess again.
The doctor, a Mrs. [Ferrant|pe], was very kind.
I got an email from [Pinnacle Hosting|or]: the price goes up in March.
We named the app [Dovecote|pr].
[Lucinda Farrow|pe]'s talk about [Kubernetes|te] was the best of the day.
The keys are with [Gus|pe], who lives next door.
I've worked at [Holloway & Finch|or] since 2015.
"""
