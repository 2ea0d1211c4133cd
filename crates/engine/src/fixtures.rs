//! Banks and courses for tests.

use crate::bank::{self, Bank};
use crate::course::{self, Course};

/// A `single` question with four options, the second the key.
pub(crate) fn single(id: &str, tags: &str) -> String {
    format!(
        "## {id} · Of {id}\n`single` {tags}\n\nWhat is {id}?\n\n- [ ] One\n- [x] Two\n- [ ] Three\n- [ ] Four\n\n\
         > [!NOTE]\n> Because.[^s]\n\n"
    )
}

/// A usable bank of these questions.
pub(crate) fn bank(path: &str, body: &str) -> Bank {
    let text = format!("---\ntierwise: 1\ntitle: {path}\ntopic: t\n---\n\n{body}[^s]: A source\n");
    let bank = bank::read(path, text.into_bytes());
    assert!(bank.is_usable(), "{:?}", bank.diagnostics());
    bank
}

/// A course page with these rows in its blueprint.
pub(crate) fn course(rows: &str) -> Course {
    let text = format!(
        "---\ntierwise: 1\ntitle: Test course\ntier: 2\nminutes: 40\npass: 60 %\n---\n\n## Blueprint\n\n\
         | Bank | Topic | Easy | Middling | Hard | Cases |\n| --- | --- | --- | --- | --- | --- |\n{rows}"
    );
    course::read("test", text.into_bytes())
}

/// Two banks: `a.md` with twelve HL7 questions of all difficulties and two cases, `b.md` with DICOM questions.
pub(crate) fn banks() -> Vec<Bank> {
    let mut a = String::new();
    for n in 1..=12 {
        let topic = if n % 2 == 0 { "hl7/orc" } else { "hl7/pid" };
        let tags = format!("`topic:{topic}` `difficulty:{}`", (n - 1) / 4 + 1);
        a += &single(&format!("a-{n:02}"), &tags);
    }
    for case in ["x", "y"] {
        a += &format!("# Case {case}\n\nWhat happened in {case}.\n\n");
        for n in 1..=2 {
            a += &single(&format!("case-{case}{n}"), "`topic:hl7/pid`");
        }
    }
    let mut b = String::new();
    for n in 1..=5 {
        let tags = if n == 3 {
            "`topic:dicom` `fixed`"
        } else {
            "`topic:dicom`"
        };
        b += &single(&format!("b-{n}"), tags);
    }
    b += "## b-6 · Length\n`numeric` `topic:dicom`\n\nHow long?\n\n**Answer:** `16`\n\n> [!NOTE]\n> So.[^s]\n\n";
    vec![bank("a.md", &a), bank("b.md", &b)]
}
