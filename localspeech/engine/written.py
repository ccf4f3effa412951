"""Written forms with digits in them, read out: money, times, dates, units and plain numbers.

One pattern finds them from left to right; of several that begin at the same place the first of
the list counts. Where a form can be read in two ways, the more usual one in American English is
taken: 1984 is a year, 3/4 a fraction, 12/25/2026 a day in December.
"""

import re
from collections.abc import Callable

from localspeech.engine import numbers

_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_SHORT_MONTHS = {name[:3].title(): name for name in _MONTHS} | {"Sept": "september"}
_MONTH = "|".join([*(name.title() for name in _MONTHS), "Sept", *_SHORT_MONTHS])
_CURRENCIES = {
    "$": ("dollar", "dollars", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"),
    "€": ("euro", "euros", "cent", "cents"),
    "¥": ("yen", "yen", "sen", "sen"),
}
_SCALES = {"k": "thousand", "m": "million", "mn": "million", "b": "billion", "bn": "billion"}
_UNITS = {
    "km/h": ("kilometer per hour", "kilometers per hour"),
    "mph": ("mile per hour", "miles per hour"),
    "km": ("kilometer", "kilometers"),
    "cm": ("centimeter", "centimeters"),
    "mm": ("millimeter", "millimeters"),
    "m": ("meter", "meters"),
    "mi": ("mile", "miles"),
    "ft": ("foot", "feet"),
    "yd": ("yard", "yards"),
    "kg": ("kilogram", "kilograms"),
    "mg": ("milligram", "milligrams"),
    "g": ("gram", "grams"),
    "lbs": ("pound", "pounds"),
    "lb": ("pound", "pounds"),
    "oz": ("ounce", "ounces"),
    "ml": ("milliliter", "milliliters"),
    "mL": ("milliliter", "milliliters"),
    "L": ("liter", "liters"),
    "GHz": ("gigahertz", "gigahertz"),
    "MHz": ("megahertz", "megahertz"),
    "kHz": ("kilohertz", "kilohertz"),
    "Hz": ("hertz", "hertz"),
    "TB": ("terabyte", "terabytes"),
    "GB": ("gigabyte", "gigabytes"),
    "MB": ("megabyte", "megabytes"),
    "KB": ("kilobyte", "kilobytes"),
    "kW": ("kilowatt", "kilowatts"),
    "MW": ("megawatt", "megawatts"),
    "W": ("watt", "watts"),
    "V": ("volt", "volts"),
    "hrs": ("hour", "hours"),
    "hr": ("hour", "hours"),
    "min": ("minute", "minutes"),
    "sec": ("second", "seconds"),
    "°C": ("degree celsius", "degrees celsius"),
    "°F": ("degree fahrenheit", "degrees fahrenheit"),
    "°": ("degree", "degrees"),
}
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_WHOLE = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)"
_NUMBER = rf"(?:{_WHOLE}(?:\.[0-9]+)?|\.[0-9]+)"
_HALF = r"[AaPp]\.?\s?[Mm]\b\.?"
_DAY = r"0?[1-9]|[12][0-9]|3[01]"
_SINGLE = r"(?<![0-9.,/:])"
_WRITTEN = re.compile(
    "|".join(
        rf"(?P<{name}>{pattern})"
        for name, pattern in (
            ("iso", r"(?<![0-9])(?:1[1-9]|20)[0-9]{2}-(?:0[1-9]|1[0-2])-[0-3][0-9](?![0-9])"),
            ("slashed", rf"{_SINGLE}(?:0?[1-9]|1[0-2])/(?:{_DAY})/(?:[12][0-9])?[0-9]{{2}}\b"),
            ("phone", r"(?<![0-9])(?:\([0-9]{3}\)\s?|[0-9]{3}[-.])?[0-9]{3}[-.][0-9]{4}(?![0-9])"),
            ("version", r"(?<![0-9.])[0-9]+(?:\.[0-9]+){2,}"),
            ("clock", rf"{_SINGLE}(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?:\s?{_HALF})?(?![0-9:])"),
            ("hour", rf"{_SINGLE}(?:1[0-2]|0?[1-9])\s?{_HALF}"),
            ("money", rf"[$£€¥]\s?{_NUMBER}(?:\s?(?:[tmb]r?illion|thousand|[kKMB]|bn|mn)\b)?"),
            ("monthday", rf"\b(?:{_MONTH})\.?\s(?:{_DAY})(?:st|nd|rd|th)?\b(?![:,.]?[0-9])"),
            ("month", rf"\b(?:{_MONTH})\b\.?(?=\s[0-9])"),
            ("ordinal", rf"{_WHOLE}(?:st|nd|rd|th)\b"),
            ("decade", rf"{_SINGLE}'?(?:1[1-9]|20)?[0-9]0'?s\b"),
            ("unit", rf"{_NUMBER}[\s-]?(?:{_UNIT})(?![A-Za-z0-9'/])"),
            (
                "fraction",
                rf"{_SINGLE}(?:[0-9]{{1,2}}(?: |(?= ?and )))?[0-9]{{1,3}}/[0-9]{{1,3}}(?![0-9/])",
            ),
            ("decimal", rf"{_WHOLE}\.[0-9]+|(?<![A-Za-z0-9.])\.[0-9]+"),
            ("label", r"\b(?:No|Nos)\.\s?(?=[0-9])|#(?=[0-9])"),
            ("span", r"(?<=[0-9])(?:\s?[–—]\s?|-)(?=[$£€]?\.?[0-9])"),
            ("minus", r"(?<![A-Za-z0-9)])[-−](?=[$£€]?\.?[0-9])"),
            ("plus", r"\+(?=\s?[0-9])"),
            ("equals", r"(?<=[0-9])\s?=\s?(?=[0-9])"),
            ("times", r"(?<=[0-9])\s?×\s?(?=[0-9])"),
            ("number", _WHOLE),
        )
    )
)
_SIGNS = {
    "label": "number",
    "span": "to",
    "minus": "minus",
    "plus": "plus",
    "equals": "equals",
    "times": "times",
}


def read_out(text: str) -> str:
    """The text with words in the place of everything that holds digits."""
    return _WRITTEN.sub(_said, text) if re.search("[0-9]", text) else text


def _said(match: re.Match[str]) -> str:
    name = match.lastgroup or "number"
    said = _SIGNS.get(name) or _READERS[name](match.group())
    return f" {said} "


def _money(found: str) -> str:
    one, more, cent, cents = _CURRENCIES[found[0]]
    amount, scale = _parts(found[1:])
    if scale:
        return f"{numbers.decimal(amount)} {_SCALES.get(scale.lower(), scale)} {more}"
    whole, _, rest = amount.partition(".")
    if len(rest) != 2:
        return f"{numbers.decimal(amount)} {one if numbers.is_one(amount) else more}"
    said = []
    if whole.strip("0"):
        said.append(f"{numbers.cardinal(whole)} {one if numbers.is_one(whole) else more}")
    if rest != "00" or not said:
        rest = str(int(rest))
        said.append(f"{numbers.cardinal(rest)} {cent if numbers.is_one(rest) else cents}")
    return " and ".join(said)


def _parts(found: str) -> tuple[str, str]:
    """A number, and what stands behind it."""
    match = re.match(rf"\s?({_NUMBER})[\s-]?(.*)", found)
    assert match, found
    return match.group(1), match.group(2)


def _clock(found: str) -> str:
    hour, minute = found[: found.index(":")], found[found.index(":") + 1 :][:2]
    half = _half(found)
    said = [numbers.cardinal(str(int(hour)))]
    if minute == "00" and not half:
        said.append("o'clock" if 1 <= int(hour) <= 12 else "hundred")
    elif minute != "00":
        said.append(f"oh {numbers.cardinal(minute[1])}" if minute[0] == "0" else _plain(minute))
    return " ".join([*said, half])


def _hour(found: str) -> str:
    return f"{numbers.cardinal(str(int(re.findall('[0-9]+', found)[0])))} {_half(found)}"


def _half(found: str) -> str:
    letters = re.sub("[^apm]", "", found.lower())
    return letters if letters in ("am", "pm") else ""


def _iso(found: str) -> str:
    year, month, day = found.split("-")
    return _date(year, month, day)


def _slashed(found: str) -> str:
    month, day, year = found.split("/")
    return _date(year, month, day)


def _date(year: str, month: str, day: str) -> str:
    said = numbers.plain(year) if len(year) == 4 else numbers.cardinal(str(int(year)))
    return f"{_MONTHS[int(month) - 1]} {numbers.ordinal(day)} {said}"


def _month_day(found: str) -> str:
    return f"{_month(found)} {numbers.ordinal(re.findall('[0-9]+', found)[0])}"


def _month(found: str) -> str:
    name = re.findall("[A-Za-z]+", found)[0]
    return _SHORT_MONTHS.get(name, name)


def _unit(found: str) -> str:
    number, unit = _parts(found)
    one, more = _UNITS[unit]
    is_single = numbers.is_one(number) or found[len(number)] == "-"
    return f"{numbers.decimal(number)} {one if is_single else more}"


def _fraction(found: str) -> str:
    *whole, above, below = (int(one) for one in re.findall("[0-9]+", found))
    if not (0 < above < below <= 10):
        return " ".join(numbers.cardinal(str(one)) for one in (*whole, above, below))
    said = numbers.fraction(above, below)
    return f"{numbers.cardinal(str(whole[0]))} and {said}" if whole else said


def _version(found: str) -> str:
    return " point ".join(numbers.cardinal(part) for part in found.split("."))


def _ordinal(found: str) -> str:
    return numbers.ordinal(found[:-2])


def _decade(found: str) -> str:
    return numbers.decade(re.findall("[0-9]+", found)[0])


def _plain(found: str) -> str:
    return numbers.plain(found)


_READERS: dict[str, Callable[[str], str]] = {
    "iso": _iso,
    "slashed": _slashed,
    "phone": numbers.one_by_one,
    "version": _version,
    "clock": _clock,
    "hour": _hour,
    "money": _money,
    "monthday": _month_day,
    "month": _month,
    "ordinal": _ordinal,
    "decade": _decade,
    "unit": _unit,
    "fraction": _fraction,
    "decimal": numbers.decimal,
    "number": _plain,
}
