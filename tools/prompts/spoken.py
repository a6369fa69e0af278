"""What the prompts say: the list of texts.txt, and what is said by rule (numbers, letters, names
of days and months), by the names that sound packs give them."""

import pathlib

TEXTS = pathlib.Path(__file__).with_name('texts.txt')

_ONES = ('zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen '
         'fifteen sixteen seventeen eighteen nineteen').split()
_TENS = {20: 'twenty', 30: 'thirty', 40: 'forty', 50: 'fifty', 60: 'sixty', 70: 'seventy',
         80: 'eighty', 90: 'ninety'}
_ORDINALS = ('zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh '
             'twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth '
             'nineteenth').split()
_DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split()
_MONTHS = ('January February March April May June July August September October November '
           'December').split()
_ALPHABET = ('alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike '
             'november oscar papa quebec romeo sierra tango uniform victor whiskey x-ray yankee '
             'zulu').split()
_SIGNS = {32: 'space', 33: 'exclamation mark', 35: 'pound', 36: 'dollar', 37: 'percent',
          38: 'ampersand', 42: 'star', 43: 'plus', 44: 'comma', 45: 'dash', 46: 'dot',
          47: 'slash', 58: 'colon', 59: 'semicolon', 61: 'equals', 63: 'question mark', 64: 'at',
          92: 'backslash', 95: 'underscore'}


def _number(value):
    if value < 20:
        return _ONES[value]
    tens, ones = value // 10 * 10, value % 10
    return _TENS[tens] + (f'-{_ONES[ones]}' if ones else '')


def _by_rule():
    texts = {f'digits/{value}': _number(value) for value in range(100)}
    texts |= {f'digits/h-{value}': _ORDINALS[value] for value in range(1, 20)}
    texts |= {f'digits/h-{tens}': word[:-1] + 'ieth' for tens, word in _TENS.items()}
    texts |= {f'time/day-{index}': day for index, day in enumerate(_DAYS)}
    texts |= {f'time/mon-{index}': month for index, month in enumerate(_MONTHS)}
    for index, word in enumerate(_ALPHABET):
        code = ord('a') + index
        # Capitals with full stops are read as names of letters.
        texts[f'ascii/{code}'] = f'{chr(code).upper()}.'
        texts[f'phonetic-ascii/{code}'] = word
    texts |= {f'ascii/{code}': word for code, word in _SIGNS.items()}
    return texts


def _written():
    texts = {}
    for line in TEXTS.read_text(encoding='utf-8').splitlines():
        if line and not line.startswith('#'):
            name, text = line.split(maxsplit=1)
            texts[name] = text
    return texts


def all_texts():
    """The words of every prompt by its name, which has no .wav behind it."""
    return _by_rule() | _written()
