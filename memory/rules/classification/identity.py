"""Words about sex life and orientation, ethnic origin, and genetic and biometric data."""

from memory.records import ClassReason
from memory.rules.classification.grammar import Topic

SEXUALITY = Topic(
    reason=ClassReason.SEXUALITY,
    verbs="""
        have, has, had, having, got, 've, came out, come out, coming out, identify as, use~,
        go to, goes to, went to, met on, met him on, met her on, told, tell, march~ in,
        marched at, enjoy~, into, is into, am into, met, attend~, joined
    """,
    has="""
        an affair, affairs, sex, unprotected sex, casual sex, gay sex, an orgasm, orgasms,
        threesome, one night stand, fetish, kink, bdsm, libido, low libido, sex life,
        open relationship, open marriage, sexual dysfunction, erectile dysfunction,
        erection problem, same sex partner, condom, viagra, grindr, gender dysphoria, dysphoria,
        top surgery, bottom surgery, hormones for my transition, gender reassignment, gay pride,
        gay bar, gay club, friend with benefits, sexual experience, sexual fantasy,
        sexual fantasies, sexual problem, swingers, porn addiction
    """,
    own="""
        sexuality, sexual orientation, sex life, sexual preference, gender identity,
        gender transition, coming out, transition to a, homosexuality, bisexuality, asexuality,
        libido, affair, love affair, virginity, lesbian, sexual history, deadname,
        trans experience, transgender experience, trans identity, trans journey,
        transgender journey, transgender identity, fetish, kink
    """,
    states="""
        gay, lesbian, bisexual, homosexual, heterosexual, hetero, asexual, aromantic,
        demisexual, pansexual, pan, queer, trans, transgender, transsexual, transsexual woman,
        a trans man, a trans woman, non binary, nonbinary, genderfluid, genderqueer, intersex,
        in the closet, closeted, polyamorous, in an open relationship, in an open marriage,
        sexually active, promiscuous, impotent, kinky, a virgin, into men, into women,
        into guys, into girls, attracted to men, attracted to women, attracted to both,
        attracted to other women, attracted to other men, ftm, mtf, in a same sex,
        in a lesbian relationship, in a gay relationship, sexually frustrated, transitioning
    """,
    ends="straight, bi, lgbt, lgbtq",
    acts="""
        came out as, come out as, coming out as, came out to, come out to, coming out to,
        came out last, came out at work, came out of the closet, come out of the closet,
        came out when, slept with, sleep with my, sleeping with, hooked up with, cheated on,
        cheating on, cheat on, likes boys, likes girls, fancies boys, fancies girls, like boys,
        like girls, likes men and women, like men and women, used to be a man,
        used to be a woman, transitioned from male, transitioned from female,
        transitioned to female, transitioned to male, lost my virginity,
        is in love with another woman, in love with another man, masturbate~
    """,
    otherwise="""
        trans fat, trans fats, transitioning to, transitioning from, transitioning into,
        transitioning out, transitioning between, came out to be, come out to be,
        coming out to be, came out to the cinema, came out to the car, came out to the meeting,
        came out to meet, came out to help, came out to see, came out to fix, came out to check,
        came out to look, came out to say, came out to me as, came out to a, came out to dinner,
        gay lussac, bi weekly, bi directional, straight on, straight ahead, straight from,
        straight to, straight out, straight away, straight in, straight home, straight line,
        straight face, straight talk, straight answer, straight into, straight through,
        straight a, pan pizza, pan out, came out last in, slept with the, slept with a,
        slept with an, cheat on the, cheated on the, cheat on a, cheated on a, cheating on the,
        cheating on a, cheated on his exam, cheat on his exam, cheating on an, cheated on an,
        cheat on an, cheated on my diet, cheating on my diet, sex of, sex as, a state affair,
        state affairs, foreign affairs, current affairs, home affairs, came out as version,
        came out as planned, came out as a mess, came out as expected, came out as empty,
        came out as the, came out as null, came out as a string
    """,
)

_PEOPLES = """
    roma, romani, romany, sinti, sinto, traveller by birth, kurdish, kurd, ashkenazi, sephardi,
    ashkenazi jewish, ethnically jewish, arab, berber, amazigh, tamil, sinhalese,
    punjabi by descent, bengali by descent, pashtun, hazara, uyghur, uighur, tibetan, hmong,
    han chinese, mongol, tatar, chechen, circassian, basque by birth, catalan by birth, sami,
    sámi, inuit, inuk, aboriginal, indigenous, native american, first nations, cherokee, navajo,
    sioux, lakota, metis, métis, maori, māori, pacific islander, native hawaiian,
    african american, afro american, afro caribbean, afro german, black british, a black man,
    a black woman, brown skinned, dark skinned, light skinned, white british, a white man,
    a white woman, caucasian, asian, asian american, british asian, south asian, east asian,
    hispanic, latino, latina, latinx, chicano, chicana, mestizo, mulatto, mixed race,
    mixed heritage, multiracial, biracial, half black, half asian, half kurdish, half arab,
    person of colour, person of color, people of colour, woman of colour, woman of color,
    man of colour, man of color, yoruba, igbo, hausa, zulu, xhosa, hutu, tutsi, amhara, oromo,
    tigrayan, somali by descent, yazidi, yezidi, assyrian by descent, aramean, sorbian,
    crimean tatar, of colour, of color, ethnic german, ethnic albanian, ethnic russian,
    ethnic hungarian, ethnic serb, ethnic turk, ethnic chinese, ethnically chinese,
    ethnically russian, ethnically mixed, ethnically turkish, ethnically
"""
_DESCENTS = ", ".join(
    f"{where} {bond}"
    for where in (
        *("african", "arab", "armenian", "asian", "caribbean", "cherokee", "chinese", "greek"),
        *("indian", "indigenous", "iranian", "irish", "italian", "japanese", "jewish", "korean"),
        *("kurdish", "latin american", "mexican", "moroccan", "native american", "nigerian"),
        *("persian", "polish", "roma", "russian", "turkish", "vietnamese", "maori", "yoruba"),
    )
    for bond in ("descent", "origin", "ancestry", "roots", "heritage", "blood")
)
ORIGIN = Topic(
    reason=ClassReason.ORIGIN,
    verbs="have, has, had, got, 've, born to, come from, comes from, came from, come of,"
    "comes of, belong~ to, descend~ from, descended from, stopped for, bullied for, insulted for,"
    "because of",
    has=f"""
        {_DESCENTS}, mixed descent, ethnic minority, skin colour, skin color, dark skin,
        black skin, brown skin
    """,
    own="""
        skin colour, skin color, ethnicity, ethnic origin, ethnic background, ethnic group,
        racial background, ancestry, black skin, brown skin, dark skin, tribe, kurdish identity,
        blackness, racial identity
    """,
    states=_PEOPLES,
    ends="black",
    acts="racially abused, racially profiled, called a racist slur",
    otherwise="""
        black friday, black box, black hole, black belt, black market, black tie, black coffee,
        black tea, black forest, black and white, black cat, black mirror, asian food,
        asian noodles, asian fusion, arab spring, sami restaurant, latina font, black mode,
        black formatter, black theme, black list, black metal, black pepper, black bean,
        black beans, black ice, black swan, black sea, black hat, black coat, black dress,
        black suit, black jeans, tribe leads, tribe lead, tribe meeting, tribe planning,
        ethnicity of the, in the black
    """,
)

BIOMETRIC = Topic(
    reason=ClassReason.BIOMETRIC,
    verbs="""
        have, has, had, got, 've, carry, carries, carrying, carried, inherit~, took, take,
        takes, taken, give, gave, given, sent, send, scan~, scanned, did, do, done, run, ran,
        submit~, submitted, leave, left, stored, store, record~, tested for,
        tested positive for, did the, enrolled, enrol, provide~, upload~
    """,
    has="""
        dna test, dna sample, dna profile, genome sequenced, genetic test, gene test,
        genetic testing, genetic mutation, gene mutation, brca1, brca2, brca mutation,
        brca gene, gene for, huntington gene, huntington 's gene, breast cancer gene,
        faulty gene, genetic predisposition, genetic risk, chromosome abnormality,
        extra chromosome, paternity test, 23andme results, 23andme result, 23andme kit, apoe4,
        hereditary condition, lynch syndrome, gene defect, genetic defect, genetic disease,
        hereditary disease, factor v leiden, cystic fibrosis gene
    """,
    own="""
        dna, dna test, dna sample, dna profile, dna results, genome, genes, genetic test,
        genetic results, genetic profile, genetic data, genetics, karyotype, chromosomes,
        fingerprint, fingerprints, thumbprint, palm print, iris scan, retina scan, face scan,
        facial scan, face template, face print, faceprint, voice print, voiceprint,
        biometric data, biometrics, paternity test, 23andme results, ancestry dna,
        gene mutation, brca test, brca result
    """,
    states="brca positive, fingerprinted, carrier of the gene, a carrier of the, gene carrier",
    otherwise="""
        dna of the, in our dna, our dna, fingerprint reader, fingerprint sensor,
        fingerprint scanner, fingerprint of the, fingerprint of my, fingerprint of our,
        company dna, genes in, fingerprint function, fingerprints of the, fingerprint for,
        fingerprint on the server, fingerprint is sha256, fingerprints match,
        fingerprint mismatch, fingerprint has changed
    """,
    never_with=frozenset(
        "tls ssh gpg pgp sha256 md5 sha1 certificate cert hash hashes ssl rsa ed25519".split()
    ),
)
