"""Places and companies that everybody knows, as a hint where a sentence says nothing of them.

"Jordan", "Paris" and "Florence" may be somebody, too, and count for less.
"""

from memory.rules.personal_data.first_names import FIRST_NAMES

_PLACES = """
    Afghanistan, Albania, Algeria, Andorra, Angola, Argentina, Armenia, Australia, Austria,
    Azerbaijan, Bahrain, Bangladesh, Belarus, Belgium, Belize, Benin, Bhutan, Bolivia, Bosnia,
    Botswana, Brazil, Bulgaria, Burkina Faso, Burundi, Cambodia, Cameroon, Canada, Chad, Chile,
    China, Colombia, Congo, Costa Rica, Croatia, Cuba, Cyprus, Czechia, Czech Republic, Denmark,
    Ecuador, Egypt, El Salvador, England, Eritrea, Estonia, Ethiopia, Fiji, Finland, France, Gabon,
    Gambia, Georgia, Germany, Ghana, Greece, Guatemala, Guinea, Guyana, Haiti, Honduras, Hungary,
    Iceland, India, Indonesia, Iran, Iraq, Ireland, Israel, Italy, Ivory Coast, Jamaica, Japan,
    Jordan, Kazakhstan, Kenya, Korea, Kosovo, Kuwait, Kyrgyzstan, Laos, Latvia, Lebanon, Lesotho,
    Liberia, Libya, Liechtenstein, Lithuania, Luxembourg, Madagascar, Malawi, Malaysia, Maldives,
    Mali, Malta, Mauritania, Mauritius, Mexico, Moldova, Monaco, Mongolia, Montenegro, Morocco,
    Mozambique, Myanmar, Namibia, Nepal, Netherlands, New Zealand, Nicaragua, Niger, Nigeria,
    North Korea, North Macedonia, Norway, Oman, Pakistan, Palestine, Panama, Paraguay, Peru,
    Philippines, Poland, Portugal, Qatar, Romania, Russia, Rwanda, Samoa, Saudi Arabia, Scotland,
    Senegal, Serbia, Sierra Leone, Singapore, Slovakia, Slovenia, Somalia, South Africa,
    South Korea, Spain, Sri Lanka, Sudan, Suriname, Sweden, Switzerland, Syria, Taiwan, Tajikistan,
    Tanzania, Thailand, Tibet, Togo, Tunisia, Turkey, Turkmenistan, Uganda, Ukraine,
    United Kingdom, United States, Uruguay, Uzbekistan, Venezuela, Vietnam, Wales, Yemen, Zambia,
    Zimbabwe, Europe, Asia, Africa, America, Antarctica, Scandinavia, Bavaria, Tuscany, Sicily,
    Catalonia, Brittany, Provence, Crete, Bali, Hawaii, Alaska, Alabama, Arizona, Arkansas,
    California, Colorado, Connecticut, Delaware, Florida, Idaho, Illinois, Indiana, Iowa, Kansas,
    Kentucky, Louisiana, Maine, Maryland, Massachusetts, Michigan, Minnesota, Mississippi,
    Missouri, Montana, Nebraska, Nevada, New Jersey, New Mexico, Ohio, Oklahoma, Oregon,
    Pennsylvania, Tennessee, Texas, Utah, Vermont, Virginia, Wisconsin, Wyoming, Ontario, Quebec,
    Amsterdam, Ankara, Antwerp, Athens, Atlanta, Auckland, Austin, Baghdad, Baltimore, Bangalore,
    Bangkok, Barcelona, Basel, Beijing, Beirut, Belfast, Belgrade, Bergen, Berlin, Bern,
    Birmingham, Bogota, Bologna, Bordeaux, Boston, Bratislava, Bremen, Brisbane, Bristol, Brooklyn,
    Brussels, Bucharest, Budapest, Buenos Aires, Cairo, Calgary, Cambridge, Cape Town, Caracas,
    Cardiff, Casablanca, Charlotte, Chennai, Chicago, Cologne, Copenhagen, Cork, Dallas, Damascus,
    Delhi, New Delhi, Denver, Detroit, Dhaka, Dresden, Dubai, Dublin, Edinburgh, Florence,
    Frankfurt, Gdansk, Geneva, Genoa, Glasgow, Gothenburg, Graz, Hamburg, Hanoi, Hanover, Havana,
    Helsinki, Hong Kong, Houston, Istanbul, Jakarta, Jerusalem, Johannesburg, Kabul, Karachi,
    Kathmandu, Kyiv, Kiev, Kolkata, Krakow, Kyoto, Lagos, Lahore, Las Vegas, Leeds, Leipzig, Lille,
    Lima, Lisbon, Liverpool, Ljubljana, London, Los Angeles, Lyon, Madrid, Malaga, Malmo,
    Manchester, Manhattan, Manila, Marrakesh, Marseille, Melbourne, Memphis, Miami, Milan,
    Minneapolis, Minsk, Montreal, Moscow, Mumbai, Munich, Nairobi, Naples, Nashville, New Orleans,
    New York, New York City, Nice, Nuremberg, Osaka, Oslo, Ottawa, Oxford, Palermo, Paris, Perth,
    Philadelphia, Phoenix, Pittsburgh, Porto, Portland, Prague, Pune, Reykjavik, Riga,
    Rio de Janeiro, Rome, Rotterdam, Salzburg, San Diego, San Francisco, San Jose, Santiago,
    Sao Paulo, Sarajevo, Seattle, Seoul, Seville, Shanghai, Sheffield, Shenzhen, Sofia, Stockholm,
    Strasbourg, Stuttgart, Sydney, Tallinn, Tampa, Tbilisi, Tehran, Tel Aviv, The Hague, Tokyo,
    Toronto, Toulouse, Trondheim, Turin, Valencia, Vancouver, Venice, Verona, Vienna, Vilnius,
    Warsaw, Washington, Wellington, Wroclaw, Zagreb, Zurich
"""
_FIRMS = """
    Google, Amazon, Microsoft, Apple, Oracle, Meta, Facebook, Netflix, Spotify, IBM, Intel, AMD,
    Nvidia, Samsung, Sony, Siemens, Bosch, Philips, Nokia, Ericsson, Cisco, Dell, Lenovo,
    Huawei, Xiaomi, Tesla, Toyota, Honda, BMW, Volkswagen, Volvo, Renault, Airbus, Boeing,
    Lufthansa, Ryanair, Ikea, Lidl, Aldi, Tesco, Walmart, Starbucks, Pfizer, Bayer, Novartis,
    Roche, Nestle, Unilever, Deloitte, KPMG, Accenture, McKinsey, Goldman Sachs, Deutsche Bank,
    PayPal, Visa, Mastercard, Klarna, Airbnb, Uber, Lyft, Twitter, LinkedIn, Instagram, TikTok,
    YouTube, WhatsApp, Reddit, Pinterest, OpenAI, Anthropic, DeepMind, Mozilla, Adobe,
    Atlassian, NASA, UNESCO, Unicef, Disney, Pixar, Nintendo, Harvard, Stanford, MIT, Yale,
    Princeton, ETH
"""


def _listed(listing: str) -> frozenset[str]:
    return frozenset(" ".join(listing.split()).casefold().split(", "))


_KNOWN_PLACES, _KNOWN_FIRMS = _listed(_PLACES), _listed(_FIRMS)


def is_place(name: str) -> bool:
    """Whether it is a well-known place, and no first name."""
    return name.casefold() in _KNOWN_PLACES - FIRST_NAMES


def may_be_place(name: str) -> bool:
    """Whether it is a well-known place that people are called after."""
    return name.casefold() in _KNOWN_PLACES & FIRST_NAMES


def is_firm(name: str) -> bool:
    return name.casefold() in _KNOWN_FIRMS
