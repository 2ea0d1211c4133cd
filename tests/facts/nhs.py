"""NHS numbers: those of patients are of the range for tests, and their check digit is right (NHS Data Dictionary: NHS NUMBER, Modulus 11)."""

import re

from passages import Fault

# The ends of the range, which the banks name as such.
ENDS = {"9990000000", "9999999999"}


def check_digit(nine):
    """The tenth digit for these nine; None when there is none, and the number is not given out."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1))) % 11
    return {11: 0, 10: None}.get(rest, rest)


def check(passage):
    for found in re.finditer(r"(?<![\w.])(999)( ?)(\d{3})( ?)(\d{4})(?![\w.]|\.\d)", passage.text):
        number = found[1] + found[3] + found[5]
        if number not in ENDS and check_digit(number[:9]) != int(number[9]):
            yield Fault(number, f"is no NHS number: its check digit would be {check_digit(number[:9])}", passage.text[: found.start()].count("\n"))
    for found in re.finditer(r"(?<!\d)(\d{10})\^\^\^NHS\b", passage.text):
        if not found[1].startswith("999"):
            yield Fault(found[1], "an invented NHS number is of the range 999 000 0000 to 999 999 9999", passage.text[: found.start()].count("\n"))
