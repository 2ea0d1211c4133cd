//! Banks and courses of any size, for the benches.

// Each bench uses a part of it.
#![allow(dead_code)]

use std::fmt::Write;

use tierwise_engine::bank::{self, Bank};
use tierwise_engine::course::{self, Course};

/// The markdown of a bank with `questions` questions: the four types in turn, with rationales, explanations and sources.
pub(crate) fn bank_text(questions: usize) -> String {
    let mut text = String::from(
        "---\ntierwise: 1\ntitle: A bank of any size\ntopic: dicom/network\ntier: 3\nfacet: it\nlicence: CC-BY-4.0\n---\n\n# Associations\n\n",
    );
    for number in 0..questions {
        let difficulty = number / 4 % 3 + 1;
        // Writing to a text cannot fail.
        let _ = match number % 4 {
            0 => write!(
                text,
                "## q-{number:05} · Where the identifiers are\n`single` `topic:hl7/pid` `difficulty:{difficulty}`\n\n{SINGLE}"
            ),
            1 => write!(
                text,
                "## q-{number:05} · What fetching needs\n`multiple` `rule:each-option` `marks:2` `difficulty:{difficulty}`\n\n{MULTIPLE}"
            ),
            2 => write!(
                text,
                "## q-{number:05} · The size of a slice\n`numeric` `difficulty:{difficulty}`\n\n{NUMERIC}"
            ),
            _ => write!(
                text,
                "## q-{number:05} · Asking by web\n`short` `topic:dicom/web` `difficulty:{difficulty}`\n\n{SHORT}"
            ),
        };
    }
    text.push_str(
        "[^ps34]: DICOM PS3.4, annex C (query and retrieve)\n[^hl7-3]: HL7 v2.5.1, chapter 3 (patient administration)\n",
    );
    text
}

const SINGLE: &str = "\
A message arrives with this segment. Which field carries the *patient identifier list*, and how is it built?

```hl7
PID|1||9990000018^^^NHS^NH~H00042^^^NORTH^PI||Sample^Ada||19700101|F
```

- [ ] PID-2
  > It was the external identifier, kept for old interfaces only.
- [x] PID-3
  > It repeats, one identifier with its assigning authority each time.
- [ ] PID-5
  > The name of the patient.
- [ ] PID-18
  > The account number: who pays, not who it is.

> [!NOTE]
> Read PID-3 as a list: the hospital number and the NHS number usually stand in it side by side, told apart by their
> assigning authorities.[^hl7-3]

";

const MULTIPLE: &str = "\
Which of these must be set up before a workstation can fetch a study with `C-MOVE`, but **not** with `C-GET`?

- [x] The workstation's AE title in the archive's table of destinations
  > C-MOVE names its destination by AE title only.
- [x] A listener on the workstation that accepts associations
  > The images arrive on a new association, opened by the archive.
- [ ] The archive's AE title in the workstation
  > Both need it: the workstation opens the first association either way.
- [ ] A transfer syntax that both support
  > Both need one.

> [!NOTE]
> With C-GET the images come back on the association that asked, with the roles of storage turned round.[^ps34]

";

const NUMERIC: &str = "\
A 512 × 512 CT slice stores two bytes a pixel, uncompressed. How large is its pixel data?

**Answer:** `0.5` ± `0.03` `MiB`

> [!NOTE]
> 512 × 512 × 2 = 524,288 bytes. Decimal megabytes (0.524) lie within the tolerance.[^ps34]

";

const SHORT: &str = "\
Which DICOMweb service answers a search for studies by the name of a patient?

**Answer:** `QIDO-RS`; `QIDO`; `Search Transaction`

> [!NOTE]
> It is the query by identifiers for DICOM objects, by HTTP GET.[^ps34]

";

/// A usable bank with `questions` questions.
pub(crate) fn bank(questions: usize) -> Bank {
    let bank = bank::read("bank.md", bank_text(questions).into_bytes());
    assert!(
        bank.is_usable() && bank.len() == questions,
        "{:?}",
        bank.diagnostics()
    );
    bank
}

/// A course whose papers have 60 questions of `bank.md`.
pub(crate) fn course() -> Course {
    let page = "---\ntierwise: 1\ntitle: A course\ntier: 3\nminutes: 75\npass: 60 %\n---\n\n## Blueprint\n\n\
                | Bank | Topic | Easy | Middling | Hard |\n| --- | --- | --- | --- | --- |\n\
                | bank.md | hl7 | 5 | 5 | 5 |\n| bank.md | dicom/network | 8 | 8 | 8 |\n| bank.md | dicom | 7 | 7 | 7 |\n";
    let course = course::read("bench", page.into());
    assert!(course.is_usable() && course.singles() == 60);
    course
}
