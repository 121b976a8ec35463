"""Sentences with the names in them marked, and sentences that only tempt to find one.

A mark is ``[name|type]``, the type by its first two letters. Concepts have a table of their own.
"""

import re

from memory.records import EntityType

_MARK = re.compile(r"\[([^|\]]{1,60})\|([a-z]{2})\]")
_TYPES = {type_.value[:2]: type_ for type_ in EntityType}
Named = tuple[str, EntityType]


def read(line: str) -> tuple[str, list[Named]]:
    """The text without its marks, and what they mark, each once, in order."""
    named = [(found[1], _TYPES[found[2]]) for found in _MARK.finditer(line)]
    return _MARK.sub(r"\1", line), list(dict.fromkeys(named))


def lines(listing: str) -> list[str]:
    return [line for line in map(str.strip, listing.splitlines()) if line]


NAMED = """
The project is called [Phoenix|pr].
[Falcon|pr] is written in [Go|te].
[Signe|pe] fixed a crash in [Falcon|pr].
I know [Vexa|pe].
My cousin [Arvid|pe] lives in [Brackenfell|pl] and works at [Moorhen Analytics|or].
[Ansel Ruddock|pe] told me to wait.
We moved from [Tesserdb|te] to [Kelpdb|te] because [Ansel Ruddock|pe] recommended it.
Lunch with [Ysolde|pe] was fun; she reports to [Gregor|pe] now.
[Quillon|te] is a database. We use [Quillon|te] for logs.
[Marit|pe] and [Sören|pe] fixed the deployment.
The [Heronry|pr] project is two weeks late.
I'm on Project [Saltmarsh|pr] until June.
We are building an app called [Tallyho|pr].
[Fennimore Inc|or] wants a demo on Friday.
Our biggest customer, [Ostrich Bakery|or], cancelled the contract.
A startup called [Lumenary|or] offered me a job.
[Beatrix Oyelaran|pe] joined [Cinderpath|or] as a designer.
I have an interview at [Cinderpath|or] tomorrow.
[Wexley|or]'s API is down again.
[Wexley|or]'s pricing went up.
Next week we fly to [Lindesfar|pl].
She was born in [Upper Tarrock|pl] and grew up near [Ganmouth|pl].
The weather in [Ganmouth|pl] is awful.
[Dr. Osei|pe] said the results are fine.
I asked [Mrs. Tamblyn|pe] for the recipe.
[Captain Ferreira|pe] retired last year.
[Peregrin|pe], my neighbour, found the cat.
My friend [Oluchi Brand|pe] wrote a book.
My boss is called [Hedda|pe].
Our daughter is called [Mila|pe].
My favourite singer is [Adele|pe].
My favourite hall is [Blockwerk|pl].
Our favourite climbing gym is called [Blockwerk|pl].
Our dog likes [Anna|pe].
We have a cat, and [Tomasz|pe] feeds it.
[Ansel Ruddock|pe] is the owner of our dog.
The logs are stored in [Ferrodb|te] 3.
We upgraded to [Ferrodb|te] 3.2 and everything broke.
The backend is written in [Rust|te] and runs on [Podwell|te].
I prefer [Mistlint|te] over [ESLint|te].
[Barnacle|te] is a library for retries.
Has [Nadezhda|pe] reviewed the migration?
Did [Tomasz|pe] merge it?
[Ludo|pe] merged my branch yesterday.
We deploy everything with [Gantrykit|te].
The [Gantrykit|te] config is wrong.
I migrated the jobs from [Celery|te] to [Rookqueue|te].
[Alderney Bank|or] refused the loan.
The [University of Castervale|or] published the data.
I studied at [Castervale University|or].
[Rosalind|pe]'s birthday is in May.
[Idris Maddox|pe] introduced me to [Fleur|pe].
I met [Caoimhe|pe] and [Dashiell|pe] in [Lisbon|pl].
[Pilar Ibarrondo|pe], who runs the bakery, gave us bread.
We launched [Nightjar|pr] on Monday.
Work on [Nightjar|pr] starts next sprint.
The [Nightjar|pr] repo needs a licence.
Our side project [Mooncalf|pr] has ten users now.
[Hawthorn & Sons|or] repaired the roof.
I ordered the chairs from [Hawthorn & Sons|or].
[Sigrid|pe] drove us to [Kolbeinsvik|pl].
We spent a week in [Port Marrin|pl].
My parents live outside [Dunfallow|pl].
[Brixham Labs|or] hired [Anneliese Tork|pe].
[Edvard Solheim|pe] is the founder of [Tidewrack|or].
The founder of [Tidewrack|or] called me.
I talked to [Zuleika|pe] about the invoice.
Please email [Konstantin|pe] the notes.
[Aunt Perpetua|pe] sent a postcard from [Vellamo|pl].
[Emeka|pe] thinks the plan is too risky.
I gave [Saoirse|pe] my old laptop.
The talk by [Ignatius Wray|pe] was brilliant.
[Kestrelbase|te] crashes whenever the disk is full.
Is [Kestrelbase|te] faster than [SQLite|te]?
The [Kestrelbase|te] driver leaks connections.
We compared [Orbix|te] and [Kestrelbase|te].
[Quentin Abara|pe] from the data team wrote the importer.
[Wilhelmina|pe] won the race.
I play tennis with [Anatole|pe] on Sundays.
They moved to [Saint Orrin|pl] after the wedding.
The train to [Hexwater|pl] was late.
The [Corncrake|pr] app crashes on old phones.
We use [PostgreSQL|te] and [Redis|te] for [Corncrake|pr], our booking app.
My landlord, [Mr. Adeyinka|pe], raised the rent.
Developer [Hobbs|pe] reported a regression.
[Umber Health|or] is a client of ours.
The meeting with [Vantry|or] is on Monday. [Bob|pe] from [Vantry|or] said so.
Email [Kim|pe] at [Ardent|or] about the [Falcon|pr] launch.
[Oracle|or] got expensive.
I love [Italy|pl].
[Japan|pl] was great.
[Vienna|pl] is beautiful in the snow.
We miss [London|pl].
Has [Google|or] replied?
[Instagram|or] and [TikTok|or] bore me.
[Florence|pl] is a city in [Italy|pl].
I used to work with [Austin|pe] at [IBM|or].
"""
"""What is found, with its type."""

TEMPTING = """
Always answer me in bullet points.
Otherwise answer me in bullet points.
I fixed it by raising the heap size to 4 GB.
Do you know Vexatron?
Our dog is called Biscuit.
My cat is called Misty.
We have a dog called Biscuit.
My dog's name is Biscuit.
Our dog Biscuit is ill.
Our dog, Biscuit, is ill.
Biscuit is our dog.
Our old horse Copper lives in the field.
Have you heard of Mirelle?
The user wants a refund.
The customer complained about the app.
A developer told me it works.
The system is down.
The service was restarted.
The app needs an update.
Our platform team is hiring.
Hello there!
Hi, how are you today?
Good Morning!
Happy New Year
Merry Christmas and a Happy New Year!
See you on Monday.
It happened last December.
The meeting moved from Tuesday to Thursday.
I was born in April.
Weekly Status Report
Meeting Notes For Tuesday
Things To Do Before Friday
HELP ME PLEASE
THIS IS VERY URGENT
WHY DOES IT NOT WORK
I really HATE this.
Please do NOT delete it.
I am vegan and I love tea.
I'm Ready.
She said that he left.
They told us about it.
He works at a bank.
I live in a small town.
We flew to an island.
My sister is a nurse.
My brother lives in the north.
The doctor was kind.
Our teacher gave us homework.
I met an old friend.
Someone called you.
const Foo = new Bar(baz);
SELECT Name FROM Users WHERE Age > 3
import React_Thing from './Thing'
def Handler(Event): return Event.Name
<Button onClick={Handle}>Save</Button>
self.Client = Client()
Traceback (most recent call last): ValueError: bad input
See https://Example.org/Docs for more.
Thanks a lot!
Thank you so much, that was great.
Sorry for the late reply.
What is the capital of the country?
Can you explain recursion?
How do I sort a list?
Explain it like I'm five.
Summarise the following text.
Write a poem about the sea.
Translate this into German.
I speak English and Polish.
The Internet is slow today.
The CEO resigned.
Our CTO and the HR team agreed.
The API returns text over HTTPS.
The PDF is on the USB stick.
Yes. No. Maybe.
Okay, great, thanks.
First, boil the water.
Step 2: Add the eggs.
1. Preheat the oven
Breakfast was late and lunch was cold.
Coffee is better than tea.
Running is good for you.
Deploying on Friday is a bad idea.
Testing takes too long.
Remember that I prefer short answers.
I don't like mushrooms.
Nobody knows why.
Everything is broken.
It was raining, so we stayed at home.
The movie was boring.
My cat is five years old.
We had pizza for dinner.
Chapter 3 was hard.
Version 2 is out.
The deadline is in March.
I bought a new phone.
Books are cheaper online.
Kids love it.
My uncle sold his boat.
The neighbours are noisy again.
An engineer from the other team helped us.
The manager approved my holiday.
Our client is unhappy with the delay.
The company went bankrupt.
We need a new supplier for paper.
I joined a gym last week.
She works for a hospital.
The project is on hold.
We shipped the release on Friday.
The website is slow in the evening.
The platform has too many features.
I use a text editor for everything.
The framework is hard to learn.
I prefer tabs over spaces.
What's the difference between a list and a tuple?
Could you review my code?
Let's meet at noon in the park.
I drove to the airport at five.
We went to the beach in July.
The village was quiet.
My flat is near the station.
Winter in the mountains is beautiful.
PLEASE ANSWER
OMG THIS IS GREAT
TODO: buy milk
Note: the office is closed.
Dear Sir or Madam,
Kind regards
P.S. Bring snacks.
Happy Birthday!
"""
"""Where no person, company, project, tool or place is found."""

PROSE = """
Morning stand-up: [Ondine|pe] is still blocked by the flaky tests, and [Bertolt Achebe|pe] will \
pair with her after lunch.
I've been reading about [Whistlejack|te], a small web framework that competes with [Flask|te].
Our landlord sold the house to a couple from [Greyhaven|pl], so we have to move to [Tollmere|pl] \
in the spring.
When [Solveig|pe] visited us in [Copenhagen|pl], she brought a cheese from her village, \
[Undervik|pl].
The contract with [Hallowell Freight|or] ends in May. [Gideon Prow|pe] wants to renew it.
[Petronella|pe] quit her job at [Orchard Street Media|or] and now freelances for [Bellwether|or].
I finished [Ravelin|pr] yesterday! It's an app that tracks my reading.
Does [Sprocketdb|te] have a [Python|te] client?
My grandmother [Eulalia|pe] turned ninety, and everyone came to [Casterly Bridge|pl] for the party.
[Jasper Nkemelu|pe], the new CTO of [Vantry|or], promised to open the [Skylark|pr] codebase.
Can you book two tickets to [Ardenport|pl] for me and [Imogen|pe]?
The [Coldharbour|pr] rollout is done, thanks to [Wojtek|pe].
[Halberd Insurance|or] rejected my claim, so [Lavinia|pe] is going to write to them.
Our monitoring is built on [Tellux|te] and [Prometheus|te].
After [Kelechi|pe] left [Stonebridge Partners|or], the team fell apart.
I want to thank [Benedikt Straub|pe] for the introduction to [Pallas Ventures|or].
The old service used [Hearthdb|te]; since the rewrite it uses [MySQL|te] 8.
We stayed in a cabin near [Lake Ysmere|pl] with [Domhnall|pe] and his kids.
[Frostline|te] is slow on old laptops, but [Ingeborg|pe] found a workaround.
He bought the bike from [Wheelhouse & Co|or], a shop in [Brackwater|pl].
My daughter [Noor|pe] starts school in [Fenwick Hollow|pl] next week.
[Zephyr Motors|or] announced a recall yesterday.
I'm learning [Kotlin|te] because the [Sandpiper|pr] app is written in it.
[Thandiwe|pe] and [Piotr|pe] disagree about the roadmap for [Project Longship|pr].
[Professor Lindgren|pe] gave a lecture on glaciers at the [University of Norrholm|or].
The printer at [Quayside Dental|or] is broken again, says [Mavis|pe].
We benchmarked [Larkspur|te] against [DuckDB|te] and [Larkspur|te] won.
I think [Rufina|pe] lives somewhere around [Monte Calvo|pl].
[Everard|pe] sent the draft to [Xiomara Delacroix|pe] at [Nettleship Press|or].
Install [Cobblekit|te] first, then run the tests.
[Ulla|pe]'s husband works as a nurse in [Hammerstad|pl].
"Don't trust him," [Ambrose|pe] whispered.
The [Marlinspike|te] docs say that version 3 drops support for plugins.
[Tansy|pe] is my sister-in-law; she is moving to [Wolverstone|pl].
I paid [Abernethy Plumbing|or] 300 euros to fix the sink.
[Osgood|pe] will present the [Merlin|pr] roadmap to the board on Thursday.
We host the site on [Cumulo|te] because [AWS|te] got too expensive.
The email from [Clementine Faraday|pe] mentions a delay at the port of [Sundhaven|pl].
Ever since [Radomir|pe] switched to [Emacs|te], he talks about nothing else.
[Birgitta Holm|pe] runs a bakery called [Crumb & Rye|or].
Please add [Fergus|pe] to the [Kittiwake|pr] channel.
[Aurelio|pe] proposed to [Delphine|pe] in [Venice|pl]!
[Gannetsoft|or] acquired [Pinemarten|or] last autumn.
The backend team chose [Tidepool|te] over [MongoDB|te].
"""
"""Longer ones, as people write them."""

RELATED = """
Smith reported the bug. | Smith - reported - bug
Smith reported a bug in the authentication system. | Smith - reported - bug
John from the team fixed the timeout error. | John - fixed - error; John - fixed - timeout
The bug was fixed by John. | John - fixed - bug
The outage was reported by Anna and Tom. | Anna - reported - outage; Tom - reported - outage
Smith, who reported the bug, lives in Oslo. | Smith - reported - bug; Smith - lives in - Oslo
The bug that Smith reported was fixed by John. | Smith - reported - bug; John - fixed - bug
The error reported by Anna came back. | Anna - reported - error
My sister Lena lives in Oslo. | Lena - lives in - Oslo
Lena lives in Oslo and works at Siemens. | Lena - lives in - Oslo; Lena - works at - Siemens
Anna met Tom and Lena in Berlin. | Anna - met - Tom; Anna - met - Lena
Henrik moved to Berlin. | Henrik - moved to - Berlin
Henrik moved Project Atlas to PostgreSQL 14. | Henrik - moved - Atlas
Tom married Lena last summer. | Tom - married - Lena
Lena is married to Tom. | Lena - is married to - Tom
Tom reports to Anna. | Tom - reports to - Anna
Anna joined Brixham Labs. | Anna - joined - Brixham Labs
Brixham Labs hired Anna. | Brixham Labs - hired - Anna
Anna was hired by Brixham Labs. | Brixham Labs - hired - Anna
Moorhen Analytics acquired Brixham Labs. | Moorhen Analytics - acquired - Brixham Labs
Anna works for Moorhen Analytics. | Anna - works for - Moorhen Analytics
Tom is from Oslo. | Tom - is from - Oslo
Tom is the CEO of Siemens. | Tom - is CEO of - Siemens
Henrik is the brother of Anna. | Henrik - is brother of - Anna
Tom set up Redis. | Tom - set up - Redis
Tom switched to Emacs. | Tom - switched to - Emacs
Tom is using Redis. | Tom - is using - Redis
Anna has reviewed the migration. | Anna - reviewed - migration
We shipped Smith's bug fix on Monday. | Smith - fixed - bug
The Heronry app uses Redis. | Heronry - uses - Redis
Heronry runs on PostgreSQL. | Heronry - runs on - PostgreSQL
Redis caused the outage. | Redis - caused - outage
Yesterday Anna called Tom. | Anna - called - Tom
Anna quickly fixed the bug and called Tom. | Anna - fixed - bug; Anna - called - Tom
Anna said that Tom fixed the bug. | Tom - fixed - bug
Anna asked Tom to call Lena. | Anna - asked - Tom
Tom, my boss, hired Anna. | Tom - hired - Anna
Anna, Tom and Lena visited Oslo. | Anna - visited - Oslo; Tom - visited - Oslo; \
Lena - visited - Oslo
Dr. Okafor examined Lena. | Okafor - examined - Lena
Anna and I fixed the bug. | Anna - fixed - bug
Tom does not work at Siemens. | not: Tom - does not work at - Siemens
Tom didn't fix the bug. | not: Tom - did not fix - bug
Tom never met Anna. | not: Tom - did not meet - Anna
The bug was not fixed by Tom. | not: Tom - did not fix - bug
Tom is not the CEO of Siemens. | not: Tom - is not CEO of - Siemens
Did Tom fix the bug? |
Who fixed the bug? |
If Tom fixes the bug, Anna will call Lena. |
Unless Tom calls Anna, we wait. |
Tom would fix the bug. |
Tom should call Anna. |
Tom will visit Anna in Oslo. |
Tom may have met Anna. |
Tom wants to fix the bug. |
Tom forgot to call Anna. |
Maybe Tom fixed the bug. |
I think Tom fixed the bug. |
I hope that Anna met Tom. |
Call Anna about the bug. |
I met Tom in Oslo. |
Tom and Anna are here. |
The bug is old. |
"""
"""What is stated between entities, as it is shown."""

CONCEPTS = """
The login bug is back. | login; bug (login)
There is an authentication bug in the app. | authentication; bug (authentication)
The checkout page error hit the server. | error (checkout page)
The timeout went away after the deployment. | timeout; deployment
We had two outages and a regression. | outage; regression
The app has performance issues. | performance; issue (performance)
The database has a memory leak. | leak (memory)
The theatre performance was wonderful. |
There is a leak in the roof. |
I bought the new issue of the magazine. |
She has a strong presence on stage. |
He bugs me with his questions. |
It was a test of my patience. |
The car crash was on the news. |
"""
"""The concepts of a sentence, each with its kind."""
