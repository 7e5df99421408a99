"""Thai names, commonest first; family names are unique by law, so most are made of auspicious parts."""

from __future__ import annotations

from profiles.demo.names import Name, Strand, bilingual, by_sex_and_age, for_everybody, name
from profiles.demo.skew import by_weight

FAMILY_BITS = 14
MEN_OLD = """
สมชาย Somchai, สมศักดิ์ Somsak, ประเสริฐ Prasert, สุรชัย Surachai, วิชัย Wichai, สมพงษ์ Somphong, ประยุทธ Prayut,
สุชาติ Suchat, วิโรจน์ Wirot, บุญมี Bunmi, สมบัติ Sombat, ชัยวัฒน์ Chaiwat, สุเทพ Suthep, อนันต์ Anan, มานพ Manop,
สมหมาย Sommai, บุญเลิศ Bunloet, ไพโรจน์ Phairot, ประสิทธิ์ Prasit, สุวิทย์ Suwit, วิรัตน์ Wirat, ธงชัย Thongchai,
เสกสรร Seksan, อำนวย Amnuai, สมบูรณ์ Sombun, ทวีศักดิ์ Thawisak, ชูชาติ Chuchat, พิชัย Phichai, สุรพล Suraphon,
นิคม Nikhom, สำราญ Samran, จำลอง Chamlong, ณรงค์ Narong, วีระ Wira, สมเกียรติ Somkiat, อดิศักดิ์ Adisak,
ประวิทย์ Prawit, มนตรี Montri, สันติ Santi, เกรียงไกร Kriangkrai, สมาน Saman, วินัย Winai, ชาญชัย Chanchai,
ถาวร Thawon, นพดล Nopphadon, สุพจน์ Suphot, ประดิษฐ์ Pradit, วันชัย Wanchai, ยงยุทธ Yongyut, เฉลิมชัย Chaloemchai
"""
MEN_YOUNG = """
ณัฐวุฒิ Nattawut, ธนพล Thanaphon, กิตติพงษ์ Kittiphong, อนุชา Anucha, ณัฐพล Natthaphon, ธนวัฒน์ Thanawat,
ศุภชัย Supphachai, พีรพล Phiraphon, ปิยะ Piya, จิรายุ Chirayu, ภานุวัฒน์ Phanuwat, วรพล Woraphon, เอกชัย Ekkachai,
พงศธร Phongsathon, ธีรภัทร Thiraphat, กฤษณะ Kritsana, ชยพล Chayaphon, นนทวัฒน์ Nonthawat, รัฐพล Ratthaphon,
อภิสิทธิ์ Aphisit, ปฏิภาณ Patiphan, ธนกร Thanakon, วุฒิชัย Wutthichai, ศรายุทธ Sarayut, อาทิตย์ Athit,
เจษฎา Chetsada, ภูวดล Phuwadon, สิทธิชัย Sitthichai, ศักดิ์ดา Sakda, ปริญญา Parinya, พชร Phachara,
ณัฐพงษ์ Natthaphong, ธีรวัฒน์ Thirawat, ชานนท์ Chanon, กันตพงศ์ Kantaphong, วรวุฒิ Worawut, พิพัฒน์ Phiphat,
เกียรติศักดิ์ Kiattisak, จักรพงษ์ Chakkraphong, อัครพล Akkharaphon, รัชชานนท์ Ratchanon, ธนภัทร Thanaphat,
ภูมิพัฒน์ Phumiphat, กรวิชญ์ Korawit, ปัณณวัฒน์ Pannawat, พีรพัฒน์ Phiraphat, นพรัตน์ Nopparat, สุรเชษฐ์ Surachet,
ก้องภพ Kongphop, ศุภกร Supphakon
"""
WOMEN_OLD = """
สมศรี Somsi, สมหญิง Somying, มาลี Mali, สุดา Suda, วันดี Wandi, ประภา Prapha, อรุณี Aruni, สุนีย์ Suni,
พรทิพย์ Phonthip, จันทร์เพ็ญ Chanphen, บุญเรือน Bunruean, ลำดวน Lamduan, สุภาพ Suphap, อัมพร Amphon,
นงลักษณ์ Nonglak, วาสนา Watsana, สายสุนีย์ Saisuni, รัตนา Rattana, กาญจนา Kanchana, เพ็ญศรี Phensi, สุมาลี Sumali,
ยุพิน Yuphin, ทองใบ Thongbai, พิมพ์ใจ Phimchai, อำไพ Amphai, ศิริพร Siriphon, สุภาพร Suphaphon, วิไล Wilai,
นิภา Nipha, ดวงใจ Duangchai, สมพร Somphon, ชุติมา Chutima, จินตนา Chintana, อุไร Urai, ประไพ Praphai,
พัชรี Phatchari, สุกัญญา Sukanya, รุ่งทิวา Rungthiwa, เบญจวรรณ Benchawan, นภา Napha, ลัดดา Ladda, ปราณี Prani,
มณี Mani, บุปผา Buppha, วรรณา Wanna, สุรีย์ Suri, อารีย์ Ari, เรณู Renu, ผ่องศรี Phongsi, ทัศนีย์ Thatsani
"""
WOMEN_YOUNG = """
ณัฐธิดา Natthida, ปิยะนุช Piyanut, กนกวรรณ Kanokwan, ธนพร Thanaphon, พิมพ์ชนก Phimchanok, ศิริลักษณ์ Sirilak,
อริสา Arisa, สุภาวดี Suphawadi, จิราพร Chiraphon, วรรณภา Wannapha, ชลธิชา Chonthicha, ณิชา Nicha,
กมลชนก Kamonchanok, พรพิมล Phonphimon, ศศิธร Sasithon, นันทนา Nanthana, ปวีณา Pawina, มนัสนันท์ Manatsanan,
ธิดารัตน์ Thidarat, ขนิษฐา Khanittha, อัญชลี Anchali, รัตนาภรณ์ Rattanaphon, วราภรณ์ Waraphon, เกศินี Kesini,
ปาริชาติ Parichat, พัชราภรณ์ Phatcharaphon, จุฑามาศ Chuthamat, สุพรรษา Suphansa, ณัฐกานต์ Natthakan, อรทัย Orathai,
กัญญารัตน์ Kanyarat, นิศารัตน์ Nisarat, ฐิติมา Thitima, ภัทราพร Phatthraphon, ศุภานัน Suphanan, สิริกร Sirikon,
ณัฐณิชา Natnicha, เบญจมาศ Benchamat, ปัทมา Patthama, วิภาวี Wiphawi, กัลยา Kanlaya, ดารุณี Daruni, อารียา Ariya,
ปณิตา Panita, ชนัญชิดา Chananchida, พิชญา Phitchaya, รมิดา Ramida, มาริสา Marisa, กชกร Kotchakon,
ภัทรวดี Phatthrawadi
"""
FAMILIES = """
แซ่ตั้ง Saetang, แซ่ลิ้ม Saelim, ทองดี Thongdi, บุญมา Bunma, ศรีสุข Sisuk, ใจดี Chaidi, แซ่ลี้ Saeli, แก้วมณี Kaeomani,
จันทร์แก้ว Chankaeo, พรหมมา Phromma, สุขสวัสดิ์ Suksawat, วงศ์ใหญ่ Wongyai, คำแก้ว Khamkaeo, อินทร์แก้ว Inkaeo,
ชัยชนะ Chaichana, ศรีวิชัย Siwichai, มีสุข Misuk, สายทอง Saithong, เพชรรัตน์ Phetcharat, แซ่ตัน Saetan,
ทองคำ Thongkham, จันทร์หอม Chanhom, บัวทอง Buathong, สิงห์ทอง Singthong, ม่วงศรี Muangsi, แซ่เฮ้ง Saeheng,
ใจกล้า Chaikla, แสงทอง Saengthong, แสงจันทร์ Saengchan, พูลสวัสดิ์ Phunsawat, รักไทย Rakthai, รุ่งเรือง Rungrueang,
เจริญสุข Charoensuk, ดวงแก้ว Duangkaeo, ขันแก้ว Khankaeo, บุตรดี Butdi, สีดา Sida, คงทอง Khongthong,
คงเจริญ Khongcharoen, พิมพ์ทอง Phimthong, หนูแก้ว Nukaeo, ชูศรี Chusi, เกตุแก้ว Ketkaeo, สมบูรณ์ Sombun,
อยู่สุข Yusuk, เอี่ยมสะอาด Iamsaat, ยอดแก้ว Yotkaeo, ศรีจันทร์ Sichan, ธรรมวงศ์ Thammawong, ไชยวงศ์ Chaiyawong,
กันทะวงศ์ Kanthawong, ใจคำ Chaikham, ปัญญา Panya, อินต๊ะ Inta, คำภีระ Khamphira, มะโนวรรณ Manowan,
จันทะวงษ์ Chanthawong, มาลัย Malai, พลเยี่ยม Phonyiam, ดีเลิศ Diloet, นาคสุข Naksuk, บุญเรือง Bunrueang
"""
FAMILY_STARTS = """
ศรี Si, ทอง Thong, บุญ Bun, แก้ว Kaeo, จันทร์ Chan, สุข Suk, เจริญ Charoen, ชัย Chai, วงศ์ Wong, พงษ์ Phong,
อินทร์ In, พรหม Phrom, สุวรรณ Suwan, รัตน Rattana, ธนา Thana, เกียรติ Kiat, มงคล Mongkhon, วัฒนา Watthana,
วิริยะ Wiriya, อัคร Akkhara, เพชร Phet, สิริ Siri, กิตติ Kitti, ชูเกียรติ Chukiat, ไพศาล Phaisan, อุดม Udom,
วิจิตร Wichit, สมบูรณ์ Sombun, อมร Amon, ตั้ง Tang, ลิ้ม Lim, พูน Phun, สิทธิ Sitthi, ประเสริฐ Prasert, โชติ Chot,
นิล Nin, คง Khong, พัฒน Phatthana
"""
FAMILY_MIDDLES = """
สุวรรณ suwan, ทอง thong, เจริญ charoen, มงคล mongkhon, ไพบูลย์ phaibun, วัฒนา watthana, ประเสริฐ prasert,
พิทักษ์ phithak
"""
FAMILY_ENDS = """
วงศ์ wong, สุข suk, กุล kun, ศรี si, ชัย chai, มณี mani, เจริญ charoen, สวัสดิ์ sawat, รักษ์ rak, ประเสริฐ prasert,
ไพบูลย์ phaibun, วัฒน์ wat, โชติ chot, รัตน์ rat, ศักดิ์ sak, พันธ์ phan, ทรัพย์ sap, ธรรม tham, สกุล sakun, เดช det,
พานิช phanit, วาณิช wanit, ชาติ chat, พิทักษ์ phithak, ประดิษฐ์ pradit, มงคล mongkhon, วิไล wilai, สมบูรณ์ sombun,
กิจ kit
"""
NICKNAMES_MEN = """
ต้น Ton, บอย Boy, เอ A, โอ๊ต Oat, แบงค์ Bank, บาส Bas, เอก Ek, หนุ่ม Num, ตั้ม Tum, โจ้ Jo, เก่ง Keng, อาร์ต Art,
กอล์ฟ Golf, แม็ก Max, นัท Nat, เจมส์ James, ปอนด์ Pond, ป๊อป Pop, ต่อ Tor, ก้อง Kong
"""
NICKNAMES_WOMEN = """
นก Nok, ฝน Fon, แนน Nan, เมย์ May, กุ้ง Kung, อ้อม Aom, ปู Pu, แอน Ann, นุ่น Noon, พลอย Ploy, มิ้นท์ Mint, ฟ้า Fah,
หญิง Ying, อ้อย Oi, ตาล Tan, เบล Bell, แพร Prae, จอย Joy, น้ำ Nam, ไหม Mai
"""


def _composed(middles: tuple[Name, ...], ends: tuple[Name, ...]) -> list[Name]:
    """Join every start, middle and end that do not repeat each other (ศรีศรี is no name)."""
    return [
        name(start.native + middle.native + end.native, start.roman + middle.roman + end.roman)
        for start in bilingual(FAMILY_STARTS)
        for middle in middles
        for end in ends
        if start.slug[:3] not in {middle.slug[:3], end.slug[:3]} and middle.slug[:3] != end.slug[:3]
        if not (middle.native == "พิทักษ์" and end.native == "รักษ์")
    ]


def _families() -> list[Name]:
    known = bilingual(FAMILIES)
    natives = {one.native for one in known}
    ends = bilingual(FAMILY_ENDS)
    two = [one for one in _composed((name("", ""),), ends) if one.native not in natives]
    three = _composed(bilingual(FAMILY_MIDDLES), ends[:9])
    ranked = [(one, 6 / (rank + 12)) for rank, one in enumerate(known)]
    ranked += [(one, 0.035) for one in two] + [(one, 0.003) for one in three]
    return by_weight(ranked, bits=FAMILY_BITS)


STRANDS = (
    Strand(
        key="thai",
        script="thai",
        given=by_sex_and_age((MEN_OLD, MEN_YOUNG, WOMEN_OLD, WOMEN_YOUNG), read=bilingual, exponent=0.7),
        family=for_everybody(_families()),
        nicknames={"male": bilingual(NICKNAMES_MEN), "female": bilingual(NICKNAMES_WOMEN)},
        family_bits=FAMILY_BITS,
    ),
)
