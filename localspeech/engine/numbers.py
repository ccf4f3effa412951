"""Numbers in words, as they are said in the United States."""

import re
from functools import lru_cache

from num2words import num2words

# Longer runs of digits, and those that begin with a zero, are codes and read digit by digit.
_LONGEST = 15
_YEARS = range(1100, 2100)
_DENOMINATORS = {2: ("half", "halves"), 4: ("quarter", "quarters")}
_CACHED = 10_000


@lru_cache(_CACHED)
def cardinal(digits: str) -> str:
    """`1,250` gives "one thousand two hundred fifty"; codes are read digit by digit."""
    plain = digits.replace(",", "")
    if len(plain) > _LONGEST or (len(plain) > 1 and plain.startswith("0")):
        return one_by_one(plain)
    return _american(num2words(int(plain)))


@lru_cache(_CACHED)
def ordinal(digits: str) -> str:
    """`21` gives "twenty first"."""
    plain = digits.replace(",", "")
    return _american(num2words(int(plain[-_LONGEST:]), to="ordinal"))


@lru_cache(_CACHED)
def plain(digits: str) -> str:
    """A number without any sign of what it counts: four digits without a comma are a year."""
    if len(digits) == 4 and digits.isdigit() and int(digits) in _YEARS:
        return _american(num2words(int(digits), to="year"))
    return cardinal(digits)


def decimal(number: str) -> str:
    """`3.14` gives "three point one four"; without a point it is `cardinal`."""
    whole, point, fraction = number.partition(".")
    if not point:
        return cardinal(whole)
    return f"{cardinal(whole) if whole else ''} point {one_by_one(fraction)}".strip()


def one_by_one(digits: str) -> str:
    """Each digit, whatever stands between them."""
    return " ".join(num2words(int(digit)) for digit in re.findall("[0-9]", digits))


def fraction(above: int, below: int) -> str:
    """`3, 4` gives "three quarters"."""
    one, more = _DENOMINATORS.get(below, (ordinal(str(below)), f"{ordinal(str(below))}s"))
    return f"{cardinal(str(above))} {one if above == 1 else more}"


def decade(digits: str) -> str:
    """`1990` and `90` give "nineteen nineties" and "nineties"."""
    said = plain(digits)
    return f"{said[:-1]}ies" if said.endswith("y") else f"{said}s"


def is_one(number: str) -> bool:
    """Whether what is counted stands in the singular."""
    return number == "1"


def _american(said: str) -> str:
    """Without the `and` of British English, without hyphens and commas."""
    words = said.replace("-", " ").replace(",", "").split()
    return " ".join(word for word in words if word != "and")
