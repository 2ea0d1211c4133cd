"""DICOM: tags, names, value representations, dumps, UIDs, parts and annexes, against pydicom's dictionary and `dicom-sections.csv`."""

import csv
import re
from pathlib import Path

from pydicom.datadict import DicomDictionary, dictionary_has_tag, dictionary_keyword, get_entry, mask_match
from pydicom.uid import UID_dictionary

from passages import Fault

TAG = r"\(([0-9A-Fa-fxX]{4}),([0-9A-Fa-fxX]{4})\)"
NAMES = {re.sub(r"\W+", " ", entry[2]).strip(): tag for tag, entry in DicomDictionary.items() if entry[2]}
# Group 0000 is command, in pydicom's dictionary; FFFE is of the encoding: PS3.5, 7.5.
DELIMITERS = {0xFFFEE000: "Item", 0xFFFEE00D: "ItemDelimitationItem", 0xFFFEE0DD: "SequenceDelimitationItem"}
# The longest run of words that can be an attribute's name: capitals, with small words and hyphens between.
WORD = r"(?:[A-Z0-9][\w'’/&+-]*|of|to|in|and|the|for|or|with|from|by|at|on|\([sS]\))"
BEFORE = re.compile(rf"((?:{WORD} )+)\(?(?:tag )?$")
AFTER = re.compile(rf"^,? ((?:{WORD}(?: |$|(?=[.,;:)])))+)")

# Names that the DCMTK's dumps give to UIDs, where they are not pydicom's keywords (dcmdata/libsrc/dcuid.cc).
DUMP_NAMES = {
    "LittleEndianImplicit": "1.2.840.10008.1.2",
    "LittleEndianExplicit": "1.2.840.10008.1.2.1",
    "BigEndianExplicit": "1.2.840.10008.1.2.2",
    "JPEGBaseline": "1.2.840.10008.1.2.4.50",
    "KeyObjectSelectionDocument": "1.2.840.10008.5.1.4.1.1.88.59",
}
KEYWORD_UIDS = {entry[4]: uid for uid, entry in UID_dictionary.items() if entry[4]}

# PS3.5, table 6.2-1: what a value may be, with the longest in characters.
FORMS = {
    "AE": r"[ -\[\]-~]{1,16}",
    "AS": r"\d{3}[DWMY]",
    "CS": r"[A-Z0-9 _]{1,16}",
    "DA": r"\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])",
    "DS": r"(?=.{1,16}$) *[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)? *",
    "DT": r"\d{4}(\d\d){0,5}(\.\d{1,6})?([+-]\d{4})?",
    "IS": r"(?=.{1,12}$) *[+-]?\d+ *",
    "LO": r"[^\\]{1,64}",
    "PN": r"[^\\]{1,}",
    "SH": r"[^\\]{1,16}",
    "TM": r"\d\d([0-5]\d([0-5]\d|60)?(\.\d{1,6})?)?",
}
NUMBERS = {"US": 2, "SS": 2, "UL": 4, "SL": 4, "FL": 4, "FD": 8, "OB": 1, "OW": 2, "UN": 1, "AT": 4}
ONE_VALUE = {"LT", "ST", "UT", "UR"}

with open(Path(__file__).with_name("dicom-sections.csv"), encoding="utf-8", newline="") as table:
    SECTIONS = {}
    for row in csv.DictReader(table):
        SECTIONS.setdefault(int(row["part"]), {})[row["section"]] = row["title"]
# PS3.1, clause 6: parts 1 to 22; 9 and 13 are retired.
PARTS = set(range(1, 23)) - {9, 13}


def squeeze(name):
    return re.sub(r"\W+", " ", name.replace("’", "'")).strip()


def entry_of(group, element):
    """The dictionary's (VR, VM, name) of a tag; None when there is none; "any" where none need be (placeholder or private)."""
    if "x" in (group + element).lower():
        return "any"
    tag = int(group + element, 16)
    if tag in DELIMITERS:
        return ("na", "1", DELIMITERS[tag])
    if dictionary_has_tag(tag) or mask_match(tag):
        return get_entry(tag)[:3]
    if int(group, 16) % 2 == 1:
        return "any"
    if int(element, 16) == 0:
        return ("UL", "1", "Group Length")
    return None


def same_number(tag):
    return f"({tag >> 16:04X},{tag & 0xFFFF:04X})"


def prose(passage):
    text = passage.plain
    for found in re.finditer(TAG, text):
        entry = entry_of(found[1], found[2])
        if entry is None:
            yield Fault(found[0], "no attribute of DICOM has this tag (PS3.6)")
            continue
        if entry == "any":
            continue
        name = squeeze(entry[2])
        before = BEFORE.search(text[: found.start()])
        words = squeeze(before[1]) if before else ""
        # The longest name that the words before end with; words that are no name at all ("the PACS (0008,0050)") are not judged.
        said = next((words[at:] for at in starts(words) if words[at:] in NAMES), None)
        if not said and " " in words and not f" {words}".endswith(f" {name}") and words.split()[-1] == name.split()[-1]:
            yield Fault(found[0], f"is {entry[2]}, not {words}")
            continue
        if not said:
            after = AFTER.match(text[found.end() :])
            words = squeeze(after[1]).split() if after else []
            said = next((" ".join(words[:n]) for n in range(len(words), 1, -1) if " ".join(words[:n]) in NAMES), None)
        if said and said != name:
            yield Fault(found[0], f"is {entry[2]}, not {said} {same_number(NAMES[said])}")
    for found in re.finditer(r"\bPS ?3\.(\d+)\b(?:,? (?:annex ([A-Z]{1,2})\b|(?:chapter |clause |section )?(?:([A-Z]{1,2})|(\d+))\.\d))?", text):
        part = int(found[1])
        if part not in PARTS:
            yield Fault(f"PS3.{part}", "DICOM has no such part, or has it no more (PS3.1)")
        section = found[2] or found[3] or found[4]
        if section and part in SECTIONS and section not in SECTIONS[part]:
            yield Fault(f"PS3.{part} {section}", "dicom-sections.csv does not know this annex or chapter; if it exists, add it with its title")
    yield from uids(passage)


def starts(words):
    yield 0
    for found in re.finditer(" ", words):
        yield found.end()


def uids(passage):
    for found in re.finditer(r"(?<![\d.])(?:1\.[23]|2\.(?:16|25|999))(?:\.\d+)+(?![\d.]*\.\.)", passage.text):
        yield from uid(found[0], passage.text[: found.start()].count("\n"))


def uid(text, line=0):
    if len(text) > 64:
        yield Fault(text, f"has {len(text)} characters; a UID has 64 at most (PS3.5, 9.1)", line)
    if any(len(part) > 1 and part[0] == "0" for part in text.split(".")):
        yield Fault(text, "a component of a UID has no leading zero (PS3.5, 9.1)", line)
    if text.startswith("2.25."):
        rest = text[5:]
        if "." in rest or int(rest) >= 2**128:
            yield Fault(text, "under 2.25 stands one number below 2^128 (PS3.5, B.2)", line)
    if text.startswith("1.2.840.10008.") and text not in UID_dictionary:
        yield Fault(text, "is no UID of PS3.6, annex A", line)


LINE = re.compile(r"^( *)" + TAG + r" (\w\w) (.*?) *# *(\d+|u/l), *(\d+) (.+?) *$")


def vm_allows(vm, count):
    if vm.isdigit():
        return count == int(vm)
    low, _, high = vm.partition("-")
    if high.endswith("n"):
        step = int(high[:-1] or 1)
        return count >= int(low) and (count - int(low)) % step == 0
    return int(low) <= count <= int(high)


def dump(passage):
    """A dump in the manner of DCMTK's dcmdump: `(gggg,eeee) VR value # length, values Keyword`."""
    lines = passage.text.split("\n")
    last = {}  # the last tag at each depth
    for at, line in enumerate(lines):
        if not line.strip() or line.lstrip().startswith("#"):
            last = {}
            continue
        parts = LINE.match(line)
        if not parts:
            if re.match(rf"\s*{TAG}", line):
                yield Fault(line.split("#")[0].strip(), "this line of a dump cannot be read", at)
            continue
        indent, group, element, vr, value, length, count, keyword = parts.groups()
        tag = int(group + element, 16)
        shown = f"({group},{element})"
        depth = len(indent)
        for deeper in [other for other in last if other > depth]:
            del last[deeper]
        if tag not in DELIMITERS:
            if tag <= last.get(depth, -1):
                yield Fault(shown, "the elements of a data set stand in ascending order (PS3.5, 7.1)", at)
            last[depth] = tag
        entry = entry_of(group, element)
        if entry is None:
            yield Fault(shown, "no attribute of DICOM has this tag (PS3.6)", at)
            continue
        if entry == "any":
            if int(group, 16) % 2 and 0x10 <= int(element, 16) <= 0xFF and (vr, keyword) != ("LO", "PrivateCreator"):
                yield Fault(shown, "is a private creator: LO PrivateCreator (PS3.5, 7.8.1)", at)
        else:
            name = DELIMITERS.get(tag) or dictionary_keyword(tag)
            if keyword != name:
                yield Fault(shown, f"is {name}, not {keyword}", at)
            if vr not in entry[0].replace(" or ", " ").split():
                yield Fault(shown, f"{name} has the value representation {entry[0]}, not {vr}", at)
        yield from valued(shown, entry, vr, value, length, int(count), at)
        counted = re.match(r"\((Sequence|Item) with (?:undefined|explicit) length #=(\d+)\)", value)
        if counted:
            below = 0
            for other in lines[at + 1 :]:
                inner = LINE.match(other)
                if inner and len(inner[1]) <= depth:
                    break
                below += bool(inner and len(inner[1]) == depth + 2 and not inner[3].lower() in ("e00d", "e0dd"))
            if below != int(counted[2]):
                yield Fault(shown, f"says #={counted[2]} and has {below}", at)


def valued(shown, entry, vr, value, length, count, at):
    text = re.match(r"^\[(.*)\]$", value)
    size = None
    if value == "(no value available)":
        if (length, count) != ("0", 0):
            yield Fault(shown, f"an empty value has length 0 and 0 values, not {length}, {count}", at)
        return
    if text:
        values = [text[1]] if vr in ONE_VALUE else text[1].split("\\")
        size = len(text[1]) + len(text[1]) % 2
        for one in values:
            if vr == "UI":
                yield from uid(one, at)
            elif vr in FORMS and not re.fullmatch(FORMS[vr], one):
                yield Fault(f"{shown} [{one}]", f"is no value of {vr} (PS3.5, table 6.2-1)", at)
    elif value.startswith("="):
        name = value[1:]
        found = DUMP_NAMES.get(name) or KEYWORD_UIDS.get(name) or KEYWORD_UIDS.get(name.removesuffix("SOPClass"))
        if not found:
            for verb in ("FIND", "MOVE", "GET"):
                if name.startswith(verb):
                    found = KEYWORD_UIDS.get(name[len(verb) :] + verb.capitalize())
        if not found:
            yield Fault(value, "is the name of no UID (PS3.6, annex A)", at)
            return
        values = [name]
        size = len(found) + len(found) % 2
    elif vr in NUMBERS and not value.startswith("(") and not value.endswith("..."):
        values = value.split("\\")
        size = len(values) * NUMBERS[vr]
        size += size % 2
        if vr in ("OB", "OW", "UN"):
            values = [value]  # one value, of that many bytes or words
        if vr == "US" and not all(one.isdigit() and int(one) < 65536 for one in values):
            yield Fault(f"{shown} {value}", "is no value of US: 0 to 65535", at)
    else:
        return
    if length != str(size):
        yield Fault(shown, f"the value takes {size} bytes, padded to even; the dump says {length}", at)
    if count != len(values):
        yield Fault(shown, f"has {len(values)} values; the dump says {count}", at)
    if entry != "any" and not vm_allows(entry[1], len(values)):
        yield Fault(shown, f"has {len(values)} values where {entry[1]} is its multiplicity (PS3.6)", at)


def json(passage):
    """The DICOM JSON model, PS3.18, annex F: tags of eight digits, each with its value representation."""
    for found in re.finditer(r'"([0-9A-Fa-f]{8})"\s*:\s*\{\s*"vr"\s*:\s*"(\w+)"', passage.text):
        at = passage.text[: found.start()].count("\n")
        entry = entry_of(found[1][:4], found[1][4:])
        if entry is None:
            yield Fault(found[1], "no attribute of DICOM has this tag (PS3.6)", at)
        elif entry != "any" and found[2] not in entry[0].replace(" or ", " ").split():
            yield Fault(found[1], f"{entry[2]} has the value representation {entry[0]}, not {found[2]}", at)


def check(passage):
    if not passage.language:
        yield from prose(passage)
        return
    if passage.language == "dicom":
        yield from dump(passage)
        return
    yield from uids(passage)
    if passage.language == "json":
        yield from json(passage)
    elif passage.language != "hl7":
        for found in re.finditer(TAG, passage.text):
            if entry_of(found[1], found[2]) is None:
                yield Fault(found[0], "no attribute of DICOM has this tag (PS3.6)", passage.text[: found.start()].count("\n"))
