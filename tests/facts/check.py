"""Holds what the banks, the course pages and framework.md say against maintained tables: `check.py [FOLDER OF BANKS]`, from anywhere.

Tags, UIDs, names, value representations and dumps against pydicom's dictionary; segments, fields, triggers and messages of HL7 against
hl7apy's definitions; IHE transactions, articles, sections and annexes against the tables beside this file, each row of which says where it
is from and, in those of IHE and the law, under `read` what was opened to see it (empty: nothing could be); NHS numbers against their check
digit. What of a bank is read, passages.py says.

A fault that is meant stands in allow.txt with its reason; an exception that nothing needs any more is a fault too. It exits with 0 when
nothing is wrong, 1 when something is.
"""

import re
import sys
from pathlib import Path

import dicom
import hl7v2
import ihe
import law
import nhs
from passages import passages

HERE = Path(__file__).resolve().parent
CHECKS = [dicom.check, hl7v2.check, ihe.check, law.check, nhs.check]


def faults(path, text):
    """(passage, fault) for all that is wrong with a bank."""
    for passage in passages(path, text):
        for check in CHECKS:
            for fault in check(passage):
                yield passage, fault


def exceptions(text):
    """The lines `path id: what: reason` of allow.txt, as {(path, id, what): line}; and what is wrong with others."""
    allowed, wrong = {}, []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = re.match(r"^(\S+) (\S+): (.+?): (\S.*)$", line)
        if parts:
            allowed[(parts[1], parts[2], parts[3])] = number
        else:
            wrong.append(f"allow.txt:{number}: is not `path id: what: reason`")
    return allowed, wrong


def topics(folder):
    """The topics of the banks that framework.md does not name."""
    page = folder / "framework.md"
    named = page.read_text(encoding="utf-8") if page.exists() else ""
    used = {}
    for path in sorted(folder.glob("*/**/*.md")):
        text = path.read_text(encoding="utf-8")
        for topic in re.findall(r"`topic:([a-z0-9/-]+)`", text):
            used.setdefault(topic, path.relative_to(folder).as_posix())
    return [f"{path}: the topic {topic} is not in framework.md" for topic, path in sorted(used.items()) if f"`{topic}`" not in named]


def run(folder, allow):
    """All lines of the report, sorted, and how many files and passages were read."""
    allowed, report = exceptions(allow)
    used, files, read = set(), 0, 0
    for path in sorted(folder.glob("**/*.md")):
        name = path.relative_to(folder).as_posix()
        text = path.read_text(encoding="utf-8")
        files += 1
        read += len(passages(name, text))
        for passage, fault in faults(name, text):
            key = (name, passage.question, fault.what)
            if key in allowed:
                used.add(key)
            else:
                report.append(f"{name}:{passage.line + fault.line}: {passage.question}: {fault.what}: {fault.message}")
    report += [f"allow.txt:{line}: nothing needs this exception: {' '.join(key)}" for key, line in allowed.items() if key not in used]
    return report + topics(folder), files, read


def main(arguments):
    folder = Path(arguments[0]) if arguments else HERE.parent.parent / "questions"
    report, files, read = run(folder, (HERE / "allow.txt").read_text(encoding="utf-8"))
    for line in report:
        print(line)
    print(f"{files} files, {read} passages: {len(report)} faults")
    if not read:
        print(f"{folder} holds no banks")
    return 1 if report or not read else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
