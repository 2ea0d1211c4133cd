"""IHE transactions, against `ihe.csv`."""

import csv
import re
from pathlib import Path

from passages import Fault

with open(Path(__file__).with_name("ihe.csv"), encoding="utf-8", newline="") as table:
    TRANSACTIONS = {row["number"]: row["name"] for row in csv.DictReader(table)}


def squeeze(name):
    return re.sub(r"\W+", " ", name).strip().lower()


BY_NAME = {squeeze(name): number for number, name in TRANSACTIONS.items()}


def check(passage):
    if passage.language:
        return
    text = passage.plain
    for found in re.finditer(r"\b(ITI|RAD)-(\d+)\b((?:(?:,| and| or| to) \d+(?![\d.]))*)", text):
        numbers = [found[2]] + re.findall(r"\d+", found[3])
        for number in numbers:
            if f"{found[1]}-{number}" not in TRANSACTIONS:
                yield Fault(f"{found[1]}-{number}", "ihe.csv does not know this transaction; if it exists, add it with its section")
        number = f"{found[1]}-{found[2]}"
        if number not in TRANSACTIONS or found[3]:
            continue
        name = squeeze(TRANSACTIONS[number])
        after = re.match(r" \(([^)]+)\)", text[found.end() :])
        if after:
            said = squeeze(after[1])
            other = next((n for n in BY_NAME if said == n and n != name), None)
            if other or (after[1][0].isupper() and not said.startswith(name) and not name.startswith(said) and len(after[1].split()) > 1 and "," not in after[1]):
                yield Fault(number, f"is {TRANSACTIONS[number]}, not {after[1]}")
        before = squeeze(text[: found.start()])
        if re.search(r"[\w](?: ?[(\[,]| –)? ?$", text[: found.start()]):
            ends = [n for n in BY_NAME if (" " + before).endswith(" " + n)]
            if ends and not name.startswith(max(ends, key=len)):
                yield Fault(number, f"is {TRANSACTIONS[number]}, not {TRANSACTIONS[BY_NAME[max(ends, key=len)]]}")
    # In volume 2 of ITI a transaction is section 3.N, in volumes 2 and 3 of RAD 4.N.
    for domain, chapter in (("ITI", "3"), ("RAD", "4")):
        for found in re.finditer(rf"{domain} TF(?:-[23][a-z]?)?,? {chapter}\.(\d+)(?:\.\d+)*[^;]*?\b{domain}-(\d+)", text):
            if found[1] != found[2]:
                yield Fault(f"{domain}-{found[2]}", f"is section {chapter}.{found[2]}, not {chapter}.{found[1]}")
