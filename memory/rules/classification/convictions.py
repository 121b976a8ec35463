"""Words about religion and philosophical belief, politics, and trade unions."""

from memory.records import ClassReason
from memory.rules.classification.grammar import Topic

_FAITHS = """
    catholic, protestant, christian, muslim, jewish, jew, hindu, buddhist, sikh, jain, mormon,
    atheist, agnostic, evangelical, baptist, methodist, lutheran, anglican, presbyterian,
    calvinist, pentecostal, adventist, quaker, unitarian, jehovah 's witness, jehovahs witness,
    jehovah 's witnesses, pagan, wiccan, satanist, scientologist, shia, shiite, sunni, ahmadi,
    bahai, baha'i, zoroastrian, taoist, rastafarian, greek orthodox, russian orthodox, orthodox,
    orthodox jew, born again, humanist, freethinker, baptised, baptized, devout, religious,
    not religious, spiritual but not religious, religious person, churchgoer, man of god,
    woman of faith, person of faith, believer, non believer, nun, monk, ordained, ex mormon,
    ex catholic, ex muslim, ex christian
"""
_FEASTS = """
    ramadan, eid, shabbat, sabbath, hanukkah, chanukah, passover, pesach, yom kippur,
    rosh hashanah, purim, sukkot, diwali, holi, vesak, vaisakhi, navratri, lent, ash wednesday,
    pentecost, ashura
"""
BELIEF = Topic(
    reason=ClassReason.BELIEF,
    verbs="""
        keep, keeps, kept, keeping, eat, eats, ate, eating, observe~, celebrate~, fast~,
        fast~ for, fast~ during, fast~ on, mark~, wear~, wore, attend~, convert~ to,
        converting to, believe~ in, believed in, believe, believes, belong~ to, join~, left,
        lost, found, follow~, practise~, practice~, pray~, study at, read, reads, sing~ in,
        serve~ in, serve~ at, volunteer~ at, married in, give to, tithe~, lead, leads, abandon~,
        renounce~, teach~ at, made, made the, performed, perform
    """,
    has=f"""
        kosher, halal, {_FEASTS}, hijab, headscarf, niqab, burqa, kippah, yarmulke, turban,
        cassock, church, mass, sunday mass, mosque, synagogue, gurdwara, hindu temple,
        buddhist temple, quaker meeting, friday prayers, evening prayers, prayers, bible study,
        bible group, prayer group, prayer meeting, the bible, quran, koran, torah,
        bhagavad gita, talmud, rosary, church choir, sunday school, god, allah, jesus,
        jesus christ, christ, holy spirit, reincarnation, karma and rebirth, life after death,
        the afterlife, an afterlife, islam, christianity, judaism, hinduism, buddhism,
        catholicism, sikhism, mormonism, scientology, protestantism, the church of england,
        catholic church, evangelical church, hajj, umrah, pilgrimage to mecca,
        pilgrimage to lourdes, first communion, holy communion, bar mitzvah, bat mitzvah,
        baptism, faith in god, faith in jesus
    """,
    own="""
        church, mosque, synagogue, parish, congregation, rabbi, imam, priest, vicar, pastor,
        quran, koran, rosary, prayer, prayer mat, hijab, kippah, turban, religion,
        religious belief, religious upbringing, religious community, faith, catholic faith,
        muslim faith, christian faith, jewish faith, islamic faith, baptism, confirmation class,
        first communion, bar mitzvah, bat mitzvah, relationship with god, belief in god,
        atheism, catholic upbringing, philosophical belief, religious conviction
    """,
    states=_FAITHS,
    acts="""
        pray~ every, pray~ daily, pray~ to, pray~ five times, pray~ before, pray~ at home,
        pray~ at work, pray~ at night, pray~ at noon, pray~ at the mosque, pray~ at church,
        pray~ together, pray~ with, pray~ in, pray~ for my, pray~ for her, pray~ for him,
        pray~ for our, pray~ a, pray~ each, pray~ regularly, pray~ on, pray~ when, pray~ twice,
        pray~ three times, pray~ and, pray~ towards, pray~ facing, fast~ during ramadan,
        don 't believe in god, thank~ god every, worship~ at, worship~ in, worship~ together,
        no longer believe, stopped going to church, left the church, left the faith,
        go to church, goes to church, went to church, going to church, go to mass, goes to mass,
        went to mass, going to mass, go to the mosque, goes to the mosque, go to mosque,
        goes to mosque, go to synagogue, goes to synagogue, go to the synagogue,
        goes to the synagogue, go to bible study, goes to bible study, go to sunday school,
        goes to sunday mass, go to sunday mass, goes to temple, go to friday prayers,
        goes to friday prayers, was raised without religion, say grace, says grace,
        say the rosary, go to confession, goes to confession, went to confession,
        gave up meat for lent, give up alcohol for lent, gave up alcohol for lent,
        gave up chocolate for lent, giving up alcohol for lent
    """,
    leads="converted to islam, converted to christianity, converted to judaism",
    otherwise="""
        religious about, religious war, religious wars, religious debate, orthodox approach,
        faith in the, faith in this, faith in our, faith in my, faith in their, faith in your,
        faith in it, faith in them, faith in him, faith in her, faith in humanity, faith in me,
        faith in us, faith in myself, faith in you, believer in, a believer in,
        firm believer in, church encoding, church numerals, alonzo church, god object,
        god class, god mode, god knows, god bless, oh my god, my god, for god 's sake,
        jesus christ what, prayer and hope, buddhist temple in, religion on, church near,
        church next to, church opposite, church behind, church across, church tower,
        church hall, church square, mass of, mass storage, mass mail, mass email, mass update,
        mass transit, mass market, a mass, lent me, lent him, lent her, lent us, lent my,
        lent you, lent them, lent it, lent the, lent a, has lent, have lent, mosque in,
        monk mode, converting to christian, eid number, baptism of fire, kosher salt,
        halal butcher in, halal cart, orthodox opening, believe it, believe the, believe this,
        believe that, pray~ that, pray~ it, pray~ the, pray~ this, pray~ we, pray~ nobody,
        pray~ for the, pray~ for green
    """,
)

_PARTIES = """
    greens, green party, labour, labour party, tories, tory, conservative party, conservatives,
    liberal democrats, lib dems, ukip, reform uk, snp, plaid cymru, sinn fein, the dup,
    fine gael, fianna fail, democrat, the democrats, democratic party, republican,
    the republicans, republican party, the gop, libertarian party, social democrats,
    social democratic party, christian democrats, spd, cdu, csu, fdp, afd, die linke,
    left party, bsw, pirate party, socialist party, the socialists, communist party,
    the communists, the far right, the far left, the right wing, the left wing, national rally,
    rassemblement national, la france insoumise, en marche, podemos, psoe, partido popular,
    lega, five star movement, fratelli d'italia, fidesz, law and justice, liberals, ndp,
    bloc quebecois, likud, bjp, the akp, the chp, hdp, dsa, the opposition, the ruling party,
    the coalition
"""
_POLITICIANS = """
    trump, biden, obama, hillary, sanders, bernie, kamala, desantis, aoc, macron, le pen,
    melenchon, mélenchon, merkel, merz, scholz, habeck, baerbock, weidel, wagenknecht, starmer,
    corbyn, sunak, boris johnson, farage, liz truss, thatcher, trudeau, poilievre, orban, orbán,
    erdogan, erdoğan, meloni, salvini, sanchez, milei, lula, bolsonaro, modi, netanyahu, putin,
    zelensky
"""
POLITICS = Topic(
    reason=ClassReason.POLITICS,
    verbs="""
        vote, votes, voted, voting, vote for, votes for, voted for, voting for, voted against,
        vote against, voting against, support~, back the, backed, campaign~ for,
        campaign~ against, canvass~ for, canvassing for, canvassed for, member of, members of,
        join~, left, belong~ to, donate~ to, donated to, volunteer~ for, stand for,
        standing for, stood for, run~ for, running for, ran for, elected for, protest~ against,
        demonstrate~ against, march~ against, marched for, marching for, hate~, despise~,
        admire~, love~, loves, like, likes, sympathise~ with, trust, trusts, can 't stand,
        distrust, prefer, councillor for, believe~ in, agree with, fan of, opposed to, oppose~,
        leaflets for, knocked on doors for, 'm against, am against, is against, are against,
        'm for, am for, is for, are for
    """,
    has=f"""
        {_PARTIES}, {_POLITICIANS}, brexit, remain, leave in the referendum, leave in 2016,
        scottish independence, catalan independence, the independence of, in the election,
        in the last election, in the general election, in the local elections,
        in the referendum, in the european election, communism, socialism, marxism, anarchism,
        capitalism, nuclear power, the war in, the occupation, immigration, gun control,
        the death penalty, abolishing the monarchy, the monarchy, universal basic income,
        black lives matter, blm, extinction rebellion, fridays for future, the far right,
        pegida, climate march, climate strike, climate protest, women 's march,
        anti war protest, pro palestine march, a political party, a party member
    """,
    own="""
        political view, political opinion, political belief, political conviction, politics,
        political party, political leaning, party membership, party card, vote went to,
        local party branch, constituency party
    """,
    states="""
        socialist, democratic socialist, communist, marxist, anarchist, libertarian, trotskyist,
        fascist, nationalist, monarchist, royalist, feminist, pacifist, centrist,
        social democrat, christian democrat, green voter, labour voter, tory voter, trump voter,
        swing voter, republican, registered republican, registered democrat, a democrat,
        lifelong democrat, left wing, right wing, far left, far right, on the left politically,
        politically left, politically right, politically conservative, politically liberal,
        conservative politically, pro choice, pro life, pro brexit, anti brexit, anti abortion,
        pro palestinian, pro israel, remainer, brexiteer, tory, lib dem, trump supporter,
        labour supporter, political activist, climate activist, campaigning for independence,
        apolitical, active in the greens, active in the green party, active in the labour party,
        active in the spd
    """,
    ends="a liberal, a conservative, a green, the government, the regime",
    acts="""
        went on the climate march, went on a climate march, went to a protest against,
        went to the protest against, went to a demonstration against,
        was at the demonstration against, voted remain, voted leave, voted green, voted labour,
        voted tory, voted republican, voted democrat, voted conservative, vote labour,
        vote green, votes green, votes labour, votes conservative, vote conservative,
        votes republican, votes democrat, vote democrat, vote republican, voting green,
        voting labour, voting tory, got arrested at the protest, think the government should,
        think the government is, think the president is, think the prime minister is,
        think the chancellor is, want the government to, lean left, leans left, lean right,
        leans right, spoiled my ballot, spoilt my ballot
    """,
    otherwise="""
        a liberal use, a liberal dose, a liberal amount, a green build, a green pipeline,
        a green light, a green check, a green tick, a green tea, a green salad, a green jumper,
        a green field, a green card, a green dot, a green screen, a conservative estimate,
        a conservative choice, a conservative default, a conservative approach,
        a conservative guess, a conservative limit, a liberal license, a liberal licence,
        a liberal arts, labour costs, labour cost, labour market, labour day, for labour,
        labour hours, manual labour, labour of love, against labour, hard labour, labour pains,
        the opposition in, the opposition scored, leave in the, remain in, the regime change,
        trump card, remain calm, modi operandi, for greens, lost momentum, for remain,
        politics at work, office politics, politics of the, likes greens, like greens,
        love greens, eat greens, immigration office, immigration form, immigration lawyer,
        nationalist history, republican era, our greens, my greens, the government api,
        the government website, for the government, for lega, like the opposition, love lega,
        against the opposition, for the coalition, love vox, like vox, read vox,
        for immigration, for law and justice
    """,
    never_with=frozenset("paxos raft quorum pull reviewer reviewers".split()),
)

UNION = Topic(
    reason=ClassReason.UNION,
    verbs="""
        member of, members of, belong~ to, join~, left, leave, quit, active in, dues to, pay,
        pays, elected, represent~, organise~, organize~, organising, organizing, support~, call,
        called, founded, founding, found~, contacted, contact, went to, rep for, in touch with,
        works for, work as, works as, worked as, official in, official of, chair of,
        treasurer of, signed up with, signed up to
    """,
    has="""
        trade union, labor union, labour union, teachers ' union, teachers union,
        teacher 's union, nurses ' union, nurses union, workers ' union, workers union,
        miners ' union, miners union, pilots ' union, railway union, rail union,
        transport union, metalworkers ' union, metal workers ' union, lecturers ' union,
        journalists ' union, actors ' union, writers ' guild, dockers ' union,
        electricians ' union, public service union, public sector union, civil service union,
        services union, tech union, drivers ' union, postal union, tenants and workers union,
        union, union member, union dues, union membership, union card, union rep,
        union representative, union delegate, union meeting, union branch, union organiser,
        union organizer, union steward, picket line, ig metall, ver di, verdi union, dgb, gew,
        ig bce, unison, unite the union, gmb, RMT, ASLEF, USDAW, PCS union, NASUWT, NEU, UCU,
        UAW, SEIU, AFSCME, AFL CIO, teamsters, CWA, united auto workers, CGT, CFDT, CGIL, UGT,
        CCOO, solidarnosc, alphabet workers union
    """,
    own="""
        union, trade union, shop steward, union rep, union representative, union steward,
        union dues, union card, union membership, union branch, union meeting,
        union subscription, union fees, union delegate, union lawyer, union contract
    """,
    states="""
        unionised, unionized, union member, shop steward, union rep, union representative,
        union delegate, union organiser, union organizer, trade unionist, unionist, on strike,
        on the picket line, union steward, union man, union woman, in a union, in the union
    """,
    acts="went on strike, gone on strike, going on strike, voted to strike, voted to unionise,"
    "voted to unionize, walked the picket line, crossed the picket line, trying to unionise,"
    "trying to unionize",
    otherwise="""
        union jack, european union, soviet union, credit union, student union, students ' union,
        students union, union square, union station, union street, western union, customs union,
        rugby union, union of, union find, union all, union select, union type, union types,
        union their, union our, union the, union berlin, civil union, unions of, union pacific,
        a union of, union between, monetary union, african union, state of the union
    """,
    never_with=frozenset(
        """
        typescript sql query select type types typed struct set sets enum literal discriminated
        tagged operator clause compiler haskell rust pydantic mypy intersection jsonschema schema
        column columns row rows sensor interface narrowing python generic generics
        """.split()
    ),
)
