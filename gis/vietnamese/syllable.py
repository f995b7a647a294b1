"""Which words can be Vietnamese: an onset, a rhyme and a tone that the rhyme may carry."""

import re
import unicodedata

_ONSETS_LIST = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RHYMES_LIST = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
    oong ooc ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uơ uôc uôi uôm uôn uông uôt uy uya uych uynh uyt uyu
    uyên uyêt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu ynh yt ych ym yn
"""
_ONSETS = tuple(_ONSETS_LIST.split())
_RHYMES = frozenset(_RHYMES_LIST.split())
_STOPPED = ("c", "ch", "p", "t")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OF_STOPPED = ("", "\u0301", "\u0323")
_WORD = re.compile(r"[^\W\d_]+")


def words(text: str) -> list[str]:
    """Return the runs of letters in `text`, in composed Unicode and small letters."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def is_syllable(word: str) -> bool:
    """Tell whether a word in small letters can be a Vietnamese syllable.

    Examples
    --------
    >>> [is_syllable(word) for word in ("đồng", "nghiêng", "quyết", "gì", "śång", "ñoàng", "cạt", "càt")]
    [True, True, True, True, False, False, True, False]
    """
    marks = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in marks if mark in _TONES)
    letters = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    if len(tones) > 1:
        return False
    return any(
        rhyme in _RHYMES and (tones in _OF_STOPPED or not rhyme.endswith(_STOPPED)) for rhyme in _rhymes(letters)
    )


def _rhymes(letters: str) -> list[str]:
    """Return what can stand after an onset; of "gi" and "qu" the vowel may belong to both."""
    after = [letters, *(letters[len(onset) :] for onset in _ONSETS if letters.startswith(onset))]
    if letters.startswith("qu"):
        after.append("o" + letters[2:])
    return [*after, letters[1:]] if letters.startswith(("gi", "qu")) else after
