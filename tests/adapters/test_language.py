"""The language adapter with its real models: masks, sentences, mentions, the speaker's profile."""

import sys

import pytest

from memory.adapters.language import REMEMBERED, SpacyLanguage, _Finds
from memory.adapters.sentences import CHUNK, speakable
from memory.errors import LanguageUnavailable
from memory.records import EntityType, Label, Span


@pytest.fixture(scope="module")
def language() -> SpacyLanguage:
    loaded = SpacyLanguage()
    loaded.load()
    return loaded


def masked(language: SpacyLanguage, text: str) -> str:
    for span in reversed(language.personal_data(text)):
        text = f"{text[: span.start]}[{span.label}]{text[span.end :]}"
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'm Wanjiru and I paint", "I'm [NAME] and I paint"),
        ("Ask Kowalczyk about the invoice", "Ask [NAME] about the invoice"),
        ("lunch w/ Marcus & Dwayne", "lunch w/ [NAME] & [NAME]"),
        ("I spoke to Mary-Jane O'Sullivan", "I spoke to [NAME]"),
        ("Sent by Aleksandra Wójcik", "Sent by [NAME]"),
        ("please stop texting 612 345 678", "please stop texting [PHONE]"),
    ],
)
def test_personal_data_is_masked_whole(language: SpacyLanguage, text: str, expected: str) -> None:
    """The article's lines with the right result, whole names and whole numbers, and more."""
    assert masked(language, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I prefer Redis",
        "User prefers dark mode",
        "Good Morning! Great news today",
        "Ask Claude or Gemini or Llama to summarise",
        "Jenkins and Travis keep failing",
        "Ansible plus Vagrant plus Packer",
        "Use Dijkstra's algorithm with a Fibonacci heap",
        "The Turing machine is a model",
        "I'm Vegan",
        "I'm Senior Engineer",
        "Merry Christmas and Happy New Year",
        "Please review by Friday EOD",
        "Monte Carlo simulation on an RTX 4090",
        "SELECT name FROM users WHERE id = 12345678",
        "Upgrade to Python 3.12.1 on localhost:8080, see line 1042",
        "commit 0d1f2e3c4b5a69788796a5b4c3d2e1f001122334 broke Windows Server 2019",
        "ISBN 978-0-306-40615-7",
    ],
)
def test_clean_messages_stay_untouched(language: SpacyLanguage, text: str) -> None:
    """Technology, dates, versions, hashes and eponyms are nobody's personal data."""
    assert masked(language, text) == text


def test_a_find_says_which_rule_made_it(language: SpacyLanguage) -> None:
    """Every span has a label, a confidence from 0 to 1 and a rule; spans are in order."""
    spans = language.personal_data("Tell Mehmet: ann@post.example or 202-555-0143")
    assert [span.label for span in spans] == [Label.NAME, Label.EMAIL, Label.PHONE]
    assert all(0 < span.confidence <= 1 and span.rule for span in spans)


def test_personal_data_is_found_in_every_chunk_of_a_long_text(language: SpacyLanguage) -> None:
    """A text beyond one reading of the pipeline is read to its end, each find once."""
    text = "The weather was fine. " * (CHUNK // 15) + "Ask Kowalczyk, 202-555-0143."
    spans = language.personal_data(text)
    assert [text[span.start : span.end] for span in spans] == ["Kowalczyk", "202-555-0143"]


def test_sentences_end_at_full_stops_lines_and_bullets(language: SpacyLanguage) -> None:
    """Sentences are verbatim and stripped; an abbreviation ends none, a bullet is left out."""
    text = "I met Dr. Weiss. He knew me!\n\n- buy milk\n* call Ann\n1. Boil water\n  "
    assert language.sentences(text) == (
        "I met Dr. Weiss.",
        "He knew me!",
        "buy milk",
        "call Ann",
        "1. Boil water",
    )
    assert language.sentences(" \n ") == ()


def test_mentions_are_typed_and_leave_out_the_speaker(language: SpacyLanguage) -> None:
    """Technologies have their category; the person who speaks is no mention."""
    text = "I'm Maya. Henrik moved project Atlas to PostgreSQL 14 at Siemens in Berlin."
    mentions = language.read(text).mentions
    assert [(mention.name, mention.type) for mention in mentions] == [
        ("Henrik", EntityType.PERSON),
        ("Atlas", EntityType.PROJECT),
        ("PostgreSQL", EntityType.TECHNOLOGY),
        ("Siemens", EntityType.ORGANIZATION),
        ("Berlin", EntityType.PLACE),
    ]
    assert mentions[2].category == "database"
    assert mentions[2].attributes == {"version": "14"}


def test_mentions_come_once_and_in_order(language: SpacyLanguage) -> None:
    """The same thing named twice is one mention, where it came first."""
    mentions = language.read("Redis, then Kafka, then Redis again").mentions
    assert [mention.name for mention in mentions] == ["Redis", "Kafka"]


def test_the_grammar_of_every_sentence_points_into_its_text(language: SpacyLanguage) -> None:
    """Each word stands where it says; who does what can be read off."""
    text = "Hi there! Smith from accounting didn't report a bug yesterday."
    reading = language.read(text)
    assert [sentence.text for sentence in reading.parsed] == list(reading.sentences)
    for sentence in reading.parsed:
        for word in sentence.words:
            assert sentence.text[word.start : word.end] == word.text
    said = reading.parsed[-1]
    assert said.root is not None
    assert said.words[said.root].lemma == "report"
    [subject] = said.children(said.root, "nsubj")
    assert said.verbatim(said.subtree(subject)) == "Smith from accounting"
    assert said.verbatim(said.subtree(subject, "prep")) == "Smith"
    assert said.children(said.root, "neg")


def test_the_grammar_is_the_same_with_typographic_apostrophes(language: SpacyLanguage) -> None:
    """Telephones type them; the words stand as they were typed."""
    [straight] = language.read("I don't like coriander.").parsed
    [curly] = language.read("I don’t like coriander.").parsed
    assert [word.dep for word in curly.words] == [word.dep for word in straight.words]
    assert [word.text for word in curly.words][2] == "n’t"


def test_a_placeholder_is_one_word(language: SpacyLanguage) -> None:
    """Or a statement would be of “[”."""
    [sentence] = language.read("I moved to [ADDRESS_1], write to [EMAIL].").parsed
    assert {"[ADDRESS_1]", "[EMAIL]"} < {word.text for word in sentence.words}


def test_grammar_is_read_of_what_is_language(language: SpacyLanguage) -> None:
    """A sentence longer than any is kept as it is, without grammar."""
    [sentence] = language.read("word " * 500).parsed
    assert sentence.words == ()
    assert sentence.root is None


def test_of_another_language_only_technologies_are_named(language: SpacyLanguage) -> None:
    """A German noun has a capital as a name has one in English."""
    reading = language.read("Ich wohne jetzt in Hamburg und arbeite bei der Bahn mit PostgreSQL.")
    assert [mention.name for mention in reading.mentions] == ["PostgreSQL"]
    assert reading.relations == ()


def test_the_profile_needs_a_name_that_is_one(language: SpacyLanguage) -> None:
    """An introduction gives a name; a capitalised mood does not."""
    facts = language.read("Hi! I'm Wanjiru and I live in Nairobi. We use Redis.").profile
    assert [(fact.field, fact.value) for fact in facts] == [
        ("name", "Wanjiru"),
        ("location", "Nairobi"),
        ("database", "Redis"),
    ]
    assert language.read("I'm Ready. I'm Vegan.").profile == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "\x00\ud800",
        "(" * 5_000,
        "'" * 5_000,
        "1-1-" * 2_000,
        "a." * 4_000,
        "\u65e5" * 300,
    ],
)
def test_hostile_and_empty_texts_are_read_without_a_find(
    language: SpacyLanguage, text: str
) -> None:
    """Nothing in them is anybody's, and each reading returns."""
    assert language.personal_data(text) == ()
    assert language.read(text).mentions == ()
    assert language.read(text).profile == ()
    assert "".join(language.sentences(text)).strip() == "".join(text.split())


PROSE = "Last week Sarah moved the billing service to Berlin, and we had lunch by the river. "
MOST_TOKENS = 3
"""Times those of prose: what the pipeline takes goes by tokens, each of them a fifth of a
millisecond."""


@pytest.mark.parametrize(
    "piece",
    [
        *("Maria and ", "a\n", "a ", "1 ", "? ", "(", "'" * 199 + " ", "a/" * 99 + " ", "👨‍👩‍👧 "),
        *("abc" + "(" * 20, "abc" + "'" * 190, "abc,,", "abc d e ", "[ ", "e\u0301 ", "\u202ea "),
        *("<b>x</b>", "{'a': 1}, ", "| a | b |\n", "$x_1$ ", "- ", "A.B. ", "日。"),
    ],
)
def test_no_text_makes_many_more_tokens_than_prose(language: SpacyLanguage, piece: str) -> None:
    """Signs and single letters are a token each: where there is little else they are left out."""
    prose = speakable(language._nlp, (PROSE * 300)[:CHUNK])
    document = speakable(language._nlp, (piece * CHUNK)[:CHUNK])
    assert len(document.text) == CHUNK
    assert len(document) <= MOST_TOKENS * len(prose)


@pytest.mark.parametrize(
    "text",
    [
        "On 3.5.26 I paid 12 x 4,50 (= 54) to J. B. & Co., cf. p. 7 ff., see [1], [2], [3].",
        "def f(x): return {k: v for k, v in x.items() if k[0] != '_'}\n" * 20,
        "1, 2, 3, 4, 5, 6, 7, 8, 9. Then Sarah came. " * 10,
    ],
)
def test_ordinary_text_is_read_as_it_stands(language: SpacyLanguage, text: str) -> None:
    """Dates, sums, lists and code are dense and stay whole."""
    assert speakable(language._nlp, text).text == text


def test_a_name_within_signs_is_found_at_its_place(language: SpacyLanguage) -> None:
    """What is left out moves no offset."""
    text = "'" * 500 + " Ask Kowalczyk about the invoice " + "1 " * 500
    assert [text[s.start : s.end] for s in language.personal_data(text)] == ["Kowalczyk"]


def test_unprintable_noise_is_read(language: SpacyLanguage) -> None:
    """Every character below 0x250 beside every kind of neighbour, without a foreign error."""
    noise = "".join(f"{chr(n)}{chr(592 - n)} A{chr(n)}-. " for n in range(1, 592))
    reading = language.read(noise)

    assert all(0 <= span.start < span.end <= len(noise) for span in reading.spans)
    assert all(sentence in noise for sentence in reading.sentences)


def test_nothing_a_text_says_stays_in_the_pipeline(language: SpacyLanguage) -> None:
    """The vocabulary forgets the words of a message when it has been read."""
    word = "Quixomblethorpe"
    language.read(f"Tell {word} that {word} is wanted. Then rest.")
    language.read(f"I live in {word}. It rains.")
    assert word not in language._nlp.vocab.strings


def test_a_text_is_looked_through_once(language: SpacyLanguage) -> None:
    """The second time its finds are known, without a word of it: the pipeline is not asked."""
    text = "Ask Kowalczyk about the invoice"
    found = language.personal_data(text)
    pipeline, language._nlp = language._nlp, None
    try:
        assert language.personal_data(text) == found
    finally:
        language._nlp = pipeline
    assert [text[span.start : span.end] for span in found] == ["Kowalczyk"]
    assert b"kowalczyk" not in repr(language._finds._known).encode().lower()


def test_no_more_texts_are_known_than_conversations_are_long() -> None:
    """The one that was not looked at for longest goes first."""
    finds = _Finds()
    span = (Span(0, 1, Label.NAME),)
    for number in range(REMEMBERED):
        finds.keep(str(number), span)
    assert finds.of("0") == span
    finds.keep("one more", ())
    assert finds.of("1") is None
    assert finds.of("0") == span
    assert finds.of("one more") == ()


def test_a_missing_package_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without spaCy there is one clear error, and it can be tried again."""
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(LanguageUnavailable, match="uv sync") as raised:
        SpacyLanguage().personal_data("hello")
    assert isinstance(raised.value.__cause__, ImportError)


def test_many_texts_are_read_as_each_by_itself(language: SpacyLanguage) -> None:
    """What is read together is read faster, and not otherwise: the last digits of what the models
    work out may differ by who stands beside it, but no word's part in a sentence does."""
    texts = [
        "I live in Ghent. My sister Maya works at Acme, and she likes tea.",
        "",
        "- My e-mail is [EMAIL_1]\n- I’m allergic to peanuts.",
        "I'm Wanjiru. Call me on 202-555-0143!",
        "x" * 300,
        *(f"We moved from Jira to Linear in week {number}. Why?" for number in range(70)),
    ]

    assert language.read_many(texts) == [language.read(text) for text in texts]
