"""Articles of UK GDPR and sections of the Data Protection Act 2018, against `gdpr.csv` and `dpa.csv`."""

import csv
import re
from pathlib import Path

from passages import Fault


def rows(name, key):
    with open(Path(__file__).with_name(name), encoding="utf-8", newline="") as table:
        return {row[key]: row for row in csv.DictReader(table)}


ARTICLES = rows("gdpr.csv", "article")
SECTIONS = rows("dpa.csv", "section")
NUMBER = r"\d+[A-Z]?"
PARAGRAPHS = r"(?:\([0-9A-Za-z]+\))*"
LIST = rf"{NUMBER}{PARAGRAPHS}(?:(?:, | and | or | to |–|, and ){NUMBER}{PARAGRAPHS}(?![\w.]))*"
SMALL = {"of", "the", "to", "and", "in", "for", "a", "an", "by", "or", "etc", "with", "on", "not", "where", "from", "at", "be"}
# Articles of other instruments are theirs.
ELSEWHERE = re.compile(r"^[^.;]{0,20}\b(?:of the|of) (?:European Convention|ECHR|EU GDPR|Directive|NIS ?2|AI Act|MDR|Regulation \()")

# Words with which a text says that it speaks of the law as it was.
PAST = re.compile(r"\b(replace[sd]?|former|formerly|old|earlier|until|repealed|omitted|no longer|used to)\b")


def numbers(listed):
    return re.findall(rf"(?<![(\w]){NUMBER}(?!\w*\))", re.sub(r"\([^)]*\)", "", listed))


def words(title):
    return {word.rstrip("s") for word in re.findall(r"[a-z]+", title.lower())} - SMALL


def ends_range(number, listed):
    """Whether a number is only the end of a range ("Articles 12 to 22"), which includes what came into its place."""
    return re.search(rf"(?: to |–){number}(?!\w)", listed)


def agree(title, said):
    """Whether a title as it is said shares a word of meaning with the true one."""
    return not words(said) or bool(words(title) & words(said)) or any(a[:5] == b[:5] for a in words(title) for b in words(said))


def check(passage):
    if passage.language:
        return
    text = passage.plain
    for found in re.finditer(rf"\bArt(?:icles?|s?\.) ({LIST})", text):
        if ELSEWHERE.match(text[found.end() :]):
            continue
        for number in numbers(found[1]):
            if number not in ARTICLES:
                yield Fault(f"Article {number}", "UK GDPR has no such article (gdpr.csv)")
            elif ARTICLES[number]["state"] != "stands" and not PAST.search(text) and not ends_range(number, found[1]):
                yield Fault(f"Article {number}", f"of UK GDPR is {ARTICLES[number]['state']}")
        one = re.match(rf"\bArticle ({NUMBER}) \(([^)]+)\)", text[found.start() :])
        if one and one[1] in ARTICLES and not agree(ARTICLES[one[1]]["title"], one[2]):
            yield Fault(f"Article {one[1]}", f"is called “{ARTICLES[one[1]]['title']}”, not “{one[2]}”")
    for found in re.finditer(rf"\b(?:Data Protection Act 2018|DPA 2018|DPA),? (?:sections?|ss?\.?) ({LIST})(?: \(([^)]+)\))?", text):
        every = numbers(found[1])
        for number in every:
            if number not in SECTIONS:
                yield Fault(f"DPA 2018 section {number}", "dpa.csv does not know this section; if it exists, add it with its title")
        if found[2] and len(every) == 1 and re.fullmatch(NUMBER, found[1]) and every[0] in SECTIONS:
            if not agree(SECTIONS[every[0]]["title"], found[2]):
                yield Fault(f"DPA 2018 section {every[0]}", f"is called “{SECTIONS[every[0]]['title']}”, not “{found[2]}”")
