"""Which privacy class a text is of, and why (article, section 6; GDPR Art. 9)."""

import time

import pytest

from memory.records import Classification, ClassReason, DataClass, Label, Span
from memory.rules.classification import TOPICS, classify
from tests.benchmarks.classes import SETS, judged
from tests.rules.class_examples import CLASSES, HELD_OUT, HELD_OUT_LATER, TUNED, read
from tests.rules.test_patterns import EXPLODES, FLOOR_SECONDS, PIECES


def classified(marked: str) -> Classification:
    """The class of a text in which {curly brackets} mark a name that was found."""
    return classify(*read(marked))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("I was diagnosed with type 2 diabetes", ClassReason.HEALTH),
        ("my daughter is allergic to peanuts", ClassReason.HEALTH),
        ("I'm pregnant", ClassReason.HEALTH),
        ("I’m pregnant", ClassReason.HEALTH),
        ("my therapist says I should sleep more", ClassReason.HEALTH),
        ("I take sertraline every morning", ClassReason.HEALTH),
        ("I've been sober for two years", ClassReason.HEALTH),
        ("I'm HIV positive", ClassReason.HEALTH),
        ("my blood pressure is too high", ClassReason.HEALTH),
        ("I have ADHD", ClassReason.HEALTH),
        ("my wheelchair", ClassReason.HEALTH),
        ("remind me to take my insulin", ClassReason.HEALTH),
        ("should I take ibuprofen with my heart condition?", ClassReason.HEALTH),
        ("I am a practising Catholic", ClassReason.BELIEF),
        ("my husband keeps kosher", ClassReason.BELIEF),
        ("I pray five times a day", ClassReason.BELIEF),
        ("I voted for the Greens", ClassReason.POLITICS),
        ("I'm a member of the Social Democrats", ClassReason.POLITICS),
        ("I am gay", ClassReason.SEXUALITY),
        ("my son came out as trans", ClassReason.SEXUALITY),
        ("I belong to IG Metall", ClassReason.UNION),
        ("I belong to the teachers' union", ClassReason.UNION),
        ("my shop steward", ClassReason.UNION),
        ("I am Roma", ClassReason.ORIGIN),
        ("my parents are Kurdish", ClassReason.ORIGIN),
        ("I carry the BRCA1 mutation", ClassReason.BIOMETRIC),
        ("they took my fingerprints", ClassReason.BIOMETRIC),
    ],
)
def test_what_is_said_of_a_person_is_sensitive(text: str, reason: ClassReason) -> None:
    """Art. 9: the speaker, their people, or anybody who is named or pointed at."""
    assert classified(text) == Classification(DataClass.SENSITIVE, reason)


@pytest.mark.parametrize(
    "text",
    [
        "I'm not pregnant",
        "I don't have diabetes",
        "My mother has never had cancer",
        "I do not believe in God",
        "I no longer vote Labour, I voted for the Greens",
    ],
)
def test_a_denial_is_as_sensitive_as_the_claim(text: str) -> None:
    """That somebody does not have an illness is about their health."""
    assert classified(text).data_class is DataClass.SENSITIVE


@pytest.mark.parametrize(
    "text",
    [
        *("I believe the tests pass", "the server is healthy", "health check fails"),
        *("union type in TypeScript", "SQL UNION", "the party starts at eight"),
        *("conservative estimate", "a liberal use of comments", "virus scan"),
        *("the build is sick", "bleeding edge", "injection attack", "master/slave"),
        *("race condition", "gender of the noun", "orientation: landscape", "straight line"),
        *("I have faith in this release", "religiously follow the style guide"),
        *("my code is allergic to nulls", "Jenkins is depressed", "labour costs"),
        *("diet of the pig in my farm", "doctor's appointment for the dog", "Doctor Who"),
        *("Green Party poll numbers in this dataset", "cancer research data set"),
        *("the church near my house is a landmark", "blood type O in the test fixture"),
        *("face recognition API", "fingerprint of the TLS key", "hash fingerprints"),
        *("diabetes prediction model I train", "I work at a hospital as a developer"),
        *("Christmas party", "Merry Christmas", "is aspirin bad?", "I'm sick of YAML"),
    ],
)
def test_the_same_words_about_a_thing_are_not_sensitive(text: str) -> None:
    """A server, a data set, an animal or a figure of speech has no health and no belief."""
    assert classified(text).data_class is not DataClass.SENSITIVE


@pytest.mark.parametrize(
    "text",
    [
        *("I am German", "I was born in Turkey", "My wife has a Polish passport"),
        *("I'm a citizen of Kenya", "My parents come from Vietnam", "I speak Kurdish"),
    ],
)
def test_nationality_birthplace_and_language_are_no_ethnic_origin(text: str) -> None:
    """They are personal, as all that is said of oneself."""
    assert classified(text).data_class is DataClass.PERSONAL


@pytest.mark.parametrize(
    ("text", "sensitive"),
    [
        ("If I were ill, I would stay at home", False),
        ("Suppose she is pregnant", False),
        ("If I forget my insulin, I get dizzy", True),
        ("In my novel the heroine is pregnant", False),
        ("I read a novel while I was in hospital", True),
        ("If you have diabetes, eat less sugar", False),
        ("You told me that you have diabetes", True),
        ("Children with asthma should use a spacer", False),
        ("My child with asthma uses a spacer", True),
    ],
)
def test_thoughts_fiction_and_crowds_are_nobodys(text: str, sensitive: bool) -> None:
    """Unless the same sentence says it of somebody."""
    assert (classified(text).data_class is DataClass.SENSITIVE) is sensitive


@pytest.mark.parametrize(
    ("text", "sensitive"),
    [
        ("My mother is here. She had a stroke.", True),
        ("{Ann} called. She is pregnant.", True),
        ("My parents called. They have covid.", True),
        ("My dog is old. He has diabetes.", False),
        ("The servers are old. They have a stroke.", False),
        ("The build is green. I have ADHD.\nThe deploy is next.", True),
    ],
)
def test_who_is_meant_may_stand_in_the_sentence_before(text: str, sensitive: bool) -> None:
    """Each sentence is judged by itself, but for whom “she” and “they” stand for."""
    assert (classified(text).data_class is DataClass.SENSITIVE) is sensitive


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{Christian} is my boss", ClassReason.IDENTIFIES),
        ("My boss is {Christian}", ClassReason.IDENTIFIES),
        ("My boss is Christian", ClassReason.BELIEF),
        ("{Ann} has asthma", ClassReason.HEALTH),
        ("{Ann}'s depression is worse", ClassReason.HEALTH),
        ("{Jenkins} said that the build is sick", ClassReason.IDENTIFIES),
    ],
)
def test_a_name_is_a_person_and_no_word_of_a_topic(text: str, expected: ClassReason) -> None:
    """What was found to be a name is read as one."""
    assert classified(text).reason is expected


@pytest.mark.parametrize(
    "text",
    [
        *("Don't tell anyone that we move", "Don’t tell anybody", "This stays between us"),
        *("Between us: they merge", "This is under NDA", "I signed an NDA with them"),
        *("The deal is not public yet", "It has not been announced", "My salary is too low"),
        *("I earn 4,200 a month", "Off the record: she leaves", "The paper is under embargo"),
        *("Please keep this confidential", "Confidential: the plan", "Can you keep a secret?"),
        *("It is a secret that they merge", "She said it in confidence", "Top secret: a puppy"),
        *("Never share this with anybody", "Don't forward this outside the company"),
        *("Keep it under wraps", "It is strictly confidential", "confidential: {EMAIL:a@b.c}"),
    ],
)
def test_what_is_confided_is_confidential(text: str) -> None:
    """By its own words, whatever was found in it."""
    assert classified(text) == Classification(DataClass.CONFIDENTIAL, ClassReason.CONFIDED)


@pytest.mark.parametrize(
    "text",
    [
        *("a secret in Kubernetes", "It is a secret in Kubernetes", "confidential computing"),
        *("A secretary was hired", "the NDA template is in the repo", "The method is not public"),
        *("The difference between us-east-1 and eu-west-1", "The distance between us and them"),
        *("Don't share state between threads", "Don't tell the compiler to inline"),
        *("The salary column is a float", "Salary is a float", "a confidence interval"),
        *("The secret ingredient is nutmeg", "a record of what was off", "Don't tell me it broke"),
    ],
)
def test_techniques_and_settings_are_not_confided(text: str) -> None:
    """The word alone is no sign that a person confides something."""
    assert classified(text).data_class in (DataClass.INTERNAL, DataClass.PERSONAL)


@pytest.mark.parametrize(
    "text",
    [
        *("I like tea", "i like tea", "i'm late", "Our team is small", "It is for us", "Call me"),
        *("The bike is mine", "Mine is blue", "A friend of mine called", "MY KEYS", "So do I"),
    ],
)
def test_who_speaks_of_oneself_is_personal(text: str) -> None:
    """I, me, my, we and our, in whatever case."""
    spoken = Classification(DataClass.PERSONAL, ClassReason.SPEAKS_OF_ONESELF)
    assert classified(text) == spoken


@pytest.mark.parametrize(
    "text",
    [
        *("The mine in Wales is closed", "The US economy grows", "The I/O scheduler is slow"),
        *("World War I began in 1914", "Chapter I explains it", "for i in range(10): print(i)"),
        *("const i = items.length;", "Use `my_list = me.copy()` here", "```\nI am my own\n```"),
        *("us-east-1 is down", "The train leaves at noon", "PostgreSQL listens on port 5432"),
        *("", " \n", "🦄", "?"),
    ],
)
def test_what_nobody_says_of_oneself_is_internal(text: str) -> None:
    """A coal mine, a country, a number and a program's counter are nobody."""
    assert classified(text) == Classification(DataClass.INTERNAL, ClassReason.PLAIN)


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("According to the PostgreSQL documentation, autovacuum is on", True),
        ("RFC 9110 says that GET is safe", True),
        ("The release notes of Python 3.13 say that the REPL is new", True),
        ("Wikipedia: The Danube flows through ten countries", True),
        ("“Simple is better than complex” (https://peps.python.org/pep-0020/)", True),
        ("“The build is broken again today” (http://localhost:8080/job/12)", False),
        ("According to the internal Acme documentation, deploys stop at noon", False),
        ("According to the PostgreSQL documentation, did autovacuum change?", False),
        ("The documentation says so", False),
        ("RFC 9110 is long", False),
    ],
)
def test_what_names_its_public_source_is_public(text: str, public: bool) -> None:
    """When it is not sure, it is internal."""
    assert (classified(text).reason is ClassReason.PUBLIC_SOURCE) is public


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I have ADHD and the key is {SECRET:hunter2}", ClassReason.HEALTH),
        ("Don't tell anyone that I have ADHD", ClassReason.HEALTH),
        ("Between us: the key is {SECRET:hunter2}", ClassReason.SECRET),
        ("RFC 9110 says that {EMAIL:a@b.c} is an address", ClassReason.IDENTIFIES),
        ("My address is {EMAIL:a@b.c}", ClassReason.IDENTIFIES),
        ("We know that RFC 9110 says so", ClassReason.SPEAKS_OF_ONESELF),
    ],
)
def test_the_strictest_class_wins(text: str, expected: ClassReason) -> None:
    """Sensitive, confidential, personal, public, internal; each with its own reason."""
    assert classified(text) == Classification(CLASSES[expected], expected)


def test_spans_may_come_in_any_order() -> None:
    """Names are replaced from the left, wherever they stand in the list."""
    spans = [Span(8, 11, Label.NAME), Span(0, 3, Label.NAME)]

    assert classify("Ann and Bob have asthma", spans).reason is ClassReason.HEALTH


def test_every_topic_of_the_law_has_its_table() -> None:
    """And every reason that is decided here has examples in each set that asks for it."""
    sensitive = {why for why, kind in CLASSES.items() if kind is DataClass.SENSITIVE}

    assert {topic.reason for topic in TOPICS} == sensitive
    assert set(CLASSES) == set(ClassReason) - {ClassReason.CHOSEN}
    assert set(TUNED) == set(HELD_OUT) == set(CLASSES)


def test_no_example_stands_in_two_sets() -> None:
    """What was held out was not tuned on."""
    lines = [
        line
        for examples in (TUNED, HELD_OUT, HELD_OUT_LATER)
        for text in examples.values()
        for line in map(str.strip, text.splitlines())
        if line
    ]
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("name", SETS)
def test_sensitive_stays_precise(name: str) -> None:
    """A false alarm on every other message would be switched off: at least 0.97, recall 0.85."""
    found = list(judged(SETS[name]))
    wanted = [is_it.data_class is DataClass.SENSITIVE for _, is_it, _ in found]
    taken = [taken.data_class is DataClass.SENSITIVE for _, _, taken in found]
    hits = sum(map(bool.__and__, wanted, taken))

    assert hits / sum(taken) >= 0.97
    assert hits / sum(wanted) >= 0.85


HOSTILE = (
    *("I am ", "I have my the ", "my app has diabetes data. ", "My dog has asthma. He is sick. "),
    *("diabetes ", "pray ", "union of gay voted ", "the secret is ", "don't share ", "keep "),
    *("broke my ", "not been ", "under an an ", "According to A A ", "RFC 1", "of mine ", "“"),
)


@pytest.mark.parametrize("piece", [*PIECES, *HOSTILE])
@pytest.mark.parametrize("tail", ["", " diabetes gay union church voted black fingerprint nda"])
def test_no_text_takes_out_of_proportion(piece: str, tail: str) -> None:
    """Four times the text takes four times as long, not sixteen, with and without telling words."""
    short, long = (f"{(piece * size)[:size]}{tail}" for size in (8_000, 32_000))
    longer = least(long)
    if longer > FLOOR_SECONDS:
        assert longer < EXPLODES * max(least(short), FLOOR_SECONDS / 4)


def least(text: str) -> float:
    """Seconds of this thread's own work, the least of three times."""

    def once() -> float:
        started = time.thread_time()
        classify(text, ())
        return time.thread_time() - started

    return min(once() for _ in range(3))
