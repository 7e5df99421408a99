"""Names of Bangladesh, where the family name must fit the given one: Rafiqul Islam, Mizanur Rahman."""

from __future__ import annotations

from profiles.demo.names import (
    Name,
    Seconds,
    Strand,
    Tables,
    bilingual,
    by_sex_and_age,
    doubled,
    for_everybody,
    nfc,
    paired,
    ranked,
    weighted,
)
from profiles.demo.skew import by_weight

GIVEN_BITS = 14
MEN_UL = """
রফিকুল Rafiqul, শফিকুল Shafiqul, নজরুল Nazrul, আমিনুল Aminul, জহিরুল Zahirul, সাইফুল Saiful, মনিরুল Monirul,
তাজুল Tajul, শহিদুল Shahidul, আনোয়ারুল Anwarul, কামরুল Kamrul, আরিফুল Ariful, তরিকুল Tariqul, নুরুল Nurul,
আশরাফুল Ashraful, রাকিবুল Rakibul, মাহমুদুল Mahmudul, মঞ্জুরুল Monjurul, খাইরুল Khairul
"""
MEN_UR = """
মিজানুর Mizanur, হাবিবুর Habibur, মাহবুবুর Mahbubur, আবদুর Abdur, আতাউর Ataur, সাইদুর Saidur,
মোস্তাফিজুর Mostafizur, জিয়াউর Ziaur, আজিজুর Azizur, লুৎফর Lutfor, মতিউর Motiur, আনিসুর Anisur, ফজলুর Fazlur,
ওবায়দুর Obaidur, খলিলুর Khalilur, হাফিজুর Hafizur, মশিউর Moshiur, আশিকুর Ashikur
"""
MEN_OLD = """
কামাল Kamal, জামাল Jamal, ফারুক Faruk, আলমগীর Alamgir, জাকির Zakir, আনোয়ার Anwar, দেলোয়ার Delwar,
মোশাররফ Mosharraf, সেলিম Selim, কবির Kabir, হারুন Harun, শামীম Shamim, ইউসুফ Yusuf, ইব্রাহিম Ibrahim,
বেলাল Belal, নাসির Nasir, মাসুদ Masud, শাহীন Shahin, মামুন Mamun, মনির Monir, আবুল Abul, শাহজাহান Shahjahan
"""
MEN_YOUNG = """
সোহেল Sohel, রুবেল Rubel, জাহিদ Zahid, ইমরান Imran, তানভীর Tanvir, আরিফ Arif, সাব্বির Sabbir, রাসেল Rasel,
মেহেদী Mehedi, নাঈম Naeem, ফয়সাল Faisal, শাকিল Shakil, রিয়াদ Riad, সুমন Sumon, মুরাদ Murad, তারেক Tareq,
সাজ্জাদ Sajjad, জুবায়ের Zubayer, আদনান Adnan, সজীব Sajib, রায়হান Raihan, নাহিদ Nahid, শাহরিয়ার Shahriar
"""
WOMEN_OLD = """
ফাতেমা Fatema, রাবেয়া Rabeya, রোকেয়া Rokeya, সালমা Salma, শাহনাজ Shahnaz, হালিমা Halima, খাদিজা Khadija,
রেহানা Rehana, নাজমা Nazma, শিরিন Shirin, আমেনা Amena, কুলসুম Kulsum, সেলিনা Selina, নার্গিস Nargis,
হাসিনা Hasina, শাহিদা Shahida, বিলকিস Bilkis, মাহমুদা Mahmuda, আফরোজা Afroza, মমতাজ Momtaz,
জাহানারা Jahanara, আনোয়ারা Anwara, মনোয়ারা Monowara, সুফিয়া Sufia, রহিমা Rahima, জোহরা Zohra,
মাজেদা Majeda, সাহেরা Sahera, নূরজাহান Nurjahan, লায়লা Laila, জরিনা Zarina, পেয়ারা Peyara, সখিনা Sakhina,
জয়নব Joynob, মরিয়ম Moriom, হাজেরা Hazera, রওশন Rowshan, দিলরুবা Dilruba
"""
WOMEN_YOUNG = """
আয়েশা Ayesha, নাসরিন Nasrin, সুমাইয়া Sumaiya, তাসলিমা Taslima, শারমিন Sharmin, নুসরাত Nusrat,
ফারজানা Farzana, সাদিয়া Sadia, তানিয়া Tania, মরিয়ম Mariam, রুমা Ruma, লিপি Lipi, মৌসুমী Mousumi,
সাবিনা Sabina, ইসরাত Israt, তানজিলা Tanzila, মিম Mim, জেসমিন Jesmin, রোজিনা Rozina, সাবরিনা Sabrina,
ফাহমিদা Fahmida, তাহমিনা Tahmina, মাহফুজা Mahfuza, রিমা Rima, সানজিদা Sanjida, ফারহানা Farhana,
রুবিনা Rubina, শাহানা Shahana, আফসানা Afsana, তাসনিম Tasnim, জান্নাতুল Jannatul, মাহিয়া Mahia, নাজনীন Naznin,
লামিয়া Lamia, রাইসা Raisa, সুরাইয়া Suraiya, নাদিয়া Nadia, ফাবিহা Fabiha, আনিকা Anika, মালিহা Maliha,
সামিয়া Samia, রুকাইয়া Rukaiya, সাথী Sathi, শিউলি Shiuli, শাপলা Shapla, বর্ষা Barsha, নীলা Nila,
হুমায়রা Humaira, ইসমত Ismat, আরিফা Arifa
"""
FAMILIES_MEN = """
হোসেন Hossain 24, আহমেদ Ahmed 16, খান Khan 10, উদ্দিন Uddin 9, মিয়া Miah 9, আলী Ali 6, চৌধুরী Chowdhury 6,
সরকার Sarker 5, শেখ Sheikh 4, হাওলাদার Howlader 2, প্রামানিক Pramanik 2, মণ্ডল Mondal 2, আকন্দ Akand 1,
গাজী Gazi 1
"""
FAMILIES_WOMEN_OLD = """
বেগম Begum 44, খাতুন Khatun 26, আক্তার Akter 12, খানম Khanam 5, নাহার Nahar 4, পারভীন Parvin 4,
চৌধুরী Chowdhury 2
"""
FAMILIES_WOMEN_YOUNG = """
আক্তার Akter 38, সুলতানা Sultana 11, ইসলাম Islam 10, জাহান Jahan 8, খাতুন Khatun 8, রহমান Rahman 6,
ইয়াসমিন Yasmin 5, পারভীন Parvin 4, আহমেদ Ahmed 3, হোসেন Hossain 3, খান Khan 2, চৌধুরী Chowdhury 2
"""
FAMILIES_HANDED_DOWN = """
চৌধুরী Chowdhury 22, খান Khan 20, সরকার Sarker 12, তালুকদার Talukder 9, ভূঁইয়া Bhuiyan 8, মজুমদার Majumder 7,
সিকদার Sikder 5, মোল্লা Molla 5, খন্দকার Khandaker 4, পাটোয়ারী Patwary 3, দেওয়ান Dewan 2, কাজী Kazi 2
"""
HINDU_MEN_OLD = """
অনিল Anil, বিমল Bimal, তপন Tapan, রতন Ratan, দীপক Dipak, নারায়ণ Narayan, স্বপন Swapan, শ্যামল Shyamal,
প্রদীপ Pradip, গৌতম Goutam, উত্তম Uttam, সুব্রত Subrata
"""
HINDU_MEN_YOUNG = """
সঞ্জয় Sanjoy, অমিত Amit, বিপ্লব Biplob, পার্থ Partha, সুমন Sumon, অভিজিৎ Abhijit, দেবাশীষ Debashish,
রাজীব Rajib, সৌরভ Sourav, শুভ Shuvo, জয়ন্ত Jayanta, তন্ময় Tanmoy
"""
HINDU_WOMEN_OLD = """
লক্ষ্মী Lakshmi, অঞ্জনা Anjana, সুমিত্রা Sumitra, পূর্ণিমা Purnima, রীতা Rita, মালতী Malati, সন্ধ্যা Sandhya,
আরতি Arati, শেফালী Shefali, মিনতি Minati, কল্পনা Kalpana
"""
HINDU_WOMEN_YOUNG = """
শিলা Shila, মিতা Mita, শম্পা Shampa, প্রিয়াঙ্কা Priyanka, দীপা Dipa, কাকলি Kakoli, তৃষ্ণা Trishna,
অর্পিতা Arpita, মৌমিতা Moumita, সুস্মিতা Susmita, পূজা Puja, তিথি Tithi
"""
HINDU_FAMILIES = """
দাস Das 24, রায় Roy 16, সাহা Saha 11, ঘোষ Ghosh 9, দে Dey 8, পাল Paul 8, চক্রবর্তী Chakraborty 7,
সরকার Sarker 6, মণ্ডল Mondal 5, বিশ্বাস Biswas 5, দত্ত Dutta 4, শীল Shil 3, কর্মকার Karmakar 2,
হালদার Halder 2, ভৌমিক Bhowmik 2
"""
NICKNAMES = {
    "male": bilingual("বাবু Babu, রিপন Ripon, মুন্না Munna, শান্ত Shanto, রনি Rony, টিটু Titu, বাপ্পি Bappi, অপু Apu"),
    "female": bilingual(
        "মুন্নি Munni, রুমি Rumi, সুইটি Sweety, পপি Popy, ঝুমা Jhuma, টুম্পা Tumpa, মুক্তা Mukta, রিতু Ritu"
    ),
}
SECONDS = Seconds(
    men="হাসান Hasan, আহমেদ Ahmed, হোসেন Hossain, ইসলাম Islam, মাহমুদ Mahmud, রহমান Rahman",
    women="আক্তার Akter, জাহান Jahan, সুলতানা Sultana, ইসলাম Islam, তাবাসসুম Tabassum, ফেরদৌস Ferdous",
    share=0.3,
)
CALLED = """
মিম Mim, শান্তা Shanta, রিমা Rima, মিতু Mitu, তিশা Tisha, নিপা Nipa, সুমি Sumi, লিজা Liza, মুক্তা Mukta,
পপি Popy, ইভা Eva, রুনা Runa, শিলা Shila, রিতু Ritu, সোনিয়া Sonia, আঁখি Akhi, বৃষ্টি Brishti, নিশি Nishi,
জুঁই Jui, মৌ Mou
"""
CALLED_MEN = """
শুভ Shuvo, রনি Rony, শান্ত Shanto, রাজু Raju, জনি Jony, হৃদয় Hridoy, অপু Apu, সজল Sajal, মিঠু Mithu, রাজ Raj,
সাগর Sagar, আকাশ Akash, নয়ন Nayan, পারভেজ Parvez, রানা Rana, জয় Joy, তুহিন Tuhin, রাহাত Rahat, সৈকত Saikat,
অনিক Anik
"""
ISLAM, HAQUE, ALAM, HASAN, RAHMAN = bilingual("ইসলাম Islam, হক Haque, আলম Alam, হাসান Hasan, রহমান Rahman")


def _mohammad(men: list[tuple[Name, float]]) -> list[tuple[Name, float]]:
    """Add to every name its form with the customary Md., a third as common."""
    titled = [
        (one._replace(native=nfc(f"মোঃ {one.native}"), roman=f"Md. {one.roman}"), weight / 3)
        for one, weight in men
    ]
    return men + titled


def _called(text: str, seconds: str, called: str, share: float) -> list[tuple[Name, float]]:
    """Let a ``share`` end on the name used at home, as in Nusrat Jahan Mim."""
    names = ranked(bilingual(text), 0.7)
    both = doubled(names, ranked(bilingual(seconds), 0.7), 1.0)
    ends = ranked(bilingual(called), 0.5)
    ended = [
        (one._replace(family=end), weight * w * share)
        for one, weight in both
        for end, w in ends
        if one.slug != end.slug
    ]
    return [(one, weight * (1 - share)) for one, weight in names] + [pair for pair in ended if pair[1]]


def _men(text: str, share: float) -> list[tuple[Name, float]]:
    tied = paired(bilingual(MEN_UL), [(ISLAM, 8), (HAQUE, 1), (ALAM, 1)])
    tied += paired(bilingual(MEN_UR), [(RAHMAN, 1)])
    tied += paired(bilingual("মাহমুদুল Mahmudul, রাকিবুল Rakibul, মেহেদী Mehedi, নাজমুল Nazmul"), [(HASAN, 1)])
    return _mohammad(
        tied + [(one, weight * 2) for one, weight in _called(text, SECONDS.men, CALLED_MEN, share)]
    )


def _given() -> Tables:
    return {
        ("male", False): by_weight(_men(MEN_OLD, 0.1), bits=GIVEN_BITS),
        ("male", True): by_weight(_men(MEN_YOUNG, 0.45), bits=GIVEN_BITS),
        ("female", False): by_weight(_called(WOMEN_OLD, SECONDS.women, CALLED, 0.1), bits=GIVEN_BITS),
        ("female", True): by_weight(_called(WOMEN_YOUNG, SECONDS.women, CALLED, 0.5), bits=GIVEN_BITS),
    }


MUSLIM = Strand(
    key="bengali",
    script="bengali",
    given=_given(),
    family={
        ("male", False): weighted(FAMILIES_MEN),
        ("male", True): weighted(FAMILIES_MEN),
        ("female", False): weighted(FAMILIES_WOMEN_OLD),
        ("female", True): weighted(FAMILIES_WOMEN_YOUNG),
    },
    nicknames=NICKNAMES,
    shared=False,
    given_bits=GIVEN_BITS,
)
HANDED_DOWN = Strand(
    key="bengali_handed_down",
    script="bengali",
    given=by_sex_and_age((MEN_OLD, MEN_YOUNG, WOMEN_OLD, WOMEN_YOUNG), read=bilingual, seconds=SECONDS),
    family=for_everybody(weighted(FAMILIES_HANDED_DOWN)),
    nicknames=NICKNAMES,
)
HINDU = Strand(
    key="bengali_hindu",
    script="bengali",
    given=by_sex_and_age(
        (HINDU_MEN_OLD, HINDU_MEN_YOUNG, HINDU_WOMEN_OLD, HINDU_WOMEN_YOUNG),
        read=bilingual,
        seconds=Seconds(men="কুমার Kumar, চন্দ্র Chandra, রঞ্জন Ranjan", women="রানী Rani, বালা Bala", share=0.35),
    ),
    family=for_everybody(weighted(HINDU_FAMILIES)),
    nicknames=NICKNAMES,
)
STRANDS = (MUSLIM, HANDED_DOWN, HINDU)
