"""Month names as they stand in birthdays, in the languages of the customers' files."""

_NAMES = """
january jan januar enero ene janvier gennaio janeiro มกราคม มค জানুয়ারি জানুয়ারী
february feb februar febrero février fevrier febbraio fevereiro กุมภาพันธ์ กพ ফেব্রুয়ারি ফেব্রুয়ারী
march mar märz maerz mrz marzo mars março มีนาคม มีค মার্চ
april apr abril abr avril avr aprile เมษายน เมย এপ্রিল
may mai mayo maggio maio พฤษภาคม พค মে
june jun juni junio juin giugno junho มิถุนายน มิย জুন
july jul juli julio juillet luglio julho กรกฎาคม กค জুলাই
august aug agosto ago août aout สิงหาคม สค আগস্ট অগাস্ট
september sep sept septiembre septembre settembre setembro กันยายน กย সেপ্টেম্বর
october oct oktober okt octubre octobre ottobre outubro ตุลาคม ตค অক্টোবর
november nov noviembre novembre novembro พฤศจิกายน พย নভেম্বর
december dec dezember dez diciembre dic décembre decembre dicembre dezembro ธันวาคม ธค ডিসেম্বর
"""

MONTHS = {
    name: number for number, line in enumerate(_NAMES.strip().splitlines(), start=1) for name in line.split()
}
"""Lower-case name without dots -> 1…12."""

JAPANESE_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""Era -> the year before its first year."""
