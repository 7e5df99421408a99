"""The everyday form of a given name as people type it; a name that is missing here has none."""

from __future__ import annotations

PAIRS = """
David:Dave Michael:Mike Robert:Bob James:Jim William:Bill Richard:Rick Stephen:Steve Steven:Steve
Andrew:Andy Thomas:Tom Anthony:Tony Christopher:Chris Kenneth:Ken Timothy:Tim Nicholas:Nick Patrick:Pat
Raymond:Ray Charles:Charlie Edward:Ted Daniel:Dan Matthew:Matt Joshua:Josh Samuel:Sam Joseph:Joe
Nathan:Nate Alexander:Alex Dominic:Dom Philip:Phil Susan:Sue Margaret:Maggie Patricia:Pat Elizabeth:Liz
Jacqueline:Jackie Benjamin:Ben Deborah:Debbie Gillian:Gill Catherine:Kate Valerie:Val Dorothy:Dot
Rosemary:Rose Jessica:Jess Rebecca:Becky Megan:Meg Abigail:Abby Eleanor:Ellie Isabella:Bella
Samantha:Sam Natalie:Nat Victoria:Vicky Danielle:Dani Sibusiso:Sbu Siyabonga:Siya Siyabulela:Siya
Nkosinathi:Nathi Lindokuhle:Lindo Nonhlanhla:Noni Itumeleng:Tumi Boitumelo:Tumi Lebohang:Lebo
Busisiwe:Busi Lindiwe:Lindi Nokuthula:Thuli Thandeka:Thandi Bongani:Bongz Hendrik:Hennie Jacobus:Kobus
Magdalena:Lena Gerhard:Gert Christiaan:Chris Johanna:Hanna Cornelia:Corrie Maximilian:Max
Sebastian:Basti Katharina:Kathi Franziska:Franzi Wolfgang:Wolf Alexandre:Alex Nicolas:Nico
Francisco:Paco José:Pepe Antonio:Toni Manuel:Manolo Dolores:Lola Concepción:Concha Alejandro:Álex
Giuseppe:Beppe Francesco:Checco Alessandro:Ale Federica:Fede Salvatore:Totò Krzysztof:Krzysiek
Katarzyna:Kasia Małgorzata:Gosia Tomasz:Tomek Aleksandra:Ola Agnieszka:Aga Joanna:Asia Johannes:Hannes
"""
SHORT = dict(pair.split(":") for pair in PAIRS.split())


def hiragana(reading: str) -> str:
    """Return a reading in katakana as people write it informally."""
    return "".join(chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign for sign in reading)
