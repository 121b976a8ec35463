"""Made-up sentences by the class they belong to, for ``tests.benchmarks.classes``.

``{Ann}`` stands for a name that was found, ``{EMAIL:ann@example.org}`` for another find. The rules
were tuned on ``TUNED``. ``HELD_OUT`` was written before they were run on it; its faults were mended
afterwards where they were general. Nothing was changed for the sake of ``HELD_OUT_LATER``.
"""

import re
from collections.abc import Mapping

from memory.records import ClassReason, DataClass, Label, Span

CLASSES: Mapping[ClassReason, DataClass] = {
    ClassReason.HEALTH: DataClass.SENSITIVE,
    ClassReason.BELIEF: DataClass.SENSITIVE,
    ClassReason.POLITICS: DataClass.SENSITIVE,
    ClassReason.SEXUALITY: DataClass.SENSITIVE,
    ClassReason.UNION: DataClass.SENSITIVE,
    ClassReason.ORIGIN: DataClass.SENSITIVE,
    ClassReason.BIOMETRIC: DataClass.SENSITIVE,
    ClassReason.CONFIDED: DataClass.CONFIDENTIAL,
    ClassReason.SECRET: DataClass.CONFIDENTIAL,
    ClassReason.IDENTIFIES: DataClass.PERSONAL,
    ClassReason.SPEAKS_OF_ONESELF: DataClass.PERSONAL,
    ClassReason.PUBLIC_SOURCE: DataClass.PUBLIC,
    ClassReason.PLAIN: DataClass.INTERNAL,
}
"""The class of each reason."""

_FIND = re.compile(r"\{(?:([A-Z_]+):)?([^}]+)\}")


def read(marked: str) -> tuple[str, list[Span]]:
    """An example's text without its marks, and the finds that they stand for."""
    text, spans, position = "", [], 0
    for found in _FIND.finditer(marked):
        text += marked[position : found.start()]
        spans.append(Span(len(text), len(text) + len(found[2]), Label(found[1] or "NAME")))
        text += found[2]
        position = found.end()
    return text + marked[position:], spans


TUNED: Mapping[ClassReason, str] = {
    ClassReason.HEALTH: """
        I stopped drinking in May.
        I have had asthma since I was a child.
        My sister was diagnosed with breast cancer in March.
        Mum had a stroke last winter and walks with a stick now.
        {Anna} is in hospital after the accident.
        My boss is off sick this week, so the review moves to Monday.
        I can't come in today, I have a fever.
        He broke his arm playing football.
        My knee hurts when I run more than five kilometres.
        I get migraines when I look at the screen for too long.
        She has been depressed since the move.
        My psychiatrist put me on lithium.
        I stopped taking my antidepressants.
        Please remember that I'm lactose intolerant.
        My nephew is autistic and loves trains.
        I had surgery on my shoulder two years ago.
        My cousin uses a wheelchair.
        We lost the baby in the third month.
        I tested positive for covid this morning.
        My grandfather has dementia and does not know us any more.
        Allergic to penicillin.
        I am a type 1 diabetic.
        My wife is seven months pregnant.
        I'm seeing a therapist on Thursdays.
        I have a doctor's appointment at nine, so I'll miss the stand-up.
        My blood type is O negative.
        I haven't slept well, my anxiety is back.
        Our neighbour died of a heart attack.
        Depression runs in my family.
        You told me that your daughter has epilepsy.
        Dad's Parkinson's is getting worse.
        My colleague is deaf, so please add captions.
        Remind me to pick up my prescription at six.
        I am recovering from knee surgery.
        My uncle is a recovering alcoholic.
        I'm blind, so describe the pictures for me.
        My ADHD makes long meetings hard.
        I take ibuprofen for my back pain.
        Do I have to declare my epilepsy to the DVLA?
        My teammate with cerebral palsy needs a ramp.
        My period is two weeks late.
        I have type 2 diabetes, what can I cook tonight?
        my wife has ms
        I suffer from chronic back pain
        I am in a wheelchair since the accident
        I've been diagnosed with ADHD
        we found out that our baby has a heart defect
        my mom's cancer is back
        I need to lose weight, my doctor says my liver values are bad
        I think I'm having a panic attack
        I have been having suicidal thoughts
        I had an abortion last year
        Are antibiotics safe while I'm breastfeeding?
        My meds make me sleepy
        I forgot to take my pills today
        I cannot walk without crutches
        I was hospitalised for a week
        Call the oncologist about my results
        My son has a fever
        my daughter broke her arm on the trampoline
        {Tom} has leukemia
        {Tom}'s depression is worse
        She is pregnant with twins
        He was an alcoholic
        my brother is schizophrenic
        I'm seeing my gynaecologist tomorrow
        I have high blood pressure
        My mental health is not great
        I got my flu shot yesterday
        I had covid twice
        I go to physiotherapy twice a week
        I have celiac disease, so no pasta
        My hearing is getting worse
        I wear hearing aids
        I'm undergoing chemotherapy
        My kidney transplant is in May
        I need a recipe, my daughter can't have gluten because she is coeliac
        Been sober since March, it's hard
        I relapsed last night
        I'm on sertraline
        I take medication for my heart
        I've got a cold
        I have tinnitus
        Remember: I am allergic to bee stings
        my son is on the autism spectrum
        I'm bipolar
        My parents called. They both have covid.
        {Anna} called. She is pregnant.
        My boss Tom has cancer
        My best friend from school just got diagnosed with MS
        as someone with ADHD I need short lists
        I live with HIV
        My legs are paralysed
        I've had three miscarriages
        Being deaf, I prefer chat
        My husband snores, he has sleep apnea
        the insulin I take is expensive
        Since my stroke I type with one hand
        I use a screen reader because I am blind
        I'm a wheelchair user
        My knees hurt
        I can't drink, I'm on antibiotics
        I smoke and have COPD
        My father-in-law has Alzheimer's
        I am infertile
        I, a diabetic, eat cake
        Got tested for chlamydia, I'm positive
    """,
    ClassReason.BELIEF: """
        I go to church every Sunday.
        We are Quakers.
        My wife is Jewish and I am not.
        As a Muslim, I don't drink alcohol.
        I don't believe in God any more.
        My grandmother prays before every meal.
        I'm fasting during Ramadan, so no lunch meetings please.
        Our imam asked me to help with the web page.
        {Yusuf} converted to Islam last year.
        My parents raised me a strict Catholic.
        I'm an atheist.
        My daughter has her bat mitzvah in May.
        I wear a hijab at work.
        My boss is a Jehovah's Witness.
        We celebrate Hanukkah with my in-laws.
        I left the church when I was twenty.
        My faith helps me through hard weeks.
        She reads the Bible every evening.
        I am a Muslim
        I was raised Jewish
        I'm a Christian
        we are Hindus
        my family is Sikh
        I don't eat pork because I'm Muslim
        I'm an ex-Mormon
        I study the Torah with my rabbi
        I am getting baptised at Easter
        I pray to God every night
        I'm religious
        My religion forbids it
        I am agnostic
        I no longer believe in God
        my sister became a nun
        I am Jewish
    """,
    ClassReason.POLITICS: """
        I voted Labour all my life.
        My father is a member of the Communist Party.
        I am a socialist.
        My brother voted for Trump twice.
        I'm canvassing for the Greens on Saturday.
        She is running for the SPD in our town.
        I joined the Liberal Democrats in 2019.
        We went to a protest against the new airport, I am a climate activist.
        My political views are rather left wing.
        I can't stand Boris Johnson.
        {Peter} is a registered Republican.
        I'm pro-choice.
        I think the government should raise taxes.
        My uncle supports the AfD.
        I vote Green
        I vote SPD
        I voted against Brexit
        I'm a communist
        I'm left-wing
        I'm a lifelong Democrat
        I hate the Tories
        I support Black Lives Matter
        My boss is a Republican
        my mother is a feminist
        I joined the Labour Party
        I am a member of the Green Party
    """,
    ClassReason.SEXUALITY: """
        I'm bisexual.
        My brother is gay and lives with his boyfriend.
        I came out to my parents last night.
        My daughter is trans.
        I'm straight.
        {Ben} told me he is asexual.
        I'm not out at work, nobody there knows I'm a lesbian.
        My husband had an affair.
        We have an open relationship.
        I slept with my ex again.
        My colleague is non-binary and uses they.
        Our sex life has become boring.
        My sexual orientation is my business.
        I'm queer
        I'm a lesbian
        my dad is gay
        I think I might be bi
        I'm transgender
        I have a boyfriend and I'm a closeted man
        my wife cheated on me
        I had a one-night stand
    """,
    ClassReason.UNION: """
        I'm a member of the union.
        I joined the union last week.
        My union rep comes to the meeting with HR.
        My husband is in a trade union.
        We are on strike from Monday.
        {Olga} is the shop steward at our plant.
        I pay my union dues by standing order.
        My mother was in the miners' union.
        I'm a GMB member, my union is helping me with the claim.
        She belongs to Unison.
        My colleagues and I are trying to unionise.
        my trade union negotiates my contract
        I am a shop steward
        I want to join a union
        my union says I should sue
        I left the union
        I'm in the teachers' union
        our union is Unison
    """,
    ClassReason.ORIGIN: """
        I'm Black and the only one in the team.
        My wife is of Turkish descent.
        We are a Roma family.
        My grandfather was Cherokee.
        I'm mixed race.
        My husband is Kurdish.
        As a person of colour, I notice it at once.
        My skin colour was the reason, I am sure.
        I am Tamil and grew up in Zürich.
        {Aisha} is Berber.
        My ancestry is part Maori.
        My best friend is African American.
        I'm Kurdish
        I'm half Asian
        My wife is Black
        I am of African descent
        my ethnicity is Hispanic
        I'm Native American
        I'm Latina
    """,
    ClassReason.BIOMETRIC: """
        My DNA test says I have relatives in Norway.
        I carry the BRCA1 mutation.
        They took my fingerprints at the border.
        The bank stores my voiceprint.
        My sister did a genetic test before the pregnancy.
        I sent my DNA sample to 23andMe.
        The gym has my face scan on file.
        We did a paternity test.
        I had my DNA sequenced
        I have a BRCA mutation
        my fingerprints are stored in my passport
        I am a carrier of the sickle cell gene
    """,
    ClassReason.CONFIDED: """
        Don't tell anyone that we are being bought.
        This stays between us, please.
        The figures are not public yet.
        My salary is 62,000 euros.
        I signed an NDA with the customer.
        Off the record: the CTO is leaving.
        The paper is under embargo until Friday.
        Please keep this confidential.
        Can you keep a secret?
        I earn 4,200 a month.
        It is a secret that they will merge.
        She told me in confidence that they will close the site.
        Never share this with anybody.
        Strictly confidential: the offer is 3 million.
    """,
    ClassReason.SECRET: """
        The key is {SECRET:sk-made-up-1234567890}.
        Use {SECRET:hunter2hunter2} for the staging database.
    """,
    ClassReason.IDENTIFIES: """
        {Maria} handles the billing service.
        Write to {EMAIL:ann@example.org} for the invoice.
        {Jenkins} said the build is green.
        The meeting with {Tom} is on Tuesday.
        {Christian} is my boss.
        Call {PHONE:+44 20 7946 0000} after five.
        {Paris} and {Roman} review the code.
    """,
    ClassReason.SPEAKS_OF_ONESELF: """
        I stopped drinking coffee.
        I prefer dark mode.
        We deploy on Fridays.
        My dog has arthritis.
        I'm sick of this flaky test.
        My code is full of bugs.
        I nearly had a heart attack when the bill came.
        i like short answers
        Our cat is pregnant.
        I work for a hospital and maintain their servers.
        I'm training a model that predicts diabetes.
        My laptop died.
        I believe in tests.
        We voted for tabs over spaces.
        I'm conservative with memory.
        My union query is slow.
        I was born in Turkey and live in Berlin.
        I'm a German citizen.
        We have a race condition in our scheduler.
        I'm writing an article about depression.
        I pray that the migration works.
        My fingerprint reader does not work under Linux.
        I support Linux users all day.
        My server is healthy again.
        I'm religious about code reviews.
        I like black coffee.
        I had a look at the cancer data set.
        I work in the European Union.
        I'm straight out of ideas.
        My SSH key's fingerprint has changed.
        The bike is mine.
        I keep my secret in Kubernetes.
        I read a book about Islam.
        I use Insomnia to test our API.
        I'm blind to my own typos.
        My account is disabled.
        I disabled the cache.
        I went to the Christmas party.
        In my novel the heroine is pregnant.
        My team builds an app for people with diabetes.
        If I were ill, I would stay at home.
        I drew a straight line.
        The vet says my cat is diabetic.
        I have a cold start problem in the lambda.
        I have a problem with the database
        My computer has a virus
        We have a bug in the health module
        I'm dying to see the new release
        I'm dead tired
        My phone died
        I need a break from this project
        I have a meeting with the dentist's software vendor
        I'm blind without logs
        I broke my phone
        I'm depressed about the state of this codebase
        I feel your pain
        My boss is crazy
        This is insane, I am going mad
        I'm healthy
        I caught an exception in the handler
        We caught the bug in review
        I developed a rash of features
        I'm running a fever dream of a project
        My heart isn't in it
        I lost my keys
        My father is a surgeon
        I'm studying medicine
        My son wants to be a priest when he plays the game
        I like gospel music
        We sing carols at Christmas
        I visited a temple in Kyoto
        My name is Christian
        I speak Arabic and Hebrew
        I love Indian food
        I'm from Nigeria
        My parents immigrated from Vietnam
        We moved from Iran to Sweden in 1985
        My Turkish neighbour lent me a ladder
        I hold a Polish passport
        I'm learning Tamil
        I use Union in my Python type hints: Union[int, str]
        We joined the two tables with a union
        I left the meeting early
        My team voted against the merge
        I'm left-handed
        I'm a left winger in our football club
        I'm on the right track
        My labour costs doubled
        I support Arsenal
        I joined the party at nine
        My party was great
        Our party has six players and a cleric
        I'm a member of the gym
        I'm a member of the platform team
        I came out of the meeting at five
        We went straight home
        I'm bi-weekly on call
        I have sex as a column in the CSV
        My colleague is straight to the point
        I met a guy at the conference
        My girlfriend likes opera
        I love my wife
        I'm married
        I'm single
        I am divorced
        My fingerprint hash is wrong
        I scan documents
        We scan faces with OpenCV in the demo
        Our DNA as a company is openness
        I have a blood orange in the fridge
        I run a blood donation website
        I cut my hair
        I cut my hours
        I burned my tongue on the coffee? no, the toast burned
        My back-end is in Go
        My head of department is strict
        I hurt my chances
        My hand-written parser is slow
        I have a soft spot for Perl
        I'm immune to hype
        My tests are sick
        I get sick of YAML
        I caught the train
        I have cold feet about the release
        I have a cold beer
        My memory is bad
        I take the bus
        I take my coffee black
        I'm on a call
        I'm on fire today
        I'm on holiday
        We use Grafana to monitor health
        I wrote a poem about god
        God, I hate YAML
        Oh God, my build is red
        I swear to god this worked yesterday
        Bless you, I owe you a beer
        I believe in clean code
        I believe in you
        I don't believe in microservices
        My mantra is: test first
        My bible is the Rust book
        I'm a big believer in tests
        Our guru for Postgres is on leave
        My priest character has 20 HP
        I converted to PostgreSQL
        I converted the file to UTF-8
        I practise the piano every day
        I fast-forward the video
        We fast track this
        I keep a diary
        I eat pork
        I don't eat meat
        I'm vegan
        My class is orthodox in its API
        We need to pray at the altar of uptime
        I have a religious attachment to Vim
        I worship this framework
        My race is on Sunday, ten kilometres
        We are black-box testing
        I'm in the black this month
        My screen is black
        I wear black
        My hat is white
        I'm white as a sheet after that outage
        The operation failed, I retried
        I have an operation that is idempotent
        My operation on the list is O(n)
        I have a recovery plan
        My recovery key is lost
        I'm recovering the backup
        I'm recovering from the release party
        We treat warnings as errors
        I tested positive and negative cases
        My symptom is that the page stays blank
        My side effect runs twice in React
        I have side effects in my hook
        My prescription for this: rewrite it
        My diagnosis: the index is missing
        I diagnosed the memory leak
        I was diagnosed as the culprit
        My condition in the if statement is wrong
        I have a heart icon on the button
        My pulse animation stutters
        I have a stroke on the SVG path
        I need a doctor to look at my code
        I have a scan of the contract
        My period column is a date
        Our trial period ends on Friday
        My therapist chatbot project won a prize
        I build an app that reminds people to take their insulin
        I have ten patients in my test data
        I asked my colleague about the diabetes data set
        My wife teaches autism research at the university
        I read that coffee causes cancer
        I wonder whether aspirin is bad
        Explain depression to me
        Give me ideas for a birthday card for my boss
        Write a story in which I am a vampire with depression
        My character has asthma
        My dog is allergic to chicken
        My cat needs insulin
        I took my dog to the vet because of his asthma
        I gave the cat its antibiotics
        I disabled my account
        My button is disabled
        I'm disabled in Slack until noon
        My boss asked me to write about trade unions
        I'm striking this item from the list
        I work at the Labour Office
        I have an appointment at the immigration office
        I'm watching the election
        I work on election software
        We voted on the name
        My vote is for option B
        I vote for Kotlin
        I elect to use Redis
        The president of our company called me
        My minister spec is unclear
        I'm a conservative investor
        I'm liberal with comments
        I'm a green belt in judo
        I'm green with envy
        I like greens in my salad
        Our greens are from the market
        I trust the government certificate authority
        Our workers union their results at the end
        I went on strike three in bowling
    """,
    ClassReason.PUBLIC_SOURCE: """
        According to the PostgreSQL documentation, autovacuum is on by default.
        RFC 9110 says that GET is safe.
        The release notes of Python 3.13 say that the REPL is new.
        Wikipedia: The Danube flows through ten countries.
        “Simple is better than complex, and complex is better than complicated” (https://peps.python.org/pep-0020/)
        PEP 8 recommends four spaces.
        The Django documentation recommends select_related for foreign keys.
    """,
    ClassReason.PLAIN: """
        The train leaves at noon.
        The mine in Wales is closed.
        SELECT name FROM users UNION SELECT name FROM admins
        The secretary was hired.
        Kubernetes mounts the secret as a file.
        Confidential computing needs special hardware.
        Is aspirin bad?
        The church is next to the station.
        Type O blood is in the test fixture.
        for i in range(10): print(i)
        The party starts at eight.
        Children with asthma should use a spacer.
        If you have diabetes, eat less sugar.
        What are the symptoms of flu?
        The patient in row 4 has HIV.
        World War I began in 1914.
        The US economy grows.
        The I/O scheduler is slow.
        The virus scan takes an hour.
        The Pope is the head of the Catholic Church.
        The method is not public.
        Labour costs rose by four per cent.
        The difference between us-east-1 and eu-west-1 is price.
        The NDA template is in the repo.
        Gay-Lussac's law relates pressure and temperature.
        Fingerprints of all artefacts are in the manifest.
        The patient record API returns 500
        He is a pain in the neck
        She is a doctor
        The coming out of the new version is next week
        Thank God it's Friday
        Ask Doctor Who fans
        Do you have depression statistics?
        Who won the election?
    """,
}

HELD_OUT: Mapping[ClassReason, str] = {
    ClassReason.HEALTH: """
        Can we move the retro? I have chemo on Wednesday.
        The school called, our son had an asthma attack during sports.
        I'll be on sick leave until the end of the month.
        Which airlines let me carry my insulin in the cabin?
        Grandma fell in the shower and broke her hip.
        No nuts in the cake please, {Leo} has a severe nut allergy.
        My cholesterol was 280 at the last check-up.
        I need recipes without gluten because I have coeliac disease.
        The physiotherapist told me to rest my ankle.
        I tore my meniscus at the handball tournament.
        My flatmate has been throwing up all night.
        I've gained twelve kilos because of the cortisone I take.
        Her OCD got worse during the exams.
        My teacher has Parkinson's.
        We are trying for a baby and start IVF in June.
        Dear landlord, I am disabled and need a parking space near the door.
        My insurance refuses to pay for my hearing aids.
        I had a panic attack on the plane.
        Since the burnout I only work four days.
        He is HIV positive and takes one pill a day.
        My back is killing me after that flight.
        I quit drinking in 2021 and go to AA meetings.
        Dad goes to dialysis three times a week.
        My little brother has Down's syndrome.
        I can't eat shellfish, I'm allergic.
        Write a letter to my health insurer about my knee operation.
        My girlfriend had a miscarriage.
        I'm dyslexic, so keep the paragraphs short.
        I am colour-blind: don't use red and green in charts.
        My manager is on maternity leave because she gave birth last week.
        Her blood sugar was very low this morning.
        I have a herniated disc and cannot lift the boxes.
        The doctor put my dad on blood thinners.
        Should I run a marathon with my heart murmur?
        I lost my hearing in the left ear.
        He suffers from PTSD after the war.
        My son's teacher thinks he might have ADHD.
        Yesterday I fainted on the tram.
        I don't have HIV, the test was negative.
        My friend is in rehab again.
    """,
    ClassReason.BELIEF: """
        We need a hotel with a prayer room, because my father prays five times a day.
        I'm Hindu, so no beef for me.
        Our rabbi is coming to dinner on Friday.
        I keep Shabbat, so I'm offline from Friday evening.
        My son's baptism is on the fourth of May.
        My neighbours are devout Mormons.
        I gave up chocolate for Lent.
        I grew up Protestant but I'm an agnostic now.
        {Fatima} wears a headscarf at school.
        We eat halal at home.
        I sing in the church choir on Sundays.
        My girlfriend believes in reincarnation.
        I'm a Buddhist and meditate every day.
        My aunt is a nun.
        I volunteer at our mosque.
        My boss goes to Mass every morning before work.
        I lost my faith at university.
        Plan my trip around Friday prayers, I never miss them.
    """,
    ClassReason.POLITICS: """
        I'm going to vote for the Social Democrats on Sunday.
        My roommate is a Trump supporter.
        We marched against the government last weekend.
        I've been a member of the CDU since 1998.
        I'm an anarchist at heart.
        My teacher hates Macron.
        I donate to the Democratic Party every month.
        {Karl} voted Remain.
        I'm against nuclear power.
        My grandparents were communists.
        Write a letter to my MP: I oppose the war in Gaza.
        As a feminist, I find this advert awful.
        My dad and I argue because he votes for the far right.
        I'm standing for the Green Party in the local election.
    """,
    ClassReason.SEXUALITY: """
        I'm a gay man travelling to Dubai, is it safe?
        How do I tell my mum that I'm queer?
        My daughter likes girls.
        She cheated on her husband with the trainer.
        My flatmate came out as bi.
        I am a trans woman and want to change my name at the bank.
        We haven't had sex for a year.
        My ex is lesbian, by the way.
        My teammate is openly gay.
        I am asexual.
        My partner and I are polyamorous.
        I have a low libido lately.
        {Sam} is transitioning and uses a new name.
    """,
    ClassReason.UNION: """
        I was elected union representative at my school.
        My boss found out that I joined a trade union.
        How do I cancel my Unite membership? My union fees went up.
        My dad has been in IG Metall for thirty years.
        Our shop steward says we may refuse overtime.
        The teachers at my school went on strike and so did I.
        I'm active in ver.di.
        My wife works as a union organiser.
        Is my employer allowed to ask whether I'm in a union?
        {Rosa} is a union member.
    """,
    ClassReason.ORIGIN: """
        My kids are half Black and half white.
        I come from a Kurdish family in Diyarbakir.
        My great-grandmother was Sami.
        I'm Asian American and tired of that question.
        They stopped me because of my skin colour.
        My mother is Aboriginal.
        I'm of Nigerian descent.
        My husband is Arab and gets searched every time we fly.
        Our neighbours are Sinti.
        My roots are Yoruba.
        {Mina} is Hazara.
    """,
    ClassReason.BIOMETRIC: """
        My employer wants my fingerprints for the door lock.
        My mother carries the Huntington's gene.
        The airport took an iris scan of me.
        My genome was sequenced for a study.
        I uploaded my DNA to a genealogy site.
        I tested positive for a BRCA2 mutation.
        The app wants a scan of my face, and has my voiceprint already.
        We have a hereditary gene defect in the family.
    """,
    ClassReason.CONFIDED: """
        Please don't mention this to my wife, I am planning a surprise trip.
        We are not allowed to talk about it, it's under NDA.
        My bonus this year is 5,000.
        Just between you and me, the head teacher is leaving.
        The layoffs have not been announced yet.
        I make 85k a year before tax.
        Don't share this with the others in the club.
        Top secret: we are getting a puppy for the kids.
        The recipe is a trade secret of my grandmother.
        What I tell you now must remain confidential.
        This is embargoed until Monday at nine.
        Nobody knows this yet: I'm quitting in May.
        Keep it under wraps, the coach will be sacked.
        Do not forward this outside the company.
    """,
    ClassReason.SECRET: """
        Log in with {SECRET:correct-horse-battery}.
        The wifi password at the cottage is {SECRET:sunflower99}.
    """,
    ClassReason.IDENTIFIES: """
        {Elena} plays the cello.
        Send the parcel to {ADDRESS:12 Oak Street}.
        Dear {Mr Brown}, thank you for the letter.
        {Liam} scored twice in the final.
        The trip to Rome is booked for {Noah} and {Emma}.
        Transfer the rent to {IBAN:DE89 3704 0044 0532 0130 00}.
        The server answers at {IP:203.0.113.7}.
        {Faith} wrote the release notes.
    """,
    ClassReason.SPEAKS_OF_ONESELF: """
        My hamster has a tumour.
        The deploy gave me a headache.
        I'm addicted to this podcast.
        We walked past a mosque in Istanbul.
        I cooked a kosher-style pickle for the market stall.
        My flight was cancelled because of a strike at the airport.
        I'm learning Kurdish at evening school.
        My essay is about the French Revolution and the church.
        I play a priest in my D&D campaign.
        My thesis is on cancer cell detection with CNNs.
        I translate brochures for a hospital.
        We visited the cathedral in Cologne.
        My tomato plants have a disease.
        I broke the build again.
        My car is sick and tired, it needs new brakes.
        Our team lost and the fans were depressed.
        I bought a Black Forest cake.
        My horse broke its leg.
        I'm allergic to meetings.
        I saw a documentary about Jehovah's Witnesses.
        My professor explains the genome of the fruit fly.
        We need to vote on the new logo.
        I had a stroke of luck at the flea market.
        Can you explain to me how insulin works?
        My company sells wheelchairs.
        I'm against using tabs.
        My students read about the trade unions of 1890.
        I have faith in our goalkeeper.
        We are moving to Roma Street in Brisbane.
        I want to merge my two accounts into a union of all contacts.
        My printer died on me.
        I'm Polish and I live in Spain.
        My sourdough is alive and healthy.
        I like the Republican era buildings in Nanjing.
        I'm straightening the pictures in the hall.
        We wrote a health tracker in Flutter.
        I have a pain point with this API.
        My favourite band is Black Sabbath.
        Our baby shower is on Saturday.
        I believe the invoice is wrong.
        My mouse is dead, it needs a battery.
        I gave a talk on HIV prevention statistics.
        My sister works as a nurse in a cancer ward.
        I'm donating to a cancer charity.
        Our insurance covers cars only.
        We use a blind test for the wines.
        I'm positive that the order was sent.
        My unit tests are flaky.
        I watched a film about a gay couple.
        The shower in our flat is broken.
    """,
    ClassReason.PUBLIC_SOURCE: """
        According to the Kubernetes documentation, a pod is the smallest unit.
        RFC 8259 defines JSON.
        Wikipedia says the Eiffel Tower is 330 metres high.
        As per the Rust reference, moves are the default.
        The release notes for Django 5.0 mention field groups.
        According to Wikipedia, sourdough is older than baker's yeast.
        PEP 484 describes type hints.
        The Git manual says that rebase rewrites history.
    """,
    ClassReason.PLAIN: """
        Bake the bread at 220 degrees for forty minutes.
        The match ends two to one.
        An aspirin a day: what does science say?
        The museum is closed on Mondays.
        The union of both sets is empty.
        Cancer is the fourth sign of the zodiac.
        The Democrats hold 47 seats in the Senate.
        The hospital has 400 beds.
        What is the difference between Sunni and Shia Islam?
        The sick bay is on deck three.
        The gene editing tool is called CRISPR.
        The blind on the kitchen window is stuck.
        The fingerprint sensor costs nine dollars.
        const i = items.length;
        The secret ingredient is nutmeg.
        Mass equals density times volume.
        The bus to the mine leaves hourly.
        The race starts at ten in the park.
        The black box records everything.
        The virus spread through e-mail attachments.
        Dogs with epilepsy need regular medication.
        The trade union movement began in Britain.
        The parent process is healthy, the child is not.
        Set the orientation to landscape.
        The straight road leads to the lake.
        Healthy snacks for school: carrots and apples.
        The green party dress is on sale.
        Chapter I explains the rules.
        The confidential client flow of OAuth needs a back end.
        Salary is a float in the employees table.
    """,
}

HELD_OUT_LATER: Mapping[ClassReason, str] = {
    ClassReason.HEALTH: """
        Sorry for the late reply, I was in hospital with appendicitis.
        Our nanny has scarlet fever, so who picks up the kids?
        My mother-in-law broke her leg on the ski slope.
        Please order the cake without eggs, our daughter is allergic to them.
        I'm on antidepressants, may I drink wine with them?
        The coach benched me because of my concussion.
        I have a pacemaker; can I walk through the airport scanner?
        Could you rewrite this complaint to my health insurance about my physiotherapy?
        My colleague {Jonas} is back from rehab.
        I've been feeling depressed since I lost my job.
        My grandson has type 1 diabetes and wears an insulin pump.
        Her chemotherapy starts in April.
        I can't lift my arm since the surgery.
        my eczema flares up when I use this soap
        He has been suffering from insomnia for months.
        Set a timer so that I take my antibiotics every eight hours.
        I was told that I have glaucoma.
        I'm intolerant to lactose.
        My son stays home today because he is sick.
        My dentist pulled two teeth yesterday.
    """,
    ClassReason.BELIEF: """
        We're a Muslim family and need a school without pork at lunch.
        My fiancé is Greek Orthodox and I'm a Lutheran.
        I want to leave the Catholic Church, which form do I need?
        On Saturdays I can't play matches because I observe the Sabbath.
        I'm not religious, but my husband is.
        My pastor asked me for a website.
        My sister married in a mosque.
        {David} is an Orthodox Jew.
    """,
    ClassReason.POLITICS: """
        My wife is running for the Labour Party in Leeds.
        I've always voted conservative.
        I am a monarchist.
        My uncle loves Putin.
        Yesterday I joined the climate strike.
        My daughter is a member of a communist youth group.
        I didn't vote for Macron.
    """,
    ClassReason.SEXUALITY: """
        My son has a boyfriend, he told us that he's gay.
        Is Morocco safe for us as a lesbian couple?
        I'm heterosexual.
        My boss had an affair with the accountant.
        I'm bi and never told my parents.
    """,
    ClassReason.UNION: """
        Our union called a strike, so I can't come on Thursday.
        I've been a union member for ten years.
        My shop steward came with me to the talk with HR.
        My brother works for the teachers' union.
    """,
    ClassReason.ORIGIN: """
        My adoptive son is Vietnamese by ethnicity and people notice, he is of Asian origin.
        We're Romani and travel in summer.
        I'm a Black woman looking for a good hairdresser.
        My grandmother is half Cherokee.
    """,
    ClassReason.BIOMETRIC: """
        The police have my DNA on file.
        My genetic test shows a higher risk.
        I gave my fingerprints for the visa.
    """,
    ClassReason.CONFIDED: """
        We can't tell the team yet, this is confidential.
        My wage went down last month.
        Between you and me, the goalkeeper is leaving.
        The engagement is a secret, please.
        She signed a non-disclosure agreement.
    """,
    ClassReason.SPEAKS_OF_ONESELF: """
        My daughter wants a stuffed rabbit with a broken ear.
        We rewrote the symptom checker of our client in Go.
        I'm scared of the migration.
        My plants are sick.
        I had to restart the health service twice.
        I'm reading the biography of a blind pianist.
        My essay compares Islam and Christianity.
        We sang in a cathedral with the school choir.
        My class visited the parliament and a synagogue.
        I'm planning a trip to the Vatican.
        I need a costume: nun or pirate?
        We discussed the election results in class.
        My teacher gave us a worksheet on the Republican Party.
        I'm learning how unions work in C.
        We need a straight edge and my red pen.
        My favourite film is about a trans singer.
        I ordered black trousers and a white shirt.
        My neighbour is Italian.
        I'm a native speaker of Arabic.
        Our hashing job computes the fingerprint of each image.
        My gene browser crashes on large files.
        I'm injecting the service through the constructor.
        We had a healthy breakfast.
        I had butterflies in my stomach before the match.
        My heart is broken, she left me.
        We lost the match in the last minute.
        I take the children to school.
        My bank wants a scan of my contract.
        I'm in a long-distance relationship with my editor, so to speak.
        My pasta needs salt.
        Our goats have parasites.
        I'm positive about the outcome.
        My brother studies psychology.
        I paid the doctor's parking ticket software subscription.
        I'm in charge of the hospital project at work.
        Can you give me a list of migraine apps?
        My lawn looks sick.
    """,
    ClassReason.PLAIN: """
        The parish council meets in the hall.
        Insulin was discovered in 1921.
        Add a column religion of type text.
        The pilot lost an engine.
        The movie is about a deaf drummer.
        The strike of the pilots ends on Sunday.
        She is the new head of finance.
        Conservatives won 12 seats.
        Stomach ulcers are often caused by bacteria.
        The trans-Siberian railway takes seven days.
        The queue is depressed by back pressure.
        Test for pregnancy in the seed data: patient.pregnant == true
        Whoever has a cold should wear a mask.
    """,
}
