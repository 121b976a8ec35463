"""Words about health (GDPR Art. 4 (15)), what is wrong as much as what is taken against it."""

from memory.records import ClassReason
from memory.rules.classification.grammar import Topic

_ILLNESSES = """
    diabetes, gestational diabetes, prediabetes, cancer, leukaemia, leukemia, lymphoma,
    melanoma, tumour, tumor, carcinoma, metastases, asthma, copd, bronchitis, pneumonia,
    tuberculosis, covid, long covid, coronavirus, flu, influenza, malaria, measles, mumps,
    chickenpox, shingles, sepsis, hepatitis, HIV, hiv, AIDS, an STD, an STI, chlamydia, herpes,
    syphilis, gonorrhoea, epilepsy, seizure, epileptic fit, migraine, stroke, mini stroke,
    concussion, dementia, alzheimer, alzheimers, alzheimer 's, parkinson, parkinsons,
    parkinson 's, multiple sclerosis, ALS, cerebral palsy, huntington 's, huntingtons,
    neuropathy, vertigo, tinnitus, sciatica, narcolepsy, tourette 's, tourettes, heart attack,
    heart condition, heart disease, heart failure, heart murmur, heart problem, arrhythmia,
    angina, hypertension, high blood pressure, low blood pressure, high cholesterol, thrombosis,
    blood clot, aneurysm, anaemia, anemia, haemophilia, hemophilia, sickle cell, arthritis,
    rheumatism, osteoporosis, scoliosis, slipped disc, herniated disc, fibromyalgia, lupus,
    gout, carpal tunnel, tendonitis, tendinitis, RSI, hernia, torn ligament, torn acl,
    broken leg, broken arm, broken wrist, broken ankle, broken hip, broken foot, broken rib,
    broken collarbone, broken finger, broken nose, fractured wrist, fractured ankle, fracture,
    sprained ankle, sprained wrist, whiplash, crohn 's, crohns, colitis, irritable bowel, IBS,
    stomach ulcer, ulcer, gastritis, gallstone, kidney stone, kidney disease, kidney failure,
    liver disease, cirrhosis, appendicitis, haemorrhoids, hemorrhoids, diarrhoea, diarrhea,
    constipation, food poisoning, stomach bug, stomach flu, norovirus, incontinence,
    urinary infection, bladder infection, yeast infection, ear infection, chest infection,
    sinus infection, kidney infection, UTI, uti, tonsillitis, strep throat, sinusitis,
    hay fever, endometriosis, pcos, PCOS, fibroids, menopause, miscarriage, stillbirth,
    preeclampsia, eczema, psoriasis, rosacea, acne, hives, skin condition, allergy, nut allergy,
    peanut allergy, milk allergy, food allergy, allergic reaction, anaphylaxis, intolerance,
    lactose intolerance, coeliac disease, celiac disease, coeliac, celiac, hypothyroidism,
    hyperthyroidism, hashimoto, hashimoto 's, thyroid problem, thyroid condition, depression,
    postnatal depression, postpartum depression, anxiety, anxiety disorder, panic attack,
    panic disorder, ptsd, PTSD, adhd, ADHD, ocd, OCD, bipolar, bipolar disorder,
    borderline personality disorder, schizophrenia, psychosis, autism, asperger, aspergers,
    asperger 's, dyslexia, dyscalculia, dyspraxia, down syndrome, down 's syndrome,
    eating disorder, anorexia, bulimia, insomnia, sleep apnoea, sleep apnea, burnout,
    nervous breakdown, mental illness, mental health problem, mental health issue,
    suicidal thought, learning disability, disability, chronic pain, chronic illness,
    chronic fatigue, autoimmune disease, immune disorder, genetic disorder, rare disease,
    illness, disease, infection, drinking problem, alcohol problem, drug problem,
    gambling addiction, addiction, alcoholism, cataract, glaucoma, hearing loss,
    food intolerance, back pain, chest pain, knee pain, neck pain, back problem, knee problem,
    stomach ache, stomach pain, toothache, headache, nausea, morning sickness,
    withdrawal symptom, sore throat, heart defect, birth defect, congenital defect
"""
_TREATMENTS = """
    insulin, metformin, ozempic, semaglutide, statin, statins, ramipril, lisinopril, amlodipine,
    beta blocker, blood thinner, warfarin, levothyroxine, thyroxine, steroid, cortisone,
    prednisone, prednisolone, sertraline, zoloft, fluoxetine, prozac, citalopram, escitalopram,
    lexapro, venlafaxine, mirtazapine, bupropion, lithium, quetiapine, valium, xanax, diazepam,
    lorazepam, ssri, SSRI, SSRIs, antidepressant, antipsychotic, ritalin, adderall,
    methylphenidate, vyvanse, concerta, methadone, morphine, oxycodone, tramadol, codeine,
    fentanyl, opioid, painkiller, ibuprofen, paracetamol, aspirin, naproxen, antibiotic,
    amoxicillin, penicillin, antihistamine, inhaler, epipen, nebuliser, nebulizer, chemo,
    chemotherapy, radiotherapy, radiation therapy, dialysis, immunotherapy, hormone therapy,
    physiotherapy, physical therapy, psychotherapy, cognitive behavioural therapy,
    couples therapy, speech therapy, rehab, detox, ivf, IVF, fertility treatment, abortion,
    c section, caesarean, cesarean, epidural, vasectomy, hysterectomy, mastectomy,
    tonsillectomy, appendectomy, surgery, heart surgery, knee surgery, back surgery,
    eye surgery, bypass surgery, operation on, hip replacement, knee replacement,
    knee operation, hip operation, heart operation, transplant, kidney transplant,
    liver transplant, root canal, biopsy, colonoscopy, gastroscopy, mammogram, ultrasound scan,
    mri scan, ct scan, ecg, smear test, blood test, pregnancy test, covid test,
    blood transfusion, pacemaker, stent, hearing aid, cochlear implant, prosthesis,
    prosthetic leg, artificial hip, wheelchair, crutches, catheter, cpap, insulin pump,
    glucose monitor, medication, meds, sleeping pill, sleeping tablet, birth control,
    contraceptive, the pill, iron supplement, chemo session, vaccination, flu shot, flu jab,
    covid shot, covid jab, booster shot, prescription, hrt, HRT, doctor 's appointment,
    doctors appointment, gp appointment, hospital appointment, appointment with the doctor,
    appointment with the cardiologist, appointment with the oncologist,
    appointment with the psychiatrist, appointment with the neurologist,
    appointment with the dermatologist, appointment with the gynaecologist, therapist,
    psychiatrist, psychologist, oncologist, cardiologist, neurologist, urologist, gynaecologist,
    gynecologist, endocrinologist, rheumatologist, dermatologist, physiotherapist,
    fertility clinic, pain clinic, midwife, therapy session, therapy, blood pressure,
    blood sugar, cholesterol, bmi
"""
_OWN = """
    doctor, gp, GP, physio, counsellor, surgeon, dentist, pregnancy, menstrual cycle,
    heart rate, resting heart rate, blood type, blood group, blood result, blood test results,
    blood work, lab results, mri, MRI, x ray, hospital stay, health problem, health issue,
    health condition, medical condition, medical history, medical record,
    health insurance claim, mental health, poor health, failing health, sick note, sick leave,
    sick days, sobriety, hearing is, hearing has, hearing got, eyesight is, eyesight has,
    relapse, dosage, bad back, bad knee, bad hip, weak heart, fertility, infertility,
    medical appointment, checkup, knees hurt, legs hurt, feet hurt, arms hurt, hands hurt,
    eyes hurt, legs are paralysed, legs are paralyzed, joints hurt, joints ache
"""
_STATES = """
    pregnant, diabetic, type 1 diabetic, type 2 diabetic, prediabetic, asthmatic, epileptic,
    autistic, dyslexic, dyspraxic, bipolar, schizophrenic, anorexic, bulimic, depressed,
    suicidal, hiv positive, HIV positive, immunocompromised, anaemic, anemic, haemophiliac,
    disabled, paralysed, paralyzed, quadriplegic, paraplegic, blind, deaf, hard of hearing,
    partially sighted, visually impaired, hearing impaired, colour blind, color blind,
    colourblind, colorblind, infertile, menopausal, obese, overweight, underweight,
    malnourished, lactose intolerant, gluten intolerant, coeliac, celiac, hypertensive,
    arthritic, wheelchair bound, wheelchair user, housebound, bedridden, terminally ill,
    seriously ill, chronically ill, mentally ill, ill, unwell, feverish, hospitalised,
    hospitalized, in hospital, in the hospital, in intensive care, in the icu, in a coma,
    in rehab, in therapy, in remission, in recovery, in labour with, in a wheelchair,
    in the psychiatric ward, in a psychiatric ward, in a psychiatric clinic, in chemo,
    on sick leave, off sick, signed off sick, on crutches, on the spectrum, on dialysis,
    on chemo, on antibiotics, on antidepressants, on medication, on meds, on the pill,
    on birth control, on my period, on her period, on insulin, on statins, on blood thinners,
    on painkillers, clean and sober, sober, alcoholic, recovering alcoholic, recovering addict,
    drug addict, addicted to alcohol, addicted to heroin, addicted to painkillers,
    addicted to opioids, addicted to cocaine, addicted to drugs, addicted to sleeping pills,
    hooked on painkillers, vaccinated, cancer free, tested for hiv, positive for covid,
    breastfeeding, postpartum, neurodivergent, traumatised, traumatized, having contractions
"""
_BODY = """
    arm leg hand foot knee ankle wrist elbow shoulder hip back neck toe finger thumb rib nose
    collarbone jaw skull head chest stomach tooth teeth ear throat eye heel spine achilles hamstring
    ligament acl meniscus
""".split()
_HARMS = """
    broke breaks broken fractured sprained dislocated tore torn twisted injured hurt hurts strained
    burnt bruised
""".split()
_HURT = ", ".join(
    f"{harm} {whose} {part}"
    for harm in _HARMS
    for whose in ("my", "his", "her", "a", "an", "both", "their")
    for part in _BODY
)
_HURT_OWN = ", ".join(
    f"{part} {what}"
    for part in _BODY
    for what in (
        *("pain", "surgery", "injury", "operation", "problems", "infection", "x ray"),
        *("hurts", "hurt", "aches", "still hurts", "has been hurting", "is killing me"),
        *("is swollen", "is broken", "is injured", "is sore", "replacement"),
    )
)

HEALTH = Topic(
    reason=ClassReason.HEALTH,
    verbs="""
        have, has, had, having, 've, got, get, gets, getting, suffer~, diagnose~, live~ with,
        struggle~ with, struggle~, cope~ with, fight, fights, fought, fighting, battle~, beat,
        survive~, recover~, treat~, tested, complain~ of, catch, catches, caught, contracted,
        developed, developing, died, dying, die, lost, losing, take, takes, took, taking, taken,
        prescribe~, need~, start~, stop~, stopped, use~, inject~, skip, skipped, forgot, forget,
        undergo, undergoing, underwent, go to, going to, walk without, goes to, went to,
        going through, go through, went through, went for, going for, await~, waiting for,
        schedule~ for, attend~, see, sees, saw, seeing, refill~, experience~, carry, carries,
        give, gave, given, order~, pick up, renew, quit, booked, book, increase~, double~,
        coming down with, came down with, down with, out of, wear~, hide, hides, inherited,
        missed, confined to, pay for, put, puts, keep~, kept
    """,
    has=_ILLNESSES + "," + _TREATMENTS,
    own=_OWN + "," + _HURT_OWN,
    states=_STATES,
    ends="""
        sick, allergic, fever, a fever, temperature of, a cold, a bad cold, a nasty cold,
        a cough, a bad cough, high temperature, burnt out, burned out, MS
    """,
    acts=f"""
        has ms, since my diagnosis, tested positive, test positive, have been sick, threw up,
        throwing up, vomited, vomiting, fainted, passed out from, had a relapse, relapsed,
        miscarried, self harm~, cut myself, overdosed, tried to kill myself,
        tried to kill himself, tried to kill herself, attempted suicide, gave birth,
        trying to conceive, trying for a baby, quit drinking, stopped drinking, gone deaf,
        gone blind, lost my sight, lost her sight, lost his sight, lost my hearing,
        lost his hearing, lost her hearing, check my blood sugar, lost the baby,
        struggle~ with mental health, go to aa, went to aa, go to aa meetings,
        go to narcotics anonymous, on antidepressants, rushed to hospital, taken to hospital,
        rushed to the hospital, taken to the hospital, admitted to hospital,
        admitted to the hospital, discharged from hospital, went into labour, called in sick,
        call in sick, {_HURT}
    """,
    leads="""
        allergic to, diagnosed with, tested positive for, prescribed, off sick, on sick leave,
        intolerant to, been sober, sober since, sober for, recovering from surgery
    """,
    alone="""
        my fever, her fever, his fever, my health, his health, her health, my period is,
        my period has, my period started, my period pain, her period is, her period has,
        my pills, her pills, his pills, our baby is due, my baby is due
    """,
    otherwise="""
        sick of, sick and tired, sick to death of, sick trick, ocd about, stroke of, stroke on,
        stroke width, stroke path, stroke in, stroke order, depressed about, depressed by,
        tested positive and, disabled the, disabled it, disabled in, disabled by, disabled for,
        blind to, blind spot, blind date, blind test, blind faith, blind alley, deaf ear,
        deaf to, addiction to coffee, allergic to meetings, allergic to work, allergic to nulls,
        allergic to commitment, allergic to bureaucracy, allergic to java,
        allergic to javascript, allergic to yaml, allergic to xml, allergic to small talk,
        allergic to deadlines, allergic to buzzwords, allergic to php, heart attack when,
        nearly had a heart attack, almost had a heart attack, headache with, headache from the,
        a headache for, headache because, a headache with, an addiction to, addiction to,
        depression of, great depression, depression era, depressed key, use insomnia,
        uses insomnia, using insomnia, in insomnia, insomnia collection, my health check,
        my health bar, my health points, my health insurance, operation on the, operation on a,
        operation on this, seizure of, disease of, bipolar transistor, on steroids,
        prescription for, ill advised, ill formed, ill typed, ill prepared, ill equipped,
        not brain surgery, 't brain surgery, sober look, migraine inducing, sick burn,
        sick beat, anxiety about the, anxiety about this, separation anxiety, fever pitch,
        deployment anxiety, infection in, infection on, medication reminder, abortion law,
        abortion rights, stopped drinking coffee, quit drinking coffee, stopped drinking tea,
        quit drinking tea, stopped drinking milk, quit drinking milk, stopped drinking soda,
        quit drinking soda, stopped drinking cola, quit drinking cola, stopped drinking juice,
        quit drinking juice
    """,
    never_with=frozenset("veterinary vet vets vet's stray aquarium antivirus malware".split()),
)
