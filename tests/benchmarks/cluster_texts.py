"""What two people told a memory, by its topic, for the benchmark of clusters; all made up.

Topics are of very different sizes, as in a life, and some memories have none: they are under
``ALONE``.
"""

from collections.abc import Mapping

ALONE = "alone"

FIRST: Mapping[str, str] = {
    "database at work": """
        We use PostgreSQL 14 with the Django ORM.
        We moved from MySQL to PostgreSQL in March.
        The connection pool was too small, raising it to 40 fixed the timeouts.
        Our largest table has 80 million rows.
        I added an index on the orders table and the query went from 9 seconds to 40 milliseconds.
        We decided to run the database backups every night at two.
        The slow query log showed a missing index on customer_id.
        I prefer raw SQL to the ORM for reports.
        The migration of the users table locked production for three minutes.
        Maya wants us to partition the events table by month.
        I will test the restore of the backups on Friday.
        Read replicas lag behind by two seconds at noon.
        To reset the staging database, stop the workers, drop the schema and run the migrations.
        We store JSON documents in a jsonb column.
    """,
    "running": """
        I ran my first half marathon in April.
        My knee hurts after more than ten kilometres.
        I run three times a week, always before breakfast.
        I want to finish the Berlin marathon under four hours.
        My new running shoes are size 43.
        Intervals on Tuesday, long run on Sunday.
        The physiotherapist told me to stretch my calves after every run.
        I stopped running on asphalt because of my shins.
        My best time over five kilometres is 24 minutes.
        I signed up for the city run in October.
        I prefer trails in the forest to the treadmill.
    """,
    "cooking": """
        I cook Thai curry every Wednesday.
        My favourite dish is mushroom risotto.
        I do not eat meat, but I eat fish.
        My sourdough bread needs twelve hours to rise.
        I like food very spicy.
        For the pancakes: 200 grams of flour, two eggs, 300 millilitres of milk.
        I bought a cast iron pan last week.
        I hate coriander.
        We are going to cook lasagne for twelve people on Saturday.
        The oven is twenty degrees too hot, so I bake at 180.
        I prefer olive oil to butter for frying.
        My grandmother's apple cake uses no sugar at all.
        I keep basil and thyme on the window sill for cooking.
    """,
    "Japan": """
        We are flying to Japan in October.
        The flight to Tokyo leaves at ten in the evening.
        I booked a ryokan in Kyoto for four nights.
        We want to take the train from Tokyo to Osaka.
        I would rather see temples than shopping streets.
        We need a rail pass for two weeks.
        My passport expires in December, so it is still valid for the trip.
        I learned to say thank you in Japanese.
        We decided against Hiroshima because the trip is too short.
        I want to see Mount Fuji from the train.
    """,
    "guitar": """
        I play the guitar in a band called The Late Trains.
        We rehearse every Thursday evening.
        I bought a second-hand Telecaster.
        I am learning to play Blackbird on the acoustic guitar.
        Our first concert is on 12 June in a small club.
        The drummer is moving away, so we are looking for a new one.
        I prefer playing rhythm to playing solos.
        I change the strings of my guitar every two months.
        My amplifier hums when the lights are on.
    """,
    "family": """
        My sister Anna lives in Lisbon with her two children.
        My mother turns 70 in May.
        My niece Clara starts school in September.
        Dad had a hip operation last winter.
        My brother does not speak to our uncle any more.
        We spend Christmas with my wife's parents.
        I call my mother every Sunday.
        Grandfather was a carpenter in Gdansk.
        Anna is expecting her third child.
        I promised my parents to visit them in August.
    """,
    "garden": """
        The tomatoes on the balcony get too little sun.
        I planted garlic in November.
        Slugs ate all the lettuce again.
        I water the garden in the evening, never at noon.
        The apple tree has to be pruned in February.
        We want to build a raised bed from larch wood.
        I prefer flowers that bees like to a tidy lawn.
        The compost is too wet, I should add cardboard.
        Our neighbour gave us three raspberry bushes.
    """,
    "money": """
        I save 300 euros a month.
        The rent goes up by 60 euros in January.
        I want to pay off the student loan by 2028.
        I keep three months of salary as a reserve.
        I invest in a world index fund, not in single shares.
        My bank charges nine euros a month for the account.
        The tax return is due at the end of July.
        I cancelled two subscriptions to spend less.
    """,
    "cat": """
        Our cat is called Miso and is four years old.
        Miso is afraid of the vacuum cleaner.
        The vet says that the cat is too heavy.
        The cat gets wet food in the morning only.
        Miso scratched the new sofa.
        My neighbour feeds the cat when we are away.
        The cat was vaccinated on 3 March.
    """,
    "frontend at work": """
        The dashboard is written in React with TypeScript.
        We decided to use Tailwind for the new design.
        The login page breaks on Safari.
        I prefer small components with tests to big ones.
        Bob reviews all pull requests for the web interface.
        The bundle is two megabytes, we want to halve it.
        Dark mode was the most wished-for feature of our users.
        Buttons on the phone were too small to press.
        I fixed the flickering of the chart by memoising the component.
    """,
    "Spanish": """
        I am learning Spanish with an app, twenty minutes a day.
        My Spanish teacher is called Lucia.
        I can read Spanish newspapers but I do not understand films.
        The subjunctive is what I find hardest in Spanish.
        I want to pass the B2 exam in Spanish next year.
        I write ten new Spanish words on cards each week.
    """,
    "how to answer": """
        I prefer short answers.
        I like code examples with comments.
        Please do not use emojis in answers.
        Explain things step by step when I ask about maths.
        I prefer metric units.
        I like answers with a source.
    """,
    ALONE: """
        I am left-handed.
        My bicycle was stolen in 2019.
        I am afraid of heights.
        The door code of the office has four digits.
        I was born on a Tuesday.
        I never drink alcohol.
        I donated blood last week.
        My favourite colour is dark green.
        I sleep badly when there is a full moon.
        I once met the mayor of Hamburg in a lift.
        My phone battery lasts half a day.
        I think that pineapples are overrated as a decoration.
    """,
}

SECOND: Mapping[str, str] = {
    "teaching": """
        I teach chemistry at a secondary school.
        My class 9b has 28 pupils.
        The parents' evening is on 14 November.
        I correct exams on Sunday afternoons.
        Two of my pupils want to take part in the science olympiad.
        The new timetable leaves me free on Wednesdays.
        I prefer experiments to slides in my lessons.
        The head teacher wants us to use tablets in class.
        I need to write the reports by the end of January.
        My pupils did badly in the test on acids.
        Ms Okafor takes over my class when I am ill.
        I decided to drop homework before holidays.
    """,
    "house": """
        The roof leaks above the bathroom.
        We want to replace the gas heating by a heat pump.
        The electrician is coming on Thursday.
        The kitchen is going to be painted yellow.
        The cellar is damp after heavy rain.
        The offer for the new windows was 14,000 euros.
        I fixed the dripping tap with a new seal.
        The loan for the house runs until 2041.
        We need a permit for the dormer window.
        I prefer wooden floors to carpets.
        The insulation of the attic took two weekends.
    """,
    "diabetes": """
        I have had type 1 diabetes since I was twelve.
        My insulin pump was replaced in June.
        My blood sugar drops when I swim.
        I count carbohydrates at every meal.
        My doctor is Dr. Brandt at the clinic.
        I always carry glucose tablets.
        My last HbA1c was 6.9.
    """,
    "children": """
        Our daughter Mila is seven and our son Theo is four.
        Theo does not like kindergarten on Mondays.
        Mila takes swimming lessons on Fridays.
        Theo is allergic to peanuts.
        Mila lost her first tooth last week.
        We read to the children every night before bed.
        Mila wants a birthday party with dinosaurs.
        The babysitter can come on Saturday.
    """,
    "Linux": """
        I run Debian on my laptop and on the home server.
        The backup script runs with cron every night.
        The Wi-Fi driver broke after the kernel update.
        I use Emacs, not Vim.
        The home server has two disks in a mirror.
        To restart the printer, stop cups, clear the queue and start cups again.
        I moved my password store to a self-hosted server.
        SSH only accepts keys on my machines.
        I fixed the audio stutter by switching to PipeWire.
    """,
    "choir": """
        I sing alto in a choir.
        We rehearse Bach's St John Passion until Easter.
        The concert is in the church on Good Friday.
        Our conductor is very strict about vowels.
        I have to learn the last chorale by heart.
    """,
    "volunteering": """
        I volunteer at the food bank twice a month.
        The food bank needs more drivers.
        We collected 400 kilos of food last Saturday.
        I am the treasurer of the neighbourhood association.
        The association meets in the library.
    """,
    "films": """
        My favourite film is Spirited Away.
        I do not like horror films.
        We watch one old film every Friday night.
        I have seen all films by Agnes Varda.
        The open-air cinema starts in July.
        I thought the new Dune film was too long.
    """,
    ALONE: """
        I wear size 38.
        My first car was a red Fiat Panda.
        I am allergic to penicillin.
        I can juggle four balls.
        My lucky number is eleven.
        I lived in Ghana for a year.
        The lawyer's office is on the third floor.
        I lost my umbrella on the tram.
    """,
}


def labelled(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each text with its topic."""
    return [
        (topic, line.strip())
        for topic, lines in texts.items()
        for line in lines.strip().splitlines()
    ]
