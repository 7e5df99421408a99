"""Names of South Africa by language, commonest first."""

from __future__ import annotations

from profiles.demo.names import Seconds, Strand, by_sex_and_age, for_everybody, latin, ranked
from profiles.demo.skew import by_weight

ZULU = (
    """Sipho, Themba, Bongani, Thabani, Vusi, Mandla, Jabulani, Mduduzi, Bheki, Dumisani, Musa, Nhlanhla,
    Simphiwe, Muzi, Sibusiso, Siphiwe, Zakhele, Khumbulani, Bhekizizwe, Philani, Sifiso, Fana, Mfanafuthi,
    Zwelithini, Phumlani, Mandlenkosi, Bhekinkosi, Falakhe, Hlanganani, Nkosiyezwe, Velaphi, Mbongeni,
    Thokozani, Zithulele, Sandile""",
    """Sibusiso, Siyabonga, Lungelo, Sandile, Nkosinathi, Mthokozisi, Sanele, Ayanda, Mlungisi, Lindokuhle,
    Njabulo, Thulani, Mfundo, Sphamandla, Bandile, Melusi, Wandile, Senzo, Luyanda, Minenhle, Nhlakanipho,
    Ntokozo, Sabelo, Sizwe, Siyanda, Nkululeko, Mpendulo, Lwandle, Mnqobi, Khulekani, Langelihle, Mondli,
    Nduduzo, Phakamani, Samkelo, Thembelani, Xolani""",
    """Thandi, Nomsa, Zanele, Busisiwe, Thembi, Ntombi, Sizani, Thoko, Gugu, Nokuthula, Phumzile, Lindiwe,
    Zodwa, Khanyisile, Hlengiwe, Nonhlanhla, Duduzile, Jabulile, Bongekile, Thembelihle, Nomusa,
    Ntombenhle, Sibongile, Thokozile, Fikile, Hloniphile, Lungile, Makhosazana, Ncamisile, Philisiwe,
    Simangele, Thulisile, Nomthandazo""",
    """Nomvula, Nokwanda, Ayanda, Zinhle, Nqobile, Sinenhlanhla, Londiwe, Nosipho, Thandeka, Snenhlanhla,
    Anele, Nonkululeko, Sithembile, Silindile, Mbali, Andile, Amahle, Noluthando, Minenhle, Samkelisiwe,
    Nompumelelo, Nokukhanya, Nozipho, Nontobeko, Nondumiso, Nolwazi, Nomzamo, Nobuhle, Nokubonga, Sibahle,
    Slindokuhle, Sphesihle, Wendy, Zamokuhle, Nomcebo, Fezeka""",
    """Dlamini, Nkosi, Ndlovu, Khumalo, Sithole, Mkhize, Zulu, Buthelezi, Mthembu, Ngcobo, Cele, Zungu,
    Shabalala, Hadebe, Mbatha, Gumede, Ntuli, Zwane, Mchunu, Majola, Nxumalo, Msomi, Ngubane, Biyela,
    Xulu, Mabaso, Hlongwane, Radebe, Shezi, Mtshali, Vilakazi, Mazibuko, Nene, Mncube, Mhlongo, Sibiya,
    Myeni, Magwaza, Mdluli, Ndaba, Makhathini, Nzimande, Madlala, Dladla, Phungula, Khuzwayo, Mkhwanazi,
    Gwala, Sibisi, Nyawo, Mdletshe, Ngema, Langa, Khanyile, Bhengu, Luthuli, Nsele, Thusi, Mzimela""",
)
XHOSA = (
    """Mzwandile, Zolani, Vuyani, Mncedisi, Xolani, Lungile, Monwabisi, Thembinkosi, Mxolisi, Sizwe, Luvuyo,
    Bulelani, Thamsanqa, Mthetheleli, Andile, Siphiwo""",
    """Siyabulela, Lwazi, Athenkosi, Lukhanyo, Aphiwe, Ayabonga, Sinethemba, Masixole, Olwethu, Onke,
    Avuyile, Mihlali, Lubabalo, Khanya, Simamkele, Yonela""",
    """Nomonde, Nosisa, Nobuntu, Noxolo, Nokuzola, Zoleka, Vuyiswa, Nontsikelelo, Pumla, Nombulelo,
    Thandiswa, Lulama, Bulelwa, Ntombizodwa, Nomfundo, Thembeka""",
    """Siphokazi, Zintle, Anathi, Asanda, Sinazo, Babalwa, Lihle, Unathi, Yolanda, Athini, Aphelele,
    Asemahle, Lelethu, Khanyisa, Onesimo, Ntombentle""",
    """Mqhayi, Jonas, Gqirana, Mabandla, Ndamase, Booi, Dyantyi, Matiwane, Mdingi, Ntshinga, Ngxola,
    Madikizela, Nqakula, Bacela, Magqabi, Ntlebi, Somyo, Tyali, Zondani, Mpahlwa, Ngqola, Kondlo, Ncapayi,
    Vazi, Manona, Nkohla, Zibi, Mgijima, Mbana, Gxoyiya, Mjoli, Ntsele, Sokupa, Mafani, Makeleni,
    Mtshemla, Tshaka, Sandi, Notshe, Nkumanda, Dlova, Maqungo, Mbovane, Siko, Maqoma, Stofile, Plaatjie,
    Williams, Nkqayi, Ntloko, Bangani, Matshoba, Mda, Fumba, Gobodo, Nonkonyana""",
)
SOTHO = (
    """Thabo, Tshepo, Lebohang, Mpho, Pule, Molefe, Teboho, Kagiso, Sello, Moses, Abel, Petrus, Tumelo,
    Lesego, Oupa, Thapelo, Lucas, Itumeleng, Tebogo""",
    """Kabelo, Katlego, Karabo, Neo, Thato, Kgotso, Bokang, Tlotlo, Omphile, Kamogelo, Thabang,
    Tokelo, Boitumelo, Retshepile, Lethabo""",
    """Mpho, Dikeledi, Matshidiso, Puleng, Mamello, Keneilwe, Tshidi, Masego, Kedibone, Palesa, Disebo,
    Sarah, Maria, Elizabeth, Nthabiseng, Mamokete, Boipelo, Gladys""",
    """Lerato, Palesa, Boitumelo, Refilwe, Kgomotso, Naledi, Lesedi, Dineo, Reneilwe, Oratile, Bontle,
    Tshegofatso, Katlego, Karabo, Amogelang, Rethabile, Omolemo, Kelebogile""",
    """Mokoena, Molefe, Mofokeng, Motaung, Tau, Modise, Mahlangu, Maseko, Sebola, Mashaba, Moloi, Mabena,
    Mathebula, Ledwaba, Maluleke, Baloyi, Phiri, Sekgobela, Moagi, Letsoalo, Matlala, Rapetswa, Maake,
    Mogale, Tsotetsi, Lekota, Seleka, Khoza, Maluka, Mokgadi, Mothibi, Molapo, Mokhethi, Mohapi, Mosia,
    Nkoana, Ramaphakela, Sebothoma, Selepe, Thobejane, Tlhapane, Tladi, Masilo, Mabuza, Makgoba, Malatji,
    Mamabolo, Manamela, Mathabatha, Mohlala, Mokone, Monyela, Morake, Mosiane, Motsepe, Nkuna, Phala,
    Rakgoale, Rasebotsa, Sekhukhune, Seabi, Shai, Thoka, Dikgale, Kekana, Makola, Marumo""",
)
AFRIKAANS = (
    """Johan, Pieter, Hendrik, Gerhard, Jan, Willem, Andries, Francois, Jacobus, Kobus, Hennie, Danie, Louis,
    Deon, Christo, Theunis, Schalk, Gert, Petrus, Koos, Dirk, Hannes""",
    """Ruan, Jaco, Divan, Wian, Heinrich, Stefan, Pieter, Marnus, Dewald, Armand, Riaan, Francois, Juan,
    Werner, Ethan, Zander, Hanno, Christiaan, Tiaan, Luan""",
    """Elsabe, Annemarie, Hester, Magdalena, Susanna, Marietjie, Elmarie, Hettie, Anna, Johanna, Petro, Rina,
    Sonja, Erika, Ronel, Estelle, Cornelia, Marlene, Linda, Wilma""",
    """Anke, Mia, Carla, Chanté, Elri, Lize, Marli, Nadia, Simoné, Chané, Jana, Karla, Lienke, Minke, Suné,
    Danielle, Annika, Mariska, Zanel, Lizelle""",
    """Botha, van der Merwe, Pretorius, Venter, Nel, van Wyk, du Plessis, Coetzee, Fourie, Smit, Kruger,
    Steyn, Swanepoel, Viljoen, Jacobs, Meyer, Joubert, le Roux, Erasmus, du Toit, Visser, van Niekerk,
    Marais, Louw, de Beer, Potgieter, Engelbrecht, Vorster, Barnard, Grobler, Bester, Lombard, van Zyl,
    Snyman, de Villiers, Strydom, Oosthuizen, Roux""",
)
INDIAN = (
    """Anand, Rajesh, Suresh, Vishnu, Krishna, Ashok, Dhanasagren, Logan, Sathish, Ravi, Mahendra,
    Deena, Kumar, Vijay, Ganesh""",
    """Kiran, Yuvan, Rishi, Nikhil, Keshav, Ashwin, Preshen, Kaveer, Shivaan, Divesh, Tejas, Rohan, Jarryd,
    Avikar, Sahil""",
    """Shanthi, Radha, Saras, Devi, Kamala, Pushpa, Vasantha, Sheila, Indira, Kogie, Rani, Neela, Savithri,
    Ambigay, Lutchmee, Jayshree""",
    """Priya, Kavitha, Nerissa, Shivani, Tashmika, Yashika, Kerisha, Divya, Mishka, Thiara, Sarisha,
    Anisha, Kimera, Reena""",
    """Naidoo, Govender, Pillay, Reddy, Moodley, Singh, Chetty, Maharaj, Naicker, Padayachee, Moonsamy,
    Ramsamy, Perumal, Gounden, Munsamy, Pather, Ramlall, Mudaly, Sewnarain""",
)

BAPTISED = Seconds(
    men="""John, Emmanuel, Petrus, Samuel, David, Elias, Simon, Isaac, Daniel, Joseph, Aaron, Solomon,
        Patrick, Michael, Jacob""",
    women="""Maria, Grace, Precious, Elizabeth, Sarah, Patience, Gloria, Joyce, Beauty, Princess, Martha,
        Faith, Sophie, Anna""",
    share=0.4,
)
SECONDS = {
    "afrikaans": Seconds(
        men="Johannes, Petrus, Hendrik, Jacobus, Willem, Stephanus, Daniël, Frederik, Adriaan, Christoffel",
        women="""Maria, Elizabeth, Johanna, Magdalena, Catharina, Susanna, Aletta, Petronella, Jacoba,
            Wilhelmina""",
        share=0.35,
    ),
    "south_african_indian": None,
}


def _strand(key: str, texts: tuple[str, str, str, str, str]) -> Strand:
    return Strand(
        key=key,
        script="latin",
        given=by_sex_and_age(texts[:4], exponent=0.6, seconds=SECONDS.get(key, BAPTISED)),
        family=for_everybody(by_weight(ranked(latin(texts[4]), 0.6))),
    )


STRANDS = tuple(
    _strand(key, texts)
    for key, texts in {
        "zulu": ZULU,
        "xhosa": XHOSA,
        "sotho": SOTHO,
        "afrikaans": AFRIKAANS,
        "south_african_indian": INDIAN,
    }.items()
)
