"""Made-up sentences with what they state; the rules were tuned on them.

A sentence, then ``=> kind | about | attribute | value | flags``. ``/`` stands between kinds that are
both right, ``*`` is anything; flags are ``negated``, ``ended``, ``exclusive``, ``worked`` and
``failed``, and one that is not named is not there. The sentences of ``NOTHING`` state nothing that is
worth keeping, for the reason above them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from memory.records import Statement, Why


@dataclass(frozen=True, slots=True)
class Case:
    text: str
    kinds: frozenset[str]
    about: str
    attribute: str
    value: str
    flags: frozenset[str]

    def is_met_by(self, found: Statement) -> bool:
        """Whether the statement is what the case expects; ``exclusive`` follows the attribute."""
        flags = flags_of(found) - (set() if self.attribute != "*" else {"exclusive"})
        named = (self.about, self.attribute, self.value)
        said = (found.about, found.attribute, found.value)
        fits = all(want in ("*", got) for want, got in zip(named, said, strict=True))
        return fits and found.kind in self.kinds and flags == self.flags


def flags_of(found: Statement) -> frozenset[str]:
    worked = {True: ["worked"], False: ["failed"], None: []}[found.worked]
    held = [name for name in ("negated", "ended", "exclusive") if getattr(found, name)]
    return frozenset([*worked, *held])


def cases(table: str) -> Iterator[Case]:
    for line in table.strip().splitlines():
        text, _, expected = line.strip().partition(" => ")
        parts = [part.strip() for part in expected.split("|")]
        kinds, about, attribute, value, *flags = parts
        yield Case(
            text,
            frozenset(kinds.split("/")),
            about,
            attribute,
            value,
            frozenset(" ".join(flags).split()),
        )


def lines(table: str) -> list[str]:
    return [line.strip() for line in table.strip().splitlines()]


FOUND = """
    I live in Berlin. => fact | | location | Berlin | exclusive
    I'm based in Porto these days. => fact | | location | Porto | exclusive
    My sister lives in Oslo. => fact | sister | location | Oslo | exclusive
    My brother Karim works for the railway. => fact | Karim | employer | the railway | exclusive
    I work at Zalando as a data engineer. => fact | | employer | Zalando | exclusive
    I'm a nurse at the children's hospital. => fact | | role | nurse | exclusive
    I am a retired bus driver. => fact | | role | retired bus driver | exclusive
    My name is Wanjiru. => fact | | name | Wanjiru | exclusive
    Call me Max. => preference | | name | Max | exclusive
    I'm 42 years old. => fact | | age | 42 | exclusive
    My son is nine. => fact | son | age | nine | exclusive
    I'm from Ghana. => fact | | origin | Ghana | exclusive
    My birthday is on 3 May. => fact | | birthday | 3 May | exclusive
    I'm allergic to peanuts. => fact | | allergy | peanuts
    I have asthma. => fact | | has | asthma
    I have two cats and a dog. => fact | | has | two cats and a dog
    My daughter plays the cello. => fact | daughter | plays | the cello
    I speak French and Wolof. => fact | | speaks | French and Wolof
    I've been married for thirty years. => fact | | * | *
    I'm vegetarian. => fact | | * | vegetarian
    I'm learning Rust. => fact | | learns | Rust
    I'm studying law at Ghent. => fact | | studies | law
    I use Vim for everything. => fact | | uses | Vim
    We deploy to AWS with Terraform. => fact | | * | *
    We don't use Redis. => fact | | uses | Redis | negated
    We don't use MySQL any more. => fact | | uses | MySQL | ended
    I no longer work at Siemens. => fact | | employer | Siemens | ended exclusive
    I stopped drinking coffee. => fact | | drinks | coffee | ended
    I quit my job at the bakery. => episode | | * | my job at the bakery | ended
    I used to play handball. => fact | | plays | handball | ended
    I drive a Skoda. => fact | | drives | a Skoda
    My wife is a midwife. => fact | wife | role | midwife | exclusive
    Maya manages the payments team. => fact | Maya | manages | the payments team
    Tom is our product manager. => fact | Tom | role | product manager | exclusive
    Our API runs on port 8080. => fact | API | port | 8080 | exclusive
    The deadline of Apollo is 3 May. => fact | Apollo | deadline | 3 May | exclusive
    The deadline is now 10 May. => fact | | deadline | 10 May | exclusive
    Apollo's deadline is 3 May. => fact | Apollo | deadline | 3 May | exclusive
    The customer uses PostgreSQL 14 with Django ORM. => fact | customer | uses | PostgreSQL 14
    Customer uses PostgreSQL 14 with Django ORM. => fact | customer | uses | PostgreSQL 14
    Customer prefers AWS over Google Cloud for deployment. => preference | customer | prefers | AWS
    User prefers concise code examples with comments. => preference | | prefers | concise code examples with comments
    The user is based in Vienna. => fact | | location | Vienna | exclusive
    The staging server is in Frankfurt. => fact | staging server | location | Frankfurt | exclusive
    Our office is in Leeds. => fact | office | location | Leeds | exclusive
    My bike is a blue Brompton. => fact | bike | is | a blue Brompton | exclusive
    The wifi password expires every Monday. => fact | wifi password | * | *
    Our standup is at 9:30. => fact | standup | time | 9:30 | exclusive
    My doctor's name is Dr. Okafor. => fact | doctor | name | Dr. Okafor | exclusive
    My dog is called Biscuit. => fact | dog | name | Biscuit | exclusive
    We have a meeting with the auditors every Thursday. => fact | | has | *
    I go swimming every morning. => fact | | * | *
    I prefer concise examples with comments. => preference | | prefers | concise examples with comments
    I prefer tea over coffee. => preference | | prefers | tea
    I like dark chocolate. => preference | | likes | dark chocolate
    I really love long train rides. => preference | | likes | long train rides
    I don't like coriander. => preference | | likes | coriander | negated
    I hate coriander. => preference | | likes | coriander | negated
    I can't stand loud music. => preference | | likes | loud music | negated
    I'd rather have short answers. => preference | | prefers | short answers
    My favourite editor is Helix. => preference | | favourite editor | Helix | exclusive
    Helix is my favourite editor. => preference | | favourite editor | Helix | exclusive
    My favorite food is ramen. => preference | | favourite food | ramen | exclusive
    Always answer in French. => preference | | answers | in French
    Please always use metric units. => preference | | * | *
    Never use semicolons. => preference | | * | semicolons | negated
    Don't ever call me after nine. => preference | | * | * | negated
    From now on keep your answers short. => preference | | * | *
    Stop using emojis. => preference | | * | emojis | negated
    I want you to always show the full command. => preference | | * | *
    User wants cost-effective solutions, mentioned budget constraints. => preference | | * | *
    My husband loves opera. => preference | husband | likes | opera
    I avoid dairy. => preference | | * | dairy
    I enjoy baking bread at the weekend. => preference | | likes | *
    We decided to use Postgres. => decision | | * | *
    I've settled on Hetzner for hosting. => decision | | * | Hetzner for hosting
    Let's go with the blue tiles. => decision | | * | the blue tiles
    We agreed to ship every second Friday. => decision | | * | *
    We decided against a monorepo. => decision | | * | a monorepo | negated
    We are going to migrate to Kubernetes next month. => decision/commitment | | * | *
    I've chosen the flat in Calle Mayor. => decision | | * | *
    Our decision is to keep the old car. => decision | | * | *
    I've decided that we will homeschool the twins. => decision | | * | *
    I'll send the report by Friday. => commitment | | * | send the report by Friday
    I promised Lena to water her plants. => commitment | | * | *
    I have to renew my passport in May. => commitment | | * | renew my passport in May
    I need to call the dentist tomorrow. => commitment | | * | *
    I must submit the tax return before 31 July. => commitment | | * | *
    We're meeting the architect on Tuesday. => commitment/episode | | * | *
    My appointment with the cardiologist is on 12 June. => fact | appointment with the cardiologist | time | 12 June | exclusive
    Remind me to pick up the parcel at six. => commitment | | * | pick up the parcel at six
    Don't forget that the school closes at noon on Fridays. => fact | * | * | *
    I think tabs are better than spaces. => opinion | | tabs | better than spaces
    I don't think pair programming works for us. => opinion | | * | * | negated
    In my opinion the new logo looks cheap. => opinion | | * | *
    I find Go easier to read than Rust. => opinion | | Go | easier to read than Rust
    The timeout was caused by a slow query; raising the pool size fixed it. => solution | | * | * | worked
    Fixed the login bug by clearing the cache. => solution | | * | * | worked
    Debugging session: login timeout issues resolved by increasing session timeout. => solution | | * | * | worked
    Resolved memory leak in Django application by optimizing the queries. => solution | | * | * | worked
    Restarting the server didn't help. => solution | | * | * | failed
    I solved the flickering by turning off vsync. => solution | | * | * | worked
    The problem was a missing comma in the config. => solution | | * | *
    It turned out that the battery was loose. => solution | | * | *
    The crash went away after I updated the driver. => solution | | * | * | worked
    To deploy, first run the tests, then build the image and finally push it. => procedure | * | deploy | *
    Whenever the disk is full, delete the old logs. => procedure | * | * | *
    First I soak the beans overnight, then I boil them for an hour. => procedure | * | * | *
    Lena visited me yesterday. => episode | Lena | visit | visited me yesterday
    Yesterday I met Jana at the conference. => episode | | * | *
    We moved to Munich two weeks ago. => episode | | location | Munich | exclusive
    i moved to munich => episode | | location | munich | exclusive
    I moved to Wuppertal. => episode | | location | Wuppertal | exclusive
    I moved to a village near Lyon. => episode | | location | a village | exclusive
    Our office is at [ADDRESS_1]. => fact | office | location | [ADDRESS_1] | exclusive
    I'm not kidding, I live in Berlin. => fact | | location | Berlin | exclusive
    I moved to [ADDRESS_1]. => episode | | location | [ADDRESS_1] | exclusive
    We moved to microservices. => episode | | move | *
    I moved to a bigger desk. => episode | | move | *
    I moved to the new team at work. => episode | | move | *
    I moved to Google last year. => episode | | move | *
    The deadline has been moved to 15 July. => fact | | deadline | 15 July | exclusive
    The deadline moved to Friday. => fact | | deadline | Friday | exclusive
    Our meeting got moved to next Tuesday. => fact | meeting | time | next Tuesday | exclusive
    The meeting has been moved to Room 4. => episode | meeting | location | Room 4 | exclusive
    The team has moved to Munich. => episode | team | location | Munich | exclusive
    The deadline isn't Friday, it's Monday. => fact | | deadline | Monday | exclusive
    My name isn't Peter, it's Petra. => fact | | name | Petra | exclusive
    My name is not Peter but Petra. => fact | | name | Petra | exclusive
    My name isn't Peter. => fact | | name | Peter | negated exclusive
    I started a new job at Lidl last Monday. => episode | | * | *
    In 1998 we got married in Naples. => episode | | marry | married in Naples
    I got married in May. => episode | | status | married | exclusive
    My sister got divorced in May. => episode | sister | status | divorced | exclusive
    I turned 35 yesterday. => episode | | age | 35 | exclusive
    My son just turned nine. => episode | son | age | nine | exclusive
    I got divorced. => episode | | status | divorced | exclusive
    I started at Chapter Three on Monday. => episode | | start | *
    I turned 30 in 2019. => episode | | turn | *
    I started at SAP last week. => episode | | employer | SAP | exclusive
    My sister Lena started at Lidl on Monday. => episode | Lena | employer | Lidl | exclusive
    Our meeting started at Google on Monday. => episode | meeting | start | *
    I started at Oxford last week. => episode | | start | *
    I started at Ghent University last week. => episode | | start | *
    I got a new job: I'm now at SAP. => fact | | employer | SAP | exclusive
    I got a new job, I'm at SAP now. => fact | | employer | SAP | exclusive
    My mother died in March. => episode | mother | * | *
    Last night the heating broke down. => episode | * | * | *
    I was born in Lagos in 1980. => episode/fact | | * | *
    We switched from MySQL to Postgres. => decision/episode/fact | | uses | Postgres
    We moved from MySQL to PostgreSQL. => episode | | uses | PostgreSQL
    We migrated the shop from MySQL to PostgreSQL. => episode | | uses | PostgreSQL
    We moved from Leeds to York. => episode | | location | York | exclusive
    We upgraded from PostgreSQL 14 to PostgreSQL 16. => episode | | uses | PostgreSQL 16
    We've upgraded from Python 3.11 to Python 3.12. => episode | | uses | Python 3.12
    We upgraded to PostgreSQL 16. => episode | | uses | PostgreSQL 16
    We upgraded the database to PostgreSQL 16 yesterday. => episode | | uses | PostgreSQL 16
    I upgraded my laptop to Ubuntu 24.04. => episode | | uses | Ubuntu 24.04
    We downgraded to Node 18. => episode | | uses | Node 18
    Our cluster was upgraded to PostgreSQL 16. => episode | cluster | uses | PostgreSQL 16
    The invoice number of the boiler is 4711. => fact | boiler | invoice number | 4711 | exclusive
"""

NOTHING: Mapping[Why, str] = {
    Why.QUESTION: """
        Which database do I use?
        Do you know my sister's name?
        How do I get to the station from here?
        What do you think about tabs and spaces?
        I live in Berlin, right?
        Is it true that I hate coriander?
        Can I eat peanuts with an allergy?
        Any idea why the build fails?
        I wonder whether Postgres would be faster.
        I was wondering if you could tell me where my keys are.
        You remember where I work?
    """,
    Why.REQUEST: """
        Imagine we live on Mars.
        Write me a poem about Berlin.
        Please translate this letter into Polish.
        Help me debug this function.
        Give me three ideas for a birthday present.
        Can you explain how hooks work?
        Show me the second version again.
        I need you to write a cover letter.
        I'd like you to summarise the article.
        I need help with my taxes.
        I want a table with two columns.
        Now make it shorter.
        Use a list here.
        Try again with fewer words.
        Let's talk about my holiday.
        Let's start.
        Look at line 40.
        Add a docstring to the class.
        I'm looking for a good pizza recipe.
    """,
    Why.SMALL_TALK: """
        Kind regards,
        Hi there!
        Good morning, how are you?
        Thanks a lot, that helps.
        Wow, great!
        Oh my god.
        Ok, sounds good.
        Haha, nice one.
        What a mess!
        See you tomorrow.
        Happy birthday!
        I see.
        I understand.
        I'm sorry.
        You're right.
        I guess so.
        I don't know.
        I have no idea.
        Nice to meet you.
        I appreciate it.
    """,
    Why.QUOTATION: """
        He said "I live in Paris".
        “We never use Redis,” the consultant said.
        > I use Emacs for everything
        ```I like turtles```
        She told me that she hates coriander.
        Jana said she was moving to Rome.
        According to the manual the server runs on port 80.
        The sign reads "I am a doctor".
    """,
    Why.HYPOTHETICAL: """
        If I used Redis, I would need another server.
        I might move to Lisbon.
        I would buy a house by the sea.
        Suppose I work at Google.
        I wish I lived closer to my parents.
        Maybe I'll learn Spanish.
        Perhaps we use too many libraries.
        I could switch to Vim.
        I may have left my keys at work.
        Let's say I have two accounts.
        I'm thinking about buying a boat.
        I hope we get the flat.
        Unless we use a cache it is slow.
        We should probably use Kafka.
        I'm considering a new job.
        I was going to call her.
        I almost moved to Prague.
        We nearly moved to Rome.
        We have almost moved to Leeds.
        I live on Mars, just kidding.
    """,
    Why.ANOTHERS_VIEW: """
        My boss thinks MySQL is better.
        My neighbour believes the earth is flat.
        People say that Rust is hard to learn.
        Lena finds Go ugly.
        They want us to use Oracle.
        My mother thinks I work too much.
        Some people prefer tabs.
        Everyone loves the new logo.
    """,
    Why.PASSING: """
        The moon is far away.
        The sun rises in the east.
        I think it is fine.
        I'm tired.
        I'm getting an error.
        I'm having lunch.
        I'm stuck.
        I'm at the station.
        I'm back.
        I'm at Gate B5 now.
        I'm now at SAP.
        I'm on my way home.
        My head hurts today.
        The build fails.
        My phone is ringing.
        I just ran the tests.
        I have a headache.
        I have a question.
        I have a problem with my printer.
        I'm trying to install Docker.
        I'm writing an email to my landlord.
        The server is down.
        I can't log in.
        I got a strange message.
        I am not sure about that.
        We're waiting for the bus.
        I'm running the script now.
        My coffee is cold.
        We upgraded to the premium plan.
        We upgraded our seats from economy to business.
        We upgraded Hetzner to 16 cores.
        I updated the report to 16 pages.
        We are upgrading to PostgreSQL 16.
        We haven't upgraded to PostgreSQL 16 yet.
        We have not upgraded PostgreSQL to 16.
    """,
    Why.VAGUE: """
        Tuesday, 3 May
        asdf qwer uiop
        Redis stores data in memory.
        It is raining.
        It is nice.
        That was good.
        They did it.
        This works.
        I like it.
        I did that.
        We have them.
        Something is wrong.
        There are many things.
        He lives there.
        I use it.
        It runs on port 80.
        She works at the bank.
        I love that.
        I did it yesterday.
        Nothing helps.
    """,
    Why.WORLD: """
        Python is a programming language.
        Paris is the capital of France.
        Dogs are loyal animals.
        Docker was released in 2013.
        Many programmers use Vim.
        Berlin has three million inhabitants.
        Postgres supports JSON columns.
        A hash map uses buckets.
        Children need sleep.
    """,
    Why.ASSISTANT: """
        You are a helpful assistant.
        You made a mistake in line three.
        Your answer was too long.
        You forgot the second question.
        Your code doesn't compile.
        You don't understand me.
    """,
    Why.NOT_ENGLISH: """
        Ich wohne in Berlin und benutze Vim.
        J'habite à Paris depuis deux ans.
        for i in range(10): print(i)
        TypeError: unsupported operand type(s) for +: 'int' and 'str'
        SELECT * FROM users WHERE name = 'Ann';
        npm install --save-dev typescript
        $ git commit -m "I use tabs"
        https://example.org/i-live-in-berlin
        Vivo en Madrid y trabajo en un banco.
        2024-05-01 12:00:03 ERROR connection refused
        return self.name
        Groceries
    """,
}
