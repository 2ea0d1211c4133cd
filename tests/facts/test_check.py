"""The checker itself: planted faults must be found, and what is right must pass."""

import tempfile
import unittest
from pathlib import Path

import check
from passages import passages


def found(body):
    """What is at fault in a bank with one question of this body."""
    return [fault.what for _, fault in check.faults("course/bank.md", f"---\ntierwise: 1\n---\n\n## q-1 · Title\n`single`\n\n{body}\n")]


class Reading(unittest.TestCase):
    def test_a_wrong_option_is_passed_over_and_its_rationale_is_not(self):
        self.assertEqual(found("- [ ] PID-99\n  > ORC-99 is no better.\n- [x] PID-98"), ["ORC-99", "PID-98"])

    def test_a_wrong_choice_of_a_cloze_is_passed_over(self):
        self.assertEqual(found("It is in [[*PID-3; PID-99]] or [[PID-98; PID-3]]."), ["PID-98"])

    def test_the_distractor_of_a_table_is_passed_over(self):
        self.assertEqual(found("| A | B |\n| --- | --- |\n| *(none)* | PID-99 |\n| a | PID-98 |"), ["PID-98"])

    def test_title_explanation_and_source_count(self):
        self.assertEqual(found("Stem.[^a]\n\n> [!NOTE]\n> See PID-97.\n\n[^a]: HL7, PID-96"), ["PID-97", "PID-96"])

    def test_lines_and_ids(self):
        read = passages("b.md", "---\na: b\n---\n\n## q-1 · One\n\nText\nmore\n\n```hl7\nPID|1\n```\n")
        self.assertEqual([(one.line, one.question, one.language, one.text) for one in read],
                         [(5, "q-1", "", "One"), (7, "q-1", "", "Text more"), (11, "q-1", "hl7", "PID|1")])


class Dicom(unittest.TestCase):
    def test_tags_exist(self):
        self.assertEqual(found("Tag `(0010,0029)` and (0010,0020), (0009,1001), (50xx,0010), (FFFE,E000), (0000,0900)."), ["(0010,0029)"])

    def test_names_agree(self):
        self.assertEqual(found("Patient ID (0010,0010) is wrong, Patient ID `(0010,0020)` is right."), ["(0010,0010)"])
        self.assertEqual(found("Read (0008,0050) Study Instance UID, or (0020,000d) Study Instance UID."), ["(0008,0050)"])
        self.assertEqual(found("The Issuer of Patient ID (0010,0020) has the name of another."), ["(0010,0020)"])

    def test_uids(self):
        self.assertEqual(found("`1.2.840.10008.1.2.4.49` and `1.2.840.10008.1.2.4.50`"), ["1.2.840.10008.1.2.4.49"])
        self.assertEqual(found("`2.25.0123`, `2.25.1.2`, `2.25.123`"), ["2.25.0123", "2.25.1.2"])
        self.assertEqual(len(found("2.25." + "9" * 60)), 2)

    def test_parts_and_annexes(self):
        self.assertEqual(found("DICOM PS3.13, and PS3.23; PS3.4, annex K, and PS3.4, annex QQ; PS3.18, 10.4 and PS3.18, 99.1"),
                         ["PS3.13", "PS3.23", "PS3.4 QQ", "PS3.18 99"])

    def dump(self, *lines):
        return found("```dicom\n" + "\n".join(lines) + "\n```")

    def test_a_right_dump_passes(self):
        self.assertEqual(self.dump(
            "(0008,0008) CS [DERIVED\\PRIMARY]   #  16, 2 ImageType",
            "(0008,0016) UI =CTImageStorage     #  26, 1 SOPClassUID",
            "(0008,0050) SH (no value available) #   0, 0 AccessionNumber",
            "(0040,0100) SQ (Sequence with undefined length #=1) # u/l, 1 ScheduledProcedureStepSequence",
            "  (fffe,e000) na (Item with undefined length #=1) # u/l, 1 Item",
            "    (0008,0060) CS [CT]              #   2, 1 Modality",
            "  (fffe,e00d) na (ItemDelimitationItem) #   0, 0 ItemDelimitationItem",
            "(fffe,e0dd) na (SequenceDelimitationItem) #   0, 0 SequenceDelimitationItem"), [])

    def test_faults_of_a_dump(self):
        self.assertEqual(self.dump("(0010,0020) SH [H00042] #   6, 1 PatientID"), ["(0010,0020)"])
        self.assertEqual(self.dump("(0010,0020) LO [H00042] #   7, 1 PatientID"), ["(0010,0020)"])
        self.assertEqual(self.dump("(0010,0020) LO [H00042] #   6, 2 PatientID"), ["(0010,0020)"])
        self.assertEqual(self.dump("(0010,0020) LO [H00042] #   6, 1 PatientName"), ["(0010,0020)"])
        self.assertEqual(self.dump("(0010,0030) DA [19700231] #   8, 1 PatientBirthDate", "(0010,0040) CS [f] #   2, 1 PatientSex"), ["(0010,0040) [f]"])
        self.assertEqual(self.dump("(0010,0040) CS [F] #   2, 1 PatientSex", "(0010,0020) LO [H00042] #   6, 1 PatientID"), ["(0010,0020)"])
        self.assertEqual(self.dump("(0028,0010) US 70000 #   2, 1 Rows"), ["(0028,0010) 70000"])
        self.assertEqual(self.dump("(0008,0016) UI =NoSuchStorage #  26, 1 SOPClassUID"), ["=NoSuchStorage"])
        self.assertEqual(self.dump("(0008,1115) SQ (Sequence with undefined length #=2) # u/l, 1 ReferencedSeriesSequence",
                                   "  (fffe,e000) na (Item with undefined length #=0) # u/l, 1 Item"), ["(0008,1115)"])

    def test_json(self):
        self.assertEqual(found('```json\n{ "00100020": { "vr": "SH" }, "0020000D": { "vr": "UI" } }\n```'), ["00100020"])


class Hl7(unittest.TestCase):
    def test_fields(self):
        self.assertEqual(found("PID-40, PID-3.4.9, PID-3.11, PID-8.2, XYZ-1, IPC-10, ZDS-2; PID-3.4.2, OBX-5.2, MSH-9.3, ZDS-1, UTF-8, IPC-9"),
                         ["PID-40", "PID-3.4.9", "PID-3.11", "PID-8.2", "XYZ-1", "IPC-10", "ZDS-2"])

    def test_triggers(self):
        self.assertEqual(found("`ADT^A99`, `ADX^A01`, `ADT^A08^ADT_A08`, `ADT^A08^ADT_A01`, `ORU^A01`, `SIU^S26`, `ACK^O01^ACK`, `A77`"),
                         ["ADT^A99", "ADX^A01", "ADT^A08^ADT_A08", "ORU^A01", "A77"])

    HEAD = "MSH|^~\\&|PAS|N|RIS|N|20260302101500||ADT^A08^ADT_A01|M1|P|2.5.1\nEVN||20260302101500\n"

    def test_messages(self):
        right = self.HEAD + "PID|1||H1^^^N^PI||Sampleton^Ada\nPV1|1|O"
        self.assertEqual(found(f"```hl7\n{right}\n```"), [])
        self.assertEqual(found(f"```hl7\n{self.HEAD}PV1|1|O\n```"), ["message"])
        self.assertEqual(found(f"```hl7\n{right}\nOBR|1\n```"), ["OBR"])
        self.assertEqual(found("```hl7\n" + right.replace("ADT_A01", "ADT_A08") + "\n```")[0], "ADT^A08^ADT_A08")
        self.assertEqual(found("```hl7\nPID" + "|x" * 45 + "\n```"), ["PID"])
        self.assertEqual(found("```hl7\nQQQ|1\n```"), ["QQQ"])


class Others(unittest.TestCase):
    def test_transactions(self):
        self.assertEqual(found("ITI-8, 9 and 999, RAD-1 to 14, RAD-998"), ["ITI-999", "RAD-998"])
        self.assertEqual(found("RAD-5 (Query Images), RAD-55 (WADO Retrieve); PIX Query (ITI-10), PIX Query (ITI-9)"), ["RAD-5", "ITI-10"])
        self.assertEqual(found("IHE ITI TF-2, 3.8.4.1 (Patient Identity Feed, ITI-9)"), ["ITI-9", "ITI-9"])

    def test_articles(self):
        self.assertEqual(found("Article 100, Articles 5(1)(f) and 33C, Article 45, Article 12A, Articles 25 to 39"), ["Article 100", "Article 33C", "Article 45"])
        self.assertEqual(found("Article 22, which Articles 22A to 22D replaced. Articles 12 to 22."), [])
        self.assertEqual(found("Article 48, Article 77 and Article 88; Article 47A, Article 86A"), ["Article 48", "Article 77", "Article 88"])
        self.assertEqual(found("UK GDPR, Article 33 (erasure); UK GDPR, Article 17 (erasure); Article 4(1) (personal data)"), ["Article 33"])

    def test_sections(self):
        self.assertEqual(found("DPA 2018 section 999; Data Protection Act 2018, section 157 (complaints); Computer Misuse Act 1990, section 1"),
                         ["DPA 2018 section 999", "DPA 2018 section 157"])

    def test_nhs_numbers(self):
        self.assertEqual(found("9990000019, 9990000018, 999 000 0018, 999 000 0019 and 999 000 0000"), ["9990000019", "9990000019"])
        self.assertEqual(found("```hl7\nPID|1||4010232137^^^NHS^NH||A^B\n```"), ["4010232137"])


class Exceptions(unittest.TestCase):
    def run_on(self, allow, framework="`a/b`"):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "course").mkdir()
            (folder / "course" / "bank.md").write_text("## q-1 · T\n`single` `topic:a/b`\n\nPID-99\n", encoding="utf-8")
            (folder / "framework.md").write_text(framework, encoding="utf-8")
            return check.run(folder, allow)[0]

    def test_a_fault_is_reported_with_its_place(self):
        self.assertEqual(self.run_on(""), ["course/bank.md:4: q-1: PID-99: PID has 39 fields in version 2.5.1"])

    def test_an_exception_with_a_reason_silences_it(self):
        self.assertEqual(self.run_on("course/bank.md q-1: PID-99: a reason"), [])

    def test_an_exception_without_a_reason_or_a_use_is_a_fault(self):
        self.assertEqual(len(self.run_on("course/bank.md q-1: PID-99")), 2)
        self.assertEqual(len(self.run_on("course/bank.md q-1: PID-99: a reason\ncourse/bank.md q-2: PID-98: old")), 1)

    def test_a_topic_that_framework_md_does_not_name(self):
        self.assertEqual(self.run_on("course/bank.md q-1: PID-99: a reason", ""), ["course/bank.md: the topic a/b is not in framework.md"])


if __name__ == "__main__":
    unittest.main()
