use crate::bank::{self, Bank, Code};
use crate::question::{Form, Message};

/// A bank of one question with this message, and what is wrong with it.
fn read(language: &str, message: &str) -> Bank {
    let text = format!(
        "---\ntierwise: 1\ntitle: T\ntopic: t\n---\n\n## q-1 · Q\n`locate`\n\nPoint at it.\n\n```{language}\n{message}\n```\n"
    );
    bank::read("q.md", text.into_bytes())
}

fn message(bank: &Bank) -> &Message {
    assert!(bank.is_usable(), "{:?}", bank.diagnostics());
    match bank.question(0).expect("a question").form() {
        Form::Locate(message) => message,
        _ => panic!("another form"),
    }
}

/// The parts of a message as `position text`, line by line.
fn parts(language: &str, text: &str) -> Vec<String> {
    let bank = read(language, text);
    let (message, question) = (message(&bank), bank.question(0).expect("a question"));
    let mut all = Vec::new();
    for line in &message.lines {
        let shown = question.line(line);
        for point in &message.points[line.points.start.into()..line.points.end.into()] {
            let range = point.range.start as usize..point.range.end as usize;
            all.push(format!(
                "{:indent$}{} {}",
                "",
                point.position,
                &shown[range],
                indent = usize::from(point.depth)
            ));
        }
    }
    all
}

fn keys(language: &str, text: &str) -> Vec<String> {
    let bank = read(language, text);
    message(&bank).key_positions().map(str::to_owned).collect()
}

/// The codes and texts of what is wrong.
fn faults(language: &str, text: &str) -> Vec<(Code, String)> {
    let bank = read(language, text);
    let found = bank.diagnostics().iter();
    found
        .filter(|found| found.code != Code::NoQuestions)
        .map(|found| (found.code, found.span.of(bank.source()).to_owned()))
        .collect()
}

const ORDER: &str = "MSH|^~\\&|RIS|NORTH|PACS|NORTH|20260302101500||ORM^O01^ORM_O01|M0001|P|2.5.1\n\
PID|1||9990000018^^^NHS^NH~H00042^^^NORTH&1.2.3&ISO^PI||Sample^Ada\n\
OBX|1|TX\n\
OBX|2|TX";

#[test]
fn the_parts_of_a_message() {
    let text = ORDER.replace("|M0001|", "|[[M0001]]|");
    assert_eq!(
        parts("hl7", &text),
        [
            "MSH MSH|^~\\&|RIS|NORTH|PACS|NORTH|20260302101500||ORM^O01^ORM_O01|M0001|P|2.5.1",
            " MSH-1 |",
            " MSH-2 ^~\\&",
            " MSH-3 RIS",
            " MSH-4 NORTH",
            " MSH-5 PACS",
            " MSH-6 NORTH",
            " MSH-7 20260302101500",
            " MSH-8 ",
            " MSH-9 ORM^O01^ORM_O01",
            "  MSH-9.1 ORM",
            "  MSH-9.2 O01",
            "  MSH-9.3 ORM_O01",
            " MSH-10 M0001",
            " MSH-11 P",
            " MSH-12 2.5.1",
            "PID PID|1||9990000018^^^NHS^NH~H00042^^^NORTH&1.2.3&ISO^PI||Sample^Ada",
            " PID-1 1",
            " PID-2 ",
            " PID-3 9990000018^^^NHS^NH~H00042^^^NORTH&1.2.3&ISO^PI",
            "  PID-3[1] 9990000018^^^NHS^NH",
            "   PID-3[1].1 9990000018",
            "   PID-3[1].2 ",
            "   PID-3[1].3 ",
            "   PID-3[1].4 NHS",
            "   PID-3[1].5 NH",
            "  PID-3[2] H00042^^^NORTH&1.2.3&ISO^PI",
            "   PID-3[2].1 H00042",
            "   PID-3[2].2 ",
            "   PID-3[2].3 ",
            "   PID-3[2].4 NORTH&1.2.3&ISO",
            "    PID-3[2].4.1 NORTH",
            "    PID-3[2].4.2 1.2.3",
            "    PID-3[2].4.3 ISO",
            "   PID-3[2].5 PI",
            " PID-4 ",
            " PID-5 Sample^Ada",
            "  PID-5.1 Sample",
            "  PID-5.2 Ada",
            "OBX OBX|1|TX",
            " OBX-1 1",
            " OBX-2 TX",
            "OBX[2] OBX|2|TX",
            " OBX[2]-1 2",
            " OBX[2]-2 TX",
        ]
    );
}

#[test]
fn a_target_stands_round_one_part() {
    for (from, to, key) in [
        ("|M0001|", "|[[M0001]]|", "MSH-10"),
        ("MSH|^", "MSH[[|]]^", "MSH-1"),
        ("|^~\\&|", "|[[^~\\&]]|", "MSH-2"),
        ("|^~\\&|RIS", "|^~\\&|[[RIS]]", "MSH-3"),
        ("20260302101500||", "20260302101500|[[]]|", "MSH-8"),
        ("PID|", "[[PID]]|", "PID"),
        ("OBX|2|TX", "[[OBX|2|TX]]", "OBX[2]"),
        ("|1||", "|[[1]]||", "PID-1"),
        ("H00042", "[[H00042]]", "PID-3[2].1"),
        ("NORTH&1", "[[NORTH]]&1", "PID-3[2].4.1"),
        (
            "9990000018^^^NHS^NH~",
            "[[9990000018^^^NHS^NH]]~",
            "PID-3[1]",
        ),
        ("Sample^Ada", "[[Sample^Ada]]", "PID-5"),
        ("Sample^Ada", "Sample^[[Ada]]", "PID-5.2"),
    ] {
        assert_eq!(ORDER.matches(from).count(), 1, "{from}");
        assert_eq!(keys("hl7", &ORDER.replace(from, to)), [key], "{to}");
    }
}

#[test]
fn any_target_earns_the_mark() {
    let text = ORDER
        .replace("|M0001|", "|[[M0001]]|")
        .replace("Sample^Ada", "[[Sample]]^[[Ada]]");
    let bank = read("hl7", &text);
    let question = bank.question(0).expect("a question");
    let mark = |position: &str| {
        let response = crate::question::Response::one(position);
        (
            question.check(&response).is_ok(),
            question.mark(&response).to_string(),
        )
    };
    for (position, taken, marks) in [
        ("MSH-10", true, "1"),
        ("PID-5.1", true, "1"),
        ("PID-5.2", true, "1"),
        ("PID-5", true, "0"),
        ("PID-4", true, "0"),
        ("PID-4.1", false, "0"),
        ("PID-99", false, "0"),
        ("", false, "0"),
    ] {
        assert_eq!(mark(position), (taken, marks.to_owned()), "{position}");
    }
    assert_eq!(question.key().only(), Some("MSH-10"));
}

#[test]
fn delimiters_are_those_of_the_header() {
    assert_eq!(
        parts("hl7", "MSH#*!\\%#A\n[[PID]]#1*2!3%4*5\nPID|1\nsome text"),
        [
            "MSH MSH#*!\\%#A",
            " MSH-1 #",
            " MSH-2 *!\\%",
            " MSH-3 A",
            "PID PID#1*2!3%4*5",
            " PID-1 1*2!3%4*5",
            "  PID-1[1] 1*2",
            "   PID-1[1].1 1",
            "   PID-1[1].2 2",
            "  PID-1[2] 3%4*5",
            "   PID-1[2].1 3%4",
            "    PID-1[2].1.1 3",
            "    PID-1[2].1.2 4",
            "   PID-1[2].2 5",
        ]
    );
    // A header that says two of them: there are no others.
    assert_eq!(
        parts("hl7", "MSH|^~|A&B^[[C]]"),
        [
            "MSH MSH|^~|A&B^C",
            " MSH-1 |",
            " MSH-2 ^~",
            " MSH-3 A&B^C",
            "  MSH-3.1 A&B",
            "  MSH-3.2 C",
        ]
    );
    // Batches and files have headers of the same kind; an excerpt has none.
    assert_eq!(keys("hl7", "FHS|^~\\&|A\nBHS[[|]]^~\\&|A"), ["BHS-1"]);
    assert_eq!(keys("hl7", "ZPI|a^[[b]]"), ["ZPI-1.2"]);
}

#[test]
fn what_is_no_segment_is_shown_and_not_pointed_at() {
    let text = "# The order\nPID|1|[[2]]\n\n  OBX|1\nPIDS|1\nPid|1\n...\nMSH\nMSH|";
    assert_eq!(
        parts("hl7", text),
        [
            "PID PID|1|2",
            " PID-1 1",
            " PID-2 2",
            "MSH MSH",
            "MSH[2] MSH|",
            " MSH[2]-1 |",
            " MSH[2]-2 ",
        ]
    );
    let bank = read("hl7", text);
    let question = bank.question(0).expect("a question");
    let shown: Vec<String> = message(&bank)
        .lines
        .iter()
        .map(|line| question.line(line))
        .collect();
    assert_eq!(shown.join("\n"), text.replace("[[", "").replace("]]", ""));
}

const DUMP: &str = "(0008,0050) SH [A1]                     #   2, 1 AccessionNumber
(0040,0275) SQ (Sequence with explicit length #=2)
  (fffe,e000) na (Item with explicit length #=1)
    (0040,1001) SH [RP1]
    (0040,a043) SQ (Sequence with undefined length #=1)
      (fffe,e000) na (Item)
        (0008,0100) SH [X]
      (fffe,e00d) na (ItemDelimitationItem)
    (fffe,e0dd) na (SequenceDelimitationItem)
  (fffe,e000) na (Item with explicit length #=1)
    (0040,1001) SH [RP2]
# Pixel data left out
(7FE0,0010) OW (no value available)";

#[test]
fn the_parts_of_a_dump() {
    let text = DUMP.replace("[RP2]", "[[[RP2]]]");
    let shown: Vec<String> = parts("dicom", &text)
        .iter()
        .map(|part| {
            part.split("  #")
                .next()
                .unwrap_or_default()
                .trim_end()
                .to_owned()
        })
        .collect();
    assert_eq!(
        shown,
        [
            "(0008,0050) (0008,0050) SH [A1]",
            "(0040,0275) (0040,0275) SQ (Sequence with explicit length #=2)",
            " (0040,0275)[1] (fffe,e000) na (Item with explicit length #=1)",
            "  (0040,0275)[1](0040,1001) (0040,1001) SH [RP1]",
            "  (0040,0275)[1](0040,A043) (0040,a043) SQ (Sequence with undefined length #=1)",
            "   (0040,0275)[1](0040,A043)[1] (fffe,e000) na (Item)",
            "    (0040,0275)[1](0040,A043)[1](0008,0100) (0008,0100) SH [X]",
            " (0040,0275)[2] (fffe,e000) na (Item with explicit length #=1)",
            "  (0040,0275)[2](0040,1001) (0040,1001) SH [RP2]",
            "(7FE0,0010) (7FE0,0010) OW (no value available)",
        ]
    );
}

#[test]
fn a_target_in_a_dump_means_its_line() {
    let path = "(0040,0275)[2](0040,1001)";
    for (from, to, key) in [
        ("[RP2]", "[[[RP2]]]", path),
        ("[RP2]", "[[[RP2]]", path),
        (
            "    (0040,1001) SH [RP2]",
            "[[    (0040,1001) SH [RP2]]]",
            path,
        ),
        ("1001) SH [RP2]", "1001) [[SH]] [[[RP2]]]", path),
        ("(0008,0050)", "[[(0008,0050)]]", "(0008,0050)"),
    ] {
        assert_eq!(DUMP.matches(from).count(), 1, "{from}");
        assert_eq!(keys("dicom", &DUMP.replace(from, to)), [key], "{to}");
    }
    // A value may end in two brackets.
    assert_eq!(
        parts("dicom", "(0010,0010) PN [A[1]]\n(0010,0020) [[LO]] [7]"),
        [
            "(0010,0010) (0010,0010) PN [A[1]]",
            "(0010,0020) (0010,0020) LO [7]"
        ]
    );
}

#[test]
fn what_is_no_target_is_said_with_its_place() {
    use Code::{BadTarget, MessageForm, NoTarget};
    let one = |code, text: &str| vec![(code, text.to_owned())];
    for (language, text, expected) in [
        ("hl7", "PID|1|2", one(NoTarget, "```hl7\nPID|1|2\n```")),
        ("text", "PID|1|[[2]]", one(NoTarget, "## q-1 · Q")),
        ("hl7", "PID|1|[[2", one(BadTarget, "[[")),
        (
            "hl7",
            "PID|1|[[2\nPV1]]|1",
            vec![(BadTarget, "[[".to_owned()), (BadTarget, "]]".to_owned())],
        ),
        ("hl7", "PID|[[1|2]]", one(BadTarget, "[[1|2]]")),
        ("hl7", "PID|1^[[2|3]]", one(BadTarget, "[[2|3]]")),
        ("hl7", "PID|a[[b]]c", one(BadTarget, "[[b]]")),
        ("hl7", "[[PID|1]]|2", one(BadTarget, "[[PID|1]]")),
        ("hl7", "P[[ID]]|1", one(BadTarget, "[[ID]]")),
        ("hl7", "# [[a]]", one(BadTarget, "[[a]]")),
        ("hl7", "PID|[[a[[b]]|c", one(BadTarget, "[[")),
        ("hl7", "MSH|[[^]]~\\&|A", one(BadTarget, "[[^]]")),
        ("dicom", "(0010,0020) LO [[x] y]", one(BadTarget, "[[")),
        ("dicom", "# [[x]]", one(BadTarget, "[[x]]")),
        (
            "dicom",
            "(0010,0020) LO [[[x]]]\n(0010,0020) LO [y]",
            one(MessageForm, "(0010,0020) LO [y]"),
        ),
        (
            "dicom",
            "(0040,A730) SQ\n(fffe,e000) [[na]]",
            one(MessageForm, "(fffe,e000) na"),
        ),
        (
            "dicom",
            "(0040,A730) SQ\n (0040,a040) [[CS]]",
            one(MessageForm, " (0040,a040) CS"),
        ),
        (
            "dicom",
            "(0040,A730) SQ\n (fffe,e000) na\n  (fffe,e000) [[na]]",
            one(MessageForm, "  (fffe,e000) na"),
        ),
    ] {
        let found: Vec<(Code, String)> = faults(language, text)
            .into_iter()
            .map(|(code, text)| (code, text.replace("[[na", "na").replace("[[CS", "CS")))
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn what_never_ends_is_closed_with_the_file() {
    for text in [
        "```hl7\n[[",
        "```hl7\nPID|1|[[2]]",
        "```hl7\r\nPID|1|[[2]]\r\n```\r\n",
        "``` hl7\n[[]]",
        "```dicom\n[[]]",
    ] {
        let text = format!(
            "---\ntierwise: 1\ntitle: T\ntopic: t\n---\n\n## q-1 · Q\n`locate`\n\nPoint.\n\n{text}"
        );
        let bank = bank::read("q.md", text.into_bytes());
        let usable = bank.source().contains("PID");
        assert_eq!(bank.is_usable(), usable, "{:?}", bank.diagnostics());
    }
}

#[test]
fn a_message_may_be_long_and_not_too_long() {
    let lines = |count: usize| format!("PID|[[1]]|{}", "|".repeat(count - 3));
    let bank = read("hl7", &lines(65_000));
    assert_eq!(message(&bank).points.len(), 65_000);
    let (code, _) = faults("hl7", &lines(65_001)).remove(0);
    assert_eq!(code, Code::MessageForm);
    let many = "OBX|1\n".repeat(32_499) + "OBX|[[2]]";
    assert_eq!(keys("hl7", &many), ["OBX[32500]-1"]);
}
