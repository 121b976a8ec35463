"""Personal data that has a shape, names that a sentence introduces, and what is neither."""

import pytest

from memory.records import Label, Span
from memory.rules import personal_data
from memory.rules.personal_data import person_names


def masked(text: str) -> str:
    """The text with every find of a shape replaced by its label."""
    for span in reversed(personal_data.find(text)):
        text = f"{text[: span.start]}[{span.label}]{text[span.end :]}"
    return text


def names(text: str) -> list[str]:
    found = personal_data.settle(person_names.find_names(text))
    return [text[span.start : span.end] for span in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the key is ghp_" + "a1B2" * 9, "the key is [SECRET]"),
        ("AKIA" + "QWERTYUIOPASDFGH is live", "[SECRET] is live"),
        ("export API_TOKEN=horsebattery", "export API_TOKEN=[SECRET]"),
        ("my wifi password is bl4ckbird!", "my wifi password is [SECRET]"),
        (
            "The password of the staging server is hunter2-Blue9!",
            "The password of the staging server is [SECRET]",
        ),
        ("The password (for staging) is hunter2-Blue9", "The password (for staging) is [SECRET]"),
        ("password → hunter2-Blue9", "password → [SECRET]"),
        ("password:\nhunter2-Blue9", "password:\n[SECRET]"),
        ('the token for our API was "abc def 12"', 'the token for our API was "[SECRET]"'),
        ('the passphrase is "blue moon rising"', 'the passphrase is "[SECRET]"'),
        ("mysql://app:n0tmine@db:3306/shop", "mysql://app:[SECRET]@db:3306/shop"),
        ("Authorization: Bearer abcdefghij.klmnop", "Authorization: Bearer [SECRET]"),
        ("the pin is 9074", "the pin is [SECRET]"),
        ("-----BEGIN PRIVATE KEY-----\nMIIabc\n-----END PRIVATE KEY-----", "[SECRET]"),
        ("write to ann.lee+news@post.example.co.uk today", "write to [EMAIL] today"),
        ("ann dot lee at post dot example dot org", "[EMAIL]"),
        ("pay into DE89 3704 0044 0532 0130 00 please", "pay into [IBAN] please"),
        ("iban nl91abna0417164300", "iban [IBAN]"),
        ("4000-0566-5566-5556 is the card", "[CREDIT_CARD] is the card"),
        ("charge amex 3782 822463 10005", "charge amex [CREDIT_CARD]"),
        ("card 6799990100000000019", "card [CREDIT_CARD]"),
        ("ssn: 219-09-9999", "ssn: [SSN]"),
        ("social security number 219 09 9999", "social security number [SSN]"),
        ("I was born on the 9th of March 1981", "I was born on [DOB]"),
        ("dob: 1981-03-09", "dob: [DOB]"),
        ("we rent 14 Orchard Lane, Apt 3, Salem, OR 97301", "we rent [ADDRESS]"),
        ("Lindenstraße 5, 10969 Berlin", "[ADDRESS]"),
        ("we met at 30 rue de Lille, 75007 Paris", "we met at [ADDRESS]"),
        ("Calle de Atocha 12, 28012 Madrid", "[ADDRESS]"),
        ("PO Box 88, Albany, NY 12201", "[ADDRESS]"),
        ("i live at 9 oak lane", "i live at [ADDRESS]"),
        ("my parents moved to 14 Rosewood.", "my parents moved to [ADDRESS]"),
        ("I moved to Room Street 4", "I moved to [ADDRESS]"),
        ("passport number C01X00T47", "passport number [ID]"),
        ("my driver's license is S530-4601-2345", "my driver's license is [ID]"),
        ("NINO AB 12 34 56 C", "NINO [ID]"),
        ("home address is 203.0.113.9", "home address is [IP]"),
        ("ping 2001:db8:85a3::8a2e:370:7334", "ping [IP]"),
        ("call 202-555-0143 after six", "call [PHONE] after six"),
        ("+44 20 7946 0018 ext. 12", "[PHONE]"),
        ("fax: 089 445566", "fax: [PHONE]"),
        ("text me on 07700 900123", "text me on [PHONE]"),
    ],
)
def test_data_with_a_shape_is_found_whole(text: str, expected: str) -> None:
    """Every label is found by its shape or by what the text calls it, from end to end."""
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "see commit 0d1f2e3c4b5a69788796a5b4c3d2e1f001122334 on main",
        "ISBN 978-0-306-40615-7 and ISBN 0-306-40615-2",
        "error 404 on line 1042, port 8080",
        "order 202-555-0143 has shipped",
        "ticket 4411-2233 and PR 12345678",
        "numpy==1.26.4 on Python 3.12.1",
        "upgraded from 1.2.3.4 to version 2.0.1.7",
        "http://127.0.0.1:8501 and 0.0.0.0:3000 and ::1",
        "netmask 255.255.255.0",
        "x[1::2] of std::vector at 10:30:45",
        "the epoch 1718035200123 in milliseconds",
        "tracking 9400 1118 9956 1234 5678 90",
        "passwords of 20 letters are accepted",
        "I forgot my password again",
        "the password of the wifi is on the fridge",
        "the secret of the old mill is room-42b",
        "this token has run out",
        "the secret is to stir slowly",
        "password = getpass.getpass()",
        'api_key = os.environ["API_KEY"]',
        "postgres://user:<password>@host/db",
        "git clone git@example.org:team/repo.git",
        "the release is on 12 March 2025",
        "the workshop moved to October 21",
        "The deadline has been moved to 15 July.",
        "the call was moved to 12 May.",
        "The meeting has been moved to Room 4.",
        "the standup was moved to Monday 15.",
        "we moved to Team 2",
        "the data lives in Redis 7 and in 3 Docker containers",
        "a walk of 5 minutes in the park, 2 blocks down the road",
        "section 3 table 4 of chapter 12",
        "the UUID 123e4567-e89b-12d3-a456-426614174000",
        "call 3 functions, reach 1000000 users",
        "the job took 14 s instead of 90 s",
    ],
)
def test_numbers_of_everyday_work_stay_untouched(text: str) -> None:
    """Versions, hashes, orders, ports and dates are nobody's."""
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my name is oluwaseyi", ["oluwaseyi"]),
        ("you can call me Bex", ["Bex"]),
        ("hey, i am priya", ["priya"]),
        ("My brother Tobias has Dr. Okonkwo as a doctor", ["Tobias", "Okonkwo"]),
        ("Henrik Larsen's laptop", ["Henrik Larsen"]),
        ("call me later", []),
        ("my name is on the list", []),
        ("Bayes' theorem and Newton's laws", []),
        ("we met near Lake Victoria", []),
    ],
)
def test_names_that_a_sentence_introduces(text: str, expected: list[str]) -> None:
    """Introductions, titles, relations and listed first names need no model."""
    assert names(text) == expected


def test_a_name_is_found_again_and_beside_its_companions() -> None:
    """A found name gives away its repetitions, the people listed with it, and a letter's head."""
    text = "Femke, Ruzica and Tam came. Femke left.\nOrla Quigg\n14 Orchard Lane, Salem"
    address = Span(text.index("14"), len(text), Label.ADDRESS)
    found = person_names.implied(text, [Span(0, 5, Label.NAME), address])
    assert {text[span.start : span.end] for span in found} == {
        "Femke",
        "Ruzica",
        "Tam",
        "Orla Quigg",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Contact Ada Byron", ["Ada Byron"]),
        ("Redis", []),
        ("Monday", []),
        ("Use Kafka", []),
        ("SSN", []),
        ("Prof. Imani Ndlovu's", ["Imani Ndlovu"]),
        ("Imani\nEngineering", ["Imani"]),
        ("parse_args", []),
        ("—", []),
        ("A- -", []),
        ("- . –", []),
    ],
)
def test_what_a_model_takes_for_a_name_is_cleaned(text: str, expected: list[str]) -> None:
    """Verbs, titles and possessives are trimmed; technology, days and code are refused."""
    found = person_names.clean(text, 0, len(text), "language model", 0.75)
    assert [text[span.start : span.end] for span in found] == expected


def test_a_stronger_label_wins_an_overlap_and_one_label_unites() -> None:
    """Secrets beat addresses, longer finds beat shorter ones, parts of a name become one name."""
    spans = [
        Span(0, 8, Label.NAME),
        Span(5, 12, Label.NAME),
        Span(20, 30, Label.PHONE),
        Span(22, 28, Label.SECRET),
        Span(40, 44, Label.IP),
    ]
    settled = personal_data.settle(spans)
    assert [(s.start, s.end, s.label) for s in settled] == [
        (0, 12, Label.NAME),
        (22, 28, Label.SECRET),
        (40, 44, Label.IP),
    ]


@pytest.mark.parametrize("shift", range(-40, 41, 8))
def test_a_find_across_the_edge_of_a_window_is_found_once(shift: int) -> None:
    """Windows overlap, so that no find is cut or doubled at their edges."""
    value = "4000-0566-5566-5556"
    padding = "word " * 500
    text = f"{padding[: personal_data.WINDOW + shift]} {value} {padding}"
    assert [text[s.start : s.end] for s in personal_data.find(text)] == [value]


@pytest.mark.parametrize("unreadable", [chr(0), chr(0xD800), chr(0xDFFF)])
def test_unreadable_characters_move_no_offset(unreadable: str) -> None:
    """NUL and lone surrogates are replaced one for one."""
    text = f"a{unreadable}b 203.0.113.9"
    assert len(personal_data.readable(text)) == len(text)
    assert [text[s.start : s.end] for s in personal_data.find(text)] == ["203.0.113.9"]


@pytest.mark.parametrize(
    "piece",
    ["1-1-", "a.", "a", "@", " ", "1", "1 ", "1 A ", "Aa, ", "a@", "eyJ", ":", "1.1.", "1:", "\n"],
)
def test_hostile_strings_find_nothing_and_return(piece: str) -> None:
    """Repetitions that make patterns explode are read to the end, and are nobody's data."""
    assert personal_data.find(piece * (20_000 // len(piece))) == ()
