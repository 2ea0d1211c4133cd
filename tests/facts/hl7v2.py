"""HL7 version 2: segments, fields, components, triggers and whole messages, against hl7apy's definitions and two small tables."""

import csv
import re
from pathlib import Path

from hl7apy import load_library
from hl7apy.consts import VALIDATION_LEVEL
from hl7apy.exceptions import HL7apyException
from hl7apy.parser import parse_message, parse_segment

from passages import Fault

VERSION = "2.5.1"  # of what the banks say unless a message's MSH-12 names another
LIBRARY = load_library(VERSION)
EVENTS = set(LIBRARY.TABLES["HL70003"][1])
TYPES = set(LIBRARY.TABLES["HL70076"][1])


def rows(name):
    with open(Path(__file__).with_name(name), encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


# Segments that 2.5.1 does not define, or whose fields depend on the message: how many fields they may have.
OWN_SEGMENTS = {row["segment"]: int(row["fields"]) for row in rows("hl7-segments.csv")}
# Prefixes of a capital-number form that name no segment, such as UTF-8.
NO_SEGMENTS = {"ITI", "RAD", "UTF", "SHA", "AES", "DES", "MD5", "RSA", "COV", "MTF", "CID", "TID", "ISO", "IEC", "RFC", "PCC", "LAB", "QRPH", "TF"}
STRUCTURES = {row["event"]: row["structure"] for row in rows("hl7-structures.csv")}


def leaf(definition, number):
    """The definition of the number-th component of a field, or None; True when it has no parts to count."""
    if not isinstance(definition, tuple) or definition[0] != "sequence":
        return True if number == 1 else None
    parts = definition[1]
    if number > len(parts):
        return None
    return tuple(parts[number - 1][1])


def field(segment, number, component, part):
    """What is wrong with SEGMENT-number.component.part, or None."""
    if segment in OWN_SEGMENTS:
        return None if 1 <= number <= OWN_SEGMENTS[segment] else f"has {OWN_SEGMENTS[segment]} fields (hl7-segments.csv)"
    if segment not in LIBRARY.SEGMENTS:
        return f"version {VERSION} has no segment {segment}; one that exists elsewhere belongs in hl7-segments.csv"
    fields = LIBRARY.SEGMENTS[segment][1]
    if not 1 <= number <= len(fields):
        return f"{segment} has {len(fields)} fields in version {VERSION}"
    if component is None:
        return None
    definition = fields[number - 1][1]
    if segment == "OBX" and number == 5:
        return None  # its data type is what OBX-2 says
    inner = leaf(definition, component)
    if inner is None:
        return f"{segment}-{number} ({definition[2]}) has no component {component}"
    if part is not None and (leaf(inner, part) if inner is not True else (True if part == 1 else None)) is None:
        return f"{segment}-{number}.{component} has no part {part}"
    return None


def prose(passage):
    text = passage.plain
    for found in re.finditer(r"(?<![\w-])([A-Z][A-Z0-9]{2})-(\d+)(?:\.(\d+))?(?:\.(\d+))?(?![\w-])", text):
        if found[1] in NO_SEGMENTS:
            continue
        numbers = [int(number) if number else None for number in found.groups()[1:]]
        problem = field(found[1], *numbers)
        if problem:
            yield Fault(found[0], problem)
    for found in re.finditer(r"(?<![\w^])([A-Z]{3})\^([A-Z][A-Z0-9]{2})(?:\^([A-Z]{3}(?:_[A-Z0-9]{3})?))?(?![\w^])", text):
        yield from trigger(found[0], *found.groups())
    for found in re.finditer(r"`([ARST]\d\d)`", passage.text):
        if found[1] not in EVENTS:
            yield Fault(found[1], f"is no trigger event (table 0003, version {VERSION})")


def trigger(shown, kind, event, structure, at=0):
    if kind not in TYPES:
        yield Fault(shown, f"{kind} is no message type (table 0076, version {VERSION})", at)
        return
    if event not in EVENTS:
        yield Fault(shown, f"{event} is no trigger event (table 0003, version {VERSION})", at)
        return
    own = STRUCTURES.get(f"{kind}_{event}") or ("ACK" if kind == "ACK" else f"{kind}_{event}")
    if own not in LIBRARY.MESSAGES:
        yield Fault(shown, f"{kind} has no event {event} (table 0354, version {VERSION})", at)
    elif structure and structure != own:
        yield Fault(shown, f"the structure of {kind}^{event} is {own} (table 0354, version {VERSION})", at)


def message(passage):
    lines = [line for line in passage.text.split("\n")]
    first = next((at for at, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return
    whole = lines[first].startswith("MSH") and any(line.strip() for line in lines[first + 1 :])
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        segment = line[:3]
        fields = line.rstrip().split("|")
        version = VERSION
        if segment in OWN_SEGMENTS:
            if len(fields) - 1 > OWN_SEGMENTS[segment]:
                yield Fault(segment, f"has {OWN_SEGMENTS[segment]} fields (hl7-segments.csv)", at)
        elif segment not in LIBRARY.SEGMENTS:
            yield Fault(segment, f"version {VERSION} has no segment {segment}", at)
        elif not whole:
            try:
                parse_segment(line, version=version, validation_level=VALIDATION_LEVEL.STRICT).validate()
            except (HL7apyException, ValueError) as error:
                yield Fault(segment, f"hl7apy: {error}", at)
        if segment == "MSH":
            kind = (fields[8] if len(fields) > 8 else "").split("^")
            if len(kind) > 1:
                yield from trigger(fields[8], kind[0], kind[1], kind[2] if len(kind) > 2 else None, at)
    if whole:
        yield from strangers(lines)
        yield from parsed(lines)


def members(definition):
    """The segments that a message's structure, or a group of it, may hold."""
    for name, inner, _, kind in definition[1]:
        if kind == "SEG":
            yield name
        else:
            yield from members(inner)


def strangers(lines):
    """Segments that the message's structure does not know; hl7apy lets them pass."""
    fields = next(line for line in lines if line.strip()).split("|")
    kind = (fields[8] if len(fields) > 8 else "").split("^")
    try:
        library = load_library(fields[11]) if len(fields) > 11 else LIBRARY
    except HL7apyException:
        return  # the parser says it
    structure = kind[2] if len(kind) > 2 else STRUCTURES.get("_".join(kind[:2]), "_".join(kind[:2]))
    if structure not in library.MESSAGES:
        return
    known = set(members(library.MESSAGES[structure]))
    for at, line in enumerate(lines):
        if line.strip() and line[0] != "Z" and line[:3] not in known:
            yield Fault(line[:3], f"{structure} of version {library.__name__.split('.')[-1][1:].replace('_', '.')} has no segment {line[:3]}", at)


def parsed(lines):
    text = "\r".join(line for line in lines if line.strip()) + "\r"
    try:
        parse_message(text, validation_level=VALIDATION_LEVEL.STRICT, find_groups=True).validate()
    except (HL7apyException, ValueError) as error:
        words = str(error)
        # hl7apy takes "one of OBR, RQD, RQ1, RXO, ODS and ODT" of ORM^O01 for "each of them", and knows only the first three fields of QPD,
        # whose others each query defines.
        if re.search(r"Missing required child ORM_O01\w*\.RQD", words) or re.search(r"<Segment QPD>: \['QPD_\d+'\]", words):
            return
        yield Fault("message", f"hl7apy: {words}")


def check(passage):
    if not passage.language:
        yield from prose(passage)
    elif passage.language == "hl7":
        yield from message(passage)
