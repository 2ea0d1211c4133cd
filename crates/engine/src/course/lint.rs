//! Advice for those who write blueprints.

use super::{Course, Row, topic_depth, within};
use crate::bank::{Bank, Code, Diagnostic, Difficulty, Question, Report};

impl Course {
    /// The cells of the blueprint that have fewer than 2.5 questions to draw from for each that they draw, at places of the page. Two papers of
    /// such a cell have much in common, and a candidate's second attempt is no second examination.
    ///
    /// The factor is a rule of thumb of ours: at 2.5 two papers share two questions in five of the cell.
    #[must_use]
    pub fn lint(&self, banks: &[Bank]) -> Vec<Diagnostic> {
        let mut report = Report::new();
        for row in self.rows() {
            let Some(bank) = banks
                .iter()
                .find(|bank| bank.path() == row.bank && bank.is_usable())
            else {
                continue;
            };
            for (at, difficulty) in Difficulty::ALL.into_iter().enumerate() {
                let fits = |question: &Question<'_>| {
                    question.case().is_none()
                        && question.difficulty() == difficulty
                        && within(&row.topic, question.topic())
                };
                let (need, have) = (row.counts[at], bank.questions().filter(fits).count() as u32);
                // Narrower rows are served first.
                let taken: u32 = self.narrower(row).map(|other| other.counts[at]).sum();
                let word = ["easy", "middling", "hard"][at];
                thin(row, word, need, have.saturating_sub(taken), &mut report);
            }
            let mut cases: Vec<usize> = bank
                .questions()
                .filter(|question| within(&row.topic, question.topic()))
                .filter_map(|question| question.case().map(|case| case.index()))
                .collect();
            cases.dedup();
            let taken: u32 = self.narrower(row).map(|other| other.cases).sum();
            thin(
                row,
                "cases",
                row.cases,
                (cases.len() as u32).saturating_sub(taken),
                &mut report,
            );
        }
        report.finish()
    }

    /// The rows that draw from a part of what `row` draws from, and before it.
    fn narrower<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = &'a Row> {
        self.rows().iter().filter(move |other| {
            other.bank == row.bank
                && topic_depth(&other.topic) > topic_depth(&row.topic)
                && within(&row.topic, &other.topic)
        })
    }
}

fn thin(row: &Row, what: &str, need: u32, have: u32, report: &mut Report) {
    // A cell that cannot be met at all is an error, and reported as that.
    if have >= need && have * 2 < need * 5 {
        let enough = (need * 5).div_ceil(2);
        report.add(
            Code::ThinCell,
            row.span,
            format!("this row draws {need} from {have} under `{what}`; {enough} would do"),
        );
    }
}
