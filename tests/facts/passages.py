"""Reads banks into passages: what a question says that must be true.

That is the stem, the key, every rationale, the explanation, tables and the sources, and each fenced block. The text of a wrong option
(`- [ ]`), the wrong choices of a cloze (all after the first `;`) and the distractor of a table (first cell in italics) are left out, since
they may be wrong on purpose.
"""

import re
from dataclasses import dataclass

HEADING = re.compile(r"^##\s+([A-Za-z0-9-]+)\s*(?:·|:| - )?\s*(.*)$")
FENCE = re.compile(r"^\s*(`{3,}|~{3,})\s*([a-z0-9]*)\s*$")
BEGINS = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s|^\s*\||^\[\^")
CLOZE = re.compile(r"\[\[\*?([^\];]*)(?:;[^\]]*)?\]\]")


@dataclass(frozen=True)
class Passage:
    """A paragraph, list item, table row, footnote or fenced block of a bank."""

    path: str  # of the bank, from the folder of banks, with `/`
    line: int  # of its first line, from 1
    question: str  # the id of the question it stands under; "-" before the first
    language: str  # of a fenced block ("-" when it names none); "" for prose
    text: str  # lines of a block; prose in one line, without marks of quotation and cloze

    @property
    def plain(self):
        """The text without the marks of code spans and emphasis."""
        return re.sub(r"[`*]", "", self.text)


@dataclass(frozen=True)
class Fault:
    """Something said that the tables do not bear out."""

    what: str  # the words at fault, which an exception names
    message: str
    line: int = 0  # lines after the passage's first


def right(text):
    """The text with each `[[…]]` replaced by what is accepted first."""
    return CLOZE.sub(lambda found: found[1].strip(), text)


def passages(path, text):
    """All passages of a bank, in order."""
    found = []
    question = "-"
    fence = None  # (mark, language, first line, lines)
    open_lines, start = [], 0
    wrong = False  # inside the text of a wrong option

    def close():
        nonlocal open_lines
        if open_lines:
            found.append(Passage(path, start, question, "", right(" ".join(open_lines))))
        open_lines = []

    lines = text.split("\n")
    first = 0
    if lines and lines[0].strip() == "---":
        first = next((n + 1 for n in range(1, len(lines)) if lines[n].strip() == "---"), 0)
    for number, line in enumerate(lines[first:], first + 1):
        if fence:
            if line.strip().startswith(fence[0]) and not line.strip().strip(fence[0][0]):
                found.append(Passage(path, fence[2], question, fence[1] or "-", "\n".join(fence[3])))
                fence = None
            else:
                fence[3].append(right(line))
            continue
        mark = FENCE.match(line)
        if mark:
            close()
            wrong = False
            fence = (mark[1], mark[2], number + 1, [])
            continue
        heading = HEADING.match(line)
        if heading:
            close()
            wrong = False
            question = heading[1]
            if heading[2]:
                found.append(Passage(path, number, question, "", heading[2]))
            continue
        quoted = re.match(r"^\s*>\s?(?:\[!\w+\])?(.*)$", line)
        if quoted:
            if wrong or not open_lines:
                close()
                wrong = False
                start = number
            body = quoted[1].strip()
            if body:
                if not open_lines:
                    start = number
                open_lines.append(body)
            else:
                close()
            continue
        if not line.strip():
            close()
            wrong = False
            continue
        if BEGINS.match(line) or line.startswith("#"):
            close()
            start = number
            wrong = bool(re.match(r"^\s*[-*+]\s+\[ \]", line) or re.match(r"^\s*\|\s*\*[^*]", line))
        if wrong:
            continue
        if not open_lines:
            start = number
        open_lines.append(line.strip())
    close()
    return found
