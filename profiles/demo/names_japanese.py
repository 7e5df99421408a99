"""Japanese names with their readings, commonest first."""

from __future__ import annotations

from profiles.demo.names import Name, Strand, Tables, for_everybody, name, ranked, with_reading
from profiles.demo.skew import by_weight

FAMILIES = """
佐藤 サトウ Sato, 鈴木 スズキ Suzuki, 高橋 タカハシ Takahashi, 田中 タナカ Tanaka, 伊藤 イトウ Ito,
渡辺 ワタナベ Watanabe, 山本 ヤマモト Yamamoto, 中村 ナカムラ Nakamura, 小林 コバヤシ Kobayashi,
加藤 カトウ Kato, 吉田 ヨシダ Yoshida, 山田 ヤマダ Yamada, 佐々木 ササキ Sasaki, 山口 ヤマグチ Yamaguchi,
松本 マツモト Matsumoto, 井上 イノウエ Inoue, 木村 キムラ Kimura, 林 ハヤシ Hayashi, 斎藤 サイトウ Saito,
清水 シミズ Shimizu, 山崎 ヤマザキ Yamazaki, 森 モリ Mori, 池田 イケダ Ikeda, 橋本 ハシモト Hashimoto,
阿部 アベ Abe, 石川 イシカワ Ishikawa, 山下 ヤマシタ Yamashita, 中島 ナカジマ Nakajima, 石井 イシイ Ishii,
小川 オガワ Ogawa, 前田 マエダ Maeda, 岡田 オカダ Okada, 長谷川 ハセガワ Hasegawa, 藤田 フジタ Fujita,
後藤 ゴトウ Goto, 近藤 コンドウ Kondo, 村上 ムラカミ Murakami, 遠藤 エンドウ Endo, 青木 アオキ Aoki,
坂本 サカモト Sakamoto, 福田 フクダ Fukuda, 太田 オオタ Ota, 西村 ニシムラ Nishimura, 藤井 フジイ Fujii,
金子 カネコ Kaneko, 岡本 オカモト Okamoto, 中野 ナカノ Nakano, 三浦 ミウラ Miura, 原田 ハラダ Harada,
中川 ナカガワ Nakagawa, 松田 マツダ Matsuda, 竹内 タケウチ Takeuchi, 小野 オノ Ono, 田村 タムラ Tamura,
中山 ナカヤマ Nakayama, 和田 ワダ Wada, 石田 イシダ Ishida, 上田 ウエダ Ueda, 森田 モリタ Morita,
原 ハラ Hara, 柴田 シバタ Shibata, 酒井 サカイ Sakai, 工藤 クドウ Kudo, 横山 ヨコヤマ Yokoyama,
宮崎 ミヤザキ Miyazaki, 宮本 ミヤモト Miyamoto, 内田 ウチダ Uchida, 高木 タカギ Takagi,
安藤 アンドウ Ando, 谷口 タニグチ Taniguchi, 大野 オオノ Ono, 丸山 マルヤマ Maruyama, 今井 イマイ Imai,
高田 タカダ Takada, 藤本 フジモト Fujimoto, 武田 タケダ Takeda, 村田 ムラタ Murata, 上野 ウエノ Ueno,
杉山 スギヤマ Sugiyama, 増田 マスダ Masuda, 平野 ヒラノ Hirano, 大塚 オオツカ Otsuka, 千葉 チバ Chiba,
久保 クボ Kubo, 松井 マツイ Matsui, 小島 コジマ Kojima, 岩崎 イワサキ Iwasaki, 桜井 サクライ Sakurai,
木下 キノシタ Kinoshita, 野口 ノグチ Noguchi, 松尾 マツオ Matsuo, 野村 ノムラ Nomura, 菊地 キクチ Kikuchi,
佐野 サノ Sano, 大西 オオニシ Onishi, 杉本 スギモト Sugimoto, 新井 アライ Arai, 浜田 ハマダ Hamada,
菅原 スガワラ Sugawara, 市川 イチカワ Ichikawa, 古川 フルカワ Furukawa, 水野 ミズノ Mizuno
"""
MEN_OLD = """
誠 マコト Makoto, 浩 ヒロシ Hiroshi, 修 オサム Osamu, 隆 タカシ Takashi, 茂 シゲル Shigeru,
健一 ケンイチ Kenichi, 和夫 カズオ Kazuo, 正 タダシ Tadashi, 博 ヒロシ Hiroshi, 進 ススム Susumu,
清 キヨシ Kiyoshi, 勝 マサル Masaru, 実 ミノル Minoru, 豊 ユタカ Yutaka, 哲也 テツヤ Tetsuya,
剛 ツヨシ Tsuyoshi, 聡 サトシ Satoshi, 学 マナブ Manabu, 直樹 ナオキ Naoki, 秀樹 ヒデキ Hideki,
英樹 ヒデキ Hideki, 和彦 カズヒコ Kazuhiko, 幸一 コウイチ Koichi, 明 アキラ Akira, 正人 マサト Masato,
浩二 コウジ Koji, 洋一 ヨウイチ Yoichi, 雅彦 マサヒコ Masahiko, 昭 アキラ Akira, 稔 ミノル Minoru
"""
MEN_YOUNG = """
翔太 ショウタ Shota, 大輔 ダイスケ Daisuke, 拓也 タクヤ Takuya, 健太 ケンタ Kenta, 翔 ショウ Sho,
蓮 レン Ren, 大翔 ヒロト Hiroto, 悠斗 ユウト Yuto, 陽翔 ハルト Haruto, 湊 ミナト Minato, 颯太 ソウタ Sota,
直人 ナオト Naoto, 達也 タツヤ Tatsuya, 亮 リョウ Ryo, 雄太 ユウタ Yuta, 駿 シュン Shun,
海斗 カイト Kaito, 智也 トモヤ Tomoya, 裕太 ユウタ Yuta, 和也 カズヤ Kazuya, 樹 イツキ Itsuki,
涼太 リョウタ Ryota, 優斗 ユウト Yuto, 匠 タクミ Takumi, 康平 コウヘイ Kohei, 祐介 ユウスケ Yusuke,
圭 ケイ Kei, 誠也 セイヤ Seiya, 光 ヒカル Hikaru, 陸 リク Riku
"""
WOMEN_OLD = """
和子 カズコ Kazuko, 幸子 サチコ Sachiko, 洋子 ヨウコ Yoko, 恵子 ケイコ Keiko, 京子 キョウコ Kyoko,
節子 セツコ Setsuko, 由美子 ユミコ Yumiko, 久美子 クミコ Kumiko, 真由美 マユミ Mayumi, 明美 アケミ Akemi,
裕子 ユウコ Yuko, 陽子 ヨウコ Yoko, 智子 トモコ Tomoko, 純子 ジュンコ Junko, 美智子 ミチコ Michiko,
直美 ナオミ Naomi, 順子 ジュンコ Junko, 美香 ミカ Mika, 香織 カオリ Kaori, 悦子 エツコ Etsuko,
典子 ノリコ Noriko, 弘子 ヒロコ Hiroko, 文子 フミコ Fumiko, 礼子 レイコ Reiko, 妙子 タエコ Taeko,
桂子 ケイコ Keiko, 博子 ヒロコ Hiroko, 千恵子 チエコ Chieko, 里美 サトミ Satomi, 由美 ユミ Yumi
"""
WOMEN_YOUNG = """
美咲 ミサキ Misaki, 愛 アイ Ai, 彩 アヤ Aya, 葵 アオイ Aoi, 陽菜 ヒナ Hina, 結衣 ユイ Yui,
さくら サクラ Sakura, 凛 リン Rin, 美優 ミユ Miyu, 七海 ナナミ Nanami, 楓 カエデ Kaede, 優花 ユウカ Yuka,
莉子 リコ Riko, 真央 マオ Mao, 遥 ハルカ Haruka, 麻衣 マイ Mai, 千尋 チヒロ Chihiro, 桃子 モモコ Momoko,
沙織 サオリ Saori, 奈々 ナナ Nana, 絵里 エリ Eri, 由佳 ユカ Yuka, 瞳 ヒトミ Hitomi, 早紀 サキ Saki,
結菜 ユイナ Yuina, 萌 モエ Moe, 杏 アン An, 美月 ミヅキ Mizuki, 彩花 アヤカ Ayaka, 理沙 リサ Risa
"""
# Parts whose readings do not change when joined.
FAMILY_STARTS = """
石 イシ Ishi, 松 マツ Matsu, 竹 タケ Take, 大 オオ O, 中 ナカ Naka, 上 ウエ Ue, 高 タカ Taka,
北 キタ Kita, 西 ニシ Nishi, 青 アオ Ao, 黒 クロ Kuro, 吉 ヨシ Yoshi, 福 フク Fuku, 藤 フジ Fuji,
岩 イワ Iwa, 島 シマ Shima, 水 ミズ Mizu, 池 イケ Ike, 堀 ホリ Hori, 宮 ミヤ Miya, 寺 テラ Tera,
平 ヒラ Hira, 長 ナガ Naga, 永 ナガ Naga, 安 ヤス Yasu, 古 フル Furu, 植 ウエ Ue, 杉 スギ Sugi,
梅 ウメ Ume, 滝 タキ Taki, 浅 アサ Asa, 今 イマ Ima, 米 ヨネ Yone, 河 カワ Kawa, 坂 サカ Saka,
西 ニシ Nishi
"""
FAMILY_ENDS = (
    "村 ムラ mura, 野 ノ no, 井 イ i, 本 モト moto, 岡 オカ oka, 尾 オ o, 森 モリ mori, 内 ウチ uchi"
)
MEN_STARTS = """
和 カズ Kazu, 正 マサ Masa, 秀 ヒデ Hide, 英 ヒデ Hide, 直 ナオ Nao, 智 トモ Tomo, 雅 マサ Masa,
義 ヨシ Yoshi, 博 ヒロ Hiro, 俊 トシ Toshi, 裕 ヒロ Hiro, 隆 タカ Taka, 浩 ヒロ Hiro, 康 ヤス Yasu,
孝 タカ Taka, 勝 カツ Katsu, 信 ノブ Nobu, 良 ヨシ Yoshi, 昌 マサ Masa, 敏 トシ Toshi, 克 カツ Katsu,
伸 ノブ Nobu, 政 マサ Masa, 忠 タダ Tada, 貴 タカ Taka, 晴 ハル Haru
"""
MEN_ENDS = """
夫 オ o, 雄 オ o, 彦 ヒコ hiko, 樹 キ ki, 之 ユキ yuki, 人 ト to, 也 ヤ ya, 明 アキ aki, 弘 ヒロ hiro,
行 ユキ yuki, 紀 ノリ nori, 史 フミ fumi, 成 ナリ nari, 志 シ shi
"""
WOMEN_STARTS = """
智 トモ Tomo, 友 トモ Tomo, 彩 アヤ Aya, 春 ハル Haru, 夏 ナツ Natsu, 秋 アキ Aki, 雪 ユキ Yuki,
朋 トモ Tomo, 晴 ハル Haru, 和 カズ Kazu, 文 フミ Fumi, 光 ミツ Mitsu, 静 シズ Shizu, 直 ナオ Nao,
清 キヨ Kiyo, 咲 サキ Saki, 菊 キク Kiku, 綾 アヤ Aya
"""
WOMEN_ENDS = "子 コ ko, 美 ミ mi, 恵 エ e, 代 ヨ yo, 江 エ e, 乃 ノ no, 花 カ ka, 香 カ ka"
UNUSUAL = {
    "大尾",
    "上尾",
    "植尾",
    "和香",
    "和花",
    "光香",
    "文香",
    "静花",
    "菊花",
    "菊香",
    "今尾",
    "咲子",
    "咲代",
    "咲江",
}


def joined(starts: str, ends: str, but: frozenset[str] = frozenset()) -> tuple[Name, ...]:
    """Join every start with every end, leaving out what nobody is called and what is in ``but`` already."""
    return tuple(
        name(start.native + end.native, start.roman + end.roman, start.reading + end.reading)
        for end in with_reading(ends)
        for start in with_reading(starts)
        if start.native + end.native not in UNUSUAL | but and start.slug != end.slug
    )


def _families() -> list[Name]:
    known = with_reading(FAMILIES)
    more = joined(FAMILY_STARTS, FAMILY_ENDS, frozenset(one.native for one in known))
    return by_weight([(one, w * 4) for one, w in ranked(known, 0.8)] + ranked(more, 0.3))


def _given() -> Tables:
    men, women = joined(MEN_STARTS, MEN_ENDS), joined(WOMEN_STARTS, WOMEN_ENDS)
    lists = {
        ("male", False): (MEN_OLD, men, 1.5),
        ("male", True): (MEN_YOUNG, men, 0.5),
        ("female", False): (WOMEN_OLD, women, 1.0),
        ("female", True): (WOMEN_YOUNG, women, 0.3),
    }
    return {
        key: by_weight(
            ranked(with_reading(text), 0.5)
            + [(one, w * share) for one, w in ranked(more, 0.1) if one.native not in text]
        )
        for key, (text, more, share) in lists.items()
    }


STRANDS = (
    Strand(
        key="japanese",
        script="japanese",
        given=_given(),
        family=for_everybody(_families()),
        family_first=True,
    ),
)
