//! The marks of a whole script, exact.

use std::fmt;

use crate::bank::{Bank, Difficulty};
use crate::fraction::Fraction;
use crate::question::Criterion;
use crate::script::{BadEvent, Mismatch, Script};
use crate::sitting::{Certainty, Marker};

/// What one question of a script earned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The question's id.
    pub question: String,
    /// Its topic.
    pub topic: String,
    /// The tier that it examines, 1 to 5; 0 when nothing says.
    pub tier: u8,
    /// The facet that it examines; empty when nothing says.
    pub facet: String,
    /// Its difficulty.
    pub difficulty: Difficulty,
    /// Its full marks.
    pub full: Fraction,
    /// The marks earned, from 0 to `full`.
    pub earned: Fraction,
    /// The marks that a person has yet to give: all of them while nobody has marked an answer that needs a person, else none. Nothing is `earned`
    /// of them meanwhile.
    pub open: Fraction,
    /// Whose marks they are; `None` where no person marks, or nobody has.
    pub marked_by: Option<Marker>,
    /// Whether there is a response; without one nothing is earned, whatever the marking rule gives an empty one.
    pub answered: bool,
    /// How sure the candidate said they were, if they did.
    pub certainty: Option<Certainty>,
}

impl Marked {
    /// The marks that were not earned and cannot be any more.
    #[must_use]
    pub fn lost(&self) -> Fraction {
        self.full.less(self.earned + self.open)
    }
}

/// Why a script cannot be marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkingError {
    /// The banks are not those that the paper was drawn from.
    Banks(Mismatch),
    /// An event cannot be.
    Event(BadEvent),
    /// A question that its bank does not hold, by its id.
    Question(String),
    /// The marks that a person gave to a question do not fit its rubric, or it has none; by its id.
    Award(String),
}

impl fmt::Display for MarkingError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Banks(mismatch) => mismatch.fmt(out),
            Self::Event(event) => event.fmt(out),
            Self::Question(id) => write!(out, "the bank has no question `{id}`"),
            Self::Award(id) => write!(
                out,
                "the marks given to question `{id}` do not fit its rubric: as many as it has criteria, none above its criterion's"
            ),
        }
    }
}

impl std::error::Error for MarkingError {}

/// Marks a script, question by question in the order of its paper.
///
/// # Errors
/// [`MarkingError`] when the banks are not those of the script, or the script has been altered.
pub fn mark(script: &Script, banks: &[Bank]) -> Result<Vec<Marked>, MarkingError> {
    let banks = script.banks_among(banks).map_err(MarkingError::Banks)?;
    let sitting = script.sitting().map_err(MarkingError::Event)?;
    let mut marked = Vec::with_capacity(script.items.len());
    for (at, item) in script.items.iter().enumerate() {
        let question = banks
            .get(usize::from(item.bank))
            .and_then(|bank| bank.find(&item.question))
            .ok_or_else(|| MarkingError::Question(item.question.clone()))?;
        let response = sitting.response(at);
        let full = Fraction::from(question.marks());
        let fits = |by| {
            sitting
                .award_by(at, by)
                .is_none_or(|marks| fits(marks, question.rubric()))
        };
        if !fits(Marker::Candidate) || !fits(Marker::Tutor) {
            return Err(MarkingError::Award(item.question.clone()));
        }
        let award = sitting.award(at);
        let (earned, open) = match (response, award) {
            (None, _) => (Fraction::ZERO, Fraction::ZERO),
            (_, Some((_, marks))) => {
                let sum = marks.iter().map(|&marks| u32::from(marks)).sum::<u32>();
                (Fraction::from(sum), Fraction::ZERO)
            }
            (Some(_), None) if question.is_marked_by_a_person() => (Fraction::ZERO, full),
            (Some(response), None) => (full * question.mark(response), Fraction::ZERO),
        };
        marked.push(Marked {
            question: item.question.clone(),
            topic: question.topic().to_owned(),
            tier: question.tier(),
            facet: question.facet().to_owned(),
            difficulty: question.difficulty(),
            full,
            earned,
            open,
            marked_by: award.map(|(by, _)| by),
            answered: response.is_some(),
            certainty: sitting.certainty(at),
        });
    }
    Ok(marked)
}

/// Whether there is a mark for each criterion and none above it; none fits where there is no rubric.
fn fits(marks: &[u8], rubric: &[Criterion]) -> bool {
    !rubric.is_empty()
        && marks.len() == rubric.len()
        && marks
            .iter()
            .zip(rubric)
            .all(|(&marks, criterion)| marks <= criterion.marks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{bank, course, single};
    use crate::paper::{Item, Paper, Seed};
    use crate::question::Response;
    use crate::script::BankRecord;
    use crate::sitting::{Event, ExtraTime, Mode, Refused, Terms, What};

    /// Key A, B and D of six, for two marks.
    fn multiple(id: &str, rule: &str) -> String {
        format!(
            "## {id} · Of {id}\n`multiple` `marks:2` `rule:{rule}` `tier:3` `facet:it` `difficulty:3`\n\nWhich?\n\n\
             - [x] A\n- [x] B\n- [ ] C\n- [x] D\n- [ ] E\n- [ ] F\n\n> [!NOTE]\n> So.[^s]\n\n"
        )
    }

    fn banks() -> Vec<Bank> {
        let first = multiple("m-1", "plus-minus")
            + &multiple("m-2", "each-option")
            + &multiple("m-3", "coverage");
        vec![
            bank("m.md", &first),
            bank("s.md", &single("s-1", "`topic:hl7/pid`")),
        ]
    }

    const IDS: [(u16, &str); 4] = [(0, "m-1"), (0, "m-2"), (0, "m-3"), (1, "s-1")];

    fn script(banks: &[Bank], answers: &[(&str, &str)]) -> Script {
        let items = IDS.map(|(bank, question)| Item {
            bank,
            question: question.to_owned(),
            order: String::new(),
        });
        let paper = Paper {
            seed: Seed::new(0).expect("small"),
            items: items.to_vec(),
        };
        let terms = Terms {
            mode: Mode::Exam,
            minutes: 10,
            extra_time: ExtraTime::None,
            may_go_back: true,
            may_pause: false,
            confidence: false,
        };
        let course = course("| m.md | | 0 | 0 | 1 | |\n");
        let mut script = Script::begin("x".to_owned(), &course, banks, paper, terms, 0, None);
        let answer = |(question, letters): &(&str, &str)| Event {
            at: 1,
            what: What::Answer {
                question: (*question).to_owned(),
                response: Response(letters.chars().map(String::from).collect()),
            },
        };
        script.events = answers.iter().map(answer).collect();
        script
    }

    fn earned(marked: &[Marked]) -> Vec<String> {
        marked.iter().map(|one| one.earned.to_string()).collect()
    }

    #[test]
    fn marks_are_exact_and_carry_what_results_need() {
        let banks = banks();
        let script = script(
            &banks,
            &[("m-1", "abc"), ("m-2", "abc"), ("m-3", "abc"), ("s-1", "b")],
        );
        let marked = mark(&script, &banks).expect("sound");
        assert_eq!(earned(&marked), ["2/3", "1 1/3", "8/9", "1"]);
        let first = &marked[0];
        assert_eq!(
            (
                first.question.as_str(),
                first.topic.as_str(),
                first.facet.as_str()
            ),
            ("m-1", "t", "it")
        );
        assert_eq!(
            (first.tier, first.difficulty, first.full),
            (3, Difficulty::Hard, Fraction::from(2))
        );
        assert_eq!((marked[3].topic.as_str(), marked[3].tier), ("hl7/pid", 0));
    }

    #[test]
    fn a_response_never_given_is_not_an_empty_one() {
        let banks = banks();
        let marked = mark(&script(&banks, &[("m-2", "")]), &banks).expect("sound");
        assert_eq!(earned(&marked), ["0", "1", "0", "0"]);
        assert_eq!(
            marked.iter().map(|one| one.answered).collect::<Vec<_>>(),
            [false, true, false, false]
        );
        let nothing = mark(&script(&banks, &[]), &banks).expect("sound");
        assert_eq!(earned(&nothing), ["0"; 4]);
    }

    #[test]
    fn banks_are_matched_by_path_whatever_their_order() {
        let mut banks = banks();
        let script = script(&banks, &[("s-1", "b"), ("m-1", "abd")]);
        banks.reverse();
        assert_eq!(
            earned(&mark(&script, &banks).expect("sound")),
            ["2", "0", "0", "1"]
        );
    }

    #[test]
    fn a_script_that_cannot_be_marked_says_why() {
        let banks = banks();
        let sound = script(&banks, &[("s-1", "b")]);

        let mut changed = sound.clone();
        changed.banks[1].sha256 = "00".to_owned();
        let error = mark(&changed, &banks).expect_err("another bank");
        assert!(matches!(&error, MarkingError::Banks(mismatch) if mismatch.changed == ["s.md"]));

        let mut altered = sound.clone();
        altered.events.push(Event {
            at: 0,
            what: What::HandIn,
        });
        let error = mark(&altered, &banks).expect_err("time ran backwards");
        assert!(
            matches!(&error, MarkingError::Event(bad) if bad.why == Refused::OutOfOrder && bad.index == 1)
        );

        let mut foreign = sound.clone();
        foreign.items[0].question = "m-9".to_owned();
        let error = mark(&foreign, &banks).expect_err("no such question");
        assert_eq!(error.to_string(), "the bank has no question `m-9`");

        let mut astray = sound;
        astray.items[0].bank = 9;
        astray.banks.push(BankRecord {
            path: "s.md".to_owned(),
            sha256: banks[1].digest().to_owned(),
        });
        assert_eq!(
            mark(&astray, &banks),
            Err(MarkingError::Question("m-1".to_owned()))
        );
    }

    /// A script with one essay of two criteria, for two marks and one, and a choice; the events follow.
    fn essay_script(banks: &[Bank], events: &[(u64, What)]) -> Script {
        let mut script = script(&[], &[]);
        script.banks = vec![BankRecord {
            path: "e.md".to_owned(),
            sha256: banks[0].digest().to_owned(),
        }];
        script.items = ["e-1", "s-1"]
            .map(|question| Item {
                bank: 0,
                question: question.to_owned(),
                order: String::new(),
            })
            .to_vec();
        let event = |(at, what): &(u64, What)| Event {
            at: *at,
            what: what.clone(),
        };
        script.events = events.iter().map(event).collect();
        script
    }

    fn essay_banks() -> Vec<Bank> {
        let essay = "## e-1 · E\n`essay`\n\nWhat now?\n\n| Criterion | Marks |\n| --- | --- |\n| One | 2 |\n| Two | 1 |\n\n> [!NOTE]\n> So.[^s]\n\n";
        vec![bank("e.md", &(essay.to_owned() + &single("s-1", "")))]
    }

    fn wrote(question: &str, text: &str) -> (u64, What) {
        let (question, response) = (question.to_owned(), Response::one(text));
        (1, What::Answer { question, response })
    }

    fn gave(question: &str, marks: &[u8], by: Marker) -> (u64, What) {
        let (question, marks) = (question.to_owned(), marks.to_owned());
        (
            3,
            What::Award {
                question,
                marks,
                by,
            },
        )
    }

    #[test]
    fn an_essay_is_open_until_a_person_marks_it() {
        use Marker::{Candidate, Tutor};
        let banks = essay_banks();
        let first = |events: &[(u64, What)]| {
            let one = mark(&essay_script(&banks, events), &banks)
                .expect("sound")
                .remove(0);
            assert_eq!(one.full, Fraction::from(3));
            (one.earned.to_string(), one.open.to_string(), one.marked_by)
        };
        let of = |earned: &str, open: &str, by| (earned.to_owned(), open.to_owned(), by);
        let (text, end) = (wrote("e-1", "Text"), (2, What::HandIn));
        assert_eq!(first(&[]), of("0", "0", None));
        assert_eq!(first(std::slice::from_ref(&end)), of("0", "0", None));
        assert_eq!(first(std::slice::from_ref(&text)), of("0", "3", None));
        assert_eq!(first(&[text.clone(), end.clone()]), of("0", "3", None));
        let events = [
            text,
            end,
            gave("e-1", &[2, 0], Candidate),
            gave("e-1", &[1, 0], Tutor),
        ];
        assert_eq!(first(&events[..3]), of("2", "0", Some(Candidate)));
        assert_eq!(first(&events), of("1", "0", Some(Tutor)));
    }

    #[test]
    fn marks_that_do_not_fit_the_rubric_are_a_fault() {
        let banks = essay_banks();
        let marked = |marks: &[u8], question: &str, by| {
            let events = [
                wrote("e-1", "Text"),
                wrote("s-1", "b"),
                (2, What::HandIn),
                gave(question, marks, by),
            ];
            mark(&essay_script(&banks, &events), &banks).map(|all| earned(&all))
        };
        assert_eq!(
            marked(&[2, 1], "e-1", Marker::Tutor),
            Ok(vec!["3".to_owned(), "1".to_owned()])
        );
        for (marks, question) in [
            (&[2][..], "e-1"),
            (&[2, 1, 0], "e-1"),
            (&[1, 2], "e-1"),
            (&[], "e-1"),
            (&[], "s-1"),
            (&[1], "s-1"),
        ] {
            for by in [Marker::Candidate, Marker::Tutor] {
                let error = marked(marks, question, by).expect_err("no fit");
                assert_eq!(error, MarkingError::Award(question.to_owned()), "{marks:?}");
            }
        }
        let error = marked(&[9, 9], "e-1", Marker::Candidate).expect_err("too much");
        assert!(
            error
                .to_string()
                .starts_with("the marks given to question `e-1` do not fit")
        );
    }
}
